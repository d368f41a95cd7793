"""The network from door to door: cities, each once more for each mode, with the minutes between them in whole hundredths.

Boarding and leaving a mode costs its boarding minutes, half each way; passing through on the same mode costs nothing. What
measures change of it (links, boarding, borders) is known here alone: warnings, compiling and figures all ask here, each with
its own way of looking for the fastest trip.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from planner.case.case import Case
from planner.case.effects import BoardingMinutes, BorderMinutes
from planner.case.places import Link

Node = tuple[str, str]  # (city, mode); the mode "" is the city itself
Way = tuple[int, int]  # (hundredths of minutes, measures that must serve, as bits; 0 = none)
Arc = tuple[int, int, int]  # (head, hundredths of minutes, needs as in ways)
Minutes = Mapping[Node, int]


def hundredths(minutes: float) -> int:
    """Minutes as whole hundredths, so that thresholds never depend on the order of adding."""
    return round(100 * minutes)


@dataclass(frozen=True)
class Network:
    """Nodes, the cities first in the case's order, and the arcs out of each."""

    nodes: tuple[Node, ...]
    arcs: tuple[tuple[Arc, ...], ...]


def ways(
    case: Case,
    links: Iterable[Link],
    boarding: Callable[[str, str], Iterable[Way]],
    running: Callable[[Link], Iterable[Way]],
) -> Network:
    """The network of some links.

    Parameters
    ----------
    boarding
        The ways of boarding and leaving a mode (of a city and a mode).
    running
        The ways of running on a link, border and all.
    """
    links = tuple(links)
    platforms = dict.fromkeys((city, link.mode) for link in links for city in (link.from_city, link.to_city))
    nodes = (*((city, "") for city in case.cities), *platforms)
    at = {node: k for k, node in enumerate(nodes)}
    arcs: list[list[Arc]] = [[] for _ in nodes]
    for city, mode in platforms:
        for minutes, needs in boarding(city, mode):
            arcs[at[city, ""]].append((at[city, mode], minutes // 2, needs))
            arcs[at[city, mode]].append((at[city, ""], minutes - minutes // 2, needs))
    for link in links:
        for minutes, needs in running(link):
            for start, end in ends(link):
                arcs[at[start, link.mode]].append((at[end, link.mode], minutes, needs))
    return Network(nodes, tuple(tuple(out) for out in arcs))


def as_built(case: Case, links: Iterable[Link], serving: Collection[str], modes: Collection[str] | None = None) -> Network:
    """The network of these links, on these modes only (default all), with these measures in service."""
    return ways(
        case,
        (link for link in links if modes is None or link.mode in modes),
        lambda city, mode: [(boarding_minutes(case, serving, city, mode), 0)],
        lambda link: [(hundredths(link.minutes) + border_minutes(case, serving, link), 0)],
    )


def network(case: Case, links: Iterable[Link], modes: Collection[str] | None = None, eased: bool = False) -> Network:
    """The network of these links, on these modes only (default all).

    Boarding and border minutes are today's, or, where `eased`, the least that measures which can start may bring.
    """
    return as_built(case, links, {a for a, measure in case.measures.items() if measure.starts} if eased else (), modes)


def ends(link: Link) -> tuple[tuple[str, str], ...]:
    """From and to, in each direction in which the link runs."""
    forth = (link.from_city, link.to_city)
    return (forth,) if link.oneway else (forth, forth[::-1])


def hubs(case: Case, city: str, mode: str) -> list[BoardingMinutes]:
    """What can make boarding a mode in a city quicker."""
    return [e for e in case.effects if isinstance(e, BoardingMinutes) and e.city == city and mode in e.modes]


def boarding_minutes(case: Case, serving: Collection[str], city: str, mode: str) -> int:
    """Hundredths for boarding and leaving a mode in a city, less what is in force there and what serving hubs take off."""
    there = (e for e in case.in_force if isinstance(e, BoardingMinutes) and e.city == city and mode in e.modes)
    off = sum(hundredths(e.minus) for e in (*there, *(e for e in hubs(case, city, mode) if e.measure in serving)))
    return max(0, hundredths(case.modes[mode].boarding_minutes) - off)


def easings(case: Case, link: Link) -> list[BorderMinutes]:
    """What can ease the border that a link crosses; nothing where it crosses none."""
    between = {case.cities[link.from_city].jurisdiction, case.cities[link.to_city].jurisdiction}
    found = [e for e in case.effects if isinstance(e, BorderMinutes) and set(e.between) == between and link.mode in e.modes]
    return found if len(between) > 1 else []


def border_minutes(case: Case, serving: Collection[str], link: Link) -> int:
    """Hundredths for the border that a link crosses, if any, as what is in force and the serving policies leave them."""
    one, other = case.cities[link.from_city].jurisdiction, case.cities[link.to_city].jurisdiction
    if one == other:
        return 0
    left = (hundredths(e.set_to) for e in easings(case, link) if e.measure in serving)
    return min([hundredths(minutes_at_border(case, link.mode, one, other)), *left])


def minutes_at_border(case: Case, mode: str, one: str, other: str) -> float:
    """Minutes that a mode takes at the border between two jurisdictions without any measure: what is in force counts."""
    eased = (
        e.set_to
        for e in case.in_force
        if isinstance(e, BorderMinutes) and set(e.between) == {one, other} and mode in e.modes
    )
    return min([case.modes[mode].minutes_between(one, other), *eased])


def minutes_from(built: Network, start: Node) -> dict[Node, int]:
    """Least minutes from a node to every node that can be reached (Dijkstra)."""
    return {built.nodes[node]: minutes for node, minutes in _least(built, built.nodes.index(start)).items()}


def _least(built: Network, first: int) -> dict[int, int]:
    """The same by the numbers of the nodes."""
    best: dict[int, int] = {first: 0}
    waiting: list[tuple[int, int]] = [(0, first)]
    while waiting:
        so_far, node = heapq.heappop(waiting)
        if so_far > best[node]:
            continue
        for other, minutes, _ in built.arcs[node]:
            if so_far + minutes < best.get(other, so_far + minutes + 1):
                best[other] = so_far + minutes
                heapq.heappush(waiting, (so_far + minutes, other))
    return best


def useless_links(case: Case) -> list[Link]:
    """Candidate links with which, built alone, no pair of cities gets closer than it is on today's network.

    Links that need the same measures are built together. A link that makes a border or a boarding cheaper is judged
    with today's minutes.
    """
    bundles: dict[frozenset[str], list[Link]] = {}
    for link in case.links.values():
        if all(case.measures[m].status != "ruled_out" for m in link.needs):
            bundles.setdefault(frozenset(link.needs), []).append(link)
    today = frozenset[str]()
    bit = {needs: 1 << k if needs else 0 for k, needs in enumerate(bundles)}
    built = ways(
        case,
        [*bundles.get(today, ()), *(link for needs, links in bundles.items() if needs for link in links)],
        lambda city, mode: [(boarding_minutes(case, (), city, mode), 0)],
        lambda link: [(hundredths(link.minutes) + border_minutes(case, (), link), bit[frozenset(link.needs)])],
    )
    new: dict[int, list[tuple[int, int, int]]] = {}
    for tail, out in enumerate(built.arcs):
        for head, minutes, needs in out:
            if needs:
                new.setdefault(needs, []).append((tail, head, minutes))
    now = Network(built.nodes, tuple(tuple(arc for arc in out if not arc[2]) for out in built.arcs))
    before = [_least(now, city) for city in range(len(case.cities))]
    return [
        link
        for needs, links in bundles.items()
        if needs and not any(_comes_closer(now, new[bit[needs]], best, len(case.cities)) for best in before)
        for link in links
    ]


def _comes_closer(now: Network, new: list[tuple[int, int, int]], best: Mapping[int, int], cities: int) -> bool:
    """Whether new arcs (tail, head, minutes) bring some city closer to where the best minutes are from.

    Only what gets closer is followed, which is nothing for most.
    """
    closer: dict[int, int] = {}
    waiting = [(best[tail] + minutes, head) for tail, head, minutes in new if tail in best]
    heapq.heapify(waiting)
    while waiting:
        so_far, node = heapq.heappop(waiting)
        if so_far >= closer.get(node, best.get(node, so_far + 1)):
            continue
        if node < cities:
            return True
        closer[node] = so_far
        for other, minutes, _ in now.arcs[node]:
            heapq.heappush(waiting, (so_far + minutes, other))
        for tail, other, minutes in new:
            if tail == node:
                heapq.heappush(waiting, (so_far + minutes, other))
    return False
