"""Several threads: the same case and seed give the same plan, and the optimum is that of one thread."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.clusters import write_cluster
from planner.audit import audit
from planner.case import Case, load_case
from planner.planning.search import SolveOptions, solve
from planner.plans.plan import Plan

JING_JIN_JI = Path(__file__).resolve().parents[2] / "cases" / "jing-jin-ji"


def found(plan: Plan) -> tuple[object, ...]:
    """Everything that a search decides or claims; its seconds it need not repeat."""
    assert plan.status == "optimal", plan.reason
    return plan.goals, plan.tables["decisions"].to_csv(float_format="%.9g")


def solved(case: Case, threads: int, seed: int = 0) -> Plan:
    return solve(case, options=SolveOptions(gap=1e-3, threads=threads, seed=seed))


@pytest.mark.slow
@pytest.mark.parametrize("cities", [8, 16])
def test_two_threads_find_the_same_plan_each_time_and_the_optimum_of_one(cities: int, tmp_path: Path) -> None:
    case = load_case(write_cluster(tmp_path, cities))
    first, again, alone = solved(case, 2), solved(case, 2), solved(case, 1)
    assert found(first) == found(again)
    assert audit(first).passed
    assert first.goals[0].value == pytest.approx(alone.goals[0].value, rel=2e-3)
    assert max(g.bound for g in (first.goals[0], alone.goals[0])) <= min(first.goals[0].value, alone.goals[0].value) + 1e-6


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(3))
def test_two_threads_find_the_same_plan_of_the_shipped_case_each_time(seed: int) -> None:
    case = load_case(JING_JIN_JI)
    assert found(solved(case, 2, seed)) == found(solved(case, 2, seed))
