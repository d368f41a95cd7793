"""The page Programmes: who is given how much, what each member builds, and results that are not there or cannot be read."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from planner.programme.offered import make_first
from planner.programme.reading import load_programme
from planner.programme.result import ProgrammePlan, solve_programme
from planner.programme.search import ProgrammeOptions
from planner.programme.store import read_programme, write_programme
from planner.workspace import runs
from planner.workspace.places import Workspace, workspace
from planner.workspace.processes import born
from tests.page.server import NO_BROWSER, Server, Watched
from tests.page.test_solve import button, one, texts, wait
from tests.programme.small import City, Clinic, Drawn, write

TWO = Drawn((City(100_000, 20, (Clinic(50, 3),)), City(50_000, 0, (Clinic(40, 2),))), (6, 3), True, 0.8, 0.1)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No ./programmes but those that a test makes."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> ProgrammePlan:
    """Two cities that share a purse."""
    folder = write(TWO, tmp_path_factory.mktemp("programme") / "p")
    return solve_programme(load_programme(folder), options=ProgrammeOptions(gap=1e-6), others=False)


@pytest.mark.slow
def test_a_first_programme_is_made_and_solved_and_its_result_opens(
    open_page: Callable[..., AppTest], place: Workspace
) -> None:
    page = open_page("programmes")
    assert "There is no programme yet" in texts(page)
    button(page, "Make a first programme of two small cases").click().run()
    assert one(page.query_params["source"]) == "own/programme"
    assert "Two clusters, one purse" in texts(page)
    assert "2 members, 6 cities" in texts(page)
    page.checkbox(key="programme-others").uncheck()
    page.text_input(key="programme-amounts").set_value("0.8; 1.2")
    page.number_input(key="programme-workers").set_value(1)
    button(page, "Find the best division").click().run()
    assert not page.exception
    (run,) = runs.list_runs(place)
    assert run.asked["options"] == ["--workers", "1", "--no-others", "--amounts", "0.8", "--amounts", "1.2"]
    assert (run.asked["time_limit"], run.asked["gap"]) == (1800.0, 0.002)
    ended = wait(place, run.id)
    assert ended.programme is not None
    assert [other.times for other in read_programme(ended.programme).amounts] == [0.8, 1.2]
    page = open_page("programmes", run=run.id)
    assert not page.exception
    assert "Who is given how much" in texts(page)
    assert one(page.query_params["programme"]) == run.id
    assert "run" not in page.query_params
    assert f"programme-{run.id}" in [found.key for found in open_page("start").button]


@pytest.mark.slow
def test_a_run_under_way_tells_what_is_closed_and_what_members_are_at(
    open_page: Callable[..., AppTest], place: Workspace
) -> None:
    """Of what all lack without a plan (0.4), three quarters are closed and no more than four fifths can be."""
    told = [
        {"kind": "stage", "goal": "", "seconds": 0.1, "message": "looking for the best division"},
        {"kind": "part", "goal": "", "seconds": 0.2, "message": "its case is built", "part": "east"},
        {
            "kind": "progress",
            "goal": "",
            "seconds": 1.0,
            "best": 0.1,
            "bound": 0.08,
            "gap": 0.2,
            "without": 0.4,
            "message": "",
        },
    ]
    at_work(place, told)
    page = open_page("programmes", run="mine--programme")
    assert not page.exception
    assert {metric.label: metric.value for metric in page.metric} == {
        "Best plan so far closes": "75.0 %", "No plan closes more than": "80.0 %", "Proven within": "20 %",
    }  # fmt: skip
    (table,) = [frame.value for frame in page.dataframe if "what it is at" in frame.value]
    assert list(table.iloc[0]) == ["East", "its case is built"]
    assert "Stop and keep the best programme" in [found.label for found in page.button]
    button(page, "Stop and keep the best programme").click().run()
    assert (place.runs / "mine--programme" / "stop").exists()


def at_work(place: Workspace, told: list[dict[str, object]]) -> None:
    """A run of a first programme that has told so much; this process stands for its own."""
    folder = place.runs / "mine--programme"
    (folder / "programme").mkdir(parents=True)
    make_first(place, "mine").rename(folder / "programme" / "mine")
    asked = {
        "kind": "programme",
        "case": "mine",
        "folder": "programme/mine",
        "started": 1.0,
        "time_limit": 60.0,
        "gap": 0.002,
    }
    (folder / "run.json").write_text(json.dumps({**asked, "gap": 0.002}), encoding="utf-8")
    (folder / "process.json").write_text(json.dumps({"pid": os.getpid(), "born": born(os.getpid())}), encoding="utf-8")
    (folder / "begun").touch()
    (folder / "run.jsonl").write_text("".join(json.dumps(event) + "\n" for event in told), encoding="utf-8")


def test_a_programme_with_mistakes_lists_them_and_cannot_be_solved(
    open_page: Callable[..., AppTest], place: Workspace
) -> None:
    file = make_first(place, "bad") / "programme.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("case: east", "case: nowhere"), encoding="utf-8")
    page = open_page("programmes", source="own/bad")
    assert "This programme has 1 mistake" in texts(page)
    assert "there is no case at" in page.code[0].value
    assert "Find the best division" not in [found.label for found in page.button]


@NO_BROWSER
@pytest.mark.slow
def test_a_programme_is_solved_watched_stopped_and_opened_in_a_browser(
    browser: Any, serve: Callable[[Path], Server], tmp_path: Path
) -> None:
    server = serve(tmp_path / "workspace")
    place = workspace(server.workspace)
    make_first(place, "mine")
    watched = Watched(browser, server)
    watched.open("?page=programmes&source=own/mine")
    watched.page.get_by_role("spinbutton", name="Good enough within, %").fill("0.001")
    watched.page.keyboard.press("Enter")
    watched.settle()
    watched.press("Find the best division")
    watched.sees("The address of this page finds this run again.")
    link = watched.page.url
    assert "run=" in link
    watched.page.reload()
    watched.sees("Who is given how much")
    (run,) = runs.list_runs(place)
    assert run.programme is not None
    watched.page.goto(link)
    watched.sees("Who is given how much")
    for lang, said in (("en", "What each indicator lacks"), ("zh", "各指标的差距")):
        watched.open(f"?page=programmes&programme={run.id}&lang={lang}")
        watched.sees(said)
    assert (watched.abroad, watched.errors) == ([], [])


def test_without_a_result_it_says_how_to_get_one(open_page: Callable[..., AppTest]) -> None:
    page = open_page("programmes")
    assert not page.exception
    assert "There is no result of a programme yet" in texts(page)


@pytest.mark.slow
def test_a_result_is_shown_with_who_is_given_what_and_each_members_plan(
    open_page: Callable[..., AppTest], place: Workspace, solved: ProgrammePlan
) -> None:
    write_programme(solved, place.root / "programmes" / "mine")
    page = open_page("programmes")
    assert not page.exception
    said = texts(page)
    assert "Who is given how much" in said
    page = open_page("programmes", programme="mine", room="members", member="m1")
    assert not page.exception
    assert "Given" in texts(page)
    assert "What is built and signed" in texts(page)
    page = open_page("programmes", programme="mine", room="away")
    assert not page.exception
    assert "One web page with the map" in texts(page)


@pytest.mark.slow
def test_what_is_not_there_or_cannot_be_read_is_said(
    open_page: Callable[..., AppTest], place: Workspace, solved: ProgrammePlan
) -> None:
    folder = write_programme(solved, place.root / "programmes" / "mine")
    assert "There is no result other" in texts(open_page("programmes", programme="other"))
    (folder / "programme.json").write_text('{"format": 1}', encoding="utf-8")
    page = open_page("programmes", programme="mine")
    assert not page.exception
    assert "makes no sense" in " ".join(error.value for error in page.error)
    assert str(place.root) not in " ".join(error.value for error in page.error).replace("\\", "")
