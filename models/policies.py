"""Policies: the pyramid of levels, from barrier removal at its base to subsidies at its top."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.instance import Instance, Parameters, nothing
from models.measures import Made, Measures, started
from models.money import spent_on


@dataclass(frozen=True)
class Policies(Parameters):
    """Levels, and subsidies by city."""

    level_limit: Mapping[str, float] = nothing()  # level -> most public money for its measures
    measures_of_level: Mapping[str, tuple[str, ...]] = nothing()  # level -> measures
    subsidies_in: Mapping[str, tuple[str, ...]] = nothing()  # i -> subsidies of the city
    subsidy_periods: int | None = None  # most periods in which a city is subsidised; None = any number
    barriers_first: tuple[tuple[str, str], ...] = ()  # (subsidy a, removal b that must serve when it starts)


def declare(m: Any) -> None:
    """In which periods a city is subsidised, where that is limited."""
    given: Instance = m.given
    own = given[Policies]
    limited = own.subsidies_in if own.subsidy_periods is not None else ()
    places = [(i, t) for i in limited for t in given.periods]
    m.decide("Subsidised", places, "1 if any subsidy of city i serves in t", (0, 1), True, any_subsidy_serves)


def any_subsidy_serves(made: Made, i: str, t: str) -> bool:
    """Whether any subsidy of a city serves in a period."""
    return any(made.serving[t].get(a, 0.0) > 0 for a in made.given[Policies].subsidies_in[i])


def constrain(m: Any) -> None:
    """Rows of policies."""
    given: Instance = m.given
    own = given[Policies]
    marked = [(a, i, t) for i, t in m.Subsidised for a in own.subsidies_in[i]]
    m.state(level_within_its_share, own.level_limit, promise=True)
    m.state(subsidy_is_marked, marked)
    m.state(subsidised_in_few_periods, dict.fromkeys(i for i, _ in m.Subsidised), promise=True)
    waiting = ((a, b, u) for a, b in own.barriers_first for u in given[Measures].starts_of[a])
    m.state(barriers_come_first, waiting, promise=True)


def level_within_its_share(m: Any, level: str) -> Any:
    r"""The measures of a level cost at most their share of all the money there is (a constant: no padding helps).

    With what people pay to use what a policy of the level opens.

    .. math:: \sum_{a \in \text{level}} \left( \sum_{k,t} \mathit{Cost}_{akt} + \sum_{y,t} \mathit{Fee}_{yat} \right)
              \le \mathit{limit}_{\text{level}} \quad \forall \text{ levels}
    """
    spent = spent_on(m, m.given[Policies].measures_of_level[level])
    return spent + m.Never <= m.given[Policies].level_limit[level]


def subsidy_is_marked(m: Any, a: str, i: str, t: str) -> Any:
    r"""A city is subsidised in a period in which any of its subsidies serves.

    .. math:: \mathit{Serves}_{at} \le \mathit{units}_{a}\, \mathit{Subsidised}_{it} \quad \forall a \text{ subsidy of } i, t
    """
    return m.Serves[a, t] <= m.given[Measures].units[a] * m.Subsidised[i, t]


def subsidised_in_few_periods(m: Any, i: str) -> Any:
    r"""A city is subsidised for a while at most, not for good.

    .. math:: \sum_{t} \mathit{Subsidised}_{it} \le \mathit{subsidy\_periods} \quad \forall i
    """
    return sum(m.Subsidised[i, t] for t in m.given.periods) <= m.given[Policies].subsidy_periods


def barriers_come_first(m: Any, a: str, b: str, u: str) -> Any:
    r"""A subsidy starts only in a period in which the barriers that its jurisdictions can remove are gone.

    .. math:: \mathit{Started}_{au} \le \mathit{Present}_{bu} \quad \forall a \text{ subsidy}, b \text{ removal}, u
    """
    return started(m, a, u) <= m.Present[b, u]
