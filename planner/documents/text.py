"""A plan as a planner reads it: the headline, and the whole report in sections."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable
from typing import Any

from planner.case import naming, warnings_of
from planner.documents import air, alone, built, changes, fairness, funding, left, money, parks, pyramid
from planner.documents.goals import goals_line, infeasible_words, nothing_found, status_words
from planner.documents.named import named_frame
from planner.plans import totals
from planner.plans.plan import Plan
from planner.plans.tables import heading, leading_keys
from planner.words import phrases
from planner.words.plurals import KINDS
from planner.words.said import told

WARNINGS_SHOWN = 5
MORE_TIME = "more time may find one (--time-limit), or a case with fewer cities, optional links or candidates"
GO_ON = "let it run longer: Ctrl-C after the first plan is found keeps the best so far"
HEAD = 11  # characters of a heading before it breaks


def headline(plan: Plan, bold: bool = False, explained: bool = False) -> str:
    """What a plan is and does, in a few lines.

    Parameters
    ----------
    plan
        The plan.
    bold
        Whether headings may be bold, as on a terminal.
    explained
        Whether what stands against a plan, where there can be none, is said elsewhere.
    """
    scenario = "" if plan.case.scenario == "base" else f", scenario {naming.scenario(plan.case, plan.case.scenario)}"
    parts = [phrases.bold(f"{plan.case.title}{scenario}", bold)]
    if said := nothing_found(plan):
        parts.insert(0, phrases.paragraph(said))
    parts.append(phrases.paragraph(status_words(plan), "Status"))
    if plan.status == "infeasible" and not explained:
        parts += [phrases.paragraph(text, "" if n else "Known") for n, text in enumerate(infeasible_words(plan))]
    if plan.status == "no_plan":
        parts.append(phrases.paragraph(GO_ON if plan.reason.startswith("interrupted") else MORE_TIME, "Next"))
    if not plan.has_decisions:
        return "\n".join(parts)
    parts.append(phrases.paragraph(audit_words(plan), "Audit"))
    parts += [phrases.paragraph(text, label) for label, text in facts(plan)]
    parts += [phrases.paragraph(f"broken: {promise}", "Promise") for promise in plan.broken]
    return "\n".join(parts)


def report(plan: Plan, bold: bool = False) -> str:
    """The whole plan in sections; see `headline` for the parameters."""
    if not plan.has_decisions:
        return headline(plan, bold)
    last = plan.case.periods[-1].label
    sections: list[tuple[str, Callable[[Plan], str]]] = [
        (f"Largest gains in {last} (without the plan -> with it)", changes.gains),
        ("What is built and signed", built.built),
        ("Parks and their jobs", parks.parks),
        (f"City by city in {last} (without the plan -> with it)", changes.city_table),
        ("Who is worst off", fairness.worst_off),
        ("Emissions", air.air),
        ("Who pays and who gains", money.who_pays),
        ("Each jurisdiction alone and together", alone.alone),
        ("Policies by level of the pyramid", pyramid.pyramid),
        ("Money by budget line", money.lines),
        ("Private money, tax, debts and transfers", funding.funding),
        ("Where money is left and why", left.left),
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
            parts.append(f"{phrases.bold(told(title).upper(), bold)}\n{text}")
    return "\n\n".join(parts)


def whole_table(plan: Plan, name: str) -> str:
    """One of a plan's tables with all rows, aligned, with units in the headings and names in the cells."""
    table = named_frame(plan, name)
    columns, heads = [], []
    align = ""
    for column in table.columns:
        values = table[column].tolist()
        unit = heading(plan.case, name, column).removeprefix(column).strip()
        heads.append("\n".join([column, *textwrap.wrap(unit, max(len(column), HEAD), break_long_words=False)]))
        if all(isinstance(v, str) for v in values):
            columns.append([phrases.spaced(v) for v in values] if column == "level" else values)
            align += "l"
        else:
            columns.append(["" if math.isnan(v) else _figure(v) for v in values])
            align += "r"
    rows = [list(row) for row in zip(*columns, strict=True)]
    return phrases.table(heads, rows, align, keys=leading_keys(name))


THE_SOLVERS_WORD = "the bounds are the solver's word; `planner audit --prove` solves again for them"
AUDIT = {
    "passed": "passed: every figure was recomputed from the case and the decisions alone",
    "failed": "FAILED: do not rely on this plan; `planner audit` lists what does not agree",
    "not run": "not run",
    "changed": "changed since it was audited: run planner audit",
    "no digest": "no digest, so that nobody can tell whether it was changed since it was audited: run planner audit",
}


