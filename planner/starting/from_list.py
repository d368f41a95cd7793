"""A first case from a list of cities alone: neighbour roads, motorways by norm, default standards, all guesses marked.

Rules, also written into the case's SOURCES.md:

- Two cities are neighbours if no third one lies in the circle over the line between them (Gabriel graph).
- A road is 1.25 times as long as the great circle and is driven at 65 km/h; a motorway on the same way at 100 km/h.
- A motorway costs 0.1 bn CNY a kilometre; the budget of the horizon is half of what all of them cost, by population.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from planner.case.problems import Problem, Problems
from planner.case.raw import RawTable
from planner.case.values import as_number
from planner.handmade import read_handmade

NEEDED = ("id", "lat", "lon", "population")
PERIODS = {"2030": "2026-2030", "2035": "2031-2035"}
DETOUR = 1.25
ROAD_SPEED, MOTORWAY_SPEED = 65.0, 100.0  # km/h
MOTORWAY_COST = 0.1  # bn CNY a km
BUDGET_SHARE = 0.5  # of the cost of all motorways
EARTH_RADIUS = 6371.0  # km
MOST_CITIES = 300
LIMITS = {"lat": (-90.0, 90.0), "lon": (-180.0, 180.0), "population": (1.0, 1e10)}


@dataclass(frozen=True)
class Town:
    """A city of the list."""

    id: str
    jurisdiction: str
    lat: float
    lon: float
    population: float


def from_cities(file: Path, title: str) -> dict[str, str]:
    """Make a case from a list of cities.

    Parameters
    ----------
    file
        CSV with the columns id, lat, lon and population; all columns of a case's cities.csv are kept.
    title
        Title of the case.

    Returns
    -------
    File name -> text.

    Raises
    ------
    planner.case.problems.CaseInvalid
        With everything that is wrong with the list.
    """
    table = read_handmade(file, NEEDED)
    towns = _towns(table, file.name)
    pairs = _neighbours(towns)
    return {
        "case.yaml": _case(title, towns),
        "cities.csv": _cities(table, towns),
        "capacity.csv": _table("city,service,capacity,basis", [[t.id, "doctors", "unknown", "assumed"] for t in towns]),
        "links.csv": _links(pairs),
        "measures.csv": _measures(pairs),
        "norms.csv": _table(
            "id,unit,capital_cost,low,high,running_share,build_years,basis",
            [["motorway", "km", MOTORWAY_COST, 0.03, 0.28, 0.01, 2, "assumed"]],
        ),
        "budgets.csv": _budgets(towns, pairs),
        "SOURCES.md": _SOURCES.format(share=BUDGET_SHARE, cost=MOTORWAY_COST, road=ROAD_SPEED, fast=MOTORWAY_SPEED),
    }


def _towns(table: RawTable, file: str) -> list[Town]:
    """The cities of the list, with a jurisdiction for those that have none."""
    problems = Problems()
    towns: list[Town] = []
    for row in table.rows:
        values: dict[str, float] = {}
        for name, (least, most) in LIMITS.items():
            text = row.cells.get(name, "")
            try:
                values[name] = as_number(text)
            except ValueError:
                values[name] = math.nan
            if not least <= values[name] <= most:
                problems.add(Problem(file, f"'{text}' is not a number from {least:g} to {most:g}", row.number, name))
        name = row.cells.get("id", "")
        if not name or name in {town.id for town in towns}:
            problems.add(Problem(file, f"'{name}' must be a name that stands there once", row.number, "id"))
        towns.append(Town(name, row.cells.get("jurisdiction", "region"), **values))
    if not 2 <= len(towns) <= MOST_CITIES:
        problems.add(Problem(file, f"must list 2 to {MOST_CITIES} cities, not {len(towns)}"))
    problems.raise_if_any(file)
    return towns


def _neighbours(towns: list[Town]) -> list[tuple[Town, Town, float]]:
    """Neighbouring pairs and the road kilometres between them."""
    pairs = []
    for n, a in enumerate(towns):
        for b in towns[n + 1 :]:
            square = _km(a, b) ** 2
            if not any(_km(a, c) ** 2 + _km(c, b) ** 2 < square for c in towns if c not in (a, b)):
                pairs.append((a, b, max(1.0, DETOUR * math.sqrt(square))))
    return pairs


def _km(a: Town, b: Town) -> float:
    """Great circle between two cities."""
    phi, psi = math.radians(a.lat), math.radians(b.lat)
    half = math.sin((psi - phi) / 2) ** 2
    half += math.cos(phi) * math.cos(psi) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 2 * EARTH_RADIUS * math.asin(min(1.0, math.sqrt(half)))


def _cities(table: RawTable, towns: list[Town]) -> str:
    """The list as it came, with a jurisdiction and a tier for every city."""
    largest = max(towns, key=lambda town: town.population)
    columns = [*table.columns, *(name for name in ("jurisdiction", "tier", "basis") if name not in table.columns)]
    rows = []
    for row, town in zip(table.rows, towns, strict=True):
        guess = {"jurisdiction": town.jurisdiction, "tier": "core" if town == largest else "small", "basis": "assumed"}
        rows.append([row.cells.get(name) or guess.get(name, "") for name in columns])
    return _table(",".join(columns), rows)


def _links(pairs: list[tuple[Town, Town, float]]) -> str:
    rows = []
    for a, b, km in pairs:
        between = f"{a.id}-{b.id}"
        slow, fast = 60 * km / ROAD_SPEED, 60 * km / MOTORWAY_SPEED
        rows.append([f"road-{between}", a.id, b.id, "road", f"{slow:.1f}", f"{km:.1f}", "", "assumed"])
        needs = f"motorway-{between}"
        rows.append([needs, a.id, b.id, "road", f"{fast:.1f}", f"{km:.1f}", needs, "assumed"])
    return _table("id,from,to,mode,minutes,km,needs,basis", rows)


def _measures(pairs: list[tuple[Town, Town, float]]) -> str:
    rows = [
        [
            f"motorway-{a.id}-{b.id}",
            f"Motorway {a.id}-{b.id}",
            "link",
            f"{a.id};{b.id}",
            "motorway",
            f"{km:.1f}",
            "assumed",
        ]
        for a, b, km in pairs
    ]
    return _table("id,name,kind,city,norm,quantity,basis", rows)


def _budgets(towns: list[Town], pairs: list[tuple[Town, Town, float]]) -> str:
    money = BUDGET_SHARE * MOTORWAY_COST * sum(km for _, _, km in pairs) / len(PERIODS)
    people = sum(town.population for town in towns)
    rows = []
    for jurisdiction in dict.fromkeys(town.jurisdiction for town in towns):
        share = sum(town.population for town in towns if town.jurisdiction == jurisdiction) / people
        rows += [[f"{jurisdiction} budget", period, f"{money * share:.2f}", "assumed"] for period in PERIODS]
    return _table("line,period,amount,basis", rows)


def _case(title: str, towns: list[Town]) -> str:
    lines = []
    for jurisdiction in dict.fromkeys(town.jurisdiction for town in towns):
        name = _quoted(jurisdiction)
        lines.append(
            f"  {_quoted(jurisdiction + ' budget')}: "
            f"{{holder: {name}, pays_for: [{{jurisdiction: {name}}}], carry_over: true}}"
        )
    return _CASE.format(title=_quoted(title), periods=", ".join(PERIODS.values()), lines="\n".join(lines))


def _quoted(text: str) -> str:
    """Text for YAML, whatever signs it has."""
    return "'" + text.replace("'", "''") + "'"


def _table(header: str, rows: Sequence[Sequence[object]]) -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header.split(","))
    writer.writerows(rows)
    return stream.getvalue()


_CASE = """\
# A first case from a list of cities. Everything that was not in the list is a guess: see SOURCES.md.
format: 1
title: {title}
money: {{unit: bn CNY, prices: 2023, discount_rate: 0.05}}
periods: [{periods}]
modes:
  road: {{boarding_minutes: 10, border_minutes: 0}}
