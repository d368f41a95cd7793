"""The goals of a case as sums over a remainder's columns."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planner.case.nouns import Case, FrozenDict, Goal

from .books import interest
from .columns import Remainder, Spot, some
from .linear import Affine, add
from .prices import cost

OF_GAPS = ("gaps", "worst_city")


def only(goal: Goal, of_gaps: bool) -> Goal:
    """The goal with the parts that speak of gaps alone, or with the others alone."""
    return replace(goal, parts=FrozenDict({p: w for p, w in goal.parts.items() if (p in OF_GAPS) == of_gaps}))


def weights(case: Case, goal: Goal, spots: list[Spot]) -> dict[Spot, float]:
    """Weight of each gap in a goal; they add to 1."""
    raw = {}
    for spot in spots:
        indicator, city, p = spot
        if city not in goal.cities:
            continue
        w = goal.weights.get(indicator, 0.0) * _city_weight(case, goal.weigh_by, indicator, city, p)
        years = next(x.years for x in case.periods if x.id == p)
        w *= years if goal.period_weights is None else goal.period_weights.get(p, 0.0)
        if w > 0:
            raw[spot] = w
    total = sum(raw.values())
    return {spot: w / total for spot, w in raw.items()} if total else {}


def _city_weight(case: Case, by: str, indicator: str, city: str, period: str) -> float:
    c = case.cities[city]
    if by == "population":  # of a service for some people: those people, scaled to the whole population
        meant = case.services[indicator].of if indicator in case.services else "population"
        heads = {x.id: x.heads(meant, period) for x in case.cities.values()}
        everybody = sum(x.population[period] for x in case.cities.values())
        return heads[city] * everybody / sum(heads.values()) if any(heads.values()) else 0.0
    if by == "equally":
        return 1.0
    if by == "trips":
        return sum(x for (a, _), x in case.trips.items() if a == city)
    if by in c.people:
        return c.people[by][period]
    return float(getattr(c, by) or 0.0)


def goal_sum(r: Remainder, goal: Goal) -> Affine:
    """The goal as a sum of columns; a worst city gets a column of its own, at least every city's gap."""
    parts: list[tuple[float, Affine]] = []
    w = weights(r.case, goal, list(r.gaps))
    if goal.parts.get("gaps"):
        parts += [(goal.parts["gaps"] * w[s], r.gaps[s]) for s in w]
    if goal.parts.get("worst_city"):
        worst = r.program.column(-np.inf)
        for city in dict.fromkeys(c for _, c, _ in w):
            mine = {s: x for s, x in w.items() if s[1] == city}
            mean = add(*((x / sum(mine.values()), r.gaps[s]) for s, x in mine.items()))
            r.program.at_least({worst: 1.0, **{k: -c for k, c in mean.terms.items()}}, mean.constant)
        parts.append((goal.parts["worst_city"], Affine(0.0, {worst: 1.0})))
    if goal.parts.get("spending"):
        parts.append((goal.parts["spending"], _spending(r, goal.discounted)))
    for (_, t), emitted in r.emissions.items():
        parts.append((goal.parts.get("emissions", 0.0) * r.years(t), some(emitted)))
    for m in r.case.measures.values():
        for o in m.starts:
            units = r.units(m.id, o.period)
            times = 1.0 if goal.period_weights is None else goal.period_weights.get(o.period, 0.0)
            parts.append((goal.parts.get("starts", 0.0), units))
            parts.append((-goal.parts.get("benefit", 0.0) * m.benefit * times, units))
    return add(*parts)


def _spending(r: Remainder, discounted: bool) -> Affine:
    """What the lines pay for measures, and interest."""
    parts: list[tuple[float, Affine]] = []
    for p in r.case.periods:
        middle = (p.first + p.last) / 2 - r.case.periods[0].first
        rate = (1 + r.case.money.discount_rate) ** middle if discounted else 1.0
        costs = [cost(r, m, kind, p.id) for m in r.case.measures for kind in ("capital", "running")]
        parts += [(1 / rate, x) for x in costs]
        parts += [(1 / rate, interest(r, line, p.id)) for line in r.case.lines]
    return add(*parts)
