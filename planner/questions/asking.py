"""What all questions share: their options, the shape of their results, and solving variants of a case side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from math import inf, isfinite, nan
from time import perf_counter
from typing import Any, ClassVar, Literal

import pandas as pd

from planner.case import Case, FrozenDict, Goal, Measure, naming
from planner.case.problems import not_one_of
from planner.compiling import goals
from planner.planning import proving_again
from planner.planning.search import SolveOptions, solve
from planner.planning.variants import with_dependents, with_first_goal, without_measures
from planner.plans.ended import reason, told_as
from planner.plans.plan import UNSURE, GoalResult, Plan
from planner.promises import broken_in_words
from planner.words.said import Sentence, Text, _
from planner.work.stopping import Cancelled, Event, Listener, Until, asked_limit
from planner.work.workers import Done, Task, Workers, workers

Columns = Mapping[str, str]  # column -> what it holds, with its unit
Decisions = Mapping[tuple[str, str], float]


@dataclass(frozen=True)
class AskOptions:
    """Limits of a question.

    Attributes
    ----------
    time_limit
        Seconds for the whole question; None = no limit.
    gap
        Relative gap that each goal's step of each plan must prove.
    seed
        Given to HiGHS, which works with one thread in each worker.
    workers
        Processes on this machine; 1 = this one. The answer does not depend on it.
    scheduler
        Address of a running Dask scheduler, whose workers are used instead.
    """

    time_limit: float | None = None
    gap: float = 1e-4
    seed: int = 0
    workers: int = 1
    scheduler: str | None = None


@dataclass(frozen=True)
class Result:
    """What a question found out; each question's own result says more.

    Attributes
    ----------
    case
        The case that was asked about.
    complete
        Whether everything that was asked is answered and proven.
    missing
        What is not, and why, a sentence each.
    too_close
        Those of `missing` that a smaller gap answers, not more time.
    for_good
        Those that neither does.
    impossible
        Whether nothing is answered because no plan keeps all promises, which is proven.
    cut_by
        What may have cut it short: the time limit, somebody, or nothing (there was no limit, and nobody stopped it).
    seconds
        How long it took.
    tables
        Name -> table; columns as in `TABLES`.
    plans
        Name -> plan: those that the answer rests on.
    """

    case: Case
    complete: bool
    missing: tuple[str, ...]
    seconds: float = field(compare=False)
    tables: FrozenDict[str, pd.DataFrame] = field(compare=False, repr=False)
    plans: FrozenDict[str, Plan] = field(compare=False, repr=False)
    impossible: bool = field(default=False, kw_only=True)
    too_close: tuple[str, ...] = field(default=(), kw_only=True)
    for_good: tuple[str, ...] = field(default=(), kw_only=True)
    cut_by: Literal["limit", "somebody", "nothing"] = field(default="limit", kw_only=True)

    BEST: ClassVar[str] = "best"  # name of the plan that the answer starts from, among `plans`
    ABOUT: ClassVar[Sequence[str]] = ()  # those of `plans` that it is about, where these need not be the best of their case
    QUESTION: ClassVar[str] = ""  # name of the command and of the JSON's schema
    TABLES: ClassVar[Mapping[str, Columns]] = {}
    ANSWERS: ClassVar[Mapping[str, Sequence[str]]] = {}  # table -> columns that answer; the others are its frame

    @property
    def is_answered(self) -> bool:
        """Whether anything is known of what was asked, beyond the frames of the tables."""
        cells = (cell for name in self.ANSWERS if name in self.tables for column in self.ANSWERS[name]
                 for cell in self.tables[name][column])  # fmt: skip
        return self.complete or any(map(is_known, cells))

    @property
    def starts_from(self) -> Plan | None:
        """The plan that the answer starts from and is about; None where there is none, or that one was not found."""
        return self.plans.get(self.BEST)

    @property
    def rests_on(self) -> tuple[Plan, ...]:
        """The plans that an answer names at its head: the one that it starts from, or those that it was given."""
        return () if self.starts_from is None else (self.starts_from,)

    def table(self, name: str) -> pd.DataFrame:
        """A copy of one of the tables, free to change."""
        return self.tables[name].copy()

    def facts(self) -> dict[str, Any]:
        """Figures beside the tables, as plain JSON values."""
        return {}


OPEN = frozenset({"", "no_plan", "not answered", "not known", "not worked out", "every or some", "some or no", "before",
                  "cannot start"})  # fmt: skip
"""Cells that say that nothing was found out, or what was known before anything was asked."""


def is_known(cell: Any) -> bool:
    """Whether a cell of an answer tells anything: a text that is not among ``OPEN``, or a figure."""
    return cell not in OPEN if isinstance(cell, str) else cell is not None and isfinite(cell)


@dataclass(frozen=True)
class Asking:
    """A question under way: its workers, its clock, and who listens."""

    options: AskOptions
    crew: Workers
    until: Until  # until when work in this process may go on
    began: float
    on_event: Listener | None

    @property
    def seconds(self) -> float:
        """Seconds since the question was asked."""
        return perf_counter() - self.began

    @property
    def stopped(self) -> bool:
        """Whether somebody asked to stop, or the time is up."""
        return self.until.why is not None

    def tell(self, message: str) -> None:
        """Say what begins now."""
        self.pass_on(Event("stage", "", 0.0, message=message))

    def step(self, message: str) -> None:
        """Say how far work in this process has come."""
        self.pass_on(Event("task", "", 0.0, message=message))

    def run(self, tasks: Sequence[Task], until: float = 1.0) -> tuple[Done, ...]:
        """Do tasks side by side.

        Parameters
        ----------
        until
            Share of the time left now that they may take together.
        """
        return self.crew.run(tasks, until=self.until.share(until), on_event=self.pass_on)

    def solve_all(self, variants: Sequence[Variant], until: float = 1.0) -> tuple[Done, ...]:
        """Solve variants side by side; the value of each `Done` is a plan, which may be one without decisions."""
        limits = SolveOptions(gap=self.options.gap, threads=1, seed=self.options.seed)
        return self.run([Task(v.name, solve_variant, (v.case, limits, v.start, v.bound, v.goals)) for v in variants], until)

    def pass_on(self, event: Event) -> None:
        """Tell an event, with the seconds since the question was asked."""
        if self.on_event is not None:
            self.on_event(replace(event, seconds=self.seconds))


@dataclass(frozen=True)
class Variant:
    """A case to solve for a question.

    Attributes
    ----------
    name
        What people are told is being solved.
    start
        Decisions that the search may begin with.
    bound
        What no plan of the case can beat in its first goal, as proven of a case that allows more; -inf = not known.
    goals
        How many of its goals are searched for; None = all.
    """

    name: str
    case: Case
    start: Decisions | None = None
    bound: float = -inf
    goals: int | None = None


def solve_variant(
    case: Case,
    options: SolveOptions,
    start: Decisions | None,
    bound: float,
    goals: int | None,
    seconds: float | None,
    cancelled: Cancelled | None,
) -> Plan:
    """In a worker: solve a case within what is left of the time."""
    limit = None if seconds is None else round(seconds, 1)
    return solve(
        case, options=replace(options, time_limit=limit), cancelled=cancelled, start=start, bound=bound, goals=goals
    )


@contextmanager
def asking(options: AskOptions | None, on_event: Listener | None, cancelled: Cancelled | None) -> Iterator[Asking]:
    """A question, from when it is asked until its workers have gone home."""
    options = options or AskOptions()
    with asked_limit(options.time_limit), workers(options.workers, options.scheduler) as crew:
        yield Asking(options, crew, Until.within(options.time_limit, cancelled), perf_counter(), on_event)


def known_plan(question: Asking, case: Case, plan: Plan | None) -> Plan:
    """The plan that a question starts from: the one given, else solved now.

    Raises
    ------
    ValueError
        The plan given cannot stand for the best plan of the case (`why_not_best`).
    """
    if plan is not None:
        if why := why_not_best(plan, case):
            raise ValueError(_("the plan given cannot stand for the best plan: {why}").format(why=why))
        return plan
    (found,) = question.solve_all([Variant(_("the best plan"), case)])
    return found.value if found.value is not None else no_plan(case, found.problem)


def why_not_best(plan: Plan, case: Case) -> str:
    """Why a plan cannot stand for the best one of a case, in words; empty if nothing speaks against it."""
    if plan.case.content_hash != case.content_hash:
        return _("it is the plan of another case, or of an earlier version of this one")
    if not plan.has_decisions:
        return _("it holds no decisions: {why}").format(why=plan.reason)
    if plan.options.get("fixed_starts"):
        return _("it is the best only with the starts that it was given")
    if plan.broken:
        (promise,) = broken_in_words(plan.case, plan.broken[:1])
        return _("it breaks a promise of the case ({promise})").format(promise=promise)
    return ""


def audited(plan: Plan) -> Plan:
    """A plan marked with what its audit found; one without decisions, or audited already, as it is."""
    return plan if plan.audit != "not run" else proving_again.audited(plan)[0]


def known_measure(case: Case, name: str) -> Measure:
    """A measure of the case.

    Raises
    ------
    ValueError
        There is none of this id; the message says what is near.
    """
    if name not in case.measures:
        raise ValueError(not_one_of(name, _("a measure"), case.measures))
    return case.measures[name]


def no_plan(case: Case, reason: str) -> Plan:
    """A plan that says why there is none."""
    return Plan(case, "no_plan", told_as(reason), options=FrozenDict(), goals=(), tables=FrozenDict())


def decisions_of(plan: Plan) -> dict[tuple[str, str], float]:
    """What a plan starts: (measure, start period) -> units."""
    table = plan.tables["decisions"]
    return {
        (str(a), str(u)): float(units)
        for a, u, units in zip(table["measure"], table["start_period"], table["units"], strict=True)
    }


def first_goal(plan: Plan) -> GoalResult:
    """What a plan reaches in its first goal, and what none can beat there."""
    return plan.goals[0]


def why(plan: Plan) -> str:
    """Why the search for a plan ended as it did, its goals in words as answers name them."""
    return reason(plan.ended, plan.goals, plan.options.get("time_limit"), called=naming.goal)


def doubts(best: Plan) -> tuple[str, ...]:
    """That the plan which an answer starts from is not proven the best, if that is so, as a sentence.

    Of its first goal: of later goals answers say nothing.
    """
    open_ = () if best.first_is_proven else (because(_("the best plan"), why(best) or _("nothing is proven about it")),)
    return (*edited(best), *open_)


def edited(plan: Plan) -> tuple[str, ...]:
    """That nobody vouches for the files of the plan which an answer starts from, if that is so, as a sentence."""
    return (because(_("the plan that this starts from"), UNSURE[plan.audit]),) if plan.may_be_edited else ()


def doubts_for_good(best: Plan) -> tuple[str, ...]:
    """Those of its `doubts` that no time helps: its files were edited, it was made by hand, or there can be none."""
    return doubts(best) if best.status in ("evaluated", "infeasible") else edited(best)


def because(what: str, why: str) -> Sentence:
    """What is not answered, and why."""
    return _("{what}: {why}").format(what=what, why=why)


def interval(least: float, most: float) -> tuple[float, float]:
    """What is lost, or gained, at least and at most: never less than nothing; NaN at most where nothing is proven of it.

    >>> interval(float("nan"), float("nan"))
    (0.0, nan)
    """
    least = least if isfinite(least) and least > 0 else 0.0
    return least, max(least, most) if isfinite(most) else nan


def unproven(name: str, done: Done) -> str:
    """Why a variant's answer is missing or not proven; empty if it is."""
    if done.value is None:
        return because(name, done.problem)
    plan: Plan = done.value
    return "" if plan.status in ("optimal", "infeasible") else because(name, why(plan))


