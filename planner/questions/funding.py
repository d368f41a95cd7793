"""Funding a list: what stands on it is started from the top down, unit by unit, as early as the lines may pay."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import floor

import numpy as np

from planner.case.nouns import Case
from planner.decisions import WHOLE, Decisions, decided_late
from planner.highs import Limits, Solver
from planner.linear import LinearProgram, Name, Objective
from planner.questions.bundles import Bundles
from planner.settling import Evaluator

# what the whole plan is asked to reach, and no single step can keep
ONLY_AT_THE_END = ("target_is_met", "minimum_is_spent", "nobody_is_worse_off_than_alone")
MONEY = ("within_line", "within_largest_share")


@dataclass(frozen=True)
class Funded:
    """What was started from a list.

    Attributes
    ----------
    decisions
        With those that were decided before.
    possible
        Whether what was decided before keeps the limits; if not, nothing is started beside it.
    finished
        Whether all of the list was looked at until nothing more fitted.
    unpaid
        Measures that only money stood against in the end; against all others that did not start a limit of the case did.
    """

    decisions: Decisions
    possible: bool
    finished: bool
    unpaid: frozenset[str] = frozenset()


def fund(evaluator: Evaluator, bundles: Bundles, order: Sequence[str], asked: Callable[[int, int], bool]) -> Funded:
    """Start what stands on a list until nothing more fits.

    A unit starts in the earliest period in which it keeps the hard limits and every cost, also of later periods, can be
    paid. The list is gone through again as long as that starts anything: tax or a transfer may have brought money.

    Parameters
    ----------
    order
        Measures, of those that start together the first; first things first.
    asked
        Told how many of how many were looked at; whether to stop there.
    """
    limits = _Limits(evaluator, ONLY_AT_THE_END)
    decisions = decided_late(evaluator.case)
    if not limits.allow(decisions):
        return Funded(decisions, possible=False, finished=True)
    while True:
        before = dict(decisions)
        for number, a in enumerate(order):
            if asked(number, len(order)):
                return Funded(decisions, possible=True, finished=False)
            for u in bundles.starts(a):
                decisions = _as_many_as_fit(limits, bundles, a, u, decisions)
        if decisions == before:
            return Funded(decisions, True, True, _unpaid(evaluator, bundles, order, decisions))


def _as_many_as_fit(limits: _Limits, bundles: Bundles, a: str, u: str, known: Decisions) -> Decisions:
    """The decisions with as many more units of a measure in a period as the limits allow, found by halving."""
    room = min(bundles.room(b, u, known) for b in bundles.members(a))
    steps = [float(n) for n in range(1, floor(room + WHOLE) + 1)]
    if room - len(steps) > WHOLE:
        steps.append(room)  # what is left of a divisible measure
    best, low, high = known, -1, len(steps)  # step `low` fits, step `high` does not
    while high - low > 1:
        middle = 0 if low < 0 else (low + high) // 2  # most of what does not fit does not even with one unit
        tried = bundles.of(a, u, steps[middle], known)
        if tried is not None and limits.allow(tried):
            best, low = tried, middle
        else:
            high = middle
    return best


def _unpaid(evaluator: Evaluator, bundles: Bundles, order: Sequence[str], decisions: Decisions) -> frozenset[str]:
    """Measures that did not start, and of which a unit could if money were no matter."""
    limits = _Limits(evaluator, (*ONLY_AT_THE_END, *MONEY))
    started = {a for a, _ in decisions}
    return frozenset(
        a
        for a in order
        if a not in started
        and any(
            (found := bundles.of(a, u, bundles.unit(a), decisions)) is not None and limits.allow(found)
            for u in bundles.starts(a)
        )
    )


class _Limits:
    """The limits that every step keeps: all of the case's but some rows, and rules that only a whole plan can be asked for.

    Those are rules of the kind "at least" or about shares.
    """

    def __init__(self, evaluator: Evaluator, but: Sequence[str]) -> None:
        self._evaluator = evaluator
        program = evaluator.search_program
        self._program = program.freed(_freed(evaluator.case, program, but))
        self._nothing = Objective(np.zeros(len(self._program.lower)), 0.0)

    def allow(self, decisions: Decisions) -> bool:
        """Whether decisions keep the limits, and the lines can pay every cost of every period."""
        solver = Solver(self._evaluator.with_fixed(self._program, decisions))
        return solver.minimise(self._nothing, Limits(threads=1)).values is not None


def _freed(case: Case, program: LinearProgram, but: Sequence[str]) -> list[Name]:
    """Rows that are not asked of a step."""
    steady = {rule.id for rule in case.rules if rule.sense == "at_most" and rule.share_of is None}
    return [(row, index) for row, index in program.rows if row in but or (row == "rule_holds" and index not in steady)]
