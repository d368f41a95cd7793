"""A case as a draw has it, and what decisions come to in it: what is served is worked out anew, who pays is as planned.

Works that come late open, and are paid for, that many years later, and whatever requires them waits. Each cost is shared
among lines and investors as the plan shares it, transfers and debts are the plan's: nobody knows better in time. So what is
spent too much falls on the line that would have paid.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from planner.case import TODAY, Case, City, FrozenDict, Measure, Park, StartOption
from planner.case.serving import late_option
from planner.compiling.can_start import barriers_before
from planner.planning.held import Held
from planner.planning.variants import companions
from planner.plans.plan import Plan
from planner.plans.tables import AFTER
from planner.plans.totals import columns, gaps_of
from planner.questions.asking import decisions_of
from planner.questions.risk.draws import World
from planner.work.stopping import FOREVER, Until

Start = tuple[str, str]  # (measure, period of its start)
Place = tuple[str, str]  # (measure, period)
LinePeriod = tuple[str, str]
Payment = tuple[str, str, str]  # (kind of cost, line, period)
Costs = Mapping[str, Mapping[str, Any]]  # kind of cost -> period -> money
Years = npt.NDArray[np.int64]  # draw by draw
ASKED = ("indicators", "taxes", "money")  # tables of a plan of which draws tell


@dataclass(frozen=True)
class Drawn:
    """What decisions come to in a draw.

    Attributes
    ----------
    number
        Of the draw.
    goals
        Values of the goals that do not count money, in order; NaN for the others.
    without, closed
        Mean gap without the plan, weighted as in the first goal about gaps; and the share of it that the plan closes.
    gaps
        (indicator, city, period) -> gap with the plan.
    spent
        (line, period) -> what it pays for measures and for use at a price.
    income, paid
        (line, period) -> what comes in of its own, without what was carried; and what it pays, sends and repays.
    late
        Measure -> years late, of those started that are.
    scores
        Factor -> normal score of its class.
    """

    number: int
    goals: tuple[float, ...]
    without: float
    closed: float
    gaps: Mapping[tuple[str, str, str], float]
    spent: Mapping[LinePeriod, float]
    income: Mapping[LinePeriod, float]
    paid: Mapping[LinePeriod, float]
    late: Mapping[str, int]
    scores: Mapping[str, float]


@dataclass(frozen=True)
class Planned:
    """A plan, as far as draws ask: its starts, and who pays which share of what."""

    plan: Plan

    @property
    def case(self) -> Case:
        return self.plan.case

    @cached_property
    def starts(self) -> Mapping[Start, float]:
        """(measure, start period) -> units, of all that is started."""
        return decisions_of(self.plan)

    @cached_property
    def attracted(self) -> Mapping[Place, float]:
        """(measure, period, or "" for all of them) -> share of its capital that policies bring investors to pay."""
        capital: dict[Place, float] = defaultdict(float)
        for (a, u), units in self.starts.items():
            for t, money in self.case.measures[a].start_in(u).capital.items():
                for when in (t, ""):
                    capital[a, when] += units * money
        brought: dict[Place, float] = defaultdict(float)
        for a, t, money in columns(self.plan.tables["private"], "measure", "period", "attracted"):
            for when in (t, ""):
                brought[a, when] += money
        return {place: brought.get(place, 0.0) / money for place, money in capital.items() if money > 0}

    @cached_property
    def shares(self) -> Mapping[tuple[str, str, str], Mapping[str, float]]:
        """(measure, kind of cost, period, or "" for all of them) -> line -> share that it pays."""
        found: dict[tuple[str, str, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for a, line, t, *paid in columns(self.plan.tables["spending"], "measure", "line", "period", "capital", "running"):
            for kind, money in zip(("capital", "running"), paid, strict=True):
                for place in ((a, kind, t), (a, kind, ""), (a, "", "")):
                    found[place][line] += money
        whole = {place: sum(lines.values()) for place, lines in found.items()}
        return {
            place: {line: money / whole[place] for line, money in lines.items() if money > 0}
            for place, lines in found.items()
            if whole[place] > 0
        }

    @cached_property
    def tax(self) -> Mapping[LinePeriod, float]:
        """(line, period) -> tax that reaches it."""
        return {(l, t): tax for l, t, tax in columns(self.plan.tables["money"], "line", "period", "tax")}

    @cached_property
    def settled(self) -> Mapping[LinePeriod, tuple[float, float]]:
        """(line, period) -> what is planned to come in beside tax, and to go out beside payments for measures."""
        names = ("line", "period", "amount", "received", "borrowed", "sent", "repaid")
        rows = columns(self.plan.tables["money"], *names)
        return {
            (l, t): (amount + received + borrowed, sent + repaid) for l, t, amount, received, borrowed, sent, repaid in rows
        }


def lateness(case: Case, starts: Mapping[Start, float], world: World) -> dict[Start, int]:
    """By how many years each start is late: its own works, or what it requires, whichever is later; halves together."""
    own = {a: np.array([years]) for a, years in world.late.items()}
    return {start: int(years[0]) for start, years in years_late(case, starts, own, 1).items()}


def years_late(case: Case, starts: Mapping[Start, float], own: Mapping[str, Years], draws: int) -> dict[Start, Years]:
    """The same in many draws at once: only of starts that are late in any.

    Parameters
    ----------
    own
        Measure -> years by which its own works are late, draw by draw.
    """
    first = {p.id: p.first for p in case.periods}
    found: dict[Start, Years] = {}
    none = np.zeros(draws, dtype=np.int64)
    started: dict[str, list[str]] = defaultdict(list)
    for a, u in starts:
        started[a].append(u)

    def opens(b: str, waiting: frozenset[str]) -> tuple[int, Years]:
        """When a measure is open for the first time: as planned, and in each draw."""
        build = case.measures[b].build_years or 0
        planned = min(first[u] + build for u in started[b])
        drawn = [first[u] + build + late((b, u), waiting) for u in started[b]]
        return planned, np.minimum.reduce(drawn)

    def late(start: Start, waiting: frozenset[str] = frozenset()) -> Years:
        if start in found:
            return found[start]
        a, u = start
        if a in waiting:  # requirements in a circle wait for nobody
            return own.get(a, none)
        most = none
        for b in companions(case, a):
            most = np.maximum(most, own.get(b, none))
            measure = case.measures[b]
            for needed in dict.fromkeys((*measure.requires, *barriers_before(case, measure))):
                if needed in started:
                    planned, drawn = opens(needed, waiting | {a})
                    most = np.maximum(most, drawn - max(planned, first[u]))
        if not waiting:
            found[start] = most
        return most

    return {start: years for start in starts if (years := late(start)).any()}


def options(case: Case, starts: Mapping[Start, float], late: Mapping[Start, int]) -> dict[Start, StartOption]:
    """What a unit of each start brings in a draw, at the costs that are stated."""
    return {start: option_of(case, start, late.get(start, 0)) for start in starts}


def option_of(case: Case, start: Start, years: int) -> StartOption:
    """What a unit of a start brings that is so many years late."""
    m = case.measures[start[0]]
    return m.start_in(start[1]) if not years else late_option(
        case.period(start[1]), case.periods, m.build_years or 0, m.life_years, m.capital_cost or 0.0, m.running_cost or 0.0,
        years,
    )  # fmt: skip


def drawn_case(case: Case, world: World, opened: Mapping[Start, StartOption]) -> Case:
    """The case as far as what is served depends on the draw: heads, jobs, and when works open; costs as stated."""
    measures = dict(case.measures)
    own: dict[str, dict[str, StartOption]] = defaultdict(dict)
    for (a, u), option in opened.items():
        own[a][u] = option
    for a, starts in own.items():
        if any(option.serves != case.measures[a].start_in(u).serves for u, option in starts.items()):
            measures[a] = _with_options(case.measures[a], starts)
    parks = {
        a: with_jobs(park, world.times.get(("jobs", a), 1.0)) if ("jobs", a) in world.times else park
        for a, park in case.parks.items()
    }
    cities = {i: with_people(city, world.people) for i, city in case.cities.items()}
    return replace(case, measures=FrozenDict(measures), parks=FrozenDict(parks), cities=FrozenDict(cities))


def as_decided(case: Case, starts: Mapping[Start, float]) -> Case:
    """The case with nothing to choose but what is started: all that its decisions come to is the same, in far fewer rows."""
    kept: dict[str, set[str]] = defaultdict(set)
    for a, u in starts:
        kept[a].add(u)
    measures = {}
    for a, m in case.measures.items():
        measures[a] = _with_starts(m, tuple(option for option in m.starts if option.period in kept.get(a, ())))
    return replace(case, measures=FrozenDict(measures))


def _with_options(measure: Measure, own: Mapping[str, StartOption]) -> Measure:
    """The measure with the starts that the plan has of it, as they are drawn."""
    return _with_starts(
        measure, tuple(own[old.period] for old in measure.starts if old.period in own and own[old.period].serves)
    )


def _with_starts(measure: Measure, starts: tuple[StartOption, ...]) -> Measure:
    """The measure with no other starts; without any it is no matter of this world."""
    if starts:
        return replace(measure, starts=starts)
    return replace(measure, starts=(), status="candidate", start_period=None)


def with_jobs(park: Park, factor: float) -> Park:
    return replace(
        park, jobs=factor * park.jobs, output=factor * park.output, tax=factor * park.tax, emissions=factor * park.emissions
    )


def with_people(city: City, people: Mapping[tuple[str, str], float]) -> City:
    found = city
    for (heads, i), factor in people.items():
        if i == city.id and heads == "population":
            found = replace(found, population=_times(found.population, factor))
        elif i == city.id:
            found = replace(found, people=FrozenDict({**found.people, heads: _times(found.people[heads], factor)}))
    return found


def _times(heads: Mapping[str, float], factor: float) -> FrozenDict[str, float]:
    """Heads in the periods; today's are known."""
    return FrozenDict({t: n if t == TODAY else n * factor for t, n in heads.items()})


