"""Money: what measures cost, what investors and lines pay, what lines send, borrow, carry on and get of the tax of parks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import inf
from typing import Literal

from planner.audit.books import Books
from planner.audit.decisions import fits
from planner.audit.parks import Production, host, is_park, parks_in
from planner.audit.report import Ledger, number
from planner.audit.serving import Serving, unit_started
from planner.case import AllowTransfer, Case, Line, Measure, Park, RaisePrivateShare, ShareTax
from planner.plans.tables import AFTER, Decision, LineYear, Payment, Phase, Private
from planner.words.said import _

Cost = Literal["capital", "running"]
KINDS: tuple[Cost, Cost] = ("capital", "running")
FLOWS = ("capital", "running", "sent", "received", "tax")  # of an account, from other tables
Costs = Mapping[tuple[str, str, Cost], float]  # measure, period, kind -> money
Parts = Mapping[tuple[str, str, str], float]  # park, period, part -> money


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
        where = _("measure {measure}, line {line}, {period}").format(measure=row.measure, line=row.line, period=row.period)
        says = _("capital {capital} and running {running}").format(capital=number(row.capital), running=number(row.running))
        ledger.true("payments", row.capital + row.running > 0, where, says, _("a payment above 0"))
        for kind in KINDS:
            amount = getattr(row, kind)
            paid[row.measure, row.period, kind] += amount
            _one_payment(case, row, kind, amount, costs.get((row.measure, row.period, kind), 0.0), ledger)
    for key in sorted({*costs, *paid}):
        measure, period, kind = key
        where = _("measure {measure}, {period}").format(measure=measure, period=period)
        ledger.same("payments", where, _("{kind} paid").format(kind=kind), paid.get(key, 0.0), costs.get(key, 0.0))
    for measure, period, kind in costs:
        for line, share in case.measures[measure].payers.items():
            found = spending.get((measure, line, period))
            amount = 0.0 if found is None else getattr(found, kind)
            where = _("measure {measure}, line {line}, {period}").format(measure=measure, line=line, period=period)
            ledger.same("payments", where, _("{kind} paid").format(kind=kind), amount, share * costs[measure, period, kind])


def _one_payment(case: Case, row: Payment, kind: Cost, amount: float, cost: float, ledger: Ledger) -> None:
    """A payment is not negative, comes from a line that may pay, and keeps the line's largest share."""
    line, measure = case.lines[row.line], case.measures[row.measure]
    where = _("measure {measure}, line {line}, {period}").format(measure=row.measure, line=row.line, period=row.period)
    if amount != 0:
        allowed = may_pay(case, line, measure, kind)
        said = _("{kind} {amount}").format(kind=kind, amount=number(amount))
        ledger.true("payments", allowed, where, said, _("0: this line may not pay that"))
    ledger.within("payments", where, kind, amount, 0.0, inf)
    if not measure.payers:
        most = line.at_most_share * cost
        promise = ("largest share", row.line, row.period)
        ledger.promise("largest share", where, kind, amount, -inf, most, largest=cost, promise=promise)


def check_lines(case: Case, books: Books, ledger: Ledger) -> None:
    """Check every line's account: what comes in goes out, is carried over, or is left."""
    found = _flows(books)
    ledger.rows("lines", "money", books.money, [(line, t) for line in case.lines for t in case.period_ids])
    for line in case.lines.values():
        carried = 0.0
        for period in case.period_ids:
            account = books.money.get((line.id, period))
            if account is not None:
                where = _("line {line}, {period}").format(line=line.id, period=period)
                for column in FLOWS:
                    ledger.same("lines", where, column, getattr(account, column), found[line.id, period, column])
                _account(case, line, account, carried, _free(case, line, period, books), ledger)
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


def _free(case: Case, line: Line, period: str, books: Books) -> float:
    """What a line is to keep free in a period: of each reserve its share of what it is for."""
    free = 0.0
    for payment in books.spending.values():
        if (payment.line, payment.period) == (line.id, period):
            for reserve in line.reserve:
                if fits(case, reserve.where, case.measures[payment.measure]):
                    paid = sum(getattr(payment, kind) for kind in KINDS if reserve.cost in ("all", kind))
                    free += reserve.share[period] * paid
    account = books.money[line.id, period]
    of_use = sum(
        reserve.share[period] for reserve in line.reserve if reserve.cost in ("all", "running") and not reserve.where
    )
    return free + of_use * account.fees


