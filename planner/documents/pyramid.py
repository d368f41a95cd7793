"""Policies by level of the pyramid: what is chosen, what it costs, and how much it may cost."""

from __future__ import annotations

from collections import Counter
from typing import get_args

from planner.case import Level
from planner.plans.plan import Plan
from planner.plans.totals import chosen_measures, columns, serving
from planner.words import phrases


def pyramid(plan: Plan) -> str:
    """A row a level, from the base up, where something is chosen or may cost so much only; then subsidies by city."""
    case = plan.case
    chosen = Counter(c.measure.level for c in chosen_measures(plan) if c.measure.level is not None)
    cost: dict[str, float] = {}
    for name, capital, running in columns(plan.tables["spending"], "measure", "capital", "running"):
        level = case.measures[name].level
        if level is not None:
            cost[level] = cost.get(level, 0.0) + capital + running
    given = sum(amount for line in case.lines.values() for amount in line.amount.values())
    caps = {level: share * given for level, share in case.pyramid.at_most_share.items()}
    levels = [level for level in get_args(Level) if chosen[level] or level in caps]
    if not levels:
        return ""
    shown = phrases.money_decimals([*cost.values(), *caps.values()])
    rows = []
    for level in levels:
        cap = phrases.money(caps[level], shown) if level in caps else ""
        share = f"({phrases.percent(case.pyramid.at_most_share[level])} of all money)" if level in caps else ""
        rows.append([phrases.spaced(level), str(chosen[level]), phrases.money(cost.get(level, 0.0), shown), cap, share])
    unit = case.money.unit
    heads = ["", "chosen", f"public cost\n{unit}", f"at most\n{unit}", ""]
    columns_shown = len(heads) if caps else 3
    table = phrases.table(heads[:columns_shown], [row[:columns_shown] for row in rows], "lrrrl"[:columns_shown])
    return "\n".join(part for part in (table, _subsidised(plan)) if part)


def _subsidised(plan: Plan) -> str:
    """In how many periods each city is subsidised, where the case says in how many it may be."""
    most = plan.case.pyramid.subsidy_periods
    if most is None:
        return ""
    periods: dict[str, set[str]] = {}
    for name, period in serving(plan):
        if plan.case.measures[name].level == "subsidy":
            for city in plan.case.measures[name].cities:
                periods.setdefault(city, set()).add(period)
    said = [f"{city.name} in {len(periods[city.id])}" for city in plan.case.cities.values() if city.id in periods]
    return phrases.bullet(f"Subsidised, in at most {most} of the periods: {phrases.join(said)}.") if said else ""
