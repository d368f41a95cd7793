"""The tables of a case: which there are, what tells their rows apart, the columns of each; and periods by either name.

Columns whose names depend on the case (`population_2030`, `people_65`, `capacity_2030`) are gathered in one field of the
row: by period, the column without one as that of today, and for head counts of the case's own by their name before.

A period has two names: the last year, by which the program knows it, and the years as people write them. `2026-2030` stands
for `2030` in the columns and column names of the tables that name periods, and in case.yaml, as do both with 年 behind them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, get_args

from pydantic import BeforeValidator

from planner.case.declared import FrozenDict, Key
from planner.case.facts import Benchmark, Fact
from planner.case.measures import Measure, Norm, Park
from planner.case.money import Budget
from planner.case.places import TODAY, Capacity, City, Link, Period, Row, Trip, as_period
from planner.case.raw import RawCase, RawRow, RawTable
from planner.case.values import as_number, as_stock, as_whole
from planner.words.said import Sentence, _

NamesOfCase = Mapping[str, tuple[str, ...]]  # "periods" and "people" of the case
PEOPLE = "<people>"  # stands for a name of `people` in the name of a column
Place = tuple[str, ...]  # of a cell in its row: the column's name, and its keys within what is gathered there


@dataclass(frozen=True)
class TableKind:
    """A table of the format.

    Attributes
    ----------
    row
        The thing that a row says.
    key
        Columns that tell rows apart: no two rows may have the same values there.
    called
        What it is called beside its file's name.
    """

    row: type[Row]
    key: tuple[str, ...]
    called: Sentence

    @cached_property
    def by_name(self) -> Mapping[str, Key]:
        """What is declared of each column, those that every table may have last."""
        shared = Row.declares()
        keys = self.row.declares()
        ordered = [*(k for field, k in keys.items() if field not in shared), *(keys[field] for field in shared)]
        return {k.name: k for k in ordered}

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Columns with fixed names, in the order in which they are written."""
        return tuple(name for name in self.by_name if name != PEOPLE)

    @cached_property
    def needed(self) -> tuple[str, ...]:
        """Columns that must be there."""
        return tuple(name for name, k in self.by_name.items() if k.needed)

    def columns_of(self, known: NamesOfCase) -> tuple[str, ...]:
        """All columns that the table may have in a case with these periods and people."""
        return (*self.columns, *self.of_case(known))

    def of_case(self, known: NamesOfCase) -> dict[str, tuple[Key, Place]]:
        """The columns that are named after the case: what is declared of each, and its place."""
        stems = [
            (stem, k, (k.name, stem) if k.name == PEOPLE else (k.name,))
            for k in self.by_name.values()
            if k.by_period
            for stem in (known["people"] if k.name == PEOPLE else (k.name,))
        ]
        groups = {stem: (k, (*place, TODAY)) for stem, k, place in stems if k.name == PEOPLE}
        return groups | {f"{stem}_{p}": (k, (*place, p)) for stem, k, place in stems for p in known["periods"]}

    def places(self, known: NamesOfCase) -> dict[str, Place]:
        """The place in its row of each column."""
        fixed = {name: (name, TODAY) if k.by_period else (name,) for name, k in self.by_name.items() if name != PEOPLE}
        return fixed | {column: place for column, (_k, place) in self.of_case(known).items()}

    def holds_numbers(self, column: str) -> bool:
        """Whether cells of a column are numbers: those of all columns that are named after the case are."""
        if column not in self.columns:
            return any(k.by_period for k in self.by_name.values())
        return bool({as_number, as_whole, as_stock} & set(_converters(self.by_name[column].kind)))

    def cells_of(self, row: Row) -> dict[str, Any]:
        """What a filled row says in each column, by the column's name; None where it says nothing."""
        cells: dict[str, Any] = {}
        for k in self.by_name.values():
            value = getattr(row, k.field)
            if k.name == PEOPLE:
                for group, heads in value.items():
                    cells |= _by_period(group, heads)
            elif isinstance(value, Mapping) and k.by_period:
                cells |= _by_period(k.name, value)
            else:
                cells[k.name] = None if k.empty and value == k.default else value
        return cells


def _by_period(stem: str, figures: Mapping[str, Any]) -> dict[str, Any]:
    return {stem if when == TODAY else f"{stem}_{when}": figure for when, figure in figures.items()}


TABLES: Mapping[str, TableKind] = {
    "cities": TableKind(City, ("id",), _("cities", "a table")),
    "capacity": TableKind(Capacity, ("city", "service"), _("capacity", "a table")),
    "links": TableKind(Link, ("id",), _("links", "a table")),
    "measures": TableKind(Measure, ("id",), _("measures", "a table")),
    "parks": TableKind(Park, ("measure",), _("parks", "a table")),
    "norms": TableKind(Norm, ("id",), _("norms", "a table")),
    "budgets": TableKind(Budget, ("line", "period"), _("budgets", "a table")),
    "trips": TableKind(Trip, ("from", "to"), _("trips", "a table")),
    "facts": TableKind(Fact, ("of", "fact"), _("facts", "a table")),
    "benchmarks": TableKind(Benchmark, ("cluster", "figure"), _("benchmarks", "a table")),
}


def _converters(kind: Any) -> Iterator[Any]:
    """The functions that make a value from a cell, wherever they stand in its type."""
    yield from (note.func for note in getattr(kind, "__metadata__", ()) if isinstance(note, BeforeValidator))
    for inner in get_args(kind):
        yield from _converters(inner)


def missing_columns(table: RawTable) -> tuple[str, ...]:
    """Columns that a table must have and has not."""
    return tuple(c for c in TABLES[table.name].needed if c not in table.columns)


FOR_PEOPLE = frozenset({"title", "title_zh", "description", "assumptions"})  # keys whose text is for people


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
        key: value if key == "periods" or key in FOR_PEOPLE else _renamed(value, ids) for key, value in raw.document.items()
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
        found |= {known.label: known.id, f"{known.label}年": known.id, f"{known.id}年": known.id}
    return found


def _renamed(value: Any, ids: Mapping[str, str]) -> Any:
    """Keys and texts that name a period, by its id; a key stays if the id stands beside it, so that none is lost."""
    if isinstance(value, Mapping):
        if "key" in value:  # the edit of a key: what it sets may be the list of periods
            return value
        names = {key: ids[key] if key in ids and ids[key] not in value else key for key in value}
        return FrozenDict({names[key]: v if key in FOR_PEOPLE else _renamed(v, ids) for key, v in value.items()})
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
