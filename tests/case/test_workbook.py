"""A case as one Excel workbook: reads back equal, and every mistake is told by sheet, row and column."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import python_calamine
import xlsxwriter

from planner.case import Case, CaseInvalid, load_case, write_case, write_workbook
from planner.case.columns import columns_of, meanings_of_keys
from planner.case.keys import KeyRows, Misplaced, cell_of, path_of, rows_of_keys, value_of
from planner.case.problems import Problems
from planner.case.rows import TABLES
from planner.case.workbook_file import LARGEST_UNZIPPED, NoWorkbook, checked, place_of
from planner.starting import example
from tests.product.conftest import PROJECT
from tests.product.industrial import write_files
from tests.tiers import one_of

Sheets = dict[str, list[list[Any]]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The example case as a folder."""
    place = tmp_path / "mine"
    place.mkdir()
    for name, text in example().items():
        (place / name).write_text(text, encoding="utf-8")
    return place


@pytest.fixture
def sheets(folder: Path, tmp_path: Path) -> Sheets:
    """The cells of the example's workbook."""
    file = tmp_path / "whole.xlsx"
    write_workbook(load_case(folder), file)
    book = python_calamine.CalamineWorkbook.from_path(str(file))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


@pytest.fixture
def saved(tmp_path: Path) -> Callable[[Sheets], Path]:
    """Writes cells as a workbook, as a spreadsheet program would."""

    def save(sheets: Sheets) -> Path:
        file = tmp_path / "edited.xlsx"
        with xlsxwriter.Workbook(str(file), {"strings_to_formulas": False}) as book:
            for name, rows in sheets.items():
                sheet = book.add_worksheet(name)
                for r, row in enumerate(rows):
                    sheet.write_row(r, 0, row)
        return file

    return save


def row_of(sheets: Sheets, sheet: str, first: str) -> int:
    """Place of the row whose first cell says this."""
    return next(k for k, row in enumerate(sheets[sheet]) if row[0] == first)


def column_of(sheets: Sheets, sheet: str, name: str) -> int:
    return sheets[sheet][0].index(name)


def problems(file: Path) -> list[str]:
    with pytest.raises(CaseInvalid) as caught:
        load_case(file)
    return [str(problem) for problem in caught.value.problems]


# --- the same in either form


SHIPPED = "tiny", "jing-jin-ji"
SCENARIOS = [(name, scenario) for name in SHIPPED for scenario in load_case(PROJECT / "cases" / name).scenarios]


@pytest.mark.slow
@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_case_reads_back_equal_from_a_workbook(name: str, tmp_path: Path) -> None:
    case = load_case(PROJECT / "cases" / name)
    file = tmp_path / f"{name}.xlsx"
    write_workbook(case, file)
    assert load_case(file) == case


@pytest.mark.slow
@pytest.mark.parametrize(("name", "scenario"), one_of(12, SCENARIOS))
def test_so_does_each_of_its_scenarios(name: str, scenario: str, tmp_path: Path) -> None:
    file = tmp_path / f"{name}.xlsx"
    write_workbook(load_case(PROJECT / "cases" / name), file)
    assert load_case(file, scenario) == load_case(PROJECT / "cases" / name, scenario)


def test_a_case_with_parks_taxes_and_debts_reads_back_equal_also_filled_in(tmp_path: Path) -> None:
    case = load_case(write_files(tmp_path / "plant"))
    for filled in (False, True):
        file = tmp_path / str(filled) / "plant.xlsx"
        file.parent.mkdir()
        write_workbook(case, file, filled=filled)
        again = load_case(file)
        assert again.content_hash == case.content_hash
        assert filled or again == case


def test_workbook_to_folder_to_workbook_changes_nothing(folder: Path, tmp_path: Path) -> None:
    case = load_case(folder)
    write_workbook(case, tmp_path / "mine.xlsx")
    write_case(load_case(tmp_path / "mine.xlsx"), tmp_path / "again" / "mine")
    assert load_case(tmp_path / "again" / "mine") == case


def test_edited_cells_count(sheets: Sheets, saved: Callable[[Sheets], Path], folder: Path) -> None:
    """Half the money of one line in one period, typed as a number; a title that looks like a list; a goal's tolerance."""
    amount = column_of(sheets, "budgets", "amount")
    sheets["budgets"][1][amount] = sheets["budgets"][1][amount] / 2
    sheets["case"][row_of(sheets, "case", "title")][1] = '"[draft] plan"'
    case, before = load_case(saved(sheets)), load_case(folder)
    line = sheets["budgets"][1][0]
    period = before.period_ids[0]
    assert case.lines[line].amount[period] == before.lines[line].amount[period] / 2
    assert case.title == "[draft] plan"


def test_a_remark_and_an_empty_value_are_passed_over(sheets: Sheets, saved: Callable[[Sheets], Path], folder: Path) -> None:
    sheets["case"].append(["# a remark", "anything", "", ""])
    sheets["case"].append(["no_city_loses_", "", "", ""])
    assert load_case(saved(sheets)).content_hash == load_case(folder).content_hash


