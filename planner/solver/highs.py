"""The adapter to HiGHS: a linear program in, values and proof out; the solver object never leaves this file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import floor, inf, isfinite, log10, nan
from pathlib import Path
from threading import local
from typing import Any, Literal

import highspy
import numpy as np
import scipy.sparse as sp

from planner.solver.linear import LinearProgram, Objective, Vector

Heuristics = Literal["all", "near", "none"]
Outcome = Literal["optimal", "decided", "limit", "interrupted", "infeasible", "failed"]  # decided: see `Limits`
NEAR_ENOUGH = 1e-7  # violations of rows that no figure can show
SMALLEST = 1e-9  # coefficients below this are nothing to HiGHS
COSTS = 1e-6  # of the largest cost, which is 10 to 100 to HiGHS: a reduced cost from which on a change is noticed
SMALL = 1e-3  # relative gaps are to max(|value|, SMALL)


class TooSmall(ValueError):
    """A model whose smallest coefficients the solver would drop without a word."""


@dataclass(frozen=True)
class Progress:
    """How far a solve has come; `best` and `bound` in the objective's own unit, NaN while unknown."""

    seconds: float
    best: float
    bound: float
    nodes: int


@dataclass(frozen=True)
class Answer:
    """What one HiGHS run found.

    Attributes
    ----------
    values
        Columns of the best solution; None if there is none.
    value, bound
        Of the objective, in its own unit; what is proven to be unbeatable.
    """

    outcome: Outcome
    values: Vector | None
    value: float
    bound: float
    seconds: float
    nodes: int

    @property
    def gap(self) -> float:
        """Relative distance of value and bound."""
        return relative_gap(self.value, self.bound)


def relative_gap(value: float, bound: float) -> float:
    """(value - bound) / max(|value|, 0.001), never below 0; NaN if either is unknown."""
    if not (isfinite(value) and isfinite(bound)):
        return nan
    return max(0.0, value - bound) / max(abs(value), SMALL)


@dataclass(frozen=True)
class Limits:
    """What a run may take and must prove.

    Attributes
    ----------
    target
        A solution of this value or less ends the run: nobody asks for a better one.
    enough
        A bound above this ends the run: nobody asks for a closer one.
    absolute
        Gap in the objective's own unit that is enough, in the place of the relative one.
    heuristics
        Which of them take time: `all`; `near`, where the start is close to the best (only the one that looks near both the
        start and the relaxation); `none`, where there is a plan and branching alone finds better ones sooner.
    interior
        Without integers: by interior points, whose values and prices lie at no corner: no later run starts from them.
    """

    seconds: float = inf
    gap: float = 1e-4
    threads: int = 2
    seed: int = 0
    feasibility: float = 1e-7
    integrality: float = 1e-6
    target: float = -inf
    enough: float = inf
    absolute: float | None = None
    heuristics: Heuristics = "all"
    interior: bool = False


# What takes most of a search that is given a good start: heuristics that begin anew.
FROM_SCRATCH = ("mip_heuristic_run_rens", "mip_heuristic_run_root_reduced_cost", "mip_heuristic_run_feasibility_jump")
NEARBY = "mip_heuristic_run_rins"
EFFORT = 0.05  # HiGHS's own share of the work for heuristics
HARDLY = 1e-5  # an improvement of less is none
TIGHT = 5e-4  # relative: where a gap of this, or less, is asked for, HiGHS may begin again at the root
TRIED, TRIED_ONCE = 8, 1  # how often a branch is tried before its price is believed: HiGHS's own, and the least of use
LARGE = 300_000  # coefficients, before presolve: interior points solve a larger root sooner than the simplex method

# Rows are kept within 1e-6, and presolve takes some of that away. Of a first goal 5e-8 may be worth 1e-5 of the spending
# after it (seen in the Yangtze River Delta): a plan was called best, and was the bound, that a better one existed for.
FINER = 1e3

Report = Callable[[Progress], None]
Ask = Callable[[], bool]
Take = Callable[[Vector], None]


