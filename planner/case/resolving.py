"""Works out the selections in case.yaml, and notes those that name nothing."""

from __future__ import annotations

from collections.abc import Mapping

from planner.case import selecting
from planner.case.nouns import Selection, frozen
from planner.case.problems import Problems
from planner.case.raw import Path, RawCase
from planner.case.raw_facts import facts_of_rows
from planner.case.rows import missing_columns
from planner.case.selecting import CITY_COLUMNS, MEASURE_COLUMNS, Facts, Where


class Resolver:
    """Works out selections of cities and measures, and notes those that name nothing.

    Rows that were left out for another problem still count as there: a selection that names them is not wrong.
    """

    def __init__(
        self,
        raw: RawCase,
        problems: Problems,
        broken: frozenset[str],
        cities: Mapping[str, Facts],
        measures: Mapping[str, Facts],
    ) -> None:
        self._raw = raw
        self._problems = problems
        self._broken = broken
        self._facts = {"cities": cities, "measures": measures}
        self._as_read = {
            table: tuple(facts_of_rows(raw, raw.tables[table]).values()) if table in raw.tables else ()
            for table in self._facts
        }

    def cities(self, where: Where, path: Path) -> tuple[str, ...]:
        return self._resolve(where, path, "cities", CITY_COLUMNS)

    def measures(self, where: Where, path: Path) -> tuple[str, ...]:
        return self._resolve(where, path, "measures", MEASURE_COLUMNS)

    def _resolve(self, where: Where, path: Path, table: str, columns: tuple[str, ...]) -> tuple[str, ...]:
        facts = self._facts[table]
        if table not in self._raw.tables or missing_columns(self._raw.tables[table]):
            return ()  # what is missing is noted
        wrong = tuple(selecting.complaints(where, (*facts.values(), *self._as_read[table]), columns))
        for column, value, message, allowed in wrong:
            self._problems.add(self._raw.at_key((*path, column), message, value, allowed))
        found = selecting.select(where, facts)
        if where and not found and not wrong and not self._broken & {"cities", "links", "measures"}:
            self._problems.add(self._raw.at_key(path, f"no row of {table}.csv fits all of this selection"))
        return found


def selection(where: Where) -> Selection:
    """A selection, immutable."""
    return frozen(dict(where))
