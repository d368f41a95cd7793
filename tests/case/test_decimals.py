"""A number is read as it is meant, or refused with what to write instead: signs between thousands and before decimals."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.case import CaseInvalid, load_case
from planner.case.problems import Problems
from planner.case.raw import RawTable
from planner.case.tables import read_table
from planner.case.values import as_number

FAULT = Path(__file__).parents[1] / "faults" / "thousands-with-points" / "case"


def _read(*cells: str, header: str = "city;trips", column: str = "trips") -> tuple[list[str], list[str]]:
    """A column of a table as read: its cells, and what is wrong."""
    problems = Problems()
    rows = "\n".join(f"a;{cell}" for cell in cells)
    table = read_table("trips", f"{header}\n{rows}\n", problems)
    assert isinstance(table, RawTable)
    return [row.cells[column] for row in table.rows], [str(problem) for problem in problems]


def test_fifty_or_fifty_thousand_is_refused_with_what_to_write() -> None:
    with pytest.raises(CaseInvalid) as caught:
        load_case(FAULT)
    assert [(p.row, p.column, p.value) for p in caught.value.problems] == [
        (3, "population", "50.000"),
        (4, "population", "50.000"),
    ]
    assert "write 50000 or 50.0" in str(caught.value)


@pytest.mark.parametrize(
    ("cells", "read"),
    [
        (("12,5", "50,0"), ("12.5", "50.0")),  # decimal commas throughout
        (("0.125",), ("0.125",)),  # no thousands begin with a nought
        (("12.345", "1.5"), ("12.345", "1.5")),  # decimals of another length show what the point is
        (("1234.567", "12.345"), ("1234.567", "12.345")),  # thousands would have a point before 234 too
        (("12,345", "7", "0,5"), ("12.345", "7", "0.5")),
        (("50", "50000"), ("50", "50000")),
        (("１２，５", "３"), ("12.5", "３")),  # full-width signs
    ],
)
def test_what_can_only_be_a_decimal_shows_the_sign_of_its_column(cells: tuple[str, ...], read: tuple[str, ...]) -> None:
    assert _read(*cells) == (list(read), [])


@pytest.mark.parametrize(
    ("cells", "row", "says"),
    [
        (("1.234",), 2, "'1.234' may be 1234 or 1.2340"),
        (("7", "1,230"), 3, "'1,230' may be 1230 or 1.23,"),
        (("-2.000",), 2, "'-2.000' may be -2000 or -2.0,"),
        (("12,5", "7", "12.5"), 4, "'12.5' has a point, and '12,5' in row 2 a comma"),
        (("12,5", "50.000"), 3, "'50.000' has a point, and '12,5' in row 2 a comma"),
    ],
)
def test_what_may_be_two_numbers_is_refused_by_row_and_column(cells: tuple[str, ...], row: int, says: str) -> None:
    _, wrong = _read(*cells)
    assert len(wrong) == 1
    assert f"trips.csv, row {row}, column trips: {says}" in wrong[0]


def test_a_point_is_a_decimal_sign_in_a_table_with_commas() -> None:
    problems = Problems()
    table = read_table("trips", "from,to,trips\na,b,50.000\n", problems)
    assert table is not None
    assert (table.rows[0].cells["trips"], len(problems)) == ("50.000", 0)


def test_texts_keep_their_signs() -> None:
    problems = Problems()
    table = read_table("trips", "from;to;trips;note\na;b;1;1.234\n", problems)
    assert table is not None
    assert (table.rows[0].cells["note"], len(problems)) == ("1.234", 0)


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("1,234", "(write 1234, or 1.234)"),
        ("1 234", "(write 1234)"),
        ("1\u202f234", "(write 1234)"),
        ("1'234", "(write 1234)"),
        ("1’234", "(write 1234)"),
        ("1.234,5", "(write 1234.5)"),
        ("1,234.5", "(write 1234.5)"),
        ("1.000.000", "(write 1000000)"),
        ("39,5", "(write 39.5)"),
        ("１，２３４", "(write 1234, or 1.234)"),
        ("2188.6万", "write 21886000"),
        ("12 亿", "write 1200000000"),
    ],
)
def test_a_number_with_signs_between_thousands_is_refused_with_what_to_write(text: str, instead: str) -> None:
    with pytest.raises(ValueError, match="must be a number") as caught:
        as_number(text)
    assert instead in str(caught.value)


@pytest.mark.parametrize("text", ["1.2.3", "1.23.456", "--5", "٣", "½"])
def test_what_is_no_number_gets_no_number_to_write(text: str) -> None:
    with pytest.raises(ValueError, match="must be a number") as caught:
        as_number(text)
    assert "write" not in str(caught.value)


@pytest.mark.parametrize(("text", "number"), [("１２３", 123.0), ("３９．９", 39.9), ("－５", -5.0), ("50.000", 50.0)])
def test_full_width_digits_are_digits(text: str, number: float) -> None:
    assert as_number(text) == number
