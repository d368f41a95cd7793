"""The keys of industry, work, emissions, policy and debt in case.yaml. The other keys are in `schema`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from planner.case.nouns import Level
from planner.case.schema_base import EVERY_PERIOD, ByPeriod, Keys, NamedKeys, exactly_one
from planner.case.values import (
    Amount,
    Label,
    Minutes,
    Name,
    Names,
    PositiveShare,
    Share,
    Where,
    WholeNumber,
    WholePositive,
    as_list,
    described,
)

TwoNames = Annotated[tuple[Name, ...], BeforeValidator(as_list), Field(min_length=2, max_length=2)]  # may be alike


class IndustryKeys(NamedKeys):
    """An industry that parks are of."""

    max_hosts: WholePositive | None = described(
        "most cities in which parks of it may ever start, so that cities differ", None, "cities", "any number"
    )


class ChainKeys(NamedKeys):
    """A value chain: two parks near one another, one of each industry, bring bonus jobs, half of them to each host."""

    industries: TwoNames = described("the two industries; the same one twice for parks of one industry")
    minutes: Minutes = described(
        "how far the hosts may be apart, door to door, from the one of the first industry to the other", unit="minutes"
    )
    bonus: PositiveShare = described("bonus jobs of a park over all its partners, for each of its own jobs", unit="share")


class AirshedKeys(NamedKeys):
    """A part of the sky that cities share: what is emitted into it a year, and what may be."""

    unit: Label = described("what emissions are counted in a year, such as kt SO2", min_length=1)
    existing: ByPeriod = described(
        "emissions without parks and measures: one number, or one for each period", {EVERY_PERIOD: 0.0}, "unit a year", "0"
    )
    cap: ByPeriod | None = described(
        "most that may be emitted: one number, or one for each period", None, "unit a year", "no cap"
    )


class WorkKeys(NamedKeys):
    """An indicator of work: jobs against a city's target, or jobs or output per head against the core cities of today."""

    kind: Literal["target", "core"] = described(
        "target: jobs against jobs_target of cities.csv; core: per head against the core cities today"
    )
    of: Literal["jobs", "output"] = described(
        "what is counted: jobs (existing and in parks), or output (gdp and output of parks); for kind core", "jobs"
    )
    share: PositiveShare = described("share of the core's level that leaves no gap; for kind core", 1.0, "share")
    where: Where = described(
        "selection of the cities that have the indicator; of kind target only those with a jobs_target, of kind core "
        "without the core", {}, default_text="all cities",
    )  # fmt: skip
    core: Where | None = described(
        "selection of the cities whose level today is the measure; for kind core", None, default_text="{tier: core}"
    )


class PyramidKeys(Keys):
    """What is asked of policies by their level: barrier_removal, auxiliary, supportive, incentive, subsidy."""

    at_most_share: dict[Level, Share] = described(
        "level -> largest share of all lines' money, over all periods, that policies of the level may cost", {}, "share"
    )
    subsidy_periods: WholeNumber | None = described(
        "in how many periods, at most, a city may be subsidised", None, "periods", "any number"
    )
    barriers_first: Names = described(
        "policies of level barrier_removal: a subsidy starts only where those that its jurisdictions sign serve", ()
    )


class GateKeys(Keys):
    """A level that the cities of a measure must have reached in the period in which a unit of it starts."""

    id: Name = described("name of the gate")
    where: Where = described("selection of the measures that must wait", {}, default_text="all measures")
    indicator: Name = described("indicator, as for targets; cities that do not have it are not asked")
    at_least: Amount | None = described("lower limit; this or at_most", None, "the indicator's, as for targets")
    at_most: Amount | None = described("upper limit; this or at_least", None, "the indicator's, as for targets")

    @model_validator(mode="after")
    def _one_limit(self) -> GateKeys:
        exactly_one(self, "at_least", "at_most")
        return self


class BorrowKeys(Keys):
    """What a line may borrow; all debt is paid back by the end of the last period."""

    limit: ByPeriod = described(
        "most debt at the end of a period: one number, or one for each period; always 0 for the last", unit="money"
    )
    interest: Share = described("interest on debt", unit="share a year")
