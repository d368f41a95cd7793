"""Uncertainty: one plan for several scenarios, whose first-period decisions are the same in all of them.

Nobody knows which scenario comes true; what is started in the first period has to be decided before, everything later once
it is known. So the scenarios' programs are stacked, with one column for each start of the first period, and a criterion over
the values of the first goal is minimised (the deterministic equivalent: Birge and Louveaux, Introduction to Stochastic
Programming). Each scenario's later decisions are then found by an ordinary solve with the first period's starts fixed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import nan
from typing import Any, ClassVar

from planner.case import Case, FrozenDict
from planner.planning.search import SolveOptions
from planner.plans.plan import Plan
from planner.questions.asking import Asking, AskOptions, Columns, Result, Variant, asking, decisions_of, frame
from planner.questions.robust.answer import Answer
from planner.questions.robust.first_decisions import Found, find, plan_with, trial
from planner.questions.robust.futures import ALONE, Common, Futures, common_starts, futures
from planner.solver.criteria import Criterion
from planner.solver.highs import Limits
from planner.words.said import _
from planner.work.stopping import Cancelled, Listener
from planner.work.workers import Done, Task

GAP = 1e-3  # of each step: three scenarios take many times as long as one
SHARE = 0.25
TOGETHER = 0.75  # share of the time that is left then, for the solve of all scenarios; the rest is for their plans

FIRST = _("first decisions of each scenario in {scenario}")


@dataclass(frozen=True)
class Robust(Result):
    """One plan for several scenarios.

    Attributes
    ----------
    criterion, share
        What was minimised over the scenarios; of cvar the share of the futures.
    value, bound
        Of the criterion: in the plan, and what no plan with common first decisions can beat.
    status
        `optimal` if the criterion is proven within the gap; else as of a plan.
    information
        By how much less the criterion would be if one knew the scenario beforehand: at least, at most.
    solution
        By how much more it is if the first decisions are those of the best plan for the first scenario alone: at least, at
        most; inf if those decisions leave some scenario without a plan.
    gap
        That was asked for.
    proof
        Distance of value and bound, relative to the value; of a regret, relative to the first goal.
    """

    criterion: Criterion = "expected"
    share: float = SHARE
    value: float = nan
    bound: float = nan
    status: str = "no_plan"
    information: tuple[float, float] = (nan, nan)
    solution: tuple[float, float] = (nan, nan)
    gap: float = GAP
    proof: float = nan

    QUESTION: ClassVar[str] = "robust"
    ANSWERS: ClassVar[dict[str, tuple[str, ...]]] = {"criteria": ("value",), "planned_for": ("value",)}
    TABLES: ClassVar[dict[str, Columns]] = {
        "scenarios": {
            "scenario": "name",
            "weight": "share of the weights of all scenarios",
            "without": "the first goal without any plan; empty where it is not about gaps alone",
            "value": "the first goal with the common first decisions",
            "alone": "the first goal of the best plan found for this scenario alone (perfect knowledge)",
            "alone_bound": "what no plan for this scenario alone can beat",
            "regret_at_least": "value less the goal with perfect knowledge: at least",
            "regret_at_most": "at most",
            "status": "of the plan for this scenario, with the common first decisions",
        },
        "first_decisions": {
            "measure": "id",
            "name": "of the measure",
            "kind": "of the measure",
            "city": "where",
            "start_period": "id of the first period",
            "units": "units started, in every scenario",
            "decided": "before, or by the plan",
            "alone_in": "scenarios whose own best plan starts any of it in the first period, ';' between",
        },
        "criteria": {
            "criterion": "expected, worst, regret or cvar",
            "asked": "yes for the one that was minimised",
            "value": "of the plan",
            "bound": "what no plan with common first decisions can beat",
            "first_alone": "with the first decisions of the best plan for the first scenario alone; empty if impossible",
        },
        "planned_for": {
            "planned_for": "scenario whose own best plan gives the first decisions",
            "scenario": "scenario that comes true",
            "value": "the first goal; empty if those first decisions leave no plan there",
            "bound": "what no plan with those first decisions can beat there",
            "status": "optimal, feasible (not proven in time), infeasible, no_plan, not offered (a start, in some scenario)",
        },
    }  # fmt: skip

    def facts(self) -> dict[str, Any]:
        """Figures beside the tables."""
        names = ("criterion", "share", "value", "bound", "proof", "status", "gap")
        pairs = {name: dict(zip(("at_least", "at_most"), getattr(self, name), strict=True)) for name in _PAIRS}
        return {name: getattr(self, name) for name in names} | pairs


_PAIRS = ("information", "solution")


def robust(
    cases: Sequence[Case],
    *,
    weights: Sequence[float] | None = None,
    criterion: Criterion = "expected",
    share: float = SHARE,
    known: Mapping[str, Plan] | None = None,
    threads: int = 1,
    options: AskOptions | None = None,
    on_event: Listener | None = None,
    cancelled: Cancelled | None = None,
) -> Robust:
    """First-period decisions that suit several scenarios together, and a plan for each.

    Common are all starts of the first period that every scenario offers; one that some scenario does not offer is not
    started then in any.

    Parameters
    ----------
    cases
        The case under each scenario, as `load_case(folder, scenario)` gives it, each scenario once; the first is the one
        that a planner without this question would plan for.
    weights
        Of the scenarios, above 0, scaled to add to 1; None = all the same.
    criterion, share
        What to minimise over the values of the first goal; see `planner.solver.criteria.value_of`.
    known
        Scenario -> its own optimal plan, as far as known.
    threads
        Of the one solve for all scenarios together; everything else works side by side, with a thread each.
    options, on_event, cancelled
        As in `planner.solve`; `options.gap` is that of each goal's step (default 1e-3).

    Returns
    -------
    Robust
        `complete` if the criterion and all that is compared with it are proven within the gap; `plans` holds an audited
        plan for each scenario.

    Raises
    ------
    ValueError
        The scenarios cannot be planned for together; says why.
    """
    asked = futures(cases, weights, criterion, share)
    common = common_starts(cases)
    with asking(options or AskOptions(gap=GAP), on_event, cancelled) as question:
        answer = Answer(asked, common, question.options.gap, _alone(question, asked, known or {}))
        if answer.all_alone:
            answer.tried = _tried(question, asked, common, answer.alone)
            answer.found = _found(question, answer, threads)
            if answer.found.first is not None:
                answer.plans = _plans(question, asked, answer.found)
        return _result(answer, question.seconds)


def _alone(question: Asking, asked: Futures, known: Mapping[str, Plan]) -> list[Done]:
    """The best plan for each scenario alone, starting from one that is known if there is any."""
    given = {name: plan for name, plan in known.items() if name in asked.names}
    for name, plan in given.items():
        if plan.case.content_hash != asked.cases[asked.names.index(name)].content_hash or not plan.has_decisions:
            raise ValueError(
                _("the plan given for {scenario} is of another case, or has no decisions").format(scenario=name)
            )
    start = next((decisions_of(plan) for plan in given.values()), None)
    wanted = [k for k, name in enumerate(asked.names) if name not in given]
    variants = [Variant(asked.said(ALONE, asked.names[k]), asked.cases[k], start) for k in wanted]
    solved = dict(zip(wanted, question.solve_all(variants, until=0.4), strict=True))
    return [solved[k] if k in solved else Done(name, given[name]) for k, name in enumerate(asked.names)]


def _limits(question: Asking) -> SolveOptions:
    return SolveOptions(gap=question.options.gap, threads=1, seed=question.options.seed)


def _tried(question: Asking, asked: Futures, common: Common, alone: Sequence[Done]) -> list[Done]:
    """What the first decisions of each scenario's own plan come to in each scenario."""
    own = [decisions_of(done.value) for done in alone]
    firsts = [common.part_of(decisions) for decisions in own]
    tasks = [
        Task(
            asked.said(_("first decisions of each scenario in {scenario}"), name),
            trial,
            (asked.cases[k], firsts, own[k], _limits(question)),
        )
        for k, name in enumerate(asked.names)
    ]
    return list(question.run(tasks, until=0.3))


