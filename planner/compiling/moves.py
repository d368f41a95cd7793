"""Moves: who and what measures that can start move from city to city, and what that makes of crowding."""

from __future__ import annotations

from models.crowding import CrowdGap, Crowding
from models.instance import Instance, grouped, summed
from models.moves import THOUSAND, Moves
from planner.case import Case, Move
from planner.compiling.can_start import Offered
from planner.compiling.network import Ways


def possible_moves(case: Case, offered: Offered) -> list[Move]:
    """The moves of measures that can start."""
    return [move for move in case.moves if move.measure in offered.measures]


def moves(case: Case, offered: Offered, given: Instance, ways: Ways) -> Moves:
    """People who move in and out of each city, and for how many there is housing."""
    some = possible_moves(case, offered)
    people = grouped(
        (i, (move.measure, move.sign(i) * move.people / THOUSAND))
        for move in some
        for i in case.cities
        if move.people and move.sign(i)
    )
    housing = {i: city.housing for i, city in case.cities.items() if city.housing is not None}
    return Moves(
        people_moved={i: tuple(parts) for i, parts in people.items()},
        housing={(i, t): room / THOUSAND for i, room in housing.items() for t in case.period_ids},
    )


def crowding(case: Case, offered: Offered, given: Instance, ways: Ways) -> Crowding:
    """Every indicator of crowding in each of its cities and periods."""
    some = possible_moves(case, offered)
    found = {}
    for x, indicator in case.crowding.items():
        for i in indicator.cities:
            meant = case.cities[i].meant_for or 1.0
            span = (indicator.worst - 1.0) * meant
            moving = (move for move in some if move.people and move.sign(i))
            parts = summed((move.measure, move.sign(i) * move.people / span) for move in moving)
            for t in case.period_ids:
                found[x, i, t] = CrowdGap((case.cities[i].population[t] - meant) / span, parts)
    return Crowding(found)
