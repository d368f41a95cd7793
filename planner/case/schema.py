"""The keys of case.yaml: description, unit, limits and default of each. The columns of the tables are in `rows`."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from planner.case.schema_base import ByPeriod, Keys, NamedKeys, exactly_one
from planner.case.schema_effects import EffectKeys
from planner.case.schema_work import AirshedKeys, BorrowKeys, ChainKeys, GateKeys, IndustryKeys, PyramidKeys, WorkKeys
from planner.case.values import (
    Amount,
    Label,
    Minutes,
    Name,
    Names,
    Number,
    PositiveShare,
    Share,
    Text,
    Where,
    YesNo,
    as_whole,
    described,
)

PERIOD = re.compile(r"(\d{4})(?:-(\d{4}))?")


def as_year(value: object) -> int:
    """A calendar year."""
    year = as_whole(value)
    if not 1900 <= year <= 2300:
        raise ValueError("must be a year between 1900 and 2300")
    return year


def as_period(value: object) -> str:
    """A period as people write it: 2026-2030, or one year."""
    text = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    match = PERIOD.fullmatch(text)
    if not match:
        raise ValueError("must be a period such as 2026-2030")
    first, last = int(match[1]), int(match[2] or match[1])
    if not 1900 <= first <= last <= 2300:
        raise ValueError("must be a period such as 2026-2030, its first year not after its last")
    return f"{first}-{last}"


def as_format(value: object) -> int:
    """The version of the format."""
    if as_whole(value) != 1:
        raise ValueError("must be 1, the format that this version reads")
    return 1


def as_parts(value: object) -> object:
    """`gaps` is short for {gaps: 1}."""
    return {value: 1.0} if isinstance(value, str) else value


Year = Annotated[int, BeforeValidator(as_year)]
PeriodText = Annotated[str, BeforeValidator(as_period)]
INDICATOR = (
    "a service (at_least, per 1,000), an access standard (at_most minutes; reach: at_least %), or an indicator of work "
    "(at_least jobs per 1,000 people, or output per head)"
)
Part = Literal["gaps", "worst_city", "worst_share", "worst_off_first", "spending", "starts", "benefit", "emissions"]


class MoneyKeys(Keys):
    """The money of the case."""

    unit: Label = described("unit of all money, such as bn CNY", min_length=1)
    prices: Year = described("year of the prices; all money is in constant prices of it")
    discount_rate: Share = described(
        "rate for reported present values and goals that ask for it; it never scales budgets", 0.0, "a year"
    )


class ModeKeys(NamedKeys):
    """A means of travel."""

    boarding_minutes: Minutes = described(
        "to the station, waiting and from the station: once a ride, half on boarding and half on leaving", 0.0, "minutes"
    )
    border_minutes: Minutes = described("added to every link of this mode across a jurisdiction border", 0.0, "minutes")


class ServiceKeys(NamedKeys):
    """A public service: need = head count x per_1000 / 1000, met by capacity within reach."""

    unit: Label = described("what capacity is counted in, such as beds", min_length=1)
    per_1000: ByPeriod = described("standard per 1,000 heads: one number, or one for each period", unit="unit per 1,000")
    of: Name = described("whose heads count: population, or a name of `people`", "population")
    catchment_minutes: Minutes | None = described("how far people go, door to door", None, "minutes", "own city only")
    across_borders: Literal["always", "never", "by_policy"] = described(
        "whether people may use it in another jurisdiction; by_policy: once a policy that opens it serves", "by_policy"
    )
    shares: Literal["spare", "all"] = described(
        "what a city lets others use: what its own people do not need and what it builds, or everything", "spare"
    )
    graduates_per_place_year: Amount = described(
        "skilled people that a place brings in a year in which residents of the city use it, wherever it is",
        0.0,
        "graduates a place and year",
    )
    stay_share: Share = described("share of these graduates who look for skilled work in their home city", 1.0, "share")


class AccessKeys(NamedKeys):
    """An access standard: how many minutes it may take to get somewhere."""

    kind: Literal["nearest", "all", "reach"] = described(
        "nearest: the fastest destination; all: the mean over all destinations; reach: the share of the cluster within "
        "the standard minutes"
    )
    from_where: Where = described(
        "selection of the cities that have the standard", {}, default_text="all cities", alias="from"
    )
    to_where: Where = described(
        "selection of the destinations, or {offers: service}: wherever it is offered (kind nearest only)",
        {},
        default_text="all cities",
        alias="to",
    )
    standard_minutes: Minutes = described("up to here there is no gap", unit="minutes")
    worst_minutes: Minutes | None = described(
        "from here on the gap is full; above standard_minutes; not for reach", None, "minutes", "needed, except for reach"
    )
    modes: Names = described("modes that may be used", (), default_text="all modes")
    weight: Literal["population", "gdp", "jobs", "equally", "trips"] = described(
        "what destinations weigh, for all and reach; trips: trips.csv", "population"
    )
    target: PositiveShare | None = described(
        "for reach: share of the cluster that is to be within the standard minutes", None, "share", "needed for reach"
    )


class LineKeys(NamedKeys):
    """A budget line; its money is in budgets.csv."""

    holder: Label = described("who holds it: a jurisdiction, central, or a fund", min_length=1)
    pays_for: tuple[Where, ...] = described(
        "selections of measures; it may pay for a measure that one of them fits", (), default_text="any measure"
    )
    cost: Literal["all", "capital", "running"] = described("the kind of cost that it may pay", "all")
    carry_over: YesNo = described("whether what is left moves to the next period", False)
    at_most_share: PositiveShare = described(
        "largest share of a measure's cost, in each period and of each kind", 1.0, "share"
    )
    gets_tax: YesNo = described(
        "whether it gets the tax of parks in its holder's jurisdiction, and what others share with that jurisdiction; "
        "at most one line of a holder",
        False,
    )
    borrow: BorrowKeys | None = described("what it may borrow", None, default_text="it may not borrow")


class TargetKeys(Keys):
    """A hard limit on an indicator in some cities, in the indicator's own unit."""

    id: Name = described("name of the target")
    indicator: Name = described(INDICATOR)
    where: Where = described("selection of cities", {}, default_text="all cities")
    by: Name | None = described("period from which on it holds", None, default_text="the first period")
    at_least: Amount | None = described("lower limit; this or at_most", None, "the indicator's")
    at_most: Amount | None = described("upper limit; this or at_least", None, "the indicator's")

    @model_validator(mode="after")
    def _one_limit(self) -> TargetKeys:
        exactly_one(self, "at_least", "at_most")
        return self


