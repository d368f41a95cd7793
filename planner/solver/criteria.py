"""Criteria over scenarios: how the values of one plan in several futures make one figure. All are minimised."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

Criterion = Literal["expected", "worst", "regret", "cvar"]
CRITERIA: tuple[Criterion, ...] = get_args(Criterion)


def value_of(
    criterion: Criterion, values: Sequence[float], weights: Sequence[float], best: Sequence[float], share: float
) -> float:
    r"""What a criterion makes of a plan's values.

    .. math:: \text{expected: } \sum_{s} p_{s} v_{s}, \quad \text{worst: } \max_{s} v_{s}, \quad
              \text{regret: } \max_{s} (v_{s} - v_{s}^{*}), \quad
              \text{cvar: } \min_{e} \; e + \tfrac{1}{\alpha} \sum_{s} p_{s} \max(0, v_{s} - e)

    Parameters
    ----------
    values
        Of the first goal, a scenario each; all of one unit.
    weights
        Of the scenarios, adding to 1.
    best
        What the best plan for each scenario alone reaches; asked by regret only.
    share
        The share of the futures, from the worst, whose mean cvar is (Rockafellar and Uryasev, 2000).
    """
    if criterion == "expected":
        return sum(p * v for p, v in zip(weights, values, strict=True))
    if criterion == "worst":
        return max(values)
    if criterion == "regret":
        return max(v - b for v, b in zip(values, best, strict=True))
    return _mean_of_worst(values, weights, share)


def _mean_of_worst(values: Sequence[float], weights: Sequence[float], share: float) -> float:
    """The mean of the worst values that together weigh the share."""
    total, left = 0.0, share
    for v, p in sorted(zip(values, weights, strict=True), reverse=True):
        taken = min(p, left)
        total, left = total + taken * v, left - taken
    return total / (share - left)
