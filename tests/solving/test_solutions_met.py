"""A search for integers passes on every better solution that it meets, and stops at an absolute gap where one is given."""

from __future__ import annotations

import random
from itertools import pairwise

import numpy as np
import pytest
import scipy.sparse as sp

from planner.solver.highs import Limits, Solver
from planner.solver.linear import LinearProgram, Objective

ITEMS = 60


def knapsack() -> tuple[LinearProgram, Objective]:
    """Six knapsacks at once, of which the first solutions are not the best."""
    chosen = random.Random(3)
    sizes = np.array([[float(chosen.randrange(10, 100)) for _ in range(ITEMS)] for _ in range(6)])
    program = LinearProgram(
        matrix=sp.csr_array(sizes),
        row_lower=np.full(6, -np.inf),
        row_upper=sizes.sum(axis=1) / 2,
        lower=np.zeros(ITEMS),
        upper=np.ones(ITEMS),
        integer=np.ones(ITEMS, dtype=bool),
        rows={},
        columns={},
        objectives={},
    )
    return program, Objective(-np.array([float(chosen.randrange(10, 100)) for _ in range(ITEMS)]), 0.0)


@pytest.mark.slow
def test_every_solution_that_is_passed_on_is_one_and_each_is_better_than_the_last() -> None:
    program, objective = knapsack()
    met: list[np.ndarray] = []
    answer = Solver(program).minimise(objective, Limits(gap=1e-2, threads=1), on_solution=met.append)
    values = [objective.value(columns) for columns in met]
    assert len(met) >= 2
    assert all(later < earlier for earlier, later in pairwise(values))
    assert values[-1] == pytest.approx(answer.value)
    for columns in met:
        assert np.all(program.matrix @ columns <= program.row_upper + 1e-6)
        assert np.allclose(columns, np.round(columns), atol=1e-6)


@pytest.mark.slow
def test_an_absolute_gap_is_one_of_the_objective_in_its_own_unit() -> None:
    """20 of some 2,000 is enough; nothing less is asked for, whatever the relative gap says."""
    program, objective = knapsack()
    loose = Solver(program).minimise(objective, Limits(gap=0.0, absolute=20.0, threads=1))
    exact = Solver(program).minimise(objective, Limits(gap=0.5, absolute=0.0, threads=1, seconds=20.0))
    assert loose.outcome == "optimal"
    assert loose.value - loose.bound <= 20.0 + 1e-6
    assert exact.value <= loose.value + 1e-6
    assert exact.bound >= loose.bound - 1e-6
