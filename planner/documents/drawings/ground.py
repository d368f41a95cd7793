"""Where things are on a map: cities in projected kilometres, the area that each stands for, and where its name fits.

Areas are the case's own or, without such, *nearest-seat areas*: all land that is nearer to the city's seat than to any
other. They are no administrative boundaries, and a map says so.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
import pandas as pd
from scipy.spatial import ConvexHull, QhullError, Voronoi

from planner.case import Case, naming
from planner.case.boundaries import Ring, boundaries
from planner.words.said import told
from planner.words.text_layout import wide

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


# --- names of cities

LETTER, LINE = 6.6, 13.0  # pixels that a letter and a line of a label take
NEAR = 4.0  # pixels from a dot to its label
SEAT = 3.0  # radius of a seat, pixels
SLANT = 0.75  # of a dot's radius: how far in both directions a label at a slant is away
PLACES = (  # align, then direction east and north: where a name may stand beside its dot, the best first
    ("left", 1.0, 0.0), ("right", -1.0, 0.0), ("center", 0.0, 1.0), ("center", 0.0, -1.0),
    ("left", 1.0, 1.0), ("left", 1.0, -1.0), ("right", -1.0, 1.0), ("right", -1.0, -1.0),
)  # fmt: skip
NEVER = math.inf


@dataclass(frozen=True)
class Box:
    """What a dot or a name covers at whatever scale: pixels around a point of the ground.

    Attributes
    ----------
    at
        The point, km.
    west, south, east, north
        How far it reaches from there, pixels.
    since
        The scale from which on it is shown, pixels a km.
    """

    at: Point
    west: float
    south: float
    east: float
    north: float
    since: float = 0.0


def labels(
    case: Case, ground: Ground, pixels_a_km: float, radius: Mapping[str, float] = MappingProxyType({})
) -> pd.DataFrame:
    """Seats and their names, each with the scale from which on it covers no dot and no other name.

    Large cities choose first, each the place beside its dot where it is shown soonest. A name that fits nowhere at a scale
    is not shown at that scale rather than over another one: whoever draws leaves it out, or shows it once there is room.

    Parameters
    ----------
    pixels_a_km
        Scale at which the map is seen first: names stay within its frame there where they can.
    radius
        City -> size of its dot, pixels; a seat's where none is given.

    Returns
    -------
    Columns city (name), id, tier, x, y (km); dx, dy (pixels east and south of the seat), align of the name; and since, the
    scale from which on the name is shown (pixels a km; infinite where two cities are on one spot).
    """
    order = sorted(ground.seats, key=lambda i: -case.cities[i].population.get("today", 0.0))
    size = {i: max(SEAT, radius.get(i, 0.0)) for i in order}
    taken = {i: Box(ground.seats[i], -size[i], -size[i], size[i], size[i]) for i in order}
    names: dict[str, Box] = {}
    placed: dict[str, tuple[float, float, str, float]] = {}
    for i in order:
        others = [*(box for j, box in taken.items() if j != i), *names.values()]
        choices = []
        for n, (align, east, north) in enumerate(PLACES):
            dx, dy, box = _label(ground.seats[i], size[i], told(naming.city(case, i)), align, east, north)
            since = max((_apart_from(box, other) for other in others), default=0.0)
            leaves = not _inside(box, ground.frame, pixels_a_km)
            choices.append((since > pixels_a_km, leaves, since, n, (dx, dy, align), box))
        *_why, since, _n, place, box = min(choices, key=lambda choice: choice[:4])
        placed[i] = (*place, since)
        if since < NEVER:
            names[i] = replace(box, since=since)
    rows = [(told(naming.city(case, i)), i, case.cities[i].tier, *ground.seats[i], *placed[i]) for i in ground.seats]
    return pd.DataFrame(rows, columns=["city", "id", "tier", "x", "y", "dx", "dy", "align", "since"])


def _label(at: Point, size: float, name: str, align: str, east: float, north: float) -> tuple[float, float, Box]:
    """Where a name stands beside its dot, in pixels east and south of it, and what it covers."""
    away = (SLANT if east and north else 1.0) * size
    across, up = east * (away + NEAR), north * (away + LINE / 2)
    width = LETTER * wide(name)
    west = across if align == "left" else across - width if align == "right" else across - width / 2
    return across, -up, Box(at, west, up - LINE / 2, west + width, up + LINE / 2)


def _apart_from(box: Box, other: Box) -> float:
    """The scale from which on two boxes, both shown, cover one another nowhere; infinite where they always do.

    Whether they overlap along an axis is linear in the scale, so that they do so on an interval of scales.
    """
    low, high = other.since, math.inf
    for far, one, another in (
        (other.at[0] - box.at[0], (box.west, box.east), (other.west, other.east)),
        (other.at[1] - box.at[1], (box.south, box.north), (other.south, other.north)),
    ):
        least, most = one[0] - another[1], one[1] - another[0]  # they overlap where least < far * scale < most
        if far == 0:
            if not least < 0 < most:
                return 0.0
        else:
            ends = sorted((least / far, most / far))
            low, high = max(low, ends[0]), min(high, ends[1])
    return high if low < high else 0.0


def _inside(box: Box, frame: tuple[float, float, float, float], pixels_a_km: float) -> bool:
    west, south, east, north = (side * pixels_a_km for side in frame)
    x, y = (part * pixels_a_km for part in box.at)
    return x + box.west >= west and x + box.east <= east and y + box.south >= south and y + box.north <= north
