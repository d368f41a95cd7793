"""Several linear programs as one, in which some decisions are the same in all: the deterministic equivalent of scenarios.

Each scenario keeps its own rows and columns, one block beside the other. A common decision is one column that stands in
every block, so that no row has to say that it is the same (Birge and Louveaux, Introduction to Stochastic Programming, 3.1).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from math import floor, log10
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from planner.solver.criteria import Criterion
from planner.solver.linear import LinearProgram, Name, Objective, Vector

Places = npt.NDArray[np.int64]
NOTHING = 1e-9  # of the largest cost, in the rows of values: what weighs less moves no value that anybody could see


@dataclass(frozen=True)
class Stack:
    """Programs of scenarios with common columns.

    Attributes
    ----------
    program
        All blocks; without objectives of its own.
    places
        A scenario each: where its columns are among those of the program.
    """

    program: LinearProgram
    places: tuple[Places, ...]

    def part(self, scenario: int, columns: Vector) -> Vector:
        """A scenario's own columns, out of those of the whole."""
        return columns[self.places[scenario]]

    def whole(self, parts: Sequence[Vector]) -> Vector:
        """The columns of the whole, from each scenario's own; what is common is taken from the first."""
        columns = np.zeros(len(self.program.lower))
        for place, part in reversed(list(zip(self.places, parts, strict=True))):
            columns[place] = part
        return columns

    def mean(self, objectives: Sequence[Objective], weights: Sequence[float]) -> Objective:
        """The weighted sum of an objective of each scenario."""
        cost = np.zeros(len(self.program.lower))
        for place, objective, weight in zip(self.places, objectives, weights, strict=True):
            np.add.at(cost, place, weight * objective.cost)
        return Objective(cost, sum(w * o.offset for w, o in zip(weights, objectives, strict=True)))


def stacked(programs: Sequence[LinearProgram], common: Collection[Name]) -> Stack:
    """The programs side by side, with one column for each common name.

    Parameters
    ----------
    common
        Names of columns; each keeps the narrowest of its bounds. A program in which nothing asks for one may lack it.
    """
    shared = set(common)
    columns: dict[Name, int] = {}
    places: list[Places] = []
    for k, program in enumerate(programs):
        names = [name if name in shared else (name[0], (k, name[1])) for name in program.columns]
        places.append(np.array([columns.setdefault(name, len(columns)) for name in names], dtype=np.int64))
    at, count = np.concatenate(places), len(columns)
    spread = sp.csr_array((np.ones(len(at)), (np.arange(len(at)), at)), shape=(len(at), count))
    blocks = sp.block_diag([program.matrix for program in programs], format="csr")
    lower, upper, integer = np.full(count, -np.inf), np.full(count, np.inf), np.zeros(count, dtype=bool)
    np.maximum.at(lower, at, np.concatenate([program.lower for program in programs]))
    np.minimum.at(upper, at, np.concatenate([program.upper for program in programs]))
    np.logical_or.at(integer, at, np.concatenate([program.integer for program in programs]))
    rows = [(name[0], (k, name[1])) for k, program in enumerate(programs) for name in program.rows]
    whole = LinearProgram(
        matrix=sp.csr_array(blocks @ spread),
        row_lower=np.concatenate([program.row_lower for program in programs]),
        row_upper=np.concatenate([program.row_upper for program in programs]),
        lower=lower,
        upper=upper,
        integer=integer,
        rows={name: row for row, name in enumerate(rows)},
        columns=columns,
        objectives={},
    )
    return Stack(whole, tuple(places))


