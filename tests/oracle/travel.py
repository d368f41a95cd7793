"""Door-to-door minutes and access gaps of a case while given measures serve, by scipy's Dijkstra."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import dijkstra

from planner.case import Access, BoardingMinutes, BorderMinutes, Borders, Case, Effect

Serving = frozenset[str]  # measures of which at least one whole unit serves


@dataclass
class _Known:
    """Minutes of the case last asked for, by the measures that matter to travel and by modes."""

    case: Case | None = None
    minutes: dict[tuple[Serving, tuple[str, ...]], np.ndarray] = field(default_factory=dict)


_known = _Known()


def hundredths(minutes: float) -> int:
    """Minutes as whole hundredths."""
    return round(100 * minutes)


def minutes_between(case: Case, serving: Serving, modes: tuple[str, ...] | None = None) -> np.ndarray:
    """Hundredths of minutes between all cities (order of the case), inf where there is no way."""
    if _known.case is not case:
        _known.case, _known.minutes = case, {}
    matter = {m for x in case.links.values() for m in x.needs} | {
        e.measure for e in case.effects if isinstance(e, BoardingMinutes | BorderMinutes)
    }
    key = (serving.intersection(matter), tuple(case.modes) if modes is None else modes)
    if key not in _known.minutes:
        _known.minutes[key] = _minutes(case, *key)
    return _known.minutes[key]


def _minutes(case: Case, serving: Serving, modes: tuple[str, ...]) -> np.ndarray:
    """Shortest ways in a graph of cities and of riding in them.

    City i is node i; riding mode k at city i is node n + i x modes + k; boarding and leaving are arcs.
    """
    used = list(modes)
    place = {c: i for i, c in enumerate(case.cities)}
    n = len(place)
    arcs: dict[tuple[int, int], int] = {}

    def arc(a: int, b: int, cost: int) -> None:
        arcs[a, b] = min(cost, arcs.get((a, b), cost))

    def riding(city: str, mode: str) -> int:
        return n + place[city] * len(used) + used.index(mode)

    for city in place:
        for mode in used:
            total = _boarding(case, serving, city, mode)
            arc(place[city], riding(city, mode), total // 2)
            arc(riding(city, mode), place[city], total - total // 2)
    for link in case.links.values():
        if link.mode in used and serving.issuperset(link.needs):
            cost = hundredths(link.minutes) + _border(case, serving, link.from_city, link.to_city, link.mode)
            arc(riding(link.from_city, link.mode), riding(link.to_city, link.mode), cost)
            if not link.oneway:
                arc(riding(link.to_city, link.mode), riding(link.from_city, link.mode), cost)
    size = n * (1 + len(used))
    # A stored zero would be no arc for scipy: add one part in a million and round it off again.
    rows, columns = zip(*arcs, strict=True)
    graph = coo_matrix(([c + 1e-6 for c in arcs.values()], (rows, columns)), shape=(size, size)).tocsr()
    return np.round(dijkstra(graph, indices=range(n))[:, :n])


def _boarding(case: Case, serving: Serving, city: str, mode: str) -> int:
    less = sum(
        hundredths(e.minus)
        for e in _acting(case, serving)
        if isinstance(e, BoardingMinutes) and e.city == city and mode in e.modes
    )
    return max(0, hundredths(case.modes[mode].boarding_minutes) - less)


def _border(case: Case, serving: Serving, a: str, b: str, mode: str) -> int:
    sides = {case.cities[a].jurisdiction, case.cities[b].jurisdiction}
    full = hundredths(_lost(case.modes[mode].border_minutes, sides))
    if len(sides) == 1 or full == 0:
        return 0
    lowered = [
        hundredths(e.set_to)
        for e in _acting(case, serving)
        if isinstance(e, BorderMinutes) and set(e.between) == sides and mode in e.modes
    ]
    return min([full, *lowered])


def _acting(case: Case, serving: Serving) -> list[Effect]:
    """What is in force anyway, and what the serving measures do."""
    return [*case.in_force, *(e for e in case.effects if e.measure in serving)]


def _lost(borders: float | Borders, sides: set[str]) -> float:
    if isinstance(borders, Borders):
        for pair in borders.pairs:
            if sides == {*pair.between}:
                return pair.minutes
        return borders.default
    return borders


def offered_in(case: Case, service: str, period: str, serving: Serving) -> tuple[str, ...]:
    """Cities where a service is offered in a period."""
    cities = []
    for city in case.cities:
        amount = case.capacity[city, service].amount
        built = any(
            m.kind == "facility" and m.service == service and city in m.cities and m.id in serving
            for m in case.measures.values()
        )
        if built or (amount is not None and amount[period] > 0):
            cities.append(city)
    return tuple(cities)


def access_gaps(case: Case, standard: Access, period: str, serving: Serving) -> dict[str, float]:
    """Gap of every city that the standard applies to, 0..1."""
    minutes = minutes_between(case, serving, standard.modes)
    place = {c: i for i, c in enumerate(case.cities)}
    goals = standard.destinations or offered_in(case, standard.offers or "", period, serving)
    gaps = {}
    for city in standard.origins:
        away = {d: minutes[place[city], place[d]] for d in goals}
        if standard.kind == "nearest":
            gaps[city] = _gap(standard, min(away.values(), default=np.inf))
            continue
        weights = {d: _weight(case, standard, city, d, period) for d in goals}
        if standard.kind == "all":
            weights.pop(city, None)
        total = sum(weights.values())
        if total <= 0:
            continue
        if standard.kind == "all":
            gaps[city] = sum(w * _gap(standard, away[d]) for d, w in weights.items()) / total
        else:
            near = sum(w for d, w in weights.items() if away[d] <= hundredths(standard.standard_minutes))
            assert standard.target is not None
            gaps[city] = max(0.0, 1 - near / total / standard.target)
    return gaps


def _gap(standard: Access, away: float) -> float:
    assert standard.worst_minutes is not None
    if not np.isfinite(away):
        return 1.0
    share = (away / 100 - standard.standard_minutes) / (standard.worst_minutes - standard.standard_minutes)
    return float(min(1.0, max(0.0, share)))


def _weight(case: Case, standard: Access, origin: str, city: str, period: str) -> float:
    if standard.weight == "population":
        return case.cities[city].population[period]
    if standard.weight == "equally":
        return 1.0
    if standard.weight == "trips":
        return case.trips.get((origin, city), 0.0)
    value = case.cities[city].gdp if standard.weight == "gdp" else case.cities[city].jobs
    return float(value or 0.0)
