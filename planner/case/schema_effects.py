"""The keys of effects in case.yaml: what a measure does while it serves. The other keys are in `schema`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from planner.case.schema_base import Keys, exactly_one
from planner.case.values import (
    Amount,
    Minutes,
    Name,
    Names,
    Positive,
    PositiveShare,
    Share,
    Where,
    WholePositive,
    described,
)


class BorderKeys(Keys):
    """Border minutes change while the measure serves."""

    between: Annotated[Names, Field(min_length=2, max_length=2)] = described("the two jurisdictions")
    modes: Annotated[Names, Field(min_length=1)] = described("modes of the links concerned")
    set_to: Minutes = described("border minutes from then on", unit="minutes", alias="set")


class BoardingKeys(Keys):
    """Boarding minutes shrink in a city while the measure serves."""

    city: Name = described("where")
    modes: Annotated[Names, Field(min_length=1)] = described("modes that are quicker to board there")
    minus: Minutes = described("minutes less, half on boarding and half on leaving; never below zero", unit="minutes")


class OpenServiceKeys(Keys):
    """People of some jurisdictions may use services in others while the measure serves."""

    services: Annotated[Names, Field(min_length=1)] = described("services opened")
    people_of: Annotated[Names, Field(min_length=1)] = described("jurisdictions whose people may use them")
    at: Annotated[Names, Field(min_length=1)] = described("jurisdictions in which they may use them")
    minutes: Minutes | None = described(
        "replaces the catchment for this opening, where doctors travel and not patients", None, "minutes",
        "the service's catchment_minutes",
    )  # fmt: skip


class InCities(Keys):
    """What an effect in some cities says of them: their names, or a selection."""

    cities: Names | None = described("cities concerned; this or `where`", None)
    where: Where | None = described("selection of the cities concerned; this or `cities`", None)

    @model_validator(mode="after")
    def _one_selection(self) -> InCities:
        exactly_one(self, "cities", "where")
        return self


class RaiseCapacityKeys(InCities):
    """Existing capacity is higher while the measure serves."""

    services: Annotated[Names, Field(min_length=1)] = described("services concerned")
    by: Annotated[Amount, Field(le=10)] = described("added share of the existing capacity", unit="share")


class OpenOutsidersKeys(InCities):
    """Part of what outsiders use goes to the cluster while the measure serves."""

    services: Annotated[Names, Field(min_length=1)] = described("services concerned")
    share: Share = described("share of the whole stock", unit="share")


class PrivateShareKeys(Keys):
    """Private investors may pay more of the capital cost of some measures while the measure serves."""

    where: Where = described("selection of the measures concerned")
    plus: PositiveShare = described("what they may pay more, at most, of the whole capital cost", unit="share")


class AddLandKeys(InCities):
    """Parks may use more land while the measure serves; it counts only where cities.csv has a land_quota_km2."""

    km2: Positive = described("land more in each of these cities", unit="km2")


class ShareTaxKeys(Keys):
    """The jurisdiction that parks come from gets part of their tax while the measure serves, the host the rest."""

    where: Where = described("selection of measures: of them the parks whose origin is in another jurisdiction")
    share: PositiveShare = described("share of the tax that goes to the origin", 0.5, "share")
    periods: WholePositive | None = described(
        "of each phase, the first so many periods in which it serves", None, "periods", "all of them"
    )


class AllowTransferKeys(Keys):
    """A budget line may send money to another while the measure serves; what it sends is spent in the same period."""

    from_line: Name = described("line that may send", alias="from")
    to_line: Name = described("line that receives", alias="to")
    at_most_share: PositiveShare = described(
        "largest share of the sender's money of a period that it may send", unit="share"
    )


class LowerEmissionsKeys(Keys):
    """Emissions of an airshed are lower while the measure serves, by as much for each unit of it."""

    airshed: Name = described("airshed that gets cleaner")
    by: Positive = described("emissions less for each serving unit", unit="the airshed's, a year")


class EffectKeys(Keys):
    """What a measure does while it serves, beside the links it opens and the capacity it adds: one of these keys."""

    border_minutes: BorderKeys | None = described("border minutes change", None)
    boarding_minutes: BoardingKeys | None = described("boarding takes less in a city", None)
    open_service: OpenServiceKeys | None = described("a service opens across borders", None)
    raise_capacity: RaiseCapacityKeys | None = described("existing capacity rises", None)
    open_outsiders_share: OpenOutsidersKeys | None = described("stock moves from outsiders to the cluster", None)
    private_share: PrivateShareKeys | None = described("private investors may pay more of capital costs", None)
    add_land: AddLandKeys | None = described("parks may use more land", None)
    share_tax: ShareTaxKeys | None = described("host and origin share the tax of parks", None)
    allow_transfer: AllowTransferKeys | None = described("a budget line may send money to another", None)
    lower_emissions: LowerEmissionsKeys | None = described(
        "emissions are lower; the only effect that a measure of several units can have", None
    )

    @model_validator(mode="after")
    def _one_effect(self) -> EffectKeys:
        if len(self.model_fields_set) != 1 or self.chosen is None:
            raise ValueError("must name exactly one effect: " + ", ".join(type(self).model_fields))
        return self

    @property
    def name(self) -> str:
        """The key of the one effect that is given."""
        return next(iter(self.model_fields_set))

    @property
    def chosen(self) -> Keys | None:
        """The one effect that is given."""
        found: Keys | None = getattr(self, self.name)
        return found
