"""The page in a real browser: a planner's whole journey, nothing asked of another host, nothing lost when a server dies."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from planner.plans.store import read_plan
from planner.starting import example
from planner.workspace.cases import find_case, open_case, save_case
from planner.workspace.places import Workspace, workspace
from planner.workspace.runs import list_runs
from tests.page.grid import type_until
from tests.page.many import solve_in_sessions
from tests.page.server import NO_BROWSER, Server, Watched
from tests.page.test_solve import wait
from tests.workspace.test_runs import large

pytestmark = [NO_BROWSER, pytest.mark.slow]


@pytest.fixture
def server(tmp_path: Path, serve: Callable[[Path], Server]) -> Server:
    return serve(tmp_path / "workspace")


@pytest.fixture
def place(server: Server) -> Workspace:
    return workspace(server.workspace)


def test_a_planner_edits_a_case_sees_a_mistake_saves_it_and_solves_it(
    browser: Any, server: Server, place: Workspace
) -> None:
    watched = Watched(browser, server)
    watched.open("?case=tiny")
    watched.sees("No mistakes. 3 cities")
    type_until(watched, 0, "jurisdiction", "North;South", "mistakes; the case can be saved, but not solved yet")
    type_until(watched, 0, "jurisdiction", "North", "No mistakes. 3 cities")
    type_until(watched, 0, "name", "Metropolis", "There are changes that are not saved.")
    watched.page.get_by_label("Save as a new case named").fill("my tiny")
    watched.page.keyboard.press("Enter")
    watched.settle()
    watched.press("Save as")
    watched.sees("Saved as my tiny.")
    entry = find_case(place, "my tiny", own=True)
    assert entry is not None
    assert "Metropolis" in open_case(entry).texts["cities.csv"]
    watched.open("?page=solve&case=own/my tiny")
    watched.press("Find the best plan")
    watched.sees("Done.")
    (run,) = list_runs(place)
    assert run.plan is not None
    assert read_plan(run.plan).status == "optimal"
    assert (watched.abroad, watched.errors) == ([], [])


def test_a_solve_is_watched_stopped_and_found_again(browser: Any, stranger: Any, server: Server, place: Workspace) -> None:
    save_case(place, "large", large(), None)
    watched = Watched(browser, server)
    watched.open("?page=solve&case=large")
    watched.press("Find the best plan")
    watched.sees("Best plan so far")
    link = watched.page.url
    watched.page.goto("about:blank")  # two that look on are drawn twice as often
    other = Watched(stranger, server)
    other.page.goto(link)
    other.sees("Best plan so far")
    other.press("Stop and keep the best plan")
    other.sees("Done.")
    watched.page.goto(link)
    watched.sees("Done.")
    run = re.search(r"run=([^&]+)", link)
    assert run is not None
    ended = wait(place, run[1])
    assert ended.plan is not None
    assert read_plan(ended.plan).status == "interrupted"
    assert (watched.abroad + other.abroad, watched.errors + other.errors) == ([], [])


def test_a_solve_goes_on_when_the_server_is_killed_and_its_link_finds_it(
    browser: Any, stranger: Any, server: Server, place: Workspace
) -> None:
    save_case(place, "large", large(), None)
    watched = Watched(browser, server)
    watched.open("?page=solve&case=large")
    watched.page.get_by_role("spinbutton", name="Time limit, minutes").fill("7")
    watched.page.keyboard.press("Enter")
    watched.settle()
    watched.press("Find the best plan")
    watched.sees("Stop and keep the best plan")
    link = watched.page.url
    watched.page.close()
    server.kill()
    server.start()
    again = Watched(stranger, server)
    again.page.goto(link)
    again.sees("Best plan so far")
    again.press("Stop and keep the best plan")
    again.sees("Done.")
    (run,) = list_runs(place)
    assert run.asked["time_limit"] == 7 * 60
    assert run.plan is not None
    assert read_plan(run.plan).has_decisions


def test_the_words_change_with_the_switch_and_stay_in_the_link(browser: Any, server: Server) -> None:
    watched = Watched(browser, server)
    watched.open("?page=solve")
    watched.page.get_by_text("中文").first.click()
    watched.sees("求解案例")
    assert "lang=zh" in watched.page.url
    watched.page.reload()
    watched.sees("求解案例")
    assert (watched.abroad, watched.errors) == ([], [])


def test_a_box_for_files_speaks_the_language_of_the_page(browser: Any, server: Server) -> None:
    """Streamlit has English words alone for it; what is seen is what stands in their place."""
    seen = """() => [...document.querySelectorAll(
        '[data-testid="stFileUploaderDropzone"] p, [data-testid="stFileUploaderDropzoneInstructions"] span'
    )].map(at => [getComputedStyle(at).fontSize === '0px', getComputedStyle(at, '::after').content])"""
    watched = Watched(browser, server)
    watched.open("?lang=zh")
    assert watched.page.evaluate(seen) == [[True, '"上传"'], [True, '"最大 20 MB"']] * 2  # a list of cities, and a workbook
    watched.open("?lang=en")
    assert watched.page.evaluate(seen) == [[False, "none"]] * 4
    assert (watched.abroad, watched.errors) == ([], [])


@pytest.mark.parametrize("page", ["", "?page=cases", "?page=solve", "?page=plan", "?page=compare", "?page=explore"])
def test_every_page_fits_every_screen(browser: Any, server: Server, page: str) -> None:
    """Opened on a narrow one, drawn wider, and narrow again."""
    narrow = 390
    watched = Watched(browser, server, narrow)
    watched.open(page)
    for width in (narrow, 1280, 1920, narrow):
        watched.page.set_viewport_size({"width": width, "height": 900})
        watched.settle()
        assert watched.page.evaluate("document.documentElement.scrollWidth") <= width
    assert (watched.abroad, watched.errors) == ([], [])


def test_a_workbook_is_uploaded_as_a_new_case(browser: Any, server: Server, place: Workspace, tmp_path: Path) -> None:
    from planner.case import load_case, write_workbook

    folder = tmp_path / "example"
    folder.mkdir()
    for name, text in example().items():
        (folder / name).write_text(text, encoding="utf-8")
    write_workbook(load_case(folder), tmp_path / "mine.xlsx")
    (tmp_path / "broken.xlsx").write_bytes(b"no workbook")
    watched = Watched(browser, server)
    watched.open("?page=cases")
    watched.press("New case")
    for file, seen in (("broken.xlsx", "cannot be read as a case"), ("mine.xlsx", "No mistakes. 3 cities, 9 measures")):
        watched.page.locator('input[type="file"][accept*="xlsx"]').set_input_files(tmp_path / file)
        watched.settle()
        watched.press("Read the workbook")
        watched.sees(seen)
    assert find_case(place, "mine", own=True) is not None
    assert watched.abroad == []


@pytest.mark.proof
def test_twenty_sessions_at_once_all_get_their_plan(stranger: Any, server: Server) -> None:
    assert solve_in_sessions(stranger, server, 20) == ["optimal, audit passed"] * 20
