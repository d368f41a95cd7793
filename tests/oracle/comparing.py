"""What the planner says of a case against what enumeration says, and one optimum against another."""

from __future__ import annotations

from math import inf

import planner
from planner.case import Case
from planner.planning.search import SolveOptions
from planner.plans.plan import Plan

from .enumeration import Answer, Step

EXACT = SolveOptions(gap=1e-7, threads=1)
NEAR = 2e-6  # of max(1, |value|): solver tolerances
NEAR_LOSSES = 2e-5  # where gaps are compared with another world's: the millionth allowed there frees more elsewhere


def disagreements(case: Case, answer: Answer) -> list[str]:
    """What the planner says of a case that enumeration or the audit contradicts.

    With a solver gap of 1e-7 the bound of a goal's step is its optimum: the first goal's is compared exactly. A later
    goal's optimum depends on how exactly the earlier ones are kept; it is compared with the optima for half a
    millionth more and less. The value in the plan may lie above the optimum by the goal's tolerance.
    """
    plan = planner.solve(case, options=EXACT)
    if not answer.feasible or plan.status == "infeasible":
        agreed = answer.feasible == plan.has_decisions
        return [] if agreed else [f"enumeration: feasible {answer.feasible}; planner: {plan.status} ({plan.reason})"]
    found = [] if plan.status == "optimal" or _is_as_near_as_can_be(plan) else [f"status {plan.status}: {plan.reason}"]
    for goal, step in zip(plan.goals, answer.steps, strict=True):
        found += _contradicts(case, goal.name, goal.value, goal.bound, step, step.low)
        for city, means in zip(goal.cities[1:], step.then, strict=True):
            least = means.low if goal is plan.goals[-1] else -inf  # what later goals take of fewer cities may free more
            found += _contradicts(case, f"{goal.name}, {city.city}", city.mean, city.bound, means, least)
    report = planner.audit_plan(plan)
    return found if report.passed else [*found, str(report)]


def _is_as_near_as_can_be(plan: Plan) -> bool:
    """Whether a plan is only called feasible because a bound within the solver's tolerances was taken back."""
    return "bound is taken back" in plan.reason and all(goal.optimality_gap <= 2 * NEAR for goal in plan.goals)


def _contradicts(case: Case, name: str, value: float, bound: float, step: Step, least: float) -> list[str]:
    near = (NEAR_LOSSES if case.no_city_loses or case.nobody_worse_off else NEAR) * max(1.0, abs(step.value))
    found = []
    if not step.low - near <= bound <= step.high + near:
        found.append(f"{name}: bound {bound}, enumeration {step}")
    if not least - near <= value <= max(step.limit, step.limit + step.high - step.value) + near:
        found.append(f"{name}: value {value}, enumeration {step}")
    return found


def differ(one: Answer, other: Answer) -> bool:
    """Whether two optima are not the same."""
    if one.feasible != other.feasible:
        return True
    pairs = [
        pair for a, b in zip(one.steps, other.steps, strict=True) for pair in [(a, b), *zip(a.then, b.then, strict=False)]
    ]
    return any(abs(a.value - b.value) > 1e-4 * max(1e-2, abs(a.value)) for a, b in pairs)
