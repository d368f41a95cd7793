"""Plans within a share of the best: those that differ, and those that have a measure or do without it.

Which measures some such plans have, or do without, is asked of many at a time. First by small changes of the best plan, each
a linear program: less a measure; or less the measures that matter least, which frees money, and with another one. Then by
searches for as many of the rest as can be at once, until one brings no new one; if it proves that there is none, all others
are settled. What is left is asked for one by one (`ask_one`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf

from planner.case import FrozenDict, naming
from planner.planning.decisions import Decisions, decided_late, with_decided
from planner.planning.handmade import evaluated
from planner.planning.search import NEAR, reserve
from planner.planning.settling import slack
from planner.planning.variants import alone_decisions, companions, with_dependents
from planner.plans.ended import told_as
from planner.plans.plan import Plan
from planner.promises import broken_in_words
from planner.questions.alternatives.marks import EDGE, Learnt, Room, Side, Within, least_units, other, room_of, sides
from planner.questions.asking import decisions_of
from planner.solver.highs import Answer, Limits, Solver, relative_gap
from planner.solver.linear import LinearProgram, Vector
from planner.words import said
from planner.words.said import _, counted
from planner.work.stopping import FOREVER, Cancelled, Stopped, Until

ENOUGH_AT_ONCE = 0.5  # a search for many measures stops at half of what could be: the next one looks for the others
TOGETHER = 10.0  # seconds at most of one search for many measures: what it cannot prove then, each by itself does sooner
TOGETHER_SHARE = 0.25  # of the seconds left, at most
FREED = 0.5  # share of what plans may be worse that goes into freeing money for other measures
FAILURES = 8  # measures in a row that cannot be left out any more: enough is freed

Ranking = list[tuple[float, str]]  # (first goal without a measure, measure), least loss first
LATER_GOALS = 20.0  # seconds at most for the later goals of an alternative, with nothing added to it
NEAR_ENOUGH = 1e-3  # their gap


def cover(
    within: Within, side: Side, open_ones: Sequence[str], seconds: float | None, cancelled: Cancelled | None
) -> Learnt:
    """Look for plans that have measures on a side."""
    work = _Work(within, Until.within(seconds, cancelled))
    try:
        if side == "out":
            work.less(open_ones)
        else:
            work.more(open_ones)
        work.together(side, [a for a in open_ones if (side, a) not in work.learnt.seen])
    except Stopped:
        pass
    return work.learnt


def ranked(within: Within, until: Until = FOREVER) -> Ranking:
    """(first goal, measure): the plan less each measure that is in it, least loss first; only where it is a plan."""
    room = room_of(within)
    here = dict.fromkeys(a for a, _ in within.best if a in within.measures)
    found = [(a, without_some(room, within.best, with_dependents(within.case, a), until)) for a in here]
    return sorted((room.first.value(columns), a) for a, columns in found if columns is not None)


def without_some(room: Room, decisions: Decisions, gone: Collection[str], until: Until = FOREVER) -> Vector | None:
    """Decisions less some measures, as a solution; None if a promise stands against them."""
    return room.solution(_less(decisions, gone), gone, until)


def _less(decisions: Decisions, gone: Collection[str]) -> Decisions:
    return {(a, u): units for (a, u), units in decisions.items() if a not in gone}


def thrifty(
    within: Within, order: Ranking, by: float, most: float = inf, skip: Collection[str] = (), until: Until = FOREVER
) -> set[str]:
    """Measures that matter least in the best plan: without all of them the first goal is worse by no more than asked.

    Parameters
    ----------
    order
        As in `ranked`.
    by
        In the first goal's own unit.
    most
        How many at most.
    skip
        Measures that stay.
    until
        Until when that may take.
    """
    room = room_of(within)
    full = room.solution(within.best, until=until)
    if full is None:
        return set()
    allowed, gone, failures = room.first.value(full) + by, set[str](), 0
    for value, a in order:
        if value > allowed or failures >= FAILURES or len(gone) >= most:
            break
        further = gone | set(with_dependents(within.case, a))
        if a in gone or further & set(skip):
            continue
        columns = without_some(room, within.best, further, until)
        if columns is not None and room.first.value(columns) <= allowed:
            gone, failures = further, 0
        else:
            failures += 1
    return gone


class _Work:
    """One side's search, and what it has learnt so far; all of it raises `Stopped` once it may not go on."""

    def __init__(self, within: Within, until: Until) -> None:
        self._within, self._until = within, until
        self._room = room_of(within, until)
        self.learnt = Learnt()

    def _slack(self) -> float:
        """By how much plans that count may be worse than the best."""
        full = self._room.solution(self._within.best, until=self._until)
        return 0.0 if full is None else max(0.0, self._within.limit - self._room.first.value(full))

    def less(self, measures: Sequence[str]) -> None:
        """The best plan less each of some measures."""
        for a in measures:
            self._until.check()
            if ("out", a) not in self.learnt.seen:
                gone = with_dependents(self._within.case, a)
                columns = without_some(self._room, self._within.best, gone, self._until)
                self.learnt |= self._room.shown(columns, self._within.limit)

    def more(self, measures: Sequence[str]) -> None:
        """The best plan, less what matters least in it, with each of some measures and what it requires."""
        case = self._within.case
        order = ranked(self._within, self._until)
        gone = thrifty(self._within, order, FREED * self._slack(), until=self._until)
        base = _less(self._within.best, gone)
        for a in measures:
            own = alone_decisions(case, a)
            self._until.check()
            if own is None or ("in", a) in self.learnt.seen:
                continue
            have = {b for b, _ in base}
            added = {(b, u): _units(self._room, b, units) for (b, u), units in own.items() if b not in have}
            columns = self._room.solution({**base, **added}, gone | {b for b, _ in added}, self._until)
            self.learnt |= self._room.shown(columns, self._within.limit)

    def together(self, side: Side, measures: Sequence[str]) -> None:
        """Search for plans with as many measures on a side as can be."""
        room, within = self._room, self._within
        solver = Solver(room.marked.program)
        solver.keep(room.first, within.limit)
        start = room.solution(within.best, until=self._until)
        left = list(measures)
        while left and not self._until.why:
            if start is not None:
                solver.start_from(start)
            allowed = min(TOGETHER, TOGETHER_SHARE * self._until.left)
            limits = Limits(allowed, ENOUGH_AT_ONCE, 1, within.seed, enough=-1.0 + 1e-6)
            answer = solver.minimise(room.marked.most((side, a) for a in left), limits, None, self._until.cancelled)
            shown = room.shown(answer.values, within.limit)
            self.learnt |= shown
            new = [a for a in left if (side, a) in shown.seen]
            if not new:
                if answer.outcome in ("optimal", "decided") and answer.bound > -1.0 + 1e-6:
                    self.learnt |= Learnt(never=frozenset((side, a) for a in left))
                break
            left = [a for a in left if a not in new]


