"""Units within reach: of a measure no more than anybody could need, or all money there can ever be could pay for.

Whoever means "as many as you like" types a large number of units. In the mathematics it would stand beside coefficients near
one, in bounds and in rows that say "none unless", where a solver's tolerances are a share of it. No value of any goal needs
more units than these, so a search with them finds the same; what is not certain to be out of reach stays as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from math import ceil, floor, inf

from planner.case import AddLand, Case, FrozenDict, Measure, RaisePrivateShare, StartOption
from planner.compiling.can_start import offered, public_share

ROOM = 1e-6  # relative, and of a unit: rounding takes nothing that can be paid for


def with_units_in_reach(case: Case, kept: Collection[str] = ()) -> Case:
    """The same case, its measures with no more units than are within reach.

    Parameters
    ----------
    kept
        Measures that keep their units, whatever they are.
    """
    able = offered(case).measures
    affordable = _affordable(case, able)[0]
    useful = {a: _useful(case, measure) for a, measure in able.items()}
    found: dict[str, Measure] = {}
    for a, measure in able.items():
        together = [b for b in able if b == a or (measure.together and able[b].together == measure.together)]
        if any(able[b].status == "decided" or b in kept for b in together):
            continue
        need, most = max(useful[b] for b in together), min(affordable[b] for b in together)
        most = most if most < inf else min(_with_land(case, able[b]) for b in together)
        in_all = min(measure.units, most, need if _serves_for_good(measure) else need * len(measure.starts))
        at_once = min(measure.max_starts, most, need)
        if in_all < measure.units or at_once < measure.max_starts:
            found[a] = replace(measure, units=_at_least_one(measure, in_all), max_starts=_at_least_one(measure, at_once))
    return replace(case, measures=FrozenDict({**case.measures, **found})) if found else case


def _at_least_one(measure: Measure, units: float) -> float:
    """Units as a measure may have them: whole where it is, and one at least, as long as it has one."""
    return min(measure.units, max(1.0, units if measure.divisible else float(floor(units))))


def _serves_for_good(measure: Measure) -> bool:
    """Whether what starts earlier serves in all periods in which later starts do, so that later ones only add to it."""
    return len({start.serves[-1] for start in measure.starts}) == 1


def _useful(case: Case, measure: Measure) -> float:
    """Units beyond which one more changes nothing but what it costs; without end where that is not certain."""
    if measure.benefit or case.moves or any(True for _ in case.effects_of(measure.id)):
        return inf
    if any(least > 0 for line in case.lines.values() for least in line.minimum.values()):
        return inf
    if measure.is_park:
        return _useful_park(case, measure)
    if _is_asked_for(case, measure.id) or measure.service is None or not measure.capacity:
        return inf
    need = max(sum(case.need(measure.service, i, t) for i in case.cities) for t in case.period_ids)
    return max(1.0, float(ceil(need / measure.capacity * (1.0 + ROOM))))


def _useful_park(case: Case, measure: Measure) -> float:
    """Units of a park whose jobs fill all that they could: gaps, places of jobs that end, partners' bonus, and rules.

    Tax has no such end here: it may pay for anything, the next park included.
    """
    park, here = case.parks[measure.id], measure.cities[0]
    if park.tax > 0 and case.tax_lines:
        return inf
    jobs = _jobs_of_use(case, here, park.output / park.jobs)
    for chain in case.chains.values():
        if park.industry in chain.industries and chain.bonus > 0:
            partners = [case.measures[q].cities[0] for q, other in case.parks.items() if other.industry in chain.industries]
            shared = sum(_jobs_of_use(case, here) + _jobs_of_use(case, i) for i in partners)
            jobs += 2.0 * shared / chain.bonus  # of a pair's bonus each host has half
    units = jobs / park.jobs
    for rule in case.rules:
        if measure.id in (*rule.measures, *(rule.share_of_measures or ())):
            if rule.share_of is not None or (rule.sense == "at_least" and rule.of == "spending"):
                return inf
            if rule.sense == "at_least":
                one = {"jobs": park.jobs, "land": park.area_km2}.get(rule.of, 1.0)
                units += max(0.0, rule.limit) / one if one > 0 else 0.0
    return max(1.0, float(ceil(units * (1.0 + ROOM))))


def _jobs_of_use(case: Case, i: str, output: float = 0.0) -> float:
    """Jobs that close all gaps of a city's work and replace all jobs that may end there; `output`: of a job."""
    city = case.cities[i]
    ended = sum(case.parks[a].jobs * m.units for a, m in case.measures.items() if m.closes_plant and m.cities[0] == i)
    most = ended
    for x, work in case.work.items():
        target = max(case.work_target(x, i, t) for t in case.period_ids)
        if target > 0 and work.of == "jobs":
            most = max(most, target - (city.jobs or 0.0) + ended)
        elif target > 0 and output > 0:
            most = max(most, (target - (city.gdp or 0.0)) / output)
    return most


