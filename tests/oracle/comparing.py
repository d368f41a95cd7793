"""What the planner says of a case against what enumeration says, and one optimum against another."""

from __future__ import annotations

import planner
from planner.case.nouns import Case
from planner.solving import SolveOptions

from .enumeration import Answer

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
    found = [] if plan.status == "optimal" else [f"status {plan.status}: {plan.reason}"]
    for goal, step in zip(plan.goals, answer.steps, strict=True):
        near = (NEAR_LOSSES if case.no_city_loses or case.nobody_worse_off else NEAR) * max(1.0, abs(step.value))
        if not step.low - near <= goal.bound <= step.high + near:
            found.append(f"{goal.name}: bound {goal.bound}, enumeration {step}")
        if not step.low - near <= goal.value <= max(step.limit, step.limit + step.high - step.value) + near:
            found.append(f"{goal.name}: value {goal.value}, enumeration {step}")
    report = planner.audit_plan(plan)
    return found if report.passed else [*found, str(report)]


def differ(one: Answer, other: Answer) -> bool:
    """Whether two optima are not the same."""
    if one.feasible != other.feasible:
        return True
    pairs = zip(one.steps, other.steps, strict=True)
    return any(abs(a.value - b.value) > 1e-4 * max(1e-2, abs(a.value)) for a, b in pairs)
