"""What a start brings by calendar year: when a unit opens, which periods it serves, and what it costs in which.

Works start in the period's first year. A unit is open from that year + its build years, for its life years or for
good. It serves the periods in which it is open for at least half of the years. Capital is spread evenly over the build
years (all in the first year if there are none) and charged to the periods they fall in; running cost is charged for
each year open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from planner.case.declared import FrozenDict
from planner.case.places import Period


@dataclass(frozen=True)
class StartOption:
    """What starting one unit of a measure in a period brings, by calendar year.

    Attributes
    ----------
    period
        Period id in whose first year the works start.
    opens
        First year open = first year of the period + build years.
    serves
        Ids of the periods in which the unit is open for at least half of the years.
    capital, running
        Money of one unit by period id; only periods with a cost above zero.
    """

    counts_as: ClassVar[str] = "StartOption"

    period: str
    opens: int
    serves: tuple[str, ...]
    capital: FrozenDict[str, float]
    running: FrozenDict[str, float]


def start_option(
    period: Period,
    horizon: Sequence[Period],
    build_years: int,
    life_years: int | None,
    capital_cost: float,
    running_cost: float,
) -> StartOption | None:
    """What one unit started in a period brings, or None if it would serve no period of the horizon.

    Parameters
    ----------
    period
        In whose first year the works start.
    horizon
        All periods of the case.
    build_years, life_years
        Years of works, and years open (None = for good).
    capital_cost, running_cost
        Money for one unit, in all and a year.
    """
    option = late_option(period, horizon, build_years, life_years, capital_cost, running_cost)
    return option if option.serves else None


def late_option(
    period: Period,
    horizon: Sequence[Period],
    build_years: int,
    life_years: int | None,
    capital_cost: float,
    running_cost: float,
    late: int = 0,
) -> StartOption:
    """What a unit started in a period brings if its works begin so many years late: all of it that much later.

    It may serve no period of the horizon; what is left of it then is what it costs before the end.
    """
    begins = period.first + late
    opens = begins + build_years
    closes = None if life_years is None else opens + life_years - 1  # the last year open
    open_years = {p.id: years_within(p, opens, closes) for p in horizon}
    serves = tuple(p.id for p in horizon if open_years[p.id] > 0 and 2 * open_years[p.id] >= p.years)
    works_end = begins + max(build_years, 1) - 1
    yearly = capital_cost / max(build_years, 1)
    capital = {p.id: yearly * years_within(p, begins, works_end) for p in horizon}
    running = {p.id: running_cost * open_years[p.id] for p in horizon}
    return StartOption(
        period=period.id,
        opens=opens,
        serves=serves,
        capital=FrozenDict({p: money for p, money in capital.items() if money > 0}),
        running=FrozenDict({p: money for p, money in running.items() if money > 0}),
    )


def years_within(period: Period, first: int, last: int | None) -> int:
    """Calendar years of a period from `first` to `last`, both included (None = for good)."""
    end = period.last if last is None else min(period.last, last)
    return max(0, end - max(period.first, first) + 1)
