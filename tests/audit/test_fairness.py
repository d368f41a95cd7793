"""Goals about those who are worst off: their values, and what a plan claims of each city.

City gaps of the plan by hand: Inland (100 thousand people) (1/2 + 1/3 + 0.3 + 0.3) / 4 = 43/120, Border (200) 1/4 / 4 =
1/16, Alpha (1,000) 0.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest

from planner.audit import audit
from planner.case import FrozenDict
from planner.plans.plan import CityResult, GoalResult, Plan
from tests.audit import hand
from tests.audit.test_claims import by_hand, with_goal

WORST = 43 / 120
CITIES = (
    CityResult("inland", WORST, WORST, WORST, 0.0),
    CityResult("border", 1 / 16, 101 / 480, 101 / 480, 0.0),
    CityResult("alpha", 0.0, 101 / 720, 101 / 720, 0.0),
)


def about(parts: dict[str, float], share: float | None, value: float, cities: tuple[CityResult, ...] = ()) -> Plan:
    """The plan with its first goal about the worst off."""
    case = hand.case()
    first = replace(case.goals[0], parts=FrozenDict(parts), worst_share_of=share)
    plan = hand.with_case(hand.plan(), goals=(first, *case.goals[1:]))
    return with_goal(plan, 0, value=value, bound=value, cities=cities)


def in_order(*changed: tuple[int, dict[str, Any]]) -> Plan:
    """The worst off first, with figures of some cities changed."""
    cities = list(CITIES)
    for position, figures in changed:
        cities[position] = replace(cities[position], **figures)
    return about({"worst_off_first": 1.0}, None, WORST, tuple(cities))


@pytest.mark.parametrize(
    ("share", "value"),
    [
        (0.05, WORST),  # 65 of the 100 thousand of Inland
        (0.2, 55 / 312),  # 260: 100 x 43/120 + 160 x 1/16 = 45.8333
        (1.0, (100 * 43 / 120 + 200 / 16) / 1300),
    ],
)
def test_the_mean_gap_of_the_worst_share_is_recomputed(share: float, value: float) -> None:
    assert audit(about({"worst_share": 1.0}, share, value)).passed
    assert hand.finds(audit(about({"worst_share": 1.0}, share, value + 1e-5)), "goals", "goal gaps", "value")


def test_the_worst_share_counts_beside_the_mean_gap() -> None:
    """29/480 and half of 55/312."""
    assert audit(about({"gaps": 1.0, "worst_share": 0.5}, 0.2, 29 / 480 + 55 / 624)).passed


def test_people_of_periods_count_as_the_goal_weighs_periods() -> None:
    """The second period alone: Inland (1/3 + 0.3) / 2 = 19/60, Border 0: a tenth of 1,300 is 130: 100 x 19/60 / 130."""
    plan = about({"worst_share": 1.0}, 0.1, 100 * 19 / 60 / 130)
    goal = replace(plan.case.goals[0], period_weights=FrozenDict({"2030": 0.0, "2035": 2.0}))
    weighed = hand.with_case(plan, goals=(goal, *plan.case.goals[1:]))
    assert not hand.finds(audit(weighed), "goals", "goal gaps")
    assert hand.finds(audit(with_goal(weighed, 0, value=0.25)), "goals", "goal gaps", "value")


def test_cities_in_order_with_their_means_and_bounds_pass() -> None:
    assert audit(in_order()).passed


@pytest.mark.parametrize(
    ("position", "figures", "what"),
    [
        (1, {"gap": 0.07}, "gap 0.07"),
        (1, {"mean": 0.2}, "mean 0.2"),
        (2, {"city": "border"}, "each once"),
        (2, {"city": "nowhere"}, "no such row"),
    ],
)
def test_wrong_figures_of_a_city_are_found(position: int, figures: dict[str, Any], what: str) -> None:
    assert hand.finds(audit(in_order((position, figures))), "goals", "goal gaps", what)


def test_cities_in_another_order_are_found() -> None:
    """Border before Inland: its gap is the smaller one."""
    swapped = (
        replace(CITIES[1], mean=1 / 16),
        replace(CITIES[0], mean=101 / 480),
        CITIES[2],
    )
    report = audit(about({"worst_off_first": 1.0}, None, WORST, swapped))
    assert hand.finds(report, "goals", "city inland", "gap 0.358")


def test_cities_left_out_and_cities_of_another_goal_are_found() -> None:
    assert hand.finds(audit(about({"worst_off_first": 1.0}, None, WORST)), "goals", "goal gaps, inland", "no such row")
    assert hand.finds(audit(with_goal(hand.plan(), 0, cities=CITIES)), "goals", "goal gaps, inland", "a row")


def test_optimal_with_a_city_that_is_not_proven_is_found() -> None:
    """Not proven at all; within 1 % only; far above its bound; and a goal that claims more than its last city."""
    unbound = in_order((2, {"bound": math.nan, "optimality_gap": math.nan}))
    assert hand.finds(audit(unbound), "status", "city alpha", "optimality_gap nothing")
    loose = with_goal(in_order((1, {"optimality_gap": 0.01})), 0, optimality_gap=0.01)
    assert hand.finds(audit(loose), "status", "city border", "optimality_gap 0.01", "at most 0.0001")
    assert hand.finds(audit(in_order((1, {"bound": 0.2}))), "status", "city border", "mean above its bound")
    assert hand.finds(audit(in_order((1, {"optimality_gap": 1e-5}))), "status", "goal gaps", "optimality_gap 0", "1e-05")


def test_the_bound_of_the_goal_is_that_of_its_worst_city() -> None:
    assert hand.finds(audit(in_order((0, {"bound": 0.35}))), "status", "goal gaps", "bound")


def test_a_mean_below_its_bound_is_found_where_no_later_goal_may_have_freed_it() -> None:
    """Later goals took 2e-5 of what Inland's step had reached (3.7e-5 may be): only then is Border better."""
    freed = in_order((0, {"bound": WORST - 2e-5}), (1, {"bound": 0.22}))
    assert not hand.finds(audit(freed), "status", "city border")
    assert hand.finds(audit(in_order((1, {"bound": 0.22}))), "status", "city border", "at least 0.22")


def test_a_hand_made_plan_proves_nothing_of_a_city() -> None:
    plan = by_hand(in_order())
    nothing = tuple(replace(city, bound=math.nan, optimality_gap=math.nan) for city in CITIES)
    assert audit(with_goal(plan, 0, cities=nothing)).passed
    assert hand.finds(audit(with_goal(plan, 0, cities=CITIES)), "status", "city inland", "bound")


def test_cities_that_are_none_are_no_error() -> None:
    """Parts of a plan that make no sense are violations, whatever they are."""
    for cities in (("inland",), "inland", (replace(CITIES[0], mean="much"),)):  # type: ignore[arg-type]
        plan = hand.plan()
        goals = (GoalResult("gaps", 29 / 480, 29 / 480, 0.0, 0.0, cities), *plan.goals[1:])  # type: ignore[arg-type]
        assert hand.finds(audit(replace(plan, goals=goals)), "status", "goals", "cities with their figures")
