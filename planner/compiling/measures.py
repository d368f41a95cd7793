"""Measures: what the mathematics needs to know of those that can start."""

from __future__ import annotations

from typing import Any

from models.instance import Instance
from models.measures import Measures
from planner.case import Case, naming
from planner.compiling.ground import Broken, Offered, barriers_before, label
from planner.compiling.network import Ways
from planner.words.said import _, counted


def measures(case: Case, offered: Offered, given: Instance, ways: Ways) -> Measures:
    """Which measures can start when, and where they serve then."""
    able = offered.measures
    groups: dict[str, list[str]] = {}
    for a, measure in able.items():
        if measure.one_of:
            groups.setdefault(measure.one_of, []).append(a)
    first = {measure.together: a for a, measure in reversed(able.items()) if measure.together}
    required = {b for measure in able.values() for b in measure.requires}
    offering = {access.offers for access in case.access.values() if access.offers}
    gated = {a for gate in case.gates for a in gate.measures}
    asked = {a for a, measure in able.items() if a in required or (measure.service and measure.service in offering)}
    asked |= {offered.first[offered.bit[a]] for a in asked}  # routes name a group by its first
    return Measures(
        measures=tuple(able),
        starts=tuple((a, start.period) for a, measure in able.items() for start in measure.starts),
        starts_of={a: tuple(start.period for start in measure.starts) for a, measure in able.items()},
        serving_starts={
            (a, t): tuple(start.period for start in measure.starts if t in start.serves)
            for a, measure in able.items()
            for t in case.period_ids
        },
        units={a: measure.units for a, measure in able.items()},
        max_starts={a: measure.max_starts for a, measure in able.items()},
        divisible=frozenset(a for a, measure in able.items() if measure.divisible),
        decided=frozenset(a for a, measure in able.items() if measure.status == "decided"),
        requires=tuple((a, b) for a, measure in able.items() for b in measure.requires),
        one_of={group: tuple(members) for group, members in groups.items() if len(members) > 1},
        together=tuple(
            (a, first[measure.together]) for a, measure in able.items() if measure.together and first[measure.together] != a
        ),
        asked_started=frozenset(
            a for a, measure in able.items() if measure.requires or barriers_before(case, measure) or a in gated
        ),
        asked_present=frozenset(a for a in asked if able[a].divisible),
        benefit={a: measure.benefit for a, measure in able.items()},
    )


def _not_all_start(case: Case, instance: Instance, index: tuple[Any, ...], over: float) -> str:
    return counted(
        over,
        "{measure}: decided, but {over:.4g} of its units does not start",
        "{measure}: decided, but {over:.4g} of its units do not start",
    ).format(measure=naming.measure(case, index[0]), over=over)


def _several_of_a_group(case: Case, instance: Instance, index: tuple[Any, ...], over: float) -> str:
    return _("group {group}: more than one of its measures starts").format(group=index[0])


def _before_what_it_requires(case: Case, instance: Instance, index: tuple[Any, ...], over: float) -> str:
    first, second, u = index
    return _("{one} starts in {period} before {other}, which it requires, serves").format(
        one=naming.measure(case, first), period=label(case, u), other=naming.measure(case, second)
    )


BROKEN: dict[str, Broken] = {
    "all_decided_units_start": _not_all_start,
    "one_of_a_group": _several_of_a_group,
    "required_serves_at_the_start": _before_what_it_requires,
}
