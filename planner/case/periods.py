"""Periods by either name: the last year, by which the program knows them, or the years as people write them.

`2026-2030` stands for `2030` in the columns and column names of the tables that name periods, and in case.yaml.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from planner.case.declared import FrozenDict
from planner.case.places import Period, as_period
from planner.case.raw import RawCase, RawRow, RawTable
from planner.case.rows import TABLES

WORDING = frozenset({"title", "description", "assumptions"})  # keys whose text is for people


def period_id(text: str, periods: Iterable[Period]) -> str:
    """The id of the period that a text names by its years (`2026-2030`); any other text as it is.

    Parameters
    ----------
    text
        What stands in a cell.
    periods
        The periods of the case.
    """
    return {period.label: period.id for period in periods}.get(text, text)


def with_period_ids(raw: RawCase) -> RawCase:
    """The case as read, with every period named by its last year; the list of periods itself stays."""
    ids = _ids_of_labels(raw)
    if not ids or raw.document is None:
        return raw
    document = {
        key: value if key == "periods" or key in WORDING else _renamed(value, ids) for key, value in raw.document.items()
    }
    places = {tuple(ids.get(str(part), part) for part in path): place for path, place in raw.places.items()}
    return replace(
        raw,
        document=FrozenDict(document),
        places=FrozenDict({**places, **raw.places}),
        tables=FrozenDict({name: _table(table, ids) for name, table in raw.tables.items()}),
    )


def _ids_of_labels(raw: RawCase) -> dict[str, str]:
    """The years of each period, as far as they can be read, and its id."""
    periods = raw.document.get("periods") if raw.document is not None else None
    found: dict[str, str] = {}
    for period in periods if isinstance(periods, tuple) else ():
        try:
            known = as_period(period)
        except ValueError:
            continue
        found[known.label] = known.id
    return found


def _renamed(value: Any, ids: Mapping[str, str]) -> Any:
    """Keys and texts that name a period, by its id; a key stays if the id stands beside it, so that none is lost."""
    if isinstance(value, Mapping):
        if "key" in value:  # the edit of a key: what it sets may be the list of periods
            return value
        names = {key: ids[key] if key in ids and ids[key] not in value else key for key in value}
        return FrozenDict({names[key]: v if key in WORDING else _renamed(v, ids) for key, v in value.items()})
    if isinstance(value, tuple):
        return tuple(_renamed(v, ids) for v in value)
    return ids.get(value, value) if isinstance(value, str) else value


def _table(table: RawTable, ids: Mapping[str, str]) -> RawTable:
    """A table with periods by their ids, in cells and in names of columns."""
    names = {column: _column(column, ids) for column in table.columns}
    names = {old: new if old == new or new not in names else old for old, new in names.items()}
    return RawTable(
        table.name,
        tuple(names[column] for column in table.columns),
        tuple(_row(table.name, row, names, ids) for row in table.rows),
        tuple(_row(table.name, row, names, ids) for row in table.astray),
    )


def _column(column: str, ids: Mapping[str, str]) -> str:
    stem, _, last = column.rpartition("_")
    return f"{stem}_{ids[last]}" if stem and last in ids else column


def _row(table: str, row: RawRow, names: Mapping[str, str], ids: Mapping[str, str]) -> RawRow:
    named = {k.name for k in TABLES[table].by_name.values() if k.names == "a period"} if table in TABLES else ()
    cells = {names[c]: ids.get(cell, cell) if c in named else cell for c, cell in row.cells.items()}
    return RawRow(row.number, FrozenDict(cells))
