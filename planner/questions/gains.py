"""What a plan gains in its first goal: the goal with the plan beside the same goal without any."""

from __future__ import annotations

from math import nan

from planner.case.nouns import Case, Goal
from planner.compiling import fairness
from planner.plans.plan import Plan


def without_any(plan: Plan) -> float:
    """The first goal in the world without the plan; NaN where it is not about gaps alone."""
    goal = plan.case.goals[0]
    if set(goal.parts) != set(goal.gap_parts):
        return nan
    return value_of_gaps(plan.case, goal, plan, "gap_without")


def value_of_gaps(case: Case, goal: Goal, plan: Plan, column: str) -> float:
    """A goal about gaps, from one of the columns of gaps of a plan's indicators."""
    table = plan.tables["indicators"]
    gaps = {
        (str(x), str(i), str(t)): float(gap)
        for x, i, t, gap in zip(table["indicator"], table["city"], table["period"], table[column], strict=True)
    }
    return fairness.value_of_gaps(case, goal, gaps)
