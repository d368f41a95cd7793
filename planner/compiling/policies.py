"""Policies: caps on levels, subsidies by city, and barriers first."""

from __future__ import annotations

from typing import Any

from models.instance import Instance
from models.money import Money
from models.policies import Policies
from planner.case import Case, naming
from planner.compiling.ground import Broken, Offered, barriers_before, label
from planner.compiling.money import usable
from planner.compiling.network import Ways
from planner.words.said import _


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


def _over_its_share(case: Case, instance: Instance, index: tuple[Any, ...], over: float) -> str:
    share = case.pyramid.at_most_share[index[0]]
    money = over * instance[Money].money_scale
    return _("level {level}: {money:.4g} {unit} over its share of all money ({share:.0%})").format(
        level=naming.as_words(index[0]), money=money, unit=case.money.unit, share=share
    )


def _subsidised_too_long(case: Case, instance: Instance, index: tuple[Any, ...], over: float) -> str:
    most = case.pyramid.subsidy_periods
    return _("{city}: subsidised in {over:d} too many periods ({most} may be)").format(
        city=naming.city(case, index[0]), over=round(over), most=most
    )


def _before_the_barrier_is_gone(case: Case, instance: Instance, index: tuple[Any, ...], over: float) -> str:
    first, second, u = index
    return _("{one} starts in {period} before {other} has removed the barrier").format(
        one=naming.measure(case, first), period=label(case, u), other=naming.measure(case, second)
    )


BROKEN: dict[str, Broken] = {
    "level_within_its_share": _over_its_share,
    "subsidised_in_few_periods": _subsidised_too_long,
    "barriers_come_first": _before_the_barrier_is_gone,
}
