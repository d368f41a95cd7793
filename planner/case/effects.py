"""Effects: what a measure does while it serves, beside the links it opens and the capacity it adds.

Each is a class with the key under which it stands in case.yaml; `EFFECTS` has them all, and everything else follows.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag

from planner.case.declared import AsRead, FrozenDict, Thing, exactly_one, says, worked_out
from planner.case.values import Amount, Minutes, Name, Names, Positive, PositiveShare, Share, SomeNames, Where, WholePositive
from planner.words.said import _

if TYPE_CHECKING:
    from planner.case.raw import Path
    from planner.case.selecting import Resolver


class Effect(Thing):
    """What a measure does while it serves.

    Attributes
    ----------
    key, title
        Under which it stands in case.yaml, and what happens, in a few words.
    each_unit
        Whether it is as large as the units that serve: a measure may have several. Others either act or do not.
    instead
        Where what is in force of it is said, if it cannot be in force without a measure; empty: it can.
    """

    key: ClassVar[str]
    title: ClassVar[str]
    each_unit: ClassVar[bool] = False
    instead: ClassVar[str] = ""

    measure: str = worked_out(default="")

    def resolve(self, resolve: Resolver, path: Path, shared: Collection[str]) -> Self:
        """The effect with its selections worked out.

        Parameters
        ----------
        path
            Where it stands in case.yaml.
        shared
            Parks whose tax can be shared: those that come from another jurisdiction.
        """
        return self


class BorderMinutes(Effect, counts_as="BorderMinutes"):
    """Border minutes change while the measure serves."""

    key, title = "border_minutes", _("border minutes change")

    between: Annotated[tuple[str, str], AsRead(Annotated[Names, Field(min_length=2, max_length=2)])] = says(
        "the two jurisdictions", names="a jurisdiction"
    )
    modes: SomeNames = says("modes of the links concerned", names="a mode")
    set_to: Minutes = says("border minutes from then on", unit="minutes", key="set")


class BoardingMinutes(Effect, counts_as="BoardingMinutes"):
    """Boarding minutes shrink in a city while the measure serves."""

    key, title = "boarding_minutes", _("boarding takes less in a city")

    city: Name = says("where", names="a city")
    modes: SomeNames = says("modes that are quicker to board there", names="a mode")
    minus: Minutes = says("minutes less, half on boarding and half on leaving; never below zero", unit="minutes")


class OpenService(Effect, counts_as="OpenService"):
    """People of some jurisdictions may use services in others while the measure serves."""

    key, title = "open_service", _("a service opens across borders")

    services: SomeNames = says("services opened", names="a service")
    people_of: SomeNames = says("jurisdictions whose people may use them", names="a jurisdiction")
    at: SomeNames = says("jurisdictions in which they may use them", names="a jurisdiction")
    minutes: Minutes | None = says(
        "replaces the catchment for this opening, where doctors travel and not patients", default=None, unit="minutes",
        empty="the service's catchment_minutes",
    )  # fmt: skip
    price: Amount | None = says(
        "what use by this opening costs, paid by the users' jurisdiction", default=None, unit="money a unit and year",
        empty="the service's price", later=True,
    )  # fmt: skip


class InCities(Effect):
    """An effect in some cities: their names, or a selection."""

    cities: Annotated[tuple[str, ...], AsRead(Names | None)] = says(
        "cities concerned; this or `where`", default=None, names="a city"
    )
    where: Where | None = says("selection of the cities concerned; this or `cities`", default=None)

    def check(self) -> None:
        exactly_one(self, "cities", "where")

    def resolve(self, resolve: Resolver, path: Path, shared: Collection[str]) -> Self:
        if self.where is None:
            return self
        return replace(self, cities=resolve.cities(self.where, (*path, "where")), where=None)


class RaiseCapacity(InCities, counts_as="RaiseCapacity"):
    """Existing capacity is higher while the measure serves."""

    key, title = "raise_capacity", _("existing capacity rises")
    instead = _("capacity.csv has what there is")

    services: SomeNames = says("services concerned", names="a service")
    by: Annotated[Amount, Field(le=10)] = says("added share of the existing capacity", unit="share")


class OpenOutsidersShare(InCities, counts_as="OpenOutsidersShare"):
    """Part of what outsiders use goes to the cluster while the measure serves."""

    key, title = "open_outsiders_share", _("stock moves from outsiders to the cluster")
    instead = _("`outsiders` in capacity.csv has what they use")

    services: SomeNames = says("services concerned", names="a service")
    share: Share = says("share of the whole stock", unit="share")


class RaisePrivateShare(Effect, counts_as="RaisePrivateShare"):
    """Private investors may pay more of the capital cost of some measures while the measure serves."""

    key, title = "private_share", _("private investors may pay more of capital costs")
    instead = _("`private_share` in measures.csv has what they pay, or a decided policy allows more")

    where: Where = says("selection of the measures concerned")
    plus: PositiveShare = says("what they may pay more, at most, of the whole capital cost", unit="share")
    measures: tuple[str, ...] = worked_out(default=())

    def resolve(self, resolve: Resolver, path: Path, shared: Collection[str]) -> Self:
        return replace(self, measures=resolve.measures(self.where, (*path, "where")))


class AddLand(InCities, counts_as="AddLand"):
    """Parks may use more land while the measure serves; it counts only where cities.csv has a land_quota_km2."""

    key, title = "add_land", _("parks may use more land")
    instead = _("`land_quota_km2` in cities.csv has the land there is")

    km2: Positive = says("land more in each of these cities", unit="km2")


class ShareTax(Effect, counts_as="ShareTax"):
    """The jurisdiction that parks come from gets part of their tax while the measure serves, the host the rest."""

    key, title = "share_tax", _("host and origin share the tax of parks")
    instead = _("an agreement about money is a policy that was decided")

    where: Where = says("selection of measures: of them the parks whose origin is in another jurisdiction")
    share: PositiveShare = says("share of the tax that goes to the origin", default=0.5, unit="share")
    periods: WholePositive | None = says(
        "of each phase, the first so many periods in which it serves", default=None, unit="periods", empty="all of them"
    )
    parks: tuple[str, ...] = worked_out(default=())

    def resolve(self, resolve: Resolver, path: Path, shared: Collection[str]) -> Self:
        chosen = resolve.measures(self.where, (*path, "where"))
        return replace(self, parks=tuple(name for name in chosen if name in shared))


class AllowTransfer(Effect, counts_as="AllowTransfer"):
    """A budget line may send money to another while the measure serves; what it sends is spent in the same period."""

    key, title = "allow_transfer", _("a budget line may send money to another")
    instead = _("an agreement about money is a policy that was decided")

    from_line: Name = says("line that may send", key="from", names="a budget line")
    to_line: Name = says("line that receives", key="to", names="a budget line")
    at_most_share: PositiveShare = says("largest share of the sender's money of a period that it may send", unit="share")


class LowerEmissions(Effect, counts_as="LowerEmissions"):
    """Emissions of an airshed are lower while the measure serves, by as much for each unit of it."""

    key = "lower_emissions"
    title = _("emissions are lower; a measure of several units can have it")
    each_unit = True
    instead = _("existing emissions of the airshed are what is left")

    airshed: Name = says("airshed that gets cleaner", names="an airshed")
    by: Positive = says("emissions less for each serving unit", unit="the airshed's, a year")


class Relocate(Effect, counts_as="Relocate"):
    """People, jobs and capacity move while the measure serves, with each unit of it: from its from_city to its city.

    Of a city's people, and of what it needs of a service, at most a fifth may move out of it or into it in all.
    """

    key, each_unit = "relocate", True
    title = _("people, jobs or capacity move; a relocation of several units can have it")
    instead = _("cities.csv and capacity.csv have what is where")

    people: Amount = says("people who move with each serving unit", default=0.0, unit="people")
    jobs: Amount = says("existing jobs that move with them", default=0.0, unit="jobs")
    capacity: FrozenDict[Name, Positive] = says(
        "service -> capacity for the cluster's people that moves with them", default=FrozenDict(), unit="the service's",
        names="a service",
    )  # fmt: skip


class Settle(Effect, counts_as="Settle"):
    """People settle in another city while the measure serves, or get rights of its people where they live already.

    At most a fifth of either city's people or need, as with relocate; a measure may have both effects.
    """

    key, title = "settle", _("people settle, or get the rights of a city that they live in")
    instead = _("cities.csv has the people of each city")

    from_city: Name = says("city whose people they are", key="from", names="a city")
    to_city: Name = says("city whose people they become", key="to", names="a city")
    people: Amount = says("people who move there", default=0.0, unit="people")
    entitled: Amount = says(
        "people of `from` who live in `to` already: of the services that it gives they become people of `to`", default=0.0,
        unit="people",
    )  # fmt: skip
    gives: Names = says("services that these have in `to` from then on", default=(), names="a service")


EFFECTS: Mapping[str, type[Effect]] = {
    kind.key: kind
    for kind in (
        BorderMinutes, BoardingMinutes, OpenService, RaiseCapacity, OpenOutsidersShare, RaisePrivateShare, AddLand, ShareTax,
        AllowTransfer, LowerEmissions, Relocate, Settle,
    )
}  # fmt: skip


def _key_of(given: Any) -> str | None:
    """The one key that an effect stands under; None where there is not exactly one."""
    return str(next(iter(given))) if isinstance(given, Mapping) and len(given) == 1 else None


def _under(key: str) -> BeforeValidator:
    return BeforeValidator(lambda given: given[key])


def _of_measures(effects: Mapping[str, tuple[Effect, ...]]) -> tuple[Effect, ...]:
    return tuple(replace(effect, measure=measure) for measure, several in effects.items() for effect in several)


def _one_of() -> Any:
    """Any of the effects, told apart by the key that it stands under."""
    kinds: Any = None
    for key, kind in EFFECTS.items():
        tagged = Annotated[kind, _under(key), Tag(key)]  # type: ignore[valid-type]
        kinds = tagged if kinds is None else kinds | tagged
    return Annotated[kinds, Discriminator(_key_of)]


ByMeasure = Annotated[
    tuple[Effect, ...], AsRead(Annotated[FrozenDict[Name, tuple[_one_of(), ...]], AfterValidator(_of_measures)])  # type: ignore[misc]
]

InForce = Annotated[tuple[Effect, ...], AsRead(tuple[_one_of(), ...])]  # type: ignore[misc]
