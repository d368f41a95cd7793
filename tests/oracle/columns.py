"""What is left of a choice: a program, and the columns and sums in it that others speak of."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from planner.case import Case

from .choices import Choice
from .linear import Affine, Program, add
from .travel import hundredths

Spot = tuple[str, str, str]  # indicator, city, period


@dataclass
class Remainder:
    """A program with what the goals and the promises speak of.

    Attributes
    ----------
    amounts
        Columns of divisible starts.
    gaps
        Indicator, city, period -> the gap.
    flows
        Service, from, to, period -> residents of `from` served in `to`, one column a right.
    paid
        Those of these columns that have a price -> whose people they are, by which policy, when, and what one costs then.
    levels
        Service, city, period -> what residents have: what is there, less what others use, and what they use elsewhere.
    away
        Period -> hundredths of minutes between all cities.
    productive
        Park, start, period -> productive jobs of the phases started then.
    bonus
        Chain, park, partner, period -> bonus jobs of the pair, half of them in each host.
    emissions
        Airshed, period -> emissions a year.
    attracted
        Measure, place of the effect in the case, period -> capital that private investors pay beyond their own share.
    debt, borrowed, repaid, sent
        Line and period, or place of the effect and period -> money.
    """

    case: Case
    choice: Choice
    program: Program = field(default_factory=Program)
    amounts: dict[tuple[str, str], int] = field(default_factory=dict)
    gaps: dict[Spot, Affine] = field(default_factory=dict)
    flows: dict[tuple[str, str, str, str], list[int]] = field(default_factory=dict)
    paid: dict[int, tuple[str, str, str, float]] = field(default_factory=dict)
    levels: dict[Spot, Affine] = field(default_factory=dict)
    away: dict[str, np.ndarray] = field(default_factory=dict)
    productive: dict[tuple[str, str, str], int] = field(default_factory=dict)
    bonus: dict[tuple[str, str, str, str], int] = field(default_factory=dict)
    emissions: dict[tuple[str, str], int] = field(default_factory=dict)
    attracted: dict[tuple[str, int, str], int] = field(default_factory=dict)
    debt: dict[tuple[str, str], int] = field(default_factory=dict)
    borrowed: dict[tuple[str, str], int] = field(default_factory=dict)
    repaid: dict[tuple[str, str], int] = field(default_factory=dict)
    sent: dict[tuple[int, str], int] = field(default_factory=dict)

    def units(self, measure: str, period: str) -> Affine:
        """Units of a measure started in a period."""
        if (measure, period) in self.amounts:
            return Affine(0.0, {self.amounts[measure, period]: 1.0})
        return Affine(float(self.choice.starts.get((measure, period), 0)), {})

    def built(self, measure: str, period: str) -> Affine:
        """Units of a measure that serve in a period."""
        starts = self.case.measures[measure].starts
        return add(*((1.0, self.units(measure, o.period)) for o in starts if period in o.serves))

    def jobs(self, park: str, period: str) -> Affine:
        """Productive jobs of a park, all its phases together."""
        return Affine(0.0, {k: 1.0 for (p, _, t), k in self.productive.items() if (p, t) == (park, period)})

    def serves(self, measure: str, period: str) -> bool:
        """Whether one whole unit serves."""
        return measure in self.choice.serving(self.case, period)

    def years(self, period: str) -> int:
        """Calendar years of a period."""
        return next(p.years for p in self.case.periods if p.id == period)

    def minutes_within(self, a: str, b: str, minutes: float, period: str) -> bool:
        """Whether some open route leads from one city to another within so many minutes, door to door."""
        place = list(self.case.cities)
        return bool(self.away[period][place.index(a), place.index(b)] <= hundredths(minutes))


def some(column: int, times: float = 1.0) -> Affine:
    """One column as a sum."""
    return Affine(0.0, {column: times})
