"""Who is worst off: the cities of a goal that takes them in that order, and the people of a goal about the worst share."""

from __future__ import annotations

import math

from planner.case import Goal
from planner.compiling.fairness import among_the_worst, city_gaps
from planner.compiling.goals import people_shares, weights
from planner.plans.plan import GoalResult, Plan
from planner.plans.totals import columns
from planner.words import phrases

SHOWN = 8  # cities of the worst share
ALL = 1 - 1e-6  # of a city's people


def worst_off(plan: Plan) -> str:
    """A paragraph or a table for each goal about those who are worst off; empty where there is none."""
    found = []
    for goal, result in zip(plan.case.goals, plan.goals, strict=False):
        if goal.parts.get("worst_share"):
            found.append(phrases.paragraph(_worst_share(plan, goal)))
        elif result.cities:
            found.append(_in_order(plan, goal, result))
    return "\n\n".join(text for text in found if text)


def _by_city(plan: Plan, goal: Goal, column: str) -> dict[str, float]:
    """Each city's gap, from one of the columns of gaps."""
    gaps = {(x, i, t): gap for x, i, t, gap in columns(plan.tables["indicators"], "indicator", "city", "period", column)}
    return city_gaps(weights(plan.case, goal, gaps), gaps)


def _worst_share(plan: Plan, goal: Goal) -> str:
    """The mean gap of the worst share of people, without and with the plan, and who they are."""
    share = goal.worst_share_of or 1.0
    means = []
    for column in ("gap_without", "gap_with"):
        by_city = _by_city(plan, goal, column)
        people = people_shares(plan.case, goal, by_city)
        worst = among_the_worst(people, by_city, share)
        means.append(sum(part * by_city[i] for i, part in worst.items()) / share)
    if not by_city:
        return ""
    named = [plan.case.cities[i].name + _part(part / people[i]) for i, part in worst.items()]
    without, with_plan = (phrases.percent(mean, 1) for mean in means)
    said = (
        f"The worst {phrases.percent_of_people(share)}: {without} of what the standards ask for is missing without the plan,"
    )
    return f"{said} {with_plan} with it. With the plan these are the people of {phrases.join(named, SHOWN)}."


def _part(share: float) -> str:
    return "" if share >= ALL else f" ({phrases.percent(share)} of them)"


def _in_order(plan: Plan, goal: Goal, result: GoalResult) -> str:
    """Every city, the worst off first."""
    without = _by_city(plan, goal, "gap_without")
    rows = []
    for n, city in enumerate(result.cities, start=1):
        change = phrases.change(100 * without[city.city], 100 * city.gap, 1)
        bound = "" if not math.isfinite(city.bound) else _percent(max(0.0, city.bound))
        rows.append([str(n), plan.case.cities[city.city].name, change, _percent(city.mean), bound])
    heads = ["", "city", "missing, %\nwithout -> with", "mean of these\nso far, %", "nothing can\nbeat, %"]
    note = (
        "Missing: weighted mean of a city's gaps in all periods. The worst city comes first, then the second worst, and so "
        "on: each mean is as small as it can be without making an earlier one larger, but for what later goals may give up."
    )
    return "\n".join([phrases.table(heads, rows, "rlrrr", keys=2), phrases.paragraph(note)])


def _percent(share: float) -> str:
    return phrases.number(100 * share, 2)
