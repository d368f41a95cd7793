"""What a start brings, by calendar year: recomputed from the measure's own columns.

Works start in the first year of a period, the unit opens `build_years` later and stays open for `life_years` (for good
without). It serves a period in which it is open for at least half of the years. Capital is spread evenly over the build
years; running cost is paid for every year open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planner.audit.tolerance import TOLERANCE
from planner.case import Case, Effect, Measure

Starts = Mapping[tuple[str, str], float]  # (measure, start period) -> units


@dataclass(frozen=True)
class UnitStarted:
    """Opening year, periods served, and money by period id of one unit."""

    opens: int
    serves: frozenset[str]
    capital: Mapping[str, float]
    running: Mapping[str, float]


def unit_started(case: Case, measure: Measure, period: str) -> UnitStarted:
    """What one unit brings whose works start in the first year of `period`."""
    first = case.period(period).first
    opens = first + measure.build_years
    closes = case.periods[-1].last + 1 if measure.life_years is None else opens + measure.life_years
    paid_years = range(first, max(opens, first + 1))  # built within the year: all in the first
    open_years = range(opens, closes)
    serves = set()
    capital = {}
    running = {}
    for p in case.periods:
        years = range(p.first, p.last + 1)
        is_open = _both(open_years, years)
        if is_open * 2 >= len(years):
            serves.add(p.id)
        capital[p.id] = measure.capital_cost * _both(paid_years, years) / len(paid_years)
        running[p.id] = measure.running_cost * is_open
    return UnitStarted(opens, frozenset(serves), capital, running)


def _both(a: range, b: range) -> int:
    """Number of years in both."""
    return max(0, min(a.stop, b.stop) - max(a.start, b.start))


def offered_periods(case: Case, measure: Measure) -> tuple[str, ...]:
    """Periods in which the measure may start: in its window, in the decided period, and serving some period."""
    if measure.status == "ruled_out":
        return ()
    ids = case.period_ids
    window = ids[ids.index(measure.earliest) : ids.index(measure.latest) + 1]
    if measure.status == "decided" and measure.start_period is not None:
        window = tuple(t for t in window if t == measure.start_period)
    return tuple(t for t in window if unit_started(case, measure, t).serves)


def starts_without_plan(case: Case) -> Starts:
    """The decided measures alone, each as late as it may start: that much is certain without a plan."""
    starts = {}
    for measure in case.measures.values():
        if measure.status != "decided":
            continue
        left = measure.units
        for period in reversed(offered_periods(case, measure)):
            units = min(left, measure.max_starts)
            if units > 0:
                starts[measure.id, period] = units
                left -= units
    return starts


class Serving:
    """Units serving in each period, as a consequence of starts; nothing serves today."""

    def __init__(self, case: Case, starts: Starts) -> None:
        self._units: dict[tuple[str, str], float] = {}
        for (measure, start), units in starts.items():
            for period in unit_started(case, case.measures[measure], start).serves:
                self._units[measure, period] = self._units.get((measure, period), 0.0) + units

    def units(self, measure: str, period: str) -> float:
        """Units of the measure that serve in the period."""
        return self._units.get((measure, period), 0.0)

    def serves(self, measure: str, period: str) -> bool:
        """Whether at least one whole unit serves in the period."""
        return self.units(measure, period) >= 1.0 - TOLERANCE

    def acts(self, effect: Effect, period: str) -> bool:
        """Whether an effect is there: its measure serves, or it needs none and is in force from the start."""
        return not effect.measure or self.serves(effect.measure, period)
