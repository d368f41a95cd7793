"""Services: need, supply, what could be added, and who may ever be served where."""

from __future__ import annotations

from dataclasses import dataclass, field

from models.instance import Instance
from models.routes import Route
from models.services import Pair, Place, Services, open_need
from planner.case import Case, OpenOutsidersShare, OpenService, RaiseCapacity, Service
from planner.case.travel import hundredths
from planner.compiling.can_start import Offered, tens
from planner.compiling.network import Travel, Ways

EPSILON = 1e-9


@dataclass(frozen=True)
class _Found:
    """What is found place by place, in service_scale units."""

    service_scale: dict[str, float] = field(default_factory=dict)
    need: dict[Place, float] = field(default_factory=dict)
    supply: dict[Place, float] = field(default_factory=dict)
    spare: dict[Place, float] = field(default_factory=dict)
    added: dict[Place, tuple[tuple[str, float], ...]] = field(default_factory=dict)
    pairs: dict[Pair, tuple[float, str | None]] = field(default_factory=dict)


def services(case: Case, offered: Offered, given: Instance, ways: Ways) -> Services:
    """What people need, what there is and could be of it, and who may be served where."""
    found = _Found()
    for service in case.services.values():
        found.service_scale[service.id] = _scale(case, service)
        for t in case.period_ids:
            for j in case.cities:
                _place(case, offered, service, j, t, found)
        for t in case.period_ids:
            _pairs(case, offered, service, t, ways, found)
    return Services(**vars(found))


def ask(case: Case, offered: Offered, travel: Travel) -> None:
    """Say which trips can matter to some service: those within its minutes, between cities with a right that could open."""
    for service in case.services.values():
        for i in case.cities:
            for j in case.cities:
                limits = [minutes for minutes, _ in _rights(case, offered, service, i, j)] if i != j else []
                asked = [hundredths(minutes) for minutes in limits if hundredths(minutes) < travel.without(i, j)]
                if asked:
                    travel.ask(i, j, max(asked))


def _scale(case: Case, service: Service) -> float:
    """A power of ten that brings the largest need to between 10 and 100: solver tolerances are absolute."""
    return tens(case.need(service.id, i, t) for i in case.cities for t in case.period_ids)


def _place(case: Case, offered: Offered, service: Service, j: str, t: str, found: _Found) -> None:
    """Need, supply, spare and possible additions of one city and period."""
    capacity = case.capacity[j, service.id]
    if capacity.amount is None:
        return
    scale, place = found.service_scale[service.id], (service.id, j, t)
    need = case.need(service.id, j, t) / scale
    stock = capacity.amount[t] / scale
    usable = stock * (1.0 - capacity.outsiders)
    if need > 0:
        found.need[place] = need
    if usable > 0:
        found.supply[place] = usable
    if service.shares == "spare":
        found.spare[place] = max(0.0, usable - need)
    added = _additions(case, offered, service.id, j, t, stock, usable, scale)
    if added:
        found.added[place] = added


def _additions(
    case: Case, offered: Offered, s: str, j: str, t: str, stock: float, usable: float, scale: float
) -> tuple[tuple[str, float], ...]:
    """(measure, capacity that one serving unit adds) in one place."""
    added = [
        (a, measure.capacity / scale)
        for a, measure in offered.measures.items()
        if measure.service == s and measure.cities == (j,)
    ]
    for e in case.effects:
        if e.measure not in offered.measures:
            continue
        if isinstance(e, RaiseCapacity) and s in e.services and j in e.cities:
            added.append((e.measure, e.by * usable))
        if isinstance(e, OpenOutsidersShare) and s in e.services and j in e.cities:
            added.append((e.measure, e.share * stock))
    return tuple((a, amount) for a, amount in added if amount > 0 and offered.possible[t] & offered.bit[a])


def _pairs(case: Case, offered: Offered, service: Service, t: str, ways: Ways, found: _Found) -> None:
    """Who could ever be served where: within the bound, by the routes and rights of one consumer."""
    for j in case.cities:
        most = _most_shared(offered, (service.id, j, t), found)
        if most <= EPSILON:
            continue
        for i in case.cities:
            need = found.need.get((service.id, i, t), 0.0)
            if i == j or need == 0 or _serves_itself(service, (service.id, i, t), found):
                continue
            routes = _open_routes(case, offered, service, i, j, ways.travel)
            shut, consumer = ways.consumers.add(f"{service.id}.{i}.{j}.{t}", t, routes, float)
            if shut == 0 or consumer:
                found.pairs[service.id, i, j, t] = (min(open_need(found.need, found.supply, found.spare, (service.id, i, t)), most), consumer)


def _serves_itself(service: Service, place: Place, found: _Found) -> bool:
    """Whether a city's own stock meets its need, which then no other city's people can take."""
    return service.shares == "spare" and found.supply.get(place, 0.0) >= found.need[place]


def _most_shared(offered: Offered, place: Place, found: _Found) -> float:
    """The most that a city could ever serve of other cities' need."""
    stock = found.spare.get(place, found.supply.get(place, 0.0))
    added = 0.0
    for a, capacity in found.added.get(place, ()):
        added += capacity * offered.measures[a].most_serving(place[2])
    return stock + added


def _open_routes(case: Case, offered: Offered, service: Service, i: str, j: str, travel: Travel) -> list[Route]:
    """Routes by which people of `i` may use the service in `j`, as (0, needs): within the minutes, with the right."""
    found: list[Route] = []
    for minutes, right in _rights(case, offered, service, i, j):
        limit = hundredths(minutes)
        found += [(0, needs | right) for taken, needs in travel.routes(i, j) if taken <= limit]
    return found


def _rights(case: Case, offered: Offered, service: Service, i: str, j: str) -> list[tuple[float, int]]:
    """The ways in which people of `i` may be served in `j`: (minutes, signature that opens it, or 0)."""
    home, away = case.cities[i].jurisdiction, case.cities[j].jurisdiction
    if home == away or service.across_borders == "always":
        return [] if service.catchment_minutes is None else [(service.catchment_minutes, 0)]
    if service.across_borders == "never":
        return []
    found: list[tuple[float, int]] = []
    for e in case.effects:
        if isinstance(e, OpenService) and service.id in e.services and home in e.people_of and away in e.at:
            minutes = service.catchment_minutes if e.minutes is None else e.minutes
            if minutes is not None and e.measure in offered.bit:
                found.append((minutes, offered.bit[e.measure]))
    return found
