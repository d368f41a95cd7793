"""The network as the routes see it: cities doubled by mode, borders and hubs as parallel arcs, minutes in hundredths."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

import models.network
from models.arrays import dijkstra
from models.instance import Instance
from models.network import Consumer
from models.routes import Route, TooManyRoutes, routes_from, undominated, worthwhile
from planner.case import Case, Link
from planner.case.problems import CaseInvalid, Problem
from planner.case.travel import Network, boarding_minutes, border_minutes, easings, hubs, hundredths, ways
from planner.compiling.can_start import Offered, union
from planner.compiling.travel_times import graph
from planner.words.said import _, said_by

MOST_HUBS = 8  # at one city and mode: every set of them is a way of its own
NEVER = 10**9  # hundredths of minutes where there is no way


class Routes:
    """A network with the fastest trips for nothing and with everything, and the routes in between."""

    def __init__(self, network: Network, cities: int, holds: Callable[[int], bool]) -> None:
        self._network = network
        self._holds = holds
        self.without = _fastest(network, cities, lambda needs: not needs)[:, :cities]
        self._to_city = _fastest(network, cities, lambda needs: True, backwards=True)  # [city, node]: node -> city
        self._longest = np.full((cities, cities), -1, dtype=np.int64)
        self._found: dict[int, list[list[Route]]] = {}

    def ask(self, i: int, j: int, longest: int) -> None:
        """Say that a trip of up to so many minutes matters, if it is faster than without any measure."""
        self._longest[i, j] = max(self._longest[i, j], min(longest, int(self.without[i, j]) - 1))

    def routes(self, i: int, j: int, check: Callable[[], None]) -> list[Route]:
        """The non-dominated routes of a pair that were asked for, and the one that needs nothing."""
        if i not in self._found:
            latest = (self._longest[i][:, None] - self._to_city).max(axis=0)  # over the cities, for each node
            self._found[i] = routes_from(self._network.arcs, i, latest.tolist(), check, self._holds)
        routes = [(minutes, needs) for minutes, needs in self._found[i][j] if needs]
        return [*routes, (int(self.without[i, j]), 0)] if self.without[i, j] < NEVER else routes


def _fastest(
    network: Network, cities: int, open_with: Callable[[int], bool], backwards: bool = False
) -> npt.NDArray[np.int64]:
    """Fastest minutes from (or to) every city by the arcs that are open."""
    found = dijkstra(graph(network, open_with, backwards), indices=range(cities))
    return np.where(np.isfinite(found), np.rint(np.minimum(found, NEVER)), NEVER).astype(np.int64)


class Travel:
    """All routes between the cities of a case that can matter, found once for each set of modes that a standard asks for.

    Standards and services first `ask`, for each pair of cities, up to how many minutes a trip can matter; the search then
    leaves out every way that cannot bring anybody anywhere in time, even with everything built. Whatever it is asked, it
    calls `check` again and again, and what that raises ends the search. Routes that need what cannot serve together, as
    `offered.holds` says, are left out.
    """

    def __init__(self, case: Case, offered: Offered, check: Callable[[], None] = lambda: None) -> None:
        self.case = case
        self.offered = offered
        self._check = check
        self._at = {city: k for k, city in enumerate(case.cities)}
        self._routes: dict[tuple[str, ...], Routes] = {}
        self._asked: dict[tuple[str, ...] | None, Routes] = {}  # the same by the modes as they were asked for

    def _by(self, modes: tuple[str, ...] | None) -> Routes:
        """The routes by some modes (default: all), with everything that can be built."""
        if modes not in self._asked:
            self._asked[modes] = self._found_by(modes)
        return self._asked[modes]

    def _found_by(self, modes: tuple[str, ...] | None) -> Routes:
        chosen = tuple(m for m in self.case.modes if modes is None or m in modes)
        if chosen not in self._routes:
            links = (link for link in self.case.links.values() if link.mode in chosen)
            self._routes[chosen] = Routes(
                ways(self.case, links, self.boarding, self.running), len(self._at), self.offered.holds
            )
        return self._routes[chosen]

    def without(self, i: str, j: str, modes: tuple[str, ...] | None = None) -> int:
        """Hundredths of minutes from one city to another by what needs no measure; NEVER without a way."""
        self._check()
        return int(self._by(modes).without[self._at[i], self._at[j]])

    def ask(self, i: str, j: str, longest: int, modes: tuple[str, ...] | None = None) -> None:
        """Say that a trip of up to so many minutes (hundredths) matters, if it is faster than without any measure."""
        self._by(modes).ask(self._at[i], self._at[j], longest)

    def routes(self, i: str, j: str, modes: tuple[str, ...] | None = None) -> list[Route]:
        """The non-dominated routes from one city to another that were asked for, and the one that needs nothing."""
        try:
            return self._by(modes).routes(self._at[i], self._at[j], self._check)
        except TooManyRoutes as too_many:
            name = self.case.cities[i].name
            text = _("trips from {name}: {why}; rule out or decide some, or lower the minutes that matter").format(
                name=name, why=said_by(too_many)
            )
            raise CaseInvalid(self.case.name, (Problem("links.csv", text),)) from too_many

    def boarding(self, city: str, mode: str) -> list[Route]:
        """Boarding and leaving a mode in a city, with every set of hubs that could serve there."""
        quicker = [
            (self.offered.bit[e.measure], e.minus) for e in hubs(self.case, city, mode) if e.measure in self.offered.bit
        ]
        if len(quicker) > MOST_HUBS:
            text = _("{number} measures make boarding {mode} in {city} quicker; at most {most} can be combined").format(
                number=len(quicker), mode=mode, city=city, most=MOST_HUBS
            )
            raise CaseInvalid(self.case.name, (Problem("case.yaml", text, key="effects"),))
        basic = boarding_minutes(self.case, (), city, mode)
        options: list[Route] = []
        for size in range(len(quicker) + 1):
            for chosen in combinations(quicker, size):
                needs = union(bit for bit, _minus in chosen)
                options.append((max(0, basic - sum(hundredths(minus) for _bit, minus in chosen)), needs))
        return undominated(options)

    def running(self, link: Link) -> list[Route]:
        """Running on a link once what it needs serves; with border minutes, and with each policy that takes them off."""
        needs = self.offered.mask(link.needs)
        if needs is None:
            return []
        minutes = hundredths(link.minutes)
        border = border_minutes(self.case, (), link)
        if border == 0:
            return [(minutes, needs)]
        options = [(minutes + border, needs)]
        for e in easings(self.case, link):
            bit = self.offered.bit.get(e.measure)
            if bit is not None:
                options.append((minutes + hundredths(e.set_to), needs | bit))
        return undominated(options)


class Consumers:
    """Collects consumers while a case is compiled.

    Two users with the same routes in the same period (both directions of a pair, two services with one catchment) choose
    alike, so they share one consumer: the relaxation is the same with fewer rows.
    """

    def __init__(self, case: Case, offered: Offered, check: Callable[[], None] = lambda: None) -> None:
        self.found: dict[str, Consumer] = {}
        self._names: dict[Consumer, str] = {}
        self._offered = offered
        self._check = check
        self._all = union(offered.bit.values())

    def add(
        self, name: str, period: str, routes: Sequence[Route], gap_of: Callable[[int], float]
    ) -> tuple[float, str | None]:
        """The gap with nothing built, and the consumer of the routes that could lower it (None if none could)."""
        self._check()
        impossible = self._all & ~self._offered.possible[period]
        possible = [route for route in routes if self._offered.holds(route[1])]
        base, better = worthwhile(possible, gap_of, self._offered.sure[period], impossible, self._check)
        if not better:
            return base, None
        consumer = Consumer(period, tuple((base - gap, self._offered.needs(needs)) for gap, needs in better))
        known = self._names.setdefault(consumer, name)
        self.found.setdefault(known, consumer)
        return base, known


@dataclass(frozen=True)
class Ways:
    """The ways of a case: all routes that can matter, and who asks for which of them."""

    travel: Travel
    consumers: Consumers


def network(case: Case, offered: Offered, given: Instance, ways: Ways) -> models.network.Network:
    """The lists of routes that other blocks asked for."""
    return models.network.Network(ways.consumers.found)
