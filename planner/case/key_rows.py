"""The keys of case.yaml as rows of a sheet, and back: a dotted key beside a value, a row for each figure, text or item.

    money.unit          bn CNY
    periods[1]          2026-2030
    goals[1]            {minimise: {gaps: 1}, tolerance: 0.001}

Tables of keys go down to their figures; an item of a list stands in one row, written as in case.yaml where it holds keys.
A text in quotes is that text, whatever it looks like.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from planner.case.declared import unfrozen
from planner.case.keys import Trap, plain_value, read_keys
from planner.case.problems import Problem, Problems
from planner.case.raw import Path
from planner.case.writing import yaml_in_a_line

KEY = re.compile(r"([^\[\]]+)(?:\[(\d{1,4})\])?")
OPENERS = ("{", "[", '"', "'")


class Misplaced(ValueError):
    """A row that does not fit with those above it; the message says how."""


@dataclass
class KeyRows:
    """Keys gathered row by row."""

    document: dict[str, Any] = field(default_factory=dict)
    rows: dict[Path, int] = field(default_factory=dict)  # path -> number of its row in the sheet

    def add(self, key: str, value: Any, number: int) -> None:
        """Put the value of a row in its place."""
        path = path_of(key)
        here: Any = self.document
        for step, after in zip(path, (*path[1:], None), strict=True):
            here = self._next(here, step, after, value, key)
        self.rows[path] = number

    def _next(self, here: Any, step: str | int, after: str | int | None, value: Any, key: str) -> Any:
        fresh = value if after is None else [] if isinstance(after, int) else {}
        if isinstance(step, int):
            if not isinstance(here, list) or step > len(here):
                expected = len(here) + 1 if isinstance(here, list) else 1
                raise Misplaced(f"{key} does not follow the item before it: number {expected} comes next")
            if step == len(here):
                here.append(fresh)
                return fresh
        elif not isinstance(here, dict):
            raise Misplaced(f"{key} stands under a key that has a value of its own")
        elif step not in here:
            here[step] = fresh
            return fresh
        if after is None:
            raise Misplaced(f"{key} stands twice")
        found = here[step]
        if type(found) is not type(fresh):
            raise Misplaced(f"{key} stands under a key that has a value of its own")
        return found

    def row_of(self, path: Path) -> int | None:
        """The row in which a key stands, or the nearest one above it."""
        while path:
            for known, number in self.rows.items():
                if known[: len(path)] == path:
                    return number
            path = path[:-1]
        return None


def path_of(key: str) -> Path:
    """The path that a dotted key names; items of lists are counted from 1 in the sheet and from 0 in the path."""
    path: list[str | int] = []
    for part in key.split("."):
        match = KEY.fullmatch(part.strip())
        if match is None or match[2] == "0":
            raise Misplaced(f"'{key}' is not a key such as money.unit or goals[1]")
        path.append(match[1].strip())
        if match[2] is not None:
            path.append(int(match[2]) - 1)
    return tuple(path)


def rows_of_keys(keys: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Each key with its value as a cell holds it."""
    for name, value in keys.items():
        key = f"{above}.{name}" if above else str(name)
        if isinstance(value, Mapping) and value:
            yield from rows_of_keys(value, key)
        elif isinstance(value, list | tuple) and value:
            for number, item in enumerate(value, start=1):
                yield f"{key}[{number}]", cell_of(item)
        else:
            yield key, cell_of(value)


def cell_of(value: Any) -> str | float | bool:
    """A value as a cell holds it; `value_of` reads it back."""
    if value is None:
        return "null"
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        try:
            plain = plain_value(value) == value and not value.startswith(OPENERS) and value == value.strip()
        except Trap:
            plain = False
        return value if plain else json.dumps(value, ensure_ascii=False)
    return yaml_in_a_line(value)


def value_of(cell: Any, number: int, problems: Problems, file: str) -> Any:
    """What the value of a row means; what cannot be read is noted."""
    if not isinstance(cell, str):
        return cell
    if not cell.startswith(OPENERS):
        try:
            return plain_value(cell)
        except Trap as trap:
            problems.add(Problem(file, str(trap), row=number, column="value", value=cell))
            return None
    noted = Problems()
    document, _ = read_keys(f"v: {cell}", noted)
    for problem in noted:
        problems.add(Problem(file, problem.message, row=number, column="value", value=cell))
    return unfrozen(document["v"]) if document is not None and not len(noted) else None
