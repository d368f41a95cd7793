"""Plans within a share of the best: which measures they have in common, and which are different. What one worker does.

Plans count that keep all promises and whose first goal is at most a limit. To learn which measures some of them have (or do
without), as many as can be are looked for at once, again and again, until a search brings no new one; if it proves that
there is none, all others are settled. If it does not in its time, each of them is asked for by itself: the best first goal
with it (or without it) is found to be within the limit, or proven to be beyond it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import inf
from time import perf_counter

import numpy as np

from planner.alone import Alone
from planner.case.nouns import Case, FrozenDict
from planner.decisions import Decisions, decided_late, with_decided
from planner.evaluating import evaluated
from planner.events import Cancelled
from planner.highs import Answer, Limits, Solver
from planner.linear import LinearProgram, Objective, Vector
from planner.plan import Plan
from planner.questions.asking import decisions_of
from planner.questions.marks import Marked, Side, marked, other, sides
from planner.settling import Evaluator, slack
from planner.variants import with_dependents

ENOUGH_AT_ONCE = 0.5  # a search for many measures stops at half of what could be: the next one looks for the others
TOGETHER = 40.0  # seconds at most of one search for many measures: what it cannot prove then, each by itself does sooner
TOGETHER_SHARE = 0.25  # of the seconds left, at most
LATER_GOALS = 20.0  # seconds at most for the later goals of an alternative, with nothing added to it
NEAR_ENOUGH = 1e-3  # their gap
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


@dataclass(frozen=True)
class Alternative:
    """A plan that counts and differs from the best and from those before it.

    Attributes
    ----------
    bound
        What no plan that differs from them so much can beat in the first goal.
    sides
        Where each measure is.
    """

    plan: Plan
    bound: float
    sides: FrozenDict[str, Side]


@dataclass(frozen=True)
class Alternatives:
    """Alternatives in the order in which they were found, and why there are no more."""

    found: tuple[Alternative, ...]
    reason: str  # empty if as many as asked for were found
    is_proven: bool  # that there are no more, where there are fewer than asked for


class _Room:
    """A case built once in this process, with its measures marked."""

    def __init__(self, within: Within) -> None:
        self.evaluator = Evaluator(within.case)
        if within.case.nobody_worse_off:
            self.evaluator.promise_alone(within.alone)
        self.marked: Marked = marked(self.evaluator.search_program, within.case, self.evaluator.instance, within.measures)
        self.first: Objective = self.marked.program.objectives["goal", 0]


@lru_cache(maxsize=1)
def _built(case: Case, alone: tuple[Alone, ...], measures: tuple[str, ...]) -> _Room:
    return _Room(Within(case, alone, 0.0, {}, measures, 0.0, 0))


def _room(within: Within) -> _Room:
    return _built(within.case, within.alone, within.measures)


def cover(
    within: Within, side: Side, open_ones: Sequence[str], seconds: float | None, cancelled: Cancelled | None
) -> Learnt:
    """Look for plans that have measures on a side, as many as can be at once, until a search brings no new one."""
    room, deadline = _room(within), inf if seconds is None else perf_counter() + seconds
    solver = Solver(room.marked.program)
    solver.keep(room.first, within.limit)
    left, learnt = list(open_ones), Learnt()
    while left and perf_counter() < deadline and not (cancelled and cancelled()):
        allowed = min(TOGETHER, TOGETHER_SHARE * (deadline - perf_counter()))
        limits = Limits(allowed, ENOUGH_AT_ONCE, 1, within.seed, enough=-1.0 + 1e-6)
        answer = solver.minimise(room.marked.most((side, a) for a in left), limits, None, cancelled)
        shown = _shown(within, room, answer)
        learnt |= shown
        new = [a for a in left if (side, a) in shown.seen]
        if not new:
            if answer.outcome in ("optimal", "decided") and answer.bound > -1.0:
                learnt |= Learnt(never=frozenset((side, a) for a in left))
            break
        left = [a for a in left if a not in new]
    return learnt


def ask_one(within: Within, side: Side, measure: str, seconds: float | None, cancelled: Cancelled | None) -> Learnt:
    """Whether any plan that counts has a measure on a side: by the best first goal of those that have."""
    room = _room(within)
    solver = Solver(room.marked.with_at_least({("asked", measure): ([(side, measure)], 1.0)}))
    start = _less(within, room, measure) if side == "out" else None
    if start is not None:
        solver.start_from(start)
    most = inf if seconds is None else seconds
    limits = Limits(most, 1e-6, 1, within.seed, target=within.limit, enough=within.limit)
    answer = solver.minimise(room.first, limits, None, cancelled)
    if answer.outcome == "infeasible" or answer.bound > within.limit:
        return Learnt(never=frozenset({(side, measure)}))
    return _shown(within, room, answer)


def differing(within: Within, differ: int, count: int, seconds: float | None, cancelled: Cancelled | None) -> Alternatives:
    """The best plans, one after the other, each with so many measures on another side than in the best and those before."""
    room, deadline = _room(within), inf if seconds is None else perf_counter() + seconds
    before = [sides(within.case, within.best, within.measures)]
    found: list[Alternative] = []
    while len(found) < count:
        number = len(found) + 1
        share = (deadline - perf_counter()) / (count + 1 - number)
        if share <= 0 or (cancelled and cancelled()):
            return Alternatives(tuple(found), "the time limit was hit" if share <= 0 else "interrupted", False)
        program = room.marked.with_at_least(
            {("differs", n): ([(other(side), a) for a, side in one.items()], float(differ)) for n, one in enumerate(before)}
        )
        solver = Solver(program)
        solver.keep(room.first, within.limit)
        answer = solver.minimise(room.first, Limits(share, within.gap, 1, within.seed), None, cancelled)
        if answer.values is None:
            proven = answer.outcome == "infeasible"
            why = "no plan within the share differs enough from those above" if proven else "no more was found in time"
            return Alternatives(tuple(found), why, proven)
        reason = f"alternative {number} to the best plan"
        plan = _settled(within, room, solver, program, answer, reason, cancelled)
        if plan.broken:
            why = f"alternative {number}: rounding breaks a promise by a little: {plan.broken[0]}"
            return Alternatives(tuple(found), why, False)
        where = sides(within.case, decisions_of(plan), within.measures)
        before.append(where)
        found.append(Alternative(plan, answer.bound, FrozenDict(where)))
    return Alternatives(tuple(found), "", False)


def _settled(
    within: Within,
    room: _Room,
    solver: Solver,
    program: LinearProgram,
    answer: Answer,
    reason: str,
    cancelled: Cancelled | None,
) -> Plan:
    """A solution for the first goal as a plan: the later goals take away what the first does not need, and add nothing."""
    case, values = within.case, answer.values
    assert values is not None
    starts = [k for name, k in program.columns.items() if name[0] == "Start"]
    upper = {k: float(round(values[k]) if program.integer[k] else values[k]) for k in starts}
    limits = [min(within.limit, answer.value + slack(case.goals[0].tolerance, answer.value))]
    deadline = perf_counter() + LATER_GOALS
    solver.cap(upper)
    solver.keep(room.first, limits[0])
    for number_of_goal, goal in enumerate(case.goals[1:], start=1):
        objective = program.objectives["goal", number_of_goal]
        allowed = Limits(deadline - perf_counter(), NEAR_ENOUGH, 1, within.seed)
        later = solver.minimise(objective, allowed, None, cancelled)
        if later.values is None:
            break
        values = later.values
        limits.append(later.value + slack(goal.tolerance, later.value))
        solver.keep(objective, limits[-1])
    decisions = room.evaluator.starts_from(values, len(limits) - 1, limits, program)
    return evaluated(room.evaluator, decisions, reason, limits)


def _shown(within: Within, room: _Room, answer: Answer) -> Learnt:
    """What a solution shows, if it counts."""
    if answer.values is None or room.first.value(answer.values) > within.limit + EDGE:
        return Learnt()
    where = sides(within.case, _starts(room, answer.values), within.measures)
    return Learnt(seen=frozenset((side, a) for a, side in where.items()))


def _less(within: Within, room: _Room, measure: str) -> Vector | None:
    """The best plan without a measure and all that depends on it, as a solution to start from; None if there is none."""
    gone = set(with_dependents(within.case, measure))
    solution = room.evaluator.solution_of({(a, u): units for (a, u), units in within.best.items() if a not in gone})
    if solution is None:
        return None
    columns = np.zeros(len(room.marked.program.lower))
    columns[: len(solution)] = solution
    where = sides(within.case, _starts(room, columns), within.measures)
    for (component, index), k in room.marked.program.columns.items():
        if component in ("In", "Out"):
            columns[k] = float(where.get(index) == component.lower())
    return columns


def _starts(room: _Room, columns: Vector) -> Decisions:
    """What starts in a solution."""
    program = room.marked.program
    return {index: float(columns[k]) for (component, index), k in program.columns.items() if component == "Start"}


def nearest(within: Within, side: Side, measure: str, seconds: float | None, cancelled: Cancelled | None) -> Plan | None:
    """The plan with the fewest measures unlike the best plan's, of those that count and have a measure on a side.

    None if none was found in time. It need not be proven that no plan is nearer: it is one to look at.
    """
    room = _room(within)
    program = room.marked.with_at_least({("asked", measure): ([(side, measure)], 1.0)})
    solver = Solver(program)
    solver.keep(room.first, within.limit)
    start = _less(within, room, measure) if side == "out" else None
    if start is not None and room.first.value(start) <= within.limit:
        solver.start_from(start)
    alike = room.marked.most((here, a) for a, here in sides(within.case, within.best, within.measures).items())
    most = inf if seconds is None else seconds
    answer = solver.minimise(alike, Limits(most, 0.0, 1, within.seed), None, cancelled)
    if answer.values is None:
        return None
    solver.keep(alike, answer.value + 0.5)  # as many alike, whatever later goals say
    first = replace(answer, value=min(within.limit, room.first.value(answer.values)))
    name = within.case.measures[measure].name
    words = f"the nearest plan with {name}" if side == "in" else f"the nearest plan without {name}"
    return _settled(within, room, solver, program, first, words, cancelled)


def plan_of(within: Within, decisions: Decisions, reason: str, seconds: float | None, cancelled: Cancelled | None) -> Plan:
    """All figures of some decisions; those decided before the plan need not be named."""
    named = {a for a, _ in decisions}
    before = {(a, u): units for (a, u), units in decided_late(within.case).items() if a not in named}
    return evaluated(_room(within).evaluator, with_decided(within.case, {**before, **decisions}), reason)
