"""Warnings of goals that would count it as progress, or as a loss, that people who lack something move."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.case import Case
from planner.case.goals import Goal
from planner.case.moves import Move, moved_need
from planner.words.said import _

ALIKE = 0.1  # relative: weights that differ by less weigh alike


def about_moves(case: Case) -> Iterator[str]:
    """Goals in which a unit of need weighs otherwise in the city that people leave than in the one that they move to."""
    moves = [move for move in case.moves if case.measures[move.measure].starts]
    for n, goal in enumerate(case.goals):
        if not goal.gap_parts:
            continue
        for service in goal.weights or case.services:
            unlike = next((found for move in moves if (found := _unlike(case, goal, move, service))), None)
            if unlike is not None:
                home, to, times = unlike
                yield _(
                    "goal {n}: what is lacking of {service} weighs {times:.2g} times as much in {home} as in {to}; that "
                    "people who lack it move there changes the goal, though nobody has more. Plans say, too, what those "
                    "who live in each city lack"
                ).format(n=n + 1, service=service, times=times, home=home, to=to)


def _unlike(case: Case, goal: Goal, move: Move, service: str) -> tuple[str, str, float] | None:
    """The two cities of a move, and how much more a unit of need weighs in the first; None where it weighs alike."""
    if service not in case.services:
        return None
    for t in case.period_ids:
        if moved_need(case, move, service, move.to_city, t) > 0:
            left, reached = (_weight(case, goal, service, i, t) for i in (move.from_city, move.to_city))
            times = left / reached if reached > 0 else 1.0
            if abs(times - 1.0) > ALIKE:
                return move.from_city, move.to_city, times
    return None


def _weight(case: Case, goal: Goal, service: str, city: str, t: str) -> float:
    """What a unit of need weighs in a goal; 0 where that is not told by the city alone."""
    place, need = case.cities[city], case.need(service, city, t)
    if need <= 0 or goal.weigh_by == "trips":
        return 0.0
    if goal.weigh_by == "equally":
        return 1.0 / need
    if goal.weigh_by == "population" or goal.weigh_by in case.people:
        return place.heads(goal.weigh_by, t) / need
    return (getattr(place, goal.weigh_by) or 0.0) / need
