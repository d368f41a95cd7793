"""Transfers: what lines send each other while a policy allows it."""

from __future__ import annotations

from math import inf

from planner.audit.books import Books
from planner.audit.report import Ledger, number
from planner.audit.years import Serving
from planner.case.nouns import AllowTransfer, Case


def check(case: Case, books: Books, serving: Serving, ledger: Ledger) -> None:
    """Check every transfer, and that nobody receives more than is paid for measures."""
    for row in books.transfers.values():
        where = f"policy {row.policy}, from {row.sender} to {row.receiver}, {row.period}"
        ledger.true("transfers", row.amount > 0, where, f"amount {number(row.amount)}", "above 0")
        most = sum(
            effect.at_most_share * case.lines[row.sender].amount[row.period]
            for effect in case.effects
            if isinstance(effect, AllowTransfer)
            and (effect.measure, effect.from_line, effect.to_line) == (row.policy, row.sender, row.receiver)
            and serving.serves(effect.measure, row.period)
        )
        ledger.within("transfers", where, "amount", row.amount, -inf, most)
    for account in books.money.values():
        if account.received != 0:
            where = f"line {account.line}, {account.period}"
            ledger.within("transfers", where, "received", account.received, 0.0, account.paid)
