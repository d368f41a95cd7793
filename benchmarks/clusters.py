"""Clusters of any size, made up by a fixed rule, as case folders: for timing only, no figure in them means anything.

Cities lie at random on a square, 40 km apart in the mean; roads join each to its three nearest, railways join the four core
cities, each quarter of the square is a jurisdiction with a budget line. Every railway to a larger neighbour is a candidate,
the core cities may get hubs, every city facilities of three services, every pair of jurisdictions two signatures.
"""

from __future__ import annotations

import csv
from itertools import combinations
from math import hypot
from pathlib import Path

import numpy as np

LARGE = 2e6  # people
PERIODS = ("2030", "2035", "2040")
JURISDICTIONS = ("Northwest", "Northeast", "Southwest", "Southeast")
SERVICES = {"doctors": (3.0, 0.0005, 500), "nurses": (5.0, 0.0002, 1500), "beds": (6.0, 0.00015, 1000)}


def write_cluster(folder: Path, cities: int, seed: int = 1) -> Path:
    """Write a case of so many cities; the same every time for the same seed."""
    rng = np.random.default_rng(seed)
    places, quarter = _places(rng, cities)
    people = np.round(rng.lognormal(14.5, 0.8, cities), -3)
    core = set(np.argsort(-people)[:4].tolist())
    pairs = _neighbours(places)
    folder.mkdir(parents=True, exist_ok=True)
    _cities(folder, places, people, core, quarter)
    _capacity(folder, people, core, rng)
    large = {i for i, n in enumerate(people) if n > LARGE}
    ends = _links(folder, places, pairs, core, large)
    cost = _measures(folder, ends, people, core, quarter)
    _budgets(folder, cost)
    write_table(folder, "trips.csv", ["from", "to", "trips"], [
        [f"c{a}", f"c{b}", people[b]] for i, j in pairs for a, b in ((i, j), (j, i))
    ])  # fmt: skip
    (folder / "case.yaml").write_text(_yaml(cities, core), encoding="utf-8")
    return folder


def _places(rng: np.random.Generator, cities: int) -> tuple[np.ndarray, list[str]]:
    """Where the cities lie, km, and in which jurisdiction each."""
    side = 40.0 * cities**0.5
    places = rng.uniform(0, side, (cities, 2))
    return places, [JURISDICTIONS[int(x > side / 2) + 2 * int(y < side / 2)] for x, y in places]


def _neighbours(places: np.ndarray) -> list[tuple[int, int]]:
    """Each city with its three nearest."""
    found = set()
    for i, here in enumerate(places):
        nearest = np.argsort(np.hypot(*(places - here).T))[1:4]
        found |= {(min(i, int(j)), max(i, int(j))) for j in nearest}
    return sorted(found)


def _km(places: np.ndarray, i: int, j: int) -> float:
    return round(1.2 * hypot(*(places[i] - places[j])), 1)


def _cities(folder: Path, places: np.ndarray, people: np.ndarray, core: set[int], quarter: list[str]) -> None:
    tiers = ["core" if i in core else "secondary" if n > LARGE else "small" for i, n in enumerate(people)]
    rows = [
        [f"c{i}", f"City {i}", quarter[i], tiers[i], 30 + places[i][1] / 111, 110 + places[i][0] / 111, people[i]]
        for i in range(len(people))
    ]
    write_table(folder, "cities.csv", ["id", "name", "jurisdiction", "tier", "lat", "lon", "population"], rows)


def _capacity(folder: Path, people: np.ndarray, core: set[int], rng: np.random.Generator) -> None:
    rows = []
    for i, n in enumerate(people):
        for service, (per_1000, _, _) in SERVICES.items():
            share = rng.uniform(1.1, 1.5) if i in core else rng.uniform(0.5, 1.0)
            rows.append([f"c{i}", service, round(share * per_1000 * n / 1000)])
    write_table(folder, "capacity.csv", ["city", "service", "capacity"], rows)


def _links(
    folder: Path, places: np.ndarray, pairs: list[tuple[int, int]], core: set[int], large: set[int]
) -> list[tuple[int, int, float]]:
    """Roads and core railways that exist, and the candidate railways; their ends and km."""
    rows = [[f"road-{i}-{j}", f"c{i}", f"c{j}", "road", round(_km(places, i, j) / 70 * 60, 1), ""] for i, j in pairs]
    ends = [(i, j, _km(places, i, j)) for i, j in pairs if {i, j} & large]
    rows += [[f"core-{i}-{j}", f"c{i}", f"c{j}", "rail", round(_km(places, i, j) / 220 * 60, 1), ""]
             for i, j in combinations(sorted(core), 2)]  # fmt: skip
    rows += [[f"rail-{i}-{j}", f"c{i}", f"c{j}", "rail", round(km / 200 * 60, 1), f"rail-{i}-{j}"] for i, j, km in ends]
    write_table(folder, "links.csv", ["id", "from", "to", "mode", "minutes", "needs"], rows)
    return ends


