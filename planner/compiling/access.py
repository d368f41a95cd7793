"""Access standards: for each city and period, the gap with nothing built and what routes could save."""

from __future__ import annotations

from collections.abc import Callable

from models.access import Access, AccessGap
from models.instance import Instance
from models.routes import Route
from planner.case import Access as Standard
from planner.case import Case
from planner.case.travel import hundredths
from planner.compiling.can_start import Offered
from planner.compiling.network import NEVER, Travel, Ways

Place = tuple[str, str, str]  # (indicator, city, period)
NEGLIGIBLE = 1e-8  # of a mean: a smaller part of it would be lost among the solver's tolerances


def access(case: Case, offered: Offered, given: Instance, ways: Ways) -> Access:
    """The gap of every standard, origin and period that has something to weigh."""
    found: dict[Place, AccessGap] = {}
    for standard in case.access.values():
        make = {"nearest": _nearest, "all": _all, "reach": _reach}[standard.kind]
        for i in standard.origins:
            for t in case.period_ids:
                gap = make(case, standard, i, t, ways)
                if gap is not None:
                    found[standard.id, i, t] = gap
    return Access(found)


def ask(case: Case, offered: Offered, travel: Travel) -> None:
    """Say which trips can matter to some standard: those that would be faster than without any measure, and help."""
    for standard in case.access.values():
        best, worst = hundredths(standard.standard_minutes), hundredths(standard.worst_minutes or standard.standard_minutes)
        possible = _possible_destinations(case, standard, travel)
        for i in standard.origins:
            ends = [j for j in possible if standard.kind == "nearest" or _ever_weighs(case, standard, i, j)]
            without = {j: travel.without(i, j, standard.modes) for j in ends}
            if standard.kind == "nearest":  # only a trip faster than to the nearest that there is can help
                now = (j for j in ends if standard.offers is None or offers_always(case, standard.offers, j))
                without = dict.fromkeys(ends, min((without[j] for j in now), default=NEVER))
            for j in ends:
                if without[j] > best:
                    travel.ask(i, j, min(worst, without[j] - 1), standard.modes)


def _ever_weighs(case: Case, standard: Standard, i: str, j: str) -> bool:
    return any(_weight(case, standard.weight, i, j, t) > 0 for t in case.period_ids)


def _possible_destinations(case: Case, standard: Standard, travel: Travel) -> list[str]:
    """Every city that could be a destination in some period."""
    found = {j for t in case.period_ids for j, _ in _nearest_destinations(case, standard, t, travel)}
    return [j for j in case.cities if j in found]


def offers_always(case: Case, service: str, city: str) -> bool:
    """Whether a city has existing capacity of a service in every period."""
    return all(offers_today(case, service, city, t) for t in case.period_ids)


def gap_function(standard: Standard) -> Callable[[int], float]:
    """Gap of a trip of so many hundredths of a minute, 0..1."""
    best = hundredths(standard.standard_minutes)
    worst = hundredths(standard.worst_minutes) if standard.worst_minutes is not None else None

    def gap(minutes: int) -> float:
        if worst is None:
            return 0.0 if minutes <= best else 1.0
        return min(1.0, max(0.0, (minutes - best) / (worst - best)))

    return gap


def destination_weights(case: Case, standard: Standard, i: str, t: str) -> dict[str, float]:
    """Share of each destination in a standard's mean or reach; empty where there is nothing to weigh."""
    others = [j for j in standard.destinations if standard.kind == "reach" or j != i]
    raw = {j: _weight(case, standard.weight, i, j, t) for j in others}
    total = sum(raw.values())
    return {j: weight / total for j, weight in raw.items() if weight > 0} if total > 0 else {}


def _weight(case: Case, weight: str, i: str, j: str, t: str) -> float:
    city = case.cities[j]
    if weight == "trips":
        return case.trips.get((i, j), 0.0)
    return {"population": city.population[t], "gdp": city.gdp or 0.0, "jobs": city.jobs or 0.0, "equally": 1.0}[weight]


def _nearest(case: Case, standard: Standard, i: str, t: str, ways: Ways) -> AccessGap | None:
    routes: list[Route] = []
    for j, needs in _nearest_destinations(case, standard, t, ways.travel):
        routes += [(minutes, needed | needs) for minutes, needed in ways.travel.routes(i, j, standard.modes)]
    base, consumer = ways.consumers.add(f"{standard.id}.{i}.{t}", t, routes, gap_function(standard))
    return AccessGap(base, ((1.0, consumer),) if consumer else (), at_least=False)


def _nearest_destinations(case: Case, standard: Standard, t: str, travel: Travel) -> list[tuple[str, int]]:
    """Destinations with what they need: nothing, or a facility that would offer the service there."""
    if standard.offers is None:
        return [(j, 0) for j in standard.destinations]
    found = [(j, 0) for j in case.cities if offers_today(case, standard.offers, j, t)]
    for a, measure in travel.offered.measures.items():
        if measure.service == standard.offers:
            found += [(j, travel.offered.bit[a]) for j in measure.cities]
    return found


def offers_today(case: Case, service: str, city: str, period: str) -> bool:
    """Whether a city has existing capacity of a service in a period."""
    amount = case.capacity[city, service].amount
    return amount is not None and amount[period] > 0


def _all(case: Case, standard: Standard, i: str, t: str, ways: Ways) -> AccessGap | None:
    weights = destination_weights(case, standard, i, t)
    if not weights:
        return None
    base, terms = 0.0, []
    for j, weight in weights.items():
        pair = ways.consumers.add(
            f"{standard.id}.{i}.{j}.{t}", t, ways.travel.routes(i, j, standard.modes), gap_function(standard)
        )
        base += weight * pair[0]
        if pair[1] and weight > NEGLIGIBLE:
            terms.append((weight, pair[1]))
    return AccessGap(base, tuple(terms), at_least=False)


def _reach(case: Case, standard: Standard, i: str, t: str, ways: Ways) -> AccessGap | None:
    weights = destination_weights(case, standard, i, t)
    if not weights or not standard.target:
        return None
    base, terms = 1.0, []
    for j, weight in weights.items():
        name = f"{standard.id}.{i}.{j}.{t}"
        missing, consumer = ways.consumers.add(name, t, ways.travel.routes(i, j, standard.modes), gap_function(standard))
        base -= (1.0 - missing) * weight / standard.target
        if consumer and weight > NEGLIGIBLE:
            terms.append((weight / standard.target, consumer))
    if base <= NEGLIGIBLE:  # nothing is lacking but what rounding leaves
        return AccessGap(min(0.0, base), (), at_least=True)
    # a city that closes more than the gap closes it only as a whole: a fraction of the way there is not enough
    return AccessGap(base, tuple((min(weight, base), consumer) for weight, consumer in terms), at_least=True)
