"""The page Cases: edit, see mistakes, save, and nobody's work lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import yaml
from streamlit.testing.v1 import AppTest

from planner.starting import example
from planner.workspace.cases import find_case, open_case, save_case
from planner.workspace.places import Workspace
from tests.page.test_solve import button, texts
from ui import editing
from ui.draft import Draft


def test_an_empty_workspace_shows_a_shipped_case_as_read_only(open_page: Callable[..., AppTest]) -> None:
    page = open_page("cases")
    assert not page.exception
    assert "read-only" in texts(page)
    assert "No mistakes. 14 cities" in texts(page)


def test_a_case_is_saved_under_a_new_name_and_then_found(open_page: Callable[..., AppTest], place: Workspace) -> None:
    page = open_page("cases", case="tiny")
    page.text_input(key="save-as-tiny").input("my tiny").run()
    button(page, "Save as").click().run()
    assert "Saved as my tiny." in texts(page)
    assert find_case(place, "my tiny", own=True) is not None
    assert not page.exception


def test_a_bad_name_and_a_taken_one_are_told(open_page: Callable[..., AppTest], place: Workspace) -> None:
    save_case(place, "mine", example(), None)
    page = open_page("cases", case="tiny")
    for name, said in (("../out", "cannot be used"), ("mine", "There is a case mine already")):
        page.text_input(key="save-as-tiny").input(name).run()
        button(page, "Save as").click().run()
        assert said in texts(page)


def test_the_last_writer_is_told_and_overwrites_nothing(open_page: Callable[..., AppTest], place: Workspace) -> None:
    mine = save_case(place, "mine", example(), None)
    page = open_page("cases", case="mine")
    theirs = {**example(), "SOURCES.md": "theirs\n"}
    save_case(place, "mine", theirs, mine.version)
    page.text_area[0].input("ours").run()
    button(page, "Save").click().run()
    assert "saved by somebody else" in texts(page)
    entry = find_case(place, "mine", own=True)
    assert entry is not None
    assert open_case(entry).texts["SOURCES.md"] == "theirs\n"


def test_a_change_is_added_to_a_scenario(open_page: Callable[..., AppTest], place: Workspace) -> None:
    save_case(place, "mine", example(), None)
    page = open_page("cases", case="mine")
    box = next(t for t in page.text_input if t.label.startswith("Scenario (a new name"))
    box.input("dear").run()
    page.selectbox(key="scenario-table").select("budgets").run()
    page.selectbox(key="scenario-column-budgets").select("amount").run()
    page.text_input(key="scenario-amount").input("0.5").run()
    button(page, "Add").click().run()
    assert not page.exception
    button(page, "Save").click().run()
    entry = find_case(place, "mine", own=True)
    assert entry is not None
    assert "dear" in open_case(entry).texts["case.yaml"]


def test_a_change_of_a_scenario_is_taken_out_and_the_scenario_stays() -> None:
    before = example()["case.yaml"]
    one = {"table": "budgets", "column": "amount", "multiply": 0.5}
    two = {"table": "budgets", "column": "amount", "multiply": 2.0}
    first = editing.with_scenario_edit(before, "dear", "less", one)
    both = editing.with_scenario_edit(first, "dear", "less", two)
    keys = yaml.safe_load(editing.without_scenario_edit(both, "dear", 0))
    assert keys["scenarios"]["dear"]["edits"] == [two]
    none = yaml.safe_load(editing.without_scenario_edit(first, "dear", 0))
    assert none["scenarios"]["dear"] == {"description": "less", "edits": []}


def test_a_change_is_removed_on_the_page(open_page: Callable[..., AppTest], place: Workspace) -> None:
    text = editing.with_scenario_edit(
        example()["case.yaml"], "dear", "less", {"table": "budgets", "column": "amount", "add": 1.0}
    )
    save_case(place, "mine", {**example(), "case.yaml": text}, None)
    page = open_page("cases", case="mine")
    before = sum(1 for found in page.button if found.label == "Remove")
    next(found for found in page.button if found.label == "Remove" and "dear" in str(found.key)).click().run()
    assert not page.exception
    assert sum(1 for found in page.button if found.label == "Remove") == before - 1


# --- grids and back


@pytest.fixture
def draft(place: Workspace) -> Draft:
    return Draft.of(save_case(place, "mine", example(), None))


def test_a_grid_that_nobody_touched_is_the_same_case(draft: Draft) -> None:
    from planner.workspace.cases import check

    before = check("mine", draft.texts).case
    again = dict(draft.texts)
    for table in ("cities", "capacity", "links", "measures", "budgets"):
        columns = editing.columns_of_texts(table, draft.texts)
        again[f"{table}.csv"] = editing.table_text(editing.table_grid(table, draft.texts[f"{table}.csv"], columns))
    again["case.yaml"], problems = editing.key_text(editing.key_grid(draft.texts["case.yaml"]))
    after = check("mine", again).case
    assert problems == ()
    assert after is not None
    assert before is not None
    assert after.content_hash == before.content_hash


def test_mistakes_are_told_by_table_row_name_and_column(draft: Draft) -> None:
    from planner.workspace.cases import check

    bad = {**draft.texts, "cities.csv": draft.texts["cities.csv"].replace("small", "tiny", 1)}
    grid = editing.problem_grid(check("mine", bad).problems, bad)
    row = grid[(grid["table"] == "cities") & (grid["column"] == "tier")].iloc[0]
    assert row["row"] >= 2
    assert row["name"] in draft.texts["cities.csv"]


def test_keys_that_cannot_be_read_are_told(draft: Draft) -> None:
    grid = editing.key_grid(draft.texts["case.yaml"])
    grid.loc[len(grid)] = ["title", "again", "", ""]
    _, problems = editing.key_text(grid)
    assert [str(p.message) for p in problems] == ["title stands twice"]
