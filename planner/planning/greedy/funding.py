"""Funding a list: what stands on it is started from the top down, unit by unit, as early as the lines may pay."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import floor

from models.measures import WHOLE
from planner.planning.decisions import Decisions
from planner.planning.greedy.bundles import Bundles
from planner.planning.greedy.trials import MONEY, Trials
from planner.planning.settling import Settler
from planner.work.events import Cancelled


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
    """

    decisions: Decisions
    possible: bool
    finished: bool


def fund(
    limits: Trials, bundles: Bundles, base: Decisions, order: Sequence[str], asked: Callable[[int, int], bool]
) -> Funded:
    """Start what stands on a list until nothing more fits.

    A unit starts in the earliest period in which it keeps the hard limits and every cost, also of later periods, can be
    paid. The list is gone through again as long as that starts anything: tax or a transfer may have brought money.

    Parameters
    ----------
    base
        What is decided before.
    order
        Measures, of those that start together the first; first things first.
    asked
        Told how many of how many were looked at; whether to stop there.
    """
    decisions = base
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
            return Funded(decisions, possible=True, finished=True)


def _as_many_as_fit(limits: Trials, bundles: Bundles, a: str, u: str, known: Decisions) -> Decisions:
    """The decisions with as many more units of a measure in a period as the limits allow, found by halving."""
    room = min(bundles.room(b, u, known) for b in bundles.members(a))
    whole = floor(room + WHOLE)
    divisible_rest = room - whole > WHOLE  # what is left of a divisible measure is a step more
    best, low, high = known, 0, whole + 1 + divisible_rest  # step `low` fits, step `high` does not
    while high - low > 1:
        middle = 1 if low == 0 else (low + high) // 2  # most of what does not fit does not even with one unit
        tried = bundles.of(a, u, room if middle > whole else float(middle), known)
        if tried is not None and limits.allow(tried):
            best, low = tried, middle
        else:
            high = middle
    return best


def unpaid(
    settler: Settler, bundles: Bundles, order: Sequence[str], decisions: Decisions, stop: Cancelled
) -> frozenset[str] | None:
    """Measures that did not start, and of which a unit could if money were no matter; None if that is stopped.

    Against all others that did not start a limit of the case stands.
    """
    limits = Trials(settler, MONEY, stop)
    started = {a for a, _ in decisions}
    found = frozenset(
        a
        for a in order
        if a not in started
        and not stop()
        and any(
            (tried := bundles.of(a, u, bundles.unit(a), decisions)) is not None and limits.allow(tried)
            for u in bundles.starts(a)
        )
    )
    return None if stop() else found  # what is tried while it is stopped counts as impossible, and need not be
