"""Debt of lines: what they borrow and repay, with interest, within their limits, and nothing at the end."""

from __future__ import annotations

from math import inf

from planner.audit.books import Books
from planner.audit.report import Ledger
from planner.audit.years import period_of
from planner.case.nouns import Case, Line


def check(case: Case, books: Books, ledger: Ledger) -> None:
    """Check the debt of every line, period by period."""
    for line in case.lines.values():
        before = 0.0
        for period in case.period_ids:
            row = books.money.get((line.id, period))
            if row is None:
                continue
            where = f"line {line.id}, {period}"
            owed = before * growth(case, line, period)
            largest = max(owed, row.borrowed, row.repaid)
            for column in ("borrowed", "repaid"):
                ledger.within("credit", where, column, getattr(row, column), 0.0, inf if line.borrowing else 0.0)
            ledger.same("credit", where, "debt", row.debt, owed + row.borrowed - row.repaid, largest)
            ledger.within("credit", where, "debt", row.debt, 0.0, _limit(case, line, period), largest)
            before = row.debt


def growth(case: Case, line: Line, period: str) -> float:
    """By what a debt grows in a period."""
    interest = 0.0 if line.borrowing is None else line.borrowing.interest
    return float((1.0 + interest) ** period_of(case, period).years)


def _limit(case: Case, line: Line, period: str) -> float:
    """The most debt at the end of a period; none at the end of all."""
    if line.borrowing is None or period == case.period_ids[-1]:
        return 0.0
    return line.borrowing.limit[period]


def interest(case: Case, books: Books) -> dict[str, float]:
    """Interest that all lines pay, by period, on the debt of the period before."""
    found = dict.fromkeys(case.period_ids, 0.0)
    for line in case.lines.values():
        for before, period in zip(case.period_ids, case.period_ids[1:], strict=False):
            row = books.money.get((line.id, before))
            found[period] += 0.0 if row is None else row.debt * (growth(case, line, period) - 1.0)
    return found
