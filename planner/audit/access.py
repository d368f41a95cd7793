"""Access standards: minutes, means and shares of every city, and the gaps that follow."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from planner.audit.network import hundredths
from planner.audit.world import Situation, World
from planner.case.nouns import TODAY, Access, Case
from planner.plans.tables import Indicator

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
