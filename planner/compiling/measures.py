"""Measures and policies: which can start when and where they serve, caps on levels, subsidies, and barriers first."""

from __future__ import annotations

from models.instance import Instance
from models.measures import Measures
from models.money import Money
from models.policies import Policies
from planner.case import Case
from planner.compiling.can_start import Offered, barriers_before
from planner.compiling.money import usable
from planner.compiling.network import Ways


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


def policies(case: Case, offered: Offered, given: Instance, ways: Ways) -> Policies:
    """Caps on levels, subsidies by city, and which barriers come first."""
    money = sum(sum(line.amount.values()) for line in case.lines.values())  # a constant: a share of spending rewards padding
    enough = usable(case, offered, given)
    levels: dict[str, tuple[str, ...]] = {
        level: tuple(a for a, measure in offered.measures.items() if measure.level == level)
        for level in case.pyramid.at_most_share
    }
    subsidies = [measure for measure in offered.measures.values() if measure.level == "subsidy"]
    cities = dict.fromkeys(i for subsidy in subsidies for i in subsidy.cities)
    return Policies(
        level_limit={
            level: min(share * max(0.0, money), enough) / given[Money].money_scale
            for level, share in case.pyramid.at_most_share.items()
            if levels[level]
        },
        measures_of_level=levels,
        subsidies_in={i: tuple(s.id for s in subsidies if i in s.cities) for i in cities},
        subsidy_periods=case.pyramid.subsidy_periods,
        barriers_first=tuple(
            (a, b)
            for a, measure in offered.measures.items()
            for b in barriers_before(case, measure)
            if b not in measure.requires
        ),
    )
