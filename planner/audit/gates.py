"""Gates: units that start only where an indicator is good enough."""

from __future__ import annotations

from planner.audit.books import Books
from planner.audit.promises import own_limits, own_size, own_value
from planner.audit.report import Ledger
from planner.audit.years import period_of
from planner.case.nouns import Case


def check(case: Case, books: Books, ledger: Ledger) -> None:
    """Check every start behind a gate, in each city of the measure that has the indicator."""
    for gate in case.gates:
        for row in books.decisions.values():
            if row.measure not in gate.measures:
                continue
            measure, period = case.measures[row.measure], row.start_period
            for city in measure.cities:
                found = books.indicators.get((gate.indicator, city, period))
                if found is None:
                    continue
                where = f"gate {gate.id}, measure {measure.id}, city {city}, {period}"
                label = period_of(case, period).label
                words = (f"gate {gate.id}: {measure.name} starts in {label}", f"but {case.cities[city].name} misses it")
                least, most = own_limits(case, found, gate.at_least, gate.at_most)
                value, per = own_value(case, found), own_size(case, found)
                ledger.promise("gates", where, found.unit, value, least, most, per=per, words=words)
