"""The case on the desk of a window, without a page: what is typed is kept, also where something stands in the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.starting import example
from planner.workspace import cases, drafts
from planner.workspace.cases import delete_case, save_case
from planner.workspace.drafts import list_drafts, read_draft
from planner.workspace.places import Workspace, workspace
from ui import editing
from ui.desk import Desk

ME = "a" * 32


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    found = workspace(tmp_path / "workspace")
    save_case(found, "mine", example(), None)
    return found


def desk(place: Workspace, key: str = "own/mine") -> Desk:
    found = Desk.of(place, ME, key)
    assert found is not None
    return found


def test_each_cell_is_on_the_disk_at_once_and_another_window_finds_it(place: Workspace) -> None:
    first = desk(place)
    first.write("cities.csv", "id\ntyped\n")
    assert desk(place).draft.texts["cities.csv"] == "id\ntyped\n"
    assert first.refreshed() is first


def test_what_is_typed_back_leaves_no_draft(place: Workspace) -> None:
    found = desk(place)
    found.write("cities.csv", "id\ntyped\n")
    found.write("cities.csv", found.opened.texts["cities.csv"])
    assert list_drafts(place, ME) == ()
    assert not found.draft.is_changed


def test_the_second_of_two_windows_is_told_and_shows_the_first(place: Workspace) -> None:
    first, second = desk(place), desk(place)
    first.write("cities.csv", "id\nfirst\n")
    second.write("cities.csv", "id\nsecond\n")
    assert second.told is not None
    assert second.told.startswith("This case was changed in another window of this browser")
    assert second.draft.texts["cities.csv"] == "id\nfirst\n"
    second.write("links.csv", "id\nx\n")
    assert second.told is None
    fresh = first.refreshed()
    assert fresh is not None
    assert fresh.draft.texts["links.csv"] == "id\nx\n"


def test_on_a_full_disk_what_is_typed_stays_on_the_desk_and_that_is_said(
    place: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = desk(place)

    def full(*given: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(drafts, "keep_draft", full)
        found.write("cities.csv", "id\ntyped\n")
    assert found.told is not None
    assert found.told.startswith("What you typed could not be kept on the disk (No space left on device).")
    assert found.refreshed() is found
    assert found.draft.texts["cities.csv"] == "id\ntyped\n"
    found.write("links.csv", "id\nx\n")
    kept = read_draft(place, ME, "own/mine")
    assert kept is not None
    assert (kept.texts["cities.csv"], kept.texts["links.csv"]) == ("id\ntyped\n", "id\nx\n")


def test_a_draft_outlives_its_case(place: Workspace) -> None:
    desk(place).write("cities.csv", "id\ntyped\n")
    delete_case(place, "mine")
    left = desk(place)
    assert left.told is not None
    assert left.told.startswith("mine was deleted since you changed it.")
    assert left.draft.texts["cities.csv"] == "id\ntyped\n"
    left.discard()
    assert Desk.of(place, ME, "own/mine") is None


def test_a_case_saved_by_somebody_else_is_shown_anew_or_told_of_where_there_is_a_draft(place: Workspace) -> None:
    clean, changed = desk(place), Desk.of(place, "b" * 32, "own/mine")
    assert changed is not None
    changed.write("cities.csv", "id\ntyped\n")
    save_case(place, "mine", {**example(), "SOURCES.md": "theirs\n"}, clean.opened.version)
    fresh = clean.refreshed()
    assert fresh is not None
    assert fresh.draft.texts["SOURCES.md"] == "theirs\n"
    again = Desk.of(place, "b" * 32, "own/mine")
    assert again is not None
    assert again.told is not None
    assert again.told.startswith("mine was saved by somebody else since you opened it.")


def test_keys_that_cannot_be_read_stay_as_they_were_typed(place: Workspace) -> None:
    found = desk(place)
    cells = (*found.cells, ("title", "twice"), ("", ""), ("", "beside no key"))
    found.write_keys(cells)
    again = desk(place)
    assert again.cells == cells
    assert [(problem.row, problem.message) for problem in again.unread] == [
        (len(cells) - 2, "title stands twice"),
        (len(cells), "'beside no key' stands beside no key"),
    ]
    again.write_keys(editing.key_cells(again.opened.texts["case.yaml"]))
    assert not again.draft.is_changed


def test_a_grid_grows_when_its_last_row_is_filled_and_says_so(place: Workspace) -> None:
    found = desk(place)
    view = found.view("cities", ("id",), 3)
    assert (view.length, view.full) == (3 + editing.SPARE, False)
    assert found.view("cities", ("id",), view.length - 1) is view
    grown = found.view("cities", ("id",), view.length)
    assert (grown.length, grown.full) == (view.length + editing.SPARE, True)
    assert grown.stamp != view.stamp


def test_empty_rows_are_left_out_when_a_case_is_saved(place: Workspace) -> None:
    found = desk(place)
    lines = found.draft.texts["cities.csv"].splitlines()
    commas = "," * lines[0].count(",")
    found.write("cities.csv", "\n".join([lines[0], commas, *lines[1:]]) + "\n")
    assert found.draft.is_changed
    checked = cases.check("mine", found.texts_to_save())
    assert checked.case is not None
    assert commas not in found.texts_to_save()["cities.csv"].splitlines()
    assert found.texts_to_save()["links.csv"] == example()["links.csv"]
