"""Closures: plants that go, and the productive jobs that must be there for those that end."""

from __future__ import annotations

from .columns import Remainder
from .linear import Affine, add
from .parks import jobs_in_city


def jobs_lost(r: Remainder, city: str, period: str) -> Affine:
    """Jobs that closures have ended in a city."""
    closures = (m for m in r.case.measures.values() if m.kind == "closure" and m.cities == (city,))
    return add(*((r.case.parks[m.id].jobs, r.built(m.id, period)) for m in closures))


def jobs_are_replaced(r: Remainder) -> None:
    """Where something closes, parks have at least as many productive jobs as end."""
    for city in r.case.cities:
        for t in r.case.period_ids:
            lost = jobs_lost(r, city, t)
            if lost.terms or lost.constant:
                r.program.within(add((1.0, lost), (-1.0, jobs_in_city(r, city, t))), 0.0)
