"""Decisions: what each row says of its measure, and whether the starts keep the measure's and the case's logic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import product
from math import inf

from planner.audit.report import TOLERANCE, Ledger, number
from planner.audit.years import Serving, Starts, offered_periods, period_of, unit_started
from planner.case.nouns import Case, Measure
from planner.plans.tables import Decision


def check(case: Case, decisions: Mapping[tuple[str, str], Decision], serving: Serving, ledger: Ledger) -> None:
    """Check every row of the decisions, then the starts of every measure and group."""
    for row in decisions.values():
        _row_describes_measure(case, row, ledger)
        _start_is_offered(case, row, ledger)
        _required_measures_serve(case, row, serving, ledger)
    starts = {key: row.units for key, row in decisions.items()}
    for measure in case.measures.values():
        _units_in_all(measure, starts, ledger)
    _one_of_each_group(case, starts, ledger)
    _together(case, starts, ledger)


def _where(row: Decision) -> str:
    return f"measure {row.measure}, {row.start_period}"


def _row_describes_measure(case: Case, row: Decision, ledger: Ledger) -> None:
    """Names, opening year and costs follow from the measure's columns and the calendar."""
    measure = case.measures[row.measure]
    texts = {
        "name": (row.name, measure.name),
        "kind": (row.kind, measure.kind),
        "level": (row.level, measure.level or ""),
        "city": (row.city, ";".join(measure.cities)),
        "jurisdiction": (row.jurisdiction, ";".join(measure.jurisdictions)),
        "decided": (row.decided, "before" if measure.status == "decided" else "by the plan"),
    }
    for column, (says, should) in texts.items():
        ledger.true("decisions", says == should, _where(row), f"{column} {says!r}", repr(should))
    unit = unit_started(case, measure, row.start_period)
    ledger.same("decisions", _where(row), "opens", row.opens, unit.opens)
    capital = sum(unit.capital.values()) * row.units
    running = sum(unit.running.values()) * row.units
    ledger.small(capital).same("decisions", _where(row), "capital_cost", row.capital_cost, capital)
    ledger.small(running).same("decisions", _where(row), "running_cost", row.running_cost, running)


def _start_is_offered(case: Case, row: Decision, ledger: Ledger) -> None:
    """Units above zero, whole unless divisible, at most `max_starts`, in a period in which the measure may start."""
    measure = case.measures[row.measure]
    where = _where(row)
    ledger.true("starts", row.units > 0, where, f"units {number(row.units)}", "above 0")
    ledger.within("starts", where, "units started in the period", row.units, 0, measure.max_starts)
    whole = measure.divisible or abs(row.units - round(row.units)) <= TOLERANCE
    ledger.true("starts", whole, where, f"units {number(row.units)}", "whole units")
    offered = offered_periods(case, measure)
    never = "no start: it is ruled out" if measure.status == "ruled_out" else "no start: it would serve no period"
    should = f"a start in {' or '.join(offered)}" if offered else never
    ledger.true("starts", row.start_period in offered, where, "a start", should)


def _required_measures_serve(case: Case, row: Decision, serving: Serving, ledger: Ledger) -> None:
    """A unit starts only while one whole unit of every required measure serves."""
    measure = case.measures[row.measure]
    for other in measure.requires:
        words = (
            f"{measure.name} starts in {period_of(case, row.start_period).label}",
            case.measures[other].name,
            "requires",
        )
        units = serving.units(other, row.start_period)
        ledger.promise("logic", _where(row), f"units of {other} serving at the start", units, 1.0, inf, words=words)


def _units_in_all(measure: Measure, starts: Starts, ledger: Ledger) -> None:
    """As many units start as there are at most; all of them, if the measure is decided."""
    total = sum(units for (m, _), units in starts.items() if m == measure.id)
    ledger.within("starts", f"measure {measure.id}", "units started", total, 0.0, measure.units)
    if measure.status == "decided":
        words = (f"{measure.name}: decided",)
        ledger.promise("logic", f"measure {measure.id}", "units started", total, measure.units, inf, words=words)


def _one_of_each_group(case: Case, starts: Starts, ledger: Ledger) -> None:
    """At most one measure of a group ever starts."""
    groups = defaultdict(set)
    for measure in case.measures.values():
        if measure.one_of is not None:
            groups[measure.one_of].add(measure.id)
    for group, members in groups.items():
        started = sorted({m for m, _ in starts} & members)
        where = f"one_of {group} ({', '.join(started)})"
        ledger.promise("logic", where, "measures started", len(started), 0.0, 1.0, words=(f"group {group}:",))


def _together(case: Case, starts: Starts, ledger: Ledger) -> None:
    """Measures of a group start the same units in the same periods."""
    groups: dict[str, list[Measure]] = defaultdict(list)
    for measure in case.measures.values():
        if measure.together is not None:
            groups[measure.together].append(measure)
    for first, *others in groups.values():
        for other, period in product(others, case.period_ids):
            alike = starts.get((first.id, period), 0.0)
            units = starts.get((other.id, period), 0.0)
            where = f"measure {other.id}, together with {first.id}, {period}"
            words = (f"{other.name} and {first.name} belong together", period_of(case, period).label)
            ledger.promise("logic", where, "units started", units, alike, alike, words=words)
