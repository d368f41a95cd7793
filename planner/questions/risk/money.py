"""Money in many draws at once: what lines pay, get and lack is arithmetic on the plan, so thousands of draws take seconds.

Costs are drawn, works that are late are paid for later, and the tax of parks comes as their jobs come, while they serve.
Nothing is served anew: fees of use, and jobs that a late railway keeps away, are as planned (draws worked out one by
one have them).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from planner.case import Case
from planner.plans.plan import Plan
from planner.plans.tables import AFTER
from planner.plans.totals import columns, money_kept_free
from planner.questions.risk.drawn import LinePeriod, Planned, Start, Years, option_of, payments, years_late
from planner.questions.risk.draws import Many, Numbers, many

KINDS: tuple[Literal["capital", "running"], ...] = ("capital", "running")
SMALL = 1e-9  # of what a line has: less is rounding


@dataclass(frozen=True)
class Account:
    """What lines do, draw by draw; by line and period, arrays over the draws.

    Attributes
    ----------
    has
        What a line has in the period, with what it carried on.
    spends
        What it spends, sends and repays.
    lacks
        By how much it has too little.
    """

    has: Mapping[LinePeriod, Numbers]
    spends: Mapping[LinePeriod, Numbers]
    lacks: Mapping[LinePeriod, Numbers]

    def holds(self, place: LinePeriod) -> npt.NDArray[np.bool_]:
        """Whether a line does not lack money in a period, draw by draw."""
        held: npt.NDArray[np.bool_] = self.lacks[place] <= SMALL * np.maximum(1.0, np.abs(self.has[place]))
        return held


@dataclass(frozen=True)
class AsPlanned:
    """A line in a period as planned: what comes in of its own, what it spends, sends and repays, and what it keeps free."""

    income: float
    out: float
    free: float


def as_planned(plan: Plan) -> dict[LinePeriod, AsPlanned]:
    """Every line in every period of a plan."""
    free = money_kept_free(plan)
    into, out = ("amount", "received", "borrowed", "tax"), ("capital", "running", "fees", "sent", "repaid")
    return {
        (l, t): AsPlanned(sum(figures[:4]), sum(figures[4:]), free.get((l, t), 0.0))
        for l, t, *figures in columns(plan.tables["money"], "line", "period", *into, *out)
    }


def account(
    case: Case,
    income: Mapping[LinePeriod, Numbers],
    out: Mapping[LinePeriod, Numbers],
    planned: Mapping[LinePeriod, AsPlanned],
    more: Mapping[LinePeriod, float] | None = None,
) -> Account:
    """Each line's account in all draws: what is left goes on where it may, and what is lacking is lacking once.

    What is kept free is there for what is dearer than planned in its period, or does not come in; what of it is not needed
    for that is not carried on.

    Parameters
    ----------
    income, out
        (line, period) -> what comes in of its own, and what goes out.
    more
        (line, period) -> what a line would have to keep free beyond what it does as planned, and then also has.
    """
    has: dict[LinePeriod, Numbers] = {}
    lacks: dict[LinePeriod, Numbers] = {}
    for line in case.lines.values():
        carried: Numbers = np.zeros(1)
        for t in case.period_ids:
            place, extra = (line.id, t), (more or {}).get((line.id, t), 0.0)
            stated = planned[place]
            has[place] = carried + income[place] + extra
            left = has[place] - out[place]
            lacks[place] = np.maximum(0.0, -left)
            beyond = np.maximum(0.0, (out[place] - stated.out) + (stated.income - income[place]))
            free = np.maximum(0.0, stated.free + extra - beyond)
            carried = np.maximum(0.0, left - free) if line.carry_over else np.zeros(1)
    return Account(has, out, lacks)


@dataclass(frozen=True)
class MoneyDrawn:
    """The money of a plan in many draws.

    Attributes
    ----------
    income, out
        (line, period) -> what comes in of its own, without what was carried; and what it pays, sends and repays.
    paid
        (kind of cost, line, period) -> what it pays for measures.
    planned
        The same as stated.
    """

    case: Case
    income: Mapping[LinePeriod, Numbers]
    out: Mapping[LinePeriod, Numbers]
    paid: Mapping[tuple[str, str, str], Numbers]
    planned: Mapping[LinePeriod, AsPlanned]

    def account(self, more: Mapping[LinePeriod, float] | None = None) -> Account:
        """Each line's account in all draws."""
        return account(self.case, self.income, self.out, self.planned, more)


def money_drawn(plan: Plan, draws: int, seed: int) -> MoneyDrawn:
    """The money of a plan in so many draws."""
    planned, stated = Planned(plan), as_planned(plan)
    drawn = many(plan.case, dict.fromkeys(a for a, _u in planned.starts), draws, seed)
    late = years_late(plan.case, planned.starts, drawn.late, draws)
    none: Numbers = np.zeros(draws)
    costs = {start: _costs(plan.case, start, late.get(start)) for start in planned.starts}
    paid = {place: none + money for place, money in payments(planned, drawn.times, costs).items()}
    tax = _tax(planned, drawn, late)
    fees = {(l, t): money for l, t, money in columns(plan.tables["money"], "line", "period", "fees")}
    income = {place: none + into + tax.get(place, none) for place, (into, _out) in planned.settled.items()}
    out = {
        (l, t): none + going + fees.get((l, t), 0.0) + sum(paid.get((kind, l, t), none) for kind in KINDS)
        for (l, t), (_into, going) in planned.settled.items()
    }
    return MoneyDrawn(plan.case, income, out, paid, stated)


def _costs(case: Case, start: Start, late: Years | None) -> dict[str, dict[str, Numbers | float]]:
    """Kind of cost -> period -> what a unit costs at what is stated; later where its works are late."""
    measure = case.measures[start[0]]
    if late is None:
        option = measure.start_in(start[1])
        return {"capital": {**option.capital}, "running": {**option.running}}
    by_years = [option_of(case, start, years) for years in range(int(late.max()) + 1)]
    return {
        kind: {t: np.array([getattr(one, kind).get(t, 0.0) for one in by_years])[late] for t in case.period_ids}
        for kind in KINDS
    }


def _tax(planned: Planned, drawn: Many, late: Mapping[Start, Years]) -> dict[LinePeriod, Numbers]:
    """(line, period) -> tax that reaches it: as planned, times the jobs that come, while the phases serve."""
    found: dict[LinePeriod, Numbers] = {}
    for a, t, arrives, line, amount in columns(
        planned.plan.tables["taxes"], "measure", "period", "arrives", "line", "amount"
    ):
        if line and arrives != AFTER:
            more = amount * drawn.times.get(("jobs", a), np.ones(drawn.count)) * _serving(planned, a, t, late)
            found[line, arrives] = found.get((line, arrives), np.zeros(drawn.count)) + more
    return found


def _serving(planned: Planned, a: str, t: str, late: Mapping[Start, Years]) -> Numbers | float:
    """Share of a measure's units serving in a period as planned that serve in each draw."""
    case = planned.case
    starts = {s: units for s, units in planned.starts.items() if s[0] == a and t in case.measures[a].start_in(s[1]).serves}
    if not any(start in late for start in starts):
        return 1.0
    serving: Numbers | float = 0.0
    for start, units in starts.items():
        years = late.get(start)
        if years is None:
            serving = serving + units
        else:
            serves = [t in option_of(case, start, y).serves for y in range(int(years.max()) + 1)]
            serving = serving + units * np.array(serves, dtype=float)[years]
    return serving / sum(starts.values())
