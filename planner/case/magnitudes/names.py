"""Doubts about names: two that people read as one, and that are two here."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from planner.case.case import Case
from planner.case.magnitudes.outliers import Places
from planner.case.problems import Problem, row_ranges
from planner.words.said import Text, _, counted


def about_names(case: Case, places: Places) -> Iterator[Problem]:
    """What is odd in names of cities and jurisdictions."""
    yield from _spellings(case, places)
    yield from _chinese(case, places)


def _chinese(case: Case, places: Places) -> Iterator[Problem]:
    """Cities that tables in Chinese could not tell apart."""
    first: dict[str, int] = {}
    for city in case.cities.values():
        row = places.row("cities", city.id) or 1
        if city.name_zh in first:
            message = _("'{name}' is the Chinese name of row {first} already: people could not tell the two cities apart")
            said = message.format(name=Text(city.name_zh), first=first[city.name_zh])
            yield Problem("cities.csv", said, row, "name_zh", value=city.name_zh)
        elif city.name_zh:
            first[city.name_zh] = row


def _spellings(case: Case, places: Places) -> Iterator[Problem]:
    """Jurisdictions that differ only in what nobody sees or means; the one of fewer cities is most likely misspelt."""
    alike: dict[str, dict[str, list[int]]] = {}
    for city in case.cities.values():
        rows = alike.setdefault(_plain(city.jurisdiction), {}).setdefault(city.jurisdiction, [])
        rows.append(places.row("cities", city.id) or 1)
    for spellings in alike.values():
        usual, *others = sorted(spellings, key=lambda name: -len(spellings[name]))
        for other in others:
            message = _(
                "'{other}' ({rows}) and '{usual}' ({usual_rows}) differ only by capitals, blanks or full-width "
                "letters, and are two jurisdictions: is one meant?"
            ).format(other=Text(other), rows=_rows(spellings[other]), usual=Text(usual), usual_rows=_rows(spellings[usual]))
            yield Problem("cities.csv", message, spellings[other][0], "jurisdiction", value=other)


def _rows(numbers: list[int]) -> str:
    return counted(len(numbers), "row {rows}", "rows {rows}").format(rows=row_ranges(numbers))


def _plain(name: str) -> str:
    """A name without capitals, blanks and full-width letters."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
