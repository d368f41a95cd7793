"""A case as grids that can be edited, and back to the texts of its files; pure functions, no Streamlit here."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from planner.case import scenario_text
from planner.case.columns import Column, columns_for, meanings_of_keys
from planner.case.csv_cells import harmless
from planner.case.keys import KeyRows, Misplaced, read_keys, rows_of_keys, value_of, yaml_text
from planner.case.problems import Problem, Problems
from planner.case.raw import RawTable
from planner.case.rows import TABLES
from planner.case.tables import delimiter_of, read_table, read_texts
from planner.case.units import in_words
from planner.case.validating import names_of_case
from planner.case.values import as_number
from planner.files.inputs import CASE_FILE
from planner.words.said import _, said_by, told

KEYS = "keys"  # name of the grid of keys, beside those of the tables
REMEMBERED = 16  # texts whose reading is kept: a page reads each several times, and most are what they were
SPARE = 30  # empty rows at the end of a grid, to be filled in
DELETE, ROW, WRONG = "\N{MULTIPLICATION SIGN}", "#", "!"  # columns of a grid that no table has

Grid = pd.DataFrame  # of texts, as they were typed; None where nothing stands
KeyCells = tuple[tuple[str, str], ...]  # keys and values as they were typed


def table_grid(table: str, text: str | None, order: Sequence[str], length: int) -> Grid | None:
    """A table as a grid of texts; None where the text cannot be read as one without losing something.

    Parameters
    ----------
    order
        The columns, also those that the table does not have yet.
    length
        Number of rows; a row stands where the file has it, also after an empty one.
    """
    problems = Problems()
    raw = _as_typed(table, text, problems) if text else None
    if len(problems):
        return None
    found: dict[str, list[str | None]] = {name: [None] * length for name in order}
    for row in raw.rows if raw is not None else ():
        for name, said in row.cells.items():
            found[name][row.number - 2] = said
    return pd.DataFrame(found, columns=list(order), dtype="object")


def order_of(table: str, text: str | None, columns: Mapping[str, Column]) -> tuple[str, ...]:
    """The columns of a grid: those that the table has, then those that can be filled in."""
    raw = _as_typed(table, text) if text else None
    present = raw.columns if raw is not None else ()
    return (*present, *(name for name in columns if name not in present))


def length_of(table: str, text: str | None) -> int:
    """Up to where rows of a table go."""
    raw = _as_typed(table, text) if text else None
    return max((row.number - 1 for row in raw.rows), default=0) if raw is not None else 0


def table_text(grid: Grid, present: Sequence[str] = (), delimiter: str = ",") -> str:
    """A grid as the text of a table; an empty row stays where rows follow it, so that their numbers stay.

    Parameters
    ----------
    present
        Columns that stay although they are empty.
    """
    records = [{str(name): cell(value) for name, value in row.items()} for row in grid.to_dict("records")]
    while records and not any(records[-1].values()):
        records.pop()
    used = [name for name in grid.columns if name in present or any(row[name] for row in records)]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(
        out, used or list(grid.columns[:1]), extrasaction="ignore", lineterminator="\n", delimiter=delimiter
    )
    writer.writerow({name: harmless(name) for name in used or grid.columns[:1]})
    writer.writerows({name: harmless(cell) for name, cell in row.items()} for row in records)
    return out.getvalue()


def cell(value: Any) -> str:
    """What stands in a cell, as text."""
    return "" if value is None or value != value else str(value).strip()


def typed_into(grid: Grid, changes: Mapping[int, Mapping[str, Any]]) -> tuple[Grid, bool]:
    """A grid after something was typed into it, and whether rows were taken out."""
    fresh = grid.copy()
    gone = []
    for row, cells in changes.items():
        for name, value in cells.items():
            if name == DELETE and value:
                gone.append(row)
            elif name in fresh.columns:
                fresh.loc[row, name] = cell(value) or None
    return fresh.drop(index=gone).reset_index(drop=True), bool(gone)


def changed_table(table: str, text: str | None, opened: str | None, grid: Grid) -> str:
    """The text of a table after something was typed; the opened one, letter by letter, where it says the same again."""
    raw, before = (_as_typed(table, t) if t else None for t in (text, opened))
    fresh = table_text(grid, raw.columns if raw is not None else (), delimiter_of(text or ""))
    after = _as_typed(table, fresh)
    if before is not None and after is not None and opened is not None and _cells(before) == _cells(after):
        return opened
    return fresh


def _as_typed(table: str, text: str, problems: Problems | None = None) -> RawTable | None:
    """A table with its decimal signs as they stand: whoever writes it back must not change cells that nobody touched."""
    return _read(table, text) if problems is None else read_table(table, text, problems, lambda _: False)


@lru_cache(REMEMBERED)
def _read(table: str, text: str) -> RawTable | None:
    return read_table(table, text, Problems(), lambda _: False)


def _cells(table: RawTable) -> list[tuple[int, dict[str, str]]]:
    return [(row.number, dict(row.cells)) for row in table.rows]


def without_empty_rows(table: str, text: str) -> str:
    """The text of a table as it is saved."""
    problems = Problems()
    raw = _as_typed(table, text, problems)
    if raw is None or len(problems) or all(row.number == at for at, row in enumerate(raw.rows, start=2)):
        return text
    grid = pd.DataFrame([dict(row.cells) for row in raw.rows], columns=list(raw.columns), dtype="object")
    return table_text(grid, raw.columns, delimiter_of(text))


# --- keys


@lru_cache(REMEMBERED)
def key_cells(text: str) -> KeyCells:
    """The keys of case.yaml with their values, as they stand in the grid."""
    document, _ = read_keys(text, Problems())
    return tuple((key, _written(value)) for key, value in rows_of_keys(document or {}))


def key_grid(cells: KeyCells, length: int = 0) -> Grid:
    """Keys as a grid: key, value, unit, and what it is."""
    look = meanings_of_keys()
    rows = [(key or None, value or None, *(map(told, look(key)) if key else ("", ""))) for key, value in cells]
    rows += [(None, None, "", "")] * (length - len(rows))
    return pd.DataFrame(rows, columns=["key", "value", "unit", "meaning"], dtype="object")


def _written(value: Any) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def cells_of(grid: Grid) -> KeyCells:
    """Keys and values of a grid; empty rows stay where others follow them."""
    cells = [(cell(key), cell(value)) for key, value in zip(grid["key"], grid["value"], strict=True)]
    while cells and not any(cells[-1]):
        cells.pop()
    return tuple(cells)


def key_text(cells: KeyCells) -> tuple[str, tuple[Problem, ...]]:
    """Keys and values as the text of case.yaml, and what cannot be read of them."""
    gathered, problems = KeyRows(), Problems()
    for number, (name, said) in enumerate(cells, start=1):
        if not name and not said:
            continue
        if not name or not said:
            message = (
                _("'{value}' stands beside no key").format(value=said)
                if said
                else _("has no value: fill it in or delete the row")
            )
            problems.add(Problem(CASE_FILE, message, row=number, key=name or None))
            continue
        try:
            gathered.add(name, value_of(said, number, problems, CASE_FILE), number)
        except Misplaced as wrong:
            problems.add(Problem(CASE_FILE, said_by(wrong), row=number, key=name))
    return yaml_text(gathered.document), tuple(problems)


# --- what is wrong where


@dataclass(frozen=True)
class Mistake:
    """What is wrong, as the page places it.

    Attributes
    ----------
    table
        Name of the grid.
    row
        As the grid numbers it; None where it is no row's.
    name
        What tells the row apart.
    column
        Or the key.
    message
        What is wrong.
    """

    table: str
    row: int | None
    name: str
    column: str
    message: str

    @property
    def at(self) -> str:
        """What is wrong, for its row."""
        said = told(self.message)
        return f"{self.column}: {said}" if self.column else said


def mistakes(problems: Sequence[Problem], texts: Mapping[str, str], cells: KeyCells) -> tuple[Mistake, ...]:
    """Problems as the page places them."""
    names = {table: _names(table, texts.get(f"{table}.csv")) for table in TABLES}
    found = []
    for problem in problems:
        table = problem.file.removesuffix(".csv") if problem.file != CASE_FILE else KEYS
        row = problem.row if table != KEYS or problem.row is not None else _row_of(problem.key or "", cells)
        named = names.get(table, {}).get(row or 0, "")
        found.append(Mistake(table, row, named, problem.column or problem.key or "", problem.message))
    return tuple(found)


def _row_of(key: str, cells: KeyCells) -> int | None:
    """The row of the grid of keys that a path such as goals.0.minimise lies in."""
    dotted = re.sub(r"\.(\d+)(?=\.|$)", lambda at: f"[{int(at[1]) + 1}]", key)
    rows = [(number, name) for number, (name, _) in enumerate(cells, start=1) if name]
    above = [(len(name), -number) for number, name in rows if dotted == name or dotted.startswith((f"{name}.", f"{name}["))]
    if above:
        return -max(above)[1]
    return next((number for number, name in rows if name.startswith((f"{dotted}.", f"{dotted}["))), None) if dotted else None


def mistake_grid(found: Sequence[Mistake]) -> pd.DataFrame:
    """Mistakes as rows: table, row, the row's name, column or key, what is wrong."""
    rows = [(m.table, m.row, m.name, m.column, told(m.message)) for m in found]
    return pd.DataFrame(rows, columns=["table", "row", "name", "column", "message"]).astype({"row": "Int64"})


