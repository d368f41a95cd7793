"""First decisions that are the same in several futures: tried out, found, and completed to a plan for each.

`trial` and `plan_with` are pieces of work for workers; `find` solves all futures as one program, in this process.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from math import inf, isfinite, nan

import numpy as np

from planner.case import Case
from planner.planning.decisions import Decisions
from planner.planning.in_order import EXACT
from planner.planning.search import SolveOptions, solve
from planner.planning.settling import Settler, slack
from planner.plans.plan import Plan
from planner.questions.asking import audited
from planner.questions.robust.scenarios import Common, Futures
from planner.solver.highs import Answer, Limits, Outcome, Progress, Solver, relative_gap
from planner.solver.linear import LinearProgram, Objective, Vector
from planner.solver.stacking import Stack, stacked, with_criterion
from planner.work.stopping import FOREVER, Cancelled, Event, Listener, Stopped, Until

MAIN = 0.7  # share of the time for the criterion itself; the rest is for what comes after it


@dataclass(frozen=True)
class Tried:
    """What some first decisions come to in a future: the first goal, with what none can beat, and a solution."""

    outcome: Outcome
    value: float
    bound: float
    columns: Vector | None
    starts: Decisions = field(default_factory=dict)  # all of the solution


def trial(
    case: Case,
    firsts: Sequence[Decisions],
    start: Decisions,
    options: SolveOptions,
    seconds: float | None,
    cancelled: Cancelled | None,
) -> tuple[Tried, ...]:
    """In a worker: the first goal of a case with each of several first decisions, in their order.

    Of those whose turn does not come in time nothing is known; what was found of the others stands.

    Parameters
    ----------
    start
        Decisions that the searches may begin with.
    """
    until = Until.within(seconds, cancelled)
    found: list[Tried] = []
    plain = Settler.of(case, until=until)
    for number, first in enumerate(firsts):
        left = until.left / (len(firsts) - number)
        settler = plain.fixing(first)
        try:
            until.check()
            known = settler.solution_of(start, until=until)
        except Stopped as stopped:
            return (*found, *[Tried(stopped.why, nan, -inf, None)] * (len(firsts) - number))
        solver = Solver(settler.built.search_program)
        if known is not None:
            solver.start_from(known)
        limits = Limits(left, options.gap_of(0), options.threads, options.seed)
        answer = solver.minimise(settler.built.search_program.objectives["goal", 0], limits, None, cancelled)
        starts = {} if answer.values is None else settler.starts_in(answer.values)
        found.append(Tried(answer.outcome, answer.value, answer.bound, answer.values, starts))
    return tuple(found)


def plan_with(
    case: Case, first: Decisions, start: Decisions, options: SolveOptions, seconds: float | None, cancelled: Cancelled | None
) -> Plan:
    """In a worker: the audited plan of a case with given first decisions."""
    plan = solve(case, options=replace(options, time_limit=seconds), cancelled=cancelled, start=start, fixed=first)
    return audited(plan)


@dataclass(frozen=True)
class Found:
    """First decisions for all futures.

    Attributes
    ----------
    first
        Units of every start of the first period, 0 for none; None where there are no such decisions, or none were found.
    decisions
        What each future starts in all, as the search has it.
    values
        Of the first goal, a future each.
    bound
        What the criterion cannot be below.
    outcome
        Of the search for the criterion.
    """

    first: Decisions | None
    decisions: tuple[Decisions, ...]
    values: tuple[float, ...]
    bound: float
    outcome: Outcome


def find(
    futures: Futures,
    common: Common,
    tried: Sequence[Sequence[Tried]],
    bounds: Sequence[float],
    best: Sequence[float],
    limits: Limits,
    until: Until = FOREVER,
    part: float = 1.0,
    on_event: Listener | None = None,
) -> Found:
    """The best common first decisions: the criterion, then the mean of the first goal, then those of the later goals.

    Parameters
    ----------
    tried
        For each future what each of several first decisions comes to; the search starts from the best of them, and ends with
        them where there is no time for more.
    bounds, best
        Of the first goal of each future alone: what no plan can beat, and what the best plan found reaches.
    limits
        Gap, threads and seed of each step.
    until, part
        Until when all may go on, and the part of the time that the search may take; what it found is settled after it.
    """
    searching = until.share(part)
    floor = futures.value(bounds, best)
    known = _best_tried(futures, tried, best)
    try:
        built = [Settler.of(case, until=searching) for case in futures.cases]
    except Stopped as stopped:
        if known is None:
            return Found(None, (), (), floor, stopped.why)
        return _found(common, [one.starts for one in known], [one.value for one in known], floor, stopped.why)
    settlers = [settler.fixing(dict.fromkeys(common.others, 0.0)) for settler in built]  # what is not common starts in none
    programs = [settler.built.search_program for settler in settlers]
    goals = [program.objectives["goal", 0] for program in programs]
    plain = stacked(programs, [("Start", start) for start in common.starts])
    stack, criterion = with_criterion(plain, goals, bounds, futures.criterion, futures.weights, best, futures.share)
    steps = [(criterion, futures.cases[0].goals[0].tolerance), *_later(futures, stack, programs)]
    begin = None if known is None else [one.columns for one in known if one.columns is not None]
    main, kept, columns = _in_order(stack, steps, begin, limits, searching, on_event)
    bound = max(main.bound, floor) if isfinite(main.bound) else floor
    if columns is None or main.outcome == "infeasible":
        return Found(None, (), (), bound, main.outcome)
    columns = _exact(stack.program, kept or [(criterion, inf)], columns, until)
    parts = [stack.part(k, columns) for k in range(len(programs))]
    decisions = [settler.starts_in(part) for settler, part in zip(settlers, parts, strict=True)]
    values = [goal.value(part) for goal, part in zip(goals, parts, strict=True)]
    return _found(common, decisions, values, bound, main.outcome)


def _found(common: Common, decisions: Sequence[Decisions], values: Sequence[float], bound: float, outcome: Outcome) -> Found:
    """What is common of what each future starts."""
    anywhere = {start: units for some in reversed(decisions) for start, units in some.items()}
    return Found(common.part_of(anywhere), tuple(decisions), tuple(values), bound, outcome)


def _in_order(
    stack: Stack,
    steps: Sequence[tuple[Objective, float]],
    known: Sequence[Vector] | None,
    limits: Limits,
    until: Until,
    on_event: Listener | None,
) -> tuple[Answer, list[tuple[Objective, float]], Vector | None]:
    """Minimise one objective after the other, each within the tolerance of the earlier ones.

    Returns
    -------
    What the first step found, what the steps are kept within, and the columns of the last one that found any; those known
    where none did.
    """
    solver = Solver(stack.program)
    columns = None if known is None else stack.whole(known)
    if columns is not None:
        solver.start_from(columns)
    main: Answer | None = None
    kept: list[tuple[Objective, float]] = []
    for number, (objective, tolerance) in enumerate(steps):
        share = MAIN if number == 0 and len(steps) > 1 else 1.0 / (len(steps) - number)
        seconds = until.share(share).left
        answer = solver.minimise(objective, replace(limits, seconds=seconds), _teller(on_event), until.cancelled)
        main = main or answer
        if answer.values is None or until.why == "interrupted":
            columns = columns if answer.values is None else answer.values
            break
        columns = answer.values
        kept.append((objective, answer.value + slack(tolerance, answer.value)))
        solver.keep(*kept[-1])
    assert main is not None  # there is always a criterion
    return main, kept, columns


def _exact(program: LinearProgram, kept: Sequence[tuple[Objective, float]], columns: Vector, until: Until) -> Vector:
    """The same solution with its integers whole and everything else solved exactly, so that its starts can be given on.

    As it is where the time ends first.
    """
    integers = {int(k): float(round(columns[k])) for k in np.flatnonzero(program.integer)}
    solver = Solver(program.relaxed().fixed(integers))
    for objective, limit in kept[:-1]:
        solver.keep(objective, limit)
    answer = solver.minimise(kept[-1][0], replace(EXACT, seconds=until.left), cancelled=until.cancelled)
    if answer.outcome != "optimal" or answer.values is None:
        return columns
    return np.clip(answer.values, program.lower, program.upper)


def _teller(on_event: Listener | None) -> Callable[[Progress], None] | None:
    if on_event is None:
        return None
    tell = on_event

    def report(p: Progress) -> None:
        tell(Event("progress", "all scenarios together", p.seconds, p.best, p.bound, relative_gap(p.best, p.bound)))

    return report


def _later(futures: Futures, stack: Stack, programs: Sequence[LinearProgram]) -> list[tuple[Objective, float]]:
    """What is minimised after the criterion, as means over the futures: the first goal, then as many goals as are alike."""
    alike: list[tuple[Objective, float]] = []
    for g, goals in enumerate(zip(*(case.goals for case in futures.cases), strict=False)):
        if any(goal.parts != goals[0].parts for goal in goals):
            break
        alike.append((stack.mean([p.objectives["goal", g] for p in programs], futures.weights), goals[0].tolerance))
    return alike[1:] if futures.criterion == "expected" else alike


def _best_tried(futures: Futures, tried: Sequence[Sequence[Tried]], best: Sequence[float]) -> Sequence[Tried] | None:
    """What those first decisions, of the ones tried, that suit all futures best together come to in each."""
    possible = [those for those in zip(*tried, strict=True) if all(one.columns is not None for one in those)]
    return min(possible, key=lambda those: futures.value([one.value for one in those], best), default=None)
