"""One row of every table: description, unit, limits and default of each column.

Columns whose names depend on the case (`population_2030`, `people_65`, `capacity_2030`) are gathered in one field of
the row, keyed by the column's name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field
from pydantic.fields import FieldInfo

from planner.case.nouns import Form, Kind, Level
from planner.case.raw import RawTable
from planner.case.schema_base import Keys
from planner.case.values import (
    Amount,
    Heads,
    Label,
    LifeYears,
    Minutes,
    Name,
    Names,
    Number,
    Positive,
    Share,
    Shares,
    Text,
    Years,
    YesNo,
    as_number,
    as_whole,
    described,
)

UNKNOWN: Literal["unknown"] = "unknown"


def as_stock(value: object) -> float | str:
    """A capacity, or `unknown`."""
    if isinstance(value, str) and value.lower() == UNKNOWN:
        return UNKNOWN
    try:
        number = as_number(value)
    except ValueError as wrong:
        raise ValueError(f"{wrong}, or {UNKNOWN}") from None
    if number < 0:
        raise ValueError(f"must be at least 0, or {UNKNOWN}")
    return number


Stock = Annotated[float | Literal["unknown"], BeforeValidator(as_stock)]


class Row(Keys):
    """What every table may carry on each row."""

    basis: Literal["sourced", "computed", "estimated", "assumed"] | None = described(
        "what the figures of the row rest on", None
    )
    source: Text = described("where they come from", "")
    note: Text = described("anything else a reader should know", "")


class CityRow(Row):
    """A city of the cluster."""

    id: Name = described("name used in the other tables")
    name: Label = described("name on maps and in tables", "", default_text="the id")
    name_zh: Label = described("Chinese name", "")
    jurisdiction: Name = described("who governs it; several cities may share one")
    tier: Literal["core", "secondary", "small"] = described("place in the cluster")
    lat: Annotated[Number, Field(ge=-90, le=90)] = described("latitude of its seat", unit="degrees")
    lon: Annotated[Number, Field(ge=-180, le=180)] = described("longitude of its seat", unit="degrees")
    area_km2: Positive | None = described("area", None, "km2")
    population: Heads | None = described(
        "people in the year before the first period", None, "heads", "that of the first period"
    )
    growth_per_year: Annotated[Number, Field(ge=-0.2, le=0.2)] | None = described(
        "yearly growth from then on; this or columns population_<period>", None, "share a year", "no growth"
    )
    gdp: Amount | None = described(
        "gross domestic product: for weights, and for work of output", None, "any, the same in all rows and for parks"
    )
    jobs: Heads | None = described("existing jobs: for weights, for work and for closures", None, "jobs")
    jobs_target: Heads | None = described(
        "jobs that the city should have, in every period without a column of its own; 0 means no target", None, "jobs",
        "columns jobs_target_<period>, or no target",
    )  # fmt: skip
    skilled: Heads | None = described(
        "skilled people who have no skilled work yet: with graduates, as many may work in its parks", None, "people",
        "any number may",
    )  # fmt: skip
    land_quota_km2: Amount | None = described("land that parks may use in all", None, "km2", "any area")
    airshed: Name | None = described("airshed that its parks and closures emit into", None)
    targets: dict[str, Heads] = described("columns jobs_target_<period>: jobs_target in a period", {}, "jobs")
    heads: dict[str, Heads] = described(
        "columns population_<period>, and for each name of `people` the columns <name> (today; it grows as the "
        "population does) and <name>_<period>", {}, "heads",
    )  # fmt: skip


class CapacityRow(Row):
    """What a city has of a service before the plan; every city x service needs a row, 0 where there is none."""

    city: Name = described("city")
    service: Name = described("service")
    capacity: Stock | None = described(
        "stock today and in every period without a column of its own; `unknown` leaves the city out of the service",
        None, "the service's", "columns capacity_<period>",
    )  # fmt: skip
    outsiders: Share = described("share of the stock used by people from outside the cluster", 0.0, "share")
    amounts: dict[str, Stock] = described("columns capacity_<period>", {}, "the service's")


class LinkRow(Row):
    """A stretch between two cities that exists or can be opened."""

    id: Name = described("name of the link")
    from_city: Name = described("city at one end", alias="from")
    to_city: Name = described("city at the other end", alias="to")
    mode: Name = described("mode")
    minutes: Minutes = described("running time, without boarding and border", unit="minutes")
    km: Amount | None = described("length", None, "km")
    oneway: YesNo = described("whether it runs from `from` to `to` only", False)
    needs: Names = described("measures that must all serve, ';' between", (), default_text="it exists today")


class MeasureRow(Row):
    """A thing that can be started: the project list."""

    id: Name = described("name used in the other tables")
    name: Label = described("name in tables and figures", "", default_text="the id")
    name_zh: Label = described("Chinese name", "")
    kind: Kind = described(
        "what it is; a park and a closure (of a plant) have a row in parks.csv, an abatement lowers emissions"
    )
    city: Names = described(
        "where it is, ';' between several; a park or closure is in one", (), default_text="a link: the ends of what it opens"
    )
    service: Name | None = described("facility: the service that it adds capacity to", None)
    capacity: Positive | None = described("facility: capacity of one unit", None, "the service's")
    norm: Name | None = described("norm that costs, build and life years come from where they are empty", None)
    quantity: Positive | None = described("units of the norm in one unit of the measure", None, "the norm's", "1")
    capital_cost: Amount | None = described(
        "whole capital cost of one unit, public and private; of a decided measure what is left to pay", None, "money",
        "quantity x the norm's cost, or 0",
    )  # fmt: skip
    private_share: Share = described(
        "share of the capital cost that private investors pay by themselves; budget lines pay the rest", 0.0, "share"
    )
    running_cost: Amount | None = described(
        "running cost of one unit", None, "money a year", "capital cost x the norm's running_share, or 0"
    )
    units: Positive = described(
        "most units that can be started in all; 1 for links, hubs and policies; phases of a park", 1.0
    )
    divisible: YesNo = described("whether parts of a unit can be started", False)
    max_starts: Positive | None = described("most units started in a period", None, default_text="units")
    build_years: Years | None = described("years of works", None, "years", "the norm's, or 0")
    life_years: LifeYears | None = described("years open", None, "years", "the norm's, or for good")
    earliest: Name | None = described("first period in which it can start", None, default_text="the first period")
    latest: Name | None = described("last period in which it can start", None, default_text="the last period")
    status: Literal["candidate", "decided", "ruled_out"] = described(
        "candidate: the plan chooses; decided: all units start; ruled_out: none", "candidate"
    )
    start_period: Name | None = described("decided: the period in which it starts", None, default_text="the plan chooses")
    requires: Names = described("measures of which a unit must serve when it starts, ';' between", ())
    one_of: Name | None = described("group of which at most one measure ever starts", None)
    together: Name | None = described("group of which all start together", None)
    payers: Shares | None = described(
        "fixed shares of its cost, line:share;line:share, adding to 1", None, default_text="any line that may pay"
    )
    level: Level | None = described("policy: its level in the pyramid, from barrier removal up to subsidy", None)
    signed_by: Names = described("policy or park: jurisdictions that must agree, ';' between", ())
    benefit: Amount = described("benefit of one unit, for goals that ask for it", 0.0)


class ParkRow(Row):
    """What only parks and closures have; all amounts are of one unit, at full jobs."""

    measure: Name = described("measure of kind park or closure; a closure has industry, jobs and emissions only")
    origin: Name | None = described("city that the park comes from, not its own", None)
    form: Form | None = described("how it goes there, for selections", None)
    industry: Name | None = described("industry", None)
    area_km2: Amount = described("land that a unit uses for good", 0.0, "km2")
    jobs: Positive = described("productive jobs of a unit; of a closure the jobs that end", unit="jobs")
    skilled_share: Share = described("share of the jobs that skilled people fill", 0.0, "share")
    output: Amount = described("output of a unit a year", 0.0, "that of gdp, a year")
    tax: Amount = described("tax of a unit that comes back to budget lines in the next period", 0.0, "money a year")
    emissions: Amount = described("emissions of a unit; of a closure what ends", 0.0, "the airshed's, a year")
    origin_minutes: Minutes | None = described(
        "jobs are productive only while its city reaches the origin within so many minutes, door to door", None, "minutes",
        "always productive",
    )  # fmt: skip
    moved_share: Share = described("share of the tax that was paid in the origin before, and is lost there", 0.0, "share")


class NormRow(Row):
    """A unit cost."""

    id: Name = described("name used in measures.csv")
    unit: Label = described("what one is, such as km", "")
    capital_cost: Amount = described("capital cost of one", unit="money")
    low: Amount | None = described("lowest plausible cost", None, "money")
    high: Amount | None = described("highest plausible cost", None, "money")
    running_share: Share = described("running cost as a share of capital cost", 0.0, "share a year")
    build_years: Years | None = described("years of works", None, "years", "0")
    life_years: LifeYears | None = described("years open", None, "years", "for good")


class BudgetRow(Row):
    """The money of a budget line in a period; every line x period needs a row."""

    line: Name = described("budget line")
    period: Name = described("period, named by its last year or by its years")
    amount: Amount = described("money for the whole period", unit="money")
    minimum: Amount = described("least that must be paid in the period", 0.0, "money")


class TripRow(Row):
    """A weight of a pair of cities; pairs without a row weigh nothing."""

    from_city: Name = described("where trips start", alias="from")
    to_city: Name = described("where they end", alias="to")
    trips: Amount = described("trips, or any weight", unit="any, the same in all rows")


NamesOfCase = Mapping[str, tuple[str, ...]]  # "periods" and "people" of the case


def _city_columns(known: NamesOfCase) -> tuple[str, ...]:
    groups = ("population", *known["people"])
    return (*known["people"], *(f"{g}_{p}" for g in groups for p in known["periods"]))


def _target_columns(known: NamesOfCase) -> tuple[str, ...]:
    return tuple(f"jobs_target_{p}" for p in known["periods"])


def _capacity_columns(known: NamesOfCase) -> tuple[str, ...]:
    return tuple(f"capacity_{p}" for p in known["periods"])


@dataclass(frozen=True)
class TableKind:
    """A table of the format.

    Attributes
    ----------
    row
        Model of one row.
    key
        Columns that tell rows apart: no two rows may have the same values there.
    gathered
        Fields of the model that gather the columns named after the case, each with the function that names them.
    """

    row: type[Row]
    key: tuple[str, ...]
    gathered: Mapping[str, Callable[[NamesOfCase], tuple[str, ...]]] = field(default_factory=dict)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Columns with fixed names, in the order in which they are written."""
        passed = {*Row.model_fields, *self.gathered}
        own = (f.alias or name for name, f in self.row.model_fields.items() if name not in passed)
        return (*own, *Row.model_fields)

    @cached_property
    def needed(self) -> tuple[str, ...]:
        """Columns that must be there."""
        return tuple(f.alias or name for name, f in self.row.model_fields.items() if f.is_required())

    def columns_of(self, known: NamesOfCase) -> tuple[str, ...]:
        """All columns that the table may have in a case with these periods and people."""
        return (*self.columns, *(column for name in self.gathered.values() for column in name(known)))

    def holds_numbers(self, column: str) -> bool:
        """Whether cells of a column are numbers: those of all columns that are named after the case are."""
        fields = {f.alias or name: f for name, f in self.row.model_fields.items() if name not in self.gathered}
        if column not in fields:
            return bool(self.gathered)
        return bool({as_number, as_whole, as_stock} & set(_converters(fields[column])))

    def gathering(self, known: NamesOfCase) -> dict[str, str]:
        """The field that gathers each column named after the case."""
        return {column: into for into, name in self.gathered.items() for column in name(known)}


TABLES: Mapping[str, TableKind] = {
    "cities": TableKind(CityRow, ("id",), {"heads": _city_columns, "targets": _target_columns}),
    "capacity": TableKind(CapacityRow, ("city", "service"), {"amounts": _capacity_columns}),
    "links": TableKind(LinkRow, ("id",)),
    "measures": TableKind(MeasureRow, ("id",)),
    "parks": TableKind(ParkRow, ("measure",)),
    "norms": TableKind(NormRow, ("id",)),
    "budgets": TableKind(BudgetRow, ("line", "period")),
    "trips": TableKind(TripRow, ("from", "to")),
}


def _converters(given: Any) -> Iterator[Any]:
    """The functions that make the value of a field from a cell, wherever they stand in its annotation."""
    metadata = given.metadata if isinstance(given, FieldInfo) else getattr(given, "__metadata__", ())
    yield from (note.func for note in metadata if isinstance(note, BeforeValidator))
    for inner in (given.annotation,) if isinstance(given, FieldInfo) else get_args(given):
        yield from _converters(inner)


def missing_columns(table: RawTable) -> tuple[str, ...]:
    """Columns that a table must have and has not."""
    return tuple(c for c in TABLES[table.name].needed if c not in table.columns)
