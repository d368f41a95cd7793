"""How far a run is: what is closed of what is missing without a plan, in words and curves."""

from __future__ import annotations

from typing import Any

import pytest

from planner.case import Case, load_case
from tests.page.plans import TINY
from ui.progress import MOST_POINTS, _in_words, closed, points


def event(best: float | None, bound: float | None, without: float | None = None, seconds: float = 0.0) -> dict[str, Any]:
    return {"best": best, "bound": bound, "without": without, "seconds": seconds, "gap": None}


@pytest.fixture(scope="module")
def tiny() -> Case:
    return load_case(TINY)


def test_closed_is_the_share_of_what_is_missing_without_the_plan() -> None:
    assert closed(event(0.3, 0.1, 0.4), "best") == 0.25
    assert closed(event(0.3, 0.1, 0.4), "bound") == 0.75
    assert closed(event(0.3, -0.1, 0.4), "bound") == 1.0  # more than all of it is never missing
    assert closed(event(0.3, None, 0.4), "bound") is None
    assert closed(event(0.3, 0.1), "best") is None
    assert closed(event(0.0, 0.0, 0.0), "best") is None
    assert closed({"best": 0.3, "bound": 0.1}, "best") is None  # as earlier versions told it


def test_goals_are_told_in_sentences(tiny: Case) -> None:
    first, second = (goal.name for goal in tiny.goals[:2])
    assert _in_words(tiny, first, event(None, None, 0.4), 0).endswith(": no plan yet")
    said = _in_words(tiny, first, event(0.3, None, 0.4), 0)
    assert said.endswith("the best plan so far closes 25.0 % of it")
    said = _in_words(tiny, first, event(0.3, 0.1, 0.4), 0)
    assert said.endswith("the best plan so far closes 25.0 % of it, and no plan closes more than 75.0 %")
    said = _in_words(tiny, second, event(7.0, 6.5), 1)
    unit = tiny.money.unit
    assert f": 7.00 {unit} with the best plan so far, and none that keeps the goals before is below 6.50" in said
    assert "目前最优规划为" in said.in_language("zh")


def test_level_parts_of_a_curve_are_drawn_from_their_ends_and_long_ones_from_some_of_their_points() -> None:
    told = [
        event(1.0, 0.2, seconds=0.0),
        event(1.0, 0.3, seconds=1.0),
        event(1.0, 0.3, seconds=2.0),
        event(0.9, 0.3, seconds=3.0),
    ]
    drawn = {(p["what"], p["seconds"], p["value"]) for p in points(told, "best", "bound", 4.0)}
    assert drawn == {
        ("best", 0.0, 1.0), ("best", 3.0, 0.9), ("best", 4.0, 0.9),
        ("bound", 0.0, 0.2), ("bound", 1.0, 0.3), ("bound", 3.0, 0.3), ("bound", 4.0, 0.3),
    }  # fmt: skip
    many = [event(float(-n), None, seconds=float(n)) for n in range(10 * MOST_POINTS)]
    drawn_of_many = points(many, "best", "bound")
    assert len(drawn_of_many) <= 1.1 * MOST_POINTS
    assert drawn_of_many[-1]["value"] == many[-1]["best"]
