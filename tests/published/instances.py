"""The published instances, read from `data/`, and the case that each becomes. SOURCES.md says where they come from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from .folders import Row, city, write_folder

DATA = Path(__file__).parent / "data"
SOURCES = (Path(__file__).parent / "SOURCES.md").read_text(encoding="utf-8")
ROAD = {"road": {"boarding_minutes": 0}}
FARTHEST = 400  # above every distance of pmed1, so that no distance is cut off


def numbers(name: str) -> list[float]:
    """All numbers of a data file."""
    return [float(x) for x in (DATA / name).read_text(encoding="utf-8").split()]


@dataclass(frozen=True)
class Knapsack:
    """0-1 knapsack with several capacities: profits, `weights[i][j]` of item j, capacities, published optimum."""

    profits: list[float]
    weights: list[list[float]]
    capacities: list[float]
    optimum: float


def knapsacks() -> list[Knapsack]:
    """Problems 1, 2 and 5 of mknap1."""
    left = iter(numbers("mknap1.txt"))
    out = []
    for _ in range(int(next(left))):
        n, m, optimum = int(next(left)), int(next(left)), next(left)
        profits = [next(left) for _ in range(n)]
        weights = [[next(left) for _ in range(n)] for _ in range(m)]
        out.append(Knapsack(profits, weights, [next(left) for _ in range(m)], optimum))
    return out


def knapsack_case(folder: Path, k: Knapsack) -> Path:
    """Item = measure whose cost the lines share in fixed parts; capacity = line; profit = benefit."""
    lines = [f"line-{i + 1}" for i in range(len(k.capacities))]
    measures: list[Row] = []
    for j, profit in enumerate(k.profits):
        parts = {line: k.weights[i][j] for i, line in enumerate(lines) if k.weights[i][j]}
        total = sum(parts.values())
        measures.append(
            {
                "id": f"item-{j + 1}",
                "kind": "policy",
                "signed_by": "J",
                "capital_cost": total,
                "benefit": profit,
                "payers": ";".join(f"{line}:{w / total!r}" for line, w in parts.items()),
            }
        )
    keys = {"lines": {line: {"holder": "J"} for line in lines}, "goals": [{"minimise": "benefit", "tolerance": 0}]}
    budgets = [{"line": line, "period": "2026", "amount": b} for line, b in zip(lines, k.capacities, strict=True)]
    return write_folder(folder, keys, {"cities": [city("c")], "measures": measures, "budgets": budgets}, SOURCES)


def beasley_graph() -> dict[tuple[int, int], float]:
    """Edges of pmed1 between nodes 1..100; of an edge given twice the last cost counts, as OR-Library says."""
    all_ = numbers("pmed1.txt")
    edges: dict[tuple[int, int], float] = {}
    for k in range(3, len(all_), 3):
        i, j = sorted((int(all_[k]), int(all_[k + 1])))
        edges[i, j] = all_[k + 2]
    return edges


Edges = dict[tuple[int, int], float]


def location_case(folder: Path, edges: Edges, p: int, minutes: tuple[float, float], minimise: str) -> Path:
    """p-median and p-centre: at most p facilities, minutes (standard, worst) to the nearest city that has one."""
    names = [f"n{i}" for i in sorted({x for e in edges for x in e})]
    access = {"standard_minutes": minutes[0], "worst_minutes": minutes[1]}
    keys = {
        "modes": ROAD,
        "services": {"site": {"unit": "sites", "per_1000": 0}},
        "access": {"near": {"kind": "nearest", "from": {}, "to": {"offers": "site"}, **access}},
        "rules": [{"id": "p", "of": "count", "where": {}, "at_most": p}],
        "goals": [{"minimise": minimise, "weights": {"near": 1}, "weigh_by": "equally", "tolerance": 0}],
    }
    tables: dict[str, list[Row]] = {
        "cities": [city(x) for x in names],
        "capacity": [{"city": x, "service": "site", "capacity": 0} for x in names],
        "links": [
            {"id": f"e{i}-{j}", "from": f"n{i}", "to": f"n{j}", "mode": "road", "minutes": c} for (i, j), c in edges.items()
        ],
        "measures": [{"id": f"open-{x}", "kind": "facility", "city": x, "service": "site", "capacity": 1} for x in names],
    }
    return write_folder(folder, keys, tables, SOURCES)


def covering_points() -> np.ndarray:
    """x, y and demand of the 324 points of SJC324."""
    return np.array(numbers("sjc324.txt")).reshape(-1, 3)


def covered_by(radius: float) -> np.ndarray:
    """Whether a facility at the second point covers the first."""
    points = covering_points()
    return np.hypot(*(points[:, None, k] - points[None, :, k] for k in (0, 1))) <= radius


def covering_case(folder: Path, radius: float, p: int, as_access: bool) -> Path:
    """Maximal covering: as a service with a catchment, or as minutes to the nearest facility.

    Points within the radius are joined by a link of one minute. As a service people go one minute far, and a facility
    has room for all whom it covers; as an access standard one minute is no gap and two minutes are the whole gap.
    """
    points = covering_points()
    covered = covered_by(radius)
    names = [f"p{i + 1}" for i in range(len(points))]
    service: dict[str, Any] = {"unit": "people", "per_1000": 0 if as_access else 1000, "catchment_minutes": 1}
    near = {"kind": "nearest", "from": {}, "to": {"offers": "cover"}, "standard_minutes": 1, "worst_minutes": 2}
    keys = {
        "modes": ROAD,
        "services": {"cover": service},
        "access": {"near": near} if as_access else {},
        "lines": {"money": {"holder": "J"}},
        "goals": [{"minimise": "gaps", "weights": {"near" if as_access else "cover": 1}, "tolerance": 0}],
    }
    room = points[:, 2] @ covered
    tables: dict[str, list[Row]] = {
        "cities": [city(x, demand) for x, demand in zip(names, points[:, 2], strict=True)],
        "capacity": [{"city": x, "service": "cover", "capacity": 0} for x in names],
        "links": [
            {"id": f"e{i}-{j}", "from": names[i], "to": names[j], "mode": "road", "minutes": 1}
            for i, j in np.argwhere(covered)
            if i < j
        ],
        "measures": [
            {"id": f"open-{x}", "kind": "facility", "city": x, "service": "cover", "capacity": r, "capital_cost": 1}
            for x, r in zip(names, room, strict=True)
        ],
        "budgets": [{"line": "money", "period": "2026", "amount": p}],
    }
    return write_folder(folder, keys, tables, SOURCES)


@dataclass(frozen=True)
class Roads:
    """Sioux Falls: existing and candidate roads (from, to) -> minutes, cost of the candidates, trips."""

    existing: dict[tuple[int, int], float]
    candidates: dict[tuple[int, int], float]
    cost: dict[tuple[int, int], float]
    trips: np.ndarray


def sioux_falls() -> Roads:
    """The 38 roads, the ten candidates and the trip table (hundreds of trips a day)."""
    rows = np.array(numbers("sioux_falls_links.txt")).reshape(-1, 4)
    ends = [(int(a), int(b)) for a, b in rows[:, :2]]
    new = rows[:, 3] > 0
    return Roads(
        {e: x for e, x, is_new in zip(ends, rows[:, 2], new, strict=True) if not is_new},
        {e: x for e, x, is_new in zip(ends, rows[:, 2], new, strict=True) if is_new},
        {e: x for e, x, is_new in zip(ends, rows[:, 3], new, strict=True) if is_new},
        np.array(numbers("sioux_falls_trips.txt")).reshape(24, 24),
    )


def roads_case(folder: Path, budget: float, worst: float) -> Path:
    """Candidate road = measure; the goal is the mean minutes of all trips, as a share of `worst`."""
    roads = sioux_falls()
    names = [f"z{i}" for i in range(1, 25)]
    keys = {
        "modes": ROAD,
        "access": {
            "trips": {
                "kind": "all", "from": {}, "to": {}, "standard_minutes": 0, "worst_minutes": worst, "weight": "trips",
            }
        },
        "lines": {"money": {"holder": "J"}},
        "goals": [{"minimise": "gaps", "weigh_by": "trips", "tolerance": 0}],
    }  # fmt: skip
    links: list[Row] = []
    for (a, b), minutes in {**roads.existing, **roads.candidates}.items():
        needs = f"build-{a}-{b}" if (a, b) in roads.candidates else ""
        row = {"id": f"r{a}-{b}", "from": f"z{a}", "to": f"z{b}", "mode": "road", "minutes": minutes, "needs": needs}
        links.append(row)
    tables: dict[str, list[Row]] = {
        "cities": [city(x) for x in names],
        "links": links,
        "measures": [{"id": f"build-{a}-{b}", "kind": "link", "capital_cost": c} for (a, b), c in roads.cost.items()],
        "trips": [{"from": names[i], "to": names[j], "trips": roads.trips[i, j]} for i, j in np.argwhere(roads.trips > 0)],
        "budgets": [{"line": "money", "period": "2026", "amount": budget}],
    }
    return write_folder(folder, keys, tables, SOURCES)
