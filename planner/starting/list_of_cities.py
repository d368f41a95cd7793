"""A list of cities, read as strictly as the cities.csv of a case: every problem with row and column of the list.

Headings are the columns of cities.csv in common words, English and Chinese. Blanks, case and full-width signs do not matter,
nor does a unit in brackets, as long as it is the one of the column: a list in ten-thousands is refused, not multiplied.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import get_args

from planner.case import TODAY, Basis, City, FrozenDict
from planner.case.problems import Problem, Problems, listed, nearest, row_ranges
from planner.case.raw import RawRow, RawTable
from planner.case.rows import TABLES
from planner.case.tables import read_handmade
from planner.case.validating import Numbered, typed_rows
from planner.case.values import LARGEST, LONGEST_NAME, NOT_IN_NAMES, as_number
from planner.words.said import _, altered, counted, series

NEEDED = ("id", "lat", "lon", "population")
PERIODS = {"2030": "2026-2030", "2035": "2031-2035"}
FIRST_YEAR = int(next(iter(PERIODS.values())).split("-")[0])
MOST_CITIES = 300
GUESSES = {"jurisdiction": "region", "tier": "small", "basis": "assumed"}  # for empty cells; the largest city is the core
CITY = "city"  # no column of cities.csv: the name of a city, or its id
WORDS: Mapping[str, tuple[str, ...]] = {  # column -> what lists call it
    "id": ("id", "code", "city id", "编号", "代码", "编码"),
    CITY: ("city", "town", "city name", "城市", "市", "城市名称", "地市"),
    "name": ("name", "english name", "名称", "名字", "英文名"),
    "name_zh": ("name zh", "chinese name", "中文名", "中文名称"),
    "jurisdiction": ("jurisdiction", "province", "省", "省份", "辖区"),
    "tier": ("tier", "层级"),
    "lat": ("lat", "latitude", "纬度", "北纬"),
    "lon": ("lon", "lng", "long", "longitude", "经度", "东经"),
    "population": (
        "population",
        "pop",
        "people",
        "inhabitants",
        "total population",
        "residents",
        "人口",
        "人口数",
        "常住人口",
        "总人口",
    ),
    "area_km2": ("area km2", "area", "面积", "土地面积", "行政区域面积"),
    "gdp": ("gdp", "地区生产总值", "生产总值"),
    "jobs": ("jobs", "employment", "就业", "就业人数", "从业人员"),
    "source": ("source", "来源", "数据来源"),
    "note": ("note", "notes", "remark", "remarks", "备注"),
}
SUMS = frozenset(
    {
        "total",
        "totals",
        "grand total",
        "sum",
        "subtotal",
        "sub total",
        "in total",
        "合计",
        "总计",
        "小计",
        "总和",
        "全部合计",
    }
)  # what rows of sums are called
ROUNDED = 5e-4  # relative: a sum of figures, each of them rounded
IN_PLANE = {"x": "lon", "y": "lat"}  # where a list has both, and no other words for them
UNITS: Mapping[str, tuple[str, ...]] = {  # column -> units that it may say in brackets; other columns may say anything
    "population": ("人", "口", "heads", "people", "persons", "inhabitants"),
    "jobs": ("人", "个", "jobs", "people", "persons"),
    "area_km2": (
        "km2",
        "km^2",
        "sq km",
        "sq. km",
        "sqkm",
        "km 2",
        "square kilometres",
        "square kilometers",
        "平方公里",
        "平方千米",
        "公里2",
    ),
    "lat": ("°", "deg", "degrees", "decimal degrees", "度", "n", "°n", "wgs84"),
    "lon": ("°", "deg", "degrees", "decimal degrees", "度", "e", "°e", "wgs84"),
}
IN_WORDS = {
    "population": _("heads"),
    "jobs": _("jobs"),
    "area_km2": "km2",
    "lat": _("degrees"),
    "lon": _("degrees"),
}
MEANING = {word: column for column, words in WORDS.items() for word in words}
COLUMN_IN_MESSAGE = re.compile(r"(?<=\bcolumn )\w+|(?<=\bcolumns )\w+|(?<=“)\w+(?=”列)")  # in English and in Chinese
WITH_UNIT = re.compile(r"(.+?)\s*[(\[](.+)[)\]]")
OF_YEAR = re.compile(r"(census (of )?)?\d{4}年?( census)?")  # in brackets, where others say the unit
WITH_YEAR = re.compile(r"(?:(?P<before>\d{4})年?\s*)?(?P<word>.*?)\s*(?:(?P<after>\d{4})年?)?")


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
    for doubt in _sums(table):
        tell(_("warning: {warning}").format(warning=as_in_list(doubt, file.name, headings).said))
    of_values = Problems()
    rows = typed_rows(table, known, of_values)
    problems.extend(_with_cause(problem, table) for problem in of_values)
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


def _sums(table: RawTable) -> Iterator[Problem]:
    """Rows that are most likely the sum of the others, and no city."""
    whole = sum(_heads(row) for row in table.rows)
    for row in table.rows:
        own = _heads(row)
        column = next((name for name in ("id", "name", "name_zh") if plain(row.cells.get(name, "")) in SUMS), None)
        if column is not None:
            message = _("'{name}' is called like a sum: if it is no city, take the row out of the list")
            yield Problem("", message.format(name=row.cells[column]), row.number, column, value=row.cells[column])
        elif len(table.rows) > 2 and own > 0 and abs(whole - 2 * own) <= ROUNDED * own:
            message = _("{population:,.10g} is the sum of all other rows: if it is no city, take the row out of the list")
            yield Problem("", message.format(population=own), row.number, "population", value=f"{own:.10g}")


def _with_cause(problem: Problem, table: RawTable) -> Problem:
    """The problem of a cell, with what most likely made it."""
    row = next((row for row in table.rows if row.number == problem.row), None)
    lat, lon, gdp = (None if row is None else _number(row.cells.get(name, "")) for name in ("lat", "lon", "gdp"))
    hint = ""
    if problem.column == "lat" and lat is not None and lon is not None and 90 < abs(lat) <= 180 and abs(lon) <= 90:
        hint = _("are lat and lon swapped?")
    if problem.column == "gdp" and gdp is not None and gdp > LARGEST:
        hint = _("give it in a larger unit, in millions, for example")
    return replace(problem, message=_("{message}; {hint}").format(message=problem.message, hint=hint)) if hint else problem


def _number(text: str) -> float | None:
    """The number in a cell, however large; None where there is none."""
    try:
        return float(text)
    except ValueError:
        return None


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
            message = _("must be at least 1, not '{population:g}'").format(population=city.population[TODAY])
            yield Problem("", message, number, "population")
        other = places.setdefault((city.lat, city.lon), numbered)
        if other is not numbered and other.row.id != city.id:
            message = _("'{city}' has the same coordinates as '{id}' in row {number}: correct one of them").format(
                city=city.id, id=other.row.id, number=other.number
            )
            yield Problem("", message, number, "lat")


@dataclass(frozen=True)
class Headings:
    """What the columns of a list are in cities.csv.

    Attributes
    ----------
    of
        Column of cities.csv (or `city`) -> heading of the list.
    others
        Headings that mean nothing here.
    """

    of: Mapping[str, str]
    others: tuple[str, ...]

    def said(self, problem: Problem) -> str | None:
        """The heading of a problem's column."""
        return self.of.get(problem.column or "", problem.column)

    def in_message(self, message: str) -> str:
        """A message in which columns are called by the headings of the list, in every language."""
        return altered(message, partial(_called, FrozenDict(self.of)))


