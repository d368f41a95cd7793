"""Sensitivity: what the plan, kept or made anew, comes to when an assumption is lower or higher; where measures leave it.

Each assumption is changed by itself. *Kept* is the plan's own decisions under the changed case, whatever promises they
then break; *made anew* is the best plan of the changed case for the first goal. A measure *leaves* the plan at the multiple
of its cost from which on the best plan with it is no better than the best plan without it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import nan
from typing import Any, ClassVar

from planner.case import Case, FrozenDict, naming
from planner.compiling.goals import curve_of, weights
from planner.planning.handmade import evaluate
from planner.planning.variants import with_first_goal
from planner.plans.plan import Plan
from planner.questions.asking import (
    AskOptions,
    Columns,
    Decisions,
    Result,
    Variant,
    asking,
    because,
    decisions_of,
    doubts,
    first_goal,
    frame,
    gaps_of,
    known_plan,
    unproven,
    why,
)
from planner.questions.sensitivity.assumptions import GROUPS, Change, changes
from planner.questions.sensitivity.switching import SWITCHING, Switch, switching
from planner.words.said import _
from planner.work.stopping import Cancelled, Listener, Until
from planner.work.workers import Done, Task

GAP = 1e-3  # of the first goal, as for importance
BASE_RUN = "as assumed"

EXCHANGE: Columns = {
    "indicator": "id",
    "city": "id",
    "unit": "of what is counted",
    "worth": "by how much one unit in every period lowers the mean gap of the first goal, where the plan leaves it",
}


@dataclass(frozen=True)
class Sensitivity(Result):
    """What the plan comes to when assumptions are lower or higher.

    Attributes
    ----------
    value
        The first goal with the plan as assumed.
    """

    value: float = nan

    QUESTION: ClassVar[str] = "sensitivity"
    ANSWERS: ClassVar[dict[str, tuple[str, ...]]] = {
        "sensitivity": ("status_kept", "status"),
        "switching": ("stays_at", "gone_at"),
    }
    TABLES: ClassVar[dict[str, Columns]] = {
        "sensitivity": {
            "group": "costs, need, budgets, boarding, weights or scenarios",
            "assumption": "what is changed",
            "change": "how",
            "direction": "whether that makes it lower or higher; empty for scenarios",
            "value_kept": "first goal with the plan's decisions kept; empty if the changed case does not offer one of them, "
            "or if it was not answered",
            "status_kept": "evaluated; not offered: the changed case does not offer one of the decisions; or not answered",
            "broken": "promises that the kept decisions break under the change; empty if they were not evaluated",
            "value_replanned": "first goal of the best plan found for the changed case",
            "bound_replanned": "what no plan for the changed case can beat",
            "status": "of the plan made anew: optimal, feasible (not proven in time), infeasible, no_plan",
            "decisions_kept": "share of the measures that the plan chooses which are chosen anew, 0..1",
        },
        "measures": {
            "measure": "id",
            "name": "of the measure",
            "kind": "of the measure",
            "city": "where",
            "run": "as assumed, or the assumption and its change",
            "start_period": "in which it starts first in the plan for that case; empty if it is not chosen",
            "units": "started in all",
        },
        "switching": SWITCHING,
        "exchange": EXCHANGE,
    }


def sensitivity(
    case: Case,
    *,
    plan: Plan | None = None,
    groups: Sequence[str] = GROUPS,
    by: float = 0.2,
    scenarios: Mapping[str, Case] | None = None,
    switch: int | Sequence[str] = 3,
    options: AskOptions | None = None,
    on_event: Listener | None = None,
    cancelled: Cancelled | None = None,
) -> Sensitivity:
    """What the plan comes to, kept and made anew, when assumptions are lower or higher.

    Parameters
    ----------
    case
        A filled case that was read from files.
    plan
        Its optimal plan, if it is known; else it is solved first.
    groups
        Assumptions to change: costs (norms to their low and high), need, budgets, boarding (minutes), weights (halved and
        doubled).
    by
        Share by which need, budgets and boarding minutes are lowered and raised.
    scenarios
        Name -> further cases to compare with, such as scenarios of the case.
    switch
        How many measures (dearest first), or which, to find the cost for at which they leave the plan; 0 = none.
    options, on_event, cancelled
        As in `planner.solve`; `options.gap` is that of the first goal of each plan made anew (default 1e-3).

    Raises
    ------
    ValueError
        A group or a measure that there is not.
    """
    with asking(options or AskOptions(gap=GAP), on_event, cancelled) as question:
        best = known_plan(question, case, plan)
        if not best.has_decisions:
            return Sensitivity(
                case, False, (why(best),), question.seconds, FrozenDict(), FrozenDict(),
                impossible=best.status == "infeasible",
            )  # fmt: skip
        runs = [
            *changes(case, groups, by),
            *(Change("scenarios", name, _("as described"), "", c) for name, c in (scenarios or {}).items()),
        ]
        start = decisions_of(best)
        kept = question.run(
            [Task(_("the plan kept, {change}").format(change=run.name), _keep, (run.case, start)) for run in runs], until=0.3
        )
        anew = question.solve_all(
            [Variant(_("a plan anew, {change}").format(change=run.name), with_first_goal(run.case), start) for run in runs],
            until=0.75 if switch else 1.0,
        )
        switches = switching(question, best, switch)
        missing = [*doubts(best), *(said for done in (*kept, *anew) if (said := _unanswered(done)))]
        open_ones = [(because(naming.measure(case, s.measure), s.problem), s.too_close) for s in switches if s.problem]
        missing += [said for said, _close in open_ones]
        return Sensitivity(
            case,
            not missing,
            tuple(missing),
            question.seconds,
            FrozenDict(_tables(best, runs, kept, anew, switches)),
            FrozenDict({"best": best}),
            value=first_goal(best).value,
            too_close=tuple(said for said, close in open_ones if close),
        )


def _keep(
    case: Case, decisions: Decisions, *, seconds: float | None, cancelled: Cancelled | None
) -> tuple[float, int] | None:
    """In a worker: first goal and number of broken promises of decisions under a changed case; None where not offered."""
    if any(a not in case.measures or u not in (s.period for s in case.measures[a].starts) for a, u in decisions):
        return None
    plan = evaluate(with_first_goal(case), decisions, Until.within(seconds, cancelled))
    return first_goal(plan).value, len(plan.broken)


def _unanswered(done: Done) -> str:
    if isinstance(done.value, Plan):
        return unproven(done.name, done)
    return because(done.name, done.problem) if done.problem else ""


def _tables(
    best: Plan, runs: Sequence[Change], kept: Sequence[Done], anew: Sequence[Done], switches: Sequence[Switch]
) -> dict[str, Any]:
    rows = [_row(best, run, k, a) for run, k, a in zip(runs, kept, anew, strict=True)]
    plans = [(BASE_RUN, best), *((run.name, done.value) for run, done in zip(runs, anew, strict=True))]
    solved = [(name, plan) for name, plan in plans if plan is not None and plan.has_decisions]
    chosen = [row for name, plan in solved for row in _chosen(best, name, plan)]
    columns = Sensitivity.TABLES
    return {
        "sensitivity": frame(columns["sensitivity"], rows),
        "measures": frame(columns["measures"], chosen),
        "switching": frame(SWITCHING, [switch.row for switch in switches]),
        "exchange": frame(EXCHANGE, exchange_rows(best)),
    }


def _row(best: Plan, run: Change, kept: Done, anew: Done) -> tuple[Any, ...]:
    value, broken = kept.value if kept.value is not None else (nan, None)
    status_kept = "evaluated" if broken is not None else "not answered" if kept.problem else "not offered"
    plan: Plan | None = anew.value
    found = plan is not None and plan.has_decisions
    goal = first_goal(plan) if plan is not None and found else None
    return (
        run.group,
        run.assumption,
        run.change,
        run.direction,
        value,
        status_kept,
        nan if broken is None else broken,
        nan if goal is None else goal.value,
        nan if goal is None else goal.bound,
        "no_plan" if plan is None else plan.status,
        nan if plan is None or not found else share_kept(best, plan),
    )


def share_kept(best: Plan, other: Plan) -> float:
    """Share of the candidates that a plan chooses which another plan chooses too; 1 where it chooses none."""
    chosen, again = (_candidates(plan) for plan in (best, other))
    return len(chosen & again) / len(chosen) if chosen else 1.0


def _candidates(plan: Plan) -> set[str]:
    return {a for a, _ in decisions_of(plan) if plan.case.measures[a].status == "candidate"}


def _chosen(best: Plan, run: str, plan: Plan) -> list[tuple[Any, ...]]:
    """When each candidate that the plan or this one chooses starts first in this one."""
    order = best.case.period_ids
    starts: dict[str, dict[str, float]] = {a: {} for a in best.case.measures if a in _candidates(best) | _candidates(plan)}
    for (a, u), units in decisions_of(plan).items():
        if a in starts:
            starts[a][u] = units
    found = []
    for a, started in starts.items():
        measure = best.case.measures[a]
        first = min(started, key=order.index) if started else ""
        found.append((a, measure.name, measure.kind, ";".join(measure.cities), run, first, sum(started.values())))
    return found


# --- exchange rates


def exchange_rows(best: Plan) -> list[tuple[Any, ...]]:
    """A row for each indicator and city that weighs something in the first goal: what the weights say a unit is worth.

    The mean gap is a weighted sum, so each indicator's gap in a city has a price: its weight, times what one unit less of
    the shortfall takes off the gap (1 / need of a service, 1 / (worst - standard) of minutes, 1 / target of a reach and of
    jobs), in all periods together. Only the mean gap counts here, not the worst city's part of a goal. Where the goal has a
    curve, a unit is worth what it is where the plan leaves the gap: more where more is missing.
    """
    case = best.case
    goal = case.goals[0]
    if not goal.parts.get("gaps"):
        return []
    places = [
        (x, i, t) for x in case.indicators for i in case.cities for t in case.period_ids if _counted(case, x, i, t) > 0
    ]
    curve, left = curve_of(goal), gaps_of(best, "gap_with")
    worth: dict[tuple[str, str], float] = {}
    for (x, i, t), weight in weights(case, goal, places).items():
        slope = 1.0 if curve is None else curve.slope(left[x, i, t])
        worth[x, i] = worth.get((x, i), 0.0) + weight * slope * goal.parts["gaps"] / _counted(case, x, i, t)
    return [(x, i, unit_of(case, x), value) for (x, i), value in worth.items()]


def _counted(case: Case, x: str, i: str, t: str) -> float:
    """How many units less of the shortfall take the whole gap away; 0 where the city does not have the indicator."""
    if x in case.services:
        return case.need(x, i, t)
    if x in case.work:
        return case.work_target(x, i, t)
    if x in case.crowding:
        span = case.crowding[x].worst - 1.0
        return span * (case.cities[i].meant_for or 0.0) if i in case.crowding[x].cities else 0.0
    access = case.access[x]
    if i not in access.origins:
        return 0.0
    if access.kind == "reach":
        return 100.0 * (access.target or 1.0)
    return (access.worst_minutes or 0.0) - access.standard_minutes


def unit_of(case: Case, x: str) -> str:
    """What is counted of an indicator."""
    if x in case.services:
        return case.services[x].unit
    if x in case.work:
        return _("jobs", "unit") if case.work[x].of == "jobs" else _("output, in the unit of gdp")
    if x in case.crowding:
        return _("people", "unit")
    return _("% of the cluster within reach") if case.access[x].kind == "reach" else _("minutes")
