"""The model of a case with one column for everything that may give way, and the least that must.

As long as nothing may give way, it is the model itself. Decided measures are candidates here, with later starts than the
case offers them, and rows hold them to what was decided: so that the model knows what is lost without them (a decided link
is no longer there whatever happens).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import inf
from typing import Literal

import numpy as np

from planner.case import Case, FrozenDict, Measure, Rule
from planner.planning.settling import Settler
from planner.promises import BOUNDS, Concession, Key, concessions
from planner.promises.limits import total_of
from planner.promises.projects import decided_groups
from planner.solver.highs import Answer, Limits, Solver
from planner.solver.linear import Column, LinearProgram, Name, Objective, Row, Vector
from planner.work.stopping import FOREVER, Until

Start = tuple[str, str]  # (measure, start period)
COMMITMENTS = frozenset({"late", "dropped"})  # families
NEARLY = 1e-5  # of a unit: a solver's whole numbers are no closer
NOTHING = 1e-6  # of a column: less of a concession is none
SAME = 1e-6  # relative: amounts that differ by less are equal


@dataclass(frozen=True)
class Loosened:
    """A model in which promises may give way.

    Attributes
    ----------
    program
        With the columns of all concessions, each at most 0: nothing gives way.
    concessions, columns
        What may give way, and the column of each.
    without_decided
        Rows of `no_city_loses` and `no_level_falls` -> their limit where nothing was decided: what no city may lose against
        once commitments go.
    """

    program: LinearProgram
    concessions: tuple[Concession, ...]
    columns: tuple[int, ...]
    without_decided: Mapping[int, float]

    @cached_property
    def promises(self) -> dict[Key, tuple[int, ...]]:
        """Promise -> its concessions, by position."""
        found: dict[Key, list[int]] = {}
        for k, concession in enumerate(self.concessions):
            found.setdefault(concession.promise, []).append(k)
        return {promise: tuple(places) for promise, places in found.items()}

    def giving(self, chosen: Collection[int], against_nothing: bool = False) -> LinearProgram:
        """The program in which some concessions, by position, may be made.

        Parameters
        ----------
        against_nothing
            No city loses against a world without decided measures, instead of the one with them.
        """
        most = {self.columns[k]: self.concessions[k].most / self.concessions[k].step for k in chosen}
        program = self.program.with_column_upper(most)
        return program.with_row_upper(self.without_decided) if against_nothing else program

    def limit(self, row: Name) -> float:
        """What a row allows at most."""
        return float(self.program.row_upper[self.program.rows[row]])

    def activity(self, row: Name, columns: Vector) -> float:
        """What the model's own columns come to in a row: a row's sum before anything gave way."""
        k = self.program.rows[row]
        span = slice(self.program.matrix.indptr[k], self.program.matrix.indptr[k + 1])
        conceded = {at for name, at in self.program.columns.items() if name[0].startswith("Concession")}
        return float(
            sum(
                value * columns[at]
                for at, value in zip(self.program.matrix.indices[span], self.program.matrix.data[span], strict=True)
                if at not in conceded
            )
        )

    def decisions(self, columns: Vector) -> dict[Start, float]:
        """What a solution starts."""
        return {
            index: float(round(units) if abs(units - round(units)) < NEARLY else units)
            for (component, index), k in self.program.columns.items()
            if component == "Start" and (units := columns[k]) > NEARLY
        }


def loosened(settler: Settler, until: Until = FOREVER, past: Collection[str] = ()) -> Loosened:
    """The model of a case in which promises may give way.

    Parameters
    ----------
    settler
        Of the case, which knows what each city has without a plan, each jurisdiction with one of its own, and what is fixed.
    past
        Ids of periods whose money is spent.
    """
    case = settler.case
    free = freed(case)
    other = settler if free is case else Settler.of(free, until=until)
    if free is not case and settler.built.alone:
        other = other.promising(settler.built.alone)
    if other is not settler:
        other = other.fixing(settler.built.fixed)
    program = _held_to_decisions(case, other.built.search_program)
    loose, strict = (s.built.limits_without(s.without) for s in (other, settler))
    program = _with_rows_for_bounds(other.built.held_to(program, settler.without))
    found = tuple(c for c in concessions(case, other.built.instance, program.rows) if c.until not in past)
    program, columns = _with_concessions(program, found)
    against_nothing = {program.rows[row]: max(limit, strict.get(row, limit)) for row, limit in loose.items()}
    return Loosened(program, found, columns, against_nothing if free is not case else {})


def freed(case: Case) -> Case:
    """The case with its decided measures free to start in their periods, in any later one, or not at all.

    Each rule about a share has a rule beside it that asks nothing, whose row says what the share is of.
    """
    decided = {a: _free(case, m) for a, m in case.measures.items() if m.status == "decided"}
    totals = tuple(_total(rule) for rule in case.rules if rule.share_of_measures is not None)
    if not decided and not totals:
        return case
    return replace(case, measures=FrozenDict({**case.measures, **decided}), rules=(*case.rules, *totals))


def _total(rule: Rule) -> Rule:
    assert rule.share_of_measures is not None
    return replace(
        rule, id=total_of(rule.id), measures=rule.share_of_measures, at_least=0.0, at_most=None, share_of=None,
        share_of_measures=None,
    )  # fmt: skip


def _free(case: Case, measure: Measure) -> Measure:
    last = case.period_ids.index(measure.starts[-1].period)
    later = [measure.start_if_offered(period, case.periods) for period in case.periods[last + 1 :]]
    return replace(measure, status="candidate", starts=(*measure.starts, *(start for start in later if start is not None)))


def _held_to_decisions(case: Case, program: LinearProgram) -> LinearProgram:
    """The rows that keep decided measures: all of their units start, and none later than decided."""
    rows: dict[Name, Row] = {}
    starts: dict[str, dict[str, int]] = {}
    for (component, index), k in program.columns.items():
        if component == "Start":
            starts.setdefault(index[0], {})[index[1]] = k
    for a in (a for group in decided_groups(case) for a in group):
        measure = case.measures[a]
        in_time = {start.period for start in measure.starts}
        late = {k: 1.0 for u, k in starts[a].items() if u not in in_time}
        rows["decided_dropped", a] = Row(dict.fromkeys(starts[a].values(), 1.0), lower=measure.units)
        if late:
            rows["decided_late", a] = Row(late, upper=0.0)
    return program.with_rows(rows)


def _with_rows_for_bounds(program: LinearProgram) -> LinearProgram:
    """The same program, its bounds that may give way as rows."""
    rows = {column: row for bound in BOUNDS for column, row in bound.rows.items()}
    bounded = {name: k for name, k in program.columns.items() if name[0] in rows}
    stated = {(rows[name[0]], name[1]): Row({k: 1.0}, upper=float(program.upper[k])) for name, k in bounded.items()}
    return program.with_column_upper(dict.fromkeys(bounded.values(), inf)).with_rows(stated)


def _with_concessions(program: LinearProgram, found: Sequence[Concession]) -> tuple[LinearProgram, tuple[int, ...]]:
    """One column a concession; where a row gives way only beyond an amount, a column and a binary more."""
    new: dict[Name, Column] = {}
    further: list[tuple[Name, Name, Name, float, float]] = []
    for concession in found:
        name: Name = ("Concession", (concession.kind, *concession.key))
        direct = {row: value for row, value in concession.loosens.items() if row not in concession.only_beyond}
        new[name] = Column(_entries(program, direct), upper=0.0, integer=concession.whole)
        for row, least in concession.only_beyond.items():
            part, begun = ("ConcessionBeyond", (name[1], row)), ("ConcessionBegun", (name[1], row))
            new[part] = Column(_entries(program, {row: 1.0}))
            new[begun] = Column({}, upper=1.0, integer=True)
            further.append((name, part, begun, concession.loosens[row], least))
    wider = program.with_columns(new)
    at = wider.columns
    rows: dict[Name, Row] = {}
    for name, part, begun, rate, least in further:  # part <= rate x concession - least where begun, else part = 0
        rows["gives_way_beyond", part[1]] = Row({at[part]: 1.0, at[name]: -rate, at[begun]: least}, upper=0.0)
        rows["gives_way_once_begun", part[1]] = Row({at[part]: 1.0, at[begun]: -1.0}, upper=0.0)
    columns = tuple(at["Concession", (concession.kind, *concession.key)] for concession in found)
    return wider.with_rows(rows), columns


def _entries(program: LinearProgram, loosens: Mapping[Name, float]) -> dict[int, float]:
    """Coefficients that let rows give way: less is asked for below, or more allowed above."""
    entries: dict[int, float] = {}
    for row, value in loosens.items():
        k = program.rows[row]
        entries[k] = value if program.row_lower[k] > float("-inf") else -value
    return entries


# --- the least that must give way: first in all, then among equals of as few promises as possible


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


@dataclass(frozen=True)
class Solution:
    """What gives way, as the makers of changes ask for it (`planner.promises.Solved`)."""

    loose: Loosened
    amounts: Mapping[int, float]
    columns: Vector

    @property
    def concessions(self) -> tuple[Concession, ...]:
        """All that may give way."""
        return self.loose.concessions

    def column(self, name: Name) -> float:
        """What a column of the model comes to."""
        return float(self.columns[self.loose.program.columns[name]])

    def limit(self, row: Name) -> float:
        """What a row allows at most."""
        return self.loose.limit(row)

    def activity(self, row: Name) -> float:
        """What the model's own columns come to in a row."""
        return self.loose.activity(row, self.columns)

    def starts(self) -> dict[Start, float]:
        """What it starts."""
        return self.loose.decisions(self.columns)


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
    if concession.family in ("money", "debt"):
        return concession.step
    return concession.cost * concession.step if concession.family in COMMITMENTS else relative_weight(concession)


def _touched(loose: Loosened, chosen: Collection[int], columns: Vector) -> list[Key]:
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