class Solver:
    """One linear program in HiGHS, solved for one objective after the other, each later one starting from the last."""

    _scheduler = local()  # each Python thread has a scheduler of its own, which keeps its first size until it is reset

    def __init__(self, program: LinearProgram) -> None:
        self._highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        self._option("output_flag", False)
        self._integer = np.flatnonzero(program.integer).astype(np.int32)
        self._count = len(program.lower)
        self._lower, self._upper = program.lower.copy(), program.upper.copy()  # as they are now, of every column
        self._start: Vector | None = None
        self._minimised: Objective | None = None  # whose costs are set
        self._pass(program)

    def _option(self, name: str, value: Any) -> None:
        if self._highs.setOptionValue(name, value) != highspy.HighsStatus.kOk:
            raise ValueError(f"HiGHS refuses option {name} = {value!r}")

    def _pass(self, program: LinearProgram) -> None:
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(program.lower), len(program.row_lower)
        lp.col_cost_ = np.zeros(lp.num_col_)
        lp.col_lower_, lp.col_upper_ = program.lower, program.upper
        lp.row_lower_, lp.row_upper_ = program.row_lower, program.row_upper
        refuse_too_small(program)
        matrix = sp.csc_array(program.matrix)
        matrix.eliminate_zeros()
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_ = matrix.indptr
        lp.a_matrix_.index_ = matrix.indices
        lp.a_matrix_.value_ = matrix.data
        if len(self._integer):
            kinds = np.array([highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger])
            lp.integrality_ = list(kinds[program.integer.astype(int)])
        if self._highs.passModel(lp) == highspy.HighsStatus.kError:
            raise ValueError("HiGHS refuses the model: a coefficient or bound is not a number")

    def keep(self, objective: Objective, limit: float) -> int:
        """From now on, an objective may not exceed a limit (in its own unit); returns the row that holds it there."""
        at = np.flatnonzero(objective.cost).astype(np.int32)
        scale = self._scale_kept(objective)
        self._highs.addRow(-inf, (limit - objective.offset) * scale, len(at), at, objective.cost[at] * scale)
        return int(self._highs.getNumRow()) - 1

    def loosen(self, row: int, objective: Objective, limit: float) -> None:
        """Hold an objective at another limit than the one it was kept within."""
        self._highs.changeRowBounds(row, -inf, (limit - objective.offset) * self._scale_kept(objective))

    def _scale_kept(self, objective: Objective) -> float:
        """Of a row that keeps an objective: with integers, so fine that HiGHS's tolerance of a row is next to nothing."""
        return _scale(objective) * (FINER if len(self._integer) else 1.0)

    def cap(self, upper: Mapping[int, float]) -> None:
        """From now on, some columns may not exceed these values."""
        for column, value in upper.items():
            self._upper[column] = max(value, self._lower[column])
            self._highs.changeColBounds(column, float(self._lower[column]), float(self._upper[column]))

    def hold(self, values: Mapping[int, float]) -> None:
        """From now on, some columns have these values and no others."""
        at = np.fromiter(values.keys(), dtype=np.int32, count=len(values))
        held = np.fromiter(values.values(), dtype=np.float64, count=len(values))
        self._lower[at] = self._upper[at] = held
        self._highs.changeColsBounds(len(at), at, held, held)

    def stay_best(self) -> None:
        """From now on, only what is best for the objective just minimised, of a program without integers.

        A column that costs something where it is, by its reduced cost, stays at its bound, and so does a row. An objective
        that is kept within a limit has the room of that limit, which a later one takes; this leaves none.
        """
        solution = self._highs.getSolution()
        if len(self._integer) or not solution.dual_valid:
            return
        dual = np.array(solution.col_dual)
        held = np.where(dual > 0, self._lower, self._upper)
        at = np.flatnonzero((np.abs(dual) > COSTS) & np.isfinite(held)).astype(np.int32)
        self._lower[at] = self._upper[at] = held[at]
        self._highs.changeColsBounds(len(at), at, held[at], held[at])
        lp, dual = self._highs.getLp(), np.array(solution.row_dual)
        held = np.where(dual > 0, np.array(lp.row_lower_), np.array(lp.row_upper_))
        rows = np.flatnonzero((np.abs(dual) > COSTS) & np.isfinite(held)).astype(np.int32)
        self._highs.changeRowsBounds(len(rows), rows, held[rows], held[rows])

    def start_from(self, columns: Vector) -> None:
        """Begin the next run at a solution that is known, as far as its integers go."""
        self._start = columns

    def forget(self) -> None:
        """Forget the last basis and solution: the next run starts cold."""
        self._highs.clearSolver()
        self._start = None

    def prices(self, objective: Objective) -> tuple[Vector, Vector]:
        """What a unit more of each row's bound, and of each column's, does to the objective of the program just solved.

        Of a row or column that is at neither of its bounds: nothing. Degenerate programs have several such answers.

        Returns
        -------
        rows, columns
            Change of the objective, in its own unit, per unit of the row or column; kept objectives are the last rows.

        Raises
        ------
        ValueError
            It has integers, or its last run left no prices.
        """
        if self._highs.getModelStatus() == highspy.HighsModelStatus.kModelEmpty:
            return np.zeros(self._highs.getNumRow()), np.zeros(self._count)
        solution = self._highs.getSolution()
        if len(self._integer) or not solution.dual_valid:
            raise ValueError("a program with integers has no prices, nor one whose run left none")
        scale = _scale(objective)
        return np.array(solution.row_dual) / scale, np.array(solution.col_dual) / scale

    def write(self, objective: Objective, file: Path) -> None:
        """Write the program with one objective as an MPS file, for other solvers and for timing."""
        self._set_costs(objective)
        self._highs.writeModel(str(file))

    def _set_costs(self, objective: Objective) -> None:
        if objective is self._minimised:
            return
        self._minimised = objective
        costs = objective.cost * _scale(objective)
        self._highs.changeColsCost(self._count, np.arange(self._count, dtype=np.int32), costs)

    def minimise(
        self,
        objective: Objective,
        limits: Limits,
        on_progress: Report | None = None,
        cancelled: Ask | None = None,
        on_solution: Take | None = None,
    ) -> Answer:
        """Minimise one objective.

        Parameters
        ----------
        on_progress
            Called about twice a second while integers are searched.
        cancelled
            Asked all the time; once it says True, the run stops and keeps its best solution.
        on_solution
            Given the columns of every better solution that a search for integers meets.
        """
        start = self._start if len(self._integer) else None
        answer = self._run(objective, limits, on_progress, cancelled, start, on_solution)
        doubt = self._doubt(objective, answer, start)
        while doubt is not None and answer.seconds < limits.seconds:
            left = replace(limits, seconds=limits.seconds - answer.seconds)
            self._option("presolve", doubt)
            answer = _settled(answer, self._run(objective, left, on_progress, cancelled, None, on_solution))
            self._option("presolve", "choose")
            self._start = answer.values
            doubt = "off" if doubt == "choose" and answer.outcome in ("infeasible", "failed") else None
        return answer

    def _doubt(self, objective: Objective, answer: Answer, start: Vector | None) -> str | None:
        """With which presolve an answer of HiGHS is asked for once more, if it is one of those that were seen to be wrong.

        HiGHS 1.15.1 was seen to presolve a tight program that has a plan to "infeasible", to close a search at once (at the
        root) on a start that a better plan exists for, and to call a start the best with no bound at all; each in about one
        of a thousand small cases. Where it failed, it is asked without the start. Where the second answer is that nothing is
        possible, or none, there is a third, without presolve.
        """
        if answer.outcome == "infeasible" and len(self._integer):
            return "off"
        unproven = answer.outcome == "optimal" and not isfinite(answer.bound)
        if (answer.outcome == "failed" or unproven) and len(self._integer):
            return "choose"
        if answer.nodes > 1:
            return None
        unimproved = start is not None and answer.value >= objective.value(start) - HARDLY * max(1.0, abs(answer.value))
        return "choose" if answer.outcome == "optimal" and unimproved else None

    def _run(
        self,
        objective: Objective,
        limits: Limits,
        on_progress: Report | None,
        cancelled: Ask | None,
        start: Vector | None,
        on_solution: Take | None = None,
    ) -> Answer:
        """One run of HiGHS, from a start if there is one."""
        scale = _scale(objective)
        if start is not None and self._highs.getRunTime() > limits.seconds:
            self._renew()
        highs = self._highs
        self._set_costs(objective)
        if len(self._integer):
            highs.clearSolver()
            if start is not None:
                highs.setSolution(len(self._integer), self._integer, np.round(start[self._integer]))
        seen = _Listener(highs, objective.offset, scale, on_progress, cancelled, limits.enough, on_solution)
        threads = 1 if is_memory_limited() else limits.threads
        if threads != getattr(Solver._scheduler, "threads", None):
            highspy.Highs.resetGlobalScheduler(True)
            Solver._scheduler.threads = threads
        self._set(replace(limits, threads=threads), scale, objective.offset)
        before = highs.getRunTime()
        try:
            highs.run()
        finally:
            seen.stop()
        if highs.getModelStatus() == highspy.HighsModelStatus.kMemoryLimit:  # else it would be a search that found nothing
            raise MemoryError("the solver ran out of memory")
        return self._answer(objective, scale, highs.getRunTime() - before, seen)

    def _renew(self) -> None:
        """The same program in a HiGHS that has not run yet.

        Completing a start counts the seconds of all earlier runs: once they are more than the limit, HiGHS 1.15.1 drops it.
        """
        program = self._highs.getLp()
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call]
        self._option("output_flag", False)
        self._highs.passModel(program)

    def _set(self, limits: Limits, scale: float, offset: float) -> None:
        earlier = 0.0 if len(self._integer) else self._highs.getRunTime()  # counted in HiGHS 1.15.1 where nothing is integer
        self._option("time_limit", earlier + max(0.0, limits.seconds))
        self._option("mip_rel_gap", limits.gap if limits.absolute is None else 0.0)
        self._option("mip_abs_gap", (limits.gap * SMALL if limits.absolute is None else limits.absolute) * scale)
        self._option("threads", limits.threads)
        self._option("parallel", "on" if limits.threads > 1 else "off")  # unless it is said, HiGHS searches with one thread
        self._option("random_seed", limits.seed)
        self._option("primal_feasibility_tolerance", limits.feasibility)
        self._option("dual_feasibility_tolerance", min(limits.feasibility, 1e-7))
        self._option("mip_feasibility_tolerance", limits.integrality)
        self._option("mip_min_logging_interval", 0.5)
        self._option("objective_target", (limits.target - offset) * scale if isfinite(limits.target) else -inf)
        for name in FROM_SCRATCH:
            self._option(name, limits.heuristics == "all")
        self._option(NEARBY, limits.heuristics != "none")
        self._option("mip_heuristic_effort", 0.0 if limits.heuristics == "none" else EFFORT)
        # Beside heuristics a root searched anew takes a tenth of the time and gives nothing back; nor for a wide gap.
        self._option("mip_allow_restart", limits.heuristics == "none" and limits.gap <= TIGHT)
        # From scratch, trying branches is two thirds of the work in a large program; a small one is as fast for trying less.
        self._option("mip_pscost_minreliable", TRIED_ONCE if limits.heuristics == "all" else TRIED)
        self._option("mip_lp_solver", "ipm" if is_large(self._highs.getNumNz()) else "choose")
        self._option("solver", "ipm" if limits.interior else "choose")
        self._option("run_crossover", "off" if limits.interior else "on")

    def _answer(self, objective: Objective, scale: float, seconds: float, seen: _Listener) -> Answer:
        highs, states = self._highs, highspy.HighsModelStatus
        info, state = highs.getInfo(), highs.getModelStatus()
        found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        if state == states.kModelEmpty:  # nothing to decide and nothing to keep: the objective is its offset
            return Answer("optimal", np.zeros(self._count), objective.offset, objective.offset, seconds, 0)
        if state == states.kOptimal and not found:  # asked for 1e-9, it may call 1.1e-9 infeasible
            found = info.max_primal_infeasibility <= NEAR_ENOUGH
            state = state if found else states.kSolveError
        values = np.array(highs.getSolution().col_value) if found else None
        least = self._least(objective)
        value = max(objective.value(values), least) if values is not None else nan
        is_integer = bool(len(self._integer))
        bound = info.mip_dual_bound / scale + objective.offset if is_integer else nan
        if isfinite(bound):
            bound = max(bound, least)
        if state == states.kOptimal and not is_integer:
            bound = value
        if values is not None:
            self._start = values
            bound = min(bound, value) if isfinite(bound) else bound
        outcome: Outcome = {
            states.kOptimal: "optimal",
            states.kInfeasible: "infeasible",
            states.kUnboundedOrInfeasible: "infeasible",
            states.kTimeLimit: "limit",
            states.kObjectiveTarget: "decided",
            states.kInterrupt: "interrupted",
        }.get(state, "failed")  # type: ignore[assignment]
        if seen.has_enough and outcome == "interrupted":
            outcome = "decided"
        elif seen.interrupted and outcome != "optimal":
            outcome = "interrupted"
        return Answer(outcome, values, value, bound, seconds, max(0, int(info.mip_node_count)))

    def _least(self, objective: Objective) -> float:
        """What no solution can beat by the bounds of the columns alone.

        HiGHS takes a column for allowed that is beyond its bound by its tolerance, and where the column's cost is large
        that is a value which no plan has: -2.5e-6 for spending of which there is none.
        """
        at = np.flatnonzero(objective.cost)
        cost = objective.cost[at]
        return float(cost @ np.where(cost > 0, self._lower[at], self._upper[at])) + objective.offset


