"""Planted faults: every cell of every table is changed in turn, and the audit names the row."""

from __future__ import annotations

import math

import pytest

from planner.audit import audit
from planner.plans.plan import Plan
from planner.plans.tables import TABLES, TEXT_COLUMNS, keys
from tests.audit import hand
from tests.audit.plans import PLANS, TABLES_WITH_ROWS, Which
from tests.tiers import one_of

NAMED_BY = {
    "decisions": ("measure",),
    "indicators": ("indicator", "city", "period"),
    "routes": ("from", "to", "period"),
    "flows": ("service", "period"),
    "uses": ("service", "period"),
    "levels": ("service", "city", "period"),
    "moves": ("measure", "period", "what"),
    "money": ("line", "period"),
    "spending": ("measure", "period"),
    "private": ("measure", "period"),
    "transfers": ("from", "period"),
    "parks": ("measure", "period"),
    "phases": ("measure", "period"),
    "bonus": ("measure", "period"),
    "taxes": ("measure", "period"),
    "skills": ("city", "period"),
    "airsheds": ("airshed", "period"),
    "alone": ("jurisdiction",),
    "jurisdictions": ("jurisdiction", "period"),
}

CELLS = [(which, name, c) for which, name in TABLES_WITH_ROWS for c in TABLES[name]]
NUMBERS = [(w, t, c) for w, t, c in CELLS if c not in TEXT_COLUMNS]
NO_NUMBERS = [(*cell, nothing) for cell in NUMBERS for nothing in (math.nan, math.inf, None, "ten", [1.0])]
PROVEN = "bound_alone"  # of other plans, which may lie a little above it
IDS = [(w, t, c) for w, t, c in CELLS if c in keys(t)]
NO_IDS = [
    (*cell, wrong) for cell in IDS for wrong in ("nowhere", "", 7, None, ["2030"])
    if (*cell[1:], wrong) != ("uses", "policy", "")  # none: in force
]  # fmt: skip
EVERY = (pytest.param(6, id="some"), pytest.param(1, id="all", marks=pytest.mark.proof))  # so-maniest row is tried
TEXTS = [(w, t, c) for w, t, c in CELLS if c in TEXT_COLUMNS and c not in keys(t)]


def rows(plan: Plan, table: str, every: int, column: str = "") -> list[int]:
    """Each so-maniest row of a table, at least one; each column begins with another one."""
    found = list(range(len(plan.tables[table])))
    first = (list(TABLES[table]).index(column) if column else 0) % min(every, len(found))
    return found[first::every]


def names_the_row(table: str, row: int, plan: Plan) -> bool:
    """Whether some violation names the ids of a row."""
    ids = [str(plan.tables[table][column].iloc[row]) for column in NAMED_BY[table]]
    return any(all(id in str(v) for id in ids) for v in audit(plan).violations)


def other(value: float, change: float) -> float:
    """A figure changed by a share of itself, or of 1 if it is smaller; some figure where there was none."""
    return 1.0 if math.isnan(value) else value + change * max(1.0, abs(value))


@pytest.mark.slow
@pytest.mark.parametrize("every", EVERY)
@pytest.mark.parametrize(("which", "table", "column"), NUMBERS)
def test_a_changed_number_is_found_in_every_row(which: Which, table: str, column: str, every: int) -> None:
    """One hundredth more (of the figure, or of 1) is far above the tolerance."""
    plan = PLANS[which]()
    for row in rows(plan, table, every, column):
        value = plan.tables[table][column].iloc[row]
        changed = hand.with_cells(plan, table, row, **{column: other(value, 0.01)})
        assert names_the_row(table, row, changed), f"{table}.{column}, row {row}"


@pytest.mark.parametrize("every", EVERY)
@pytest.mark.parametrize(("which", "table", "column"), [cell for cell in NUMBERS if PROVEN not in cell])
@pytest.mark.slow
def test_a_slightly_smaller_number_is_found_in_every_row(which: Which, table: str, column: str, every: int) -> None:
    """A hundred-thousandth less (of the figure, or of 1) is ten times the tolerance of the figure itself."""
    plan = PLANS[which]()
    for row in rows(plan, table, every, column):
        value = plan.tables[table][column].iloc[row]
        changed = hand.with_cells(plan, table, row, **{column: other(value, -1e-5)})
        assert not audit(changed).passed, f"{table}.{column}, row {row}"


@pytest.mark.parametrize(("which", "table", "column", "nothing"), one_of(6, NO_NUMBERS))  # one of five a column
def test_what_is_no_number_is_found(which: Which, table: str, column: str, nothing: object) -> None:
    """NaN, infinity, nothing, text, and a list."""
    assert not audit(hand.with_cells(PLANS[which](), table, 0, **{column: nothing})).passed


@pytest.mark.slow
@pytest.mark.parametrize("every", EVERY)
@pytest.mark.parametrize(("which", "table", "column"), TEXTS)
def test_a_changed_text_is_found_in_every_row(which: Which, table: str, column: str, every: int) -> None:
    """Names, kinds, levels, places, units, who decided, the way between two cities, and where tax arrives."""
    plan = PLANS[which]()
    for row in rows(plan, table, every, column):
        changed = hand.with_cells(plan, table, row, **{column: "something else"})
        assert not audit(changed).passed, f"{table}.{column}, row {row}"


@pytest.mark.parametrize(("which", "table", "column", "wrong"), one_of(6, NO_IDS))  # one of five a column
def test_an_unknown_id_is_found(which: Which, table: str, column: str, wrong: object) -> None:
    """An id that the case does not have, and what is no text."""
    report = audit(hand.with_cells(PLANS[which](), table, 0, **{column: wrong}))
    assert hand.finds(report, "tables", table, column)


