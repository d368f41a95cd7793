"""Goals: what is minimised, in order. Each goal is one objective; the solver takes them one after the other.

A goal that takes the worst off first is several: its own is the worst city's gap, and those of `worst_cities` follow.
"""

from __future__ import annotations

from typing import Any

import pyomo.environ as pyo

from models.fairness import mean_of_tail
from models.instance import Goal, Instance
from models.writing import state


def declare(m: Any) -> None:
    """The largest city gap, for each goal that asks for it."""
    given: Instance = m.given
    m.GOALS = list(range(len(given.goals)))
    asking = [g for g in m.GOALS if "worst_city" in given.goals[g].parts]
    m.WorstCity = pyo.Var(asking, bounds=(0, 1), doc="largest city gap, with the weights of goal g")


def constrain(m: Any) -> None:
    """Rows and objectives of the goals."""
    cities = {g: dict.fromkeys(i for _, i, _ in m.given.goals[g].city_weight) for g in m.WorstCity}
    state(m, worst_city_is_no_better_than_any, ((g, i) for g in m.WorstCity for i in cities[g]))
    state(m, goal_within_its_limit, (g for g in m.GOALS if m.given.goals[g].most is not None))
    m.goal = pyo.Objective(m.GOALS, rule=goal)
    more = [(g, n) for g in m.GOALS for n in m.given.goals[g].tails if n > 1]
    m.worst_cities = pyo.Objective(more, rule=worst_cities)


def worst_city_is_no_better_than_any(m: Any, g: int, i: str) -> Any:
    r"""The worst city's gap is at least each city's weighted mean gap.

    .. math:: \mathit{WorstCity}_{g} \ge \sum_{x,t} \frac{w_{xit}}{\sum_{x',t'} w_{x'it'}} \mathit{Gap}_{xit}
              \quad \forall g, i
    """
    weight = m.given.goals[g].city_weight
    return m.WorstCity[g] >= sum(w * m.Gap[place] for place, w in weight.items() if place[1] == i)


def goal(m: Any, g: int) -> Any:
    r"""A weighted sum of parts, minimised: gaps, worst city's gap, worst share of people, spending, starts, emissions, and
    benefit with a minus; or the worst city's gap as the first of `worst_cities`.

    .. math:: \min \; \lambda_{1} \sum_{x,i,t} w_{xit}\, \mathit{Gap}_{xit} + \lambda_{2}\, \mathit{WorstCity}
              + \lambda_{3} \sum_{t} d_{t} (\sum_{a,k} \mathit{Cost}_{akt} + \sum_{l} \mathit{Interest}_{lt})
              + \lambda_{4} \sum_{a,u} \mathit{Start}_{au}
              + \lambda_{5} \sum_{h,t} \mathit{years}_{t}\, \mathit{Emissions}_{ht}
              - \lambda_{6} \sum_{a,u} v_{u}\, \mathit{benefit}_{a}\, \mathit{Start}_{au}
              + \lambda_{7} (\mathit{Edge}_{g0} + \sum_{i} \mathit{tails}_{g0i}\, \mathit{Beyond}_{g0i})
    """
    given: Goal = m.given.goals[g]
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
    return goal(m, g) <= m.given.goals[g].most


def gaps(m: Any, g: int) -> Any:
    """Weighted mean of all gaps."""
    return sum(w * m.Gap[place] for place, w in m.given.goals[g].weight.items() if w > 0)


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
    """All public payments of the horizon with the interest on debts, discounted where the goal asks."""
    discount = m.given.goals[g].discount
    paid = sum(discount[t] * m.Cost[a, kind, t] for a, kind, t in m.cost_starts)
    return paid + sum(discount[t] * m.Interest[l, t] for l, t in m.given.debt_limit)


def starts(m: Any, g: int) -> Any:
    """Units started."""
    return sum(m.Start[start] for start in m.Start)


def benefit(m: Any, g: int) -> Any:
    """Benefit of all units started, once a start, times its period's weight; with a minus, since goals are minimised."""
    given: Instance = m.given
    weight = given.goals[g].benefit_weight
    return -sum(weight[u] * given.benefit[a] * m.Start[a, u] for a, u in given.starts if given.benefit[a])


def emissions(m: Any, g: int) -> Any:
    """Emissions of all airsheds over the horizon, in their own unit."""
    given: Instance = m.given
    return sum(given.emission_scale * given.years[t] * m.Emissions[h, t] for h, t in given.existing_emissions)


PARTS = {
    "gaps": gaps, "worst_city": worst_city, "worst_share": worst_share, "worst_off_first": worst_off_first,
    "spending": spending, "starts": starts, "benefit": benefit, "emissions": emissions,
}  # fmt: skip
