"""Industry: which phases can work, where their routes lead, and what bounds their jobs, in jobs' own scale."""

from __future__ import annotations

from typing import Any

from models.routes import Route
from planner.case.nouns import AddLand, Case, Chain, Measure
from planner.compiling.consumers import Consumers
from planner.compiling.measures import Offered
from planner.compiling.network import Travel
from planner.compiling.scales import tens
from planner.compiling.services import ServiceParameters
from planner.compiling.times import hundredths


def parks(case: Case, offered: Offered) -> list[Measure]:
    """The parks that can start."""
    return [measure for measure in offered.measures.values() if measure.kind == "park"]


def _job_scale(case: Case, offered: Offered) -> float:
    """A power of ten that brings the jobs of the largest phase to between 10 and 100."""
    return tens(case.parks[park.id].jobs for park in parks(case, offered))


def ask(case: Case, offered: Offered, travel: Travel) -> None:
    """Say which trips can matter: from hosts to their origins, and between hosts of a value chain."""
    for park in parks(case, offered):
        facts = case.parks[park.id]
        if facts.origin is not None and facts.origin_minutes is not None:
            _ask(travel, park.cities[0], facts.origin, facts.origin_minutes)
    for chain in case.chains.values():
        for p, q in pairs(case, offered, chain):
            _ask(travel, p.cities[0], q.cities[0], chain.minutes)


def _ask(travel: Travel, i: str, j: str, minutes: float) -> None:
    limit = hundredths(minutes)
    if i != j and limit < travel.without(i, j):
        travel.ask(i, j, limit)


def pairs(case: Case, offered: Offered, chain: Chain) -> list[tuple[Measure, Measure]]:
    """The pairs of different parks that a value chain links, the park of its first industry first."""
    found: dict[frozenset[str], tuple[Measure, Measure]] = {}
    for p in parks(case, offered):
        for q in parks(case, offered):
            linked = (case.parks[p.id].industry, case.parks[q.id].industry) == chain.industries
            if p is not q and linked:
                found.setdefault(frozenset((p.id, q.id)), (p, q))
    return list(found.values())


def parameters(
    case: Case, offered: Offered, travel: Travel, consumers: Consumers, service: ServiceParameters
) -> dict[str, Any]:
    """The industry's fields of the instance."""
    scale = _job_scale(case, offered)
    origin_route, phases = _phases(case, offered, travel, consumers, scale)
    working = {(p, t) for p, _, t in phases}
    able = parks(case, offered)
    return {
        "job_scale": scale,
        "phases": phases,
        "host": {park.id: park.cities[0] for park in able},
        "phase_jobs": {park.id: case.parks[park.id].jobs / scale for park in able},
        "origin_route": origin_route,
        "chain_bonus": {chain.id: chain.bonus for chain in case.chains.values()},
        "partners": _partners(case, offered, travel, consumers, working, scale),
        "skilled_share": {park.id: case.parks[park.id].skilled_share for park in able},
        "skilled": {
            (i, t): city.skilled / scale
            for i, city in case.cities.items()
            if city.skilled is not None
            for t in case.period_ids
        },
        "graduates": _graduates(case, service, scale),
        **_land(case, offered, able),
        **_hosts(case, able),
        **_closures(case, offered, scale),
    }


def _phases(
    case: Case, offered: Offered, travel: Travel, consumers: Consumers, scale: float
) -> tuple[dict[tuple[str, str], tuple[float, str]], tuple[tuple[str, str, str], ...]]:
    """Where a park needs a route to its origin, and the phases that can ever work."""
    routes: dict[tuple[str, str], tuple[float, str]] = {}
    phases: list[tuple[str, str, str]] = []
    for park in parks(case, offered):
        facts = case.parks[park.id]
        for t in case.period_ids:
            starts = [start.period for start in park.starts if t in start.serves]
            if facts.origin is not None and facts.origin_minutes is not None and starts:
                open_now, consumer = _way(travel, consumers, park.cities[0], facts.origin, facts.origin_minutes, t)
                if not open_now and consumer is None:
                    continue
                if consumer is not None:
                    routes[park.id, t] = (facts.jobs * park.most_serving(t) / scale, consumer)
            phases += [(park.id, u, t) for u in starts]
    return routes, tuple(phases)


