"""Services: whose need is met where, with which capacity, and across which borders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import Any

from models.gaps import size
from models.instance import Gap, Instance, Parameters, grouped, nothing
from models.measures import Made, Measures
from models.network import Network, saving

Place = tuple[str, str, str]  # (service s, city, period t)
NONE = 1e-9  # what is less than this, in service_scale units, is nothing
Amounts = Mapping[Place, float]
Pair = tuple[str, str, str, str]  # (s, home i, place j, t)
Use = tuple[str, str, str, str, str]  # (s, home i, place j, t, policy q that opens it at a price; "" = in force)


@dataclass(frozen=True)
class Services(Parameters):
    """Need, supply and capacity in service_scale units."""

    service_scale: Mapping[str, float] = nothing()  # s -> amounts here x service_scale = the service's own unit
    need: Mapping[Place, float] = nothing()  # N: (s, i, t) -> people x standard, above 0 only
    supply: Mapping[Place, float] = nothing()  # K: (s, j, t) -> existing capacity, less what outsiders use
    spare: Mapping[Place, float] = nothing()  # (s, j, t) -> max(0, K - m N); absent where all may be shared
    need_moved: Mapping[Place, tuple[tuple[str, float], ...]] = nothing()  # (s, i, t) -> (a, need a serving unit moves in)
    stock_moved: Mapping[Place, tuple[tuple[str, float], ...]] = nothing()  # (s, j, t) -> (a, stock a unit moves in)
    spare_between: Mapping[Place, tuple[float, float]] = nothing()  # (s, j, t) -> least and most K - m N, where that moves
    open_most: Mapping[Place, float] = nothing()  # (s, i, t) -> most needed beyond the stock, where moves change that
    most_size: Mapping[Place, float] = nothing()  # (s, i, t) -> most it could need in times of N, where above 1
    keeps: Mapping[str, float] = nothing()  # m: s -> times its own people's need that a city keeps, where not 1
    added: Mapping[Place, tuple[tuple[str, float], ...]] = nothing()  # (s, j, t) -> (a, capacity of a serving unit)
    shared: Mapping[Place, float] = nothing()  # (s, j, t) -> the most that j could ever serve of other cities' need
    pairs: Mapping[Pair, tuple[float, str | None]] = nothing()  # (s, i, j, t) -> (bound, c; None = open), where it is free
    priced: Mapping[Use, tuple[float, str | None]] = nothing()  # (s, i, j, t, q) -> the same, where use has a price
    price: Mapping[Use, float] = nothing()  # (s, i, j, t, q) -> money of the case a unit of the service and year
    resident_level: Mapping[Place, float] = nothing()  # no_level_falls: (s, i, t) -> what residents have without the plan
    away_counts: Mapping[str, float] = nothing()  # s -> what a need met in another city counts, where that is less than 1

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Of every need."""
        return tuple(self.need)

    def open_need(self, s: str, i: str, t: str) -> float:
        """What a city needs beyond its stock: see :func:`open_need`."""
        place = (s, i, t)
        if place in self.open_most:
            return self.open_most[place]
        return open_need(self.need, self.supply, self.spare, self.resident_level, place)

    def most_need(self, s: str, i: str, t: str) -> float:
        """The most that people of a city could need, with all who could move in."""
        return self.need[s, i, t] * self.most_size.get((s, i, t), 1.0)

    @cached_property
    def ways(self) -> Mapping[Pair, list[tuple[float, str | None]]]:
        """(s, i, j, t) -> bound and consumer of each way in which j could serve i, free and at a price."""
        free = [(pair, way) for pair, way in self.pairs.items()]
        return grouped([*free, *((use[:4], way) for use, way in self.priced.items())])

    @cached_property
    def policies(self) -> Mapping[Pair, list[str]]:
        """(s, i, j, t) -> policies q by which j could serve i at a price."""
        return grouped((use[:4], use[4]) for use in self.priced)

    @cached_property
    def leaving(self) -> Mapping[Place, list[str]]:
        """(s, i, t) -> cities j that could serve i."""
        return grouped(((s, i, t), j) for s, i, j, t in self.ways)

    @cached_property
    def arriving(self) -> Mapping[Place, list[str]]:
        """(s, j, t) -> cities i that j could serve."""
        return grouped(((s, j, t), i) for s, i, j, t in self.ways)


