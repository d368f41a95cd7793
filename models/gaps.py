"""Gaps: one number from 0 (standard met) to 1 for every indicator, city and period, and the promises about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.instance import Gap, Parameters, nothing
from models.measures import started


@dataclass(frozen=True)
class Gaps(Parameters):
    """Promises about gaps."""

    gap_limit: Mapping[tuple[str, str, str], float] = nothing()  # no_city_loses: (x, i, t) -> gap without the plan
    target_gap: Mapping[tuple[str, str, str, str], float] = nothing()  # (target id, x, i, t) -> largest gap
    gate: Mapping[tuple[str, str, str, str, str], float] = nothing()  # (gate, a, x, i, u) -> largest gap
    grown: Mapping[Gap, tuple[tuple[str, float], ...]] = nothing()  # (x, i, t) -> (a, share more to meet by a serving unit)
    most_gap: Mapping[Gap, float] = nothing()  # (x, i, t) -> largest gap there can be, where moves could make it above 1
    least_size: Mapping[Gap, float] = nothing()  # (x, i, t) -> least size, where moves could make it below 1


def declare(m: Any) -> None:
    """The gap of each indicator in each city and period."""
    m.decide("Gap", m.given.gaps, "gap of indicator x in city i, period t: 0 = standard met, 1 = nothing is", gap_bounds)


def gap_bounds(m: Any, x: str, i: str, t: str) -> tuple[float, float]:
    """Up to the whole; beyond it where people who move in could need more than is needed without them."""
    return 0, m.given[Gaps].most_gap.get((x, i, t), 1)


def size(m: Any, x: str, i: str, t: str) -> Any:
    r"""What there is to meet, in times of what there is without any move: 1 where nobody moves.

    Gaps are shares of what there is without moves, so that goals are linear; promises are about true shares, which are the
    gap in times of this.

    .. math:: \mathit{size}_{xit} = 1 + \sum_{a} \mathit{grown}_{xita}\, \mathit{Serves}_{at}
    """
    moving = m.given[Gaps].grown.get((x, i, t), ())
    return 1 + sum(share * m.Serves[a, t] for a, share in moving) if moving else 1


def constrain(m: Any) -> None:
    """Promises about gaps."""
    own: Gaps = m.given[Gaps]
    m.state(no_city_loses, own.gap_limit, promise=True)
    m.state(target_is_met, own.target_gap, promise=True)
    m.state(gate_is_open, own.gate, promise=True)


def no_city_loses(m: Any, x: str, i: str, t: str) -> Any:
    r"""No gap is larger than it is without the plan, as a share of what there is to meet then.

    .. math:: \mathit{Gap}_{xit} \le \mathit{gap}^{0}_{xit}\, \mathit{size}_{xit} \quad \forall x, i, t
    """
    return m.Gap[x, i, t] <= m.given[Gaps].gap_limit[x, i, t] * size(m, x, i, t)


def target_is_met(m: Any, target: str, x: str, i: str, t: str) -> Any:
    r"""A target in the indicator's own unit, read as the largest gap it allows.

    .. math:: \mathit{Gap}_{xit} \le \mathit{target}_{xit}\, \mathit{size}_{xit} \quad \forall \text{ targets}
    """
    return m.Gap[x, i, t] <= m.given[Gaps].target_gap[target, x, i, t] * size(m, x, i, t)


def gate_is_open(m: Any, gate: str, a: str, x: str, i: str, u: str) -> Any:
    r"""Units of a measure start only where, and when, the gap that its gate asks about is small enough.

    .. math:: \mathit{Gap}_{xiu} \le g\, \mathit{size}_{xiu} + (\mathit{most\_gap}_{xiu} - g\, \mathit{least\_size}_{xiu})
              (1 - \mathit{Started}_{au}) \quad \forall \text{ gates}, a, x, i, u
    """
    own, place = m.given[Gaps], (x, i, u)
    largest = own.gate[gate, a, x, i, u]
    beyond = own.most_gap.get(place, 1) - largest * own.least_size.get(place, 1)
    return m.Gap[x, i, u] <= largest * size(m, x, i, u) + beyond * (1 - started(m, a, u))
