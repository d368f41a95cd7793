"""Door-to-door minutes on a case's network, for warnings only.

Nodes are the cities, and each city once more for each mode. Boarding and leaving a mode costs its boarding minutes,
half each way; passing through on the same mode costs nothing. Minutes are whole hundredths.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping

from planner.case.nouns import BoardingMinutes, BorderMinutes, Case, Effect, Link

Node = tuple[str, str]  # (city, mode); the mode "" is the city itself
Network = dict[Node, list[tuple[Node, int]]]
Minutes = Mapping[Node, int]


def hundredths(minutes: float) -> int:
    """Minutes as whole hundredths."""
    return round(100 * minutes)


def network(case: Case, links: Iterable[Link], modes: Iterable[str] | None = None, eased: bool = False) -> Network:
    """The network of these links, on these modes only (default all).

    Boarding and border minutes are today's, or, where `eased`, the least that measures which can start may bring.
    """
    allowed = set(case.modes if modes is None else modes)
    effects = [e for e in case.effects if eased and case.measures[e.measure].starts]
    arcs: Network = {}
    for link in links:
        if link.mode not in allowed:
            continue
        border = min([border_minutes(case, link), *_eased_border(case, link, effects)])
        minutes = hundredths(link.minutes) + hundredths(border)
        for start, end in ends(link):
            arcs.setdefault((start, link.mode), []).append(((end, link.mode), minutes))
            arcs.setdefault((end, link.mode), [])
    for city, mode in tuple(arcs):
        minus = sum(e.minus for e in effects if isinstance(e, BoardingMinutes) and e.city == city and mode in e.modes)
        boarding = hundredths(max(0.0, case.modes[mode].boarding_minutes - minus))
        arcs.setdefault((city, ""), []).append(((city, mode), boarding // 2))
        arcs[city, mode].append(((city, ""), boarding - boarding // 2))
    return arcs


def _eased_border(case: Case, link: Link, effects: Iterable[Effect]) -> Iterator[float]:
    """Border minutes that effects may set on a link."""
    between = {case.cities[link.from_city].jurisdiction, case.cities[link.to_city].jurisdiction}
    for effect in effects:
        if isinstance(effect, BorderMinutes) and set(effect.between) == between and link.mode in effect.modes:
            yield effect.set_to


def ends(link: Link) -> tuple[tuple[str, str], ...]:
    """From and to, in each direction in which the link runs."""
    forth = (link.from_city, link.to_city)
    return (forth,) if link.oneway else (forth, forth[::-1])


def border_minutes(case: Case, link: Link) -> float:
    """Today's border minutes on a link: its mode's, if its ends are in different jurisdictions."""
    same = case.cities[link.from_city].jurisdiction == case.cities[link.to_city].jurisdiction
    return 0.0 if same else case.modes[link.mode].border_minutes


def minutes_from(arcs: Network, start: Node) -> dict[Node, int]:
    """Least minutes from a node to every node that can be reached (Dijkstra)."""
    best: dict[Node, int] = {start: 0}
    waiting: list[tuple[int, Node]] = [(0, start)]
    while waiting:
        so_far, node = heapq.heappop(waiting)
        if so_far > best[node]:
            continue
        for other, minutes in arcs.get(node, ()):
            if so_far + minutes < best.get(other, so_far + minutes + 1):
                best[other] = so_far + minutes
                heapq.heappush(waiting, (so_far + minutes, other))
    return best


def useless_links(case: Case) -> list[Link]:
    """Candidate links with which, built alone, no pair of cities gets closer than it is on today's network.

    Links that need the same measures are built together. A link that makes a border or a boarding cheaper is judged
    with today's minutes.
    """
    today = [link for link in case.links.values() if not link.needs]
    bundles: dict[frozenset[str], list[Link]] = {}
    for link in case.links.values():
        if link.needs and all(case.measures[m].status != "ruled_out" for m in link.needs):
            bundles.setdefault(frozenset(link.needs), []).append(link)
    before = {city: minutes_from(network(case, today), (city, "")) for city in case.cities}
    useless: list[Link] = []
    for bundle in bundles.values():
        if not _shortens(case, [*today, *bundle], bundle, before):
            useless += bundle
    return useless


def _shortens(case: Case, links: list[Link], bundle: list[Link], before: Mapping[str, Minutes]) -> bool:
    """Whether some pair of cities is closer with these links; the ends of the new ones first, as most show there."""
    arcs = network(case, links)
    first = dict.fromkeys(city for link in bundle for city in (link.from_city, link.to_city))
    for city in (*first, *(c for c in case.cities if c not in first)):
        after = minutes_from(arcs, (city, ""))
        if any(after[node] < before[city].get(node, after[node] + 1) for node in after if node[1] == ""):
            return True
    return False
