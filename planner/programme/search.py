"""The best division of shared money: members are solved at prices, and their plans are put together within the money.

At the prices of the money each member is one ordinary search for what its goal and its draws come to. What is proven of all
of them, less what the money costs, is a bound on every programme (Lagrange; Geoffrion 1974). Every better plan that a search
meets is kept as an offer (Dantzig and Wolfe 1960); new prices are those at which the offers promise most, and a programme is
one offer of each member within the money. Members are proven loosely at first, then ever more tightly.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain, repeat
from math import inf, isfinite, nan
from pathlib import Path
from time import perf_counter, process_time

from models.division import Offer
from planner.case import Case
from planner.documents import vocabulary
from planner.planning.decisions import Decisions
from planner.planning.proving_again import audited
from planner.planning.search import SolveOptions, solve
from planner.plans.plan import Plan
from planner.programme.members import Place, Terms, keep_ready, ready_in
from planner.programme.prices import DEARER, LEAST, Impossible, Market, relaxed
from planner.programme.reading import Participant, Programme, given
from planner.solver.highs import SMALL, Limits, Solver, relative_gap
from planner.solver.linear import Vector
from planner.words import numbers
from planner.words.said import _
from planner.work.stopping import FOREVER, Cancelled, Event, Listener, Until
from planner.work.workers import Task, Workers, workers

SLACK = (10.0, 10.0, 3.0, 1.0, 0.5)  # times the wanted gap: what members prove, round by round; the last one is halved on
ROUNDS = 40
ROUNDED = 1e-9  # of a goal
KEPT = 4  # of the better solutions that a search meets, from its last one back
FINISHING, BESIDE = 0.4, 0.15  # of the time: for the members' plans and other divisions, and for the latter alone
FIRST_GAP = 2e-3  # what a programme must prove, unless it is said
LATER_GAP = 1e-2  # of the members' goals after the first
SOLVING = _("its best plan at the prices of round {round} is looked for")
SOLVED = _("its best plan at the prices of round {round} is found")
PREPARING, FINDING, MAKING = _("building the members"), _("looking for the best division"), _("making the members' plans")


@dataclass(frozen=True)
class ProgrammeOptions:
    """Limits of a programme's search.

    Attributes
    ----------
    time_limit
        Seconds for all of it; None = no limit.
    gap
        Relative gap that the programme must prove.
    workers
        Processes on this machine.
    seed
        Given to HiGHS, which works with one thread in each worker.
    scheduler
        Address of a running Dask scheduler, whose workers are used instead; they must see the same files.
    """

    time_limit: float | None = None
    gap: float = FIRST_GAP
    workers: int = 1
    seed: int = 0
    scheduler: str | None = None


@dataclass(frozen=True)
class Met:
    """A solution that a search met: the goal by the member's weight, what it draws, and its columns."""

    offer: Offer
    columns: Vector


@dataclass(frozen=True)
class Answered:
    """What a member comes to at some prices: the best, what nothing can beat, the solutions met, and processor seconds.

    `impossible`: no plan of it keeps all that it has to, which is proven.
    """

    value: float
    bound: float
    met: tuple[Met, ...]
    seconds: float
    impossible: bool = False


@dataclass(frozen=True)
class Round:
    """One round of prices.

    Attributes
    ----------
    seconds, processor
        Since the search began: of the clock, and of all processors together.
    bound, best
        What no programme can beat, and the best there is (NaN while there is none).
    own
        How much of the bound the members' own gaps take.
    """

    number: int
    seconds: float
    processor: float
    bound: float
    best: float
    own: float
    offers: int


@dataclass(frozen=True)
class Proven:
    """A bound with all that it is made of: prices of the rows of the money, and what is proven of each member at them."""

    prices: Mapping[Place, float]
    bounds: Mapping[str, float]
    value: float


@dataclass
class Found:
    """What the search knows so far."""

    offers: dict[str, list[Met]]
    proven: list[Proven] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)
    taken: dict[str, Met] | None = None
    best: float = inf

    @property
    def bound(self) -> Proven | None:
        """The best bound."""
        return max(self.proven, key=lambda one: one.value, default=None)


