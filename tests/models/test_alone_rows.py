"""Rows of nobody worse off: a jurisdiction's goal over its own cities, against its stand-alone plan."""

from __future__ import annotations

from models.alone import StandAlone
from tests.models.by_hand import canonical, instance, program, rows

NEED = {("care", i, t): 1.0 for i in ("a", "b", "c") for t in ("30", "35")}
WEIGHT = {("care", "a", "30"): 0.5, ("care", "a", "35"): 0.1, ("care", "b", "35"): 0.4}
CITY = {("care", "a", "30"): 0.75, ("care", "a", "35"): 0.25, ("care", "b", "35"): 1.0}


class TestAlone:
    """North has cities a and b, and a goal of twice the mean gap and the worst city; south has c and the mean gap alone;
    east has c too, and the worst city alone."""

    given = instance(
        {},
        need=NEED,
        alone={
            "north": StandAlone(0.9, 2.0, 1.5, WEIGHT, CITY),
            "south": StandAlone(0.3, 1.0, 0.0, {("care", "c", "30"): 1.0}, {("care", "c", "30"): 1.0}),
            "east": StandAlone(0.4, 0.0, 1.0, {("care", "c", "35"): 1.0}, {("care", "c", "35"): 1.0}),
        },
    )

    def test_the_worst_own_city_is_no_better_than_any_and_is_asked_only_where_the_goal_speaks_of_it(self):
        assert rows(self.given, "worst_own_city_is_no_better_than_any") == canonical(
            {
                "worst_own_city_is_no_better_than_any[north,a]: "
                "+1 WorstOwn[north] -0.75 Gap[care,a,30] -0.25 Gap[care,a,35] >= 0",
                "worst_own_city_is_no_better_than_any[north,b]: +1 WorstOwn[north] -1 Gap[care,b,35] >= 0",
                "worst_own_city_is_no_better_than_any[east,c]: +1 WorstOwn[east] -1 Gap[care,c,35] >= 0",
            }
        )
        assert {name[1] for name in program(self.given).columns if name[0] == "WorstOwn"} == {"north", "east"}

    def test_a_jurisdiction_s_goal_is_no_worse_than_in_its_stand_alone_plan(self):
        """2 x 0.5, 2 x 0.1, 2 x 0.4 of the gaps, and 1.5 of the worst own city."""
        assert rows(self.given, "nobody_is_worse_off_than_alone") == canonical(
            {
                "nobody_is_worse_off_than_alone[north]: "
                "+1 Gap[care,a,30] +0.2 Gap[care,a,35] +0.8 Gap[care,b,35] +1.5 WorstOwn[north] <= 0.9",
                "nobody_is_worse_off_than_alone[south]: +1 Gap[care,c,30] <= 0.3",
                "nobody_is_worse_off_than_alone[east]: +1 WorstOwn[east] <= 0.4",
            }
        )
