"""Collects what the checks find, and leaves out the rows and entries concerned, so that later checks can go on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from planner.case.declared import Thing, frozen
from planner.case.effects import Effect
from planner.case.problems import Problem, Problems, Unknown, listed, nearest, not_one_of
from planner.case.raw import Path, RawCase
from planner.case.rows import TABLES
from planner.case.validating import Contents, Numbered

Entry = tuple[str | int, ...]  # (table, row number) or (section of case.yaml, name or place)


class Findings:
    """Notes problems with the place of each, and remembers which rows and entries they concern."""

    def __init__(self, raw: RawCase, problems: Problems) -> None:
        self.raw = raw
        self.entries: set[Entry] = set()
        self._problems = problems

    def cell(
        self, table: str, row: int, column: str | None, message: str, value: object = None, allowed: str | None = None
    ) -> None:
        """Something wrong with a cell, or with a whole row."""
        self._problems.add(self.raw.at_cell(table, row, column, message, value, allowed))
        self.entries.add((table, row))

    def key(self, path: Path, message: str, value: object = None, allowed: str | None = None) -> None:
        """Something wrong with a key of case.yaml."""
        self._problems.add(self.raw.at_key(path, message, value, allowed))
        self.entries.add(path[:2])

    def unknown(self, at: Problem, entry: Entry, what: str, have: tuple[str, ...]) -> None:
        """A name that does not exist, standing at a place whose `value` it is; `have` are the names that there are."""
        name = str(at.value)
        unknown = Unknown(name, what, nearest(name, have))
        self._problems.add(replace(at, message=not_one_of(name, what, have), allowed=listed(have), unknown=unknown))
        self.entries.add(entry)

    def table(self, table: str, message: str) -> None:
        """Something wrong with a table as a whole."""
        self._problems.add(Problem(f"{table}.csv", message))
        self.entries.add((table,))


def without(contents: Contents, entries: set[Entry]) -> Contents:
    """The contents without these rows and entries; what they belong to counts as broken."""
    changed: dict[str, Any] = {
        table: _rows_without(getattr(contents, table), {e[1] for e in entries if e[0] == table and len(e) > 1})
        for table in TABLES
    }
    sections = {str(e[0]) for e in entries}
    left: dict[str, Any] = {
        name: _section_without(getattr(contents.file, name), {e[1] for e in entries if e[0] == name and e[1:]})
        for name in contents.file.declares()
        if name in sections
    }
    return replace(contents, file=replace(contents.file, **left), broken=contents.broken | sections, **changed)


def _rows_without(rows: tuple[Numbered[Any], ...], out: set[str | int]) -> tuple[Numbered[Any], ...]:
    return tuple(r for r in rows if r.number not in out) if out else rows


def _section_without(section: Any, out: set[str | int]) -> Any:
    if isinstance(section, dict):
        return frozen({name: thing for name, thing in section.items() if name not in out})
    if isinstance(section, tuple):
        return tuple(item for i, item in enumerate(section) if (item.measure if isinstance(item, Effect) else i) not in out)
    if isinstance(section, Thing):
        return replace(section, **{key.field: key.default for key in section.declares().values() if key.name in out})
    return section
