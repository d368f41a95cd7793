"""From a case to its optimal plan: goals in order, limits, statuses. Reads the integer decisions; figures come after."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, field, replace
from math import inf, isfinite, nan
from time import perf_counter
from typing import Any

from models.alone import Alone as PromisedAlone
from planner.case import Case, FrozenDict, naming
from planner.compiling.goals import value_of_gaps
from planner.compiling.most_units import with_units_in_reach
from planner.planning.decisions import refuse_unknown
from planner.planning.figures import Figures, goal_results, goal_value, room_of
from planner.planning.greedy import first_plan, plan_like
from planner.planning.settling import Settler, slack
from planner.planning.stand_alone import Alone, own_value, stand_alone_case
from planner.plans.ended import By, Ended, Kind
from planner.plans.plan import Plan, Status, versions
from planner.solver.branching import lowest_branch
from planner.solver.duality import Dual, of_relaxation
from planner.solver.highs import SMALL, Answer, Heuristics, Limits, Outcome, Progress, Solver, is_large, relative_gap
from planner.solver.linear import LinearProgram, Objective, Vector
from planner.solver.steps import Step
from planner.solver.two_threads import beside
from planner.words.said import _
from planner.work.stopping import FOREVER, Cancelled, Event, Listener, Stopped, Until, asked_limit

TO_PLAN_ALONE = _("planning for each jurisdiction alone")
NEAR = 5e-3  # a start within this of what cannot be beaten is close to the best: the search is left to prove it
RESERVE = 0.1  # of the time limit: kept for the figures of the plan that is found, and for its audit
EVALUATING = 6.0  # times the seconds that the figures without the plan took: what those of a plan may take, with the audit
ASKED = 1e-6  # of the asked gap: by so much a step may miss it
FIRST_GAP = 1e-4  # what the first goal must prove, unless it is said
LATER_GAP = 1e-3  # a millionth of the first goal is worth ten or more of spending: closer proofs of that say no more
SHARE_FOR_RELAXATION = 0.9  # of the time left: a search in whose time the relaxation does not end finds no bound, either
SHARE = 0.75  # of the time left: what a goal may take while others wait for theirs
MOST_ROOM = 10.0  # times the room of a value: the most by which tolerances may explain a bound that is too high
INTEGRALITY = (1e-6, 1e-9)  # how far an integer may be from whole; the second only where rounding broke a promise


@dataclass(frozen=True)
class SolveOptions:
    """Limits of a solve.

    Attributes
    ----------
    time_limit
        Seconds for all of it: preparation, all goals, and the figures of the plan that is found, for which a tenth is kept
        (more where the figures without the plan took long). None = no limit.
    gap
        Relative gap that each goal's step must prove. Where it is not said: `FIRST_GAP` for the first goal, `LATER_GAP` for
        those after it.
    later_gap
        The same for the goals after the first, where theirs is another one.
    threads, seed
        Given to HiGHS.
    """

    time_limit: float | None = None
    gap: float | None = None
    later_gap: float | None = None
    threads: int = 2
    seed: int = 0

    def gap_of(self, goal: int) -> float:
        """Relative gap that each step of a goal must prove; goals count from 0."""
        if goal > 0 and self.later_gap is not None:
            return self.later_gap
        if self.gap is not None:
            return self.gap
        return LATER_GAP if goal > 0 else FIRST_GAP


@dataclass(frozen=True)
class _Known:
    """What is known before a search: a solution, and what no plan can beat in the first goal."""

    solution: Vector | None
    bound: float
    goals: int | None = None  # how many goals are searched for
    settled: Mapping[int, float] = field(default_factory=dict)  # integer columns, as every better plan has them
    from_scratch: bool = False  # whether the solver is not told of the solution: see `_with_relaxation`


@dataclass
class _Search:
    """The steps so far, the best solution known, what the steps are kept within, and why the search ended."""

    steps: list[tuple[Step, Answer]] = field(default_factory=list)
    values: Vector | None = None
    limits: list[float] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)  # of the solver, which keep the limits
    status: Status = "optimal"
    ended: tuple[Ended, ...] = ()

    def stop(self, status: Status, why: Ended) -> None:
        """Nothing better is claimed than this, for this reason, beside those there were."""
        self.status, self.ended = status, (*self.ended, why)

    def keep(self, solver: Solver, program: LinearProgram, tolerance: float) -> None:
        """Keep the last step within its goal's tolerance, or where it is while others of its goal follow."""
        step, answer = self.steps[-1]
        self.limits.append(answer.value + slack(0.0 if step.about else tolerance, answer.value))
        self.rows.append(solver.keep(step.in_program(program), self.limits[-1]))

    def leave_room(self, solver: Solver, program: LinearProgram, g: int, tolerance: float) -> None:
        """Let later goals take a goal's tolerance of each of its steps."""
        for k, (step, answer) in enumerate(self.steps):
            if step.goal == g:
                self.limits[k] = answer.value + slack(tolerance, answer.value)
                solver.loosen(self.rows[k], step.in_program(program), self.limits[k])


