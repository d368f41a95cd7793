"""Goals, targets, rules and fairness: weights that add to 1, limits in the mathematics' own units, and who is worst off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import models.goals
import models.rules
from models.curve import Curve, Curves
from models.evenness import Evenness
from models.gaps import Gaps
from models.goals import Goals
from models.industry import Industry
from models.instance import Instance
from models.money import Money
from models.rules import Rules
from models.services import Services
from models.work import Work
from planner.case import Case, Gate, Goal, Target
from planner.case.moves import moved_target
from planner.compiling.can_start import Offered
from planner.compiling.moves import possible_moves
from planner.compiling.network import Ways
from planner.compiling.services import between
from planner.words.said import _

Place = tuple[str, str, str]  # (indicator, city, period)
LITTLE = 1e-3


def gaps(case: Case, offered: Offered, given: Instance, ways: Ways) -> Gaps:
    """What targets and gates allow; what no city may lose is known only once the case was settled without a plan."""
    return Gaps(
        target_gap={
            (target.id, x, i, t): largest_gap(case, target, i, t)
            for target in case.targets
            for x, i, t in given.gaps
            if x == target.indicator and i in target.cities and t in target.periods
        },
        gate=_gates(case, offered, given.gaps),
        **_sizes(case, offered, given),
    )


def _sizes(case: Case, offered: Offered, given: Instance) -> dict[str, Any]:
    """By how much serving units of measures that move people change what there is to meet, and the bounds of that."""
    used = given[Services]
    grown: dict[Place, dict[str, float]] = {
        place: {a: amount / used.need[place] for a, amount in moved}
        for place, moved in used.need_moved.items()
        if place in used.need
    }
    for move in possible_moves(case, offered):
        for x, i, t in given[Work].work_gap:
            if more := moved_target(case, move, x, i, t):
                parts = grown.setdefault((x, i, t), {})
                parts[move.measure] = parts.get(move.measure, 0.0) + more / case.work_target(x, i, t)
    sizes = {
        place: between(1.0, parts, {a: offered.measures[a].most_serving(place[2]) for a in parts})
        for place, parts in grown.items()
    }
    return {
        "grown": {place: tuple(parts.items()) for place, parts in grown.items()},
        "least_size": {place: least for place, (least, _most) in sizes.items() if least < 1},
        "most_gap": {place: most for place, (_least, most) in sizes.items() if most > 1},
    }


def rules(case: Case, offered: Offered, given: Instance, ways: Ways) -> Rules:
    """Hard limits in the mathematics' own units."""
    return Rules({rule.id: _rule(rule, offered, given[Money].money_scale, given[Industry].job_scale) for rule in case.rules})


def curves(case: Case, offered: Offered, given: Instance, ways: Ways) -> Curves:
    """Every curve that goals have, once, and the gaps that they weigh by it."""
    found: dict[Curve, dict[Place, None]] = {}
    for goal in case.goals:
        if (curve := curve_of(goal)) is not None:
            found.setdefault(curve, {}).update(dict.fromkeys(weights(case, goal, given.gaps)))
    return Curves(tuple(found), {b: tuple(places) for b, places in enumerate(found.values())})


def goals(case: Case, offered: Offered, given: Instance, ways: Ways) -> Goals:
    """What is minimised, in order."""
    return Goals(tuple(_goal(case, goal, given) for goal in case.goals))


def evenness(case: Case, offered: Offered, given: Instance, ways: Ways) -> Evenness:
    """Weights of the evenest split: those of the first goal about gaps; what weighs nothing there weighs a little here.

    So no need stays unmet beside idle capacity, not even in a city, period or indicator that no goal speaks of.
    """
    found = weights(case, first_about_gaps(case), given.gaps)
    little = LITTLE / max(1, len(given.gaps))  # of the mean weight
    return Evenness({place: max(found.get(place, 0.0), little) for place in given.gaps})


def first_about_gaps(case: Case) -> Goal:
    """The first goal about gaps, which says what gaps weigh where nothing else does; without one the first goal."""
    return next((goal for goal in case.goals if goal.gap_parts), case.goals[0])


def curve_of(goal: Goal) -> Curve | None:
    """The curve by which a goal weighs gaps; None where every bit of a gap weighs alike."""
    return None if goal.curve is None or goal.pieces is None or not goal.gap_parts else Curve(goal.curve, goal.pieces)


def number_of_curve(goal: Goal, given: Instance) -> int | None:
    """The number of a goal's curve among those of the instance."""
    curve = curve_of(goal)
    return None if curve is None else given[Curves].curves.index(curve)


