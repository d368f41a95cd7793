"""The page Explore: asks a question in a process of its own, and shows its answer."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from planner.starting import example
from planner.workspace.places import Workspace
from planner.workspace.runs import start_run
from tests.page.test_solve import button, one, texts, wait


def test_without_plans_it_says_what_to_do_first(open_page: Callable[..., AppTest]) -> None:
    page = open_page("explore")
    assert not page.exception
    assert "Solve a case first" in texts(page)


def test_a_question_about_a_plan_is_asked_and_answered(open_page: Callable[..., AppTest], place: Workspace) -> None:
    solved = wait(place, start_run(place, "mine", example()).id)
    page = open_page("explore", plan=solved.id)
    page.selectbox[1].select("importance").run()
    button(page, "Ask").click().run()
    assert not page.exception
    run = one(page.query_params["run"])
    assert wait(place, run).state == "done"
    again = open_page("explore", run=run)
    assert not again.exception
    assert "Answered in full" in texts(again)
    assert any("measure" in frame.value.columns for frame in again.dataframe)


def test_an_unknown_run_is_said(open_page: Callable[..., AppTest]) -> None:
    assert "There is no run" in texts(open_page("explore", run="nothing"))
