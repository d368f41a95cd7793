"""Fairness: the mean gap of those who are worst off, counted in people or in cities.

A goal `f` (or a jurisdiction's own) that asks for it has *tails* `n`: 0 is the worst share of people; 1, 2 and so
on are the one, two and so on worst cities. The mean gap of a tail is linear: an edge, and what lies beyond it (R. T.
Rockafellar, S. Uryasev, Optimization of conditional value-at-risk, Journal of Risk 2, 2000; for the n largest of a list
W. Ogryczak, A. Tamir, Minimizing the sum of the k largest functions in linear time, Information Processing Letters 85,
2003). Making the mean of the n worst cities least for n = 1, 2, 3 ..., each keeping the ones before, makes the worst
city's gap least, then the second worst city's, and so on, whichever cities those are. A tail of everybody is their mean and
has no edge (HiGHS 1.15.1 was seen to presolve one with an edge to a plan that is not the best).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.curve import weighed
from models.gaps import Gaps

EVERYBODY = 1e-9  # rounding of weights that add to 1


def declare(m: Any) -> None:
    """City gaps, edges and what lies beyond, for each goal and each jurisdiction that asks for tails."""
    fair = {f: asked for f, asked in m.given.fair.items() if asked.tails}
    cities = [(f, i) for f, asked in fair.items() for i in dict.fromkeys(i for _, i, _ in asked.city_weight)]
    tails = [(f, n) for f, asked in fair.items() for n, weight in asked.tails.items() if not is_everybody(weight)]
    beyond = [(f, n, i) for f, n in tails for i in fair[f].tails[n]]
    most = largest_mean(m)
    m.decide("CityGap", cities, "weighted mean gap of city i, with the weights of goal f", (0, most))
    m.decide("Edge", tails, "gap at which tail n of goal f begins", (0, most))
    m.decide("Beyond", beyond, "by how much city i's gap lies above the edge of tail n of goal f", (0, most))


def largest_mean(m: Any) -> float | None:
    """The most that a weighted mean of gaps could be: 1, and no limit where people who move in could make gaps larger."""
    return None if m.given[Gaps].most_gap else 1


def constrain(m: Any) -> None:
    """Rows of the tails."""
    m.state(city_gap_is_no_better_than_its_mean, m.CityGap)
    m.state(beyond_is_what_lies_above_the_edge, m.Beyond)


def city_gap_is_no_better_than_its_mean(m: Any, f: int | str, i: str) -> Any:
    r"""A city's gap is at least the weighted mean of its gaps, as the goal's curve weighs them (see the block curve).

    .. math:: \mathit{CityGap}_{fi} \ge \sum_{x,t} \frac{w_{xit}}{\sum_{x',t'} w_{x'it'}} f_{f}(\mathit{Gap}_{xit})
              \quad \forall f, i
    """
    asked = m.given.fair[f]
    return m.CityGap[f, i] >= sum(w * weighed(m, asked.curve, *at) for at, w in asked.city_weight.items() if at[1] == i)


def beyond_is_what_lies_above_the_edge(m: Any, f: int | str, n: int, i: str) -> Any:
    r"""What of a city's gap lies above the edge of a tail.

    .. math:: \mathit{Beyond}_{fni} \ge \mathit{CityGap}_{fi} - \mathit{Edge}_{fn} \quad \forall f, n, i
    """
    return m.Beyond[f, n, i] >= m.CityGap[f, i] - m.Edge[f, n]


def is_everybody(weight: Mapping[str, float]) -> bool:
    """Whether a tail leaves nobody out: then what gaps weigh in it adds to 1, and else to more."""
    return sum(weight.values()) <= 1 + EVERYBODY


def mean_of_tail(m: Any, f: int | str, n: int) -> Any:
    r"""The mean gap of a tail, once it is minimised: of the worst share of people, or of the n worst cities.

    What a gap beyond the edge weighs is the city's share of people / the share that is meant, or 1 / n. Of everybody it is
    the mean of whole city gaps.

    .. math:: \mathit{Edge}_{fn} + \sum_{i} \mathit{tails}_{fni}\, \mathit{Beyond}_{fni}
    """
    if not m.given.fair[f].tails:
        return 0
    weight = m.given.fair[f].tails[n]
    if is_everybody(weight):
        return sum(w * m.CityGap[f, i] for i, w in weight.items())
    return m.Edge[f, n] + sum(w * m.Beyond[f, n, i] for i, w in weight.items())
