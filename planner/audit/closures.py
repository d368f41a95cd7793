"""Closures: jobs that end, and the productive jobs that have to replace them in the same city."""

from __future__ import annotations

from math import inf

from planner.audit.parks import Production, host, parks_in
from planner.audit.report import Ledger
from planner.audit.years import Serving, period_of
from planner.case.nouns import Case


def lost(case: Case, city: str, serving: Serving, period: str) -> float:
    """Jobs that have ended in a city by a period."""
    return sum(
        park.jobs * serving.units(measure, period)
        for measure, park in case.parks.items()
        if case.measures[measure].kind == "closure" and host(case, measure) == city
    )


def check(case: Case, made: Production, serving: Serving, ledger: Ledger) -> None:
    """Check that the parks of a city have at least as many productive jobs as its closures ended."""
    for city in case.cities.values():
        for period in case.period_ids:
            ended = lost(case, city.id, serving, period)
            if ended > 0:
                jobs = sum(made.jobs.get((park.measure, period), 0.0) for park in parks_in(case, city.id))
                words = (f"{city.name}, {period_of(case, period).label}:", "plants close")
                where = f"city {city.id}, {period}"
                ledger.promise("closures", where, "productive jobs of parks", jobs, ended, inf, words=words)
