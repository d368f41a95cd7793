"""What running costs a plan leaves its lines with in the year after the horizon, where a line limits them.

No table of a plan says who pays what then: any division will do that keeps what each line may pay. Whether there is one is
asked of a linear program of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from math import inf

import numpy as np
from scipy.optimize import linprog

from planner.audit.books import Books
from planner.audit.money import may_pay
from planner.audit.prices import paying
from planner.audit.report import Ledger
from planner.audit.serving import unit_started
from planner.audit.tolerance import TOLERANCE
from planner.case import Case
from planner.words.said import _

Paid = tuple[str, str]  # (measure, line)
USE = "use: "  # before a jurisdiction: what its people use at a price; no measure's id has a colon


def check(case: Case, books: Books, listed: Mapping[str, float], ledger: Ledger) -> None:
    """Check that what is left to run can be paid within the lines' limits.

    Parameters
    ----------
    listed
        Line -> by how much a hand-made plan says that it breaks its limit.
    """
    last = case.periods[-1]
    limits = {
        line.id: line.after.at_most_share * max(0.0, line.amount[last.id]) / last.years
        for line in case.lines.values()
        if line.after is not None
    }
    if not limits:
        return
    costs = _costs(case, books)
    costs |= {name: cost for name, cost in _use(case, books).items() if cost > 0}
    over = _least_excess(case, costs, limits, dict.fromkeys(limits, inf))
    total, said = sum(over.values()), {line: listed.get(line, 0.0) for line in limits}
    if abs(sum(said.values()) - total) <= TOLERANCE * max(1.0, total):  # as much as must be: is it enough where it is said?
        room = {line: amount + TOLERANCE * max(1.0, amount) for line, amount in said.items()}
        over = said if _least_excess(case, costs, limits, room) else over
    for line, limit in limits.items():
        where = _("line {line}, after {year}").format(line=line, year=last.last)
        paid = limit + over.get(line, 0.0)
        largest = sum(costs.values())
        ledger.promise(
            "running costs after", where, _("running a year"), paid, -inf, limit, largest=min(largest, limit),
            promise=("after", line),
        )  # fmt: skip


def _costs(case: Case, books: Books) -> dict[str, float]:
    """Measure -> what it costs to run in the year after the horizon."""
    found: dict[str, float] = defaultdict(float)
    for row in books.decisions.values():
        measure = case.measures[row.measure]
        opens = unit_started(case, measure, row.start_period).opens
        closes = inf if measure.life_years is None else opens + measure.life_years
        if closes > case.periods[-1].last + 1 and measure.running_cost > 0:
            found[row.measure] += measure.running_cost * row.units
    return found


def _use(case: Case, books: Books) -> dict[str, float]:
    """Jurisdiction, marked as one -> what its people used at a price in a year of the last period: that goes on."""
    found: dict[str, float] = defaultdict(float)
    for row in books.uses.values():
        if row.period == case.periods[-1].id:
            found[f"{USE}{case.cities[row.home].jurisdiction}"] += row.fee / case.periods[-1].years
    return found


def _payers(case: Case, name: str) -> dict[str, tuple[float, float]]:
    """Line -> least and most shares that it may pay of a running cost."""
    if name.startswith(USE):
        return {line.id: (0.0, 1.0) for line in paying(case, name.removeprefix(USE))}
    measure = case.measures[name]
    if measure.payers:
        return {line: (share, share) for line, share in measure.payers.items()}
    lines = (line for line in case.lines.values() if may_pay(case, line, measure, "running"))
    return {line.id: (0.0, line.at_most_share) for line in lines}


def _least_excess(
    case: Case, costs: Mapping[str, float], limits: Mapping[str, float], room: Mapping[str, float]
) -> dict[str, float]:
    """Line -> by how much it is over its limit where that is least in all; empty if `room` is not enough."""
    paid: dict[Paid, tuple[float, float]] = {}
    for name, cost in costs.items():
        paid |= {(name, line): (cost * least, cost * most) for line, (least, most) in _payers(case, name).items()}
    over = list(limits)
    bounds = [*paid.values(), *((0.0, room[line]) for line in over)]
    whole, within = np.zeros((len(costs), len(bounds))), np.zeros((len(limits), len(bounds)))
    measures, lines = {name: k for k, name in enumerate(costs)}, {line: k for k, line in enumerate(over)}
    for column, (name, payer) in enumerate(paid):
        whole[measures[name], column] = 1.0
        if payer in lines:
            within[lines[payer], column] = 1.0
    for k in range(len(over)):
        within[k, len(paid) + k] = -1.0
    objective = np.array([0.0] * len(paid) + [1.0] * len(over))
    found = linprog(
        objective, within, np.array(list(limits.values())), whole if len(costs) else None,
        np.array(list(costs.values())) if len(costs) else None, bounds, method="highs",
    )  # fmt: skip
    return dict(zip(over, map(float, found.x[len(paid) :]), strict=True)) if found.status == 0 else {}