def _names(table: str, text: str | None) -> dict[int, str]:
    """Number of a row -> what tells it apart from the others."""
    raw = _as_typed(table, text) if text else None
    key = TABLES[table].key
    return {row.number: " ".join(row.cells.get(k, "") for k in key) for row in raw.rows} if raw is not None else {}


def framed(grid: Grid, found: Sequence[Mistake], first: int) -> pd.DataFrame:
    """A grid with the number of each row as messages give it, what is wrong with it, and a box to take it out.

    Parameters
    ----------
    first
        Number of the first row.
    """
    wrong = {row: "; ".join(m.at for m in found if m.row == row) for row in {m.row for m in found}}
    numbers = range(first, first + len(grid))
    about = {DELETE: False, ROW: list(numbers), WRONG: [wrong.get(number, "") for number in numbers]}
    return pd.concat([pd.DataFrame(about, index=grid.index), grid], axis=1)


def with_scenario_edit(text: str, scenario: str, description: str, edit: Mapping[str, Any]) -> str:
    """case.yaml with one more edit in a scenario, which is made if it is not there.

    Raises
    ------
    planner.case.scenario_text.NotAdded
        It is written in a way that nothing can be put there without a loss.
    """
    if scenario in (scenario_text.document_of(text).get("scenarios") or {}):
        return scenario_text.with_edit(text, scenario, edit)
    return scenario_text.with_scenario(text, scenario, {"description": description, "edits": [dict(edit)]})