def solve(
    case: Case,
    *,
    options: SolveOptions | None = None,
    on_event: Listener | None = None,
    cancelled: Cancelled | None = None,
    start: Mapping[tuple[str, str], float] | None = None,
    fixed: Mapping[tuple[str, str], float] | None = None,
    bound: float = -inf,
    goals: int | None = None,
) -> Plan:
    """The optimal plan of a case, as far as the limits allow.

    Parameters
    ----------
    case
        A filled case.
    options
        Time limit, gap, threads, seed.
    on_event
        Called with every stage, about twice a second while a goal is solved, and after each goal.
    cancelled
        Asked all the time, during preparation too; once it says True, the best plan so far is kept, and its figures are
        worked out.
    start
        Decisions of a similar case's plan, which the search begins with if this case allows them: (measure, start period)
        -> units. What the case does not offer is passed over. They change how long the search takes, not what is proven.
    fixed
        Starts that are no choice any more: (measure, start period) -> units, 0 for none. What is proven is proven of the
        plans with these starts; the plan's options hold how many they are (`fixed_starts`).
    bound
        What no plan of this case can beat in the first goal, because it is proven of a case that allows more. A plan within
        the gap of it is not searched for any longer; a start within it, not at all.
    goals
        Only so many goals are searched for, from the first on, in the same world and with the same promises; the plan says
        which were not looked at. None = all.

    Returns
    -------
    Plan
        Status `optimal` only if every goal's step was proven within the gap; `infeasible` and `no_plan` carry a reason
        and no decisions. Not audited yet.

    Raises
    ------
    CaseInvalid
        A fixed start is none that the case offers.
    """
    _check_fixed(case, fixed or {})
    options = options or SolveOptions()
    clock = Clock(on_event)
    until = Until.within(options.time_limit, cancelled)
    in_reach = with_units_in_reach(case, {a for (a, _), units in (fixed or {}).items() if units > 0})
    figures = None
    try:
        settler = Settler.of(in_reach, clock.stage, until, promises_hold=True)
        clock.seconds |= settler.seconds
        clock.without = {
            goal.name: value_of_gaps(case, goal, settler.without.gaps)
            for goal in case.goals
            if goal.gap_parts and set(goal.parts) == set(goal.gap_parts)
        }
        if case.nobody_worse_off:
            settler = settler.promising(stand_alone_plans(settler, options, until, clock))
        settler = settler.fixing(dict(fixed or {}))
        trying = until.at(_("trying the plan to start from"))
        known = None if start is None else settler.solution_of(dict(start), until=trying)
        searching = until.less(reserve(options.time_limit, settler.seconds["without"]))
        large = not isfinite(bound) and is_large(settler.built.search_program.matrix.nnz)
        with _relaxation(settler, options, searching) if large else nullcontext() as relaxation:
            if known is None:
                clock.stage(_("looking for a first plan"))
                known = first_plan(settler, searching, until)
                clock.lap("first plan")
            at_first = _Known(known, bound, goals)
            if known is not None and relaxation is not None:
                clock.stage(_("looking for what no plan can beat"))
                at_first = _with_relaxation(settler, options, searching, until, at_first, relaxation())
                clock.lap("relaxation")
        search, figures = _settled_search(settler, options, searching, clock, at_first)
    except Stopped as stopped:  # before there was any plan
        search = _Search(status="no_plan", ended=(Ended("stopped", stopped.why, text=stopped.stage),))
    fixed_starts = {} if fixed is None else {"fixed_starts": len(fixed)}
    facts: dict[str, Any] = {
        "options": FrozenDict(asdict(_as_asked(options, until.seconds)) | fixed_starts),
        "seconds": FrozenDict(clock.seconds),
        "versions": versions(),
    }
    if figures is None:
        plan = Plan(case, search.status, search.ended, goals=(), tables=FrozenDict(), **facts)
    else:
        proven: dict[str, list[tuple[float, float]]] = {goal.name: [] for goal in case.goals}
        for step, answer in search.steps:
            proven[case.goals[step.goal].name].append((answer.bound, answer.gap))
        plan = Plan(
            case,
            search.status,
            search.ended,
            goals=goal_results(case, figures, proven),
            tables=figures.tables,
            broken=figures.broken,
            **facts,
        )
    clock.done(plan)
    return plan


