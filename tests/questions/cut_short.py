"""Questions cut short without a clock: searches that prove little, or nothing, and searches that are never begun."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from math import inf, nan
from typing import Any, Literal

import pytest

import planner
from planner.case import naming
from planner.plans.ended import told_as
from planner.plans.plan import Plan
from planner.questions.alternatives.marks import Learnt
from planner.questions.alternatives.near_best import Alternatives
from planner.questions.asking import Asking, AskOptions, Result
from planner.questions.rank import ask as ranking
from planner.questions.robust import ask as robust
from planner.questions.robust.first_decisions import Found, Tried
from planner.words.said import _
from planner.work.workers import Done, Task
from tests.questions.answered import FEWER, TINY, best

Cut = Literal["loose", "unproven", "unanswered"]
CUTS: tuple[Cut, ...] = ("loose", "unproven", "unanswered")
UNTIL = _("the time limit of {seconds:g} s ended before goal {goal}").format(seconds=30, goal=naming.goal_as_written("gaps"))


def loosened(plan: Plan, bound: Callable[[float], float]) -> Plan:
    """A plan of which less is proven: its first goal is known from a lower bound on, or from nowhere."""
    if not plan.goals:
        return plan
    goal = plan.goals[0]
    least = bound(goal.value)
    gap = inf if least == -inf else (goal.value - least) / max(abs(goal.value), 1e-3)
    first = replace(goal, bound=least, optimality_gap=gap, proof_gap=gap)
    return replace(plan, status="feasible", ended=told_as(UNTIL), goals=(first, *plan.goals[1:]))


HALF: Callable[[float], float] = lambda value: 0.5 * value - 0.01  # noqa: E731
NOTHING: Callable[[float], float] = lambda value: -inf  # noqa: E731


def ask_cut(question: str, cut: Cut, monkeypatch: pytest.MonkeyPatch, plan: Plan | None = None) -> Result:
    """The answer of a run in which every search is `loose` (proven within half), `unproven`, or `unanswered`.

    Parameters
    ----------
    plan
        The plan to start from; the best one unless told otherwise.
    """
    real = Asking.run
    bound = HALF if cut == "loose" else NOTHING

    def less(value: Any) -> Any:
        if isinstance(value, Plan) and value.status == "optimal":
            return loosened(value, bound)
        if isinstance(value, Found):
            return replace(value, bound=bound(max(value.values)) if value.values else nan)
        if isinstance(value, tuple) and value and isinstance(value[0], Tried):
            return tuple(replace(one, bound=bound(one.value), outcome="limit") for one in value)
        if isinstance(value, Learnt):
            return replace(value, never=frozenset())
        if isinstance(value, Alternatives):
            return replace(value, is_proven=False, reason=_("no more was found in time")) if not value.found else value
        return value

    def run(self: Asking, tasks: Sequence[Task], until: float = 1.0) -> tuple[Done, ...]:
        if cut == "unanswered":
            return tuple(Done(task.name, None, _("the time limit ended before its turn")) for task in tasks)
        return tuple(replace(done, value=less(done.value)) for done in real(self, tasks, until))

    def stops(asking: Asking, what: str) -> Callable[[int, int], bool]:
        return lambda number, count: "list" in what and number >= 1  # only the first of the list is looked at

    monkeypatch.setattr(Asking, "run", run)
    together = robust.find
    monkeypatch.setattr(robust, "find", lambda *args: less(together(*args)))
    monkeypatch.setattr(ranking, "_progress", stops)
    known, options = plan or best(), AskOptions(workers=1, gap=1e-6)
    ask = getattr(import_module(f"planner.questions.{question}.ask"), question)
    if question == "robust":
        found = ask([known.case, planner.load_case(TINY, "poorer-south")], options=options)
    elif question == "explain":
        found = ask(known.case, "insurance", plan=known, options=options)
    elif question == "diagnose":
        found = ask(known.case, options=options)
    else:
        found = ask(known.case, plan=known, options=options, **FEWER.get(question, {}))
    assert isinstance(found, Result)
    return found


@functools.cache
def answered_in_part(question: str, cut: Cut) -> Result:
    """The same for the best plan, each asked once in a session of tests."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        return ask_cut(question, cut, monkeypatch)