def _account(case: Case, line: Line, account: LineYear, carried: float, free: float, ledger: Ledger) -> None:
    """One line in one period; `carried` is what the period before handed on, `free` what it is to keep free."""
    where = _("line {line}, {period}").format(line=line.id, period=account.period)
    largest = max(abs(figure) for figure in account[2:-1])  # all but the debt
    ledger.same("lines", where, "amount", account.amount, line.amount[account.period])
    ledger.same("lines", where, "carried_in", account.carried_in, carried)
    for kind in KINDS:
        ledger.within("lines", where, kind, getattr(account, kind), 0.0, inf)
    left = account.held - account.spent
    keeps = line.carry_over and account.period != case.period_ids[-1] and left > free  # nobody carries a debt
    ledger.same("lines", where, "carried_out", account.carried_out, left - free if keeps else 0.0, largest)
    ledger.same("lines", where, "unspent", account.unspent, free if keeps else left, largest)
    over = ("money", line.id, account.period)
    most = account.held - free
    ledger.promise("within budget", where, "paid", account.spent, -inf, most, largest=largest, promise=over)
    if line.minimum[account.period] > 0:
        least = line.minimum[account.period]
        short = ("minimum", line.id, account.period)
        ledger.promise("minimum spending", where, "paid", account.paid, least, inf, largest=largest, promise=short)


# --- Private investors: what they pay by themselves, and what policies attract.


def public(costs: Costs, table: Mapping[tuple[str, str], Private]) -> Costs:
    """What is left for the lines to pay."""
    found = dict(costs)
    for (measure, period), row in table.items():
        if (measure, period, "capital") in found:
            found[measure, period, "capital"] -= row.own + row.attracted
    return found


def check_private(case: Case, books: Books, costs: Costs, serving: Serving, ledger: Ledger) -> None:
    """Check who pays what privately in each period, and what the decisions say of it; `costs` are whole ones."""
    for measure, period, kind in costs:
        if kind == "capital":
            _period(case, books, measure, period, costs[measure, period, kind], serving, ledger)
    for measure, period in books.private:
        known = (measure, period, "capital") in costs
        said = _("measure {measure}, {period}").format(measure=measure, period=period)
        ledger.true("private", known, said, _("a private payment"), _("none: nothing starts"))
    _decisions(case, books, ledger)


def _period(case: Case, books: Books, measure: str, period: str, cost: float, serving: Serving, ledger: Ledger) -> None:
    """The own share exactly; no more attracted than serving policies allow."""
    row = books.private.get((measure, period))
    own, attracted = (0.0, 0.0) if row is None else (row.own, row.attracted)
    where = _("measure {measure}, {period}").format(measure=measure, period=period)
    if row is not None:
        says = _("own {own} and attracted {attracted}").format(own=number(own), attracted=number(attracted))
        ledger.true("private", own + attracted > 0, where, says, _("a payment above 0"))
    ledger.same("private", where, "own", own, case.measures[measure].private_share * cost)
    plus = _plus(case, measure, {e.measure for e in case.effects if serving.serves(e.measure, period)})
    ledger.within("private", where, "attracted", attracted, 0.0, plus * cost, largest=cost)


def _plus(case: Case, measure: str, policies: set[str]) -> float:
    """The share of a measure's capital that policies may attract beyond its own."""
    return sum(
        effect.plus
        for effect in case.effects
        if isinstance(effect, RaisePrivateShare) and measure in effect.measures and effect.measure in policies
    )


def _decisions(case: Case, books: Books, ledger: Ledger) -> None:
    """Each start pays its own share privately and at most what can be attracted; all starts add up to the periods."""
    total: dict[str, float] = defaultdict(float)
    for row in books.private.values():
        total[row.measure] += row.own + row.attracted
    said: dict[str, float] = defaultdict(float)
    for decision in books.decisions.values():
        said[decision.measure] += decision.private_cost
        own = case.measures[decision.measure].private_share
        most = own + _plus(case, decision.measure, {effect.measure for effect in case.effects})
        where = _("measure {measure}, {start_period}").format(measure=decision.measure, start_period=decision.start_period)
        whole = decision.capital_cost
        ledger.within("private", where, "private_cost", decision.private_cost, own * whole, most * whole, whole)
    for measure, amount in said.items():
        ledger.same(
            "private",
            _("measure {measure}").format(measure=measure),
            _("private_cost of all starts"),
            amount,
            total.get(measure, 0.0),
        )


# --- Transfers: what lines send each other while a policy allows it.


