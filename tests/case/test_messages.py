"""One slip makes one message, which names the cause; what follows from it does not bury it."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.case import CaseInvalid, Problem, load_case
from planner.case.problems import nearest
from planner.case.tables import read_handmade
from tests.case.small import CASE, CITIES, Change, append, both, cell, remove, swap, write_bytes

EDITS = """\
  older: {edits: [{table: cities, where: {tier: small}, column: people_65, multiply: 1.1}]}
  beds: {edits: [{table: capacity, where: {jurisdiction: Province}, column: capacity, multiply: 1.1}]}
  slow: {edits: [{table: links, where: {mode: rail}, column: minutes, multiply: 1.1}]}
assumptions:
"""
EDIT_EVERY_TABLE = swap("case.yaml", "assumptions:\n", EDITS)  # beside those of budgets and measures


def _problems(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(CaseInvalid) as caught:
        load_case(folder)
    return caught.value.problems


@pytest.mark.parametrize(
    ("change", "file", "cause"),
    [
        (write_bytes("cities.csv", CITIES.replace("Metro,", "Münster,").encode("latin-1")), "cities.csv", "not UTF-8"),
        (write_bytes("cities.csv", CITIES.encode("utf-16")), "cities.csv", "not UTF-8"),
        (remove("cities.csv"), "cities.csv", "is missing"),
        (remove("measures.csv"), "measures.csv", "is missing"),
        (remove("budgets.csv"), "budgets.csv", "is missing"),
        (remove("links.csv"), "links.csv", "is missing"),
        (append("measures.csv", '"open'), "measures.csv", "check the quotes"),
        (swap("budgets.csv", ",amount,", ",note,"), "budgets.csv", "column amount: the column is missing"),
        (swap("cities.csv", "id,name,", "name_zh,name,"), "cities.csv", "column id: the column is missing"),
        (swap("capacity.csv", "city,service", "note,service"), "capacity.csv", "column city: the column is missing"),
        (swap("measures.csv", "id,name,kind,", "id,name,source,"), "measures.csv", "column kind: the column is missing"),
    ],
)
def test_a_table_that_cannot_be_read_is_the_only_problem(folder: Path, change: Change, file: str, cause: str) -> None:
    """Neither scenarios that edit it nor names in other tables are called wrong."""
    both(EDIT_EVERY_TABLE, change)(folder)
    (problem,) = _problems(folder)
    assert (problem.file, cause in str(problem)) == (file, True)


def test_a_cell_that_is_no_number_is_wrong_once_and_not_in_every_scenario(folder: Path) -> None:
    """Two scenarios multiply the budgets; one sets them."""
    cell("budgets", 6, "amount", "1,5")(folder)
    (problem,) = _problems(folder)
    assert (problem.file, problem.row, problem.column, problem.value) == ("budgets.csv", 6, "amount", "1,5")


def test_a_misspelt_city_is_one_problem_that_names_both_spellings(folder: Path) -> None:
    """Rows with Border, counted from the header: 2 stocks, all 6 links, 2 measures, 2 trips."""
    cell("cities", 3, "id", "Bordr")(folder)
    (problem,) = _problems(folder)
    assert str(problem) == (
        "cities.csv: has no city 'Border', but it is used in capacity.csv rows 3, 6; links.csv rows 2-7; measures.csv "
        "rows 2, 10; trips.csv rows 2-3. It has 'Bordr': one of the two is misspelt."
    )
    assert len(problem.uses) == 12
    assert {use.column for use in problem.uses if use.file == "links.csv"} == {"from", "to"}


def test_a_city_that_is_gone_is_one_problem(folder: Path) -> None:
    """Inland: 2 stocks (rows 4 and 7), 4 links, 3 measures by city, 1 trip, and the hub in line 32 of case.yaml."""
    swap("cities.csv", CITIES.splitlines(keepends=True)[3], "")(folder)
    line = 1 + next(i for i, text in enumerate(CASE.splitlines()) if "hub-inland: [" in text)
    said = [str(problem) for problem in _problems(folder) if problem.uses]
    assert said == [
        f"cities.csv: has no city 'Inland', but it is used in case.yaml line {line}; capacity.csv rows 4, 7; links.csv "
        "rows 3, 5-7; measures.csv rows 3, 5, 9; trips.csv row 4."
    ]


def test_a_name_used_once_keeps_its_place(folder: Path) -> None:
    cell("links", 3, "to", "Inlnd")(folder)
    (problem,) = _problems(folder)
    assert (problem.file, problem.row, problem.column, problem.uses) == ("links.csv", 3, "to", ())


def test_a_row_that_is_wrong_still_names_its_measure(folder: Path) -> None:
    """A measure with one cell too many is opened by a link, and edited by a scenario."""
    append("measures.csv", "new-rail,New rail,link" + "," * 24)(folder)
    append("links.csv", "rail-d,Metro,Inland,rail,60,170,,new-rail")(folder)
    swap("case.yaml", "where: {kind: policy}, column", "where: {id: new-rail}, column")(folder)
    (problem,) = _problems(folder)
    assert (problem.file, problem.row) == ("measures.csv", 12)
    assert "27 cells where the header has 26" in problem.message


def test_a_title_over_a_table_is_one_problem_with_its_rows(folder: Path) -> None:
    path = folder / "trips.csv"
    path.write_text("Trips of 2025\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert [p.row for p in _problems(folder) if "is the first row a title?" in p.message] == [2]


def test_rows_with_too_many_cells_are_not_missing(folder: Path) -> None:
    swap("capacity.csv", "Border,care,4800,,sourced", "Border,care,4,800,,sourced")(folder)
    swap("budgets.csv", "centre,2035,1.5,", "centre,2035,1,5,")(folder)
    assert [(p.file, p.row) for p in _problems(folder)] == [("budgets.csv", 7), ("capacity.csv", 6)]


@pytest.mark.parametrize(
    ("value", "options", "near"),
    [
        ("tangshn", ("tangshan", "tianjin"), "tangshan"),
        ("boarding", ("boarding_minutes", "border_minutes"), "boarding_minutes"),
        ("2035", ("2030", "2040"), None),
        ("population_2036", ("population_2030", "population"), None),
        ("extra", ("trips", "cities"), None),
        ("", ("a",), None),
    ],
)
def test_only_a_close_name_is_offered(value: str, options: tuple[str, ...], near: str | None) -> None:
    assert nearest(value, options) == near


def test_no_table_is_offered_for_a_file_of_quite_another_name(folder: Path) -> None:
    (folder / "extra.csv").write_text("a\n")
    (problem,) = _problems(folder)
    assert "Did you mean" not in str(problem)


def test_a_table_made_by_hand_may_carry_notes(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("measure,units,note\nrailway,1,asked for by the province\n")
    table = read_handmade(tmp_path / "mine.csv", ("measure",), ("units",), lambda _: False, print)
    assert table.rows[0].cells["note"] == "asked for by the province"
