"""A goal with a limit: the planner agrees with enumeration, and a limit that nothing keeps leaves no plan."""

from __future__ import annotations

from dataclasses import replace

import pytest

import planner
from planner.case import Case
from tests.tiers import one_of

from .comparing import EXACT, disagreements
from .enumeration import best
from .random_cases import case_of

pytestmark = pytest.mark.slow


def limited(case: Case, goal: int, most: float) -> Case:
    """The case with a limit on one of its goals."""
    goals = [replace(g, at_most=most) if k == goal else g for k, g in enumerate(case.goals)]
    return replace(case, goals=tuple(goals))


@pytest.mark.parametrize("number", one_of(4, (3, 6, 14, 16, 23, 27, 36, 37, 48, 51, 56, 57)))
def test_random_cases_whose_later_goal_has_a_limit_between_its_worst_and_its_best(number: int) -> None:
    """Of the first 60 random cases those in which the last of several goals could be better if it came first."""
    case = case_of(number)
    ahead = best(replace(case, goals=(case.goals[-1],)))
    in_order = best(case)
    assert in_order.steps[-1].value > ahead.steps[0].value + 1e-3
    halfway = limited(case, -1 + len(case.goals), (in_order.steps[-1].value + ahead.steps[0].value) / 2)
    assert disagreements(halfway, best(halfway)) == []


def test_a_limit_below_the_best_leaves_no_plan() -> None:
    """Nothing is better than the best."""
    case = next(c for c in map(case_of, range(20)) if best(c).feasible)
    value = best(case).steps[0].value
    plan = planner.solve(limited(case, 0, value - 0.01 * max(1.0, abs(value))), options=EXACT)
    assert plan.status == "infeasible"
