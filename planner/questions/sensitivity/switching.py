"""Switching values: the multiple of its cost from which on a measure is not in the best plan any more.

The best plan without the measure does not depend on its cost; the best plan with it can only get worse as it gets dearer. So
the measure leaves where the second passes the first, which bisection finds. Both are known as intervals; where they overlap
the answer stays open, and the bounds say between which multiples it lies.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf, nan
from typing import Any

from planner.case import Case, naming
from planner.case.problems import not_one_of
from planner.planning.search import SolveOptions, solve
from planner.planning.variants import companions, with_factors, with_first_goal, with_measure, without_measures
from planner.plans.plan import Plan
from planner.questions.asking import Asking, Columns, Decisions, decisions_of, first_goal
from planner.words.said import _
from planner.work.stopping import Cancelled, Until
from planner.work.workers import Done, Task

DEAREST = 8.0  # times its cost: what is still in the plan then does not leave it for its cost
ROUNDING = 1e-9  # of a first goal: a plan that is better by less is not better
CLOSE = 1.1  # the two multiples are this near: near enough for a planner
SWITCHING: Columns = {
    "measure": "id",
    "name": "of the measure",
    "stays_at": "multiple of its cost at which it is still in the best plan; empty if that is not proven",
    "gone_at": f"multiple at which it is not; empty if it stays in at {DEAREST:g} times its cost, or if that is not known",
    "cost": "public capital and running cost of all its units in the plan over the horizon, in the case's money",
}


@dataclass(frozen=True)
class Switch:
    """Where a measure leaves the plan; `problem` says what is not known, and why; `too_close`: not for want of time."""

    measure: str
    name: str
    stays_at: float
    gone_at: float
    cost: float
    problem: str = ""
    too_close: bool = False

    @property
    def row(self) -> tuple[Any, ...]:
        """A row of the table."""
        return (self.measure, self.name, self.stays_at, self.gone_at, self.cost)


def switching(question: Asking, best: Plan, switch: int | Sequence[str]) -> list[Switch]:
    """Switching values of some measures of a plan, each found in a worker of its own.

    Parameters
    ----------
    switch
        Ids, or how many of the measures that the plan pays most for.
    """
    chosen = _paid_for(best)
    if isinstance(switch, int):
        asked = list(chosen)[:switch]
    else:
        for a in switch:
            if a not in best.case.measures:
                raise ValueError(not_one_of(a, _("a measure"), best.case.measures))
            if a not in chosen:
                raise ValueError(
                    _("{measure} is not among the measures that the plan chooses and pays for").format(measure=a)
                )
        asked = list(switch)
    start = decisions_of(best)
    options = SolveOptions(gap=question.options.gap, threads=1, seed=question.options.seed)
    names = {a: best.case.measures[a].name for a in asked}
    tasks = [
        Task(
            _("when {measure} leaves").format(measure=naming.measure(best.case, a)),
            _find,
            (with_first_goal(best.case), a, start, options),
        )
        for a in asked
    ]
    sure = best.first_is_proven
    return [_switch(a, names[a], chosen[a], done, sure) for a, done in zip(asked, question.run(tasks), strict=True)]


def _paid_for(best: Plan) -> dict[str, float]:
    """Candidates that the plan pays for, one of each group that starts together, dearest first."""
    table = best.tables["spending"]
    paid: dict[str, float] = {}
    for a, capital, running in zip(table["measure"], table["capital"], table["running"], strict=True):
        if best.case.measures[a].status == "candidate":
            first = companions(best.case, a)[0]
            paid[first] = paid.get(first, 0.0) + capital + running
    return dict(sorted(((a, cost) for a, cost in paid.items() if cost > 0), key=lambda item: -item[1]))


def _switch(a: str, name: str, cost: float, done: Done, sure: bool) -> Switch:
    """What was found; that a measure is in the best plan at its own cost is known only if the plan is proven (`sure`)."""
    if done.value is None:
        return Switch(a, name, nan, nan, cost, done.problem)
    stays, gone, problem, too_close = done.value
    return Switch(a, name, stays if stays > 1.0 or sure else nan, gone, cost, problem, too_close)


def _find(
    case: Case, a: str, start: Decisions, options: SolveOptions, *, seconds: float | None, cancelled: Cancelled | None
) -> tuple[float, float, str, bool]:
    """In a worker: the multiples of its cost at which a measure is known to stay, and to be gone; see `Switch`."""
    search = _Search(case, a, start, options, seconds, cancelled)
    return search.multiples()


class _Search:
    """Bisection on the multiple of one measure's cost."""

    def __init__(
        self,
        case: Case,
        measure: str,
        start: Decisions,
        options: SolveOptions,
        seconds: float | None,
        cancelled: Cancelled | None,
    ) -> None:
        self._case, self._measure, self._start = case, measure, start
        self._options, self._until = options, Until.within(seconds, cancelled)

    def multiples(self) -> tuple[float, float, str, bool]:
        """At which it stays and is gone, what is not known, and whether that is too close to tell."""
        group = companions(self._case, self._measure)
        rest = {(a, u): units for (a, u), units in self._start.items() if a not in group}
        out = self._interval(without_measures(self._case, group), rest)
        if out is None:
            return nan, nan, _("the time limit ended before the plan without it was known"), False
        stays, gone = 1.0, nan
        trial = 2.0
        while not gone <= CLOSE * stays:
            inside = self._interval(with_scaled_cost(with_measure(self._case, self._measure), group, trial), self._start)
            if inside is None:
                return stays, gone, _("the time limit ended before it was known more closely"), False
            if inside[0] >= out[1] - ROUNDING:  # also where the plans with and without it are equally good
                gone = trial
            elif inside[1] <= out[0]:
                stays = trial
            else:
                said = _("at {times:.3g} times its cost the plans with and without it are too close to tell")
                return stays, gone, said.format(times=trial), True
            if gone != gone and stays >= DEAREST:
                break
            trial = min(2.0 * stays, DEAREST) if gone != gone else (stays * gone) ** 0.5
        return stays, gone, "", False

    def _interval(self, case: Case, start: Decisions) -> tuple[float, float] | None:
        """Between which values the first goal of the best plan lies; both infinite where there is no plan."""
        if self._until.why is not None:
            return None
        limited = replace(self._options, time_limit=self._until.limit)
        plan = solve(case, options=limited, cancelled=self._until.cancelled, start=start)
        if plan.status == "infeasible":
            return inf, inf
        if plan.status != "optimal":
            return None
        return first_goal(plan).bound, first_goal(plan).value


def with_scaled_cost(case: Case, measures: Sequence[str], factor: float) -> Case:
    """The case in which some measures cost so many times as much to build and to run."""
    return with_factors(case, dict.fromkeys(measures, factor), {}, {})
