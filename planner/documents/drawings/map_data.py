"""What a plan's map shows, as tables: areas by gap, links of today and those built, money by city, and where names fit."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import pandas as pd

from planner.case import Case, Link, naming
from planner.documents import vocabulary
from planner.documents.drawings.areas import Ground, Point
from planner.documents.drawings.gaps import gaps_of_cities
from planner.plans.plan import Plan
from planner.plans.totals import columns, serving
from planner.words.phrases import wide
from planner.words.said import told

SPREAD = 2.6  # pixels between links of several modes on one stretch
LETTER, LINE = 6.6, 13.0  # pixels that a letter and a line of a label take
NEAR = 4.0  # pixels from a dot to its label
SEAT = 3.0  # radius of a seat, pixels
LARGEST = 900.0  # area of the largest dot, square pixels
OUTSIDE = 10.0  # how much worse it is to leave the map than to cover something
Box = tuple[float, float, float, float]  # west, south, east, north
Label = tuple[float, float, str, Box]  # where it stands, how it is aligned, what it covers
PLACES = (("left", 1.0, 0.0), ("right", -1.0, 0.0), ("center", 0.0, 1.0), ("center", 0.0, -1.0))  # align, then direction


def areas(plan: Plan, ground: Ground, period: str) -> pd.DataFrame:
    """Corners of the cities' areas in order: columns piece, corner, x, y (km), city (name), id, gap_without, gap_with."""
    gaps = {i: both for i, *both in columns(gaps_of_cities(plan, period), "city", "gap_without", "gap_with")}
    rows = []
    for city, rings in ground.areas.items():
        both = gaps.get(city, [math.nan, math.nan])
        for n, ring in enumerate(rings):
            name = told(naming.city(plan.case, city))
            rows += [(f"{city} {n}", k, x, y, name, city, *both) for k, (x, y) in enumerate(ring)]
    return pd.DataFrame(rows, columns=["piece", "corner", "x", "y", "city", "id", "gap_without", "gap_with"])


def rings(pieces: Sequence[Sequence[Point]]) -> pd.DataFrame:
    """Corners of plain rings in order: columns piece, corner, x, y (km)."""
    rows = [(f"{n}", k, x, y) for n, ring in enumerate(pieces) for k, (x, y) in enumerate(ring)]
    return pd.DataFrame(rows, columns=["piece", "corner", "x", "y"])


def existing_links(case: Case, ground: Ground) -> pd.DataFrame:
    """A straight line for each pair of cities that a link of today joins: columns x, y, x2, y2 (km)."""
    pairs = {frozenset((k.from_city, k.to_city)) for k in case.links.values() if not k.needs}
    ends = [sorted(pair) for pair in pairs if len(pair) == 2]
    rows = [(*ground.seats[a], *ground.seats[b]) for a, b in sorted(ends)]
    return pd.DataFrame(rows, columns=["x", "y", "x2", "y2"])


def built_links(plan: Plan, ground: Ground, km_a_pixel: float = 0.0, upto: str | None = None) -> pd.DataFrame:
    """Links that the plan brings, in the period from which all that they need serves.

    Parameters
    ----------
    km_a_pixel
        Scale of the map: links of several modes on one stretch are drawn beside one another.
    upto
        Only links in service by this period (an id); None = by the last.

    Returns
    -------
    Columns link (id), mode (name), period (label), x, y, x2, y2 (km); one row for links of one mode and period on one
    stretch.
    """
    case = plan.case
    serves = serving(plan)
    shown = case.period_ids[: case.period_ids.index(upto or case.period_ids[-1]) + 1]
    labels = {p.id: p.label for p in case.periods}
    found: dict[tuple[str, str, str, str], Link] = {}
    for link in case.links.values():
        first = next((t for t in shown if all(serves.get((a, t), 0.0) > 0 for a in link.needs)), None)
        if link.needs and first is not None and link.from_city != link.to_city:
            a, b = sorted((link.from_city, link.to_city))
            found.setdefault((a, b, link.mode, first), link)
    beside: dict[tuple[str, str], int] = defaultdict(int)
    together: dict[tuple[str, str], int] = defaultdict(int)
    for a, b, *_ in found:
        together[a, b] += 1
    rows = []
    for (a, b, mode, first), link in found.items():
        place = beside[a, b] - (together[a, b] - 1) / 2
        beside[a, b] += 1
        ends = _shifted(ground.seats[a], ground.seats[b], place * SPREAD * km_a_pixel)
        rows.append((link.id, told(vocabulary.mode(case, mode)), labels[first], *ends))
    return pd.DataFrame(rows, columns=["link", "mode", "period", "x", "y", "x2", "y2"])


