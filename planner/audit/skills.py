"""Skills: jobs that need skilled people, in cities that have only so many."""

from __future__ import annotations

from collections import defaultdict
from math import inf

from planner.audit.books import Books
from planner.audit.parks import parks_in
from planner.audit.report import Ledger
from planner.audit.years import period_of
from planner.case.nouns import Case


def check(case: Case, books: Books, ledger: Ledger) -> None:
    """Check who is free, who graduated in earlier periods, and who is needed, in every city with a limit."""
    limited = [city for city in case.cities.values() if city.skilled is not None]
    ledger.rows("skills", "skills", books.skills, [(city.id, t) for city in limited for t in case.period_ids])
    graduates = _graduates(case, books)
    for city in limited:
        so_far = 0.0
        for period in case.period_ids:
            used = sum(
                books.parks[park.measure, period].skilled
                for park in parks_in(case, city.id)
                if (park.measure, period) in books.parks
            )
            row = books.skills.get((city.id, period))
            if row is not None:
                assert city.skilled is not None
                where = f"city {city.id}, {period}"
                ledger.same("skills", where, "free", row.free, city.skilled)
                ledger.same("skills", where, "graduates", row.graduates, so_far)
                ledger.same("skills", where, "used", row.used, used)
                ledger.within("skills", where, "used", used, -inf, city.skilled + so_far, largest=so_far)
            so_far += graduates[city.id, period]


def _graduates(case: Case, books: Books) -> dict[tuple[str, str], float]:
    """Those whom a period's services bring to look for skilled work at home, wherever they were served."""
    found: dict[tuple[str, str], float] = defaultdict(float)
    for flow in books.flows.values():
        service = case.services[flow.service]
        a_year = service.graduates * service.stay_share * flow.amount
        found[flow.home, flow.period] += period_of(case, flow.period).years * a_year
    return found
