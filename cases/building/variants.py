"""A variant of a cluster: a folder of figures that holds only what differs from those of another, with the reason.

Its ``cluster.yaml`` says ``figures_of: CLUSTER``; what it does not hold is read from that cluster's folder, so that each
figure stands in one place:

- choices: a key replaces that of the cluster, mappings key by key; an empty value takes a key away; ``reasons`` says why;
- tables: a row with the key of one of the cluster's replaces the cells that it fills (``-`` empties one), any other row is
  added, and ``left_out`` as its status takes the row away; the column ``reason`` says why;
- other files stand for those of the cluster as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .tables import Table, read_table

KEYS = {  # table -> columns that tell its rows apart; "id" where none are named
    "cities": ("city",),
    "city_figures": ("city", "indicator"),
    "patches": ("city", "indicator"),
    "neighbours": ("from_city", "to_city"),
}
TABLES = (*KEYS, "links", "candidate_links", "candidate_parks")
LEFT_OUT, EMPTY = "left_out", "-"
NO_REASON_NEEDED = ("figures_of", "title", "title_zh", "reasons", "says")  # keys of cluster.yaml that speak for themselves


@dataclass(frozen=True)
class Difference:
    """One row of a variant's table against the row of its cluster.

    Attributes
    ----------
    table
        Name of the table, without its ending.
    key
        What tells the row apart, in words.
    was, now
        The row of the cluster (None: it has none) and what is made of it (None: it is taken away).
    reason, source
        Why, and by whose word.
    """

    table: str
    key: str
    was: Mapping[str, str] | None
    now: Mapping[str, str] | None
    reason: str
    source: str

    @property
    def columns(self) -> list[str]:
        """Columns in which the two rows differ."""
        was, now = self.was or {}, self.now or {}
        return [column for column in {**was, **now} if was.get(column, "") != now.get(column, "")]


def file_of(here: Path, below: Path | None, name: str) -> Path:
    """A file of the variant, or that of its cluster where it has none; it may not exist."""
    return here / name if below is None or (here / name).is_file() else below / name


def choices_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """The choices of a cluster with those of its variant laid over them."""
    merged = dict(below)
    for key, value in above.items():
        both = isinstance(value, Mapping) and isinstance(below.get(key), Mapping)
        merged[key] = choices_over(below[key], value) if both else value
    return {key: value for key, value in merged.items() if value is not None}


def rows_over(here: Path, below: Path | None, table: str) -> Table:
    """Rows of a table of a folder; of a variant, those of its cluster with its own laid over them."""
    if below is None:
        return read_table(here / f"{table}.csv")
    rows = {_key(table, row): row for row in read_table(below / f"{table}.csv")}
    for each in differences_of(here, below, table):
        if each.now is None:
            rows.pop(each.key, None)
        else:
            rows[each.key] = dict(each.now)
    return list(rows.values())


def differences(here: Path, below: Path) -> list[Difference]:
    """Every row of the tables of a variant, against its cluster."""
    return [each for table in TABLES for each in differences_of(here, below, table)]


def differences_of(here: Path, below: Path, table: str) -> list[Difference]:
    """The rows of one table of a variant, against its cluster."""
    there = read_table(below / f"{table}.csv")
    rows = {_key(table, row): row for row in there}
    columns = dict.fromkeys(there[0] if there else [], "")
    found = []
    for row in read_table(here / f"{table}.csv"):
        reason, key = row.pop("reason", ""), _key(table, row)
        filled = {column: "" if cell == EMPTY else cell for column, cell in row.items() if cell}
        now = None if row.get("status") == LEFT_OUT else {**columns, **rows.get(key, {}), **filled}
        source = (row if now is None else now).get("source", "")
        found.append(Difference(table, key, rows.get(key), now, reason, source))
    return found


def _key(table: str, row: Mapping[str, str]) -> str:
    return ", ".join(row[column] for column in KEYS.get(table, ("id",)))
