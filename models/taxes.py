"""Taxes: what parks earn returns to the line of the host, by the agreed share to that of the origin, a period later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from models.industry import Industry, jobs_in
from models.instance import Instance, Parameters, grouped, nothing

Phase = tuple[str, str, str]  # (park, period of its start, period)


@dataclass(frozen=True)
class Taxes(Parameters):
    """What a job earns which line, in money_scale."""

    tax: Mapping[tuple[str, str], float] = nothing()  # (p, t) -> tax of one productive job in t
    host_line: Mapping[str, str] = nothing()  # p -> line of the host that gets tax
    origin_line: Mapping[str, str] = nothing()  # p -> line of the origin that gets tax
    sharing: Mapping[Phase, tuple[str, float, float]] = nothing()  # (p, u, t) -> (policy q, share, most)
    moved_share: Mapping[str, float] = nothing()  # p -> share of its tax that its origin loses

    @cached_property
    def parks_of_line(self) -> Mapping[str, list[str]]:
        """l -> parks whose host or origin it is the line of."""
        both = dict.fromkeys((l, p) for lines in (self.host_line, self.origin_line) for p, l in lines.items())
        return grouped(both)


def declare(m: Any) -> None:
    """Shared tax, and what therefore reaches each line."""
    given: Instance = m.given
    own = given[Taxes]
    m.decide("SharedTax", own.sharing, "tax of t of the phases of p started in u that its origin gets")
    earning = given.periods[1:]
    m.express("TaxIn", ((l, t) for l in own.parks_of_line for t in earning), tax_in)


def earned(m: Any, p: str, t: str) -> Any:
    """Tax of a park in a period: it follows productive jobs, never units."""
    return m.given[Taxes].tax.get((p, t), 0.0) * jobs_in(m, p, t)


def shared(m: Any, p: str, t: str) -> Any:
    """What the origin of a park gets of its tax."""
    return sum(
        m.SharedTax[p, u, t] for u in m.given[Industry].phases_of.get((p, t), ()) if (p, u, t) in m.given[Taxes].sharing
    )


def tax_in(m: Any, l: str, t: str) -> Any:
    r"""Tax of the period before that reaches a line: as host less what is shared, as origin what is shared less what moved.

    .. math:: \mathit{TaxIn}_{lt} = \sum_{p \,:\, \mathit{host\_line}(p) = l} (\mathit{tax}_{p,t-1}
              \mathit{Productive}_{p,t-1} - \sum_{u} \mathit{SharedTax}_{pu,t-1})
              + \sum_{p \,:\, \mathit{origin\_line}(p) = l} (\sum_{u} \mathit{SharedTax}_{pu,t-1}
              - \mathit{moved}_{p}\, \mathit{tax}_{p,t-1} \mathit{Productive}_{p,t-1})
              \quad \forall l, t \text{ after the first}
    """
    given: Instance = m.given
    own = given[Taxes]
    before = given.periods[given.periods.index(t) - 1]
    total: Any = 0
    for p in own.parks_of_line[l]:
        if own.host_line.get(p) == l:
            total += earned(m, p, before) - shared(m, p, before)
        if own.origin_line.get(p) == l:
            total += shared(m, p, before) - own.moved_share.get(p, 0.0) * earned(m, p, before)
    return total


def constrain(m: Any) -> None:
    """Rows of taxes."""
    own: Taxes = m.given[Taxes]
    m.state(shared_tax_is_the_agreed_share, own.sharing)
    m.state(tax_is_shared_only_while_agreed, own.sharing)
    m.state(tax_is_shared_in_full_while_agreed, own.sharing)


def shared_tax_is_the_agreed_share(m: Any, p: str, u: str, t: str) -> Any:
    r"""The origin gets no more than the agreed share of the tax of the phases in the window.

    .. math:: \mathit{SharedTax}_{put} \le \mathit{share}_{p}\, \mathit{tax}_{pt}\, \mathit{Jobs}_{put} \quad \forall p, u, t
    """
    _, share, _ = m.given[Taxes].sharing[p, u, t]
    return m.SharedTax[p, u, t] <= share * m.given[Taxes].tax[p, t] * m.Jobs[p, u, t]


def tax_is_shared_only_while_agreed(m: Any, p: str, u: str, t: str) -> Any:
    r"""Without the agreement in force the origin gets nothing.

    .. math:: \mathit{SharedTax}_{put} \le \mathit{most}_{put}\, \mathit{Serves}_{qt}
              \quad \forall p, u, t, \; q = \mathit{sharing}(p)
    """
    q, _, most = m.given[Taxes].sharing[p, u, t]
    return m.SharedTax[p, u, t] <= most * m.Serves[q, t]


def tax_is_shared_in_full_while_agreed(m: Any, p: str, u: str, t: str) -> Any:
    r"""With the agreement in force the origin gets no less than the agreed share either: it is no choice.

    .. math:: \mathit{SharedTax}_{put} \ge \mathit{share}_{p}\, \mathit{tax}_{pt}\, \mathit{Jobs}_{put}
              - \mathit{most}_{put} (1 - \mathit{Serves}_{qt}) \quad \forall p, u, t, \; q = \mathit{sharing}(p)
    """
    q, share, most = m.given[Taxes].sharing[p, u, t]
    return m.SharedTax[p, u, t] >= share * m.given[Taxes].tax[p, t] * m.Jobs[p, u, t] - most * (1 - m.Serves[q, t])
