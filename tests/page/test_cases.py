"""The page Cases: edit, see mistakes, save, and nobody's work lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import yaml
from streamlit.testing.v1 import AppTest

from planner.case.problems import Problems
from planner.case.tables import read_table
from planner.starting import example
from planner.workspace.cases import check, find_case, open_case, save_case
from planner.workspace.places import Workspace
from tests.page.test_solve import button, texts
from ui import editing


@pytest.mark.slow
def test_an_empty_workspace_shows_a_shipped_case_as_read_only(open_page: Callable[..., AppTest]) -> None:
    page = open_page("cases")
    assert not page.exception
    assert "read-only" in texts(page)
    assert "No mistakes. 16 cities" in texts(page)


@pytest.mark.slow
def test_a_case_is_saved_under_a_new_name_and_then_found(open_page: Callable[..., AppTest], place: Workspace) -> None:
    page = open_page("cases", case="tiny")
    page.text_input(key="save-as-tiny").input("my tiny").run()
    button(page, "Save as").click().run()
    assert "Saved as my tiny." in texts(page)
    assert find_case(place, "my tiny", own=True) is not None
    assert not page.exception


@pytest.mark.slow
def test_a_bad_name_and_a_taken_one_are_told(open_page: Callable[..., AppTest], place: Workspace) -> None:
    save_case(place, "mine", example(), None)
    page = open_page("cases", case="tiny")
    for name, said in (("../out", "cannot be used"), ("mine", "There is a case mine already")):
        page.text_input(key="save-as-tiny").input(name).run()
        button(page, "Save as").click().run()
        assert said in texts(page)


def test_a_case_that_cannot_be_taken_in_is_told(open_page: Callable[..., AppTest], place: Workspace) -> None:
    place.root.mkdir(parents=True, exist_ok=True)
    place.cases.write_text("a file where the cases should lie")
    page = open_page("cases", case="tiny")
    button(page, "Start from a small example").click().run()
    assert not page.exception
    assert "The case could not be saved" in texts(page)


def test_a_folder_that_came_by_hand_under_a_name_that_no_case_can_have_is_shown(
    open_page: Callable[..., AppTest], place: Workspace
) -> None:
    folder = place.cases / "_draft"
    folder.mkdir(parents=True)
    for file, text in example().items():
        (folder / file).write_text(text, encoding="utf-8")
    page = open_page("cases", case="own/_draft")
    button(page, r"Delete \_draft for good").click().run()
    assert not page.exception
    assert "The case could not be deleted" in texts(page)
    assert (folder / "case.yaml").is_file()


def test_how_the_files_were_read_is_said(open_page: Callable[..., AppTest], place: Workspace) -> None:
    folder = place.cases / "brought"
    folder.mkdir(parents=True)
    for file, text in example().items():
        (folder / file).write_bytes(text.encode())
    (folder / "SOURCES.md").write_bytes("来源：北京市统计局\n".encode("gb18030"))
    page = open_page("cases", case="own/brought")
    assert any("GB18030" in found.value for found in page.text)
    (folder / "cities.csv").write_bytes((folder / "cities.csv").read_bytes() + b"Besan\xe7on\n")
    page = open_page("cases", case="own/brought")
    assert not page.exception
    assert "mistake" in texts(page)


@pytest.mark.slow
def test_the_last_writer_is_told_and_overwrites_nothing(open_page: Callable[..., AppTest], place: Workspace) -> None:
    mine = save_case(place, "mine", example(), None)
    page = open_page("cases", case="own/mine", table="sources")
    theirs = {**example(), "SOURCES.md": "theirs\n"}
    save_case(place, "mine", theirs, mine.version)
    page.text_area[0].input("ours").run()
    button(page, "Save").click().run()
    assert "saved by somebody else" in texts(page)
    entry = find_case(place, "mine", own=True)
    assert entry is not None
    assert open_case(entry).texts["SOURCES.md"] == "theirs\n"


@pytest.mark.slow
def test_a_change_is_added_to_a_scenario(open_page: Callable[..., AppTest], place: Workspace) -> None:
    save_case(place, "mine", example(), None)
    page = open_page("cases", case="mine", table="scenarios")
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


@pytest.mark.slow
@pytest.mark.parametrize(
    ("amount", "said"),
    [("nan", "a finite number"), ("1e400", "too large"), ("1_000", "must be a number"), ("0,5", "a point for decimals")],
)
def test_a_change_takes_the_numbers_that_a_cell_takes(
    open_page: Callable[..., AppTest], place: Workspace, amount: str, said: str
) -> None:
    save_case(place, "mine", example(), None)
    page = open_page("cases", case="mine", table="scenarios")
    next(t for t in page.text_input if t.label.startswith("Scenario (a new name")).input("dear").run()
    page.text_input(key="scenario-amount").input(amount).run()
    button(page, "Add").click().run()
    assert not page.exception
    assert said in texts(page)
    assert "dear" not in {found.label for found in page.expander}
    page.text_input(key="scenario-amount").input(" ０.５ ").run()
    button(page, "Add").click().run()
    assert "dear (1 change)" in {found.label for found in page.expander}


def test_a_value_that_is_set_is_a_number_where_a_cell_takes_it_for_one() -> None:
    assert [editing.typed(text) for text in (" 0.5 ", "１２", "nan", "1e400", "small")] == [
        0.5,
        12.0,
        "nan",
        "1e400",
        "small",
    ]


def test_a_scenario_is_made_and_takes_a_second_change() -> None:
    one = {"table": "budgets", "column": "amount", "multiply": 0.5}
    two = {"table": "budgets", "column": "amount", "multiply": 2.0}
    first = editing.with_scenario_edit(example()["case.yaml"], "dear", "less", one)
    both = editing.with_scenario_edit(first, "dear", "said before", two)
    assert yaml.safe_load(both)["scenarios"]["dear"] == {"description": "less", "edits": [one, two]}


@pytest.mark.slow
def test_a_change_is_removed_on_the_page(open_page: Callable[..., AppTest], place: Workspace) -> None:
    text = editing.with_scenario_edit(
        example()["case.yaml"], "dear", "less", {"table": "budgets", "column": "amount", "add": 1.0}
    )
    save_case(place, "mine", {**example(), "case.yaml": text}, None)
    page = open_page("cases", case="mine", table="scenarios")
    before = sum(1 for found in page.button if found.label == "Remove")
    next(found for found in page.button if found.label == "Remove" and "dear" in str(found.key)).click().run()
    assert not page.exception
    assert sum(1 for found in page.button if found.label == "Remove") == before - 1


# --- grids and back


@pytest.fixture
def texts_of_example() -> dict[str, str]:
    return dict(example())


def grid_of(table: str, text: str, texts: dict[str, str], spare: int = 3) -> editing.Grid:
    order = editing.order_of(table, text, editing.columns_of_texts(table, texts))
    grid = editing.table_grid(table, text, order, editing.length_of(table, text) + spare)
    assert grid is not None
    return grid


def test_a_grid_that_nobody_touched_is_the_same_case(texts_of_example: dict[str, str]) -> None:
    before = check("mine", texts_of_example).case
    again = dict(texts_of_example)
    for table in ("cities", "capacity", "links", "measures", "budgets"):
        again[f"{table}.csv"] = editing.table_text(grid_of(table, again[f"{table}.csv"], again))
    again["case.yaml"], problems = editing.key_text(editing.key_cells(texts_of_example["case.yaml"]))
    after = check("mine", again).case
    assert problems == ()
    assert after is not None
    assert before is not None
    assert after.content_hash == before.content_hash


def test_what_is_typed_stands_in_the_file_letter_by_letter(texts_of_example: dict[str, str]) -> None:
    """Neither a negative number nor a text is made into another one or into nothing."""
    text = texts_of_example["cities.csv"]
    grid = grid_of("cities", text, texts_of_example)
    after, gone = editing.typed_into(grid, {0: {"population": "-5"}, 1: {"population": "abc"}, 2: {"lat": "38.50"}})
    assert not gone
    written = editing.changed_table("cities", text, text, after)
    again = grid_of("cities", written, texts_of_example)
    assert [again.loc[0, "population"], again.loc[1, "population"], again.loc[2, "lat"]] == ["-5", "abc", "38.50"]
    assert check("mine", {**texts_of_example, "cities.csv": written}).case is None


def test_a_cell_typed_back_is_the_file_as_it_was_opened(texts_of_example: dict[str, str]) -> None:
    text = texts_of_example["cities.csv"].replace("\n", "\r\n")
    grid = grid_of("cities", text, texts_of_example)
    name = grid.loc[0, "name"]
    once, _ = editing.typed_into(grid, {0: {"name": "other"}})
    changed = editing.changed_table("cities", text, text, once)
    assert changed != text
    back, _ = editing.typed_into(grid_of("cities", changed, texts_of_example), {0: {"name": name}})
    assert editing.changed_table("cities", changed, text, back) == text


def test_rows_keep_their_numbers_while_empty_ones_stand_between() -> None:
    text = "id,name\na,A\nb,B\n"
    grid = editing.table_grid("cities", text, ("id", "name"), 5)
    assert grid is not None
    after, _ = editing.typed_into(grid, {0: {"id": None, "name": ""}, 3: {"id": "d"}})
    written = editing.changed_table("cities", text, text, after)
    assert written == "id,name\n,\nb,B\n,\nd,\n"
    assert editing.length_of("cities", written) == 4
    again = editing.table_grid("cities", written, ("id", "name"), 5)
    assert again is not None
    assert again["id"].tolist() == [None, "b", None, "d", None]
    assert editing.without_empty_rows("cities", written) == "id,name\nb,B\nd,\n"


def test_a_row_is_taken_out_with_its_box() -> None:
    grid = editing.table_grid("cities", "id\na\nb\nc\n", ("id",), 4)
    assert grid is not None
    after, gone = editing.typed_into(grid, {1: {editing.DELETE: True}, 2: {"id": "z"}})
    assert gone
    assert after["id"].tolist() == ["a", "z", None]


def test_a_semicolon_table_stays_one() -> None:
    """What a reader takes for a thousands separator depends on it."""
    text = "id;name\na;A\n"
    grid = editing.table_grid("cities", text, ("id", "name"), 2)
    assert grid is not None
    after, _ = editing.typed_into(grid, {0: {"name": "50.000"}})
    assert editing.changed_table("cities", text, text, after) == "id;name\na;50.000\n"


@pytest.mark.parametrize("text", ["id,name\na,A,B\n", 'id\n"a\n', "id,id\na,b\n", "id,\na,b\n"])
def test_a_table_that_a_grid_would_lose_something_of_is_no_grid(text: str) -> None:
    assert editing.table_grid("cities", text, ("id", "name"), 3) is None


def test_mistakes_are_told_by_table_row_name_and_column(texts_of_example: dict[str, str]) -> None:
    bad = {**texts_of_example, "cities.csv": texts_of_example["cities.csv"].replace("small", "tiny", 1)}
    found = editing.mistakes(check("mine", bad).problems, bad, editing.key_cells(bad["case.yaml"]))
    mistake = next(m for m in found if (m.table, m.column) == ("cities", "tier"))
    line = next(n for n, row in enumerate(bad["cities.csv"].split("\n"), start=1) if "tiny" in row)
    assert mistake.row == line
    assert mistake.name in texts_of_example["cities.csv"]
    grid = grid_of("cities", bad["cities.csv"], bad)
    framed = editing.framed(grid, found, 2)
    assert framed.loc[line - 2, editing.ROW] == line
    assert "tier" in framed.loc[line - 2, editing.WRONG]
    assert framed.drop(index=line - 2)[editing.WRONG].eq("").all()


def test_a_mistake_of_a_key_stands_at_its_row() -> None:
    text = example()["case.yaml"]
    cells = [(key, "nonsense" if key == "goals[1]" else value) for key, value in editing.key_cells(text)]
    row = next(number for number, (key, _) in enumerate(cells, start=1) if key == "goals[1]")
    texts_now = {**example(), "case.yaml": editing.key_text(tuple(cells))[0]}
    found = editing.mistakes(check("mine", texts_now).problems, texts_now, tuple(cells))
    assert row in {mistake.row for mistake in found if mistake.table == editing.KEYS}


def test_keys_that_cannot_be_read_are_told(texts_of_example: dict[str, str]) -> None:
    cells = (*editing.key_cells(texts_of_example["case.yaml"]), ("title", "again"))
    _, problems = editing.key_text(cells)
    assert [str(p.message) for p in problems] == ["title stands twice"]
    assert [p.row for p in problems] == [len(cells)]


# --- tables with semicolons


SEMICOLONS = "city;service;capacity\na;beds;12,345\nb;beds;0,5\nc;beds;7\n"


def typed_in_semicolons(row: int, capacity: str) -> str:
    grid = editing.table_grid("capacity", SEMICOLONS, ("city", "service", "capacity"), 4)
    assert grid is not None
    assert grid["capacity"].tolist() == ["12,345", "0,5", "7", None]
    after, _ = editing.typed_into(grid, {row: {"capacity": capacity}})
    return editing.changed_table("capacity", SEMICOLONS, SEMICOLONS, after)


@pytest.mark.parametrize(("row", "capacity"), [(2, "50.000"), (2, "7,5"), (1, "1"), (0, "12.345")])
def test_typing_into_a_semicolon_table_changes_no_other_cell_and_leaves_the_grid(row: int, capacity: str) -> None:
    written = typed_in_semicolons(row, capacity)
    expected = SEMICOLONS.split("\n")
    expected[row + 1] = f"{expected[row + 1].rpartition(';')[0]};{capacity}"
    assert written.split("\n") == expected
    grid = editing.table_grid("capacity", written, ("city", "service", "capacity"), 4)
    assert grid is not None
    assert grid.loc[row, "capacity"] == capacity
    assert editing.without_empty_rows("capacity", written.replace("b;beds", ";;\nb;beds")) == written


def test_a_figure_with_another_decimal_sign_than_its_column_is_refused_at_its_cell() -> None:
    problems = Problems()
    read_table("capacity", typed_in_semicolons(2, "50.000"), problems)
    assert [(p.row, p.column, p.value) for p in problems] == [(4, "capacity", "50.000")]
    fine = Problems()
    read = read_table("capacity", typed_in_semicolons(2, "7,5"), fine)
    assert read is not None
    assert (len(fine), [row.cells["capacity"] for row in read.rows]) == (0, ["12.345", "0.5", "7.5"])
