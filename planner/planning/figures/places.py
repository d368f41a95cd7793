"""Tables about places: indicators in their own units, routes, and who is served where."""

from __future__ import annotations

from math import nan

from models.instance import summed
from planner.case import TODAY, Case
from planner.compiling.access import destination_weights
from planner.compiling.goals import per_head, work_unit
from planner.compiling.travel_times import NO_ROUTE, Times, times
from planner.planning.figures.settled import Settled, access_figure
from planner.plans.tables import Flow, Indicator, Level, Moved, Route, Use


def indicators(case: Case, with_plan: Settled, without: Settled) -> list[Indicator]:
    """One row for every gap there is, with and without the plan."""
    now: dict[tuple[str, ...], Times] = {}
    rows = []
    for x in case.indicators:
        for t in case.period_ids:
            for i in case.cities:
                if (x, i, t) not in with_plan.gaps:
                    continue
                gaps = without.gaps[x, i, t], with_plan.gaps[x, i, t]
                true = without.true_gap((x, i, t)), with_plan.true_gap((x, i, t))
                if x in case.services:
                    service = case.services[x]
                    unit, standard = f"{service.unit} per 1,000", service.per_1000[t]
                    figures = (_met_today(case, x, i, standard), *(standard * (1.0 - gap) for gap in true))
                    people, there = case.cities[i].heads(service.of, t), with_plan.served_heads(case, (x, i, t))
                elif x in case.work:
                    unit, standard = work_unit(case, x), per_head(case, x, i, t, case.work_target(x, i, t))
                    levels = (
                        per_head(case, x, i, t, s.working.level(case, x, i, t)) / s.sizes.get((x, i, t), 1.0)
                        for s in (without, with_plan)
                    )
                    figures = (_work_today(case, x, i), *levels)
                    people, there = case.cities[i].population[t], heads(case, with_plan, "population", i, t)
                elif x in case.crowding:
                    unit, standard = CROWDED, 100.0
                    figures = crowded(case, x, i, t, without, with_plan)
                    people, there = case.cities[i].population[t], heads(case, with_plan, "population", i, t)
                else:
                    unit, standard = access_unit(case, x)
                    modes = case.access[x].modes
                    if modes not in now:
                        now[modes] = times(case, frozenset(), modes)
                    today = _access_today(case, x, i, now[modes])
                    figures = (today, *(_own(case, x, s.minutes[x, i, t]) for s in (without, with_plan)))
                    people, there = case.cities[i].population[t], heads(case, with_plan, "population", i, t)
                rows.append(
                    Indicator(
                        x, i, t, people, unit, standard, today=figures[0], without_plan=figures[1], with_plan=figures[2],
                        gap_without=gaps[0], gap_with=gaps[1], people_with=there, true_gap_without=true[0],
                        true_gap_with=true[1],
                    )
                )  # fmt: skip
    return rows


CROWDED = "% of what it is meant for"


def heads(case: Case, plan: Settled, group: str, i: str, t: str) -> float:
    """People of a group who live in a city, after all who moved in and out."""
    there = case.cities[i].heads(group, t)
    for move in case.moves:
        if move.sign(i) and move.people and (units := plan.working.units[t].get(move.measure, 0.0)):
            there += move.sign(i) * move.people * move.part(case, group, t) * units
    return there


def crowded(case: Case, x: str, i: str, t: str, without: Settled, with_plan: Settled) -> tuple[float, float, float]:
    """People in per cent of what a city is meant to hold: today, without the plan and with it."""
    city = case.cities[i]
    meant = city.meant_for or 1.0
    both = (100.0 * heads(case, plan, "population", i, t) / meant for plan in (without, with_plan))
    return (100.0 * city.population[TODAY] / meant, *both)  # type: ignore[return-value]


def moves(case: Case, plan: Settled) -> list[Moved]:
    """What serving measures move, effect by effect of one measure added up."""
    found = summed(
        ((move.measure, move.from_city, move.to_city, t, what), moved)
        for move in case.moves
        for t in case.period_ids
        for what, amount in {
            "people": move.people, "jobs": move.jobs, "entitled": move.entitled, **(move.capacity or {})
        }.items()
        if (moved := plan.working.units[t].get(move.measure, 0.0) * amount) > 0
    )  # fmt: skip
    return [Moved(*key, amount) for key, amount in found.items()]