# --- what is wrong


def test_a_wrong_cell_is_told_by_sheet_row_and_column(sheets: Sheets, saved: Callable[[Sheets], Path]) -> None:
    column = column_of(sheets, "measures", "capital_cost")
    sheets["measures"][3][column] = -5
    found = problems(saved(sheets))
    assert any(said.startswith("edited.xlsx, sheet measures, row 4, column capital_cost: ") for said in found)
    assert not any(".csv" in said for said in found)


def test_a_wrong_key_is_told_by_its_row_of_the_sheet_case(sheets: Sheets, saved: Callable[[Sheets], Path]) -> None:
    number = row_of(sheets, "case", "money.discount_rate")
    sheets["case"][number][1] = 7
    found = problems(saved(sheets))
    assert any(
        said.startswith(f"edited.xlsx, sheet case, row {number + 1}, column value: money.discount_rate: ") for said in found
    )


def test_an_empty_sheet_more_is_passed_over(sheets: Sheets, saved: Callable[[Sheets], Path], folder: Path) -> None:
    sheets["Sheet1"] = []
    assert load_case(saved(sheets)).content_hash == load_case(folder).content_hash
    sheets["Sheet1"] = [["", "x"]]
    assert any("sheet 'Sheet1' is none of a case" in said for said in problems(saved(sheets)))


def test_an_unknown_sheet_is_told_with_the_one_that_is_meant(sheets: Sheets, saved: Callable[[Sheets], Path]) -> None:
    sheets["budget"] = sheets.pop("budgets")
    assert any("sheet 'budget' is none of a case" in said and "'budgets'" in said for said in problems(saved(sheets)))


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("goals[9]", "{minimise: gaps}", "does not follow the item before it"),
        ("title", "again", "title stands twice"),
        ("title.unit", "x", "stands under a key that has a value of its own"),
        ("money..unit", "x", "is not a key such as"),
        ("no_city_loses.x", "{a: [1, 2}", "is not YAML"),
        ("note", "60:40", "to the base of 60"),
    ],
)
def test_rows_of_keys_that_make_no_sense_are_told(
    sheets: Sheets, saved: Callable[[Sheets], Path], key: str, value: str, said: str
) -> None:
    sheets["case"].append([key, value, "", ""])
    assert any(said in problem and f"row {len(sheets['case'])}" in problem for problem in problems(saved(sheets)))


def test_a_date_that_a_spreadsheet_made_is_refused(sheets: Sheets, tmp_path: Path) -> None:
    import datetime

    file = tmp_path / "dates.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, cell in enumerate(row):
                    sheet.write(r, c, cell)
            if name == "cities":
                sheet.write_datetime(1, column_of(sheets, "cities", "id"), datetime.datetime(2030, 1, 1), day)
    assert any("row 2, column id" in said and "is a date" in said for said in problems(file))


def test_a_formula_that_nobody_calculated_is_reported_by_cell_and_not_read_as_blank(sheets: Sheets, tmp_path: Path) -> None:
    file = _with_cell(
        sheets, tmp_path, "cities", 1, "area_km2" if "area_km2" in sheets["cities"][0] else "lat", "<f>1+1</f>"
    )
    found = problems(file)
    assert len(found) == 1
    assert re.search(
        r"sheet cities, row 2, column [A-Z]+: cell [A-Z]+2 holds a formula that no spreadsheet program", found[0]
    )


def test_a_calculated_formula_counts_as_its_value(sheets: Sheets, tmp_path: Path, folder: Path) -> None:
    file = _with_cell(sheets, tmp_path, "budgets", 1, "amount", "<f>2*3</f><v>6</v>")
    line, period = sheets["budgets"][1][0], load_case(folder).period_ids[0]
    assert load_case(file).lines[line].amount[period] == 6.0


def test_a_cell_that_shows_an_error_is_reported(sheets: Sheets, tmp_path: Path) -> None:
    file = _with_cell(sheets, tmp_path, "budgets", 1, "amount", "<f>1/0</f><v>#DIV/0!</v>", kind=' t="e"')
    assert any("shows the error #DIV/0!" in said for said in problems(file))


def _with_cell(sheets: Sheets, place: Path, name: str, row: int, column: str, content: str, kind: str = "") -> Path:
    """A workbook in which one cell holds what a program wrote that calculates nothing."""
    whole = io.BytesIO()
    with xlsxwriter.Workbook(whole, {"in_memory": True}) as book:
        for sheet_name, rows in sheets.items():
            sheet = book.add_worksheet(sheet_name)
            for r, cells in enumerate(rows):
                sheet.write_row(r, 0, cells)
            if sheet_name == name:
                sheet.write_number(row, column_of(sheets, name, column), 987654321)
    file = place / "formula.xlsx"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(file, "w") as new:
        for part in old.namelist():
            text = old.read(part)
            if b"<v>987654321</v>" in text:
                text = re.sub(rb'<c r="([A-Z]+\d+)"><v>987654321</v>', rf'<c r="\1"{kind}>{content}'.encode(), text)
            new.writestr(part, text)
    return file


