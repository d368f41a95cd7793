"""What changes when the rest of a plan is planned anew, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.case import KINDS, naming
from planner.documents import goals, text
from planner.documents.shifts import in_units
from planner.questions import saying
from planner.words import numbers, text_layout
from planner.words.said import _, series, told

if TYPE_CHECKING:
    from planner.plans.plan import Plan
    from planner.questions.replan.ask import Replan

SHOWN = 60  # changed starts; a plan has no more that a person would read one by one
BROKEN_SHOWN = 8


def answer(result: Replan, bold: bool = False) -> str:
    """The answer: the new plan, its goals beside those of the old one, and every start that is not as it was."""
    first = text.headline(result.plan, bold, explained=result.diagnosis is not None)
    parts = [first, "", text_layout.paragraph(_history(result), _("Kept"))]
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
    kept = _(
        "everything that the old plan starts before {period}, and nothing else starts then. What budget lines had and could "
        "owe in those periods is as it was; what was started stays, even where the case now rules it out. All else is as "
        "the case now says."
    ).format(period=since)
    paid = _paid(result)
    if not paid:
        return kept
    said = _(
        "What was started costs more by now than these lines had; they had what was missing, as the case now says: {lines}."
    )
    return series([kept, said.format(lines=series(paid))], " ")


def _paid(result: Replan) -> list[str]:
    """Lines that had more in the past than in the old plan's case, by name."""
    case, old = result.plan.case, result.old.case if result.old else result.plan.case
    past = case.period_ids[: case.period_ids.index(result.since)] if result.since in case.period_ids else ()
    return [
        naming.line(case, l)
        for l, line in case.lines.items()
        if l in old.lines and any(line.amount[t] > old.lines[l].amount[t] for t in past)
    ]


def _goals(result: Replan) -> str:
    rows = []
    for name, before, kept_on, now, bound in result.tables["goals"].itertuples(index=False):
        figures = goals.side_by_side(result.plan.case, name, (before, kept_on, now, bound))
        rows.append([goals.called(result.plan.case, name), *(figure or "-" for figure in figures)])
    heads = [
        _("goal"),
        _("old plan,\nits own case"),
        _("old plan kept,\ncase as it is now"),
        _("new plan"),
        _("nothing with this\npast can beat"),
    ]
    table = text_layout.table(heads, rows, "lrrrr")
    if not len(result.tables["broken"]):
        return table
    note = _(
        "The old plan kept breaks promises, which the new plan and what nothing can beat keep: its figures are not to be "
        "measured against theirs."
    )
    return f"{table}\n\n{text_layout.paragraph(note)}"


def _broken(result: Replan) -> list[str]:
    promises = list(result.tables["broken"]["promise"])
    if not promises:
        return []
    lines = [
        "",
        text_layout.paragraph(
            _(
                "Keeping to the old plan would break, in the case as it is now (who pays and who uses what may change in "
                "all periods, also in earlier ones, so that as little as possible is broken in all of them):"
            )
        ),
    ]
    lines += [text_layout.bullet(promise) for promise in promises[:BROKEN_SHOWN]]
    if len(promises) > BROKEN_SHOWN:
        lines.append(text_layout.bullet(saying.more(len(promises) - BROKEN_SHOWN)))
    return lines


def _changes(result: Replan, bold: bool) -> list[str]:
    since = _label(result.plan, result.since)
    table = result.tables["decisions"]
    rows = [
        [
            _measure(result, a, name),
            KINDS[kind].name,
            saying.places(result.plan.case, city),
            _label(result.plan, period),
            _units(result, a, before),
            _units(result, a, now),
        ]
        for a, name, kind, city, period, kept, before, now in table.itertuples(index=False)
        if kept == "no" and abs(before - now) > 1e-6 * max(1.0, before, now)
    ]
    if not rows:
        return [text_layout.paragraph(_("From {period} on everything starts as in the old plan.").format(period=since))]
    heads = [
        _("measure"), _("kind"), _("city"), _("works\nstart in"), _("in the\nold plan"), _("now"),
    ]  # fmt: skip
    parts = [
        text_layout.bold(told(_("What starts otherwise from {period} on").format(period=since)).upper(), bold),
        text_layout.table(heads, rows[:SHOWN], "llllrr"),
    ]
    if len(rows) > SHOWN:
        parts.append(told(saying.more(len(rows) - SHOWN)))
    return parts


def _measure(result: Replan, a: str, name: str) -> str:
    """The name of a measure of the new case, or of the old one."""
    return naming.measure(result.plan.case, a) if a in result.plan.case.measures else name


def _units(result: Replan, a: str, units: float) -> str:
    """Units as people count them, as far as the case still has the measure: 1,500 doctors."""
    if units == 0:
        return "-"
    return in_units(result.plan.case, a, units) if a in result.plan.case.measures else numbers.figure(units)
