"""Goals: what is minimised, in order. Each goal is one objective; the solver takes them one after the other.

A goal that takes the worst off first is several: its own is the worst city's gap, and those of `worst_cities` follow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from models.air import Air
from models.credit import Credit
from models.curve import weighed
from models.fairness import largest_mean, mean_of_tail
from models.instance import Instance, Parameters, Tails
from models.measures import Measures
from models.money import Money


@dataclass(frozen=True)
class Goal:
    """One step: a weighted sum of parts; `weight` is w[x, i, t] of the gaps, adding to 1."""

    name: str
    parts: Mapping[str, float]
    weight: Mapping[tuple[str, str, str], float]
    city_weight: Mapping[tuple[str, str, str], float]  # weight / sum of the city's weights
    benefit_weight: Mapping[str, float]  # by period
    discount: Mapping[str, float]  # by period, 1 unless the goal discounts
    tails: Tails = field(default_factory=dict)  # of worst_share: 0; of worst_off_first: 1, 2, 3 ... up to all its cities
    most: float | None = None  # what its value may be at most; None = no limit
    curve: int | None = None  # b, by which its gaps count; None = a gap counts as it is


@dataclass(frozen=True)
class Goals(Parameters):
    """What is minimised."""

    goals: tuple[Goal, ...] = ()  # g, in order

    @property
    def fair(self) -> Mapping[Any, Goal]:
        """By number."""
        return dict(enumerate(self.goals))


def declare(m: Any) -> None:
    """The largest city gap, for each goal that asks for it."""
    asking = [g for g, goal in enumerate(m.given[Goals].goals) if "worst_city" in goal.parts]
    m.decide("WorstCity", asking, "largest city gap, with the weights of goal g", (0, largest_mean(m)))


def constrain(m: Any) -> None:
    """Rows and objectives of the goals."""
    goals = m.given[Goals].goals
    cities = {g: dict.fromkeys(i for _, i, _ in goals[g].city_weight) for g in m.WorstCity}
    m.state(worst_city_is_no_better_than_any, ((g, i) for g in m.WorstCity for i in cities[g]))
    m.state(goal_within_its_limit, (g for g, asked in enumerate(goals) if asked.most is not None), promise=True)
    m.minimise(goal, range(len(goals)))
    m.minimise(worst_cities, ((g, n) for g, asked in enumerate(goals) for n in asked.tails if n > 1))


def worst_city_is_no_better_than_any(m: Any, g: int, i: str) -> Any:
    r"""The worst city's gap is at least each city's weighted mean gap, as the goal's curve weighs it (see the block curve).

    .. math:: \mathit{WorstCity}_{g} \ge \sum_{x,t} \frac{w_{xit}}{\sum_{x',t'} w_{x'it'}} f_{g}(\mathit{Gap}_{xit})
              \quad \forall g, i
    """
    asked: Goal = m.given[Goals].goals[g]
    return m.WorstCity[g] >= sum(w * weighed(m, asked.curve, *at) for at, w in asked.city_weight.items() if at[1] == i)


def goal(m: Any, g: int) -> Any:
    r"""A weighted sum of parts, minimised: gaps, worst city's gap, worst share of people, spending, starts, emissions, and
    benefit with a minus; or the worst city's gap as the first of `worst_cities`. Gaps count as the goal's curve says.

    .. math:: \min \; \lambda_{1} \sum_{x,i,t} w_{xit}\, f_{g}(\mathit{Gap}_{xit}) + \lambda_{2}\, \mathit{WorstCity}
              + \lambda_{3} \sum_{t} d_{t} (\sum_{a,k} \mathit{Cost}_{akt} + \sum_{y,q} \mathit{Fee}_{yqt}
              + \sum_{l} \mathit{Interest}_{lt})
              + \lambda_{4} \sum_{a,u} \mathit{Start}_{au}
              + \lambda_{5} \sum_{h,t} \mathit{years}_{t}\, \mathit{Emissions}_{ht}
              - \lambda_{6} \sum_{a,u} v_{u}\, \mathit{benefit}_{a}\, \mathit{Start}_{au}
              + \lambda_{7} (\mathit{Edge}_{g0} + \sum_{i} \mathit{tails}_{g0i}\, \mathit{Beyond}_{g0i})
    """
    given: Goal = m.given[Goals].goals[g]
    return sum(weight * PARTS[part](m, g) for part, weight in given.parts.items()) + 0 * m.Never


def worst_cities(m: Any, g: int, n: int) -> Any:
    r"""The mean gap of the n worst cities, minimised for n = 2, 3, ... after the goal itself, which is n = 1.

    .. math:: \min \; \mathit{Edge}_{gn} + \sum_{i} \mathit{tails}_{gni}\, \mathit{Beyond}_{gni}
    """
    return mean_of_tail(m, g, n) + 0 * m.Never


def goal_within_its_limit(m: Any, g: int) -> Any:
    r"""A goal with a limit stays within it, whatever other goals come before.

    .. math:: \mathit{goal}_{g} \le \mathit{most}_{g} \quad \forall g \text{ with a limit}
    """
    return goal(m, g) <= m.given[Goals].goals[g].most


def gaps(m: Any, g: int) -> Any:
    """Weighted mean of all gaps."""
    asked: Goal = m.given[Goals].goals[g]
    return sum(w * weighed(m, asked.curve, *place) for place, w in asked.weight.items() if w > 0)


def worst_city(m: Any, g: int) -> Any:
    """Largest city gap."""
    return m.WorstCity[g]


def worst_share(m: Any, g: int) -> Any:
    """Mean gap of the worst share of people, each with the gap of their city."""
    return mean_of_tail(m, g, 0)


def worst_off_first(m: Any, g: int) -> Any:
    """Largest city gap, then the second largest, and so on: alone in its goal, one objective for each city."""
    return mean_of_tail(m, g, 1)


def spending(m: Any, g: int) -> Any:
    """All public payments of the horizon, fees of use included, with the interest on debts; discounted where it asks."""
    discount = m.given[Goals].goals[g].discount
    paid = sum(discount[t] * m.Cost[a, kind, t] for a, kind, t in m.given[Money].cost_starts)
    paid += sum(discount[t] * m.Fee[y, q, t] for y, q, t in m.given[Money].fees)
    return paid + sum(discount[t] * m.Interest[l, t] for l, t in m.given[Credit].debt_limit)


def starts(m: Any, g: int) -> Any:
    """Units started."""
    return sum(m.Start[start] for start in m.Start)


def benefit(m: Any, g: int) -> Any:
    """Benefit of all units started, once a start, times its period's weight; with a minus, since goals are minimised."""
    given: Instance = m.given
    own = given[Goals]
    weight = own.goals[g].benefit_weight
    return -sum(
        weight[u] * given[Measures].benefit[a] * m.Start[a, u]
        for a, u in given[Measures].starts
        if given[Measures].benefit[a]
    )


def emissions(m: Any, g: int) -> Any:
    """Emissions of all airsheds over the horizon, in their own unit."""
    given: Instance = m.given
    return sum(given[Air].emission_scale * given[Air].years[t] * m.Emissions[h, t] for h, t in given[Air].existing_emissions)


PARTS = {
    "gaps": gaps, "worst_city": worst_city, "worst_share": worst_share, "worst_off_first": worst_off_first,
    "spending": spending, "starts": starts, "benefit": benefit, "emissions": emissions,
}  # fmt: skip
