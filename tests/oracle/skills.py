"""Skilled people: those who are there, and graduates of earlier periods who were served and stayed."""

from __future__ import annotations

from .columns import Remainder
from .linear import Affine, add
from .parks import bonus_of_park, host, parks


def skilled_jobs(r: Remainder, city: str, period: str) -> Affine:
    """Skilled people that the parks of a city ask for, bonus jobs included."""
    mine = [p for p in parks(r) if host(r, p.measure) == city]
    jobs = [(p.skilled_share, r.jobs(p.measure, period)) for p in mine]
    return add(*jobs, *((p.skilled_share, bonus_of_park(r, p.measure, period)) for p in mine))


def skilled_people(r: Remainder, city: str, period: str) -> Affine:
    """Skilled people of a city that parks can employ."""
    earlier = [t for t in r.case.periods if t.last < int(period)]
    graduates = [
        (t.years * s.graduates * s.stay_share, Affine(0.0, dict.fromkeys(columns, 1.0)))
        for s in r.case.services.values()
        for t in earlier
        for (service, home, _, when), columns in r.flows.items()
        if (service, home, when) == (s.id, city, t.id)
    ]
    return add((1.0, Affine(r.case.cities[city].skilled or 0.0, {})), *graduates)


def within_skills(r: Remainder) -> None:
    """In a city with a limit, parks employ no more skilled people than there are."""
    for city in r.case.cities.values():
        for t in r.case.period_ids if city.skilled is not None else ():
            r.program.within(add((1.0, skilled_jobs(r, city.id, t)), (-1.0, skilled_people(r, city.id, t))), 0.0)
