"""Policies: caps on levels, subsidies by city, and barriers first."""

from __future__ import annotations

from models.instance import Instance
from models.money import Money
from models.policies import Policies
from planner.case import Case
from planner.compiling.ground import Offered, barriers_before
from planner.compiling.money import usable
from planner.compiling.network import Ways


def policies(case: Case, offered: Offered, given: Instance, ways: Ways) -> Policies:
    """Caps on levels, subsidies by city, and which barriers come first."""
    money = sum(sum(line.amount.values()) for line in case.lines.values())  # a constant: a share of spending rewards padding
    enough = usable(case, offered)
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
