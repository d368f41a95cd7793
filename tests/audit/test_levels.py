"""Faults planted in what residents have: the audit of plans solved for the two cities of the tests by hand."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from planner.audit import audit
from planner.case import load_case
from planner.planning.search import SolveOptions, solve
from planner.plans.plan import Plan
from tests.audit.hand import finds, with_case
from tests.audit.test_prices import edited, with_table
from tests.solving.test_levels_by_hand import RIGHT, solved, two

TINY = Path(__file__).parents[2] / "cases" / "tiny"


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """60 of A's 160 posts are used by B's people: 1.6 -> 1.0 and 0.2 -> 0.5 per 1,000."""
    return solved(two(tmp_path_factory.mktemp("levels")))


@pytest.fixture(scope="module")
def in_force(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """The same is in force, so that A has 1.0 without the plan, too."""
    return solved(two(tmp_path_factory.mktemp("in-force"), in_force=RIGHT))


@pytest.mark.parametrize(
    ("row", "figures", "found"),
    [
        (0, {"with_plan": 1.6}, ("residents", "city A, 2030", "with_plan 1.6", "1")),
        (0, {"with_plan": 1.6, "shared_with": 0.0}, ("residents", "city A, 2030", "shared_with 0", "60")),
        (1, {"with_plan": 0.8, "elsewhere_with": 120.0}, ("residents", "city B, 2030", "elsewhere_with 120", "60")),
        (0, {"with_plan": 1.3, "capacity_with": 190.0}, ("residents", "city A, 2030", "capacity_with 190", "160")),
        (0, {"without_plan": 1.0, "capacity_without": 100.0}, ("residents", "A, 2030", "capacity_without 100", "160")),
        (0, {"without_plan": 1.0, "shared_without": 60.0}, ("residents", "without the plan", "used in other cities")),
        (1, {"without_plan": 0.5, "elsewhere_without": 60.0}, ("residents", "city B, 2030", "met at home without the plan")),
        (0, {"today": 2.0}, ("residents", "city A, 2030", "today 2", "1.6")),
        (1, {"people_with": 1.0}, ("residents", "city B, 2030", "people_with 1", "200000")),
        (0, {"standard": 2.0}, ("residents", "city A, 2030", "standard 2", "1")),
    ],
)  # fmt: skip
def test_a_forged_level_is_found(plan: Plan, row: int, figures: dict[str, Any], found: tuple[str, ...]):
    assert audit(plan).passed
    assert finds(audit(edited(plan, "levels", row, **figures)), *found)


def test_what_is_shared_without_the_plan_has_to_be_used_by_somebody(in_force: Plan):
    """As if A gave 20 posts fewer: B's people would use 60 that nobody gives; or use 40, with a gap that 60 leave."""
    assert audit(in_force).passed
    fewer = edited(in_force, "levels", 0, shared_without=40.0, without_plan=1.2)
    assert finds(audit(fewer), "residents", "without the plan", "what is used in other cities")
    both = edited(fewer, "levels", 1, elsewhere_without=40.0, without_plan=0.4)
    assert finds(audit(both), "residents", "city B, 2030", "met at home without the plan 60", "at most 40")


def test_a_missing_row_and_a_level_that_falls_against_the_promise_are_found(plan: Plan):
    assert finds(
        audit(with_table(plan, "levels", plan.table("levels").iloc[:1])), "residents", "clinic, B, 2030", "no such row"
    )
    promised = with_case(plan, no_level_falls=("clinic",))
    assert finds(audit(promised), "no level falls", "city A, 2030", "residents have 100", "at least 160")
    assert not finds(audit(promised), "no level falls", "city B")


def test_a_plan_of_an_earlier_version_says_nothing_of_levels(plan: Plan):
    """Unless its case asks for them."""
    silent = with_table(plan, "levels", plan.table("levels").iloc[:0])
    assert audit(silent).passed
    assert not audit(with_case(silent, no_level_falls=("clinic",))).passed


@pytest.mark.parametrize("of", ["population", "kids"])
def test_a_city_in_which_nobody_needs_a_service_may_share_what_it_has(of: str, tmp_path: Path) -> None:
    """Border's posts are used by others, and it has no row of levels, as nobody lives there who needs any."""
    texts = {name: (TINY / name).read_text(encoding="utf-8") for name in ("case.yaml", "cities.csv")}
    if of == "population":
        texts["cities.csv"] = texts["cities.csv"].replace("116.0,50000", "116.0,0", 1)
    else:
        head, *rows = texts["cities.csv"].splitlines()
        kids = [f"{row},{0 if row.startswith('border') else 50000}" for row in rows]
        texts["cities.csv"] = "\n".join([f"{head},kids", *kids]) + "\n"
        texts["case.yaml"] = "people: [kids]\n" + texts["case.yaml"].replace("per_1000: 2", "of: kids, per_1000: 2", 1)
    shutil.copytree(TINY, tmp_path / "case")
    for name, text in texts.items():
        (tmp_path / "case" / name).write_text(text, encoding="utf-8")
    plan = solve(load_case(tmp_path / "case"), options=SolveOptions(threads=1))
    assert (plan.status, audit(plan).violations) == ("optimal", ())
    assert "border" not in set(plan.tables["levels"]["city"])
    assert plan.tables["levels"]["elsewhere_without"].sum() > 0
    forged = plan.tables["levels"].assign(elsewhere_without=plan.tables["levels"]["elsewhere_without"] + 1000.0)
    assert audit(replace(plan, tables={**plan.tables, "levels": forged})).violations
