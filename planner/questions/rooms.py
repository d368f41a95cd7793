"""Which plans count, a case built for searching among them, and what is learnt of its measures there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from planner.case import Case
from planner.planning.alone import Alone
from planner.planning.decisions import Decisions
from planner.planning.settling import Settler
from planner.questions.marks import Marked, Side, marked, sides
from planner.solver.linear import Objective, Vector
from planner.work.stopping import FOREVER, Until

EDGE = 1e-7  # what a solution may exceed the limit by: the solver's own tolerance


@dataclass(frozen=True)
class Within:
    """Which plans count.

    Attributes
    ----------
    alone
        Of a case in which nobody may be worse off: the stand-alone plans.
    limit
        What the first goal may be at most.
    best
        Decisions of the best plan known.
    measures
        Those that are marked: candidates that can start, of those that start together the first.
    gap
        How closely an alternative is to be the best of those that are different enough.
    """

    case: Case
    alone: tuple[Alone, ...]
    limit: float
    best: Decisions
    measures: tuple[str, ...]
    gap: float
    seed: int


@dataclass(frozen=True)
class Learnt:
    """What searches showed.

    Attributes
    ----------
    seen
        (side, measure): a plan that counts has the measure on that side.
    never
        (side, measure): it is proven that none has.
    """

    seen: frozenset[tuple[Side, str]] = frozenset()
    never: frozenset[tuple[Side, str]] = frozenset()

    def __or__(self, other: Learnt) -> Learnt:
        """Both together."""
        return Learnt(self.seen | other.seen, self.never | other.never)


class Room:
    """A case built once in a process, with its measures marked.

    Attributes
    ----------
    first
        The first goal.
    """

    def __init__(self, case: Case, alone: tuple[Alone, ...], measures: tuple[str, ...], until: Until) -> None:
        self.case, self._measures = case, measures
        self.settler = Settler.of(case, until=until)
        if case.nobody_worse_off:
            self.settler = self.settler.promising(alone)
        self.marked: Marked = marked(self.settler.built.search_program, case, self.settler.built.instance, measures)
        self.first: Objective = self.marked.program.objectives["goal", 0]

    def where(self, columns: Vector) -> dict[str, Side]:
        """On which side measures are in a solution."""
        starts = {i: float(columns[k]) for (component, i), k in self.marked.program.columns.items() if component == "Start"}
        return sides(self.case, starts, self._measures)

    def solution(self, decisions: Decisions, exactly: Collection[str] = (), until: Until = FOREVER) -> Vector | None:
        """A solution with the integers of some decisions, best in the first goal; None if a promise stands against them.

        Parameters
        ----------
        exactly
            Divisible measures that start as the decisions say; how much of the others starts is left open.
        """
        found = self.settler.solution_of(decisions, exactly, until)
        if found is None:
            return None
        columns = np.zeros(len(self.marked.program.lower))
        columns[: len(found)] = found
        where = self.where(columns)
        for (component, index), k in self.marked.program.columns.items():
            if component in ("In", "Out"):
                columns[k] = float(where.get(index) == component.lower())
        return columns

    def shown(self, columns: Vector | None, limit: float) -> Learnt:
        """What a solution shows, if it counts."""
        if columns is None or self.first.value(columns) > limit + EDGE:
            return Learnt()
        return shown_by(self.where(columns))


def shown_by(where: Mapping[str, Side]) -> Learnt:
    """What a plan that counts shows by where measures are in it."""
    return Learnt(frozenset((side, a) for a, side in where.items()))


_built: dict[tuple[Case, tuple[Alone, ...], tuple[str, ...]], Room] = {}  # the last one of this process


def room_of(within: Within, until: Until = FOREVER) -> Room:
    """The case of a question, built once in this process.

    Parameters
    ----------
    until
        Until when the building may take; it raises `Stopped` then.
    """
    asked = within.case, within.alone, within.measures
    if asked not in _built:
        room = Room(*asked, until)
        _built.clear()
        _built[asked] = room
    return _built[asked]