def _called(of: Mapping[str, str], message: str) -> str:
    return COLUMN_IN_MESSAGE.sub(lambda found: of.get(found[0], found[0]), message)


def plain(heading: str) -> str:
    """A heading without what does not matter."""
    text = unicodedata.normalize("NFKC", heading).casefold().replace("_", " ").replace("-", " ")
    return " ".join(text.split())


def meaning(heading: str, columns: Iterable[str] = ()) -> str | None:
    """The column of cities.csv that a heading means: one of these, or one that has common words; None if none."""
    by_word = MEANING | {plain(column): column for column in columns}
    text = plain(heading)
    found = WITH_UNIT.fullmatch(text)
    return by_word.get(text) or (by_word.get(found[1]) if found else None)


def understood(file: str, table: RawTable, columns: Sequence[str], last_year: int, problems: Problems) -> Headings:
    """The columns of a list.

    Parameters
    ----------
    table
        The list as it was read.
    columns
        All columns of cities.csv.
    last_year
        The year before the first period: the population of a later year is no population of today.
    """
    given = table.columns
    several: dict[str, list[str]] = {}
    for heading in given:
        column = heading if heading in columns else meaning(heading, columns)
        if column is not None:
            several.setdefault(column, []).append(heading)
            _check_unit(file, heading, column, problems)
    _add_plane(given, several)
    if "population" not in several:
        of_years = [(year, h) for h in given if (year := year_of_people(h)) and year <= last_year]
        filled = {h: sum(h in row.cells for row in table.rows) for _, h in of_years}
        if of_years:  # the newest of those with the fewest gaps
            several["population"] = [max(of_years, key=lambda one: (filled[one[1]], one[0]))[1]]
    if CITY in several and {"id", "name"} <= set(several):
        del several[CITY]
    of: dict[str, str] = {}
    for column, headings in several.items():
        exact = [h for h in headings if h == column]
        if len(headings) > 1 and not exact:
            message = _("columns {headings} all give the {column}: keep one of them").format(
                headings=listed(headings), column=column
            )
            problems.add(Problem(file, message, row=1, value=headings[1]))
        of[column] = (exact or headings)[0]
    return Headings(of, tuple(h for h in given if h not in of.values()))


