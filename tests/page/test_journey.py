"""A planner reads plans in a real browser: clicks on the map, compares, downloads; in both languages."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from planner.plans.store import about, read_plan
from planner.workspace.places import workspace
from tests.page import plans
from tests.page.server import NO_BROWSER, Server, Watched

pytestmark = [NO_BROWSER, pytest.mark.slow]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that holds two plans of the tiny case."""
    folder = tmp_path_factory.mktemp("journey") / "workspace"
    place = workspace(folder)
    plans.keep(place, "base", plans.base())
    plans.keep(place, "no-signatures", plans.no_signatures())
    return folder


@pytest.fixture
def server(folder: Path, serve: Callable[[Path], Server]) -> Server:
    return serve(folder)


def test_a_click_on_the_map_chooses_a_city(browser: Any, server: Server) -> None:
    """Inland lies in the south, at the lower end of the map; the link then names it."""
    from playwright.sync_api import TimeoutError as TooLong

    watched = Watched(browser, server)
    watched.open("?page=plan&plan=base&room=map&city=metro")
    chart = watched.page.locator('[data-testid="stVegaLiteChart"] canvas, [data-testid="stVegaLiteChart"] svg').first
    chart.wait_for()
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    for share in (0.6, 0.7, 0.8, 0.5, 0.9):  # how much of the chart is map depends on its legends
        watched.page.mouse.click(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * share)
        with suppress(TooLong):  # not the city's ground: the next
            watched.page.wait_for_url("**city=inland**", timeout=2500, wait_until="commit")
        if "city=inland" in watched.page.url:
            break
    assert "city=inland" in watched.page.url
    assert (watched.abroad, watched.errors) == ([], [])


@pytest.mark.parametrize("room", ["timeline", "gaps", "money", "measures", "tables"])
def test_every_room_of_a_plan_is_drawn_without_an_error(browser: Any, server: Server, room: str) -> None:
    watched = Watched(browser, server)
    watched.open(f"?page=plan&plan=base&room={room}&lang=zh")
    shown = watched.page.locator('[data-testid="stVegaLiteChart"] svg, [data-testid="stDataFrame"], .scroll table')
    shown.first.wait_for(state="attached")
    watched.settle()
    assert watched.page.locator('[data-testid="stAlertContentError"]').count() == 0
    assert (watched.abroad, watched.errors) == ([], [])


def test_a_plan_is_downloaded_as_a_workbook_and_a_page(browser: Any, server: Server, tmp_path: Path) -> None:
    watched = Watched(browser, server)
    watched.open("?page=plan&plan=base&room=files")
    files = {"Excel workbook: all tables, with charts": b"PK", "Report: one web page that needs nothing else": b"<!DOC"}
    for label, begins in files.items():
        with watched.page.expect_download() as download:
            watched.page.get_by_text(label).first.click()
        file = tmp_path / "downloaded"
        download.value.save_as(file)
        assert file.read_bytes().startswith(begins)
    assert (watched.abroad, watched.errors) == ([], [])


def test_two_plans_are_compared_and_the_comparison_downloaded(browser: Any, server: Server, tmp_path: Path) -> None:
    """The base plan leaves 0.8 / 12, the one without signatures 2.6 / 12 (README of the tiny case)."""
    watched = Watched(browser, server)
    watched.open("?page=compare&plans=base&plans=no-signatures")
    better = watched.page.get_by_text(re.compile(r"0\.0667|0\.06667")).first
    better.wait_for()
    assert "0.2167" in better.inner_text()
    for room in ("decisions", "maps", "files"):
        watched.open(f"?page=compare&plans=base&plans=no-signatures&room={room}")
        assert watched.page.locator('[data-testid="stAlertContentError"]').count() == 0
    with watched.page.expect_download() as download:
        watched.page.get_by_text("All tables (CSV, zipped)").first.click()
    download.value.save_as(tmp_path / "all.zip")
    with zipfile.ZipFile(io.BytesIO((tmp_path / "all.zip").read_bytes())) as parts:
        assert any(name.endswith("decisions.csv") for name in parts.namelist())
    assert (watched.abroad, watched.errors) == ([], [])


def test_a_plan_is_taken_along_whole_and_reads_as_the_plan_that_it_was(browser: Any, server: Server, tmp_path: Path) -> None:
    watched = Watched(browser, server)
    watched.open("?page=plan&plan=base&room=files")
    with watched.page.expect_download() as download:
        watched.page.get_by_text("The plan itself, with its case").first.click()
    download.value.save_as(tmp_path / "plan.zip")
    with zipfile.ZipFile(tmp_path / "plan.zip") as parts:
        parts.extractall(tmp_path / "plan")
    there, taken = read_plan(server.workspace / "plans" / "base"), read_plan(tmp_path / "plan")
    assert about(taken) == about(there)
    assert (taken.audit, taken.case.content_hash) == (there.audit, there.case.content_hash)
    assert (watched.abroad, watched.errors) == ([], [])
