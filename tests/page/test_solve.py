"""The page Solve: starts a run, shows it come together, stops it, finds it again by its link."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from planner.starting import example
from planner.workspace import runs
from planner.workspace.cases import save_case
from planner.workspace.drafts import Draft, keep_draft
from planner.workspace.places import Workspace
from tests.page.conftest import BROWSER
from tests.waiting import wait_for


def texts(page: AppTest) -> str:
    parts = (
        page.title,
        page.header,
        page.subheader,
        page.caption,
        page.info,
        page.success,
        page.warning,
        page.error,
        page.markdown,
    )
    return "\n".join(str(element.value) for kind in parts for element in kind)


def one(value: object) -> str:
    """A parameter of a link, which comes as a text or as a list of one."""
    return value if isinstance(value, str) else str(value[0])  # type: ignore[index]


def button(page: AppTest, label: str) -> Any:
    """A button by its label."""
    return next(found for found in page.button if found.label == label)


def wait(place: Workspace, run: str) -> runs.Run:
    def ended() -> runs.Run | None:
        found = runs.read_run(place, run)
        assert found is not None
        return None if found.active else found

    return wait_for(ended, "the end of the run")


@pytest.mark.slow
def test_an_empty_workspace_offers_the_shipped_cases(open_page: Callable[..., AppTest]) -> None:
    page = open_page("solve")
    assert not page.exception
    names = ["chengdu-chongqing", "jing-jin-ji", "middle-yangtze", "pearl-river-delta", "tiny", "yangtze-river-delta"]
    assert page.selectbox[0].options == [f"{name} (example)" for name in names]


@pytest.mark.slow
def test_a_run_starts_with_a_click_and_its_link_finds_it_again(open_page: Callable[..., AppTest], place: Workspace) -> None:
    save_case(place, "mine", example(), None)
    page = open_page("solve")
    assert page.selectbox[0].options[0] == "mine"
    button(page, "Find the best plan").click().run()
    run = one(page.query_params["run"])
    assert wait(place, run).state == "done"
    again = open_page("solve", run=run)
    assert "Done." in texts(again)
    assert "mine, base" in texts(again)
    assert "Done. Proven within" in texts(again)


@pytest.mark.slow
def test_an_ended_run_shows_what_is_proven_of_its_plan_and_not_of_the_search(
    open_page: Callable[..., AppTest], place: Workspace
) -> None:
    """The plan on disk is proven within 0.02 %, whatever the search told: every page says so."""
    save_case(place, "mine", example(), None)
    page = open_page("solve")
    button(page, "Find the best plan").click().run()
    run = wait(place, one(page.query_params["run"]))
    assert run.plan is not None
    file = run.plan / "plan.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    content["goals"][0]["proof_gap"] = 2e-4
    file.write_text(json.dumps(content), encoding="utf-8")
    shown = {metric.label: metric.value for metric in open_page("solve", run=run.id).metric}
    assert shown["Proven within"] == "0.02 %"


def test_a_case_with_mistakes_cannot_be_solved_and_says_so(open_page: Callable[..., AppTest], place: Workspace) -> None:
    save_case(place, "bad", {**example(), "cities.csv": "id\nx\n"}, None)
    page = open_page("solve", case="bad")
    assert "mistakes" in texts(page)
    assert "Find the best plan" not in [found.label for found in page.button]


@pytest.mark.slow
def test_the_words_are_chinese_when_the_link_says_so(open_page: Callable[..., AppTest]) -> None:
    page = open_page("solve", lang="zh")
    assert page.title[0].value == "求解案例"


@pytest.mark.slow
def test_an_unknown_run_is_said(open_page: Callable[..., AppTest]) -> None:
    assert "There is no run" in texts(open_page("solve", run="../../etc/passwd"))


@pytest.mark.slow
def test_runs_of_a_shipped_case_are_told_apart_from_those_of_an_own_one(
    open_page: Callable[..., AppTest], place: Workspace
) -> None:
    for shipped in (False, True):
        wait(place, runs.start_run(place, "tiny", example(), shipped=shipped).id)
    (table,) = [frame.value for frame in open_page("solve").dataframe]
    assert sorted(table["case"]) == ["tiny", "tiny (example)"]


def test_a_case_with_a_draft_says_that_the_saved_one_is_solved(open_page: Callable[..., AppTest], place: Workspace) -> None:
    save_case(place, "mine", example(), None)
    assert "not saved" not in texts(open_page("solve", case="own/mine"))
    keep_draft(place, BROWSER, Draft("own/mine", "version", {"cities.csv": "id\n"}), None)
    assert "What is solved is the case as it was saved" in texts(open_page("solve", case="own/mine"))


@pytest.mark.slow
def test_a_run_that_cannot_be_started_is_told_with_the_reason(
    open_page: Callable[..., AppTest], place: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    page = open_page("solve")
    monkeypatch.setattr(runs, "_write_json", full)
    button(page, "Find the best plan").click().run()
    assert not page.exception
    assert "cannot be written to: No space left on device" in page.error[0].value
    assert runs.list_runs(place) == ()
