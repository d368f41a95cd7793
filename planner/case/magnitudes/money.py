"""Doubts about budget lines: money in another unit than costs, lines without any, rates and limits of borrowing."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from planner.case.case import Case
from planner.case.checks.prices import priced
from planner.case.effects import AllowTransfer
from planner.case.magnitudes import plausible
from planner.case.magnitudes.outliers import Places, number
from planner.case.money import Line
from planner.case.problems import Problem
from planner.case.raw import Path, RawCase
from planner.case.scenarios import BASE
from planner.case.selecting import payers_of, payers_of_use
from planner.words.said import _


def about_money(case: Case, places: Places, raw: RawCase) -> Iterator[Problem]:
    """What is odd in budgets.csv, and about rates, reserves and borrowing."""
    costs = _costs(case)
    said = [*_by_period(case, places), *_all_together(case)]
    yield from said
    rows = {doubt.row for doubt in said}
    for doubt in _beyond_costs(case, places, costs) if None not in rows else ():
        if doubt.row not in rows:  # else what the line has in all is odd for that reason
            yield doubt
    yield from _without_money(case, places)
    yield from _rates(case, raw)
    yield from _prices(case, raw)
    for line in case.lines.values():
        yield from _debt(case, raw, line, costs.get(line.id, 0.0))


def _by_period(case: Case, places: Places) -> Iterator[Problem]:
    """Amounts of a line from period to period."""
    whole = [amount for line in case.lines.values() for amount in line.amount.values() if amount > 0]
    for line in case.lines.values():
        given = {period: amount for period, amount in line.amount.items() if amount > 0}
        for period, amount in given.items():
            rest = [a for p, a in given.items() if p != period]
            usual = statistics.median(rest) if rest else 0.0
            if not rest or max(amount / usual, usual / amount) <= plausible.FACTOR_OF_YEARS:
                continue
            middle = statistics.median(whole)
            if len(rest) == 1 and max(amount / middle, middle / amount) < max(usual / middle, middle / usual):
                continue  # of two amounts the one further from all others is the odd one
            message = _("{amount}: the line {line} has {usual} in its other periods: check this column").format(
                amount=number(amount), line=line.id, usual=number(usual)
            )
            yield Problem("budgets.csv", message, places.row("budgets", line.id, period), "amount", value=f"{amount:.10g}")


def _all_together(case: Case) -> Iterator[Problem]:
    """All money against all that there is to build."""
    money = sum(amount for line in case.lines.values() for amount in line.amount.values())
    costs = sum(m.capital_cost * m.units for m in case.measures.values() if m.status != "ruled_out")
    if money > plausible.MONEY_MOST * costs > 0 or 0 < money < plausible.MONEY_LEAST * costs:
        message = _(
            "all amounts together are {money} {unit}, and all that can be built costs {costs}: check this "
            "column, and column capital_cost in measures.csv and norms.csv, for their unit of money"
        ).format(money=number(money), unit=case.money.unit, costs=number(costs))
        yield Problem("budgets.csv", message, column="amount", value=f"{money:.10g}")


def _costs(case: Case) -> dict[str, float]:
    """Line -> what everything that it may pay for costs, all units, with what they cost to run until the end."""
    years = sum(period.years for period in case.periods)
    found: dict[str, float] = {}
    for (name, kind), lines in payers_of(case).items() if case.measures else ():
        measure = case.measures[name]
        cost = measure.capital_cost if kind == "capital" else measure.running_cost * years
        for line in lines if measure.status != "ruled_out" else ():
            found[line] = found.get(line, 0.0) + measure.units * cost
    return found


def _all_money(line: Line) -> float:
    return sum(line.amount.values())


def _beyond_costs(case: Case, places: Places, costs: dict[str, float]) -> Iterator[Problem]:
    """Lines with many times what there is for them to pay; what they send, or pay for use, is not known beforehand."""
    elsewhere = {effect.from_line for effect in case.effects if isinstance(effect, AllowTransfer)}
    if case.has_prices:
        elsewhere |= {name for lines in payers_of_use(case).values() for name in lines}
    for line in case.lines.values() if case.scenario == BASE else ():  # a scenario may rule out what it would pay for
        money, cost = _all_money(line), costs.get(line.id, 0.0)
        if line.id not in elsewhere and money > plausible.MONEY_OF_LINE_MOST * cost > 0:
            period = next(p for p in case.period_ids if line.amount[p] > 0)
            message = _(
                "{amount}: the line {line} has {money} {unit} in all periods, and everything that it may pay for costs "
                "{cost} to build and to run: check this column for its unit of money"
            ).format(
                amount=number(line.amount[period]),
                line=line.id,
                money=number(money),
                unit=case.money.unit,
                cost=number(cost),
            )
            yield Problem(
                "budgets.csv", message, places.row("budgets", line.id, period), "amount", value=f"{line.amount[period]:.10g}"
            )


def _without_money(case: Case, places: Places) -> Iterator[Problem]:
    """Lines that nobody pays into; a scenario may well take the money of one away, or be what gives it."""
    getting = {
        effect.to_line
        for effect in case.effects
        if isinstance(effect, AllowTransfer) and case.measures[effect.measure].starts
    }
    for line in case.lines.values() if case.scenario == BASE else ():
        borrows = line.borrowing is not None and any(line.borrowing.limit.values())
        gets = line.gets_tax or line.id in getting or _is_given_some(case, line.id)
        if not (_all_money(line) > 0 or borrows or gets):
            message = _(
                "0: nobody pays into the line {line}: it has no money in any period, borrows none, and gets no tax and no "
                "transfers"
            ).format(line=line.id)
            row = places.row("budgets", line.id, case.period_ids[0])
            yield Problem("budgets.csv", message, row, "amount", value="0")


def _is_given_some(case: Case, line: str) -> bool:
    """Whether any scenario gives a line money of its own."""
    edits = (edit for scenario in case.scenarios.values() for edit in scenario.edits)
    return any(
        edit.table == "budgets" and edit.column == "amount" and line in edit.where.get("line", (line,))
        and any(isinstance(money, float | int) and money > 0 for money in (edit.set_to, edit.add))
        for edit in edits
    )  # fmt: skip


def _rates(case: Case, raw: RawCase) -> Iterator[Problem]:
    """Rates and shares that are most likely per cent, or amounts."""
    rates: list[tuple[Path, float, float]] = [
        (("money", "discount_rate"), case.money.discount_rate, plausible.RATE_MOST),
    ]
    for line in case.lines.values():
        path: Path = ("lines", line.id)
        if line.borrowing is not None:
            rates.append(((*path, "borrow", "interest"), line.borrowing.interest, plausible.RATE_MOST))
        for place, reserve in enumerate(line.reserve):
            own: Path = (*path, "reserve", place, "share")
            most = max(reserve.share.values())
            rates.append((own if raw.gives(own) else (*path, "reserve"), most, plausible.RESERVE_MOST))
    for path, rate, most in rates:
        if rate > most:
            message = _("{rate:g}, where at most {most:g} is plausible: it is a share, so that 0.05 is 5 %").format(
                rate=rate, most=most
            )
            yield raw.at_key(path, message, f"{rate:g}")


def _prices(case: Case, raw: RawCase) -> Iterator[Problem]:
    """Prices of use that are far beyond what a unit costs: most likely of 1,000 units, or in another unit of money."""
    dearest: dict[str, float] = {}
    for measure in case.measures.values():
        if measure.service is not None and measure.capacity > 0:
            cost = (measure.capital_cost + measure.running_cost) / measure.capacity
            dearest[measure.service] = max(cost, dearest.get(measure.service, 0.0))
    said: set[Path] = set()
    for path, _measure, service, _home, _place, price in priced(case):
        cost = dearest.get(service, 0.0)
        if path not in said and price > plausible.PRICE_MOST * cost > 0:
            said.add(path)
            message = _(
                "{price}: to build one unit of {service} and to run it for a year costs at most {cost} {unit}; a price is "
                "of one unit and year: is this one of 1,000, or in another unit of money?"
            ).format(price=number(price), service=service, cost=number(cost), unit=case.money.unit)
            yield raw.at_key((*path, "price"), message, f"{price:.10g}")


def _debt(case: Case, raw: RawCase, line: Line, cost: float) -> Iterator[Problem]:
    """Lines that may owe many times what they have, and what there is for them to pay."""
    most = 0.0 if line.borrowing is None else max(line.borrowing.limit.values())
    money = _all_money(line)
    if most > plausible.DEBT_MOST * max(money, cost) > 0:
        message = _(
            "a debt of {most} {unit}: the line {line} has {money} in all periods, and everything that it may pay for costs "
            "{cost}: check the unit of money"
        ).format(most=number(most), unit=case.money.unit, line=line.id, money=number(money), cost=number(cost))
        yield raw.at_key(("lines", line.id, "borrow", "limit"), message, f"{most:.10g}")
