"""Land that parks use, and cities that an industry is in."""

from __future__ import annotations

from math import inf

from planner.audit.books import Books
from planner.audit.parks import host, parks_in, units_so_far
from planner.audit.report import Ledger
from planner.audit.years import Serving, period_of
from planner.case import naming
from planner.case.nouns import AddLand, Case


def check(case: Case, books: Books, serving: Serving, ledger: Ledger) -> None:
    """Check the land of every city with a quota, and the hosts of every industry with a limit."""
    for city in case.cities.values():
        if city.land_quota_km2 is not None:
            for period in case.period_ids:
                used = sum(p.area_km2 * units_so_far(case, books, p.measure, period) for p in parks_in(case, city.id))
                quota = city.land_quota_km2 + _added(case, city.id, serving, period)
                where = f"city {city.id}, {period}"
                words = (f"{city.name}, {period_of(case, period).label}:", "km2")
                ledger.promise("land", where, "km2 of parks", used, -inf, quota, words=words)
    started = {measure for measure, _ in books.decisions}
    for industry in case.industries.values():
        if industry.max_hosts is not None:
            parks = [p.measure for p in parks_in(case) if p.industry == industry.id]
            hosts = {host(case, measure) for measure in parks if measure in started}
            said = (f"industry {naming.name_of(industry)}:", f"({industry.max_hosts} may have them)")
            where = f"industry {industry.id}"
            ledger.promise("hosts", where, "cities with parks", len(hosts), -inf, industry.max_hosts, words=said)


def _added(case: Case, city: str, serving: Serving, period: str) -> float:
    """Land that serving policies add in a city."""
    return sum(
        effect.km2
        for effect in case.effects
        if isinstance(effect, AddLand) and city in effect.cities and serving.serves(effect.measure, period)
    )