def access_unit(case: Case, x: str) -> tuple[str, float]:
    """Unit of an access standard's figures, and the standard in it."""
    access = case.access[x]
    if access.kind == "reach":
        return f"% within {access.standard_minutes:g} minutes", 100.0 * (access.target or 0.0)
    if access.kind == "all":
        bounds = f"{access.standard_minutes:g} to {access.worst_minutes:g}"
        return f"minutes (mean, each counted from {bounds})", access.standard_minutes
    return "minutes", access.standard_minutes


def _work_today(case: Case, x: str, i: str) -> float:
    """Existing jobs (or output) of a city, for today's people."""
    city = case.cities[i]
    return per_head(case, x, i, TODAY, (city.jobs if case.work[x].of == "jobs" else city.gdp) or 0.0)


def _own(case: Case, x: str, figure: float | None) -> float:
    """A standard's figure in its own unit; NaN where there is no route."""
    if figure is None:
        return nan
    return 100.0 * figure if case.access[x].kind == "reach" else figure


def _met_today(case: Case, s: str, i: str, standard: float) -> float:
    """What the city's own capacity meets today, per 1,000 of the people it is for, up to the standard."""
    stock = case.capacity[i, s]
    people = case.cities[i].heads(case.services[s].of, TODAY)
    if stock.amount is None or people <= 0:
        return nan
    return min(standard, stock.amount[TODAY] * (1.0 - stock.outsiders) / people * 1000.0)


def _access_today(case: Case, x: str, i: str, travel: Times) -> float:
    """A standard's figure on today's network, with today's people."""
    if case.access[x].kind != "nearest" and not destination_weights(case, case.access[x], i, TODAY):
        return nan
    return _own(case, x, access_figure(case, x, i, TODAY, travel, frozenset())[1])


def routes(case: Case, with_plan: Settled, without: Settled) -> list[Route]:
    """Minutes between all cities by all modes, with and without the plan, and the way there."""
    rows = []
    for t in case.period_ids:
        before, after = without.travel[t], with_plan.travel[t]
        for i in case.cities:
            without_it = before.minutes[before.cities[i]].tolist()
            for j, (minutes, way) in after.ways_from(i).items():
                once = without_it[before.cities[j]]
                rows.append(Route(i, j, t, nan if once == NO_ROUTE else once / 100.0, minutes / 100.0, ";".join(way)))
    return rows


def flows(with_plan: Settled) -> list[Flow]:
    """Who is served where."""
    return [Flow(s, i, j, t, amount) for (s, i, j, t), amount in sorted(with_plan.flows.items())]


def uses(case: Case, with_plan: Settled, without: Settled) -> list[Use]:
    """What people use in another jurisdiction at a price, without the plan and with it, and what that costs with it."""
    years = {period.id: period.years for period in case.periods}
    rows = []
    for use in sorted({*with_plan.uses, *without.uses}):
        s, i, j, t, policy = use
        (before, price), (amount, now) = (plan.uses.get(use, (0.0, 0.0)) for plan in (without, with_plan))
        price = max(price, now)
        rows.append(Use(s, i, j, policy, t, price, before, amount, price * years[t] * amount))
    return rows


def levels(case: Case, with_plan: Settled, without: Settled) -> list[Level]:
    """What residents of each city have of each service, without the plan and with it; nothing where nobody lives."""
    rows = []
    for s, service in case.services.items():
        for t in case.period_ids:
            for i, city in case.cities.items():
                place, people = (s, i, t), city.heads(service.of, t)
                lived = without.served_heads(case, place), with_plan.served_heads(case, place)
                stock = case.capacity[i, s]
                if stock.amount is None or people <= 0:
                    continue
                then, now = (
                    (plan.capacity.get(place, 0.0), plan.given.get(place, 0.0), plan.elsewhere.get(place, 0.0))
                    for plan in (without, with_plan)
                )
                before = city.heads(service.of, TODAY)
                today = stock.amount[TODAY] * (1.0 - stock.outsiders) / before * 1000.0 if before > 0 else nan
                has = (
                    plan.resident(case, place) / there * 1000.0
                    for plan, there in zip((without, with_plan), lived, strict=True)
                )
                rows.append(Level(s, i, t, *lived, service.per_1000[t], *then, *now, today, *has))
    return rows
