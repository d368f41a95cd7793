"""Access: routes, every standard's figures, and the table of indicators, held row by row against what was recomputed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from planner.audit import moves
from planner.audit.books import Books
from planner.audit.report import Ledger, number
from planner.audit.tolerance import EXACT
from planner.audit.world import Arcs, Situation, World, along, hundredths
from planner.case import TODAY, Access, Case
from planner.plans.tables import Indicator, Route
from planner.words.said import _

Numbers = NDArray[np.float64]
Figure = tuple[float, float]  # value in the indicator's own unit, gap


def figures(case: Case, world: World) -> dict[tuple[str, str, str], Indicator]:
    """The rows that the table of indicators should have for the access standards."""
    rows = {}
    for standard in case.access.values():
        today = dict(_figures(case, standard, world.today, TODAY))
        for period in case.period_ids:
            without = dict(_figures(case, standard, world.without, period))
            for city, (value, gap) in _figures(case, standard, world.with_plan, period):
                rows[standard.id, city, period] = Indicator(
                    indicator=standard.id,
                    city=city,
                    period=period,
                    people=case.cities[city].population[period],
                    unit=unit(standard),
                    standard=_standard(standard),
                    today=today.get(city, (np.nan, np.nan))[0],
                    without_plan=without[city][0],
                    with_plan=value,
                    gap_without=without[city][1],
                    gap_with=gap,
                    people_with=moves.heads(case, world.with_plan.serving, "population", city, period),
                    true_gap_without=without[city][1],
                    true_gap_with=gap,
                )
    return rows


def unit(standard: Access) -> str:
    """The unit of an access standard's figures."""
    if standard.kind == "nearest":
        return "minutes"
    if standard.kind == "reach":
        return f"% within {standard.standard_minutes:g} minutes"
    return f"minutes (mean, each counted from {standard.standard_minutes:g} to {standard.worst_minutes:g})"


def _standard(standard: Access) -> float:
    return standard.standard_minutes if standard.target is None else 100.0 * standard.target


def _figures(case: Case, standard: Access, situation: Situation, period: str) -> Iterator[tuple[str, Figure]]:
    """Value and gap of each city for which there is something to weigh."""
    minutes = situation.minutes(period, standard.modes)
    at = {city: i for i, city in enumerate(case.cities)}
    if standard.offers is None:
        destinations = standard.destinations
    else:
        destinations = tuple(c for c in case.cities if situation.offers(standard.offers, c, period))
    columns = [at[city] for city in destinations]
    for city in standard.origins:
        row = minutes[at[city], columns]
        if standard.kind == "nearest":
            yield city, _nearest(standard, row)
            continue
        weights = np.array([_weight(case, standard, city, other, period) for other in destinations])
        if weights.sum() > 0:
            yield city, (_mean if standard.kind == "all" else _reach)(standard, row, weights / weights.sum())


def _nearest(standard: Access, minutes: Numbers) -> Figure:
    fastest = float(minutes.min(initial=np.inf))
    value = fastest / 100 if np.isfinite(fastest) else np.nan
    return value, float(_gaps(standard, np.array([fastest]))[0])


def _mean(standard: Access, minutes: Numbers, shares: Numbers) -> Figure:
    assert standard.worst_minutes is not None
    gap = float(shares @ _gaps(standard, minutes))
    return standard.standard_minutes + gap * (standard.worst_minutes - standard.standard_minutes), gap


def _reach(standard: Access, minutes: Numbers, shares: Numbers) -> Figure:
    assert standard.target is not None
    reached = float(shares[minutes <= hundredths(standard.standard_minutes)].sum())
    return 100 * reached, max(0.0, 1.0 - reached / standard.target)


def _gaps(standard: Access, minutes: Numbers) -> Numbers:
    """Gaps of minutes given in hundredths: 0 at the standard, 1 at the worst and beyond."""
    assert standard.worst_minutes is not None
    best, worst = hundredths(standard.standard_minutes), hundredths(standard.worst_minutes)
    return np.asarray(np.clip((minutes - best) / (worst - best), 0.0, 1.0))


def _weight(case: Case, standard: Access, city: str, other: str, period: str) -> float:
    """What a destination counts: for `all` never the city itself, for `reach` the city too."""
    if city == other and standard.kind == "all":
        return 0.0
    if standard.weight == "trips":
        return case.trips.get((city, other), 0.0)
    if standard.weight == "equally":
        return 1.0
    there = case.cities[other]
    if standard.weight == "population":
        return there.population[period]
    return (there.gdp if standard.weight == "gdp" else there.jobs) or 0.0


