"""What the tables and the plain sections of a case say, filled in: periods, modes, cities, services, links, measures, parks.

Part of the nouns of a case (see `planner.case.nouns`, which gives them on).

Units, everywhere: money in the case's unit (``money.unit``) at constant prices, minutes door to door, people as heads,
services in their own unit. Periods are named by their last year (``"2035"``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from planner.case.clauses import Level
from planner.case.frozen import FrozenDict

TODAY = "today"  # key of the year before the first period, beside the period ids

Tier = Literal["core", "secondary", "small"]
Kind = Literal["link", "facility", "hub", "policy", "park", "abatement", "closure"]
Form = Literal["incubation", "duplication", "enclave"]
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
class Named:
    """The name of what has no section of its own in case.yaml: a jurisdiction, a holder of lines, a head count."""

    id: str
    name: str = ""  # empty = its id
    name_zh: str = ""


@dataclass(frozen=True)
class Mode:
    """A means of travel: minutes for boarding and leaving once (together), and for crossing a border."""

    id: str
    boarding_minutes: float
    border_minutes: float
    name: str = ""  # empty = its id as words, see `planner.case.naming`
    name_zh: str = ""


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
    jobs: float | None  # existing jobs
    skilled: float | None  # skilled people who have no job yet; None = no limit from skills
    land_quota_km2: float | None  # land that parks may use in all; None = no limit
    airshed: str | None
    jobs_target: FrozenDict[str, float] | None  # jobs that the city should have, by period id; None = no target
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

    Without `catchment_minutes` people are served in their own city only. Where `graduates` is above zero, each resident
    served for a year brings so many graduates, of whom `stay_share` look for skilled work in their home city later.
    """

    id: str
    unit: str
    per_1000: FrozenDict[str, float]  # by period id
    of: str  # population, or a name of the case's people
    catchment_minutes: float | None
    across_borders: Literal["always", "never", "by_policy"]
    shares: Literal["spare", "all"]
    graduates: float = 0.0  # per place and year
    stay_share: float = 1.0
    name: str = ""  # empty = its id as words, see `planner.case.naming`
    name_zh: str = ""


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
    level: Level | None = None  # of the policy pyramid; policies only
    private_share: float = 0.0  # share of capital_cost (and of starts' capital) that private investors pay by themselves
    basis: Basis | None = None
    source: str = ""
    note: str = ""

    def most_serving(self, period: str) -> float:
        """The most units that can serve in a period."""
        return min(self.units, self.max_starts * sum(period in start.serves for start in self.starts))


@dataclass(frozen=True)
class Park:
    """What only parks and closures have: a row of parks.csv. All amounts are of one unit (phase), at full jobs.

    Attributes
    ----------
    measure
        A measure of kind park (in exactly one city, its host), or closure (the plant that goes; in one city).
    origin
        City that the park comes from; None for a park of its own, and for closures.
    origin_minutes
        Jobs are productive only while the host reaches the origin (or goes there) within so many minutes; None = always.
    jobs
        Productive jobs; of a closure the jobs that end.
    skilled_share
        Share of the jobs that skilled people fill.
    output, tax
        A year: output in the unit of the cities' gdp, and tax that comes back to the lines, in money.
    emissions
        A year, in the unit of the city's airshed; of a closure what ends.
    moved_share
        Share of the tax that was paid in the origin before, and is lost there.
    """

    measure: str
    origin: str | None
    form: Form | None
    industry: str | None
    area_km2: float
    jobs: float
    skilled_share: float
    output: float
    tax: float
    emissions: float
    origin_minutes: float | None
    moved_share: float
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
