"""Nobody worse off: each jurisdiction fares at least as well as if it had planned alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from models.curve import weighed
from models.fairness import largest_mean, mean_of_tail
from models.instance import Parameters, Tails, nothing


@dataclass(frozen=True)
class StandAlone:
    """A jurisdiction's first goal about gaps over its own cities, and what it comes to in the stand-alone plan (+ 1e-7)."""

    limit: float
    gaps: float  # weight of the sum of gaps
    worst_city: float  # weight of the worst own city
    weight: Mapping[tuple[str, str, str], float]  # of the gaps, adding to 1
    city_weight: Mapping[tuple[str, str, str], float]  # weight / sum of the city's weights
    worst_share: float = 0.0  # weight of the worst share of its people
    tails: Tails = field(default_factory=dict)
    curve: int | None = None  # b, by which its gaps count; None = a gap counts as it is


@dataclass(frozen=True)
class Alone(Parameters):
    """Nobody worse off."""

    alone: Mapping[str, StandAlone] = nothing()  # jurisdiction -> its stand-alone plan

    @property
    def fair(self) -> Mapping[Any, StandAlone]:
        """By jurisdiction."""
        return self.alone


def declare(m: Any) -> None:
    """The worst own city of each jurisdiction, where its goal speaks of it."""
    asking = [who for who, alone in m.given[Alone].alone.items() if alone.worst_city]
    m.decide("WorstOwn", asking, "largest city gap of a jurisdiction, as in its stand-alone plan", (0, largest_mean(m)))


def constrain(m: Any) -> None:
    """Rows of the promise."""
    own: Alone = m.given[Alone]
    cities = {who: dict.fromkeys(i for _, i, _ in own.alone[who].city_weight) for who in m.WorstOwn}
    m.state(worst_own_city_is_no_better_than_any, ((who, i) for who in m.WorstOwn for i in cities[who]))
    m.state(nobody_is_worse_off_than_alone, own.alone, promise=True)


def worst_own_city_is_no_better_than_any(m: Any, who: str, i: str) -> Any:
    r"""The worst own city's gap is at least each own city's weighted mean gap.

    .. math:: \mathit{WorstOwn}_{y} \ge \sum_{x,t} \frac{w_{xit}}{\sum_{x',t'} w_{x'it'}} f_{y}(\mathit{Gap}_{xit})
              \quad \forall y, i \in y
    """
    own: StandAlone = m.given[Alone].alone[who]
    return m.WorstOwn[who] >= sum(w * weighed(m, own.curve, *at) for at, w in own.city_weight.items() if at[1] == i)


def nobody_is_worse_off_than_alone(m: Any, who: str) -> Any:
    r"""A jurisdiction's goal over its own cities is no worse than in its stand-alone plan.

    With the mean gap of the worst share of its people, where the goal asks for it (see the block fairness), and with gaps
    as the goal's curve weighs them (see the block curve).

    .. math:: \lambda_{1} \sum_{x,\, i \in y,\, t} w_{xit}\, f_{y}(\mathit{Gap}_{xit}) + \lambda_{2}\, \mathit{WorstOwn}_{y}
              + \lambda_{3} (\mathit{Edge}_{y0} + \sum_{i \in y} \mathit{tails}_{y0i}\, \mathit{Beyond}_{y0i})
              \le \mathit{alone}_{y} \quad \forall \text{ jurisdictions } y
    """
    alone: StandAlone = m.given[Alone].alone[who]
    worst = alone.worst_city * m.WorstOwn[who] if who in m.WorstOwn else 0
    share = alone.worst_share * mean_of_tail(m, who, 0)
    mean = alone.gaps * sum(w * weighed(m, alone.curve, *place) for place, w in alone.weight.items())
    return mean + worst + share + m.Never <= alone.limit
