"""However HiGHS searches (roots searched anew, branches tried once, interior points), what is optimal stays so."""

from __future__ import annotations

from math import inf

import pytest

from benchmarks.clusters import write_cluster
from planner.audit import audit
from planner.case import Case, load_case
from planner.planning.search import SolveOptions, solve
from planner.plans.plan import Plan
from planner.solver import highs

WAYS = {
    "roots never anew": {"TIGHT": 0.0},
    "roots anew": {"TIGHT": inf},
    "branches tried often": {"TRIED_ONCE": highs.TRIED},
    "interior points": {"LARGE": 0},
}


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return load_case(write_cluster(tmp_path_factory.mktemp("cluster"), 8))


def solved(case: Case) -> Plan:
    plan = solve(case, options=SolveOptions(gap=1e-4, threads=1))
    assert plan.status == "optimal", plan.reason
    return plan


@pytest.fixture(scope="module")
def usual(case: Case) -> Plan:
    return solved(case)


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_an_optimum_is_the_same_in_every_way(case: Case, usual: Plan, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in WAYS[way].items():
        monkeypatch.setattr(highs, name, value)
    other = solved(case)
    assert audit(other).passed
    best = min(usual.goals[0].value, other.goals[0].value)
    assert max(usual.goals[0].bound, other.goals[0].bound) <= best + 1e-6  # neither refutes what the other proved
    assert other.goals[0].value == pytest.approx(usual.goals[0].value, rel=2e-4)


@pytest.mark.slow
def test_a_large_root_is_solved_by_interior_points(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, object] = {}
    option = highs.Solver._option
    monkeypatch.setattr(
        highs.Solver, "_option", lambda self, name, value: asked.update({name: value}) or option(self, name, value)
    )
    solved(case)
    assert asked["mip_lp_solver"] == "choose"
    monkeypatch.setattr(highs, "LARGE", 0)
    solved(case)
    assert asked["mip_lp_solver"] == "ipm"
