"""Every figure of a plan, solved or hand-made, from one place: the model with the decisions fixed.

The solve gives integer decisions only. What they come to is settled here by linear programs on the same rows, in a stated
order: least excess over promises (none, in a solved plan), the goals in their order, then the evenest split of what stays
short, then most productive jobs, then least person-minutes, then private money and money with fewer uses first. Minutes come
from Dijkstra on the network as built. The same decisions (and, of a solved plan, the same limits of its goals) therefore
always give the same figures, whatever the solver did to find them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import inf
from time import perf_counter

import numpy as np

from models.industry import Industry
from models.measures import WHOLE, Made, Measures
from models.money import Money
from models.services import Services
from planner.case import Case
from planner.case.problems import CaseInvalid, Problem
from planner.compiling.travel_times import Times, times
from planner.planning.building import Built
from planner.planning.decisions import Decisions, decided_late, with_decided
from planner.planning.figures import Figures, Settled, broken_promises, figures_of
from planner.planning.in_order import UNFINISHED, InOrder
from planner.planning.stand_alone import Alone, own_value
from planner.plans import tables
from planner.solver.highs import Limits, Solver, TooSmall, refuse_too_small
from planner.solver.linear import LinearProgram, Name, Objective, Vector
from planner.words.said import _
from planner.work.stopping import FOREVER, Until

SPECK = 1e-5  # units: a smaller start of a divisible measure is the slack of a later goal, and no decision


@dataclass(frozen=True)
class Settler:
    """Settles decisions of a built case into figures. What takes long is told until when, and raises `Stopped` then.

    Attributes
    ----------
    built
        The case, with all that is promised and fixed of it.
    without
        What it comes to without the plan.
    seconds
        Seconds of each stage so far.
    """

    built: Built
    without: Settled
    seconds: Mapping[str, float]

    @classmethod
    def of(
        cls,
        case: Case,
        on_stage: Callable[[str], None] | None = None,
        until: Until = FOREVER,
        promises_hold: bool = False,
    ) -> Settler:
        """Build a case, and look at the cluster without the plan.

        With `promises_hold` it is for plans alone that keep all promises: what breaks one has no figures then.
        """
        tell = on_stage or silence
        return cls.of_built(Built.of(case, tell, until, promises_hold), tell, until)

    @classmethod
    def of_built(cls, built: Built, tell: Callable[[str], None], until: Until) -> Settler:
        """Look at the cluster without the plan, in a case that is built.

        Raises
        ------
        CaseInvalid
            Its figures are too far apart for the solver.
        """
        case = built.case
        tell(_("looking at the cluster without the plan"))
        began = perf_counter()
        until = until.at(_("looking at the cluster without the plan"))
        until.check()
        try:
            refuse_too_small(built.program)
            limited = built.instance[Industry].phases or built.instance[Money].fee  # without the plan, too
            kept = built.limits_of_jobs if limited else ()
            left_out = [row for row in built.promises if row not in kept]
            plain = replace(built, program=built.program.without(left_out))
            without = _settle(plain, decided_late(case), promises=False, until=until)
        except TooSmall as small:
            text = _(
                "{small}: costs, capacities, jobs or needs lie more than nine powers of ten apart; check their units"
            ).format(small=small)
            raise CaseInvalid(case.name, (Problem("case.yaml", text),)) from small
        seconds = {**built.seconds, "without": perf_counter() - began}
        return cls(built.where_nobody_loses(without), without, seconds)

    @property
    def case(self) -> Case:
        """The case."""
        return self.built.case

    def promising(self, alone: Sequence[Alone]) -> Settler:
        """The same where nobody may be worse off than in these stand-alone plans."""
        return replace(self, built=self.built.promising(alone))

    def fixing(self, starts: Mapping[tuple[str, str], float]) -> Settler:
        """The same where these starts are no choice any more."""
        return replace(self, built=self.built.fixing(starts))

    def solution_of(self, decisions: Decisions, exactly: Collection[str] = (), until: Until = FOREVER) -> Vector | None:
        """A solution of the search program with the integers of some decisions; None if a promise stands against them.

        What the search may start from: divisible starts, flows and money are best for the first goal.

        Parameters
        ----------
        exactly
            Divisible measures that start as the decisions say all the same.
        """
        fixed = self.with_integers_of(decisions, exactly)
        return _least_at_once(fixed, fixed.objectives["goal", 0], until)

    def with_integers_of(self, decisions: Decisions, exactly: Collection[str] = ()) -> LinearProgram:
        """The search program with the integers of some decisions fixed; what the case does not offer is passed over."""
        program = self.built.search_program
        known = {start: units for start, units in with_decided(self.case, decisions).items() if start in self.built.starts}
        known = self.built.as_fixed(known)
        held = {program.columns.get(("Start", start)) for start in self.built.starts if start[0] in exactly}
        values = self.built.fixed_columns(program.columns, known)
        return program.relaxed().fixed({k: v for k, v in values.items() if program.integer[k] or k in held})

    def first_goal_of(self, decisions: Decisions, until: Until = FOREVER) -> float | None:
        """What decisions come to in the first goal beyond all promises but caps on emissions; None if they cannot be.

        No line has to pay for what starts. One linear program, many times faster than all figures.
        """
        program = self._without_promises
        fixed = self.with_fixed(program, with_decided(self.case, decisions))
        objective = fixed.objectives["goal", 0]
        columns = _least_at_once(fixed, objective, until)
        return None if columns is None else objective.value(columns)

    @cached_property
    def _without_promises(self) -> LinearProgram:
        """The search program without the rows of promises, caps on emissions kept."""
        kept = [row for row in self.built.limits_of_jobs if row != "within_line"]
        return self.built.search_program.without([row for row in self.built.promises if row not in kept])

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
        searched = self.built.search_program if program is None else program
        if self.built.instance[Measures].divisible:
            columns = self._with_integers(searched, columns, last, limits, until)
        return self.starts_in(columns, searched)

    def starts_in(self, columns: Vector, program: LinearProgram | None = None) -> Decisions:
        """The starts in the columns of the search program (or of one that extends it), whole where they have to be."""
        searched = self.built.search_program if program is None else program
        found: Decisions = {}
        for (component, index), k in searched.columns.items():
            if component == "Start":
                units = float(columns[k])
                nearest = float(round(units))
                whole = index[0] not in self.built.instance[Measures].divisible or abs(units - nearest) < WHOLE
                if (nearest if whole else units) > SPECK:
                    found[index] = nearest if whole else units
        return with_decided(self.case, self.built.as_fixed(found))

    def _with_integers(
        self, program: LinearProgram, columns: Vector, last: int, limits: Sequence[float], until: Until
    ) -> Vector:
        """A search program once more, with its integers rounded and fixed: a linear program, solved exactly."""
        integers = {int(k): float(round(columns[k])) for k in np.flatnonzero(program.integer)}
        fixed, excess = program.relaxed().fixed(integers).elastic(self.built.promises)
        steps = InOrder(fixed, until)
        steps.least(_total(fixed, excess))
        for step, limit in zip(self.built.steps, limits[:last], strict=False):
            steps.least(step.in_program(fixed), at_least=limit)
        return steps.least(self.built.steps[last].in_program(fixed))

    def figures(
        self,
        decisions: Decisions,
        limits: Sequence[float] = (),
        until: Until = FOREVER,
        wanted: Collection[str] = tables.TABLES,
    ) -> Figures:
        """All figures of some decisions, with and without the plan.

        Parameters
        ----------
        limits
            Of a solved plan: what each step may be at most, so that no goal's tolerance is taken twice.
        wanted
            The tables that are asked for.
        """
        settled = _settle(self.built, decisions, True, limits, until)
        own = {a.jurisdiction: own_value(self.case, a.jurisdiction, settled.gaps) for a in self.built.alone}
        alone = [tables.Alone(a.jurisdiction, a.value, a.bound, own[a.jurisdiction]) for a in self.built.alone]
        return figures_of(self.case, settled, self.without, alone, wanted)

    def with_fixed(self, program: LinearProgram, decisions: Decisions) -> LinearProgram:
        """A program of this case as a linear one in which decisions, and all that follows from them at once, are fixed."""
        return _with_fixed(self.built, program, decisions)

    def first_goal(self, decisions: Decisions, until: Until = FOREVER) -> float:
        """The first goal of some decisions, as `figures` has it, and no other figure: a fraction of the time."""
        program, excess = self.with_fixed(self.built.search_program, decisions).elastic(self.built.promises)
        steps, objective = InOrder(program, until), program.objectives["goal", 0]
        steps.least(_total(program, excess))
        return objective.value(steps.least(objective))


def _settle(
    built: Built,
    decisions: Decisions,
    promises: bool,
    limits: Sequence[float] = (),
    until: Until = FOREVER,
) -> Settled:
    """The network, flows, payments and gaps that decisions come to."""
    made = Made.of(built.instance, decisions)
    serving = {t: frozenset(a for a, n in served.items() if n >= 1 - WHOLE) for t, served in made.serving.items()}  # whole
    travel = {t: times(built.case, serving[t]) for t in built.case.period_ids}
    soft = built.promises if promises else built.limits_of_jobs
    fixed, excess = _with_fixed(built, built.search_program, decisions).elastic(soft)
    last = [_most_jobs(fixed), _person_minutes(built, fixed, travel), _money(built, fixed)]
    columns = _in_order(built, fixed, excess, last, limits, until)
    if any(_exceeds(step.in_program(fixed).value(columns), x) for step, x in zip(built.steps, limits, strict=False)):
        columns = _in_order(built, fixed, excess, last, limits, until, held=True)
    broken = broken_promises(built.case, built.instance, fixed, columns, excess, made) if promises else ()
    return Settled.of(built.case, built.instance, fixed, columns, made, serving, travel, broken)


def _in_order(
    built: Built,
    program: LinearProgram,
    excess: Mapping[Name, list[int]],
    then: list[Objective],
    limits: Sequence[float],
    until: Until,
    held: bool = False,
) -> Vector:
    """Least excess, the goals in order, the evenest split, then further objectives; each step keeps what was found.

    Only goals that fixed decisions leave open are asked. The last goal about gaps gives no tolerance to what comes
    after it, which depends on debts and private money alone; tolerance that no later goal needed is given back. So what
    follows the goals only chooses among equals, and a plan's decisions come to the same whoever made them. Only where a
    later step would then exceed its limit is every step `held` to its own from the first.
    """
    about_gaps = [g for g, goal in enumerate(built.case.goals) if goal.gap_parts]
    about_flows = [g for g, goal in enumerate(built.case.goals) if g not in about_gaps and _is_open(program, g)]
    goals = sorted([*about_gaps, *about_flows])
    steps = InOrder(program, until)
    columns = steps.least(_total(program, excess))
    for step, limit in zip(built.steps, limits if held else (), strict=False):
        if step.goal in goals:
            steps.least(step.in_program(program), at_least=limit)
    for g in goals:
        tolerance = None if g in (goals[-1], *about_gaps[-1:]) else built.case.goals[g].tolerance
        _goal(built, steps, program, g, tolerance, limits)
    for g in goals[:-1] if about_flows else []:
        _goal(built, steps, program, g)
    steps.least_of_further(built.evenness)
    for objective in then:
        columns = steps.least(objective)
    return columns


def _goal(
    built: Built,
    steps: InOrder,
    program: LinearProgram,
    g: int,
    tolerance: float | None = None,
    limits: Sequence[float] = (),
) -> None:
    """Minimise a goal's steps in order, each keeping the last ones; then keep all within a tolerance, or at a limit."""
    kept: list[tuple[int, float, float]] = []
    for place, step in enumerate(built.steps):
        if step.goal == g:
            objective = step.in_program(program)
            value = objective.value(steps.minimise(objective))
            if tolerance is None:
                steps.stay_best()
            at_most = limits[place] if place < len(limits) else inf
            kept.append((steps.keep(objective, value), value, at_most))
    if tolerance is not None:
        for number, value, at_most in kept:
            steps.loosen(number, max(value, min(value + slack(tolerance, value), at_most)))


