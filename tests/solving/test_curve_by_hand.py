"""Goals with a curve: optima worked out by hand; the arithmetic stands in each docstring."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

import pytest

from planner.audit import audit
from planner.case import Case
from planner.planning.search import SolveOptions, solve
from planner.plans.plan import Plan
from tests.solving.folders import case

TWO = "id jurisdiction tier lat lon population\nA North core 30 110 100000\nB South small 31 111 100000"
YAML = """\
    periods: [2026-2030]
    modes: {{road: {{boarding_minutes: 0}}}}
    services: {{clinic: {{unit: posts, per_1000: 1, across_borders: never}}{more}}}
    lines: {{fund: {{holder: central}}}}
    goals: [{goal}, {{minimise: spending}}]
    {promise}
    """


def solved(asked: Case) -> Plan:
    """The plan, proven exactly and audited."""
    plan = solve(asked, options=SolveOptions(gap=1e-9))
    assert plan.status == "optimal", plan.reason
    assert audit(plan).violations == ()
    return plan


def gaps(plan: Plan) -> dict[tuple[str, str], float]:
    """Gaps with the plan, by indicator and city."""
    table = plan.table("indicators")
    return dict(zip(zip(table["indicator"], table["city"], strict=True), table["gap_with"], strict=True))


def chosen(plan: Plan) -> list[str]:
    """The measures that start."""
    return list(plan.table("decisions")["measure"])


class TestOneOfTwoClinics:
    """A has 20 of 100 posts (gap 0.8), B 70 (0.3); ten posts more in A, or fifteen in B, and money for one of the two.

    f through 0, 1/64, 4/64, 9/64, ... at every eighth: f(0.8) = 0.5625 + 0.4 x 0.203125 = 0.64375, f(0.7) = 0.390625 + 0.6
    x 0.171875 = 0.49375, f(0.3) = 0.0625 + 0.4 x 0.078125 = 0.09375, f(0.15) = 0.015625 + 0.2 x 0.046875 = 0.025. So A
    gains 0.15 and B 0.06875, where without the curve it is 0.1 and 0.15.
    """

    tables: ClassVar[Mapping[str, str]] = {
        "cities": TWO,
        "capacity": "city service capacity\nA clinic 20\nB clinic 70",
        "measures": """\
            id kind city service capacity capital_cost
            at-a facility A clinic 10 1
            at-b facility B clinic 15 1
            """,
        "budgets": "line period amount\nfund 2030 1",
    }

    def plan(self, folder: Path, goal: str, promise: str = "") -> Plan:
        return solved(case(folder, YAML.format(goal=goal, more="", promise=promise), **self.tables))

    def test_without_a_curve_most_posts_are_built(self, tmp_path: Path):
        plan = self.plan(tmp_path / "a", "{minimise: gaps}")
        assert (chosen(plan), plan.goals[0].value) == (["at-b"], pytest.approx((0.8 + 0.15) / 2))

    def test_a_curve_of_one_is_no_curve(self, tmp_path: Path):
        plain, one = (
            case(tmp_path / name, YAML.format(goal=goal, more="", promise=""), **self.tables)
            for name, goal in (("a", "{minimise: gaps}"), ("b", "{minimise: gaps, curve: 1}"))
        )
        assert plain.content_hash == one.content_hash
        assert plain.goals == one.goals

    def test_with_a_curve_the_larger_gap_comes_first(self, tmp_path: Path):
        plan = self.plan(tmp_path / "a", "{minimise: gaps, curve: 2}")
        assert (chosen(plan), plan.goals[0].value) == (["at-a"], pytest.approx((0.49375 + 0.09375) / 2))
        assert plan.goals[0].bound == pytest.approx((0.49375 + 0.09375) / 2)

    def test_the_function_is_its_pieces_and_not_the_power(self, tmp_path: Path):
        """Two pieces, through 1/4 at a half: f(0.7) = 0.25 + 0.2 x 1.5 = 0.55, f(0.3) = 0.15; squares: 0.49, 0.09."""
        plan = self.plan(tmp_path / "a", "{minimise: gaps, curve: 2, pieces: 2}")
        assert (chosen(plan), plan.goals[0].value) == (["at-a"], pytest.approx((0.55 + 0.15) / 2))

    def test_a_limit_of_a_goal_is_one_on_what_the_curve_makes_of_gaps(self, tmp_path: Path):
        """Fewest starts within 0.3: at-a comes to 0.29375, at-b to (0.64375 + 0.025) / 2 = 0.334375, nothing to 0.36875."""
        goal = "{minimise: starts, tolerance: 0}, {minimise: gaps, curve: 2, at_most: 0.3}"
        assert chosen(self.plan(tmp_path / "a", goal)) == ["at-a"]

    def test_nobody_is_worse_off_alone_as_the_curve_counts(self, tmp_path: Path):
        """Of the fund half is each one's people's: nothing can be built alone, so both reach f(0.8) and f(0.3)."""
        plan = self.plan(tmp_path / "a", "{minimise: gaps, curve: 2}", "nobody_worse_off: true")
        table = plan.table("alone")
        assert list(table["value_alone"]) == pytest.approx([0.64375, 0.09375], abs=1e-6)
        assert list(table["value_with"]) == pytest.approx([0.49375, 0.09375], abs=1e-6)


def test_money_fills_the_larger_gap_first_and_then_both_together(tmp_path: Path):
    """A lacks 80 of 100 posts and B 60; there is money for 40 of any size, one each.

    The seventh eighth of a gap weighs 13/8, the sixth 11/8, the fifth 9/8: 5 + 12.5 posts take A to 0.625, then 12.5 more
    and 10 in B take both to 0.5, where f is 0.25: 40 posts. Without a curve any split is as good.
    """
    tables = {
        "cities": TWO,
        "capacity": "city service capacity\nA clinic 20\nB clinic 40",
        "measures": """\
            id kind city service capacity capital_cost units divisible
            at-a facility A clinic 1 1 100 yes
            at-b facility B clinic 1 1 100 yes
            """,
        "budgets": "line period amount\nfund 2030 40",
    }
    plan = solved(
        case(tmp_path / "a", YAML.format(goal="{minimise: gaps, curve: 2, tolerance: 0}", more="", promise=""), **tables)
    )
    assert plan.goals[0].value == pytest.approx(0.25, abs=2e-6)
    assert list(gaps(plan).values()) == pytest.approx([0.5, 0.5], abs=1e-4)


@pytest.mark.slow
def test_which_city_is_worst_hangs_on_the_curve(tmp_path: Path):
    """A lacks 0.8 of clinics and no beds: mean 0.4, by the curve 0.64375 / 2 = 0.321875. B lacks 0.5 and 0.4: mean 0.45, by
    the curve (0.25 + 0.140625 + 0.2 x 0.109375) / 2 = 0.20625. One clinic of ten posts, in either. In A: f(0.7) / 2 =
    0.246875, still the worst; in B (clinics 0.4) the mean is 0.4, as A's.
    """
    tables = {
        "cities": TWO,
        "capacity": "city service capacity\nA clinic 20\nB clinic 50\nA beds 100\nB beds 60",
        "measures": """\
            id kind city service capacity capital_cost
            at-a facility A clinic 10 1
            at-b facility B clinic 10 1
            """,
        "budgets": "line period amount\nfund 2030 1",
    }
    more = ", beds: {unit: beds, per_1000: 1, across_borders: never}"
    plain = case(tmp_path / "a", YAML.format(goal="{minimise: worst_city}", more=more, promise=""), **tables)
    curved = case(tmp_path / "b", YAML.format(goal="{minimise: worst_city, curve: 2}", more=more, promise=""), **tables)
    assert (chosen(solved(plain)), solved(plain).goals[0].value) == (["at-b"], pytest.approx(0.4))
    assert (chosen(solved(curved)), solved(curved).goals[0].value) == (["at-a"], pytest.approx(0.246875))


def test_the_worst_off_first_are_ordered_by_what_the_curve_makes_of_gaps(tmp_path: Path):
    """As above with nothing to build: by the curve A (0.321875) comes before B (0.20625)."""
    tables = {"cities": TWO, "capacity": "city service capacity\nA clinic 20\nB clinic 50\nA beds 100\nB beds 60"}
    more = ", beds: {unit: beds, per_1000: 1, across_borders: never}"
    goal = "{minimise: worst_off_first, curve: 2}"
    budget = "line period amount\nfund 2030 1"
    plan = solved(case(tmp_path / "a", YAML.format(goal=goal, more=more, promise=""), **tables, budgets=budget))
    cities = plan.goals[0].cities
    assert [city.city for city in cities] == ["A", "B"]
    assert [city.gap for city in cities] == pytest.approx([0.321875, 0.20625])


@pytest.mark.slow
@pytest.mark.parametrize("pieces", [2, 3, 4, 10])
def test_a_law_twice_as_many_pieces_never_make_a_goal_worse(tmp_path: Path, pieces: int):
    """Chords of twice as many pieces lie nowhere above those of half as many, so neither does the best value."""
    coarse, fine = (
        solved(
            case(
                tmp_path / str(n),
                YAML.format(goal=f"{{minimise: gaps, curve: 2, pieces: {n}}}", more="", promise=""),
                **TestOneOfTwoClinics.tables,
            )
        ).goals[0]
        for n in (pieces, 2 * pieces)
    )  # fmt: skip
    assert fine.value <= coarse.value + 1e-9
