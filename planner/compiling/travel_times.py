"""Door-to-door minutes on a network as built: Dijkstra over what serves, for every figure about travel times."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from models.arrays import dijkstra, sp
from planner.case import Case
from planner.case.effects import BoardingMinutes, BorderMinutes
from planner.case.travel import Network, Node, as_built

NO_ROUTE = -1  # in tables of whole hundredths


@dataclass(frozen=True)
class Times:
    """Fastest trips between all cities: hundredths of minutes (NO_ROUTE where there is none), and the way there."""

    cities: Mapping[str, int]  # city -> its place in the tables
    minutes: npt.NDArray[np.int64]
    _nodes: tuple[Node, ...]
    _before: npt.NDArray[np.int32]

    def between(self, i: str, j: str) -> int:
        """Hundredths of minutes from one city to another, or NO_ROUTE."""
        return int(self.minutes[self.cities[i], self.cities[j]])

    def ways_from(self, i: str) -> dict[str, tuple[int, tuple[str, ...]]]:
        """Hundredths of minutes to every other city that is reached, and the way there.

        A way is the first city, then of each stretch its mode and the city where it ends.
        """
        origin = self.cities[i]
        minutes, before = self.minutes[origin].tolist(), self._before[origin].tolist()
        until: dict[int, tuple[str, ...]] = {origin: ()}  # node -> the way to it but for its city
        return {
            j: (minutes[end], (*self._way_to(end, before, until), j))
            for j, end in self.cities.items()
            if j != i and minutes[end] != NO_ROUTE
        }

    def _way_to(self, node: int, before: Sequence[int], until: dict[int, tuple[str, ...]]) -> tuple[str, ...]:
        """The way to a node but for its city; ways share their beginnings."""
        path = []
        while node not in until:
            path.append(node)
            node = before[node]
        way = until[node]
        for reached in reversed(path):
            (city, mode), (last_city, last_mode) = self._nodes[node], self._nodes[reached]
            if mode and mode == last_mode and city != last_city:
                way = (*way, city, mode)
            until[reached], node = way, reached
        return way


class _Ground:
    """All of a case that travel depends on beside what serves: alike where two cases share it, as those of many draws do."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self._parts = (case.links, case.modes, case.effects, case.in_force)  # held, so that no other thing takes their place
        self._cities = tuple((i, city.jurisdiction) for i, city in case.cities.items())

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _Ground)
            and all(one is two for one, two in zip(self._parts, other._parts, strict=True))
            and self._cities == other._cities
        )

    def __hash__(self) -> int:
        return hash((*map(id, self._parts), self._cities))


def times(case: Case, serving: Collection[str], modes: tuple[str, ...] | None = None) -> Times:
    """Fastest trips between all cities with these measures in service, by some modes (default: all)."""
    of_travel = {a for link in case.links.values() for a in link.needs}
    of_travel |= {e.measure for e in case.effects if isinstance(e, BoardingMinutes | BorderMinutes)}
    return _times(_Ground(case), frozenset(of_travel.intersection(serving)), modes)


@lru_cache(maxsize=256)
def _times(ground: _Ground, serving: frozenset[str], modes: tuple[str, ...] | None) -> Times:
    case = ground.case
    links = [link for link in case.links.values() if all(a in serving for a in link.needs)]
    built = as_built(case, links, serving, modes)
    count = len(case.cities)
    minutes, before = dijkstra(graph(built, lambda needs: True), indices=range(count), return_predecessors=True)
    found = minutes[:, :count]
    whole = np.where(np.isfinite(found), np.rint(np.where(np.isfinite(found), found, 0)), NO_ROUTE).astype(np.int64)
    return Times({city: k for k, city in enumerate(case.cities)}, whole, built.nodes, before)


def graph(network: Network, open_with: Callable[[int], bool], backwards: bool = False) -> sp.csr_array:
    """The fastest of the arcs between each two nodes that are open, as a sparse matrix, which would add them up.

    An explicit zero in it is an arc of no minutes, as it should be.
    """
    best: dict[tuple[int, int], int] = {}
    for tail, out in enumerate(network.arcs):
        for head, minutes, needs in out:
            if open_with(needs):
                arc = (head, tail) if backwards else (tail, head)
                best[arc] = min(minutes, best.get(arc, minutes))
    at = ([tail for tail, _ in best], [head for _, head in best])
    size = len(network.nodes)
    return sp.csr_array((np.array(list(best.values()), dtype=float), at), shape=(size, size))
