"""The first project left out, worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.case import Case, FrozenDict, Rule
from planner.planning.search import solve
from planner.planning.variants import changed, with_scaled_money
from planner.questions.asking import AskOptions
from planner.questions.left_out import left_out
from tests.solving.folders import case as small_case


@pytest.fixture
def clinics(tmp_path: Path) -> Case:
    """Three towns of 1,000 people want 10 posts each and have none; 10 bn buys one clinic of two.

    A clinic in a brings 10 posts for 10, in b 8 posts for 10, in c 9 posts for 30.
    """
    return small_case(
        tmp_path / "case",
        """
        periods: [2026-2030]
        services: {posts: {unit: posts, per_1000: 10, across_borders: never}}
        lines: {all: {holder: P}}
        goals: [{minimise: gaps}]
        """,
        cities="""
            id jurisdiction tier lat lon population
            a P small 40 116 1000
            b P small 41 116 1000
            c P small 42 116 1000
            """,
        capacity="""
            city service capacity
            a posts 0
            b posts 0
            c posts 0
            """,
        measures="""
            id name kind city service capacity capital_cost
            clinic-a A facility a posts 10 10
            clinic-b B facility b posts 8 10
            clinic-c C facility c posts 9 30
            """,
        budgets="""
            line period amount
            all 2030 10
            """,
    )


def test_the_best_of_the_rest_is_the_first_left_out(clinics: Case) -> None:
    """The plan takes a: mean gap (0 + 1 + 1) / 3. B alone closes 0.8 / 3 for 10, C 0.9 / 3 for 30.

    With B forced the 10 bn are gone and A gives way: the gap is (1 + 0.2 + 1) / 3, a loss of 0.2 / 3, or 20 % of the gain of
    1/3. C costs more than there is: no plan can keep it.
    """
    found = left_out(clinics)
    assert found.complete
    assert found.first == "clinic-b"
    scores = found.tables["scores"].set_index("measure")
    assert list(scores.index) == ["clinic-b", "clinic-c"]
    assert scores.loc["clinic-b", ["closes", "money", "score"]].tolist() == pytest.approx([0.8 / 3, 10, 0.08 / 3])
    assert scores.loc["clinic-c", ["closes", "money"]].tolist() == pytest.approx([0.9 / 3, 30])
    forced = found.tables["forced"].set_index("measure")
    assert forced.loc["clinic-b", "share_at_most"] == pytest.approx(0.2, abs=2e-3)
    assert forced.loc["clinic-c", "status"] == "infeasible"
    assert found.tables["displaced"].to_numpy().tolist() == [["clinic-b", "clinic-a", "A", 1.0, 10.0, 0.0, "", ""]]


def test_what_stands_against_a_project_is_money_where_it_alone_is_short(clinics: Case) -> None:
    """B beside A is 20 of the 10 that there are. Where a rule allows one unit, it is that, however much money there is."""
    found = left_out(clinics).tables["against"]
    assert found[found["forced"] == "clinic-b"].to_numpy().tolist() == [
        ["clinic-b", "2030", "money", "all;2030", pytest.approx(10)]
    ]
    one = Rule(id="one", of="units", where=FrozenDict(), measures=tuple(clinics.measures), periods=("2030",), at_most=1.0)
    found = left_out(changed(with_scaled_money(clinics, 10.0), rules=(one,))).tables["against"]
    assert found[found["forced"] == "clinic-b"].to_numpy().tolist() == [
        ["clinic-b", "2030", "rule", "one", pytest.approx(1)]
    ]


def test_of_two_periods_that_lack_money_alone_the_one_that_lacks_least_is_told(tmp_path: Path) -> None:
    """A (10) takes the 10 of 2026-2030; B (10) beside it lacks 10 then, and 1 of the 9 of 2031-2035."""
    two = small_case(
        tmp_path / "case",
        """
        periods: [2026-2030, 2031-2035]
        services: {posts: {unit: posts, per_1000: 10, across_borders: never}}
        lines: {all: {holder: P}}
        goals: [{minimise: gaps}]
        """,
        cities="id jurisdiction tier lat lon population\na P small 40 116 1000\nb P small 41 116 1000",
        capacity="city service capacity\na posts 0\nb posts 0",
        measures="""
            id name kind city service capacity capital_cost
            clinic-a A facility a posts 10 10
            clinic-b B facility b posts 8 10
            """,
        budgets="line period amount\nall 2030 10\nall 2035 9",
    )
    against = left_out(two).tables["against"]
    assert against.to_numpy().tolist() == [["clinic-b", "2035", "money", "all;2035", pytest.approx(1)]]


def test_where_nothing_is_left_out_there_is_no_first(clinics: Case) -> None:
    found = left_out(with_scaled_money(clinics, 10.0))
    assert (found.first, found.complete, len(found.tables["scores"])) == ("", True, 0)


@pytest.mark.slow
def test_the_answer_does_not_depend_on_the_number_of_workers(clinics: Case) -> None:
    one, two = (left_out(clinics, options=AskOptions(gap=1e-3, workers=n)) for n in (1, 2))
    for name, table in one.tables.items():
        assert table.equals(two.tables[name])


def test_what_the_time_does_not_suffice_for_is_said(clinics: Case) -> None:
    found = left_out(clinics, plan=solve(clinics), options=AskOptions(time_limit=0.0))
    assert not found.complete
    assert found.missing == ("2 of 2 projects left out have no score: the time was up",)
    assert found.first == ""
