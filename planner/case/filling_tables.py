"""Rows of the tables to nouns: head counts by period, stock by period, costs by norm, starts by calendar."""

from __future__ import annotations

from collections.abc import Mapping

from planner.case.nouns import (
    TODAY,
    Capacity,
    City,
    FrozenDict,
    Link,
    Measure,
    Norm,
    Park,
    Period,
    StartOption,
    frozen,
)
from planner.case.rows import UNKNOWN, CapacityRow, CityRow, LinkRow, MeasureRow, NormRow, ParkRow
from planner.case.starts import start_option


def fill_city(row: CityRow, periods: tuple[Period, ...], people: tuple[str, ...]) -> City:
    """A city with its head counts today and in every period."""
    population = _population(row, periods)
    return City(
        id=row.id,
        name=row.name or row.id,
        name_zh=row.name_zh,
        jurisdiction=row.jurisdiction,
        tier=row.tier,
        lat=row.lat,
        lon=row.lon,
        area_km2=row.area_km2,
        gdp=row.gdp,
        jobs=row.jobs,
        skilled=row.skilled,
        land_quota_km2=row.land_quota_km2,
        airshed=row.airshed,
        jobs_target=_jobs_target(row, periods),
        population=population,
        people=frozen({group: _group(row, group, population, periods) for group in people}),
        basis=row.basis,
        source=row.source,
        note=row.note,
    )


def _jobs_target(row: CityRow, periods: tuple[Period, ...]) -> FrozenDict[str, float] | None:
    """Jobs that the city should have in every period; None without any figure."""
    if row.jobs_target is None and not row.targets:
        return None
    return frozen({p.id: row.targets.get(f"jobs_target_{p.id}", row.jobs_target or 0.0) for p in periods})


def _population(row: CityRow, periods: tuple[Period, ...]) -> FrozenDict[str, float]:
    by_period = {p.id: row.heads[f"population_{p.id}"] for p in periods if f"population_{p.id}" in row.heads}
    if by_period:
        today = row.population if row.population is not None else by_period[periods[0].id]
        return frozen({TODAY: today, **by_period})
    today = row.population or 0.0
    factor = 1.0 + (row.growth_per_year or 0.0)
    start = periods[0].first - 1
    return frozen({TODAY: today, **{p.id: today * factor ** (p.last - start) for p in periods}})


def _group(row: CityRow, group: str, population: Mapping[str, float], periods: tuple[Period, ...]) -> FrozenDict[str, float]:
    """Heads of a group: by its own columns, or today's number growing as the population does."""
    by_period = {p.id: row.heads[f"{group}_{p.id}"] for p in periods if f"{group}_{p.id}" in row.heads}
    if by_period:
        return frozen({TODAY: row.heads.get(group, by_period[periods[0].id]), **by_period})
    today = row.heads[group]
    grown = {p.id: population[p.id] / population[TODAY] if population[TODAY] > 0 else 1.0 for p in periods}
    return frozen({TODAY: today, **{p: today * factor for p, factor in grown.items()}})


def fill_capacity(row: CapacityRow, periods: tuple[Period, ...]) -> Capacity:
    """The stock of a service in a city today and in every period."""
    by_period = [row.amounts.get(f"capacity_{p.id}", row.capacity) for p in periods]
    today = row.capacity if row.capacity is not None else by_period[0]
    figures = {TODAY: today, **{p.id: amount for p, amount in zip(periods, by_period, strict=True)}}
    known = {when: float(amount) for when, amount in figures.items() if amount is not None and amount != UNKNOWN}
    return Capacity(
        city=row.city,
        service=row.service,
        amount=frozen(known) if len(known) == len(figures) else None,
        outsiders=row.outsiders,
        basis=row.basis,
        source=row.source,
        note=row.note,
    )


def fill_link(row: LinkRow) -> Link:
    """A link as it is in its row."""
    return Link(
        id=row.id,
        from_city=row.from_city,
        to_city=row.to_city,
        mode=row.mode,
        minutes=row.minutes,
        km=row.km,
        oneway=row.oneway,
        needs=row.needs,
        basis=row.basis,
        source=row.source,
        note=row.note,
    )


