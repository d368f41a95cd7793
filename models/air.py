"""Air: what parks emit into an airshed, what measures and plants that close take away, and the cap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.industry import jobs_in
from models.instance import Parameters, nothing


@dataclass(frozen=True)
class Air(Parameters):
    """Emissions a year in emission_scale."""

    emission_scale: float = 1.0  # emissions here x emission_scale = emissions in the airsheds' own units
    existing_emissions: Mapping[tuple[str, str], float] = nothing()  # (airshed h, t) -> without parks
    emission_cap: Mapping[tuple[str, str], float] = nothing()  # (h, t) -> most emissions
    emissions_per_job: Mapping[tuple[str, str], float] = nothing()  # e: (h, p) -> of one productive job
    lowered: Mapping[tuple[str, str], float] = nothing()  # (h, a) -> less for one serving unit
    years: Mapping[str, int] = nothing()  # t -> calendar years


def declare(m: Any) -> None:
    """The emissions of each airshed."""
    m.decide("Emissions", m.given[Air].existing_emissions, "emissions a year of airshed h in t")


def constrain(m: Any) -> None:
    """Rows of air."""
    own: Air = m.given[Air]
    m.state(emissions_are_what_is_not_abated, own.existing_emissions)
    m.state(within_airshed_cap, own.emission_cap, promise=True, limits_jobs=True)


def emissions_are_what_is_not_abated(m: Any, h: str, t: str) -> Any:
    r"""Emissions follow productive jobs, never units; measures and plants that close lower them, but not below 0.

    .. math:: \mathit{Emissions}_{ht} \ge \mathit{existing}_{ht} + \sum_{p \in h} e_{hp}\, \mathit{Productive}_{pt}
              - \sum_{a} \mathit{lowered}_{ha}\, \mathit{Serves}_{at} \quad \forall h, t
    """
    own: Air = m.given[Air]
    parks = sum(rate * jobs_in(m, p, t) for (airshed, p), rate in own.emissions_per_job.items() if airshed == h)
    lowered = sum(less * m.Serves[a, t] for (airshed, a), less in own.lowered.items() if airshed == h)
    return m.Emissions[h, t] >= own.existing_emissions[h, t] + parks - lowered


def within_airshed_cap(m: Any, h: str, t: str) -> Any:
    r"""Emissions stay within the cap of the airshed.

    .. math:: \mathit{Emissions}_{ht} \le \mathit{cap}_{ht} \quad \forall h, t
    """
    return m.Emissions[h, t] <= m.given[Air].emission_cap[h, t]
