"""Industries and their chains, the air, indicators of work, and what is asked of policies by their level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from planner.case.declared import AsRead, FrozenDict, Selection, Thing, says, worked_out
from planner.case.measures import Level
from planner.case.places import City, Named, Periods, each_period
from planner.case.values import (
    EVERY_PERIOD,
    ByPeriod,
    Minutes,
    Names,
    Number,
    PositiveShare,
    Share,
    TwoNames,
    Unit,
    Where,
    WholeNumber,
    WholePositive,
)

if TYPE_CHECKING:
    from planner.case.selecting import Resolver

CORE: Selection = FrozenDict({"tier": ("core",)})  # what an indicator of work compares with by default


class Industry(Named, counts_as="Industry"):
    """An industry that parks are of."""

    max_hosts: WholePositive | None = says(
        "most cities in which parks of it may ever start, so that cities differ", default=None, unit="cities",
        empty="any number",
    )  # fmt: skip


class Chain(Named, counts_as="Chain"):
    """A value chain: two parks near one another, one of each industry, bring bonus jobs, half of them to each host."""

    industries: Annotated[tuple[str, str], AsRead(TwoNames)] = says(
        "the two industries; the same one twice for parks of one industry", names="an industry"
    )
    minutes: Minutes = says(
        "how far the hosts may be apart, door to door, from the one of the first industry to the other", unit="minutes"
    )
    bonus: PositiveShare = says("bonus jobs of a park over all its partners, for each of its own jobs", unit="share")


class Airshed(Named, counts_as="Airshed"):
    """A part of the sky that cities share: what is emitted into it a year, and what may be."""

    unit: Unit = says("what emissions are counted in a year, such as kt SO2")
    existing: ByPeriod = says(
        "emissions without parks and measures: one number, or one for each period",
        default=FrozenDict({EVERY_PERIOD: 0.0}), unit="unit a year", empty="0", names="a period",
    )  # fmt: skip
    cap: ByPeriod | None = says(
        "most that may be emitted: one number, or one for each period", default=None, unit="unit a year", empty="no cap",
        names="a period",
    )  # fmt: skip

    def filled(self, periods: Periods) -> Airshed:
        """The airshed with its figures in every period."""
        cap = None if self.cap is None else each_period(self.cap, periods)
        return replace(self, existing=each_period(self.existing, periods), cap=cap)


class Work(Named, counts_as="Work"):
    """An indicator of work: jobs against a city's target, or jobs or output per head against the core cities of today.

    `cities` has those that have it: of kind target only those with a jobs_target, of kind core those that are not of it.
    """

    kind: Literal["target", "core"] = says(
        "target: jobs against jobs_target of cities.csv; core: per head against the core cities today"
    )
    of: Literal["jobs", "output"] = says(
        "what is counted: jobs (existing and in parks), or output (gdp and output of parks); for kind core", default="jobs"
    )
    share: PositiveShare = says("share of the core's level that leaves no gap; for kind core", default=1.0, unit="share")
    where: Where = says(
        "selection of the cities that have the indicator; of kind target only those with a jobs_target, of kind core "
        "without the core", default=FrozenDict(), empty="all cities",
    )  # fmt: skip
    core_where: Annotated[Selection, AsRead(Where | None)] = says(
        "selection of the cities whose level today is the measure; for kind core", default=None, empty="{tier: core}",
        key="core",
    )  # fmt: skip
    cities: tuple[str, ...] = worked_out(default=())
    core: tuple[str, ...] = worked_out(default=())

    @property
    def silent(self) -> frozenset[str]:
        return frozenset({"of", "share", "core_where"}) if self.kind == "target" else frozenset()

    def filled(self, cities: Mapping[str, City], resolve: Resolver) -> Work:
        """The indicator with the cities that have it."""
        chosen = resolve.cities(self.where, ("work", self.id, "where"), needed=True)
        if self.kind == "target":
            having = tuple(c for c in chosen if cities[c].jobs_target is not None)
            return replace(self, cities=having, core_where=FrozenDict())
        core_where = CORE if self.core_where is None else self.core_where
        core = resolve.cities(core_where, ("work", self.id, "core"), needed=True)
        return replace(self, cities=tuple(c for c in chosen if c not in core), core=core, core_where=core_where)


class Crowding(Named, counts_as="Crowding"):
    """An indicator of crowding: a city's people against those that it is meant to hold (`meant_for` in cities.csv).

    `cities` has those that have it: those that say what they are meant for.
    """

    worst: Annotated[Number, Field(gt=1, le=10)] = says(
        "people, in times of what a city is meant to hold, at which the gap is whole; from there down to once it falls to 0",
        unit="times what it is meant for",
    )  # fmt: skip
    where: Where = says("selection of the cities that have the indicator", default=FrozenDict(), empty="all cities")
    cities: tuple[str, ...] = worked_out(default=())

    def filled(self, cities: Mapping[str, City], resolve: Resolver) -> Crowding:
        """The indicator with the cities that have it."""
        chosen = resolve.cities(self.where, ("crowding", self.id, "where"), needed=True)
        return replace(self, cities=tuple(c for c in chosen if cities[c].meant_for is not None))


class Pyramid(Thing, counts_as="Pyramid"):
    """What is asked of policies by their level: barrier_removal, auxiliary, supportive, incentive, subsidy."""

    at_most_share: FrozenDict[Level, Share] = says(
        "level -> largest share of all lines' money, over all periods, that policies of the level may cost",
        default=FrozenDict(), unit="share",
    )  # fmt: skip
    subsidy_periods: WholeNumber | None = says(
        "in how many periods, at most, a city may be subsidised", default=None, unit="periods", empty="any number"
    )
    barriers_first: Names = says(
        "policies of level barrier_removal: a subsidy starts only where those that its jurisdictions sign serve",
        default=(), names="a measure",
    )  # fmt: skip
