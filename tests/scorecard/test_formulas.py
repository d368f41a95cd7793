"""The formulas by hand, and laws that hold for any numbers."""

from __future__ import annotations

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as some

from planner.scorecard import formulas

PEOPLE = {"a": 100.0, "b": 50.0, "c": 50.0}


def test_one_place_through_which_all_ways_lead_has_all_of_them() -> None:
    """A star: from b to c one passes a; with a way of their own they do not. Ways that end in a do not count."""
    star = {("b", "c"): ("b", "road", "a", "road", "c"), ("c", "b"): ("c", "road", "a", "road", "b"), ("a", "b"): ("a", "b")}
    assert formulas.passing(star, "a") == 1.0
    assert formulas.passing({**star, ("b", "c"): ("b", "road", "c")}, "a") == 0.5
    assert formulas.passing({("a", "b"): ("a", "b")}, "a") is None


def test_theil_of_two_heads_of_whom_one_has_all_is_the_log_of_two() -> None:
    """T = 1/2 x 2 x ln 2; all between the groups if they are two, all within if it is one."""
    values, people = {"a": 2.0, "b": 0.0}, {"a": 1.0, "b": 1.0}
    assert formulas.theil(values, people, {"a": "x", "b": "y"}) == pytest.approx((0.0, log(2)))
    assert formulas.theil(values, people, {"a": "x", "b": "x"}) == pytest.approx((log(2), 0.0))
    assert formulas.theil({"a": 0.0}, people, {"a": "x"}) is None


amount = some.floats(0.1, 1e3)


@pytest.mark.slow
@given(some.lists(some.tuples(amount, amount, some.sampled_from("xyz")), min_size=2, max_size=8), some.floats(0.1, 10))
def test_theil_splits_into_two_parts_and_does_not_know_units(rows: list[tuple[float, float, str]], times: float) -> None:
    values, people, groups = ({str(n): row[k] for n, row in enumerate(rows)} for k in range(3))
    within, between = formulas.theil(values, people, groups) or (-1.0, -1.0)  # type: ignore[arg-type]
    one = formulas.theil(values, people, dict.fromkeys(values, "one"))  # type: ignore[arg-type]
    larger = formulas.theil({k: v * times for k, v in values.items()}, people, groups)  # type: ignore[arg-type, operator]
    assert within >= 0
    assert between >= 0
    assert one == pytest.approx((within + between, 0.0), abs=1e-9)
    assert larger == pytest.approx((within, between), abs=1e-9)


def test_places_without_a_branch_in_common_are_as_far_apart_as_can_be() -> None:
    """Two places of one size: each is |1 - 1/2| + |0 - 1/2| = 1 from the whole; alike they are 0 from it."""
    apart = {"a": {"x": 1.0}, "b": {"y": 1.0}}
    assert formulas.krugman(apart, {"a": 1.0, "b": 1.0}) == pytest.approx(1.0)
    assert formulas.likeness(apart) == pytest.approx(-1.0)
    alike = {"a": {"x": 0.3, "y": 0.7}, "b": {"x": 0.3, "y": 0.7}}
    assert formulas.krugman(alike, {"a": 1.0, "b": 3.0}) == pytest.approx(0.0)
    assert formulas.likeness(alike) == pytest.approx(1.0)
    assert formulas.likeness({"a": {"x": 1.0}}) is None


def test_people_reached_and_near_by_hand() -> None:
    """a-b 30 minutes, c far off: (100^2 + 50^2 + 50^2 + 2 x 100 x 50) / 200^2 = 25,000 / 40,000."""
    minutes = {("a", "b"): 30.0, ("b", "a"): 30.0, ("a", "a"): 0.0, ("a", "c"): 61.0, ("c", "a"): 61.0}
    assert formulas.reached(minutes, PEOPLE, 60) == pytest.approx(0.625)
    assert formulas.near(minutes, PEOPLE, ["a"], 60) == pytest.approx(0.75)
    assert formulas.near(minutes, PEOPLE, [], 60) is None
    assert formulas.reached({}, {"a": 0.0}, 60) is None


def test_the_index_is_the_geometric_mean() -> None:
    assert formulas.index([2.0, 0.5]) == pytest.approx(100.0)
    assert formulas.index([4.0, 1.0]) == pytest.approx(200.0)
    assert formulas.index([]) is None
    assert formulas.index([1.0, 0.0]) is None
