"""A plan without a search: measures in the order of what each closes for its money, started as long as they fit.

Every candidate is scored alone against the world without the plan: one unit, in its earliest period, together with what it
requires and with its other half. What measures do to one another is not seen, and every later unit counts as the first. What
stands on the list is then started from the top down, unit by unit, as early as the lines may pay. So no search begins with
empty hands, and a ranking has a plan to be compared with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from math import floor, inf, nan

import numpy as np

from models.measures import WHOLE
from planner.case import Case
from planner.compiling.can_start import barriers_before, offered, public_share
from planner.planning.decisions import Decisions, decided_late
from planner.planning.settling import Settler
from planner.planning.variants import companions
from planner.solver.highs import Limits, Solver
from planner.solver.linear import Objective, Vector
from planner.work.stopping import FOREVER, Cancelled, Stopped, Until

NOTHING = 1e-9  # of a goal or of money: less is rounding
DIGITS = 12  # of what a measure closes: two that close the same stand in the order of the case, whatever was tried before
TRIALS = 60  # decisions tried at most: a search has a better plan of its own as soon as its root relaxation is solved
ROWS = 40_000.0  # of a program that may have so many; of larger ones, of which each takes long, fewer
SHARE_FOR_SCORES = 0.5  # of them, and of the list's time: a sheet that nothing was started from is no plan
SHARE_FOR_LIST = 0.5  # of the time there is; the search has the other half
ENOUGH = 1 + 1e-9  # units may be passed by rounding
# what the whole plan is asked to reach, and no single step can keep
ONLY_AT_THE_END = ("target_is_met", "minimum_is_spent", "nobody_is_worse_off_than_alone")
MONEY = ("within_line", "within_largest_share")


@dataclass(frozen=True)
class Score:
    """A measure (of several that start together the first) on the sheet.

    Attributes
    ----------
    start
        The earliest period in which it can start; empty if it cannot, even with what it requires.
    with_it
        Other measures that were scored with it.
    closes
        By how much the first goal is better.
    cost
        Public money over the horizon, of all that was scored.
    """

    measure: str
    start: str
    with_it: tuple[str, ...]
    closes: float
    cost: float

    @property
    def per_money(self) -> float:
        """What it closes for one unit of money; without end where it costs nothing, nothing where it cannot start."""
        if not self.start:
            return 0.0
        return self.closes / self.cost if self.cost > NOTHING else inf

    @property
    def listed(self) -> bool:
        """Whether it has a place on the list: it can start, and does no harm by itself."""
        return bool(self.start) and self.closes >= -NOTHING


def scores(
    bundles: Bundles,
    base: Decisions,
    value_of: Callable[[Decisions], float | None],
    asked: Callable[[int, int], bool],
    in_order: Callable[[], Sequence[str]] | None = None,
) -> tuple[Score, ...]:
    """All candidates, best first: those that cost nothing, then by what they close for the money, then as in the case.

    Those that close nothing by themselves come last, and those that do harm, or cannot start, after them.

    Parameters
    ----------
    base
        What is decided before.
    value_of
        What decisions come to in the first goal; None where they cannot be. Where it raises `Stopped`, the rest is left out.
    asked
        Told how many of how many are scored; whether to stop there, without the rest.
    in_order
        Asked, once the base is tried, in which order the candidates have their turn; else it is that of the case.
    """
    without = value_of(base)
    heads, found = bundles.heads if in_order is None or without is None else in_order(), []
    for number, a in enumerate(heads):
        if without is None or asked(number, len(heads)):
            break
        try:
            found.append(_score(bundles, a, base, without, value_of))
        except Stopped:
            break
    place = {a: number for number, a in enumerate(bundles.heads)}
    return tuple(sorted(found, key=lambda s: (not s.listed, -s.per_money, -s.closes, place[s.measure])))


def most_promising(trials: Trials, bundles: Bundles, base: Decisions, stop: Cancelled) -> tuple[str, ...]:
    """All candidates, first those that can close most for their money: by prices, with the base just tried.

    Of a case with many candidates only some can be scored, and this is known of all. Stopped, it is the order of the case.
    """
    can_close, most = trials.most_closed(), dict[str, float]()
    for a in bundles.heads:
        if stop():
            return bundles.heads
        tried = (bundles.of(a, u, bundles.unit(a), base) for u in bundles.starts(a))
        decisions = next((found for found in tried if found is not None), base)
        closes, cost = can_close(decisions), public_cost(bundles.case, decisions, base)
        most[a] = 0.0 if closes <= NOTHING else closes / cost if cost > NOTHING else inf
    return tuple(sorted(most, key=lambda a: -most[a]))


def _score(
    bundles: Bundles, a: str, base: Decisions, without: float, value_of: Callable[[Decisions], float | None]
) -> Score:
    for u in bundles.starts(a):
        decisions = bundles.of(a, u, bundles.unit(a), base)
        value = None if decisions is None else value_of(decisions)
        if decisions is not None and value is not None:
            closes = round(without - value, DIGITS)
            others = tuple(b for b in dict.fromkeys(b for b, _ in decisions) if b != a and _units(decisions, b, base))
            return Score(a, u, others, closes if abs(closes) > NOTHING else 0.0, public_cost(bundles.case, decisions, base))
    return Score(a, "", (), 0.0, nan)


def _units(decisions: Mapping[tuple[str, str], float], a: str, base: Mapping[tuple[str, str], float]) -> float:
    """Units of a measure beyond those of other decisions."""
    return sum(units - base.get((b, u), 0.0) for (b, u), units in decisions.items() if b == a)


def public_cost(case: Case, decisions: Mapping[tuple[str, str], float], base: Mapping[tuple[str, str], float]) -> float:
    """Money over the horizon for decisions beyond others, beside what investors pay by themselves."""
    total = 0.0
    for (a, u), units in decisions.items():
        measure = case.measures[a]
        start = measure.start_in(u)
        one = public_share(measure) * sum(start.capital.values()) + sum(start.running.values())
        total += (units - base.get((a, u), 0.0)) * one
    return total


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


def first_plan(settler: Settler, searching: Until = FOREVER, settling: Until = FOREVER) -> Vector | None:
    """A solution of the search program that starts something; None if a list finds none.

    Measures are scored one by one by what they close of the first goal for their money, started from the top down as long as
    they fit, and those that close nothing after all are left out again. The search may begin with the outcome, as it keeps
    every promise; nothing is proven of it. A list that is stopped has what it had started by then.

    Parameters
    ----------
    settler
        Of the case, with all that is fixed.
    searching
        Until when there is time to look for plans, of which the list has half; asked all the time, also within a trial.
    settling
        Until when what the list has started may be solved for its flows and money; nobody's wish to stop takes that away.
    """
    listing = searching.share(SHARE_FOR_LIST)
    scoring = listing.share(SHARE_FOR_SCORES)
    most = _most_trials(settler)

    def stop() -> bool:
        return listing.why is not None

    trials = Trials(settler, stop=stop)
    bundles = Bundles(settler.case, settler.built.fixed)
    base = settler.built.as_fixed(decided_late(settler.case))

    enough, enough_scored = _enough(trials, most, listing), _enough(trials, int(SHARE_FOR_SCORES * most), scoring)
    sheet = scores(bundles, base, trials.first_goal, enough_scored, lambda: most_promising(trials, bundles, base, stop))
    listed = [score.measure for score in sheet if score.listed]
    decisions = fund(trials, bundles, base, listed, enough).decisions
    idle = [score.measure for score in sheet if score.closes <= NOTHING < score.cost]
    decisions = _without_idle(trials, bundles, base, decisions, idle, enough)
    return None if decisions == base else _solution(settler, decisions, settling)


def plan_like(settler: Settler, relaxed: Vector, searching: Until = FOREVER, settling: Until = FOREVER) -> Vector | None:
    """A solution of the search program that starts what its relaxation starts, most of a measure first, as long as it fits.

    Parameters
    ----------
    relaxed
        Columns of the search program, with parts of whole units.
    searching, settling
        As in `first_plan`.
    """
    share: dict[str, float] = defaultdict(float)
    for (component, index), k in settler.built.search_program.columns.items():
        if component == "Start":
            share[index[0]] += relaxed[k] / settler.case.measures[index[0]].units
    bundles = Bundles(settler.case, settler.built.fixed)
    base = settler.built.as_fixed(decided_late(settler.case))
    listing = searching.share(SHARE_FOR_LIST)
    trials = Trials(settler, stop=lambda: listing.why is not None)
    order = sorted((a for a in bundles.heads if share[a] > NOTHING), key=lambda a: -share[a])
    funded = fund(trials, bundles, base, order, _enough(trials, _most_trials(settler), listing))
    return _solution(settler, funded.decisions, settling)


def _enough(trials: Trials, count: int, until: Until) -> Callable[[int, int], bool]:
    """Asked within a list: whether so many decisions were tried, or the time for them is over."""
    return lambda number, of: trials.made >= count or until.why is not None


def _most_trials(settler: Settler) -> int:
    """How many decisions are tried at most, so that the same case always has the same list."""
    return int(TRIALS * min(1.0, ROWS / max(1, len(settler.built.search_program.rows))))


def _solution(settler: Settler, decisions: Decisions, until: Until) -> Vector | None:
    """Decisions as a solution of the search program; nobody's wish to stop takes that away, only the clock."""
    try:
        return settler.solution_of(decisions, until=replace(until, cancelled=None))
    except Stopped:
        return None


