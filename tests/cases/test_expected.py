"""Every shipped case gives the plan that its expected.yaml says: status, goals, and what no plan can beat."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from planner.audit import audit
from planner.case import load_case
from planner.planning.search import SolveOptions, solve
from planner.plans.plan import Plan
from planner.plans.store import read_plan

CASES = Path(__file__).resolve().parents[2] / "cases"
EXPECTED = {file.parent.name: yaml.safe_load(file.read_text(encoding="utf-8")) for file in CASES.glob("*/expected.yaml")}


def entries() -> list[tuple[str, str, dict[str, Any]]]:
    """(case, scenario, what is expected) of all shipped cases."""
    found = []
    for name, expected in EXPECTED.items():
        found.append((name, "base", expected))
        found += [(name, scenario, entry) for scenario, entry in expected.get("scenarios", {}).items()]
    return found


SMALL = ("tiny",)  # solved in every run; the others in `make proof`, and their shipped plans are read in every run


@pytest.mark.parametrize(
    ("name", "scenario", "expected"),
    [pytest.param(*entry, marks=() if entry[0] in SMALL else pytest.mark.proof) for entry in entries()],
)
def test_a_shipped_case_gives_the_expected_status_goals_and_bounds(name, scenario, expected):
    case = load_case(CASES / name, scenario)
    gap = float(expected.get("gap", EXPECTED[name].get("gap", 1e-9)))
    plan = solve(case, options=SolveOptions(gap=gap))
    _as_expected(plan, expected, gap)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_the_plan_shipped_with_a_case_is_of_its_content_passes_the_audit_and_is_as_expected(name):
    """`make plans` makes it anew where the case is meant to change."""
    plan = read_plan(CASES / name / "plan")
    assert plan.case.content_hash == load_case(CASES / name).content_hash
    assert (plan.options["gap"], plan.options["time_limit"]) == (1e-4, None)
    _as_expected(plan, EXPECTED[name], float(EXPECTED[name].get("gap", 1e-4)))


def _as_expected(plan: Plan, expected: dict[str, Any], gap: float) -> None:
    """Status, audit, and each goal's value and bound within what a plan proven to this gap may differ by.

    The first goal may end anywhere within its gap, and what a later one costs depends on where: half the gap was seen to be
    worth 0.4 % of the spending. Where earlier goals ended better than expected, a later one may be worse, and no bound of
    what is expected refutes it; and the other way round.
    """
    assert plan.status == expected["status"]
    assert audit(plan).passed
    assert [goal.name for goal in plan.goals] == [goal["name"] for goal in expected["goals"]]
    may_be_worse = may_be_better = False
    for found, goal, asked in zip(plan.goals, expected["goals"], plan.case.goals, strict=True):
        slack = (gap + asked.tolerance) * max(abs(goal["value"]), 1e-3) + 2e-6
        assert may_be_worse or found.value <= goal["value"] + 2 * slack
        assert may_be_better or found.value >= goal["value"] - 2 * slack
        assert may_be_worse or found.bound <= goal["value"] + slack
        assert may_be_better or goal["bound"] <= found.value + slack
        may_be_worse |= found.value < goal["value"] - 2e-6
        may_be_better |= found.value > goal["value"] + 2e-6


def test_every_shipped_case_says_what_is_expected_of_it():
    assert {folder.parent.name for folder in CASES.glob("*/case.yaml")} == set(EXPECTED)
