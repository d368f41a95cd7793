"""Tables as Chinese users write them: headed in Chinese, yes and no, signs and years in Chinese, names where ids belong."""

import csv
import io
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from planner.case import CaseInvalid, load_case
from planner.case.headings import HEADINGS, heading
from planner.case.rows import PEOPLE, TABLES
from planner.case.workbook_file import cells_of, opened
from planner.case.workbook_writing import holds_remarks, write_workbook
from planner.case.writing import write_texts
from planner.starting import example
from planner.words.said import told_in


def _chinese(column: str) -> str:
    return str(told_in("zh", heading(column)))


def _headed_in_chinese(text: str) -> str:
    header, rest = text.split("\n", 1)
    return ",".join(map(_chinese, header.split(","))) + "\n" + rest


def test_every_column_has_one_chinese_heading_that_no_other_of_its_table_has() -> None:
    for name, table in TABLES.items():
        columns = [column for column in table.by_name if column != PEOPLE]
        assert set(columns) <= set(HEADINGS), name
        assert len({_chinese(column) for column in columns}) == len(columns), name
        assert not [column for column in columns if _chinese(column).isascii()], name


def test_a_case_headed_in_chinese_means_the_same(tmp_path: Path) -> None:
    files = example()
    write_texts(files, tmp_path / "english")
    said = {name: _headed_in_chinese(text) if name.endswith(".csv") else text for name, text in files.items()}
    assert said["budgets.csv"].startswith("资金渠道,时期,金额,依据\n")
    write_texts(said, tmp_path / "chinese")
    assert load_case(tmp_path / "chinese").content_hash == load_case(tmp_path / "english").content_hash


def test_yes_years_and_signs_may_be_chinese(tmp_path: Path) -> None:
    files = example()
    write_texts(files, tmp_path / "english")
    said = dict(files)
    said["measures.csv"] = files["measures.csv"].replace(",yes,", ",是,").replace("Capital;Province", "Capital；Province")
    said["budgets.csv"] = files["budgets.csv"].replace("2030", "2030年").replace("2035", "2031-2035年")
    assert said != files
    write_texts(said, tmp_path / "chinese")
    assert load_case(tmp_path / "chinese").content_hash == load_case(tmp_path / "english").content_hash


def test_a_name_where_an_id_belongs_is_told_with_the_id(tmp_path: Path) -> None:
    files = example()
    files["links.csv"] = files["links.csv"].replace("metro,border,road", "首都市,border,road")
    write_texts(files, tmp_path / "case")
    with pytest.raises(CaseInvalid) as wrong:
        load_case(tmp_path / "case")
    said = told_in("zh", wrong.value.problems[0].said)
    assert said.startswith("links.csv，第 2 行，列“起点 from”：“首都市”不是本案例的城市（")
    assert "metro" in said.rpartition("）。")[2]


def test_a_problem_names_the_column_in_english_only_by_its_name(tmp_path: Path) -> None:
    files = example()
    rows = list(csv.reader(io.StringIO(files["cities.csv"])))
    at = rows[0].index("population")
    files["cities.csv"] = files["cities.csv"].replace(rows[1][at], "500万人")
    write_texts(files, tmp_path / "case")
    with pytest.raises(CaseInvalid) as wrong:
        load_case(tmp_path / "case")
    said = wrong.value.problems[0].said
    assert said.startswith("cities.csv, row 2, column population: ")
    assert told_in("zh", said).startswith("cities.csv，第 2 行，列“人口 population”：须为不带“万”的数字：请写 5000000")


def test_a_cell_beyond_the_last_heading_of_a_sheet_is_told_as_sheets_have_it(tmp_path: Path) -> None:
    write_texts(example(), tmp_path / "case")
    case = load_case(tmp_path / "case")
    write_workbook(case, tmp_path / "case.xlsx")
    assert holds_remarks(case)
    assert not holds_remarks(load_case(tmp_path / "case.xlsx"))
    book = opened((tmp_path / "case.xlsx").read_bytes())
    grids = {sheet.name: [list(row) for row in cells_of(book, sheet).rows] for sheet in book.sheets}
    grids["norms"][1] += [""] * (len(grids["norms"][0]) - len(grids["norms"][1])) + ["看这里"]
    with Workbook(tmp_path / "changed.xlsx") as changed:
        for name, rows in grids.items():
            sheet = changed.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    with pytest.raises(CaseInvalid) as wrong:
        load_case(tmp_path / "changed.xlsx")
    (problem,) = wrong.value.problems
    assert problem.row == 2
    assert "'看这里' stands in a column without a heading" in problem.message
    assert "comma" not in problem.message


@pytest.mark.parametrize(("end", "is_there"), [("", False), ('"A # 1"', False), ('"A" #备注', True), ('"A" # a', True)])
def test_what_follows_a_sign_is_a_remark_but_in_quotes(tmp_path: Path, end: str, is_there: bool) -> None:
    """YAML takes a # behind a blank for the begin of a remark."""
    keys = [line.split("  #")[0] for line in example()["case.yaml"].splitlines() if not line.startswith("#")]
    keys = [f"title: {end}" if end and line.startswith("title:") else line for line in keys]
    write_texts({**example(), "case.yaml": "\n".join(keys) + "\n"}, tmp_path / "case")
    assert holds_remarks(load_case(tmp_path / "case")) is is_there
