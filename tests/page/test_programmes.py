"""The page Programmes: who is given how much, what each member builds, and results that are not there or cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from planner.programme.reading import load_programme
from planner.programme.result import ProgrammePlan, solve_programme
from planner.programme.search import ProgrammeOptions
from planner.programme.store import write_programme
from planner.workspace.places import Workspace
from tests.page.test_solve import texts
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
