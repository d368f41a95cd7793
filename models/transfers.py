"""Transfers: what one budget line sends another while a policy permits it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.instance import Parameters, nothing


@dataclass(frozen=True)
class Transfers(Parameters):
    """Limits of transfers, in money_scale."""

    transfer_limit: Mapping[tuple[str, str, str, str], float] = nothing()  # (policy q, from l, to l', t)


def declare(m: Any) -> None:
    """Money sent."""
    m.decide("Sent", m.given[Transfers].transfer_limit, "what line l sends line l' in t by policy q", sent_bounds)


def sent_bounds(m: Any, q: str, l: str, k: str, t: str) -> tuple[float, float]:
    """No more than the share of the sender's amount."""
    return 0, m.given[Transfers].transfer_limit[q, l, k, t]


def received(m: Any, l: str, t: str) -> Any:
    """What other lines send a line."""
    return sum(m.Sent[place] for place in m.given[Transfers].transfer_limit if place[2] == l and place[3] == t)


def sent(m: Any, l: str, t: str) -> Any:
    """What a line sends others."""
    return sum(m.Sent[place] for place in m.given[Transfers].transfer_limit if place[1] == l and place[3] == t)


def constrain(m: Any) -> None:
    """Rows of transfers."""
    own: Transfers = m.given[Transfers]
    m.state(sent_only_while_permitted, own.transfer_limit)
    m.state(received_money_is_spent, dict.fromkeys((k, t) for _, _, k, t in own.transfer_limit))


def sent_only_while_permitted(m: Any, q: str, l: str, k: str, t: str) -> Any:
    r"""A line sends money only while the policy that permits it serves.

    .. math:: \mathit{Sent}_{qll't} \le \mathit{limit}_{qll't}\, \mathit{Serves}_{qt} \quad \forall q, l, l', t
    """
    return m.Sent[q, l, k, t] <= m.given[Transfers].transfer_limit[q, l, k, t] * m.Serves[q, t]


def received_money_is_spent(m: Any, l: str, t: str) -> Any:
    r"""Money received is paid out in the same period: it is not kept, sent on, or used to repay debt.

    .. math:: \sum_{q,l'} \mathit{Sent}_{ql'lt} \le \mathit{LinePays}_{lt} \quad \forall l, t
    """
    return received(m, l, t) <= m.LinePays[l, t] + m.Never
