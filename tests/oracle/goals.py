"""The goals of a case as sums over a remainder's columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise, permutations

import numpy as np

from planner.case import Case, FrozenDict, Goal

from .books import interest
from .columns import Remainder, Spot, some
from .linear import Affine, add
from .prices import cost, fees

OF_GAPS = ("gaps", "worst_city", "worst_share", "worst_off_first")


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
    """The goal as a sum of columns; of one that takes the worst off first its first step, the worst city."""
    parts: list[tuple[float, Affine]] = []
    w = weights(r.case, goal, list(r.gaps))
    counted = {s: _counted(r, goal, r.gaps[s]) for s in w} if set(OF_GAPS).intersection(goal.parts) else {}
    if goal.parts.get("gaps"):
        parts += [(goal.parts["gaps"] * w[s], counted[s]) for s in w]
    if goal.parts.get("worst_city"):
        parts.append((goal.parts["worst_city"], _mean_of_worst(r, _city_gaps(counted, w), 1)))
    if goal.parts.get("worst_share"):
        parts.append((goal.parts["worst_share"], _worst_share(r, goal, _city_gaps(counted, w))))
    if goal.parts.get("worst_off_first"):
        parts.append((1.0, _mean_of_worst(r, _city_gaps(counted, w), 1)))
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


def step_sums(r: Remainder, goal: Goal) -> list[Affine]:
    """What each of the goal's steps minimises: the goal, and the means of the worst 2, 3, ... cities if it goes by them."""
    w = weights(r.case, goal, list(r.gaps)) if "worst_off_first" in goal.parts else {}
    by_city = _city_gaps({s: _counted(r, goal, r.gaps[s]) for s in w}, w)
    return [goal_sum(r, goal), *(_mean_of_worst(r, by_city, n) for n in range(2, len(by_city) + 1))]


def _counted(r: Remainder, goal: Goal, gap: Affine) -> Affine:
    """What a gap counts: with a curve a column above every straight line through two ends that follow one another."""
    if goal.curve is None or goal.pieces is None:
        return gap
    ends = [(k / goal.pieces, (k / goal.pieces) ** goal.curve) for k in range(goal.pieces + 1)]
    column = r.program.column()
    for (left, low), (right, high) in pairwise(ends):
        times = (high - low) / (right - left)
        line = add((times, gap), (1.0, Affine(low - times * left, {})))
        r.program.at_least({column: 1.0, **{k: -c for k, c in line.terms.items()}}, line.constant)
    return some(column)


def _city_gaps(counted: dict[Spot, Affine], w: dict[Spot, float]) -> dict[str, Affine]:
    """The mean of what counts in each city."""
    found = {}
    for city in dict.fromkeys(c for _, c, _ in w):
        mine = {s: x for s, x in w.items() if s[1] == city}
        found[city] = add(*((x / sum(mine.values()), counted[s]) for s, x in mine.items()))
    return found


def _mean_of_worst(r: Remainder, by_city: dict[str, Affine], n: int) -> Affine:
    """A column that is at least the mean gap of any n cities."""
    return _at_least_all(r, (add(*((1 / n, by_city[c]) for c in some)) for some in combinations(by_city, n)))


def _worst_share(r: Remainder, goal: Goal, by_city: dict[str, Affine]) -> Affine:
    """A column that is at least the mean gap of the people met first, in whatever order the cities are visited."""
    heads = dict.fromkeys(by_city, 0.0)
    for c in by_city:
        for p in r.case.periods:
            times = float(p.years) if goal.period_weights is None else goal.period_weights.get(p.id, 0.0)
            heads[c] += times * r.case.cities[c].population[p.id]
    meant = (goal.worst_share_of or 1.0) * sum(heads.values())
    return _at_least_all(r, (add(*_first_met(order, heads, meant, by_city)) for order in permutations(by_city)))


def _first_met(
    order: tuple[str, ...], heads: dict[str, float], meant: float, by_city: dict[str, Affine]
) -> Iterator[tuple[float, Affine]]:
    before = 0.0
    for city in order:
        met = min(heads[city], max(0.0, meant - before))
        before += heads[city]
        yield met / meant, by_city[city]


def _at_least_all(r: Remainder, sums: Iterator[Affine]) -> Affine:
    column = r.program.column(-np.inf)
    for s in sums:
        r.program.at_least({column: 1.0, **{k: -c for k, c in s.terms.items()}}, s.constant)
    return Affine(0.0, {column: 1.0})


def _spending(r: Remainder, discounted: bool) -> Affine:
    """What the lines pay for measures and use, and interest."""
    parts: list[tuple[float, Affine]] = []
    for p in r.case.periods:
        middle = (p.first + p.last) / 2 - r.case.periods[0].first
        rate = (1 + r.case.money.discount_rate) ** middle if discounted else 1.0
        costs = [cost(r, m, kind, p.id) for m in r.case.measures for kind in ("capital", "running")]
        parts += [(1 / rate, x) for x in (*costs, fees(r, lambda _who, _policy, t, p=p: t == p.id))]
        parts += [(1 / rate, interest(r, line, p.id)) for line in r.case.lines]
    return add(*parts)
