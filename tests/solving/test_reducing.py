"""A program without what is settled has the same best values as the whole one, for any objective, and fits its rows."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp

from planner.planning.in_order import InOrder
from planner.solver.highs import Limits, Solver
from planner.solver.linear import LinearProgram, Objective, Vector
from planner.solver.reducing import reduced
from planner.work.stopping import FOREVER
from tests.tiers import one_of

EXACT = Limits(feasibility=1e-9, gap=0.0, threads=1)


def program(matrix: list[list[float]], rows: list[tuple[float, float]], columns: list[tuple[float, float]]) -> LinearProgram:
    """A program by hand: coefficients, and (least, most) of each row and column."""
    low, high = zip(*columns, strict=True)
    row_low, row_high = zip(*rows, strict=True) if rows else ((), ())
    ends = (np.array(end, dtype=float) for end in (row_low, row_high, low, high))
    names = {("row", k): k for k in range(len(rows))}, {("column", k): k for k in range(len(columns))}
    coefficients = sp.csr_array(np.array(matrix, dtype=float).reshape(len(rows), len(columns)))
    return LinearProgram(coefficients, *ends, np.zeros(len(columns), dtype=bool), *names, {})


def drawn(seed: int) -> LinearProgram:
    """Few columns a row, many of them fixed or at their bounds; a known point keeps all rows."""
    rng = np.random.default_rng(seed)
    rows, columns = 30, 25
    matrix = rng.integers(-3, 4, (rows, columns)) * (rng.random((rows, columns)) < 0.12)
    point = rng.integers(0, 3, columns).astype(float)
    lower, upper = np.zeros(columns), np.full(columns, np.inf)
    bounded = rng.random(columns) < 0.7
    upper[bounded] = 2.0 + rng.integers(0, 3, bounded.sum())
    fixed = rng.random(columns) < 0.3
    lower[fixed] = upper[fixed] = point[fixed]
    at = matrix @ point
    kind = rng.integers(0, 4, rows)  # equal, at most and just kept, at least and just kept, between
    low = np.where(kind == 0, at, np.where(kind == 1, -np.inf, np.where(kind == 2, at, at - rng.integers(0, 4, rows))))
    high = np.where(kind == 0, at, np.where(kind == 1, at, np.where(kind == 2, np.inf, at + rng.integers(0, 4, rows))))
    rows_of = list(zip(low.tolist(), high.tolist(), strict=True))
    return program(matrix.tolist(), rows_of, list(zip(lower.tolist(), upper.tolist(), strict=True)))


def least(asked: LinearProgram, cost: Vector) -> float | None:
    answer = Solver(asked).minimise(Objective(cost, 0.5), EXACT)
    return None if answer.values is None else answer.value


@pytest.mark.parametrize("seed", one_of(4, range(60)))
def test_what_is_left_has_the_best_values_of_the_whole_and_its_columns_fit(seed: int) -> None:
    asked, rng = drawn(seed), np.random.default_rng(1000 + seed)
    left = reduced(asked)
    assert len(left.places) < len(asked.lower)
    for _ in range(5):
        cost = rng.integers(0, 5, len(asked.lower)).astype(float)
        own = left.objective(Objective(cost, 0.5))
        answer = Solver(left.program).minimise(own, EXACT)
        assert answer.value == pytest.approx(least(asked, cost), abs=1e-7)
        columns = left.whole(answer.values if answer.values is not None else np.zeros(0))
        assert Objective(cost, 0.5).value(columns) == pytest.approx(answer.value, abs=1e-9)
        activity = asked.matrix @ columns
        assert np.all(activity >= asked.row_lower - 1e-7)
        assert np.all(activity <= asked.row_upper + 1e-7)
        assert np.all(columns >= asked.lower - 1e-9)
        assert np.all(columns <= asked.upper + 1e-9)


def test_a_chain_of_rows_over_one_column_settles_all_of_it() -> None:
    chain = [[1, 0, 0], [2, -1, 0], [0, 1, -4]]  # a = 3, b = 2 a, 4 c = b
    left = reduced(program(chain, [(3, 3), (0, 0), (0, 0)], [(0, np.inf)] * 3))
    assert len(left.places) == 0
    assert left.whole(np.zeros(0)).tolist() == [3.0, 6.0, 1.5]


def test_a_row_that_can_only_just_be_kept_settles_its_columns_at_their_bounds() -> None:
    left = reduced(program([[1, 1, -1]], [(-np.inf, -2)], [(0, 5), (0, 5), (0, 2)]))
    assert left.whole(np.zeros(0)).tolist() == [0.0, 0.0, 2.0]


@pytest.mark.parametrize(
    "asked",
    [
        program([[1.0], [1.0]], [(2, 2), (3, 3)], [(0, 9)]),
        program([[1.0, 1.0]], [(5, np.inf)], [(0, 2), (0, 2)]),
        program([[1.0, 1.0], [1.0, 0.0]], [(-np.inf, 0), (1, np.inf)], [(0, 2), (0, 2)]),
        program([[1.0, 1.0], [1.0, -1.0]], [(4, np.inf), (-np.inf, -2)], [(0, 2), (0, 2)]),
    ],
    ids=["two values", "too little", "nothing allowed", "torn"],
)
def test_what_nothing_can_keep_is_still_impossible(asked: LinearProgram) -> None:
    assert least(asked, np.ones(len(asked.lower))) is None
    with pytest.raises(RuntimeError, match="could not be settled"):
        InOrder(asked, FOREVER).minimise(Objective(np.ones(len(asked.lower)), 0.0))


def test_a_step_takes_nothing_of_what_an_earlier_one_found() -> None:
    """x + y >= 1; x costs next to nothing, and yet no later step may raise it, not even by rounding."""
    asked = program([[1, 1, 0], [0, 1, 1]], [(1, np.inf), (1, np.inf)], [(0, 9), (0, 9), (0, 9)])
    steps = InOrder(asked, FOREVER)
    steps.least(Objective(np.array([1e-5, 0.0, 1.0]), 0.0))
    columns = steps.least(Objective(np.array([0.0, 1.0, 0.0]), 0.0))
    assert columns.tolist() == [0.0, 1.0, 0.0]


def test_nothing_is_asked_of_a_solver_where_nothing_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("the solver was asked")

    monkeypatch.setattr("planner.planning.in_order.Solver", never)
    settled = program([[2, 1]], [(5, 5)], [(1, 1), (0, 9)])
    assert InOrder(settled, FOREVER).least(Objective(np.array([1.0, 1.0]), 0.0)).tolist() == [1.0, 3.0]
