"""Doubts about magnitudes: figures that are allowed and most likely slips of typing or of units.

Each names file, row, column, the value, what would be expected, and what to check. What is plausible, and why, stands
in `plausible`.
"""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.case import Case
from planner.case.magnitudes.keys import about_keys
from planner.case.magnitudes.measures import about_measures
from planner.case.magnitudes.minutes import about_minutes
from planner.case.magnitudes.money import about_money
from planner.case.magnitudes.names import about_names
from planner.case.magnitudes.outliers import Places
from planner.case.magnitudes.places import about_cities, about_links, kilometres
from planner.case.problems import Problem
from planner.case.raw import RawCase

__all__ = ["doubts_about", "kilometres"]


def doubts_about(case: Case, raw: RawCase) -> Iterator[Problem]:
    """What is odd about the figures of a case, which was read from these tables."""
    places = Places(raw)
    yield from about_keys(case, raw)
    yield from about_cities(case, places)
    yield from about_names(case, places)
    yield from about_links(case, places)
    yield from about_minutes(case, places)
    yield from about_measures(case, places)
    yield from about_money(case, places, raw)