# --- what is no workbook


@pytest.mark.parametrize("content", [b"", b"id,name\n1,2\n"])
def test_what_is_no_workbook_is_said_so(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "no.xlsx"
    file.write_bytes(content)
    assert problems(file) == ["no.xlsx: is not an Excel workbook (.xlsx)"]


def test_a_missing_workbook_is_said_so(tmp_path: Path) -> None:
    assert problems(tmp_path / "none.xlsx") == ["none.xlsx: cannot be read: No such file or directory"]


@pytest.mark.slow
def test_a_workbook_that_unzips_too_large_is_refused_before_it_is_read() -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as parts, parts.open("xl/workbook.xml", "w") as stream:
        for _ in range(LARGEST_UNZIPPED // 10_000_000 + 1):
            stream.write(bytes(10_000_000))
    with pytest.raises(NoWorkbook, match="unzips to more than"):
        checked(whole.getvalue())


# --- writing


def test_a_workbook_is_never_written_over_another(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.xlsx"
    file.write_text("precious", encoding="utf-8")
    with pytest.raises(FileExistsError):
        write_workbook(load_case(folder), file)
    assert file.read_text(encoding="utf-8") == "precious"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["mine", "mine.xlsx"]


def test_a_text_that_starts_like_a_formula_stays_a_text(folder: Path, tmp_path: Path) -> None:
    text = (folder / "measures.csv").read_text(encoding="utf-8")
    name = load_case(folder).measures[next(iter(load_case(folder).measures))].name
    (folder / "measures.csv").write_text(text.replace(name, "=1+1"), encoding="utf-8")
    case = load_case(folder)
    write_workbook(case, tmp_path / "mine.xlsx")
    with zipfile.ZipFile(tmp_path / "mine.xlsx") as parts:
        assert not any(b"<f>" in parts.read(part) for part in parts.namelist() if part.startswith("xl/worksheets/sheet"))
    assert load_case(tmp_path / "mine.xlsx") == case


def test_drop_downs_and_limits_follow_the_schema(folder: Path, tmp_path: Path) -> None:
    """Tiers are three words, latitudes lie within 90 degrees, a service of a stock is one of the services."""
    write_workbook(load_case(folder), tmp_path / "mine.xlsx")
    with zipfile.ZipFile(tmp_path / "mine.xlsx") as parts:
        sheets = re.findall(r'<sheet name="(\w+)"', parts.read("xl/workbook.xml").decode())
        text = {name: parts.read(f"xl/worksheets/sheet{k}.xml").decode() for k, name in enumerate(sheets, start=1)}
    assert '"core,secondary,small"' in text["cities"]
    assert re.search(r'type="decimal".*?<formula1>-90(\.0)?</formula1><formula2>90(\.0)?</formula2>', text["cities"])
    assert "OFFSET(lists!" in text["capacity"]
    assert "OFFSET(cities!$A$2" in text["capacity"]


# --- columns and keys


@pytest.fixture
def case(folder: Path) -> Case:
    return load_case(folder)


def test_every_column_of_every_table_says_what_it_means_and_holds(case: Case) -> None:
    for table in TABLES:
        for column in columns_of(table, case).values():
            assert column.meaning, column.name
            assert column.allowed, column.name


def test_units_of_money_are_the_cases(case: Case) -> None:
    assert columns_of("budgets", case)["amount"].unit == case.money.unit
    assert columns_of("measures", case)["running_cost"].unit == f"{case.money.unit} a year"


def test_keys_say_their_unit_and_meaning() -> None:
    look = meanings_of_keys()
    assert look("services.care.catchment_minutes") == ("minutes", "how far people go, door to door")
    assert look("goals[1]")[1] == "what is minimised, in order"
    assert look("nothing.here") == ("", "")


KEYS: Mapping[str, Any] = {
    "text": "plain", "number": 3, "half": 0.5, "yes": True, "none": None, "looks": "12", "switch": "no",
    "list": ["a", "1"], "quote": '"', "bracket": "[a]", "edge": " a ", "empty": {}, "nothing": [],
    "items": [{"a": {"b": [1, 2]}}, {"c": "x: y"}],
}  # fmt: skip


def test_keys_as_rows_read_back_equal() -> None:
    gathered, noted = KeyRows(), Problems()
    for number, (key, cell) in enumerate(rows_of_keys(KEYS), start=2):
        gathered.add(key, value_of(cell, number, noted, "sheet"), number)
    assert (gathered.document, len(noted)) == (KEYS, 0)


def test_a_path_counts_items_from_one_in_the_sheet() -> None:
    assert path_of("goals[1].minimise") == ("goals", 0, "minimise")
    with pytest.raises(Misplaced):
        path_of("goals[0]")
    assert cell_of("plain") == "plain"


def test_places_of_cells() -> None:
    assert place_of("B7") == (7, 2)
    assert place_of("AA10") == (10, 27)