def at_prices(
    file: Path,
    prices: Mapping[Place, float],
    weight: float,
    gap: float,
    start: Vector | None,
    seed: int,
    times: float,
    seconds: float | None,
    cancelled: Cancelled | None,
) -> Answered:
    """In a worker: the best of a member's goal and draws at some prices, proven within a gap in the programme's unit.

    Parameters
    ----------
    times
        Times the shared money of the programme.
    """
    began = process_time()
    ready = ready_in(file)
    solver, objective = Solver(ready.with_money(times)), ready.priced(prices, weight)
    if start is not None:
        solver.start_from(start)
    met: list[Vector] = []
    limits = Limits(inf if seconds is None else seconds, absolute=gap, threads=1, seed=seed)
    answer = solver.minimise(objective, limits, None, cancelled, met.append)
    found = [x for x in met[-KEPT:] if len(x) == len(objective.cost)]
    if answer.values is not None:
        found.append(answer.values)
    offers = tuple(Met(Offer(weight * ready.goal.value(x), ready.draws(x, times)), x) for x in found)
    bound = answer.bound if isfinite(answer.bound) else -inf
    return Answered(answer.value, bound, offers, process_time() - began, answer.outcome == "infeasible")


def with_amounts(
    file: Path,
    amounts: Mapping[Place, float],
    carries: frozenset[str],
    weight: float,
    gap: float,
    seed: int,
    seconds: float | None,
    cancelled: Cancelled | None,
) -> Answered:
    """In a worker: the best of a member's goal where it is given so much."""
    began = process_time()
    ready = ready_in(file)
    solver = Solver(ready.within(amounts, carries))
    limits = Limits(inf if seconds is None else seconds, gap, threads=1, seed=seed)
    answer = solver.minimise(ready.goal, limits, None, cancelled)
    met = () if answer.values is None else (Met(Offer(weight * answer.value, ready.draws(answer.values)), answer.values),)
    bound = weight * answer.bound if isfinite(answer.bound) else -inf
    return Answered(weight * answer.value, bound, met, process_time() - began, answer.outcome == "infeasible")


def least_drawn(
    file: Path,
    met: Met,
    carries: frozenset[str],
    weight: float,
    times: float,
    seconds: float | None,
    cancelled: Cancelled | None,
) -> Met:
    """In a worker: an offer with the same decisions that draws no more than they need."""
    ready = ready_in(file)
    columns = ready.least_drawn(met.columns, met.offer.draws, times, carries, Until.within(seconds, cancelled))
    worth = weight * ready.goal.value(columns)
    return Met(Offer(worth, ready.draws(columns, times)), columns) if worth <= met.offer.worth + ROUNDED * weight else met


def plan_within(
    file: Path,
    case: Case,
    columns: Vector,
    bound: float,
    options: SolveOptions,
    goals: int | None,
    seconds: float | None,
    cancelled: Cancelled | None,
) -> Plan:
    """In a worker: the audited plan of a member with what the division gives it, begun with the decisions of its offer.

    Parameters
    ----------
    bound
        What no plan within what it is given can beat in its first goal.
    goals
        How many of its goals are searched for; with 1 the offer is near enough to the bound, and nothing is searched.
    """
    starts: Decisions = ready_in(file).settler.starts_in(columns)
    limit = None if seconds is None else round(seconds, 1)
    plan = solve(
        case, options=replace(options, time_limit=limit), cancelled=cancelled, start=starts, bound=bound, goals=goals
    )
    return audited(plan)[0]


