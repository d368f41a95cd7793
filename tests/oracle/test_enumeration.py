"""The planner's optima against full enumeration, on random tiny cases."""

from __future__ import annotations

import pytest

import planner

from .comparing import EXACT, disagreements
from .enumeration import best
from .random_cases import case_of
from .sample import EXAMPLES, SELDOM, sample

pytestmark = pytest.mark.slow


def test_every_optimum_is_that_of_full_enumeration_and_every_plan_passes_the_audit() -> None:
    """Feasibility, the bound of every goal, and its value within what later goals may take of it (see `comparing`)."""
    found = {case.name: disagreements(case, answer) for case, answer in sample()}
    wrong = {name: said for name, said in found.items() if said}
    assert not wrong, "\n".join(f"{name}: {'; '.join(said)}" for name, said in wrong.items())


def test_at_least_two_hundred_cases_are_compared() -> None:
    """No two of the drawn cases are the same."""
    assert len(sample()) == EXAMPLES + len(SELDOM) >= 200


@pytest.mark.parametrize("number", [10648, 20183, 20351, 900393])
def test_what_later_goals_take_of_a_goal_is_taken_once(number: int) -> None:
    """Cases with a divisible measure in which fixing its amount and then allowing the tolerance anew took it twice."""
    case = case_of(number)
    assert disagreements(case, best(case)) == []


def test_what_costs_is_never_less_than_nothing_and_no_bound_is() -> None:
    """A divisible start at -2.5e-7 units, within the solver's tolerance, made a bound of -2.5e-6 for spending of nothing.

    The best plan starts nothing (enumeration: 0 in the last goal), and no sum of payments is below 0.
    """
    case = case_of(2000093)
    plan = planner.solve(case, options=EXACT)
    goal = plan.goals[-1]
    assert (goal.value, goal.bound, goal.optimality_gap) == (0.0, 0.0, 0.0)
    assert planner.audit_plan(plan).passed
