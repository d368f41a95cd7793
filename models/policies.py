"""Policies: the pyramid of levels, from barrier removal at its base to subsidies at its top."""

from __future__ import annotations

from typing import Any

import pyomo.environ as pyo

from models.instance import Instance
from models.measures import started
from models.writing import state


def declare(m: Any) -> None:
    """In which periods a city is subsidised, where that is limited."""
    given: Instance = m.given
    limited = given.subsidies_in if given.subsidy_periods is not None else ()
    m.Subsidised = pyo.Var(
        [(i, t) for i in limited for t in given.periods], domain=pyo.Binary, doc="1 if any subsidy of city i serves in t"
    )


def constrain(m: Any) -> None:
    """Rows of policies."""
    given: Instance = m.given
    marked = [(a, i, t) for i, t in m.Subsidised for a in given.subsidies_in[i]]
    state(m, level_within_its_share, given.level_limit)
    state(m, subsidy_is_marked, marked)
    state(m, subsidised_in_few_periods, dict.fromkeys(i for i, _ in m.Subsidised))
    state(m, barriers_come_first, ((a, b, u) for a, b in given.barriers_first for u in given.starts_of[a]))


def level_within_its_share(m: Any, level: str) -> Any:
    r"""The measures of a level cost at most their share of all the money there is (a constant: no padding helps).

    .. math:: \sum_{a \in \text{level}} \sum_{k,t} \mathit{Cost}_{akt} \le \mathit{limit}_{\text{level}}
              \quad \forall \text{ levels}
    """
    chosen = set(m.given.measures_of_level[level])
    return sum(m.Cost[a, k, t] for a, k, t in m.cost_starts if a in chosen) + m.Never <= m.given.level_limit[level]


def subsidy_is_marked(m: Any, a: str, i: str, t: str) -> Any:
    r"""A city is subsidised in a period in which any of its subsidies serves.

    .. math:: \mathit{Serves}_{at} \le \mathit{units}_{a}\, \mathit{Subsidised}_{it} \quad \forall a \text{ subsidy of } i, t
    """
    return m.Serves[a, t] <= m.given.units[a] * m.Subsidised[i, t]


def subsidised_in_few_periods(m: Any, i: str) -> Any:
    r"""A city is subsidised for a while at most, not for good.

    .. math:: \sum_{t} \mathit{Subsidised}_{it} \le \mathit{subsidy\_periods} \quad \forall i
    """
    return sum(m.Subsidised[i, t] for t in m.given.periods) <= m.given.subsidy_periods


def barriers_come_first(m: Any, a: str, b: str, u: str) -> Any:
    r"""A subsidy starts only in a period in which the barriers that its jurisdictions can remove are gone.

    .. math:: \mathit{Started}_{au} \le \mathit{Present}_{bu} \quad \forall a \text{ subsidy}, b \text{ removal}, u
    """
    return started(m, a, u) <= m.Present[b, u]
