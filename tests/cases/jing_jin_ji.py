"""The case jing-jin-ji, the plan that is shipped with it, and its scenarios, each solved once in a test file."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from planner.case import Case, FrozenDict, load_case
from planner.planning.handmade import evaluate
from planner.planning.search import SolveOptions, solve
from planner.plans.plan import Plan
from planner.plans.store import read_plan
from tests.regions import SHIPPED as FOLDER

GAP = 1e-3  # of the laws and the seeds; the plan itself is proven to the default


@cache
def case(scenario: str = "base") -> Case:
    """The case with a scenario applied."""
    return load_case(FOLDER, scenario)


@cache
def plan() -> Plan:
    """The plan that lies beside the case; `test_expected` solves it anew in `make proof`."""
    return read_plan(FOLDER / "plan")


@cache
def first_goal(scenario: str = "base") -> Plan:
    """The first goal alone, proven to GAP."""
    return first_goal_of(case(scenario))


def first_goal_of(changed: Case) -> Plan:
    """The first goal of a changed case alone, proven to GAP."""
    return solve(replace(changed, goals=changed.goals[:1]), options=SolveOptions(gap=GAP))


def never_worse(more: Plan, less: Plan) -> bool:
    """Whether more possibilities did no harm, beyond what is left unproven."""
    return (
        more.goals[0].bound <= less.goals[0].value * (1 + 1e-9)
        and more.goals[0].value <= less.goals[0].value * (1 + GAP) + 1e-6
    )


def without_plan() -> float:
    """The first goal's value with the decided measures alone."""
    return evaluate(case(), {}).goals[0].value


def with_measures(changed: Case, **fields: object) -> Case:
    """The case with some fields changed in the measures named; the key is the id with _ for -."""
    by_id = {name.replace("_", "-"): value for name, value in fields.items()}
    measures = {a: replace(m, **by_id[a]) if a in by_id else m for a, m in changed.measures.items()}  # type: ignore[arg-type]
    return replace(changed, measures=FrozenDict(measures))
