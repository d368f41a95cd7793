"""Money: what a unit costs in which period, who may pay it, and what the lines hold."""

from __future__ import annotations

from dataclasses import dataclass

from models.instance import Purse
from planner.case.nouns import Case
from planner.compiling.measures import Offered
from planner.compiling.payers import KINDS, Payers, has_cost, public_share
from planner.compiling.scales import tens


@dataclass(frozen=True)
class MoneyParameters:
    """The money block's fields of the instance, in money_scale."""

    money_scale: float
    cost: dict[tuple[str, str, str, str], float]
    fixed_share: dict[tuple[str, str, str], float]
    purses: dict[str, Purse]
    amount: dict[tuple[str, str], float]
    minimum: dict[tuple[str, str], float]
    carry_over: frozenset[str]


def parameters(case: Case, offered: Offered) -> MoneyParameters:
    """All parameters of the money block."""
    scale, enough = money_scale(case, offered), usable(case, offered)
    cost = {
        (a, kind, start.period, t): money / scale
        for a, measure in offered.measures.items()
        for start in measure.starts
        for kind, costs in zip(KINDS, (start.capital, start.running), strict=True)
        for t, whole in costs.items()
        if (money := whole * (public_share(measure) if kind == "capital" else 1.0)) > 0
    }
    fixed, purses = who_pays(case, offered)
    return MoneyParameters(
        money_scale=scale,
        cost=cost,
        fixed_share=fixed,
        purses=purses,
        amount={(line.id, t): min(line.amount[t], enough) / scale for line in case.lines.values() for t in case.period_ids},
        minimum={
            (line.id, t): line.minimum[t] / scale
            for line in case.lines.values()
            for t in case.period_ids
            if line.minimum[t] > 0
        },
        carry_over=frozenset(line.id for line in case.lines.values() if line.carry_over),
    )


def money_scale(case: Case, offered: Offered) -> float:
    """A power of ten that brings the largest cost of a unit in a period that anybody could pay to between 10 and 100."""
    everything = all_money(case, offered)
    costs = [
        money
        for measure in offered.measures.values()
        for start in measure.starts
        for money in (*start.capital.values(), *start.running.values())
    ]
    return tens([min(max(costs, default=0.0), everything)])


def all_money(case: Case, offered: Offered) -> float:
    """The most money that the lines could ever have: amounts, debts, and all the tax of all parks."""
    amounts = sum(max(0.0, amount) for line in case.lines.values() for amount in line.amount.values())
    debts = sum(sum(line.borrowing.limit.values()) for line in case.lines.values() if line.borrowing is not None)
    return amounts + debts + all_tax(case, offered)


def all_tax(case: Case, offered: Offered) -> float:
    """All the tax of all parks that could start, in all periods."""
    years = sum(period.years for period in case.periods)
    return sum(years * case.parks[a].tax * m.units for a, m in offered.measures.items() if m.kind == "park")


def usable(case: Case, offered: Offered) -> float:
    """More money than all units of all measures could ever cost, with interest, and than all tax that could move away.

    A line that holds more is as good as without end, and larger numbers would only blur the solver's.
    """
    most = 0.0
    for measure in offered.measures.values():
        cost = max(sum(start.capital.values()) + sum(start.running.values()) for start in measure.starts)
        most += measure.units * cost
    years = sum(period.years for period in case.periods)
    growth = max(((1.0 + b.interest) ** years for line in case.lines.values() if (b := line.borrowing)), default=1.0)
    return 2.0 * growth * (most + all_tax(case, offered)) + 1.0


def who_pays(case: Case, offered: Offered) -> tuple[dict[tuple[str, str, str], float], dict[str, Purse]]:
    """Fixed shares of costs, and purses of the costs that the same lines share freely."""
    payers = Payers(case)
    fixed: dict[tuple[str, str, str], float] = {}
    shared: dict[tuple[tuple[str, float], ...], list[tuple[str, str]]] = {}
    for a, measure in offered.measures.items():
        for kind in KINDS:
            if not has_cost(measure, kind):
                continue
            lines = payers.shares(measure, kind)
            if measure.payers or len(lines) == 1:
                fixed.update({(a, kind, line): (lines[line] if measure.payers else 1.0) for line in lines})
            else:
                shared.setdefault(tuple(sorted(lines.items())), []).append((a, kind))
    # a dot stands in no line's name, so that no two purses share one
    purses = {".".join(line for line, _ in lines): Purse(tuple(costs), dict(lines)) for lines, costs in shared.items()}
    return fixed, purses
