"""Crowding: people above what a city is meant to hold, given who moves in and out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.instance import Gap, Parameters, nothing


@dataclass(frozen=True)
class CrowdGap:
    """gap = base + sum of what serving units of measures that move people add to it (below 0: take off), at least 0.

    Attributes
    ----------
    base
        Gap without any move; below 0 where fewer people live than the city is meant to hold.
    per_unit
        Measure -> what one serving unit adds.
    """

    base: float
    per_unit: Mapping[str, float]


@dataclass(frozen=True)
class Crowding(Parameters):
    """What each indicator of crowding comes to without any move."""

    crowd_gap: Mapping[Gap, CrowdGap] = nothing()  # (x, i, t) -> gap of crowding

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Of every city that says what it is meant to hold."""
        return tuple(self.crowd_gap)


def declare(m: Any) -> None:
    """Crowding has no decisions of its own: who moves decides."""


def constrain(m: Any) -> None:
    """Rows of crowding."""
    own: Crowding = m.given[Crowding]
    m.state(crowding_is_what_people_come_to, own.crowd_gap)


def crowding_is_what_people_come_to(m: Any, x: str, i: str, t: str) -> Any:
    r"""A gap of crowding is that without any move, with what those who move in add and those who move out take off.

    From 0 where a city has as many people as it is meant to hold to 1 at the worst; never below 0.

    .. math:: \mathit{Gap}_{xit} \ge \mathit{base}_{xit} + \sum_{a} \mathit{per\_unit}_{xita}\, \mathit{Serves}_{at}
              \quad \forall x \text{ crowding}, i, t
    """
    gap = m.given[Crowding].crowd_gap[x, i, t]
    return m.Gap[x, i, t] >= gap.base + sum(part * m.Serves[a, t] for a, part in gap.per_unit.items())
