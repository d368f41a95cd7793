"""Tables about parks, people and air: who works where, what limits it, what it earns, and what it emits."""

from __future__ import annotations

from math import nan

from models.instance import up_to
from planner.case import Case
from planner.planning.figures.settled import Settled
from planner.plans.tables import AFTER, Air, Bonus, ParkYear, Phase, Skill, Tax


def parks(case: Case, plan: Settled) -> list[ParkYear]:
    """One row for every park and period in which units of it serve."""
    work, rows = plan.working, []
    for p, park in case.parks.items():
        for t in case.period_ids if case.measures[p].is_park else ():
            units = work.units[t].get(p, 0.0)
            if units > 0:
                jobs, bonus = work.jobs_of(p, t), work.bonus_of(p, t)
                rows.append(
                    ParkYear(
                        p, t, units=units, possible_jobs=park.jobs * units, jobs=jobs, bonus_jobs=bonus,
                        skilled=park.skilled_share * (jobs + bonus), area_km2=park.area_km2 * _started(case, plan, p, t),
                        output=park.output / park.jobs * jobs, emissions=park.emissions / park.jobs * jobs,
                        tax=work.tax_of(case, p, t),
                    )
                )  # fmt: skip
    return rows


def _started(case: Case, plan: Settled, park: str, t: str) -> float:
    """Units of a park started so far: land is taken when the works start, and never given back."""
    so_far = up_to(case.period_ids, t)
    return sum(units for (a, u), units in plan.decisions.items() if a == park and u in so_far)


def phases(plan: Settled) -> list[Phase]:
    """Productive jobs by the period in which their phase was started, and the origin's part of their tax."""
    work = plan.working
    return [Phase(p, u, t, jobs, work.shared_tax.get((p, u, t), 0.0)) for (p, u, t), jobs in work.jobs.items()]


def bonus(plan: Settled) -> list[Bonus]:
    """Bonus jobs of pairs of parks in a value chain."""
    return [Bonus(*pair, jobs) for pair, jobs in plan.working.bonus.items()]


def taxes(case: Case, plan: Settled) -> list[Tax]:
    """Every yuan of tax: of which park and period, when it arrives, and at whose line."""
    lines = case.tax_lines
    rows = []
    for p, park in case.parks.items():
        host = lines.get(case.cities[case.measures[p].cities[0]].jurisdiction, "") if case.measures[p].cities else ""
        origin = lines.get(case.cities[park.origin].jurisdiction, "") if park.origin is not None else ""
        for number, t in enumerate(case.period_ids):
            tax = plan.working.tax_of(case, p, t) if case.measures[p].is_park else 0.0
            if tax > 0:
                arrives = case.period_ids[number + 1] if number + 1 < len(case.period_ids) else AFTER
                shared = sum(money for (q, _, e), money in plan.working.shared_tax.items() if (q, e) == (p, t))
                moved = -park.moved_share * tax
                parts = (("host", host, tax - shared), ("origin", origin, shared), ("moved", origin, moved))
                rows += [Tax(p, t, arrives, line, part, amount) for part, line, amount in parts if amount]
    return rows


def skills(case: Case, plan: Settled) -> list[Skill]:
    """Skilled people who are free in a city, graduates of earlier periods, and skilled jobs in its parks."""
    served: dict[tuple[str, str, str], float] = {}
    for (s, i, _, t), amount in plan.flows.items():
        served[s, i, t] = served.get((s, i, t), 0.0) + amount
    rows = []
    for i, city in case.cities.items():
        if city.skilled is None:
            continue
        here = [p for p in case.parks if case.measures[p].is_park and case.measures[p].cities[0] == i]
        for number, t in enumerate(case.period_ids):
            coming = sum(
                e.years * s.graduates * s.stay_share * served.get((s.id, i, e.id), 0.0)
                for s in case.services.values()
                for e in case.periods[:number]
            )
            used = sum(
                case.parks[p].skilled_share * (plan.working.jobs_of(p, t) + plan.working.bonus_of(p, t)) for p in here
            )
            rows.append(Skill(i, t, free=city.skilled, graduates=coming, used=used))
    return rows


def airsheds(case: Case, plan: Settled) -> list[Air]:
    """Emissions a year of every airshed, and its cap."""
    return [
        Air(
            h, t, airshed.existing[t], *plan.working.emissions(case, h, t),
            nan if airshed.cap is None else airshed.cap[t],
        )
        for h, airshed in case.airsheds.items()
        for t in case.period_ids
    ]  # fmt: skip