def _shifted(a: Point, b: Point, by: float) -> tuple[float, float, float, float]:
    """A line moved sideways, km."""
    length = math.dist(a, b) or 1.0
    dx, dy = -(b[1] - a[1]) / length * by, (b[0] - a[0]) / length * by
    return a[0] + dx, a[1] + dy, b[0] + dx, b[1] + dy


def money_of_cities(plan: Plan) -> dict[str, float]:
    """City -> public money that the plan spends there over the horizon.

    That of a measure in several cities is split evenly; that of measures in no city (policies) is left out.
    """
    spent = dict.fromkeys(plan.case.cities, 0.0)
    for measure, capital, running in columns(plan.tables["spending"], "measure", "capital", "running"):
        cities = plan.case.measures[measure].cities
        for city in cities:
            spent[city] += (capital + running) / len(cities)
    return spent


def seats(plan: Plan, ground: Ground, km_a_pixel: float) -> pd.DataFrame:
    """Seats, their names beside the dots of money, and the money: columns of `labels`, and money."""
    money = money_of_cities(plan)
    most = max(money.values(), default=0.0)
    radius = {i: math.sqrt(LARGEST * money[i] / most / math.pi) if most > 0 else 0.0 for i in ground.seats}
    return labels(plan.case, ground, km_a_pixel, radius).assign(money=[money[i] for i in ground.seats])


def labels(
    case: Case, ground: Ground, km_a_pixel: float, radius: Mapping[str, float] = MappingProxyType({})
) -> pd.DataFrame:
    """Seats and their names: columns city (name), id, tier, x, y (km), and label_x, label_y (km), align of the name.

    Names go where they cover least of the dots and of other names: right, left, above or below; large cities choose first.

    Parameters
    ----------
    km_a_pixel
        Scale of the map.
    radius
        City -> size of its dot, pixels; a seat's where none is given.
    """
    order = sorted(ground.seats, key=lambda i: -case.cities[i].population.get("today", 0.0))
    at = {i: (x / km_a_pixel, y / km_a_pixel) for i, (x, y) in ground.seats.items()}
    size = {i: max(SEAT, radius.get(i, 0.0)) for i in at}
    west, south, east, north = (x / km_a_pixel for x in ground.frame)
    taken = [(x - size[i], y - size[i], x + size[i], y + size[i]) for i, (x, y) in at.items()]
    placed: dict[str, tuple[float, float, str]] = {}
    for i in order:
        choices = [_label(at[i], size[i] + NEAR, told(naming.city(case, i)), *place) for place in PLACES]

        def cost(choice: Label) -> float:
            box = choice[3]
            area = (box[2] - box[0]) * (box[3] - box[1])
            outside = area - _overlap(box, (west, south, east, north))
            return OUTSIDE * outside + sum(_overlap(box, other) for other in taken)

        best = min(choices, key=cost)
        taken.append(best[3])
        placed[i] = (best[0] * km_a_pixel, best[1] * km_a_pixel, best[2])
    rows = [(told(naming.city(case, i)), i, case.cities[i].tier, *ground.seats[i], *placed[i]) for i in ground.seats]
    return pd.DataFrame(rows, columns=["city", "id", "tier", "x", "y", "label_x", "label_y", "align"])


def _label(at: Point, away: float, name: str, align: str, right: float, up: float) -> Label:
    """Where a label would stand and what it would cover, in pixels."""
    width = LETTER * wide(name)
    x, y = at[0] + right * away, at[1] + up * (away + LINE / 2)
    west = x if align == "left" else x - width if align == "right" else x - width / 2
    return x, y, align, (west, y - LINE / 2, west + width, y + LINE / 2)


def _overlap(a: Box, b: Box) -> float:
    across, along = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    return across * along if across > 0 and along > 0 else 0.0
