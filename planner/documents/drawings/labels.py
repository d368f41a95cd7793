"""Where the names of cities stand on a map: beside their dots, and from which scale on they cover nothing."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.case import Case, naming
from planner.documents.drawings.ground import Ground, Point
from planner.words.said import told
from planner.words.text_layout import wide

LETTER, LINE = 6.6, 13.0  # pixels that a letter and a line of a label take
NEAR = 4.0  # pixels from a dot to its label
NEARER = 1.0  # pixels by which it is nearer to its own dot than to any other
SEAT = 3.0  # radius of a seat, pixels
SLANT = 0.75  # of a dot's radius: how far in both directions a label at a slant is away
PLACES = (  # align, then direction east and north: where a name may stand beside its dot, the best first
    ("left", 1.0, 0.0), ("right", -1.0, 0.0), ("center", 0.0, 1.0), ("center", 0.0, -1.0),
    ("left", 1.0, 1.0), ("left", 1.0, -1.0), ("right", -1.0, 1.0), ("right", -1.0, -1.0),
)  # fmt: skip
FARTHER = (0.0, 10.0)  # pixels beyond that: past what is drawn around the dot, if there is no room beside it
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

    @property
    def row(self) -> tuple[float, ...]:
        """The same as a row of `Boxes`."""
        return (*self.at, self.west, self.south, self.east, self.north, self.since)


Boxes = npt.NDArray[np.float64]  # x, y, west, south, east, north, since: a row for each box


def _boxes(some: Iterable[Box]) -> Boxes:
    return np.array([box.row for box in some], dtype=np.float64).reshape(-1, 7)


@dataclass(frozen=True)
class _Choice:
    """A place for a name: whether it leaves the frame there, where that is, and what it covers from which scale on."""

    leaves: bool
    farther: float
    dx: float
    dy: float
    align: str
    box: Box

    @property
    def since(self) -> float:
        """The scale from which on the name is shown there."""
        return self.box.since

    def shown_from(self, since: float) -> _Choice:
        """The same place, from another scale on."""
        return replace(self, box=replace(self.box, since=since))


def labels(
    case: Case,
    ground: Ground,
    pixels_a_km: float,
    radius: Mapping[str, float] = MappingProxyType({}),
    covered: Sequence[Box] = (),
) -> pd.DataFrame:
    """Seats and their names, each with the scale from which on it is nearest to its own dot and covers no other name.

    Large cities choose first, each the place beside its dot where it is shown soonest; for one that finds none at the scale
    seen first, those in its way move where they can. A name that fits nowhere at a scale is not shown at that scale rather
    than over another one: whoever draws leaves it out, or shows it once there is room.

    Parameters
    ----------
    pixels_a_km
        Scale at which the map is seen first: names stay within its frame there where they can.
    radius
        City -> size of its dot, pixels; a seat's where none is given.
    covered
        What else is drawn and may not be covered.

    Returns
    -------
    Columns city (name), id, tier, x, y (km); dx, dy (pixels east and south of the seat), align of the name; and since, the
    scale from which on the name is shown (pixels a km; infinite where two cities are on one spot).
    """
    order = sorted(ground.seats, key=lambda i: -case.cities[i].population.get("today", 0.0))
    size = {i: max(SEAT, radius.get(i, 0.0)) for i in order}
    placed: dict[str, _Choice] = {}

    around = {}  # distance of a name from its dot -> dots, with so much around them that it is nearest to its own
    for farther in FARTHER:
        clear = NEAR + farther + NEARER
        around[farther] = _boxes(_dot(ground.seats[j], size[j] + clear) for j in order)
    drawn, place = _boxes(covered), {i: number for number, i in enumerate(order)}

    def choices(i: str, names: Iterable[Box]) -> Iterator[_Choice]:
        """The places of a name beside names that stand already."""
        name, standing = told(naming.city(case, i)), _boxes([_dot(ground.seats[i], size[i]), *names])
        for farther, dots in around.items():
            others = np.concatenate([np.delete(dots, place[i], axis=0), drawn, standing])
            for align, east, north in PLACES:
                dx, dy, box = _label(ground.seats[i], size[i] + farther, name, align, east, north)
                since = float(_apart_from(box, others).max())
                leaves = not _inside(box, ground.frame, pixels_a_km)
                yield _Choice(leaves, farther, dx, dy, align, replace(box, since=since))

    def others(*but: str) -> list[Box]:
        return [choice.box for i, choice in placed.items() if i not in but and choice.since < NEVER]

    def fits(choice: _Choice) -> bool:
        return choice.since <= pixels_a_km and not choice.leaves

    def moved(i: str) -> dict[str, _Choice]:
        """A place for a name, with other places for those that are in its way; empty where there is none."""
        for there in filter(fits, choices(i, ())):
            apart = _apart_from(there.box, _boxes(choice.box for choice in placed.values()))
            in_the_way = [j for j, since in zip(placed, apart, strict=True) if j != i and since > pixels_a_km]
            kept, found = others(i, *in_the_way), {i: there}
            for j in in_the_way:
                known = [*kept, *(choice.box for choice in found.values())]
                other = next(filter(fits, choices(j, known)), None)
                if other is None:
                    break
                found[j] = other
            else:
                rest = _boxes([*kept, *(found[j].box for j in in_the_way)])
                since = max(there.since, float(_apart_from(there.box, rest).max(initial=0.0)))
                return found | {i: there.shown_from(since)}
        return {}

    for i in order:
        placed[i] = min(choices(i, others()), key=lambda c: (c.since > pixels_a_km, c.leaves, c.farther, c.since))
    for i in order:
        if placed[i].since > pixels_a_km:
            placed |= moved(i)
    rows = [
        (told(naming.city(case, i)), i, case.cities[i].tier, *ground.seats[i], c.dx, c.dy, c.align, c.since)
        for i, c in ((i, placed[i]) for i in ground.seats)
    ]
    return pd.DataFrame(rows, columns=["city", "id", "tier", "x", "y", "dx", "dy", "align", "since"])


def _dot(at: Point, size: float) -> Box:
    return Box(at, -size, -size, size, size)


def _label(at: Point, size: float, name: str, align: str, east: float, north: float) -> tuple[float, float, Box]:
    """Where a name stands beside its dot, in pixels east and south of it, and what it covers."""
    away = (SLANT if east and north else 1.0) * size
    across, up = east * (away + NEAR), north * (away + LINE / 2)
    width = LETTER * wide(name)
    west = across if align == "left" else across - width if align == "right" else across - width / 2
    return across, -up, Box(at, west, up - LINE / 2, west + width, up + LINE / 2)


def _apart_from(box: Box, others: Boxes) -> npt.NDArray[np.float64]:
    """The scale from which on a box covers each of others nowhere, both shown; infinite where it always does.

    Whether two overlap along an axis is linear in the scale, so that they do so on an interval of scales.
    """
    low, high = others[:, 6], np.full(len(others), np.inf)
    for axis, (one_low, one_high) in enumerate(((box.west, box.east), (box.south, box.north))):
        far = others[:, axis] - box.at[axis]
        least, most = one_low - others[:, 4 + axis], one_high - others[:, 2 + axis]  # least < far * scale < most
        always = np.where((least < 0) & (most > 0), -np.inf, np.inf)  # on one spot, or never
        with np.errstate(divide="ignore", invalid="ignore"):
            ends = np.sort([least / far, most / far], axis=0)
        low = np.maximum(low, np.where(far == 0, always, ends[0]))
        high = np.minimum(high, np.where(far == 0, np.inf, ends[1]))
    return np.where(low < high, high, 0.0)


def _inside(box: Box, frame: tuple[float, float, float, float], pixels_a_km: float) -> bool:
    west, south, east, north = (side * pixels_a_km for side in frame)
    x, y = (part * pixels_a_km for part in box.at)
    return x + box.west >= west and x + box.east <= east and y + box.south >= south and y + box.north <= north