def _is_asked_for(case: Case, a: str) -> bool:
    """Whether a rule may ask for more of a measure for its own sake."""
    return any(
        a in (*rule.measures, *(rule.share_of_measures or ())) and (rule.sense == "at_least" or rule.share_of is not None)
        for rule in case.rules
    )


def _with_land(case: Case, measure: Measure) -> float:
    """Units of a park that its city has land for, with all that policies could add; without end where land is no limit."""
    area = case.parks[measure.id].area_km2 if measure.is_park else 0.0
    quota = case.cities[measure.cities[0]].land_quota_km2 if area > 0 else None
    if quota is None:
        return inf
    more = sum(e.km2 for e in case.effects if isinstance(e, AddLand) and measure.cities[0] in e.cities)
    return (quota + more) / area * (1.0 + ROOM) + ROOM


def least_costs(case: Case, able: Mapping[str, Measure]) -> tuple[dict[str, float], float]:
    """What a whole unit of each measure costs the lines at the very least, and all money that there can ever be.

    Both in the case's money, over the whole horizon.
    """
    attracted, periods = _attracted(case), [period.id for period in case.periods]
    costs = {
        a: min((_least_cost(measure, start, periods, attracted.get(a, 0.0)) for start in measure.starts), default=0.0)
        for a, measure in able.items()
    }
    return costs, _affordable(case, able)[1]


def _affordable(case: Case, able: Mapping[str, Measure]) -> tuple[dict[str, float], float]:
    """Units of each measure that all money could pay for, without end where they may cost nothing; and that money.

    Money comes by the lines' amounts and debts, and by the tax of parks in the periods after they serve; so period by period
    the money so far limits the parks, and these the money after. What one line sends another is no more money.
    """
    attracted = _attracted(case)
    money, earned = 0.0, 0.0  # so far; tax a period later
    most: dict[tuple[str, str], float] = {(a, start.period): inf for a, m in able.items() for start in m.starts}
    done: list[str] = []
    for period in case.periods:
        t = period.id
        done.append(t)
        money += earned + sum(max(0.0, line.amount[t]) for line in case.lines.values())
        money += sum(line.borrowing.limit[t] for line in case.lines.values() if line.borrowing is not None)
        for a, measure in able.items():
            for start in measure.starts:
                cost = _least_cost(measure, start, done, attracted.get(a, 0.0))
                if cost > 0:
                    most[a, start.period] = min(most[a, start.period], money / cost * (1.0 + ROOM) + ROOM)
        earned = sum(
            period.years * park.tax * _parks_by(able[a], most, t)
            for a, park in case.parks.items()
            if a in able and park.tax > 0
        )
    return {a: _in_all(measure, money, done, attracted.get(a, 0.0)) for a, measure in able.items()}, money


def _parks_by(measure: Measure, most: Mapping[tuple[str, str], float], t: str) -> float:
    """The most units of a park that can serve in a period."""
    starts = [start for start in measure.starts if t in start.serves]
    return min(measure.units, sum(min(measure.max_starts, most[measure.id, start.period]) for start in starts))


def _in_all(measure: Measure, money: float, periods: list[str], attracted: float) -> float:
    """Units of a measure that all money of the horizon could pay for, in their cheapest period."""
    least = min((_least_cost(measure, start, periods, attracted) for start in measure.starts), default=0.0)
    return money / least * (1.0 + ROOM) + ROOM if least > 0 else inf


def _attracted(case: Case) -> dict[str, float]:
    """Share of the whole capital cost of each measure that policies may bring investors to pay."""
    found: dict[str, float] = {}
    for e in case.effects:
        if isinstance(e, RaisePrivateShare):
            for a in e.measures:
                found[a] = found.get(a, 0.0) + e.plus
    return found


def _least_cost(measure: Measure, start: StartOption, periods: list[str], attracted: float) -> float:
    """What a unit costs the lines within some periods at the very least, with all that investors could pay."""
    share = max(0.0, public_share(measure) - attracted)
    return share * sum(start.capital.get(t, 0.0) for t in periods) + sum(start.running.get(t, 0.0) for t in periods)