def _as_asked(options: SolveOptions, seconds: float | None) -> SolveOptions:
    """The options with what was not said filled in: a plan tells what its proof was asked to be."""
    return replace(options, time_limit=seconds, gap=options.gap_of(0), later_gap=options.gap_of(1))


def _check_fixed(case: Case, fixed: Mapping[tuple[str, str], float]) -> None:
    if fixed:
        refuse_unknown(case, {start: units for start, units in fixed.items() if units > 0}, "the starts that are fixed")


def stand_alone_plans(
    settler: Settler,
    options: SolveOptions | None = None,
    until: Until = FOREVER,
    clock: Clock | None = None,
) -> tuple[Alone, ...]:
    """The stand-alone plan of each jurisdiction with gaps, as far as the limits allow; else what it has without a plan.

    Raises
    ------
    Stopped
        Somebody asked to stop, or the time is up: then there is no time for the common plan either.
    """
    until = until.at(TO_PLAN_ALONE)
    options, clock = options or SolveOptions(), clock or Clock(None)
    case, without, found = settler.case, settler.without, []
    promised = settler.built.instance[PromisedAlone].alone
    clock.stage(TO_PLAN_ALONE)
    waiting = len(promised) + 1  # the common plan, too
    for number, who in enumerate(promised):
        until.check()
        left = until.left / (waiting - number)
        limited = replace(options, time_limit=None if left == inf else left)
        own = stand_alone_case(case, who, without)
        with asked_limit(until.seconds):
            plan = solve(own, options=limited, on_event=clock.pass_on, cancelled=until.cancelled)
        if plan.has_decisions:
            goal = plan.goals[0]
            found.append(Alone(who, goal.value, goal.bound, plan.status == "optimal", plan.reason))
        else:  # where alone not even what was decided can be kept, the world without the plan is all it has
            value = own_value(case, who, without.gaps)
            proven = plan.status == "infeasible"
            found.append(Alone(who, value, value if proven else nan, proven, plan.reason))
    until.check()
    clock.lap("alone")
    return tuple(found)


def _settled_search(
    settler: Settler,
    options: SolveOptions,
    until: Until,
    clock: Clock,
    known: _Known,
) -> tuple[_Search, Figures | None]:
    """A search and its figures; once more with stricter integers if rounding them broke a promise and there is time.

    A plan that is found is not lost: its figures are worked out whatever the clock says. So the search ends early enough.
    """
    best: tuple[_Search, Figures | None] | None = None
    for integrality in INTEGRALITY:
        clock.stage(_("solving"))
        search = _search(settler, options, integrality, until, clock, known)
        clock.lap("solving")
        if search.values is None:
            break
        clock.stage(_("evaluating"))
        figures = settler.figures(settler.starts_from(search.values, len(search.steps) - 1, search.limits), search.limits)
        clock.lap("evaluating")
        best = search, figures
        if not figures.broken or until.why:
            break
    if best is None:
        return search, None
    search, settled = best
    unproven = next((alone for alone in settler.built.alone if not alone.proven), None)
    if unproven and search.status == "optimal":
        who = naming.jurisdiction(settler.case, unproven.jurisdiction)
        search.stop("feasible", Ended("alone", text=who, why=unproven.reason))
    if settled and settled.broken and search.status == "optimal":
        search.stop("feasible", Ended("rounding"))
    if settled:
        _take_back_bounds(search, settler.case, settled, options)
    return search, settled


