"""The knee, worked out by hand: farthest below the chord from the first point to the last, both axes scaled to 0..1."""

from __future__ import annotations

from planner.questions.frontier.points import knee


def test_the_knee_is_the_point_farthest_below_the_chord() -> None:
    """Scaled: (0, 1), (0.1, 0.5), (0.3, 0.2), (0.6, 0.1), (1, 0). Below x + y = 1 by 0.4, 0.5 and 0.3 (over root 2)."""
    assert knee([100, 110, 130, 160, 200], [0.3, 0.2, 0.14, 0.12, 0.1]) == 2


def test_units_do_not_matter() -> None:
    cost, value = [1, 2, 3, 4, 5], [9, 4, 3, 2.5, 2]
    assert knee(cost, value) == knee([1e6 * c + 7 for c in cost], [v / 1e3 - 2 for v in value]) == 1


def test_the_order_of_the_points_does_not_matter() -> None:
    assert knee([5, 2, 4, 1, 3], [2, 4, 2.5, 9, 3]) == 1


def test_a_straight_line_has_no_knee() -> None:
    assert knee([0, 1, 2, 3], [3, 2, 1, 0]) is None


def test_a_curve_that_lies_above_its_chord_has_no_knee() -> None:
    assert knee([0, 1, 2, 3], [3, 2.9, 2.5, 0]) is None


def test_a_dent_is_no_knee() -> None:
    """(0.5, 0.29) is below the chord, but above the line from (0.4, 0.3) to (1, 0), which passes 0.25: not on the hull."""
    assert knee([0, 0.4, 0.5, 1], [1, 0.3, 0.29, 0]) == 1


def test_where_more_buys_nothing_the_knee_is_where_that_begins() -> None:
    assert knee([10, 20, 30, 40], [3, 2, 0, 0]) == 2


def test_of_points_equally_far_the_cheaper_one() -> None:
    """(0.2, 0.4) and (0.4, 0.2) are both 0.4 below."""
    assert knee([0, 0.2, 0.4, 1], [1, 0.4, 0.2, 0]) == 1


def test_two_points_or_none_have_no_knee() -> None:
    assert knee([0, 1], [1, 0]) is None
    assert knee([], []) is None
    assert knee([1, 1, 1], [2, 2, 2]) is None