@dataclass(frozen=True)
class Searching:
    """A programme under way."""

    programme: Programme
    options: ProgrammeOptions
    crew: Workers
    folder: Path
    until: Until
    began: float
    on_event: Listener | None
    given: dict[str, float] = field(default_factory=dict)  # member -> money in the best division so far, once there is one

    def tell(
        self,
        kind: str,
        message: str = "",
        best: float | None = None,
        bound: float | None = None,
        without: float | None = None,
        part: str = "",
    ) -> None:
        """Say how far it is."""
        if self.on_event is not None:
            gap = None if best is None or bound is None else relative_gap(best, bound)
            seconds = perf_counter() - self.began
            self.on_event(Event(kind, "", seconds, best, bound, gap, message, without, part))  # type: ignore[arg-type]

    def tell_of(self, member: str, state: str) -> None:
        """Say what a member is at, and what it is given in the best division so far."""
        if member in self.given:
            state = _("{state}; given {money} {unit} in the best division so far").format(
                state=state,
                money=numbers.number(self.given[member], 1),
                unit=vocabulary.unit(self.programme.keys.money.unit),
            )
        self.tell("part", state, part=member)

    def keeping(self, part: float) -> Until:
        """Until when work may go on that leaves a part of the time limit to what comes after it."""
        return self.until.less(part * (self.options.time_limit or 0.0))

    def file(self, member: str) -> Path:
        """Where a built member is kept."""
        return self.folder / f"{member}.pickle"

    def run(
        self, tasks: Sequence[Task], until: Until | None = None, doing: tuple[str, str] | None = None
    ) -> tuple[object | None, ...]:
        """Do tasks side by side: their values, None of those that were not done.

        Parameters
        ----------
        doing
            What is told of the members that the tasks are named after: while one is at work, and after.
        """

        def watch(member: str, ended: bool) -> None:
            if doing is not None:
                self.tell_of(member, doing[ended])

        done = self.crew.run(tasks, until=until or self.until, on_event=None, watch=watch)
        return tuple(one.value for one in done)

    def build(self, most: float = 1.0) -> dict[str, int]:
        """Build all members; how many rows each has.

        Parameters
        ----------
        most
            The most times the shared money that will be asked about.
        """
        self.tell("stage", PREPARING)
        tasks = [
            Task(
                one.id,
                keep_ready,
                (one.case, terms(self.programme, one.id, most), self.file(one.id)),
                weight=float(len(one.case.cities)),
            )
            for one in sorted(self.programme.participants, key=lambda one: -len(one.case.cities))
        ]
        doing = _("its case is being built"), _("its case is built")
        done = dict(zip((task.name for task in tasks), self.run(tasks, doing=doing), strict=True))
        if any(rows is None for rows in done.values()):
            self.until.at(PREPARING).end()
        return {e: int(str(rows)) for e, rows in done.items()}


def terms(programme: Programme, member: str, most: float = 1.0) -> Terms:
    """On what terms a member takes part."""
    there = {place: programme.there(*place) for place in programme.amount}
    return Terms(there, {l: programme.least_and_most(member, l) for l in programme.lines}, programme.carries, most)


def _slack() -> Iterator[float]:
    """How many times looser than wanted members are proven, round by round."""
    return chain(SLACK, (SLACK[-1] / 2**n for n in range(1, ROUNDS)), repeat(SLACK[-1] / 2**ROUNDS))


