"""The filled case: what every other room reads.

A :class:`Case` is immutable data with defaults, norms and calendar already filled in. Files are read into it by
`planner.case.tables` and `planner.case.filling`; nothing here knows about files.

Units, everywhere: money in the case's unit (``money.unit``) at constant prices, minutes door to door, people as heads,
services in their own unit. Periods are named by their last year (``"2035"``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from planner.case.clauses import (
    Access,
    BoardingMinutes,
    BorderMinutes,
    Edit,
    Effect,
    Goal,
    Line,
    OpenOutsidersShare,
    OpenService,
    RaiseCapacity,
    Rule,
    Scenario,
    Target,
)  # fmt: skip
from planner.case.frozen import FrozenDict, Selection, frozen

__all__ = [
    "TODAY",
    "Access",
    "Basis",
    "BoardingMinutes",
    "BorderMinutes",
    "Capacity",
    "Case",
    "City",
    "Edit",
    "Effect",
    "FrozenDict",
    "Goal",
    "Kind",
    "Line",
    "Link",
    "Measure",
    "Mode",
    "Money",
    "Norm",
    "OpenOutsidersShare",
    "OpenService",
    "Period",
    "RaiseCapacity",
    "Rule",
    "Scenario",
    "Selection",
    "Service",
    "StartOption",
    "Status",
    "Target",
    "Tier",
    "frozen",
]

TODAY = "today"  # key of the year before the first period, beside the period ids

Tier = Literal["core", "secondary", "small"]
Kind = Literal["link", "facility", "hub", "policy"]
Status = Literal["candidate", "decided", "ruled_out"]
Basis = Literal["sourced", "computed", "estimated", "assumed"]


@dataclass(frozen=True)
class Period:
    """A planning period.

    Attributes
    ----------
    id
        Its last year, as text.
    first, last
        Calendar years, both included.
    """

    id: str
    first: int
    last: int

    @property
    def years(self) -> int:
        """Calendar years in the period."""
        return self.last - self.first + 1

    @property
    def label(self) -> str:
        """As people write it: 2026-2030."""
        return f"{self.first}-{self.last}"


@dataclass(frozen=True)
class Money:
    """Unit and prices of all money in the case; the discount rate serves reported present values only."""

    unit: str
    prices: int
    discount_rate: float


@dataclass(frozen=True)
class Mode:
    """A means of travel: minutes for boarding and leaving once (together), and for crossing a border."""

    id: str
    boarding_minutes: float
    border_minutes: float


@dataclass(frozen=True)
class City:
    """A city; head counts by period id and by ``TODAY``."""

    id: str
    name: str
    name_zh: str
    jurisdiction: str
    tier: Tier
    lat: float
    lon: float
    area_km2: float | None
    gdp: float | None
    jobs: float | None
    population: FrozenDict[str, float]
    people: FrozenDict[str, FrozenDict[str, float]]  # name -> head counts by period id and TODAY
    basis: Basis | None = None
    source: str = ""
    note: str = ""

    def heads(self, of: str, period: str) -> float:
        """Head count of a group (`population` or a name of the case's `people`) in a period, persons."""
        return self.population[period] if of == "population" else self.people[of][period]


@dataclass(frozen=True)
class Service:
    """A public service: need = head count of `of` x `per_1000` / 1000, in `unit`.

    Without `catchment_minutes` people are served in their own city only.
    """

    id: str
    unit: str
    per_1000: FrozenDict[str, float]  # by period id
    of: str  # population, or a name of the case's people
    catchment_minutes: float | None
    across_borders: Literal["always", "never", "by_policy"]
    shares: Literal["spare", "all"]


@dataclass(frozen=True)
class Capacity:
    """What a city has of a service before the plan; `amount` is None where it is unknown."""

    city: str
    service: str
    amount: FrozenDict[str, float] | None  # by period id and TODAY, in the service's unit
    outsiders: float  # share used by people from outside the cluster
    basis: Basis | None = None
    source: str = ""
    note: str = ""


@dataclass(frozen=True)
class Link:
    """A stretch between two cities; `needs` empty = exists today; several = all of them must serve."""

    id: str
    from_city: str
    to_city: str
    mode: str
    minutes: float  # running time, without boarding and border
    km: float | None
    oneway: bool
    needs: tuple[str, ...]
    basis: Basis | None = None
    source: str = ""
    note: str = ""


@dataclass(frozen=True)
class StartOption:
    """What starting one unit of a measure in a period brings, by calendar year.

    Attributes
    ----------
    period
        Period id in whose first year the works start.
    opens
        First year open = first year of the period + build years.
    serves
        Ids of the periods in which the unit is open for at least half of the years.
    capital, running
        Money of one unit by period id; only periods with a cost above zero.
    """

    period: str
    opens: int
    serves: tuple[str, ...]
    capital: FrozenDict[str, float]
    running: FrozenDict[str, float]


@dataclass(frozen=True)
class Measure:
    """One thing that can be started: a row of the project list, with all defaults filled in.

    `starts` holds the offered starts only: within earliest..latest, serving some period, and, for a decided measure
    with a start period, that one. A measure that is ruled out, or has no offered start, has none.
    """

    id: str
    name: str
    name_zh: str
    kind: Kind
    cities: tuple[str, ...]  # for a link without a city: the ends of the links it opens
    jurisdictions: tuple[str, ...]  # of its cities and of signed_by
    tiers: tuple[str, ...]  # of its cities
    service: str | None
    capacity: float  # of one unit, in the service's unit
    norm: str | None
    quantity: float | None
    capital_cost: float  # of one unit
    running_cost: float  # of one unit, a year
    units: float  # most units that can be started in all
    divisible: bool
    max_starts: float  # most units started in a period
    build_years: int
    life_years: int | None  # None = for good
    earliest: str
    latest: str
    status: Status
    start_period: str | None
    requires: tuple[str, ...]
    one_of: str | None
    together: str | None
    payers: FrozenDict[str, float]  # line -> share; empty = free among the lines that may pay
    signed_by: tuple[str, ...]
    benefit: float
    starts: tuple[StartOption, ...]
    basis: Basis | None = None
    source: str = ""
    note: str = ""


@dataclass(frozen=True)
class Norm:
    """A unit cost: capital of one unit, with a low and a high value, and what follows from it."""

    id: str
    unit: str
    capital_cost: float
    low: float | None
    high: float | None
    running_share: float  # of capital, a year
    build_years: int | None
    life_years: int | None
    basis: Basis | None = None
    source: str = ""
    note: str = ""


@dataclass(frozen=True)
class Case:
    """An investment case, filled in and checked. Equal cases have equal content; `source` does not count.

    Mappings keep the order of the files. `content_hash` covers all that the model sees and not the scenarios' texts.
    """

    name: str  # of its folder
    title: str
    scenario: str  # "base", or the name of the scenario applied
    money: Money
    periods: tuple[Period, ...]
    people: tuple[str, ...]
    modes: FrozenDict[str, Mode]
    services: FrozenDict[str, Service]
    access: FrozenDict[str, Access]
    cities: FrozenDict[str, City]
    capacity: FrozenDict[tuple[str, str], Capacity]  # (city, service)
    links: FrozenDict[str, Link]
    measures: FrozenDict[str, Measure]
    norms: FrozenDict[str, Norm]
    effects: tuple[Effect, ...]
    lines: FrozenDict[str, Line]
    trips: FrozenDict[tuple[str, str], float]
    targets: tuple[Target, ...]
    rules: tuple[Rule, ...]
    no_city_loses: bool
    goals: tuple[Goal, ...]
    scenarios: FrozenDict[str, Scenario]
    assumptions: tuple[str, ...]
    sources: str = ""  # text of SOURCES.md
    boundaries: str | None = None  # text of boundaries.geojson
    source: Any = field(default=None, compare=False, repr=False)  # the tables as read, for writing back
    content_hash: str = field(default="", compare=False)

    @property
    def period_ids(self) -> tuple[str, ...]:
        """Ids of the periods, in order."""
        return tuple(p.id for p in self.periods)

    @property
    def jurisdictions(self) -> tuple[str, ...]:
        """Jurisdictions of the cities, in order of first appearance."""
        return tuple(dict.fromkeys(c.jurisdiction for c in self.cities.values()))

    @property
    def indicators(self) -> tuple[str, ...]:
        """Ids of all indicators: the access standards, then the services."""
        return (*self.access, *self.services)

    def need(self, service: str, city: str, period: str) -> float:
        """Need of a city for a service in a period, in the service's unit; 0 where the capacity is unknown."""
        s = self.services[service]
        if self.capacity[city, service].amount is None:
            return 0.0
        return self.cities[city].heads(s.of, period) * s.per_1000[period] / 1000.0

    def effects_of(self, measure: str) -> Iterator[Effect]:
        """The effects that a measure has while it serves."""
        return (e for e in self.effects if e.measure == measure)
