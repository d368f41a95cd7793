"""Which plans count, a case built for searching among them, and whether a measure is in one: marks in the program itself.

A measure is *in* a plan when at least one unit of it starts (all its units, if it has less than one); a divisible measure
from a hundredth of a unit on. It is *out* when nothing of it starts. A start of less than a hundredth of a unit is neither.
Units beyond the first, and when they start, make no difference. Measures that start together are one: their first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from models.instance import Instance
from models.measures import Measures, is_yes_or_no
from planner.case import Case, Measure
from planner.planning.decisions import Decisions
from planner.planning.settling import SPECK, Settler
from planner.planning.stand_alone import Alone
from planner.solver.linear import Column, LinearProgram, Name, Objective, Sum, Vector
from planner.work.stopping import FOREVER, Until

Side = Literal["in", "out"]

PART = 0.01  # of a unit: a divisible measure of which less starts is not in a plan
ROUNDING = 1e-6  # of a unit
EDGE = 1e-7  # what a solution may exceed the limit by: the solver's own tolerance


@dataclass(frozen=True)
class Mark:
    """A sum over columns that is at most 1, and 1 only in plans in which a measure is on a side."""

    terms: Mapping[Name, float]
    constant: float = 0.0


@dataclass(frozen=True)
class Marked:
    """A program in which measures are marked: one mark a side of each."""

    program: LinearProgram
    marks: Mapping[tuple[Side, str], Mark]

    def with_at_least(self, least: Mapping[Name, tuple[Iterable[tuple[Side, str]], float]]) -> LinearProgram:
        """The program with rows: of some marks together at least so many."""
        rows: dict[Name, Sum] = {}
        for name, (wanted, number) in least.items():
            marks = [self.marks[key] for key in wanted]
            terms: dict[Name, float] = {}
            for mark in marks:
                for column, value in mark.terms.items():
                    terms[column] = terms.get(column, 0.0) + value
            rows[name] = Sum(terms, lower=number - sum(mark.constant for mark in marks))
        return self.program.extended({}, rows)

    def most(self, wanted: Iterable[tuple[Side, str]]) -> Objective:
        """As many of some marks as can be: their number with a minus, to be minimised."""
        cost, offset = np.zeros(len(self.program.lower)), 0.0
        for key in wanted:
            offset -= self.marks[key].constant
            for column, value in self.marks[key].terms.items():
                cost[self.program.columns[column]] -= value
        return Objective(cost, offset)


def marked(program: LinearProgram, case: Case, given: Instance, measures: Iterable[str]) -> Marked:
    """The program with both marks of some measures; yes-or-no measures need no column for it."""
    own = given[Measures]
    columns: dict[Name, Column] = {}
    rows: dict[Name, Sum] = {}
    marks: dict[tuple[Side, str], Mark] = {}
    for a in measures:
        starts: dict[Name, float] = {("Start", (a, u)): 1.0 for u in own.starts_of[a]}
        for name in starts:
            if name not in program.columns:  # a start that no row and no goal speaks of: one may as well have it
                columns[name] = Column({}, 0.0, min(own.max_starts[a], own.units[a]), a not in own.divisible)
        if is_yes_or_no(given, a):
            marks["in", a] = Mark(starts)
            marks["out", a] = Mark(dict.fromkeys(starts, -1.0), 1.0)
            continue
        inside, outside = ("In", a), ("Out", a)
        columns[inside] = columns[outside] = Column({}, 0.0, 1.0, True)
        rows["in_only_with_enough_of_it", a] = Sum({**starts, inside: -least_units(case.measures[a])}, lower=0.0)
        rows["out_only_with_nothing_of_it", a] = Sum({**starts, outside: own.units[a]}, upper=own.units[a])
        marks["in", a], marks["out", a] = Mark({inside: 1.0}), Mark({outside: 1.0})
    return Marked(program.extended(columns, rows), marks)


def least_units(measure: Measure) -> float:
    """Units of a measure with which it is in a plan."""
    return min(PART if measure.divisible else 1.0, measure.units)


def sides(case: Case, decisions: Mapping[tuple[str, str], float], measures: Iterable[str]) -> dict[str, Side]:
    """On which side measures are in a plan; those of which next to nothing starts are on none."""
    units = units_of(decisions)
    found: dict[str, Side] = {}
    for a in measures:
        if units.get(a, 0.0) >= least_units(case.measures[a]) - ROUNDING:
            found[a] = "in"
        elif units.get(a, 0.0) <= SPECK * case.measures[a].units:
            found[a] = "out"
    return found


def units_of(decisions: Mapping[tuple[str, str], float]) -> dict[str, float]:
    """Units of each measure that start, over all periods."""
    found: dict[str, float] = {}
    for (a, _), units in decisions.items():
        found[a] = found.get(a, 0.0) + units
    return found


def other(side: Side) -> Side:
    """The other side."""
    return "out" if side == "in" else "in"


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
