"""A list of cities, read as strictly as the cities.csv of a case: every problem with row and column of the list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from planner.case.nouns import FrozenDict
from planner.case.problems import Problem, Problems
from planner.case.raw import RawRow, RawTable
from planner.case.rows import CityRow
from planner.case.validating import Numbered, typed_rows
from planner.handmade import read_handmade

NEEDED = ("id", "lat", "lon", "population")
PERIODS = {"2030": "2026-2030", "2035": "2031-2035"}
MOST_CITIES = 300
GUESSES = {"jurisdiction": "region", "tier": "small", "basis": "assumed"}  # for empty cells; the largest city is the core


@dataclass(frozen=True)
class Town:
    """A city of the list."""

    id: str
    jurisdiction: str
    lat: float
    lon: float
    population: float


def read_towns(file: Path) -> tuple[RawTable, list[Town]]:
    """The list as a table with jurisdiction, tier and basis filled in where they were empty, and its cities.

    Raises
    ------
    planner.case.problems.CaseInvalid
        With everything that is wrong with the list.
    """
    table = _filled(read_handmade(file, NEEDED))
    problems = Problems()
    rows = typed_rows(table, {"periods": tuple(PERIODS), "people": ()}, problems)
    problems.extend(_about_cells(table))
    problems.extend(_about_cities(rows))
    if not 2 <= len(table.rows) <= MOST_CITIES:
        problems.add(Problem(file.name, f"must list 2 to {MOST_CITIES} cities, not {len(table.rows)}"))
    elif not any(row.cells["tier"] == "core" for row in table.rows):
        message = "no city is of tier core, which the others are to reach: give it to one, or leave out the column"
        problems.add(Problem(file.name, message, column="tier"))
    named = Problems()
    named.extend(replace(problem, file=file.name) for problem in problems)
    named.raise_if_any(file.name)
    cities = (numbered.row for numbered in rows)
    return table, [Town(c.id, c.jurisdiction, c.lat, c.lon, c.population or 0.0) for c in cities]


def _filled(table: RawTable) -> RawTable:
    """The list as a cities.csv, with a jurisdiction and a tier for every city."""
    largest = max(table.rows, key=_heads, default=None)
    rows = []
    for row in table.rows:
        guesses = {**GUESSES, "tier": "core"} if row is largest else GUESSES
        rows.append(RawRow(row.number, FrozenDict({**guesses, **row.cells})))
    columns = (*table.columns, *(name for name in GUESSES if name not in table.columns))
    return RawTable("cities", columns, tuple(rows))


def _heads(row: RawRow) -> float:
    """The population as far as it can be read, to find the largest city."""
    try:
        return float(row.cells.get("population", ""))
    except ValueError:
        return 0.0


def _about_cells(table: RawTable) -> Iterator[Problem]:
    """What a first case cannot do without: an id of its own, and people, in every row."""
    ids: dict[str, int] = {}
    for row in table.rows:
        name = row.cells.get("id", "")
        if name and name in ids:
            yield Problem("", f"'{name}' stands in row {ids[name]} already", row.number, "id")
        ids.setdefault(name, row.number)
        if "population" not in row.cells:
            yield Problem("", "must not be empty", row.number, "population")


def _about_cities(rows: tuple[Numbered[CityRow], ...]) -> Iterator[Problem]:
    """No city without people, and no two cities in one place: between them there would be no road."""
    places: dict[tuple[float, float], Numbered[CityRow]] = {}
    for numbered in rows:
        city, number = numbered.row, numbered.number
        if city.population is not None and city.population < 1:
            yield Problem("", f"must be at least 1, not '{city.population:g}'", number, "population")
        other = places.setdefault((city.lat, city.lon), numbered)
        if other is not numbered and other.row.id != city.id:
            message = f"'{city.id}' has the same coordinates as '{other.row.id}' in row {other.number}: correct one of them"
            yield Problem("", message, number, "lat")
