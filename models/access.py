"""Access: how far a city's travel times stay behind the standard, given the routes that serve."""

from __future__ import annotations

from typing import Any

from models.instance import Instance
from models.network import saving
from models.writing import state


def declare(m: Any) -> None:
    """Access has no decisions of its own: the routes used decide."""


def constrain(m: Any) -> None:
    """Rows of access."""
    given: Instance = m.given
    state(m, access_gap_is_what_routes_leave, given.access_gap)


def access_gap_is_what_routes_leave(m: Any, x: str, i: str, t: str) -> Any:
    r"""An access gap is the gap with nothing built, less what the routes in use save.

    For `nearest` there is one consumer (the merged routes to all destinations); for `all` one a destination, weighted; for
    `reach` one a city that could come within the standard minutes, weighted by its share of the target, and the gap stays
    at 0 once the target is passed.

    .. math:: \mathit{Gap}_{xit} \;(\ge \text{ for reach})\; = \mathit{base}_{xit} -
              \sum_{c} \mathit{weight}_{xic} \sum_{r \in \mathit{routes}_{c}} \mathit{saved}_{cr}\, \mathit{Use}_{cr}
              \quad \forall x \text{ access}, i, t
    """
    gap = m.given.access_gap[x, i, t]
    left = gap.base - sum(weight * saving(m, c) for weight, c in gap.terms)
    return m.Gap[x, i, t] >= left if gap.at_least else m.Gap[x, i, t] == left