def _measures(
    folder: Path, ends: list[tuple[int, int, float]], people: np.ndarray, core: set[int], quarter: list[str]
) -> float:
    """The project list; returns what everything together would cost."""
    head = ["id", "kind", "city", "service", "capacity", "capital_cost", "running_cost", "units", "divisible", "max_starts",
            "build_years", "signed_by"]  # fmt: skip
    rows = [[f"rail-{i}-{j}", "link", "", "", "", round(0.1 * km, 2), 0, 1, "no", 1, 4, ""] for i, j, km in ends]
    rows += [[f"hub-{i}", "hub", f"c{i}", "", "", 5, 0.05, 1, "no", 1, 2, ""] for i in sorted(core)]
    for i, n in enumerate(people):
        for service, (per_1000, cost, size) in SERVICES.items():
            units = max(1, round(0.4 * per_1000 * n / 1000 / size))
            divisible = "no" if service == "beds" else "yes"
            rows.append([f"{service}-{i}", "facility", f"c{i}", service, size, round(cost * size, 3),
                         round(0.02 * cost * size, 4), units, divisible, max(1, units // 2), 2, ""])  # fmt: skip
    for a, b in combinations(JURISDICTIONS, 2):
        signed = f"{a};{b}"
        rows += [[f"border-{a}-{b}", "policy", "", "", "", 0.5, 0.05, 1, "no", 1, 0, signed],
                 [f"insurance-{a}-{b}", "policy", "", "", "", 2, 0.2, 1, "no", 1, 0, signed]]  # fmt: skip
    write_table(folder, "measures.csv", head, rows)
    return sum(float(row[5]) * float(row[7]) for row in rows)


def _budgets(folder: Path, cost: float) -> None:
    """A quarter of what everything would cost, over the periods: a fifth of it central."""
    lines = dict.fromkeys(JURISDICTIONS, 0.2) | {"central": 0.2}
    rows = [[line, period, round(0.25 * cost * share / 3, 2)] for line, share in lines.items() for period in PERIODS]
    write_table(folder, "budgets.csv", ["line", "period", "amount"], rows)


def write_programme(folder: Path, members: int, cities: int) -> Path:
    """Write a programme of so many clusters with so many cities in all, which share their central money."""
    sizes = [cities // members + (k < cities % members) for k in range(members)]
    amounts = dict.fromkeys(PERIODS, 0.0)
    for k, size in enumerate(sizes):
        tried = range(1000 * k, 1000 * k + 1000)
        drawn = (s for s in tried if len(set(_places(np.random.default_rng(s), size)[1])) == len(JURISDICTIONS))
        seed = next(drawn, None)
        if seed is None:
            raise ValueError(f"{size} cities are too few for a cluster of {len(JURISDICTIONS)} jurisdictions")
        place = write_cluster(folder / f"m{k}", size, seed)
        with (place / "budgets.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                amounts[row["period"]] += float(row["amount"]) if row["line"] == "central" else 0.0
    named = "\n".join(f"  m{k}: {{case: m{k}}}" for k in range(members))
    given = ", ".join(f"{t}: {money:.2f}" for t, money in amounts.items())
    (folder / "programme.yaml").write_text(
        f"""format: 1
title: Generated programme of {cities} cities in {members} clusters
money: {{unit: bn CNY, prices: 2023}}
members:
{named}
lines:
  central: {{amounts: {{{given}}}, carry_over: true}}
shares: {{each_at_most: 0.25, per_head_at_least: 0.5}}
""",
        encoding="utf-8",
    )
    return folder


def write_table(folder: Path, name: str, head: list[str], rows: list[list[object]]) -> None:
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])


def _yaml(cities: int, core: set[int]) -> str:
    minutes = {"doctors": 90, "nurses": 90, "beds": 60}
    services = "\n".join(
        f"  {name}: {{unit: {name}, per_1000: {per_1000}, catchment_minutes: {minutes[name]}, across_borders: by_policy}}"
        for name, (per_1000, _, _) in SERVICES.items()
    )
    hubs = "\n".join(
        f"  hub-{i}: [{{boarding_minutes: {{city: c{i}, modes: [rail], minus: 8}}}}]" for i in sorted(core)
    )  # fmt: skip
    signatures = "\n".join(
        f"  border-{a}-{b}: [{{border_minutes: {{between: [{a}, {b}], modes: [road], set: 0}}}}]\n"
        f"  insurance-{a}-{b}: [{{open_service: {{services: [doctors, nurses], people_of: [{a}, {b}], at: [{a}, {b}]}}}}]"
        for a, b in combinations(JURISDICTIONS, 2)
    )
    lines = "\n".join(f"  {j}: {{holder: {j}, pays_for: [{{jurisdiction: {j}}}], carry_over: true}}" for j in JURISDICTIONS)
    return f"""format: 1
title: Generated cluster of {cities} cities
money: {{unit: bn CNY, prices: 2023, discount_rate: 0.05}}
periods: [2026-2030, 2031-2035, 2036-2040]
modes:
  road: {{boarding_minutes: 5, border_minutes: 15}}
  rail: {{boarding_minutes: 40}}
services:
{services}
access:
  core: {{kind: nearest, from: {{}}, to: {{tier: core}}, standard_minutes: 60, worst_minutes: 150}}
  neighbours: {{kind: all, from: {{}}, to: {{}}, weight: trips, standard_minutes: 45, worst_minutes: 100}}
effects:
{hubs}
{signatures}
lines:
{lines}
  central: {{holder: central, pays_for: [{{kind: [link, hub]}}], at_most_share: 0.6, carry_over: true}}
goals:
  - {{minimise: gaps, tolerance: 0.001}}
  - {{minimise: spending}}
"""