def _take_back_bounds(search: _Search, case: Case, figures: Figures, options: SolveOptions) -> None:
    """Lower each bound that the plan itself is noticeably below: a plan refutes a bound.

    The solver proves within its tolerances, and what they are worth in a goal depends on the case. A bound that is too high
    by so much may be so by as much again. What is further off is no matter of tolerances: then nothing is proven. Where less
    is proven than was asked, nothing is called optimal.
    """
    for n, (step, answer) in enumerate(search.steps):
        value = goal_value(case, case.goals[step.goal], figures)
        too_high = answer.bound - value
        if step.about or not too_high > room_of(value):  # of several steps, the figures hold the last one's alone
            continue
        taken_back = replace(answer, bound=value - too_high if too_high <= MOST_ROOM * room_of(value) else -inf)
        search.steps[n] = step, taken_back
        if not taken_back.gap <= options.gap_of(step.goal) * (1 + ASKED):
            status: Status = "feasible" if search.status == "optimal" else search.status
            search.stop(status, _in_step("bound taken back", step, case))


def _search(
    settler: Settler,
    options: SolveOptions,
    integrality: float,
    until: Until,
    clock: Clock,
    known: _Known,
) -> _Search:
    """Solve the goals' steps one after the other, each keeping the earlier goals within their tolerance.

    A goal that is not proven when its share of the time is used up is kept where it is, and the next one has its turn. A
    goal of several steps has no share: unproven, it ends the search, as its later steps rest on the first.
    """
    search = _Search()
    program, goals = settler.built.search_program, settler.case.goals
    solver = Solver(program)
    if known.solution is not None:
        solver.start_from(known.solution)
    its_share = until
    for step in settler.built.steps:
        label, gap = step.label(goals[step.goal].name), options.gap_of(step.goal)
        if not search.steps or search.steps[-1][0].goal != step.goal:
            if search.steps:
                search.leave_room(solver, program, step.goal - 1, goals[step.goal - 1].tolerance)
            its_share = until.share(SHARE) if known.solution is not None and _shares(settler.built.steps, step) else until
        if known.goals is not None and step.goal >= known.goals:
            if search.status == "optimal":
                last, left = search.steps[-1][0], tuple(goal.name for goal in goals[step.goal :])
                by: By = "interrupted" if until.seconds is None else "limit"
                search.stop("feasible", replace(_in_step("unproven", last, settler.case, by), left=left))
            break
        if until.why == "limit" and (search.steps or known.solution is None):
            status: Status = "no_plan" if search.values is None else "feasible"
            search.stop(status, _in_step("not begun", step, settler.case, "limit"))
            break
        limits = Limits(its_share.left, gap, options.threads, options.seed, integrality=integrality)
        objective = step.in_program(program)
        if not search.steps and isfinite(known.bound):
            first = solver
            if known.settled or known.from_scratch:
                first = Solver(program.fixed(known.settled))
                if known.solution is not None and not known.from_scratch:
                    first.start_from(known.solution)
            answer = _from_known(first, objective, limits, known, clock.listener(label), until.cancelled)
        else:
            # later steps begin with the plan of the last
            limits = replace(limits, heuristics="none" if search.steps else "all")
            answer = solver.minimise(objective, limits, clock.listener(label), until.cancelled)
        if not search.steps and known.solution is not None:
            answer = _no_worse_than(known.solution, objective, answer)
        if answer.values is None:
            _no_solution(search, answer, step, settler.case)
            break
        search.values = answer.values
        solver.start_from(answer.values)
        search.steps.append((step, answer))
        clock.goal(label, answer)
        if answer.outcome in ("limit", "interrupted") or not answer.gap <= gap * (1 + ASKED):
            is_out_of_share = answer.outcome == "limit" and its_share is not until and until.why is None
            later = () if is_out_of_share else tuple(g.name for g in goals[step.goal + 1 :])
            status = "interrupted" if answer.outcome == "interrupted" else "feasible"
            why = _in_step("unproven", step, settler.case, "share" if is_out_of_share else answer.outcome)
            search.stop(status, replace(why, left=later))
            if not is_out_of_share:
                break
        search.keep(solver, program, goals[step.goal].tolerance)
    return search


