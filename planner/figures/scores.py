"""The goals of a plan, added up from the plan's own tables."""

from __future__ import annotations

from collections.abc import Mapping
from math import nan
from typing import TYPE_CHECKING

from planner.case.nouns import Case, Goal
from planner.compiling.goals import city_gaps, discount_factor, weights
from planner.highs import relative_gap
from planner.plan import GoalResult

if TYPE_CHECKING:
    from planner.figures import Figures


def goal_results(case: Case, figures: Figures, proven: Mapping[str, tuple[float, float]]) -> tuple[GoalResult, ...]:
    """Value of every goal in the plan as it stands, next to what was proven of it.

    Parameters
    ----------
    proven
        Goal -> (bound, optimality gap of its own step); empty for a hand-made plan.
    """
    results = []
    for goal in case.goals:
        value = goal_value(case, goal, figures)
        bound, gap = proven.get(goal.name, (nan, nan))
        results.append(GoalResult(goal.name, value, bound, gap, relative_gap(value, bound)))
    return tuple(results)


def goal_value(case: Case, goal: Goal, figures: Figures) -> float:
    """A goal's value, from the tables."""
    table = figures.tables["indicators"]
    gaps = {
        (str(x), str(i), str(t)): float(gap)
        for x, i, t, gap in zip(table["indicator"], table["city"], table["period"], table["gap_with"], strict=True)
    }
    weight = weights(case, goal, gaps)
    parts = {
        "gaps": sum(w * gaps[place] for place, w in weight.items()),
        "worst_city": max(city_gaps(weight, gaps).values(), default=0.0),
        "spending": _spending(case, goal, figures),
        "starts": float(figures.tables["decisions"]["units"].sum()),
        "benefit": -_benefit(case, goal, figures),
        "emissions": _emissions(case, figures),
    }
    return sum(share * parts[part] for part, share in goal.parts.items())


def _spending(case: Case, goal: Goal, figures: Figures) -> float:
    table = figures.tables["spending"]
    paid = table["capital"] + table["running"]
    factor = {t: discount_factor(case, goal, t) for t in case.period_ids}
    public = float(sum(factor[t] * money for t, money in zip(table["period"], paid, strict=True)))
    return public + sum(factor[t] * money for (_, t), money in interest(case, figures).items())


def interest(case: Case, figures: Figures) -> dict[tuple[str, str], float]:
    """(line, period) -> interest of the period on the debt at its beginning."""
    table = figures.tables["money"]
    years = {period.id: period.years for period in case.periods}
    owed: dict[str, float] = {}
    found: dict[tuple[str, str], float] = {}
    for line, t, debt in zip(table["line"], table["period"], table["debt"], strict=True):
        borrowing = case.lines[line].borrowing
        if borrowing is not None and owed.get(line):
            found[line, t] = owed[line] * ((1.0 + borrowing.interest) ** years[t] - 1.0)
        owed[line] = debt
    return found


def _emissions(case: Case, figures: Figures) -> float:
    table = figures.tables["airsheds"]
    years = {period.id: period.years for period in case.periods}
    return float(sum(years[t] * amount for t, amount in zip(table["period"], table["emissions"], strict=True)))


def _benefit(case: Case, goal: Goal, figures: Figures) -> float:
    table = figures.tables["decisions"]
    weight = goal.period_weights or dict.fromkeys(case.period_ids, 1.0)
    started = zip(table["measure"], table["start_period"], table["units"], strict=True)
    return float(sum(weight[u] * case.measures[a].benefit * units for a, u, units in started))
