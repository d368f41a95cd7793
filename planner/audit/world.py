"""The cluster with the plan, without it (the decided measures alone) and today, and its fastest ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from planner.audit.serving import Serving, starts_without_plan
from planner.case import BoardingMinutes, BorderMinutes, Borders, Case, Link, Mode
from planner.plans.tables import Decision

# --- Fastest minutes between cities, recomputed with scipy's Dijkstra on the network as built.
#
# Each city is a node, and so is each (city, mode): boarding a mode and leaving it together cost its boarding minutes,
# half and half (the odd hundredth on leaving). Minutes are whole hundredths, as everywhere.


Minutes = NDArray[np.float64]  # (from, to) in whole hundredths, in the order of case.cities; inf = no way
Node = tuple[str, str]  # city, mode; no mode: the city itself
Arcs = Mapping[tuple[Node, Node], int]  # hundredths of minutes; of parallel links the fastest
IN_TOWN = ""


def hundredths(minutes: float) -> int:
    """Minutes as whole hundredths."""
    return round(100 * minutes)


class Network:
    """All links of a case, with what has to serve for each."""

    def __init__(self, case: Case) -> None:
        self.case = case
        acting = (*case.in_force, *case.effects)
        self.border_effects = [e for e in acting if isinstance(e, BorderMinutes)]
        self.boarding_effects = [e for e in acting if isinstance(e, BoardingMinutes)]

    def arcs(self, serving: Serving, period: str, modes: Sequence[str]) -> Arcs:
        """What one can do in a period: board, leave, and go along every link whose measures all serve."""
        arcs: dict[tuple[Node, Node], int] = {}
        for city in self.case.cities:
            for mode in modes:
                boarding = self._boarding(serving, period, city, mode)
                arcs[(city, IN_TOWN), (city, mode)] = boarding // 2
                arcs[(city, mode), (city, IN_TOWN)] = boarding - boarding // 2
        for link in self.case.links.values():
            if link.mode not in modes or not all(serving.serves(m, period) for m in link.needs):
                continue
            minutes = hundredths(link.minutes) + self._border(serving, period, link)
            ends = (link.from_city, link.mode), (link.to_city, link.mode)
            for arc in (ends,) if link.oneway else (ends, ends[::-1]):
                arcs[arc] = min(minutes, arcs.get(arc, minutes))
        return arcs

    def _boarding(self, serving: Serving, period: str, city: str, mode: str) -> int:
        """Boarding and leaving together, after the hubs that serve."""
        minus = sum(
            hundredths(effect.minus)
            for effect in self.boarding_effects
            if effect.city == city and mode in effect.modes and serving.acts(effect, period)
        )
        return max(0, hundredths(self.case.modes[mode].boarding_minutes) - minus)

    def _border(self, serving: Serving, period: str, link: Link) -> int:
        """Border minutes of a link: none within a jurisdiction, else the least that a serving policy leaves."""
        sides = {self.case.cities[link.from_city].jurisdiction, self.case.cities[link.to_city].jurisdiction}
        border = hundredths(_border_of(self.case.modes[link.mode], sides))
        if len(sides) == 1 or border == 0:
            return 0
        lowered = [
            hundredths(effect.set_to)
            for effect in self.border_effects
            if set(effect.between) == sides and link.mode in effect.modes and serving.acts(effect, period)
        ]
        return min([border, *lowered])


def _border_of(mode: Mode, sides: set[str]) -> float:
    """Minutes that a mode loses at the border between two jurisdictions: those of the pair, or of all that no pair names."""
    borders = mode.border_minutes
    if not isinstance(borders, Borders):
        return borders
    named = {frozenset(pair.between): pair.minutes for pair in borders.pairs}
    return named.get(frozenset(sides), borders.default)


def fastest(cities: Sequence[str], arcs: Arcs) -> Minutes:
    """Fastest times between all cities.

    A stored zero would be no arc, so every arc costs its hundredths x size + 1: no fastest path has as many as size
    arcs, and whole numbers below 2^53 are exact, so that dividing by size gives back the exact hundredths.
    """
    nodes = dict.fromkeys([(city, IN_TOWN) for city in cities])
    for tail, head in arcs:
        nodes |= {tail: None, head: None}
    at = {node: k for k, node in enumerate(nodes)}
    size = len(at)
    tails = [at[tail] for tail, _ in arcs]
    heads = [at[head] for _, head in arcs]
    costs = np.array([minutes * size + 1 for minutes in arcs.values()], dtype=float)
    graph = csr_array((costs, (tails, heads)), shape=(size, size))
    found = dijkstra(graph, indices=np.arange(len(cities)))[:, : len(cities)]
    return np.asarray(np.floor_divide(found, size, out=found, where=np.isfinite(found)))


def along(arcs: Arcs, origin: str, stretches: Sequence[tuple[str, str]]) -> int | None:
    """Hundredths of a way, given as its stretches (mode, city where it ends); None if it cannot be gone so."""
    path: list[Node] = [(origin, IN_TOWN)]
    for mode, city in stretches:
        here, by = path[-1]
        if by != mode:
            path += [(here, IN_TOWN)] * (by != IN_TOWN) + [(here, mode)]
        path.append((city, mode))
    if path[-1][1] != IN_TOWN:
        path.append((path[-1][0], IN_TOWN))
    steps = list(pairwise(path))
    return sum(arcs[step] for step in steps) if all(step in arcs for step in steps) else None


@dataclass
class Situation:
    """What serves, and the network that follows from it (kept, since several checks ask for the same)."""

    case: Case
    network: Network
    serving: Serving
    _arcs: dict[tuple[str, tuple[str, ...]], Arcs] = field(default_factory=dict)
    _minutes: dict[tuple[str, tuple[str, ...]], Minutes] = field(default_factory=dict)

    def arcs(self, period: str, modes: tuple[str, ...] | None = None) -> Arcs:
        """What one can do in a period, by the modes given (default all)."""
        used = self._used(modes)
        if (period, used) not in self._arcs:
            self._arcs[period, used] = self.network.arcs(self.serving, period, used)
        return self._arcs[period, used]

    def minutes(self, period: str, modes: tuple[str, ...] | None = None) -> Minutes:
        """Fastest hundredths of minutes between all cities in a period, by the modes given (default all)."""
        used = self._used(modes)
        if (period, used) not in self._minutes:
            self._minutes[period, used] = fastest(list(self.case.cities), self.arcs(period, used))
        return self._minutes[period, used]

    def is_within(self, origin: str, destination: str, minutes: float, period: str) -> bool:
        """Whether one gets from a city to another within so many minutes, by any modes; a city is 0 from itself."""
        at = list(self.case.cities)
        return bool(self.minutes(period)[at.index(origin), at.index(destination)] <= hundredths(minutes))

    def _used(self, modes: tuple[str, ...] | None) -> tuple[str, ...]:
        return tuple(mode for mode in self.case.modes if modes is None or mode in modes)

    def offers(self, service: str, city: str, period: str) -> bool:
        """Whether a service is offered in a city: capacity there already, or one whole unit of a facility serving."""
        amount = self.case.capacity[city, service].amount
        if amount is not None and amount[period] > 0:
            return True
        return any(
            m.service == service and city in m.cities and self.serving.serves(m.id, period)
            for m in self.case.measures.values()
        )


@dataclass(frozen=True)
class World:
    """The three situations; `today` is asked for the period ``TODAY`` only."""

    today: Situation
    without: Situation
    with_plan: Situation


def world(case: Case, decisions: Mapping[tuple[str, str], Decision]) -> World:
    """The three situations of a plan."""
    network = Network(case)
    with_plan = Serving(case, {key: row.units for key, row in decisions.items()})
    return World(
        today=Situation(case, network, Serving(case, {})),
        without=Situation(case, network, Serving(case, starts_without_plan(case))),
        with_plan=Situation(case, network, with_plan),
    )