def frame(columns: Columns, rows: Sequence[Sequence[Any]]) -> pd.DataFrame:
    """A table of a result; texts that know other languages stay what they are."""
    table = pd.DataFrame(list(rows), columns=list(columns))
    for n, name in enumerate(columns):
        if any(isinstance(row[n], Text) for row in rows):
            table[name] = pd.Series([row[n] for row in rows], dtype=object)
    return table


Ask = Callable[..., Result]


def without_any(plan: Plan) -> float:
    """The first goal in the world without the plan; NaN where it is not about gaps alone."""
    goal = plan.case.goals[0]
    if set(goal.parts) != set(goal.gap_parts):
        return nan
    return value_of_gaps(plan.case, goal, plan, "gap_without")


def value_of_gaps(case: Case, goal: Goal, plan: Plan, column: str) -> float:
    """A goal about gaps, from one of the columns of gaps of a plan's indicators."""
    return goals.value_of_gaps(case, goal, gaps_of(plan, column))


def gaps_of(plan: Plan, column: str) -> dict[tuple[str, str, str], float]:
    """Every gap in one of the columns of gaps of a plan's indicators."""
    table = plan.tables["indicators"]
    return {
        (str(x), str(i), str(t)): float(gap)
        for x, i, t, gap in zip(table["indicator"], table["city"], table["period"], table[column], strict=True)
    }


def chosen(plan: Plan) -> list[str]:
    """The candidates of which the plan starts anything."""
    return list(dict.fromkeys(a for a, _ in decisions_of(plan) if plan.case.measures[a].status == "candidate"))


def without_measure(best: Plan, measure: str) -> Variant:
    """The case without a measure and what depends on it, with its first goal alone; its search starts from the rest."""
    case, gone = best.case, with_dependents(best.case, measure)
    rest = {(a, u): units for (a, u), units in decisions_of(best).items() if a not in gone}
    bound = -inf if case.nobody_worse_off else first_goal(best).bound  # what each could do alone would change, too
    name = _("without {measure}").format(measure=naming.measure(case, measure))
    return Variant(name, with_first_goal(without_measures(case, gone)), rest, bound)


def loss(best: Plan, other: Plan | None) -> tuple[float, float]:
    """By how much every plan of a narrower case is worse in the first goal, and by how much the best one found is.

    Plans are proven within a gap, so a loss is an interval; its end is NaN where there is no such plan, or none is proven.
    """
    if other is None or not other.goals:
        return 0.0, nan
    return interval(first_goal(other).bound - first_goal(best).value, first_goal(other).value - first_goal(best).bound)
