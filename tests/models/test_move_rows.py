"""Rows in which people, jobs and capacity move: needs and stocks of both cities, what can be spared, promises, crowding."""

from __future__ import annotations

import pytest

from models.crowding import CrowdGap
from models.curve import Curve
from models.goals import Goal
from models.network import Consumer
from tests.models.by_hand import ALWAYS, canonical, changed, instance, program, rows

A, B = ("care", "a", "30"), ("care", "b", "30")
# a needs 4 of its 5, b 2 of its 1; each of two units of the campus moves a need of 0.5 and a stock of 2 from a to b
CAMPUS = instance(
    {"campus": ALWAYS, "ward": ALWAYS, "bus": ALWAYS},
    units={"campus": 2.0, "ward": 1.0, "bus": 1.0},
    need={A: 4.0, B: 2.0},
    supply={A: 5.0, B: 1.0},
    spare={A: 1.0, B: 0.0},
    need_moved={A: (("campus", -0.5),), B: (("campus", 0.5),)},
    stock_moved={A: (("campus", -2.0),), B: (("campus", 2.0),)},
    spare_between={A: (-2.0, 1.0), B: (-1.0, 2.0)},
    open_most={A: 2.0, B: 1.0},
    added={B: (("ward", 3.0),)},
    consumers={"c": Consumer("30", ((1.0, ("bus",)),))},
    pairs={("care", "a", "b", "30"): (2.0, "c"), ("care", "b", "a", "30"): (1.0, "c")},
    grown={A: (("campus", -0.125),), B: (("campus", 0.25),)},
    most_gap={B: 1.5},
    least_size={A: 0.75},
)


def test_need_and_stock_are_those_after_all_moves():
    assert rows(CAMPUS, "need_is_met_or_unmet", "served_within_capacity") == canonical(
        {
            "need_is_met_or_unmet[care,a,30]: "
            "+1 ServeHome[care,a,30] +1 ServeAway[care,a,b,30] +1 Unmet[care,a,30] +0.5 Start[campus,30] = 4",
            "need_is_met_or_unmet[care,b,30]: "
            "+1 ServeHome[care,b,30] +1 ServeAway[care,b,a,30] +1 Unmet[care,b,30] -0.5 Start[campus,30] = 2",
            "served_within_capacity[care,a,30]: +2 Start[campus,30] +1 ServeHome[care,a,30] +1 ServeAway[care,b,a,30] <= 5",
            "served_within_capacity[care,b,30]: "
            "-2 Start[campus,30] -3 Start[ward,30] +1 ServeHome[care,b,30] +1 ServeAway[care,a,b,30] <= 1",
        }
    )


def test_a_gap_stays_a_share_of_the_need_without_any_move():
    assert rows(CAMPUS, "gap_is_the_share_unmet") == canonical(
        {
            "gap_is_the_share_unmet[care,a,30]: +4 Gap[care,a,30] -1 Unmet[care,a,30] = 0",
            "gap_is_the_share_unmet[care,b,30]: +2 Gap[care,b,30] -1 Unmet[care,b,30] = 0",
        }
    )