def with_criterion(
    stack: Stack,
    goals: Sequence[Objective],
    bounds: Sequence[float],
    criterion: Criterion,
    weights: Sequence[float],
    best: Sequence[float],
    share: float,
) -> tuple[Stack, Objective]:
    """The stack with columns for each scenario's value, and a criterion over them to be minimised.

    A column is added for each value (at least the goal, and at least what is proven to be unbeatable, which tightens the
    search), one for the level of the criterion (worst, regret, cvar), and of cvar one more for each scenario's excess.

    Parameters
    ----------
    goals
        The first goal of each scenario, over its own columns.
    bounds
        What no plan of each scenario can beat.
    criterion, weights, best, share
        As in `planner.solver.criteria.value_of`.
    """
    n, scale = len(goals), _scale(goals)
    program = _with_values(stack, goals, bounds, scale)
    place, aside = len(stack.program.lower), 0.0
    if criterion == "expected":
        cost = np.zeros(place + n)
        cost[place:] = weights
    else:
        aside = max(best) if criterion == "regret" else 0.0  # the solver's gap is then one of the goal, not of its regret
        offset = np.array(best) - aside if criterion == "regret" else np.zeros(n)
        program = _with_level(program, place, scale * offset, has_excess=criterion == "cvar")
        cost = np.zeros(len(program.lower))
        cost[place + n] = 1.0
        cost[place + n + 1 :] = np.array(weights) / share if criterion == "cvar" else ()
    return Stack(program, stack.places), Objective(cost / scale, -aside)


def _with_values(stack: Stack, goals: Sequence[Objective], bounds: Sequence[float], scale: float) -> LinearProgram:
    """A column for each scenario's value, times the scale: at least its goal, and at least what is proven."""
    costs = np.zeros((len(goals), len(stack.program.lower)))
    for k, (place, goal) in enumerate(zip(stack.places, goals, strict=True)):
        np.add.at(costs[k], place, np.where(np.abs(goal.cost) * scale < NOTHING, 0.0, goal.cost * scale))
    return _extended(
        stack.program,
        [("Value", k) for k in range(len(goals))],
        scale * (np.array(bounds) - NOTHING * np.maximum(1.0, np.abs(bounds))),
        [("value_is_at_least_the_goal", k) for k in range(len(goals))],
        sp.hstack([sp.csr_array(-costs), sp.eye_array(len(goals))]),
        scale * np.array([goal.offset for goal in goals]),
    )


def _with_level(program: LinearProgram, place: int, offset: Vector, has_excess: bool) -> LinearProgram:
    """A column that is at least each value less its offset; with excess, but for what stands in a column for each."""
    n = len(offset)
    parts = [sp.csr_array((n, place)), -sp.eye_array(n), sp.csr_array(np.ones((n, 1)))]
    return _extended(
        program,
        [("Level", None), *(("Excess", k) for k in range(n if has_excess else 0))],
        np.concatenate([[-np.inf], np.zeros(n if has_excess else 0)]),
        [("level_is_at_least_the_value", k) for k in range(n)],
        sp.hstack([*parts, sp.eye_array(n)] if has_excess else parts),
        -offset,
    )


def _extended(
    program: LinearProgram, columns: Sequence[Name], lower: Vector, rows: Sequence[Name], matrix: Any, row_lower: Vector
) -> LinearProgram:
    """The program with more continuous columns, from `lower` up, and rows over all columns, from `row_lower` up."""
    more, old, old_rows = len(columns), len(program.lower), len(program.row_lower)
    wider = sp.hstack([program.matrix, sp.csr_array((old_rows, more))])
    return replace(
        program,
        matrix=sp.csr_array(sp.vstack([wider, matrix], format="csr")),
        row_lower=np.concatenate([program.row_lower, row_lower]),
        row_upper=np.concatenate([program.row_upper, np.full(len(rows), np.inf)]),
        lower=np.concatenate([program.lower, lower]),
        upper=np.concatenate([program.upper, np.full(more, np.inf)]),
        integer=np.concatenate([program.integer, np.zeros(more, dtype=bool)]),
        rows={**program.rows, **{name: old_rows + k for k, name in enumerate(rows)}},
        columns={**program.columns, **{name: old + k for k, name in enumerate(columns)}},
    )


def _scale(goals: Sequence[Objective]) -> float:
    """A power of ten that brings the largest cost to between 10 and 100: solver tolerances are absolute."""
    largest = max(float(np.abs(goal.cost).max(initial=0.0)) for goal in goals)
    return float(10.0 ** (1 - floor(log10(largest)))) if largest > 0 else 1.0