def fill_park(row: ParkRow) -> Park:
    """What a park or a closure has, as it is in its row."""
    return Park(
        measure=row.measure,
        origin=row.origin,
        form=row.form,
        industry=row.industry,
        area_km2=row.area_km2,
        jobs=row.jobs,
        skilled_share=row.skilled_share,
        output=row.output,
        tax=row.tax,
        emissions=row.emissions,
        origin_minutes=row.origin_minutes,
        moved_share=row.moved_share,
        basis=row.basis,
        source=row.source,
        note=row.note,
    )


def fill_norm(row: NormRow) -> Norm:
    """A norm as it is in its row."""
    return Norm(
        id=row.id,
        unit=row.unit,
        capital_cost=row.capital_cost,
        low=row.low,
        high=row.high,
        running_share=row.running_share,
        build_years=row.build_years,
        life_years=row.life_years,
        basis=row.basis,
        source=row.source,
        note=row.note,
    )


def fill_measure(
    row: MeasureRow,
    periods: tuple[Period, ...],
    norms: Mapping[str, Norm],
    cities: Mapping[str, City],
    links: Mapping[str, Link],
) -> Measure:
    """A measure with costs and years by its norm, its places, and its offered starts."""
    norm = norms[row.norm] if row.norm is not None else None
    capital, running = _costs(row, norm)
    build = _first_given(row.build_years, norm.build_years if norm else None, 0)
    life = row.life_years if row.life_years is not None or norm is None else norm.life_years
    where = row.city or (_ends(row.id, links) if row.kind == "link" else ())
    starts = _starts(row, periods, build, life, capital, running)
    return Measure(
        id=row.id,
        name=row.name or row.id,
        name_zh=row.name_zh,
        kind=row.kind,
        cities=where,
        jurisdictions=tuple(dict.fromkeys([*(cities[c].jurisdiction for c in where), *row.signed_by])),
        tiers=tuple(dict.fromkeys(cities[c].tier for c in where)),
        service=row.service,
        capacity=row.capacity or 0.0,
        norm=row.norm,
        quantity=row.quantity,
        capital_cost=capital,
        running_cost=running,
        units=row.units,
        divisible=row.divisible,
        max_starts=min(row.units, row.max_starts if row.max_starts is not None else row.units),
        build_years=build,
        life_years=life,
        earliest=row.earliest or periods[0].id,
        latest=row.latest or periods[-1].id,
        status=row.status,
        start_period=row.start_period,
        requires=row.requires,
        one_of=row.one_of,
        together=row.together,
        payers=frozen(dict(row.payers or {})),
        signed_by=row.signed_by,
        benefit=row.benefit,
        starts=starts,
        level=row.level,
        private_share=row.private_share,
        basis=row.basis,
        source=row.source,
        note=row.note,
    )


def _first_given(*values: int | None) -> int:
    return next(v for v in values if v is not None)


def _costs(row: MeasureRow, norm: Norm | None) -> tuple[float, float]:
    """Capital cost of a unit, and its running cost a year."""
    capital = row.capital_cost
    if capital is None:
        quantity = 1.0 if row.quantity is None else row.quantity
        capital = quantity * norm.capital_cost if norm else 0.0
    running = row.running_cost
    if running is None:
        running = capital * norm.running_share if norm else 0.0
    return capital, running


def _ends(measure: str, links: Mapping[str, Link]) -> tuple[str, ...]:
    opened = [link for link in links.values() if measure in link.needs]
    return tuple(dict.fromkeys(city for link in opened for city in (link.from_city, link.to_city)))


def _starts(
    row: MeasureRow, periods: tuple[Period, ...], build: int, life: int | None, capital: float, running: float
) -> tuple[StartOption, ...]:
    if row.status == "ruled_out":
        return ()
    ids = [p.id for p in periods]
    earliest = ids.index(row.earliest) if row.earliest else 0
    latest = ids.index(row.latest) if row.latest else len(ids) - 1
    offered = periods[earliest : latest + 1]
    if row.status == "decided" and row.start_period is not None:
        offered = tuple(p for p in offered if p.id == row.start_period)
    options = (start_option(p, periods, build, life, capital, running) for p in offered)
    return tuple(option for option in options if option is not None)