def test_where_moves_decide_if_a_city_can_spare_anything_a_binary_says_so():
    """a: 5 - 4 - 1.5 a unit, from 1 down to -2; b: 1 - 2 + 1.5 a unit, from -1 up to 2."""
    assert rows(
        CAMPUS, "served_elsewhere_within_what_can_be_spared", "spare_is_what_people_do_not_keep",
        "spare_only_where_there_is_any",
    ) == canonical(
        {
            "served_elsewhere_within_what_can_be_spared[care,a,30]: +1 ServeAway[care,b,a,30] -1 Spare[care,a,30] <= 0",
            "served_elsewhere_within_what_can_be_spared[care,b,30]: "
            "-3 Start[ward,30] +1 ServeAway[care,a,b,30] -1 Spare[care,b,30] <= 0",
            "spare_is_what_people_do_not_keep[care,a,30]: "
            "+1.5 Start[campus,30] +1 Spare[care,a,30] +2 HasSpare[care,a,30] <= 3",
            "spare_is_what_people_do_not_keep[care,b,30]: "
            "-1.5 Start[campus,30] +1 Spare[care,b,30] +1 HasSpare[care,b,30] <= 0",
            "spare_only_where_there_is_any[care,a,30]: +1 Spare[care,a,30] -1 HasSpare[care,a,30] <= 0",
            "spare_only_where_there_is_any[care,b,30]: +1 Spare[care,b,30] -2 HasSpare[care,b,30] <= 0",
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("stock", "keeps", "between", "row"),
    [
        (8.0, 1.0, (1.0, 4.0), "+1.5 Start[campus,30] +1 ServeAway[care,b,a,30] <= 4"),  # 8 - 4, less 1.5 a unit
        (5.0, 2.0, (-5.0, -3.0), "+1 ServeAway[care,b,a,30] <= 0"),  # 5 - 2 x 4, less 2 - 2 x 0.5 a unit
    ],
)
def test_what_is_always_or_never_spare_needs_no_binary(stock, keeps, between, row):
    spare_between = {A: between}
    given = changed(CAMPUS, supply={A: stock, B: 1.0}, spare_between=spare_between, keeps={"care": keeps})
    name = "served_elsewhere_within_what_can_be_spared"
    assert canonical({f"{name}[care,a,30]: {row}"}) <= rows(given, name)
    assert not rows(given, "spare_is_what_people_do_not_keep", "spare_only_where_there_is_any")


def test_parts_of_units_serve_what_there_could_be_to_serve_at_most():
    """A ward has 3; at most 2 of a's need and 1 of b's could ever lie beyond the own stock."""
    assert rows(CAMPUS, "served_within_its_part_of_units") == canonical(
        {
            "served_within_its_part_of_units[care,b,b,30]: "
            "-2 Start[campus,30] -1 Start[ward,30] +1 ServeHome[care,b,30] <= 1",
            "served_within_its_part_of_units[care,a,b,30]: "
            "-2 Start[ward,30] +1 ServeAway[care,a,b,30] -1 Spare[care,b,30] <= 0",
        }
    )


def test_promises_about_gaps_are_about_shares_of_what_there_is_to_meet_then():
    """Of a there is an eighth less to meet for each unit of the campus, of b a quarter more."""
    given = changed(CAMPUS, gap_limit={A: 0.25, B: 0.5}, target_gap={("all", *B): 0.1})
    assert rows(given, "no_city_loses", "target_is_met") == canonical(
        {
            "no_city_loses[care,a,30]: +0.03125 Start[campus,30] +1 Gap[care,a,30] <= 0.25",
            "no_city_loses[care,b,30]: -0.125 Start[campus,30] +1 Gap[care,b,30] <= 0.5",
            "target_is_met[all,care,b,30]: -0.025 Start[campus,30] +1 Gap[care,b,30] <= 0.1",
        }
    )


def test_a_gate_that_is_shut_leaves_the_largest_gap_there_can_be():
    """a: 1 - 0.2 x 0.75 more where the ward does not start; b: 1.5 - 0.2."""
    given = changed(CAMPUS, gate={("g", "ward", *A): 0.2, ("g", "ward", *B): 0.2})
    assert rows(given, "gate_is_open") == canonical(
        {
            "gate_is_open[g,ward,care,a,30]: +0.025 Start[campus,30] +0.85 Start[ward,30] +1 Gap[care,a,30] <= 1.05",
            "gate_is_open[g,ward,care,b,30]: -0.05 Start[campus,30] +1.3 Start[ward,30] +1 Gap[care,b,30] <= 1.5",
        }
    )


def test_residents_keep_what_each_of_them_had():
    """a had 5 for a size of 1, which each unit makes 0.125 less: 5 - 2 - 5 x (1 - 0.125) a unit; b had 0.8 of 1."""
    given = changed(CAMPUS, resident_level={A: 5.0, B: 0.8})
    assert rows(given, "no_level_falls") == canonical(
        {
            "no_level_falls[care,a,30]: "
            "+1.375 Start[campus,30] -1 ServeAway[care,a,b,30] +1 ServeAway[care,b,a,30] <= 0",
            "no_level_falls[care,b,30]: -1.8 Start[campus,30] -3 Start[ward,30] "
            "+1 ServeAway[care,a,b,30] -1 ServeAway[care,b,a,30] <= 0.2",
        }
    )  # fmt: skip


def test_graduates_follow_the_need_after_all_moves():
    """Half of those who are served in 30 work in 35; the campus has brought 0.5 more of them."""
    given = changed(
        CAMPUS, host={"ward": "b"}, phase_jobs={"ward": 4.0}, phases=(("ward", "30", "35"),), skilled_share={"ward": 0.5},
        skilled={("b", "35"): 1.0}, graduates={("b", "35"): (("care", "30", 0.5),)},
    )  # fmt: skip
    row = "skilled_jobs_within_skilled_people"
    assert rows(given, row) == canonical(
        {f"{row}[b,35]: +0.5 Jobs[ward,30,35] +0.5 Unmet[care,b,30] -0.25 Start[campus,30] <= 2"}
    )


def test_no_more_people_move_in_than_there_is_housing_for():
    """Five thousand a unit, seven thousand in all; a says how much housing it has as well, and nobody moves there."""
    given = instance(
        {"campus": ALWAYS}, units={"campus": 2.0}, people_moved={"b": (("campus", 5.0),)},
        housing={("b", "30"): 7.0, ("b", "35"): 7.0, ("a", "30"): 1.0},
    )  # fmt: skip
    assert rows(given, "moved_in_within_housing") == canonical(
        {
            "moved_in_within_housing[b,30]: +5 Start[campus,30] <= 7",
            "moved_in_within_housing[b,35]: +5 Start[campus,30] +5 Start[campus,35] <= 7",
        }
    )


def test_crowding_is_what_those_who_move_leave_of_it():
    given = instance(
        {"campus": ALWAYS},
        crowd_gap={
            ("crowd", "a", "30"): CrowdGap(0.5, {"campus": -0.2}),
            ("crowd", "b", "30"): CrowdGap(-0.1, {"campus": 0.3}),
        },
    )
    assert rows(given, "crowding_is_what_people_come_to") == canonical(
        {
            "crowding_is_what_people_come_to[crowd,a,30]: +0.2 Start[campus,30] +1 Gap[crowd,a,30] >= 0.5",
            "crowding_is_what_people_come_to[crowd,b,30]: -0.3 Start[campus,30] +1 Gap[crowd,b,30] >= -0.1",
        }
    )


def test_nothing_that_measures_a_gap_ends_at_the_whole_where_moves_could_make_it_larger():
    """The gap of b goes up to 1.5, and with it the last piece of the curve, from 0.5 on, and the last tenth."""
    goal = Goal(
        "g", {"gaps": 1.0, "worst_city": 1.0, "worst_share": 1.0}, {A: 0.5, B: 0.5}, {A: 1.0, B: 1.0}, {"30": 1.0},
        {"30": 1.0}, {0: {"a": 1.0, "b": 0.5}}, curve=0,
    )  # fmt: skip
    found = program(changed(CAMPUS, goals=(goal,), curves=(Curve(2.0, 2),), curved={0: (A, B)}))
    upper = {
        (name[0], *(name[1] if isinstance(name[1], tuple) else ())): found.upper[k] for name, k in found.columns.items()
    }
    assert (upper["Gap", *A], upper["Gap", *B]) == (1.0, 1.5)
    assert [upper["CurvePiece", 0, *B, k] for k in (0, 1)] == [0.5, 1.0]
    assert [upper["CurvePiece", 0, *A, k] for k in (0, 1)] == [0.5, 0.5]
    assert [upper["GapPiece", *B, k] for k in (0, 9)] == pytest.approx([0.1, 0.6])
    assert all(
        limit == float("inf") for name, limit in upper.items() if name[0] in ("CityGap", "WorstCity", "Edge", "Beyond")
    )
