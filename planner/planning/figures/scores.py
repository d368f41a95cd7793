"""The goals of a plan, added up from the plan's own tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from math import isnan, nan
from typing import TYPE_CHECKING

from planner.case import Case, Goal
from planner.compiling.goals import city_gaps, counted, discount_factor, value_of_gaps, weights
from planner.plans.plan import CityResult, GoalResult
from planner.solver.highs import relative_gap

if TYPE_CHECKING:
    from planner.planning.figures import Figures

Place = tuple[str, str, str]
Proven = tuple[float, float]  # bound and optimality gap of a step

OF_GOALS = ("decisions", "indicators", "money", "spending", "airsheds")  # tables of a plan that its goals are read from


def goal_results(case: Case, figures: Figures, proven: Mapping[str, Sequence[Proven]]) -> tuple[GoalResult, ...]:
    """Value of every goal in the plan as it stands, next to what was proven of it.

    Parameters
    ----------
    proven
        Goal -> (bound, optimality gap) of each of its steps so far; empty for a hand-made plan.
    """
    gaps = gaps_with(figures)
    results = []
    for goal in case.goals:
        value = goal_value(case, goal, figures, gaps)
        steps = proven.get(goal.name, ())
        bound, gap = steps[0] if steps else (nan, nan)
        if value < bound <= value + room_of(value):  # rounding: the plan is the best
            bound = value
        first = ((bound, gap),) if steps else ()
        cities = worst_off(case, goal, gaps, (*first, *steps[1:])) if "worst_off_first" in goal.parts else ()
        if cities:  # as far as every city is
            gap = nan if any(isnan(city.optimality_gap) for city in cities) else max(c.optimality_gap for c in cities)
        results.append(GoalResult(goal.name, value, bound, gap, relative_gap(value, bound), cities))
    return tuple(results)


def room_of(value: float) -> float:
    """What a solver's tolerances may make of a value, or of a bound."""
    return 1e-6 * max(1.0, abs(value))


def goal_value(case: Case, goal: Goal, figures: Figures, gaps: Mapping[Place, float] | None = None) -> float:
    """A goal's value, from the tables; the gaps may be at hand."""
    other = {
        "spending": _spending(case, goal, figures),
        "starts": float(figures.tables["decisions"]["units"].sum()),
        "benefit": -_benefit(case, goal, figures),
        "emissions": _emissions(case, figures),
    }
    of_gaps = value_of_gaps(case, goal, gaps_with(figures) if gaps is None else gaps) if goal.gap_parts else 0.0
    return of_gaps + sum(weight * other[part] for part, weight in goal.parts.items() if part in other)


def gaps_with(figures: Figures) -> dict[Place, float]:
    """Every gap with the plan."""
    table = figures.tables["indicators"]
    return {
        (str(x), str(i), str(t)): float(gap)
        for x, i, t, gap in zip(table["indicator"], table["city"], table["period"], table["gap_with"], strict=True)
    }


def worst_off(case: Case, goal: Goal, gaps: Mapping[Place, float], steps: Sequence[Proven]) -> tuple[CityResult, ...]:
    """The cities of a goal, the worst off first, with what each step proved of the mean gap of the cities so far."""
    by_city = city_gaps(weights(case, goal, gaps), counted(goal, gaps))
    cities = sorted(by_city, key=lambda i: -by_city[i])
    means = [total / n for n, total in enumerate(accumulate(by_city[i] for i in cities), start=1)]
    known = [*steps, *[(nan, nan)] * (len(cities) - len(steps))]
    return tuple(
        CityResult(i, by_city[i], mean, bound, gap) for i, mean, (bound, gap) in zip(cities, means, known, strict=True)
    )


def _spending(case: Case, goal: Goal, figures: Figures) -> float:
    table = figures.tables["spending"]
    paid = table["capital"] + table["running"]
    factor = {t: discount_factor(case, goal, t) for t in case.period_ids}
    public = float(sum(factor[t] * money for t, money in zip(table["period"], paid, strict=True)))
    money = figures.tables["money"]
    public += float(sum(factor[t] * fees for t, fees in zip(money["period"], money["fees"], strict=True)))
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
