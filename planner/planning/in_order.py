"""Objectives of decisions that are made, minimised one after the other: each step keeps what the earlier ones found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf

import numpy as np
import scipy.sparse as sp

from planner.solver.highs import NEAR_ENOUGH, Limits, Solver
from planner.solver.linear import LinearProgram, Objective, Vector
from planner.solver.reducing import reduced
from planner.work.stopping import Until

EXACT = Limits(feasibility=1e-9, gap=0.0, threads=1)
ROOMIER = tuple(replace(EXACT, feasibility=exact) for exact in (1e-9, 1e-7, 1e-6))
UNFINISHED = ("limit", "interrupted")
DUST = 1e-9  # relative: what a step may worsen an earlier one by, so that rounding makes nothing infeasible


@dataclass(frozen=True)
class Extension:
    """Further columns of a program, the rows that tie them to its own columns, and what is minimised of them.

    Attributes
    ----------
    own, further
        Coefficients of the rows: of the program's columns, and of the further ones.
    """

    own: sp.csr_array
    further: sp.csr_array
    row_lower: Vector
    row_upper: Vector
    lower: Vector
    upper: Vector
    cost: Vector


class InOrder:
    """A linear program and the last of its solutions; what is kept of each step holds for all later ones.

    What its rows and bounds settle by themselves is never asked of the solver, and where nothing is left open there is no
    solver at all.

    Parameters
    ----------
    until
        Until when each step may take.
    """

    def __init__(self, program: LinearProgram, until: Until) -> None:
        self._until = until
        self._left = reduced(program)
        self._program = self._left.program  # of the columns that are left, and then the further ones
        self._kept: list[tuple[Objective, float]] = []
        self._columns: Vector | None = None
        self._solver: Solver | None = None
        self._asked = False  # whether the solver was, for the last objective

    def minimise(self, objective: Objective) -> Vector:
        """The columns where an objective is least, solved as exactly as the steps before leave room for.

        Raises
        ------
        planner.work.stopping.Stopped
            The time is up, or somebody asked to stop.
        RuntimeError
            Nothing is possible.
        """
        self._until.check()
        own = self._of_left(objective)
        columns = self._columns
        self._asked = columns is None or bool(np.any(own.cost))
        if columns is None or self._asked:
            self._columns = columns = self._solved(own) if len(self._program.lower) else self._nothing_open()
        return self._left.whole(columns[: len(self._left.places)])

    def _of_left(self, objective: Objective) -> Objective:
        own = self._left.objective(objective)
        return Objective(np.append(own.cost, np.zeros(len(self._program.lower) - len(own.cost))), own.offset)

    def _nothing_open(self) -> Vector:
        """No columns, where the rows allow that."""
        program = self._program
        if max(program.row_lower.max(initial=-inf), -program.row_upper.min(initial=inf)) > NEAR_ENOUGH:
            raise RuntimeError("the figures of a plan could not be settled: infeasible")
        return np.zeros(0)

    def _solved(self, objective: Objective) -> Vector:
        if self._solver is None:
            self._solver = Solver(self._program)
            for kept, limit in self._kept:
                self._solver.keep(kept, limit)
        for limits in (EXACT, *ROOMIER):  # what the earlier steps keep may leave too little room for 1e-9
            limited = replace(limits, seconds=self._until.left)
            answer = self._solver.minimise(objective, limited, cancelled=self._until.cancelled)
            if answer.outcome in UNFINISHED:  # what it has is no optimum
                self._until.end()
            if answer.values is not None:
                return answer.values
            self._solver.forget()
        raise RuntimeError(f"the figures of a plan could not be settled: {answer.outcome}")

    def least(self, objective: Objective, at_least: float = -inf) -> Vector:
        """Minimise an objective and keep it there, or else at least at a limit."""
        columns = self.minimise(objective)
        value = objective.value(columns)
        if at_least <= value:
            self.stay_best()
        self.keep(objective, max(value, at_least))
        return columns

    def stay_best(self) -> None:
        """From now on only what is best for the objective just minimised."""
        if self._solver is not None and self._asked:
            self._solver.stay_best()

    def keep(self, objective: Objective, limit: float) -> int:
        """From now on an objective may exceed a limit by rounding alone; returns the number of what is kept."""
        self._keep(self._of_left(objective), limit)
        return len(self._kept) - 1

    def _keep(self, own: Objective, limit: float) -> None:
        self._kept.append((own, _within(limit)))
        if self._solver is not None:
            self._solver.keep(own, _within(limit))

    def loosen(self, kept: int, limit: float) -> None:
        """Keep what is kept within another limit."""
        own, _ = self._kept[kept]
        self._kept[kept] = own, _within(limit)
        if self._solver is not None:
            self._solver.loosen(len(self._program.row_lower) + kept, own, _within(limit))

    def least_of_further(self, more: Extension) -> None:
        """From now on with further columns, as far as what is left open speaks of them; and keep their cost least."""
        own_columns = more.own.shape[1]
        inside = self._left.places[self._left.places < own_columns]  # the first of what is left
        own = sp.csr_array(more.own[:, inside])
        rows = np.flatnonzero(np.diff(own.indptr))
        columns = np.flatnonzero(np.diff(more.further[rows].tocsc().indptr))
        if not len(columns):
            return
        settled = self._left.settled[:own_columns].copy()
        settled[inside] = 0.0
        moved = (more.own @ settled)[rows]
        old, width = self._program, len(self._program.lower)
        aside, further = sp.csr_array((len(old.row_lower), len(columns))), more.further[rows][:, columns]
        own = sp.hstack([own[rows], sp.csr_array((len(rows), width - len(inside)))])
        self._program = replace(
            old,
            matrix=sp.csr_array(sp.vstack([sp.hstack([old.matrix, aside]), sp.hstack([own, further])])),
            row_lower=np.append(old.row_lower, more.row_lower[rows] - moved),
            row_upper=np.append(old.row_upper, more.row_upper[rows] - moved),
            lower=np.append(old.lower, more.lower[columns]),
            upper=np.append(old.upper, more.upper[columns]),
            integer=np.zeros(width + len(columns), dtype=bool),
        )
        self._solver = None
        objective = Objective(np.append(np.zeros(width), more.cost[columns]), 0.0)
        self._columns = self._solved(objective)
        self._asked = True
        self.stay_best()
        self._keep(objective, objective.value(self._columns))


def _within(limit: float) -> float:
    """A limit with room for rounding."""
    return limit + DUST * max(1.0, abs(limit))
