"""Indicators of work: what a city lacks of the jobs, or of the output, that it should have."""

from __future__ import annotations

from planner.case import TODAY, Case

from .closures import jobs_lost
from .columns import Remainder, some
from .linear import Affine, add
from .moving import jobs, size
from .parks import bonus_in_city, host, jobs_in_city, parks


def should_have(case: Case, indicator: str, city: str, period: str) -> float:
    """Jobs or output that leave no gap; 0 where the indicator does not apply."""
    work, place = case.work[indicator], case.cities[city]
    if city not in work.cities:
        return 0.0
    if work.kind == "target":
        return place.jobs_target[period] if place.jobs_target else 0.0
    core = [case.cities[i] for i in work.core]
    total = sum((c.jobs if work.of == "jobs" else c.gdp) or 0.0 for c in core)
    heads = sum(c.population[TODAY] for c in core)
    return work.share * total / heads * place.population[period] if heads else 0.0


def level(r: Remainder, of: str, city: str, period: str) -> Affine:
    """Jobs, or output, of a city."""
    place = r.case.cities[city]
    if of == "output":
        mine = [p for p in parks(r) if host(r, p.measure) == city]
        output = add(*((p.output / p.jobs, r.jobs(p.measure, period)) for p in mine))
        return add((1.0, Affine(place.gdp or 0.0, {})), (1.0, output))
    moved = jobs(r, city, period)
    more = add((1.0, jobs_in_city(r, city, period)), (1.0, bonus_in_city(r, city, period)))
    return add(
        (1.0, Affine(place.jobs or 0.0, {})), (1.0, more), (-1.0, jobs_lost(r, city, period)), (moved, Affine(1.0, {}))
    )


def work_gaps(r: Remainder) -> None:
    """Every gap is at least what is missing, and at least zero."""
    for x in r.case.work.values():
        for city in r.case.cities:
            for t in r.case.period_ids:
                wanted = should_have(r.case, x.id, city, t)
                if wanted > 0:
                    column = r.program.column()
                    r.gaps[x.id, city, t] = some(column)
                    asked = Affine(size(r, (x.id, city, t)), {})
                    missing = add((1.0, asked), (-1.0 / wanted, level(r, x.of, city, t)))
                    r.program.within(add((1.0, missing), (-1.0, some(column))), 0.0)
