"""Who is worst off: city gaps, who is among the worst share of people, and what the parts of a goal about gaps come to."""

from __future__ import annotations

from collections.abc import Mapping

from planner.case import Case, Goal
from planner.compiling.goals import Place, people_shares, weights


def city_gaps(weight: Mapping[Place, float], gaps: Mapping[Place, float]) -> dict[str, float]:
    """A city's gap: the weighted mean over its indicators and periods."""
    total: dict[str, float] = {}
    missing: dict[str, float] = {}
    for place, w in weight.items():
        total[place[1]] = total.get(place[1], 0.0) + w
        missing[place[1]] = missing.get(place[1], 0.0) + w * gaps[place]
    return {i: missing[i] / total[i] for i in total}


def among_the_worst(people: Mapping[str, float], gaps: Mapping[str, float], share: float) -> dict[str, float]:
    """The worst share of people: city -> its people in it, as a share of all; of the last city only a part is."""
    found: dict[str, float] = {}
    left = share
    for i in sorted(gaps, key=lambda i: -gaps[i]):
        found[i] = min(max(0.0, left), people[i])
        left -= found[i]
    return {i: part for i, part in found.items() if part > 0}


def value_of_gaps(case: Case, goal: Goal, gaps: Mapping[Place, float]) -> float:
    """The parts of a goal that are about gaps, added up with their weights."""
    weight = weights(case, goal, gaps)
    by_city = city_gaps(weight, gaps)
    largest = max(by_city.values(), default=0.0)
    share = goal.worst_people
    worst = among_the_worst(people_shares(case, goal, by_city), by_city, share)
    parts = {
        "gaps": sum(w * gaps[place] for place, w in weight.items()),
        "worst_city": largest,
        "worst_share": sum(part * by_city[i] for i, part in worst.items()) / share,
        "worst_off_first": largest,
    }
    return sum(weight * parts[part] for part, weight in goal.gap_parts.items())
