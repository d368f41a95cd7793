"""A plan: immutable data that needs nothing else to be read, compared or audited."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from math import isfinite
from typing import Any, Literal

import pandas as pd

from planner.case import Case, FrozenDict, naming
from planner.plans.ended import Ended, reason
from planner.words.said import _

Status = Literal["optimal", "feasible", "interrupted", "infeasible", "no_plan", "evaluated"]
AuditState = Literal["passed", "failed", "not run", "changed", "no digest"]  # the last two: only of a plan that was read

UNSURE: Mapping[str, str] = FrozenDict(
    {
        "changed": _("was changed since it was audited"),
        "no digest": _("has no digest, so that nobody can tell whether it was changed since it was audited"),
    }
)
"""What is said of a plan whose files are not known to be as they were written."""

NOT_CONFIRMED = Ended("not confirmed")
WORSE = 1e-6  # a gap that grows by more than this makes a city worse off
PACKAGES = ("cluster-planner", "pyomo", "highspy", "numpy", "scipy", "pandas", "pydantic")


@dataclass(frozen=True)
class CityResult:
    """One city of a goal that takes the worst off first, in the order of the plan's city gaps.

    Attributes
    ----------
    gap
        The city's gap: the weighted mean over the goal's indicators and periods.
    mean
        Mean gap of this city and those before it: what the step of so many cities makes as small as possible.
    bound
        What no plan can beat of that mean without worsening the means of fewer cities; NaN where nothing was proven.
    optimality_gap
        Relative distance of the step's own solution to its bound.
    """

    city: str
    gap: float
    mean: float
    bound: float
    optimality_gap: float


@dataclass(frozen=True)
class GoalResult:
    """One goal of a plan.

    Attributes
    ----------
    value
        The goal's value in the plan, in the goal's own unit (gaps: share; spending: money); of a goal that takes the worst
        off first, the worst city's gap.
    bound
        What no plan can beat, as proven by the solver; NaN for a hand-made plan.
    optimality_gap
        Relative distance of the step's own solution to its bound; of a goal of several steps the largest, and NaN until
        all are done.
    proof_gap
        (value - bound) / max(|value|, 0.001): what is proven of the plan as it stands.
    cities
        Of a goal that takes the worst off first: its cities in order; empty for other goals.
    """

    name: str
    value: float
    bound: float
    optimality_gap: float
    proof_gap: float
    cities: tuple[CityResult, ...] = ()


@dataclass(frozen=True)
class Broken:
    """A promise of the case that a plan breaks; `planner.promises` has the words.

    Attributes
    ----------
    kind
        Of `planner.promises.PROMISES`.
    ids
        What tells it from others of its kind: a line and a period, a target with its indicator, city and period ...
    amount
        By how much, in the promise's own unit.
    rounded
        By how much an earlier version, which wrote the amount in a sentence, may have rounded it.
    """

    kind: str
    ids: tuple[str, ...]
    amount: float
    rounded: float = 0.0


def claimed(status: Status, audit: AuditState | None) -> Status:
    """What a plan may be called: never the best possible, if its figures are not what its decisions come to."""
    return "feasible" if status == "optimal" and audit == "failed" else status


@dataclass(frozen=True)
class Plan:
    """A solved or hand-made plan with all its figures; never holds a solver object.

    Its status is `optimal` only as long as no audit has failed: whoever makes, marks or reads one gets no other.

    Attributes
    ----------
    ended
        Why the search ended as it did; `reason` has it in words.
    broken
        The promises that it breaks.
    listed
        What its folder says of it to those who only list plans: the case's title and the headline. None for a plan that was
        not read from a folder.
    read_from
        The folder it was read from, as it was named; empty for a plan that was not read.
    """

    case: Case
    status: Status
    ended: tuple[Ended, ...]
    options: FrozenDict[str, Any]
    goals: tuple[GoalResult, ...]
    tables: FrozenDict[str, pd.DataFrame] = field(compare=False, repr=False)
    audit: AuditState = "not run"
    broken: tuple[Broken, ...] = ()
    seconds: FrozenDict[str, float] = field(default_factory=FrozenDict, compare=False)
    versions: FrozenDict[str, str] = field(default_factory=FrozenDict, compare=False)
    listed: FrozenDict[str, Any] | None = field(default=None, compare=False)
    read_from: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        """Take back what a failed audit leaves unproven."""
        if claimed(self.status, self.audit) != self.status:
            object.__setattr__(self, "status", claimed(self.status, self.audit))
            object.__setattr__(self, "ended", (NOT_CONFIRMED, *self.ended))

    def table(self, name: str) -> pd.DataFrame:
        """A copy of one of the plan's tables (see ``planner.plans.tables``), free to change."""
        return self.tables[name].copy()

    @property
    def reason(self) -> str:
        """Why the search ended as it did, in words; empty where all was proven as it was asked."""
        return reason(self.ended, self.goals, self.options.get("time_limit"))

    @property
    def worse_off(self) -> tuple[str, ...]:
        """The cities with a larger gap than without the plan, in words."""
        if not self.has_decisions:
            return ()
        label = {period.id: period.label for period in self.case.periods}
        table = self.tables["indicators"]
        worse = table[table["true_gap_with"] > table["true_gap_without"] + WORSE]
        columns = ("indicator", "city", "period", "true_gap_without", "true_gap_with")
        return tuple(
            _("{city}, {period}: {indicator} gap {without:.1%} -> {with_plan:.1%}").format(
                city=naming.city(self.case, i), period=label[t], indicator=naming.indicator(self.case, x), without=without,
                with_plan=with_plan,
            )
            for x, i, t, without, with_plan in zip(*(worse[name].tolist() for name in columns), strict=True)
        )  # fmt: skip

    @property
    def has_decisions(self) -> bool:
        """Whether there is a plan at all (not so when infeasible, or none was found in time)."""
        return self.status not in ("infeasible", "no_plan")

    @property
    def starts_nothing(self) -> bool:
        """Whether it holds decisions, but none beyond what was decided before."""
        return self.has_decisions and bool((self.tables["decisions"]["decided"] == "before").all())

    @property
    def is_found(self) -> bool:
        """Whether it may be shown as a plan: it starts something, or it is proven that nothing better could start."""
        searched = self.status in ("feasible", "interrupted")
        return self.has_decisions and not (searched and self.starts_nothing and not self.first_is_proven)

    @property
    def first_is_proven(self) -> bool:
        """Whether the first goal was proven as closely as was asked for, and the audit does not say otherwise."""
        if self.audit == "failed" or not self.goals:
            return False
        first = self.goals[0]
        gaps = [city.optimality_gap for city in first.cities[:1]] or [first.optimality_gap]
        return self.is_as_asked(0, gaps[0])

    def asked_gap(self, goal: int) -> float:
        """Relative gap that each step of a goal was asked to prove; goals count from 0. Of a plan that says none: 1e-4.

        Plans from before later goals had one of their own say one for all goals.
        """
        asked = self.options.get("gap")
        if goal > 0:
            asked = self.options.get("later_gap", asked)
        return 1e-4 if asked is None else float(asked)

    def is_as_asked(self, goal: int, gap: float) -> bool:
        """Whether a goal was proven as closely as was asked for, but for rounding; goals count from 0."""
        return gap <= self.asked_gap(goal) * (1 + 1e-6)

    @property
    def ended_before_a_plan(self) -> bool:
        """Whether somebody stopped the search, in whatever stage, before it had a plan."""
        return self.status == "no_plan" and any(why.by == "interrupted" for why in self.ended)

    @property
    def has_bounds(self) -> bool:
        """Whether it says what no plan can beat, in any goal or for a jurisdiction alone: only a search can tell."""
        alone = self.tables.get("alone")
        return any(isfinite(goal.bound) for goal in self.goals) or (alone is not None and len(alone) > 0)

    @property
    def may_be_edited(self) -> bool:
        """Whether its files are not known to be as they were written, see ``UNSURE``."""
        return self.audit in UNSURE

    def with_audit(self, state: AuditState) -> Plan:
        """The same plan, marked with what the audit found."""
        return replace(self, audit=state)


@cache  # they are read from the packages' files
def versions() -> FrozenDict[str, str]:
    """Package -> version, of Python and of the packages that a plan depends on."""
    found = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:  # a checkout that was never installed
            found[package] = "not installed"
    return FrozenDict(found)
