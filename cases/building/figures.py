"""The figures of one cluster, with its choices; every rule is a function of them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from io import StringIO
from pathlib import Path
from statistics import mean

from .choices import Cluster, read_choices
from .tables import Table, read_table

FOLDER = Path(__file__).resolve().parent.parent / "figures"
PERIODS = ("2030", "2035", "2040")
ABOUT = ("city", "name_zh", "adcode", "province", "basis", "note")  # columns of cities.csv that are no figures

Row = dict[str, object]

LAST_COLUMNS = ("basis", "source", "note")


@dataclass(frozen=True)
class Figures:
    """All that is known of a cluster and chosen for it.

    Attributes
    ----------
    name
        Name of the cluster: the folder of its figures.
    cluster
        Its choices.
    cities
        City -> its row of cities.csv, in the order of the file.
    own
        (city, indicator) -> value as the sources give it.
    values
        The same after the patches of patches.csv.
    rests_on
        (city, indicator) -> what a value that is not the city's own rests on, in words.
    tables
        Name -> rows of every other table, common ones included.
    folder
        The folder of its files.
    """

    name: str
    cluster: Cluster
    cities: Mapping[str, dict[str, str]]
    own: Mapping[tuple[str, str], float]
    values: Mapping[tuple[str, str], float]
    rests_on: Mapping[tuple[str, str], str]
    tables: Mapping[str, Table]
    folder: Path

    def file(self, name: str) -> Path:
        """A file of its folder; it may not exist."""
        return self.folder / name

    def figure(self, city: str, indicator: str) -> float:
        """One figure of a city; raises KeyError where the sources have none."""
        return self.values[city, indicator]

    def has(self, city: str, indicator: str) -> bool:
        """Whether there is a figure of a city."""
        return (city, indicator) in self.values

    @cached_property
    def _known(self) -> dict[str, float]:
        return {row["indicator"]: float(row["value"]) for row in self.tables["industry"]}

    def known(self, indicator: str) -> float:
        """One figure of the country or its industry."""
        return self._known[indicator]

    def standard(self, indicator: str, year: int) -> float:
        """One national standard or average of a year."""
        rows = self.tables["standards"]
        return next(float(r["value"]) for r in rows if r["indicator"] == indicator and r["year"] == str(year))

    def costs(self, item: str, without: str = "(superseded)") -> list[float]:
        """Observed unit costs of an item."""
        rows = self.tables["costs"]
        return [float(r["unit_cost"]) for r in rows if r["item"] == item and without not in r["observation"]]

    def jurisdiction(self, city: str) -> str:
        """The government of a city: its own, or that of its province."""
        apart = (name for name, about in self.cluster.jurisdictions.items() if city in about.cities)
        return next(apart, self.cities[city]["province"])

    def cities_of(self, jurisdiction: str) -> list[str]:
        """Cities of a jurisdiction, in the order of the figures."""
        return [city for city in self.cities if self.jurisdiction(city) == jurisdiction]

    def in_order(self, jurisdictions: Iterable[str]) -> list[str]:
        """Jurisdictions in the order of the choices."""
        asked = set(jurisdictions)
        return [name for name in self.cluster.jurisdictions if name in asked]

    def short_zh(self, city: str) -> str:
        """Chinese name without the ending for a city, a new area or a region."""
        name = self.cities[city]["name_zh"]
        for ending in ("市", "新区", "特别行政区"):
            name = name.removesuffix(ending)
        return name

    def has_service(self, service: str) -> bool:
        """Whether the case has a service."""
        return service in self.cluster.services


def read_figures(name: str, folder: Path = FOLDER) -> Figures:
    """The figures of a cluster, patched by its patches.csv."""
    here = folder / name
    cluster = read_choices(here / "cluster.yaml")
    out = set(cluster.cities_left_out)
    cities = {row["city"]: row for row in read_table(here / "cities.csv") if row["city"] not in out}
    own = {(city, indicator): value for (city, indicator), value in own_figures(here).items() if city not in out}
    tables = {file.stem: read_table(file) for file in sorted((folder / "common").glob("*.csv"))}
    for table in ("links", "candidate_links", "candidate_parks", "neighbours", "patches", "instruments", "relocations"):
        tables[table] = [row for row in read_table(here / f"{table}.csv") if not out & set(row.values())]
    values, patched = _patched(own, tables["patches"], {city: row["province"] for city, row in cities.items()})
    return Figures(name, cluster, cities, own, values, {**_said(here), **patched}, tables, here)


def own_figures(folder: Path) -> dict[tuple[str, str], float]:
    """(city, indicator) -> value: the columns of cities.csv, and city_figures.csv with one figure a row."""
    found: dict[tuple[str, str], float] = {}
    for row in read_table(folder / "cities.csv"):
        found |= {(row["city"], key): float(value) for key, value in row.items() if key not in ABOUT and value}
    for row in read_table(folder / "city_figures.csv"):
        found[row["city"], row["indicator"]] = float(row["value"])
    return found


def _said(folder: Path) -> dict[tuple[str, str], str]:
    """(city, indicator) -> what a figure of city_figures.csv rests on, where it is not the city's own."""
    rows = read_table(folder / "city_figures.csv")
    return {(row["city"], row["indicator"]): row["says"] for row in rows if row.get("says")}


