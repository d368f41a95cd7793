"""Services: need, supply, what could be added, and who may ever be served where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from models.instance import Instance, grouped, summed
from models.routes import Route
from models.services import Pair, Place, Services, Use, open_need
from planner.case import Case, Move, OpenOutsidersShare, OpenService, RaiseCapacity, Service
from planner.case.moves import moved_need
from planner.case.travel import hundredths
from planner.compiling.can_start import Offered, tens
from planner.compiling.moves import possible_moves
from planner.compiling.network import Travel, Ways

EPSILON = 1e-9
ROUNDING = 1e-12  # of the parts of a sum: a sum that is no more than that is 0


@dataclass(frozen=True)
class Right:
    """A way to be served in another city: within so many minutes, once a signature opens it, at a price.

    Attributes
    ----------
    signature
        The measure that opens it, as a bit; 0 where nothing has to be signed.
    policy
        Its id, "" where there is none: use at a price is told apart by it.
    price
        Money a unit of use and year.
    """

    minutes: float
    signature: int = 0
    policy: str = ""
    price: float = 0.0

    @property
    def way(self) -> tuple[str, float] | None:
        """Policy and price, where use has one; None where it is free: whoever opens it then makes no difference."""
        return (self.policy, self.price) if self.price > 0 else None


Limits = tuple[Right, ...]
Rights = tuple[tuple[tuple[str, str], Limits], ...]  # of people of one jurisdiction in another
ByWay = Mapping[tuple[str, float] | None, list[Route]]  # routes of each way to be served, free or at a price


@dataclass(frozen=True)
class _Found:
    """What is found place by place, in service_scale units."""

    service_scale: dict[str, float] = field(default_factory=dict)
    need: dict[Place, float] = field(default_factory=dict)
    supply: dict[Place, float] = field(default_factory=dict)
    spare: dict[Place, float] = field(default_factory=dict)
    need_moved: dict[Place, tuple[tuple[str, float], ...]] = field(default_factory=dict)
    stock_moved: dict[Place, tuple[tuple[str, float], ...]] = field(default_factory=dict)
    spare_between: dict[Place, tuple[float, float]] = field(default_factory=dict)
    open_most: dict[Place, float] = field(default_factory=dict)
    most_size: dict[Place, float] = field(default_factory=dict)
    keeps: dict[str, float] = field(default_factory=dict)
    added: dict[Place, tuple[tuple[str, float], ...]] = field(default_factory=dict)
    shared: dict[Place, float] = field(default_factory=dict)
    pairs: dict[Pair, tuple[float, str | None]] = field(default_factory=dict)
    priced: dict[Use, tuple[float, str | None]] = field(default_factory=dict)
    price: dict[Use, float] = field(default_factory=dict)
    resident_level: dict[Place, float] = field(default_factory=dict)
    away_counts: dict[str, float] = field(default_factory=dict)


def services(case: Case, offered: Offered, given: Instance, ways: Ways) -> Services:
    """What people need, what there is and could be of it, and who may be served where."""
    found = _Found()
    facilities = grouped(
        ((measure.service, measure.cities[0]), a)
        for a, measure in offered.measures.items()
        if measure.service and len(measure.cities) == 1
    )
    some = possible_moves(case, offered)
    reaching: dict[Rights, _Reaching] = {}  # services with the same rights and minutes are reached by the same routes
    for service in case.services.values():
        found.service_scale[service.id] = _scale(case, service)
        if service.away_counts is not None:
            found.away_counts[service.id] = service.away_counts
        if some and service.kept_times != 1:
            found.keeps[service.id] = service.kept_times
        for t in case.period_ids:
            for j in case.cities:
                _place(case, offered, facilities.get((service.id, j), ()), service, j, t, found)
                if some and case.capacity[j, service.id].amount is not None:
                    _moved(case, offered, some, service, j, t, found)
        rights = _rights_of(case, offered, service)
        routes = reaching.setdefault(rights, _Reaching(case, dict(rights), ways.travel))
        for t in case.period_ids:
            _pairs(case, offered, service, t, ways, routes, found)
    return Services(**vars(found))


def ask(case: Case, offered: Offered, travel: Travel) -> None:
    """Say which trips can matter to some service: those within its minutes, between cities with a right that could open."""
    for rights in dict.fromkeys(_rights_of(case, offered, service) for service in case.services.values()):
        limits = {who: [hundredths(right.minutes) for right in some] for who, some in rights if some}
        for i, home in case.cities.items():
            for j, away in case.cities.items():
                some = limits.get((home.jurisdiction, away.jurisdiction)) if i != j else None
                if some is None:
                    continue
                without = travel.without(i, j)
                longest = max((limit for limit in some if limit < without), default=None)
                if longest is not None:
                    travel.ask(i, j, longest)


def _scale(case: Case, service: Service) -> float:
    """A power of ten that brings the largest need to between 10 and 100: solver tolerances are absolute."""
    return tens(case.need(service.id, i, t) for i in case.cities for t in case.period_ids)


def _place(case: Case, offered: Offered, facilities: Sequence[str], service: Service, j: str, t: str, found: _Found) -> None:
    """Need, supply, spare and possible additions of one city and period, with the measures that are facilities there."""
    capacity = case.capacity[j, service.id]
    if capacity.amount is None:
        return
    scale, place = found.service_scale[service.id], (service.id, j, t)
    need = case.need(service.id, j, t) / scale
    stock = capacity.amount[t] / scale
    usable = stock * (1.0 - capacity.outsiders)
    if need > 0:
        found.need[place] = need
        if service.id in case.no_level_falls:
            found.resident_level[place] = 0.0  # what they have without the plan is known once that is settled
    if usable > 0:
        found.supply[place] = usable
    if service.shares == "spare":
        found.spare[place] = max(0.0, usable - service.kept_times * need)
    amounts = [(a, offered.measures[a].capacity / scale) for a in facilities]
    amounts += _effects(case, offered, service.id, j, stock, usable)
    added = tuple((a, amount) for a, amount in amounts if amount > 0 and offered.possible[t] & offered.bit[a])
    if added:
        found.added[place] = added


def _moved(case: Case, offered: Offered, some: list[Move], service: Service, j: str, t: str, found: _Found) -> None:
    """Need and stock that move into a city or out of it, and between which bounds that leaves what depends on them."""
    place, scale = (service.id, j, t), found.service_scale[service.id]
    serving = [move for move in some if offered.possible[t] & offered.bit[move.measure]]
    needs = summed((m.measure, n) for m in serving if (n := moved_need(case, m, service.id, j, t) / scale))
    stocks = summed((m.measure, k) for m in serving if (k := m.sign(j) * (m.capacity or {}).get(service.id, 0.0) / scale))
    if not needs and not stocks:
        return
    kept, need, stock = service.kept_times, found.need.get(place, 0.0), found.supply.get(place, 0.0)
    most = {a: offered.measures[a].most_serving(t) for a in {**needs, **stocks}}
    _least, needed = between(need, needs, most)
    if needs:
        found.need_moved[place] = tuple(needs.items())
        if needed > need > 0:
            found.most_size[place] = needed / need
    if stocks:
        found.stock_moved[place] = tuple(stocks.items())
    if service.shares == "spare":
        parts = {a: stocks.get(a, 0.0) - kept * needs.get(a, 0.0) for a in most}
        found.spare_between[place] = between(stock - kept * need, parts, most)
    lacking = {a: needs.get(a, 0.0) - stocks.get(a, 0.0) for a in most}
    keeps_level = place in found.resident_level
    beyond = between(need - stock, lacking, most)[1] if service.shares == "spare" and not keeps_level else needed
    found.open_most[place] = max(0.0, beyond)


def between(base: float, parts: Mapping[str, float], most: Mapping[str, float]) -> tuple[float, float]:
    """Least and most of a sum over measures, each with up to so many units; what rounding leaves of 0 is 0."""
    least = base + sum(min(0.0, part) * most[a] for a, part in parts.items())
    largest = base + sum(max(0.0, part) * most[a] for a, part in parts.items())
    rounding = ROUNDING * (abs(base) + sum(abs(part) * most[a] for a, part in parts.items()))
    return (0.0 if abs(least) <= rounding else least), (0.0 if abs(largest) <= rounding else largest)


def _effects(case: Case, offered: Offered, s: str, j: str, stock: float, usable: float) -> Iterator[tuple[str, float]]:
    """(measure, capacity that it opens or adds by its effects) in one place."""
    for e in case.effects:
        if e.measure not in offered.measures:
            continue
        if isinstance(e, RaiseCapacity) and s in e.services and j in e.cities:
            yield e.measure, e.by * usable
        if isinstance(e, OpenOutsidersShare) and s in e.services and j in e.cities:
            yield e.measure, e.share * stock


def _pairs(case: Case, offered: Offered, service: Service, t: str, ways: Ways, reaching: _Reaching, found: _Found) -> None:
    """Who could ever be served where: within the bound, by the routes and rights of one consumer."""
    for j in case.cities:
        most = _most_shared(offered, (service.id, j, t), found)
        if most <= EPSILON:
            continue
        found.shared[service.id, j, t] = most
        for i, by_way in reaching.routes_to(j).items():
            place = (service.id, i, t)
            asked = found.open_most.get(place, open_need(found.need, found.supply, found.spare, found.resident_level, place))
            if asked == 0:
                continue
            for way, routes in by_way.items():
                name = f"{service.id}.{i}.{j}.{t}" if way is None else f"{service.id}.{i}.{j}.{t}.{way[0]}"
                shut, consumer = ways.consumers.add(name, t, routes, float)
                if shut > 0 and not consumer:
                    continue
                if way is None:
                    found.pairs[service.id, i, j, t] = (min(asked, most), consumer)
                else:
                    policy, price = way
                    found.priced[service.id, i, j, t, policy] = (min(asked, most), consumer)
                    found.price[service.id, i, j, t, policy] = price


def _most_shared(offered: Offered, place: Place, found: _Found) -> float:
    """The most that a city could ever serve of other cities' need."""
    stock = found.spare.get(place, found.supply.get(place, 0.0))
    if place in found.spare_between:
        stock = max(0.0, found.spare_between[place][1])
    elif place in found.stock_moved:
        stock += sum(max(0.0, amount) * offered.measures[a].most_serving(place[2]) for a, amount in found.stock_moved[place])
    added = 0.0
    for a, capacity in found.added.get(place, ()):
        added += capacity * offered.measures[a].most_serving(place[2])
    return stock + added


