"""Use in other jurisdictions that has a price: by a right that is open then, as far as people are served there, and paid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import inf, isfinite

import numpy as np

from planner.audit.books import Books
from planner.audit.report import Ledger
from planner.audit.services import Numbers, Supply
from planner.audit.serving import offered_periods, unit_started
from planner.case import AllowTransfer, Case, Goal, Line
from planner.plans.tables import Use
from planner.words.said import _

Place = tuple[str, str]  # service or jurisdiction, and period


def check(
    case: Case,
    books: Books,
    supplied: Iterable[Supply],
    without: Iterable[Supply],
    flows: Mapping[Place, Numbers],
    ledger: Ledger,
    cash: Ledger,
) -> None:
    """Check every use at a price, what of the flows has to have one, and that each jurisdiction's lines pay it all.

    Parameters
    ----------
    ledger, cash
        For amounts of services, and for money.
    """
    rows = by_service(books)
    for offered, before in zip(supplied, without, strict=True):
        key = (offered.service, offered.period)
        for row in rows.get(key, ()):
            _open(case, row, offered, row.amount, _("with the plan"), ledger)
            _open(case, row, before, row.amount_without, _("without the plan"), ledger)
        used, there = used_at_a_price(case, rows.get(key, ()), "amount"), flows[key]
        for i, j in zip(*np.nonzero((used > 0) | ((there > 0) & ~offered.free & offered.allowed)), strict=True):
            home, place = (list(case.cities)[n] for n in (i, j))
            least = 0.0 if offered.free[i, j] else there[i, j]
            where = _where(key, home, place)
            ledger.within("prices", where, _("used at a price"), used[i, j], least, there[i, j], there[i, j])
        _needed(case, before, used_at_a_price(case, rows.get(key, ()), "amount_without"), ledger)
    _rows(case, books, ledger, cash)
    _paid(case, books, cash)


def by_service(books: Books) -> dict[Place, list[Use]]:
    """Service and period -> uses at a price."""
    found: dict[Place, list[Use]] = defaultdict(list)
    for row in books.uses.values():
        found[row.service, row.period].append(row)
    return found


def used_at_a_price(case: Case, rows: Iterable[Use], column: str) -> Numbers:
    """What is used at a price in all, home by place."""
    at = {city: n for n, city in enumerate(case.cities)}
    found = np.zeros((len(at), len(at)))
    for row in rows:
        found[at[row.home], at[row.place]] += getattr(row, column)
    return found


def _where(key: Place, home: str, place: str) -> str:
    return _("service {service}, from {home} to {place}, {period}").format(
        service=key[0], home=home, place=place, period=key[1]
    )


def _open(case: Case, row: Use, supply: Supply, amount: float, situation: str, ledger: Ledger) -> None:
    """An amount by a right that is open then, and at its price."""
    if amount == 0:
        return
    asked, cities = supply.prices.get(row.policy), list(case.cities)
    price = np.nan if asked is None else float(asked[cities.index(row.home), cities.index(row.place)])
    where = _("{where}, {situation}").format(
        where=_where((row.service, row.period), row.home, row.place), situation=situation
    )
    said = _("used {amount:.10g} by {policy!r}").format(amount=amount, policy=row.policy)
    ledger.true("prices", isfinite(price), where, said, _("0: that opens nothing there at a price"))
    if isfinite(price):
        ledger.small(price).same("prices", where, "price", row.price, price)


def _needed(case: Case, supply: Supply, used: Numbers, ledger: Ledger) -> None:
    """Without the plan, whose flows are not told, no city uses more at a price than it needs, or gives more than it has."""
    for n, city in enumerate(case.cities):
        if not used[n].any() and not used[:, n].any():
            continue
        where = _("service {service}, city {city}, {period}").format(service=supply.service, city=city, period=supply.period)
        where = _("{where}, {situation}").format(where=where, situation=_("without the plan"))
        gives = min(float(supply.capacity[n]), float(supply.for_others[n]))
        ledger.within("prices", where, _("used at a price"), float(used[n].sum()), 0.0, float(supply.need[n]))
        ledger.within("prices", where, _("given at a price"), float(used[:, n].sum()), 0.0, gives)


def _rows(case: Case, books: Books, ledger: Ledger, cash: Ledger) -> None:
    """Amounts above nothing, and what they cost."""
    for row in books.uses.values():
        where = _where((row.service, row.period), row.home, row.place)
        said = _("amounts {without:.10g} and {amount:.10g}").format(without=row.amount_without, amount=row.amount)
        some = min(row.amount, row.amount_without) >= 0 < row.amount + row.amount_without
        ledger.true("prices", some, where, said, _("an amount above 0"))
        fee = row.price * case.period(row.period).years * row.amount
        cash.same("prices", where, "fee", row.fee, fee)


def paying(case: Case, jurisdiction: str) -> list[Line]:
    """The lines that pay what a jurisdiction's people use at a price."""
    own = [line for line in case.lines.values() if line.holder == jurisdiction]
    said = [line for line in own if line.pays_use is True]
    return said or [line for line in own if line.pays_use is None and line.cost in ("all", "running") and not line.pays_for]


