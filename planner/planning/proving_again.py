"""Proving anew: another search for every bound that a plan states, which the audit can only take as the solver's word.

The search begins with the plan's own decisions and asks of each step what the plan says of it: is there anything better than
the stated bound? A solution that is refutes the bound, for no search can have proven it. The steps are kept as the plan says
they were: each within its goal's tolerance of the value that its bound and its gap make.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from math import inf, isfinite, nan
from typing import Literal

from planner.audit import audit
from planner.audit.claims import step_value
from planner.case import Case
from planner.case.problems import CaseInvalid
from planner.compiling.most_units import with_units_in_reach
from planner.planning.figures import room_of
from planner.planning.search import Clock, SolveOptions, stand_alone_plans
from planner.planning.settling import Settler, slack
from planner.planning.stand_alone import Alone
from planner.plans.plan import Plan
from planner.solver.highs import SMALL, Limits, Solver
from planner.solver.linear import LinearProgram
from planner.solver.steps import Step
from planner.words.said import _
from planner.work.stopping import FOREVER, Cancelled, Listener, Stopped, Until

Verdict = Literal["confirmed", "refuted", "not confirmed", "not judged"]


class NotRepeatable(ValueError):
    """Bounds that hold for a search that the plan does not describe; the message says why."""


@dataclass(frozen=True)
class Proof:
    """What another search says of one bound.

    Attributes
    ----------
    about
        The goal (with the city, where it has a step for each), or the jurisdiction alone.
    stated
        What nothing can beat, as the plan says.
    proven, best
        What nothing can beat, as proven now, and the best that was found now; NaN where nothing was.
    verdict
        `confirmed`: proven again, within the gap that was asked for. `refuted`: something better exists (of a stand-alone
        plan's own value: nothing can reach it). `not confirmed`: the limit was hit before either was known. `not judged`: it
        holds among plans that are as good as a bound says which was refuted, so that nothing is asked of it.
    """

    about: str
    stated: float
    proven: float
    best: float
    verdict: Verdict


def prove(
    plan: Plan,
    *,
    options: SolveOptions | None = None,
    on_event: Listener | None = None,
    cancelled: Cancelled | None = None,
) -> tuple[Proof, ...]:
    """Solve again for every bound that a plan states.

    Parameters
    ----------
    plan
        A plan that passed its audit: what follows from its figures is not asked again.
    options
        Time limit for all bounds together, and the gap within which a bound counts as proven again; unless it is said, what
        the plan was asked for.
    on_event
        Called with every stage, and about twice a second while a bound is searched for.
    cancelled
        Asked all the time; once it says True, what is not known by then is not confirmed.

    Raises
    ------
    NotRepeatable
        Some starts were given when the plan was found; the plan does not say which.
    """
    if plan.options.get("fixed_starts"):
        raise NotRepeatable(
            f"starts were given when this plan was found ({plan.options['fixed_starts']} of them), and its bounds are of "
            "plans with these starts; the plan does not say which they are, so that its bounds cannot be solved for again"
        )
    options = options or SolveOptions()
    until, clock = Until.within(options.time_limit, cancelled, _("preparing the proof")), Clock(on_event)
    try:
        settler = _built(plan.case, until, clock)
    except Stopped:
        return tuple(Proof(goal.name, goal.bound, nan, nan, "not confirmed") for goal in plan.goals if isfinite(goal.bound))
    found: list[Proof] = []
    if plan.case.nobody_worse_off:
        stated, asked = _stated_alone(plan), _asked(plan, options, 0)
        try:
            now = stand_alone_plans(
                settler, replace(options, gap=asked), until if until.left == inf else until.less(until.left / 2), clock
            )
        except Stopped:
            now = ()
        found += _alone(stated, now, asked)
        settler = settler.promising(stated)
    rests = all(proof.verdict != "refuted" for proof in found)
    clock.stage(_("solving"))
    return (*found, *_steps(plan, settler, options, until, clock, rests))


def _built(case: Case, until: Until, clock: Clock) -> Settler:
    """The case as the search had it, but with all routes: that none of those left out was wanted is to be seen, too."""
    in_reach = with_units_in_reach(case)
    try:
        return Settler.of(in_reach, clock.stage, until)
    except CaseInvalid:  # more routes than can be listed, with those that no plan can have
        return Settler.of(in_reach, clock.stage, until, promises_hold=True)


def _asked(plan: Plan, options: SolveOptions, goal: int) -> float:
    """The gap within which a bound of a goal counts as proven again: unless it is said, what the plan was asked for."""
    return plan.asked_gap(goal) if options.gap is None else options.gap


def _stated_alone(plan: Plan) -> tuple[Alone, ...]:
    """The stand-alone plans as the plan states them."""
    table = plan.tables["alone"]
    rows = zip(table["jurisdiction"], table["value_alone"], table["bound_alone"], strict=True)
    return tuple(Alone(str(who), float(value), float(bound), True) for who, value, bound in rows)


def _alone(stated: tuple[Alone, ...], now: tuple[Alone, ...], asked: float) -> Iterator[Proof]:
    """What each jurisdiction can reach alone, and what it cannot: both are stated, and both can be wrong."""
    again = {alone.jurisdiction: alone for alone in now}
    for alone in stated:
        known = again.get(alone.jurisdiction, Alone(alone.jurisdiction, nan, nan, False))
        if isfinite(alone.bound):
            verdict = _verdict(alone.bound, known.bound, known.value, asked)
            yield Proof(f"{alone.jurisdiction} alone", alone.bound, known.bound, known.value, verdict)
        if known.bound > alone.value + room_of(alone.value):
            reached: Verdict = "refuted"
        else:
            reached = "confirmed" if known.value <= alone.value + _within(asked, alone.value) else "not confirmed"
        yield Proof(f"{alone.jurisdiction} alone, its plan", alone.value, known.bound, known.value, reached)


def _steps(plan: Plan, settler: Settler, options: SolveOptions, until: Until, clock: Clock, rests: bool) -> Iterator[Proof]:
    """One search for each step that the plan says something of, in order, as long as what it rests on is not refuted."""
    program, goals = settler.built.search_program, plan.case.goals
    solver = Solver(program)
    table = plan.tables["decisions"]
    starts = zip(table["measure"], table["start_period"], table["units"], strict=True)
    with suppress(Stopped):  # then every search is without time, and says so
        start = settler.solution_of({(str(a), str(u)): float(units) for a, u, units in starts}, until=until)
        if start is not None:
            solver.start_from(start)
    kept: list[tuple[Step, float, int]] = []
    is_as_stated = True  # whether the earlier goals are kept where their own steps left them
    for step, (bound, gap, reached) in zip(settler.built.steps, _stated(plan), strict=False):
        if kept and kept[-1][0].goal != step.goal:
            _leave_room(solver, program, kept, step.goal - 1, goals[step.goal - 1].tolerance)
        label = step.label(goals[step.goal].name)
        if not isfinite(bound):  # nothing is stated of it; what comes after it was looked for among plans as good as its own
            if isfinite(reached):
                kept.append((step, reached, solver.keep(step.in_program(program), reached)))
                is_as_stated = False
            continue
        if not rests:
            yield Proof(label, bound, nan, nan, "not judged")
            continue
        asked = _asked(plan, options, step.goal)
        objective, enough = step.in_program(program), bound - _within(asked, bound)
        answer = None
        if until.why is None:
            limits = Limits(until.left, asked, options.threads, options.seed)
            limits = replace(limits, target=bound - 2 * room_of(bound), enough=enough)
            answer = solver.minimise(objective, limits, clock.listener(label), until.cancelled)
        proven, best = (nan, nan) if answer is None else (answer.bound, answer.value)
        verdict = _verdict(bound, proven, best, asked)
        if verdict == "confirmed" and not is_as_stated:  # it is proven of fewer plans than it was stated of
            verdict = "not confirmed"
        yield Proof(label, bound, proven, best, verdict)
        rests = verdict != "refuted"
        value = step_value(bound, gap)
        if isfinite(value):
            limit = value + slack(0.0 if step.about else goals[step.goal].tolerance, value)
        else:  # of a bound that says next to nothing, the value cannot be told: the plan's own is no more
            value = limit = reached
            is_as_stated = False
        kept.append((step, value, solver.keep(objective, limit)))


def _leave_room(
    solver: Solver, program: LinearProgram, kept: list[tuple[Step, float, int]], goal: int, tolerance: float
) -> None:
    """Later goals may take a goal's tolerance of each of its steps."""
    for step, value, row in kept:
        if step.goal == goal:
            solver.loosen(row, step.in_program(program), value + slack(tolerance, value))


def _stated(plan: Plan) -> list[tuple[float, float, float]]:
    """Bound and gap of every step, in order, as the plan states them, and what the plan itself reaches."""
    found: list[tuple[float, float, float]] = []
    for goal in plan.goals:
        if goal.cities:
            found += [(city.bound, city.optimality_gap, city.mean) for city in goal.cities]
        else:
            found.append((goal.bound, goal.optimality_gap, goal.value))
    return found


def _verdict(stated: float, proven: float, best: float, gap: float) -> Verdict:
    """What a search says of a bound; NaN where it knows nothing."""
    if best < stated - room_of(stated):
        return "refuted"
    return "confirmed" if proven >= stated - _within(gap, stated) - room_of(stated) else "not confirmed"


def _within(gap: float, bound: float) -> float:
    """How far a bound may lie from another that is proven within a gap."""
    return gap * max(abs(bound), SMALL)


def audited(plan: Plan, until: Until = FOREVER) -> tuple[Plan, tuple[str, ...]]:
    """A plan marked with what its audit found, and its violations.

    One without decisions, or of which the audit was stopped (also by Ctrl-C), is as it was: not audited.
    """
    if not plan.has_decisions:
        return plan, ()
    try:
        report = audit(plan, until.at(_("auditing")).check)
    except (Stopped, KeyboardInterrupt):
        return plan, ()
    return plan.with_audit("passed" if report.passed else "failed"), tuple(str(v) for v in report.violations)
