"""Goals about those who are worst off: optima worked out by hand; the arithmetic stands in each docstring."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.audit import audit
from planner.case import Case
from planner.planning.search import SolveOptions, solve
from planner.plans.plan import Plan
from tests.solving.folders import case

FOUR = """\
    id jurisdiction tier lat lon population
    A North core 30 110 100000
    B North small 31 111 50000
    C South small 32 112 150000
    D South small 33 113 100000
    """
HAVE = "city service capacity\nA clinic 10\nB clinic 10\nC clinic 45\nD clinic 40"
ONE_OF_THREE = """\
    id kind city service capacity capital_cost
    at-b facility B clinic 2.5 1
    at-c facility C clinic 30 1
    at-d facility D clinic 40 1
    """
YAML = """\
    periods: [2026-2030]
    modes: {{road: {{boarding_minutes: 0}}}}
    services: {{clinic: {{unit: posts, per_1000: 1, across_borders: never}}}}
    lines: {{fund: {{holder: central{line}}}}}
    goals: [{goals}, {{minimise: spending}}]
    """


def solved(asked: Case) -> Plan:
    """The plan, proven exactly and audited."""
    plan = solve(asked, options=SolveOptions(gap=1e-9))
    assert plan.status == "optimal", plan.reason
    assert audit(plan).violations == ()
    return plan


def one_of_three(folder: Path, goal: str, **tables: str) -> Plan:
    """Four cities that lack 90, 40, 105 and 60 of 100, 50, 150 and 100 posts, and money for one of three clinics."""
    yaml = YAML.format(goals=goal, line="")
    given = {"cities": FOUR, "capacity": HAVE, "measures": ONE_OF_THREE, "budgets": "line period amount\nfund 2030 1"}
    return solved(case(folder, yaml, **(given | tables)))


def chosen(plan: Plan) -> list[str]:
    """The measures that start."""
    return list(plan.table("decisions")["measure"])


class TestEachGoalChoosesAnotherPlan:
    """Gaps of A, B, C, D (100, 50, 150, 100 thousand people): 0.9, 0.8, 0.7, 0.6. Nothing can be built in A.

    ========  ====================  ==============================  ===================================  =================
    plan      gaps of A, B, C, D    mean of all people              worst half (200 thousand people)     worst city
    ========  ====================  ==============================  ===================================  =================
    nothing   0.9 0.8 0.7 0.6       (90+40+105+60) / 400 = 0.7375   (90 + 40 + 50 x 0.7) / 200 = 0.825   0.9
    at-b      0.9 0.75 0.7 0.6      292.5 / 400 = 0.73125           (90 + 37.5 + 35) / 200 = 0.8125      0.9
    at-c      0.9 0.8 0.5 0.6       265 / 400 = 0.6625              (90 + 40 + 50 x 0.6) / 200 = 0.8     0.9
    at-d      0.9 0.8 0.7 0.2       255 / 400 = 0.6375              (90 + 40 + 35) / 200 = 0.825         0.9
    ========  ====================  ==============================  ===================================  =================
    """

    def test_the_mean_gap_takes_the_clinic_that_helps_most_people(self, tmp_path: Path):
        plan = one_of_three(tmp_path / "a", "{minimise: gaps}")
        assert chosen(plan) == ["at-d"]
        assert plan.goals[0].value == pytest.approx(0.6375)

    def test_the_worst_city_gains_nothing_from_any_and_so_nothing_is_spent(self, tmp_path: Path):
        plan = one_of_three(tmp_path / "a", "{minimise: worst_city}")
        assert chosen(plan) == []
        assert plan.goals[0].value == pytest.approx(0.9)

    def test_the_worst_half_of_the_people_gains_most_where_many_of_them_live(self, tmp_path: Path):
        plan = one_of_three(tmp_path / "a", "{minimise: worst_share, worst_share_of: 0.5}")
        assert chosen(plan) == ["at-c"]
        assert plan.goals[0].value == pytest.approx(0.8)
        assert plan.goals[0].bound == pytest.approx(0.8)

    def test_the_worst_off_first_take_the_second_worst_city_however_small(self, tmp_path: Path):
        """Means of the worst 1, 2, 3, 4 cities: 0.9, 1.65 / 2, 2.35 / 3, 2.95 / 4."""
        plan = one_of_three(tmp_path / "a", "{minimise: worst_off_first}")
        assert chosen(plan) == ["at-b"]
        (first, _) = plan.goals
        assert (first.value, first.bound) == pytest.approx((0.9, 0.9))
        assert [city.city for city in first.cities] == ["A", "B", "C", "D"]
        assert [city.gap for city in first.cities] == pytest.approx([0.9, 0.75, 0.7, 0.6])
        assert [city.mean for city in first.cities] == pytest.approx([0.9, 0.825, 2.35 / 3, 0.7375])
        assert [city.bound for city in first.cities] == pytest.approx([0.9, 0.825, 2.35 / 3, 0.7375], abs=3e-6)

    @pytest.mark.slow
    def test_with_the_mean_gap_the_weights_decide(self, tmp_path: Path):
        """Half of it: at-c 0.6625 + 0.4 = 1.0625, at-d 0.6375 + 0.4125 = 1.05. Twice: 2.2625 against 2.2875."""
        half = one_of_three(tmp_path / "half", "{minimise: {gaps: 1, worst_share: 0.5}, worst_share_of: 0.5}")
        assert (chosen(half), half.goals[0].value) == (["at-d"], pytest.approx(1.05))
        twice = one_of_three(tmp_path / "twice", "{minimise: {gaps: 1, worst_share: 2}, worst_share_of: 0.5}")
        assert (chosen(twice), twice.goals[0].value) == (["at-c"], pytest.approx(2.2625))

    @pytest.mark.slow
    def test_a_share_of_all_people_is_their_mean_gap_and_a_tiny_one_the_worst_city(self, tmp_path: Path):
        """All: 0.6375, as the mean gap. 5 %: 20 of the 100 thousand people of A."""
        everybody = one_of_three(tmp_path / "all", "{minimise: worst_share, worst_share_of: 1}")
        assert (chosen(everybody), everybody.goals[0].value) == (["at-d"], pytest.approx(0.6375))
        few = one_of_three(tmp_path / "few", "{minimise: worst_share, worst_share_of: 0.05}")
        assert (chosen(few), few.goals[0].value) == ([], pytest.approx(0.9))


def test_people_count_however_the_goal_weighs_cities_and_only_those_of_its_cities(tmp_path: Path):
    """Of B, C and D (300 thousand) the worst half are 150 thousand; with one indicator weighing changes no city's gap.

    nothing: B 50 x 0.8 + C 100 x 0.7 = 110 / 150; at-b: 37.5 + 70 = 107.5 / 150; at-c (C 0.5): B 40 + D 100 x 0.6 =
    100 / 150; at-d: 110 / 150. So at-c, 2/3.
    """
    goal = "{minimise: worst_share, worst_share_of: 0.5, where: {tier: small}, weigh_by: equally}"
    plan = one_of_three(tmp_path / "a", goal)
    assert (chosen(plan), plan.goals[0].value) == (["at-c"], pytest.approx(2 / 3))


@pytest.mark.slow
def test_people_count_by_the_years_they_live_there_or_by_the_weights_of_the_periods(tmp_path: Path):
    """A has 100, B 60 and then 120 thousand people; five and ten years: A 1,500, B 300 + 1,200 = 1,500: half of them each.

    Nothing can be built. A lacks 50 of 100 posts: 0.5. B lacks all in 2030 and half of 120 in 2040. Its gap is weighed by
    its people and the years: (300 x 1 + 1,200 x 0.5) / 1,500 = 0.6. The worst 75 %: (0.5 x 0.6 + 0.25 x 0.5) / 0.75 =
    17/30. With weights 1 and 0 of the periods: A 100, B 60, so B is 0.375 of the people, with gap 1: (0.375 + 0.375 x 0.5)
    / 0.75 = 0.75.
    """
    yaml = """\
        periods: [2026-2030, 2031-2040]
        services: {{clinic: {{unit: posts, per_1000: 1, across_borders: never}}}}
        lines: {{fund: {{holder: central}}}}
        goals: [{{minimise: worst_share, worst_share_of: 0.75{weights}}}]
        """
    tables = {
        "cities": "id jurisdiction tier lat lon population population_2030 population_2040\n"
        "A North core 30 110 100000 100000 100000\nB South small 31 111 60000 60000 120000",
        "capacity": "city service capacity capacity_2030 capacity_2040\nA clinic 50 50 50\nB clinic 0 0 60",
        "measures": "id kind city capital_cost\nnothing hub A 1",
        "budgets": "line period amount\nfund 2030 0\nfund 2040 0",
    }
    years = solved(case(tmp_path / "years", yaml.format(weights=""), **tables))
    assert years.goals[0].value == pytest.approx(17 / 30)
    weighed = solved(case(tmp_path / "weighed", yaml.format(weights=", period_weights: {2030: 1, 2040: 0}"), **tables))
    assert weighed.goals[0].value == pytest.approx(0.75)


@pytest.mark.slow
def test_the_worst_off_first_are_told_by_their_gaps_and_not_by_their_names(tmp_path: Path):
    """A and B lack 90 of 100 posts, C 45. Money for one of two bundles: gaps of A, B, C are 0.5, 0.4, 0.3 with the first and
    0.2, 0.5, 0.45 with the second.

    The worst city's gap is 0.5 with either, but not the same city's. Then 0.4 is better than 0.45, so the first it is,
    although the second has the smaller sum: 1.15 against 1.2.
    """
    measures = """\
        id kind city service capacity capital_cost together
        a1 facility A clinic 40 1 one
        b1 facility B clinic 50 1 one
        c1 facility C clinic 15 1 one
        a2 facility A clinic 70 1 two
        b2 facility B clinic 40 2 two
        """
    cities = (
        "id jurisdiction tier lat lon population\nA N core 30 110 100000\nB N small 31 111 100000\nC N small 32 112 100000"
    )
    tables = {
        "cities": cities,
        "capacity": "city service capacity\nA clinic 10\nB clinic 10\nC clinic 55",
        "measures": measures,
        "budgets": "line period amount\nfund 2030 3",
    }
    fair = solved(case(tmp_path / "fair", YAML.format(goals="{minimise: worst_off_first}", line=""), **tables))
    assert chosen(fair) == ["a1", "b1", "c1"]
    assert [(city.city, pytest.approx(city.gap)) for city in fair.goals[0].cities] == [("A", 0.5), ("B", 0.4), ("C", 0.3)]
    mean = solved(case(tmp_path / "mean", YAML.format(goals="{minimise: gaps}", line=""), **tables))
    assert chosen(mean) == ["a2", "b2"]


def test_its_own_steps_take_no_tolerance_and_later_goals_take_it_of_every_step(tmp_path: Path):
    """A and B lack 100 posts each. Ten cost 1 in A and 2 in B; money 12. Alike: 40 each, 4 + 8 = 12, gaps 0.6 and 0.6.

    Were the worst city let go to 0.66 within the own steps, the mean of both would fall: 34 in B cost 6.8, 52 in A 5.2:
    mean (0.66 + 0.48) / 2 = 0.57. It is not: the bounds are 0.6 and 0.6. Spending then may take a tenth: 34 each, 10.2,
    gaps 0.66.
    """
    tables = {
        "cities": "id jurisdiction tier lat lon population\nA N core 30 110 100000\nB N small 31 111 100000",
        "capacity": "city service capacity\nA clinic 0\nB clinic 0",
        "measures": "id kind city service capacity capital_cost units divisible\n"
        "at-a facility A clinic 10 1 10 yes\nat-b facility B clinic 10 2 10 yes",
        "budgets": "line period amount\nfund 2030 12",
    }
    yaml = YAML.format(goals="{minimise: worst_off_first, tolerance: 0.1}", line="")
    first, spending = solved(case(tmp_path / "a", yaml, **tables)).goals
    assert [city.bound for city in first.cities] == pytest.approx([0.6, 0.6], abs=3e-6)
    assert [city.gap for city in first.cities] == pytest.approx([0.66, 0.66], abs=1e-5)
    assert (first.value, spending.value) == (pytest.approx(0.66, abs=1e-5), pytest.approx(10.2, abs=1e-3))


def test_what_the_worst_off_leave_open_a_later_goal_about_gaps_decides(tmp_path: Path):
    """As above, at 1 each, money 12: 60 each. The mean of all gaps may then take the tolerance of 0.1 of 0.4: no city above
    0.44, and the mean of both stays 0.4, which money alone decides. Weighed by votes (A 1, B 3) B gets 64 and A 56: gaps
    0.44 and 0.36, weighed (0.44 + 3 x 0.36) / 4 = 0.38."""
    tables = {
        "cities": "id jurisdiction tier lat lon population votes\nA N core 30 110 100000 1\nB N small 31 111 100000 3",
        "capacity": "city service capacity\nA clinic 0\nB clinic 0",
        "measures": "id kind city service capacity capital_cost units divisible\n"
        "at-a facility A clinic 10 1 10 yes\nat-b facility B clinic 10 1 10 yes",
        "budgets": "line period amount\nfund 2030 12",
    }
    goals = "{minimise: worst_off_first, tolerance: 0.1}, {minimise: gaps, weigh_by: votes, tolerance: 0}"
    yaml = "    people: [votes]\n" + YAML.format(goals=goals, line="")
    first, second, _ = solved(case(tmp_path / "a", yaml, **tables)).goals
    assert [(city.city, pytest.approx(city.gap, abs=1e-5)) for city in first.cities] == [("A", 0.44), ("B", 0.36)]
    assert second.value == pytest.approx(0.38, abs=1e-5)
