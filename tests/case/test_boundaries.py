"""boundaries.geojson: areas of cities and land, or a sentence about what is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from planner.case import CaseInvalid, load_case
from planner.case.boundaries import boundaries

SQUARE = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]


def feature(properties: dict[str, Any], kind: str = "Polygon", coordinates: Any = None) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates or [SQUARE]}}


def text(*features: Any) -> str:
    return json.dumps({"type": "FeatureCollection", "features": list(features)})


def test_a_case_without_the_file_has_no_areas() -> None:
    assert boundaries(None, ["a"]).areas == {}


def test_areas_and_land_are_told_apart() -> None:
    found = boundaries(
        text(feature({"city": "a"}), feature({"city": "a"}, "MultiPolygon", [[SQUARE], [SQUARE]]), feature({"land": True})),
        ["a", "b"],
    )
    assert {city: len(rings) for city, rings in found.areas.items()} == {"a": 3}
    assert found.land == [tuple((float(x), float(y)) for x, y in SQUARE)]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "it is not JSON"),
        ("[1]", "no list of features"),
        (text(1), "feature 1 is not a Polygon"),
        (text(feature({"city": "a"}, "Point")), "feature 1 is not a Polygon"),
        (text(feature({"city": "a"}, "Polygon", [[[0, 0], [1, 0]]])), "feature 1 is not a Polygon"),
        (text(feature({"city": "a"}, "Polygon", [[[0, 0], [1, 0], [500, 0]]])), "in degrees"),
        (text(feature({"name": "a"})), 'neither "city" nor "land"'),
        (text(feature({"city": "aa"})), "'aa' is not a city"),
    ],
)
def test_what_is_wrong_is_said(content: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        boundaries(content, ["a", "b"])


def test_a_case_with_broken_boundaries_is_refused_with_the_file(folder: Path) -> None:
    (folder / "boundaries.geojson").write_text(text(feature({"city": "nowhere"})))
    with pytest.raises(CaseInvalid, match=r"boundaries.geojson: feature 1: 'nowhere' is not a city"):
        load_case(folder)
