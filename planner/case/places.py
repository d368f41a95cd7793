"""Periods, cities with their people and stocks, and how people get from one to another.

Units, everywhere: money in the case's unit (``money.unit``) at constant prices, minutes door to door, people as heads,
services in their own unit. Periods are named by their last year (``"2035"``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field

from planner.case.declared import AsRead, FrozenDict, Thing, frozen, says, worked_out
from planner.case.values import (
    EVERY_PERIOD,
    UNKNOWN,
    Amount,
    ByPeriod,
    Heads,
    Label,
    Minutes,
    Name,
    Names,
    Number,
    Positive,
    PositiveShare,
    Share,
    Stock,
    Text,
    Title,
    TwoNames,
    Unit,
    Where,
    YesNo,
)
from planner.words.said import _

if TYPE_CHECKING:
    from planner.case.selecting import Resolver

TODAY = "today"  # key of the year before the first period, beside the period ids
OFFERS = "offers"  # in place of a column, in a selection of destinations

Tier = Literal["core", "secondary", "small"]
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

    counts_as: ClassVar[str] = "Period"

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


Periods = tuple[Period, ...]
PERIOD = re.compile(r"(\d{4})(?:-(\d{4}))?")


def as_period(value: object) -> Period:
    """A period as people write it: 2026-2030, or one year."""
    text = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    match = PERIOD.fullmatch(text)
    if not match:
        raise ValueError(_("must be a period such as 2026-2030"))
    first, last = int(match[1]), int(match[2] or match[1])
    if not 1900 <= first <= last <= 2300:
        raise ValueError(_("must be a period such as 2026-2030, its first year not after its last"))
    return Period(str(last), first, last)


def each_period(figures: FrozenDict[str, float], periods: Periods) -> FrozenDict[str, float]:
    """A figure for every period."""
    return frozen({p.id: figures[EVERY_PERIOD if EVERY_PERIOD in figures else p.id] for p in periods})


Reality = Literal["under_way", "published", "hypothetical"]


class Row(Thing):
    """What every table may carry on each row."""

    basis: Basis | None = says("what the figures of the row rest on", default=None)
    source: Text = says("where they come from", default="")
    note: Text = says("anything else a reader should know", default="")


class Named(Thing, counts_as="Named"):
    """What people read instead of an id."""

    id: str = worked_out(default="")  # the key under which it stands
    name: Title = says(
        "name in texts, tables and drawings, short enough for the head of a column and without a unit", default="",
        empty="its key as words",
    )  # fmt: skip
    name_zh: Title = says("Chinese name", default="", empty="`name`")


N = TypeVar("N", bound=Named)


def _with_ids(section: FrozenDict[str, N]) -> FrozenDict[str, N]:
    return frozen({id_: replace(thing, id=id_) for id_, thing in section.items()})


Section = Annotated[FrozenDict[Name, N], AfterValidator(_with_ids)]  # things under their names


class City(Row, counts_as="City"):
    """A city of the cluster."""

    id: Name = says("name used in the other tables")
    name: Label = says("name on maps and in tables", default="", empty="the id")
    name_zh: Label = says("Chinese name", default="")
    jurisdiction: Name = says("who governs it; several cities may share one")
    tier: Tier = says("place in the cluster")
    lat: Annotated[Number, Field(ge=-90, le=90)] = says("latitude of its seat", unit="degrees")
    lon: Annotated[Number, Field(ge=-180, le=180)] = says("longitude of its seat", unit="degrees")
    area_km2: Positive | None = says("area", default=None, unit="km2")
    population: FrozenDict[str, Heads] = says(
        "people in the year before the first period", default=FrozenDict(), unit="heads", empty="that of the first period",
        by_period="people in the last year of a period; in all periods or none",
    )  # fmt: skip
    people: FrozenDict[str, FrozenDict[str, Heads]] = says(
        "for each name of `people` its heads in the year before the first period; they grow as the population does",
        default=FrozenDict(), key="<people>", unit="heads", by_period="its heads in a period; in all periods or none",
    )  # fmt: skip
    growth_per_year: Annotated[Number, Field(ge=-0.2, le=0.2)] | None = says(
        "yearly growth from then on; this or columns population_<period>", default=None, unit="share a year",
        empty="no growth",
    )  # fmt: skip
    gdp: Amount | None = says(
        "gross domestic product: for weights, and for work of output", default=None,
        unit="any, the same in all rows and for parks",
    )  # fmt: skip
    jobs: Heads | None = says("existing jobs: for weights, for work and for plants that close", default=None, unit="jobs")
    jobs_target: Annotated[FrozenDict[str, float] | None, AsRead(FrozenDict[str, Heads])] = says(
        "jobs that the city should have, in every period without a column of its own; 0 means no target",
        default=FrozenDict(), unit="jobs", empty="columns jobs_target_<period>, or no target",
        by_period="jobs_target in a period",
    )  # fmt: skip
    skilled: Heads | None = says(
        "skilled people who have no skilled work yet: with graduates, as many may work in its parks", default=None,
        unit="people", empty="any number may",
    )  # fmt: skip
    land_quota_km2: Amount | None = says("land that parks may use in all", default=None, unit="km2", empty="any area")
    meant_for: Positive | None = says(
        "people that it is meant to hold, for indicators of crowding", default=None, unit="heads", empty="not said",
        later=True,
    )  # fmt: skip
    housing: Amount | None = says(
        "people for whom there is housing beyond those who live there without any move: no more may move in than that and "
        "those who move out", default=None, unit="people", empty="for any number", later=True,
    )  # fmt: skip
    airshed: Name | None = says("airshed that its parks and plants emit into", default=None, names="an airshed")

    def heads(self, of: str, period: str) -> float:
        """Head count of a group (`population` or a name of the case's `people`) in a period, persons."""
        return self.population[period] if of == "population" else self.people[of][period]

    def filled(self, periods: Periods, people: tuple[str, ...]) -> City:
        """The city with its head counts today and in every period."""
        population = self._population(periods)
        return replace(
            self,
            name=self.name or self.id,
            population=population,
            people=frozen({group: _grown(self.people.get(group, {}), population, periods) for group in people}),
            growth_per_year=None,
            jobs_target=self._jobs_target(periods),
        )

    def _population(self, periods: Periods) -> FrozenDict[str, float]:
        given = {p.id: self.population[p.id] for p in periods if p.id in self.population}
        if given:
            return frozen({TODAY: self.population.get(TODAY, given[periods[0].id]), **given})
        today = self.population.get(TODAY, 0.0)
        factor = 1.0 + (self.growth_per_year or 0.0)
        start = periods[0].first - 1
        return frozen({TODAY: today, **{p.id: today * factor ** (p.last - start) for p in periods}})

    def _jobs_target(self, periods: Periods) -> FrozenDict[str, float] | None:
        """Jobs that the city should have in every period; None without any figure."""
        given = self.jobs_target
        return frozen({p.id: given.get(p.id, given.get(TODAY, 0.0)) for p in periods}) if given else None


def _grown(heads: Mapping[str, float], population: Mapping[str, float], periods: Periods) -> FrozenDict[str, float]:
    """Heads of a group: by its own columns, or today's number growing as the population does."""
    given = {p.id: heads[p.id] for p in periods if p.id in heads}
    if given:
        return frozen({TODAY: heads.get(TODAY, given[periods[0].id]), **given})
    today = heads[TODAY]
    grown = {p.id: population[p.id] / population[TODAY] if population[TODAY] > 0 else 1.0 for p in periods}
    return frozen({TODAY: today, **{p: today * factor for p, factor in grown.items()}})


class Service(Named, counts_as="Service"):
    """A public service: need = head count x per_1000 / 1000, met by capacity within reach."""

    unit: Unit = says("what capacity is counted in, such as beds")
    per_1000: ByPeriod = says(
        "standard per 1,000 heads: one number, or one for each period", unit="unit per 1,000", names="a period"
    )
    of: Name = says("whose heads count: population, or a name of `people`", default="population", names="a head count")
    catchment_minutes: Minutes | None = says(
        "how far people go, door to door", default=None, unit="minutes", empty="own city only"
    )
    across_borders: Literal["always", "never", "by_policy"] = says(
        "whether people may use it in another jurisdiction; by_policy: once a policy that opens it serves",
        default="by_policy",
    )
    shares: Literal["spare", "all"] = says(
        "what a city lets others use: what its own people do not need and what it builds, or everything", default="spare"
    )
    away_counts: Share | None = says(
        "what a need that is met in another city counts, of one met at home", default=None, unit="share",
        empty="1: as much as at home", later=True,
    )  # fmt: skip
    keeps: Annotated[Number, Field(ge=1, le=10)] | None = says(
        "what a city keeps of its stock for its own people, in times their need: only what is above it is spare; what is "
        "built may all be shared", default=None, unit="times the need", empty="1", later=True,
    )  # fmt: skip
    price: Amount | None = says(
        "what its use in another jurisdiction costs, where the policy that opens it says no other price: paid by the "
        "users' jurisdiction beyond what it costs to run", default=None, unit="money a unit and year", empty="nothing",
        later=True,
    )  # fmt: skip
    graduates: Amount = says(
        "skilled people that a place brings in a year in which residents of the city use it, wherever it is",
        default=0.0, unit="graduates a place and year", key="graduates_per_place_year",
    )  # fmt: skip
    stay_share: Share = says(
        "share of these graduates who look for skilled work in their home city", default=1.0, unit="share"
    )

    @property
    def kept_times(self) -> float:
        """How many times its own people's need a city keeps of its stock."""
        return 1.0 if self.keeps is None else self.keeps

    @property
    def counts_away(self) -> float:
        """What a need that is met in another city counts."""
        return 1.0 if self.away_counts is None else self.away_counts

    def counts(self, home: str, place: str) -> float:
        """What a need of one city that is met in another counts; at home it counts whole."""
        return 1.0 if home == place else self.counts_away

    def price_by(self, price: float | None) -> float:
        """What use in another jurisdiction costs a unit and year, by a right that may say its own price."""
        return (self.price or 0.0) if price is None else price

    def filled(self, periods: Periods) -> Service:
        """The service with its standard in every period; what says no more than the default says nothing."""
        return replace(
            self,
            per_1000=each_period(self.per_1000, periods),
            away_counts=None if self.away_counts == 1 else self.away_counts,
            keeps=None if self.keeps == 1 else self.keeps,
            price=self.price or None,
        )


class Capacity(Row, counts_as="Capacity"):
    """What a city has of a service before the plan; every city x service needs a row, 0 where there is none."""

    city: Name = says("city", names="a city")
    service: Name = says("service", names="a service")
    amount: Annotated[FrozenDict[str, float] | None, AsRead(FrozenDict[str, Stock])] = says(
        "stock today and in every period without a column of its own; `unknown` leaves the city out of the service",
        default=FrozenDict(), key="capacity", unit="the service's", empty="columns capacity_<period>",
        by_period="stock in a period",
    )  # fmt: skip
    outsiders: Share = says("share of the stock used by people from outside the cluster", default=0.0, unit="share")
    used: Amount | None = says(
        "how much of the stock is in use today, by whomever: printed, and warned of where more is added beside what stands "
        "empty", default=None, unit="the service's", empty="not known", later=True,
    )  # fmt: skip

    @property
    def share_used(self) -> float | None:
        """The share of today's stock that is in use; None where one of the two is not known, or there is none."""
        there = self.amount[TODAY] if self.amount is not None else 0.0
        return None if self.used is None or there <= 0 else self.used / there

    def filled(self, periods: Periods) -> Capacity:
        """The stock today and in every period; None where it is unknown."""
        given: Mapping[str, Any] = self.amount or {}
        by_period = {p.id: given.get(p.id, given.get(TODAY)) for p in periods}
        figures = {TODAY: given.get(TODAY, by_period[periods[0].id]), **by_period}
        known = {when: float(amount) for when, amount in figures.items() if amount is not None and amount != UNKNOWN}
        return replace(self, amount=frozen(known) if len(known) == len(figures) else None)


class BorderPair(Thing, counts_as="BorderPair"):
    """What one border costs on a mode."""

    between: TwoNames = says("the two jurisdictions", names="a jurisdiction")
    minutes: Minutes = says("added to every link of this mode between the two", unit="minutes")

    def check(self) -> None:
        if len(set(self.between)) == 1:
            raise ValueError(_("needs two jurisdictions: within one there is no border"))


class Borders(Thing, counts_as="Borders"):
    """What borders cost on a mode, where that is not the same at all of them."""

    default: Minutes = says("at every border that no pair names", default=0.0, unit="minutes")
    pairs: tuple[BorderPair, ...] = says("borders with minutes of their own", default=(), empty="none: all as the default")

    def check(self) -> None:
        named = [frozenset(pair.between) for pair in self.pairs]
        twice = next((pair for pair in self.pairs if named.count(frozenset(pair.between)) > 1), None)
        if twice is not None:
            raise ValueError(_("names the border between {one} and {other} twice").format(
                one=twice.between[0], other=twice.between[1]
            ))  # fmt: skip

    def filled(self) -> float | Borders:
        """One number where that is all it says; else the pairs in an order that does not hang on how they were written."""
        ordered = (replace(pair, between=tuple(sorted(pair.between))) for pair in self.pairs)
        pairs = tuple(sorted(ordered, key=lambda pair: pair.between))
        return replace(self, pairs=pairs) if pairs else self.default


def by_border(value: object) -> object:
    """One number for all borders, or keys."""
    return dict(value) if isinstance(value, Mapping) else {"default": value}


class Mode(Named, counts_as="Mode"):
    """A means of travel."""

    boarding_minutes: Minutes = says(
        "to the station, waiting and from the station: once a ride, half on boarding and half on leaving", default=0.0,
        unit="minutes",
    )  # fmt: skip
    border_minutes: Annotated[float | Borders, AsRead(Annotated[Borders, BeforeValidator(by_border)])] = says(
        "added to every link of this mode across a jurisdiction border: one number, or keys with a number for each pair of "
        "jurisdictions", default=0.0, unit="minutes",
    )  # fmt: skip

    def filled(self) -> Mode:
        """The mode with one number for all borders where that is all it says."""
        borders = self.border_minutes
        return replace(self, border_minutes=borders.filled()) if isinstance(borders, Borders) else self

    def minutes_between(self, one: str, other: str) -> float:
        """Minutes at the border between two jurisdictions, before any policy; within one there is none."""
        if one == other:
            return 0.0
        borders = self.border_minutes
        if not isinstance(borders, Borders):
            return borders
        own = (pair.minutes for pair in borders.pairs if set(pair.between) == {one, other})
        return next(own, borders.default)


class Link(Row, counts_as="Link"):
    """A stretch between two cities that exists or can be opened."""

    id: Name = says("name of the link")
    from_city: Name = says("city at one end", key="from", names="a city")
    to_city: Name = says("city at the other end", key="to", names="a city")
    mode: Name = says("mode", names="a mode")
    minutes: Minutes = says("running time, without boarding and border", unit="minutes")
    km: Amount | None = says("length", default=None, unit="km")
    oneway: YesNo = says("whether it runs from `from` to `to` only", default=False)
    needs: Names = says("measures that must all serve, ';' between", default=(), empty="it exists today", names="a measure")
    reality: Reality | None = says(
        "how real what opens it is: under way, published in somebody's plan, or hypothetical", default=None,
        empty="not said", later=True,
    )  # fmt: skip


class Access(Named, counts_as="Access"):
    """An access standard: how many minutes it may take to get somewhere.

    `destinations` is empty where `offers` names a service: then the destinations are the cities where it is offered
    (existing capacity above zero in the period, or at least one whole unit of a facility of it serving).
    """

    kind: Literal["nearest", "all", "reach"] = says(
        "nearest: the fastest destination; all: the mean over all destinations; reach: the share of the cluster within "
        "the standard minutes"
    )
    from_where: Where = says(
        "selection of the cities that have the standard", default=FrozenDict(), empty="all cities", key="from"
    )
    to_where: Where = says(
        "selection of the destinations, or {offers: service}: wherever it is offered (kind nearest only)",
        default=FrozenDict(), empty="all cities", key="to",
    )  # fmt: skip
    standard_minutes: Minutes = says("up to here there is no gap", unit="minutes")
    worst_minutes: Minutes | None = says(
        "from here on the gap is full; above standard_minutes; not for reach", default=None, unit="minutes",
        empty="needed, except for reach",
    )  # fmt: skip
    modes: Names = says("modes that may be used", default=(), empty="all modes", names="a mode")
    weight: Literal["population", "gdp", "jobs", "equally", "trips"] = says(
        "what destinations weigh, for all and reach; trips: trips.csv", default="population"
    )
    target: PositiveShare | None = says(
        "for reach: share of the cluster that is to be within the standard minutes", default=None, unit="share",
        empty="needed for reach",
    )  # fmt: skip
    origins: tuple[str, ...] = worked_out(default=())
    destinations: tuple[str, ...] = worked_out(default=())
    offers: str | None = worked_out(default=None)

    @property
    def silent(self) -> frozenset[str]:
        return frozenset({"weight"}) if self.kind == "nearest" else frozenset()

    def filled(self, modes: tuple[str, ...], resolve: Resolver) -> Access:
        """The standard with its cities."""
        path = ("access", self.id)
        offers = self.to_where[OFFERS][0] if OFFERS in self.to_where else None
        return replace(
            self,
            modes=self.modes or modes,
            origins=resolve.cities(self.from_where, (*path, "from"), needed=True),
            destinations=() if offers else resolve.cities(self.to_where, (*path, "to"), needed=True),
            offers=offers,
        )


class Trip(Row):
    """A weight of a pair of cities; pairs without a row weigh nothing."""

    from_city: Name = says("where trips start", key="from", names="a city")
    to_city: Name = says("where they end", key="to", names="a city")
    trips: Amount = says("trips, or any weight", unit="any, the same in all rows")