# --- The table of routes: fastest minutes without and with the plan, and the way there.


def check_routes(case: Case, books: Books, world: World, ledger: Ledger) -> None:
    """Compare the minutes of every ordered pair of cities that can be reached with the plan."""
    cities = list(case.cities)
    expected = set()
    for period in case.period_ids:
        without = world.without.minutes(period) / 100
        with_plan = world.with_plan.minutes(period) / 100
        arcs = world.with_plan.arcs(period)
        for i, j in zip(*np.nonzero(np.isfinite(with_plan)), strict=True):
            if i == j:
                continue
            key = (cities[i], cities[j], period)
            expected.add(key)
            if key in books.routes:
                row = books.routes[key]
                where = _("from {origin} to {destination}, {period}").format(
                    origin=row.origin, destination=row.destination, period=period
                )
                ledger.same("routes", where, "minutes_without", row.minutes_without, _or_nothing(without[i, j]))
                ledger.same("routes", where, "minutes_with", row.minutes_with, with_plan[i, j])
                _way(row, arcs, where, ledger)
    ledger.rows("routes", "routes", books.routes, expected)


def _or_nothing(found: float) -> float:
    return float(found) if np.isfinite(found) else np.nan


def _way(row: Route, arcs: Arcs, where: str, ledger: Ledger) -> None:
    """The way named, `city;mode;city;mode;city`, can be gone in the minutes stated."""
    way_there = row.via.split(";")
    stops, modes = way_there[0::2], way_there[1::2]
    taken = along(arcs, stops[0], list(zip(modes, stops[1:], strict=False)))
    leads = (stops[0], stops[-1]) == (row.origin, row.destination)
    holds = taken is not None and taken == round(100 * row.minutes_with)
    if leads and holds:  # a large case has so many that sentences which nobody reads take a third of the time
        ledger.agree("routes", 2)
        return
    way = _("via {via!r}").format(via=row.via)
    ledger.true("routes", leads, where, way, _("a way from the one to the other"))
    says = _("no way") if taken is None else _("{way} takes {taken} minutes").format(way=way, taken=number(taken / 100))
    ledger.true(
        "routes", holds, where, says, _("a way of {minutes_with} minutes").format(minutes_with=number(row.minutes_with))
    )


# --- The table of indicators, held row by row against what was recomputed.


Rows = Mapping[tuple[str, str, str], Indicator]

LEVELS = ("today", "without_plan", "with_plan")
FIGURES = (
    "people", "standard", "today", "without_plan", "with_plan", "gap_without", "gap_with", "people_with", "true_gap_without",
    "true_gap_with",
)  # fmt: skip


def check_indicators(case: Case, table: Rows, recomputed: Rows, ledger: Ledger) -> None:
    """Compare which rows there are, and every figure of each."""
    for name in ("access", "services", "work", "crowding"):
        indicators = getattr(case, name)
        found = [key for key in table if key[0] in indicators]
        ledger.rows(name, "indicators", found, [key for key in recomputed if key[0] in indicators])
    for key, should in recomputed.items():
        if key in table:
            _row(case, table[key], should, ledger)


def _row(case: Case, says: Indicator, should: Indicator, ledger: Ledger) -> None:
    name = next(name for name in ("access", "services", "work", "crowding") if says.indicator in getattr(case, name))
    where = _("indicator {indicator}, city {city}, {period}").format(
        indicator=says.indicator, city=says.city, period=says.period
    )
    ledger.true(name, says.unit == should.unit, where, _("unit {unit!r}").format(unit=says.unit), repr(should.unit))
    exact = ledger.small(EXACT)  # all follow from figures of the plan as they are written
    for column in FIGURES:
        largest = 0.0 if "gap" in column else should.standard
        by = ledger if column in LEVELS else exact
        by.same(name, where, column, getattr(says, column), getattr(should, column), largest)
    if name == "work" and should.standard > 0:  # output a head may be a very small figure: held against the standard
        for column in LEVELS:
            shares = (getattr(row, column) / should.standard for row in (says, should))
            ledger.same(name, where, f"{column} as a share of the standard", *shares)
    for column in ("true_gap_without", "true_gap_with"):
        ledger.within(name, where, column, getattr(says, column), 0.0, 1.0)
    for column in ("gap_without", "gap_with"):
        ledger.within(name, where, column, getattr(says, column), 0.0, np.inf if case.moves else 1.0)
