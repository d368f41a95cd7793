"""Money: every cost paid by lines that may pay it, and every line's account, period by period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import inf
from typing import Literal

from planner.audit.books import Books
from planner.audit.report import Ledger, number
from planner.audit.selections import fits
from planner.audit.years import period_of, unit_started
from planner.case import naming
from planner.case.nouns import Case, Line, Measure
from planner.plans.tables import Decision, LineYear, Payment

Cost = Literal["capital", "running"]
KINDS: tuple[Cost, Cost] = ("capital", "running")
FLOWS = ("capital", "running", "sent", "received", "tax")  # of an account, from other tables
Costs = Mapping[tuple[str, str, Cost], float]  # measure, period, kind -> money


def size(case: Case) -> float:
    """The largest amount of money that the case names, in its unit."""
    amounts = [abs(amount) for line in case.lines.values() for amount in line.amount.values()]
    return max(amounts + [measure.capital_cost for measure in case.measures.values()], default=1.0)


def costs(case: Case, decisions: Iterable[Decision]) -> Costs:
    """What the measures started cost in each period, recomputed: whoever pays."""
    total: dict[tuple[str, str, Cost], float] = defaultdict(float)
    for row in decisions:
        unit = unit_started(case, case.measures[row.measure], row.start_period)
        for period in case.period_ids:
            total[row.measure, period, "capital"] += unit.capital[period] * row.units
            total[row.measure, period, "running"] += unit.running[period] * row.units
    return dict(total)


def may_pay(case: Case, line: Line, measure: Measure, kind: Cost) -> bool:
    """Whether a line may pay for a kind of cost of a measure."""
    if line.cost not in ("all", kind):
        return False
    if measure.payers:
        return line.id in measure.payers
    return not line.pays_for or any(fits(case, selection, measure) for selection in line.pays_for)


def check_payments(case: Case, spending: Mapping[tuple[str, str, str], Payment], costs: Costs, ledger: Ledger) -> None:
    """Check payment by payment who pays, and measure by measure that all public cost is paid."""
    paid: dict[tuple[str, str, Cost], float] = defaultdict(float)
    for row in spending.values():
        where = f"measure {row.measure}, line {row.line}, {row.period}"
        says = f"capital {number(row.capital)} and running {number(row.running)}"
        ledger.true("payments", row.capital + row.running > 0, where, says, "a payment above 0")
        for kind in KINDS:
            amount = getattr(row, kind)
            paid[row.measure, row.period, kind] += amount
            _one_payment(case, row, kind, amount, costs.get((row.measure, row.period, kind), 0.0), ledger)
    for key in sorted({*costs, *paid}):
        measure, period, kind = key
        where = f"measure {measure}, {period}"
        ledger.same("payments", where, f"{kind} paid", paid.get(key, 0.0), costs.get(key, 0.0))
    for measure, period, kind in costs:
        for line, share in case.measures[measure].payers.items():
            found = spending.get((measure, line, period))
            amount = 0.0 if found is None else getattr(found, kind)
            where = f"measure {measure}, line {line}, {period}"
            ledger.same("payments", where, f"{kind} paid", amount, share * costs[measure, period, kind])


def _one_payment(case: Case, row: Payment, kind: Cost, amount: float, cost: float, ledger: Ledger) -> None:
    """A payment is not negative, comes from a line that may pay, and keeps the line's largest share."""
    line, measure = case.lines[row.line], case.measures[row.measure]
    where = f"measure {row.measure}, line {row.line}, {row.period}"
    if amount != 0:
        allowed = may_pay(case, line, measure, kind)
        ledger.true("payments", allowed, where, f"{kind} {number(amount)}", "0: this line may not pay that")
    ledger.within("payments", where, kind, amount, 0.0, inf)
    if not measure.payers:
        most = line.at_most_share * cost
        share = f"largest share ({line.at_most_share:.0%})"
        words = (f"line {naming.name_of(line)}, {period_of(case, row.period).label}:", share)
        ledger.promise("largest share", where, kind, amount, -inf, most, largest=cost, words=words)


def check_lines(case: Case, books: Books, ledger: Ledger) -> None:
    """Check every line's account: what comes in goes out, is carried over, or is left."""
    found = _flows(books)
    ledger.rows("lines", "money", books.money, [(line, t) for line in case.lines for t in case.period_ids])
    for line in case.lines.values():
        carried = 0.0
        for period in case.period_ids:
            account = books.money.get((line.id, period))
            if account is not None:
                where = f"line {line.id}, {period}"
                for column in FLOWS:
                    ledger.same("lines", where, column, getattr(account, column), found[line.id, period, column])
                _account(case, line, account, carried, ledger)
                carried = account.carried_out


def _flows(books: Books) -> Mapping[tuple[str, str, str], float]:
    """What payments, transfers and taxes bring each line, or take from it, by period."""
    found: dict[tuple[str, str, str], float] = defaultdict(float)
    for payment in books.spending.values():
        found[payment.line, payment.period, "capital"] += payment.capital
        found[payment.line, payment.period, "running"] += payment.running
    for transfer in books.transfers.values():
        found[transfer.sender, transfer.period, "sent"] += transfer.amount
        found[transfer.receiver, transfer.period, "received"] += transfer.amount
    for tax in books.taxes.values():
        found[tax.line, tax.arrives, "tax"] += tax.amount
    return found


def _account(case: Case, line: Line, account: LineYear, carried: float, ledger: Ledger) -> None:
    """One line in one period; `carried` is what the period before handed on."""
    where = f"line {line.id}, {account.period}"
    largest = max(abs(figure) for figure in account[2:-1])  # all but the debt
    ledger.same("lines", where, "amount", account.amount, line.amount[account.period])
    ledger.same("lines", where, "carried_in", account.carried_in, carried)
    for kind in KINDS:
        ledger.within("lines", where, kind, getattr(account, kind), 0.0, inf)
    left = account.held - account.spent
    keeps = line.carry_over and account.period != case.period_ids[-1] and left > 0  # nobody carries a debt
    ledger.same("lines", where, "carried_out", account.carried_out, left if keeps else 0.0, largest)
    ledger.same("lines", where, "unspent", account.unspent, 0.0 if keeps else left, largest)
    words = (f"line {naming.name_of(line)}, {period_of(case, account.period).label}:",)
    over = (*words, "over")
    ledger.promise("within budget", where, "paid", account.spent, -inf, account.held, largest=largest, words=over)
    if line.minimum[account.period] > 0:
        least = line.minimum[account.period]
        short = (*words, "minimum")
        ledger.promise("minimum spending", where, "paid", account.paid, least, inf, largest=largest, words=short)
