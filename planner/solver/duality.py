"""What prices prove by weak duality: by arithmetic alone, whatever the solver that they come from says of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf

import numpy as np
import numpy.typing as npt

from planner.solver.highs import Ask, Limits, Solver
from planner.solver.linear import LinearProgram, Objective, Vector

ROUNDING = 1e-9  # relative: sums of that many terms are known more closely


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
        at = np.flatnonzero(program.integer & cost & there)
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
    counts, prices_count = reduced_costs != 0, y != 0
    if not np.isfinite(ends[counts]).all():
        return Dual(-inf, reduced_costs)
    of_rows = float(y[prices_count] @ sides[prices_count])
    return Dual(of_rows + float(reduced_costs[counts] @ ends[counts]) + objective.offset, reduced_costs)


def of_relaxation(program: LinearProgram, objective: Objective, limits: Limits, cancelled: Ask | None = None) -> Dual | None:
    """What the relaxation of a program proves, by interior points; None if it was not solved within the limits."""
    solver = Solver(program.relaxed())
    answer = solver.minimise(objective, limits, cancelled=cancelled)
    if answer.outcome != "optimal":
        return None
    prices, _ = solver.prices(objective)
    return replace(dual(program, objective, prices), relaxed=answer.values)
