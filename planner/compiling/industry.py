"""Industry: which phases can work, where their routes lead, what bounds their jobs, and what these do for work and air.

Jobs and emissions are in scales of their own.
"""

from __future__ import annotations

from dataclasses import replace

from models.air import Air
from models.industry import Industry
from models.instance import Instance, grouped, summed
from models.routes import Route
from models.services import Services
from models.work import Work, WorkGap
from planner.case import AddLand, Case, Chain, LowerEmissions, Measure
from planner.case.moves import moved_jobs, moved_target
from planner.case.travel import hundredths
from planner.compiling.can_start import Offered, tens
from planner.compiling.moves import possible_moves
from planner.compiling.network import Travel, Ways

Place = tuple[str, str, str]  # (indicator, city, period)


def parks(case: Case, offered: Offered) -> list[Measure]:
    """The parks that can start."""
    return [measure for measure in offered.measures.values() if measure.is_park]


def _job_scale(case: Case, offered: Offered) -> float:
    """A power of ten that brings the jobs of the largest phase to between 10 and 100."""
    return tens(case.parks[park.id].jobs for park in parks(case, offered))


def ask(case: Case, offered: Offered, travel: Travel) -> None:
    """Say which trips can matter: from hosts to their origins, and between hosts of a value chain."""
    for park in parks(case, offered):
        facts = case.parks[park.id]
        if facts.needed_way is not None:
            _ask(travel, park.cities[0], *facts.needed_way)
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
    able = parks(case, offered)
    first, second = ([park for park in able if case.parks[park.id].industry == k] for k in chain.industries)
    for p in first:
        for q in second:
            if p is not q:
                found.setdefault(frozenset((p.id, q.id)), (p, q))
    return list(found.values())


def industry(case: Case, offered: Offered, given: Instance, ways: Ways) -> Industry:
    """Parks: what they bring, where their routes lead, and what bounds their jobs."""
    scale = _job_scale(case, offered)
    origin_route, phases = _phases(case, offered, ways, scale)
    working = {(p, t) for p, _, t in phases}
    able = parks(case, offered)
    parks_of = _parks_of_few_hosts(case, able)
    closing = [measure for measure in offered.measures.values() if measure.closes_plant]
    return Industry(
        job_scale=scale,
        phases=phases,
        host={park.id: park.cities[0] for park in able},
        phase_jobs={park.id: case.parks[park.id].jobs / scale for park in able},
        origin_route=origin_route,
        chain_bonus={chain.id: chain.bonus for chain in case.chains.values()},
        partners=_partners(case, offered, ways, working, scale),
        skilled_share={park.id: case.parks[park.id].skilled_share for park in able},
        skilled={(i, t): free / scale for i, t, free in _by_period(case, "skilled")},
        graduates=_graduates(case, given[Services], scale),
        area={park.id: case.parks[park.id].area_km2 for park in able},
        land={(i, t): quota for i, t, quota in _by_period(case, "land_quota_km2")},
        added_land=_added_land(case, offered),
        parks_of=parks_of,
        most_hosts={k: case.industries[k].max_hosts or 0 for k in parks_of},
        closed_jobs={closure.id: case.parks[closure.id].jobs / scale for closure in closing},
        closures_in={i: tuple(these) for i, these in grouped((c.cities[0], c.id) for c in closing).items()},
    )


def _by_period(case: Case, column: str) -> list[tuple[str, str, float]]:
    """(city, period, what a column of cities says), where it says anything."""
    found = [(i, getattr(city, column)) for i, city in case.cities.items()]
    return [(i, t, amount) for i, amount in found if amount is not None for t in case.period_ids]


def _phases(
    case: Case, offered: Offered, ways: Ways, scale: float
) -> tuple[dict[tuple[str, str], tuple[float, str]], tuple[tuple[str, str, str], ...]]:
    """Where a park needs a route to its origin, and the phases that can ever work."""
    routes: dict[tuple[str, str], tuple[float, str]] = {}
    phases: list[tuple[str, str, str]] = []
    for park in parks(case, offered):
        facts = case.parks[park.id]
        for t in case.period_ids:
            starts = [start.period for start in park.starts if t in start.serves]
            if facts.needed_way is not None and starts:
                open_now, consumer = _way(ways, park.cities[0], *facts.needed_way, t)
                if not open_now and consumer is None:
                    continue
                if consumer is not None:
                    routes[park.id, t] = (facts.jobs * park.most_serving(t) / scale, consumer)
            phases += [(park.id, u, t) for u in starts]
    return routes, tuple(phases)


def _way(ways: Ways, i: str, j: str, minutes: float, t: str) -> tuple[bool, str | None]:
    """Whether a trip within the minutes is open whatever is decided, and else the consumer of the routes that open it."""
    if i == j:
        return True, None
    limit = hundredths(minutes)
    routes: list[Route] = [(0, needs) for taken, needs in ways.travel.routes(i, j) if taken <= limit]
    shut, consumer = ways.consumers.add(f"way.{i}.{j}.{limit}.{t}", t, routes, float)
    return shut == 0, consumer


