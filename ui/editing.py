"""A case as grids that can be edited, and back to the texts of its files; pure functions, no Streamlit here."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from planner.case.columns import Column, columns_for, meanings_of_keys
from planner.case.filling import unfrozen
from planner.case.key_rows import KeyRows, Misplaced, rows_of_keys, value_of
from planner.case.keys import read_keys
from planner.case.problems import Problem, Problems
from planner.case.raw import CASE_FILE
from planner.case.rows import TABLES
from planner.case.tables import read_table, read_texts
from planner.case.validating import names_of_case
from planner.case.values import NUMBER
from planner.case.writing import yaml_text

KEYS = "case"  # name of the grid of keys, beside those of the tables


def table_grid(table: str, text: str | None, columns: Mapping[str, Column]) -> pd.DataFrame:
    """A table as a grid: numbers as numbers where a column holds nothing else, texts otherwise; empty cells are None.

    Columns that the table does not have yet stand behind those that it has, so that they can be filled in.
    """
    raw = read_table(table, text, Problems()) if text else None
    present = list(raw.columns) if raw is not None else []
    order = [*present, *(name for name in columns if name not in present)]
    rows = [row.cells for row in raw.rows] if raw is not None else []
    found = {}
    for name in order:
        cells = [row.get(name) for row in rows]
        column = columns.get(name)
        numeric = column is not None and column.is_number and not column.or_text
        if numeric and all(cell is None or NUMBER.fullmatch(cell) for cell in cells):
            found[name] = pd.Series([None if c is None else float(c) for c in cells], dtype="float64")
        else:
            found[name] = pd.Series(cells, dtype="object")
    return pd.DataFrame(found)


def table_text(grid: pd.DataFrame) -> str:
    """A grid as the text of a table; empty rows and columns that are empty everywhere are left out."""
    records = [{str(name): _cell(value) for name, value in row.items()} for row in grid.to_dict("records")]
    used = [name for name in grid.columns if any(row[name] for row in records)]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, used or list(grid.columns[:1]), extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(row for row in records if any(row.values()))
    return out.getvalue()


def _cell(value: Any) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
    return str(value).strip()


def key_grid(text: str) -> pd.DataFrame:
    """The keys of case.yaml as a grid: key, value, unit, and what it is."""
    document, _ = read_keys(text, Problems())
    look = meanings_of_keys()
    rows = [(key, _written(value), *look(key)) for key, value in rows_of_keys(document or {})]
    return pd.DataFrame(rows, columns=["key", "value", "unit", "meaning"], dtype="object")


def _written(value: Any) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def key_text(grid: pd.DataFrame) -> tuple[str, tuple[Problem, ...]]:
    """A grid of keys as the text of case.yaml, and what cannot be read of it."""
    gathered, problems = KeyRows(), Problems()
    for number, (key, value) in enumerate(zip(grid["key"], grid["value"], strict=True), start=1):
        name, said = (_cell(part) for part in (key, value))
        if not name and not said:
            continue
        if not name or not said:
            message = f"'{said}' stands beside no key" if said else "has no value: fill it in or delete the row"
            problems.add(Problem(CASE_FILE, message, row=number, key=name or None))
            continue
        try:
            gathered.add(name, value_of(said, number, problems, CASE_FILE), number)
        except Misplaced as wrong:
            problems.add(Problem(CASE_FILE, str(wrong), row=number, key=name))
    return yaml_text(gathered.document), tuple(problems)


def problem_grid(problems: Sequence[Problem], texts: Mapping[str, str]) -> pd.DataFrame:
    """Problems as rows: table, row (as in a spreadsheet), the row's name, column or key, what is wrong."""
    names = {table: _names(table, texts.get(f"{table}.csv")) for table in TABLES}
    rows = []
    for problem in problems:
        table = problem.file.removesuffix(".csv") if problem.file != CASE_FILE else KEYS
        named = names.get(table, {}).get(problem.row or 0, "")
        rows.append((table, problem.row, named, problem.column or problem.key or "", problem.message))
    return pd.DataFrame(rows, columns=["table", "row", "name", "column", "message"]).astype({"row": "Int64"})


def _names(table: str, text: str | None) -> dict[int, str]:
    """Number of a row -> what tells it apart from the others."""
    raw = read_table(table, text, Problems()) if text else None
    key = TABLES[table].key
    return {row.number: " ".join(row.cells.get(k, "") for k in key) for row in raw.rows} if raw is not None else {}


def with_scenario_edit(text: str, scenario: str, description: str, edit: Mapping[str, Any]) -> str:
    """case.yaml with one more edit in a scenario, which is made if it is not there."""
    document, _ = read_keys(text, Problems())
    keys: dict[str, Any] = unfrozen(document or {})
    scenarios = keys.setdefault("scenarios", {})
    found = scenarios.setdefault(scenario, {"description": description, "edits": []})
    found.setdefault("edits", []).append(dict(edit))
    return yaml_text(keys)


def without_scenario_edit(text: str, scenario: str, number: int) -> str:
    """case.yaml without one edit of a scenario (counted from 0); the scenario stays, also without any edit."""
    document, _ = read_keys(text, Problems())
    keys: dict[str, Any] = unfrozen(document or {})
    del keys["scenarios"][scenario]["edits"][number]
    return yaml_text(keys)


def columns_of_texts(table: str, texts: Mapping[str, str]) -> dict[str, Column]:
    """The columns that a table may have in the case as it stands, with or without mistakes in it."""
    raw = read_texts("", {CASE_FILE: texts.get(CASE_FILE, "")}, Problems())
    money = raw.document.get("money") if raw.document is not None else None
    unit = money.get("unit") if isinstance(money, Mapping) else None
    return columns_for(table, names_of_case(raw), str(unit or "money"))


def names_in(texts: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """What may be named in a case as it stands: of a thing such as "a city" the names that it has."""
    raw = read_texts("", texts, Problems())
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
    return float(text) if NUMBER.fullmatch(text.strip()) else text.strip()
