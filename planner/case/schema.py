"""The keys of case.yaml: description, unit, limits and default of each. The columns of the tables are in `rows`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from planner.case.values import (
    Amount,
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

EVERY_PERIOD = "every period"  # key under which a figure stands that does not change over the periods
PERIOD = re.compile(r"(\d{4})(?:-(\d{4}))?")
PARTS = ("gaps", "worst_city", "spending", "starts", "benefit")


class Keys(BaseModel):
    """Base of everything read from files: unknown keys are errors, and nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def by_period(value: object) -> object:
    """A figure for each period, or one for all of them."""
    return dict(value) if isinstance(value, Mapping) else {EVERY_PERIOD: value}


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


def _exactly_one(model: BaseModel, first: str, second: str) -> None:
    if (getattr(model, first) is None) == (getattr(model, second) is None):
        raise ValueError(f"needs {first} or {second}, one of the two")


ByPeriod = Annotated[dict[Name, Amount], BeforeValidator(by_period)]
Year = Annotated[int, BeforeValidator(as_year)]
PeriodText = Annotated[str, BeforeValidator(as_period)]
Part = Literal["gaps", "worst_city", "spending", "starts", "benefit"]


class MoneyKeys(Keys):
    """The money of the case."""

    unit: Text = described("unit of all money, such as bn CNY", min_length=1)
    prices: Year = described("year of the prices; all money is in constant prices of it")
    discount_rate: Share = described(
        "rate for reported present values and goals that ask for it; it never scales budgets", 0.0, "a year"
    )


class ModeKeys(Keys):
    """A means of travel."""

    boarding_minutes: Minutes = described(
        "to the station, waiting and from the station: once a ride, half on boarding and half on leaving", 0.0, "minutes"
    )
    border_minutes: Minutes = described("added to every link of this mode across a jurisdiction border", 0.0, "minutes")


class ServiceKeys(Keys):
    """A public service: need = head count x per_1000 / 1000, met by capacity within reach."""

    unit: Text = described("what capacity is counted in, such as beds", min_length=1)
    per_1000: ByPeriod = described("standard per 1,000 heads: one number, or one for each period", unit="unit per 1,000")
    of: Name = described("whose heads count: population, or a name of `people`", "population")
    catchment_minutes: Minutes | None = described("how far people go, door to door", None, "minutes", "own city only")
    across_borders: Literal["always", "never", "by_policy"] = described(
        "whether people may use it in another jurisdiction; by_policy: once a policy that opens it serves", "by_policy"
    )
    shares: Literal["spare", "all"] = described(
        "what a city lets others use: what its own people do not need and what it builds, or everything", "spare"
    )


class AccessKeys(Keys):
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


class _InCities(Keys):
    services: Annotated[Names, Field(min_length=1)] = described("services concerned")
    cities: Names | None = described("cities concerned; this or `where`", None)
    where: Where | None = described("selection of the cities concerned; this or `cities`", None)

    @model_validator(mode="after")
    def _one_selection(self) -> _InCities:
        _exactly_one(self, "cities", "where")
        return self


class RaiseCapacityKeys(_InCities):
    """Existing capacity is higher while the measure serves."""

    by: Annotated[Amount, Field(le=10)] = described("added share of the existing capacity", unit="share")


class OpenOutsidersKeys(_InCities):
    """Part of what outsiders use goes to the cluster while the measure serves."""

    share: Share = described("share of the whole stock", unit="share")


class EffectKeys(Keys):
    """What a measure does while it serves, beside the links it opens and the capacity it adds: one of these keys."""

    border_minutes: BorderKeys | None = described("border minutes change", None)
    boarding_minutes: BoardingKeys | None = described("boarding takes less in a city", None)
    open_service: OpenServiceKeys | None = described("a service opens across borders", None)
    raise_capacity: RaiseCapacityKeys | None = described("existing capacity rises", None)
    open_outsiders_share: OpenOutsidersKeys | None = described("stock moves from outsiders to the cluster", None)

    @model_validator(mode="after")
    def _one_effect(self) -> EffectKeys:
        if len(self.model_fields_set) != 1 or self.chosen is None:
            raise ValueError("must name exactly one effect: " + ", ".join(type(self).model_fields))
        return self

    @property
    def chosen(self) -> Keys | None:
        """The one effect that is given."""
        found: Keys | None = getattr(self, next(iter(self.model_fields_set)))
        return found