def search(
    at: Searching, sizes: Mapping[str, int], times: float = 1.0, known: Found | None = None, until: Until | None = None
) -> Found:
    """The best programme within the time, by rounds of prices.

    Parameters
    ----------
    times
        Times the shared money of the programme.
    known
        What was found with the programme's own money: its offers are used where they can be had with this, and what is
        proven with it also where there is less and nobody has to be given a share.
    until
        Until when prices are tried; by default as long as leaves time for the members' plans.
    """
    programme, options = at.programme, at.options
    market = Market.of(programme, {place: times * money for place, money in programme.amount.items()})
    weights = {one.id: one.weight for one in programme.participants}
    at.tell("stage", FINDING if times == 1 else _("looking for the best division of {times} times the money").format(
        times=f"{times:g}"
    ))  # fmt: skip
    spent = process_time()
    members = {e: ready_in(at.file(e)) for e in weights}
    without = sum(weights[e] * ready.without for e, ready in members.items())
    values, prices = relaxed(market, members, weights, times)
    floor = LEAST * sum(values.values()) / max(SMALL, sum(market.amount.values()))
    prices = {place: max(floor, DEARER * price) for place, price in prices.items()}
    found, centre, top = Found({e: [] for e in weights}), prices, -inf
    if known is not None:
        for e, ready in members.items():
            found.offers[e] = [met for met in known.offers[e] if ready.can_draw(met.offer.draws, times)]
        idle = not any(programme.least_and_most(e, l)[0] > 0 for e in weights for l in programme.lines)
        if times <= 1 and idle:  # less money allows no more, unless a share that has to be given grows smaller with it
            found.proven = [replace(one, value=sum(one.bounds.values()) - market.worth(one.prices)) for one in known.proven]
        _put_together(market, found, at.until)
    processor = process_time() - spent
    finding = at.keeping(FINISHING) if until is None else until
    for number, slack in zip(range(ROUNDS), _slack(), strict=False):
        if finding.why is not None:
            break
        of_a_draw = market.of_a_draw(prices)
        order = sorted(weights, key=lambda e: -sizes[e])
        tasks = [
            Task(
                e,
                at_prices,
                (at.file(e), of_a_draw, weights[e], slack * options.gap * max(values[e], SMALL * weights[e]),
                 _start(found.offers[e], of_a_draw), options.seed, times),
                weight=float(sizes[e]),
            )
            for e in order
        ]  # fmt: skip
        doing = tuple(said.format(round=number + 1) for said in (SOLVING, SOLVED))
        answers = zip(order, at.run(tasks, finding, (doing[0], doing[1])), strict=True)
        done: dict[str, Answered] = {e: one for e, one in answers if one is not None}  # type: ignore[misc]
        spent = process_time()
        if never := next((e for e, one in done.items() if one.impossible), None):
            said = _("member {member} cannot keep all that it has to, with all the money")
            raise Impossible(said.format(member=never), never)
        for e, one in done.items():
            found.offers[e] = _together(found.offers[e], one.met)
        if len(done) == len(order) and all(isfinite(one.bound) for one in done.values()):
            worth = market.worth(prices)
            bounds = {e: done[e].bound for e in weights}
            found.proven.append(Proven(prices, bounds, sum(bounds.values()) - worth))
            reached = sum(one.value for one in done.values()) - worth
            if reached > top:
                top, centre = reached, prices
        _put_together(market, found, finding)
        own = sum(one.value - one.bound for one in done.values())
        processor += sum(one.seconds for one in done.values()) + process_time() - spent
        bound = found.bound.value if found.bound is not None else -inf
        found.rounds.append(
            Round(number + 1, perf_counter() - at.began, processor, bound, found.best if found.taken else nan, own,
                  sum(map(len, found.offers.values())))
        )  # fmt: skip
        if times == 1 and found.taken is not None:
            at.given.update({e: sum(met.offer.draws.values()) for e, met in found.taken.items()})
            for e in weights:
                at.tell_of(e, doing[1])
        at.tell("progress", "", found.best if found.taken else None, bound, without if times == 1 else None)
        if found.taken is not None and relative_gap(found.best, bound) <= options.gap:
            break
        if all(found.offers.values()):
            prices = market.prices({e: [met.offer for met in own] for e, own in found.offers.items()}, centre)
    if found.taken is not None:
        found.taken = needed(at, found.taken, times)
    return found


def _start(met: Sequence[Met], prices: Mapping[Place, float]) -> Vector | None:
    """The solution known that is best at some prices."""
    return min(met, key=lambda one: _cost(one.offer, prices)).columns if met else None


def _cost(offer: Offer, prices: Mapping[Place, float]) -> float:
    return offer.worth + sum(prices[place] * money for place, money in offer.draws.items())


def _together(known: Sequence[Met], new: Sequence[Met]) -> list[Met]:
    """Offers that differ."""
    found = {_rounded(met.offer): met for met in (*known, *new)}
    return list(found.values())


def _rounded(offer: Offer) -> tuple[float, ...]:
    return (round(offer.worth, 12), *(round(money, 6) for money in offer.draws.values()))


def _put_together(market: Market, found: Found, until: Until) -> None:
    """The best programme that the offers make."""
    if not all(found.offers.values()):
        return
    offers = {e: [met.offer for met in own] for e, own in found.offers.items()}
    taken = market.division(offers, seconds=max(1.0, min(20.0, until.left)))
    if taken is None:
        return
    worth = sum(offers[e][o].worth for e, o in taken.items())
    if worth < found.best:
        found.best, found.taken = worth, {e: found.offers[e][o] for e, o in taken.items()}


