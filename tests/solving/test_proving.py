"""Bounds that a plan states, solved for again: true ones are confirmed, raised ones refuted, and short limits say so."""

from __future__ import annotations

from dataclasses import replace
from math import isnan, nan
from pathlib import Path

import pytest

from planner.audit import audit
from planner.case import Case, FrozenDict, load_case
from planner.compiling.hold_together import Holding
from planner.planning.handmade import evaluate
from planner.planning.proving_again import NotRepeatable, prove
from planner.planning.search import SolveOptions, solve
from planner.plans.plan import Plan
from planner.work.stopping import Event
from tests.oracle.work_cases import work_case_of
from tests.product.industrial import write_files
from tests.tiers import one_of

ONE = SolveOptions(threads=1)
CASES = Path(__file__).parents[2] / "cases"


@pytest.fixture(scope="module")
def tiny() -> Case:
    return load_case(CASES / "tiny")


@pytest.fixture(scope="module")
def industrial(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    case = load_case(write_files(tmp_path_factory.mktemp("proving") / "case"))
    return solve(case, options=ONE)


def called_best(plan: Plan) -> Plan:
    """A hand-made plan, with every bound raised to its value."""
    goals = tuple(replace(goal, bound=goal.value, optimality_gap=0.0, proof_gap=0.0) for goal in plan.goals)
    return replace(plan, status="optimal", ended=(), goals=goals, options=FrozenDict({"gap": 1e-4}))


def test_the_bounds_of_a_solved_plan_are_confirmed(tiny: Case) -> None:
    plan, told = solve(tiny, options=ONE), list[Event]()
    proofs = prove(plan, options=ONE, on_event=told.append)
    assert "finding routes" in [event.message for event in told]  # it says what it is at, as a solve does
    assert [proof.about for proof in proofs] == ["gaps", "spending", "starts"]
    assert [proof.stated for proof in proofs] == [goal.bound for goal in plan.goals]
    assert {proof.verdict for proof in proofs} == {"confirmed"}


def test_a_first_bound_raised_to_the_value_of_a_worse_plan_passes_the_audit_and_is_refuted(tiny: Case) -> None:
    """Only the clinics are built: the gaps of the best plan, 0.0667, are far below."""
    forged = called_best(evaluate(tiny, {("clinic-inland", "2030"): 1.0}))
    assert audit(forged).passed, str(audit(forged))
    first, *later = prove(forged, options=ONE)
    assert first.verdict == "refuted"
    assert first.best < first.stated - 0.01
    assert [proof.about for proof in later] == ["spending", "starts"]
    assert {proof.verdict for proof in later} == {"not judged"}, "they are about plans as good as what is refuted"
    assert all(isnan(proof.proven) and isnan(proof.best) for proof in later), "nothing is solved for them"


@pytest.mark.parametrize("goal", [1, 2])
def test_a_later_bound_raised_to_the_value_of_a_worse_plan_is_refuted(tiny: Case, goal: int) -> None:
    """What the best plan reaches of the first goals, with 1 spent and one unit started beyond what that takes."""
    plan = solve(tiny, options=ONE)
    goals = list(plan.goals)
    worse = plan.goals[goal].value + 1.0
    goals[goal] = replace(goals[goal], value=worse, bound=worse, optimality_gap=0.0, proof_gap=0.0)
    verdicts = [proof.verdict for proof in prove(replace(plan, goals=tuple(goals)), options=ONE)]
    assert verdicts == ["confirmed"] * goal + ["refuted"] + ["not judged"] * (2 - goal)


def test_a_bound_that_rests_on_routes_left_out_by_mistake_is_refuted(tiny: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that takes every route for one that no plan can have finds less, and the proof looks at all of them."""
    monkeypatch.setattr(Holding, "__call__", lambda self, needs: not needs)
    plan = solve(tiny, options=ONE)
    assert (plan.status, audit(plan).passed) == ("optimal", True)
    assert plan.goals[0].bound > 1 / 15 + 0.01
    assert prove(plan, options=ONE)[0].verdict == "refuted"


def test_a_bound_that_cannot_be_proven_in_time_is_not_confirmed(tiny: Case) -> None:
    plan = solve(tiny, options=ONE)
    assert {proof.verdict for proof in prove(plan, options=replace(ONE, time_limit=0.0))} == {"not confirmed"}
    assert {proof.verdict for proof in prove(plan, options=ONE, cancelled=lambda: True)} == {"not confirmed"}


@pytest.mark.slow
def test_what_each_jurisdiction_has_alone_is_solved_for_again(industrial: Plan) -> None:
    """By hand: the province has 0.3363 alone. 0.3 is more than it can reach, and that nothing beats 0.4 is wrong."""
    assert {proof.verdict for proof in prove(industrial, options=ONE)} == {"confirmed"}
    table = industrial.table("alone")
    row = int(table.index[table["jurisdiction"] == "Province"][0])
    assert table["value_alone"][row] == pytest.approx((2 * 0.192 + 0.25) / 3 + 0.125)
    for value, wrong in ((0.3, "Province alone, its plan"), (0.4, "Province alone")):
        edited = table.copy()
        edited.loc[row, ["value_alone", "bound_alone"]] = value
        forged = replace(industrial, tables=FrozenDict({**industrial.tables, "alone": edited}))
        verdicts = {proof.about: proof.verdict for proof in prove(forged, options=ONE)}
        assert verdicts[wrong] == "refuted"
        goals = {verdicts[goal.name] for goal in forged.goals}
        assert goals == {"not judged"}, "nobody may be worse off than alone: all goals rest on that"


def test_a_plan_whose_starts_were_given_cannot_be_proven_again(tiny: Case) -> None:
    plan = solve(tiny, options=ONE, fixed={("clinic-inland", "2030"): 2.0})
    with pytest.raises(NotRepeatable, match="starts were given"):
        prove(plan, options=ONE)


def test_a_goal_that_was_not_begun_has_nothing_to_prove(tiny: Case) -> None:
    plan = solve(tiny, options=ONE)
    begun = (plan.goals[0], *(replace(g, bound=nan, optimality_gap=nan, proof_gap=nan) for g in plan.goals[1:]))
    assert [proof.about for proof in prove(replace(plan, goals=begun), options=ONE)] == ["gaps"]


@pytest.mark.parametrize("number", one_of(4, range(12)))
def test_the_bounds_of_random_cases_are_confirmed(number: int) -> None:
    plan = solve(work_case_of(number), options=ONE)
    assert {proof.verdict for proof in prove(plan, options=ONE)} <= {"confirmed"}, prove(plan, options=ONE)