def open_need(need: Amounts, supply: Amounts, spare: Amounts, kept: Amounts, place: Place) -> float:
    r"""What a city needs beyond its stock, where others cannot take that stock; where they can, all of its need.

    A stock that is not enough for its own city has nothing to spare, so it is used there first, and nothing is lost by that:
    what is served elsewhere, or by what is built, is never more than this. Where residents' levels are `kept` it is lost: a
    city whose people use more elsewhere may give others as much of its own.

    .. math:: \mathit{open\_need}_{sit} = N_{sit} - K_{sit} \text{ for services shared as spare whose levels may fall,}
              \text{ else } N_{sit}
    """
    beyond = need.get(place, 0.0) - (supply.get(place, 0.0) if place in spare and place not in kept else 0.0)
    return beyond if beyond > NONE else 0.0


def declare(m: Any) -> None:
    """Need met at home, need met elsewhere (only where that can ever be), need unmet."""
    given: Instance = m.given
    own = given[Services]
    homes = [place for place in own.need if has_capacity(given, place)]
    m.decide("ServeHome", homes, "need for s of city i met in i itself, in t")
    m.decide("ServeAway", own.pairs, "need for s of city i met in city j, in t", away_bounds)
    m.decide("ServePriced", own.priced, "need for s of city i met in city j at a price, opened by q, in t", priced_bounds)
    m.decide("Unmet", own.need, "need for s of city i unmet in t")
    m.express("Added", own.added, added)

    changing = [place for place, (least, most) in own.spare_between.items() if least < 0 < most]
    m.decide("Spare", changing, "stock of s in j, in t, that its people do not keep, where moves decide if there is any")
    m.decide("HasSpare", changing, "1 if there is any of it", (0, 1), whole=True, follows=is_spare)


def has_capacity(given: Instance, place: tuple[str, str, str]) -> bool:
    """Whether a service has, or could get, any capacity in a city and period."""
    own = given[Services]
    return own.supply.get(place, 0.0) > 0 or bool(own.added.get(place) or own.stock_moved.get(place))


def is_spare(made: Made, s: str, j: str, t: str) -> bool:
    """Whether a city has more of a service than its people keep, after all that moved in and out."""
    own, place = made.given[Services], (s, j, t)
    moved = dict(own.stock_moved.get(place, ()))
    for a, amount in own.need_moved.get(place, ()):
        moved[a] = moved.get(a, 0.0) - own.keeps.get(s, 1.0) * amount
    there = own.supply.get(place, 0.0) - own.keeps.get(s, 1.0) * own.need.get(place, 0.0)
    return there + sum(amount * made.serving[t].get(a, 0.0) for a, amount in moved.items()) > 0


def need(m: Any, s: str, i: str, t: str) -> Any:
    r"""What people of a city need of a service, after all who moved in and out.

    .. math:: N_{sit}(x) = N_{sit} + \sum_{a} \mathit{need\_moved}_{sita}\, \mathit{Serves}_{at}
    """
    own: Services = m.given[Services]
    moving = own.need_moved.get((s, i, t), ())
    needed = own.need.get((s, i, t), 0.0)
    return needed + sum(amount * m.Serves[a, t] for a, amount in moving) if moving else needed


def stock(m: Any, s: str, j: str, t: str) -> Any:
    r"""What a city has of a service without what is added, after all that moved in and out.

    .. math:: K_{sjt}(x) = K_{sjt} + \sum_{a} \mathit{stock\_moved}_{sjta}\, \mathit{Serves}_{at}
    """
    own: Services = m.given[Services]
    moving = own.stock_moved.get((s, j, t), ())
    there = own.supply.get((s, j, t), 0.0)
    return there + sum(amount * m.Serves[a, t] for a, amount in moving) if moving else there


def spare(m: Any, s: str, j: str, t: str) -> Any:
    r"""What a city can spare of its stock: what its people do not keep.

    .. math:: \mathit{spare}_{sjt}(x) = \max(0, K_{sjt}(x) - m_{s} N_{sjt}(x))
    """
    own, place = m.given[Services], (s, j, t)
    if place not in own.spare_between:
        return own.spare[place]
    least, most = own.spare_between[place]
    if most <= 0:
        return 0
    return m.Spare[place] if least < 0 else stock(m, *place) - own.keeps.get(s, 1.0) * need(m, *place)


