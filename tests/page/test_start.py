"""The page Start: plans to open at once, one's own with names and notes, and ways to a new case."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from planner.files.folders import HoldsMore
from planner.plans.store import read_plan
from planner.programme.store import parts as of_programme
from planner.questions.keeping import parts, write_result
from planner.starting import example
from planner.workspace import notes
from planner.workspace.cases import find_case, save_case
from planner.workspace.notes import Note
from planner.workspace.places import Workspace
from planner.workspace.plans import list_plans
from planner.workspace.runs import delete_run
from tests.page import plans
from tests.page.test_solve import one, texts
from tests.questions.answered import answered

KEPT = Path(__file__).parents[1] / "kept" / "first"  # written by the first version


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No ./plans."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.slow
def test_the_plan_of_every_shipped_case_is_there_and_opens(open_page: Callable[..., AppTest], place: Workspace) -> None:
    page = open_page("start")
    assert not page.exception
    shipped = {entry.name for entry in list_plans(place) if entry.shipped}
    assert shipped == {case.name for case in place.shipped}
    keys = [button.key or "" for button in page.button]
    assert {key.removeprefix("open-") for key in keys if key.startswith("open-")} == shipped
    assert "closes 82 % of the gap" in texts(page)
    page.button(key="open-tiny").click().run()
    assert (one(page.query_params["plan"]), one(page.query_params["room"])) == ("tiny", "overview")
    assert not page.exception


@pytest.mark.slow
def test_a_plan_gets_a_name_and_a_note_and_is_deleted(open_page: Callable[..., AppTest], place: Workspace) -> None:
    folder = plans.keep(place, "best", plans.base())
    page = open_page("start")
    page.text_input(key="name-best").input("The one  we like").run()
    page.text_area(key="note-best").input("for *Monday*").run()
    page.button(key="keep-best").click().run()
    assert notes.read_notes(place) == {"best": Note("The one we like", "for *Monday*")}
    assert "The one we like" in texts(page)
    assert open_page("plan", plan="best").selectbox[0].options[0] == "The one we like"
    page.button(key="delete-best").click().run()
    assert not page.exception
    assert not folder.exists()
    assert notes.read_notes(place) == {}
    assert read_plan(next(case for case in place.shipped if case.name == "tiny") / "plan").has_decisions


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "said"), [("en", "cut short or damaged"), ("zh", "不完整或已损坏")])
def test_a_plan_that_cannot_be_read_is_named(
    open_page: Callable[..., AppTest], place: Workspace, lang: str, said: str
) -> None:
    file = plans.keep(place, "cut", plans.base()) / "plan.json"
    file.write_bytes(file.read_bytes()[:300])
    page = open_page("start", lang=lang)
    assert not page.exception
    assert [said in warning.value for warning in page.warning] == [True]


@pytest.mark.slow
def test_a_plan_is_called_by_what_it_is_of_and_not_by_a_name_for_machines(
    open_page: Callable[..., AppTest], place: Workspace
) -> None:
    folder = plans.keep(place, "tiny--base--20300101-000000-abcd", plans.no_signatures())
    assert open_page("plan", plan=folder.name).selectbox[0].options[0] == folder.name  # somebody wrote it there
    (place.runs / folder.name).mkdir(parents=True)
    first, *_others, last = open_page("plan", plan=folder.name).selectbox[0].options
    written = json.loads((folder / "plan.json").read_text(encoding="utf-8"))["written"]
    assert first == f"Three cities, worked out by hand, no signatures, {written[:16].replace('T', ' ')}"
    assert last == "Yangtze River Delta, 2026-2040 (example)"


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "named"), [("en", "no signatures"), ("zh", "不签任何协议")])
def test_a_scenario_is_called_by_its_name(
    open_page: Callable[..., AppTest], place: Workspace, lang: str, named: str
) -> None:
    """Also where the folder is called as the planner calls it, of a case and one of its scenarios."""
    folder = plans.keep(place, "tiny--no-signatures", plans.no_signatures())
    said = texts(open_page("start", lang=lang)).replace("\\", "")
    assert named in said
    assert "no-signatures" not in said
    (shown,) = [one for one in open_page("plan", plan=folder.name, lang=lang).selectbox[0].options if named in one]
    assert shown.startswith("tiny")


def test_what_is_no_plan_alone_is_not_deleted_and_that_is_said(open_page: Callable[..., AppTest], place: Workspace) -> None:
    folder = plans.keep(place, "best", plans.base())
    (folder / "letter.txt").write_text("mine", encoding="utf-8")
    page = open_page("start")
    page.button(key="delete-best").click().run()
    assert "Nothing was changed" in page.error[0].value
    assert (folder / "letter.txt").is_file()


@pytest.mark.parametrize("above", ["answers", "programmes"])
def test_what_is_no_answer_or_result_alone_is_not_deleted_either(
    open_page: Callable[..., AppTest], place: Workspace, above: str
) -> None:
    """A letter lies beside it, so that nothing of it goes, its run neither; without the letter all goes."""
    run, folder = place.runs / "ours", place.root / above / "ours"
    run.mkdir(parents=True)
    if above == "answers":
        write_result(answered("importance"), folder)
    else:
        (folder / "plans" / "east" / "case").mkdir(parents=True)
        (folder / "programme.json").write_text("{}", encoding="utf-8")
    (folder / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(HoldsMore, match=r"\(letter.txt\); nothing is deleted"):
        delete_run(place, "ours", parts, of_programme)
    assert run.is_dir()
    assert len(list(folder.iterdir())) > 2
    (folder / "letter.txt").unlink()
    (folder / "plans").mkdir(exist_ok=True)
    (folder / "plans" / "letter.txt").write_text("mine", encoding="utf-8")  # where only plans lie
    with pytest.raises(HoldsMore, match=r"plans/letter\.txt"):
        delete_run(place, "ours", parts, of_programme)
    (folder / "plans" / "letter.txt").unlink()
    (folder / "._list.csv").write_bytes(b"the system's")
    delete_run(place, "ours", parts, of_programme)
    assert not run.exists()
    assert not folder.exists()


@pytest.mark.parametrize("spoilt", [False, True])
def test_an_answer_of_an_earlier_version_and_one_that_cannot_be_read_are_deleted(place: Workspace, spoilt: bool) -> None:
    shutil.copytree(KEPT / "workspace", place.root, dirs_exist_ok=True)
    (answer,) = place.answers.iterdir()
    if spoilt:
        (answer / "result.json").write_text("{", encoding="utf-8")
    delete_run(place, answer.name, parts, of_programme)
    assert not answer.exists()
    assert not (place.runs / answer.name).exists()


@pytest.mark.parametrize("name", ["../cases", "..", "/etc"])
def test_no_name_leads_out_of_the_workspace(place: Workspace, name: str) -> None:
    save_case(place, "mine", example(), None)
    with pytest.raises(ValueError, match="name"):
        delete_run(place, name, parts, of_programme)
    assert find_case(place, "mine", own=True) is not None


def test_a_shipped_case_is_copied_and_opened(open_page: Callable[..., AppTest], place: Workspace) -> None:
    page = open_page("start")
    page.selectbox(key="new-template").select("tiny").run()
    next(button for button in page.button if button.label == "Copy it").click().run()
    assert not page.exception
    assert find_case(place, "my tiny", own=True) is not None
    assert one(page.query_params["case"]) == "own/my tiny"
    assert page.title[0].value == "Cases"


def test_notes_that_cannot_be_read_are_none(place: Workspace) -> None:
    place.root.mkdir(parents=True)
    (place.root / notes.FILE).write_text("[]", encoding="utf-8")
    assert notes.read_notes(place) == {}
    notes.keep_note(place, "a", Note("b"))
    assert notes.read_notes(place) == {"a": Note("b")}
