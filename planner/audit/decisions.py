"""Decisions: what starts, whether it may, and what the levels of the policy pyramid and the gates ask of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import product
from math import inf

from planner.audit.books import Books
from planner.audit.promises import own_limits, own_size, own_value
from planner.audit.report import Ledger, number
from planner.audit.serving import Serving, Starts, offered_periods, unit_started
from planner.audit.tolerance import TOLERANCE
from planner.case import Case, Measure, Selection
from planner.plans.tables import Decision
from planner.words.said import _


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
    return _("measure {measure}, {start_period}").format(measure=row.measure, start_period=row.start_period)


def _row_describes_measure(case: Case, row: Decision, ledger: Ledger) -> None:
    """Names, opening year and costs follow from the measure's columns and the calendar."""
    measure = case.measures[row.measure]
    texts = {
        "name": (row.name, measure.name),
        "kind": (row.kind, measure.kind),
        "level": (row.level, measure.level or ""),
        "city": (row.city, ";".join(measure.cities)),
        "jurisdiction": (row.jurisdiction, ";".join(measure.jurisdictions)),
        "decided": (row.decided, "before" if measure.status == "decided" else _("by the plan")),
    }
    for column, (says, should) in texts.items():
        ledger.true(
            "decisions", says == should, _where(row), _("{column} {says!r}").format(column=column, says=says), repr(should)
        )
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
    ledger.true("starts", row.units > 0, where, _("units {units}").format(units=number(row.units)), _("above 0"))
    ledger.within("starts", where, _("units started in the period"), row.units, 0, measure.max_starts)
    whole = measure.divisible or abs(row.units - round(row.units)) <= TOLERANCE
    ledger.true("starts", whole, where, _("units {units}").format(units=number(row.units)), _("whole units"))
    offered = offered_periods(case, measure)
    never = _("no start: it is ruled out") if measure.status == "ruled_out" else _("no start: it would serve no period")
    should = _("a start in {offered}").format(offered=" or ".join(offered)) if offered else never
    ledger.true("starts", row.start_period in offered, where, _("a start"), should)


def _required_measures_serve(case: Case, row: Decision, serving: Serving, ledger: Ledger) -> None:
    """A unit starts only while one whole unit of every required measure serves."""
    measure = case.measures[row.measure]
    for other in measure.requires:
        promise = ("requirement", measure.id, other, row.start_period)
        units = serving.units(other, row.start_period)
        said = _("units of {other} serving at the start").format(other=other)
        ledger.promise("logic", _where(row), said, units, 1.0, inf, promise=promise)


def _units_in_all(measure: Measure, starts: Starts, ledger: Ledger) -> None:
    """As many units start as there are at most; all of them, if the measure is decided."""
    total = sum(units for (m, _), units in starts.items() if m == measure.id)
    ledger.within("starts", _("measure {measure}").format(measure=measure.id), _("units started"), total, 0.0, measure.units)
    if measure.status == "decided":
        said, promise = _("measure {measure}").format(measure=measure.id), ("decided", measure.id)
        ledger.promise("logic", said, _("units started"), total, measure.units, inf, promise=promise)


def _one_of_each_group(case: Case, starts: Starts, ledger: Ledger) -> None:
    """At most one measure of a group ever starts."""
    groups = defaultdict(set)
    for measure in case.measures.values():
        if measure.one_of is not None:
            groups[measure.one_of].add(measure.id)
    for group, members in groups.items():
        started = sorted({m for m, _ in starts} & members)
        where = _("one_of {group} ({started})").format(group=group, started=", ".join(started))
        ledger.promise("logic", where, _("measures started"), len(started), 0.0, 1.0, promise=("group", group))


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
            where = _("measure {other}, together with {first}, {period}").format(
                other=other.id, first=first.id, period=period
            )
            promise = ("together", other.id, first.id, period)
            ledger.promise("logic", where, _("units started"), units, alike, alike, promise=promise)


# --- Which measures a selection fits; the empty text fits a column without a value.


