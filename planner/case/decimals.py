"""Decimal signs of tables with semicolons between cells, where a comma or a point may stand before decimals.

Spreadsheets write semicolons where the comma is the decimal sign, and then a point may stand between thousands: there
50.000 is fifty thousand, and elsewhere it is fifty. So the sign is found for each column of numbers: it is the one
that stands in a figure that can only be a decimal (12.5, 0.125, 1234.567). Where only figures like 50.000 stand in a
column, each is refused, as is a column with both signs; but for latitudes and longitudes, which have no thousands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from planner.case.nouns import FrozenDict
from planner.case.problems import Problem, Problems
from planner.case.raw import RawRow
from planner.case.values import FULL_WIDTH, LIKE_THOUSANDS

DECIMAL = re.compile(r"[+-]?\d*([.,])\d*([eE][+-]?\d+)?", re.ASCII)  # one sign, of either kind
SEAT = re.compile(r"(lat(itude)?|lo?ng?(itude)?|北?纬度?|东?经度?)\s*([(\[].*)?", re.IGNORECASE)  # no seat lies at 39904


def with_points(
    file: str, columns: Iterable[str], rows: list[RawRow], are_numbers: Callable[[str], bool], problems: Problems
) -> list[RawRow]:
    """The rows of a table with semicolons, with points before decimals; what may mean two numbers is noted."""
    for column in columns:
        if are_numbers(column):
            rows = _column_with_points(file, column, rows, problems)
    return rows


def _column_with_points(file: str, column: str, rows: list[RawRow], problems: Problems) -> list[RawRow]:
    cells = {row.number: row.cells[column].translate(FULL_WIDTH) for row in rows if column in row.cells}
    signs = {number: found[1] for number, cell in cells.items() if (found := DECIMAL.fullmatch(cell))}
    if not signs:
        return rows
    decimal = {sign for number, sign in signs.items() if not LIKE_THOUSANDS.fullmatch(cells[number])}
    first = next(iter(signs))
    other = next((number for number, sign in signs.items() if sign != signs[first]), None)
    if other is not None:
        message = (
            f"'{cells[other]}' has {_name(signs[other])}, and '{cells[first]}' in row {first} {_name(signs[first])}: write "
            "all figures of a column with points before decimals, and nothing between thousands"
        )
        problems.add(Problem(file, message, row=other, column=column, value=cells[other]))
    elif not decimal and not SEAT.fullmatch(column):
        for number in signs:
            problems.add(_ambiguous(file, number, column, cells[number]))
    changed = {number: cells[number].replace(",", ".") for number in signs if signs[number] == ","}
    return [
        RawRow(row.number, FrozenDict({**row.cells, column: changed[row.number]})) if row.number in changed else row
        for row in rows
    ]


def _ambiguous(file: str, row: int, column: str, cell: str) -> Problem:
    whole, decimals = re.sub("[.,]", "", cell), cell.replace(",", ".")
    fewer = decimals.rstrip("0") + ("0" if decimals.endswith("000") else "")
    plain = fewer if not LIKE_THOUSANDS.fullmatch(fewer) else f"{fewer}0"
    message = (
        f"'{cell}' may be {whole} or {plain}, since in tables with semicolons a point or a comma may stand between "
        f"thousands: write {whole} or {plain}"
    )
    return Problem(file, message, row=row, column=column, value=cell, allowed=f"{whole}, {plain}")


def _name(sign: str) -> str:
    return "a point" if sign == "." else "a comma"
