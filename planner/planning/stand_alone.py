"""Stand-alone plans: what each jurisdiction could do for its own cities with only what it alone signs and pays.

In its stand-alone case a jurisdiction has the candidates that are wholly its own, its own lines and its population share of
the lines that nobody's government holds. What was decided before stays, and is paid for already, out of the same lines.
Borders are closed to services. Of the room under the cap of an airshed it has its people's share. Targets and rules bind the
common plan, not this one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import models.alone
from models.alone import StandAlone
from models.instance import Instance
from planner.case import After, Airshed, Case, City, FrozenDict, Gate, Goal, Line, Measure, Park
from planner.compiling.goals import (
    first_about_gaps,
    number_of_curve,
    part_weights,
    tails,
    value_of_gaps,
    weights,
    within_cities,
)
from planner.planning.figures.settled import Settled
from planner.plans.plan import Plan

Place = tuple[str, str, str]  # (indicator, city, period)


@dataclass(frozen=True)
class Alone:
    """What a jurisdiction's own goal comes to in its stand-alone plan, and what no such plan can beat."""

    jurisdiction: str
    value: float
    bound: float
    proven: bool  # within the asked gap
    reason: str = ""


def alone_of(plan: Plan) -> tuple[Alone, ...]:
    """What each jurisdiction reaches alone, as a plan has it."""
    table = plan.tables["alone"]
    columns = (table["jurisdiction"], table["value_alone"], table["bound_alone"])
    return tuple(Alone(str(who), float(value), float(bound), True) for who, value, bound in zip(*columns, strict=True))


def own_goal(case: Case, who: str) -> Goal:
    """The first goal about gaps, over a jurisdiction's own cities.

    Where that takes the worst off first, a jurisdiction is worse off if its worst city is: no single row can compare whole
    orders of cities.
    """
    goal = first_about_gaps(case)
    cities = tuple(i for i in goal.cities if case.cities[i].jurisdiction == who)
    parts = {"worst_city" if part == "worst_off_first" else part: weight for part, weight in goal.gap_parts.items()}
    own = FrozenDict(parts or {"gaps": 1.0})
    where = FrozenDict({**goal.where, "jurisdiction": (who,)})
    return replace(goal, name=f"{who} alone", parts=own, where=where, cities=cities, at_most=None)


def promise(case: Case, instance: Instance) -> models.alone.Alone:
    """The own goal of each jurisdiction as the mathematics see it; nothing is promised (limit 10) until it is known."""
    found: dict[str, StandAlone] = {}
    for who in case.jurisdictions:
        goal = own_goal(case, who)
        weight = weights(case, goal, instance.gaps)
        if weight:
            mean, city, share = part_weights(goal)
            most = 10.0 * (mean + city + share)
            by_city = within_cities(weight)
            curve = number_of_curve(goal, instance)
            found[who] = StandAlone(most, mean, city, weight, by_city, share, tails(case, goal, weight), curve)
    return models.alone.Alone(found)


def own_value(case: Case, who: str, gaps: Mapping[Place, float]) -> float:
    """A jurisdiction's own goal in a plan with these gaps."""
    return value_of_gaps(case, own_goal(case, who), gaps)


def stand_alone_case(case: Case, who: str, without: Settled) -> Case:
    """The case as one jurisdiction has it to itself.

    Parameters
    ----------
    without
        The world without the plan: what it pays for the measures decided before is taken from the lines.
    """
    return replace(
        case,
        cities=FrozenDict({i: _own_city(who, city) for i, city in case.cities.items()}),
        services=FrozenDict({s: replace(service, across_borders="never") for s, service in case.services.items()}),
        measures=FrozenDict({a: _own_measure(case, who, measure) for a, measure in case.measures.items()}),
        parks=FrozenDict({a: _own_park(case, who, park) for a, park in case.parks.items()}),
        lines=FrozenDict({l: _own_line(case, who, line, without) for l, line in case.lines.items()}),
        airsheds=FrozenDict({h: _own_airshed(case, who, airshed, without) for h, airshed in case.airsheds.items()}),
        gates=tuple(_own_gate(case, gate) for gate in case.gates),
        targets=(),
        rules=(),
        goals=(own_goal(case, who),),
        nobody_worse_off=False,
    )


