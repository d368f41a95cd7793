"""Faults planted in what moves, and in what that makes of needs, jobs and crowding."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planner.audit import audit
from planner.case import FrozenDict
from planner.plans.plan import Plan
from tests.audit import moved_plan
from tests.audit.hand import finds, with_case
from tests.audit.test_prices import edited, with_table


@pytest.fixture(scope="module")
def plan() -> Plan:
    """10,000 people, 6,000 jobs and 4 posts from Alpha to Beta, where 1,000 more become entitled."""
    return moved_plan.plan()


@pytest.mark.parametrize(
    ("table", "row", "figures", "found"),
    [
        ("moves", 0, {"amount": 9000.0}, ("moves", "measure campus, 2030, people", "amount 9000", "10000")),
        ("moves", 3, {"amount": 0.0}, ("moves", "measure homes, 2030, entitled", "amount 0", "1000")),
        ("moves", 2, {"to": "alpha"}, ("moves", "campus, alpha, alpha, 2030, clinic", "a row")),
        ("indicators", 0, {"people_with": 1e5}, ("services", "clinic, city alpha", "people_with 100000", "89000")),
        ("indicators", 2, {"gap_with": 0.4}, ("crowding", "crowd, city alpha", "gap_with 0.4", "0.5")),
        ("indicators", 2, {"with_plan": 110.0}, ("crowding", "crowd, city alpha", "with_plan 110", "112.5")),
        ("indicators", 3, {"gap_with": 0.2}, ("work", "jobs, city beta", "gap_with 0.2", "0.35")),
        ("indicators", 3, {"true_gap_with": 0.35}, ("work", "jobs, city beta", "true_gap_with 0.35", "0.318")),
        ("levels", 0, {"people_with": 1e5, "with_plan": 0.9}, ("residents", "city alpha", "people_with 100000", "89000")),
        ("levels", 0, {"capacity_with": 94.0, "with_plan": 94 / 89}, ("residents", "alpha", "capacity_with 94", "90")),
        ("jurisdictions", 1, {"people_brought_to_standard": 2750.0},
         ("jurisdictions", "Province", "people_brought_to_standard 2750", "6250")),
    ],
)  # fmt: skip
def test_a_forged_figure_is_found(plan: Plan, table: str, row: int, figures: dict[str, Any], found: tuple[str, ...]):
    assert audit(plan).passed
    assert finds(audit(edited(plan, table, row, **figures)), *found)


@pytest.mark.parametrize("column", ["true_gap_without", "true_gap_with"])
def test_of_what_there_is_to_meet_no_more_than_all_is_missing(plan: Plan, column: str):
    assert finds(audit(edited(plan, "indicators", 2, **{column: 1.1})), "crowding", f"{column} 1.1", "at most 1")


def test_rows_of_what_does_not_move_and_missing_ones_are_found(plan: Plan):
    moves = plan.table("moves")
    assert finds(
        audit(with_table(plan, "moves", moves.iloc[:3])), "moves", "homes, alpha, beta, 2030, entitled", "no such row"
    )
    more = moves.copy()
    more.loc[len(more)] = ("homes", "alpha", "beta", "2030", "jobs", 5.0)
    assert finds(audit(with_table(plan, "moves", more)), "moves", "homes, alpha, beta, 2030, jobs", "a row")


def other_city(plan: Plan, name: str, **columns: Any) -> Plan:
    """The plan of a case in which a city has other columns."""
    city = replace(plan.case.cities[name], **columns)
    return with_case(plan, cities=FrozenDict({**plan.case.cities, name: city}))


def test_more_people_than_there_is_housing_for_are_found(plan: Plan):
    report = audit(other_city(plan, "beta", housing=9999.0))
    assert finds(report, "housing", "city beta, 2030", "people who moved in 10000", "at most 9999")
    assert not finds(audit(other_city(plan, "alpha", housing=0.0)), "housing")


def test_promises_are_held_against_those_who_live_there_then(plan: Plan):
    """Beta had 1.3 posts per 1,000 and has 134 for 111,000: 144.3 would be needed. Of the jobs 0.375 were missing."""
    assert finds(audit(with_case(plan, no_level_falls=("clinic",))), "no level falls", "city beta", "134", "at least 144.3")
    worse = edited(plan, "indicators", 3, true_gap_with=0.38)
    assert finds(audit(worse), "no city loses", "jobs, city beta", "true_gap_with 0.38", "at most 0.375")
