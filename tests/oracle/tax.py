"""Tax of parks: it follows productive jobs, reaches lines one period later, and may be shared with the origin."""

from __future__ import annotations

from planner.case import Park, ShareTax

from .columns import Remainder
from .linear import Affine, add
from .parks import host, parks


def tax_received(r: Remainder, line: str, period: str) -> Affine:
    """What parks bring a line in a period, from the period before; below zero where more moved away than is shared."""
    ids = r.case.period_ids
    mine = r.case.lines[line]
    if period == ids[0] or not mine.gets_tax:
        return Affine(0.0, {})
    before = ids[ids.index(period) - 1]
    parts: list[tuple[float, Affine]] = []
    for p in parks(r):
        if side(r, host(r, p.measure)) == mine.holder:
            parts += [(1.0, tax(r, p, before)), (-1.0, shared(r, p, before))]
        if p.origin is not None and side(r, p.origin) == mine.holder:
            parts += [(1.0, shared(r, p, before)), (-p.moved_share, tax(r, p, before))]
    return add(*parts)


def side(r: Remainder, city: str) -> str:
    """Jurisdiction of a city."""
    return r.case.cities[city].jurisdiction


def tax(r: Remainder, p: Park, period: str) -> Affine:
    """All tax of a park in a period."""
    return add((p.tax / p.jobs * r.years(period), r.jobs(p.measure, period)))


def shared(r: Remainder, p: Park, period: str) -> Affine:
    """What the origin, in another jurisdiction, gets of the tax of a period: that of phases within their window."""
    if p.origin is None or side(r, p.origin) == side(r, host(r, p.measure)):
        return Affine(0.0, {})
    terms: dict[int, float] = {}
    for e in r.case.effects:
        if not isinstance(e, ShareTax) or p.measure not in e.parks or not r.serves(e.measure, period):
            continue
        for o in r.case.measures[p.measure].starts:
            window = o.serves if e.periods is None else o.serves[: e.periods]
            column = r.productive.get((p.measure, o.period, period))
            if period in window and column is not None:
                terms[column] = terms.get(column, 0.0) + e.share * p.tax / p.jobs * r.years(period)
    return Affine(0.0, terms)
