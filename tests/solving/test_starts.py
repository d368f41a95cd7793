"""A known solution that a search begins with is never lost."""

from __future__ import annotations

import random

import numpy as np
import pytest
import scipy.sparse as sp

from planner.solver.highs import Limits, Solver
from planner.solver.linear import LinearProgram, Objective

ITEMS = 40


def market_split() -> tuple[LinearProgram, Objective, np.ndarray]:
    """Four sums of 40 items that every other item makes, which are hard to make otherwise; and a column that follows."""
    chosen = random.Random(7)
    sums = np.array([[float(chosen.randrange(100)) for _ in range(ITEMS)] for _ in range(4)])
    known = np.array([float(k % 2) for k in range(ITEMS)])
    follows = np.append(-np.arange(1.0, ITEMS + 1), 1.0)
    program = LinearProgram(
        matrix=sp.csr_array(np.vstack([np.hstack([sums, np.zeros((4, 1))]), follows])),
        row_lower=np.append(sums @ known, 0.0),
        row_upper=np.append(sums @ known, np.inf),
        lower=np.zeros(ITEMS + 1),
        upper=np.append(np.ones(ITEMS), 1e4),
        integer=np.append(np.ones(ITEMS, dtype=bool), False),
        rows={},
        columns={},
        objectives={},
    )
    cost = np.array([float(chosen.randrange(1, 50)) for _ in range(ITEMS)] + [1.0])
    return program, Objective(cost, 0.0), np.append(known, known @ np.arange(1.0, ITEMS + 1))


@pytest.mark.slow
def test_a_start_is_kept_however_long_earlier_runs_took() -> None:
    """The second run has less time than the first took; what was kept before still holds in it."""
    program, objective, known = market_split()
    solver = Solver(program)
    solver.start_from(known)
    first = solver.minimise(objective, Limits(seconds=0.6, threads=1))
    assert first.values is not None
    solver.keep(objective, first.value)
    solver.cap({ITEMS: 1000.0})
    second = solver.minimise(Objective(-objective.cost, 0.0), Limits(seconds=0.2, threads=1))
    assert second.values is not None
    assert objective.value(second.values) <= first.value + 1e-6
    assert second.values[ITEMS] <= 1000.0


@pytest.mark.slow
def test_a_linear_program_has_all_of_its_seconds_however_long_earlier_runs_took() -> None:
    """HiGHS counts the seconds of earlier runs of a program without integers, and only there.

    A chain of steps in one solver therefore ended at half of its time limit.
    """
    program, objective, _ = market_split()
    for asked, is_counted in ((program.relaxed(), True), (program, False)):
        solver = Solver(asked)
        solver.minimise(objective, Limits(seconds=0.5, threads=1))
        spent = solver._highs.getRunTime()
        assert spent > 0.0
        solver.minimise(objective, Limits(seconds=0.25, threads=1))
        assert solver._highs.getOptionValue("time_limit")[1] == pytest.approx(0.25 + (spent if is_counted else 0.0))
