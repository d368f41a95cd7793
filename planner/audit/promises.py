"""Promises of the case: targets, rules, and that no city loses."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from planner.audit.books import Books
from planner.audit.parks import is_park
from planner.audit.report import Ledger
from planner.audit.tolerance import TOLERANCE
from planner.case import Case, Rule, Target
from planner.plans.tables import Indicator
from planner.words.said import _

LOSS_ALLOWED = 1e-6  # of a gap, as the model allows

Rows = Mapping[tuple[str, str, str], Indicator]


def check(case: Case, books: Books, ledger: Ledger) -> None:
    """Check all targets and rules, and that no city loses where the case says so."""
    for target in case.targets:
        _target(case, target, books.indicators, ledger)
    for rule in case.rules:
        _rule(case, rule, books, ledger)
    if case.no_city_loses:
        for row in books.indicators.values():
            where = _("indicator {indicator}, city {city}, {period}").format(
                indicator=row.indicator, city=row.city, period=row.period
            )
            promise = ("no city loses", row.indicator, row.city, row.period)
            most = row.true_gap_without + LOSS_ALLOWED
            ledger.promise("no city loses", where, "true_gap_with", row.true_gap_with, -math.inf, most, promise=promise)


def _target(case: Case, target: Target, table: Rows, ledger: Ledger) -> None:
    """The indicator keeps the target's limit in each of its cities and periods."""
    for city in target.cities:
        for period in target.periods:
            row = table.get((target.indicator, city, period))
            if row is not None:
                where = _("target {target}, city {city}, {period}").format(target=target.id, city=city, period=period)
                promise = ("target", target.id, target.indicator, city, period)
                least, most = own_limits(case, row, target.at_least, target.at_most)
                value, per = own_value(case, row), own_size(case, row)
                ledger.promise("targets", where, row.unit, value, least, most, per=per, promise=promise)


def own_value(case: Case, row: Indicator) -> float:
    """An indicator in the unit of its targets: as the table has it, but minutes counted up to the worst only."""
    if row.indicator in case.crowding:
        return max(row.with_plan, row.standard)
    standard = case.access.get(row.indicator)
    if standard is None or standard.worst_minutes is None:
        return row.with_plan
    return standard.standard_minutes + row.gap_with * (standard.worst_minutes - standard.standard_minutes)


def own_size(case: Case, row: Indicator) -> float:
    """What counts as 1 when such values are compared: output a head may be very small, and counts against the standard."""
    return row.standard if row.indicator in case.work and row.standard > 0 else 1.0


def own_limits(case: Case, row: Indicator, at_least: float | None, at_most: float | None) -> tuple[float, float]:
    """Limits of an indicator in the unit of its targets: nobody is asked to be better than the standard."""
    least = -math.inf if at_least is None else min(at_least, row.standard)
    most = math.inf if at_most is None else max(at_most, row.standard)
    return least, most


def _rule(case: Case, rule: Rule, books: Books, ledger: Ledger) -> None:
    """A sum over the rule's measures and periods keeps its limit, or its share of another sum."""
    found = _quantity(case, rule, rule.measures, books)
    whole = 1.0 if rule.share_of_measures is None else _quantity(case, rule, rule.share_of_measures, books)
    limit = rule.limit * whole
    least, most = (limit, math.inf) if rule.sense == "at_least" else (-math.inf, limit)
    promise = ("rule", rule.id)
    ledger.promise(
        "rules", _("rule {rule}").format(rule=rule.id), rule.of, found, least, most, largest=whole, promise=promise
    )


def _quantity(case: Case, rule: Rule, measures: Iterable[str], books: Books) -> float:
    """What the rule is about, over some measures and the rule's periods."""
    chosen = set(measures)
    if rule.of == "spending":
        paid = (p for p in books.spending.values() if p.measure in chosen and p.period in rule.periods)
        used = (u.fee for u in books.uses.values() if u.policy in chosen and u.period in rule.periods)
        return sum(p.capital + p.running for p in paid) + sum(used)
    if rule.of == "jobs":
        last = max(rule.periods, key=case.period_ids.index)
        return sum(row.jobs for row in books.phases.values() if row.measure in chosen and row.period == last)
    units = dict.fromkeys(chosen, 0.0)
    for row in books.decisions.values():
        if row.measure in chosen and row.start_period in rule.periods:
            units[row.measure] += row.units
    if rule.of == "units":
        return sum(units.values())
    if rule.of == "land":
        return sum(case.parks[m].area_km2 * started for m, started in units.items() if is_park(case, m))
    return float(sum(started >= 1 - TOLERANCE for started in units.values()))
