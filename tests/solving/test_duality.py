"""What prices prove: bounds that hold whatever the prices are, and columns that no better solution has otherwise."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pytest
import scipy.sparse as sp

from planner.planning.search import SolveOptions, solve
from planner.solver import highs
from planner.solver.duality import dual, of_relaxation
from planner.solver.highs import Limits, Solver
from planner.solver.linear import LinearProgram, Objective
from planner.work.stopping import Event
from tests.solving.folders import case

INSIDE = Limits(interior=True, threads=1)


def program(seed: int, whole: int = 8) -> tuple[LinearProgram, Objective]:
    """Some binaries, some shares of them that cover needs at a penalty, and a budget."""
    random = np.random.default_rng(seed)
    needs = 5
    served = random.random((needs, whole)) < 0.5
    rows = np.zeros((needs + 1, whole + needs))
    rows[:needs, :whole] = served * random.integers(1, 4, (needs, whole))  # served by what starts
    rows[:needs, whole:] = np.eye(needs)  # or missed
    rows[needs, :whole] = random.integers(1, 9, whole)
    lower = np.append(random.integers(1, 5, needs).astype(float), -np.inf)
    upper = np.append(np.full(needs, np.inf), rows[needs, :whole].sum() * 0.4)
    cost = np.append(random.random(whole) * 0.1, random.integers(1, 9, needs))
    given = LinearProgram(
        sp.csr_array(rows), lower, upper, np.zeros(whole + needs), np.append(np.ones(whole), np.full(needs, 9.0)),
        np.append(np.ones(whole, dtype=bool), np.zeros(needs, dtype=bool)), {}, {}, {},
    )  # fmt: skip
    return given, Objective(cost, 0.25)


def by_hand(given: LinearProgram, objective: Objective) -> dict[tuple[int, ...], float]:
    """Every choice of binaries within the budget -> its value: what is missed follows from them."""
    rows, whole = given.matrix.toarray(), int(given.integer.sum())
    found = {}
    for chosen in product((0, 1), repeat=whole):
        served = rows[:, :whole] @ chosen
        if served[-1] <= given.row_upper[-1] + 1e-9:
            missed = np.maximum(0.0, given.row_lower[:-1] - served[:-1])
            found[chosen] = objective.value(np.append(chosen, missed))
    return found


@pytest.mark.parametrize("seed", range(40))
def test_no_solution_is_below_what_any_prices_prove(seed: int) -> None:
    given, objective = program(seed)
    best = min(by_hand(given, objective).values())
    random = np.random.default_rng(seed)
    for _ in range(20):
        assert dual(given, objective, random.normal(size=len(given.row_lower))).bound <= best + 1e-9


@pytest.mark.parametrize("seed", range(40))
def test_the_relaxations_prices_prove_its_value(seed: int) -> None:
    given, objective = program(seed)
    proven = of_relaxation(given, objective, INSIDE)
    relaxed = Solver(given.relaxed()).minimise(objective, Limits(threads=1))
    assert proven is not None
    assert proven.bound == pytest.approx(relaxed.value, abs=1e-6)


@pytest.mark.parametrize("seed", range(40))
def test_every_better_solution_has_what_is_settled(seed: int) -> None:
    given, objective = program(seed)
    values = by_hand(given, objective)
    proven = of_relaxation(given, objective, INSIDE)
    assert proven is not None
    for chosen, value in sorted(values.items(), key=lambda each: each[1])[:5]:
        settled = proven.settled(given, np.append(chosen, np.zeros(5)), value)
        assert all(chosen[k] == x for k, x in settled.items()), "the solution itself stays allowed"
        better = [other for other, its in values.items() if its < value - 1e-9]
        assert all(other[k] == x for other in better for k, x in settled.items())


def test_some_are_settled() -> None:
    """Or the test above would say nothing."""
    counts = []
    for seed in range(40):
        given, objective = program(seed)
        values, proven = by_hand(given, objective), of_relaxation(given, objective, INSIDE)
        assert proven is not None
        best = min(values, key=lambda chosen: values[chosen])
        counts.append(len(proven.settled(given, np.append(best, np.zeros(5)), values[best])))
    assert np.mean(counts) > 1


def test_prices_of_what_bounds_nothing_prove_nothing_wrong() -> None:
    """x >= 2 as a row, x between 0 and infinity, at 3 each: 6. A price of 4 would pay -1 for each x, without end."""
    given = LinearProgram(
        sp.csr_array([[1.0]]), np.array([2.0]), np.array([np.inf]), np.zeros(1), np.array([np.inf]),
        np.zeros(1, dtype=bool), {}, {}, {},
    )  # fmt: skip
    objective = Objective(np.array([3.0]), 0.0)
    bounds = [dual(given, objective, [price]).bound for price in (3.0, 1.0, -5.0, 4.0)]
    assert bounds == [6.0, 2.0, 0.0, -np.inf]


def test_a_large_program_whose_relaxation_is_whole_is_not_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Money for all there is: no part of anything is better, so the first plan is as good as any could be."""
    monkeypatch.setattr(highs, "LARGE", 0)
    asked = case(
        tmp_path / "whole",
        """\
        periods: [2026-2030]
        lines: {fund: {holder: North}}
        goals: [{minimise: benefit}]
        """,
        cities="id jurisdiction tier lat lon population\nA North core 30 110 100000",
        measures="id kind city capital_cost benefit\na hub A 4 9\nb hub A 6 8",
        budgets="line period amount\nfund 2030 10",
    )
    events: list[Event] = []
    plan = solve(asked, options=SolveOptions(threads=1), on_event=events.append)
    (goal,) = plan.goals
    assert (plan.status, goal.value, goal.bound) == ("optimal", pytest.approx(-17), pytest.approx(-17))
    assert next(event.message for event in events if event.kind == "goal") == "decided"
    assert plan.seconds["relaxation"] > 0
