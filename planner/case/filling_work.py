"""Industry, work, emissions and policy, as case.yaml says them, to nouns: selections worked out, figures by period."""

from __future__ import annotations

from collections.abc import Mapping

from planner.case.nouns import (
    Airshed,
    Borrowing,
    Chain,
    City,
    FrozenDict,
    Gate,
    Industry,
    Period,
    Pyramid,
    Work,
    frozen,
)
from planner.case.resolving import Resolver, selection
from planner.case.schema import CaseFile
from planner.case.schema_base import EVERY_PERIOD
from planner.case.schema_work import AirshedKeys, BorrowKeys, ChainKeys, GateKeys, PyramidKeys, WorkKeys

CORE: Mapping[str, tuple[str, ...]] = {"tier": ("core",)}  # what an indicator of work compares with by default


def each_period(figures: Mapping[str, float], periods: tuple[Period, ...]) -> FrozenDict[str, float]:
    """A figure for every period."""
    if EVERY_PERIOD in figures:
        return frozen({p.id: figures[EVERY_PERIOD] for p in periods})
    return frozen({p.id: figures[p.id] for p in periods})


def fill_industries(file: CaseFile) -> FrozenDict[str, Industry]:
    """The industries."""
    return frozen({k: Industry(k, keys.name, keys.max_hosts, keys.name_zh) for k, keys in file.industries.items()})


def fill_chains(file: CaseFile) -> FrozenDict[str, Chain]:
    """The value chains."""
    return frozen({c: _chain(c, keys) for c, keys in file.chains.items()})


def _chain(name: str, keys: ChainKeys) -> Chain:
    first, second = keys.industries
    return Chain(name, (first, second), keys.minutes, keys.bonus, keys.name, keys.name_zh)


def fill_airsheds(file: CaseFile, periods: tuple[Period, ...]) -> FrozenDict[str, Airshed]:
    """The airsheds with their figures in every period."""
    return frozen({h: _airshed(h, keys, periods) for h, keys in file.airsheds.items()})


def _airshed(name: str, keys: AirshedKeys, periods: tuple[Period, ...]) -> Airshed:
    cap = None if keys.cap is None else each_period(keys.cap, periods)
    return Airshed(name, keys.unit, each_period(keys.existing, periods), cap, keys.name, keys.name_zh)


def fill_work(file: CaseFile, cities: Mapping[str, City], resolve: Resolver) -> FrozenDict[str, Work]:
    """The indicators of work with the cities that have them."""
    return frozen({w: _work(w, keys, cities, resolve) for w, keys in file.work.items()})


def _work(name: str, keys: WorkKeys, cities: Mapping[str, City], resolve: Resolver) -> Work:
    chosen = resolve.cities(keys.where, ("work", name, "where"), needed=True)
    if keys.kind == "target":
        having = tuple(c for c in chosen if cities[c].jobs_target is not None)
        where = (selection(keys.where), selection({}))
        return Work(name, "target", "jobs", having, (), 1.0, *where, keys.name, keys.name_zh)
    core_where = CORE if keys.core is None else keys.core
    core = resolve.cities(core_where, ("work", name, "core"), needed=True)
    having = tuple(c for c in chosen if c not in core)
    where = (selection(keys.where), selection(core_where))
    return Work(name, "core", keys.of, having, core, keys.share, *where, keys.name, keys.name_zh)


def fill_pyramid(keys: PyramidKeys) -> Pyramid:
    """What is asked of policies by their level."""
    return Pyramid(frozen(dict(keys.at_most_share)), keys.subsidy_periods, keys.barriers_first)


def fill_gate(place: int, keys: GateKeys, resolve: Resolver) -> Gate:
    """A gate with the measures that wait at it."""
    measures = resolve.measures(keys.where, ("gates", place, "where"))
    return Gate(keys.id, selection(keys.where), measures, keys.indicator, keys.at_least, keys.at_most)


def fill_borrowing(keys: BorrowKeys | None, periods: tuple[Period, ...]) -> Borrowing | None:
    """What a line may borrow; nothing is owed after the last period."""
    if keys is None:
        return None
    limit = {**each_period(keys.limit, periods), periods[-1].id: 0.0}
    return Borrowing(frozen(limit), keys.interest)
