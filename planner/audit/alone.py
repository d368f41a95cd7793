"""Nobody worse off: each jurisdiction's own gaps in this plan, next to those of its stand-alone plan.

The stand-alone plans themselves are not in the tables: their values are taken as they are, if they can be so.
"""

from __future__ import annotations

from dataclasses import replace
from math import inf, isnan

from planner.audit import goals
from planner.audit.books import Books
from planner.audit.goals import Weights
from planner.audit.indicators import EXACT
from planner.audit.report import Ledger
from planner.audit.status import most_above_bound
from planner.case import naming
from planner.case.nouns import Case, FrozenDict, Goal
from planner.plans.plan import Plan
from planner.plans.tables import Alone

ALLOWED = 1e-6  # of a gap, as the model allows


def check(plan: Plan, books: Books, weights: Weights, ledger: Ledger) -> None:
    """Check the rows, what this plan comes to for each jurisdiction, and that nobody would be better off alone.

    `weights` are those of the first goal about gaps. A jurisdiction without a gap that counts there needs no row.
    """
    case = plan.case
    counted = {case.cities[city].jurisdiction for (_, city, _), weight in weights.items() if weight > 0}
    expected = [j for j in case.jurisdictions if j in counted or j in books.alone] if case.nobody_worse_off else []
    ledger.rows("alone", "alone", books.alone, expected)
    for row in books.alone.values():
        where = f"jurisdiction {row.jurisdiction}"
        ledger.small(EXACT).same(
            "alone", where, "value_with", row.value_with, _value(case, books, weights, row.jurisdiction)
        )
        _alone(plan, row, where, ledger)
        words = (f"{naming.jurisdiction(case, row.jurisdiction)}: its own gaps",)
        most = row.value_alone + ALLOWED
        ledger.promise("nobody worse off", where, "value_with", row.value_with, -inf, most, words=words)


def _own_goal(case: Case) -> Goal:
    """What each jurisdiction's own gaps are held to: the first goal about gaps, its worst city where that comes first."""
    goal = goals.about_gaps(case)
    parts = {part: weight for part, weight in goal.parts.items() if part in goals.ABOUT_GAPS}
    if "worst_off_first" in parts:
        parts = {"worst_city": parts["worst_off_first"]}
    return replace(goal, parts=FrozenDict(parts if any(parts.values()) else {"gaps": 1.0}))


def _value(case: Case, books: Books, weights: Weights, jurisdiction: str) -> float:
    """The parts about gaps of the goal, over the jurisdiction's cities alone."""
    own = {key: weight for key, weight in weights.items() if case.cities[key[1]].jurisdiction == jurisdiction}
    total = sum(own.values())
    scaled = {key: weight / total for key, weight in own.items()} if total > 0 else {}
    gaps = {key: row.gap_with for key, row in books.indicators.items()}
    return goals.of_gaps(case, _own_goal(case), gaps, scaled)


def _alone(plan: Plan, row: Alone, where: str, ledger: Ledger) -> None:
    """A value between nothing and all gaps, no better than its bound; an optimal plan stands on proven ones."""
    ledger.within("alone", where, "value_alone", row.value_alone, 0.0, sum(_own_goal(plan.case).parts.values()))
    if plan.status == "optimal":
        most = most_above_bound(plan, goals.about_gaps(plan.case), row.value_alone, row.bound_alone)
        ledger.within("alone", where, "value_alone above its bound", row.value_alone - row.bound_alone, -inf, most)
    if not isnan(row.bound_alone):
        ledger.within("alone", where, "bound_alone", row.bound_alone, -inf, row.value_alone)
