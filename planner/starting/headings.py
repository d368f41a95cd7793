"""What the headings of a list of cities mean: the columns of cities.csv in common words, English and Chinese.

Blanks, case and full-width signs do not matter, nor does a unit in brackets, as long as it is the one of the column:
a list in ten-thousands is refused, not multiplied.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from planner.case.problems import Problem, Problems, listed, nearest
from planner.case.raw import RawTable
from planner.words.said import _, counted, series

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
WITH_UNIT = re.compile(r"(.+?)\s*[(\[](.+)[)\]]")
OF_YEAR = re.compile(r"(census (of )?)?\d{4}年?( census)?")  # in brackets, where others say the unit
WITH_YEAR = re.compile(r"(?:(?P<before>\d{4})年?\s*)?(?P<word>.*?)\s*(?:(?P<after>\d{4})年?)?")


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
        """A message in which columns are called by the headings of the list."""
        return re.sub(r"\b(columns?) (\w+)", lambda m: f"{m[1]} {self.of.get(m[2], m[2])}", message)


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
    near = {name: found for name in others if (found := nearest(name, (*columns, *MEANING))) is not None}
    hints = (
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
