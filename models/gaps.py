"""Gaps: one number from 0 (standard met) to 1 for every indicator, city and period, and the promises about them."""

from __future__ import annotations

from typing import Any

import pyomo.environ as pyo

from models.instance import Instance
from models.measures import started
from models.writing import state


def declare(m: Any) -> None:
    """The gap of each indicator in each city and period."""
    m.Gap = pyo.Var(list(m.given.gaps), bounds=(0, 1), doc="gap of indicator x in city i, period t: 0 = standard met, 1")


def constrain(m: Any) -> None:
    """Promises about gaps."""
    given: Instance = m.given
    state(m, no_city_loses, given.gap_limit)
    state(m, target_is_met, given.target_gap)
    state(m, gate_is_open, given.gate)


def no_city_loses(m: Any, x: str, i: str, t: str) -> Any:
    r"""No gap is larger than it is without the plan.

    .. math:: \mathit{Gap}_{xit} \le \mathit{gap}^{0}_{xit} \quad \forall x, i, t
    """
    return m.Gap[x, i, t] <= m.given.gap_limit[x, i, t]


def target_is_met(m: Any, target: str, x: str, i: str, t: str) -> Any:
    r"""A target in the indicator's own unit, read as the largest gap it allows.

    .. math:: \mathit{Gap}_{xit} \le \mathit{target}_{xit} \quad \forall \text{ targets}
    """
    return m.Gap[x, i, t] <= m.given.target_gap[target, x, i, t]


def gate_is_open(m: Any, gate: str, a: str, x: str, i: str, u: str) -> Any:
    r"""Units of a measure start only where, and when, the gap that its gate asks about is small enough.

    .. math:: \mathit{Gap}_{xiu} \le g + (1 - g) (1 - \mathit{Started}_{au}) \quad \forall \text{ gates}, a, x, i, u
    """
    largest = m.given.gate[gate, a, x, i, u]
    return m.Gap[x, i, u] <= largest + (1 - largest) * (1 - started(m, a, u))
