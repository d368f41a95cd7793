"""The policy pyramid: what a level may cost, how long a city is subsidised, and barriers that go first."""

from __future__ import annotations

from math import inf

from planner.audit.books import Books
from planner.audit.report import Ledger
from planner.audit.years import Serving, period_of
from planner.case import naming
from planner.case.nouns import Case
from planner.plans.tables import Decision


def check(case: Case, books: Books, serving: Serving, ledger: Ledger) -> None:
    """Check the levels' shares of all money, the subsidised periods of every city, and every start of a subsidy."""
    money = sum(sum(line.amount.values()) for line in case.lines.values())
    for level, share in case.pyramid.at_most_share.items():
        measures = {m.id for m in case.measures.values() if m.level == level}
        spent = sum(row.capital + row.running for row in books.spending.values() if row.measure in measures)
        words = (f"level {naming.as_words(level)}:", f"({share:.0%})")
        ledger.promise("levels", f"level {level}", "spending", spent, -inf, share * money, words=words)
    subsidies = [m for m in case.measures.values() if m.level == "subsidy"]
    most = case.pyramid.subsidy_periods
    for city in case.cities.values() if most is not None else ():
        here = [m.id for m in subsidies if city.id in m.cities]
        count = sum(any(serving.units(m, period) > 0 for m in here) for period in case.period_ids)
        said = (f"{city.name}:", "subsidised", f"({most} may be)")
        ledger.promise("subsidies", f"city {city.id}", "subsidised periods", count, -inf, most or 0, words=said)
    for row in books.decisions.values():
        if case.measures[row.measure].level == "subsidy":
            _barriers(case, row, serving, ledger)


def _barriers(case: Case, row: Decision, serving: Serving, ledger: Ledger) -> None:
    """A subsidy starts only while every removal serves that its jurisdictions sign."""
    measure = case.measures[row.measure]
    for barrier in case.pyramid.barriers_first:
        removal = case.measures[barrier]
        if set(removal.signed_by) & set(measure.jurisdictions):
            where = f"measure {row.measure}, {row.start_period}"
            label = period_of(case, row.start_period).label
            words = (f"{measure.name} starts in {label}", removal.name, "barrier")
            units = serving.units(barrier, row.start_period)
            ledger.promise("barriers", where, f"units of {barrier} serving at the start", units, 1.0, inf, words=words)
