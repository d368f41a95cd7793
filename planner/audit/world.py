"""The cluster in three situations: with the plan, without it (the decided measures alone), and today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.audit.network import Arcs, Minutes, Network, fastest, hundredths
from planner.audit.years import Serving, starts_without_plan
from planner.case.nouns import Case
from planner.plans.tables import Decision


@dataclass
class Situation:
    """What serves, and the network that follows from it (kept, since several checks ask for the same)."""

    case: Case
    network: Network
    serving: Serving
    _arcs: dict[tuple[str, tuple[str, ...]], Arcs] = field(default_factory=dict)
    _minutes: dict[tuple[str, tuple[str, ...]], Minutes] = field(default_factory=dict)

    def arcs(self, period: str, modes: tuple[str, ...] | None = None) -> Arcs:
        """What one can do in a period, by the modes given (default all)."""
        used = self._used(modes)
        if (period, used) not in self._arcs:
            self._arcs[period, used] = self.network.arcs(self.serving, period, used)
        return self._arcs[period, used]

    def minutes(self, period: str, modes: tuple[str, ...] | None = None) -> Minutes:
        """Fastest hundredths of minutes between all cities in a period, by the modes given (default all)."""
        used = self._used(modes)
        if (period, used) not in self._minutes:
            self._minutes[period, used] = fastest(list(self.case.cities), self.arcs(period, used))
        return self._minutes[period, used]

    def is_within(self, origin: str, destination: str, minutes: float, period: str) -> bool:
        """Whether one gets from a city to another within so many minutes, by any modes; a city is 0 from itself."""
        at = list(self.case.cities)
        return bool(self.minutes(period)[at.index(origin), at.index(destination)] <= hundredths(minutes))

    def _used(self, modes: tuple[str, ...] | None) -> tuple[str, ...]:
        return tuple(mode for mode in self.case.modes if modes is None or mode in modes)

    def offers(self, service: str, city: str, period: str) -> bool:
        """Whether a service is offered in a city: capacity there already, or one whole unit of a facility serving."""
        amount = self.case.capacity[city, service].amount
        if amount is not None and amount[period] > 0:
            return True
        return any(
            m.kind == "facility" and m.service == service and city in m.cities and self.serving.serves(m.id, period)
            for m in self.case.measures.values()
        )


@dataclass(frozen=True)
class World:
    """The three situations; `today` is asked for the period ``TODAY`` only."""

    today: Situation
    without: Situation
    with_plan: Situation


def world(case: Case, decisions: Mapping[tuple[str, str], Decision]) -> World:
    """The three situations of a plan."""
    network = Network(case)
    with_plan = Serving(case, {key: row.units for key, row in decisions.items()})
    return World(
        today=Situation(case, network, Serving(case, {})),
        without=Situation(case, network, Serving(case, starts_without_plan(case))),
        with_plan=Situation(case, network, with_plan),
    )
