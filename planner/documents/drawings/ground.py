"""Where things are on a map: cities in projected kilometres, and the area that each stands for.

Areas are the case's own or, without such, *nearest-seat areas*: all land that is nearer to the city's seat than to any
other. They are no administrative boundaries, and a map says so.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.spatial import ConvexHull, QhullError, Voronoi

from planner.case import Case
from planner.case.boundaries import Ring, boundaries

Point = tuple[float, float]  # kilometres east and north of the middle of the cities
KM_A_DEGREE = 111.195  # of latitude, on a sphere of 6,371 km
MARGIN = 0.42  # how far nearest-seat areas reach beyond the outermost seats, in mean distances to the nearest other seat
LEAST = 5.0  # km
CORNERS = 16  # of the circle drawn around each seat where the areas end


@dataclass(frozen=True)
class Ground:
    """What lies under the map.

    Attributes
    ----------
    seats
        City -> where its seat is, km.
    areas
        City -> outer rings of its area, km.
    sea
        One ring around all water in view, km, with bridges of no width to each piece of land; empty = no water is known.
    own
        Whether the areas are the case's own; otherwise they are nearest-seat areas.
    frame
        West, south, east and north of what is in view, km.
    """

    seats: dict[str, Point]
    areas: dict[str, list[list[Point]]]
    sea: list[Point]
    own: bool
    frame: tuple[float, float, float, float]


def ground(case: Case) -> Ground:
    """Seats, areas and land of a case, projected so that distances near its middle are true."""
    lat0, lon0 = (_middle([getattr(c, axis) for c in case.cities.values()]) for axis in ("lat", "lon"))

    def project(lon: float, lat: float) -> Point:
        return (KM_A_DEGREE * math.cos(math.radians(lat0)) * (lon - lon0), KM_A_DEGREE * (lat - lat0))

    def projected(rings: list[Ring]) -> list[list[Point]]:
        return [[project(*point) for point in ring] for ring in rings]

    given = boundaries(case.boundaries, case.cities)
    seats = {i: project(c.lon, c.lat) for i, c in case.cities.items()}
    own = bool(given.areas)
    areas = {i: projected(rings) for i, rings in given.areas.items()} if own else nearest_seat_areas(seats)
    corners = [point for rings in areas.values() for ring in rings for point in ring] + list(seats.values())
    frame = _frame(corners)
    return Ground(seats, areas, sea_in(frame, projected(given.land)), own, frame)


def nearest_seat_areas(seats: dict[str, Point]) -> dict[str, list[list[Point]]]:
    """City -> ring of what is nearer to its seat than to any other, within the hull around all seats; water goes over it.

    Cities on one spot share an area, drawn for the first of them.
    """
    first = {point: i for i, point in reversed(seats.items())}
    cells = _cells(list(first), _hull(list(first)))
    found = dict(zip(first.values(), cells, strict=True))
    return {i: [found[i]] for i in seats if i in found}


def sea_in(frame: tuple[float, float, float, float], land: list[list[Point]]) -> list[Point]:
    """The water in view: the frame, less each piece of land, as one ring; empty where no land is known."""
    box = _box(frame)
    ring = [*box, box[0]]
    for piece in land:
        shore = clipped(piece, box)
        if len(shore) > 2:
            turned = shore if _area(shore) < 0 else shore[::-1]  # against the frame's direction, so that it is left out
            ring += [*turned, turned[0], box[0]]
    return ring if land else []


def _area(ring: list[Point]) -> float:
    """Area of a ring; negative where its corners go clockwise."""
    return sum(ring[n - 1][0] * q[1] - q[0] * ring[n - 1][1] for n, q in enumerate(ring)) / 2


def _cells(points: list[Point], hull: list[Point]) -> list[list[Point]]:
    """Voronoi cell of each point, cut to the hull; four far points close the outermost cells."""
    if len(points) == 1:
        return [hull]
    far = 20.0 * max(1.0, *(abs(x) for point in hull for x in point))
    diagram = Voronoi(np.array([*points, (far, 0.0), (-far, 0.0), (0.0, far), (0.0, -far)]))
    cells = []
    for n in range(len(points)):
        corners = [diagram.vertices[v] for v in diagram.regions[diagram.point_region[n]]]
        x, y = points[n]
        ordered = sorted(corners, key=lambda corner: math.atan2(corner[1] - y, corner[0] - x))
        cells.append(clipped([(float(a), float(b)) for a, b in ordered], hull))
    return cells


def _hull(points: list[Point]) -> list[Point]:
    """The hull of circles around all points, counter-clockwise."""
    reach = max(LEAST, MARGIN * _mean_to_nearest(points))
    turns = [2 * math.pi * k / CORNERS for k in range(CORNERS)]
    around = [(x + reach * math.cos(a), y + reach * math.sin(a)) for x, y in points for a in turns]
    try:
        return [around[n] for n in ConvexHull(np.array(around)).vertices]
    except QhullError:  # cannot be: circles span an area
        return around[:CORNERS]


def _mean_to_nearest(points: list[Point]) -> float:
    if len(points) == 1:
        return 10 * LEAST
    return sum(min(math.dist(a, b) for b in points if b != a) for a in points) / len(points)


def clipped(ring: list[Point], window: list[Point]) -> list[Point]:
    """A ring cut to a convex window whose corners go counter-clockwise (I. Sutherland and G. Hodgman, 1974)."""
    kept = list(ring)
    for n, b in enumerate(window):
        kept = _on_the_left(kept, window[n - 1], b)
    return kept


def _on_the_left(ring: list[Point], a: Point, b: Point) -> list[Point]:
    """The part of a ring that is to the left of the line from a to b."""

    def side(p: Point) -> float:
        return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])

    kept: list[Point] = []
    for n, q in enumerate(ring):
        p = ring[n - 1]
        if (side(p) >= 0) != (side(q) >= 0):
            share = side(p) / (side(p) - side(q))
            kept.append((p[0] + share * (q[0] - p[0]), p[1] + share * (q[1] - p[1])))
        if side(q) >= 0:
            kept.append(q)
    return kept


def _middle(values: list[float]) -> float:
    return (min(values) + max(values)) / 2 if values else 0.0


def _frame(points: list[Point]) -> tuple[float, float, float, float]:
    """What is in view: all points and a margin."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    margin = max(LEAST, 0.03 * max(max(xs) - min(xs), max(ys) - min(ys)))
    return min(xs) - margin, min(ys) - margin, max(xs) + margin, max(ys) + margin


def _box(frame: tuple[float, float, float, float]) -> list[Point]:
    west, south, east, north = frame
    return [(west, south), (east, south), (east, north), (west, north)]
