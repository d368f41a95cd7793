"""The tour of the page: every page and every room of a plan has its picture, in both languages, and none is left over."""

from __future__ import annotations

import pytest
from PIL import Image

from docs.generate import PAGES as WRITTEN
from docs.pictures import PREPARED, WIDE
from docs.tour import PICTURES, SCENES
from planner.words.said import LANGUAGES
from ui.addresses import PARAMETERS
from ui.pages import PAGES
from ui.pages.plan import ROOMS

MOST = 4_000_000  # bytes of all pictures: whoever copies the project takes them along


def test_every_page_and_every_room_of_a_plan_has_a_scene() -> None:
    assert {scene.page for scene in SCENES} == set(PAGES)
    assert {scene.shows["room"] for scene in SCENES if scene.page == "plan"} == set(ROOMS)


def test_scenes_show_what_addresses_can_name() -> None:
    assert len({scene.name for scene in SCENES}) == len(SCENES)
    for scene in SCENES:
        assert set(scene.shows) <= set(PARAMETERS[scene.page])
        assert set(scene.said) == set(LANGUAGES)
    shown = {value for scene in SCENES for value in scene.shows.values() if isinstance(value, str)}
    assert set(PREPARED) <= shown


def test_every_scene_has_its_picture_and_no_picture_is_left_over() -> None:
    wanted = {scene.file(language) for scene in SCENES for language in LANGUAGES}
    there = {file for file in PICTURES.rglob("*") if file.is_file()}
    assert there == wanted, "run python -m docs.pictures"
    assert sum(file.stat().st_size for file in there) < MOST
    for scene in SCENES:
        for language in LANGUAGES:
            with Image.open(scene.file(language)) as picture:
                assert picture.size == (WIDE, scene.high), "run python -m docs.pictures"


@pytest.mark.parametrize(("page", "language"), [("tour.md", "en"), ("tour.zh.md", "zh")])
def test_the_tour_shows_every_picture(page: str, language: str) -> None:
    text = WRITTEN[page]()
    assert all(f"(pictures/{language}/{scene.name}.png)" in text for scene in SCENES)