def paid_by_lines(planned: Planned, world: World, opened: Mapping[Start, StartOption]) -> dict[LinePeriod, float]:
    """(line, period) -> what it pays for measures at the costs that are drawn, shared as planned."""
    costs = {start: {"capital": option.capital, "running": option.running} for start, option in opened.items()}
    found: dict[LinePeriod, float] = defaultdict(float)
    for (_kind, l, t), money in payments(planned, world.times, costs).items():
        found[l, t] += money
    return found


def payments(planned: Planned, times: Mapping[tuple[str, str], Any], costs: Mapping[Start, Costs]) -> dict[Payment, Any]:
    """(kind of cost, line, period) -> what the line pays for measures, shared as planned: in a draw, or in many at once.

    Parameters
    ----------
    times
        (figure, measure) -> times as much as stated: numbers, or arrays over the draws.
    costs
        Start -> kind of cost -> period -> what a unit costs at what is stated; numbers or arrays, too.
    """
    case = planned.case
    found: dict[Payment, Any] = defaultdict(float)
    for (a, u), units in planned.starts.items():
        m = case.measures[a]
        for kind, money in costs[a, u].items():
            factor = units * times.get((f"{kind}_cost", a), 1.0)
            for t, cost in money.items():
                part = 1.0 if kind == "running" else max(0.0, 1.0 - m.private_share - _attracted(planned, a, t))
                for line, share in _shares(planned, a, kind, t).items():
                    found[kind, line, t] = found[kind, line, t] + share * factor * part * cost
    return found


