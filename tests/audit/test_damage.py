"""A damaged plan is a violation, and never a traceback."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from planner.audit import audit
from planner.case import FrozenDict
from planner.plans.ended import Ended
from planner.plans.plan import Broken, GoalResult
from planner.plans.tables import TABLES
from tests.audit import hand
from tests.audit.plans import PLANS, TABLES_WITH_ROWS, Which


@pytest.mark.parametrize("table", list(TABLES))
def test_a_missing_table_is_found(table: str) -> None:
    """Each of the tables."""
    tables = {name: frame for name, frame in hand.tables().items() if name != table}
    report = audit(replace(hand.plan(), tables=FrozenDict(tables)))
    assert hand.finds(report, "tables", table, "no such table")


@pytest.mark.parametrize(("table", "column"), [(name, c) for name, columns in TABLES.items() for c in columns])
def test_a_missing_column_is_found(table: str, column: str) -> None:
    """Each column of each table."""
    plan = hand.plan()
    report = audit(hand.with_table(plan, table, plan.table(table).drop(columns=column)))
    assert hand.finds(report, "tables", table, column)


@pytest.mark.parametrize(("which", "table"), TABLES_WITH_ROWS)
def test_an_empty_table_is_found(which: Which, table: str) -> None:
    """Columns without rows."""
    plan = PLANS[which]()
    assert not audit(hand.with_table(plan, table, plan.table(table).iloc[:0])).passed


def test_a_further_column_or_table_is_found() -> None:
    """Figures that nobody checks."""
    plan = hand.plan()
    assert hand.finds(audit(hand.with_table(plan, "money", plan.table("money").assign(gift=0.0))), "tables", "gift")
    assert hand.finds(audit(hand.with_table(plan, "debts", plan.table("money"))), "tables", "debts", "no such table")


@pytest.mark.parametrize("wrong", [None, 7, "table", [1, 2], {"line": ["capital"]}])
def test_what_is_no_table_is_found(wrong: Any) -> None:
    """Nothing, numbers, text, lists."""
    assert hand.finds(audit(hand.with_table(hand.plan(), "money", wrong)), "tables", "money")


def test_a_column_that_is_there_twice_is_found() -> None:
    """Two columns of one name say two things."""
    table = hand.plan().table("money")
    twice = pd.concat([table, table[["amount"]]], axis=1)
    assert hand.finds(audit(hand.with_table(hand.plan(), "money", twice)), "tables", "amount")


@pytest.mark.parametrize(
    "parts",
    [
        {"case": None},
        {"status": "fine"},
        {"status": None},
        {"ended": None},
        {"ended": ("why",)},
        {"ended": (Ended("why"),)},  # type: ignore[arg-type]
        {"ended": (Ended("told", step="1"),)},  # type: ignore[arg-type]
        {"options": None},
        {"options": FrozenDict({"gap": "small"})},
        {"goals": None},
        {"goals": (None,) * 6},
        {"goals": tuple(GoalResult(name, "low", 0.0, 0.0, 0.0) for name in hand.GOAL_VALUES)},  # type: ignore[arg-type]
        {"goals": tuple(GoalResult(name, float("nan"), 0.0, 0.0, 0.0) for name in hand.GOAL_VALUES)},
        {"goals": tuple(GoalResult(None, 0.0, 0.0, 0.0, 0.0) for _ in hand.GOAL_VALUES)},  # type: ignore[arg-type]
        {"tables": None},
        {"broken": (None,)},
        {"broken": (Broken("rule", ("one",), "much"),)},  # type: ignore[arg-type]
        {"broken": (Broken("rule", (1,), 1.0),)},  # type: ignore[arg-type]
    ],
)
def test_a_damaged_part_is_found(parts: dict[str, Any]) -> None:
    """Each part of a plan, missing or of a wrong type."""
    assert not audit(replace(hand.plan(), **parts)).passed
