"""Taxes: what parks earn returns to the line of the host, by the agreed share to that of the origin, a period later."""

from __future__ import annotations

from typing import Any

import pyomo.environ as pyo

from models.industry import jobs_in
from models.instance import Instance
from models.writing import express, state


def declare(m: Any) -> None:
    """Shared tax, and what therefore reaches each line."""
    given: Instance = m.given
    m.SharedTax = pyo.Var(
        list(given.sharing), domain=pyo.NonNegativeReals, doc="tax of t of the phases of p started in u that its origin gets"
    )
    m.parks_by_line = {}
    for lines in (given.host_line, given.origin_line):
        for p, l in lines.items():
            m.parks_by_line.setdefault(l, {})[p] = None
    earning = given.periods[1:]
    express(m, "TaxIn", ((l, t) for l in m.parks_by_line for t in earning), tax_in)


def earned(m: Any, p: str, t: str) -> Any:
    """Tax of a park in a period: it follows productive jobs, never units."""
    return m.given.tax.get((p, t), 0.0) * jobs_in(m, p, t)


def shared(m: Any, p: str, t: str) -> Any:
    """What the origin of a park gets of its tax."""
    return sum(m.SharedTax[p, u, t] for u in m.phases_of.get((p, t), ()) if (p, u, t) in m.given.sharing)


def tax_in(m: Any, l: str, t: str) -> Any:
    r"""Tax of the period before that reaches a line: as host less what is shared, as origin what is shared less what moved.

    .. math:: \mathit{TaxIn}_{lt} = \sum_{p \,:\, \mathit{host\_line}(p) = l} (\mathit{tax}_{p,t-1}
              \mathit{Productive}_{p,t-1} - \sum_{u} \mathit{SharedTax}_{pu,t-1})
              + \sum_{p \,:\, \mathit{origin\_line}(p) = l} (\sum_{u} \mathit{SharedTax}_{pu,t-1}
              - \mathit{moved}_{p}\, \mathit{tax}_{p,t-1} \mathit{Productive}_{p,t-1})
              \quad \forall l, t \text{ after the first}
    """
    given: Instance = m.given
    before = given.periods[given.periods.index(t) - 1]
    total: Any = 0
    for p in m.parks_by_line[l]:
        if given.host_line.get(p) == l:
            total += earned(m, p, before) - shared(m, p, before)
        if given.origin_line.get(p) == l:
            total += shared(m, p, before) - given.moved_share.get(p, 0.0) * earned(m, p, before)
    return total


def constrain(m: Any) -> None:
    """Rows of taxes."""
    given: Instance = m.given
    state(m, shared_tax_is_the_agreed_share, given.sharing)
    state(m, tax_is_shared_only_while_agreed, given.sharing)
    state(m, tax_is_shared_in_full_while_agreed, given.sharing)


def shared_tax_is_the_agreed_share(m: Any, p: str, u: str, t: str) -> Any:
    r"""The origin gets no more than the agreed share of the tax of the phases in the window.

    .. math:: \mathit{SharedTax}_{put} \le \mathit{share}_{p}\, \mathit{tax}_{pt}\, \mathit{Jobs}_{put} \quad \forall p, u, t
    """
    _, share, _ = m.given.sharing[p, u, t]
    return m.SharedTax[p, u, t] <= share * m.given.tax[p, t] * m.Jobs[p, u, t]


def tax_is_shared_only_while_agreed(m: Any, p: str, u: str, t: str) -> Any:
    r"""Without the agreement in force the origin gets nothing.

    .. math:: \mathit{SharedTax}_{put} \le \mathit{most}_{put}\, \mathit{Serves}_{qt}
              \quad \forall p, u, t, \; q = \mathit{sharing}(p)
    """
    q, _, most = m.given.sharing[p, u, t]
    return m.SharedTax[p, u, t] <= most * m.Serves[q, t]


def tax_is_shared_in_full_while_agreed(m: Any, p: str, u: str, t: str) -> Any:
    r"""With the agreement in force the origin gets no less than the agreed share either: it is no choice.

    .. math:: \mathit{SharedTax}_{put} \ge \mathit{share}_{p}\, \mathit{tax}_{pt}\, \mathit{Jobs}_{put}
              - \mathit{most}_{put} (1 - \mathit{Serves}_{qt}) \quad \forall p, u, t, \; q = \mathit{sharing}(p)
    """
    q, share, most = m.given.sharing[p, u, t]
    return m.SharedTax[p, u, t] >= share * m.given.tax[p, t] * m.Jobs[p, u, t] - most * (1 - m.Serves[q, t])
