"""Indicators of work: jobs (or output) against a target, or against the core cities today."""

from __future__ import annotations

from collections.abc import Mapping

from planner.audit import parks
from planner.audit.parks import Production, parks_in, reaches_origin
from planner.audit.world import Situation, World
from planner.case import TODAY, Case, Park, Work
from planner.plans.tables import Bonus, Indicator

Rows = Mapping[tuple[str, str, str], Indicator]


def figures(case: Case, table: Rows, made: Production, world: World) -> dict[tuple[str, str, str], Indicator]:
    """The rows that the table of indicators should have for work.

    The plan does not show the jobs of parks without it, and where there are decided parks they do not follow from the
    case alone: there the figure is taken from the table, if it lies between the least and the most that is possible.
    """
    rows = {}
    for work in case.work.values():
        for city in work.cities:
            for period in case.period_ids:
                target = _target(case, work, city, period)
                if target > 0:
                    key = (work.id, city, period)
                    rows[key] = _row(case, work, city, period, target, table.get(key), made, world)
    return rows


def _row(
    case: Case, work: Work, city: str, period: str, target: float, said: Indicator | None, made: Production, world: World
) -> Indicator:
    people = case.cities[city].population[period]
    of = 1000.0 if work.of == "jobs" else 1.0
    own = of / people if people > 0 else 0.0  # own units for each job, or unit of output
    with_plan = _level(case, work, city, period, made, world.with_plan)
    least, most = _possible(case, work, city, period, world.without)
    claimed = least if said is None else said.without_plan / own if own > 0 else target * (1.0 - said.gap_without)
    without = min(max(claimed, least), most)
    return Indicator(
        indicator=work.id,
        city=city,
        period=period,
        people=people,
        unit="jobs per 1,000 people" if work.of == "jobs" else "output per head",
        standard=own * target,
        today=_today(case, work, city) * of,
        without_plan=own * without,
        with_plan=own * with_plan,
        gap_without=max(0.0, 1.0 - without / target),
        gap_with=max(0.0, 1.0 - with_plan / target),
    )


def _target(case: Case, work: Work, city: str, period: str) -> float:
    """Jobs or output that leave no gap."""
    place = case.cities[city]
    if work.kind == "target":
        return 0.0 if place.jobs_target is None else place.jobs_target[period]
    core = [case.cities[i] for i in work.core]
    people = sum(c.population[TODAY] for c in core)
    there = sum((c.jobs if work.of == "jobs" else c.gdp) or 0.0 for c in core)
    return work.share * there / people * place.population[period] if people > 0 else 0.0


def _existing(case: Case, work: Work, city: str) -> float:
    place = case.cities[city]
    return (place.jobs if work.of == "jobs" else place.gdp) or 0.0


def _today(case: Case, work: Work, city: str) -> float:
    """What is there today a head; 0 where nobody lives."""
    people = case.cities[city].population[TODAY]
    return _existing(case, work, city) / people if people > 0 else 0.0


def _level(case: Case, work: Work, city: str, period: str, made: Production, situation: Situation) -> float:
    """Jobs (existing, of parks, bonus, less those that ended), or output (existing and of parks)."""
    level = _existing(case, work, city)
    for park in parks_in(case, city):
        key = (park.measure, period)
        jobs = made.jobs.get(key, 0.0)
        level += jobs + made.bonus.get(key, 0.0) if work.of == "jobs" else park.output / park.jobs * jobs
    return level - _ended(case, work, city, period, situation)


def _ended(case: Case, work: Work, city: str, period: str, situation: Situation) -> float:
    return parks.lost(case, city, situation.serving, period) if work.of == "jobs" else 0.0


def _possible(case: Case, work: Work, city: str, period: str, situation: Situation) -> tuple[float, float]:
    """The least and the most that phases, routes and chains allow; all jobs are productive where nothing speaks against."""
    least = most = _existing(case, work, city) - _ended(case, work, city, period, situation)
    airshed = case.cities[city].airshed
    is_free = case.cities[city].skilled is None and not any("emissions" in goal.parts for goal in case.goals)
    is_free = is_free and (
        airshed is None or case.airsheds[airshed].cap is None
    )  # a cap, or a tax that moves, may idle some
    serving = [park for park in parks_in(case, city) if situation.serving.units(park.measure, period) > 0]
    is_free = is_free and not any(park.moved_share > 0 for park in serving)
    for park in parks_in(case, city):
        units = situation.serving.units(park.measure, period)
        if units > 0 and reaches_origin(case, park, situation, period):
            bonus = 1.0 + _rate(case, park, situation, period) / 2
            most += units * (park.jobs * bonus if work.of == "jobs" else park.output)
            least += units * (park.jobs if work.of == "jobs" else park.output) if is_free else 0.0
    return least, most


def _rate(case: Case, park: Park, situation: Situation, period: str) -> float:
    """Bonus jobs for each job, of all chains in which the park has a partner that it can reach."""
    rate = 0.0
    for chain in case.chains.values():
        pairs = [(park, other) for other in parks_in(case)] + [(other, park) for other in parks_in(case)]
        rate += chain.bonus * any(
            parks.is_pair(case, chain, a.measure, b.measure)
            and situation.serving.units(a.measure, period) > 0
            and situation.serving.units(b.measure, period) > 0
            and parks.is_near(case, Bonus(chain.id, a.measure, b.measure, period, 0.0), situation)
            for a, b in pairs
        )
    return rate
