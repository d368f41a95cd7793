"""Every question ends with its limit and with the wish to stop, says what is missing, and does nothing more."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import replace
from math import inf
from pathlib import Path
from typing import Any

import pytest

from planner.audit import audit
from planner.case import Case
from planner.planning.in_order import InOrder
from planner.planning.search import SolveOptions, solve
from planner.plans.plan import Plan
from planner.questions.alternatives.ask import alternatives
from planner.questions.asking import AskOptions, Result, asking
from planner.questions.borders.ask import borders
from planner.questions.diagnose.ask import diagnose
from planner.questions.explain.ask import explain
from planner.questions.frontier.ask import frontier
from planner.questions.importance.ask import importance
from planner.questions.left_out import left_out
from planner.questions.rank.ask import rank
from planner.questions.replan.ask import replan
from planner.questions.robust.ask import robust
from planner.questions.sensitivity.ask import sensitivity
from planner.questions.value.ask import value
from planner.solver.highs import Limits, Solver
from planner.solver.linear import Objective
from planner.work.stopping import Stopped, Until, asked_limit
from planner.work.workers import Done, Task, workers
from tests.questions import impossible, work

Ask = Callable[..., Result]


def asked(question: Ask, *more: Any) -> Ask:
    """A question about a case whose plan is not known."""
    return lambda case, plan, **named: question(case, *more, **named)


def asked_of(question: Ask, **more: Any) -> Ask:
    """A question about a case and its plan."""
    return lambda case, plan, **named: question(case, plan=plan, **more, **named)


QUESTIONS = {
    "alternatives": asked(alternatives),
    "alternatives of a plan": asked_of(alternatives),
    "borders": asked(borders),
    "borders of a plan": asked_of(borders),
    "diagnose": asked(diagnose),
    "explain": lambda case, plan, **named: explain(case, next(iter(case.measures)), **named),
    "frontier": asked(frontier),
    "importance": asked(importance),
    "importance of a plan": asked_of(importance),
    "left out": asked(left_out),
    "rank": asked(rank),
    "rank with a plan": asked_of(rank),
    "robust": lambda case, plan, **named: robust([case, replace(case, scenario="other")], **named),
    "sensitivity": asked(sensitivity),
    "sensitivity of a plan": asked_of(sensitivity),
    "value": asked(value),
    "value of a plan": asked_of(value),
}


@pytest.fixture
def solves(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every run of the solver from now on."""
    runs: list[str] = []
    run = Solver._run

    def noted(self: Solver, *words: Any) -> Any:
        runs.append("run")
        return run(self, *words)

    monkeypatch.setattr(Solver, "_run", noted)
    return runs


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_that_is_to_stop_at_once_solves_nothing_and_says_that_it_was_interrupted(
    tiny: Case, tiny_plan: Plan, solves: list[str], question: str
) -> None:
    result = QUESTIONS[question](tiny, tiny_plan, cancelled=lambda: True)
    assert not result.complete
    assert any("interrupted" in said or "stopped" in said for said in result.missing)
    assert solves == []


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_without_any_time_solves_nothing_and_says_that_it_had_none(
    tiny: Case, tiny_plan: Plan, solves: list[str], question: str
) -> None:
    result = QUESTIONS[question](tiny, tiny_plan, options=AskOptions(time_limit=0.0))
    assert not result.complete
    assert any("time limit" in said for said in result.missing)
    assert solves == []


@pytest.mark.slow
@pytest.mark.parametrize("question", [*QUESTIONS, "diagnose what cannot be met"])
def test_every_run_of_a_question_is_told_the_time_that_is_left_and_who_may_stop_it(
    tiny: Case, tiny_plan: Plan, question: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But for the figures of a plan that is found, which is not lost whatever the clock says."""
    untold: list[str] = []
    settling = False
    run, figure = Solver._run, InOrder._solved

    def told(self: Solver, objective: Objective, limits: Limits, on_progress: Any, cancelled: Any, *more: Any) -> Any:
        by_caller = cancelled not in (None, never)  # a question of the caller's own, which asks for the time as well
        if not settling and not by_caller and limits.seconds == inf:
            untold.append(" < ".join(frame.name for frame in reversed(traceback.extract_stack(limit=6)[:-1])))
        return run(self, objective, limits, on_progress, cancelled, *more)

    def figures(*words: Any) -> Any:
        nonlocal settling
        settling = True
        try:
            return figure(*words)
        finally:
            settling = False

    def never() -> bool:
        return False

    monkeypatch.setattr(Solver, "_run", told)
    monkeypatch.setattr(InOrder, "_solved", figures)
    options = AskOptions(time_limit=1e6)
    if question in QUESTIONS:
        QUESTIONS[question](tiny, tiny_plan, options=options, cancelled=never)
    else:
        diagnose(impossible.whole_units(tmp_path, impossible.TARGET), options=options, cancelled=never)
    assert untold == []


def test_a_replan_that_is_to_stop_at_once_has_no_plan(tiny: Case, tiny_plan: Plan, solves: list[str]) -> None:
    since = tiny.period_ids[-1]
    for named, reason in (
        ({"cancelled": lambda: True}, "interrupted while finding routes"),
        ({"options": SolveOptions(time_limit=0.0)}, "the time limit of 0 s ended while finding routes"),
    ):
        assert replan(tiny_plan, since, **named).missing == (reason,)
    assert solves == []


def stop(*, seconds: float | None, cancelled: Any) -> None:
    """Work that is ended before it has anything."""
    raise Stopped("limit", 30.0, "finding routes")


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 2])
def test_work_that_was_stopped_before_it_had_anything_says_where(count: int) -> None:
    with workers(count) as crew:
        found = crew.run([Task("one", stop, ()), Task("two", stop, ())])
    assert found == tuple(Done(name, problem="the time limit of 30 s ended while finding routes") for name in ("one", "two"))


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 2])
def test_a_part_that_is_given_a_share_tells_of_the_limit_that_was_set(count: int) -> None:
    """Three parts have 40 s together, each a third or two thirds; a question within another has a part of its time."""
    said = "the time limit of {} s ended while finding routes"
    tasks = [Task(name, work.end, ()) for name in ("one", "two", "three")]
    with asking(AskOptions(40.0, workers=count), None, None) as question:
        assert [done.problem for done in question.run(tasks)] == [said.format(40)] * 3
        with pytest.raises(Stopped, match=said.format(40)):
            Until.within(7.5, stage="finding routes").end()
    with asked_limit(120.0), asking(AskOptions(40.0, workers=count), None, None) as question:
        assert [done.problem for done in question.run(tasks)] == [said.format(120)] * 3
    with pytest.raises(Stopped, match=said.format(7.5)):
        Until.within(7.5, stage="finding routes").end()


def test_a_plan_of_a_part_says_what_limit_was_set_and_its_audit_finds_that_so(tiny: Case) -> None:
    with asked_limit(30.0):
        plan = solve(tiny, options=SolveOptions(time_limit=0.0))
    assert (plan.status, plan.reason) == ("no_plan", "the time limit of 30 s ended while finding routes")
    assert plan.options["time_limit"] == 30.0
    assert audit(plan).passed


def test_a_part_without_any_limit_has_none() -> None:
    with asking(AskOptions(None), None, None) as question:
        (done,) = question.run([Task("one", work.end, ())])
    assert done.problem == "the time limit ended while finding routes"
