"""Where the names of cities stand on a map: beside their dots, and from which scale on they cover nothing."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import pandas as pd

from planner.case import Case, naming
from planner.documents.drawings.ground import Ground, Point
from planner.words.said import told
from planner.words.text_layout import wide

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
