"""People, jobs and capacity that measures move from one city to another, and what that does to needs.

People who move take with them what they need: of a service for a group of people as much as the people of the city that
they leave have on average. Nobody is born or lost by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.case.effects import Relocate, Settle

if TYPE_CHECKING:
    from planner.case.case import Case

MOST_MOVED = 0.2  # of a city's people, jobs or need of a service: gaps are shares of what there is without any move


@dataclass(frozen=True)
class Move:
    """What one serving unit of a measure moves.

    Attributes
    ----------
    people
        People who move.
    jobs
        Existing jobs that move.
    capacity
        Service -> capacity for the cluster's people that moves.
    entitled, gives
        People of `from_city` who live in `to_city` already, and the services of which they become its people.
    """

    measure: str
    from_city: str
    to_city: str
    people: float = 0.0
    jobs: float = 0.0
    capacity: Mapping[str, float] | None = None
    entitled: float = 0.0
    gives: tuple[str, ...] = ()

    def heads(self, case: Case, service: str, period: str) -> float:
        """People of the group whom a service is for who change sides of it."""
        part = self.part(case, case.services[service].of, period)
        return part * (self.people + (self.entitled if service in self.gives else 0.0))

    def part(self, case: Case, group: str, period: str) -> float:
        """The part of those who move that is of a group: as of all people of the city that they leave."""
        place = case.cities[self.from_city]
        everybody = place.population[period]
        return 1.0 if group == "population" else place.heads(group, period) / everybody if everybody > 0 else 0.0

    def sign(self, city: str) -> float:
        """1 where it arrives, -1 where it leaves, 0 elsewhere."""
        return float(city == self.to_city) - float(city == self.from_city)


def moves_of(case: Case) -> Iterator[Move]:
    """All moves of a case, effect by effect."""
    for effect in case.effects:
        if isinstance(effect, Relocate):
            measure = case.measures[effect.measure]
            if measure.from_city is not None and measure.cities:
                yield Move(effect.measure, measure.from_city, measure.cities[0], effect.people, effect.jobs, effect.capacity)
        elif isinstance(effect, Settle):
            yield Move(
                effect.measure, effect.from_city, effect.to_city, effect.people, entitled=effect.entitled, gives=effect.gives
            )


def moved_need(case: Case, move: Move, service: str, city: str, period: str) -> float:
    """Need of a service that one serving unit moves into a city, below 0 where out of it; 0 where capacity is unknown."""
    if not move.sign(city) or case.capacity[city, service].amount is None:
        return 0.0
    return move.sign(city) * move.heads(case, service, period) * case.services[service].per_1000[period] / 1000.0


def moved_target(case: Case, move: Move, indicator: str, city: str, period: str) -> float:
    """By how much one serving unit raises the jobs (or output) that leave no gap in a city: only where it is per head."""
    work = case.work[indicator]
    if work.kind == "target" or city not in work.cities:
        return 0.0
    return move.sign(city) * move.people * work.share * case.level_today(indicator)


def moved_jobs(case: Case, move: Move, indicator: str, city: str) -> float:
    """By how much one serving unit raises the existing jobs of a city, for an indicator that counts jobs."""
    return move.sign(city) * move.jobs if case.work[indicator].of == "jobs" else 0.0
