"""Who is how well off in each plan: all cities, jurisdictions, cities; and where an indicator differs most."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from planner.case import naming
from planner.documents.compared.sections import ABSENT, Grid, cases_of, change
from planner.words import phrases
from planner.words.plurals import count, noun

if TYPE_CHECKING:
    from planner.comparing import Comparison

SHOWN = 40  # indicators of cities that differ most
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
    governed = [(f"{naming.in_any(naming.jurisdiction, cases_of(found), row['jurisdiction'])}, all its cities", row)
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
    gaps = {key[:2]: values for key, values in _last(found, "gaps", "state").items()}
    levels: dict[tuple[str, ...], list[tuple[str, list[float]]]] = defaultdict(list)  # by unit, if cases have several
    for (indicator, city, unit), values in _last(found, "levels", "unit").items():
        levels[indicator, city].append((unit, values))
    spread = {
        place: max(known) - min(known)
        for place, values in gaps.items()
        if len(known := [v for v in values if not math.isnan(v)]) > 1
    }
    apart = sorted((place for place in spread if spread[place] > SEEN), key=lambda place: -spread[place])
    if not apart:
        return ["No gap of any city differs visibly." if spread else _nothing_shared(found, set(gaps))]
    cities = {i: city.name for plan in reversed(found.plans) for i, city in plan.case.cities.items()}
    rows = []
    for place in apart[:SHOWN]:
        for unit, values in levels[place]:
            known = [abs(v) for v in values if not math.isnan(v)]
            decimals = 0 if "minutes" in unit else phrases.figure_decimals(max(known, default=0.0))
            figures = [_level(v, gap, decimals) for v, gap in zip(values, gaps[place], strict=True)]
            rows.append(
                (
                    cities[place[1]],
                    naming.in_any(naming.indicator, cases_of(found), place[0]),
                    unit,
                    *figures,
                    *(_percent(100 * v) for v in gaps[place]),
                )
            )
    heads = ("city", "indicator", "unit", *names, *(f"{name}\ngap, %" for name in names))
    grid = Grid(heads, tuple(rows), "lll" + "r" * 2 * len(names), f"Where the plans differ most in {label}")
    rest = len(apart) - SHOWN
    return [grid, f"and {rest} more: the tables gaps and levels have all."] if rest > 0 else [grid]


def _nothing_shared(found: Comparison, places: set[tuple[str, ...]]) -> str:
    """Why no gap of a city can be set beside another: no indicator, or no city, is in two plans."""
    cases = cases_of(found)
    of_indicator, of_city = ({key[n] for key in places} for n in (0, 1))
    shared = [x for x in of_indicator if sum(x in case.indicators for case in cases) > 1]
    if not shared:
        return "No indicator is in two plans."
    if any(sum(i in case.cities for case in cases) > 1 for i in of_city):
        return "No city has the same indicator in two plans."
    names = sorted(naming.in_any(naming.indicator, cases, x) for x in shared)
    said = f"{count(len(shared), 'indicator')} {noun(len(shared), 'is', 'are')} in two plans or more ({phrases.join(names)})"
    return f"No city is in two plans, so no gap of a city can be set beside another's; {said}."


def _last(found: Comparison, table: str, *more: str) -> dict[tuple[str, ...], list[float]]:
    """(indicator, city, ...) -> figure with each plan in the last period that all have."""
    frame = found.tables[table]
    rows = frame[(frame["period"] == found.period) & (frame["state"] == "with")]
    keys = ("indicator", "city", *more)
    return {tuple(row[key] for key in keys): [float(row[name]) for name in found.names] for _, row in rows.iterrows()}


def _level(value: float, gap: float, decimals: int) -> str:
    """A figure; where there is none, whether for want of a route or of the indicator."""
    if not math.isnan(value):
        return phrases.number(value, decimals)
    return ABSENT if math.isnan(gap) else "no route"


def _percent(value: float) -> str:
    return ABSENT if math.isnan(value) else phrases.number(value, 1)
