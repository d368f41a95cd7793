"""boundaries.geojson: the areas of cities, and the land, as rings of longitudes and latitudes for the map."""

from __future__ import annotations

import json
import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from planner.case.case import Case
from planner.case.problems import Problem, Problems, not_one_of
from planner.case.tables import BOUNDARIES
from planner.words.said import _, said_by

Ring = tuple[tuple[float, float], ...]  # (longitude, latitude), closed or not; outer rings only
ASKED = _('a GeoJSON FeatureCollection of polygons with the property "city" (an id), or "land": true')
MOST_POINTS = 200_000  # of all areas: a map of them has a width of some thousand


@dataclass(frozen=True)
class Boundaries:
    """What a case says about areas.

    Attributes
    ----------
    areas
        City -> outer rings of its own area; empty where the case gives none.
    land
        Outer rings of the land that nearest-seat areas are cut to; empty = land is everywhere.
    """

    areas: dict[str, list[Ring]]
    land: list[Ring]


def check_boundaries(case: Case, problems: Problems) -> None:
    """A file of boundaries that cannot be read is a problem of the case."""
    try:
        boundaries(case.boundaries, case.cities)
    except ValueError as wrong:
        problems.add(Problem(BOUNDARIES, said_by(wrong)))


def boundaries(text: str | None, cities: Collection[str]) -> Boundaries:
    """What the text of boundaries.geojson says.

    Parameters
    ----------
    text
        None: the case has no such file.
    cities
        Ids that areas may be of.

    Raises
    ------
    ValueError
        It is not as it should be; the message says what is.
    """
    found = Boundaries({}, [])
    points = 0
    for n, feature in enumerate(_features(text)):
        properties, geometry = (_keys_of(feature, key) for key in ("properties", "geometry"))
        try:
            rings = _rings(geometry)
        except (KeyError, TypeError, ValueError, IndexError, OverflowError):
            raise ValueError(
                _("feature {n} is not a Polygon or MultiPolygon in degrees of longitude and latitude").format(n=n + 1)
            ) from None
        points += sum(len(ring) for ring in rings)
        if points > MOST_POINTS:
            raise ValueError(
                _("it has more than {most_points:,} points: simplify it, it is for a map of a page's width").format(
                    most_points=MOST_POINTS
                )
            )
        if properties.get("land") is True:
            found.land.extend(rings)
        elif "city" not in properties:
            raise ValueError(
                _('feature {n} has neither "city" nor "land": expected is {asked}').format(n=n + 1, asked=ASKED)
            )
        elif not isinstance(properties["city"], str) or properties["city"] not in cities:
            raise ValueError(
                _("feature {n}: {city}").format(n=n + 1, city=not_one_of(str(properties["city"]), "a city", tuple(cities)))
            )
        else:
            found.areas.setdefault(properties["city"], []).extend(rings)
    return found


def _keys_of(feature: Any, key: str) -> dict[str, Any]:
    """What stands under a key of a feature, if it is a table of keys."""
    found = feature.get(key) if isinstance(feature, dict) else None
    return found if isinstance(found, dict) else {}


def _features(text: str | None) -> list[Any]:
    if text is None:
        return []
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise ValueError(_("it is not JSON ({problem})").format(problem=str(problem)[:100])) from None
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list):
        raise ValueError(_("it has no list of features: expected is {asked}").format(asked=ASKED))
    return features


def _rings(geometry: dict[str, Any]) -> list[Ring]:
    """Outer rings of a Polygon or MultiPolygon; holes are left out, the map is no survey."""
    if geometry["type"] not in ("Polygon", "MultiPolygon"):
        raise ValueError("no polygon")
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [_ring(polygon[0]) for polygon in polygons]


def _ring(points: list[Any]) -> Ring:
    ring = tuple((float(point[0]), float(point[1])) for point in points)
    if len(ring) < 3 or not all(math.isfinite(x) and abs(x) <= 180 and abs(y) <= 90 for x, y in ring):
        raise ValueError("no ring")
    return ring