services:       # what each city has stands in capacity.csv: replace "unknown" there to make the service count
  doctors: {{unit: posts, per_1000: 3, catchment_minutes: 60, across_borders: by_policy}}
access:
  core: {{kind: nearest, from: {{}}, to: {{tier: core}}, standard_minutes: 60, worst_minutes: 150}}
  cluster: {{kind: all, from: {{}}, to: {{}}, weight: population, standard_minutes: 120, worst_minutes: 240}}
lines:
{lines}
goals:
  - {{minimise: gaps, tolerance: 0.001}}
  - {{minimise: spending}}
  - {{minimise: starts}}
assumptions:
  - Everything but the list of cities is a first guess and has to be replaced.
"""

_SOURCES = """\
# Where the figures come from

The cities come from the list that this case was made of. Everything else was worked out by these rules, is marked
`assumed`, and has to be replaced by figures of your own:

- A city without a jurisdiction belongs to "region"; without tiers the largest city is the core, the others are small.
- Neighbours: no third city lies in the circle over the line between the two (Gabriel graph of the seats).
- Roads: 1.25 x the great circle, driven at {road:g} km/h; a motorway on the same way at {fast:g} km/h.
- A motorway costs {cost:g} bn CNY a kilometre to build, 1 % of that a year to run, and takes two years.
- Budgets: together {share:.0%} of what all motorways cost, by population, half in each period.
- Doctors: 3 posts per 1,000 people; what the cities have is not known, so the service does not count yet.
"""
