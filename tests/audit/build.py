"""What hand-made cases and plans are built of: things with the defaults of an empty row, and tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from planner.case import TODAY, City, FrozenDict, Goal, Line, Link, Measure, Selection
from planner.plans.tables import TABLES

PERIODS = ("2030", "2035")


def always(value: float) -> FrozenDict[str, float]:
    """The same figure today and in both periods."""
    return FrozenDict({TODAY: value, "2030": value, "2035": value})


def where(**columns: str) -> Selection:
    """A selection of one value a column."""
    return FrozenDict({column: (value,) for column, value in columns.items()})


def city(id: str, jurisdiction: str, tier: Any, people: float, **columns: Any) -> City:
    """A city of the case."""
    defaults: dict[str, Any] = {
        "name": id.title(), "name_zh": "", "lat": 40.0, "lon": 116.0, "area_km2": None, "gdp": None, "jobs": None,
        "skilled": None, "land_quota_km2": None, "airshed": None, "jobs_target": None, "population": always(people),
        "people": FrozenDict(),
    }  # fmt: skip
    return City(id=id, jurisdiction=jurisdiction, tier=tier, **{**defaults, **columns})


def link(id: str, from_city: str, to_city: str, mode: str, minutes: float, *needs: str) -> Link:
    """A link both ways."""
    return Link(id=id, from_city=from_city, to_city=to_city, mode=mode, minutes=minutes, km=None, oneway=False, needs=needs)


def measure(id: str, kind: Any, **columns: Any) -> Measure:
    """A measure with the defaults of an empty row."""
    defaults: dict[str, Any] = {
        "name": id.title(), "name_zh": "", "cities": (), "jurisdictions": (), "tiers": (), "service": None,
        "capacity": 0.0, "norm": None, "quantity": None, "capital_cost": 0.0, "running_cost": 0.0, "units": 1.0,
        "divisible": False, "max_starts": columns.get("units", 1.0), "build_years": 0, "life_years": None,
        "earliest": "2030", "latest": "2035", "status": "candidate", "start_period": None, "requires": (),
        "one_of": None, "together": None, "payers": FrozenDict(), "signed_by": (), "benefit": 0.0, "starts": (),
    }  # fmt: skip
    return Measure(id=id, kind=kind, **{**defaults, **columns})


def line(id: str, holder: str, amounts: tuple[float, float], **columns: Any) -> Line:
    """A budget line."""
    defaults: dict[str, Any] = {
        "pays_for": (), "cost": "all", "carry_over": False, "at_most_share": 1.0,
        "minimum": FrozenDict({"2030": 0.0, "2035": 0.0}),
    }  # fmt: skip
    amount = FrozenDict(zip(PERIODS, amounts, strict=True))
    return Line(id=id, holder=holder, amount=amount, **{**defaults, **columns})


def goal(name: str, part: str, **columns: Any) -> Goal:
    """A goal of one part."""
    defaults: dict[str, Any] = {
        "weights": FrozenDict({"core": 1.0, "doctors": 1.0}), "weigh_by": "population", "period_weights": None,
        "tolerance": 1e-4, "discounted": False, "where": FrozenDict(), "cities": ("alpha", "border", "inland"),
    }  # fmt: skip
    return Goal(name=name, parts=FrozenDict({part: 1.0}), **{**defaults, **columns})


def by_id(*things: Any) -> FrozenDict[str, Any]:
    """Things by their ids."""
    return FrozenDict({thing.id: thing for thing in things})


def table(name: str, rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    """One of a plan's tables; of indicators see `with_true_gaps`."""
    return pd.DataFrame([with_true_gaps(row) for row in rows] if name == "indicators" else rows, columns=list(TABLES[name]))


def with_true_gaps(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row of the indicators; one that ends with its gaps is of people of whom nobody moves."""
    return row if len(row) == len(TABLES["indicators"]) else (*row, row[3], *row[-2:])


def tables_of(rows: Mapping[str, list[tuple[Any, ...]]]) -> FrozenDict[str, pd.DataFrame]:
    """All of a plan's tables; those without rows are empty."""
    return FrozenDict({name: table(name, rows.get(name, [])) for name in TABLES})


def account(line: str, period: str, **figures: float) -> tuple[Any, ...]:
    """A row of the table of money; what is not named is 0."""
    return (line, period, *(figures.get(column, 0.0) for column in list(TABLES["money"])[2:]))
