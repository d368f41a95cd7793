"""The project list: measures with what parks and closures have, and unit costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Literal

from planner.case.declared import AsRead, FrozenDict, says, worked_out
from planner.case.kinds import KINDS, Kind
from planner.case.places import City, Link, Period, Periods, Reality, Row
from planner.case.serving import StartOption, start_option
from planner.case.values import Amount, Label, LifeYears, Minutes, Name, Names, Positive, Share, Shares, Years, YesNo

Form = Literal["incubation", "duplication", "enclave"]
Status = Literal["candidate", "decided", "ruled_out"]
Level = Literal["barrier_removal", "auxiliary", "supportive", "incentive", "subsidy"]  # of the pyramid, from its base up


class Norm(Row, counts_as="Norm"):
    """A unit cost."""

    id: Name = says("name used in measures.csv")
    unit: Label = says("what one is, such as km", default="")
    capital_cost: Amount = says("capital cost of one", unit="money")
    low: Amount | None = says("lowest plausible cost", default=None, unit="money")
    high: Amount | None = says("highest plausible cost", default=None, unit="money")
    running_share: Share = says("running cost as a share of capital cost", default=0.0, unit="share a year")
    build_years: Years | None = says("years of works", default=None, unit="years", empty="0")
    life_years: LifeYears | None = says("years open", default=None, unit="years", empty="for good")


class Measure(Row, counts_as="Measure"):
    """A thing that can be started: the project list.

    `starts` holds the offered starts only: within earliest..latest, serving some period, and, for a decided measure
    with a start period, that one. A measure that is ruled out, or has no offered start, has none.
    """

    id: Name = says("name used in the other tables")
    name: Label = says("name in tables and figures", default="", empty="the id")
    name_zh: Label = says("Chinese name", default="")
    kind: Kind = says("what it is; a park and a closure (of a plant) have a row in parks.csv, an abatement lowers emissions")
    cities: Names = says(
        "where it is, ';' between several; a park or closure is in one", default=(), key="city", names="a city",
        empty="a link: the ends of what it opens",
    )  # fmt: skip
    from_city: Name | None = says(
        "relocation: the city that people, jobs or capacity leave for the one where it is", default=None, names="a city",
        later=True,
    )  # fmt: skip
    service: Name | None = says("facility: the service that it adds capacity to", default=None, names="a service")
    capacity: Positive = says("facility: capacity of one unit", default=0.0, unit="the service's", empty="none")
    norm: Name | None = says(
        "norm that costs, build and life years come from where they are empty", default=None, names="a norm"
    )
    quantity: Positive | None = says(
        "units of the norm in one unit of the measure", default=None, unit="the norm's", empty="1"
    )
    capital_cost: Annotated[float, AsRead(Amount | None)] = says(
        "whole capital cost of one unit, public and private; of a decided measure what is left to pay", default=None,
        unit="money", empty="quantity x the norm's cost, or 0",
    )  # fmt: skip
    private_share: Share = says(
        "share of the capital cost that private investors pay by themselves; budget lines pay the rest", default=0.0,
        unit="share",
    )  # fmt: skip
    running_cost: Annotated[float, AsRead(Amount | None)] = says(
        "running cost of one unit", default=None, unit="money a year", empty="capital cost x the norm's running_share, or 0"
    )
    units: Positive = says(
        "most units that can be started in all; 1 for links, hubs and policies; phases of a park", default=1.0
    )
    divisible: YesNo = says("whether parts of a unit can be started", default=False)
    max_starts: Annotated[float, AsRead(Positive | None)] = says(
        "most units started in a period", default=None, empty="units"
    )
    build_years: Annotated[int, AsRead(Years | None)] = says(
        "years of works", default=None, unit="years", empty="the norm's, or 0"
    )
    life_years: LifeYears | None = says("years open", default=None, unit="years", empty="the norm's, or for good")
    earliest: Annotated[str, AsRead(Name | None)] = says(
        "first period in which it can start", default=None, empty="the first period", names="a period"
    )
    latest: Annotated[str, AsRead(Name | None)] = says(
        "last period in which it can start", default=None, empty="the last period", names="a period"
    )
    status: Status = says("candidate: the plan chooses; decided: all units start; ruled_out: none", default="candidate")
    start_period: Name | None = says(
        "decided: the period in which it starts", default=None, empty="the plan chooses", names="a period"
    )
    requires: Names = says("measures of which a unit must serve when it starts, ';' between", default=(), names="a measure")
    one_of: Name | None = says("group of which at most one measure ever starts", default=None)
    together: Name | None = says("group of which all start together", default=None)
    payers: Shares = says(
        "fixed shares of its cost, line:share;line:share, adding to 1", default=FrozenDict(),
        empty="any line that may pay", names="a budget line",
    )  # fmt: skip
    level: Level | None = says("policy: its level in the pyramid, from barrier removal up to subsidy", default=None)
    signed_by: Names = says(
        "policy, park or relocation: jurisdictions that must agree, ';' between", default=(), names="a jurisdiction"
    )
    benefit: Amount = says("benefit of one unit, for goals that ask for it", default=0.0)
    reality: Reality | None = says(
        "how real it is already: under way, published in somebody's plan, or hypothetical, which is nobody's plan",
        default=None, empty="that of the links it opens, where they agree; else not said", later=True,
    )  # fmt: skip
    jurisdictions: tuple[str, ...] = worked_out(default=())  # of its cities and of signed_by
    tiers: tuple[str, ...] = worked_out(default=())  # of its cities
    starts: tuple[StartOption, ...] = worked_out(default=())

    @property
    def is_park(self) -> bool:
        """Whether it brings the jobs and emissions of its row of parks.csv."""
        return KINDS[self.kind].park == "brings"

    @property
    def closes_plant(self) -> bool:
        """Whether it ends the jobs and emissions of its row of parks.csv, rather than bringing some."""
        return KINDS[self.kind].park == "ends"

    @property
    def has_park(self) -> bool:
        """Whether it has a row of parks.csv."""
        return KINDS[self.kind].park is not None

    @property
    def is_signed(self) -> bool:
        """Whether it is signed rather than built."""
        return KINDS[self.kind].signed

    @property
    def is_link(self) -> bool:
        """Whether it lies between the cities that it joins."""
        return self.kind == "link"

    def may_have(self, column: str) -> bool:
        """Whether its kind has a column of measures.csv that only some kinds have."""
        return column in KINDS[self.kind].columns

    def start_in(self, period: str) -> StartOption:
        """The offered start in a period, by its id."""
        return next(start for start in self.starts if start.period == period)

    def start_if_offered(self, period: Period, horizon: Sequence[Period]) -> StartOption | None:
        """The start that it would have in a period, offered or not; see `start_option`."""
        return start_option(period, horizon, self.build_years, self.life_years, self.capital_cost, self.running_cost)

    def is_open_after(self, opens: int, year: int) -> bool:
        """Whether a unit that opens in a year is still open after another."""
        return self.life_years is None or opens + self.life_years > year + 1

    def most_serving(self, period: str) -> float:
        """The most units that can serve in a period."""
        return min(self.units, self.max_starts * sum(period in start.serves for start in self.starts))

    def filled(
        self, periods: Periods, norms: Mapping[str, Norm], cities: Mapping[str, City], links: Mapping[str, Link]
    ) -> Measure:
        """The measure with costs and years by its norm, its places, and its offered starts."""
        norm = norms[self.norm] if self.norm is not None else None
        capital, running = self._costs(norm)
        where = self.cities or (self._ends(links) if self.is_link else ())
        filled = replace(
            self,
            name=self.name or self.id,
            cities=where,
            jurisdictions=tuple(dict.fromkeys([*(cities[c].jurisdiction for c in where), *self.signed_by])),
            tiers=tuple(dict.fromkeys(cities[c].tier for c in where)),
            max_starts=min(self.units, self.max_starts if self.max_starts is not None else self.units),
            build_years=_first_given(self.build_years, norm.build_years if norm else None, 0),
            life_years=norm.life_years if norm is not None and self.life_years is None else self.life_years,
            earliest=self.earliest or periods[0].id,
            latest=self.latest or periods[-1].id,
            capital_cost=capital,
            running_cost=running,
            reality=self.reality or self._reality_of(links),
        )
        return replace(filled, starts=tuple(filled._offered(periods)))

    def _costs(self, norm: Norm | None) -> tuple[float, float]:
        """Capital cost of a unit, and its running cost a year."""
        capital, running = self.capital_cost, self.running_cost
        if capital is None:
            quantity = 1.0 if self.quantity is None else self.quantity
            capital = quantity * norm.capital_cost if norm else 0.0
        if running is None:
            running = capital * norm.running_share if norm else 0.0
        return capital, running

    def _ends(self, links: Mapping[str, Link]) -> tuple[str, ...]:
        opened = [link for link in links.values() if self.id in link.needs]
        return tuple(dict.fromkeys(city for link in opened for city in (link.from_city, link.to_city)))

    def _reality_of(self, links: Mapping[str, Link]) -> Reality | None:
        """How real the links are that it opens, where all of them that say so agree."""
        said = {link.reality for link in links.values() if self.id in link.needs and link.reality is not None}
        return said.pop() if len(said) == 1 else None

    def _offered(self, periods: Periods) -> Iterator[StartOption]:
        ids = [p.id for p in periods]
        for period in periods[ids.index(self.earliest) : ids.index(self.latest) + 1]:
            fixed = self.start_period if self.status == "decided" else None
            if self.status != "ruled_out" and fixed in (None, period.id):
                option = self.start_if_offered(period, periods)
                if option is not None:
                    yield option


def _first_given(*values: int | None) -> int:
    return next(v for v in values if v is not None)


class Park(Row, counts_as="Park"):
    """What only parks and closures have; all amounts are of one unit, at full jobs."""

    measure: Name = says(
        "measure of kind park or closure; a closure has industry, jobs and emissions only", names="a measure"
    )
    origin: Name | None = says("city that the park comes from, not its own", default=None, names="a city")
    form: Form | None = says("how it goes there, for selections", default=None)
    industry: Name | None = says("industry", default=None, names="an industry")
    area_km2: Amount = says("land that a unit uses for good", default=0.0, unit="km2")
    jobs: Positive = says("productive jobs of a unit; of a closure the jobs that end", unit="jobs")
    skilled_share: Share = says("share of the jobs that skilled people fill", default=0.0, unit="share")
    output: Amount = says("output of a unit a year", default=0.0, unit="that of gdp, a year")
    tax: Amount = says("tax of a unit that comes back to budget lines in the next period", default=0.0, unit="money a year")
    emissions: Amount = says("emissions of a unit; of a closure what ends", default=0.0, unit="the airshed's, a year")
    origin_minutes: Minutes | None = says(
        "jobs are productive only while its city reaches the origin within so many minutes, door to door", default=None,
        unit="minutes", empty="always productive",
    )  # fmt: skip
    moved_share: Share = says(
        "share of the tax that was paid in the origin before, and is lost there", default=0.0, unit="share"
    )

    @property
    def needed_way(self) -> tuple[str, float] | None:
        """The city that its host must reach for its jobs, and within how many minutes; None = they need no way."""
        return None if self.origin is None or self.origin_minutes is None else (self.origin, self.origin_minutes)

    @property
    def said_of_origin(self) -> dict[str, float]:
        """What is said of where it comes from, by column; without an origin it would do nothing."""
        said = {"origin_minutes": self.origin_minutes, "moved_share": self.moved_share or None}
        return {column: value for column, value in said.items() if value is not None}


CLOSURES_HAVE = frozenset({"measure", "industry", "jobs", "emissions", *Row.declares()})  # columns of parks.csv
