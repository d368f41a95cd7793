"""A street network of towns as a case, made up by a fixed rule: for timing only, no figure in it means anything.

Towns stand on a jittered square grid, 4 km apart; roads join each to its neighbours and some across the squares, one link
each way with minutes of its own. A bundle is one measure that makes a whole corridor of such links faster, or opens an
express road beside it that stops at every second town. All bundles cost the same, so that the money says how many may be
chosen; trips between towns that are neither near nor very far are under one standard of minutes. Almost every trip can
combine corridors in many ways: what such a case asks for is routes.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from pathlib import Path

import numpy as np

from benchmarks.clusters import write_table

KM = 4.0  # between neighbours on the grid
KMH = 45.0  # of a road today, in the mean
NEAR, FAR = 11, 14  # steps on the grid between the ends of a trip
STANDARD, WORST = 20, 120  # minutes of a trip
BUILDING = 5  # every so manieth bundle opens an express road instead of making roads faster
TURNS = 0.2  # how often a corridor turns
DRAWN = 20  # corridors of which the one is taken that shares least with those before it
JURISDICTION, PERIOD = "County", "2030"

Node = tuple[int, int]
Arc = tuple[Node, Node]


@dataclass(frozen=True)
class Size:
    """How large a network is: towns a side, one-way links, bundles and their steps on the grid, trips."""

    side: int = 20
    links: int = 1800
    bundles: int = 85
    steps: int = 6
    trips: int = 3500


SMALL = Size(side=5, links=90, bundles=6, steps=3, trips=40)


def write_network(folder: Path, money: int, seed: int = 0, size: Size = Size()) -> Path:
    """Write a case of such a network with money for so many bundles; the same every time for the same seed."""
    rng = np.random.default_rng(seed)
    nodes = [(x, y) for x in range(size.side) for y in range(size.side)]
    at = {node: KM * (np.array(node) + rng.uniform(-0.25, 0.25, 2)) for node in nodes}
    minutes = {arc: float(_minutes(at, arc) * rng.uniform(0.8, 1.3)) for arc in _roads(nodes, size.links, rng)}
    roads = [[f"road-{_id(a)}-{_id(b)}", _id(a), _id(b), "road", round(m, 2), "yes", ""] for (a, b), m in minutes.items()]
    taken: Counter[Node] = Counter()
    opened = [row for k in range(size.bundles) for row in _bundle(k, _corridor(size, taken, rng), at, minutes, rng)]
    folder.mkdir(parents=True, exist_ok=True)
    people = np.round(rng.lognormal(9.9, 0.3, len(nodes))) + 5000
    write_table(folder, "cities.csv", ["id", "jurisdiction", "tier", "lat", "lon", "population"], [
        [_id(node), JURISDICTION, "small", round(30 + at[node][1] / 111, 4), round(110 + at[node][0] / 96, 4), int(n)]
        for node, n in zip(nodes, people, strict=True)
    ])  # fmt: skip
    write_table(folder, "links.csv", ["id", "from", "to", "mode", "minutes", "oneway", "needs"], roads + opened)
    write_table(
        folder, "measures.csv", ["id", "kind", "capital_cost"], [[f"bundle-{k}", "link", 1] for k in range(size.bundles)]
    )
    write_table(folder, "budgets.csv", ["line", "period", "amount"], [["county", PERIOD, money]])
    write_table(folder, "trips.csv", ["from", "to", "trips"], _trips(nodes, size, rng))
    (folder / "case.yaml").write_text(_yaml(size, money), encoding="utf-8")
    return folder


def _id(node: Node) -> str:
    return f"n{node[0]}-{node[1]}"


def _minutes(at: dict[Node, np.ndarray], arc: Arc) -> float:
    """Minutes between two towns at the mean speed of a road."""
    return 1.2 * hypot(*(at[arc[0]] - at[arc[1]])) / KMH * 60


def _roads(nodes: list[Node], count: int, rng: np.random.Generator) -> list[Arc]:
    """One-way links: both ways between neighbours on the grid, then both ways across as many squares as are needed."""
    known = set(nodes)
    pairs = [((x, y), (x + dx, y + dy)) for x, y in nodes for dx, dy in ((1, 0), (0, 1)) if (x + dx, y + dy) in known]
    across = [((x, y), (x + 1, y + 1)) for x, y in nodes if (x + 1, y + 1) in known]
    across += [((x + 1, y), (x, y + 1)) for x, y in nodes if (x + 1, y + 1) in known]
    pairs += [across[k] for k in rng.permutation(len(across))[: count // 2 - len(pairs)]]
    return [arc for a, b in pairs for arc in ((a, b), (b, a))]


def _corridor(size: Size, taken: Counter[Node], rng: np.random.Generator) -> list[Node]:
    """Towns one after the other where few corridors run yet: else some trips have thousands of routes, most a handful."""
    found = min((_drawn(size, rng) for _ in range(DRAWN)), key=lambda towns: sum(taken[town] ** 2 for town in towns))
    taken.update(found)
    return found


def _drawn(size: Size, rng: np.random.Generator) -> list[Node]:
    """Towns from a random one: straight on, with a turn now and then, never back."""
    while True:
        x, y = (int(n) for n in rng.integers(0, size.side, 2))
        along = bool(rng.integers(0, 2))  # east or north first
        east, north = (int(n) for n in rng.choice((-1, 1), 2))
        found = [(x, y)]
        for _ in range(size.steps):
            along ^= bool(rng.uniform() < TURNS)
            x, y = (x + east, y) if along else (x, y + north)
            found.append((x, y))
        if 0 <= x < size.side and 0 <= y < size.side:
            return found


def _bundle(
    k: int, towns: list[Node], at: dict[Node, np.ndarray], minutes: dict[Arc, float], rng: np.random.Generator
) -> list[list[object]]:
    """Rows of links that need one bundle."""
    quicker, express = rng.uniform(0.55, 0.75), k % BUILDING == BUILDING - 1
    stretches = list(zip(towns[::2], towns[2::2], strict=False) if express else pairwise(towns))
    rows: list[list[object]] = []
    for a, b in (arc for pair in stretches for arc in (pair, pair[::-1])):
        new = quicker * (_minutes(at, (a, b)) if express else minutes[a, b])
        rows.append([f"new-{k}-{_id(a)}-{_id(b)}", _id(a), _id(b), "road", round(new, 2), "yes", f"bundle-{k}"])
    return rows


def _trips(nodes: list[Node], size: Size, rng: np.random.Generator) -> list[list[object]]:
    """Pairs of towns that are neither near nor very far, each once, with how often people go."""
    near, far = min(NEAR, size.side - 2), min(FAR, 2 * size.side)
    pairs = [(a, b) for a in nodes for b in nodes if near <= abs(a[0] - b[0]) + abs(a[1] - b[1]) <= far]
    chosen = sorted(rng.permutation(len(pairs))[: size.trips].tolist())
    return [[_id(pairs[k][0]), _id(pairs[k][1]), round(float(rng.lognormal(4.0, 1.0)), 1)] for k in chosen]


def _yaml(size: Size, money: int) -> str:
    return f"""format: 1
title: Generated network of {size.side**2} towns with money for {money} of {size.bundles} bundles
money: {{unit: bundles, prices: 2023}}
periods: [2026-{PERIOD}]
modes:
  road: {{}}
access:
  trips: {{kind: all, from: {{}}, to: {{}}, weight: trips, standard_minutes: {STANDARD}, worst_minutes: {WORST}}}
lines:
  county: {{holder: {JURISDICTION}, pays_for: [{{}}]}}
goals:
  - {{minimise: gaps, weigh_by: trips}}
"""
