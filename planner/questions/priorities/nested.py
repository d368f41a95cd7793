"""An order funded with little money first, and then more: each plan holds all of the one before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor

from models.measures import WHOLE
from planner.case import Case
from planner.planning.decisions import Decisions, decided_late
from planner.planning.greedy import Bundles, Trials, scores
from planner.planning.settling import Settler
from planner.planning.variants import with_scaled_money
from planner.work.stopping import Cancelled, Stopped, Until


@dataclass(frozen=True)
class Item:
    """A place in the order: a measure (of several that start together the first), when it usually starts, and how much."""

    measure: str
    start: str
    units: float


@dataclass(frozen=True)
class Nested:
    """What is funded with a share of the money.

    Attributes
    ----------
    value
        The first goal.
    measures
        How many of the order are funded, at least in part.
    starts
        (measure, start period) -> units, of the order and what it requires.
    """

    value: float
    measures: int
    starts: Mapping[tuple[str, str], float]


def scored(case: Case, *, seconds: float | None, cancelled: Cancelled | None) -> dict[str, float]:
    """In a worker: measure -> what it closes alone for its money, as far as the time goes; see `planner.planning.greedy`."""
    until = Until.within(seconds, cancelled)
    try:
        settler, base = Settler.of(case, until=until), decided_late(case)
    except Stopped:
        return {}
    trials = Trials(settler, stop=lambda: until.why is not None)
    sheet = scores(Bundles(case), base, trials.first_goal, lambda number, of: until.why is not None)
    return {} if until.why is not None else {score.measure: score.per_money for score in sheet if score.listed}


def nested(
    case: Case,
    order: Sequence[Item],
    shares: Sequence[float],
    *,
    seconds: float | None,
    cancelled: Cancelled | None,
) -> dict[float, Nested]:
    """In a worker: the order funded with each share of the money, from the least on, as far as the time goes.

    What a share of the money funds stays. Of each measure as many units start as usually do, in the period in which it
    usually starts, else in the earliest in which the lines can pay; what does not fit is passed over, and what it requires
    starts along. Targets, minima and rules that only a whole plan can keep are not looked at.
    """
    until = Until.within(seconds, cancelled)
    found: dict[float, Nested] = {}
    bundles, decisions = Bundles(case), decided_late(case)
    base = dict(decisions)
    for share in sorted(shares):
        try:
            settler = Settler.of(with_scaled_money(case, share), until=until)
        except Stopped:
            break
        trials = Trials(settler, stop=lambda: until.why is not None)
        if not trials.allow(decisions):
            continue  # what was decided before cannot be paid for
        for item in order:
            decisions = _funded(trials, bundles, item, decisions)
        value = trials.first_goal(decisions)
        if value is None or until.why is not None:
            break
        started = {a for a, _ in decisions}
        free = {start: units for start, units in decisions.items() if units > base.get(start, 0.0)}
        found[share] = Nested(value, sum(item.measure in started for item in order), free)
    return found


def _funded(trials: Trials, bundles: Bundles, item: Item, known: Decisions) -> Decisions:
    """The decisions with what is still missing of an item, as far as it fits."""
    periods = (item.start, *(u for u in bundles.starts(item.measure) if u != item.start))
    found = known
    for u in periods:
        left = item.units - sum(units for (a, _), units in found.items() if a == item.measure)
        if left <= WHOLE:
            break
        if u in bundles.starts(item.measure):
            found = _up_to(trials, bundles, item.measure, u, left, found)
    return found


def _up_to(trials: Trials, bundles: Bundles, a: str, u: str, wanted: float, known: Decisions) -> Decisions:
    """As many units of a measure in a period as are wanted and fit, found by halving; all of them first."""
    room = min(wanted, *(bundles.room(b, u, known) for b in bundles.members(a)))
    if room <= WHOLE:
        return known
    steps = [*(float(n) for n in range(1, floor(room + WHOLE) + 1))]
    if not steps or room - steps[-1] > WHOLE:
        steps.append(room)  # what is left of a divisible measure
    best, low, high = known, -1, len(steps)
    while high - low > 1:
        middle = high - 1 if (low, high) == (-1, len(steps)) else (low + high) // 2
        tried = bundles.of(a, u, steps[middle], known)
        if tried is not None and trials.allow(tried):
            best, low = tried, middle
        else:
            high = middle
    return best