def counted(goal: Goal, gaps: Mapping[Place, float]) -> Mapping[Place, float]:
    """Gaps as a goal counts them: f(gap) by its curve, or as they are."""
    curve = curve_of(goal)
    return gaps if curve is None else {place: curve.at(gap) for place, gap in gaps.items()}


def within_cities(weight: Mapping[Place, float]) -> dict[Place, float]:
    """Weights of gaps as shares of their city's weight."""
    total: dict[str, float] = {}
    for (_x, i, _t), w in weight.items():
        total[i] = total.get(i, 0.0) + w
    return {place: w / total[place[1]] for place, w in weight.items()}


def weights(case: Case, goal: Goal, places: Iterable[Place]) -> dict[Place, float]:
    """Weight of every gap in a goal: indicator x city x period, scaled to add to 1."""
    of_periods = {t: period_weight(case, goal, t) for t in case.period_ids}
    of_cities: dict[Place, float] = {}  # (whose heads count, city, period) -> what the city weighs
    raw: dict[Place, float] = {}
    for x, i, t in places:
        if i not in goal.cities:
            continue
        key = (case.services[x].of if x in case.services else "", i, t)
        if key not in of_cities:
            of_cities[key] = city_weight(case, goal, x, i, t)
        raw[x, i, t] = goal.weights.get(x, 0.0) * of_cities[key] * of_periods[t]
    total = sum(raw.values())
    return {place: weight / total for place, weight in raw.items() if weight > 0} if total > 0 else {}


def city_weight(case: Case, goal: Goal, x: str, i: str, t: str) -> float:
    """What a city weighs in a period: the people whom the indicator is for, its trips, a column, or 1.

    People of a group are scaled to the whole population, so that indicators weigh alike, and a served post or bed counts
    the same wherever it is: weighed by all people, the beds would go where the fewest old people live.
    """
    city = case.cities[i]
    if goal.weigh_by == "equally":
        return 1.0
    if goal.weigh_by == "trips":
        return sum(trips for (origin, _), trips in case.trips.items() if origin == i)
    if goal.weigh_by in case.people:
        return city.heads(goal.weigh_by, t)
    if goal.weigh_by == "population":
        return _share_of_group(case, case.services[x].of if x in case.services else "population", i, t)
    return float(getattr(city, goal.weigh_by) or 0.0)


def _share_of_group(case: Case, group: str, i: str, t: str) -> float:
    """A city's share of a group of people, times the population of all cities."""
    if group == "population":
        return case.cities[i].population[t]
    heads = sum(city.heads(group, t) for city in case.cities.values())
    people = sum(city.population[t] for city in case.cities.values())
    return people * case.cities[i].heads(group, t) / heads if heads > 0 else 0.0


def period_weight(case: Case, goal: Goal, t: str) -> float:
    """What a period weighs in gaps: its years, unless the goal says otherwise."""
    if goal.period_weights is not None:
        return goal.period_weights[t]
    return float(case.period(t).years)


def people_shares(case: Case, goal: Goal, cities: Iterable[str]) -> dict[str, float]:
    """Each city's share of the people of some cities: population times the weight of the period, over all periods.

    So people count by the years they live there, unless the goal weighs periods otherwise; where nobody lives, each city
    counts alike.
    """
    heads = {
        i: sum(period_weight(case, goal, t) * case.cities[i].population[t] for t in case.period_ids)
        for i in dict.fromkeys(cities)
    }
    total = sum(heads.values())
    return {i: people / total if total > 0 else 1.0 / len(heads) for i, people in heads.items()}


def tails(case: Case, goal: Goal, weight: Mapping[Place, float]) -> dict[int, dict[str, float]]:
    """What a city's gap beyond the edge weighs in each tail of a goal, over the cities with gaps that count."""
    cities = list(dict.fromkeys(i for _, i, _ in weight))
    if "worst_off_first" in goal.parts:
        return {n: dict.fromkeys(cities, 1.0 / n) for n in range(1, len(cities) + 1)}
    if goal.worst_share_of is None or not cities:
        return {}
    shares = people_shares(case, goal, cities)
    return {0: {i: share / goal.worst_people for i, share in shares.items() if share > 0}}


def _goal(case: Case, goal: Goal, given: Instance) -> models.goals.Goal:
    weight = weights(case, goal, given.gaps)
    return models.goals.Goal(
        name=goal.name,
        parts=dict(goal.parts),
        weight=weight,
        city_weight=within_cities(weight),
        benefit_weight={t: goal.period_weights[t] if goal.period_weights else 1.0 for t in case.period_ids},
        discount={t: given[Money].money_scale * discount_factor(case, goal, t) for t in case.period_ids},
        tails=tails(case, goal, weight),
        most=goal.at_most,
        curve=number_of_curve(goal, given),
    )


