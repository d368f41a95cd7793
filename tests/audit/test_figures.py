"""Planted faults: every cell of every table is changed in turn, and the audit names the row."""

from __future__ import annotations

import math

import pytest

from planner.audit import audit
from planner.plan import TABLES, TEXT_COLUMNS, Plan
from tests.audit import hand

NAMED_BY = {
    "decisions": ("measure",),
    "indicators": ("indicator", "city", "period"),
    "routes": ("from", "to", "period"),
    "flows": ("service", "period"),
    "money": ("line", "period"),
    "spending": ("measure", "period"),
    "jurisdictions": ("jurisdiction", "period"),
}

NUMBERS = [(name, c) for name, columns in TABLES.items() for c in columns if c not in TEXT_COLUMNS]
IDS = {"measure", "start_period", "indicator", "period", "from", "to", "service", "line"}
TEXTS = [(name, c) for name, columns in TABLES.items() for c in columns if c in TEXT_COLUMNS and c not in IDS]


def names_the_row(table: str, row: int, plan: Plan) -> bool:
    """Whether some violation names the ids of a row."""
    ids = [str(plan.tables[table][column].iloc[row]) for column in NAMED_BY[table]]
    return any(all(id in str(v) for id in ids) for v in audit(plan).violations)


@pytest.mark.parametrize(("table", "column"), NUMBERS)
def test_a_changed_number_is_found_in_every_row(table: str, column: str) -> None:
    """One hundredth more (of the figure, or of 1) is far above the tolerance."""
    plan = hand.plan()
    for row, value in enumerate(plan.tables[table][column]):
        changed = hand.with_cells(plan, table, row, **{column: value + 0.01 * max(1.0, abs(value))})
        assert names_the_row(table, row, changed), f"{table}.{column}, row {row}"


@pytest.mark.parametrize(("table", "column"), NUMBERS)
def test_a_slightly_smaller_number_is_found_in_every_row(table: str, column: str) -> None:
    """A hundred-thousandth less (of the figure, or of 1) is ten times the tolerance of the figure itself."""
    plan = hand.plan()
    for row, value in enumerate(plan.tables[table][column]):
        changed = hand.with_cells(plan, table, row, **{column: value - 1e-5 * max(1.0, abs(value))})
        assert not audit(changed).passed, f"{table}.{column}, row {row}"


@pytest.mark.parametrize(("table", "column"), NUMBERS)
@pytest.mark.parametrize("nothing", [math.nan, math.inf, None, "ten", [1.0]])
def test_what_is_no_number_is_found(table: str, column: str, nothing: object) -> None:
    """NaN, infinity, nothing, text, and a list."""
    assert not audit(hand.with_cells(hand.plan(), table, 0, **{column: nothing})).passed


@pytest.mark.parametrize(("table", "column"), TEXTS)
def test_a_changed_text_is_found_in_every_row(table: str, column: str) -> None:
    """Names, kinds, places, units, who decided, and the way between two cities."""
    plan = hand.plan()
    for row in range(len(plan.tables[table])):
        changed = hand.with_cells(plan, table, row, **{column: "something else"})
        assert not audit(changed).passed, f"{table}.{column}, row {row}"


@pytest.mark.parametrize(("table", "column"), [(t, c) for t, columns in TABLES.items() for c in columns if c in IDS])
@pytest.mark.parametrize("wrong", ["nowhere", "", 7, None, ["2030"]])
def test_an_unknown_id_is_found(table: str, column: str, wrong: object) -> None:
    """An id that the case does not have, and what is no text."""
    report = audit(hand.with_cells(hand.plan(), table, 0, **{column: wrong}))
    assert hand.finds(report, "tables", table, column)


@pytest.mark.parametrize("table", list(TABLES))
def test_a_missing_row_is_found(table: str) -> None:
    """Whichever row is left out."""
    plan = hand.plan()
    for row in range(len(plan.tables[table])):
        assert not audit(hand.without_row(plan, table, row)).passed, f"{table}, row {row}"


@pytest.mark.parametrize("table", list(TABLES))
def test_a_row_that_is_there_twice_is_found(table: str) -> None:
    """Whichever row is repeated."""
    plan = hand.plan()
    for row in range(len(plan.tables[table])):
        twice = hand.with_row(plan, table, *plan.tables[table].iloc[row])
        assert hand.finds(audit(twice), "tables", table, "more than one row")


@pytest.mark.parametrize(
    ("table", "cells", "check"),
    [
        ("decisions", ("road-bc", "Road-Bc", "link", "border;inland", "Province", "2030", 2027, 1.0, 1.0, 0.0,
                       "by the plan"), "payments"),
        ("indicators", ("core", "alpha", "2030", 1e6, "minutes", 60.0, 0.0, 0.0, 0.0, 0.0, 0.0), "access"),
        ("routes", ("alpha", "alpha", "2030", 0.0, 0.0, "Alpha"), "routes"),
        ("flows", ("doctors", "inland", "border", "2030", 10.0), "capacity"),
        ("flows", ("doctors", "inland", "border", "2030", 0.0), "services"),
        ("spending", ("road-bc", "province", "2030", 0.5, 0.0), "payments"),
        ("spending", ("checkpoint", "capital", "2030", 0.0, 0.0), "payments"),
    ],
)  # fmt: skip
def test_a_further_row_is_found(table: str, cells: tuple[object, ...], check: str) -> None:
    """A measure nobody pays for; a city that the standard does not ask; a way to itself; a flow beyond the capacity;
    a flow of nothing; a payment for what does not start; a payment of nothing."""
    assert hand.finds(audit(hand.with_row(hand.plan(), table, *cells)), check, str(cells[0]))