def _check_unit(file: str, heading: str, column: str, problems: Problems) -> None:
    found = WITH_UNIT.fullmatch(plain(heading))
    if not found or OF_YEAR.fullmatch(found[2]):
        return
    if column in UNITS and found[2] not in UNITS[column]:
        message = _("is in '{found}': a case counts {unit}, so convert the figures and the heading").format(
            found=found[2], unit=IN_WORDS[column]
        )
        problems.add(Problem(file, message, row=1, column=heading, value=heading, allowed=listed(UNITS[column])))


def _add_plane(given: Sequence[str], several: dict[str, list[str]]) -> None:
    """x and y as longitude and latitude."""
    flat = {IN_PLANE[plain(h)]: h for h in given if plain(h) in IN_PLANE}
    if len(flat) == len(IN_PLANE) and not {"lat", "lon"} & set(several):
        several |= {column: [heading] for column, heading in flat.items()}


def year_of_people(heading: str) -> int | None:
    """The year of a heading such as population_2020."""
    found = WITH_YEAR.fullmatch(plain(heading))
    year = found and (found["before"] or found["after"])
    return int(year) if found and year and found["word"] in WORDS["population"] else None


def wanted(column: str) -> str:
    """A column with the other words for it."""
    return _("{column} (or {words})").format(column=column, words=listed(WORDS[column][1:4])) if column in WORDS else column


def about_others(file: str, others: Sequence[str], columns: Sequence[str]) -> Problem:
    """One problem with all columns that mean nothing."""
    twice = {name: MEANING[plain(name)] for name in others if plain(name) in MEANING}
    near = {
        name: found for name in others if name not in twice and (found := nearest(name, (*columns, *MEANING))) is not None
    }
    hints = [
        _("'{heading}' means {column}, which another column is already: keep one of the two.").format(
            heading=name, column="name" if column == CITY else column
        )
        for name, column in twice.items()
    ]
    hints += (
        [_("Did you mean '{name}'?").format(name=found) for found in near.values()]
        if len(others) == 1
        else [_("Did you mean '{name}' for '{heading}'?").format(name=found, heading=name) for name, found in near.items()]
    )
    what = counted(len(others), "{headings}: not a column of a case.", "{headings}: not columns of a case.")
    then = counted(
        len(others),
        "Take it out of the list, or leave it unread with --ignore-other-columns",
        "Take them out of the list, or leave them unread with --ignore-other-columns",
    )
    message = series((what.format(headings=listed(others, 60)), *hints, then), " ")
    return Problem(file, message, row=1, value=others[0], allowed=listed(columns, 40))