def _without_idle(
    trials: Trials,
    bundles: Bundles,
    base: Decisions,
    decisions: Decisions,
    idle: Sequence[str],
    asked: Callable[[int, int], bool],
) -> Decisions:
    """Decisions less what closes nothing by itself and, beside all the others, still closes nothing."""
    value = trials.first_goal(decisions)
    for number, a in enumerate(reversed(idle)):
        gone = {*bundles.members(a)}
        left = {start: units for start, units in decisions.items() if start[0] not in gone or start in base}
        if value is None or asked(number, len(idle)):
            break
        if left != decisions:
            without = trials.first_goal(left)
            if without is not None and without <= value + NOTHING:
                decisions, value = left, without
    return decisions


class Bundles:
    """What has to start along with the measures of a case.

    Parameters
    ----------
    fixed
        Starts that are no choice any more.
    """

    def __init__(self, case: Case, fixed: Collection[tuple[str, str]] = ()) -> None:
        self.case, self._fixed = case, fixed
        self._able = offered(case).measures
        self._companions = {a: companions(case, a) for a in self._able}

    @property
    def heads(self) -> tuple[str, ...]:
        """The candidates that can start; of those that start together the first."""
        candidates = (a for a, measure in self._able.items() if measure.status == "candidate")
        return tuple(a for a in candidates if self._companions[a][0] == a)

    def starts(self, a: str) -> tuple[str, ...]:
        """The periods in which a measure may start."""
        return tuple(start.period for start in self._able[a].starts)

    def members(self, a: str) -> tuple[str, ...]:
        """A measure and those that start together with it."""
        return self._companions[a]

    def room(self, a: str, u: str, known: Mapping[tuple[str, str], float]) -> float:
        """How many units of a measure may still start in a period, beside known decisions."""
        measure = self._able[a]
        started = sum(units for (b, _), units in known.items() if b == a)
        return min(measure.units - started, measure.max_starts - known.get((a, u), 0.0))

    def unit(self, a: str) -> float:
        """One unit, or all there is of a measure that has less."""
        return min(1.0, self._able[a].units)

    def of(self, a: str, u: str, units: float, known: Mapping[tuple[str, str], float]) -> Decisions | None:
        """Units of a measure in a period, with its other halves, and with what they require where that does not serve yet.

        Parameters
        ----------
        known
            Decisions that stand already.

        Returns
        -------
        The decisions together with the known ones; None if the measure cannot start so.
        """
        found: Decisions = dict(known)
        for b in self._companions[a]:
            if b not in self._able or (b, u) in self._fixed or units > self.room(b, u, found) * ENOUGH:
                return None
            found[b, u] = found.get((b, u), 0.0) + units
        required = dict.fromkeys(c for b in self._companions[a] for c in self._required(b))
        for c in required:
            if not self._serves(c, u, found):
                with_it = self._in_time(c, u, found)
                if with_it is None:
                    return None
                found = with_it
        return found

    def _required(self, a: str) -> tuple[str, ...]:
        measure = self._able[a]
        return (*measure.requires, *barriers_before(self.case, measure))

    def _serves(self, a: str, t: str, known: Mapping[tuple[str, str], float]) -> bool:
        """Whether at least one whole unit serves in a period."""
        units = sum(known.get((a, start.period), 0.0) for start in self._able[a].starts if t in start.serves)
        return units >= 1 - WHOLE

    def _in_time(self, a: str, t: str, known: Mapping[tuple[str, str], float]) -> Decisions | None:
        """One unit of a required measure, as early as it can start and serving in a period."""
        for start in self._able[a].starts:
            if t in start.serves:
                found = self.of(a, start.period, self.unit(a), known)
                if found is not None:
                    return found
        return None


