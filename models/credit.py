"""Credit: what lines borrow and repay with interest, and what one line may send another while a policy permits it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.instance import Parameters, nothing


@dataclass(frozen=True)
class Credit(Parameters):
    """Limits of debts and transfers, in money_scale."""

    debt_limit: Mapping[tuple[str, str], float] = nothing()  # (l, t) -> most debt at the end of t
    debt_growth: Mapping[tuple[str, str], float] = nothing()  # g: (l, t) -> (1 + interest) ^ years of t
    transfer_limit: Mapping[tuple[str, str, str, str], float] = nothing()  # (policy q, from l, to l', t)


def declare(m: Any) -> None:
    """Money borrowed, repaid and owed; money sent."""
    own: Credit = m.given[Credit]
    m.decide("Borrowed", own.debt_limit, "what line l borrows in t", debt_bounds)
    m.decide("Repaid", own.debt_limit, "what line l repays in t, with interest")
    m.decide("Debt", own.debt_limit, "what line l owes at the end of t", debt_bounds)
    m.decide("Sent", own.transfer_limit, "what line l sends line l' in t by policy q", sent_bounds)
    m.express("Interest", own.debt_limit, interest)


def debt_bounds(m: Any, l: str, t: str) -> tuple[float, float]:
    """No more debt than the limit: none at the end of the last period."""
    return 0, m.given[Credit].debt_limit[l, t]


def sent_bounds(m: Any, q: str, l: str, k: str, t: str) -> tuple[float, float]:
    """No more than the share of the sender's amount."""
    return 0, m.given[Credit].transfer_limit[q, l, k, t]


def owed_before(m: Any, l: str, t: str) -> Any:
    """Debt at the end of the period before."""
    position = m.given.periods.index(t)
    return m.Debt[l, m.given.periods[position - 1]] if position else 0


def interest(m: Any, l: str, t: str) -> Any:
    r"""Interest of a period on the debt at its beginning.

    .. math:: \mathit{Interest}_{lt} = (g_{lt} - 1)\, \mathit{Debt}_{l,t-1}
    """
    return (m.given[Credit].debt_growth[l, t] - 1) * owed_before(m, l, t)


def received(m: Any, l: str, t: str) -> Any:
    """What other lines send a line."""
    return sum(m.Sent[place] for place in m.given[Credit].transfer_limit if place[2] == l and place[3] == t)


def sent(m: Any, l: str, t: str) -> Any:
    """What a line sends others."""
    return sum(m.Sent[place] for place in m.given[Credit].transfer_limit if place[1] == l and place[3] == t)


def net_credit(m: Any, l: str, t: str) -> Any:
    """What a line has more by borrowing and transfers, less what it repays and sends."""
    return received(m, l, t) + m.entry("Borrowed", l, t) - sent(m, l, t) - m.entry("Repaid", l, t)


def constrain(m: Any) -> None:
    """Rows of credit."""
    own: Credit = m.given[Credit]
    m.state(debt_carries_interest, own.debt_limit)
    m.state(sent_only_while_permitted, own.transfer_limit)
    m.state(received_money_is_spent, dict.fromkeys((k, t) for _, _, k, t in own.transfer_limit))


def debt_carries_interest(m: Any, l: str, t: str) -> Any:
    r"""Debt is that of the period before with interest, and what is borrowed less what is repaid.

    .. math:: \mathit{Debt}_{lt} = g_{lt}\, \mathit{Debt}_{l,t-1} + \mathit{Borrowed}_{lt} - \mathit{Repaid}_{lt}
              \quad \forall l, t
    """
    grown = m.given[Credit].debt_growth[l, t] * owed_before(m, l, t)
    return m.Debt[l, t] == grown + m.Borrowed[l, t] - m.Repaid[l, t]


def sent_only_while_permitted(m: Any, q: str, l: str, k: str, t: str) -> Any:
    r"""A line sends money only while the policy that permits it serves.

    .. math:: \mathit{Sent}_{qll't} \le \mathit{limit}_{qll't}\, \mathit{Serves}_{qt} \quad \forall q, l, l', t
    """
    return m.Sent[q, l, k, t] <= m.given[Credit].transfer_limit[q, l, k, t] * m.Serves[q, t]


def received_money_is_spent(m: Any, l: str, t: str) -> Any:
    r"""Money received is paid out in the same period: it is not kept, sent on, or used to repay debt.

    .. math:: \sum_{q,l'} \mathit{Sent}_{ql'lt} \le \mathit{LinePays}_{lt} \quad \forall l, t
    """
    return received(m, l, t) <= m.LinePays[l, t] + m.Never
