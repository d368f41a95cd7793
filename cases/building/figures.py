"""Reading the figures, and the few names and numbers that every rule uses."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from io import StringIO
from pathlib import Path

FIGURES = Path(__file__).resolve().parent.parent / "figures"
PERIODS = ("2030", "2035", "2040")
XIONGAN, BAODING = "Xiong'an New Area", "Baoding"

Row = dict[str, object]

LAST_COLUMNS = ("basis", "source", "note")


def read(name: str) -> list[dict[str, str]]:
    """Rows of a table of figures."""
    with (FIGURES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CITIES = {row["city"]: row for row in read("cities.csv")}
_VALUES = {(row["city"], row["indicator"]): float(row["value"]) for row in read("city_figures.csv")}


def figure(city: str, indicator: str) -> float:
    """One figure of a city; raises KeyError where the sources have none."""
    return _VALUES[city, indicator]


_KNOWN = {row["indicator"]: float(row["value"]) for row in read("industry.csv")}


def known(indicator: str) -> float:
    """One figure of the country or its industry."""
    return _KNOWN[indicator]


def standard(indicator: str, year: int) -> float:
    """One national standard or average of a year."""
    return next(float(r["value"]) for r in read("standards.csv") if r["indicator"] == indicator and r["year"] == str(year))


def slug(city: str) -> str:
    """Id of a city: xiongan for Xiong'an New Area."""
    return "xiongan" if city == XIONGAN else city.lower()


def short(city: str) -> str:
    """Name of a city as the case prints it."""
    return city.removesuffix(" New Area")


def short_zh(city: str) -> str:
    """Chinese name without the ending for city or new area."""
    return CITIES[city]["name_zh"].removesuffix("市").removesuffix("新区")


def jurisdiction(city: str) -> str:
    """Beijing, Tianjin or Hebei."""
    return CITIES[city]["province"]


def cities_of(province: str) -> list[str]:
    """Cities of a jurisdiction, in the order of the figures."""
    return [city for city in CITIES if jurisdiction(city) == province]


def table(rows: Iterable[Mapping[str, object]]) -> str:
    """Rows as CSV text; columns as they first appear, where figures come from last; an absent value is empty."""
    rows = list(rows)
    columns = list(dict.fromkeys(column for row in rows for column in row))
    columns.sort(key=lambda column: LAST_COLUMNS.index(column) if column in LAST_COLUMNS else -1)
    out = StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({column: plain(value) for column, value in row.items()} for row in rows)
    return out.getvalue()


def plain(value: object) -> str:
    """A value as a table shows it: no float noise, no trailing zeros."""
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return "" if value is None else str(value)