def _shares(steps: Sequence[Step], step: Step) -> bool:
    """Whether a goal leaves time to others: some come after it, and it has one step (of several, all rest on the first)."""
    return step.goal < steps[-1].goal and sum(other.goal == step.goal for other in steps) == 1


def _relaxation(
    settler: Settler, options: SolveOptions, searching: Until
) -> AbstractContextManager[Callable[[], Dual | None]]:
    """What the relaxation of the first goal's first step proves, worked out while a first plan is looked for.

    Of a large program the relaxation is most of the work.
    """
    program, relaxing = settler.built.search_program, searching.share(SHARE_FOR_RELAXATION)
    objective = settler.built.steps[0].in_program(program)

    def work(stop: Cancelled) -> Dual | None:
        return of_relaxation(program, objective, Limits(relaxing.left, threads=1, seed=options.seed), stop)

    return beside(work, options.threads, relaxing.cancelled)


def _with_relaxation(
    settler: Settler, options: SolveOptions, searching: Until, settling: Until, known: _Known, root: Dual | None
) -> _Known:
    """What is known, with what the relaxation proves; no more, if there was no time for it.

    Its prices often prove a first plan, or settle most of what there is to decide: a search that has to find that out by
    itself solves the relaxation, too, and once more if it doubts. Where it leaves few measures in parts, so do branches.

    From a solution that is close to what is proven, nothing better may be found; of such an end the solver is asked again
    from scratch (`Solver.minimise`), with the relaxation anew. So the search begins from scratch then, and once is enough.
    """
    if root is None or known.solution is None:
        return known
    program, gap = settler.built.search_program, options.gap_of(0)
    objective = settler.built.steps[0].in_program(program)
    best, proven = known.solution, root.bound

    def better(relaxed: Vector | None) -> Vector:
        other = None if relaxed is None else plan_like(settler, relaxed, searching, settling)
        return best if other is None else min(best, other, key=objective.value)

    if objective.value(best) > _target(proven, gap):
        best = better(root.relaxed)
    if objective.value(best) > _target(proven, gap):
        branching = searching.share(SHARE_FOR_RELAXATION)
        limits = Limits(branching.left, threads=options.threads, seed=options.seed)
        value = objective.value(best)
        lowest = lowest_branch(
            program, objective, root, lambda bound: value <= _target(bound, gap), limits, branching.cancelled
        )
        if lowest.proven.bound > proven:
            proven = lowest.proven.bound
            best = better(lowest.proven.relaxed) if objective.value(best) > _target(proven, gap) else best
    settled = root.settled(program, best, objective.value(best))
    is_close = relative_gap(objective.value(best), proven) <= NEAR
    return replace(known, solution=best, bound=proven, settled=settled, from_scratch=is_close)


def _target(bound: float, gap: float) -> float:
    """A value that is within a relative gap of what cannot be beaten."""
    return bound + gap * max((1.0 - gap) * abs(bound), SMALL)


