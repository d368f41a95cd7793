"""Goals with a curve: the audit works out what a gap counts from the gap itself.

A square in four pieces (0, 1/16, 1/4, 9/16, 1 at every quarter) of the gaps of the plan by hand: f(1/2) = 1/4, f(1/3) = 1/16
+ 1/12 x 3/4 = 1/8, f(0.3) = 1/16 + 0.05 x 3/4 = 1/10, f(1/4) = 1/16. Inland (1/4 + 1/8 + 2/10) / 4 = 23/160, Border 1/64.
Mean: (100 x (1/4 + 1/8) + 200 / 16 + 100 x 2/10) / 3,200 = 7/320.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.audit import audit, goals
from planner.case import FrozenDict, Goal
from planner.plans.plan import CityResult, Plan
from tests.audit import hand
from tests.audit.test_claims import with_goal

MEAN, INLAND, BORDER = 7 / 320, 23 / 160, 1 / 64


def about(parts: dict[str, float], value: float, pieces: int = 4, cities: tuple[CityResult, ...] = ()) -> Plan:
    """The plan with a curve in its first goal."""
    case = hand.case()
    first = replace(case.goals[0], parts=FrozenDict(parts), curve=2.0, pieces=pieces)
    plan = hand.with_case(hand.plan(), goals=(first, *case.goals[1:]))
    return with_goal(plan, 0, value=value, bound=value, cities=cities)


@pytest.mark.parametrize(
    ("parts", "value"),
    [({"gaps": 1.0}, MEAN), ({"worst_city": 1.0}, INLAND), ({"gaps": 1.0, "worst_city": 0.5}, MEAN + INLAND / 2)],
)
def test_the_value_is_recomputed_from_the_gaps(parts: dict[str, float], value: float) -> None:
    assert audit(about(parts, value)).passed
    assert hand.finds(audit(about(parts, value + 1e-5)), "goals", "goal gaps", "value")


def test_neither_the_gaps_nor_their_powers_pass_for_it() -> None:
    """29/480 is the mean of the gaps; of their squares it is (100 x (1/4 + 1/9) + 200 / 16 + 100 x 2 x 0.09) / 3,200."""
    powers = (100 * (1 / 4 + 1 / 9) + 200 / 16 + 100 * 2 * 0.09) / 3200
    for wrong in (29 / 480, powers):
        assert hand.finds(audit(about({"gaps": 1.0}, wrong)), "goals", "goal gaps", "value")


def test_other_pieces_are_another_goal() -> None:
    assert hand.finds(audit(about({"gaps": 1.0}, MEAN, pieces=2)), "goals", "goal gaps", "value")


def test_the_worst_off_are_those_of_the_curve() -> None:
    """Inland, Border, Alpha, with the means of one, two and three of them."""
    means = INLAND, (INLAND + BORDER) / 2, (INLAND + BORDER) / 3
    named = zip(("inland", "border", "alpha"), (INLAND, BORDER, 0.0), means, strict=True)
    cities = tuple(CityResult(city, gap, mean, mean, 0.0) for city, gap, mean in named)
    assert audit(about({"worst_off_first": 1.0}, INLAND, cities=cities)).passed
    wrong = (replace(cities[0], gap=43 / 120), *cities[1:])
    assert hand.finds(audit(about({"worst_off_first": 1.0}, INLAND, cities=wrong)), "goals", "goal gaps, city inland", "gap")


@pytest.mark.parametrize(("gap", "rise"), [(0.0, 1 / 4), (1 / 4, 1 / 4), (0.26, 3 / 4), (1.0, 7 / 4)])
def test_the_last_bit_of_a_gap_counts_what_lies_below_it(gap: float, rise: float) -> None:
    goal: Goal = replace(hand.case().goals[0], curve=2.0, pieces=4)
    assert goals.rise(goal, gap) == pytest.approx(rise)


def test_idle_capacity_is_found_by_the_curve_too() -> None:
    """Inland's doctors stand at 0.3 where the clinics that serve leave 60 of 200 short: at 0.5 forty of them would idle."""
    plan = about({"gaps": 1.0}, MEAN)
    table = plan.tables["indicators"].copy()
    here = (table["indicator"] == "doctors") & (table["city"] == "inland") & (table["period"] == "2035")
    table.loc[here, "gap_with"] = 0.5
    idle = replace(plan, tables={**plan.tables, "indicators": table})
    assert hand.finds(audit(idle), "best use", "service doctors, 2035, with the plan")
