"""Airsheds: emissions of what is there and of parks, less abatement and closures, never below zero."""

from __future__ import annotations

from planner.case import LowerEmissions

from .columns import Remainder, some
from .linear import Affine, add
from .parks import host


def emissions(r: Remainder) -> None:
    """A column for each airshed and period."""
    for h in r.case.airsheds.values():
        for t in r.case.period_ids:
            column = r.emissions[h.id, t] = r.program.column()
            balance = add((1.0, Affine(h.existing[t], {})), (1.0, _of_parks(r, h.id, t)), (-1.0, _lowered(r, h.id, t)))
            r.program.within(add((1.0, balance), (-1.0, some(column))), 0.0)


def _of_parks(r: Remainder, airshed: str, period: str) -> Affine:
    """Emissions of parks, which follow productive jobs, less those of plants that closed."""
    parts = []
    for p in r.case.parks.values():
        if r.case.cities[host(r, p.measure)].airshed != airshed:
            continue
        if r.case.measures[p.measure].kind == "closure":
            parts.append((-p.emissions, r.built(p.measure, period)))
        else:
            parts.append((p.emissions / p.jobs, r.jobs(p.measure, period)))
    return add(*parts)


def _lowered(r: Remainder, airshed: str, period: str) -> Affine:
    """What abatement takes away, unit by unit."""
    effects = (e for e in r.case.effects if isinstance(e, LowerEmissions) and e.airshed == airshed)
    return add(*((e.by, r.built(e.measure, period)) for e in effects))


def within_caps(r: Remainder) -> None:
    """Emissions stay within the cap."""
    for h in r.case.airsheds.values():
        for t in r.case.period_ids if h.cap is not None else ():
            r.program.within(some(r.emissions[h.id, t]), h.cap[t])
