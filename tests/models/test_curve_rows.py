"""Rows of curve: a gap in its pieces, and what goals, worst cities, tails and stand-alone plans count of it."""

from __future__ import annotations

import pytest

from models.alone import StandAlone
from models.curve import Curve
from models.goals import Goal
from tests.models.by_hand import canonical, instance, objective, program, rows, terms

NEED = {("care", i, "30"): 1.0 for i in ("a", "b")}
A, B = (("care", i, "30") for i in ("a", "b"))
WEIGHT, CITY, ONES = {A: 0.25, B: 0.75}, {A: 1.0, B: 1.0}, {"30": 1.0}
SQUARE = Curve(2.0, 2)  # through (1/2, 1/4) and (1, 1): the first half of a gap weighs 1/2, the second 3/2
CURVED = {"curves": (SQUARE,), "curved": {0: (A, B)}}


def given(curve=0, tails=None, more=None, **parts):
    """One goal about the gaps of a and b, by the curve or (None) as they are."""
    goal = Goal("g", parts, WEIGHT, CITY, ONES, ONES, tails or {}, curve=curve)
    return instance({}, ("30",), need=NEED, goals=(goal,), **CURVED, **(more or {}))


def test_a_gap_is_the_sum_of_its_pieces_none_of_them_wider_than_its_part():
    found = given(gaps=1.0)
    assert rows(found, "gap_is_the_sum_of_its_curve_pieces") == canonical(
        {
            "gap_is_the_sum_of_its_curve_pieces[0,care,a,30]: "
            "+1 Gap[care,a,30] -1 CurvePiece[0,care,a,30,0] -1 CurvePiece[0,care,a,30,1] = 0",
            "gap_is_the_sum_of_its_curve_pieces[0,care,b,30]: "
            "+1 Gap[care,b,30] -1 CurvePiece[0,care,b,30,0] -1 CurvePiece[0,care,b,30,1] = 0",
        }
    )
    arrays = program(found)
    widths = {arrays.upper[k] for name, k in arrays.columns.items() if name[0] == "CurvePiece"}
    assert widths == {0.5}


def test_a_goal_counts_the_pieces_by_their_slopes_and_the_gap_itself_without_a_curve():
    """A quarter and three quarters of 1/2 and 3/2."""
    assert terms(objective(given(gaps=1.0), ("goal", 0))) == terms(
        "+0.125 CurvePiece[0,care,a,30,0] +0.375 CurvePiece[0,care,a,30,1] "
        "+0.375 CurvePiece[0,care,b,30,0] +1.125 CurvePiece[0,care,b,30,1]"
    )
    assert terms(objective(given(None, gaps=1.0), ("goal", 0))) == terms("+0.25 Gap[care,a,30] +0.75 Gap[care,b,30]")


def test_the_worst_city_is_the_one_whose_pieces_weigh_most():
    assert rows(given(worst_city=1.0), "worst_city_is_no_better_than_any") == canonical(
        {
            f"worst_city_is_no_better_than_any[0,{i}]: "
            f"+1 WorstCity[0] -0.5 CurvePiece[0,care,{i},30,0] -1.5 CurvePiece[0,care,{i},30,1] >= 0"
            for i in ("a", "b")
        }
    )


def test_the_gaps_of_cities_in_tails_are_those_of_the_curve():
    assert rows(given(tails={0: {"a": 0.5, "b": 1.5}}, worst_share=1.0), "city_gap_is_no_better_than_its_mean") == canonical(
        {
            f"city_gap_is_no_better_than_its_mean[0,{i}]: "
            f"+1 CityGap[0,{i}] -0.5 CurvePiece[0,care,{i},30,0] -1.5 CurvePiece[0,care,{i},30,1] >= 0"
            for i in ("a", "b")
        }
    )


def test_nobody_is_worse_off_by_what_the_curve_makes_of_own_gaps():
    alone = StandAlone(0.4, 1.0, 0.5, {A: 1.0}, {A: 1.0}, curve=0)
    found = given(gaps=1.0, more={"alone": {"north": alone}})
    assert rows(found, "nobody_is_worse_off_than_alone", "worst_own_city_is_no_better_than_any") == canonical(
        {
            "nobody_is_worse_off_than_alone[north]: +0.5 CurvePiece[0,care,a,30,0] +1.5 CurvePiece[0,care,a,30,1] "
            "+0.5 WorstOwn[north] <= 0.4",
            "worst_own_city_is_no_better_than_any[north,a]: "
            "+1 WorstOwn[north] -0.5 CurvePiece[0,care,a,30,0] -1.5 CurvePiece[0,care,a,30,1] >= 0",
        }
    )


@pytest.mark.parametrize(
    ("gap", "counts", "slope"), [(0, 0, 1 / 4), (1 / 4, 1 / 16, 3 / 4), (0.3, 0.1, 3 / 4), (1, 1, 7 / 4)]
)
def test_between_its_ends_a_curve_is_straight(gap, counts, slope):
    """Four pieces of a square: 0, 1/16, 1/4, 9/16, 1; at 0.3 1/16 + 0.05 x 3/4 = 0.1, where the square is 0.09."""
    curve = Curve(2.0, 4)
    assert curve.slopes == (1 / 4, 3 / 4, 5 / 4, 7 / 4)
    assert (curve.at(gap), curve.slope(gap)) == (pytest.approx(counts), slope)


def test_without_curves_there_are_no_pieces():
    assert not [name for name in program(instance({}, ("30",), need=NEED)).columns if name[0] == "CurvePiece"]
