"""A plan whose figures are all worked out by hand passes, and no check is idle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError, replace

import pandas as pd
import pytest

from planner.audit import CHECKS, Violation, audit
from planner.case import FrozenDict
from planner.plans.plan import Plan
from tests.audit import hand
from tests.audit.plans import PLANS
from tests.counting import calls


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_an_untouched_plan_passes(plan: Callable[[], Plan]) -> None:
    """Every figure of the plans is worked out in the docstrings of `hand` and `industry`."""
    report = audit(plan())
    assert report.passed, str(report)
    assert report.broken == ()


def test_every_check_compares_something() -> None:
    """A check that compares nothing would pass whatever the plan says."""
    reports = [audit(plan()) for plan in PLANS.values()]
    assert all(tuple(report.checks) == CHECKS for report in reports)
    assert [name for name in CHECKS if not any(report.checks[name] for report in reports)] == []


def test_the_order_of_rows_and_columns_does_not_matter() -> None:
    """A table is a set of rows."""
    plan = hand.plan()
    turned = {name: table.iloc[::-1, ::-1] for name, table in plan.tables.items()}
    assert audit(replace(plan, tables=FrozenDict(turned))).passed


def test_the_calendar_of_the_case_is_not_believed() -> None:
    """The case's measures offer no starts at all, and the plan passes: the audit counts the years itself."""
    plan = hand.plan()
    assert all(measure.starts == () for measure in plan.case.measures.values())
    assert audit(plan).passed


def test_a_difference_below_the_tolerance_is_rounding() -> None:
    """1e-6 of max(1, largest term): half of that passes, twice of that does not; 8 is the line's largest term."""
    nearly = hand.with_cells(hand.plan(), "money", 0, carried_out=1.88 + 4e-6)
    assert not hand.finds(audit(nearly), "lines", "carried_out")
    off = hand.with_cells(hand.plan(), "money", 0, carried_out=1.88 + 16e-6)
    assert hand.finds(audit(off), "lines", "line capital, 2030", "carried_out 1.880016", "1.88")


def test_the_audit_leaves_the_plan_as_it_is() -> None:
    """The tables are only read."""
    plan = hand.plan()
    audit(plan)
    for name, table in hand.tables().items():
        pd.testing.assert_frame_equal(plan.tables[name], table)


def test_a_violation_is_a_sentence_and_cannot_be_changed() -> None:
    """What, where, what it says, what it should be, by how much."""
    violation = Violation("lines", "line capital, 2030", "unspent 2", "1.5", 0.5)
    assert str(violation) == "lines: line capital, 2030: unspent 2, should be 1.5 (off by 0.5)"
    with pytest.raises(FrozenInstanceError):
        violation.says = "1"  # type: ignore[misc]


def test_a_report_prints_its_violations() -> None:
    """The headline first, then one line each."""
    report = audit(hand.with_cells(hand.plan(), "money", 0, amount=9.0))
    assert str(report).startswith("Audit failed: ")
    assert "\n  lines: line capital, 2030: amount 9, should be 8 (off by 1)" in str(report)


def test_a_small_plan_is_audited_in_a_fraction_of_a_second() -> None:
    """Three cities take some 20,000 calls (0.03 s); ten times that would be a mistake in the loops."""
    plan = hand.plan()
    assert calls(lambda: audit(plan)) < 200_000