def is_own(case: Case, who: str, measure: Measure) -> bool:
    """Whether a jurisdiction can do a measure alone: nobody else hosts it, signs it, or sends it firms or people."""
    park = case.parks.get(measure.id)
    origin = {case.cities[park.origin].jurisdiction} if park is not None and park.origin is not None else set()
    origin |= {case.cities[i].jurisdiction for m in case.moves if m.measure == measure.id for i in (m.from_city, m.to_city)}
    return {*measure.jurisdictions} | origin <= {who}


def _own_measure(case: Case, who: str, measure: Measure) -> Measure:
    """What was decided stays, whatever becomes of what it requires, and is paid for; of the candidates only the own stay."""
    if measure.status == "decided":
        nothing = FrozenDict[str, float]()
        starts = tuple(replace(start, capital=nothing, running=nothing) for start in measure.starts)
        return replace(measure, capital_cost=0.0, running_cost=0.0, starts=starts, requires=(), level=None)
    return measure if is_own(case, who, measure) else replace(measure, status="ruled_out", starts=())


def _own_city(who: str, city: City) -> City:
    """Land and housing in other jurisdictions are not this one's matter."""
    return city if city.jurisdiction == who else replace(city, land_quota_km2=None, housing=None)


def _own_park(case: Case, who: str, park: Park) -> Park:
    """Neither are the jobs of plants that were to close there."""
    measure = case.measures[park.measure]
    return replace(park, jobs=0.0) if measure.closes_plant and not is_own(case, who, measure) else park


def _own_gate(case: Case, gate: Gate) -> Gate:
    """A gate asks nothing of what was decided before."""
    return replace(gate, measures=tuple(a for a in gate.measures if case.measures[a].status != "decided"))


def _own_airshed(case: Case, who: str, airshed: Airshed, without: Settled) -> Airshed:
    """Of the room that the world without the plan leaves under a cap, a jurisdiction has its people's share."""
    if airshed.cap is None:
        return airshed
    cap: dict[str, float] = {}
    for t in case.period_ids:
        used = without.working.emissions(case, airshed.id, t)[-1]
        people = [city for city in case.cities.values() if city.airshed == airshed.id]
        cap[t] = used + max(0.0, airshed.cap[t] - used) * _share_of_people(who, people, t)
    return replace(airshed, cap=FrozenDict(cap))


def _own_line(case: Case, who: str, line: Line, without: Settled) -> Line:
    """What a jurisdiction has of a line beside what the decided measures take: all of its own, part of a common one."""
    paid = dict.fromkeys(case.period_ids, 0.0)
    for (a, l, kind, t), money in without.payments.items():
        if l == line.id:
            paid[t] += money * (1.0 + line.keeps_free(a, kind, t))
    own, common = line.holder == who, line.holder not in case.jurisdictions
    everybody = list(case.cities.values())
    share = {t: _share_of_people(who, everybody, t) if common else float(own) for t in case.period_ids}
    # below 0 where the decided measures are paid from tax or debts
    amount = FrozenDict({t: share[t] * (line.amount[t] - paid[t]) for t in case.period_ids})
    return replace(
        line,
        amount=amount,
        minimum=FrozenDict(dict.fromkeys(case.period_ids, 0.0)),
        borrowing=line.borrowing if own else None,
        gets_tax=line.gets_tax and own,
        after=_own_after(case, line, without, share, amount),
    )


def _own_after(
    case: Case, line: Line, without: Settled, share: Mapping[str, float], amount: Mapping[str, float]
) -> After | None:
    """Its part of what the line may be left with to run, less what the decided measures leave it: a share of less money."""
    last = case.periods[-1]
    if line.after is None or amount[last.id] <= 0:
        return line.after
    running = {(a, l): money for (a, l, kind, t), money in without.payments.items() if (kind, t) == ("running", last.id)}
    left = 0.0
    for (a, u), units in without.decisions.items():
        measure, whole = case.measures[a], sum(money for (b, _), money in running.items() if b == a)
        if whole > 0 and measure.is_open_after(measure.start_in(u).opens, last.last):
            left += measure.running_cost * units * running.get((a, line.id), 0.0) / whole
    most = share[last.id] * (line.after.at_most_share * line.amount[last.id] / last.years - left)
    return After(at_most_share=max(0.0, most) * last.years / amount[last.id])


def _share_of_people(who: str, cities: list[City], t: str) -> float:
    """The share of the people of some cities who live in a jurisdiction."""
    people = sum(city.population[t] for city in cities)
    own = sum(city.population[t] for city in cities if city.jurisdiction == who)
    return own / people if people > 0 else 0.0
