"""Prices of money at a plan: what a little more of a line would do to the first goal, its whole units and signatures fixed.

They are the row prices of a linear program and say nothing of measures that more money would let start. What money is worth
with a new plan is a matter of solving again. Where a price changes just at the money there is, it is that of more money.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from models.program import build
from planner.case import Case
from planner.compiling import compile_case
from planner.planning.decisions import Decisions
from planner.planning.settling import Settler
from planner.planning.stand_alone import Alone, promise
from planner.planning.variants import with_money
from planner.solver.highs import Limits, Solver
from planner.solver.linear import LinearProgram, Name, Vector, linear_program
from planner.work.stopping import FOREVER, Until

LITTLE = 1e-3  # of the largest amount: by how much money is changed to see where it enters the program
ABOVE = 1e-4  # of the largest amount: so much more than there is, everywhere, is where the prices are read


def prices_of_money(
    case: Case, decisions: Decisions, alone: tuple[Alone, ...] = (), until: Until = FOREVER
) -> dict[tuple[str, str], float] | None:
    """What a unit of money more takes off the first goal, for each line and period, at a plan.

    Parameters
    ----------
    decisions
        Of the plan: (measure, start period) -> units. Whole units, and whatever is yes or no, stay; divisible measures,
        flows, jobs and payments may change.
    alone
        What each jurisdiction reaches alone, where nobody may be worse off; kept as it is.
    until
        Until when that may take; it raises `Stopped` then.

    Returns
    -------
    In the goal's unit per unit of money, at least 0 where more money cannot hurt; None if the program has no solution.
    """
    largest = max(abs(money) for line in case.lines.values() for money in line.amount.values())
    amounts = {(l, t): money + ABOVE * largest for l, line in case.lines.items() for t, money in line.amount.items()}
    above = with_money(case, amounts)
    settler = Settler.of(above, until=until)
    if alone:
        settler = settler.promising(alone)
    program = settler.with_integers_of(decisions)
    objective = program.objectives["goal", 0]
    solver = Solver(program)
    values = solver.minimise(objective, Limits(until.left, threads=1), cancelled=until.cancelled).values
    until.check()
    if values is None:
        return None
    rows, columns = solver.prices(objective)
    plain, less = _program(above, until), LITTLE * largest
    found = {}
    for place, money in amounts.items():
        poorer = _program(with_money(above, {place: money - less}), until)
        found[place] = _change(program, values, rows, columns, plain, poorer) / less if less else 0.0
    return found


def _program(case: Case, until: Until) -> LinearProgram:
    """The program of a case, without what is only known once it was solved for."""
    instance = compile_case(case, until.check)
    given = instance.having(promise(case, instance)) if case.nobody_worse_off else instance
    return linear_program(build(given, until.check), until.check)


def _change(
    program: LinearProgram, values: Vector, rows: Vector, columns: Vector, plain: LinearProgram, other: LinearProgram
) -> float:
    """What the objective would gain or lose with the bounds and coefficients of another program, to the first order."""
    at_row, at_column = _places(plain.rows, program.rows), _places(plain.columns, program.columns)
    price = np.where(at_row < 0, 0.0, rows[at_row])
    reduced = np.where(at_column < 0, 0.0, columns[at_column])
    value = np.where(at_column < 0, 0.0, values[at_column])
    change = _moved(price, plain.row_lower, plain.row_upper, other.row_lower, other.row_upper)
    change += _moved(reduced, plain.lower, plain.upper, other.lower, other.upper)
    return change - float(price @ ((other.matrix - plain.matrix) @ value))


def _places(names: Iterable[Name], there: Mapping[Name, int]) -> npt.NDArray[np.int64]:
    """Where each name is in another program; -1 if it is not."""
    return np.array([there.get(name, -1) for name in names], dtype=np.int64)


def _moved(price: Vector, lower: Vector, upper: Vector, other_lower: Vector, other_upper: Vector) -> float:
    """Prices times how far the bounds move that they belong to: the upper ones where less is better."""
    with np.errstate(invalid="ignore"):
        moved = np.where(price < 0, other_upper - upper, other_lower - lower)
    return float(price @ np.nan_to_num(moved, nan=0.0, posinf=0.0, neginf=0.0))
