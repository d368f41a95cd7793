"""Shared money: what a line is given of money that the members of a programme share is a decision of the plan.

Its own amount is then nothing. The money of a period is there for it and, where the line carries over, for later ones.
Shares of the division are limits on all that a member is given, never on what it spends: else it would pad its spending.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.instance import Parameters, nothing, up_to
from models.money import Money


@dataclass(frozen=True)
class Shared(Parameters):
    """What lines may be given, in money_scale."""

    drawn_most: Mapping[tuple[str, str], float] = nothing()  # (l, t) -> shared money up to t; or of t alone
    drawn_in_all: Mapping[str, tuple[float, float]] = nothing()  # l -> least and most it is given over all periods


def declare(m: Any) -> None:
    """What lines are given."""
    m.decide("Drawn", m.given[Shared].drawn_most, "what line l is given in t of the money that members of a programme share")


def constrain(m: Any) -> None:
    """Rows of shared money."""
    own: Shared = m.given[Shared]
    m.state(drawn_within_the_shared_money, own.drawn_most)
    m.state(drawn_at_least_its_share, own.drawn_in_all)
    m.state(drawn_at_most_its_share, own.drawn_in_all)


def drawn_within_the_shared_money(m: Any, l: str, t: str) -> Any:
    r"""A line is given no more than all the shared money there is: up to the period, or of it alone without carry-over.

    .. math:: \sum_{t' \le t} \mathit{Drawn}_{lt'} \le \mathit{drawn\_most}_{lt} \quad \forall l, t
              \qquad (\text{without carry-over } t' = t)
    """
    given = m.given
    until = up_to(given.periods, t, l in given[Money].carry_over)
    return sum(m.Drawn[l, earlier] for earlier in until) <= given[Shared].drawn_most[l, t]


def drawn_at_least_its_share(m: Any, l: str) -> Any:
    r"""A line is given its least share, whether or not it spends it.

    .. math:: \sum_{t} \mathit{Drawn}_{lt} \ge \underline{\mathit{drawn\_in\_all}}_{l} \quad \forall l
    """
    return sum(m.Drawn[l, t] for t in m.given.periods) >= m.given[Shared].drawn_in_all[l][0]


def drawn_at_most_its_share(m: Any, l: str) -> Any:
    r"""A line is given no more than its largest share.

    .. math:: \sum_{t} \mathit{Drawn}_{lt} \le \overline{\mathit{drawn\_in\_all}}_{l} \quad \forall l
    """
    return sum(m.Drawn[l, t] for t in m.given.periods) <= m.given[Shared].drawn_in_all[l][1]