def _partners(
    case: Case, offered: Offered, ways: Ways, working: set[tuple[str, str]], scale: float
) -> dict[tuple[str, str, str, str], tuple[float, str | None]]:
    """Pairs of parks of a value chain that can ever be within reach of one another, and the most bonus jobs of each."""
    found: dict[tuple[str, str, str, str], tuple[float, str | None]] = {}
    for chain in case.chains.values():
        for p, q in pairs(case, offered, chain):
            for t in case.period_ids:
                if (p.id, t) in working and (q.id, t) in working:
                    open_now, consumer = _way(ways, p.cities[0], q.cities[0], chain.minutes, t)
                    most = min(case.parks[park.id].jobs * park.most_serving(t) for park in (p, q))
                    if chain.bonus > 0 and (open_now or consumer is not None):
                        found[chain.id, p.id, q.id, t] = (chain.bonus * most / scale, consumer)
    return found


def _graduates(case: Case, service: Services, scale: float) -> dict[tuple[str, str], tuple[tuple[str, str, float], ...]]:
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


def _added_land(case: Case, offered: Offered) -> dict[tuple[str, str], tuple[tuple[str, float], ...]]:
    """(city, period) -> (measure, land that it adds to the quota)."""
    added = [
        ((i, t), (e.measure, e.km2))
        for e in case.effects
        if isinstance(e, AddLand) and e.measure in offered.measures
        for i in e.cities
        for t in case.period_ids
    ]
    return {place: tuple(more) for place, more in grouped(added).items()}


def _parks_of_few_hosts(case: Case, able: list[Measure]) -> dict[str, tuple[str, ...]]:
    """The parks of each industry with more possible hosts than it may have."""
    found: dict[str, tuple[str, ...]] = {}
    for k in case.industries.values():
        own = [park for park in able if case.parks[park.id].industry == k.id]
        if k.max_hosts is not None and len({park.cities[0] for park in own}) > k.max_hosts:
            found[k.id] = tuple(park.id for park in own)
    return found


def air(case: Case, offered: Offered, given: Instance, ways: Ways) -> Air:
    """Existing emissions, caps, and what jobs add and measures take away."""
    able = parks(case, offered)
    scale = tens(
        [
            *(amount for airshed in case.airsheds.values() for amount in airshed.existing.values()),
            *(amount for airshed in case.airsheds.values() if airshed.cap for amount in airshed.cap.values()),
            *(case.parks[park.id].emissions for park in able),
        ]
    )
    return Air(
        emission_scale=scale,
        existing_emissions={
            (h, t): airshed.existing[t] / scale for h, airshed in case.airsheds.items() for t in case.period_ids
        },
        emission_cap={
            (h, t): airshed.cap[t] / scale for h, airshed in case.airsheds.items() if airshed.cap for t in case.period_ids
        },
        emissions_per_job={
            (airshed, park.id): case.parks[park.id].emissions / case.parks[park.id].jobs * given[Industry].job_scale / scale
            for park in able
            if (airshed := case.cities[park.cities[0]].airshed) is not None and case.parks[park.id].emissions > 0
        },
        lowered=_lowered(case, offered, scale),
        years={period.id: period.years for period in case.periods},
    )


def _lowered(case: Case, offered: Offered, scale: float) -> dict[tuple[str, str], float]:
    """(airshed, measure) -> less emissions a year for one serving unit: by an effect, or of plants that close."""
    found: dict[tuple[str, str], float] = {}
    for e in case.effects:
        if isinstance(e, LowerEmissions) and e.measure in offered.measures:
            found[e.airshed, e.measure] = found.get((e.airshed, e.measure), 0.0) + e.by / scale
    for a, measure in offered.measures.items():
        airshed = case.cities[measure.cities[0]].airshed if measure.closes_plant else None
        if airshed is not None and case.parks[a].emissions > 0:
            found[airshed, a] = found.get((airshed, a), 0.0) + case.parks[a].emissions / scale
    return found


def work(case: Case, offered: Offered, given: Instance, ways: Ways) -> Work:
    """The gap of every indicator of work, city and period with a target."""
    able = parks(case, offered)
    closing = [measure for measure in offered.measures.values() if measure.closes_plant]
    found: dict[Place, WorkGap] = {}
    for x, indicator in case.work.items():
        for i in indicator.cities:
            here = [park for park in able if park.cities[0] == i]
            gone = [measure for measure in closing if measure.cities[0] == i]
            moving = _moving(case, offered, x, i)
            for t in case.period_ids:
                target = case.work_target(x, i, t)
                if target > 0:
                    gap = _gap(case, indicator.of, i, target, here, gone, given[Industry].job_scale)
                    parts = {a: lacking / target for a, lacking in moving.items()}
                    found[x, i, t] = replace(gap, per_closed_unit={**gap.per_closed_unit, **parts}) if parts else gap
    return Work(found)


def _moving(case: Case, offered: Offered, x: str, i: str) -> dict[str, float]:
    """Measure -> what a serving unit makes a city lack more of an indicator of work: of what is asked for, less of jobs."""
    lacking = (
        (move.measure, moved_target(case, move, x, i, case.period_ids[0]) - moved_jobs(case, move, x, i))
        for move in possible_moves(case, offered)
    )
    return summed((a, more) for a, more in lacking if more)


def _gap(case: Case, of: str, i: str, target: float, here: list[Measure], gone: list[Measure], scale: float) -> WorkGap:
    city = case.cities[i]
    if of == "output":
        per_job = {p.id: case.parks[p.id].output / case.parks[p.id].jobs * scale / target for p in here}
        return WorkGap(1.0 - (city.gdp or 0.0) / target, per_job, 0.0, {})
    closed = {c.id: case.parks[c.id].jobs / target for c in gone}
    return WorkGap(
        1.0 - (city.jobs or 0.0) / target, dict.fromkeys((p.id for p in here), scale / target), scale / target, closed
    )