def check_transfers(case: Case, books: Books, serving: Serving, ledger: Ledger) -> None:
    """Check every transfer, and that nobody receives more than is paid for measures."""
    for row in books.transfers.values():
        where = _("policy {policy}, from {sender} to {receiver}, {period}").format(
            policy=row.policy, sender=row.sender, receiver=row.receiver, period=row.period
        )
        ledger.true("transfers", row.amount > 0, where, _("amount {amount}").format(amount=number(row.amount)), _("above 0"))
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
            where = _("line {line}, {period}").format(line=account.line, period=account.period)
            ledger.within("transfers", where, "received", account.received, 0.0, account.paid)


# --- Debt of lines: what they borrow and repay, with interest, within their limits, and nothing at the end.


def check_credit(case: Case, books: Books, ledger: Ledger) -> None:
    """Check the debt of every line, period by period."""
    for line in case.lines.values():
        before = 0.0
        for period in case.period_ids:
            row = books.money.get((line.id, period))
            if row is None:
                continue
            where = _("line {line}, {period}").format(line=line.id, period=period)
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
    return float((1.0 + interest) ** case.period(period).years)


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


def check_taxes(case: Case, books: Books, made: Production, serving: Serving, ledger: Ledger) -> None:
    """Check what each phase shares, and every part of the tax of each park: how much, whose, and when."""
    shared: dict[tuple[str, str], float] = defaultdict(float)
    for phase in books.phases.values():
        if is_park(case, phase.measure):
            amount = _shared(case, phase, serving)
            shared[phase.measure, phase.period] += amount
            where = _("measure {measure}, {start_period}, {period}").format(
                measure=phase.measure, start_period=phase.start_period, period=phase.period
            )
            ledger.same("taxes", where, "shared_tax", phase.shared_tax, amount)
    parts = _parts(case, made, shared)
    for key in dict.fromkeys((*parts, *books.taxes)):
        measure, period, part = key
        where = _("measure {measure}, {period}, {part}").format(measure=measure, period=period, part=part)
        row, should = books.taxes.get(key), parts.get(key, 0.0)
        ledger.same("taxes", where, "amount", 0.0 if row is None else row.amount, should)
        if row is not None and is_park(case, measure):
            line = _line(case, host(case, measure) if part == "host" else case.parks[measure].origin)
            ledger.true("taxes", row.line == line, where, _("line {line!r}").format(line=row.line), repr(line))
            arrives = next_period(case, period)
            ledger.true(
                "taxes", row.arrives == arrives, where, _("arrives {arrives!r}").format(arrives=row.arrives), repr(arrives)
            )


def next_period(case: Case, period: str) -> str:
    """When the tax of a period arrives."""
    return dict(zip(case.period_ids, (*case.period_ids[1:], AFTER), strict=True))[period]


def _parts(case: Case, made: Production, shared: Mapping[tuple[str, str], float]) -> Parts:
    """What the lines of host and origin get of every park's tax, and what the origin's loses."""
    found = {}
    for park in parks_in(case):
        for period in case.period_ids:
            key = (park.measure, period)
            tax = _a_job(park) * case.period(period).years * made.jobs.get(key, 0.0)
            to_origin = shared.get(key, 0.0)
            found[*key, "host"] = tax - to_origin
            found[*key, "origin"] = to_origin
            found[*key, "moved"] = -park.moved_share * tax
    return found


def _a_job(park: Park) -> float:
    """Tax of a productive job, a year."""
    return park.tax / park.jobs


def _shared(case: Case, phase: Phase, serving: Serving) -> float:
    """What phases that started in one period share in another: in their first periods, while the policy serves."""
    park = case.parks[phase.measure]
    if park.origin is None or _jurisdiction(case, park.origin) == _jurisdiction(case, host(case, park.measure)):
        return 0.0
    serves = unit_started(case, case.measures[park.measure], phase.start_period).serves
    window = [t for t in case.period_ids if t in serves]
    share = sum(
        effect.share
        for effect in case.effects
        if isinstance(effect, ShareTax)
        and park.measure in effect.parks
        and phase.period in window[: effect.periods]
        and serving.serves(effect.measure, phase.period)
    )
    return share * _a_job(park) * case.period(phase.period).years * phase.jobs


def _jurisdiction(case: Case, city: str) -> str:
    return case.cities[city].jurisdiction


def _line(case: Case, city: str | None) -> str:
    """The line that gets the tax of a city; the empty text where none of its jurisdiction does."""
    if city is None:
        return ""
    holder = _jurisdiction(case, city)
    return next((line.id for line in case.lines.values() if line.gets_tax and line.holder == holder), "")
