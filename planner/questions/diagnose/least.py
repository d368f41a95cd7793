"""The least that must give way: first the least amount in all, then among equals as few promises as possible."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Literal

import numpy as np

from planner.questions.diagnose.concessions import Concession, Promise
from planner.questions.diagnose.loosened import Loosened
from planner.solver.highs import Answer, Limits, Solver
from planner.solver.linear import Column, LinearProgram, Name, Objective, Row, Vector
from planner.work.stopping import FOREVER, Until

NOTHING = 1e-6  # of a column: less of a concession is none
SAME = 1e-6  # relative: amounts that differ by less are equal


@dataclass(frozen=True)
class Least:
    """What gives way, and what is proven about it.

    Attributes
    ----------
    outcome
        `found`; `impossible`, proven: nothing less than more promises is enough; `unknown`: time ended first.
    amounts
        Concession, by position -> how much, in its own unit.
    columns
        The solution of the loosened program.
    gap
        Relative distance of the total from what is proven to be needed.
    fewest
        Whether no fewer promises give way in any solution with this total, proven.
    """

    outcome: Literal["found", "impossible", "unknown"]
    amounts: Mapping[int, float]
    columns: Vector | None = None
    gap: float = inf
    fewest: bool = False


def least(
    loose: Loosened,
    chosen: Sequence[int],
    weights: Mapping[int, float],
    limits: Limits,
    until: Until = FOREVER,
    against_nothing: bool = False,
) -> Least:
    """The least total of some concessions that makes the case possible.

    Parameters
    ----------
    chosen
        The concessions that may be made, by position.
    weights
        What one unit of the column of each counts in the total.
    limits
        Gap, threads and seed of each step.
    until
        Until when all steps together may go on.
    """
    program = loose.giving(chosen, against_nothing)
    cost = np.zeros(len(program.lower))
    for k in chosen:
        cost[loose.columns[k]] = weights[k]
    total = Objective(cost, 0.0)
    solver = Solver(program)
    answer = solver.minimise(total, replace(limits, seconds=until.left), cancelled=until.cancelled)
    if answer.values is None:
        return Least("impossible" if answer.outcome == "infeasible" else "unknown", {})
    columns, fewest = answer.values, True
    if len(_touched(loose, chosen, columns)) > 1:
        columns, fewest = _fewest(loose, program, chosen, total, answer, limits, until)
    columns = _settled(loose, program, chosen, total, columns, until)
    amounts = {
        k: float(round(amount) if loose.concessions[k].whole else amount * loose.concessions[k].step)
        for k in chosen
        if (amount := columns[loose.columns[k]]) > NOTHING
    }
    return Least("found", amounts, columns, answer.gap, fewest and answer.outcome == "optimal")


def relative_weight(concession: Concession) -> float:
    """What a unit of a column counts where concessions are measured against the size of what they are made in."""
    return concession.step / concession.size


def own_weight(concession: Concession) -> float:
    """What a unit of a column counts within its family: money as money, commitments as what they cost."""
    if concession.family == "money":
        return concession.step
    return concession.cost * concession.step if concession.family in ("late", "dropped") else relative_weight(concession)


def _touched(loose: Loosened, chosen: Collection[int], columns: Vector) -> list[Promise]:
    """The promises that give way."""
    found = (loose.concessions[k].promise for k in chosen if columns[loose.columns[k]] > NOTHING)
    return list(dict.fromkeys(found))


def _fewest(
    loose: Loosened,
    program: LinearProgram,
    chosen: Sequence[int],
    total: Objective,
    first: Answer,
    limits: Limits,
    until: Until,
) -> tuple[Vector, bool]:
    """Among the solutions with the least total one that touches the fewest promises; and whether that is proven."""
    assert first.values is not None
    enough = first.value * (1 + SAME) + SAME * float(total.cost.max(initial=0.0))
    promises = list(dict.fromkeys(loose.concessions[k].promise for k in chosen))
    marks: dict[Name, Column] = {("Touched", promise): Column({}, upper=1.0, integer=True) for promise in promises}
    wider = program.with_columns(marks)
    rows: dict[Name, Row] = {}
    for k in chosen:
        column, weight = loose.columns[k], float(total.cost[loose.columns[k]])
        most = min(float(program.upper[column]), enough / weight if weight > 0 else inf)
        most = most if most < inf else 2.0 * float(first.values[column]) + 1.0
        mark = wider.columns["Touched", loose.concessions[k].promise]
        rows["touched_if_more_than_nothing", k] = Row({column: 1.0, mark: -most}, upper=0.0)
    rows["as_little_as_before", None] = Row({int(k): float(total.cost[k]) for k in np.flatnonzero(total.cost)}, upper=enough)
    wider = wider.with_rows(rows)
    cost = np.zeros(len(wider.lower))
    cost[len(program.lower) :] = 1.0
    touched = set(_touched(loose, chosen, first.values))
    known = np.append(first.values, [float(promise in touched) for promise in promises])
    solver = Solver(wider)
    solver.start_from(known)
    limits = replace(limits, gap=0.0, seconds=until.left)
    answer = solver.minimise(Objective(cost, 0.0), limits, cancelled=until.cancelled)
    if answer.values is None:
        return first.values, False
    return answer.values[: len(program.lower)], answer.outcome == "optimal"


def _settled(
    loose: Loosened, program: LinearProgram, chosen: Collection[int], total: Objective, columns: Vector, until: Until
) -> Vector:
    """The same integers and promises with exactly the least total: a linear program; as they are where time ends first."""
    integers = {int(k): float(round(columns[k])) for k in np.flatnonzero(program.integer)}
    idle = {loose.columns[k]: 0.0 for k in chosen if columns[loose.columns[k]] <= NOTHING}
    fixed = program.relaxed().fixed({**integers, **idle})
    for exact in (1e-9, 1e-7):
        limits = Limits(until.left, threads=1, feasibility=exact)
        answer = Solver(fixed).minimise(total, limits, cancelled=until.cancelled)
        if answer.outcome == "optimal" and answer.values is not None:
            return answer.values
    return columns