class RuleKeys(Keys):
    """A hard limit on spending or starts over a selection of measures and periods."""

    id: Name = described("name of the rule")
    of: Literal["spending", "count", "units", "jobs", "land"] = described(
        "what is limited: public money paid, measures of which a unit starts, units started, productive jobs of parks in "
        "the last of the periods, or km2 of the phases of parks that start"
    )
    where: Where = described("selection of measures", {}, default_text="all measures")
    periods: Names = described("periods in which it counts, taken together", (), default_text="all periods")
    at_least: Amount | None = described("lower limit; this or at_most", None, "that of what is limited; share")
    at_most: Amount | None = described("upper limit; this or at_least", None, "that of what is limited; share")
    share_of: Where | None = described(
        "selection of measures: the limit is a share of the same quantity over it; {} = all measures", None,
        default_text="the limit is an amount",
    )  # fmt: skip

    @model_validator(mode="after")
    def _one_limit(self) -> RuleKeys:
        exactly_one(self, "at_least", "at_most")
        limit = self.at_least if self.at_most is None else self.at_most
        if self.share_of is not None and limit is not None and limit > 1:
            raise ValueError(f"with share_of the limit is a share: at most 1, not {limit:g}")
        return self


class GoalKeys(Keys):
    """One step of the ordered goals."""

    minimise: Annotated[dict[Part, Amount], BeforeValidator(as_parts), Field(min_length=1)] = described(
        "gaps, worst_city, worst_share (mean gap of the worst share of people), spending (public, with interest), starts, "
        "emissions or benefit (made as large as possible); or several with weights; or, alone, worst_off_first (the worst "
        "city's gap, then the second worst city's, and so on)"
    )
    worst_share_of: PositiveShare | None = described(
        "share of people who are the worst off, for worst_share: 0.25 is the quarter of all people with the largest gaps, "
        "each with the gap of their city; people count by the weights of the periods", None, "share",
        "needed with worst_share, and with nothing else",
    )  # fmt: skip
    where: Where = described(
        "selection of the cities whose gaps count, for the parts about gaps", {}, default_text="all cities"
    )
    weights: dict[Name, Amount] | None = described(
        "indicator -> weight; an indicator left out does not count", None, default_text="1 for every indicator"
    )
    weigh_by: Name = described(
        "what a city weighs: population (of a service for some people: those, scaled to all), equally, trips, gdp, jobs, "
        "area_km2 or a name of `people`",
        "population",
    )
    period_weights: dict[Name, Amount] | None = described(
        "what a period weighs, by period", None, default_text="gaps: its years; benefit: 1"
    )
    tolerance: Annotated[Amount, Field(le=1)] = described(
        "how much of its value later goals may give up (plus 1e-6)", 1e-4, "share"
    )
    discounted: YesNo = described("whether spending is discounted to the first year", False)
    at_most: Number | None = described(
        "what the goal's value may be at most in any plan (benefit counts with a minus)", None, default_text="no limit"
    )


