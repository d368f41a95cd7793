"""Moves: who and what goes from city to city while measures serve, and what that makes of needs, jobs and crowding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from math import inf

from planner.audit.books import Books
from planner.audit.report import Ledger
from planner.audit.serving import Serving
from planner.audit.world import World
from planner.case import TODAY, Case, Crowding, Relocate, Settle, Work
from planner.plans.tables import Indicator
from planner.words.said import _

Place = tuple[str, str]  # (from, to)


def _going(case: Case) -> Iterator[tuple[Relocate | Settle, str, str]]:
    """Every effect that moves anything, with the city that it leaves and the one that it goes to."""
    for effect in case.effects:
        if isinstance(effect, Settle):
            yield effect, effect.from_city, effect.to_city
        elif isinstance(effect, Relocate):
            measure = case.measures[effect.measure]
            if measure.from_city is not None:
                yield effect, measure.from_city, measure.cities[0]


def people(case: Case, serving: Serving, city: str, period: str) -> float:
    """People who moved in, less those who moved out."""
    return sum(
        ((to == city) - (origin == city)) * effect.people * serving.units(effect.measure, period)
        for effect, origin, to in _going(case)
    )


def heads(case: Case, serving: Serving, group: str, city: str, period: str) -> float:
    """People of a group who live in a city then."""
    found = case.cities[city].heads(group, period)
    for effect, origin, to in _going(case):
        if city in (origin, to):
            part = _part(case, group, origin, period)
            found += (1 if to == city else -1) * effect.people * part * serving.units(effect.measure, period)
    return found


def _part(case: Case, group: str, city: str, period: str) -> float:
    """The part of a city's people who are of a group."""
    everybody = case.cities[city].population[period]
    return case.cities[city].heads(group, period) / everybody if everybody > 0 else 0.0


def need(case: Case, serving: Serving, service: str, city: str, period: str) -> float:
    """Need that moved into a city, less that which moved out; nothing where the capacity is unknown."""
    if case.capacity[city, service].amount is None:
        return 0.0
    said, found = case.services[service], 0.0
    for effect, origin, to in _going(case):
        if city in (origin, to):
            some = effect.people
            if isinstance(effect, Settle) and service in effect.gives:
                some += effect.entitled
            moved = some * _part(case, said.of, origin, period) * serving.units(effect.measure, period)
            found += (1 if to == city else -1) * moved * said.per_1000[period] / 1000.0
    return found


def stock(case: Case, serving: Serving, service: str, city: str, period: str) -> float:
    """Capacity that moved into a city, less that which moved out."""
    found = 0.0
    for effect, origin, to in _going(case):
        if isinstance(effect, Relocate) and city in (origin, to):
            amount = effect.capacity.get(service, 0.0) * serving.units(effect.measure, period)
            found += amount if to == city else -amount
    return found


def jobs(case: Case, serving: Serving, city: str, period: str) -> float:
    """Existing jobs that moved into a city, less those that moved out."""
    return sum(
        ((to == city) - (origin == city)) * effect.jobs * serving.units(effect.measure, period)
        for effect, origin, to in _going(case)
        if isinstance(effect, Relocate)
    )


def asked(case: Case, serving: Serving, work: Work, city: str, period: str) -> float:
    """By how much more jobs (or output) leave no gap, where that is asked for per head."""
    if work.kind == "target":
        return 0.0
    core = [case.cities[i] for i in work.core]
    there = sum(c.population[TODAY] for c in core)
    level = sum((c.jobs if work.of == "jobs" else c.gdp) or 0.0 for c in core) / there if there > 0 else 0.0
    return work.share * level * people(case, serving, city, period)


def figures(case: Case, world: World) -> dict[tuple[str, str, str], Indicator]:
    """The rows that the table of indicators should have for crowding."""
    rows = {}
    for x, crowding in case.crowding.items():
        for city in crowding.cities:
            for period in case.period_ids:
                rows[x, city, period] = _crowded(case, crowding, city, period, world)
    return rows


def _crowded(case: Case, crowding: Crowding, city: str, period: str, world: World) -> Indicator:
    place = case.cities[city]
    meant = place.meant_for or 1.0
    there = [heads(case, s.serving, "population", city, period) for s in (world.without, world.with_plan)]
    gaps = [max(0.0, (n / meant - 1.0) / (crowding.worst - 1.0)) for n in there]
    return Indicator(
        indicator=crowding.id,
        city=city,
        period=period,
        people=place.population[period],
        unit="% of what it is meant for",
        standard=100.0,
        today=100.0 * place.population[TODAY] / meant,
        without_plan=100.0 * there[0] / meant,
        with_plan=100.0 * there[1] / meant,
        gap_without=gaps[0],
        gap_with=gaps[1],
        people_with=there[1],
        true_gap_without=gaps[0],
        true_gap_with=gaps[1],
    )


def check(case: Case, books: Books, serving: Serving, ledger: Ledger) -> None:
    """Check every row of what moves, and that there is housing for those who move in."""
    expected: dict[tuple[str, str, str, str, str], float] = defaultdict(float)
    for effect, origin, to in _going(case):
        things = {"people": effect.people}
        if isinstance(effect, Relocate):
            things |= {"jobs": effect.jobs, **effect.capacity}
        else:
            things["entitled"] = effect.entitled
        for period in case.period_ids:
            for what, amount in things.items():
                if (moved := amount * serving.units(effect.measure, period)) > 0:
                    expected[effect.measure, origin, to, period, what] += moved
    ledger.rows("moves", "moves", books.moves, list(expected))
    for key, row in books.moves.items():
        if key in expected:
            where = _("measure {measure}, {period}, {what}").format(measure=row.measure, period=row.period, what=row.what)
            ledger.same("moves", where, "amount", row.amount, expected[key])
    for city in case.cities.values():
        for period in case.period_ids if city.housing is not None else ():
            into = people(case, serving, city.id, period)
            where, promise = _("city {city}, {period}").format(city=city.id, period=period), ("housing", city.id, period)
            ledger.promise("housing", where, _("people who moved in"), into, -inf, city.housing or 0.0, promise=promise)
