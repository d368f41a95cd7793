"""What the first goal loses where something is forbidden: the case without it, and the loss as an interval."""

from __future__ import annotations

from math import nan

from planner.case.nouns import Case
from planner.plan import Plan
from planner.questions.asking import Decisions, Variant, first_goal
from planner.variants import companions, with_first_goal, without_measures


def without_measure(case: Case, measure: str, start: Decisions) -> Variant:
    """The case without a measure, with its first goal alone; its search starts from the rest of a plan."""
    gone = companions(case, measure)
    rest = {(a, u): units for (a, u), units in start.items() if a not in gone}
    return Variant(f"without {case.measures[measure].name}", with_first_goal(without_measures(case, gone)), rest)


def loss(best: Plan, other: Plan | None) -> tuple[float, float]:
    """By how much every plan of a narrower case is worse in the first goal, and by how much the best one found is.

    Plans are proven within a gap, so a loss is an interval; its end is NaN where there is no such plan.
    """
    if other is None or not other.goals:
        return 0.0, nan
    least = max(0.0, first_goal(other).bound - first_goal(best).value)
    return least, max(least, first_goal(other).value - first_goal(best).bound)
