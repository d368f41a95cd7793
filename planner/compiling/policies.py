"""Policies: caps on levels, subsidies by city, barriers first, and the private money that policies attract."""

from __future__ import annotations

from typing import Any

from planner.case.nouns import Case, Measure, RaisePrivateShare
from planner.compiling.measures import Offered, barriers_before
from planner.compiling.money import MoneyParameters, usable
from planner.compiling.payers import public_share


def parameters(case: Case, offered: Offered, cash: MoneyParameters) -> dict[str, Any]:
    """The policies' fields of the instance."""
    money = sum(sum(line.amount.values()) for line in case.lines.values())  # a constant: a share of spending rewards padding
    enough = usable(case, offered)
    levels = {
        level: tuple(a for a, measure in offered.measures.items() if measure.level == level)
        for level in case.pyramid.at_most_share
    }
    subsidies = [measure for measure in offered.measures.values() if measure.level == "subsidy"]
    cities = dict.fromkeys(i for subsidy in subsidies for i in subsidy.cities)
    return {
        "level_limit": {
            level: min(share * max(0.0, money), enough) / cash.money_scale
            for level, share in case.pyramid.at_most_share.items()
            if levels[level]
        },
        "measures_of_level": levels,
        "subsidies_in": {i: tuple(s.id for s in subsidies if i in s.cities) for i in cities},
        "subsidy_periods": case.pyramid.subsidy_periods,
        "barriers_first": tuple(
            (a, b)
            for a, measure in offered.measures.items()
            for b in barriers_before(case, measure)
            if b not in measure.requires
        ),
        "attracts": _attracts(case, offered, cash.money_scale),
    }


def _attracts(case: Case, offered: Offered, scale: float) -> dict[tuple[str, str], tuple[float, dict[str, float]]]:
    """(measure, policy) -> (share of the public price, by period the most money that it brings investors to pay)."""
    plus: dict[tuple[str, str], float] = {}
    for e in case.effects:
        if isinstance(e, RaisePrivateShare) and e.measure in offered.measures:
            for a in e.measures:
                if a in offered.measures and public_share(offered.measures[a]) > 0:
                    plus[a, e.measure] = plus.get((a, e.measure), 0.0) + e.plus
    return {
        (a, q): (
            more / public_share(offered.measures[a]),
            {t: more * largest_capital(offered.measures[a], t) / scale for t in case.period_ids},
        )
        for (a, q), more in plus.items()
        if more > 0
    }


def largest_capital(measure: Measure, t: str) -> float:
    """The most capital that a measure could cost in a period: its dearest starts first."""
    left, most = measure.units, 0.0
    for capital in sorted((start.capital.get(t, 0.0) for start in measure.starts), reverse=True):
        units = min(left, measure.max_starts)
        most += units * capital
        left -= units
    return most
