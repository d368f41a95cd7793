"""Access: how far a city's travel times stay behind the standard, given the routes that serve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.instance import Gap, Parameters, nothing
from models.network import saving


@dataclass(frozen=True)
class AccessGap:
    """gap = base - sum over terms of weight x what the consumer's route saves (at least that, and 0, for `reach`)."""

    base: float
    terms: tuple[tuple[float, str], ...]  # (weight, consumer)
    at_least: bool  # True for reach: the gap cannot fall below 0, so the row is an inequality


@dataclass(frozen=True)
class Access(Parameters):
    """What each access standard lacks with nothing built."""

    access_gap: Mapping[Gap, AccessGap] = nothing()  # (x, i, t) -> gap with nothing built, and what routes save of it

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Of every standard, or target, that is there."""
        return tuple(self.access_gap)


def declare(m: Any) -> None:
    """Access has no decisions of its own: the routes used decide."""


def constrain(m: Any) -> None:
    """Rows of access."""
    own: Access = m.given[Access]
    m.state(access_gap_is_what_routes_leave, own.access_gap)


def access_gap_is_what_routes_leave(m: Any, x: str, i: str, t: str) -> Any:
    r"""An access gap is the gap with nothing built, less what the routes in use save.

    For `nearest` there is one consumer (the merged routes to all destinations); for `all` one a destination, weighted; for
    `reach` one a city that could come within the standard minutes, weighted by its share of the target, and the gap stays
    at 0 once the target is passed.

    .. math:: \mathit{Gap}_{xit} \;(\ge \text{ for reach})\; = \mathit{base}_{xit} -
              \sum_{c} \mathit{weight}_{xic} \sum_{r \in \mathit{routes}_{c}} \mathit{saved}_{cr}\, \mathit{Use}_{cr}
              \quad \forall x \text{ access}, i, t
    """
    gap = m.given[Access].access_gap[x, i, t]
    left = gap.base - sum(weight * saving(m, c) for weight, c in gap.terms)
    return m.Gap[x, i, t] >= left if gap.at_least else m.Gap[x, i, t] == left
