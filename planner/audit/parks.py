"""Parks: what each has in a period follows from its phases, its columns and the jobs that are productive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf

from planner.audit.books import Books
from planner.audit.report import Ledger, number
from planner.audit.world import Situation
from planner.audit.years import period_of, unit_started
from planner.case.nouns import Case, Park
from planner.plans.tables import ParkYear, Phase

PerPark = Mapping[tuple[str, str], float]  # park, period -> jobs


@dataclass(frozen=True)
class Production:
    """Jobs of the parks as the tables of phases and of bonuses have them, by park and period; 0 where there are none.

    Attributes
    ----------
    jobs
        Productive jobs.
    bonus
        The park's half of its bonus jobs.
    """

    jobs: PerPark
    bonus: PerPark


def production(books: Books) -> Production:
    """Add up the phases and the bonuses of each park."""
    jobs: dict[tuple[str, str], float] = defaultdict(float)
    bonus: dict[tuple[str, str], float] = defaultdict(float)
    for phase in books.phases.values():
        jobs[phase.measure, phase.period] += phase.jobs
    for pair in books.bonus.values():
        bonus[pair.measure, pair.period] += pair.jobs / 2
        bonus[pair.partner, pair.period] += pair.jobs / 2
    return Production(jobs, bonus)


def is_park(case: Case, measure: str) -> bool:
    """Whether a measure is a park (a closure has a row of the same columns, and is none)."""
    return case.measures[measure].kind == "park" and measure in case.parks


def parks_in(case: Case, city: str | None = None) -> Iterator[Park]:
    """The parks of a city, or of all."""
    for measure, park in case.parks.items():
        if is_park(case, measure) and city in (None, host(case, measure)):
            yield park


def host(case: Case, measure: str) -> str:
    """The city of a park or of a closure."""
    return case.measures[measure].cities[0]


def reaches_origin(case: Case, park: Park, situation: Situation, period: str) -> bool:
    """Whether the host is within the minutes of the origin that the park asks for (by any modes)."""
    if park.origin is None or park.origin_minutes is None:
        return True
    return situation.is_within(host(case, park.measure), park.origin, park.origin_minutes, period)


def check(case: Case, books: Books, made: Production, situation: Situation, ledger: Ledger) -> None:
    """Check the phases, then every row of the parks."""
    for phase in books.phases.values():
        _phase(case, phase, books, situation, ledger)
    serving = situation.serving
    expected = [(p.measure, t) for p in parks_in(case) for t in case.period_ids if serving.units(p.measure, t) > 0]
    ledger.rows("parks", "parks", books.parks, expected)
    for key in expected:
        if key in books.parks:
            _row(case, books.parks[key], books, made, situation, ledger)


def _phase(case: Case, row: Phase, books: Books, situation: Situation, ledger: Ledger) -> None:
    """Productive jobs of phases that serve, at most those of the units, and none where the origin is too far."""
    where = f"measure {row.measure}, {row.start_period}, {row.period}"
    a_park = is_park(case, row.measure)
    ledger.true("jobs", a_park, where, f"jobs {number(row.jobs)}", "0: it is no park")
    if not a_park:
        return
    ledger.true("jobs", row.jobs > 0, where, f"jobs {number(row.jobs)}", "above 0")
    park = case.parks[row.measure]
    started = books.decisions.get((row.measure, row.start_period))
    serves = row.period in unit_started(case, case.measures[row.measure], row.start_period).serves
    units = started.units if started is not None and serves else 0.0
    ledger.within("jobs", where, "jobs", row.jobs, -inf, park.jobs * units)
    near = reaches_origin(case, park, situation, row.period)
    words = f"0: {park.origin} is not within {number(park.origin_minutes or 0)} minutes"
    ledger.true("jobs", near, where, f"jobs {number(row.jobs)}", words)


def _row(case: Case, row: ParkYear, books: Books, made: Production, situation: Situation, ledger: Ledger) -> None:
    park = case.parks[row.measure]
    where = f"measure {row.measure}, {row.period}"
    key = (row.measure, row.period)
    units = situation.serving.units(*key)
    each = made.jobs.get(key, 0.0) / park.jobs  # phases' worth of productive jobs
    bonus = made.bonus.get(key, 0.0)
    figures = {
        "units": units,
        "possible_jobs": park.jobs * units,
        "jobs": park.jobs * each,
        "bonus_jobs": bonus,
        "skilled": park.skilled_share * (park.jobs * each + bonus),
        "area_km2": park.area_km2 * units_so_far(case, books, row.measure, row.period),
        "output": park.output * each,
        "emissions": park.emissions * each,
        "tax": park.tax * each * period_of(case, row.period).years,
    }
    for column, should in figures.items():
        ledger.small(should).same("parks", where, column, getattr(row, column), should)


def units_so_far(case: Case, books: Books, measure: str, period: str) -> float:
    """Units of a measure started up to a period: land is never given back."""
    past = case.period_ids[: case.period_ids.index(period) + 1]
    return sum(row.units for (m, start), row in books.decisions.items() if m == measure and start in past)
