"""A linear program without what its rows and bounds settle already: the same solutions, of fewer columns and rows.

Nothing here looks at an objective, so what is left is right for each of those that are minimised one after the other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from planner.solver.linear import LinearProgram, Objective, Vector

ROUNDING = 1e-13  # of the terms of a row: sums of them are not known more closely
ROUNDS = 25  # what is settled then settles more; each round takes a look at all that is left


@dataclass(frozen=True)
class Reduced:
    """What is left open of a program.

    Attributes
    ----------
    program
        Of the columns and rows that are left; without names, and without objectives (see `objective`).
    places
        Their places among the columns of the whole program.
    settled
        Values of all columns of the whole program, right of those that are not left.
    """

    program: LinearProgram
    places: npt.NDArray[np.int64]
    settled: Vector

    def objective(self, objective: Objective) -> Objective:
        """An objective of the whole program as one of what is left."""
        gone = objective.cost.copy()
        gone[self.places] = 0.0
        return Objective(objective.cost[self.places], objective.offset + float(gone @ self.settled))

    def whole(self, columns: Vector) -> Vector:
        """Columns of what is left as all columns of the whole program."""
        found = self.settled.copy()
        found[self.places] = columns
        return found


@dataclass
class _State:
    """A program while it is reduced: rows and columns that are left, with the bounds as they are now known."""

    matrix: sp.csr_array
    row_lower: Vector
    row_upper: Vector
    lower: Vector
    upper: Vector
    places: npt.NDArray[np.int64]
    settled: Vector


def reduced(program: LinearProgram) -> Reduced:
    """What is left of a program without integers once all is put in that its rows and bounds settle by themselves.

    Columns whose bounds are equal have their value; a row over one column is a bound; a row that its columns' bounds
    keep anyway asks nothing; a row that they can keep only just settles all of its columns. A program that nothing can
    keep is left with a row that says so.
    """
    matrix = sp.csr_array(program.matrix, copy=True)
    matrix.eliminate_zeros()
    count = len(program.lower)
    state = _State(
        matrix,
        program.row_lower.copy(),
        program.row_upper.copy(),
        program.lower.copy(),
        program.upper.copy(),
        np.arange(count),
        np.zeros(count),
    )
    for _ in range(ROUNDS):
        before = state.matrix.shape
        _put_in(state)
        _take_rows_as_bounds(state)
        _look_at_activities(state)
        if state.matrix.shape == before and not np.any(state.lower == state.upper):
            break
    _put_in(state)
    left = replace(
        program,
        matrix=state.matrix,
        row_lower=state.row_lower,
        row_upper=state.row_upper,
        lower=state.lower,
        upper=state.upper,
        integer=np.zeros(len(state.places), dtype=bool),
        rows={},
        columns={},
        objectives={},
    )
    return Reduced(left, state.places, state.settled)


def _put_in(state: _State) -> None:
    """Columns with equal bounds have their value: they go into the bounds of the rows."""
    gone = state.lower == state.upper
    if not gone.any():
        return
    values = np.where(gone, state.lower, 0.0)
    state.settled[state.places[gone]] = state.lower[gone]
    moved = state.matrix @ values
    terms = abs(state.matrix) @ np.abs(values)
    for bounds in (state.row_lower, state.row_upper):
        room = ROUNDING * np.maximum(terms, np.where(np.isfinite(bounds), np.abs(bounds), 0.0))
        bounds -= moved
        bounds[np.abs(bounds) <= room] = 0.0  # the rest of a difference of equal terms is none
    kept = np.flatnonzero(~gone)
    state.matrix = sp.csr_array(state.matrix[:, kept])
    state.lower, state.upper, state.places = state.lower[kept], state.upper[kept], state.places[kept]


def _keep_rows(state: _State, kept: npt.NDArray[np.bool_]) -> None:
    if not kept.all():
        at = np.flatnonzero(kept)
        state.matrix = sp.csr_array(state.matrix[at])
        state.row_lower, state.row_upper = state.row_lower[at], state.row_upper[at]


def _take_rows_as_bounds(state: _State) -> None:
    """A row over one column is a bound of it."""
    rows = np.flatnonzero(np.diff(state.matrix.indptr) == 1)
    if not len(rows):
        return
    at = state.matrix.indices[state.matrix.indptr[rows]]
    factor = state.matrix.data[state.matrix.indptr[rows]]
    first, second = state.row_lower[rows] / factor, state.row_upper[rows] / factor
    lower, upper = state.lower.copy(), state.upper.copy()
    np.maximum.at(lower, at, np.where(factor > 0, first, second))
    np.minimum.at(upper, at, np.where(factor > 0, second, first))
    crossed = lower > upper
    near = crossed & (lower - upper <= ROUNDING * np.maximum(1.0, np.abs(upper)))
    lower[near] = upper[near] = np.clip(lower[near], state.lower[near], state.upper[near])
    impossible = crossed & ~near  # these rows stay, and say so
    lower[impossible], upper[impossible] = state.lower[impossible], state.upper[impossible]
    state.lower, state.upper = lower, upper
    kept = np.ones(state.matrix.shape[0], dtype=bool)
    kept[rows[~impossible[at]]] = False
    _keep_rows(state, kept)


def _look_at_activities(state: _State) -> None:
    """Rows that the bounds of their columns keep anyway go; what can keep a row only just is settled."""
    matrix, rows = state.matrix, state.matrix.shape[0]
    row = np.repeat(np.arange(rows), np.diff(matrix.indptr))
    positive = matrix.data > 0
    low = np.where(positive, state.lower[matrix.indices], state.upper[matrix.indices])
    high = np.where(positive, state.upper[matrix.indices], state.lower[matrix.indices])
    least = np.bincount(row, weights=matrix.data * low, minlength=rows)
    most = np.bincount(row, weights=matrix.data * high, minlength=rows)
    sizes = (_sizes(matrix.data * ends, row, rows) for ends in (low, high))
    room = ROUNDING * np.maximum(1.0, np.maximum(*sizes))
    is_kept_anyway = (least >= state.row_lower - room) & (most <= state.row_upper + room)
    at_least = ~is_kept_anyway & (np.abs(least - state.row_upper) <= room)
    at_most = ~is_kept_anyway & ~at_least & (np.abs(most - state.row_lower) <= room)
    asked = np.where(at_least[row], low, high)
    entries = at_least[row] | at_most[row]
    lowest, highest = np.full(len(state.lower), np.inf), np.full(len(state.lower), -np.inf)
    np.minimum.at(lowest, matrix.indices[entries], asked[entries])
    np.maximum.at(highest, matrix.indices[entries], asked[entries])
    torn = np.bincount(row[entries], weights=(lowest < highest)[matrix.indices[entries]], minlength=rows) > 0
    entries &= ~torn[row]  # rows that ask for different values of a column stay, and say that nothing is possible
    columns = matrix.indices[entries]
    state.lower[columns] = state.upper[columns] = asked[entries]
    _keep_rows(state, ~is_kept_anyway & (torn | ~(at_least | at_most)))


def _sizes(terms: Vector, row: npt.NDArray[np.int64], rows: int) -> Vector:
    """The sum of the sizes of finite terms, for each row."""
    sizes = np.zeros(rows)
    np.add.at(sizes, row, np.where(np.isfinite(terms), np.abs(terms), 0.0))
    return sizes
