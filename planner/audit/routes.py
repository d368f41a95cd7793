"""The table of routes: fastest minutes without and with the plan, and the way there."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from planner.audit.books import Books
from planner.audit.network import Arcs, along
from planner.audit.report import Ledger, number
from planner.audit.world import World
from planner.case.nouns import Case
from planner.plans.tables import Route


def check(case: Case, books: Books, world: World, ledger: Ledger) -> None:
    """Compare the minutes of every ordered pair of cities that can be reached with the plan."""
    cities = list(case.cities)
    expected = set()
    modes = re.compile(rf" \(({'|'.join(re.escape(mode) for mode in case.modes)})\) ")
    ids = {city.name: city.id for city in case.cities.values()}
    for period in case.period_ids:
        without = world.without.minutes(period) / 100
        with_plan = world.with_plan.minutes(period) / 100
        arcs = world.with_plan.arcs(period)
        for i, j in zip(*np.nonzero(np.isfinite(with_plan)), strict=True):
            if i == j:
                continue
            key = (cities[i], cities[j], period)
            expected.add(key)
            if key in books.routes:
                row = books.routes[key]
                where = f"from {row.origin} to {row.destination}, {period}"
                ledger.same("routes", where, "minutes_without", row.minutes_without, _or_nothing(without[i, j]))
                ledger.same("routes", where, "minutes_with", row.minutes_with, with_plan[i, j])
                _way(row, modes, ids, arcs, ledger)
    ledger.rows("routes", "routes", books.routes, expected)


def _or_nothing(found: float) -> float:
    return float(found) if np.isfinite(found) else np.nan


def _way(row: Route, modes: re.Pattern[str], ids: Mapping[str, str], arcs: Arcs, ledger: Ledger) -> None:
    """The way named, `City (mode) City (mode) City`, can be gone in the minutes stated."""
    where = f"from {row.origin} to {row.destination}, {row.period}"
    first, *rest = modes.split(row.via)
    stops = [ids.get(name, "") for name in (first, *rest[1::2])]
    ends = (stops[0], stops[-1])
    taken = along(arcs, stops[0], list(zip(rest[0::2], stops[1:], strict=True)))
    way = f"via {row.via!r}"
    ledger.true("routes", ends == (row.origin, row.destination), where, way, "a way from the one to the other")
    says = "no way" if taken is None else f"{way} takes {number(taken / 100)} minutes"
    holds = taken is not None and taken == round(100 * row.minutes_with)
    ledger.true("routes", holds, where, says, f"a way of {number(row.minutes_with)} minutes")
