"""Credit: what lines borrow, and repay with interest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.instance import Parameters, nothing


@dataclass(frozen=True)
class Credit(Parameters):
    """Limits of debts, in money_scale."""

    debt_limit: Mapping[tuple[str, str], float] = nothing()  # (l, t) -> most debt at the end of t
    debt_growth: Mapping[tuple[str, str], float] = nothing()  # g: (l, t) -> (1 + interest) ^ years of t


def declare(m: Any) -> None:
    """Money borrowed, repaid and owed."""
    own: Credit = m.given[Credit]
    m.decide("Borrowed", own.debt_limit, "what line l borrows in t", debt_bounds)
    m.decide("Repaid", own.debt_limit, "what line l repays in t, with interest")
    m.decide("Debt", own.debt_limit, "what line l owes at the end of t", debt_bounds)
    m.express("Interest", own.debt_limit, interest)


def debt_bounds(m: Any, l: str, t: str) -> tuple[float, float]:
    """No more debt than the limit: none at the end of the last period."""
    return 0, m.given[Credit].debt_limit[l, t]


def owed_before(m: Any, l: str, t: str) -> Any:
    """Debt at the end of the period before."""
    position = m.given.periods.index(t)
    return m.Debt[l, m.given.periods[position - 1]] if position else 0


def interest(m: Any, l: str, t: str) -> Any:
    r"""Interest of a period on the debt at its beginning.

    .. math:: \mathit{Interest}_{lt} = (g_{lt} - 1)\, \mathit{Debt}_{l,t-1}
    """
    return (m.given[Credit].debt_growth[l, t] - 1) * owed_before(m, l, t)


def constrain(m: Any) -> None:
    """Rows of credit."""
    own: Credit = m.given[Credit]
    m.state(debt_carries_interest, own.debt_limit)


def debt_carries_interest(m: Any, l: str, t: str) -> Any:
    r"""Debt is that of the period before with interest, and what is borrowed less what is repaid.

    .. math:: \mathit{Debt}_{lt} = g_{lt}\, \mathit{Debt}_{l,t-1} + \mathit{Borrowed}_{lt} - \mathit{Repaid}_{lt}
              \quad \forall l, t
    """
    grown = m.given[Credit].debt_growth[l, t] * owed_before(m, l, t)
    return m.Debt[l, t] == grown + m.Borrowed[l, t] - m.Repaid[l, t]
