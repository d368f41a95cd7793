"""Evenness: which city stays short is not fixed by the goals, so a plan's figures take the most even split.

Used by the evaluation only; the search for decisions leaves these rows and columns out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.gaps import Gaps
from models.instance import Instance, Parameters, nothing

PIECES = 10


@dataclass(frozen=True)
class Evenness(Parameters):
    """What the evenest split weighs."""

    evenness_weight: Mapping[tuple[str, str, str], float] = nothing()  # (x, i, t), adding to 1


def declare(m: Any) -> None:
    """Each gap, cut into pieces of a tenth."""
    given: Instance = m.given
    pieces = [(*place, k) for place in given.gaps for k in range(PIECES)]
    m.decide("GapPiece", pieces, "the k-th tenth of a gap, 0..0.1 (evaluation only)", widest)


def widest(m: Any, x: str, i: str, t: str, k: int) -> tuple[float, float]:
    """A tenth; the last one has what a gap could be beyond the whole."""
    beyond = m.given[Gaps].most_gap.get((x, i, t), 1.0) - 1.0 if k == PIECES - 1 else 0.0
    return 0, 1 / PIECES + beyond


def constrain(m: Any) -> None:
    """Rows and objective of evenness."""
    m.state(gap_is_the_sum_of_its_pieces, m.given.gaps)
    m.minimise(evenness)


def gap_is_the_sum_of_its_pieces(m: Any, x: str, i: str, t: str) -> Any:
    r"""A gap is the sum of its pieces.

    .. math:: \mathit{Gap}_{xit} = \sum_{k} \mathit{GapPiece}_{xitk} \quad \forall x, i, t
    """
    return m.Gap[x, i, t] == sum(m.GapPiece[x, i, t, k] for k in range(PIECES))


def evenness(m: Any) -> Any:
    r"""The weighted sum of squared gaps, in ten linear pieces: the k-th tenth of a gap weighs 2k + 1.

    .. math:: \min \sum_{x,i,t} w_{xit} \sum_{k=0}^{9} \frac{2k + 1}{10}\, \mathit{GapPiece}_{xitk}
    """
    weight = m.given[Evenness].evenness_weight
    return sum(weight.get((x, i, t), 0.0) * (2 * k + 1) / PIECES * m.GapPiece[x, i, t, k] for x, i, t, k in m.GapPiece)
