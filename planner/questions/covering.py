"""Which measures some plans that count have, or do without, many at a time.

First by small changes of the best plan, each a linear program: less a measure; or less the measures that matter least, which
frees money, and with another one. Then by searches for as many of the rest as can be at once, until one brings no new
one; if it proves that there is none, all others are settled. What is left is asked for one by one (`within.ask_one`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import inf

from planner.planning.decisions import Decisions
from planner.planning.variants import alone_decisions, companions, with_dependents
from planner.questions.marks import Side, least_units
from planner.questions.rooms import Learnt, Room, Within, room_of
from planner.solver.highs import Limits, Solver
from planner.solver.linear import Vector
from planner.work.events import Cancelled
from planner.work.stopping import FOREVER, Stopped, Until

ENOUGH_AT_ONCE = 0.5  # a search for many measures stops at half of what could be: the next one looks for the others
TOGETHER = 10.0  # seconds at most of one search for many measures: what it cannot prove then, each by itself does sooner
TOGETHER_SHARE = 0.25  # of the seconds left, at most
FREED = 0.5  # share of what plans may be worse that goes into freeing money for other measures
FAILURES = 8  # measures in a row that cannot be left out any more: enough is freed

Ranking = list[tuple[float, str]]  # (first goal without a measure, measure), least loss first


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