def _way(travel: Travel, consumers: Consumers, i: str, j: str, minutes: float, t: str) -> tuple[bool, str | None]:
    """Whether a trip within the minutes is open whatever is decided, and else the consumer of the routes that open it."""
    if i == j:
        return True, None
    limit = hundredths(minutes)
    routes: list[Route] = [(0, needs) for taken, needs in travel.routes(i, j) if taken <= limit]
    shut, consumer = consumers.add(f"way.{i}.{j}.{limit}.{t}", t, routes, float)
    return shut == 0, consumer


def _partners(
    case: Case, offered: Offered, travel: Travel, consumers: Consumers, working: set[tuple[str, str]], scale: float
) -> dict[tuple[str, str, str, str], tuple[float, str | None]]:
    """Pairs of parks of a value chain that can ever be within reach of one another, and the most bonus jobs of each."""
    found: dict[tuple[str, str, str, str], tuple[float, str | None]] = {}
    for chain in case.chains.values():
        for p, q in pairs(case, offered, chain):
            for t in case.period_ids:
                if (p.id, t) in working and (q.id, t) in working:
                    open_now, consumer = _way(travel, consumers, p.cities[0], q.cities[0], chain.minutes, t)
                    most = min(case.parks[park.id].jobs * park.most_serving(t) for park in (p, q))
                    if chain.bonus > 0 and (open_now or consumer is not None):
                        found[chain.id, p.id, q.id, t] = (chain.bonus * most / scale, consumer)
    return found


def _graduates(
    case: Case, service: ServiceParameters, scale: float
) -> dict[tuple[str, str], tuple[tuple[str, str, float], ...]]:
    """(city, period) -> (service, earlier period, skilled people for one resident served)."""
    found: dict[tuple[str, str], tuple[tuple[str, str, float], ...]] = {}
    for i in case.cities:
        for number, t in enumerate(case.period_ids):
            coming = [
                (s.id, e.id, e.years * s.graduates * s.stay_share * service.service_scale[s.id] / scale)
                for s in case.services.values()
                for e in case.periods[:number]
                if s.graduates * s.stay_share > 0 and (s.id, i, e.id) in service.need
            ]
            if coming:
                found[i, t] = tuple(coming)
    return found


def _land(case: Case, offered: Offered, able: list[Measure]) -> dict[str, Any]:
    """Land of a unit, quotas, and what policies add to them."""
    quota = {
        (i, t): city.land_quota_km2
        for i, city in case.cities.items()
        if city.land_quota_km2 is not None
        for t in case.period_ids
    }
    added: dict[tuple[str, str], list[tuple[str, float]]] = {}
    for e in case.effects:
        if isinstance(e, AddLand) and e.measure in offered.measures:
            for i in e.cities:
                for t in case.period_ids:
                    added.setdefault((i, t), []).append((e.measure, e.km2))
    return {
        "area": {park.id: case.parks[park.id].area_km2 for park in able},
        "land": quota,
        "added_land": {place: tuple(more) for place, more in added.items()},
    }


def _hosts(case: Case, able: list[Measure]) -> dict[str, Any]:
    """Industries with more possible hosts than they may have."""
    parks_of: dict[str, tuple[str, ...]] = {}
    most: dict[str, int] = {}
    for industry in case.industries.values():
        own = [park for park in able if case.parks[park.id].industry == industry.id]
        if industry.max_hosts is not None and len({park.cities[0] for park in own}) > industry.max_hosts:
            parks_of[industry.id] = tuple(park.id for park in own)
            most[industry.id] = industry.max_hosts
    return {"parks_of": parks_of, "most_hosts": most}


def _closures(case: Case, offered: Offered, scale: float) -> dict[str, Any]:
    """Plants that may close, by city."""
    closures = [measure for measure in offered.measures.values() if measure.kind == "closure"]
    cities = dict.fromkeys(closure.cities[0] for closure in closures)
    return {
        "closed_jobs": {closure.id: case.parks[closure.id].jobs / scale for closure in closures},
        "closures_in": {i: tuple(closure.id for closure in closures if closure.cities[0] == i) for i in cities},
    }
