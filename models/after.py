"""After: what a plan leaves its lines to run once the last period is over; a line may limit it.

Looked at is the first year after the horizon: its prices are the same, people use at a price what they used in a year of
the last period, all debts are repaid, and each line has as much as in a year of the last period, without what it then
carried on, received or got in tax.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from models.instance import Instance, Parameters, grouped, nothing
from models.money import Money


@dataclass(frozen=True)
class After(Parameters):
    """Running costs of a year after the horizon, in money_scale; only where a line limits them."""

    running_after: Mapping[tuple[str, str], float] = nothing()  # (a, u) -> of a unit started in u, if it still serves then
    after_limit: Mapping[str, float] = nothing()  # l -> most that it may be left with, a year
    last_years: float = 1.0  # of the last period, of whose fees of use a year's part goes on

    @cached_property
    def starts_after(self) -> Mapping[str, list[tuple[str, float]]]:
        """a -> (start, cost of a unit a year) of what still serves after the horizon."""
        return grouped((a, (u, money)) for (a, u), money in self.running_after.items())


def declare(m: Any) -> None:
    """Who runs what, where there is a choice of payer, and what each line that has a limit is left with."""
    given: Instance = m.given
    own, money = given[After], given[Money]
    if own.after_limit:
        last = given.periods[-1]
        due = [q for q in money.purses if in_purse(given, q) or money.fees_in_purse(q, last)]
        shared = [(q, l) for q in due for l in money.purses[q].lines]
    else:
        shared = []
    m.decide("PayAfter", shared, "what line l pays of purse q in a year after the horizon")
    m.express("CostAfter", own.starts_after if own.after_limit else (), cost_after)
    m.express("LinePaysAfter", own.after_limit, line_pays_after)


def in_purse(given: Instance, q: str) -> list[str]:
    """The measures of a purse that still cost something to run after the horizon."""
    return [a for a, kind in given[Money].purses[q].costs if kind == "running" and a in given[After].starts_after]


def cost_after(m: Any, a: str) -> Any:
    r"""What a measure costs to run in a year after the horizon.

    .. math:: \mathit{CostAfter}_{a} = \sum_{u} \mathit{running\_after}_{au}\, \mathit{Start}_{au}
    """
    return sum(money * m.Start[a, u] for u, money in m.given[After].starts_after[a])


def line_pays_after(m: Any, l: str) -> Any:
    r"""What a line pays in a year after the horizon: its fixed shares, and its part of purses.

    .. math:: \mathit{LinePaysAfter}_{l} = \sum_{a} \mathit{share}_{a,\text{running},l}\, \mathit{CostAfter}_{a}
              + \sum_{q} \mathit{PayAfter}_{ql}
              + \sum_{y \,:\, \mathit{fee\_line}(y) = l} \sum_{q} \mathit{Fee}_{yqT} / \mathit{last\_years}
    """
    money, last = m.given[Money], m.given.periods[-1]
    running = (
        share * m.CostAfter[a]
        for (a, kind, line), share in money.fixed_share.items()
        if line == l and kind == "running" and a in m.given[After].starts_after
    )
    fees = [m.Fee[fee] for y, line in money.fee_line.items() if line == l for fee in money.fees_of.get((y, last), ())]
    in_purses = sum(m.PayAfter[q, l] for q in money.purses if (q, l) in m.PayAfter)
    return sum(running) + in_purses + sum(fees) / m.given[After].last_years


def constrain(m: Any) -> None:
    """Rows of what is left to run."""
    given: Instance = m.given
    own, money = given[After], given[Money]
    purses = dict.fromkeys(q for q, _ in m.PayAfter)
    m.state(every_cost_after_is_paid, purses)
    m.state(after_within_largest_share, ((q, l) for q, l in m.PayAfter if money.purses[q].lines[l] < 1))
    m.state(after_within_its_share, own.after_limit, promise=True)


def every_cost_after_is_paid(m: Any, q: str) -> Any:
    r"""The lines that share a purse pay what it costs to run in a year after the horizon.

    .. math:: \sum_{l} \mathit{PayAfter}_{ql} = \sum_{a \,:\, (a,\text{running}) \in q} \mathit{CostAfter}_{a}
              + \sum_{y \in q} \sum_{q'} \mathit{Fee}_{yq'T} / \mathit{last\_years} \quad \forall q
    """
    return sum(m.PayAfter[q, l] for l in m.given[Money].purses[q].lines) == purse_after(m, q)


def purse_after(m: Any, q: str) -> Any:
    """What a purse costs to run in a year after the horizon, and what its users pay in one of the last period."""
    fees = [m.Fee[fee] for fee in m.given[Money].fees_in_purse(q, m.given.periods[-1])]
    return sum(m.CostAfter[a] for a in in_purse(m.given, q)) + sum(fees) / m.given[After].last_years


def after_within_largest_share(m: Any, q: str, l: str) -> Any:
    r"""After the horizon, too, a line pays at most its largest share of a cost.

    .. math:: \mathit{PayAfter}_{ql} \le \mathit{largest}_{l} \sum_{a \,:\, (a,\text{running}) \in q} \mathit{CostAfter}_{a}
              \quad \forall q, l
    """
    return m.PayAfter[q, l] <= m.given[Money].purses[q].lines[l] * purse_after(m, q)


def after_within_its_share(m: Any, l: str) -> Any:
    r"""What a plan leaves a line to run stays within the share of the line's yearly money that it may take.

    .. math:: \mathit{LinePaysAfter}_{l} \le \mathit{after\_limit}_{l} \quad \forall l
    """
    return m.LinePaysAfter[l] + m.Never <= m.given[After].after_limit[l]
