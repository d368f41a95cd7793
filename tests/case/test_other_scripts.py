"""Names in any script, files in other letters than UTF-8, and lists and figures as people save them."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.case import CaseInvalid, load_case, warnings_of
from planner.case.csv_cells import decoded
from planner.case.problems import Problems
from planner.case.tables import read_table
from planner.case.workbook import read_workbook
from planner.case.workbook_writing import write_workbook
from planner.starting import from_cities
from tests.case.small import cell, write_files

LIST = "name,lat,lon,population\nA,39.0,116.0,10000000\nB,39.5,117.0,5000000\nC,39.2,116.5,3000000\n"


def made(text: str, folder: Path, ignore: bool = False, said: list[str] | None = None) -> Path:
    """The case that is made of a list."""
    (folder / "list.csv").write_text(text, encoding="utf-8")
    files = from_cities(folder / "list.csv", "made", ignore, (said if said is not None else []).append)
    return write_files(folder / "made", files)


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("São Paulo", "latin-1"), ("Medellín", "latin-1"), ("León", "latin-1"), ("Zürich", "latin-1"),
        ("Besançon", "latin-1"), ("Ostrów", "cp1250"), ("Москва", "cp1251"), ("Αθήνα", "cp1253"),
        ("大阪,神戸,京都", "shift-jis"),
    ],
)  # fmt: skip
def test_a_text_of_other_letters_is_never_taken_for_chinese(text: str, letters: str) -> None:
    with pytest.raises(UnicodeDecodeError):
        decoded(f"id,name\na,{text}\n".encode(letters))


@pytest.mark.parametrize("text", ["北京市,天津市", "亳州,濮阳,衢州,漯河", "东莞", "雄安新区（起步区）", "京津冀A区"])
def test_chinese_names_are_read_and_it_is_said(text: str) -> None:
    found = decoded(f"id,name\na,{text}\n".encode("gb18030"))
    assert text in found.text
    assert "GB18030" in found.note


@pytest.mark.parametrize(
    "name", ["شهر نمونه\u200cای", "ශ්\u200dරී ජයවර්ධනපුර", "नई दिल्ली", "הרצליה", "👨\u200d👩\u200d👧 park", "Zu\u0308rich"]
)
def test_a_name_may_stand_in_any_script(name: str, tmp_path: Path) -> None:
    folder = write_files(tmp_path / "case")
    cell("cities", 3, "name", name)(folder)
    assert load_case(folder).cities["Border"].name == name


@pytest.mark.parametrize("pasted", ["\u200fالقاهرة", "Donau\u00adstadt", "\ufeffWien", "Wien\u200e"])
def test_signs_that_come_along_with_pasting_are_no_part_of_a_name(pasted: str, tmp_path: Path) -> None:
    folder = write_files(tmp_path / "case")
    cell("cities", 3, "name", pasted)(folder)
    assert load_case(folder).cities["Border"].name == pasted.translate(dict.fromkeys(map(ord, "\u200f\u00ad\ufeff\u200e")))


def test_three_decimals_of_a_seat_are_decimals_in_a_table_with_semicolons() -> None:
    problems = Problems()
    text = "id;name;lat;lon;population\nA;A;39.904;116.407;10000000\nB;B;39,084;117,201;5000000\n".replace(",", ".")
    table = read_table("cities", text, problems)
    assert table is not None
    assert list(problems) == []
    assert table.rows[1].cells["lat"] == "39.084"


def test_what_may_have_thousands_is_still_refused() -> None:
    problems = Problems()
    read_table("budgets", "line;period;amount\ncapital;2030;50.000\n", problems)
    assert any("50000" in str(problem) and problem.column == "amount" for problem in problems)


@pytest.mark.parametrize(
    "heading", ["Population (2020)", "人口(2020年)", "Population (2020 census)", "Total population", "Population"]
)
def test_a_heading_of_people_may_say_the_year_of_its_count(heading: str, tmp_path: Path) -> None:
    assert load_case(made(LIST.replace("population", heading), tmp_path)).cities["A"].population


@pytest.mark.parametrize("heading", ["人口(万人)", "Population (thousands)"])
def test_a_heading_of_people_in_another_unit_is_refused(heading: str, tmp_path: Path) -> None:
    with pytest.raises(CaseInvalid, match="heads"):
        made(LIST.replace("population", heading), tmp_path)


def test_a_list_of_three_cities_makes_a_case_that_can_pay_for_each_of_its_motorways(tmp_path: Path) -> None:
    assert not [text for text in warnings_of(load_case(made(LIST, tmp_path))) if "more than all budgets" in text]


def test_words_of_its_own_for_the_basis_count_as_assumed_where_other_columns_are_left_unread(tmp_path: Path) -> None:
    text = LIST.replace("population\n", "population,basis\n").replace("5000000\n", "5000000,mixed\n")
    text = text.replace("10000000\n", "10000000,sourced\n").replace("3000000\n", "3000000,\n")
    with pytest.raises(CaseInvalid, match="mixed"):
        made(text, tmp_path)
    said: list[str] = []
    made(text, tmp_path, ignore=True, said=said)
    assert any("basis" in line and "rows 3" in line for line in said)
    cities = (tmp_path / "made" / "cities.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[cities[0].split(",").index("basis")] for line in cities[1:]] == ["sourced", "assumed", "assumed"]


def test_blanks_before_a_number_or_a_heading_in_a_workbook_are_blanks(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "case")
    case = load_case(folder)
    write_workbook(case, tmp_path / "case.xlsx")
    problems = Problems()
    texts = read_workbook(tmp_path / "case.xlsx", problems).raw.texts
    assert list(problems) == []
    assert texts["cities.csv"].splitlines()[0].startswith("id,name")


def test_a_seat_put_where_another_city_has_its_own_is_doubted_though_its_roads_would_fit(tmp_path: Path) -> None:
    """B (5,000 km2, as a disc 40 km in radius) 11 km beside A: of 12 km at least, nearer than any two cities are."""
    text = (
        "name,lat,lon,population,area\nA,39.9,116.40,10000000,16000\nB,39.9,{lon},5000000,5000\nC,39.2,116.5,3000000,9000\n"
    )
    near = warnings_of(load_case(made(text.format(lon="116.53"), tmp_path)))
    assert any(said.startswith("cities.csv, row 3, column lon: 116.53") and "(row 2)" in said for said in near)
    (tmp_path / "far").mkdir()
    far = warnings_of(load_case(made(text.format(lon="116.80"), tmp_path / "far")))
    assert not [said for said in far if "puts the seat" in said]
