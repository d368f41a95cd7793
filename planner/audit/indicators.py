"""The table of indicators, held row by row against what was recomputed."""

from __future__ import annotations

from collections.abc import Mapping

from planner.audit.report import Ledger
from planner.case.nouns import Case
from planner.plans.tables import Indicator

Rows = Mapping[tuple[str, str, str], Indicator]

EXACT = 1e-3  # times the tolerance: gaps and standards are right to nine digits
LEVELS = ("today", "without_plan", "with_plan")
FIGURES = ("people", "standard", "today", "without_plan", "with_plan", "gap_without", "gap_with")


def check(case: Case, table: Rows, recomputed: Rows, ledger: Ledger) -> None:
    """Compare which rows there are, and every figure of each."""
    for name, indicators in (("access", case.access), ("services", case.services), ("work", case.work)):
        found = [key for key in table if key[0] in indicators]
        ledger.rows(name, "indicators", found, [key for key in recomputed if key[0] in indicators])
    for key, should in recomputed.items():
        if key in table:
            _row(case, table[key], should, ledger)


def _row(case: Case, says: Indicator, should: Indicator, ledger: Ledger) -> None:
    name = "access" if says.indicator in case.access else "services" if says.indicator in case.services else "work"
    where = f"indicator {says.indicator}, city {says.city}, {says.period}"
    ledger.true(name, says.unit == should.unit, where, f"unit {says.unit!r}", repr(should.unit))
    exact = ledger.small(EXACT)  # all follow from figures of the plan as they are written
    for column in FIGURES:
        largest = 0.0 if column.startswith("gap") else should.standard
        by = ledger if column in LEVELS else exact
        by.same(name, where, column, getattr(says, column), getattr(should, column), largest)
    if name == "work" and should.standard > 0:  # output a head may be a very small figure: held against the standard
        for column in LEVELS:
            shares = (getattr(row, column) / should.standard for row in (says, should))
            ledger.same(name, where, f"{column} as a share of the standard", *shares)
    for column in ("gap_without", "gap_with"):
        ledger.within(name, where, column, getattr(says, column), 0.0, 1.0)
