"""What changes when the rest of a plan is planned anew, in a planner's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.documents import goals, text
from planner.words import phrases

if TYPE_CHECKING:
    from planner.plans.plan import Plan
    from planner.questions.replan.ask import Replan

SHOWN = 60  # changed starts; a plan has no more that a person would read one by one
BROKEN_SHOWN = 8


def answer(result: Replan, bold: bool = False) -> str:
    """The answer: the new plan, its goals beside those of the old one, and every start that is not as it was."""
    first = text.headline(result.plan, bold, explained=result.diagnosis is not None)
    parts = [first, "", phrases.paragraph(_history(result), "Kept")]
    if result.plan.has_decisions:
        parts += ["", _goals(result)]
    parts += _broken(result)
    if result.plan.has_decisions:
        parts += ["", *_changes(result, bold)]
    return "\n".join(parts)


def _label(plan: Plan, period: str) -> str:
    return next((p.label for p in plan.case.periods if p.id == period), period)


def _history(result: Replan) -> str:
    """What is kept, and what of the past is not as the changed case says."""
    since = _label(result.plan, result.since)
    return (
        f"everything that the old plan starts before {since}, and nothing else starts then. What budget lines had and could "
        "owe in those periods is as it was; what was started stays, even where the case now rules it out. All else is as "
        "the case now says."
    )


def _goals(result: Replan) -> str:
    rows = []
    for name, before, kept_on, now, bound in result.tables["goals"].itertuples(index=False):
        figures = (goals.in_figures(result.plan.case, name, value) for value in (before, kept_on, now, bound))
        rows.append([goals.name(name), *(figure or "-" for figure in figures)])
    heads = [
        "goal",
        "old plan,\nits own case",
        "old plan kept,\ncase as it is now",
        "new plan",
        "nothing with this\npast can beat",
    ]
    return phrases.table(heads, rows, "lrrrr")


def _broken(result: Replan) -> list[str]:
    promises = list(result.tables["broken"]["promise"])
    if not promises:
        return []
    lines = ["", phrases.paragraph("Keeping to the old plan would break, in the case as it is now:")]
    lines += [phrases.bullet(promise) for promise in promises[:BROKEN_SHOWN]]
    if len(promises) > BROKEN_SHOWN:
        lines.append(phrases.bullet(f"and {len(promises) - BROKEN_SHOWN} more (--json lists them)"))
    return lines


def _changes(result: Replan, bold: bool) -> list[str]:
    since = _label(result.plan, result.since)
    table = result.tables["decisions"]
    rows = [
        [name, kind, city.replace(";", "; "), _label(result.plan, period), _units(before), _units(now)]
        for _, name, kind, city, period, kept, before, now in table.itertuples(index=False)
        if kept == "no" and abs(before - now) > 1e-6 * max(1.0, before, now)
    ]
    if not rows:
        return [f"From {since} on everything starts as in the old plan."]
    heads = ["measure", "kind", "city", "works\nstart in", "units in the\nold plan", "units\nnow"]
    parts = [
        phrases.bold(f"What starts otherwise from {since} on".upper(), bold),
        phrases.table(heads, rows[:SHOWN], "llllrr"),
    ]
    if len(rows) > SHOWN:
        parts.append(f"and {len(rows) - SHOWN} more (--json lists them)")
    return parts


def _units(units: float) -> str:
    return "-" if units == 0 else phrases.figure(units)
