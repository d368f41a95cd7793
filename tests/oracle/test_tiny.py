"""The case that is worked out by hand: cases/tiny/README.md, enumeration and planner agree."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

import planner
from planner.planning.search import SolveOptions

from .enumeration import best
from .without import gaps_without_plan

TINY = Path(__file__).parents[2] / "cases" / "tiny"


def expected(scenario: str | None) -> dict[str, Any]:
    """What expected.yaml says of the case, or of a scenario."""
    said: dict[str, Any] = yaml.safe_load((TINY / "expected.yaml").read_text(encoding="utf-8"))
    return said if scenario is None else said["scenarios"][scenario]


SCENARIOS = (None, "no-signatures", "poorer-south")


@pytest.mark.slow
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_enumeration_finds_the_optimum_worked_out_by_hand(scenario: str | None) -> None:
    """Gaps 0.8/12, 2.6/12, 1.9/12; spending 16, 14, 5; starts 5, 3, 3 (the README's steps)."""
    steps = best(planner.load_case(TINY, scenario)).steps
    assert [s.value for s in steps] == pytest.approx([g["value"] for g in expected(scenario)["goals"]], abs=1e-7)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_planner_finds_the_optimum_worked_out_by_hand(scenario: str | None) -> None:
    """The same figures, proven, and the audit passes."""
    plan = planner.solve(planner.load_case(TINY, scenario), options=SolveOptions(gap=1e-9))
    said = expected(scenario)
    assert plan.status == said["status"]
    assert [g.name for g in plan.goals] == [g["name"] for g in said["goals"]]
    assert [g.value for g in plan.goals] == pytest.approx([g["value"] for g in said["goals"]], abs=1e-6)
    assert [g.bound for g in plan.goals] == pytest.approx([g["bound"] for g in said["goals"]], abs=1e-6)
    assert planner.audit_plan(plan).passed


def test_without_a_plan_the_gaps_are_those_of_the_readme() -> None:
    """Border 0.25 and Inland 0.75 for minutes, 0.6 each for posts, Metro 0, in both periods."""
    gaps = gaps_without_plan(planner.load_case(TINY))
    for period in ("2030", "2035"):
        found = [gaps[k, c, period] for k, c in (("core", "border"), ("core", "inland"), ("clinic", "metro"))]
        assert found == pytest.approx([0.25, 0.75, 0.0], abs=1e-9)
        assert [gaps["clinic", c, period] for c in ("border", "inland")] == pytest.approx([0.6, 0.6], abs=1e-9)


def test_the_plan_starts_what_the_readme_starts_and_the_south_keeps_one_and_a_half() -> None:
    """Checkpoint, insurance and one clinic in the first period, the railway in the second; 6 - 0.5 - 4 = 1.5 kept."""
    plan = planner.solve(planner.load_case(TINY), options=SolveOptions(gap=1e-9))
    decisions = plan.table("decisions")
    started = {(m, p): u for m, p, u in decisions[["measure", "start_period", "units"]].itertuples(index=False)}
    first, second = ("checkpoint", "insurance", "clinic-inland"), ("rail-north", "rail-south")
    assert started == {**{(m, "2030"): 1.0 for m in first}, **{(m, "2035"): 1.0 for m in second}}
    money = plan.table("money").set_index(["line", "period"])
    assert money.loc[("south", "2030"), "carried_out"] == pytest.approx(1.5)
    assert money.loc[("north", "2035"), "capital"] == pytest.approx(4.0)
