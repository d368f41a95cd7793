"""Parks: productive jobs of the phases that serve, what limits them, and the bonus of value chains."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from planner.case import Chain, Park

from .columns import Remainder
from .linear import Affine, add


def host(r: Remainder, park: str) -> str:
    """The one city of a park or closure."""
    return r.case.measures[park].cities[0]


def parks(r: Remainder) -> Iterator[Park]:
    """Parks, without closures."""
    return (p for p in r.case.parks.values() if r.case.measures[p.measure].kind == "park")


def productive_jobs(r: Remainder) -> None:
    """At most the jobs of the phases that serve; none while the host does not reach the origin in time."""
    for p in parks(r):
        for o in r.case.measures[p.measure].starts:
            units = r.units(p.measure, o.period)
            for t in o.serves if units.terms or units.constant else ():
                if reaches_origin(r, p, t):
                    column = r.productive[p.measure, o.period, t] = r.program.column()
                    r.program.within(add((1.0, Affine(0.0, {column: 1.0})), (-p.jobs, units)), 0.0)


def reaches_origin(r: Remainder, p: Park, period: str) -> bool:
    """Whether the minutes from the host to the origin allow jobs in a period."""
    if p.origin is None or p.origin_minutes is None:
        return True
    return r.minutes_within(host(r, p.measure), p.origin, p.origin_minutes, period)


def bonus_jobs(r: Remainder) -> None:
    """Pairs of parks of a chain near one another; a park's bonus with all partners is a share of its own jobs."""
    for chain in r.case.chains.values():
        pairs = list(_pairs(r, chain))
        for t in r.case.period_ids:
            mine: dict[str, list[int]] = {}
            for p, q in pairs:
                near = host(r, p) == host(r, q) or r.minutes_within(host(r, p), host(r, q), chain.minutes, t)
                if near and r.jobs(p, t).terms and r.jobs(q, t).terms:
                    column = r.bonus[chain.id, p, q, t] = r.program.column()
                    mine.setdefault(p, []).append(column)
                    mine.setdefault(q, []).append(column)
            for p, columns in mine.items():
                total = Affine(0.0, dict.fromkeys(columns, 1.0))
                r.program.within(add((1.0, total), (-chain.bonus, r.jobs(p, t))), 0.0)


def _pairs(r: Remainder, chain: Chain) -> Iterator[tuple[str, str]]:
    """Each two parks once, that of the first industry first; of one industry in the order of the list of measures."""
    first, second = ([m for m in r.case.measures if _industry(r, m) == k] for k in chain.industries)
    if chain.industries[0] == chain.industries[1]:
        yield from combinations(first, 2)
    else:
        yield from ((p, q) for p in first for q in second)


def _industry(r: Remainder, measure: str) -> str | None:
    return r.case.parks[measure].industry if r.case.measures[measure].kind == "park" else None


def bonus_of_park(r: Remainder, park: str, period: str) -> Affine:
    """Half of the bonus of all pairs that a park is one of."""
    return Affine(0.0, {k: 0.5 for (_, p, q, t), k in r.bonus.items() if t == period and park in (p, q)})


def jobs_in_city(r: Remainder, city: str, period: str) -> Affine:
    """Productive jobs of all parks of a city, without bonus."""
    return add(*((1.0, r.jobs(p.measure, period)) for p in parks(r) if host(r, p.measure) == city))


def bonus_in_city(r: Remainder, city: str, period: str) -> Affine:
    """Bonus jobs in a city."""
    return add(*((1.0, bonus_of_park(r, p.measure, period)) for p in parks(r) if host(r, p.measure) == city))