class Trials:
    """The limits that every step of a list keeps: all of the case's but some rows.

    Not kept are `ONLY_AT_THE_END`, and rules that only a whole plan can be asked for: those of the kind "at least" or about
    shares.

    Parameters
    ----------
    but
        Further rows that are not kept.
    stop
        Asked all the time; once it says True, what is tried counts as impossible.

    Attributes
    ----------
    made
        How many decisions were tried.
    """

    def __init__(self, settler: Settler, but: Collection[str] = (), stop: Cancelled | None = None) -> None:
        self._settler, self._stop = settler, stop
        program = settler.built.search_program
        steady = {rule.id for rule in settler.case.rules if rule.sense == "at_most" and rule.share_of is None}
        left_out = (*ONLY_AT_THE_END, *but)
        freed = [name for name in program.rows if name[0] in left_out or (name[0] == "rule_holds" and name[1] not in steady)]
        self._solver = Solver(program.freed(freed).relaxed())
        self._first = program.objectives["goal", 0]
        self._nothing = Objective(np.zeros(len(program.lower)), 0.0)
        whole = {name: k for name, k in program.columns.items() if program.integer[k] or name[0] == "Start"}
        self._follow = settler.built.following(whole)  # what takes a share finds it by itself, sooner than it is worked out
        self._held = np.full(len(self._follow.columns), nan)
        self.made = 0

    def allow(self, decisions: Decisions) -> bool:
        """Whether decisions keep the limits, and the lines can pay every cost of every period."""
        return self._minimum(self._nothing, decisions) is not None

    def first_goal(self, decisions: Decisions) -> float | None:
        """What decisions within the limits come to in the first goal; None if they do not keep them."""
        return self._minimum(self._first, decisions)

    def most_closed(self) -> Callable[[Decisions], float]:
        """By how much decisions better the first goal at most, against those whose first goal was asked for last.

        With parts of measures allowed the first goal is convex in what is held, so that nothing is worth more than at first:
        what is held other than before, times its price.
        """
        _, prices = self._solver.prices(self._first)
        priced = np.flatnonzero(prices[self._follow.columns])
        follow, held = self._follow.only(priced), self._held[priced]
        price = prices[follow.columns]
        return lambda decisions: float(price @ (held - follow.values(decisions)))

    def _minimum(self, objective: Objective, decisions: Decisions) -> float | None:
        self.made += 1
        wanted = self._follow.values(decisions)
        other = np.flatnonzero(wanted != self._held)
        self._solver.hold(dict(zip(self._follow.columns[other].tolist(), wanted[other].tolist(), strict=True)))
        self._held = wanted
        answer = self._solver.minimise(objective, Limits(threads=1), cancelled=self._stop)
        if answer.outcome == "failed":  # from the basis of another trial HiGHS now and then ends with nothing
            self._solver.forget()
            answer = self._solver.minimise(objective, Limits(threads=1), cancelled=self._stop)
        return None if answer.values is None else answer.value