def discount_factor(case: Case, goal: Goal, t: str) -> float:
    """Present value of money paid in a period (at its middle), seen from the first year; 1 unless the goal discounts."""
    if not goal.discounted:
        return 1.0
    period = case.period(t)
    years = (period.first + period.last) / 2 - case.periods[0].first
    return float((1.0 + case.money.discount_rate) ** -years)


def _gates(case: Case, offered: Offered, places: Sequence[Place]) -> dict[tuple[str, str, str, str, str], float]:
    """(gate, measure, indicator, city, start) -> largest gap with which a unit may start."""
    known = set(places)
    return {
        (gate.id, a, gate.indicator, i, start.period): largest_gap(case, gate, i, start.period)
        for gate in case.gates
        for a in gate.measures
        if a in offered.measures
        for i in offered.measures[a].cities
        for start in offered.measures[a].starts
        if (gate.indicator, i, start.period) in known
    }


def work_unit(case: Case, indicator: str) -> str:
    """Unit of the figures of an indicator of work."""
    return _("jobs per 1,000 people") if case.work[indicator].of == "jobs" else _("output per head")


def per_head(case: Case, indicator: str, i: str, t: str, amount: float) -> float:
    """A level of work in its own unit: jobs per 1,000 people, or output per head (`t` may be TODAY)."""
    people = case.cities[i].population[t]
    return amount / people * (1000.0 if case.work[indicator].of == "jobs" else 1.0) if people > 0 else 0.0


def largest_gap(case: Case, target: Target | Gate, i: str, t: str) -> float:
    """The gap that a target or gate in the indicator's own unit allows in a city, 0..1."""
    if target.indicator in case.work:
        standard = per_head(case, target.indicator, i, t, case.work_target(target.indicator, i, t))
        return max(0.0, 1.0 - (target.at_least or 0.0) / standard) if standard > 0 else 1.0
    if target.indicator in case.services:
        standard = case.services[target.indicator].per_1000[t]
        return max(0.0, 1.0 - (target.at_least or 0.0) / standard)
    if target.indicator in case.crowding:
        return max(0.0, ((target.at_most or 100.0) / 100.0 - 1.0) / (case.crowding[target.indicator].worst - 1.0))
    access = case.access[target.indicator]
    if access.kind == "reach":
        return max(0.0, 1.0 - (target.at_least or 0.0) / 100.0 / (access.target or 1.0))
    assert access.worst_minutes is not None  # held by the case's checks, like the next
    assert target.at_most is not None
    return min(1.0, max(0.0, (target.at_most - access.standard_minutes) / (access.worst_minutes - access.standard_minutes)))


def _rule(rule: Any, offered: Offered, money_scale: float, job_scale: float) -> models.rules.Rule:
    share_of = rule.share_of_measures
    scale = {"spending": money_scale, "jobs": job_scale}.get(rule.of, 1.0) if share_of is None else 1.0
    return models.rules.Rule(
        of=rule.of,
        measures=tuple(a for a in rule.measures if a in offered.measures),
        periods=rule.periods,
        sense=rule.sense,
        limit=rule.limit / scale,
        share_of=None if share_of is None else tuple(a for a in share_of if a in offered.measures),
    )


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
    """The parts of a goal that are about gaps, added up with their weights; gaps count as the goal's curve says."""
    return sum(value_by_city(case, goal, gaps).values())


def value_by_city(case: Case, goal: Goal, gaps: Mapping[Place, float]) -> dict[str, float]:
    """City -> what it adds to that: by its own gaps to the mean, as the worst city, and with its people among the worst."""
    weight = weights(case, goal, gaps)
    gaps = counted(goal, gaps)
    by_city = city_gaps(weight, gaps)
    found = dict.fromkeys(by_city, 0.0)
    if not by_city:
        return found
    of_mean, of_worst, of_share = part_weights(goal)
    for place, w in weight.items():
        found[place[1]] += of_mean * w * gaps[place]
    worst = max(by_city, key=by_city.__getitem__)
    found[worst] += (of_worst + goal.parts.get("worst_off_first", 0.0)) * by_city[worst]
    for i, part in among_the_worst(people_shares(case, goal, by_city), by_city, goal.worst_people).items():
        found[i] += of_share * part * by_city[i] / goal.worst_people
    return found


def part_weights(goal: Goal) -> tuple[float, float, float]:
    """What the mean gap, the worst city and the worst share of people weigh in a goal."""
    mean, city, share = (goal.parts.get(part, 0.0) for part in ("gaps", "worst_city", "worst_share"))
    return mean, city, share
