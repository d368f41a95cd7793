"""Rows of fairness: mean gaps of the worst share of people and of the worst cities, by hand next to their formulas."""

from __future__ import annotations

from models.alone import StandAlone
from models.goals import Goal
from tests.models.by_hand import canonical, instance, objective, program, rows, terms

NEED = {("care", i, t): 1.0 for i in ("a", "b") for t in ("30", "35")}
WEIGHT = {("care", "a", "30"): 0.3, ("care", "a", "35"): 0.1, ("care", "b", "35"): 0.6}
CITY = {("care", "a", "30"): 0.75, ("care", "a", "35"): 0.25, ("care", "b", "35"): 1.0}
ONES = {"30": 1.0, "35": 1.0}
CITIES_OF_0 = {
    "city_gap_is_no_better_than_its_mean[0,a]: +1 CityGap[0,a] -0.75 Gap[care,a,30] -0.25 Gap[care,a,35] >= 0",
    "city_gap_is_no_better_than_its_mean[0,b]: +1 CityGap[0,b] -1 Gap[care,b,35] >= 0",
}


def goal(tails, **parts):
    """A goal about gaps of cities a and b."""
    return Goal("g", parts, WEIGHT, CITY, ONES, ONES, tails)


class TestWorstShare:
    """A quarter of the people lives in a, three quarters in b; the worst half: 0.25 / 0.5 and 0.75 / 0.5."""

    given = instance({}, need=NEED, goals=(goal({0: {"a": 0.5, "b": 1.5}}, gaps=1.0, worst_share=2.0),))

    def test_city_gaps_and_what_of_them_lies_beyond_the_edge(self):
        assert rows(self.given, "city_gap_is_no_better_than_its_mean") == canonical(CITIES_OF_0)
        assert rows(self.given, "beyond_is_what_lies_above_the_edge") == canonical(
            {
                "beyond_is_what_lies_above_the_edge[0,0,a]: +1 Beyond[0,0,a] -1 CityGap[0,a] +1 Edge[0,0] >= 0",
                "beyond_is_what_lies_above_the_edge[0,0,b]: +1 Beyond[0,0,b] -1 CityGap[0,b] +1 Edge[0,0] >= 0",
            }
        )

    def test_the_goal_is_the_mean_gap_and_twice_the_edge_with_what_lies_beyond(self):
        """2 x (edge + 0.5 of a + 1.5 of b) beside the weighted gaps."""
        assert terms(objective(self.given, ("goal", 0))) == terms(
            "+0.3 Gap[care,a,30] +0.1 Gap[care,a,35] +0.6 Gap[care,b,35] +2 Edge[0,0] +1 Beyond[0,0,a] +3 Beyond[0,0,b]"
        )

    def test_of_everybody_it_is_the_mean_and_there_is_no_edge(self):
        given = instance({}, need=NEED, goals=(goal({0: {"a": 0.25, "b": 0.75}}, worst_share=1.0),))
        assert rows(given, "city_gap_is_no_better_than_its_mean") == canonical(CITIES_OF_0)
        assert not rows(given, "beyond_is_what_lies_above_the_edge")
        assert terms(objective(given, ("goal", 0))) == terms("+0.25 CityGap[0,a] +0.75 CityGap[0,b]")

    def test_a_city_where_nobody_lives_counts_in_no_share(self):
        given = instance({}, need=NEED, goals=(goal({0: {"a": 4.0}}, worst_share=1.0),))
        assert {name[1] for name in program(given).columns if name[0] == "Beyond"} == {(0, 0, "a")}


class TestWorstOffFirst:
    """The one worst city, then the mean of both."""

    given = instance({}, need=NEED, goals=(goal({1: {"a": 1.0, "b": 1.0}, 2: {"a": 0.5, "b": 0.5}}, worst_off_first=1.0),))

    def test_there_is_an_edge_for_every_number_of_cities_but_all(self):
        assert rows(self.given, "city_gap_is_no_better_than_its_mean") == canonical(CITIES_OF_0)
        assert rows(self.given, "beyond_is_what_lies_above_the_edge") == canonical(
            {
                "beyond_is_what_lies_above_the_edge[0,1,a]: +1 Beyond[0,1,a] -1 CityGap[0,a] +1 Edge[0,1] >= 0",
                "beyond_is_what_lies_above_the_edge[0,1,b]: +1 Beyond[0,1,b] -1 CityGap[0,b] +1 Edge[0,1] >= 0",
            }
        )

    def test_its_objectives_are_the_means_of_the_worst_one_and_two_cities(self):
        assert terms(objective(self.given, ("goal", 0))) == terms("+1 Edge[0,1] +1 Beyond[0,1,a] +1 Beyond[0,1,b]")
        assert terms(objective(self.given, ("worst_cities", (0, 2)))) == terms("+0.5 CityGap[0,a] +0.5 CityGap[0,b]")


def test_a_jurisdiction_s_worst_share_counts_in_what_it_has_alone():
    """North's own goal: the mean gap, and half of the mean gap of the worst half of its people (0.5 and 1.5 of a and b)."""
    alone = StandAlone(0.4, 1.0, 0.0, WEIGHT, CITY, 0.5, {0: {"a": 0.5, "b": 1.5}})
    given = instance({}, need=NEED, alone={"north": alone})
    assert rows(given, "nobody_is_worse_off_than_alone") == canonical(
        {
            "nobody_is_worse_off_than_alone[north]: +0.3 Gap[care,a,30] +0.1 Gap[care,a,35] +0.6 Gap[care,b,35] "
            "+0.5 Edge[north,0] +0.25 Beyond[north,0,a] +0.75 Beyond[north,0,b] <= 0.4"
        }
    )
