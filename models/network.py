"""Network design: one of the known routes is used, and only where all that it needs serves.

The routes are found once (see `models.routes`); the rows are summed over the routes of a consumer, never one a route: that
is what makes the relaxation tight.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from models.instance import Parameters, nothing
from models.measures import WHOLE, Made

Needs = tuple[str, ...]  # measures that must all serve


@dataclass(frozen=True)
class Consumer:
    """A list of routes of which one may be used in one period; no route of the list dominates another.

    Attributes
    ----------
    period
        The period in which the routes are chosen among.
    routes
        (saved, needs) of each route: `saved` in (0, 1] is what the route takes off a gap (or 1 where the question is only
        whether some route is open), `needs` the measures that must serve.
    """

    period: str
    routes: tuple[tuple[float, Needs], ...]


@dataclass(frozen=True)
class Network(Parameters):
    """Who may travel by which routes."""

    consumers: Mapping[str, Consumer] = nothing()  # c -> its routes: (saved, needs) each

    @cached_property
    def needed_by_all(self) -> Mapping[str, frozenset[str]]:
        """c, where it has routes -> measures that each of them needs."""
        return {
            c: frozenset.intersection(*(frozenset(needs) for _, needs in consumer.routes))
            for c, consumer in self.consumers.items()
            if consumer.routes
        }


def declare(m: Any) -> None:
    """Which share of a consumer's trips takes which route; whole by itself, since no row rewards a larger gap."""
    own: Network = m.given[Network]
    routes = [(c, r) for c, consumer in own.consumers.items() for r in range(len(consumer.routes))]
    m.decide("Use", routes, "share of consumer c's trips that take its route r", (0, 1), follows=part_of_trips)


def part_of_trips(made: Made, c: str, r: int) -> float:
    """All trips take the route that saves most of those that are open: no row rewards a larger gap."""
    best, present = made.once(("best route", c), lambda: best_route(made, c))
    return present if r == best else 0.0


def best_route(made: Made, c: str) -> tuple[int, float]:
    """Which route of a consumer saves most of those whose measures all serve, or -1; and how far they serve, at most 1."""
    consumer = made.given[Network].consumers[c]
    serving = made.serving[consumer.period]
    found, most = (-1, 0.0), 0.0
    for r, (saved, needs) in enumerate(consumer.routes):
        present = min((serving.get(a, 0.0) for a in needs), default=1.0)
        if saved > most and present >= 1 - WHOLE:
            found, most = (r, min(1.0, present)), saved
    return found


def constrain(m: Any) -> None:
    """Rows of the network."""
    own: Network = m.given[Network]
    m.state(at_most_one_route, (c for c, consumer in own.consumers.items() if len(consumer.routes) > 1))
    m.state(
        routes_need_what_serves,
        ((c, a) for c, consumer in own.consumers.items() for a in needed(consumer.routes)),
    )


def needed(routes: tuple[tuple[float, tuple[str, ...]], ...]) -> tuple[str, ...]:
    """The measures that some route of a consumer needs, in order of first appearance."""
    return tuple(dict.fromkeys(a for _, needs in routes for a in needs))


def at_most_one_route(m: Any, c: str) -> Any:
    r"""A consumer's trips take one route at most.

    .. math:: \sum_{r \in \mathit{routes}_{c}} \mathit{Use}_{cr} \le 1 \quad \forall c
    """
    return sum(m.Use[c, r] for r in range(len(m.given[Network].consumers[c].routes))) <= 1


def routes_need_what_serves(m: Any, c: str, a: str) -> Any:
    r"""All routes of a consumer that need a measure are open together only as far as it serves.

    .. math:: \sum_{r \in \mathit{routes}_{c} \,:\, a \in \mathit{needs}_{r}} \mathit{Use}_{cr} \le \mathit{Present}_{at}
              \quad \forall c \text{ in period } t, a
    """
    consumer = m.given[Network].consumers[c]
    using = sum(m.Use[c, r] for r, (_, needs) in enumerate(consumer.routes) if a in needs)
    return using <= m.Present[a, consumer.period]


def saving(m: Any, c: str) -> Any:
    """What the routes used by a consumer save."""
    return sum(saved * m.Use[c, r] for r, (saved, _) in enumerate(m.given[Network].consumers[c].routes))
