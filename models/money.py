"""Money: every cost is paid in full, each period's by lines that may, and no line pays more than it holds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from models.instance import Instance, Parameters, grouped, nothing
from models.services import Use
from models.transfers import received, sent

Costs = tuple[str, str, str]  # (measure, kind of cost, period)
Fees = tuple[str, str, str]  # (jurisdiction y of the users, policy q or "", period)
Attracts = tuple[float, Mapping[str, float]]  # (share of the price, the most money by period)


@dataclass(frozen=True)
class Purse:
    """Costs that the same lines share freely, with the same largest shares and reserves: only the totals matter to any row.

    Attributes
    ----------
    costs
        (measure, kind of cost) pairs in the purse.
    lines
        Line -> largest share of each cost it may pay.
    users
        Jurisdictions whose use of services at a price it pays.
    """

    costs: tuple[tuple[str, str], ...]
    lines: Mapping[str, float]
    users: tuple[str, ...] = ()


@dataclass(frozen=True)
class Money(Parameters):
    """Costs, payers and lines, in money_scale."""

    lines: tuple[str, ...] = ()  # budget lines l
    money_scale: float = 1.0  # costs, amounts and minima here x money_scale = the case's unit
    cost: Mapping[tuple[str, str, str, str], float] = nothing()  # (a, kind, u, t): of one unit started in u, paid in t
    fixed_share: Mapping[tuple[str, str, str], float] = nothing()  # (a, kind, l): share the line pays of that cost
    purses: Mapping[str, Purse] = nothing()  # q -> costs that the same lines share freely
    fee: Mapping[Use, float] = nothing()  # (s, i, j, t, q) -> what a unit of that use costs in all years of t
    users: Mapping[str, str] = nothing()  # i -> jurisdiction y that pays what its people use
    fee_line: Mapping[str, str] = nothing()  # y -> line that pays it, where only one does
    amount: Mapping[tuple[str, str], float] = nothing()  # (l, t) -> money of the line in the period
    minimum: Mapping[tuple[str, str], float] = nothing()  # (l, t) -> least payments, above 0 only
    carry_over: frozenset[str] = frozenset()  # lines that keep what is left for the next period
    attracts: Mapping[tuple[str, str], Attracts] = nothing()  # (a, policy q) -> (share, most by period)
    reserve: Mapping[tuple[str, str, str, str], float] = nothing()  # (a, kind, l, t) -> share kept free, above 0 only
    reserve_of_use: Mapping[tuple[str, str], float] = nothing()  # (l, t) -> the same of what it pays for use at a price

    @cached_property
    def cost_starts(self) -> Mapping[Costs, list[tuple[str, float]]]:
        """(a, kind, t) -> (start, cost of a unit in t): where a cost can arise at all."""
        return grouped(((a, kind, t), (u, money)) for (a, kind, u, t), money in self.cost.items())

    @cached_property
    def fixed_costs(self) -> Mapping[tuple[str, str], list[tuple[str, str, float]]]:
        """(l, t) -> (a, kind, share that the line pays)."""
        periods = grouped(((a, kind), t) for a, kind, t in self.cost_starts)
        shares = self.fixed_share.items()
        return grouped(((l, t), (a, kind, share)) for (a, kind, l), share in shares for t in periods.get((a, kind), ()))

    @cached_property
    def attracting(self) -> Mapping[str, list[str]]:
        """a -> policies that bring investors to pay of its capital."""
        return grouped(self.attracts)

    @cached_property
    def fees(self) -> Mapping[Fees, list[Use]]:
        """(y, q, t) -> uses of its people that have a price."""
        return grouped(((self.users[use[1]], use[4], use[3]), use) for use in self.fee)

    @cached_property
    def fees_of(self) -> Mapping[tuple[str, str], list[Fees]]:
        """(y, t) -> fees of its people."""
        return grouped(((y, t), (y, q, t)) for y, q, t in self.fees)

    @cached_property
    def keeping(self) -> frozenset[tuple[str, str]]:
        """(l, t) in which a line keeps money free for any cost."""
        return frozenset((l, t) for _, _, l, t in self.reserve) | frozenset(self.reserve_of_use)

    def purse_reserve(self, q: str, l: str, t: str) -> float:
        """The share of its payments from a purse that a line keeps free: the same for all that is in it."""
        if not self.purses[q].costs:
            return self.reserve_of_use.get((l, t), 0.0)
        return self.reserve.get((*self.purses[q].costs[0], l, t), 0.0)

    def in_purse(self, q: str, t: str) -> list[tuple[str, str]]:
        """The costs of a purse that can arise in a period."""
        return [(a, kind) for a, kind in self.purses[q].costs if (a, kind, t) in self.cost_starts]

    def fees_in_purse(self, q: str, t: str) -> list[Fees]:
        """The fees of a purse that can arise in a period."""
        return [fee for y in self.purses[q].users for fee in self.fees_of.get((y, t), ())]

    def is_due(self, q: str, t: str) -> bool:
        """Whether anything of a purse can arise in a period."""
        return bool(self.in_purse(q, t) or self.fees_in_purse(q, t))


def declare(m: Any) -> None:
    """Costs, payments where there is a choice of payer, and money kept for later."""
    given: Instance = m.given
    own, periods = given[Money], given.periods
    attracted = [(a, q, t) for a, q in own.attracts for t in periods if (a, "capital", t) in own.cost_starts]
    m.decide("Attracted", attracted, "capital of a that policy q brings investors to pay in t")
    m.express("Price", own.cost_starts, price)
    m.express("Cost", own.cost_starts, cost)
    m.express("Fee", own.fees, fee)
    paid = [(q, l, t) for q, purse in own.purses.items() for t in periods if own.is_due(q, t) for l in purse.lines]
    m.decide("Pay", paid, "what line l pays of purse q in t")
    kept = [(l, t) for l in own.lines if l in own.carry_over for t in periods[:-1]]
    m.decide("Carry", kept, "what line l keeps from t for the next period")
    m.express("LinePays", ((l, t) for l in own.lines for t in periods), line_pays)
    m.express("Reserved", ((l, t) for l in own.lines for t in periods if (l, t) in own.keeping), reserved)


def price(m: Any, a: str, kind: str, t: str) -> Any:
    r"""What is to be paid for a measure in a period, capital or running, beside what investors pay by themselves.

    .. math:: \mathit{Price}_{akt} = \sum_{u} \mathit{cost}_{akut}\, \mathit{Start}_{au}
    """
    return sum(money * m.Start[a, u] for u, money in m.given[Money].cost_starts[a, kind, t])


def cost(m: Any, a: str, kind: str, t: str) -> Any:
    r"""What a measure costs the public in a period: its price, less the capital that policies attract.

    .. math:: \mathit{Cost}_{akt} = \mathit{Price}_{akt} - \sum_{q \,:\, k = \text{capital}} \mathit{Attracted}_{aqt}
    """
    policies = m.given[Money].attracting.get(a, ()) if kind == "capital" else ()
    return m.Price[a, kind, t] - sum(m.Attracted[a, q, t] for q in policies)


def fee(m: Any, y: str, q: str, t: str) -> Any:
    r"""What use at a price costs in a period the jurisdiction whose people it is: received by no line.

    It is a cost beyond what the provider pays to run it; a line that received it would send money without limit.

    .. math:: \mathit{Fee}_{yqt} = \mathit{years}_{t}
              \sum_{s,\, i \in y,\, j} \mathit{price}_{sijtq}\, \mathit{ServePriced}_{sijtq}
    """
    return sum(m.given[Money].fee[use] * m.ServePriced[use] for use in m.given[Money].fees[y, q, t])


def line_pays(m: Any, l: str, t: str) -> Any:
    r"""What a line pays in a period: its fixed shares, its part of the purses it shares, and what its holder's people use.

    .. math:: \mathit{LinePays}_{lt} = \sum_{a,k} \mathit{share}_{akl}\, \mathit{Cost}_{akt} + \sum_{q} \mathit{Pay}_{qlt}
              + \sum_{y \,:\, \mathit{fee\_line}(y) = l} \sum_{q} \mathit{Fee}_{yqt}
    """
    own: Money = m.given[Money]
    fixed = sum(share * m.Cost[a, kind, t] for a, kind, share in own.fixed_costs.get((l, t), ()))
    paid = fixed + sum(m.Pay[q, l, t] for q in own.purses if (q, l, t) in m.Pay)
    fees = [m.Fee[fee] for y, line in own.fee_line.items() if line == l for fee in own.fees_of.get((y, t), ())]
    return paid + sum(fees) if fees else paid


def spent_on(m: Any, measures: Collection[str], periods: Collection[str] | None = None) -> Any:
    """What some measures cost in some periods, or in all, with the fees of the use that they open."""
    own, chosen = m.given[Money], set(measures)

    def counts(a: str, t: str) -> bool:
        return a in chosen and (periods is None or t in periods)

    spent = sum(m.Cost[a, kind, t] for a, kind, t in own.cost_starts if counts(a, t))
    fees = [m.Fee[y, q, t] for y, q, t in own.fees if counts(q, t)]
    return spent + sum(fees) if fees else spent


def reserved(m: Any, l: str, t: str) -> Any:
    r"""What a line keeps free in a period: of each cost the share of what it pays that its reserve asks for.

    .. math:: \mathit{Reserved}_{lt} = \sum_{a,k} \mathit{reserve}_{aklt}\, \mathit{share}_{akl}\, \mathit{Cost}_{akt}
              + \sum_{q} \mathit{reserve}_{qlt}\, \mathit{Pay}_{qlt}
              + \mathit{reserve\_of\_use}_{lt} \sum_{y \,:\, \mathit{fee\_line}(y) = l} \sum_{q} \mathit{Fee}_{yqt}
    """
    own: Money = m.given[Money]
    fixed = sum(
        own.reserve.get((a, kind, l, t), 0.0) * share * m.Cost[a, kind, t]
        for a, kind, share in own.fixed_costs.get((l, t), ())
    )
    fees = [m.Fee[fee] for y, line in own.fee_line.items() if line == l for fee in own.fees_of.get((y, t), ())]
    of_use = own.reserve_of_use.get((l, t), 0.0) * sum(fees)
    return fixed + sum(own.purse_reserve(q, l, t) * m.Pay[q, l, t] for q in own.purses if (q, l, t) in m.Pay) + of_use


def constrain(m: Any) -> None:
    """Rows of money."""
    given: Instance = m.given
    own = given[Money]
    m.state(attracted_within_its_share, m.Attracted)
    m.state(attracted_only_while_in_force, m.Attracted)
    m.state(every_cost_is_paid, ((q, t) for q in own.purses for t in given.periods if own.is_due(q, t)))
    m.state(within_largest_share, ((q, l, t) for q, l, t in m.Pay if own.purses[q].lines[l] < 1), promise=True)
    m.state(within_line, ((l, t) for l in own.lines for t in given.periods), promise=True, limits_jobs=True)
    m.state(minimum_is_spent, own.minimum, promise=True)


def attracted_within_its_share(m: Any, a: str, q: str, t: str) -> Any:
    r"""A policy brings investors to pay at most its share of a measure's capital.

    .. math:: \mathit{Attracted}_{aqt} \le \mathit{share}_{aq}\, \mathit{Price}_{a,\text{capital},t} \quad \forall a, q, t
    """
    return m.Attracted[a, q, t] <= m.given[Money].attracts[a, q][0] * m.Price[a, "capital", t]


def attracted_only_while_in_force(m: Any, a: str, q: str, t: str) -> Any:
    r"""Investors pay more only while the policy serves.

    .. math:: \mathit{Attracted}_{aqt} \le \mathit{most}_{aqt}\, \mathit{Serves}_{qt} \quad \forall a, q, t
    """
    return m.Attracted[a, q, t] <= m.given[Money].attracts[a, q][1].get(t, 0.0) * m.Serves[q, t]


def every_cost_is_paid(m: Any, q: str, t: str) -> Any:
    r"""The lines that share a purse pay all of its costs, in the period in which they arise.

    A purse holds the costs that the same lines may pay, with the same largest shares and reserves: which of them pays which
    measure changes no row, so only the totals are decided, and each cost is split like its purse. Fees of use are costs like
    others.

    .. math:: \sum_{l} \mathit{Pay}_{qlt} = \sum_{(a,k) \in q} \mathit{Cost}_{akt}
              + \sum_{y \in q} \sum_{q'} \mathit{Fee}_{yq't} \quad \forall q, t
    """
    return sum(m.Pay[q, l, t] for l in m.given[Money].purses[q].lines) == purse_cost(m, q, t)


def purse_cost(m: Any, q: str, t: str) -> Any:
    """All costs of a purse in a period."""
    own: Money = m.given[Money]
    costs = sum(m.Cost[a, kind, t] for a, kind in own.in_purse(q, t))
    fees = own.fees_in_purse(q, t)
    return costs + sum(m.Fee[fee] for fee in fees) if fees else costs


def within_largest_share(m: Any, q: str, l: str, t: str) -> Any:
    r"""A line pays at most its largest share of a cost.

    .. math:: \mathit{Pay}_{qlt} \le \mathit{largest}_{l} \sum_{(a,k) \in q} \mathit{Cost}_{akt} \quad \forall q, l, t
    """
    return m.Pay[q, l, t] <= m.given[Money].purses[q].lines[l] * purse_cost(m, q, t)


def within_line(m: Any, l: str, t: str) -> Any:
    r"""What a line pays, sends, repays and keeps stays within its amount, what it kept, received and borrowed, and its tax.

    Sent and received are the sums of the transfers from, and to, the line. What is reserved is not carried on: there it
    would be held twice.

    .. math:: \mathit{LinePays}_{lt} + \mathit{Reserved}_{lt} + \mathit{Carry}_{lt} + \mathit{Sent}_{lt}
              + \mathit{Repaid}_{lt}
              \le \mathit{amount}_{lt} + \mathit{Drawn}_{lt} + \mathit{Carry}_{l,t-1} + \mathit{Received}_{lt}
              + \mathit{Borrowed}_{lt} + \mathit{TaxIn}_{lt}
              \quad \forall l, t
    """
    periods = m.given.periods
    position = periods.index(t)
    kept = m.entry("Carry", l, t) + m.entry("Reserved", l, t)
    carried = m.entry("Carry", l, periods[position - 1]) if position else 0
    income = m.given[Money].amount[l, t] + m.entry("Drawn", l, t) + carried
    income += (
        received(m, l, t) + m.entry("Borrowed", l, t) - sent(m, l, t) - m.entry("Repaid", l, t) + m.entry("TaxIn", l, t)
    )
    return m.LinePays[l, t] + kept + m.Never <= income


def minimum_is_spent(m: Any, l: str, t: str) -> Any:
    r"""A line pays at least its minimum; keeping money does not count.

    .. math:: \mathit{LinePays}_{lt} \ge \mathit{minimum}_{lt} \quad \forall l, t
    """
    return m.LinePays[l, t] + m.Never >= m.given[Money].minimum[l, t]
