"""The books of the lines: money in, money out, debt, what one line sends another, keeps free, and is left to run."""

from __future__ import annotations

from planner.case import AllowTransfer, Line, Measure

from .columns import Remainder, some
from .linear import Affine, add
from .prices import cost, fees
from .selections import eligible, fits
from .tax import tax_received

Paid = dict[tuple[str, str], Affine]  # line, period -> all it pays
Payment = tuple[str, str, Measure | None, str, Affine]  # line, period, measure (None: use), capital or running, what it pays


def books_balance(r: Remainder, minima: bool = True) -> None:
    """Every line in every period: amount, carried, received, borrowed and tax cover what is paid, sent, repaid and kept."""
    each = payments(r)
    paid = {
        (line, t): add(*((1.0, x) for who, p, _, _, x in each if (who, p) == (line, t)))
        for line in r.case.lines
        for t in r.case.period_ids
    }
    _transfers(r, paid)
    if minima:  # a promise of the plan, like them
        _left_to_run(r)
    for line in r.case.lines.values():
        _borrowing(r, line)
        carried = Affine(0.0, {})
        for t in r.case.period_ids:
            into = [Affine(line.amount[t], {}), carried, _received(r, line, t), tax_received(r, line.id, t)]
            out = [paid[line.id, t], _sent(r, line, t), _kept_free(r, line, t, each)]
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


def payments(r: Remainder) -> list[Payment]:
    """What each line pays of each public cost in each period."""
    found: list[Payment] = []
    for m in r.case.measures.values():
        for kind in ("capital", "running"):
            for p in r.case.period_ids:
                found += ((line, p, m, kind, part) for line, part in _shared_out(r, m, kind, cost(r, m.id, kind, p)))
    for p in r.case.period_ids:
        found += ((line, p, None, "running", part) for line, part in _use_shared_out(r, p))
    return found


def _use_shared_out(r: Remainder, period: str, times: float = 1.0) -> list[tuple[str, Affine]]:
    """What people of each jurisdiction use at a price in a period, shared out among those of its lines that pay for use."""
    found: list[tuple[str, Affine]] = []
    for who in r.case.jurisdictions:
        mine = [line for line in r.case.lines.values() if line.holder == who]
        willing = [line for line in mine if line.pays_use] or [
            line for line in mine if line.pays_use is None and line.cost != "capital" and not line.pays_for
        ]
        owed = fees(r, lambda whose, _policy, when, who=who: (whose, when) == (who, period))
        if owed.terms:
            shares = {r.program.column(): line.id for line in willing}
            found += ((line, some(k)) for k, line in shares.items())
            r.program.equals(add((1.0, Affine(0.0, dict.fromkeys(shares, 1.0))), (-times, owed)).terms, 0.0)
    return found


def _kept_free(r: Remainder, line: Line, period: str, each: list[Payment]) -> Affine:
    """What a line may not spend in a period: of every payment the sum of the shares that are asked for it."""
    own = [(m, kind, part) for who, p, m, kind, part in each if (who, p) == (line.id, period)]
    return add(
        *(
            (reserve.share[period], part)
            for reserve in line.reserve
            for m, kind, part in own
            if reserve.cost in ("all", kind) and (not reserve.where if m is None else fits(r.case, m, reserve.where))
        )
    )


def _left_to_run(r: Remainder) -> None:
    """In the year after the last, what is still open is paid by those who may, each within its share of a year's money."""
    last = r.case.periods[-1]
    parts: dict[str, list[Affine]] = {line: [] for line in r.case.lines}
    for m in r.case.measures.values() if any(line.after for line in r.case.lines.values()) else ():
        open_still = [o for o in m.starts if m.life_years is None or last.last + 1 < o.opens + m.life_years]
        owed = add(*((m.running_cost, r.units(m.id, o.period)) for o in open_still))
        for line, part in _shared_out(r, m, "running", owed):
            parts[line].append(part)
    for line, part in _use_shared_out(r, last.id, 1.0 / last.years):
        parts[line].append(part)
    for line in r.case.lines.values():
        if line.after is not None:
            a_year = line.amount[last.id] / last.years
            r.program.within(add(*((1.0, x) for x in parts[line.id])), line.after.at_most_share * a_year)


def _shared_out(r: Remainder, m: Measure, kind: str, owed: Affine) -> list[tuple[str, Affine]]:
    """A cost of a measure, shared out among the lines that may pay it."""
    if not owed.constant and not owed.terms:
        return []
    if m.payers:
        return [(line, add((share, owed))) for line, share in m.payers.items()]
    found: list[tuple[str, Affine]] = []
    shares: dict[int, float] = {}
    for line in r.case.lines.values():
        if eligible(r.case, m, line, kind):
            k = r.program.column()
            shares[k] = 1.0
            found.append((line.id, Affine(0.0, {k: 1.0})))
            r.program.within(add((1.0, some(k)), (-line.at_most_share, owed)), 0.0)
    balance = add((1.0, Affine(0.0, shares)), (-1.0, owed))
    r.program.equals(balance.terms, -balance.constant)
    return found