def _paid(case: Case, books: Books, cash: Ledger) -> None:
    """The lines of a jurisdiction that may pay for use pay all of it, period by period, and no other line pays any."""
    due: dict[Place, float] = defaultdict(float)
    for row in books.uses.values():
        due[case.cities[row.home].jurisdiction, row.period] += row.fee
    for who in case.jurisdictions:
        may = {line.id for line in paying(case, who)}
        for period in case.period_ids:
            paid = sum(row.fees for row in books.money.values() if row.line in may and row.period == period)
            where = _("jurisdiction {jurisdiction}, {period}").format(jurisdiction=who, period=period)
            cash.same("prices", where, _("fees of its lines"), paid, due[who, period])
    may_pay = {line.id for who in case.jurisdictions for line in paying(case, who)}
    for account in books.money.values():
        where = _("line {line}, {period}").format(line=account.line, period=account.period)
        cash.within("prices", where, "fees", account.fees, 0.0, inf if account.line in may_pay else 0.0)


def surely_left(case: Case, books: Books, goal: Goal | None) -> dict[Place, float]:
    """(jurisdiction, period) -> money that its lines surely had left for use without the plan, at the very least.

    Nothing where anything might have been done with it: what decided measures cost at most, whenever, counts as spent; so
    does all of it where money moves between lines, or where a goal would rather keep it.
    """
    goals = case.goals if goal is None else case.goals[: case.goals.index(goal) + 1]
    decided = [m for m in case.measures.values() if m.status == "decided"]
    moves = any(isinstance(effect, AllowTransfer) and effect.measure in {m.id for m in decided} for effect in case.effects)
    if goal is None or moves or any("spending" in g.parts for g in goals) or any(m.is_park for m in decided):
        return {}
    spent = 0.0
    for m in decided:
        starts = [unit_started(case, m, period) for period in offered_periods(case, m)]
        spent += m.units * max((sum(s.capital.values()) + sum(s.running.values()) for s in starts), default=0.0)
    found = {}
    for who in case.jurisdictions:
        for period in case.periods:
            had = sum(max(0.0, line.amount[period.id]) for line in paying(case, who)) - spent
            used = (
                row.price * period.years * row.amount_without
                for row in books.uses.values()
                if row.period == period.id and case.cities[row.home].jurisdiction == who
            )
            found[who, period.id] = max(0.0, had - sum(used))
    return found


def most(
    case: Case, supplied: Iterable[Supply], books: Books, column: str, left: Mapping[Place, float]
) -> dict[Place, tuple[Numbers, Numbers]]:
    """(service, period) -> how much people are served at most, home by place: any amount for nothing, or what is used there.

    And as much more as the money that is surely left pays for, in equal parts for all that it could be spent on.
    """
    offers = {(supply.service, supply.period): supply for supply in supplied}
    who = [city.jurisdiction for city in case.cities.values()]
    rows, priced = by_service(books), {key: supply.allowed & ~supply.free for key, supply in offers.items()}
    parts: dict[Place, int] = defaultdict(int)
    for (_service, period), there in priced.items():
        for i in np.nonzero(there)[0]:
            parts[who[i], period] += 1
    found = {}
    for key, supply in offers.items():
        limit = np.where(supply.free, np.inf, used_at_a_price(case, rows.get(key, ()), column))
        more = np.zeros_like(limit)
        for i, j in zip(*np.nonzero(priced[key]), strict=True):
            money = left.get((who[i], key[1]), 0.0) / parts[who[i], key[1]]
            dearest = np.nanmax([asked[i, j] for asked in supply.prices.values()])
            more[i, j] = money / (dearest * case.period(key[1]).years)
        found[key] = limit, more
    return found
