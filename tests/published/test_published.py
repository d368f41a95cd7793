"""The special cases of the model reach the optima that are published for them (SOURCES.md)."""

from __future__ import annotations

from itertools import combinations, compress, product
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

import planner
from planner.planning.search import SolveOptions
from planner.plans.plan import Plan

from . import instances
from .instances import FARTHEST, Knapsack

COVERED = {1: 5461, 2: 8790, 3: 11604, 4: 12106, 5: 12152}  # of SJC324 with radius 800
LONGEST_TRIP = 100  # minutes, above every time between two zones of Sioux Falls


def optimal(folder: Path) -> Plan:
    """The case's plan, proven and audited."""
    plan = planner.solve(planner.load_case(folder), options=SolveOptions(gap=1e-6, threads=1))
    assert plan.status == "optimal"
    report = planner.audit_plan(plan)
    assert report.passed, str(report)
    return plan


@pytest.mark.parametrize("knapsack", instances.knapsacks(), ids=lambda k: f"{len(k.profits)}-items")
def test_a_knapsack_with_ten_capacities_reaches_its_published_profit(tmp_path: Path, knapsack: Knapsack) -> None:
    """Petersen's problems 1, 2 and 5: 3800, 8706.1 and 12400; every line pays the chosen items' weights."""
    plan = optimal(instances.knapsack_case(tmp_path / "case", knapsack))
    assert -plan.goals[0].value == pytest.approx(knapsack.optimum, rel=1e-9)
    chosen = [int(m.split("-")[1]) - 1 for m in plan.table("decisions")["measure"]]
    paid = plan.table("money").set_index("line")["capital"]
    for i, row in enumerate(knapsack.weights):
        assert paid[f"line-{i + 1}"] == pytest.approx(sum(row[j] for j in chosen), abs=1e-6)


@pytest.mark.slow
def test_the_p_median_of_a_hundred_nodes_has_its_published_length(tmp_path: Path) -> None:
    """pmed1, p = 5: 5819 in all."""
    graph = instances.beasley_graph()
    plan = optimal(instances.location_case(tmp_path / "case", graph, 5, (0, FARTHEST), "gaps"))
    assert plan.goals[0].value * 100 * FARTHEST == pytest.approx(5819, abs=0.01)
    assert plan.table("indicators").query("indicator == 'near'")["with_plan"].sum() == pytest.approx(5819)


@pytest.mark.proof
def test_the_p_centre_of_a_hundred_nodes_has_its_published_radius(tmp_path: Path) -> None:
    """pmed1, p = 5: nobody is farther than 127."""
    graph = instances.beasley_graph()
    plan = optimal(instances.location_case(tmp_path / "case", graph, 5, (120, 135), "worst_city"))
    assert 120 + 15 * plan.goals[0].value == pytest.approx(127, abs=1e-3)
    assert plan.table("indicators").query("indicator == 'near'")["with_plan"].max() == pytest.approx(127)


@pytest.mark.slow
@pytest.mark.parametrize("p", [2, 3])
def test_the_p_centre_of_sioux_falls_is_that_of_all_subsets(tmp_path: Path, p: int) -> None:
    """The 276 pairs and 2,024 triples of its 24 nodes are all tried."""
    roads = instances.sioux_falls()
    away = minutes_between(roads.existing)
    best = min(away[:, list(sites)].min(axis=1).max() for sites in combinations(range(24), p))
    plan = optimal(instances.location_case(tmp_path / "case", roads.existing, p, (0, 25), "worst_city"))
    assert 25 * plan.goals[0].value == pytest.approx(best, abs=1e-3)


@pytest.mark.slow
def test_the_published_coverage_of_sjc324_is_that_of_its_points() -> None:
    """Five integer programs of scipy, apart from the planner: 5461, 8790, 11604, 12106 and 12152 of 12152."""
    demand = instances.covering_points()[:, 2]
    covers = instances.covered_by(800).astype(float)
    n = len(demand)
    rows = np.vstack([np.hstack([-covers, np.eye(n)]), np.concatenate([np.ones(n), np.zeros(n)])])
    for p, covered in COVERED.items():
        limits = LinearConstraint(csr_matrix(rows), -np.inf, np.append(np.zeros(n), p))
        cost = np.concatenate([np.zeros(n), -demand])
        found = milp(cost, constraints=limits, bounds=Bounds(0, 1), integrality=cost == 0)
        assert -found.fun == pytest.approx(covered, abs=0.01)


@pytest.mark.proof
@pytest.mark.parametrize(("p", "as_access"), [(1, False), (3, True)])
def test_maximal_covering_covers_as_many_as_published(tmp_path: Path, p: int, as_access: bool) -> None:
    """SJC324, radius 800: 5461 of 12152 with one facility of a service, 11604 with three, as minutes to the nearest."""
    plan = optimal(instances.covering_case(tmp_path / "case", 800, p, as_access))
    assert (1 - plan.goals[0].value) * 12152 == pytest.approx(COVERED[p], abs=0.05)
    assert len(plan.table("decisions")) == p


def minutes_between(roads: dict[tuple[int, int], float]) -> np.ndarray:
    """Minutes between the 24 nodes of Sioux Falls on two-way roads."""
    graph = np.zeros((24, 24))
    for (a, b), minutes in roads.items():
        graph[a - 1, b - 1] = graph[b - 1, a - 1] = minutes
    return dijkstra(csr_matrix(graph))


def mean_minutes(build: tuple[tuple[int, int], ...]) -> float:
    """Mean minutes of a trip in Sioux Falls with some candidates built."""
    roads = instances.sioux_falls()
    away = minutes_between({**roads.existing, **{e: roads.candidates[e] for e in build}})
    assert away.max() < LONGEST_TRIP
    return float((roads.trips * away).sum() / roads.trips.sum())


@pytest.mark.slow
@pytest.mark.parametrize("budget", [5150, 10300])
def test_a_budget_for_roads_is_spent_on_the_best_subset(tmp_path: Path, budget: float) -> None:
    """A quarter and half of what all ten roads of Sioux Falls cost; all 1,024 subsets are tried with Dijkstra."""
    roads = instances.sioux_falls()
    plan = optimal(instances.roads_case(tmp_path / "case", budget, LONGEST_TRIP))
    best = float("inf")
    for picked in product((False, True), repeat=len(roads.cost)):
        build = tuple(compress(roads.cost, picked))
        if sum(roads.cost[e] for e in build) <= budget:
            best = min(best, mean_minutes(build))
    assert plan.goals[0].value * LONGEST_TRIP == pytest.approx(best, rel=1e-7)
    built = tuple(e for e in roads.cost if f"build-{e[0]}-{e[1]}" in set(plan.table("decisions")["measure"]))
    assert mean_minutes(built) == pytest.approx(best, rel=1e-9)
