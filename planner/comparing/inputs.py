"""In what the cases of several plans differ: every cell and key of the cases as they were solved, filled in."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from planner.case import Case
from planner.case.csv_cells import meant
from planner.case.rows import TABLES
from planner.case.tables import BOUNDARIES, SOURCES
from planner.case.writing import filled_keys, filled_texts
from planner.files.inputs import CASE_FILE
from planner.words.said import count

Place = tuple[str, str, str]  # (file, row, column)

ROW_KEYS: Mapping[str, tuple[str, ...]] = {f"{name}.csv": kind.key for name, kind in TABLES.items()}
FILES = (CASE_FILE, *ROW_KEYS, SOURCES, BOUNDARIES)


def differences(cases: Sequence[Case]) -> list[tuple[str, ...]]:
    """Every place where not all cases say the same.

    Returns
    -------
    Rows of file, row, column, difference and what each case says, in the order of the files. `difference` is `row` where
    not every case has the row (of case.yaml: the key), else `value`.
    """
    said = [cells(case) for case in cases]
    rows = [{place[:2] for place in cells} for cells in said]
    places = dict.fromkeys(place for cells in said for place in cells)
    found: list[tuple[str, ...]] = []
    for place in sorted(places, key=lambda place: FILES.index(place[0])):
        values = [cells.get(place, "") for cells in said]
        if place[0] == CASE_FILE:
            everywhere = all(place in cells for cells in said)
        else:
            everywhere = all(place[:2] in some for some in rows)
        if len(set(values)) > 1 or not everywhere:
            found.append((*place, "value" if everywhere else "row", *values))
    return found


def cells(case: Case) -> dict[Place, str]:
    """All that a filled case says, by place; empty cells are left out."""
    found = {(CASE_FILE, "", key): text for key, text in _flat("", filled_keys(case))}
    for file, text in filled_texts(case).items():
        if file in ROW_KEYS:
            for row in csv.DictReader(io.StringIO(text)):
                name = " ".join(meant(row[key]) for key in ROW_KEYS[file])
                found |= {(file, name, meant(column)): meant(cell) for column, cell in row.items() if cell}
        elif file != CASE_FILE:
            found[file, "", ""] = _mark(text)
    return found


def _flat(path: str, value: Any) -> Iterator[tuple[str, str]]:
    """Keys as scenarios name them, services.care.per_1000.2035, with what they hold; lists of plain values are one."""
    if isinstance(value, Mapping) and value:
        for key, part in value.items():
            yield from _flat(f"{path}.{key}" if path else str(key), part)
    elif isinstance(value, list) and any(isinstance(part, Mapping | list) for part in value):
        for n, part in enumerate(value):
            name = part["id"] if isinstance(part, Mapping) and "id" in part else n
            yield from _flat(f"{path}.{name}", part)
    else:
        yield path, _text(value)


def _text(value: Any) -> str:
    """A plain value as people write it."""
    if isinstance(value, list | Mapping) and not value:
        return "none"
    if isinstance(value, list):
        return "; ".join(map(_text, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return "" if value is None else str(value)


def _mark(text: str) -> str:
    """Stands for a long text: equal marks mean equal texts."""
    return f"{count(len(text), 'character')} ({hashlib.sha256(text.encode()).hexdigest()[:8]})"
