"""A list of cities, read as strictly as the cities.csv of a case: every problem with row and column of the list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

from planner.case import TODAY, Basis, City, FrozenDict
from planner.case.problems import Problem, Problems, listed, row_ranges
from planner.case.raw import RawRow, RawTable
from planner.case.rows import TABLES
from planner.case.tables import read_handmade
from planner.case.validating import Numbered, typed_rows
from planner.case.values import LONGEST_NAME, NOT_IN_NAMES, as_number
from planner.starting.headings import CITY, Headings, about_others, meaning, understood, wanted, year_of_people
from planner.words.said import _

NEEDED = ("id", "lat", "lon", "population")
PERIODS = {"2030": "2026-2030", "2035": "2031-2035"}
FIRST_YEAR = int(next(iter(PERIODS.values())).split("-")[0])
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


def read_towns(
    file: Path, ignore_other_columns: bool, tell: Callable[[str], object]
) -> tuple[RawTable, list[Town], Headings]:
    """The list as a table with jurisdiction, tier and basis filled in where they were empty, its cities, and its headings.

    Raises
    ------
    planner.case.problems.CaseInvalid
        With everything that is wrong with the list.
    """
    known = {"periods": tuple(PERIODS), "people": ()}
    columns = TABLES["cities"].columns_of(known)
    read = read_handmade(file, (), None, lambda heading: _is_number(heading, columns), tell)
    problems = Problems()
    headings = understood(file.name, read, columns, FIRST_YEAR - 1, problems)
    if headings.others and not ignore_other_columns:
        problems.add(about_others(file.name, headings.others, columns))
    elif headings.others:
        tell(_("{file}: not read: {others}").format(file=file.name, others=listed(headings.others, 60)))
    lacking = [name for name in NEEDED if name not in headings.of and not (name == "id" and _named(headings))]
    for name in lacking:
        message = _("has no column {name}; it needs {needed}").format(name=wanted(name), needed=listed(NEEDED))
        problems.add(Problem(file.name, message, row=1, allowed=wanted(name)))
    if lacking:
        problems.raise_if_any(file.name)
    table, headings = _with_ids(read, headings, file.name, tell)
    if ignore_other_columns:
        table = _with_known_basis(table, file.name, tell)
    table = _filled(table)
    rows = typed_rows(table, known, problems)
    problems.extend(_about_cells(table))
    problems.extend(_about_cities(rows))
    if not 2 <= len(table.rows) <= MOST_CITIES:
        problems.add(
            Problem(
                file.name,
                _("must list 2 to {most} cities, not {number}").format(most=MOST_CITIES, number=len(table.rows)),
            )
        )
    elif not any(row.cells["tier"] == "core" for row in table.rows):
        message = _("no city is of tier core, which the others are to reach: give it to one, or leave out the column")
        problems.add(Problem(file.name, message, column="tier"))
    named = Problems()
    named.extend(as_in_list(problem, file.name, headings) for problem in problems)
    named.raise_if_any(file.name)
    cities = (numbered.row for numbered in rows)
    return table, [Town(c.id, c.jurisdiction, c.lat, c.lon, c.population.get(TODAY, 0.0)) for c in cities], headings


def _with_known_basis(table: RawTable, file: str, tell: Callable[[str], object]) -> RawTable:
    """The table with `assumed` for each word of its own that a list has in the column basis: it promises nothing."""
    known = get_args(Basis)
    others = [row.number for row in table.rows if row.cells.get("basis", known[0]) not in known]
    if not others:
        return table
    tell(
        _("{file}: column basis: words other than {known} count as assumed, in rows {others}").format(
            file=file, known=listed(known), others=row_ranges(others)
        )
    )
    rows = (
        RawRow(row.number, FrozenDict({**row.cells, "basis": "assumed"})) if row.number in others else row
        for row in table.rows
    )
    return replace(table, rows=tuple(rows))


def as_in_list(problem: Problem, file: str, headings: Headings) -> Problem:
    """A problem with cities.csv as one with the list, which calls its columns otherwise."""
    return replace(problem, file=file, column=headings.said(problem), message=headings.in_message(problem.message))


def _is_number(heading: str, columns: Sequence[str]) -> bool:
    column = heading if heading in columns else meaning(heading, columns)
    if column is None or column == CITY:
        return year_of_people(heading) is not None
    return TABLES["cities"].holds_numbers(column)


def _named(headings: Headings) -> str | None:
    """The column that ids can be made of."""
    return next((name for name in (CITY, "name", "name_zh") if name in headings.of), None)


def _with_ids(read: RawTable, headings: Headings, file: str, tell: Callable[[str], object]) -> tuple[RawTable, Headings]:
    """The table with the columns of cities.csv, its ids made of names where it has none."""
    of = dict(headings.of)
    if of.get("population", "population") != "population" and year_of_people(of["population"]):
        tell(_("{file}: the population is column {column}").format(file=file, column=of["population"]))
    made_of = None if "id" in of else _named(headings)
    city = of.pop(CITY, None)
    if city is not None:
        of.setdefault("name", city)
    rows = []
    for row in read.rows:
        cells = {column: row.cells[heading] for column, heading in of.items() if heading in row.cells}
        if made_of is not None and headings.of[made_of] in row.cells:
            cells["id"] = _as_id(row.cells[headings.of[made_of]])
        rows.append(RawRow(row.number, FrozenDict({c: v for c, v in cells.items() if v})))
    if made_of is not None:
        of = {"id": headings.of[made_of], **of}
        tell(_("{file}: has no column id, so ids are made of column {column}").format(file=file, column=of["id"]))
    return RawTable("cities", tuple(of), tuple(rows)), replace(headings, of=of)


def _as_id(name: str) -> str:
    """A name without the signs that no id may have."""
    kept = "".join(" " if c in NOT_IN_NAMES or not c.isprintable() else c for c in name)
    return " ".join(kept.split())[:LONGEST_NAME].strip()


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
        return as_number(row.cells.get("population", ""))
    except ValueError:
        return 0.0


def _about_cells(table: RawTable) -> Iterator[Problem]:
    """What a first case cannot do without: an id of its own, and people, in every row."""
    ids: dict[str, int] = {}
    for row in table.rows:
        name = row.cells.get("id", "")
        if name and name in ids:
            yield Problem("", _("'{name}' stands in row {row} already").format(name=name, row=ids[name]), row.number, "id")
        ids.setdefault(name, row.number)
        if "population" not in row.cells:
            yield Problem("", _("must not be empty"), row.number, "population")


def _about_cities(rows: tuple[Numbered[City], ...]) -> Iterator[Problem]:
    """No city without people, and no two cities in one place: between them there would be no road."""
    places: dict[tuple[float, float], Numbered[City]] = {}
    for numbered in rows:
        city, number = numbered.row, numbered.number
        if city.population.get(TODAY, 1.0) < 1:
            yield Problem(
                "",
                _("must be at least 1, not '{population:g}'").format(population=city.population[TODAY]),
                number,
                "population",
            )
        other = places.setdefault((city.lat, city.lon), numbered)
        if other is not numbered and other.row.id != city.id:
            message = _("'{city}' has the same coordinates as '{id}' in row {number}: correct one of them").format(
                city=city.id, id=other.row.id, number=other.number
            )
            yield Problem("", message, number, "lat")
