"""Doubts about names: two that people read as one, and that are two here."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from planner.case.case import Case
from planner.case.magnitudes.outliers import Places
from planner.case.problems import Problem, row_ranges
from planner.words.said import _, counted


def about_names(case: Case, places: Places) -> Iterator[Problem]:
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
            ).format(other=other, rows=_rows(spellings[other]), usual=usual, usual_rows=_rows(spellings[usual]))
            yield Problem("cities.csv", message, spellings[other][0], "jurisdiction", value=other)


def _rows(numbers: list[int]) -> str:
    return counted(len(numbers), "row {rows}", "rows {rows}").format(rows=row_ranges(numbers))


def _plain(name: str) -> str:
    """A name without capitals, blanks and full-width letters."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
