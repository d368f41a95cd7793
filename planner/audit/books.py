"""The plan's tables as typed rows; what cannot be read is written down and nothing is guessed."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from numbers import Real
from typing import Any

import pandas as pd

from planner.audit.report import Ledger
from planner.plans.plan import Plan
from planner.plans.tables import (
    ROWS,
    TABLES,
    Air,
    Alone,
    Bonus,
    Column,
    Decision,
    Flow,
    Indicator,
    Level,
    LineYear,
    Moved,
    ParkYear,
    Payment,
    Phase,
    Private,
    Route,
    Share,
    Skill,
    Tax,
    Transfer,
    Use,
    keys,
)  # fmt: skip
from planner.words.said import _


@dataclass(frozen=True)
class Books:
    """All rows of a plan, by the ids that tell them apart."""

    decisions: Mapping[tuple[str, str], Decision]
    indicators: Mapping[tuple[str, str, str], Indicator]
    routes: Mapping[tuple[str, str, str], Route]
    flows: Mapping[tuple[str, str, str, str], Flow]
    uses: Mapping[tuple[str, str, str, str, str], Use]
    levels: Mapping[tuple[str, str, str], Level]
    moves: Mapping[tuple[str, str, str, str, str], Moved]
    money: Mapping[tuple[str, str], LineYear]
    spending: Mapping[tuple[str, str, str], Payment]
    private: Mapping[tuple[str, str], Private]
    transfers: Mapping[tuple[str, str, str, str], Transfer]
    parks: Mapping[tuple[str, str], ParkYear]
    phases: Mapping[tuple[str, str, str], Phase]
    bonus: Mapping[tuple[str, str, str, str], Bonus]
    taxes: Mapping[tuple[str, str, str], Tax]
    skills: Mapping[tuple[str, str], Skill]
    airsheds: Mapping[tuple[str, str], Air]
    alone: Mapping[str, Alone]
    jurisdictions: Mapping[tuple[str, str], Share]


PARTS = ("host", "origin", "moved")  # of the tax of a park


def read(plan: Plan, ledger: Ledger) -> Books | None:
    """Read all tables of a plan; None if any of them cannot be read, with the reasons in the ledger."""
    case = plan.case
    ids: Mapping[str, Collection[str]] = {
        "measures": case.measures,
        "rights": {"", *case.measures},
        "moved things": {"people", "jobs", "entitled", *case.services},
        "lines": case.lines,
        "indicators": set(case.indicators),
        "services": case.services,
        "jurisdictions": set(case.jurisdictions),
        "periods": set(case.period_ids),
        "cities": case.cities,
        "chains": case.chains,
        "parts": PARTS,
        "airsheds": case.airsheds,
    }
    before = len(ledger.violations)
    tables = {name: _table(plan, name, ids, ledger) for name in TABLES}
    for name in plan.tables:
        ledger.true("tables", name in TABLES, str(name), _("a table"), _("no such table"))
    return None if len(ledger.violations) > before else Books(**tables)


def _table(plan: Plan, name: str, ids: Mapping[str, Collection[str]], ledger: Ledger) -> dict[Any, Any]:
    """The rows of one table by their ids, with any damage in the ledger."""
    frame = plan.tables.get(name)
    ledger.true("tables", isinstance(frame, pd.DataFrame), name, _("no such table"), _("a table"))
    if not isinstance(frame, pd.DataFrame):
        return {}
    found, wanted = sorted(str(column) for column in frame.columns), sorted(TABLES[name])
    said = _("columns {wanted}").format(wanted=", ".join(wanted))
    ledger.true("tables", found == wanted, name, _("columns {found}").format(found=", ".join(found)), said)
    if found != wanted:
        return {}
    columns = {column.name: _column(name, column, frame[column.name].tolist(), ledger) for column in TABLES[name].values()}
    for column in keys(name):
        _known_ids(name, column, columns[column], ids[TABLES[name][column].key], ledger)
    found_keys = list(zip(*(columns[column] for column in keys(name)), strict=True))
    for key, times in Counter(found_keys).items():
        ledger.true(
            "tables",
            times == 1,
            _("{name}, {key}").format(name=name, key=", ".join(key)),
            _("more than one row"),
            _("one row"),
        )
    rows = map(ROWS[name], *columns.values())
    return dict(zip((key if len(key) > 1 else key[0] for key in found_keys), rows, strict=True))


def _column(table: str, column: Column, cells: list[Any], ledger: Ledger) -> list[Any]:
    """The cells of a column as text, or as finite numbers (NaN where the column may be empty)."""
    is_text = column.type is str
    read: list[Any] = []
    ledger.checks["tables"] += len(cells)
    for row, cell in enumerate(cells, start=1):
        if is_text and isinstance(cell, str):
            read.append(cell)
        elif not is_text and _is_number(cell):
            read.append(float(cell))
        else:
            read.append("" if is_text else math.nan)
            if not (column.may_be_empty and _is_empty(cell)):
                should = "text" if is_text else _("a number")
                said = _("{table}, row {row}, column {column}").format(table=table, row=row, column=column.name)
                ledger.fail("tables", said, f"{cell!r}", should)
    return read


def _is_number(cell: object) -> bool:
    return isinstance(cell, Real) and not isinstance(cell, bool) and math.isfinite(cell)


def _is_empty(cell: object) -> bool:
    return cell is None or cell is pd.NA or (isinstance(cell, float) and math.isnan(cell))


def _known_ids(table: str, column: str, cells: list[str], known: Collection[str], ledger: Ledger) -> None:
    ledger.checks["tables"] += len(cells)
    for row, cell in enumerate(cells, start=1):
        if cell not in known:
            ledger.fail(
                "tables",
                _("{table}, row {row}").format(table=table, row=row),
                _("{column} {cell!r}").format(column=column, cell=cell),
                _("a {column} of the case").format(column=column),
            )
