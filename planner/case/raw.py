"""A case as it was read: cells and keys, not yet checked. Scenarios edit it, and it is written back from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from planner.case.declared import FrozenDict
from planner.case.problems import Problem
from planner.files.inputs import CASE_FILE

Path = tuple[str | int, ...]  # of a key in case.yaml: names of keys, and places in lists
Place = tuple[int, int]  # line and character, both from 1


@dataclass(frozen=True)
class RawRow:
    """A row of a table: its number as a spreadsheet shows it, and its cells that are not empty."""

    number: int
    cells: FrozenDict[str, str]


@dataclass(frozen=True)
class RawTable:
    """A table as read: its name without .csv, its columns in order, its rows that are not empty.

    `astray` holds rows with too many or too few cells, as if nothing had shifted: no figure is taken from them, but
    what they name is not unknown.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[RawRow, ...]
    astray: tuple[RawRow, ...] = ()

    @property
    def file(self) -> str:
        """Name of its file."""
        return f"{self.name}.csv"


@dataclass(frozen=True)
class RawCase:
    """A case as read.

    Attributes
    ----------
    name
        Name of its folder.
    document
        The keys of case.yaml, immutable; None if the file cannot be read as YAML.
    places
        Where each key stands in case.yaml.
    tables
        The tables that are there and can be read, by name.
    texts
        What the case's files say, as they were read, by name of the file.
    notes
        What should be known of how the files were read.
    """

    name: str
    document: FrozenDict[str, Any] | None
    places: FrozenDict[Path, Place] = field(repr=False)
    tables: FrozenDict[str, RawTable] = field(repr=False)
    texts: FrozenDict[str, str] = field(repr=False)
    notes: tuple[Problem, ...] = field(default=(), repr=False)

    def ids(self, table: str, column: str = "id") -> tuple[str, ...]:
        """Values of a column of a table, each once, checked or not; none if the table is not there."""
        found = self.tables.get(table)
        rows = (*found.rows, *found.astray) if found else ()
        return tuple(dict.fromkeys(r.cells[column] for r in rows if column in r.cells))

    def keys(self, section: str) -> tuple[str, ...]:
        """Names under a key of case.yaml, checked or not."""
        under = self.document.get(section) if self.document is not None else None
        return tuple(under) if isinstance(under, Mapping) else ()

    def gives(self, path: Path) -> bool:
        """Whether a key stands in case.yaml, whatever its value."""
        here: Any = self.document
        for part in path:
            if isinstance(here, Mapping):
                if part not in here:
                    return False
            elif not isinstance(here, tuple) or not isinstance(part, int) or part >= len(here):
                return False
            here = here[part]
        return True

    def known_part(self, path: Path) -> Path:
        """The longest beginning of a path that stands in case.yaml."""
        while path and path not in self.places:
            path = path[:-1]
        return path

    def at_key(self, path: Path, message: str, value: object = None, allowed: str | None = None) -> Problem:
        """A problem with a key of case.yaml."""
        known = self.known_part(path)
        line, character = self.places.get(known, (None, None))
        return Problem(
            file=CASE_FILE,
            message=message,
            key=".".join(str(part) for part in path) or None,
            line=line,
            character=character,
            value=None if value is None else str(value),
            allowed=allowed,
        )

    def at_cell(
        self, table: str, row: int, column: str | None, message: str, value: object = None, allowed: str | None = None
    ) -> Problem:
        """A problem with a row or a cell of a table."""
        written = None if value is None else str(value)
        return Problem(f"{table}.csv", message, row=row, column=column, value=written, allowed=allowed)