def away_bounds(m: Any, s: str, i: str, j: str, t: str) -> tuple[float, float]:
    """No more than is needed beyond the own stock, and no more than the other city could ever share."""
    return 0, m.given[Services].pairs[s, i, j, t][0]


def priced_bounds(m: Any, s: str, i: str, j: str, t: str, q: str) -> tuple[float, float]:
    """As of what is free."""
    return 0, m.given[Services].priced[s, i, j, t, q][0]


def away(m: Any, s: str, i: str, j: str, t: str) -> Any:
    r"""What people of a city have of a service in another one, free and at a price.

    .. math:: \mathit{Away}_{sijt} = \mathit{ServeAway}_{sijt} + \sum_{q} \mathit{ServePriced}_{sijtq}
    """
    by_price = [m.ServePriced[s, i, j, t, q] for q in m.given[Services].policies.get((s, i, j, t), ())]
    free = m.entry("ServeAway", s, i, j, t)
    return free + sum(by_price) if by_price else free


def added(m: Any, s: str, j: str, t: str) -> Any:
    r"""Capacity that serving measures add: facilities, a higher use of the stock, places opened to the cluster.

    .. math:: \mathit{Added}_{sjt} = \sum_{a} \mathit{capacity}_{asj}\, \mathit{Serves}_{at}
    """
    return sum(capacity * m.Serves[a, t] for a, capacity in m.given[Services].added[s, j, t])


def constrain(m: Any) -> None:
    """Rows of services."""
    own: Services = m.given[Services]
    arriving = own.arriving
    places = dict.fromkeys([*m.ServeHome, *arriving])
    m.state(need_is_met_or_unmet, own.need)
    m.state(gap_is_the_share_unmet, own.need)
    m.state(served_within_capacity, places)
    m.state(served_within_its_part_of_units, parts_of_units(m))
    m.state(served_elsewhere_within_what_can_be_spared, (place for place in arriving if place in own.spare))
    m.state(spare_is_what_people_do_not_keep, m.Spare)
    m.state(spare_only_where_there_is_any, m.Spare)
    m.state(served_elsewhere_while_what_all_need_serves, gathered(m))
    m.state(served_away_where_a_route_and_a_right_are_open, (p for p, (_, c) in own.pairs.items() if c is not None))
    m.state(no_level_falls, own.resident_level, promise=True)
    m.state(served_at_a_price_where_that_is_open, (use for use, (_, c) in own.priced.items() if c is not None))


def need_is_met_or_unmet(m: Any, s: str, i: str, t: str) -> Any:
    r"""All need is met at home, met elsewhere, or unmet.

    .. math:: \mathit{ServeHome}_{sit} + \sum_{j \ne i} \mathit{Away}_{sijt} + \mathit{Unmet}_{sit} = N_{sit}(x)
              \quad \forall s, i, t
    """
    home = m.entry("ServeHome", s, i, t)
    elsewhere = sum(away(m, s, i, j, t) for j in m.given[Services].leaving.get((s, i, t), ()))
    return home + elsewhere + m.Unmet[s, i, t] == need(m, s, i, t)


def gap_is_the_share_unmet(m: Any, s: str, i: str, t: str) -> Any:
    r"""A service's gap is the share of the need that is unmet, and of what is met elsewhere the part that does not count.

    It is a share of the need without any move, so that it is linear. An equation, so that a gap which no goal weighs does
    not float. Graduates follow what is met, wherever that is.

    .. math:: N_{sit}\, \mathit{Gap}_{sit} = \mathit{Unmet}_{sit}
              + (1 - \mathit{away\_counts}_{s}) \sum_{j \ne i} \mathit{Away}_{sijt} \quad \forall s, i, t
    """
    own: Services = m.given[Services]
    lost = 1.0 - own.away_counts.get(s, 1.0)
    elsewhere = lost * sum(away(m, s, i, j, t) for j in own.leaving.get((s, i, t), ())) if lost else 0
    return own.need[s, i, t] * m.Gap[s, i, t] == m.Unmet[s, i, t] + elsewhere


def served_from_elsewhere(m: Any, s: str, j: str, t: str) -> Any:
    """What a city serves of other cities' need."""
    return sum(away(m, s, i, j, t) for i in m.given[Services].arriving.get((s, j, t), ()))


