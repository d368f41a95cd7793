"""The plan's tables as typed rows; what cannot be read is written down and nothing is guessed."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from numbers import Real
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from planner.audit.report import Ledger
from planner.plan import TABLES, TEXT_COLUMNS, Plan


class Decision(NamedTuple):
    """Units of a measure that start in a period."""

    measure: str
    name: str
    kind: str
    city: str
    jurisdiction: str
    start_period: str
    opens: float
    units: float
    capital_cost: float
    running_cost: float
    decided: str


class Indicator(NamedTuple):
    """How far a city is from a standard in a period, today, without and with the plan."""

    indicator: str
    city: str
    period: str
    people: float
    unit: str
    standard: float
    today: float
    without_plan: float
    with_plan: float
    gap_without: float
    gap_with: float


class Route(NamedTuple):
    """The fastest way between two cities."""

    origin: str
    destination: str
    period: str
    minutes_without: float
    minutes_with: float
    via: str


class Flow(NamedTuple):
    """Need of the people of `home` that is met in `place`."""

    service: str
    home: str
    place: str
    period: str
    amount: float


class LineYear(NamedTuple):
    """A budget line in a period."""

    line: str
    period: str
    amount: float
    carried_in: float
    capital: float
    running: float
    carried_out: float
    unspent: float


class Payment(NamedTuple):
    """What a line pays for a measure in a period."""

    measure: str
    line: str
    period: str
    capital: float
    running: float


class Share(NamedTuple):
    """A jurisdiction in a period."""

    jurisdiction: str
    period: str
    pays: float
    paid_by_others: float
    gap_without: float
    gap_with: float
    people_brought_to_standard: float
    people_worse_off: float


@dataclass(frozen=True)
class Books:
    """All rows of a plan, by the ids that tell them apart."""

    decisions: Mapping[tuple[str, str], Decision]
    indicators: Mapping[tuple[str, str, str], Indicator]
    routes: Mapping[tuple[str, str, str], Route]
    flows: Mapping[tuple[str, str, str, str], Flow]
    money: Mapping[tuple[str, str], LineYear]
    spending: Mapping[tuple[str, str, str], Payment]
    jurisdictions: Mapping[tuple[str, str], Share]


ROWS: Mapping[str, Callable[..., Any]] = {
    "decisions": Decision,
    "indicators": Indicator,
    "routes": Route,
    "flows": Flow,
    "money": LineYear,
    "spending": Payment,
    "jurisdictions": Share,
}

KEYS: Mapping[str, tuple[str, ...]] = {
    "decisions": ("measure", "start_period"),
    "indicators": ("indicator", "city", "period"),
    "routes": ("from", "to", "period"),
    "flows": ("service", "from", "to", "period"),
    "money": ("line", "period"),
    "spending": ("measure", "line", "period"),
    "jurisdictions": ("jurisdiction", "period"),
}

MAY_BE_EMPTY = {
    "indicators": {"today", "without_plan", "with_plan"},  # nowhere to get to, or no such indicator today
    "routes": {"minutes_without"},  # no way there
}


def read(plan: Plan, ledger: Ledger) -> Books | None:
    """Read all tables of a plan; None if any of them cannot be read, with the reasons in the ledger."""
    case = plan.case
    ids: dict[str, Collection[str]] = {
        "measure": case.measures,
        "line": case.lines,
        "indicator": case.indicators,
        "service": case.services,
        "jurisdiction": case.jurisdictions,
        "period": case.period_ids,
        "start_period": case.period_ids,
        "city": case.cities,
        "from": case.cities,
        "to": case.cities,
    }
    before = len(ledger.violations)
    frames = {name: _frame(plan, name, ids, ledger) for name in TABLES}
    for name in plan.tables:
        ledger.true("tables", name in TABLES, str(name), "a table", "no such table")
    if len(ledger.violations) > before:
        return None
    return Books(**{name: _rows(name, frame) for name, frame in frames.items() if frame is not None})


def _rows(name: str, frame: pd.DataFrame) -> dict[Any, Any]:
    columns = TABLES[name]
    places = [columns.index(key) for key in KEYS[name]]
    row = ROWS[name]
    values = zip(*(frame[column].tolist() for column in columns), strict=True)
    return {tuple(cells[at] for at in places): row(*cells) for cells in values}


def _frame(plan: Plan, name: str, ids: Mapping[str, Collection[str]], ledger: Ledger) -> pd.DataFrame | None:
    """One table with numbers as floats, or None with the damage in the ledger."""
    frame = plan.tables.get(name)
    ledger.true("tables", isinstance(frame, pd.DataFrame), name, "no such table", "a table")
    if not isinstance(frame, pd.DataFrame):
        return None
    found = [str(column) for column in frame.columns]
    ledger.true(
        "tables",
        sorted(found) == sorted(TABLES[name]),
        name,
        f"columns {', '.join(found) or '(none)'}",
        f"columns {', '.join(TABLES[name])}",
    )
    if sorted(found) != sorted(TABLES[name]):
        return None
    columns = {column: _column(name, column, frame[column], ledger) for column in TABLES[name]}
    read = pd.DataFrame(columns)
    _known_ids(name, read, ids, ledger)
    _no_duplicates(name, read, ledger)
    return read


def _column(table: str, column: str, cells: pd.Series[Any], ledger: Ledger) -> pd.Series[Any]:
    """The cells of a column as text or as finite numbers, where it may not be empty."""
    found = cells.tolist()
    if column in TEXT_COLUMNS:
        good = [isinstance(cell, str) for cell in found]
        read = pd.Series([cell if fine else "" for cell, fine in zip(found, good, strict=True)], dtype=object)
    else:
        may_be_empty = column in MAY_BE_EMPTY.get(table, ())
        good = [_is_number(cell) or (may_be_empty and _is_empty(cell)) for cell in found]
        read = pd.Series([float(cell) if _is_number(cell) else np.nan for cell in found], dtype=float)
    ledger.checks["tables"] += len(found)
    for row, (cell, fine) in enumerate(zip(found, good, strict=True), start=1):
        if not fine:
            should = "text" if column in TEXT_COLUMNS else "a number"
            ledger.fail("tables", f"{table}, row {row}, column {column}", f"{cell!r}", should)
    return read


def _is_number(cell: object) -> bool:
    return isinstance(cell, Real) and not isinstance(cell, bool) and math.isfinite(cell)


def _is_empty(cell: object) -> bool:
    return cell is None or cell is pd.NA or (isinstance(cell, float) and math.isnan(cell))


def _known_ids(table: str, frame: pd.DataFrame, ids: Mapping[str, Collection[str]], ledger: Ledger) -> None:
    for column in KEYS[table]:
        known = ids[column]
        ledger.checks["tables"] += len(frame)
        for row, cell in enumerate(frame[column], start=1):
            if isinstance(cell, str) and cell not in known:
                ledger.fail("tables", f"{table}, row {row}", f"{column} {cell!r}", f"a {column} of the case")


def _no_duplicates(table: str, frame: pd.DataFrame, ledger: Ledger) -> None:
    keys = list(KEYS[table])
    ledger.checks["tables"] += len(frame)
    for cells in frame.loc[frame.duplicated(keys), keys].itertuples(index=False, name=None):
        ledger.fail("tables", f"{table}, {', '.join(map(str, cells))}", "more than one row", "one row")