class EditKeys(Keys):
    """One edit of a scenario: of a column of a table, or of a key of case.yaml."""

    table: Name | None = described("table, without .csv; this or `key`", None)
    where: Where = described("selection of rows, by the table's columns", {}, default_text="all rows")
    column: Name | None = described("column that changes", None)
    key: Text | None = described("dotted path in case.yaml, such as services.care.per_1000.2030", None)
    set_to: Any = described("new value; an empty text empties a cell", None, alias="set")
    multiply: Number | None = described("factor", None)
    add: Number | None = described("what is added", None)

    @model_validator(mode="after")
    def _consistent(self) -> EditKeys:
        exactly_one(self, "table", "key")
        if (self.table is None) != (self.column is None):
            raise ValueError("needs column together with table")
        if self.key is not None and self.where:
            raise ValueError("where selects rows of a table; a key has none")
        given = self.model_fields_set & {"set_to", "multiply", "add"}
        if len(given) != 1:
            raise ValueError("needs exactly one of set, multiply, add")
        return self


class ScenarioKeys(NamedKeys):
    """Named edits of the case."""

    description: Text = described("what the scenario asks, in a sentence", "")
    based_on: Name | None = described("scenario whose edits come first", None)
    edits: tuple[EditKeys, ...] = described("edits, in order", ())


class CaseFile(Keys):
    """case.yaml: everything of a case that is not a table."""

    format: Annotated[int, BeforeValidator(as_format)] = described("version of this format: 1")
    title: Label = described("what plans of the case are headed with", "", default_text="the folder's name")
    money: MoneyKeys = described("the money of the case")
    periods: Annotated[tuple[PeriodText, ...], Field(min_length=1, max_length=50)] = described(
        "planning periods, one after the other without a hole; elsewhere a period is named by its last year, or as here"
    )
    people: Names = described("names of head-count columns of cities.csv", ())
    names: dict[Name, NamedKeys] = described(
        "names of what has no section here: jurisdictions, holders of lines, and head counts of `people`", {}
    )
    modes: dict[Name, ModeKeys] = described("means of travel", {})
    services: dict[Name, ServiceKeys] = described("public services", {})
    access: dict[Name, AccessKeys] = described("access standards", {})
    effects: dict[Name, tuple[EffectKeys, ...]] = described("measure -> what it does while it serves", {})
    lines: dict[Name, LineKeys] = described("budget lines", {})
    industries: dict[Name, IndustryKeys] = described("industries that parks are of", {})
    chains: dict[Name, ChainKeys] = described("value chains between industries", {})
    airsheds: dict[Name, AirshedKeys] = described("parts of the sky that cities share, with their emissions", {})
    work: dict[Name, WorkKeys] = described("indicators of work: what cities lack of jobs or output", {})
    pyramid: PyramidKeys = described("what is asked of policies by their level", PyramidKeys())
    gates: tuple[GateKeys, ...] = described("levels that cities must have reached before measures start", ())
    targets: tuple[TargetKeys, ...] = described("hard limits on indicators", ())
    rules: tuple[RuleKeys, ...] = described("hard limits on spending, starts, jobs and land", ())
    no_city_loses: YesNo = described("whether no city's gap may be larger than without the plan", True)
    nobody_worse_off: YesNo = described(
        "whether no jurisdiction's own gaps may be larger than in a plan that it makes alone", False
    )
    goals: tuple[GoalKeys, ...] = described(
        "what is minimised, in order", (), default_text="gaps, then spending, then starts"
    )
    scenarios: dict[Name, ScenarioKeys] = described("named edits of the case", {})
    assumptions: tuple[Text, ...] = described("sentences printed with every plan", ())