def capacity_added(m: Any, s: str, j: str, t: str) -> Any:
    """The added capacity of a place; 0 where nothing could add any."""
    return m.entry("Added", s, j, t)


def served_within_capacity(m: Any, s: str, j: str, t: str) -> Any:
    r"""What a city serves, of its own and of others' need, stays within what it has and what was added.

    .. math:: \mathit{ServeHome}_{sjt} + \sum_{i \ne j} \mathit{Away}_{sijt} \le K_{sjt}(x) + \mathit{Added}_{sjt}
              \quad \forall s, j, t
    """
    home = m.entry("ServeHome", s, j, t)
    return home + served_from_elsewhere(m, s, j, t) <= stock(m, s, j, t) + capacity_added(m, s, j, t)


def parts_of_units(m: Any) -> list[tuple[str, str, str, str]]:
    """(s, i, j, t) of which a whole unit in j could serve more than all that i needs beyond its stock."""
    given: Instance = m.given
    own = given[Services]
    found = [(s, i, i, t) for s, i, t in m.ServeHome] + list(own.ways)
    return [
        (s, i, j, t)
        for s, i, j, t in found
        if any(a not in given[Measures].divisible and c > own.open_need(s, i, t) for a, c in own.added.get((s, j, t), ()))
    ]


def served_within_its_part_of_units(m: Any, s: str, i: str, j: str, t: str) -> Any:
    r"""A city's need is served by the stock, and by as much of each serving unit as it needs at most.

    Implied by the capacity where units are whole; stated because a fraction of a large unit would serve many small needs.

    .. math:: \mathit{Serve}_{sijt} \le K'_{sjt}
              + \sum_{a} \min(\mathit{capacity}_{asj}, \mathit{open\_need}_{sit})\, \mathit{Serves}_{at}
              \quad \forall s, i, j, t; \; K' = K \text{ at home, what can be spared elsewhere}
    """
    given: Instance = m.given
    own = given[Services]
    served = m.ServeHome[s, i, t] if i == j else away(m, s, i, j, t)
    there = spare(m, s, j, t) if i != j and (s, j, t) in own.spare else stock(m, s, j, t)
    most = own.open_need(s, i, t)
    parts = sum((c if a in given[Measures].divisible else min(c, most)) * m.Serves[a, t] for a, c in own.added[s, j, t])
    return served <= there + parts


def served_elsewhere_within_what_can_be_spared(m: Any, s: str, j: str, t: str) -> Any:
    r"""A city shares only what its own people do not need of the stock, and what was added.

    Where it keeps more than they need, m is above 1: of the stock, not of what is added, which may all be shared.

    .. math:: \sum_{i \ne j} \mathit{Away}_{sijt} \le \mathit{spare}_{sjt}(x) + \mathit{Added}_{sjt}
              \quad \forall s \text{ shared as spare}, j, t
    """
    return served_from_elsewhere(m, s, j, t) <= spare(m, s, j, t) + capacity_added(m, s, j, t)


def spare_is_what_people_do_not_keep(m: Any, s: str, j: str, t: str) -> Any:
    r"""Where moves decide whether a city has anything to spare, it is at most what its people do not keep.

    .. math:: \mathit{Spare}_{sjt} \le K_{sjt}(x) - m_{s} N_{sjt}(x)
              - \mathit{spare\_between}^{-}_{sjt} (1 - \mathit{HasSpare}_{sjt})
              \quad \forall s, j, t
    """
    own, place = m.given[Services], (s, j, t)
    left = stock(m, *place) - own.keeps.get(s, 1.0) * need(m, *place)
    return m.Spare[place] <= left - own.spare_between[place][0] * (1 - m.HasSpare[place])


def spare_only_where_there_is_any(m: Any, s: str, j: str, t: str) -> Any:
    r"""And nothing where its people would keep more than there is.

    .. math:: \mathit{Spare}_{sjt} \le \mathit{spare\_between}^{+}_{sjt}\, \mathit{HasSpare}_{sjt} \quad \forall s, j, t
    """
    return m.Spare[s, j, t] <= m.given[Services].spare_between[s, j, t][1] * m.HasSpare[s, j, t]


def arriving_through(m: Any, s: str, j: str, t: str, a: str) -> list[str]:
    """Cities whose every route to the service in j, free and at a price, needs measure a."""
    return [i for i in m.given[Services].arriving[s, j, t] if a in needed_to_come(m, s, i, j, t)]


