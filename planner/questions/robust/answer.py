"""What is known of a plan for several scenarios, as values, intervals and tables; no solver is asked here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import inf, isfinite, nan
from typing import Any

from planner.planning.settling import slack
from planner.plans.plan import Plan
from planner.questions.asking import because, decisions_of, first_goal, interval, unproven, without_any
from planner.questions.robust.first_decisions import Found, Tried
from planner.questions.robust.futures import ALONE, Common, Futures
from planner.solver.criteria import CRITERIA
from planner.solver.highs import SMALL
from planner.words.said import _
from planner.work.workers import Done

Interval = tuple[float, float]  # at least, at most
NOTHING_FOUND = Found(None, (), (), nan, "failed")


@dataclass
class Answer:
    """What is known so far.

    Attributes
    ----------
    alone
        The best plan for each scenario alone.
    tried
        For each scenario, what the first decisions of each scenario's own plan come to there.
    found
        The best common first decisions.
    plans
        The plan for each scenario with those.
    """

    futures: Futures
    common: Common
    gap: float
    alone: list[Done]
    tried: list[Done] = field(default_factory=list)
    found: Found = NOTHING_FOUND
    plans: list[Done] = field(default_factory=list)

    # --- each scenario alone

    @property
    def all_alone(self) -> bool:
        """Whether there is a plan for each scenario alone."""
        return all(_has_decisions(done) for done in self.alone)

    @property
    def bounds_alone(self) -> list[float]:
        """What no plan for each scenario alone can beat in the first goal."""
        bounds = [first_goal(done.value).bound for done in self.alone]
        return [bound if isfinite(bound) else -inf for bound in bounds]

    @cached_property
    def best(self) -> list[float]:
        """The best value of the first goal that any plan of each scenario was seen to reach, before the common search."""
        values = [first_goal(done.value).value for done in self.alone]
        for k, done in enumerate(self.tried):
            values[k] = min([values[k], *(one.value for one in done.value or () if one.columns is not None)])
        return values

    # --- with the common first decisions

    @property
    def audited(self) -> list[Plan | None]:
        """The plan for each scenario, where there is one."""
        return [done.value if _has_decisions(done) else None for done in self.plans]

    @property
    def values(self) -> list[float]:
        """The first goal in each scenario: of its plan, else as the common search has it."""
        plans = self.audited or [None] * len(self.found.values)
        return [v if plan is None else first_goal(plan).value for v, plan in zip(self.found.values, plans, strict=True)]

    @property
    def value(self) -> float:
        """The criterion; a regret is one against the best plans that were found."""
        if not self.values:
            return nan
        return max(0.0, self._of(self.values)) if self.futures.criterion == "regret" else self._of(self.values)

    @property
    def bound(self) -> float:
        """What the criterion cannot be below with any common first decisions."""
        if not self.all_alone or self.found is NOTHING_FOUND:
            return nan
        bound = max(0.0, self.found.bound) if self.futures.criterion == "regret" else self.found.bound
        return min(bound, self.value) if self.values else bound

    @property
    def proof(self) -> float:
        """Distance of the criterion to its bound, relative to itself, or of a regret to the first goal."""
        return (self.value - self.bound) / max(self._size, SMALL)

    @property
    def _size(self) -> float:
        is_regret = self.futures.criterion == "regret" and self.values
        return max(map(abs, self.values)) if is_regret else abs(self.value)

    @property
    def is_proven(self) -> bool:
        """Whether the criterion is proven within the gap; later goals may take their tolerance, together and by scenario."""
        if not self.values:
            return False
        tolerance = max(case.goals[0].tolerance for case in self.futures.cases)
        allowed = self.gap * max(self._size, SMALL) + 2 * slack(tolerance, self._size)
        return self.value - self.bound <= allowed * (1 + SMALL)

    @property
    def status(self) -> str:
        """As of a plan."""
        if any(done.value is not None and done.value.status == "infeasible" for done in self.alone):
            return "infeasible"
        if self.found.outcome == "infeasible":
            return "infeasible"
        if self.found.first is None:
            return "no_plan"
        if self.is_proven and len(self.audited) == len(self.futures.cases) and all(self.audited):
            return "optimal"
        return "interrupted" if self.found.outcome == "interrupted" else "feasible"

    def _of(self, values: Sequence[float]) -> float:
        return self.futures.value(values, self.best)

    # --- what knowing more would be worth, and what thinking of one scenario alone costs

    def information(self) -> Interval:
        """By how much the criterion would be less if the scenario were known beforehand."""
        if not self.values:
            return nan, nan
        bounds = self.bounds_alone
        most = max(v - b for v, b in zip(self.values, bounds, strict=True))
        if self.futures.criterion != "regret":
            most = self.value - self.futures.value(bounds, bounds)
        return interval(self.bound - self._of(self.best), most)

    def solution(self) -> Interval:
        """By how much the criterion is more if only the first scenario is planned for."""
        tried = self._tried_of(0)
        if not self.values or tried is None:
            return nan, nan
        if self._not_common(0) or any(one.outcome == "infeasible" for one in tried):
            return inf, inf
        if any(one.columns is None for one in tried):
            return nan, nan
        least, most = (self._of([getattr(one, name) for one in tried]) for name in ("bound", "value"))
        return interval(least - self.value, most - self.bound)

    def _tried_of(self, k: int) -> list[Tried] | None:
        """What the first decisions of a scenario's own plan come to in each scenario; None if that was not tried."""
        if not self.tried or any(done.value is None for done in self.tried):
            return None
        return [done.value[k] for done in self.tried]

    def _not_common(self, k: int) -> tuple[str, ...]:
        return self.common.not_common(decisions_of(self.alone[k].value))

    # --- tables

    def missing(self) -> tuple[str, ...]:
        """What is not answered or not proven, and why."""
        said = []
        for name, done in zip(self.futures.names, self.alone, strict=True):
            said.append(unproven(self.futures.said(ALONE, name), done))
            if done.value is not None and done.value.status == "infeasible":
                none = self.futures.said(_("there is no plan for {scenario} alone"), name)
                said.append(because(none, done.value.reason))
        if not self.all_alone:
            return tuple(filter(None, said))
        said += [because(done.name, done.problem) for done in self.tried if done.value is None]
        for done in self.tried:
            slow = any(one.outcome not in ("optimal", "infeasible") for one in done.value or ())
            said.append(because(done.name, _("not proven within the time")) if slow else "")
        if self.found.outcome == "infeasible":
            said.append(_("no first decisions suit all scenarios together: that is proven"))
        elif self.found.first is None:
            said.append(_("no common first decisions were found"))
        elif not isfinite(self.proof):
            said.append(_("nothing is proven of the criterion yet"))
        elif not self.is_proven:
            said.append(
                _("the criterion is proven within {proof:.2g} %, {gap:.2g} % was asked for").format(
                    proof=100 * self.proof, gap=100 * self.gap
                )
            )
        for name, done in zip(self.futures.names, self.plans, strict=False):
            said.append(unproven(self.futures.said(_("the plan for {scenario}"), name), done))
            if done.value is not None and done.value.status == "infeasible":
                said.append(
                    self.futures.said(_("the plan for {scenario}: rounding leaves none with these first decisions"), name)
                )
            if done.value is not None and done.value.audit == "failed":
                said.append(self.futures.said(_("the audit does not confirm the plan for {scenario}"), name))
        if self.found.first is not None and not self.plans:
            said.append(_("no scenario has its plan worked out"))
        return tuple(filter(None, said))

    def tables(self) -> dict[str, list[tuple[Any, ...]]]:
        """Rows of every table of the result; none where nothing was found for some scenario alone."""
        if not self.all_alone:
            return {}
        found = {"scenarios": self._scenarios(), "planned_for": self._planned_for()}
        if self.found.first is not None:
            found |= {"first_decisions": self._first_decisions(), "criteria": self._criteria()}
        return found

    def _scenarios(self) -> list[tuple[Any, ...]]:
        rows = []
        values = self.values or [nan] * len(self.alone)
        for k, name in enumerate(self.futures.names):
            value, best, bound = values[k], self.best[k], self.bounds_alone[k]
            done = self.plans[k] if self.plans else None
            status = "not worked out" if done is None or done.value is None else done.value.status
            regret = interval(value - best, value - bound) if value == value else (nan, nan)
            without = without_any(self.alone[k].value)
            rows.append((name, self.futures.weights[k], without, value, best, bound, *regret, status))
        return rows

    def _first_decisions(self) -> list[tuple[Any, ...]]:
        assert self.found.first is not None
        case = self.futures.cases[0]
        alone = {n: decisions_of(done.value) for n, done in zip(self.futures.names, self.alone, strict=True)}
        rows = []
        for (a, u), units in self.found.first.items():
            if units > 0:
                measure = case.measures[a]
                decided = "before" if measure.status == "decided" else "by the plan"
                names = ";".join(name for name, starts in alone.items() if (a, u) in starts)
                rows.append((a, measure.name, measure.kind, ";".join(measure.cities), u, units, decided, names))
        return rows

    def _criteria(self) -> list[tuple[Any, ...]]:
        bounds = self.bounds_alone
        tried = self._tried_of(0)
        possible = tried is not None and all(one.columns is not None for one in tried) and not self._not_common(0)
        rows = []
        for criterion in CRITERIA:
            asked = criterion == self.futures.criterion
            value = self.futures.value(self.values, self.best, criterion)
            floor = 0.0 if criterion == "regret" else self.futures.value(bounds, bounds, criterion)
            first = self.futures.value([one.value for one in tried], self.best, criterion) if possible and tried else nan
            rows.append((criterion, "yes" if asked else "no", max(value, floor) if criterion == "regret" else value,
                         self.bound if asked else floor, first))  # fmt: skip
        return rows

    def _planned_for(self) -> list[tuple[Any, ...]]:
        rows = []
        for k, planned in enumerate(self.futures.names):
            tried = self._tried_of(k)
            for s, name in enumerate(self.futures.names):
                if self._not_common(k):
                    rows.append((planned, name, nan, nan, "not offered"))
                elif tried is not None:
                    rows.append((planned, name, *_figures(tried[s]), _status(tried[s])))
        return rows


def _figures(tried: Tried) -> tuple[float, float]:
    """Value and bound; none where there is no plan."""
    return (tried.value, tried.bound) if tried.columns is not None else (nan, nan)


def _status(tried: Tried) -> str:
    if tried.columns is None:
        return "infeasible" if tried.outcome == "infeasible" else "no_plan"
    return "optimal" if tried.outcome == "optimal" else "feasible"


def _has_decisions(done: Done) -> bool:
    return done.value is not None and done.value.has_decisions
