"""Promises: the rows that a hand-made plan may break, and what breaking one means in the case's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from models.instance import Instance
from planner.case import Case, naming
from planner.compiling import BROKEN
from planner.plans.tables import LineYear
from planner.solver.linear import LinearProgram, Name, Vector
from planner.words.said import _

NOTICED = 1e-6


def broken_promises(
    case: Case, instance: Instance, program: LinearProgram, columns: Vector, excess: Mapping[Name, list[int]]
) -> tuple[str, ...]:
    """Each promise that the columns break, with by how much."""
    found: list[str] = []
    for name, at in excess.items():
        if name[0] == "within_line":
            continue  # said from the money table, where the excess has its period
        over = float(columns[at].sum())
        if over > NOTICED * max(1.0, _largest_term(program, columns, name)):
            found.append(broken_in_words(case, instance, name, over))
    return tuple(found)


def overspent(case: Case, money: Iterable[LineYear]) -> tuple[str, ...]:
    """Each line and period in which more is paid than there is, from the rows of the money table."""
    label = {p.id: p.label for p in case.periods}
    return tuple(
        _("line {line}, {period}: {money:.4g} {unit} over").format(
            line=naming.line(case, row.line), period=label[row.period], money=-row.unspent, unit=case.money.unit
        )
        for row in money
        if row.unspent < -NOTICED * max(1.0, *map(abs, row[2:-3]))  # all that comes in or goes out
    )


def _largest_term(program: LinearProgram, columns: Vector, name: Name) -> float:
    row = program.rows[name]
    span = slice(program.matrix.indptr[row], program.matrix.indptr[row + 1])
    terms = abs(program.matrix.data[span] * columns[program.matrix.indices[span]])
    return float(terms.max(initial=0.0))


def broken_in_words(case: Case, instance: Instance, name: Name, over: float) -> str:
    """What breaking a row by so much means, as the room of its block says it."""
    row, index = name
    return BROKEN[row](case, instance, index if isinstance(index, tuple) else (index,), over)
