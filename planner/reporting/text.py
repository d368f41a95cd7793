"""A plan as a planner reads it: the headline, and the whole report in sections."""

from __future__ import annotations

import math
from collections.abc import Callable

import pandas as pd

from planner.case import warnings_of
from planner.plan import Plan
from planner.reporting import built, changes, figures, money, words
from planner.reporting.plurals import KINDS

WARNINGS_SHOWN = 5


def headline(plan: Plan, bold: bool = False) -> str:
    """What a plan is and does, in a few lines.

    Parameters
    ----------
    plan
        The plan.
    bold
        Whether headings may be bold, as on a terminal.
    """
    scenario = "" if plan.case.scenario == "base" else f", scenario {plan.case.scenario}"
    parts = [words.bold(f"{plan.case.title}{scenario}", bold)]
    parts.append(words.paragraph(status_words(plan), "Status"))
    if not plan.has_decisions:
        return "\n".join(parts)
    parts.append(words.paragraph(_AUDIT[plan.audit], "Audit"))
    parts += [words.paragraph(text, label) for label, text in _figures(plan)]
    parts += [words.paragraph(f"broken: {promise}", "Promise") for promise in plan.broken]
    return "\n".join(parts)


def report(plan: Plan, bold: bool = False) -> str:
    """The whole plan in sections; see `headline` for the parameters."""
    if not plan.has_decisions:
        return headline(plan, bold)
    last = plan.case.periods[-1].label
    sections: list[tuple[str, Callable[[Plan], str]]] = [
        (f"Largest gains in {last} (without the plan -> with it)", changes.gains),
        ("What is built and signed", built.built),
        (f"City by city in {last} (without the plan -> with it)", changes.city_table),
        ("Who pays and who gains", money.who_pays),
        ("Money by budget line", money.lines),
        ("Not chosen", _not_chosen),
        ("Worse off with the plan", _worse_off),
        ("What the figures rest on", _basis),
        ("Assumptions", _assumptions),
        ("Warnings", _warnings),
    ]
    parts = [headline(plan, bold)]
    for title, section in sections:
        text = section(plan)
        if text:
            parts.append(f"{words.bold(title.upper(), bold)}\n{text}")
    return "\n\n".join(parts)


def whole_table(table: pd.DataFrame) -> str:
    """One of a plan's tables with all rows, aligned."""
    columns = []
    align = ""
    for name in table.columns:
        values = table[name].tolist()
        if all(isinstance(v, str) for v in values):
            columns.append([str(v) for v in values])
            align += "l"
        else:
            columns.append(["" if math.isnan(v) else _figure(v) for v in values])
            align += "r"
    rows = [list(row) for row in zip(*columns, strict=True)]
    return words.table(list(table.columns), rows, align)


def status_words(plan: Plan) -> str:
    """A plan's status as people say it."""
    gaps = [goal.proof_gap for goal in plan.goals]
    proven = words.proof(max(gaps, default=math.nan)) if not any(map(math.isnan, gaps)) else words.proof(math.nan)
    reason = f" ({plan.reason})" if plan.reason else ""
    said = {
        "optimal": proven,
        "feasible": f"stopped at a limit{reason}; {proven}",
        "interrupted": f"stopped by hand{reason}; {proven}",
        "infeasible": f"no plan can keep all targets and rules{reason}",
        "no_plan": f"no plan was found{reason}",
        "evaluated": "made by hand: all figures are worked out, nothing is proven about them",
    }
    return said[plan.status]


_AUDIT = {
    "passed": "passed: every figure was recomputed from the case and the decisions alone",
    "failed": "FAILED: do not rely on this plan; `planner audit` lists what does not agree",
    "not run": "not run",
}


def _figures(plan: Plan) -> list[tuple[str, str]]:
    """The headline figures, each with its label."""
    total = figures.totals(plan)
    unit = f"{plan.case.money.unit} (prices of {plan.case.money.prices})"
    shown = words.money_decimals([total["available"]])
    found = []
    if total["gap_without"] is not None:
        found.append(("Gaps", _closed(total["gap_without"], total["gap_with"])))
    spent, available, unspent = (words.number(total[n], shown) for n in ("spending", "available", "unspent"))
    found.append(("Money", f"{spent} of {available} {unit} spent, {unspent} left unspent"))
    chosen = f"{total['measures_chosen']} chosen by the plan"
    if total["measures_decided_before"]:
        chosen += f", {total['measures_decided_before']} decided before"
    found.append(("Measures", chosen))
    found.append(("Goals", "; ".join(_goal(g.name, g.value, g.bound) for g in plan.goals)))
    return found


def _closed(without: float, with_plan: float) -> str:
    said = f"{words.percent(without, 1)} of what the standards ask for is missing without the plan"
    said += f", {words.percent(with_plan, 1)} with it"
    if without <= 0:
        return said
    share = (without - with_plan) / without
    return f"{said}: the plan closes {words.percent(share)} of the gap"


def _goal(name: str, value: float, bound: float) -> str:
    said, limit = f"{value:.4g}", f"{bound:.4g}"
    return f"{name} {said}" if said == limit or not math.isfinite(bound) else f"{name} {said} (at best {limit})"


def _not_chosen(plan: Plan) -> str:
    kinds = figures.not_chosen(plan)
    said = [f"{left} of {of} {KINDS[kind][of != 1]}" for kind, (left, of) in kinds.items() if left]
    return words.bullet(f"{words.join(said)} that could have been started.") if said else ""


def _worse_off(plan: Plan) -> str:
    return "\n".join(words.bullet(text) for text in plan.worse_off)


def _basis(plan: Plan) -> str:
    """What share of the money rests on guesses, and what is left out because nobody knows."""
    shares = figures.money_by_basis(plan)
    parts = []
    if shares:
        guessed = shares.get("estimated", 0.0) + shares.get("assumed", 0.0)
        each = words.join([f"{basis} {words.percent(share)}" for basis, share in shares.items()])
        parts.append(f"{words.percent(guessed)} of the money spent rests on estimated or assumed costs ({each}).")
    for service, cities in figures.unknown_capacities(plan.case).items():
        parts.append(f"Left out of {service}, since its capacity there is unknown: {words.join(cities)}.")
    return "\n".join(words.bullet(text) for text in parts)


def _assumptions(plan: Plan) -> str:
    return "\n".join(words.bullet(text) for text in plan.case.assumptions)


def _warnings(plan: Plan) -> str:
    found = list(warnings_of(plan.case))
    shown = found[:WARNINGS_SHOWN]
    if len(found) > WARNINGS_SHOWN:
        shown.append(f"and {len(found) - WARNINGS_SHOWN} more: planner validate lists them")
    return "\n".join(words.bullet(text) for text in shown)


def _figure(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"
