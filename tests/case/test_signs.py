"""Texts with signs that nobody sees: refused with their place, and never shown as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.case import CaseInvalid, load_case
from planner.case.problems import Problem
from planner.words import unprintable
from tests.case.raw_workbook import CITIES, cell, workbook
from tests.case.small import write_files
from tests.case.test_writing import SMALLEST

UNFIT = [
    "\x00",
    "\x07",
    "\x08",
    "\x0b",
    "\x0c",
    "\x1b",
    "\x1f",
    "\x7f",
    "\x85",
    "\x9b",
    "\ufffe",
    "\uffff",
    "\u202e",
    "\u2066",
]
NOT_IN_A_NAME = [*UNFIT, "\u200b", "\u2028", "\u2029", "\n", "\t"]
CASE = SMALLEST["case.yaml"]
HEAD = "id,name,name_zh,jurisdiction,tier,lat,lon,population,note\n"


def problems(place: Path, files: dict[str, str]) -> list[str]:
    with pytest.raises(CaseInvalid) as caught:
        load_case(write_files(place / "one", {**SMALLEST, **files}))
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("sign", NOT_IN_A_NAME)
@pytest.mark.parametrize("column", ["name", "name_zh"])
def test_a_name_in_a_table_refuses_signs_that_nobody_sees_with_row_and_column(
    sign: str, column: str, tmp_path: Path
) -> None:
    names = (f'"Be{sign}ta"', "") if column == "name" else ("", f'"乙{sign}市"')
    found = problems(tmp_path, {"cities.csv": f"{HEAD}A,,,J,core,0,0,1,\nB,{','.join(names)},J,core,0,1,1,\n"})
    assert len(found) == 1
    assert found[0].startswith(f"cities.csv, row 3, column {column}: must be text ")
    assert f"without the sign U+{ord(sign):04X} (" in found[0]
    assert sign not in found[0]


@pytest.mark.parametrize("sign", UNFIT)
@pytest.mark.parametrize("column", ["id", "jurisdiction", "note", "tier", "population"])
def test_any_cell_of_a_table_refuses_what_no_text_may_hold(sign: str, column: str, tmp_path: Path) -> None:
    cells = {"id": "B", "jurisdiction": "J", "tier": "core", "population": "1", "note": "seen"}
    cells[column] = f"{cells[column]}{sign}{cells[column]}"
    row = f"{cells['id']},,,{cells['jurisdiction']},{cells['tier']},0,1,{cells['population']},{cells['note']}\n"
    found = problems(tmp_path, {"cities.csv": f"{HEAD}A,,,J,core,0,0,1,\n{row}"})
    assert found[0].startswith(f"cities.csv, row 3, column {column}: ")
    assert not any(sign in line for line in found)


def test_a_sign_at_the_end_of_a_cell_is_not_lost_in_silence(tmp_path: Path) -> None:
    """A vertical tab counts as a blank in many programs."""
    found = problems(tmp_path, {"cities.csv": f"{HEAD}A,Alpha\x0b,,J,core,0,0,1,\n"})
    assert "cities.csv, row 2, column name: must be text without the sign U+000B (end of a line in Word)" in found[0]


def test_a_column_with_such_a_sign_is_unknown_and_shown_as_an_escape(tmp_path: Path) -> None:
    found = problems(tmp_path, {"cities.csv": HEAD.replace("note", "no\x1b[31mte") + "A,,,J,core,0,0,1,\n"})
    assert "cities.csv, row 1" in found[0]
    assert "'no\\x1b[31mte' is not a column" in found[0]


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ('title: "a\\x07b"', "case.yaml:4:1: title: must be text without the sign U+0007 (bell), not 'a\\x07b'"),
        ('title: "a\\nb"', "case.yaml:4:1: title: must be text in one line, without the sign U+000A (end of a line)"),
        ('title: "a\\Lb"', "case.yaml:4:1: title: must be text in one line, without the sign U+2028 (end of a line)"),
        (
            'assumptions: ["a\\eb"]',
            "case.yaml:4:15: assumptions.0: must be text without the sign U+001B (escape), not 'a\\x1bb'",
        ),
        ('names: {J: {name: "a\\x9bb"}}', "case.yaml:4:13: names.J.name: must be text without the sign U+009B"),
        ('people: ["a\\x07b"]', "case.yaml:4:10: people.0: must be text without the sign U+0007 (bell)"),
        ('scenarios: {"a\\x07b": {edits: []}}', "case.yaml:4:"),
        ('services: {"a\\x07b": {unit: beds, per_1000: 1}}', "case.yaml:4:"),
    ],
)
def test_a_key_refuses_them_with_its_line(key: str, said: str, tmp_path: Path) -> None:
    found = problems(tmp_path, {"case.yaml": f"{CASE}{key}\n"})
    assert any(line.startswith(said) for line in found), found
    assert not any(sign in line for line in found for sign in UNFIT)


@pytest.mark.parametrize("sign", ["\x07", "\x1b", "\x7f", "\ufffe"])
def test_case_yaml_refuses_them_as_they_stand(sign: str, tmp_path: Path) -> None:
    found = problems(tmp_path, {"case.yaml": f"{CASE}title: a{sign}b\n"})
    assert found[0].startswith("case.yaml:4:")


@pytest.mark.parametrize(("text", "line", "character"), [("Where from\n and \x1b[2J\n", 2, 6), ("\x0b", 1, 1)])
def test_sources_refuse_them_with_line_and_character(text: str, line: int, character: int, tmp_path: Path) -> None:
    sign = "\x1b" if "\x1b" in text else "\x0b"
    expected = f"SOURCES.md:{line}:{character}: must be text without the sign {unprintable.named(sign)}"
    assert problems(tmp_path, {"SOURCES.md": text}) == [expected]


@pytest.mark.parametrize("code", ["000B", "0007", "001B", "D800", "FFFE"])
def test_a_sheet_refuses_them_as_excel_writes_them(code: str, tmp_path: Path) -> None:
    file = workbook(tmp_path / "two.xlsx", {"B3": cell("B3", f"Be_x{code}_ta")})
    with pytest.raises(CaseInvalid) as caught:
        load_case(file)
    said = [str(problem) for problem in caught.value.problems]
    assert len(said) == 1
    assert said[0].startswith(f"two.xlsx, sheet cities, row 3, column name: must be text without the sign U+{code}")


@pytest.mark.parametrize("code", ["000B", "D800"])
def test_the_sheet_of_keys_refuses_them_with_the_row(code: str, tmp_path: Path) -> None:
    from tests.case.raw_workbook import KEYS, MEASURES, parts, sheet, written

    keys = [*KEYS[:2], ["title", f"Two_x{code}_cities"], *KEYS[3:]]
    sheets = {"case": sheet(keys), "cities": sheet(CITIES), "measures": sheet(MEASURES)}
    with pytest.raises(CaseInvalid) as caught:
        load_case(written(tmp_path / "two.xlsx", parts(sheets)))
    said = str(caught.value.problems[0])
    assert said.startswith(f"two.xlsx, sheet case, row 3, column value: must be text without the sign U+{code}")


def test_the_sheet_of_sources_refuses_them_with_the_row(tmp_path: Path) -> None:
    from tests.case.raw_workbook import KEYS, MEASURES, parts, sheet, written

    sheets = {"case": sheet(KEYS), "cities": sheet(CITIES), "measures": sheet(MEASURES)}
    sheets["sources"] = sheet([["Where from"], ["a_x001B_b"]])
    with pytest.raises(CaseInvalid) as caught:
        load_case(written(tmp_path / "two.xlsx", parts(sheets)))
    said = [str(problem) for problem in caught.value.problems]
    assert said == ["two.xlsx, sheet sources, row 2: must be text without the sign U+001B (escape)"]


def test_what_only_looks_like_an_escape_of_excel_is_text(tmp_path: Path) -> None:
    file = workbook(tmp_path / "two.xlsx", {"B3": cell("B3", "Be_x005F_x000B_ta")})
    assert load_case(file).cities["beta"].name == "Be_x000B_ta"


# --- what is cleaned


def test_blanks_around_and_in_names_are_plain_ones(tmp_path: Path) -> None:
    files = {
        "case.yaml": CASE + 'title: "  Two\\u00a0words\\u3000 "\nnames: {J: {name: " The\\u00a0J "}}\n',
        "cities.csv": f"{HEAD}A,\u3000Al\u00a0pha \u00a0,甲\u3000市,J,core,0,0,1,\n",
    }
    case = load_case(write_files(tmp_path / "one", {**SMALLEST, **files}))
    assert case.title == "Two words"
    assert case.names["J"].name == "The J"
    assert (case.cities["A"].name, case.cities["A"].name_zh) == ("Al pha", "甲 市")


def test_a_text_may_have_several_lines_which_end_alike_in_tables(tmp_path: Path) -> None:
    files = {
        "case.yaml": CASE + 'assumptions: ["one\\r\\ntwo\\tthree"]\n',
        "cities.csv": f'{HEAD}A,,,J,core,0,0,1,"one\r\ntwo\rthree\tfour"\n',
    }
    case = load_case(write_files(tmp_path / "one", {**SMALLEST, **files}))
    assert case.assumptions == ("one\r\ntwo\tthree",)
    assert case.cities["A"].note == "one\ntwo\nthree\tfour"


@pytest.mark.parametrize("name", ["北京", "Zürich", "Łódź", "𠮷野家", "Ελλάδα", "القاهرة", "a_b-c & <e>", "😀", "\ue000"])
def test_names_of_any_script_are_kept(name: str, tmp_path: Path) -> None:
    case = load_case(write_files(tmp_path / "one", {**SMALLEST, "cities.csv": f"{HEAD}A,{name},,J,core,0,0,1,\n"}))
    assert case.cities["A"].name == name


# --- what is shown


def test_a_terminal_gets_no_sign_that_steers_it() -> None:
    said = unprintable.shown("a\x1b[31mb\x9bc\rd\x7fe\u202ef\ud800g\u2028h")
    assert said == "a\\x1b[31mb\\x9bc\\rd\\x7fe\\u202ef\\ud800g\\u2028h"
    assert unprintable.visible("a\nb\tc\u200bd\x1be 北京") == "a\\nb\\tc\\u200bd\\x1be 北京"
    assert unprintable.shown("one\r\ntwo\n\tthree 北京") == "one\ntwo\n\tthree 北京"


def test_a_drawing_gets_a_mark_in_place_of_each() -> None:
    assert unprintable.cleaned("a\x07b\x0bc\ufffed\ud800e\nf\t北京") == "a\ufffdb\ufffdc\ufffdd\ufffde\nf\t北京"


def test_a_problem_quotes_no_sign_that_steers_a_terminal() -> None:
    problem = Problem("ci\x1bties.csv", "'\x1b[2J' is wrong", column="na\x07me", key="a\x9bb")
    assert str(problem) == "ci\\x1bties.csv, column na\\x07me: a\\x9bb: '\\x1b[2J' is wrong"
    assert problem.message == "'\\x1b[2J' is wrong"