def needed_to_come(m: Any, s: str, i: str, j: str, t: str) -> frozenset[str]:
    """The measures that every route and right of a city to the service in j needs."""
    common = m.given[Network].needed_by_all
    ways = (c for _, c in m.given[Services].ways[s, i, j, t])
    return frozenset.intersection(*(frozenset() if c is None else common.get(c, frozenset()) for c in ways))


def gathered(m: Any) -> Iterator[tuple[str, str, str, str]]:
    """(s, j, t, a) where cities that need measure a to come to j could take more than j could ever share."""
    own: Services = m.given[Services]
    for (s, j, t), cities in own.arriving.items():
        for a in dict.fromkeys(a for i in cities for a in sorted(needed_to_come(m, s, i, j, t))):
            most = sum(own.ways[s, i, j, t][0][0] for i in arriving_through(m, s, j, t, a))
            if most > own.shared.get((s, j, t), inf):
                yield s, j, t, a


def served_elsewhere_while_what_all_need_serves(m: Any, s: str, j: str, t: str, a: str) -> Any:
    r"""Cities that come to another one only while the same measure serves take no more of it together than it can share.

    Implied where signatures, links and hubs are whole; stated because a fraction of one, good for a fraction of each city's
    need, would be enough for all that there is to share.

    .. math:: \sum_{i \,:\, a \in \mathit{needs}_{r} \forall r \in \mathit{routes}_{c}} \mathit{Away}_{sijt}
              \le \mathit{shared}_{sjt}\, \mathit{Present}_{at} \quad \forall s, j, t, a, \; c = \mathit{consumer}(s,i,j,t)
    """
    serving = sum(away(m, s, i, j, t) for i in arriving_through(m, s, j, t, a))
    return serving <= m.given[Services].shared[s, j, t] * m.Present[a, t]


def served_away_where_a_route_and_a_right_are_open(m: Any, s: str, i: str, j: str, t: str) -> Any:
    r"""People use another city only by a route within the catchment, with the right to cross the border.

    A signature that opens the border stands among the needs of the routes, so that one consumer asks for both.

    .. math:: \mathit{ServeAway}_{sijt} \le \mathit{bound}_{sijt} \sum_{r \in \mathit{routes}_{c}} \mathit{Use}_{cr}
              \quad \forall s, i \ne j, t, \; c = \mathit{consumer}(s,i,j,t)
    """
    bound, consumer = m.given[Services].pairs[s, i, j, t]
    return m.ServeAway[s, i, j, t] <= bound * saving(m, consumer or "")


def served_at_a_price_where_that_is_open(m: Any, s: str, i: str, j: str, t: str, q: str) -> Any:
    r"""The same of use at a price: where policies ask different prices, each has its own column and its own consumer.

    All of them share the capacity there, and what can be spared.

    .. math:: \mathit{ServePriced}_{sijtq} \le \mathit{bound}_{sijt} \sum_{r \in \mathit{routes}_{c}} \mathit{Use}_{cr}
              \quad \forall s, i \ne j, t, q, \; c = \mathit{consumer}(s,i,j,t,q)
    """
    bound, consumer = m.given[Services].priced[s, i, j, t, q]
    return m.ServePriced[s, i, j, t, q] <= bound * saving(m, consumer or "")


def no_level_falls(m: Any, s: str, i: str, t: str) -> Any:
    r"""Residents have no less of a service than without the plan, also above the standard.

    What they have is what their city has and what was added, less what others use of it, and what they use elsewhere, as
    far as that counts.

    .. math:: \sum_{h \ne i} \mathit{Away}_{shit} - \mathit{away\_counts}_{s} \sum_{j \ne i} \mathit{Away}_{sijt}
              - \mathit{Added}_{sit} \le K_{sit}(x) - \mathit{resident\_level}_{sit}\, \mathit{size}_{sit}
              \quad \forall s, i, t
    """
    own: Services = m.given[Services]
    elsewhere = sum(away(m, s, i, j, t) for j in own.leaving.get((s, i, t), ()))
    given = served_from_elsewhere(m, s, i, t) - own.away_counts.get(s, 1.0) * elsewhere - capacity_added(m, s, i, t)
    return given + m.Never <= stock(m, s, i, t) - own.resident_level[s, i, t] * size(m, s, i, t)