class LineKeys(Keys):
    """A budget line; its money is in budgets.csv."""

    holder: Text = described("who holds it: a jurisdiction, central, or a fund", min_length=1)
    pays_for: tuple[Where, ...] = described(
        "selections of measures; it may pay for a measure that one of them fits", (), default_text="any measure"
    )
    cost: Literal["all", "capital", "running"] = described("the kind of cost that it may pay", "all")
    carry_over: YesNo = described("whether what is left moves to the next period", False)
    at_most_share: PositiveShare = described(
        "largest share of a measure's cost, in each period and of each kind", 1.0, "share"
    )


class TargetKeys(Keys):
    """A hard limit on an indicator in some cities, in the indicator's own unit."""

    id: Name = described("name of the target")
    indicator: Name = described("a service (at_least, per 1,000) or an access standard (at_most minutes; reach: at_least %)")
    where: Where = described("selection of cities", {}, default_text="all cities")
    by: Name | None = described("period from which on it holds", None, default_text="the first period")
    at_least: Amount | None = described("lower limit; this or at_most", None, "the indicator's")
    at_most: Amount | None = described("upper limit; this or at_least", None, "the indicator's")

    @model_validator(mode="after")
    def _one_limit(self) -> TargetKeys:
        _exactly_one(self, "at_least", "at_most")
        return self


class RuleKeys(Keys):
    """A hard limit on spending or starts over a selection of measures and periods."""

    id: Name = described("name of the rule")
    of: Literal["spending", "count", "units"] = described(
        "what is limited: money paid, measures of which a unit starts, or units started"
    )
    where: Where = described("selection of measures", {}, default_text="all measures")
    periods: Names = described("periods in which it counts, taken together", (), default_text="all periods")
    at_least: Amount | None = described("lower limit; this or at_most", None, "money, measures or units; share")
    at_most: Amount | None = described("upper limit; this or at_least", None, "money, measures or units; share")
    share_of: Where | None = described(
        "selection of measures: the limit is a share of the same quantity over it; {} = all measures", None,
        default_text="the limit is an amount",
    )  # fmt: skip

    @model_validator(mode="after")
    def _one_limit(self) -> RuleKeys:
        _exactly_one(self, "at_least", "at_most")
        limit = self.at_least if self.at_most is None else self.at_most
        if self.share_of is not None and limit is not None and limit > 1:
            raise ValueError(f"with share_of the limit is a share: at most 1, not {limit:g}")
        return self


class GoalKeys(Keys):
    """One step of the ordered goals."""

    minimise: Annotated[dict[Part, Amount], BeforeValidator(as_parts), Field(min_length=1)] = described(
        "gaps, worst_city, spending, starts or benefit (made as large as possible); or several with weights"
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
        _exactly_one(self, "table", "key")
        if (self.table is None) != (self.column is None):
            raise ValueError("needs column together with table")
        if self.key is not None and self.where:
            raise ValueError("where selects rows of a table; a key has none")
        given = self.model_fields_set & {"set_to", "multiply", "add"}
        if len(given) != 1:
            raise ValueError("needs exactly one of set, multiply, add")
        return self


class ScenarioKeys(Keys):
    """Named edits of the case."""

    description: Text = described("what the scenario asks, in a sentence", "")
    based_on: Name | None = described("scenario whose edits come first", None)
    edits: tuple[EditKeys, ...] = described("edits, in order", ())


class CaseFile(Keys):
    """case.yaml: everything of a case that is not a table."""

    format: Annotated[int, BeforeValidator(as_format)] = described("version of this format: 1")
    title: Text = described("what plans of the case are headed with", "", default_text="the folder's name")
    money: MoneyKeys = described("the money of the case")
    periods: Annotated[tuple[PeriodText, ...], Field(min_length=1, max_length=50)] = described(
        "planning periods, one after the other without a hole; elsewhere a period is named by its last year, or as here"
    )
    people: Names = described("names of head-count columns of cities.csv", ())
    modes: dict[Name, ModeKeys] = described("means of travel", {})
    services: dict[Name, ServiceKeys] = described("public services", {})
    access: dict[Name, AccessKeys] = described("access standards", {})
    effects: dict[Name, tuple[EffectKeys, ...]] = described("measure -> what it does while it serves", {})
    lines: dict[Name, LineKeys] = described("budget lines", {})
    targets: tuple[TargetKeys, ...] = described("hard limits on indicators", ())
    rules: tuple[RuleKeys, ...] = described("hard limits on spending and starts", ())
    no_city_loses: YesNo = described("whether no city's gap may be larger than without the plan", True)
    goals: tuple[GoalKeys, ...] = described(
        "what is minimised, in order", (), default_text="gaps, then spending, then starts"
    )
    scenarios: dict[Name, ScenarioKeys] = described("named edits of the case", {})
    assumptions: tuple[Text, ...] = described("sentences printed with every plan", ())
