"""Who is how well off in each plan: all cities, jurisdictions, cities; and where an indicator differs most."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from planner.reporting import words
from planner.reporting.compared.sections import ABSENT, Grid, change

if TYPE_CHECKING:
    from planner.comparing import Comparison

SHOWN = 12  # indicators of cities that differ most
SEEN = 5e-4  # a difference of gaps that figures with one decimal of a per cent show


def places(found: Comparison) -> tuple[str | Grid, ...]:
    """Mean gaps by city, and the largest differences, in the last period that all plans have."""
    if found.period is None:
        return ("The plans have no period in common: the tables gaps and levels have all of them.",)
    if found.tables["gaps"].empty:
        return ()
    label = next(p.label for p in found.plans[0].case.periods if p.id == found.period)
    return (_mean_gaps(found, label), *_largest(found, label))


def _mean_gaps(found: Comparison, label: str) -> Grid:
    """Mean gap of all cities, of each jurisdiction and of each city."""
    names = list(found.names)
    cities = {i: city.name for plan in reversed(found.plans) for i, city in plan.case.cities.items()}
    table = found.tables["city_gaps"]
    of_city = table[table["period"] == found.period]
    shared = found.tables["jurisdictions"]
    of_jurisdiction = shared[(shared["period"] == found.period) & (shared["figure"] == "gap_with")]
    labelled = [("all cities" if row["city"] == "" else cities.get(row["city"], row["city"]), row)
                for _, row in of_city.iterrows()]  # fmt: skip
    governs = Counter(city.jurisdiction for city in {i: c for p in found.plans for i, c in p.case.cities.items()}.values())
    governed = [(f"{row['jurisdiction']}, all its cities", row)
                for _, row in of_jurisdiction.iterrows() if governs[row["jurisdiction"]] > 1]  # fmt: skip
    rows = []
    for said, row in (*labelled[:1], *governed, *labelled[1:]):
        values = [100 * float(row[name]) for name in names]
        rows.append((str(said), *(_percent(v) for v in values), *change(values, 1)))
    heads = (f"mean gap in {label}, %", *names, *(["difference"] if len(names) == 2 else []))
    return Grid(heads, tuple(rows), "l" + "r" * (len(heads) - 1))


def _largest(found: Comparison, label: str) -> list[str | Grid]:
    """Where the plans differ most in an indicator: its figure in its own unit, and the gap."""
    names = list(found.names)
    gaps, levels = (_last(found, table) for table in ("gaps", "levels"))
    spread = {
        place: max(known) - min(known)
        for place, values in gaps.items()
        if len(known := [v for v in values if not math.isnan(v)]) > 1
    }
    apart = sorted((place for place in spread if spread[place] > SEEN), key=lambda place: -spread[place])
    if not apart:
        return ["No gap of any city differs visibly." if spread else "No indicator is in two plans."]
    cities = {i: city.name for plan in reversed(found.plans) for i, city in plan.case.cities.items()}
    rows = []
    for indicator, city in apart[:SHOWN]:
        unit = _unit(found, indicator, city)
        known = [abs(v) for v in levels[indicator, city] if not math.isnan(v)]
        decimals = 0 if "minutes" in unit else words.figure_decimals(max(known, default=0.0))
        figures = [_level(found, n, v, (indicator, city), decimals) for n, v in enumerate(levels[indicator, city])]
        rows.append((cities[city], indicator, unit, *figures, *(_percent(100 * v) for v in gaps[indicator, city])))
    heads = ("city", "indicator", "unit", *names, *(f"{name}\ngap, %" for name in names))
    grid = Grid(heads, tuple(rows), "lll" + "r" * 2 * len(names), f"Where the plans differ most in {label}")
    rest = len(apart) - SHOWN
    return [grid, f"and {rest} more: the tables gaps and levels have all."] if rest > 0 else [grid]


def _last(found: Comparison, table: str) -> dict[tuple[str, str], list[float]]:
    """(indicator, city) -> figure with each plan in the last period that all have."""
    frame = found.tables[table]
    rows = frame[(frame["period"] == found.period) & (frame["state"] == "with")]
    return {(row["indicator"], row["city"]): [float(row[name]) for name in found.names] for _, row in rows.iterrows()}


def _unit(found: Comparison, indicator: str, city: str) -> str:
    """Unit of an indicator, from the first plan that has it."""
    for plan in found.plans:
        if plan.has_decisions:
            table = plan.tables["indicators"]
            units = table.loc[(table["indicator"] == indicator) & (table["city"] == city), "unit"].tolist()
            if units:
                return str(units[0])
    return ""


def _level(found: Comparison, n: int, value: float, place: tuple[str, str], decimals: int) -> str:
    """A figure; where there is none, whether for want of a route or of the indicator."""
    if not math.isnan(value):
        return words.number(value, decimals)
    has_it = not math.isnan(_last(found, "gaps")[place][n])
    return "no route" if has_it else ABSENT


def _percent(value: float) -> str:
    return ABSENT if math.isnan(value) else words.number(value, 1)
