"""Credit: limits of debt and transfers, in money_scale."""

from __future__ import annotations

from models.credit import Credit
from models.instance import Instance
from models.money import Money
from planner.case import AllowTransfer, Case
from planner.compiling.ground import Offered
from planner.compiling.money import usable
from planner.compiling.network import Ways


def credit(case: Case, offered: Offered, given: Instance, ways: Ways) -> Credit:
    """How much may be owed and sent."""
    money_scale = given[Money].money_scale
    enough = usable(case, offered)  # what is more than all measures could cost is as good as without end
    last = case.period_ids[-1]
    borrowing = {line.id: line.borrowing for line in case.lines.values() if line.borrowing is not None}
    transfers: dict[tuple[str, str, str, str], float] = {}
    for e in case.effects:
        if isinstance(e, AllowTransfer) and e.measure in offered.measures:
            for t in case.period_ids:
                most = min(e.at_most_share * max(0.0, case.lines[e.from_line].amount[t]), enough) / money_scale
                transfers[e.measure, e.from_line, e.to_line, t] = most
    return Credit(
        debt_limit={
            (line, t): 0.0 if t == last else min(b.limit[t], enough) / money_scale
            for line, b in borrowing.items()
            for t in case.period_ids
        },
        debt_growth={
            (line, period.id): (1.0 + b.interest) ** period.years for line, b in borrowing.items() for period in case.periods
        },
        transfer_limit=transfers,
    )
