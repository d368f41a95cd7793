"""Random programmes against enumeration: the best division is between plan and bound, and of all plans exactly the best."""

from __future__ import annotations

from math import isfinite

import pytest

from models.division import Offer
from planner.programme.audit import audit_programme
from planner.programme.prices import Market
from planner.programme.reading import load_programme
from planner.programme.result import solve_programme
from planner.programme.search import ProgrammeOptions
from tests.programme.small import PERIODS, drawn, write
from tests.tiers import one_of

SEEDS = range(60)
FREE = [seed for seed in SEEDS if not drawn(seed).at_least]  # what is given and lies idle may lie in any period


@pytest.mark.parametrize("seed", FREE)
def test_with_every_plan_as_an_offer_the_division_is_the_best_of_all(seed: int) -> None:
    what = drawn(seed)
    offers = {
        f"m{number}": tuple(
            Offer(weight * gap, _places(draws))
            for gap, draws in city.plans()
            if sum(draws) <= what.at_most * sum(what.amounts)
        )
        for number, (city, weight) in enumerate(zip(what.cities, what.weights, strict=True))
    }  # fmt: skip
    market = Market(PERIODS, {("centre", t): float(money) for t, money in zip(PERIODS, what.amounts, strict=True)},
                    frozenset({"centre"} if what.carry_over else ()))  # fmt: skip
    taken = market.division(offers, 10.0)
    assert taken is not None
    assert sum(offers[e][o].worth for e, o in taken.items()) == pytest.approx(what.best(), abs=1e-9)


def _places(draws: tuple[int, int]) -> dict[tuple[str, str], float]:
    return {("centre", t): float(money) for t, money in zip(PERIODS, draws, strict=True)}


@pytest.mark.slow
@pytest.mark.parametrize("seed", one_of(15, SEEDS))
def test_the_best_programme_lies_between_bound_and_plan(seed: int, tmp_path) -> None:
    """And where the two meet it is found; every plan passes its audit, and the programme its own."""
    what = drawn(seed)
    found = solve_programme(load_programme(write(what, tmp_path / "p")), options=ProgrammeOptions(gap=1e-6), others=False)
    best = what.best()
    assert found.has_plans
    assert isfinite(found.bound)
    assert found.bound <= best + 1e-6
    assert found.value >= best - 1e-6
    for one in found.rounds:  # at whatever moment it had been stopped
        assert one.bound <= best + 1e-6
        assert not one.best < best - 1e-6
    if found.status == "optimal":
        assert found.value == pytest.approx(best, abs=2e-6)
    report = audit_programme(found)
    assert report.passed, report.violations
    for one in found.members:  # what a member is given is what its case has, and its plan spends no more
        assert found.plans[one.id].audit == "passed"