def member_bound(found: Found, member: str, amounts: Mapping[Place, float], market: Market, weight: float) -> float:
    """What no plan of a member within what it is given can beat in its first goal: by the prices at which that is most.

    What is proven at some prices is of its goal and of what it draws, and it can draw no more than it is given.
    """
    best = -inf
    for proven in found.proven:
        paid = sum(price * amounts[place] for place, price in market.of_a_draw(proven.prices).items())
        best = max(best, (proven.bounds[member] - paid) / weight)
    return best


def needed(at: Searching, taken: Mapping[str, Met], times: float = 1.0) -> dict[str, Met]:
    """The offers that are taken, none of which draws more than it needs; as it was found where there was no time for it."""
    weights = {one.id: one.weight for one in at.programme.participants}
    tasks = [Task(e, least_drawn, (at.file(e), met, at.programme.carries, weights[e], times)) for e, met in taken.items()]
    done = zip(taken.items(), at.run(tasks), strict=True)
    return {e: one if isinstance(one, Met) else met for (e, met), one in done}


def given_to_each(taken: Mapping[str, Met]) -> dict[str, dict[Place, float]]:
    """What each member is given: what its offer draws."""
    return {e: dict(met.offer.draws) for e, met in taken.items()}


def members_plans(
    at: Searching, found: Found, amounts: Mapping[str, Mapping[Place, float]], sizes: Mapping[str, int]
) -> dict[str, Plan]:
    """The plan of every member with what it is given, audited: later goals are searched for within its share."""
    assert found.taken is not None
    at.tell("stage", MAKING)
    programme, taken = at.programme, found.taken
    market = Market.of(programme, programme.amount)
    order = sorted(programme.participants, key=lambda one: -sizes[one.id])

    def task(one: Participant, goals: int | None) -> Task:
        met, own = taken[one.id], amounts[one.id]
        bound = member_bound(found, one.id, own, market, one.weight)
        apart = relative_gap(met.offer.worth / one.weight, bound)
        gap = 1.0 if not apart < 0.5 else max(1e-6, 1.02 * apart / (1.0 - apart) + 1e-6)
        options = SolveOptions(gap=gap, later_gap=LATER_GAP, threads=1, seed=at.options.seed)
        case = given(one.case, own, programme.carries)
        about = (at.file(one.id), case, met.columns, bound, options, goals)
        return Task(one.id, plan_within, about, weight=float(sizes[one.id]))

    doing = _("its plan is being made"), _("its plan is made")
    done = at.run([task(one, None) for one in order], at.keeping(BESIDE), doing)
    plans = {one.id: plan for one, plan in zip(order, done, strict=True) if isinstance(plan, Plan) and plan.has_decisions}
    late = [one for one in order if one.id not in plans]
    # what was found is not lost, whatever the clock or a first wish to stop says; a second Ctrl-C ends it all
    done = at.run([task(one, 1) for one in late], FOREVER, doing)
    return plans | {one.id: plan for one, plan in zip(late, done, strict=True) if isinstance(plan, Plan)}


def divided(at: Searching, amounts: Mapping[str, Mapping[Place, float]], sizes: Mapping[str, int]) -> dict[str, Answered]:
    """What every member comes to with what a division gives it, within the gap that is asked for."""
    carries, seed = at.programme.carries, at.options.seed
    order = sorted(amounts, key=lambda e: -sizes[e])
    weights = {one.id: one.weight for one in at.programme.participants}
    tasks = [
        Task(e, with_amounts, (at.file(e), amounts[e], carries, weights[e], at.options.gap, seed), weight=float(sizes[e]))
        for e in order
    ]
    return {e: one for e, one in zip(order, at.run(tasks), strict=True) if isinstance(one, Answered)}


@contextmanager
def begun(
    programme: Programme, options: ProgrammeOptions, on_event: Listener | None, cancelled: Cancelled | None
) -> Iterator[Searching]:
    """A search with its workers and a folder for what they share, as long as it lasts."""
    until = Until.within(options.time_limit, cancelled)
    began = perf_counter()
    with tempfile.TemporaryDirectory() as folder, workers(options.workers, options.scheduler) as crew:
        yield Searching(programme, options, crew, Path(folder), until, began, on_event)