def _from_known(
    solver: Solver,
    objective: Objective,
    limits: Limits,
    known: _Known,
    on_progress: Callable[[Progress], None],
    cancelled: Cancelled | None,
) -> Answer:
    """The first goal's step where it is known what cannot be beaten: done as soon as a plan is within the gap of that."""

    def tell(progress: Progress) -> None:
        on_progress(replace(progress, bound=max(known.bound, progress.bound)))  # max keeps its first where the second is NaN

    target = _target(known.bound, limits.gap)
    heuristics: Heuristics = "all"
    if known.solution is not None:
        value = objective.value(known.solution)
        tell(Progress(0.0, value, nan, 0))
        if value <= target:
            return Answer("decided", known.solution, value, min(known.bound, value), 0.0, 0)
        heuristics = "near" if relative_gap(value, known.bound) <= NEAR else "all"
    answer = solver.minimise(objective, replace(limits, target=target, heuristics=heuristics), tell, cancelled)
    bound = max(known.bound, answer.bound) if isfinite(answer.bound) else known.bound
    return replace(answer, bound=bound if answer.values is None else min(bound, answer.value))


def _no_worse_than(known: Vector, objective: Objective, answer: Answer) -> Answer:
    """The answer to a step that began with a solution: that solution, where the solver ended with none, or a worse one."""
    value = objective.value(known)
    if answer.values is not None and answer.value <= value:
        return answer
    outcome: Outcome = "failed" if answer.outcome == "infeasible" else answer.outcome
    return replace(
        answer, outcome=outcome, values=known, value=value, bound=answer.bound if isfinite(answer.bound) else -inf
    )


def reserve(time_limit: float | None, without: float) -> float:
    """Seconds of a limit that are kept for the figures of a plan, given how long those without the plan took."""
    return 0.0 if time_limit is None else max(RESERVE * time_limit, EVALUATING * without)


def _no_solution(search: _Search, answer: Answer, step: Step, case: Case) -> None:
    """A step without a solution: of the first goal there is no plan, of a later one the plan so far stands."""
    if search.values is not None:
        status: Status = "interrupted" if answer.outcome == "interrupted" else "feasible"
        search.stop(status, _in_step("no better", step, case, answer.outcome))
    elif answer.outcome == "infeasible":
        search.stop("infeasible", Ended("impossible"))
    else:
        search.stop("no_plan", Ended("none found", answer.outcome))


def _in_step(kind: Kind, step: Step, case: Case, by: By = "") -> Ended:
    """A reason that is about one step."""
    return Ended(kind, by, case.goals[step.goal].name, step.number, step.steps)


class Clock:
    """Tells a listener about stages, progress and goals, with the seconds since the start."""

    def __init__(self, on_event: Listener | None) -> None:
        self._tell = on_event or _silence
        self.seconds: dict[str, float] = {}
        self.without: dict[str, float] = {}  # goal about gaps alone -> what it comes to without the plan
        self._start = self._lap = perf_counter()

    def lap(self, name: str) -> None:
        """A stage has ended; its seconds add up."""
        self.seconds[name] = self.seconds.get(name, 0.0) + perf_counter() - self._lap

    def _seconds(self) -> float:
        return perf_counter() - self._start

    def stage(self, name: str) -> None:
        """A stage begins."""
        self._lap = perf_counter()
        self._tell(Event("stage", "", self._seconds(), message=name))

    def listener(self, goal: str) -> Callable[[Progress], None]:
        """A listener to the solver's progress on a goal."""

        def tell(p: Progress) -> None:
            gap, without = relative_gap(p.best, p.bound), self.without.get(goal)
            self._tell(Event("progress", goal, self._seconds(), p.best, p.bound, gap, without=without))

        return tell

    def pass_on(self, event: Event) -> None:
        """Progress of a plan within this one."""
        if event.kind == "progress":
            self._tell(replace(event, seconds=self._seconds(), without=None))

    def goal(self, name: str, answer: Answer) -> None:
        """A goal's step has ended."""
        without = self.without.get(name)
        self._tell(Event("goal", name, self._seconds(), answer.value, answer.bound, answer.gap, answer.outcome, without))

    def done(self, plan: Plan) -> None:
        """The plan is there."""
        first = plan.goals[0] if plan.goals else None
        value, bound = (first.value, first.bound) if first else (nan, nan)
        self._tell(Event("done", first.name if first else "", self._seconds(), value, bound, message=plan.status))


def _silence(event: Event) -> None:
    """Nobody listens."""
