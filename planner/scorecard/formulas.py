"""The formulas of the scorecard: numbers in, one number out; None where it is not defined."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations
from math import exp, log, sqrt

Shares = Mapping[str, float]  # branch -> share of all who work, adding to 1


def mean(values: Mapping[str, float], weights: Mapping[str, float]) -> float | None:
    """Weighted mean over the keys of `values`."""
    total = sum(weights[key] for key in values)
    return sum(weights[key] * value for key, value in values.items()) / total if total > 0 else None


def krugman(places: Mapping[str, Shares], weights: Mapping[str, float]) -> float | None:
    """Specialisation: mean over places of sum_b |s_ib - S_b|, from 0 (all alike) to 2 (nothing in common).

    P. Krugman, Geography and Trade (1991); here each place is held against all places together.

    Parameters
    ----------
    places
        Place -> branch -> share of employment, adding to 1.
    weights
        Place -> people who work there: they weigh the whole, and the mean.
    """
    branches = dict.fromkeys(branch for shares in places.values() for branch in shares)
    whole = {b: mean({i: shares.get(b, 0.0) for i, shares in places.items()}, weights) for b in branches}
    apart = {i: sum(abs(shares.get(b, 0.0) - (whole[b] or 0.0)) for b in branches) for i, shares in places.items()}
    return mean(apart, weights)


def likeness(places: Mapping[str, Shares]) -> float | None:
    """Mean over pairs of places of Pearson's correlation of their shares, -1 to 1: 1 where all do the same."""
    found = [r for a, b in combinations(places.values(), 2) if (r := _correlation(a, b)) is not None]
    return sum(found) / len(found) if found else None


def _correlation(one: Shares, other: Shares) -> float | None:
    branches = list(dict.fromkeys([*one, *other]))
    x, y = ([shares.get(b, 0.0) for b in branches] for shares in (one, other))
    a, b = (sum(values) / len(values) for values in (x, y))
    spread = sqrt(sum((v - a) ** 2 for v in x) * sum((v - b) ** 2 for v in y))
    return sum((v - a) * (w - b) for v, w in zip(x, y, strict=True)) / spread if spread > 0 else None


def theil(values: Mapping[str, float], people: Mapping[str, float], groups: Mapping[str, str]) -> tuple[float, float] | None:
    """Spread of what each head has: T = sum_i (p_i / P) (y_i / m) ln(y_i / m), split into within and between groups.

    H. Theil, Economics and Information Theory (1967). 0 where all have the same.

    Parameters
    ----------
    values
        Place -> what each head has there.
    people
        Place -> heads.
    groups
        Place -> its group.

    Returns
    -------
    Within groups, and between them; None where nobody has anything.
    """
    middle = mean(values, people)
    if not middle:
        return None
    heads: dict[str, float] = {}
    has: dict[str, float] = {}
    for place, value in values.items():
        group = groups[place]
        heads[group] = heads.get(group, 0.0) + people[place]
        has[group] = has.get(group, 0.0) + people[place] * value
    total = sum(heads.values())
    each = {group: has[group] / heads[group] for group in heads if heads[group] > 0}
    between = sum(heads[group] / total * _part(value / middle) for group, value in each.items())
    whole = sum(people[place] / total * _part(value / middle) for place, value in values.items())
    return max(0.0, whole - between), max(0.0, between)


def _part(ratio: float) -> float:
    return ratio * log(ratio) if ratio > 0 else 0.0


def reached(minutes: Mapping[tuple[str, str], float], people: Mapping[str, float], within: float) -> float | None:
    """Share of all people whom somebody, drawn from all, reaches within so many minutes, his own city counted whole.

    Parameters
    ----------
    minutes
        (from, to) -> minutes; pairs without a way are not there.
    """
    total = sum(people.values())
    if total <= 0:
        return None
    met = sum(people[i] * people[j] for (i, j), m in minutes.items() if i != j and m <= within)
    return (met + sum(p * p for p in people.values())) / total**2


def near(
    minutes: Mapping[tuple[str, str], float], people: Mapping[str, float], cores: Collection[str], within: float
) -> float | None:
    """Share of all people who live in a core city or within so many minutes of one."""
    total = sum(people.values())
    if total <= 0 or not cores:
        return None
    there = (i for i in people if i in cores or any(minutes.get((i, c), within + 1) <= within for c in cores))
    return sum(people[i] for i in there) / total


def passing(ways: Mapping[tuple[str, str], Sequence[str]], city: str) -> float | None:
    """Centrality: share of the fastest ways between two other places that pass a city.

    Betweenness of one place in the sense of L. C. Freeman, A set of measures of centrality based on betweenness (1977), with
    the one fastest way of each pair. 1 where all roads lead through it; a cluster with several centres has less.

    Parameters
    ----------
    ways
        (from, to) -> the places on the way.
    """
    others = [way for (i, j), way in ways.items() if city not in (i, j)]
    return sum(city in way for way in others) / len(others) if others else None


def index(ratios: Sequence[float]) -> float | None:
    """100 x the geometric mean of figures as times of what they are in the base year; None without any."""
    known = [ratio for ratio in ratios if ratio > 0]
    return 100.0 * exp(sum(map(log, known)) / len(known)) if known and len(known) == len(ratios) else None