def fits(case: Case, selection: Selection, measure: Measure) -> bool:
    """Whether a measure has, in every column of the selection, one of the values allowed there."""
    return all((_values(case, measure, column) or {""}) & set(allowed) for column, allowed in selection.items())


def _values(case: Case, measure: Measure, column: str) -> set[str]:
    """All values that a measure has in a column; none where the cell is empty."""
    if column == "mode":
        return {link.mode for link in case.links.values() if measure.id in link.needs}
    several = {
        "city": measure.cities,
        "jurisdiction": measure.jurisdictions,
        "tier": measure.tiers,
        "signed_by": measure.signed_by,
    }
    if column in several:
        return set(several[column])
    if column in ("industry", "form", "origin"):
        park = case.parks.get(measure.id)
        known: str | None = None if park is None else getattr(park, column)
        return set() if known is None else {known}
    value: str | None = getattr(measure, column)
    return set() if value is None else {value}


# --- The policy pyramid: what a level may cost, how long a city is subsidised, and barriers that go first.


def check_pyramid(case: Case, books: Books, serving: Serving, ledger: Ledger) -> None:
    """Check the levels' shares of all money, the subsidised periods of every city, and every start of a subsidy."""
    money = sum(sum(line.amount.values()) for line in case.lines.values())
    for level, share in case.pyramid.at_most_share.items():
        measures = {m.id for m in case.measures.values() if m.level == level}
        spent = sum(row.capital + row.running for row in books.spending.values() if row.measure in measures)
        spent += sum(row.fee for row in books.uses.values() if row.policy in measures)
        where, promise = _("level {level}").format(level=level), ("level", str(level))
        ledger.promise("levels", where, "spending", spent, -inf, share * money, promise=promise)
    subsidies = [m for m in case.measures.values() if m.level == "subsidy"]
    most = case.pyramid.subsidy_periods
    for city in case.cities.values() if most is not None else ():
        here = [m.id for m in subsidies if city.id in m.cities]
        count = sum(any(serving.units(m, period) > 0 for m in here) for period in case.period_ids)
        where, promise = _("city {city}").format(city=city.id), ("subsidy periods", city.id)
        ledger.promise("subsidies", where, _("subsidised periods"), count, -inf, most or 0, promise=promise)
    for row in books.decisions.values():
        if case.measures[row.measure].level == "subsidy":
            _barriers(case, row, serving, ledger)


def _barriers(case: Case, row: Decision, serving: Serving, ledger: Ledger) -> None:
    """A subsidy starts only while every removal serves that its jurisdictions sign."""
    measure = case.measures[row.measure]
    for barrier in case.pyramid.barriers_first:
        removal = case.measures[barrier]
        if set(removal.signed_by) & set(measure.jurisdictions):
            where = _("measure {measure}, {start_period}").format(measure=row.measure, start_period=row.start_period)
            promise = ("barrier", measure.id, barrier, row.start_period)
            units = serving.units(barrier, row.start_period)
            said = _("units of {barrier} serving at the start").format(barrier=barrier)
            ledger.promise("barriers", where, said, units, 1.0, inf, promise=promise)


# --- Gates: units that start only where an indicator is good enough.


def check_gates(case: Case, books: Books, ledger: Ledger) -> None:
    """Check every start behind a gate, in each city of the measure that has the indicator."""
    for gate in case.gates:
        for row in books.decisions.values():
            if row.measure not in gate.measures:
                continue
            measure, period = case.measures[row.measure], row.start_period
            for city in measure.cities:
                found = books.indicators.get((gate.indicator, city, period))
                if found is None:
                    continue
                where = _("gate {gate}, measure {measure}, city {city}, {period}").format(
                    gate=gate.id, measure=measure.id, city=city, period=period
                )
                promise = ("gate", gate.id, measure.id, gate.indicator, city, period)
                least, most = own_limits(case, found, gate.at_least, gate.at_most)
                value, per = own_value(case, found), own_size(case, found)
                ledger.promise("gates", where, found.unit, value, least, most, per=per, promise=promise)
