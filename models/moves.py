"""Moves: people whom measures move to another city need a roof there; what they need moves with them (block services)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.instance import Parameters, nothing

THOUSAND = 1000.0  # people are counted in thousands


@dataclass(frozen=True)
class Moves(Parameters):
    """Who moves in and out, and for how many there is housing, in thousands of people."""

    people_moved: Mapping[str, tuple[tuple[str, float], ...]] = nothing()  # i -> (a, people a unit moves in, < 0: out)
    housing: Mapping[tuple[str, str], float] = nothing()  # (i, t) -> people for whom there is housing beyond its own


def declare(m: Any) -> None:
    """Moves have no decisions of their own: the measures that serve decide."""


def constrain(m: Any) -> None:
    """Rows of moves."""
    own: Moves = m.given[Moves]
    m.state(moved_in_within_housing, (place for place in own.housing if own.people_moved.get(place[0])), promise=True)


def moved_in_within_housing(m: Any, i: str, t: str) -> Any:
    r"""No more people move into a city, beyond those who move out, than there is housing for.

    .. math:: \sum_{a} \mathit{people\_moved}_{ai}\, \mathit{Serves}_{at} \le \mathit{housing}_{it} \quad \forall i, t
    """
    own: Moves = m.given[Moves]
    return sum(people * m.Serves[a, t] for a, people in own.people_moved[i]) + m.Never <= own.housing[i, t]
