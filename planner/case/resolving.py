"""Works out the selections in case.yaml, and notes those that select nothing.

A column or a value that there cannot be is an error. A value that a row could have, and none has, is a doubt: a line
that pays for hubs is right in a case that has no hubs yet. Where something is needed (destinations, cities of a goal,
what a rule asks a minimum of) nothing is an error too.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import get_args

from planner.case import selecting
from planner.case.measures import Form, Kind, Level, Status
from planner.case.places import Basis, Tier
from planner.case.problems import Problem, Problems
from planner.case.raw import Path, RawCase
from planner.case.raw_facts import facts_of_rows
from planner.case.rows import missing_columns
from planner.case.selecting import CITY_COLUMNS, MEASURE_COLUMNS, Facts, Where

CLOSED: Mapping[str, Collection[str]] = {  # columns that take one of a few words
    "tier": get_args(Tier), "kind": get_args(Kind), "status": get_args(Status), "level": get_args(Level),
    "form": get_args(Form), "basis": get_args(Basis),
}  # fmt: skip


class _Anything(tuple[str, ...]):
    """All texts: the values of columns in which a planner writes what he likes."""

    def __contains__(self, value: object) -> bool:
        return True


FREE = ("name", "one_of", "together")


class Resolver:
    """Works out selections of cities and measures, and notes those that select nothing.

    Rows that were left out for another problem still count as there: a selection that names them is not wrong.

    Attributes
    ----------
    doubts
        Selections that nothing fits, though something could.
    """

    def __init__(
        self,
        raw: RawCase,
        problems: Problems,
        broken: frozenset[str],
        cities: Mapping[str, Facts],
        measures: Mapping[str, Facts],
    ) -> None:
        self.doubts: list[Problem] = []
        self._raw = raw
        self._problems = problems
        self._broken = broken
        self._facts = {"cities": cities, "measures": measures}
        self._as_read = {
            table: tuple(facts_of_rows(raw, raw.tables[table]).values()) if table in raw.tables else ()
            for table in self._facts
        }
        places, jurisdictions = raw.ids("cities"), raw.ids("cities", "jurisdiction")
        self._known: Mapping[str, Collection[str]] = {
            **CLOSED, **dict.fromkeys(FREE, _Anything()), "city": places, "origin": places,
            "jurisdiction": jurisdictions, "signed_by": jurisdictions, "norm": raw.ids("norms"),
            "service": raw.keys("services"), "mode": raw.keys("modes"), "industry": raw.keys("industries"),
            "airshed": raw.keys("airsheds"),
        }  # fmt: skip

    def cities(self, where: Where, path: Path, needed: bool = False) -> tuple[str, ...]:
        return self._resolve(where, path, "cities", CITY_COLUMNS, needed)

    def measures(self, where: Where, path: Path, needed: bool = False) -> tuple[str, ...]:
        return self._resolve(where, path, "measures", MEASURE_COLUMNS, needed)

    def _resolve(self, where: Where, path: Path, table: str, columns: tuple[str, ...], needed: bool) -> tuple[str, ...]:
        facts = self._facts[table]
        if table not in self._raw.tables or missing_columns(self._raw.tables[table]):
            return ()  # what is missing is noted
        found = selecting.select(where, facts)
        complete = not self._broken & {"cities", "links", "measures"}
        wrong = tuple(selecting.complaints(where, (*facts.values(), *self._as_read[table]), columns, self._known))
        for complaint in wrong:
            place = (*path, complaint.column)
            problem = self._raw.at_key(place, complaint.message, complaint.value, complaint.allowed)
            self._note(problem, needed=not complaint.may_be or (needed and not found))
        if where and not found and not wrong and complete:
            self._note(self._raw.at_key(path, f"no row of {table}.csv fits all of this selection"), needed)
        return found

    def _note(self, problem: Problem, needed: bool) -> None:
        if needed:
            self._problems.add(problem)
        elif problem not in self.doubts:
            self.doubts.append(problem)