def audit_words(plan: Plan) -> str:
    """What the audit of a plan vouches for, and what it does not."""
    said = AUDIT[plan.audit]
    return f"{said}; {THE_SOLVERS_WORD}" if plan.audit == "passed" and plan.has_bounds else said


def facts(plan: Plan) -> list[tuple[str, str]]:
    """The headline figures, each with its label."""
    total = totals.totals(plan)
    unit = f"{plan.case.money.unit} (prices of {plan.case.money.prices})"
    shown = phrases.money_decimals([total["available"]])
    found = []
    if total["gap_without"] is not None:
        found.append(("Gaps", _closed(total["gap_without"], total["gap_with"])))
    spent, given = (phrases.number(total[n], shown) for n in ("spending", "available"))
    there_is = phrases.number(total["available"] + total["tax"] - total["interest"], shown)
    made_of = "" if there_is == given else f" ({given} given, with tax and less interest)"
    beside = "".join(f"; {phrase}" for phrase in funding.headline(plan, shown))
    found.append(("Money", f"{spent} of {there_is} {unit} spent, {_rest(total, shown)}{made_of}{beside}"))
    rooms = (("Jobs", parks.headline), ("Emissions", air.headline), ("Alone", alone.headline))
    found += [(label, said) for label, room in rooms if (said := room(plan))]
    chosen = f"{total['measures_chosen']} chosen by the plan"
    if total["measures_decided_before"]:
        chosen += f", {total['measures_decided_before']} decided before"
    found.append(("Measures", chosen))
    found.append(("Goals", goals_line(plan)))
    return found


def _closed(without: float, with_plan: float) -> str:
    said = f"{phrases.percent(without, 1)} of what the standards ask for is missing without the plan"
    said += f", {phrases.percent(with_plan, 1)} with it"
    if without <= 0:
        return said
    share = (without - with_plan) / without
    does = "closes" if share >= 0 else "widens it by"
    return f"{said}: the plan {does} {phrases.percent(abs(share))}" + (" of the gap" if share >= 0 else "")


def _rest(total: dict[str, Any], shown: int) -> str:
    """What is left of the money, or how much more is spent than there is."""
    unspent, overdrawn = (phrases.money(total[n], shown) for n in ("unspent", "overdrawn"))
    if total["overdrawn"] <= totals.NOTHING:
        return f"{unspent} left unspent"
    elsewhere = f", {unspent} left in other lines or periods" if total["unspent"] > totals.NOTHING else ""
    return f"{overdrawn} overdrawn{elsewhere}"


def _not_chosen(plan: Plan) -> str:
    said = not_chosen(plan)
    return phrases.bullet(said) if said else ""


def not_chosen(plan: Plan) -> str:
    """How many candidates of each kind are left out, as a sentence; empty if none is."""
    kinds = totals.not_chosen(plan)
    said = [f"{left} of {of} {KINDS[kind][of != 1]}" for kind, (left, of) in kinds.items() if left]
    return f"{phrases.join(said)} that could have been started." if said else ""


def _worse_off(plan: Plan) -> str:
    return "\n".join(phrases.bullet(text) for text in plan.worse_off)


def _basis(plan: Plan) -> str:
    return "\n".join(phrases.bullet(said) for said in basis(plan))


def basis(plan: Plan) -> list[str]:
    """What share of the money rests on guesses, and what is left out because nobody knows, as sentences."""
    shares = totals.money_by_basis(plan)
    parts = []
    if shares:
        guessed = shares.get("estimated", 0.0) + shares.get("assumed", 0.0)
        each = phrases.join([f"{basis} {phrases.percent(share)}" for basis, share in shares.items()])
        what = "public money" if len(plan.tables["private"]) else "money"
        parts.append(f"{phrases.percent(guessed)} of the {what} spent rests on estimated or assumed costs ({each}).")
    for service, cities in totals.unknown_capacities(plan.case).items():
        parts.append(
            f"Left out of {naming.service(plan.case, service)}, since its capacity there is unknown: {phrases.join(cities)}."
        )
    return parts


def _assumptions(plan: Plan) -> str:
    return "\n".join(phrases.bullet(text) for text in plan.case.assumptions)


def _warnings(plan: Plan) -> str:
    found = list(warnings_of(plan.case))
    shown = found[:WARNINGS_SHOWN]
    if len(found) > WARNINGS_SHOWN:
        shown.append(f"and {len(found) - WARNINGS_SHOWN} more: planner validate lists them")
    return "\n".join(phrases.bullet(text) for text in shown)


def _figure(value: float) -> str:
    if abs(value) < money.DUST:
        return "0"
    return str(value) if isinstance(value, int) else f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"
