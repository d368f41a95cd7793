"""Curve: what the first bit of a gap weighs, and what the last; a goal with a curve reads f(Gap) where others read Gap.

f *is* the piecewise linear function through (k / n, (k / n)^c) for k = 0 .. n, with n pieces and c > 1: 0 at no gap and 1 at
the whole. It is convex, so its cheapest pieces fill first, no binary is needed, and money goes where a gap is large before
it fills another to the brim. The power itself lies below it, by up to 1 / (4 n^2) for c = 2, and is used nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from models.gaps import Gaps
from models.instance import Gap, Parameters, nothing

ROUNDING = 1e-9  # of a piece: what is this close to where two meet is there


@dataclass(frozen=True)
class Curve:
    """A curve of so many pieces, all of the same width, through the powers of their ends."""

    exponent: float
    pieces: int

    @property
    def slopes(self) -> tuple[float, ...]:
        """What each piece of a gap weighs, the first bit first."""
        ends = [(k / self.pieces) ** self.exponent for k in range(self.pieces + 1)]
        return tuple((above - below) * self.pieces for below, above in pairwise(ends))

    def slope(self, gap: float) -> float:
        """What a little more of a gap of that size weighs; where two pieces meet, of the one above."""
        return self.slopes[min(int(gap * self.pieces + ROUNDING), self.pieces - 1)]

    def at(self, gap: float) -> float:
        """What a gap counts: its pieces by their slopes, the last one open upwards."""
        filled = ((slope, max(0.0, gap - k / self.pieces)) for k, slope in enumerate(self.slopes))
        *below, last = filled
        return sum(slope * min(part, 1.0 / self.pieces) for slope, part in below) + last[0] * last[1]


@dataclass(frozen=True)
class Curves(Parameters):
    """Which curves the goals have, and whose gaps they weigh."""

    curves: tuple[Curve, ...] = ()  # b
    curved: Mapping[int, tuple[Gap, ...]] = nothing()  # b -> (x, i, t) that a goal with this curve weighs


def declare(m: Any) -> None:
    """Each gap that a curve weighs, cut into its pieces."""
    own: Curves = m.given[Curves]
    pieces = [(b, *place, k) for b, places in own.curved.items() for place in places for k in range(own.curves[b].pieces)]
    m.decide("CurvePiece", pieces, "the k-th piece of a gap that curve b weighs, 0..1/n", widest)


def widest(m: Any, b: int, x: str, i: str, t: str, k: int) -> tuple[float, float]:
    """A piece is no wider than its part of the whole gap; the last one has what a gap could be beyond the whole."""
    pieces = m.given[Curves].curves[b].pieces
    beyond = m.given[Gaps].most_gap.get((x, i, t), 1.0) - 1.0 if k == pieces - 1 else 0.0
    return 0.0, 1.0 / pieces + beyond


def constrain(m: Any) -> None:
    """Rows of the curves."""
    own: Curves = m.given[Curves]
    m.state(gap_is_the_sum_of_its_curve_pieces, ((b, *place) for b, places in own.curved.items() for place in places))


def gap_is_the_sum_of_its_curve_pieces(m: Any, b: int, x: str, i: str, t: str) -> Any:
    r"""A gap is the sum of its pieces.

    .. math:: \mathit{Gap}_{xit} = \sum_{k} \mathit{CurvePiece}_{bxitk} \quad \forall b, x, i, t
    """
    return m.Gap[x, i, t] == sum(m.CurvePiece[b, x, i, t, k] for k in range(m.given[Curves].curves[b].pieces))


def weighed(m: Any, b: int | None, x: str, i: str, t: str) -> Any:
    r"""What counts of a gap in a goal: f(Gap), each piece by its slope; without a curve the gap itself.

    .. math:: f_{b}(\mathit{Gap}_{xit}) = \sum_{k} n_{b} \left( \left( \tfrac{k + 1}{n_{b}} \right)^{c_{b}}
              - \left( \tfrac{k}{n_{b}} \right)^{c_{b}} \right) \mathit{CurvePiece}_{bxitk}
    """
    if b is None:
        return m.Gap[x, i, t]
    return sum(slope * m.CurvePiece[b, x, i, t, k] for k, slope in enumerate(m.given[Curves].curves[b].slopes))
