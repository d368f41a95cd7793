"""Stand-alone plans: what each jurisdiction could do for its own cities with only what it alone signs and pays.

In its stand-alone case a jurisdiction has the candidates that are wholly its own, its own lines and its population share of
the lines that nobody's government holds. What was decided before stays, and is paid for already, out of the same lines.
Targets, rules, and the caps of airsheds that it shares with others, bind the common plan and not this one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import models.instance as mathematics
from planner.case.nouns import Airshed, Case, FrozenDict, Goal, Line, Measure
from planner.compiling.goals import weights
from planner.figures.settled import Settled

Place = tuple[str, str, str]  # (indicator, city, period)


@dataclass(frozen=True)
class Alone:
    """What a jurisdiction's own goal comes to in its stand-alone plan, and what no such plan can beat."""

    jurisdiction: str
    value: float
    bound: float
    proven: bool  # within the asked gap
    reason: str = ""


def own_goal(case: Case, who: str) -> Goal:
    """The first goal about gaps, over a jurisdiction's own cities."""
    goal = next((goal for goal in case.goals if {"gaps", "worst_city"} & set(goal.parts)), case.goals[0])
    parts = {part: weight for part, weight in goal.parts.items() if part in ("gaps", "worst_city")}
    cities = tuple(i for i in goal.cities if case.cities[i].jurisdiction == who)
    return replace(goal, name=f"{who} alone", parts=FrozenDict(parts or {"gaps": 1.0}), cities=cities)


def promise(case: Case, instance: mathematics.Instance) -> dict[str, mathematics.Alone]:
    """The own goal of each jurisdiction as the mathematics see it; nothing is promised (limit 10) until it is known."""
    found: dict[str, mathematics.Alone] = {}
    for who in case.jurisdictions:
        goal = own_goal(case, who)
        weight = weights(case, goal, instance.gaps)
        if weight:
            total: dict[str, float] = {}
            for (_, i, _), w in weight.items():
                total[i] = total.get(i, 0.0) + w
            by_city = {place: w / total[place[1]] for place, w in weight.items()}
            parts = goal.parts.get("gaps", 0.0), goal.parts.get("worst_city", 0.0)
            found[who] = mathematics.Alone(10.0 * sum(parts), *parts, weight, by_city)
    return found


def own_value(case: Case, who: str, gaps: Mapping[Place, float]) -> float:
    """A jurisdiction's own goal in a plan with these gaps."""
    goal = own_goal(case, who)
    weight = weights(case, goal, gaps)
    total: dict[str, float] = {}
    missing: dict[str, float] = {}
    for place, w in weight.items():
        total[place[1]] = total.get(place[1], 0.0) + w
        missing[place[1]] = missing.get(place[1], 0.0) + w * gaps[place]
    worst = max((missing[i] / total[i] for i in total), default=0.0)
    return goal.parts.get("gaps", 0.0) * sum(missing.values()) + goal.parts.get("worst_city", 0.0) * worst


def stand_alone_case(case: Case, who: str, without: Settled) -> Case:
    """The case as one jurisdiction has it to itself.

    Parameters
    ----------
    without
        The world without the plan: what it pays for the measures decided before is taken from the lines.
    """
    return replace(
        case,
        measures=FrozenDict({a: _own_measure(case, who, measure) for a, measure in case.measures.items()}),
        lines=FrozenDict({l: _own_line(case, who, line, without) for l, line in case.lines.items()}),
        airsheds=FrozenDict({h: _own_airshed(case, who, airshed) for h, airshed in case.airsheds.items()}),
        targets=(),
        rules=(),
        goals=(own_goal(case, who),),
        nobody_worse_off=False,
    )


def is_own(case: Case, who: str, measure: Measure) -> bool:
    """Whether a jurisdiction can do a measure alone: nobody else hosts it, signs it or sends it firms."""
    park = case.parks.get(measure.id)
    origin = {case.cities[park.origin].jurisdiction} if park is not None and park.origin is not None else set()
    return {*measure.jurisdictions} | origin <= {who}


def _own_measure(case: Case, who: str, measure: Measure) -> Measure:
    if measure.status == "decided":
        nothing = FrozenDict[str, float]()
        starts = tuple(replace(start, capital=nothing, running=nothing) for start in measure.starts)
        return replace(measure, capital_cost=0.0, running_cost=0.0, starts=starts)
    return measure if is_own(case, who, measure) else replace(measure, status="ruled_out", starts=())


def _own_airshed(case: Case, who: str, airshed: Airshed) -> Airshed:
    """An airshed over other jurisdictions too has no cap here: one alone might not be able to keep it."""
    over = {city.jurisdiction for city in case.cities.values() if city.airshed == airshed.id}
    return airshed if over == {who} else replace(airshed, cap=None)


def _own_line(case: Case, who: str, line: Line, without: Settled) -> Line:
    share = _share(case, who, line)
    paid = dict.fromkeys(case.period_ids, 0.0)
    for (_, l, _, t), money in without.payments.items():
        if l == line.id:
            paid[t] += money
    left = {t: line.amount[t] - paid[t] for t in case.period_ids}
    for before, t in reversed(list(zip(case.period_ids, case.period_ids[1:], strict=False))):
        if left[t] < 0 and line.carry_over:  # paid from what was kept
            left[before], left[t] = left[before] + left[t], 0.0
    amount = {t: max(0.0, left[t]) * share[t] for t in case.period_ids}
    return replace(
        line,
        amount=FrozenDict(amount),
        minimum=FrozenDict(dict.fromkeys(case.period_ids, 0.0)),
        borrowing=line.borrowing if line.holder == who else None,
    )


def _share(case: Case, who: str, line: Line) -> dict[str, float]:
    """What a jurisdiction has of a line, by period: all of its own, its people's share of a common one, none of others'."""
    if line.holder in case.jurisdictions:
        return dict.fromkeys(case.period_ids, 1.0 if line.holder == who else 0.0)
    share: dict[str, float] = {}
    for t in case.period_ids:
        people = sum(city.population[t] for city in case.cities.values())
        own = sum(city.population[t] for city in case.cities.values() if city.jurisdiction == who)
        share[t] = own / people if people > 0 else 0.0
    return share
