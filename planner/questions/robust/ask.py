"""Uncertainty: one plan for several scenarios, whose first-period decisions are the same in all of them.

Nobody knows which scenario comes true; what is started in the first period has to be decided before, everything later once
it is known. So the scenarios' programs are stacked, with one column for each start of the first period, and a criterion over
the values of the first goal is minimised (the deterministic equivalent: Birge and Louveaux, Introduction to Stochastic
Programming). Each scenario's later decisions are then found by an ordinary solve with the first period's starts fixed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import inf, isfinite, nan
from typing import Any, ClassVar

from planner.case import Case, FrozenDict
from planner.planning.search import SolveOptions
from planner.planning.settling import slack
from planner.plans.plan import Plan
from planner.questions.asking import (
    Asking,
    AskOptions,
    Columns,
    Result,
    Variant,
    asking,
    because,
    decisions_of,
    first_goal,
    frame,
    interval,
    unproven,
    why,
    without_any,
)
from planner.questions.robust.first_decisions import Found, Tried, find, plan_with, trial
from planner.questions.robust.scenarios import ALONE, Common, Futures, common_starts, futures
from planner.solver.criteria import CRITERIA, Criterion
from planner.solver.highs import SMALL, Limits
from planner.words.said import _
from planner.work.stopping import Cancelled, Listener
from planner.work.workers import Done, Task

GAP = 1e-3  # of each step: three scenarios take many times as long as one
SHARE = 0.25
TOGETHER = 0.75  # share of the time that is left then, for the solve of all scenarios; the rest is for their plans

FIRST = _("first decisions of each scenario in {scenario}")
Interval = tuple[float, float]  # at least, at most
NOTHING_FOUND = Found(None, (), (), nan, "failed")


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
    given
        The best plans of scenarios that were known beforehand.
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
    given: tuple[Plan, ...] = field(default=(), compare=False, repr=False)

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

    @property
    def rests_on(self) -> tuple[Plan, ...]:
        """The plans that were given."""
        return self.given

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
        given = tuple(plan for name, plan in (known or {}).items() if name in asked.names)
        return replace(_result(answer, question.seconds), given=given)


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


@dataclass
class Answer:
    """What is known so far.

    Attributes
    ----------
    alone
        The best plan for each scenario alone.
    tried
        For each scenario, what the first decisions of each scenario's own plan come to there.
    found
        The best common first decisions.
    plans
        The plan for each scenario with those.
    """

    futures: Futures
    common: Common
    gap: float
    alone: list[Done]
    tried: list[Done] = field(default_factory=list)
    found: Found = NOTHING_FOUND
    plans: list[Done] = field(default_factory=list)

    # --- each scenario alone

    @property
    def all_alone(self) -> bool:
        """Whether there is a plan for each scenario alone."""
        return all(_has_decisions(done) for done in self.alone)

    @property
    def bounds_alone(self) -> list[float]:
        """What no plan for each scenario alone can beat in the first goal."""
        bounds = [first_goal(done.value).bound for done in self.alone]
        return [bound if isfinite(bound) else -inf for bound in bounds]

    @cached_property
    def best(self) -> list[float]:
        """The best value of the first goal that any plan of each scenario was seen to reach, before the common search."""
        values = [first_goal(done.value).value for done in self.alone]
        for k, done in enumerate(self.tried):
            values[k] = min([values[k], *(one.value for one in done.value or () if one.columns is not None)])
        return values

    # --- with the common first decisions

    @property
    def audited(self) -> list[Plan | None]:
        """The plan for each scenario, where there is one."""
        return [done.value if _has_decisions(done) else None for done in self.plans]

    @property
    def values(self) -> list[float]:
        """The first goal in each scenario: of its plan, else as the common search has it."""
        plans = self.audited or [None] * len(self.found.values)
        return [v if plan is None else first_goal(plan).value for v, plan in zip(self.found.values, plans, strict=True)]

    @property
    def value(self) -> float:
        """The criterion; a regret is one against the best plans that were found."""
        if not self.values:
            return nan
        return max(0.0, self._of(self.values)) if self.futures.criterion == "regret" else self._of(self.values)

    @property
    def bound(self) -> float:
        """What the criterion cannot be below with any common first decisions."""
        if not self.all_alone or self.found is NOTHING_FOUND:
            return nan
        bound = max(0.0, self.found.bound) if self.futures.criterion == "regret" else self.found.bound
        return min(bound, self.value) if self.values else bound

    @property
    def proof(self) -> float:
        """Distance of the criterion to its bound, relative to itself, or of a regret to the first goal."""
        return (self.value - self.bound) / max(self._size, SMALL)

    @property
    def _size(self) -> float:
        is_regret = self.futures.criterion == "regret" and self.values
        return max(map(abs, self.values)) if is_regret else abs(self.value)

    @property
    def is_proven(self) -> bool:
        """Whether the criterion is proven within the gap; later goals may take their tolerance, together and by scenario."""
        if not self.values:
            return False
        tolerance = max(case.goals[0].tolerance for case in self.futures.cases)
        allowed = self.gap * max(self._size, SMALL) + 2 * slack(tolerance, self._size)
        return self.value - self.bound <= allowed * (1 + SMALL)

    @property
    def status(self) -> str:
        """As of a plan."""
        if any(done.value is not None and done.value.status == "infeasible" for done in self.alone):
            return "infeasible"
        if self.found.outcome == "infeasible":
            return "infeasible"
        if self.found.first is None:
            return "no_plan"
        if self.is_proven and len(self.audited) == len(self.futures.cases) and all(self.audited):
            return "optimal"
        return "interrupted" if self.found.outcome == "interrupted" else "feasible"

    def _of(self, values: Sequence[float]) -> float:
        return self.futures.value(values, self.best)

    # --- what knowing more would be worth, and what thinking of one scenario alone costs

    def information(self) -> Interval:
        """By how much the criterion would be less if the scenario were known beforehand."""
        if not self.values:
            return nan, nan
        bounds = self.bounds_alone
        most = max(v - b for v, b in zip(self.values, bounds, strict=True))
        if self.futures.criterion != "regret":
            most = self.value - self.futures.value(bounds, bounds)
        return interval(self.bound - self._of(self.best), most)

    def solution(self) -> Interval:
        """By how much the criterion is more if only the first scenario is planned for."""
        tried = self._tried_of(0)
        if not self.values or tried is None:
            return nan, nan
        if self._not_common(0) or any(one.outcome == "infeasible" for one in tried):
            return inf, inf
        if any(one.columns is None for one in tried):
            return nan, nan
        least, most = (self._of([getattr(one, name) for one in tried]) for name in ("bound", "value"))
        return interval(least - self.value, most - self.bound)

    def _tried_of(self, k: int) -> list[Tried] | None:
        """What the first decisions of a scenario's own plan come to in each scenario; None if that was not tried."""
        if not self.tried or any(done.value is None for done in self.tried):
            return None
        return [done.value[k] for done in self.tried]

    def _not_common(self, k: int) -> tuple[str, ...]:
        return self.common.not_common(decisions_of(self.alone[k].value))

    # --- tables

    def missing(self) -> tuple[str, ...]:
        """What is not answered or not proven, and why."""
        said = []
        for name, done in zip(self.futures.names, self.alone, strict=True):
            said.append(unproven(self.futures.said(ALONE, name), done))
            if done.value is not None and done.value.status == "infeasible":
                none = self.futures.said(_("there is no plan for {scenario} alone"), name)
                said.append(because(none, why(done.value)))
        if not self.all_alone:
            return tuple(filter(None, said))
        said += [because(done.name, done.problem) for done in self.tried if done.value is None]
        for done in self.tried:
            slow = any(one.outcome not in ("optimal", "infeasible") for one in done.value or ())
            said.append(because(done.name, _("not proven within the time")) if slow else "")
        if self.found.outcome == "infeasible":
            said.append(_("no first decisions suit all scenarios together: that is proven"))
        elif self.found.first is None:
            said.append(_("no common first decisions were found"))
        elif not isfinite(self.proof):
            said.append(_("nothing is proven of the criterion yet"))
        elif not self.is_proven:
            said.append(
                _("the criterion is proven within {proof:.2g} %, {gap:.2g} % was asked for").format(
                    proof=100 * self.proof, gap=100 * self.gap
                )
            )
        for name, done in zip(self.futures.names, self.plans, strict=False):
            said.append(unproven(self.futures.said(_("the plan for {scenario}"), name), done))
            if done.value is not None and done.value.status == "infeasible":
                said.append(
                    self.futures.said(_("the plan for {scenario}: rounding leaves none with these first decisions"), name)
                )
            if done.value is not None and done.value.audit == "failed":
                said.append(self.futures.said(_("the audit does not confirm the plan for {scenario}"), name))
        if self.found.first is not None and not self.plans:
            said.append(_("no scenario has its plan worked out"))
        return tuple(filter(None, said))

    def tables(self) -> dict[str, list[tuple[Any, ...]]]:
        """Rows of every table of the result; none where nothing was found for some scenario alone."""
        if not self.all_alone:
            return {}
        found = {"scenarios": self._scenarios(), "planned_for": self._planned_for()}
        if self.found.first is not None:
            found |= {"first_decisions": self._first_decisions(), "criteria": self._criteria()}
        return found

    def _scenarios(self) -> list[tuple[Any, ...]]:
        rows = []
        values = self.values or [nan] * len(self.alone)
        for k, name in enumerate(self.futures.names):
            value, best, bound = values[k], self.best[k], self.bounds_alone[k]
            done = self.plans[k] if self.plans else None
            status = "not worked out" if done is None or done.value is None else done.value.status
            regret = interval(value - best, value - bound) if value == value else (nan, nan)
            without = without_any(self.alone[k].value)
            rows.append((name, self.futures.weights[k], without, value, best, bound, *regret, status))
        return rows

    def _first_decisions(self) -> list[tuple[Any, ...]]:
        assert self.found.first is not None
        case = self.futures.cases[0]
        alone = {n: decisions_of(done.value) for n, done in zip(self.futures.names, self.alone, strict=True)}
        rows = []
        for (a, u), units in self.found.first.items():
            if units > 0:
                measure = case.measures[a]
                decided = "before" if measure.status == "decided" else "by the plan"
                names = ";".join(name for name, starts in alone.items() if (a, u) in starts)
                rows.append((a, measure.name, measure.kind, ";".join(measure.cities), u, units, decided, names))
        return rows

    def _criteria(self) -> list[tuple[Any, ...]]:
        bounds = self.bounds_alone
        tried = self._tried_of(0)
        possible = tried is not None and all(one.columns is not None for one in tried) and not self._not_common(0)
        rows = []
        for criterion in CRITERIA:
            asked = criterion == self.futures.criterion
            value = self.futures.value(self.values, self.best, criterion)
            floor = 0.0 if criterion == "regret" else self.futures.value(bounds, bounds, criterion)
            first = self.futures.value([one.value for one in tried], self.best, criterion) if possible and tried else nan
            rows.append((criterion, "yes" if asked else "no", max(value, floor) if criterion == "regret" else value,
                         self.bound if asked else floor, first))  # fmt: skip
        return rows

    def _planned_for(self) -> list[tuple[Any, ...]]:
        rows = []
        for k, planned in enumerate(self.futures.names):
            tried = self._tried_of(k)
            for s, name in enumerate(self.futures.names):
                if self._not_common(k):
                    rows.append((planned, name, nan, nan, "not offered"))
                elif tried is not None:
                    rows.append((planned, name, *_figures(tried[s]), _status(tried[s])))
        return rows


def _figures(tried: Tried) -> tuple[float, float]:
    """Value and bound; none where there is no plan."""
    return (tried.value, tried.bound) if tried.columns is not None else (nan, nan)


def _status(tried: Tried) -> str:
    if tried.columns is None:
        return "infeasible" if tried.outcome == "infeasible" else "no_plan"
    return "optimal" if tried.outcome == "optimal" else "feasible"


def _has_decisions(done: Done) -> bool:
    return done.value is not None and done.value.has_decisions
