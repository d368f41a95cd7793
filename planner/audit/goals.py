"""Goals: each one's value added up from the plan's own tables."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping

from planner.audit import money
from planner.audit.books import Books
from planner.audit.report import Ledger
from planner.case import Case, Goal
from planner.words.said import _

Key = tuple[str, str, str]  # indicator, city, period
Weights = Mapping[Key, float]


def weights(case: Case, goal: Goal, indicators: Iterable[Key]) -> Weights:
    """What each gap counts in a goal: indicator x city x period, scaled to add to 1 over the goal's cities."""
    raw = {}
    for indicator, city, period in indicators:
        of_indicator = goal.weights.get(indicator, 0.0) if city in goal.cities else 0.0
        of_period = _period_weight(case, goal, period)
        raw[indicator, city, period] = of_indicator * _city_weight(case, goal, indicator, city, period) * of_period
    total = sum(raw.values())
    return {key: weight / total for key, weight in raw.items()} if total > 0 else dict.fromkeys(raw, 0.0)


def _period_weight(case: Case, goal: Goal, period: str) -> float:
    if goal.period_weights is not None:
        return goal.period_weights[period]
    return float(case.period(period).years)


def _city_weight(case: Case, goal: Goal, indicator: str, city: str, period: str) -> float:
    if goal.weigh_by == "equally":
        return 1.0
    if goal.weigh_by == "trips":
        return sum(trips for (origin, _), trips in case.trips.items() if origin == city)
    if goal.weigh_by in case.people:
        return case.cities[city].heads(goal.weigh_by, period)
    if goal.weigh_by == "population":
        return _people_meant(case, indicator, city, period)
    constant: float | None = getattr(case.cities[city], goal.weigh_by)
    return constant or 0.0


def _people_meant(case: Case, indicator: str, city: str, period: str) -> float:
    """The city's part of the people whom an indicator is for, as if they were the whole population."""
    group = case.services[indicator].of if indicator in case.services else "population"
    in_group = sum(c.heads(group, period) for c in case.cities.values())
    everybody = sum(c.population[period] for c in case.cities.values())
    return case.cities[city].heads(group, period) / in_group * everybody if in_group > 0 else 0.0


def about_gaps(case: Case) -> Goal:
    """The first goal about gaps; the first of all if none is."""
    return next((goal for goal in case.goals if goal.gap_parts), case.goals[0])


def value(case: Case, goal: Goal, books: Books, indicators: Iterable[Key]) -> float:
    """A goal's value: the weighted sum of its parts."""
    gaps = {key: row.gap_with for key, row in books.indicators.items()}
    weighed = weights(case, goal, indicators)
    parts = {
        "spending": _spending(case, goal, books),
        "starts": sum(row.units for row in books.decisions.values()),
        "benefit": _benefit(case, goal, books),
        "emissions": sum(row.emissions * case.period(row.period).years for row in books.airsheds.values()),
    }
    other = sum(weight * parts[part] for part, weight in goal.parts.items() if part in parts)
    return other + of_gaps(case, goal, gaps, weighed)


def of_gaps(case: Case, goal: Goal, gaps: Mapping[Key, float], weighed: Weights) -> float:
    """The parts of a goal that are about gaps, with their weights, over the gaps that count, each as the goal counts it."""
    counted = {key: counts(goal, gap) for key, gap in gaps.items()}
    by_city = city_gaps(counted, weighed)
    worst = max(by_city.values(), default=0.0)
    total = goal.parts.get("gaps", 0.0) * mean_gap(counted, weighed)
    total += (goal.parts.get("worst_city", 0.0) + goal.parts.get("worst_off_first", 0.0)) * worst
    if "worst_share" in goal.parts:
        total += goal.parts["worst_share"] * worst_share(case, goal, by_city)
    return total


def counts(goal: Goal, gap: float) -> float:
    """What a gap counts in a goal: on the straight line between the two ends of the curve that it lies between."""
    if goal.curve is None or goal.pieces is None:
        return gap
    piece = min(max(math.floor(gap * goal.pieces), 0), goal.pieces - 1)
    low, high = ((end / goal.pieces) ** goal.curve for end in (piece, piece + 1))
    return float(low + (gap * goal.pieces - piece) * (high - low))


def rise(goal: Goal, gap: float) -> float:
    """By how much what a gap counts grows with it, just below that gap."""
    if goal.curve is None or goal.pieces is None:
        return 1.0
    end = min(max(math.ceil(gap * goal.pieces), 1), goal.pieces)
    low, high = ((at / goal.pieces) ** goal.curve for at in (end - 1, end))
    return float(goal.pieces * (high - low))


def mean_gap(gaps: Mapping[Key, float], weighed: Weights) -> float:
    """Weighted mean gap over indicators, cities and periods."""
    return sum(weight * gaps[key] for key, weight in weighed.items() if key in gaps)


def city_gaps(gaps: Mapping[Key, float], weighed: Weights) -> dict[str, float]:
    """Each city's gap: the weighted mean over its indicators and periods that count."""
    gap: dict[str, float] = defaultdict(float)
    total: dict[str, float] = defaultdict(float)
    for key, weight in weighed.items():
        if key in gaps and weight > 0:
            gap[key[1]] += weight * gaps[key]
            total[key[1]] += weight
    return {city: gap[city] / total[city] for city in total}


def worst_share(case: Case, goal: Goal, by_city: Mapping[str, float]) -> float:
    """The mean gap of the worst share of people: the least over all edges of edge + mean of what lies beyond it / share.

    The least is reached at the gap of some city. People are those of every period, by what the period weighs.
    """
    if not by_city or goal.worst_share_of is None:
        return 0.0
    people = {
        city: sum(case.cities[city].population[p.id] * _period_weight(case, goal, p.id) for p in case.periods)
        for city in by_city
    }
    if not any(people.values()):
        people = dict.fromkeys(by_city, 1.0)
    meant = goal.worst_share_of * sum(people.values())
    return min(
        edge + sum(people[city] * max(0.0, gap - edge) for city, gap in by_city.items()) / meant for edge in by_city.values()
    )


def _spending(case: Case, goal: Goal, books: Books) -> float:
    """All payments and interest of the horizon, discounted to its first year where the goal says so."""
    factor = {}
    for p in case.periods:
        years = (p.first + p.last) / 2 - case.periods[0].first
        factor[p.id] = (1 + case.money.discount_rate) ** -years if goal.discounted else 1.0
    paid = sum(row.paid * factor[row.period] for row in books.money.values())
    return paid + sum(interest * factor[period] for period, interest in money.interest(case, books).items())


def _benefit(case: Case, goal: Goal, books: Books) -> float:
    """Benefit of all units started, with a minus."""
    by_period = dict.fromkeys(case.period_ids, 1.0) if goal.period_weights is None else goal.period_weights
    return -sum(
        case.measures[row.measure].benefit * row.units * by_period[row.start_period] for row in books.decisions.values()
    )


def check(case: Case, values: Mapping[str, float], books: Books, indicators: Iterable[Key], ledger: Ledger) -> None:
    """Compare the value of each goal that the plan states, and that of each goal with a limit."""
    keys = list(indicators)
    for n, goal in enumerate(case.goals):
        where, found = _("goal {goal}").format(goal=goal.name), value(case, goal, books, keys)
        if goal.name in values:
            ledger.small(abs(found)).same("goals", where, "value", values[goal.name], found)
        if goal.at_most is not None:
            promise = ("goal limit", str(n))
            ledger.promise("goal limits", where, "value", found, -math.inf, goal.at_most, promise=promise)
