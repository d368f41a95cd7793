"""Money: every cost is paid in full, each period's by lines that may, and no line pays more than it holds."""

from __future__ import annotations

from typing import Any

import pyomo.environ as pyo

from models.credit import net_credit
from models.instance import Instance
from models.writing import entry, express, state


def declare(m: Any) -> None:
    """Costs, payments where there is a choice of payer, and money kept for later."""
    given: Instance = m.given
    m.cost_starts = cost_starts(given)
    attracted = [(a, q, t) for a, q in given.attracts for t in given.periods if (a, "capital", t) in m.cost_starts]
    m.Attracted = pyo.Var(
        attracted, domain=pyo.NonNegativeReals, doc="capital of a that policy q brings investors to pay in t"
    )
    express(m, "Price", m.cost_starts, price)
    express(m, "Cost", m.cost_starts, cost)
    m.purse_costs = {
        (q, t): [(a, kind) for a, kind in purse.costs if (a, kind, t) in m.cost_starts]
        for q, purse in given.purses.items()
        for t in given.periods
    }
    paid = [(q, l, t) for (q, t), costs in m.purse_costs.items() if costs for l in given.purses[q].lines]
    m.Pay = pyo.Var(paid, domain=pyo.NonNegativeReals, doc="what line l pays of purse q in t")
    kept = [(l, t) for l in given.lines if l in given.carry_over for t in given.periods[:-1]]
    m.Carry = pyo.Var(kept, domain=pyo.NonNegativeReals, doc="what line l keeps from t for the next period")
    fixed: dict[tuple[str, str], list[tuple[str, str, float]]] = {}
    for (a, kind, l), share in given.fixed_share.items():
        for t in given.periods:
            if (a, kind, t) in m.cost_starts:
                fixed.setdefault((l, t), []).append((a, kind, share))
    m.fixed_costs = fixed
    express(m, "LinePays", ((l, t) for l in given.lines for t in given.periods), line_pays)


def cost_starts(given: Instance) -> dict[tuple[str, str, str], list[tuple[str, float]]]:
    """(measure, kind, t) -> (start, cost of a unit in t): where a cost can arise at all."""
    found: dict[tuple[str, str, str], list[tuple[str, float]]] = {}
    for (a, kind, u, t), money in given.cost.items():
        found.setdefault((a, kind, t), []).append((u, money))
    return found


def price(m: Any, a: str, kind: str, t: str) -> Any:
    r"""What is to be paid for a measure in a period, capital or running, beside what investors pay by themselves.

    .. math:: \mathit{Price}_{akt} = \sum_{u} \mathit{cost}_{akut}\, \mathit{Start}_{au}
    """
    return sum(money * m.Start[a, u] for u, money in m.cost_starts[a, kind, t])


def cost(m: Any, a: str, kind: str, t: str) -> Any:
    r"""What a measure costs the public in a period: its price, less the capital that policies attract.

    .. math:: \mathit{Cost}_{akt} = \mathit{Price}_{akt} - \sum_{q \,:\, k = \text{capital}} \mathit{Attracted}_{aqt}
    """
    policies = (q for b, q in m.given.attracts if b == a and kind == "capital")
    return m.Price[a, kind, t] - sum(m.Attracted[a, q, t] for q in policies)


def line_pays(m: Any, l: str, t: str) -> Any:
    r"""What a line pays in a period: its fixed shares, and its part of the purses it shares with other lines.

    .. math:: \mathit{LinePays}_{lt} = \sum_{a,k} \mathit{share}_{akl}\, \mathit{Cost}_{akt} + \sum_{q} \mathit{Pay}_{qlt}
    """
    fixed = sum(share * m.Cost[a, kind, t] for a, kind, share in m.fixed_costs.get((l, t), ()))
    return fixed + sum(m.Pay[q, l, t] for q in m.given.purses if (q, l, t) in m.Pay)


