"""Door-to-door minutes on a network as built: Dijkstra over what serves, for every figure about travel times."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from scipy.sparse.csgraph import dijkstra

from planner.case.nouns import BoardingMinutes, BorderMinutes, Case, Link

NO_ROUTE = -1  # in tables of whole hundredths


def hundredths(minutes: float) -> int:
    """Minutes as whole hundredths, so that thresholds never depend on the order of adding."""
    return round(minutes * 100)


@dataclass(frozen=True)
class Times:
    """Fastest trips between all cities: hundredths of minutes (NO_ROUTE where there is none), and the way there."""

    cities: Mapping[str, int]  # city -> its place in the tables
    minutes: npt.NDArray[np.int64]
    _nodes: tuple[tuple[str, str], ...]  # (city, mode or "")
    _before: npt.NDArray[np.int32]

    def between(self, i: str, j: str) -> int:
        """Hundredths of minutes from one city to another, or NO_ROUTE."""
        return int(self.minutes[self.cities[i], self.cities[j]])

    def via(self, i: str, j: str, names: dict[str, str]) -> str:
        """The way in words: each stretch as its mode, then the city where it ends."""
        origin, node = self.cities[i], self.cities[j]
        words = [names[j]]
        while node != origin and node >= 0:
            before = int(self._before[origin, node])
            (city, mode), (last_city, last_mode) = self._nodes[before], self._nodes[node]
            if mode and mode == last_mode and city != last_city:
                words += [f"({mode})", names[city]]
            node = before
        return " ".join(reversed(words))


def times(case: Case, serving: Collection[str], modes: tuple[str, ...] | None = None) -> Times:
    """Fastest trips between all cities with these measures in service, by some modes (default: all)."""
    chosen = tuple(m for m in case.modes if modes is None or m in modes)
    links = [k for k in case.links.values() if k.mode in chosen and all(a in serving for a in k.needs)]
    platforms = dict.fromkeys((city, k.mode) for k in links for city in (k.from_city, k.to_city))
    nodes = (*((city, "") for city in case.cities), *platforms)
    at = {node: k for k, node in enumerate(nodes)}
    fastest: dict[tuple[int, int], int] = {}

    def arc(tail: int, head: int, minutes: int) -> None:  # a sparse matrix would add parallel links up
        fastest[tail, head] = min(minutes, fastest.get((tail, head), minutes))

    for city, mode in platforms:
        boarding = boarding_minutes(case, serving, city, mode)
        arc(at[city, ""], at[city, mode], boarding // 2)
        arc(at[city, mode], at[city, ""], boarding - boarding // 2)
    for k in links:
        minutes = hundredths(k.minutes) + border_minutes(case, serving, k)
        arc(at[k.from_city, k.mode], at[k.to_city, k.mode], minutes)
        if not k.oneway:
            arc(at[k.to_city, k.mode], at[k.from_city, k.mode], minutes)
    return _shortest(case, nodes, fastest)


def _shortest(case: Case, nodes: tuple[tuple[str, str], ...], arcs: dict[tuple[int, int], int]) -> Times:
    """Dijkstra; an explicit zero in a sparse matrix is an arc of no minutes, as it should be."""
    tails = [tail for tail, _ in arcs]
    heads = [head for _, head in arcs]
    graph = sp.csr_array((np.array(list(arcs.values()), dtype=float), (tails, heads)), shape=(len(nodes), len(nodes)))
    count = len(case.cities)
    minutes, before = dijkstra(graph, indices=range(count), return_predecessors=True)
    found = minutes[:, :count]
    whole = np.where(np.isfinite(found), np.rint(np.where(np.isfinite(found), found, 0)), NO_ROUTE).astype(np.int64)
    return Times({city: k for k, city in enumerate(case.cities)}, whole, nodes, before)


def boarding_minutes(case: Case, serving: Collection[str], city: str, mode: str) -> int:
    """Hundredths for boarding and leaving a mode in a city, less what serving hubs take off."""
    off = sum(
        hundredths(e.minus)
        for e in case.effects
        if isinstance(e, BoardingMinutes) and e.city == city and mode in e.modes and e.measure in serving
    )
    return max(0, hundredths(case.modes[mode].boarding_minutes) - off)


def border_minutes(case: Case, serving: Collection[str], link: Link) -> int:
    """Hundredths for the border that a link crosses, if any, as the serving policies leave them."""
    ends = {case.cities[link.from_city].jurisdiction, case.cities[link.to_city].jurisdiction}
    if len(ends) == 1:
        return 0
    left = [
        hundredths(e.set_to)
        for e in case.effects
        if isinstance(e, BorderMinutes) and set(e.between) == ends and link.mode in e.modes and e.measure in serving
    ]
    return min([hundredths(case.modes[link.mode].border_minutes), *left])