def _found(question: Asking, answer: Answer, threads: int) -> Found:
    """The best first decisions for all scenarios together, in what the plans after it leave of the time."""
    question.tell(_("planning for all scenarios together"))
    limits = Limits(gap=question.options.gap, threads=threads, seed=question.options.seed)
    tried = [done.value for done in answer.tried if done.value is not None]
    return find(
        answer.futures,
        answer.common,
        tried if len(tried) == len(answer.tried) else [],
        answer.bounds_alone,
        answer.best,
        limits,
        question.until,
        TOGETHER,
        question.pass_on,
    )


def _plans(question: Asking, asked: Futures, found: Found) -> list[Done]:
    """The audited plan of each scenario with the first decisions that were found."""
    tasks = [
        Task(asked.said(_("the plan for {scenario}"), name), plan_with, (case, found.first, decisions, _limits(question)))
        for name, case, decisions in zip(asked.names, asked.cases, found.decisions, strict=True)
    ]
    return list(question.run(tasks))


def _result(answer: Answer, seconds: float) -> Robust:
    missing = answer.missing()
    return Robust(
        answer.futures.cases[0],
        not missing,
        missing,
        seconds,
        FrozenDict({name: frame(Robust.TABLES[name], rows) for name, rows in answer.tables().items()}),
        FrozenDict({name: plan for name, plan in zip(answer.futures.names, answer.audited, strict=False) if plan}),
        criterion=answer.futures.criterion,
        share=answer.futures.share,
        value=answer.value,
        bound=answer.bound,
        status=answer.status,
        information=answer.information(),
        solution=answer.solution(),
        gap=answer.gap,
        proof=answer.proof,
        impossible=answer.status == "infeasible",
    )
