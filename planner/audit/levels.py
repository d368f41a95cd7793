"""What residents have of each service: recomputed with the plan, and held to what can be without it; and that none falls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import inf

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from planner.audit.books import Books
from planner.audit.prices import by_service, used_at_a_price
from planner.audit.report import Ledger
from planner.audit.services import Numbers, Supply
from planner.case import TODAY, Case
from planner.plans.tables import Level
from planner.words.said import _

NEARLY = 1e-6  # relative: rounding of what is added up


def check(
    case: Case,
    books: Books,
    supplied: Iterable[Supply],
    without: Iterable[Supply],
    flows: Mapping[tuple[str, str], Numbers],
    ledger: Ledger,
) -> None:
    """Check every row of the table, and the promise; a plan of an earlier version says nothing of it, and moves nobody."""
    supplied, without = list(supplied), list(without)
    if not (books.levels or case.no_level_falls or case.moves):
        return
    expected = [
        (supply.service, city, supply.period)
        for supply in supplied
        for city in case.cities
        if _heads(case, supply, city) > 0 and case.capacity[city, supply.service].amount is not None
    ]
    ledger.rows("residents", "levels", books.levels, expected)
    uses = by_service(books)
    for now, then in zip(supplied, without, strict=True):
        key = (now.service, now.period)
        rows = [books.levels.get((now.service, city, now.period)) for city in case.cities]
        _with_plan(case, rows, now, flows[key], ledger)
        paid = used_at_a_price(case, uses.get(key, ()), "amount_without")
        _without_plan(case, books, rows, then, paid, ledger)
        for i, row in enumerate(rows):
            if row is not None:
                sizes = [supply.need[i] / supply.base[i] if supply.base[i] > 0 else 1.0 for supply in (then, now)]
                _row(case, row, now.away, sizes, ledger)


def beyond(case: Case, books: Books, supplied: Iterable[Supply], with_plan: bool) -> dict[tuple[str, str], Numbers]:
    """(service, period) -> what each city may give others beyond what its people have of them, so that no level falls.

    A plan made by hand that says of itself that some fall gives what it gives.
    """
    found = {}
    for supply in supplied:
        most = np.full(len(case.cities), inf)
        for i, city in enumerate(case.cities) if with_plan and supply.service in case.no_level_falls else ():
            row = books.levels.get((supply.service, city, supply.period))
            if row is not None:
                had = row.capacity_without - row.shared_without + supply.away * row.elsewhere_without
                had *= row.people_with / row.people_without if row.people_without > 0 else 1.0
                gives = row.shared_with - supply.away * row.elsewhere_with
                most[i] = max(supply.capacity[i] - had, gives) + NEARLY * max(1.0, had)
        found[supply.service, supply.period] = most
    return found


def _heads(case: Case, supply: Supply, city: str) -> float:
    return case.cities[city].heads(case.services[supply.service].of, supply.period)


def _where(row: Level) -> str:
    return _("service {service}, city {city}, {period}").format(service=row.service, city=row.city, period=row.period)


def _with_plan(case: Case, rows: list[Level | None], supply: Supply, flows: Numbers, ledger: Ledger) -> None:
    """Capacity recomputed; what others use there, and what residents use elsewhere, as the flows say."""
    away = flows - np.diag(np.diag(flows))
    for i, row in enumerate(rows):
        if row is not None:
            ledger.same("residents", _where(row), "capacity_with", row.capacity_with, supply.capacity[i])
            ledger.same("residents", _where(row), "shared_with", row.shared_with, away[:, i].sum())
            ledger.same("residents", _where(row), "elsewhere_with", row.elsewhere_with, away[i].sum())


def _without_plan(case: Case, books: Books, rows: list[Level | None], supply: Supply, paid: Numbers, ledger: Ledger) -> None:
    """Capacity recomputed; use across cities that can be, and that fits the gaps without the plan."""
    shared, elsewhere = np.zeros(len(rows)), np.zeros(len(rows))
    most_shared = np.zeros(len(rows))
    for i, row in enumerate(rows):
        if row is None:  # nobody lives there who needs it, so that no row says what others use there
            most_shared[i] = min(float(supply.capacity[i]), float(supply.for_others[i]))
            continue
        shared[i], elsewhere[i] = row.shared_without, row.elsewhere_without
        most_shared[i] = row.shared_without
        where, capacity, need = _where(row), float(supply.capacity[i]), float(supply.need[i])
        ledger.same("residents", where, "capacity_without", row.capacity_without, capacity)
        ledger.within("residents", where, "shared_without", shared[i], 0.0, min(capacity, float(supply.for_others[i])))
        ledger.within("residents", where, "elsewhere_without", elsewhere[i], 0.0, need)
        found = books.indicators.get((row.service, row.city, row.period))
        if found is not None:
            met, counted = need - float(supply.base[i]) * found.gap_without, supply.away * elsewhere[i]
            at_home = min(capacity - shared[i], need - elsewhere[i])
            ledger.within("residents", where, _("need met at home without the plan"), met - counted, 0.0, at_home, need)
    if shared.any() or elsewhere.any() or paid.any():
        where = _("service {service}, {period}, without the plan").format(service=supply.service, period=supply.period)
        possible = _can_be(supply, paid, (shared, most_shared), elsewhere)
        should = _("use that catchments, borders and prices allow, all that is used elsewhere being shared by others")
        ledger.true("residents", possible, where, _("what is used in other cities"), should)


def _can_be(supply: Supply, paid: Numbers, shared: tuple[Numbers, Numbers], elsewhere: Numbers) -> bool:
    """Whether there are flows between cities with these sums, home by home and place by place, with what is paid for.

    Of what is shared in a place the least and the most are known, which are the same where its row says it.
    """
    least_shared, most_shared = shared
    size = len(elsewhere)
    near = NEARLY * max(1.0, float(least_shared.max()), float(elsewhere.max()))
    home, place = np.nonzero(supply.allowed & ~np.eye(size, dtype=bool) & (supply.need > 0)[:, None])
    if not len(home):
        return bool(max(np.abs(least_shared).max(), np.abs(elsewhere).max()) <= near)
    every, ones = np.arange(len(home)), np.ones(2 * len(home))
    sums = csr_array((ones, (np.concatenate([home, size + place]), np.tile(every, 2))), shape=(2 * size, len(home)))
    least_sums, most_sums = np.concatenate([elsewhere, least_shared]), np.concatenate([elsewhere, most_shared])
    least = paid[home, place]
    most = np.where(supply.free[home, place], inf, least)
    bounds = np.column_stack([least * (1 - NEARLY), most * (1 + NEARLY)])
    rows = csr_array(np.vstack([sums.toarray(), -sums.toarray()]))
    found = linprog(
        np.zeros(len(home)), rows, np.concatenate([most_sums + near, near - least_sums]), bounds=bounds, method="highs"
    )
    return bool(found.status == 0)


def _row(case: Case, row: Level, away: float, sizes: Sequence[float], ledger: Ledger) -> None:
    """People, standard and levels follow; and none falls where the case says so."""
    service, where = case.services[row.service], _where(row)
    city, stock = case.cities[row.city], case.capacity[row.city, row.service]
    everybody = [city.heads(service.of, row.period) * size for size in sizes]
    for column, people in zip(("people_without", "people_with"), everybody, strict=True):
        ledger.same("residents", where, column, getattr(row, column), people)
    ledger.same("residents", where, "standard", row.standard, service.per_1000[row.period])
    before = city.heads(service.of, TODAY)
    here = np.nan if stock.amount is None or before <= 0 else stock.amount[TODAY] * (1.0 - stock.outsiders) / before * 1000.0
    ledger.same("residents", where, "today", row.today, float(here))
    then = row.capacity_without - row.shared_without + away * row.elsewhere_without
    now = row.capacity_with - row.shared_with + away * row.elsewhere_with
    for column, amount, capacity, people in (
        ("without_plan", then, row.capacity_without, everybody[0]), ("with_plan", now, row.capacity_with, everybody[1]),
    ):  # fmt: skip
        largest = capacity / people * 1000.0 if people > 0 else 0.0
        ledger.same("residents", where, column, getattr(row, column), amount / people * 1000.0, largest)
    if row.service in case.no_level_falls:
        promise = ("no level falls", row.service, row.city, row.period)
        most = max(row.capacity_with, row.capacity_without)
        least = then * everybody[1] / everybody[0] if everybody[0] > 0 else 0.0
        ledger.promise("no level falls", where, _("residents have"), now, least, inf, largest=most, promise=promise)
