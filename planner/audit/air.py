"""Airsheds: emissions of parks, less what is abated and what is closed, and their caps."""

from __future__ import annotations

from math import inf, nan

from planner.audit.books import Books
from planner.audit.parks import host
from planner.audit.report import Ledger
from planner.audit.years import Serving, period_of
from planner.case import naming
from planner.case.nouns import Airshed, Case, LowerEmissions


def check(case: Case, books: Books, serving: Serving, ledger: Ledger) -> None:
    """Check every airshed in every period."""
    ledger.rows("airsheds", "airsheds", books.airsheds, [(h, t) for h in case.airsheds for t in case.period_ids])
    for airshed in case.airsheds.values():
        for period in case.period_ids:
            if (airshed.id, period) in books.airsheds:
                _row(case, airshed, period, books, serving, ledger)


def _row(case: Case, airshed: Airshed, period: str, books: Books, serving: Serving, ledger: Ledger) -> None:
    says = books.airsheds[airshed.id, period]
    under = {measure for measure in case.parks if case.cities[host(case, measure)].airshed == airshed.id}
    existing = airshed.existing[period]
    parks = sum(row.emissions for row in books.parks.values() if row.measure in under and row.period == period)
    closed = sum(
        case.parks[measure].emissions * serving.units(measure, period)
        for measure in under
        if case.measures[measure].kind == "closure"
    )
    abated = sum(
        effect.by * serving.units(effect.measure, period)
        for effect in case.effects
        if isinstance(effect, LowerEmissions) and effect.airshed == airshed.id
    )
    emitted = max(0.0, existing + parks - abated - closed)
    cap = nan if airshed.cap is None else airshed.cap[period]
    where = f"airshed {airshed.id}, {period}"
    terms = {"existing": existing, "parks": parks, "abated": abated, "closed": closed}
    largest = max(terms.values())
    by = ledger.small(max(existing, largest))
    for column, should in {**terms, "emissions": emitted, "cap": cap}.items():
        by.same("airsheds", where, column, getattr(says, column), should, largest if column == "emissions" else 0.0)
    if airshed.cap is not None:
        words = (f"airshed {naming.name_of(airshed)}, {period_of(case, period).label}:",)
        ledger.promise("emission caps", where, "emissions", says.emissions, -inf, cap, largest=largest, words=words)
