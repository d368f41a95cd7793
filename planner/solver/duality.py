"""What prices prove by weak duality: by arithmetic alone, whatever the solver that they come from says of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf, isfinite
from typing import Any

import numpy as np
import numpy.typing as npt

from planner.solver.highs import Ask, Limits, Solver
from planner.solver.linear import LinearProgram, Objective, Vector

ROUNDING = 1e-9  # relative: sums of that many terms are known more closely
FORBIDDEN = 1e-6  # relative to a row's terms: by more no solver's tolerance explains that it is not kept
ROUNDS = 8  # in which bounds that rows imply give others


@dataclass(frozen=True)
class Dual:
    """What no solution can beat, and what leaving a bound costs.

    Attributes
    ----------
    bound
        Of the objective, in its own unit; minus infinity where the prices prove nothing.
    reduced_costs
        Of each column: what a unit of it does to the objective beyond what its rows are worth.
    relaxed
        Columns of the relaxation that the prices come from, where they come from one.
    """

    bound: float
    reduced_costs: Vector
    relaxed: Vector | None = None

    def settled(self, program: LinearProgram, solution: Vector, value: float) -> dict[int, float]:
        """Integer columns that every better solution has where this one has them: column -> value.

        A column that is a unit or more from the bound at which its reduced cost holds it costs that much beyond what no
        solution can beat; where that is more than `value`, it is in nothing better.
        """
        end = np.where(self.reduced_costs > 0, program.lower, program.upper)
        cost = self.bound + np.abs(self.reduced_costs) > value + ROUNDING * max(1.0, abs(value))
        there = np.abs(solution - end) < 0.5
        at = np.flatnonzero(program.integer & cost & there & (end == np.round(end)))
        return dict(zip(at.tolist(), end[at].tolist(), strict=True))


def dual(program: LinearProgram, objective: Objective, prices: npt.ArrayLike) -> Dual:
    """What row prices prove of a program that is minimised; any prices prove something, right ones the most.

    With rows between bounds b and columns between l and u, and d = c - A'y:
    sum(y b) + sum(min(d l, d u)) <= c x for every x allowed, where b is the lower bound of a row whose price is
    positive, and the upper bound of others.

    Parameters
    ----------
    prices
        Of each row, y: what a unit more of its bound does to the objective, in the objective's own unit.
    """
    y = np.array(prices, dtype=np.float64)
    sides = np.where(y > 0, program.row_lower, program.row_upper)
    y[~np.isfinite(sides)] = 0.0  # what bounds nothing has no price
    reduced_costs = objective.cost - program.matrix.T @ y
    ends = np.where(reduced_costs > 0, program.lower, program.upper)
    priced, costly = y != 0, reduced_costs != 0
    if not np.isfinite(ends[costly]).all():
        return Dual(-inf, reduced_costs)
    of_rows, of_columns = y[priced] @ sides[priced], reduced_costs[costly] @ ends[costly]
    return Dual(float(of_rows + of_columns) + objective.offset, reduced_costs)


def of_relaxation(program: LinearProgram, objective: Objective, limits: Limits, cancelled: Ask | None = None) -> Dual | None:
    """What the relaxation of a program proves, by interior points; None if they ended without prices.

    Interior points are often stopped by HiGHS a little before it calls them optimal; their prices prove what they prove.
    """
    solver = Solver(program.relaxed())
    answer = solver.minimise(objective, replace(limits, interior=True), cancelled=cancelled)
    try:
        prices, _ = solver.prices(objective)
    except ValueError:
        return None
    proven = dual(with_ends(program), objective, prices)
    return replace(proven, relaxed=answer.values) if isfinite(proven.bound) else None


def with_ends(program: LinearProgram) -> LinearProgram:
    """The same program with an upper bound for each column without one, where its rows imply any.

    Of a row sum(a x) <= b each term is at most what the least of all others leave of b. A column without any end and a
    reduced cost of -1e-12, which is none, would make a bound of prices worthless.
    """
    at, column, a = _entries(program)
    lower, upper, rows = program.lower, program.upper.copy(), len(program.row_lower)
    missing = ~np.isfinite(program.upper)
    for _round in range(ROUNDS):
        before = np.isfinite(upper).sum()
        for sign, most in ((1.0, program.row_upper), (-1.0, -program.row_lower)):
            of = sign * a
            least = np.where(of > 0, of * lower[column], of * upper[column])  # of each term
            endless = ~np.isfinite(least)
            known = np.where(endless, 0.0, least)
            others = np.bincount(at, known, rows)[at] - known
            bounded = (np.bincount(at, endless, rows)[at] == endless) & np.isfinite(most[at]) & (of > 0) & missing[column]
            room = np.maximum(0.0, most[at[bounded]] - others[bounded]) * (1 + ROUNDING) / of[bounded]
            np.minimum.at(upper, column[bounded], room)
        if np.isfinite(upper).sum() == before:
            break
    return replace(program, upper=np.maximum(upper, lower))


def _entries(program: LinearProgram) -> tuple[npt.NDArray[Any], ...]:
    """Row, column and coefficient of each entry of a program that is not 0."""
    entries = program.matrix.tocoo()
    return tuple(each[entries.data != 0] for each in (entries.row, entries.col, entries.data))


def is_impossible(program: LinearProgram) -> bool:
    """Whether some row cannot be kept whatever its columns are within their ends, by arithmetic; False says nothing."""
    ended = with_ends(program)
    (at, column, a), rows = _entries(program), len(program.row_lower)
    one, other = a * ended.lower[column], a * ended.upper[column]
    least, most = (np.bincount(at, end(one, other), rows) for end in (np.minimum, np.maximum))
    size = np.bincount(at, np.maximum(np.abs(one), np.abs(other)), rows)
    room = FORBIDDEN * np.maximum(1.0, size)
    return bool(np.any(least > program.row_upper + room) or np.any(most < program.row_lower - room))
