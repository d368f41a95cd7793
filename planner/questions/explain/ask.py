"""Explain: why a measure is in the plan, or why it is not.

Of a measure that the plan does not choose: whether it can start at all, on what that depends, what the first goal loses when
it is forced, and what it pushes out. Of one that the plan chooses: who gains by it, what is lost without it, and what takes
its place. Of both: what it closes alone, next to its cost. Losses are intervals, as in `planner.questions.importance.ask`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from math import inf, nan
from typing import Any, ClassVar, Literal

from planner.case import Case, FrozenDict, Measure, naming
from planner.planning.settling import slack
from planner.planning.variants import alone_decisions, companions, with_dependents, with_first_goal, with_measure
from planner.plans.plan import Plan
from planner.plans.totals import cost_of_choice
from planner.questions.alternatives.ask import scope_of
from planner.questions.alternatives.marks import Within, sides, units_of
from planner.questions.alternatives.near_best import nearest, plan_of
from planner.questions.asking import (
    Asking,
    AskOptions,
    Columns,
    Result,
    Variant,
    asking,
    because,
    chosen,
    decisions_of,
    doubts,
    first_goal,
    frame,
    interval,
    is_known,
    known_measure,
    known_plan,
    unproven,
    why,
    without_any,
)
from planner.questions.explain.reasons import conditions, hindrances
from planner.questions.importance.ask import GAP, lost, without
from planner.words.said import _
from planner.work.stopping import Cancelled, Listener
from planner.work.workers import Done, Task

LOOK = 1e-3  # share of the first goal by which the plan to look at may be worse than the best with (or without) the measure

State = Literal["chosen", "not chosen", "cannot start", "decided"]


@dataclass(frozen=True)
class Explanation(Result):
    """Why a measure is in the plan, or is not.

    Attributes
    ----------
    measure
        Id; of measures that start together the first.
    state
        Chosen, not chosen, cannot start, decided (before the plan).
    value, without
        The first goal with the plan, and without any.
    least, most
        What the first goal loses when a measure that is not chosen is forced, or a chosen one is forbidden, in its own unit:
        at least and at most; `most` is NaN where no such plan is known.
    status
        Of that plan: optimal, feasible (not proven in time), infeasible, no_plan, or empty where none was asked for.
    alone_closes, alone_costs
        What the measure, with what it requires and nothing else, takes off the first goal, and what the lines pay for it
        over all periods; NaN where that cannot be said.
    plan_costs
        What the lines pay for all that the plan chooses, over all periods.
    """

    measure: str = ""
    state: State = "not chosen"
    value: float = nan
    without: float = nan
    least: float = nan
    most: float = nan
    status: str = ""
    alone_closes: float = nan
    alone_costs: float = nan
    plan_costs: float = nan

    QUESTION: ClassVar[str] = "explain"
    ANSWERS: ClassVar[dict[str, tuple[str, ...]]] = {"reasons": ("text",)}
    TABLES: ClassVar[dict[str, Columns]] = {
        "reasons": {
            "kind": "what it is about: ruled out, too late, nobody pays, requires, together, barriers first, one of, gate",
            "text": "in words",
        },
        "changes": {
            "measure": "id; of measures that start together the first",
            "name": "of the measure",
            "kind": "of the measure",
            "city": "where",
            "change": "added or left out, next to the plan",
            "units_plan": "units started in the plan",
            "units": "units started in the nearest plan with (or without) the measure asked about",
        },
        "gains": {
            "indicator": "id",
            "city": "id",
            "period": "id",
            "people": "heads that the indicator is for",
            "without_it": "the indicator in the plan less the measure and all that depends on it, in its own unit",
            "with_it": "in the plan",
            "people_gaining": "people times the part of the gap that it closes in the plan as it stands",
        },
    }

    @property
    def is_answered(self) -> bool:
        """Whether anything was found out besides that the plan it began with has the measure, or has it not."""
        return super().is_answered or self.state == "decided" or is_known(self.status) or len(self.plans) > 1

    def facts(self) -> dict[str, Any]:
        """Figures beside the tables."""
        names = (
            "measure", "state", "value", "without", "least", "most", "status", "alone_closes", "alone_costs", "plan_costs",
        )  # fmt: skip
        return {name: getattr(self, name) for name in names}


def explain(
    case: Case,
    measure: str,
    *,
    plan: Plan | None = None,
    options: AskOptions | None = None,
    on_event: Listener | None = None,
    cancelled: Cancelled | None = None,
) -> Explanation:
    """Why a measure is in the plan, or is not.

    Parameters
    ----------
    case
        A filled case.
    measure
        Its id.
    plan
        The case's optimal plan, if it is known; else it is solved first.
    options, on_event, cancelled
        As in `planner.solve`; `options.gap` is that of the first goal with (or without) the measure (default 1e-3).

    Returns
    -------
    Explanation
        `complete` if what it costs to force or to forbid the measure is known within the gap.

    Raises
    ------
    ValueError
        The case has no such measure.
    """
    known_measure(case, measure)
    a = companions(case, measure)[0]
    with asking(options or AskOptions(gap=GAP), on_event, cancelled) as question:
        hindered = hindrances(case, a)
        if hindered:
            tables = _tables(reasons=hindered)
            return Explanation(case, True, (), question.seconds, tables, FrozenDict(), measure=a, state="cannot start")
        best = known_plan(question, case, plan)
        if not best.has_decisions:
            return Explanation(
                case, False, (why(best),), question.seconds, FrozenDict(), FrozenDict(), measure=a,
                impossible=best.status == "infeasible",
            )  # fmt: skip
        return _explained(question, best, a)


def _explained(question: Asking, best: Plan, a: str) -> Explanation:
    """The answer for a measure that can start."""
    case = best.case
    scope = scope_of(best, LOOK, question.options)
    state: State = "decided" if case.measures[a].status == "decided" else "chosen" if a in chosen(best) else "not chosen"
    least, most, status, other = 0.0, nan, "", None
    missing = [*doubts(best)]
    if state != "decided":
        done = _asked_for(question, best, a, state)
        least, most, status = lost(best, a, done) if state == "chosen" else forced(best, done)
        missing += [said] if done is not None and (said := unproven(done.name, done)) else []
        other = _nearest(question, scope, a, state, done)
        if other is None and done is not None and _has_goals(done):
            missing.append(_("what else would change: not answered in time"))
    less, alone, open_ones = _two_hand_made(question, scope, a, state)
    missing += open_ones
    plans = {"best": best, ("without" if state == "chosen" else "with"): other, "less": less, "alone": alone}
    closes, costs = _alone_figures(best, alone)
    return Explanation(
        case,
        not missing,
        tuple(missing),
        question.seconds,
        _tables(conditions(case, a, best), _changes(scope, best, other), _gains(less, best)),
        FrozenDict({name: plan for name, plan in plans.items() if plan is not None}),
        measure=a,
        state=state,
        value=first_goal(best).value,
        without=without_any(best),
        least=least,
        most=most,
        status=status,
        alone_closes=closes,
        alone_costs=costs,
        plan_costs=cost_of_choice(best),
    )


def _asked_for(question: Asking, best: Plan, a: str, state: State) -> Done | None:
    """The best first goal without a chosen measure, or with one that is not chosen; None if there is nothing to search."""
    case = best.case
    if state == "chosen":
        variant = without(best, a)
    else:
        bound = -inf if case.nobody_worse_off else first_goal(best).bound
        name = _("with {measure}").format(measure=naming.measure(case, a))
        variant = Variant(name, with_first_goal(with_measure(case, a)), decisions_of(best), bound)
    return None if variant is None else question.solve_all([variant], until=0.6)[0]


def forced(best: Plan, done: Done | None) -> tuple[float, float, str]:
    """What the first goal loses with a measure that the plan does not choose: at least, at most, and the status."""
    other: Plan | None = None if done is None else done.value
    if other is None or not other.goals:
        return 0.0, nan, "no_plan" if other is None else other.status
    goal = first_goal(best)
    return *interval(first_goal(other).bound - goal.value, first_goal(other).value - goal.bound), other.status


def _nearest(question: Asking, scope: Within, a: str, state: State, done: Done | None) -> Plan | None:
    """A plan to look at: the nearest of those about as good as the best with, or without, the measure."""
    if done is None or not _has_goals(done):
        return None
    other: Plan = done.value
    value = first_goal(other).value
    limit = max(scope.limit, value + slack(LOOK, value))
    side = "out" if state == "chosen" else "in"
    task = Task(_("the nearest such plan"), nearest, (replace(scope, limit=limit), side, a, decisions_of(other)))
    plan: Plan | None = question.run([task], until=0.8)[0].value
    return plan


def _has_goals(done: Done) -> bool:
    return done.value is not None and bool(done.value.goals)


def _two_hand_made(question: Asking, scope: Within, a: str, state: State) -> tuple[Plan | None, Plan | None, list[str]]:
    """The plan less a chosen measure and all that depends on it, with nothing instead; the measure alone; what is open."""
    case = scope.case
    tasks: dict[str, Task] = {}
    if state == "chosen":
        gone = with_dependents(case, a)
        rest = {(b, u): units for (b, u), units in scope.best.items() if b not in gone}
        tasks["less"] = Task(_("the plan less it"), plan_of, (scope, rest, f"the plan less {case.measures[a].name}"))
    own = alone_decisions(case, a)
    if own is not None and state != "decided":
        tasks["alone"] = Task(_("it alone"), plan_of, (scope, own, f"{case.measures[a].name} alone, with what it requires"))
    done = dict(zip(tasks, question.run(list(tasks.values())), strict=True))
    values = {name: each.value for name, each in done.items()}
    return values.get("less"), values.get("alone"), [because(one.name, one.problem) for one in done.values() if one.problem]


def _alone_figures(best: Plan, alone: Plan | None) -> tuple[float, float]:
    """What a measure closes alone in the first goal, and what the lines pay for it."""
    if alone is None:
        return nan, nan
    return without_any(best) - first_goal(alone).value, cost_of_choice(alone)


def _changes(scope: Within, best: Plan, other: Plan | None) -> list[tuple[Any, ...]]:
    """Measures that the nearest plan adds, then those that it leaves out."""
    if other is None:
        return []
    case, found = best.case, decisions_of(other)
    before, after = units_of(scope.best), units_of(found)
    here, there = sides(case, scope.best, scope.measures), sides(case, found, scope.measures)
    return [
        (a, _name(case, a), *_about(case.measures[a]), change, before.get(a, 0.0), after.get(a, 0.0))
        for side, change in (("in", "added"), ("out", "left out"))
        for a in scope.measures
        if there.get(a) == side and here.get(a, side) != side
    ]  # fmt: skip


def _about(measure: Measure) -> tuple[str, str]:
    """Kind and cities of a measure."""
    return measure.kind, ";".join(measure.cities)


def _name(case: Case, a: str) -> str:
    return " + ".join(case.measures[b].name for b in companions(case, a))


def _gains(less: Plan | None, best: Plan) -> list[tuple[Any, ...]]:
    """Who gains by a measure in the plan as it stands, most first."""
    if less is None:
        return []
    key = ["indicator", "city", "period"]
    both = best.tables["indicators"].merge(less.tables["indicators"], on=key, suffixes=("", "_less"))
    both["gaining"] = both["people_with"] * (both["true_gap_with_less"] - both["true_gap_with"])
    some = both[both["gaining"].abs() > 0.5].sort_values("gaining", ascending=False, kind="stable")
    columns = [*key, "people_with", "with_plan_less", "with_plan", "gaining"]
    return [tuple(row) for row in some[columns].itertuples(index=False)]


def _tables(
    reasons: Collection[tuple[str, str]] = (),
    changes: Collection[tuple[Any, ...]] = (),
    gains: Collection[tuple[Any, ...]] = (),
) -> FrozenDict[str, Any]:
    rows = {"reasons": reasons, "changes": changes, "gains": gains}
    return FrozenDict({name: frame(Explanation.TABLES[name], list(some)) for name, some in rows.items()})
