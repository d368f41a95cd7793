"""Air: what parks emit into an airshed, what abatement and closures take away, and the cap."""

from __future__ import annotations

from typing import Any

import pyomo.environ as pyo

from models.industry import jobs_in
from models.instance import Instance
from models.writing import state


def declare(m: Any) -> None:
    """The emissions of each airshed."""
    m.Emissions = pyo.Var(
        list(m.given.existing_emissions), domain=pyo.NonNegativeReals, doc="emissions a year of airshed h in t"
    )


def constrain(m: Any) -> None:
    """Rows of air."""
    given: Instance = m.given
    state(m, emissions_are_what_is_not_abated, given.existing_emissions)
    state(m, within_airshed_cap, given.emission_cap)


def emissions_are_what_is_not_abated(m: Any, h: str, t: str) -> Any:
    r"""Emissions follow productive jobs, never units; abatement and closures lower them, but not below 0.

    .. math:: \mathit{Emissions}_{ht} \ge \mathit{existing}_{ht} + \sum_{p \in h} e_{hp}\, \mathit{Productive}_{pt}
              - \sum_{a} \mathit{lowered}_{ha}\, \mathit{Serves}_{at} \quad \forall h, t
    """
    given: Instance = m.given
    parks = sum(rate * jobs_in(m, p, t) for (airshed, p), rate in given.emissions_per_job.items() if airshed == h)
    lowered = sum(less * m.Serves[a, t] for (airshed, a), less in given.lowered.items() if airshed == h)
    return m.Emissions[h, t] >= given.existing_emissions[h, t] + parks - lowered


def within_airshed_cap(m: Any, h: str, t: str) -> Any:
    r"""Emissions stay within the cap of the airshed.

    .. math:: \mathit{Emissions}_{ht} \le \mathit{cap}_{ht} \quad \forall h, t
    """
    return m.Emissions[h, t] <= m.given.emission_cap[h, t]
