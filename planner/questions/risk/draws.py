"""Draws of the world: by what each uncertain figure is other than stated.

Of every draw, each factor's class has a normal score Z from a Latin hypercube, and each item one of its own, e, from a hash
of seed, draw, factor and item, so that every plan meets the same world. Their sum sqrt(rho) Z + sqrt(1 - rho) e is a normal
score again, and any two items of a class are correlated by rho. The figure follows from the score in two pieces through its
P10, P50 and P90: times as much is lognormal, years more are normal, and whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from math import floor, sqrt
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from planner.case import Case, Measure, Uncertain
from planner.case.reference import TENTH, Points, from_range
from planner.words.numbers import FEW_DRAWS

NORMAL = NormalDist()
REPLICATES = 10  # hypercubes; a figure of all draws has an interval by how far those of each of them lie apart
# Draws for each uncertain figure, of which fewer are too few to tell its share of variance: with so many the worst of 5 to
# 25 shares is off by less than a tenth in half of all cases, and by a fifth in one of ten; with 2 by a quarter and a half.
FOR_EACH = 10
Numbers = npt.NDArray[np.float64]
Item = str  # a measure, or the group that it starts together with; or a city


def percentile(values: Numbers, percent: float) -> float:
    """The smallest value that so many per cent of the draws are not above."""
    return float(np.percentile(values, percent, method="inverted_cdf"))


@dataclass(frozen=True)
class Factor:
    """Something uncertain, as it is drawn.

    Attributes
    ----------
    of
        The figure: capital_cost, running_cost, jobs, build_years or people.
    items
        Measure or city -> the item that it is drawn as: halves of one railway are one.
    points
        P10, P50 and P90.
    assumed
        Whether the points rest on nothing that is named.
    heads
        Of people: the head count.
    """

    id: str
    of: str
    items: Mapping[str, Item]
    points: Points
    together: float
    assumed: bool
    heads: str = ""


@dataclass(frozen=True)
class World:
    """One draw. What is not in it is as stated.

    Attributes
    ----------
    times
        (figure, measure) -> times as much: capital_cost, running_cost and jobs.
    late
        Measure -> years later than stated.
    people
        (head count, city) -> times as many.
    scores
        Factor -> the normal score of its class.
    """

    times: Mapping[tuple[str, str], float]
    late: Mapping[str, int]
    people: Mapping[tuple[str, str], float]
    scores: Mapping[str, float]


def factors(case: Case) -> tuple[Factor, ...]:
    """What is uncertain in a case: what it says, and the ranges of its norms for capital costs of which it says nothing."""
    said = tuple(_factor(case, uncertain) for uncertain in case.uncertain.values())
    known = {a for factor in said if factor.of == "capital_cost" for a in factor.items}
    return (*said, *_of_norms(case, known))


def _factor(case: Case, uncertain: Uncertain) -> Factor:
    if uncertain.of == "people":
        items = {i: i for i in uncertain.cities}
    else:
        measures = (case.measures[a] for a in uncertain.measures)
        items = {m.id: m.together or m.id for m in measures if _has(case, m, uncertain.of)}
    return Factor(
        uncertain.id, uncertain.of, items, uncertain.points, uncertain.together, uncertain.is_assumed,
        uncertain.heads if uncertain.of == "people" else "",
    )  # fmt: skip


def _has(case: Case, measure: Measure, of: str) -> bool:
    """Whether a measure has a figure that could be another."""
    if of == "jobs":
        return measure.is_park
    if of == "build_years":
        return not measure.is_signed
    return bool(measure.capital_cost if of == "capital_cost" else measure.running_cost)


def _of_norms(case: Case, known: set[str]) -> Iterator[Factor]:
    """A factor for each norm with a range: its ends are P10 and P90."""
    for norm in case.norms.values():
        items = {
            m.id: m.together or m.id
            for m in case.measures.values()
            if m.norm == norm.id and m.capital_cost and m.id not in known
        }
        if items and norm.capital_cost > 0 and (norm.low is not None or norm.high is not None):
            low = norm.capital_cost if norm.low is None else norm.low
            high = norm.capital_cost if norm.high is None else norm.high
            points = from_range(*(max(part, 1e-6) / norm.capital_cost for part in (low, norm.capital_cost, high)))
            yield Factor(f"norm {norm.id}", "capital_cost", items, points, 0.5, not norm.source)


def value_at(score: float, points: Points, adds: bool = False) -> float:
    """The figure at a normal score: lognormal in two pieces through its points, or normal where years are added.

    >>> value_at(0.0, (0.9, 1.0, 1.3)), round(value_at(1.2815515655446004, (0.9, 1.0, 1.3)), 9)
    (1.0, 1.3)
    """
    return float(values_at(np.array([score]), points, adds)[0])


def values_at(scores: Numbers, points: Points, adds: bool = False) -> Numbers:
    """The same of many scores at once."""
    low, middle, high = points
    parts = scores / TENTH
    found: Numbers = (
        middle + parts * np.where(scores < 0, middle - low, high - middle)
        if adds
        else middle * np.where(scores < 0, middle / low, high / middle) ** parts
    )
    return found


def worlds(case: Case, draws: int, seed: int, numbers: range) -> Iterator[World]:
    """Some of the draws of a case; the same whoever asks, in whatever order.

    Parameters
    ----------
    draws
        How many there are in all: the hypercubes have as many layers as a replicate has draws.
    numbers
        Which of them.
    """
    found = factors(case)
    cubes = {factor.id: class_scores(factor.id, draws, seed) for factor in found}
    for number in numbers:
        yield world(found, {factor.id: float(cubes[factor.id][number]) for factor in found}, seed, number)


def world(found: tuple[Factor, ...], scores: Mapping[str, float], seed: int, number: int) -> World:
    """One draw, given the scores of the classes."""
    times: dict[tuple[str, str], float] = {}
    late: dict[str, int] = {}
    people: dict[tuple[str, str], float] = {}
    for factor in found:
        rho = factor.together
        own: dict[Item, float] = {}
        for name, item in factor.items.items():
            if item not in own:
                score = sqrt(rho) * scores[factor.id] + sqrt(1 - rho) * own_score(seed, number, factor.id, item)
                own[item] = value_at(score, factor.points, factor.of == "build_years")
            if factor.of == "build_years":
                late[name] = late.get(name, 0) + max(0, floor(own[item] + 0.5))
            elif factor.of == "people":
                people[factor.heads, name] = people.get((factor.heads, name), 1.0) * own[item]
            else:
                times[factor.of, name] = times.get((factor.of, name), 1.0) * own[item]
    return World(times, {a: years for a, years in late.items() if years}, people, scores)


@dataclass(frozen=True)
class Many:
    """All draws at once, as far as money asks; arrays over the draws. What is not in it is as stated.

    Attributes
    ----------
    count
        How many draws.
    times
        (figure, measure) -> times as much: capital_cost, running_cost and jobs.
    late
        Measure -> years later than stated.
    """

    count: int
    times: Mapping[tuple[str, str], Numbers]
    late: Mapping[str, npt.NDArray[np.int64]]


def many(case: Case, measures: Iterable[str], draws: int, seed: int) -> Many:
    """Draws of the costs, jobs and years of works of some measures: those that `worlds` gives one by one."""
    wanted = set(measures)
    times: dict[tuple[str, str], Numbers] = {}
    late: dict[str, npt.NDArray[np.int64]] = {}
    for factor in factors(case):
        rho, own = factor.together, dict[Item, Numbers]()
        for name, item in factor.items.items() if factor.of != "people" else ():
            if name not in wanted:
                continue
            if item not in own:
                scores = sqrt(rho) * class_scores(factor.id, draws, seed)
                scores = scores + sqrt(1 - rho) * own_scores(seed, draws, factor.id, item)
                own[item] = values_at(scores, factor.points, factor.of == "build_years")
            if factor.of == "build_years":
                years = np.maximum(0, np.floor(own[item] + 0.5)).astype(np.int64)
                late[name] = late[name] + years if name in late else years
            else:
                known = times.get((factor.of, name))
                times[factor.of, name] = own[item] if known is None else known * own[item]
    return Many(draws, times, {a: years for a, years in late.items() if years.any()})


def replicate_sizes(draws: int) -> list[int]:
    """How many draws each hypercube has: ten of them, or one where there are few."""
    cubes = 1 if draws < FEW_DRAWS else REPLICATES
    return [draws // cubes + (k < draws % cubes) for k in range(cubes)]


@lru_cache(maxsize=64)
def class_scores(factor: str, draws: int, seed: int) -> np.ndarray:
    """Normal scores of a class in all draws: of each hypercube one from every layer, in an order of its own."""
    found = []
    for cube, size in enumerate(replicate_sizes(draws)):
        chosen = np.random.default_rng([seed, cube, *_digest(factor)])
        layers = (chosen.permutation(size) + chosen.random(size)) / size
        found += [NORMAL.inv_cdf(min(max(layer, 1e-12), 1 - 1e-12)) for layer in layers]
    return np.array(found)


@lru_cache(maxsize=1 << 20)
def own_score(seed: int, number: int, factor: str, item: Item) -> float:
    """The normal score that an item has by itself in a draw: from a hash, so that no plan changes it."""
    first = int.from_bytes(blake2b(f"{seed}|{number}|{factor}|{item}".encode(), digest_size=7).digest(), "big")
    return NORMAL.inv_cdf((first + 0.5) / 2.0**56)


@lru_cache(maxsize=2048)
def own_scores(seed: int, draws: int, factor: str, item: Item) -> Numbers:
    """The same in all draws."""
    return np.array([own_score.__wrapped__(seed, number, factor, item) for number in range(draws)])


def _digest(text: str) -> tuple[int, ...]:
    digest = blake2b(text.encode(), digest_size=8).digest()
    return (int.from_bytes(digest[:4], "big"), int.from_bytes(digest[4:], "big"))
