"""docs/parks.md: the case that planners copy is valid without a warning, and solved and audited as the page says."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from planner.audit import audit
from planner.case import Case, load_case
from planner.case.warnings import warnings_of
from planner.plans.plan import Plan
from planner.plans.store import read_plan

PAGE = (Path(__file__).parents[2] / "docs" / "parks.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^`([a-z]+\.(?:yaml|csv))`\n\n```[a-z]+\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
PRINTED = re.findall(r"^```text\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
LEVELS = {"barrier_removal", "auxiliary", "supportive", "incentive", "subsidy"}


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The blocks of the page, as a planner copies them into a folder."""
    folder = tmp_path / "copied"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def parks_started(case: Case, plan: Plan) -> set[str]:
    """The parks of which a phase starts."""
    return {name for name in plan.table("decisions")["measure"] if case.measures[name].kind == "park"}


def test_every_block_of_a_file_is_found() -> None:
    tables = {"cities", "capacity", "links", "measures", "parks", "budgets"}
    assert set(FILES) == {"case.yaml"} | {f"{name}.csv" for name in tables}
    assert len(PRINTED) == 1
    assert PAGE.count("```") == 2 * (len(FILES) + len(PRINTED))


def test_the_case_shows_what_the_page_promises_and_nothing_is_warned_of(copied: Path) -> None:
    case = load_case(copied)
    assert warnings_of(case) == ()
    kinds = {measure.kind for measure in case.measures.values()}
    assert kinds == {"link", "facility", "policy", "park", "abatement", "closure"}
    assert {m.level for m in case.measures.values() if m.kind == "policy"} == LEVELS
    assert len({city.jurisdiction for city in case.cities.values()}) == 2
    assert case.nobody_worse_off


@pytest.mark.slow
def test_the_case_is_solved_and_audited_and_prints_what_the_page_says(copied: Path, run: Callable[..., Result]) -> None:
    valid = run("validate", copied)
    assert "The case is valid; no warnings." in valid.stdout
    solved = run("solve", copied, "-o", "plan")
    assert solved.exit_code == 0
    for line in PRINTED[0].splitlines():
        assert line in solved.stdout.splitlines()

    plan = read_plan("plan")
    assert (plan.status, plan.audit) == ("optimal", "passed")
    assert audit(plan).passed
    case = plan.case
    started = set(plan.table("decisions")["measure"])
    assert set(case.measures) - started == {"lake-cars"}
    assert parks_started(case, plan) == {"car-plant", "parts-works"}
    assert {case.measures[name].level for name in started} >= LEVELS


@pytest.mark.slow
def test_tax_arrives_and_debt_is_repaid_as_the_page_says(copied: Path, run: Callable[..., Result]) -> None:
    assert run("solve", copied, "-o", "plan").exit_code == 0
    plan = read_plan("plan")
    taxes = plan.table("taxes").query("measure == 'car-plant' and period == '2030'").set_index("part")
    assert set(taxes["arrives"]) == {"2035"}
    assert taxes["line"].to_dict() == {"host": "south", "origin": "north", "moved": "north"}
    assert taxes.loc["host", "amount"] == pytest.approx(taxes.loc["origin", "amount"])
    south = plan.table("money").query("line == 'south'").set_index("period")
    assert south["borrowed"].to_dict() == pytest.approx({"2030": 0.2, "2035": 0, "2040": 0}, abs=0.01)
    assert south["debt"].to_dict() == pytest.approx({"2030": 0.2, "2035": 0, "2040": 0}, abs=0.01)
    assert plan.table("transfers").empty
    alone = plan.table("alone").set_index("jurisdiction")
    assert alone.loc["South", "value_with"] < alone.loc["South", "value_alone"]
