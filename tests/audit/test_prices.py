"""Faults planted in what is used at a price: the audit of a plan solved for the two cities of the tests by hand."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from planner.audit import audit
from planner.case import FrozenDict
from planner.plans.plan import Plan
from tests.audit.hand import finds
from tests.solving.test_price_by_hand import RIGHT, solved, two


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """40 posts by the pact, 0.01 a year each: 2 bn of `health`. The fund pays the pact's 0.1 and the other line has 5."""
    return solved(two(tmp_path_factory.mktemp("priced"), (0.1, 5, 2)))


@pytest.fixture(scope="module")
def in_force(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """The same is in force: 40 posts with the plan and without it."""
    return solved(two(tmp_path_factory.mktemp("in-force"), (0, 5, 2), in_force=RIGHT))


def edited(plan: Plan, table: str, row: int = 0, **figures: Any) -> Plan:
    """The plan with other figures in a row of a table."""
    frame = plan.table(table)
    for column, figure in figures.items():
        frame.loc[row, column] = figure
    return with_table(plan, table, frame)


def with_table(plan: Plan, table: str, frame: pd.DataFrame) -> Plan:
    from dataclasses import replace

    return replace(plan, tables=FrozenDict({**plan.tables, table: frame}))


def line(plan: Plan, name: str) -> int:
    return list(plan.tables["money"]["line"]).index(name)


@pytest.mark.parametrize(
    ("figures", "found"),
    [
        ({"amount": 30.0}, ("prices", "from B to A, 2030", "used at a price 30", "at least 40")),
        ({"amount": 50.0}, ("prices", "from B to A, 2030", "used at a price 50")),
        ({"price": 0.005, "fee": 1.0}, ("prices", "with the plan", "price 0.005", "0.01")),
        ({"fee": 1.5}, ("prices", "from B to A, 2030", "fee 1.5", "2")),
        ({"policy": "other"}, ("prices", "used 40 by 'other'", "opens nothing there at a price")),
        ({"policy": ""}, ("prices", "used 40 by ''", "opens nothing there at a price")),
        ({"amount_without": 7.0}, ("prices", "without the plan", "used 7 by 'pact'", "opens nothing")),
    ],
)  # fmt: skip
def test_a_forged_use_is_found(plan: Plan, figures: dict[str, Any], found: tuple[str, ...]):
    assert audit(plan).passed
    assert finds(audit(edited(plan, "uses", **figures)), *found)


def test_use_that_nobody_pays_for_is_found(plan: Plan):
    """Without its row; and paid by another line of the same holder, or by nobody."""
    gone = with_table(plan, "uses", plan.table("uses").iloc[:0])
    assert finds(audit(gone), "prices", "from B to A", "used at a price 0", "at least 40")
    health, south = line(plan, "health"), line(plan, "south")
    unpaid = edited(plan, "money", health, fees=0.0, unspent=2.0)
    assert finds(audit(unpaid), "prices", "jurisdiction South, 2030", "fees of its lines 0", "2")
    other = edited(unpaid, "money", south, fees=2.0, unspent=3.0)
    assert finds(audit(other), "prices", "line south, 2030", "fees 2", "at most 0")


def test_fees_count_in_what_lines_pay_and_in_spending(plan: Plan):
    where = line(plan, "health")
    assert finds(audit(edited(plan, "money", where, unspent=1.0)), "lines", "line health, 2030", "unspent 1", "0")
    assert finds(audit(edited(plan, "jurisdictions", 1, pays=0.0)), "jurisdictions", "South", "pays 0", "2")


def test_more_use_without_the_plan_than_anybody_needs_is_found(in_force: Plan):
    """B needs 100 posts, and has to find 40 of them elsewhere; A has no 200 to give."""
    forged = edited(in_force, "uses", amount_without=200.0)
    assert finds(audit(forged), "prices", "city B", "without the plan", "used at a price 200", "at most 100")
    assert finds(audit(forged), "prices", "city A", "without the plan", "given at a price 200")


def test_less_use_without_the_plan_than_its_users_could_pay_is_found(in_force: Plan):
    """A plan that says that 20 posts were used without it, and 80 of 100 missing, looks better than it is: 2 bn pay 40."""
    assert audit(in_force).passed
    forged = edited(in_force, "uses", amount_without=20.0)
    assert finds(audit(forged), "best use", "without the plan", "these gaps")
    row = list(in_force.tables["indicators"]["city"]).index("B")
    forged = edited(forged, "indicators", row, gap_without=0.8, without_plan=0.2)
    assert finds(audit(forged), "best use", "without the plan", "gap that idle capacity could close")
