"""People, jobs and capacity that serving units move from one city to another, as plain figures of a choice.

What moves is whole units only: a measure of which parts could start moves nothing in these cases.
"""

from __future__ import annotations

from planner.case import Crowding, Relocate, Settle

from .columns import Remainder, Spot
from .linear import Affine


def _each(r: Remainder, city: str, period: str) -> list[tuple[Relocate | Settle, str, float]]:
    """Effect, city that is left, and units that serve: above 0 where they come to a city, below where they leave it."""
    found: list[tuple[Relocate | Settle, str, float]] = []
    for e in r.case.effects:
        if isinstance(e, Relocate):
            m = r.case.measures[e.measure]
            ends = (m.from_city or "", m.cities[0])
        elif isinstance(e, Settle):
            ends = (e.from_city, e.to_city)
        else:
            continue
        units = r.built(e.measure, period)
        assert not units.terms
        if city in ends and units.constant:
            found.append((e, ends[0], units.constant if city == ends[1] else -units.constant))
    return found


def people(r: Remainder, city: str, period: str) -> float:
    """People who came, less those who left."""
    return sum(units * e.people for e, _, units in _each(r, city, period))


def needed(r: Remainder, service: str, city: str, period: str) -> float:
    """What a city needs of a service then."""
    case = r.case
    need = case.need(service, city, period)
    s = case.services[service]
    stock = case.capacity[city, service]
    for e, left, units in _each(r, city, period) if stock.amount else ():
        home = case.cities[left]
        share = home.heads(s.of, period) / home.population[period]
        given = e.entitled if isinstance(e, Settle) and service in e.gives else 0.0
        need += units * (e.people + given) * share * s.per_1000[period] / 1000
    return need


def stocked(r: Remainder, service: str, city: str, period: str) -> float:
    """What a city has of a service for the cluster's people then, beside what was added."""
    c = r.case.capacity[city, service]
    own = (c.amount[period] if c.amount else 0.0) * (1 - c.outsiders)
    for e, _, units in _each(r, city, period):
        own += units * e.capacity.get(service, 0.0) if isinstance(e, Relocate) else 0.0
    return own


def jobs(r: Remainder, city: str, period: str) -> float:
    """Existing jobs that came, less those that left."""
    return sum(units * e.jobs for e, _, units in _each(r, city, period) if isinstance(e, Relocate))


def size(r: Remainder, spot: Spot) -> float:
    """What there is to meet, in times of what there is without any move."""
    x, city, period = spot
    case = r.case
    if x in case.services:
        need = case.need(x, city, period)
        return needed(r, x, city, period) / need if need > 0 else 1.0
    if x in case.work and case.work[x].kind == "core":
        here = case.cities[city].population[period]
        return (here + people(r, city, period)) / here
    return 1.0


def crowding_gaps(r: Remainder) -> None:
    """From nothing where as many people live as are meant to, up to the whole at the worst."""
    for x in r.case.crowding.values():
        for city in x.cities:
            for t in r.case.period_ids:
                r.gaps[x.id, city, t] = Affine(_crowded(r, x, city, t), {})


def _crowded(r: Remainder, x: Crowding, city: str, period: str) -> float:
    place = r.case.cities[city]
    there = place.population[period] + people(r, city, period)
    return max(0.0, (there / (place.meant_for or 1.0) - 1) / (x.worst - 1))


def within_housing(r: Remainder) -> None:
    """Nobody moves where there is no housing."""
    for city in r.case.cities.values():
        for t in r.case.period_ids if city.housing is not None else ():
            r.program.at_most({}, (city.housing or 0.0) - people(r, city.id, t))
