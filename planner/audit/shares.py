"""The table of jurisdictions: who pays for whom, and whose gaps shrink."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from planner.audit import money
from planner.audit.books import Books
from planner.audit.goals import Weights
from planner.audit.indicators import EXACT
from planner.audit.money import Costs
from planner.audit.report import Ledger
from planner.case.nouns import Case
from planner.plans.tables import Indicator, Share


def check(case: Case, books: Books, costs: Costs, weights: Weights, ledger: Ledger) -> None:
    """Compare every figure of the table; `costs` are public ones, `weights` those of the first goal about gaps."""
    expected = [(j, t) for j in case.jurisdictions for t in case.period_ids]
    ledger.rows("jurisdictions", "jurisdictions", books.jurisdictions, expected)
    pays = _payments(case, books)
    for key in expected:
        says = books.jurisdictions.get(key)
        if says is not None:
            jurisdiction, period = key
            own = [
                row
                for row in books.indicators.values()
                if case.cities[row.city].jurisdiction == jurisdiction and row.period == period
            ]
            _gaps(says, own, weights, ledger)
            _money(case, says, pays, costs, ledger)


def _payments(case: Case, books: Books) -> Mapping[tuple[str, str, str], float]:
    """What the lines of a holder pay for a measure in a period."""
    pays: dict[tuple[str, str, str], float] = defaultdict(float)
    for row in books.spending.values():
        pays[case.lines[row.line].holder, row.measure, row.period] += row.capital + row.running
    return pays


def _money(case: Case, says: Share, pays: Mapping[tuple[str, str, str], float], costs: Costs, ledger: Ledger) -> None:
    """What its lines pay, and what others pay of the costs located there (evenly over a measure's jurisdictions)."""
    where = f"jurisdiction {says.jurisdiction}, {says.period}"
    own = sum(paid for (holder, _, t), paid in pays.items() if (holder, t) == (says.jurisdiction, says.period))
    by_others = 0.0
    for measure in {m for m, _, _ in costs}:
        places = case.measures[measure].jurisdictions
        if says.jurisdiction in places:
            cost = costs[measure, says.period, "capital"] + costs[measure, says.period, "running"]
            paid = pays.get((says.jurisdiction, measure, says.period), 0.0)
            by_others += max(0.0, cost / len(places) - paid)
    cash = ledger.small(money.size(case))
    cash.same("jurisdictions", where, "pays", says.pays, own)
    cash.same("jurisdictions", where, "paid_by_others", says.paid_by_others, by_others)


def _gaps(says: Share, own: list[Indicator], weights: Weights, ledger: Ledger) -> None:
    """Weighted mean gaps of its cities, and people whose gaps shrink or grow, once for each indicator."""
    where = f"jurisdiction {says.jurisdiction}, {says.period}"
    weight = [weights.get((row.indicator, row.city, row.period), 0.0) for row in own]
    total = sum(weight)
    for column in ("gap_without", "gap_with"):
        gaps = [getattr(row, column) for row in own]
        mean = sum(w * gap for w, gap in zip(weight, gaps, strict=True)) / total if total > 0 else 0.0
        ledger.small(EXACT).same("jurisdictions", where, column, getattr(says, column), mean)
    changes = [row.people * (row.gap_without - row.gap_with) for row in own]
    better = sum(max(0.0, change) for change in changes)
    worse = sum(max(0.0, -change) for change in changes)
    column = "people_brought_to_standard"
    ledger.same("jurisdictions", where, column, says.people_brought_to_standard, better)
    ledger.same("jurisdictions", where, "people_worse_off", says.people_worse_off, worse)
