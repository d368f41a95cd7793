"""Gaps: one number from 0 (standard met) to 1 for every indicator, city and period, and the promises about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.instance import Parameters, nothing
from models.measures import started


@dataclass(frozen=True)
class Gaps(Parameters):
    """Promises about gaps."""

    gap_limit: Mapping[tuple[str, str, str], float] = nothing()  # no_city_loses: (x, i, t) -> gap without the plan
    target_gap: Mapping[tuple[str, str, str, str], float] = nothing()  # (target id, x, i, t) -> largest gap
    gate: Mapping[tuple[str, str, str, str, str], float] = nothing()  # (gate, a, x, i, u) -> largest gap


def declare(m: Any) -> None:
    """The gap of each indicator in each city and period."""
    m.decide("Gap", m.given.gaps, "gap of indicator x in city i, period t: 0 = standard met, 1", (0, 1))


def constrain(m: Any) -> None:
    """Promises about gaps."""
    own: Gaps = m.given[Gaps]
    m.state(no_city_loses, own.gap_limit, promise=True)
    m.state(target_is_met, own.target_gap, promise=True)
    m.state(gate_is_open, own.gate, promise=True)


def no_city_loses(m: Any, x: str, i: str, t: str) -> Any:
    r"""No gap is larger than it is without the plan.

    .. math:: \mathit{Gap}_{xit} \le \mathit{gap}^{0}_{xit} \quad \forall x, i, t
    """
    return m.Gap[x, i, t] <= m.given[Gaps].gap_limit[x, i, t]


def target_is_met(m: Any, target: str, x: str, i: str, t: str) -> Any:
    r"""A target in the indicator's own unit, read as the largest gap it allows.

    .. math:: \mathit{Gap}_{xit} \le \mathit{target}_{xit} \quad \forall \text{ targets}
    """
    return m.Gap[x, i, t] <= m.given[Gaps].target_gap[target, x, i, t]


def gate_is_open(m: Any, gate: str, a: str, x: str, i: str, u: str) -> Any:
    r"""Units of a measure start only where, and when, the gap that its gate asks about is small enough.

    .. math:: \mathit{Gap}_{xiu} \le g + (1 - g) (1 - \mathit{Started}_{au}) \quad \forall \text{ gates}, a, x, i, u
    """
    largest = m.given[Gaps].gate[gate, a, x, i, u]
    return m.Gap[x, i, u] <= largest + (1 - largest) * (1 - started(m, a, u))
