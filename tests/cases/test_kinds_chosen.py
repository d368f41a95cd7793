"""Every kind of measure that a shipped cluster offers is chosen in some scenario, and not chosen in some."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from planner.case import load_case
from planner.planning.search import SolveOptions, solve
from planner.plans.plan import Plan
from planner.plans.store import read_plan

CASES = Path(__file__).resolve().parents[2] / "cases"
OTHERWISE = {  # cluster -> scenario in which kinds are chosen that the plan beside the case leaves out
    "chengdu-chongqing": "more-money",
    "pearl-river-delta": "more-money",
    "yangtze-river-delta": None,
    "middle-yangtze": "no-facilities",
}


def chosen(plan: Plan) -> tuple[set[str], set[str]]:
    """Kinds of which the plan starts a candidate, and kinds of which it leaves one out."""
    started = set(plan.table("decisions")["measure"])
    found: dict[bool, set[str]] = defaultdict(set)
    for name, measure in plan.case.measures.items():
        if measure.status == "candidate":
            found[name in started].add(measure.kind)
    return found[True], found[False]


def kinds_of(plan: Plan) -> set[str]:
    """Kinds of which the plan could start a measure."""
    return {measure.kind for measure in plan.case.measures.values() if measure.status == "candidate"}


@pytest.mark.slow
@pytest.mark.parametrize("cluster", sorted(OTHERWISE))
def test_the_plan_beside_the_case_starts_of_each_kind_but_lines_and_leaves_some_of_each(cluster: str) -> None:
    """Lines are worth their cost in the yangtze-river-delta alone; facilities are all wanted in two clusters."""
    plan = read_plan(CASES / cluster / "plan")
    yes, no = chosen(plan)
    assert kinds_of(plan) - yes <= {"link"}
    assert kinds_of(plan) - no <= {"facility"}
    assert ("link" in yes) == (OTHERWISE[cluster] is None)


@pytest.mark.proof
@pytest.mark.parametrize(("cluster", "scenario"), [pair for pair in OTHERWISE.items() if pair[1] is not None])
def test_lines_are_built_where_money_is_not_spent_on_staff_or_there_is_more_of_it(cluster: str, scenario: str) -> None:
    plan = solve(load_case(CASES / cluster, scenario), options=SolveOptions(gap=0.001, time_limit=300))
    assert "link" in chosen(plan)[0]