def constrain(m: Any) -> None:
    """Rows of money."""
    given: Instance = m.given
    state(m, attracted_within_its_share, m.Attracted)
    state(m, attracted_only_while_in_force, m.Attracted)
    state(m, every_cost_is_paid, (place for place, costs in m.purse_costs.items() if costs))
    state(m, within_largest_share, ((q, l, t) for q, l, t in m.Pay if given.purses[q].lines[l] < 1))
    state(m, within_line, ((l, t) for l in given.lines for t in given.periods))
    state(m, minimum_is_spent, given.minimum)


def attracted_within_its_share(m: Any, a: str, q: str, t: str) -> Any:
    r"""A policy brings investors to pay at most its share of a measure's capital.

    .. math:: \mathit{Attracted}_{aqt} \le \mathit{share}_{aq}\, \mathit{Price}_{a,\text{capital},t} \quad \forall a, q, t
    """
    return m.Attracted[a, q, t] <= m.given.attracts[a, q][0] * m.Price[a, "capital", t]


def attracted_only_while_in_force(m: Any, a: str, q: str, t: str) -> Any:
    r"""Investors pay more only while the policy serves.

    .. math:: \mathit{Attracted}_{aqt} \le \mathit{most}_{aqt}\, \mathit{Serves}_{qt} \quad \forall a, q, t
    """
    return m.Attracted[a, q, t] <= m.given.attracts[a, q][1].get(t, 0.0) * m.Serves[q, t]


def every_cost_is_paid(m: Any, q: str, t: str) -> Any:
    r"""The lines that share a purse pay all of its costs, in the period in which they arise.

    A purse holds the costs that the same lines may pay, with the same largest shares: which of them pays which measure
    changes no row, so only the totals are decided, and each cost is split like its purse.

    .. math:: \sum_{l} \mathit{Pay}_{qlt} = \sum_{(a,k) \in q} \mathit{Cost}_{akt} \quad \forall q, t
    """
    return sum(m.Pay[q, l, t] for l in m.given.purses[q].lines) == purse_cost(m, q, t)


def purse_cost(m: Any, q: str, t: str) -> Any:
    """All costs of a purse in a period."""
    return sum(m.Cost[a, kind, t] for a, kind in m.purse_costs[q, t])


def within_largest_share(m: Any, q: str, l: str, t: str) -> Any:
    r"""A line pays at most its largest share of a cost.

    .. math:: \mathit{Pay}_{qlt} \le \mathit{largest}_{l} \sum_{(a,k) \in q} \mathit{Cost}_{akt} \quad \forall q, l, t
    """
    return m.Pay[q, l, t] <= m.given.purses[q].lines[l] * purse_cost(m, q, t)


def within_line(m: Any, l: str, t: str) -> Any:
    r"""What a line pays, sends, repays and keeps stays within its amount, what it kept, received and borrowed, and its tax.

    Sent and received are the sums of the transfers from, and to, the line.

    .. math:: \mathit{LinePays}_{lt} + \mathit{Carry}_{lt} + \mathit{Sent}_{lt} + \mathit{Repaid}_{lt}
              \le \mathit{amount}_{lt} + \mathit{Carry}_{l,t-1} + \mathit{Received}_{lt}
              + \mathit{Borrowed}_{lt} + \mathit{TaxIn}_{lt}
              \quad \forall l, t
    """
    periods = m.given.periods
    position = periods.index(t)
    kept = entry(m.Carry, l, t)
    carried = entry(m.Carry, l, periods[position - 1]) if position else 0
    income = m.given.amount[l, t] + carried + net_credit(m, l, t) + entry(m.TaxIn, l, t)
    return m.LinePays[l, t] + kept + m.Never <= income


def minimum_is_spent(m: Any, l: str, t: str) -> Any:
    r"""A line pays at least its minimum; keeping money does not count.

    .. math:: \mathit{LinePays}_{lt} \ge \mathit{minimum}_{lt} \quad \forall l, t
    """
    return m.LinePays[l, t] + m.Never >= m.given.minimum[l, t]
