"""Whether a measure is in a plan, in the program itself: marks that can be counted, asked for and maximised.

A measure is *in* a plan when at least one unit of it starts (all its units, if it has less than one); a divisible measure
from a hundredth of a unit on. It is *out* when nothing of it starts. A start of less than a hundredth of a unit is neither.
Units beyond the first, and when they start, make no difference. Measures that start together are one: their first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from models.instance import Instance
from models.measures import Measures, is_yes_or_no
from planner.case import Case, Measure
from planner.planning.settling import SPECK
from planner.solver.linear import Column, LinearProgram, Name, Objective, Sum

Side = Literal["in", "out"]

PART = 0.01  # of a unit: a divisible measure of which less starts is not in a plan
ROUNDING = 1e-6  # of a unit


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
