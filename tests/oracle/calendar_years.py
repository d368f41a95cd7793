"""What a start brings, year by year, from a measure's own fields."""

from __future__ import annotations

from dataclasses import replace

from planner.case import Case, FrozenDict, Measure, Period, StartOption


def with_starts(measure: Measure, periods: tuple[Period, ...]) -> Measure:
    """The measure with its offered starts filled in from its costs, years, window and status."""
    ids = [p.id for p in periods]
    options = []
    for p in periods:
        inside = ids.index(measure.earliest) <= ids.index(p.id) <= ids.index(measure.latest)
        asked = measure.status != "decided" or measure.start_period in (None, p.id)
        option = _option(measure, p, periods)
        if inside and asked and option.serves and measure.status != "ruled_out":
            options.append(option)
    return replace(measure, starts=tuple(options))


def _option(measure: Measure, start: Period, periods: tuple[Period, ...]) -> StartOption:
    opens = start.first + measure.build_years
    closes = float("inf") if measure.life_years is None else opens + measure.life_years - 1
    serves, capital, running = [], {}, {}
    for p in periods:
        years = range(p.first, p.last + 1)
        open_years = sum(1 for y in years if opens <= y <= closes)
        if 2 * open_years >= p.years:
            serves.append(p.id)
        built = sum(1 for y in years if start.first <= y < opens)
        share = built / measure.build_years if measure.build_years else float(p.id == start.id)
        if measure.capital_cost * share > 0:
            capital[p.id] = measure.capital_cost * share
        if measure.running_cost * open_years > 0:
            running[p.id] = measure.running_cost * open_years
    return StartOption(start.id, opens, tuple(serves), FrozenDict(capital), FrozenDict(running))


def refilled(case: Case) -> Case:
    """The case with the offered starts of all measures worked out anew."""
    return replace(case, measures=FrozenDict({k: with_starts(m, case.periods) for k, m in case.measures.items()}))
