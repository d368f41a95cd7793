"""What a plan gains in its first goal against no plan at all, and what is lost of it where something is forbidden."""

from __future__ import annotations

from math import inf, nan

from planner.case import Case, Goal, naming
from planner.compiling import fairness
from planner.planning.variants import with_dependents, with_first_goal, without_measures
from planner.plans.plan import Plan
from planner.questions.asking import Variant, decisions_of, first_goal, interval
from planner.words.said import _


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


def chosen(plan: Plan) -> list[str]:
    """The candidates of which the plan starts anything."""
    return list(dict.fromkeys(a for a, _ in decisions_of(plan) if plan.case.measures[a].status == "candidate"))


def without_measure(best: Plan, measure: str) -> Variant:
    """The case without a measure and what depends on it, with its first goal alone; its search starts from the rest."""
    case, gone = best.case, with_dependents(best.case, measure)
    rest = {(a, u): units for (a, u), units in decisions_of(best).items() if a not in gone}
    bound = -inf if case.nobody_worse_off else first_goal(best).bound  # what each could do alone would change, too
    name = _("without {measure}").format(measure=naming.measure(case, measure))
    return Variant(name, with_first_goal(without_measures(case, gone)), rest, bound)


def loss(best: Plan, other: Plan | None) -> tuple[float, float]:
    """By how much every plan of a narrower case is worse in the first goal, and by how much the best one found is.

    Plans are proven within a gap, so a loss is an interval; its end is NaN where there is no such plan, or none is proven.
    """
    if other is None or not other.goals:
        return 0.0, nan
    return interval(first_goal(other).bound - first_goal(best).value, first_goal(other).value - first_goal(best).bound)
