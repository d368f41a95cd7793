"""What one plan does less of than another, or later: of each measure how many units are fewer, or put off and to when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from planner.case import Case
from planner.documents.drawings.timeline import programme, together
from planner.plans.plan import Plan
from planner.plans.totals import LITTLE, starts_of
from planner.words import text_layout
from planner.words.said import Sentence, Text, _, count

SHOWN = 4


@dataclass(frozen=True)
class Shift:
    """A measure of a plan of which another has fewer units, or starts some later.

    Attributes
    ----------
    measure
        Id; of measures that start together the first.
    fewer
        Units that it does without.
    later
        Units that it starts as well, but later.
    start, to
        Ids of the periods from which and to which the first of these are put off; empty if none are.
    gone
        Whether nothing of the measure is left.
    """

    measure: str
    fewer: float
    later: float = 0.0
    start: str = ""
    to: str = ""
    gone: bool = False


def shifts(plan: Plan, other: Plan) -> list[Shift]:
    """What another plan does less of than this one, or later; first what loses most of its units, then what is put off."""
    before, after = starts_of(plan), starts_of(other)
    seen: set[str] = set()
    found: list[Shift] = []
    for a, starts in before.items():
        group = plan.case.measures[a].together or a
        if group not in seen:
            seen.add(group)
            found += _shift(plan.case, a, starts, after.get(a, {}))
    return sorted(found, key=lambda shift: (-_share(plan.case, shift, shift.fewer), -_share(plan.case, shift, shift.later)))


def _shift(case: Case, a: str, before: dict[str, float], after: dict[str, float]) -> Iterator[Shift]:
    fewer = max(0.0, sum(before.values()) - sum(after.values()))
    behind, most, start, to = 0.0, 0.0, "", ""
    for t in case.period_ids:
        behind += before.get(t, 0.0) - after.get(t, 0.0)
        if behind > LITTLE and not start:
            start = t
        elif start and not to and after.get(t, 0.0) > before.get(t, 0.0) + LITTLE:
            to = t
        most = max(most, behind)
    later = max(0.0, most - fewer) if to else 0.0
    later = later if later > LITTLE else 0.0
    if fewer > LITTLE or later:
        yield Shift(a, fewer if fewer > LITTLE else 0.0, later, start if later else "", to if later else "", not after)


def _share(case: Case, shift: Shift, units: float) -> float:
    """The share of a measure's units that some are."""
    return units / max(case.measures[shift.measure].units, LITTLE)


def name_of(case: Case, measure: str) -> str:
    """A measure's name; of measures that start together what their names share."""
    group = case.measures[measure].together
    return together([m for a, m in case.measures.items() if a == measure or (group and m.together == group)])


def in_words(case: Case, found: Iterable[Shift], most: int = SHOWN) -> Text:
    """Shifts in one line, of many the first: Doctors for Zigong (300 doctors fewer), Metro (from 2026-2030 to 2031-2035)."""
    return text_layout.join([_said(case, shift) for shift in found], most)


def _said(case: Case, shift: Shift) -> Sentence:
    name = name_of(case, shift.measure)
    if shift.gone:
        return _("{measure} (none of it)").format(measure=name)
    fewer, later = (in_units(case, shift.measure, units) for units in (shift.fewer, shift.later))
    if not shift.later:
        return _("{measure} ({units} fewer)").format(measure=name, units=fewer)
    when = {"start": case.period(shift.start).label, "to": case.period(shift.to).label}
    if case.measures[shift.measure].units == 1:
        return _("{measure} (put off from {start} to {to})").format(measure=name, **when)
    if not shift.fewer:
        return _("{measure} ({units} put off from {start} to {to})").format(measure=name, units=later, **when)
    return _("{measure} ({fewer} fewer, {units} put off from {start} to {to})").format(
        measure=name, fewer=fewer, units=later, **when
    )


def in_units(case: Case, a: str, units: float) -> Sentence:
    """Units of a measure as people count them: 1,500 doctors; 2 units."""
    measure = case.measures[a]
    if measure.service is not None and measure.capacity:
        return programme(case.services[measure.service], units * measure.capacity)
    return count(units, "unit")
