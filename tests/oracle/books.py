"""The books of the lines: money in, money out, debt, and what one line sends another."""

from __future__ import annotations

from planner.case import AllowTransfer, Line, Measure

from .columns import Remainder, some
from .linear import Affine, add
from .prices import cost, fees
from .selections import eligible
from .tax import tax_received

Paid = dict[tuple[str, str], Affine]  # line, period -> all it pays


def books_balance(r: Remainder, minima: bool = True) -> None:
    """Every line in every period: amount, carried, received, borrowed and tax cover what is paid, sent, repaid and kept."""
    paid = payments(r)
    _transfers(r, paid)
    for line in r.case.lines.values():
        _borrowing(r, line)
        carried = Affine(0.0, {})
        for t in r.case.period_ids:
            into = [Affine(line.amount[t], {}), carried, _received(r, line, t), tax_received(r, line.id, t)]
            out = [paid[line.id, t], _sent(r, line, t)]
            if line.borrowing is not None:
                into.append(some(r.borrowed[line.id, t]))
                out.append(some(r.repaid[line.id, t]))
            if line.carry_over and t != r.case.period_ids[-1]:
                carried = some(r.program.column())
                out.append(carried)
            r.program.within(add(*((1.0, x) for x in out), *((-1.0, x) for x in into)), 0.0)
            if minima:
                r.program.at_least(paid[line.id, t].terms, line.minimum.get(t, 0.0) - paid[line.id, t].constant)


def _borrowing(r: Remainder, line: Line) -> None:
    """Debt grows by interest every year, stays within its limit, and is repaid by the end."""
    if line.borrowing is None:
        return
    before = Affine(0.0, {})
    for t in r.case.period_ids:
        limit = 0.0 if t == r.case.period_ids[-1] else line.borrowing.limit[t]
        debt = r.debt[line.id, t] = r.program.column(0.0, limit)
        borrowed = r.borrowed[line.id, t] = r.program.column()
        repaid = r.repaid[line.id, t] = r.program.column()
        grown = (1 + line.borrowing.interest) ** r.years(t)
        now = add((grown, before), (1.0, some(borrowed)), (-1.0, some(repaid)), (-1.0, some(debt)))
        r.program.equals(now.terms, 0.0)
        before = some(debt)


def interest(r: Remainder, line: str, period: str) -> Affine:
    """Interest of a period on the debt of the one before."""
    ids = r.case.period_ids
    borrowing = r.case.lines[line].borrowing
    if borrowing is None or period == ids[0] or not r.debt:
        return Affine(0.0, {})
    rate = (1 + borrowing.interest) ** r.years(period) - 1
    return some(r.debt[line, ids[ids.index(period) - 1]], rate)


def _transfers(r: Remainder, paid: Paid) -> None:
    """While it is allowed, a line sends up to a share of its amount; what a line receives it spends at once."""
    for k, e in enumerate(r.case.effects):
        for t in r.case.period_ids if isinstance(e, AllowTransfer) else ():
            if r.serves(e.measure, t):
                r.sent[k, t] = r.program.column(0.0, e.at_most_share * r.case.lines[e.from_line].amount[t])
    for line in r.case.lines.values():
        for t in r.case.period_ids:
            r.program.within(add((1.0, _received(r, line, t)), (-1.0, paid[line.id, t])), 0.0)


def _sent(r: Remainder, line: Line, period: str) -> Affine:
    return Affine(0.0, {k: 1.0 for (e, t), k in r.sent.items() if t == period and _transfer(r, e).from_line == line.id})


def _received(r: Remainder, line: Line, period: str) -> Affine:
    return Affine(0.0, {k: 1.0 for (e, t), k in r.sent.items() if t == period and _transfer(r, e).to_line == line.id})


def _transfer(r: Remainder, place: int) -> AllowTransfer:
    effect = r.case.effects[place]
    assert isinstance(effect, AllowTransfer)
    return effect


def payments(r: Remainder) -> Paid:
    """What each line pays in each period: its parts of all public costs."""
    paid: dict[tuple[str, str], list[Affine]] = {(k, p): [] for k in r.case.lines for p in r.case.period_ids}
    for m in r.case.measures.values():
        for kind in ("capital", "running"):
            for p in r.case.period_ids:
                _pay(r, m, kind, p, paid)
    _pay_use(r, paid)
    return {place: add(*((1.0, x) for x in parts)) for place, parts in paid.items()}


def _pay_use(r: Remainder, paid: dict[tuple[str, str], list[Affine]]) -> None:
    """What people of a jurisdiction use at a price is shared out among those of its lines that pay for use."""
    for who in r.case.jurisdictions:
        mine = [line for line in r.case.lines.values() if line.holder == who]
        willing = [line for line in mine if line.pays_use] or [
            line for line in mine if line.pays_use is None and line.cost != "capital" and not line.pays_for
        ]
        for p in r.case.period_ids:
            owed = fees(r, lambda whose, _policy, when, who=who, p=p: (whose, when) == (who, p))
            if owed.terms:
                shares = {r.program.column(): line.id for line in willing}
                for k, line in shares.items():
                    paid[line, p].append(some(k))
                r.program.equals(add((1.0, Affine(0.0, dict.fromkeys(shares, 1.0))), (-1.0, owed)).terms, 0.0)


def _pay(r: Remainder, m: Measure, kind: str, p: str, paid: dict[tuple[str, str], list[Affine]]) -> None:
    """The cost of a measure, a kind and a period is shared out among those who may pay it."""
    owed = cost(r, m.id, kind, p)
    if not owed.constant and not owed.terms:
        return
    if m.payers:
        for line, share in m.payers.items():
            paid[line, p].append(add((share, owed)))
        return
    shares: dict[int, float] = {}
    for line in r.case.lines.values():
        if eligible(r.case, m, line, kind):
            k = r.program.column()
            shares[k] = 1.0
            paid[line.id, p].append(Affine(0.0, {k: 1.0}))
            r.program.within(add((1.0, some(k)), (-line.at_most_share, owed)), 0.0)
    balance = add((1.0, Affine(0.0, shares)), (-1.0, owed))
    r.program.equals(balance.terms, -balance.constant)