def columns_of_texts(table: str, texts: Mapping[str, str]) -> Mapping[str, Column]:
    """The columns that a table may have in the case as it stands, with or without mistakes in it."""
    return _columns_of(table, texts.get(CASE_FILE, ""))


@lru_cache(REMEMBERED)
def _columns_of(table: str, keys: str) -> Mapping[str, Column]:
    raw = read_texts("", {CASE_FILE: keys}, Problems())
    money = raw.document.get("money") if raw.document is not None else None
    unit = money.get("unit") if isinstance(money, Mapping) else None
    return columns_for(table, names_of_case(raw), in_words(str(unit or "money")))


def names_in(texts: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """What may be named in a case as it stands: of a thing such as "a city" the names that it has."""
    return _names_in(tuple(sorted(texts.items())))


@lru_cache(2)  # of whole cases
def _names_in(texts: tuple[tuple[str, str], ...]) -> Mapping[str, tuple[str, ...]]:
    raw = read_texts("", dict(texts), Problems())
    return {
        "a city": raw.ids("cities"),
        "a jurisdiction": raw.ids("cities", "jurisdiction"),
        "a measure": raw.ids("measures"),
        "a norm": raw.ids("norms"),
        "a service": raw.keys("services"),
        "a mode": raw.keys("modes"),
        "a budget line": raw.keys("lines"),
        "an industry": raw.keys("industries"),
        "an airshed": raw.keys("airsheds"),
        "a period": names_of_case(raw)["periods"],
    }


def typed(text: str) -> float | str:
    """What was typed: a number, or a text."""
    try:
        return as_number(text.strip())
    except ValueError:
        return text.strip()