def _settled(first: Answer, second: Answer) -> Answer:
    """The better of two runs' solutions, with what the second one says of it."""
    whole = replace(second, seconds=first.seconds + second.seconds, nodes=first.nodes + second.nodes)
    if first.values is None or (second.values is not None and second.value < first.value):
        return whole
    return replace(whole, values=first.values, value=first.value, bound=min(second.bound, first.value))


class _Listener:
    """Progress out of a run, and the wish to stop into it, while it lasts."""

    def __init__(
        self,
        highs: highspy.Highs,
        offset: float,
        scale: float,
        on_progress: Report | None,
        cancelled: Ask | None,
        enough: float,
        on_solution: Take | None = None,
    ) -> None:
        self.interrupted = self.has_enough = False
        self._on_solution = on_solution
        self._offset, self._scale, self._enough = offset, scale, enough
        self._on_progress, self._cancelled = on_progress, cancelled
        self._events: list[tuple[Any, Callable[[Any], None]]] = []
        if on_progress:
            self._events += [(highs.cbMipImprovingSolution, self._report), (highs.cbMipLogging, self._report)]
        if on_solution:
            self._events += [(highs.cbMipImprovingSolution, self._pass_on)]
        # also where nobody may cancel: Python hears of Ctrl-C only while something of its own runs
        self._events += [(highs.cbMipInterrupt, self._ask_and_look)]
        self._events += [(event, self._ask) for event in (highs.cbSimplexInterrupt, highs.cbIpmInterrupt)]
        for event, listen in self._events:
            event.subscribe(listen)

    def stop(self) -> None:
        """Stop listening."""
        for event, listen in self._events:
            event.unsubscribe(listen)

    def _report(self, event: Any) -> None:
        out = event.data_out
        best, bound = (x / self._scale + self._offset for x in (out.mip_primal_bound, out.mip_dual_bound))
        unknown = abs(out.mip_primal_bound) > 1e300
        if self._on_progress:
            self._on_progress(Progress(out.running_time, nan if unknown else best, bound, int(out.mip_node_count)))

    def _pass_on(self, event: Any) -> None:
        if self._on_solution:
            self._on_solution(np.array(event.data_out.mip_solution))

    def _ask(self, event: Any) -> None:
        # False must be written too, or every later run of the same object ends at once
        self.interrupted = self.interrupted or bool(self._cancelled and self._cancelled())
        event.interrupt(self.interrupted)

    def _ask_and_look(self, event: Any) -> None:
        """Of a search with integers also whether its bound is high enough already."""
        self.has_enough = self.has_enough or event.data_out.mip_dual_bound / self._scale + self._offset > self._enough
        self.interrupted = self.interrupted or bool(self._cancelled and self._cancelled())
        event.interrupt(self.interrupted or self.has_enough)


def refuse_too_small(program: LinearProgram) -> None:
    """Nothing, unless HiGHS would drop some of the coefficients of a program without a word.

    Raises
    ------
    TooSmall
        With the smallest.
    """
    sizes = np.abs(program.matrix.data)
    smallest = sizes[sizes > 0].min(initial=np.inf)
    if smallest < SMALLEST:
        raise TooSmall(f"a coefficient of {smallest:.1e} would be lost beside the largest figures")


def is_large(coefficients: int) -> bool:
    """Whether the relaxation of a program with so many coefficients is most of the work of its search."""
    return coefficients > LARGE


def is_memory_limited() -> bool:
    """Whether this process may use so much memory and no more.

    Where memory runs out in one of several threads of HiGHS, it ends the whole process without a word, or never ends; with
    one thread it says so.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return False
    return resource.getrlimit(resource.RLIMIT_AS)[0] != resource.RLIM_INFINITY


def _scale(objective: Objective) -> float:
    """A power of ten that brings the largest cost to between 10 and 100: solver tolerances are absolute."""
    largest = float(np.abs(objective.cost).max(initial=0.0))
    return float(10.0 ** (1 - floor(log10(largest)))) if largest > 0 else 1.0