def _units(room: Room, a: str, units: float) -> float:
    """Units with which a measure is in a plan: of a divisible one as few as count."""
    measure = room.case.measures[a]
    return least_units(measure) if measure.divisible and not _is_required(room, a) else units


def _is_required(room: Room, a: str) -> bool:
    return any(a in m.requires for m in room.case.measures.values()) or len(companions(room.case, a)) > 1


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


def ask_one(within: Within, side: Side, measure: str, seconds: float | None, cancelled: Cancelled | None) -> Learnt:
    """Whether any plan that counts has a measure on a side: by the best first goal of those that have."""
    until = Until.within(seconds, cancelled)
    room = room_of(within, until)
    solver = Solver(room.marked.with_at_least({("asked", measure): ([(side, measure)], 1.0)}))
    start = without_some(room, within.best, with_dependents(within.case, measure), until) if side == "out" else None
    if start is not None:
        solver.start_from(start)
    limits = Limits(until.left, 1e-6, 1, within.seed, target=within.limit, enough=within.limit)
    answer = solver.minimise(room.first, limits, None, cancelled)
    if answer.outcome == "infeasible" or answer.bound > within.limit:
        return Learnt(never=frozenset({(side, measure)}))
    return room.shown(answer.values, within.limit)


def differing(within: Within, differ: int, count: int, seconds: float | None, cancelled: Cancelled | None) -> Alternatives:
    """The best plans, one after the other, each with so many measures on another side than in the best and those before."""
    found: list[Alternative] = []
    try:
        why, is_proven = _find_differing(found, within, differ, count, Until.within(seconds, cancelled))
    except Stopped as stopped:
        why, is_proven = _("the time limit was hit") if stopped.why == "limit" else _("interrupted"), False
    return Alternatives(tuple(found), why, is_proven)


def _find_differing(found: list[Alternative], within: Within, differ: int, count: int, until: Until) -> tuple[str, bool]:
    """Find alternatives, as many as asked for; why there are no more, and whether that is proven."""
    room = room_of(within, until)
    until = _searching(until, room)
    before = [sides(within.case, within.best, within.measures)]
    order = ranked(within, until)
    while len(found) < count:
        until.check()
        number = len(found) + 1
        share = until.left / (count + 1 - number)
        program = room.marked.with_at_least(
            {("differs", n): ([(other(side), a) for a, side in one.items()], float(differ)) for n, one in enumerate(before)}
        )
        solver = Solver(program)
        limits = Limits(share, within.gap, 1, within.seed, enough=within.limit)
        start = _different(within, order, before, differ, until)
        if start is not None:
            solver.start_from(start)
            is_near = relative_gap(room.first.value(start), order[0][0]) <= NEAR
            limits = replace(limits, heuristics="near" if is_near else "all")
        answer = solver.minimise(room.first, limits, None, until.cancelled)
        if answer.values is None or answer.value > within.limit + EDGE:
            proven = answer.outcome == "infeasible" or answer.bound > within.limit
            none = counted(
                differ,
                "no plan within the share differs from those above in {measures}",
                "no plan within the share differs from those above in {measures} or more",
            ).format(measures=said.count(differ, "measure"))
            return none if proven else _("no more was found in time"), proven
        reason = _("alternative {number} to the best plan").format(number=number)
        plan = _settled(within, room, solver, program, answer, reason, until)
        if plan.broken:
            broken = _("alternative {number}: rounding breaks a promise by a little: {promise}")
            return broken.format(number=number, promise=broken_in_words(within.case, plan.broken)[0]), False
        where = sides(within.case, decisions_of(plan), within.measures)
        before.append(where)
        found.append(Alternative(plan, answer.bound, FrozenDict(where)))
    return "", False