class _Reaching:
    """The routes by which people may use a service elsewhere, found once for all periods and for all services alike."""

    def __init__(self, case: Case, rights: Mapping[tuple[str, str], Limits], travel: Travel) -> None:
        self._case, self._rights, self._travel = case, rights, travel
        self._known: dict[str, dict[str, ByWay]] = {}

    def routes_to(self, j: str) -> dict[str, ByWay]:
        """City i -> routes as (0, needs) by which its people may be served in `j`; no entry where there is none."""
        if j not in self._known:
            found = {i: self._routes(i, j) for i in self._case.cities if i != j}
            self._known[j] = {i: routes for i, routes in found.items() if routes}
        return self._known[j]

    def _routes(self, i: str, j: str) -> ByWay:
        """Within the minutes, with the right."""
        found: list[tuple[tuple[str, float] | None, Route]] = []
        for right in self._rights[self._case.cities[i].jurisdiction, self._case.cities[j].jurisdiction]:
            limit, needed = hundredths(right.minutes), right.signature
            found += [(right.way, (0, needs | needed)) for taken, needs in self._travel.routes(i, j) if taken <= limit]
        return grouped(found)


def _rights_of(case: Case, offered: Offered, service: Service) -> Rights:
    """Between any two jurisdictions, the ways in which people of the first may be served in the second."""
    return tuple(
        ((home, away), tuple(_rights(case, offered, service, home, away)))
        for home in case.jurisdictions
        for away in case.jurisdictions
    )


def _rights(case: Case, offered: Offered, service: Service, home: str, away: str) -> list[Right]:
    """The ways in which people of one jurisdiction may be served in another."""
    if home == away or service.across_borders == "always":
        price = 0.0 if home == away else service.price_by(None)
        return [] if service.catchment_minutes is None else [Right(service.catchment_minutes, price=price)]
    if service.across_borders == "never":
        return []
    found: list[Right] = []
    for e in (*case.in_force, *case.effects):
        if isinstance(e, OpenService) and service.id in e.services and home in e.people_of and away in e.at:
            minutes = service.catchment_minutes if e.minutes is None else e.minutes
            if minutes is not None and (not e.measure or e.measure in offered.bit):
                signature = offered.bit[e.measure] if e.measure else 0
                found.append(Right(minutes, signature, e.measure, service.price_by(e.price)))
    return found
