"""Land: the phases of parks take it when they start and never give it back."""

from __future__ import annotations

from planner.case import AddLand

from .columns import Remainder
from .linear import Affine, add
from .parks import host, parks


def land_taken(r: Remainder, park: str, periods: tuple[str, ...]) -> Affine:
    """Land of the phases of a park that start in these periods."""
    starts = r.case.measures[park].starts
    return add(*((r.case.parks[park].area_km2, r.units(park, o.period)) for o in starts if o.period in periods))


def within_quota(r: Remainder) -> None:
    """In a city with a quota, parks take no more than it and what policies that serve add."""
    ids = r.case.period_ids
    for city in r.case.cities.values():
        for k, t in enumerate(ids if city.land_quota_km2 is not None else ()):
            mine = [p.measure for p in parks(r) if host(r, p.measure) == city.id]
            taken = add(*((1.0, land_taken(r, p, ids[: k + 1])) for p in mine))
            more = sum(e.km2 for e in r.case.effects if _adds(r, e, city.id, t))
            r.program.within(taken, city.land_quota_km2 + more)


def _adds(r: Remainder, effect: object, city: str, period: str) -> bool:
    return isinstance(effect, AddLand) and city in effect.cities and r.serves(effect.measure, period)