def _searching(until: Until, room: Room) -> Until:
    """Until when plans may be searched for: what is found is settled whatever the clock says, so a search ends earlier."""
    return until.less(reserve(until.seconds, room.settler.seconds["without"]))


def _different(
    within: Within, order: Ranking, before: Collection[Mapping[str, Side]], differ: int, until: Until
) -> Vector | None:
    """A plan to start from: the best one less the measures that matter least, if that differs enough; else None."""
    room = room_of(within)
    best = next(iter(before))
    gone_before = {a for one in before for a, side in one.items() if side == "out" and best.get(a) == "in"}
    full = room.solution(within.best, until=until)
    if full is None:
        return None
    gone = thrifty(within, order, within.limit - room.first.value(full), differ, gone_before, until)
    start = without_some(room, within.best, gone, until)
    if start is None or room.first.value(start) > within.limit:
        return None
    here = room.where(start)
    enough = all(sum(here.get(a) == other(side) for a, side in one.items()) >= differ for one in before)
    return start if enough else None


def _settled(
    within: Within,
    room: Room,
    solver: Solver,
    program: LinearProgram,
    answer: Answer,
    reason: str,
    until: Until,
) -> Plan:
    """A solution for the first goal as a plan: the later goals take away what the first does not need, and add nothing.

    It is found, so it is not lost: only the later goals end with the time.
    """
    case, values = within.case, answer.values
    assert values is not None
    starts = [k for name, k in program.columns.items() if name[0] == "Start"]
    upper = {k: float(round(values[k]) if program.integer[k] else values[k]) for k in starts}
    limits = [min(within.limit, answer.value + slack(case.goals[0].tolerance, answer.value))]
    later_until = Until.within(min(LATER_GOALS, until.left))
    solver.cap(upper)
    solver.keep(room.first, limits[0])
    for number_of_goal, goal in enumerate(case.goals[1:], start=1):
        objective = program.objectives["goal", number_of_goal]
        allowed = Limits(later_until.left, NEAR_ENOUGH, 1, within.seed)
        later = solver.minimise(objective, allowed, None, until.cancelled)
        if later.values is None:
            break
        values = later.values
        limits.append(later.value + slack(goal.tolerance, later.value))
        solver.keep(objective, limits[-1])
    decisions = room.settler.starts_from(values, len(limits) - 1, limits, program)
    return evaluated(room.settler, decisions, told_as(reason), limits)


def nearest(
    within: Within, side: Side, measure: str, known: Decisions, seconds: float | None, cancelled: Cancelled | None
) -> Plan | None:
    """The plan with the fewest measures unlike the best plan's, of those that count and have a measure on a side.

    Parameters
    ----------
    known
        Decisions of one such plan.

    Returns
    -------
    None if none was found in time. It need not be proven that no plan is nearer: it is one to look at.
    """
    until = Until.within(seconds, cancelled)
    room = room_of(within, until)
    until = _searching(until, room)
    program = room.marked.with_at_least({("asked", measure): ([(side, measure)], 1.0)})
    solver = Solver(program)
    solver.keep(room.first, within.limit)
    start = room.solution(known, until=until)
    if start is not None:
        solver.start_from(start)
    alike = room.marked.most((here, a) for a, here in sides(within.case, within.best, within.measures).items())
    answer = solver.minimise(alike, Limits(until.left, 0.0, 1, within.seed), None, until.cancelled)
    if answer.values is None:
        return None
    solver.keep(alike, answer.value + 0.5)  # as many alike, whatever later goals say
    first = replace(answer, value=min(within.limit, room.first.value(answer.values)))
    said = _("the nearest plan with {measure}") if side == "in" else _("the nearest plan without {measure}")
    words = said.format(measure=naming.measure(within.case, measure))
    return _settled(within, room, solver, program, first, words, until)


def plan_of(within: Within, decisions: Decisions, reason: str, seconds: float | None, cancelled: Cancelled | None) -> Plan:
    """All figures of some decisions; those decided before the plan need not be named."""
    named = {a for a, _ in decisions}
    before = {(a, u): units for (a, u), units in decided_late(within.case).items() if a not in named}
    until = Until.within(seconds, cancelled)
    all_of_them = with_decided(within.case, {**before, **decisions})
    return evaluated(room_of(within, until).settler, all_of_them, told_as(reason), until=until)
