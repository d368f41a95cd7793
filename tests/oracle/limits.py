"""Limits on gaps: targets, which ask it of cities in periods, and gates, which ask it where something starts."""

from __future__ import annotations

from planner.case import Case, Gate, Target

from .choices import without_plan
from .columns import Remainder
from .moving import size, stocked
from .serving import added
from .work import should_have


def targets_are_met(r: Remainder) -> None:
    """Every target in each of its cities and periods."""
    for target in r.case.targets:
        for p in target.periods:
            for city in target.cities:
                _limit(r, target, city, p)


def levels_do_not_fall(r: Remainder) -> None:
    """Residents have no less than without the plan, when all is at home: what there is, and what is decided adds."""
    before = Remainder(r.case, without_plan(r.case))
    for (service, city, p), level in r.levels.items():
        if service in r.case.no_level_falls and r.case.need(service, city, p) > 0:
            spot = (service, city, p)
            own = stocked(before, *spot) + added(before, *spot).constant
            least = own * size(r, spot) / size(before, spot)
            r.program.at_least(level.terms, least - level.constant)


def gates_are_open(r: Remainder) -> None:
    """Where units behind a gate start, their cities are good enough in that period."""
    begun = {*r.choice.starts, *r.choice.open}
    for gate in r.case.gates:
        for m, u in begun:
            for city in r.case.measures[m].cities if m in gate.measures else ():
                _limit(r, gate, city, u)


def _limit(r: Remainder, asked: Target | Gate, city: str, period: str) -> None:
    gap = r.gaps.get((asked.indicator, city, period))
    if gap is not None:
        largest = largest_gap(r.case, asked, city, period)
        r.program.within(gap, largest * size(r, (asked.indicator, city, period)))


def largest_gap(case: Case, asked: Target | Gate, city: str, period: str) -> float:
    """A limit in the indicator's own unit as a gap."""
    x = asked.indicator
    if x in case.services:
        return 1 - asked.at_least / case.services[x].per_1000[period]
    if x in case.work:
        heads = case.cities[city].population[period]
        thousands = 1000.0 if case.work[x].of == "jobs" else 1.0
        return max(0.0, 1 - asked.at_least / (thousands * should_have(case, x, city, period) / heads))
    if x in case.crowding:
        return (asked.at_most / 100 - 1) / (case.crowding[x].worst - 1)
    a = case.access[x]
    if a.kind == "reach":
        return 1 - asked.at_least / 100 / a.target
    return (asked.at_most - a.standard_minutes) / (a.worst_minutes - a.standard_minutes)