def _attracted(planned: Planned, a: str, t: str) -> float:
    """What investors are brought to pay of a measure's capital: as planned in that period, else in all of them."""
    return next((planned.attracted[place] for place in ((a, t), (a, "")) if place in planned.attracted), 0.0)


def _shares(planned: Planned, a: str, kind: str, t: str) -> Mapping[str, float]:
    """Who pays a cost: as planned in that period, else in all of them, else as the measure is paid for at all."""
    for place in ((a, kind, t), (a, kind, ""), (a, "", "")):
        if place in planned.shares:
            return planned.shares[place]
    return {}


class Drawing:
    """Works out draws of a plan, one after the other, with a program that is held."""

    def __init__(self, planned: Planned, held: Held) -> None:
        self._planned, self._held = planned, held
        self._as_stated: tuple[object, ...] | None = None

    def of(self, number: int, world: World, until: Until = FOREVER) -> Drawn:
        """A draw."""
        planned, case = self._planned, self._planned.case
        late = lateness(case, planned.starts, world)
        opened = options(case, planned.starts, late)
        served = self._served(world, opened, until)
        goals, without, closed, gaps, tax, fees = served
        paid = paid_by_lines(planned, world, opened)
        spent = {place: paid.get(place, 0.0) + fees.get(place, 0.0) for place in planned.settled}
        income = {place: into + tax.get(place, 0.0) for place, (into, _) in planned.settled.items()}
        out = {place: going + spent[place] for place, (_, going) in planned.settled.items()}
        by_measure: dict[str, int] = {}
        for (a, _), years in late.items():
            by_measure[a] = max(by_measure.get(a, 0), years)
        return Drawn(number, goals, without, closed, gaps, spent, income, out, by_measure, world.scores)

    def _served(self, world: World, opened: Mapping[Start, StartOption], until: Until) -> tuple:  # type: ignore[type-arg]
        """Goals, gaps, tax and fees of use; worked out once where the draw changes nothing of them."""
        starts = self._planned.case.measures
        is_late = any(option.serves != starts[a].start_in(u).serves for (a, u), option in opened.items())
        changes = is_late or bool(world.people) or any(of == "jobs" for of, _ in world.times)
        if not changes and self._as_stated is not None:
            return self._as_stated
        planned = self._planned
        case = drawn_case(planned.case, world, opened) if changes else planned.case
        held = self._held.of(as_decided(case, planned.starts), until) if changes else self._held
        serving = {start: units for start, units in planned.starts.items() if opened[start].serves}
        found = held.figures(serving, until, ASKED)
        without, with_plan = gaps_of(case, found.tables["indicators"])
        closed = 1.0 - (with_plan or 0.0) / without if without else 0.0
        rows = columns(found.tables["indicators"], "indicator", "city", "period", "gap_with")
        tax: dict[LinePeriod, float] = defaultdict(float)
        for line, arrives, money in columns(found.tables["taxes"], "line", "arrives", "amount"):
            if arrives != AFTER and line:
                tax[line, arrives] += money
        gaps = {(x, i, t): gap for x, i, t, gap in rows}
        fees = {(l, t): money for l, t, money in columns(found.tables["money"], "line", "period", "fees")}
        served = (tuple(goal.value for goal in found.goals), without or 0.0, closed, gaps, dict(tax), fees)
        if not changes:
            self._as_stated = served
        return served
