"""Every figure of a plan, solved or hand-made, from one place: the model with the decisions fixed.

The solve gives integer decisions only. What they come to is settled here by linear programs on the same rows, in a stated
order: least excess over promises (none, in a solved plan), the goals in their order, then the evenest split of what stays
short, then most productive jobs, then least person-minutes, then private money and money with fewer uses first. Minutes come
from Dijkstra on the network as built. The same decisions (and, of a solved plan, the same limits of its goals) therefore
always give the same figures, whatever the solver did to find them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from math import inf
from time import perf_counter

import numpy as np

from models.instance import Instance
from models.program import build
from planner.case.nouns import Case
from planner.case.problems import CaseInvalid, Problem
from planner.compiling import compile_case
from planner.compiling.times import Times, times
from planner.planning.alone import Alone, own_value, promise
from planner.planning.decisions import WHOLE, Decisions, decided_late, with_decided
from planner.planning.figures import Figures, Settled, figures_of
from planner.planning.promises import PROMISES, broken_promises
from planner.solver.highs import Limits, Solver, TooSmall
from planner.solver.linear import LinearProgram, Name, Objective, Vector, linear_program
from planner.solver.steps import steps_of
from planner.words.said import _
from planner.work.stopping import FOREVER, Until

EVENNESS = ("GapPiece", "gap_is_the_sum_of_its_pieces", "evenness")
EXACT = Limits(feasibility=1e-9, gap=0.0, threads=1)
ROOMIER = tuple(replace(EXACT, feasibility=exact) for exact in (1e-9, 1e-7, 1e-6))
LIMITS_OF_JOBS = ("within_line", "within_airshed_cap")  # without the plan too parks work only as far as these let them
UNFINISHED = ("limit", "interrupted")
NO_LOSS = 1e-7  # a gap may grow by this, so that rounding makes no plan impossible
SPECK = 1e-5  # units: a smaller start of a divisible measure is the slack of a later goal, and no decision
DUST = 1e-9  # relative: what a step may worsen an earlier one by, so that rounding makes nothing infeasible


class Evaluator:
    """A case compiled and built once, with the figures without the plan; settles decisions into figures.

    All that takes long is told until when it may go on, and raises `Stopped` then.

    Attributes
    ----------
    search_program
        What the search for decisions solves: all rows but those of evenness.
    steps
        The goals' steps, in order: what the search minimises, and keeps.
    seconds
        Seconds of each stage so far.
    """

    def __init__(self, case: Case, on_stage: Callable[[str], None] | None = None, until: Until = FOREVER) -> None:
        tell = on_stage or _silence
        self.case = case
        self.seconds: dict[str, float] = {}
        tell("finding routes")
        began = perf_counter()
        instance = compile_case(case, until.at(_("finding routes")).check)
        self.seconds["routes"] = perf_counter() - began
        tell("building the model")
        began = perf_counter()
        limits = dict.fromkeys(instance.gaps, 1.0) if case.no_city_loses else {}  # set once the gaps without are known
        promised = promise(case, instance) if case.nobody_worse_off else {}  # set once the stand-alone plans are known
        self.instance: Instance = replace(instance, gap_limit=limits, alone=promised)
        self.alone: tuple[Alone, ...] = ()
        self.fixed: Decisions = {}
        check = until.at(_("building the model")).check
        program = linear_program(build(self.instance, check), check)
        self.steps = steps_of(program)
        self.seconds["building"] = perf_counter() - began
        tell("looking at the cluster without the plan")
        began = perf_counter()
        until = until.at(_("looking at the cluster without the plan"))
        until.check()
        self._full = program
        try:
            left_out = [row for row in PROMISES if row not in LIMITS_OF_JOBS or not self.instance.phases]
            self.without = self._settle(program.without(left_out), decided_late(case), promises=False, until=until)
        except TooSmall as small:
            text = f"{small}: costs, capacities, jobs or needs lie more than nine powers of ten apart; check their units"
            raise CaseInvalid(case.name, (Problem("case.yaml", text),)) from small
        self._full = self._with_gap_limits(program)
        self.search_program = self._full.without(EVENNESS)
        self.seconds["without"] = perf_counter() - began

    def promise_alone(self, alone: Sequence[Alone]) -> None:
        """Nobody is worse off: each jurisdiction's own goal at most what it comes to in its stand-alone plan."""
        self.alone = tuple(alone)
        limits = {a.jurisdiction: a.value + NO_LOSS for a in alone if a.jurisdiction in self.instance.alone}
        rows = {self._full.rows["nobody_is_worse_off_than_alone", who]: limit for who, limit in limits.items()}
        self._full = self._full.with_row_upper(rows)
        self.search_program = self._full.without(EVENNESS)

    def fix(self, starts: Decisions) -> None:
        """So many units of these starts, or none: no choice any more. What the case does not offer is passed over."""
        self.fixed = {start: units for start, units in starts.items() if start in self._starts}
        columns = self._full.columns  # a start that no row and no goal asks for has none
        places = {columns["Start", start]: units for start, units in self.fixed.items() if ("Start", start) in columns}
        self._full = self._full.fixed(places)
        self.search_program = self._full.without(EVENNESS)

    def _with_gap_limits(self, program: LinearProgram) -> LinearProgram:
        """No city loses: each gap at most what it is without the plan, but for rounding."""
        return program.with_row_upper(
            {
                program.rows["no_city_loses", place]: min(1.0, self.without.gaps[place] + NO_LOSS)
                for place in self.instance.gap_limit
            }
        )

    def solution_of(self, decisions: Decisions, exactly: Collection[str] = (), until: Until = FOREVER) -> Vector | None:
        """A solution of the search program with the integers of some decisions; None if a promise stands against them.

        What the search may start from: divisible starts, flows and money are best for the first goal.

        Parameters
        ----------
        exactly
            Divisible measures that start as the decisions say all the same.
        """
        fixed = self.with_integers_of(decisions, exactly)
        return self._least_at_once(fixed, fixed.objectives["goal", 0], until)

    def with_integers_of(self, decisions: Decisions, exactly: Collection[str] = ()) -> LinearProgram:
        """The search program with the integers of some decisions fixed; what the case does not offer is passed over."""
        program = self.search_program
        known = {start: units for start, units in with_decided(self.case, decisions).items() if start in self._starts}
        known = self.as_fixed(known)
        held = {program.columns.get(("Start", start)) for start in self._starts if start[0] in exactly}
        values = self.fixed_columns(program.columns, known)
        return program.relaxed().fixed({k: v for k, v in values.items() if program.integer[k] or k in held})

    def first_goal_of(self, decisions: Decisions, until: Until = FOREVER) -> float | None:
        """What decisions come to in the first goal beyond all promises but caps on emissions; None if they cannot be.

        No line has to pay for what starts. One linear program, many times faster than all figures.
        """
        program = self._without_promises
        fixed = self.with_fixed(program, with_decided(self.case, decisions))
        objective = fixed.objectives["goal", 0]
        columns = self._least_at_once(fixed, objective, until)
        return None if columns is None else objective.value(columns)

    def _least_at_once(self, program: LinearProgram, objective: Objective, until: Until) -> Vector | None:
        """What makes one objective of a program without integers least; None if nothing is possible."""
        until.check()  # a small program is solved before its solver asks
        answer = Solver(program).minimise(objective, Limits(until.left, threads=1), cancelled=until.cancelled)
        if answer.outcome in UNFINISHED:
            until.end()
        return answer.values

    @cached_property
    def _without_promises(self) -> LinearProgram:
        """The search program without the rows of promises, caps on emissions kept."""
        return self.search_program.without([row for row in PROMISES if row != "within_airshed_cap"])

    @cached_property
    def _starts(self) -> frozenset[tuple[str, str]]:
        """Every start that the case offers."""
        return frozenset(self.instance.starts)

    def starts_from(
        self,
        columns: Vector,
        last: int,
        limits: Sequence[float],
        program: LinearProgram | None = None,
        until: Until = FOREVER,
    ) -> Decisions:
        """Decisions from a solution of the search: its integers, and the divisible starts that follow from them.

        Parameters
        ----------
        columns
            A solution of the search program.
        last
            The last step that was solved for; it is minimised once more.
        limits
            What each earlier step's objective may be at most, in order.
        program
            The search program with further columns and rows, if that is what was solved.
        """
        searched = self.search_program if program is None else program
        if self.instance.divisible:
            columns = self._with_integers(searched, columns, last, limits, until)
        return self.starts_in(columns, searched)

    def starts_in(self, columns: Vector, program: LinearProgram | None = None) -> Decisions:
        """The starts in the columns of the search program (or of one that extends it), whole where they have to be."""
        searched = self.search_program if program is None else program
        found: Decisions = {}
        for (component, index), k in searched.columns.items():
            if component == "Start":
                units = float(columns[k])
                nearest = float(round(units))
                whole = index[0] not in self.instance.divisible or abs(units - nearest) < WHOLE
                if (nearest if whole else units) > SPECK:
                    found[index] = nearest if whole else units
        return with_decided(self.case, self.as_fixed(found))

    def as_fixed(self, decisions: Decisions) -> Decisions:
        """The decisions with those starts that are fixed as they were given."""
        free = {start: units for start, units in decisions.items() if start not in self.fixed}
        return free | {start: units for start, units in self.fixed.items() if units > 0}

    def _with_integers(
        self, program: LinearProgram, columns: Vector, last: int, limits: Sequence[float], until: Until
    ) -> Vector:
        """A search program once more, with its integers rounded and fixed: a linear program, solved exactly."""
        integers = {int(k): float(round(columns[k])) for k in np.flatnonzero(program.integer)}
        fixed, excess = program.relaxed().fixed(integers).elastic(PROMISES)
        solver = Solver(fixed)
        self._least(solver, _total(fixed, excess), until)
        for step, limit in zip(self.steps, limits[:last], strict=False):
            self._least(solver, step.in_program(fixed), until, at_least=limit)
        return self._least(solver, self.steps[last].in_program(fixed), until)

    def figures(self, decisions: Decisions, limits: Sequence[float] = (), until: Until = FOREVER) -> Figures:
        """All figures of some decisions, with and without the plan.

        Parameters
        ----------
        limits
            Of a solved plan: what each step may be at most, so that no goal's tolerance is taken twice.
        """
        settled = self._settle(self._full, decisions, True, limits, until)
        rows = [(a.jurisdiction, a.value, a.bound, own_value(self.case, a.jurisdiction, settled.gaps)) for a in self.alone]
        return figures_of(self.case, settled, self.without, rows)

    def with_fixed(self, program: LinearProgram, decisions: Decisions) -> LinearProgram:
        """A program of this case as a linear one in which decisions, and all that follows from them at once, are fixed."""
        return program.relaxed().fixed(self.fixed_columns(program.columns, decisions))

    def first_goal(self, decisions: Decisions, until: Until = FOREVER) -> float:
        """The first goal of some decisions, as `figures` has it, and no other figure: a fraction of the time."""
        program, excess = self.with_fixed(self.search_program, decisions).elastic(PROMISES)
        solver = Solver(program)
        self._least(solver, _total(program, excess), until)
        objective = program.objectives["goal", 0]
        return objective.value(self._least(solver, objective, until))

    def _settle(
        self,
        program: LinearProgram,
        decisions: Decisions,
        promises: bool,
        limits: Sequence[float] = (),
        until: Until = FOREVER,
    ) -> Settled:
        """The network, flows, payments and gaps that decisions come to."""
        units = self._units(decisions)
        serving = {t: frozenset(a for a, n in units[t].items() if n >= 1 - WHOLE) for t in units}  # a whole unit at least
        travel = {t: times(self.case, serving[t]) for t in self.case.period_ids}
        fixed, excess = self.with_fixed(program, decisions).elastic(PROMISES if promises else LIMITS_OF_JOBS)
        last = [
            fixed.objectives["evenness", None],
            _most_jobs(fixed),
            self._person_minutes(fixed, travel),
            self._money(fixed),
        ]
        columns = self._in_order(fixed, excess, last, limits, until)
        if any(_exceeds(step.in_program(fixed).value(columns), x) for step, x in zip(self.steps, limits, strict=False)):
            columns = self._in_order(fixed, excess, last, limits, until, held=True)
        broken = broken_promises(self.case, self.instance, fixed, columns, excess) if promises else ()
        return Settled.of(self.case, self.instance, fixed, columns, decisions, units, serving, travel, broken)

    def _in_order(
        self,
        program: LinearProgram,
        excess: Mapping[Name, list[int]],
        then: list[Objective],
        limits: Sequence[float],
        until: Until,
        held: bool = False,
    ) -> Vector:
        """Least excess, the goals in order, then further objectives; each step keeps what the earlier ones found.

        Only goals that fixed decisions leave open are asked. The last goal about gaps gives no tolerance to what comes
        after it, which depends on debts and private money alone; tolerance that no later goal needed is given back. So what
        follows the goals only chooses among equals, and a plan's decisions come to the same whoever made them. Only where a
        later step would then exceed its limit is every step `held` to its own from the first.
        """
        about_gaps = [g for g, goal in enumerate(self.case.goals) if goal.gap_parts]
        about_flows = [g for g, goal in enumerate(self.case.goals) if g not in about_gaps and self._is_open(program, g)]
        goals = sorted([*about_gaps, *about_flows])
        solver = Solver(program)
        columns = self._least(solver, _total(program, excess), until)
        for step, limit in zip(self.steps, limits if held else (), strict=False):
            if step.goal in goals:
                self._least(solver, step.in_program(program), until, at_least=limit)
        for g in goals:
            tolerance = None if g in (goals[-1], *about_gaps[-1:]) else self.case.goals[g].tolerance
            columns = self._goal(solver, program, g, until, tolerance, limits)
        for g in goals[:-1] if about_flows else []:
            columns = self._goal(solver, program, g, until)
        for objective in then:
            if np.any(objective.cost):
                columns = self._least(solver, objective, until)
        return columns

    def _goal(
        self,
        solver: Solver,
        program: LinearProgram,
        g: int,
        until: Until,
        tolerance: float | None = None,
        limits: Sequence[float] = (),
    ) -> Vector:
        """Minimise a goal's steps in order, each keeping the last ones; then keep all within a tolerance, or at a limit."""
        columns = np.zeros(0)
        kept: list[tuple[int, Objective, float, float]] = []
        for place, step in enumerate(self.steps):
            if step.goal == g:
                objective = step.in_program(program)
                columns = self._minimise(solver, objective, until)
                value = objective.value(columns)
                at_most = limits[place] if place < len(limits) else inf
                kept.append((solver.keep(objective, _within(value)), objective, value, at_most))
        if tolerance is not None:
            for row, objective, value, at_most in kept:
                solver.loosen(row, objective, _within(max(value, min(value + slack(tolerance, value), at_most))))
        return columns

    def _least(self, solver: Solver, objective: Objective, until: Until, at_least: float = -inf) -> Vector:
        """Minimise an objective and keep it there, or else at least at a limit."""
        columns = self._minimise(solver, objective, until)
        solver.keep(objective, _within(max(objective.value(columns), at_least)))
        return columns

    def _minimise(self, solver: Solver, objective: Objective, until: Until) -> Vector:
        """What makes an objective least, solved as exactly as the steps before leave room for."""
        until.check()
        for limits in (EXACT, *ROOMIER):  # what the earlier steps keep may leave too little room for 1e-9
            answer = solver.minimise(objective, replace(limits, seconds=until.left), cancelled=until.cancelled)
            if answer.outcome in UNFINISHED:  # what it has is no optimum
                until.end()
            if answer.values is not None:
                break
            solver.forget()
        if answer.values is None:
            raise RuntimeError(f"the figures of a plan could not be settled: {answer.outcome}")
        return answer.values

    def _is_open(self, program: LinearProgram, g: int) -> bool:
        """Whether a goal depends on more than the decisions that are fixed (spending: on debts and attracted money)."""
        cost = program.objectives["goal", g].cost
        return bool(np.any(cost[program.upper > program.lower] != 0))

    def _units(self, decisions: Decisions) -> dict[str, dict[str, float]]:
        """Units that serve, by period."""
        return {t: self._serving(decisions, t) for t in self.case.period_ids}

    def _serving(self, decisions: Decisions, t: str) -> dict[str, float]:
        """Units that serve in a period."""
        served: dict[str, float] = {}
        for (a, u), units in decisions.items():
            if u in self.instance.serving_starts.get((a, t), ()):
                served[a] = served.get(a, 0.0) + units
        return served

    def fixed_columns(self, columns: Mapping[Name, int], decisions: Decisions) -> dict[int, float]:
        """Every start, and every binary that follows from the starts and from the units that serve in each period."""
        units = self._units(decisions)
        fixed: dict[int, float] = {}
        for (component, index), k in columns.items():
            if component == "Start":
                fixed[k] = decisions.get(index, 0.0)
            elif component == "AnyStart":
                fixed[k] = float(decisions.get(index, 0.0) > 0)
            elif component == "AnyChosen":
                fixed[k] = float(any(a == index for a, _ in decisions))
            elif component == "WholeUnit":
                served = units[index[1]].get(index[0], 0.0)
                fixed[k] = min(1.0, served) if served >= 1 - WHOLE else 0.0  # never above what serves, not even by rounding
            elif component == "Hosts":
                parks = [p for p in self.instance.parks_of[index[0]] if self.instance.host[p] == index[1]]
                fixed[k] = float(any(a in parks for a, _ in decisions))
            elif component == "Subsidised":
                fixed[k] = float(any(units[index[1]].get(a, 0.0) > 0 for a in self.instance.subsidies_in[index[0]]))
            elif component == "Counted":
                periods = self.instance.rules[index[0]].periods
                fixed[k] = float(any(a == index[1] and u in periods for a, u in decisions))
        return fixed

    def _person_minutes(self, program: LinearProgram, travel: Mapping[str, Times]) -> Objective:
        """Minutes travelled to services by all people together, on the network as built."""
        cost = np.zeros(len(program.lower))
        for (component, index), k in program.columns.items():
            if component == "ServeAway":
                s, i, j, t = index
                people = self.instance.service_scale[s] / self.case.services[s].per_1000[t]  # thousands, a unit of flow
                cost[k] = max(0, travel[t].between(i, j)) / 100.0 * people
        return Objective(cost, 0.0)

    def _money(self, program: LinearProgram) -> Objective:
        """Payments, weighed by what else their line could pay for: money with fewer uses is spent first.

        Which of several lines pays changes no goal; without this step the answer would be an accident of the solver. What
        investors pay counts against all of it, and nothing is borrowed or sent that is not needed.
        """
        uses: dict[str, float] = dict.fromkeys(self.case.lines, 0.0)
        for purse in self.instance.purses.values():
            for line in purse.lines:
                uses[line] += len(purse.costs)
        for (_a, _t, line), share in self.instance.fixed_share.items():
            uses[line] += share
        order = sorted(uses, key=uses.__getitem__)  # equal uses: in the order of the case
        cost = np.zeros(len(program.lower))
        for (component, index), k in program.columns.items():
            if component == "Pay":
                cost[k] = 1.0 + order.index(index[1])
            elif component == "Attracted":
                cost[k] = -(1.0 + len(order))
            elif component in ("Borrowed", "Sent"):
                cost[k] = 0.1
        return Objective(cost, 0.0)


def slack(tolerance: float, value: float) -> float:
    """By how much later goals may worsen a goal: relative tolerance plus 1e-6."""
    return tolerance * abs(value) + 1e-6


def _within(limit: float) -> float:
    """A limit with room for rounding."""
    return limit + DUST * max(1.0, abs(limit))


def _exceeds(value: float, limit: float) -> bool:
    """Whether a step's value is beyond its limit by more than solver tolerances."""
    return value > limit + 1e-7 * max(1.0, abs(limit))


def _most_jobs(program: LinearProgram) -> Objective:
    """Productive jobs, and a little the bonus jobs, with a minus: nobody stays idle whom no goal asks for."""
    cost = np.zeros(len(program.lower))
    for (component, _index), k in program.columns.items():
        if component in ("Jobs", "Bonus"):
            cost[k] = -1.0 if component == "Jobs" else -0.01
    return Objective(cost, 0.0)


def _total(program: LinearProgram, excess: Mapping[Name, list[int]]) -> Objective:
    """The sum of all excess."""
    cost = np.zeros(len(program.lower))
    for columns in excess.values():
        cost[columns] = 1.0
    return Objective(cost, 0.0)


def _silence(stage: str) -> None:
    """Nobody listens."""
