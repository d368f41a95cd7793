"""A case as a draw has it, to be planned anew: every measure at the costs, jobs and years of works that are drawn."""

from __future__ import annotations

from dataclasses import replace

from planner.case import Case, FrozenDict, Measure, Period, StartOption
from planner.case.serving import late_option
from planner.planning.variants import changed, companions
from planner.questions.risk.drawn import with_jobs, with_people
from planner.questions.risk.draws import World


def drawn(case: Case, world: World) -> Case:
    """The case in which costs, jobs, heads and years of works are those of a draw.

    Works that are late begin that much later, halves together; what would serve no period of the horizon any more is not
    offered. Decided works that would not are left out with their cost: nobody can plan on them.
    """
    late = {a: max(world.late.get(b, 0) for b in companions(case, a)) for a in case.measures}
    measures = {a: _drawn(case, measure, world, late[a]) for a, measure in case.measures.items()}
    parks = {
        a: with_jobs(park, world.times["jobs", a]) if ("jobs", a) in world.times else park for a, park in case.parks.items()
    }
    cities = {i: with_people(city, world.people) for i, city in case.cities.items()}
    return changed(case, measures=FrozenDict(measures), parks=FrozenDict(parks), cities=FrozenDict(cities))


def _drawn(case: Case, measure: Measure, world: World, late: int) -> Measure:
    capital, running = (world.times.get((f"{kind}_cost", measure.id), 1.0) for kind in ("capital", "running"))
    if (capital, running, late) == (1.0, 1.0, 0):
        return measure
    periods = {p.id: p for p in case.periods}
    found = replace(
        measure, capital_cost=(measure.capital_cost or 0.0) * capital, running_cost=(measure.running_cost or 0.0) * running
    )
    starts = tuple(_start(case, found, periods[start.period], start, capital, running, late) for start in measure.starts)
    serving = tuple(start for start in starts if start.serves)
    if serving or not measure.starts:
        return replace(found, starts=serving)
    return replace(found, starts=(), status="candidate", start_period=None)


def _start(
    case: Case, found: Measure, period: Period, start: StartOption, capital: float, running: float, late: int
) -> StartOption:
    """An offered start at the costs that are drawn; of works on time the years stay as the case has them."""
    if not late:
        return replace(
            start,
            capital=FrozenDict({t: capital * money for t, money in start.capital.items()}),
            running=FrozenDict({t: running * money for t, money in start.running.items()}),
        )
    return late_option(
        period, case.periods, found.build_years or 0, found.life_years, found.capital_cost, found.running_cost, late
    )
