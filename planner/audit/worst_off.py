"""Goals that take the worst off first: the cities that the plan lists, in order, and what it claims of each."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from planner.audit import goals, proof
from planner.audit.books import Books
from planner.audit.proof import GOAL_SLACK, Claim
from planner.audit.report import Ledger
from planner.audit.status import most_above_bound
from planner.case.nouns import Goal
from planner.plans.plan import GoalResult, Plan


def check(plan: Plan, books: Books, indicators: Iterable[goals.Key], ledger: Ledger) -> None:
    """Check the list of every such goal, and that no other goal has one."""
    keys = list(indicators)
    gaps = {key: row.gap_with for key, row in books.indicators.items()}
    for goal, result in zip(plan.case.goals, plan.goals, strict=False):
        found = {}
        if "worst_off_first" in goal.parts:
            found = goals.city_gaps(gaps, goals.weights(plan.case, goal, keys))
        _order(result, found, ledger)
        if found and {city.city for city in result.cities} == set(found):
            _claims(plan, goal, result, ledger)


def _order(result: GoalResult, by_city: Mapping[str, float], ledger: Ledger) -> None:
    """Every city once, the largest gap first, each with the mean so far."""
    named = [city.city for city in result.cities]
    ledger.rows("goals", f"goal {result.name}", named, list(by_city))
    ledger.true("goals", len(set(named)) == len(named), f"goal {result.name}", f"{len(named)} cities", "each once")
    last, total = math.inf, 0.0
    for n, city in enumerate(result.cities, start=1):
        where = f"goal {result.name}, city {city.city}"
        if city.city in by_city:
            ledger.same("goals", where, "gap", city.gap, by_city[city.city])
        ledger.within("goals", where, "gap", city.gap, -math.inf, last)
        total += city.gap
        ledger.same("goals", where, "mean", city.mean, total / n)
        last = city.gap


def _claims(plan: Plan, goal: Goal, result: GoalResult, ledger: Ledger) -> None:
    """The bounds: none of a hand-made plan; of an optimal one each proven, and the goal as far as its last city."""
    gaps = [city.optimality_gap for city in result.cities]
    largest = math.nan if any(math.isnan(gap) for gap in gaps) else max(gaps)
    where = f"goal {result.name}"
    ledger.same("status", where, "optimality_gap", result.optimality_gap, largest)
    ledger.same("status", where, "bound", result.bound, result.cities[0].bound)
    asked, held = plan.options.get("gap"), True
    for city in result.cities:
        place = f"{where}, city {city.city}"
        if plan.status == "evaluated":
            ledger.same("status", place, "bound", city.bound, math.nan)
            ledger.same("status", place, "optimality_gap", city.optimality_gap, math.nan)
        elif plan.status == "optimal" and isinstance(asked, int | float):
            proof.within_asked(ledger, place, city.optimality_gap, asked)
            most = most_above_bound(plan, goal, city.mean, city.bound)
            ledger.within("status", place, "mean above its bound", city.mean - city.bound, -math.inf, most)
        if plan.status != "evaluated":
            claim = Claim(place, city.mean, city.bound, city.optimality_gap, goal.tolerance)
            proof.check(claim, ledger, is_above_bound=held)
            held = held and city.mean <= claim.step_value + GOAL_SLACK  # a later goal may free what fewer cities held