@pytest.mark.parametrize("every", EVERY)
@pytest.mark.parametrize(("which", "table"), TABLES_WITH_ROWS)
def test_a_missing_row_is_found(which: Which, table: str, every: int) -> None:
    """Whichever row is left out."""
    plan = PLANS[which]()
    for row in rows(plan, table, every):
        assert not audit(hand.without_row(plan, table, row)).passed, f"{table}, row {row}"


@pytest.mark.parametrize("every", EVERY)
@pytest.mark.parametrize(("which", "table"), TABLES_WITH_ROWS)
def test_a_row_that_is_there_twice_is_found(which: Which, table: str, every: int) -> None:
    """Whichever row is repeated."""
    plan = PLANS[which]()
    for row in rows(plan, table, every):
        twice = hand.with_row(plan, table, *plan.tables[table].iloc[row])
        assert hand.finds(audit(twice), "tables", table, "more than one row")


@pytest.mark.parametrize(
    ("which", "table", "cells", "check"),
    [
        ("hand", "decisions", ("road-bc", "Road-Bc", "link", "", "border;inland", "Province", "2030", 2027, 1.0, 1.0, 0.0,
                               0.0, "by the plan"), "payments"),
        ("hand", "indicators", ("core", "alpha", "2030", 1e6, "minutes", 60.0, 0.0, 0.0, 0.0, 0.0, 0.0), "access"),
        ("hand", "routes", ("alpha", "alpha", "2030", 0.0, 0.0, "Alpha"), "routes"),
        ("hand", "flows", ("doctors", "inland", "border", "2030", 10.0), "capacity"),
        ("hand", "flows", ("doctors", "inland", "border", "2030", 0.0), "services"),
        ("hand", "spending", ("road-bc", "province", "2030", 0.5, 0.0), "payments"),
        ("hand", "spending", ("checkpoint", "capital", "2030", 0.0, 0.0), "payments"),
        ("hand", "alone", ("Capital", 0.0, 0.0, 0.0), "alone"),
        ("industry", "indicators", ("jobs", "inland", "2035", 1e5, "jobs per 1,000 people", 220.0, 200.0, 200.0, 209.65,
                                    0.1, 0.05), "work"),
        ("industry", "private", ("pills", "2030", 0.1, 0.0), "private"),
        ("industry", "private", ("filters", "2030", 0.0, 0.0), "private"),
        ("industry", "private", ("help", "2030", 0.0, 0.1), "private"),
        ("industry", "transfers", ("help", "capital", "province", "2030", 0.5), "transfers"),
        ("industry", "transfers", ("agreement", "capital", "province", "2035", 0.1), "transfers"),
        ("industry", "transfers", ("help", "capital", "fund", "2035", 0.0), "transfers"),
        ("industry", "parks", ("pills", "2030", 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0), "parks"),
        ("industry", "parks", ("smelter", "2030", 1.0, 300.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0), "parks"),
        ("industry", "phases", ("pills", "2030", "2030", 100.0, 0.0), "jobs"),
        ("industry", "phases", ("tools", "2035", "2035", 100.0, 0.0), "jobs"),
        ("industry", "phases", ("pills", "2035", "2030", 0.0, 0.0), "jobs"),
        ("industry", "phases", ("smelter", "2030", "2030", 100.0, 0.0), "jobs"),
        ("industry", "bonus", ("drug-supply", "pills", "tools", "2030", 10.0), "chains"),
        ("industry", "bonus", ("drug-supply", "tools", "dyes", "2030", 10.0), "chains"),
        ("industry", "bonus", ("brand", "pills", "dyes", "2035", 1.0), "chains"),
        ("industry", "bonus", ("brand", "dyes", "dyes", "2035", 1.0), "chains"),
        ("industry", "bonus", ("brand", "dyes", "tools", "2035", 1.0), "chains"),
        ("industry", "bonus", ("brand", "dyes", "smelter", "2035", 1.0), "chains"),
        ("industry", "taxes", ("pills", "2030", "2035", "province", "host", 0.1), "taxes"),
        ("industry", "taxes", ("tools", "2030", "2035", "", "origin", 0.1), "taxes"),
        ("industry", "taxes", ("smelter", "2030", "2035", "province", "host", 0.1), "taxes"),
        ("industry", "skills", ("alpha", "2030", 0.0, 0.0, 0.0), "skills"),
        ("moved", "moves", ("homes", "alpha", "beta", "2030", "people", 1.0), "moves"),
        ("moved", "moves", ("campus", "beta", "alpha", "2030", "jobs", 0.0), "moves"),
        ("moved", "indicators", ("crowd", "beta", "2030", 1e5, "% of what it is meant for", 100.0, 50.0, 50.0, 55.0, 0.0,
                                 0.0), "crowding"),
    ],
)  # fmt: skip
def test_a_further_row_is_found(which: Which, table: str, cells: tuple[object, ...], check: str) -> None:
    """A measure nobody pays for; a city that the standard does not ask; a way to itself; a flow beyond the capacity;
    a flow of nothing; a payment for what does not start; a payment of nothing; a stand-alone plan nobody asked for.

    Jobs where there is no target. Private money for what is not built, none at all, and for what costs nothing. A transfer
    before its policy serves, by another policy, to another line. A park before it starts, and a closure as a park. Jobs
    before the start, of a start there is not, none at all, and of a closure. Bonuses of a park that does not serve, in the
    wrong order, with itself, and of other industries. Tax of no jobs, an origin of none, a closure. A city of no limit.

    People of a policy that moves none, jobs the other way, and crowding of a city that is meant for any number.
    """
    assert hand.finds(audit(hand.with_row(PLANS[which](), table, *cells)), check, str(cells[0]))