def _least_at_once(program: LinearProgram, objective: Objective, until: Until) -> Vector | None:
    """What makes one objective of a program without integers least; None if nothing is possible."""
    until.check()  # a small program is solved before its solver asks
    answer = Solver(program).minimise(objective, Limits(until.left, threads=1), cancelled=until.cancelled)
    if answer.outcome in UNFINISHED:
        until.end()
    return answer.values


def _is_open(program: LinearProgram, g: int) -> bool:
    """Whether a goal depends on more than the decisions that are fixed (spending: on debts and attracted money)."""
    cost = program.objectives["goal", g].cost
    return bool(np.any(cost[program.upper > program.lower] != 0))


def _person_minutes(built: Built, program: LinearProgram, travel: Mapping[str, Times]) -> Objective:
    """Minutes travelled to services by all people together, on the network as built."""
    scale = built.instance[Services].service_scale
    cost = np.zeros(len(program.lower))
    for (component, index), k in program.columns.items():
        if component in ("ServeAway", "ServePriced"):
            s, i, j, t = index[:4]
            people = scale[s] / built.case.services[s].per_1000[t]  # thousands, a unit of flow
            cost[k] = max(0, travel[t].between(i, j)) / 100.0 * people
    return Objective(cost, 0.0)


def _money(built: Built, program: LinearProgram) -> Objective:
    """Payments, weighed by what else their line could pay for: money with fewer uses is spent first.

    Which of several lines pays changes no goal; without this step the answer would be an accident of the solver. What
    investors pay counts against all of it, and nothing is borrowed or sent that is not needed.
    """
    uses: dict[str, float] = dict.fromkeys(built.case.lines, 0.0)
    for purse in built.instance[Money].purses.values():
        for line in purse.lines:
            uses[line] += len(purse.costs) + len(purse.users)
    for (_a, _t, line), share in built.instance[Money].fixed_share.items():
        uses[line] += share
    for line in built.instance[Money].fee_line.values():
        uses[line] += 1.0
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


def _with_fixed(built: Built, program: LinearProgram, decisions: Decisions) -> LinearProgram:
    """A program of a case as a linear one in which decisions, and all that follows from them at once, are fixed."""
    return program.relaxed().fixed(built.fixed_columns(program.columns, decisions))


def silence(stage: str) -> None:
    """Nobody listens."""