def _patched(
    own: Mapping[tuple[str, str], float], patches: Table, provinces: Mapping[str, str]
) -> tuple[dict[tuple[str, str], float], dict[tuple[str, str], str]]:
    """Figures after the patches, and what the patched ones rest on.

    A patch is a row with a city, an indicator, one of these rules, and the reason for it:

    - ``minus``: less the figure of another city, which lies inside this one;
    - ``rate_without``: a rate per resident, freed from that of the other city;
    - ``by_people``: the part of the other city's own figure (or of its own) that goes by residents;
    - ``as``: the figure of the other city;
    - ``mean_of_others``: the mean of the other cities of the jurisdiction that have a figure.
    """
    values, rests_on = dict(own), {}
    for row in patches:
        city, indicator, other = row["city"], row["indicator"], row["other"]
        people, whole = "population_2020", own.get((other, "population_2020"), 0.0)
        match row["rule"]:
            case "minus":
                value = own[city, indicator] - own[other, indicator]
            case "rate_without":
                inside = own[other, people] * own[other, indicator]
                value = (own[city, people] * own[city, indicator] - inside) / values[city, people]
            case "by_people":
                value = own[other, indicator] * values[city, people] / whole
            case "as":
                value = own[other, indicator]
            case "mean_of_others":
                province = provinces[city]
                value = mean(v for (c, i), v in own.items() if i == indicator and c != city and provinces[c] == province)
            case unknown:
                raise ValueError(f"patches.csv: there is no rule {unknown!r}")
        values[city, indicator] = value
        rests_on[city, indicator] = row["says"]
    return values, rests_on


def short(city: str) -> str:
    """Name of a city as the case prints it."""
    return city.removesuffix(" New Area")


def sharing_id(f: Figures, a: str, b: str) -> str | None:
    """Id of the agreement that shares tax between two sides, if there is one to sign."""
    pair = next((pair for pair in f.cluster.instruments.sharing if set(pair) == {a, b}), None)
    return f"sharing-{slug(pair[0])}-{slug(pair[1])}" if pair else None


def slug(name: str) -> str:
    """Id of a city or jurisdiction: xiongan for Xiong'an New Area, taizhou-jiangsu for Taizhou (Jiangsu)."""
    return "".join(sign for sign in short(name).lower() if sign not in "'()").replace(" ", "-")


def joined(names: Iterable[str]) -> str:
    """A, B and C."""
    listed = list(names)
    return f"{', '.join(listed[:-1])} and {listed[-1]}" if len(listed) > 1 else "".join(listed)


def numeral(number: int) -> str:
    """A small whole number in words."""
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    return words[number] if number < len(words) else str(number)


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
