"""The network as the routes see it: cities doubled by mode, borders and hubs as parallel arcs, minutes in hundredths."""

from __future__ import annotations

from itertools import combinations

from models.routes import Arc, Route, routes_from
from planner.case.nouns import BoardingMinutes, BorderMinutes, Case, Link
from planner.compiling.measures import Offered
from planner.travelling import hundredths


class Travel:
    """All routes between the cities of a case, found once for each set of modes that a standard asks for."""

    def __init__(self, case: Case, offered: Offered) -> None:
        self.case = case
        self.offered = offered
        self.cities = list(case.cities)
        self._found: dict[tuple[str, ...], dict[tuple[str, str], list[Route]]] = {}

    def routes(self, i: str, j: str, modes: tuple[str, ...] | None = None) -> list[Route]:
        """The non-dominated routes from one city to another by some modes (default: all), fastest first."""
        chosen = tuple(m for m in self.case.modes if modes is None or m in modes)
        if chosen not in self._found:
            self._found[chosen] = self._search(chosen)
        return self._found[chosen][i, j]

    def _search(self, modes: tuple[str, ...]) -> dict[tuple[str, str], list[Route]]:
        arcs = self.arcs(modes)
        longest = longest_minutes(self.case)
        found: dict[tuple[str, str], list[Route]] = {}
        for origin, i in enumerate(self.cities):
            settled = routes_from(arcs, origin, longest)
            found.update({(i, j): settled[head] for head, j in enumerate(self.cities)})
        return found

    def arcs(self, modes: tuple[str, ...]) -> list[list[Arc]]:
        """Arcs out of each node: the cities first, then every (city, mode) that has a link."""
        links = [link for link in self.case.links.values() if link.mode in modes]
        places = dict.fromkeys((city, link.mode) for link in links for city in (link.from_city, link.to_city))
        node = {place: len(self.cities) + k for k, place in enumerate(places)}
        arcs: list[list[Arc]] = [[] for _ in range(len(self.cities) + len(node))]
        for (city, mode), platform in node.items():
            street = self.cities.index(city)
            for minutes, needs in self.boarding(city, mode):
                arcs[street].append((platform, minutes // 2, needs))
                arcs[platform].append((street, minutes - minutes // 2, needs))
        for link in links:
            tail, head = node[link.from_city, link.mode], node[link.to_city, link.mode]
            for minutes, needs in self.running(link):
                arcs[tail].append((head, minutes, needs))
                if not link.oneway:
                    arcs[head].append((tail, minutes, needs))
        return arcs

    def boarding(self, city: str, mode: str) -> list[Route]:
        """Boarding and leaving a mode in a city, with every set of hubs that could serve there."""
        hubs = [
            (self.offered.bit[e.measure], e.minus)
            for e in self.case.effects
            if isinstance(e, BoardingMinutes) and e.city == city and mode in e.modes and e.measure in self.offered.bit
        ]
        basic = hundredths(self.case.modes[mode].boarding_minutes)
        options: list[Route] = []
        for size in range(len(hubs) + 1):
            for chosen in combinations(hubs, size):
                needs = 0
                for bit, _ in chosen:
                    needs |= bit
                options.append((max(0, basic - sum(hundredths(minus) for _, minus in chosen)), needs))
        return undominated(options)

    def running(self, link: Link) -> list[Route]:
        """Running on a link once what it needs serves; with border minutes, and with each policy that takes them off."""
        needs = self.offered.mask(link.needs)
        if needs is None:
            return []
        minutes = hundredths(link.minutes)
        ends = {self.case.cities[link.from_city].jurisdiction, self.case.cities[link.to_city].jurisdiction}
        border = hundredths(self.case.modes[link.mode].border_minutes)
        if len(ends) == 1 or border == 0:
            return [(minutes, needs)]
        options = [(minutes + border, needs)]
        for e in self.case.effects:
            if isinstance(e, BorderMinutes) and set(e.between) == ends and link.mode in e.modes:
                bit = self.offered.bit.get(e.measure)
                if bit is not None:
                    options.append((minutes + hundredths(e.set_to), needs | bit))
        return undominated(options)


def undominated(options: list[Route]) -> list[Route]:
    """The options of which no other is at least as fast with no further needs."""
    kept: list[Route] = []
    for minutes, needs in sorted(options, key=_fewest_first):
        if not any(other & ~needs == 0 for _, other in kept):
            kept.append((minutes, needs))
    return kept


def _fewest_first(option: Route) -> tuple[int, int]:
    return option[0], option[1].bit_count()


def longest_minutes(case: Case) -> int:
    """The largest number of minutes (hundredths) that any standard, catchment or signature asks about."""
    asked = [access.worst_minutes or access.standard_minutes for access in case.access.values()]
    asked += [service.catchment_minutes or 0.0 for service in case.services.values()]
    asked += [getattr(effect, "minutes", None) or 0.0 for effect in case.effects]
    return max((hundredths(minutes) for minutes in asked), default=0)
