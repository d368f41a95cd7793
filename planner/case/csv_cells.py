"""What a cell of a text file means: its letters, its decimal sign, and texts that no program takes for a formula.

A spreadsheet program takes a cell that begins with one of = + - @, a tab or a line end for a formula, and a formula may send
what stands beside it to anybody. An apostrophe in front makes it a text. So that a text which begins with apostrophes of its
own reads back equal, those before such a sign are one more in a file than in the text.

Letters are UTF-8, or GB18030, as spreadsheets in China save text. Where semicolons stand between cells, a comma or a point
may stand before decimals: spreadsheets write semicolons where the comma is the decimal sign, and then a point may stand
between thousands; there 50.000 is fifty thousand, and elsewhere it is fifty. So the sign is found for each column of
numbers: it is the one that stands in a figure that can only be a decimal (12.5, 0.125, 1234.567). Where only figures like
50.000 stand in a column, each is refused, as is a column with both signs; but for latitudes and longitudes, which have no
thousands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from planner.case.declared import FrozenDict
from planner.case.problems import Problem, Problems
from planner.case.raw import RawRow
from planner.case.values import FULL_WIDTH, LIKE_THOUSANDS, NUMBER
from planner.words.said import _, series

LIVE = re.compile(r"'*[=+\-@\t\r\n\uFF0B\uFF0D\uFF1D\uFF20]")  # the wide signs are formulas in East Asian spreadsheets


def harmless(value: Any) -> Any:
    """A cell as a file may hold it; what is no text is left alone."""
    is_live = isinstance(value, str) and LIVE.match(value) and not NUMBER.fullmatch(value)  # -5 is no formula
    return f"'{value}" if is_live else value


def meant(cell: str) -> str:
    """What a cell of a file says: `harmless` undone."""
    return cell[1:] if cell.startswith("'") and LIVE.match(cell) else cell


def harmless_row(row: Iterable[Any]) -> list[Any]:
    """The cells of a row as a file may hold them."""
    return [harmless(value) for value in row]


FOREIGN = re.compile(r"(?<![^\x00-\x7f])[^\x00-\x7f](?=[a-z])")  # one letter alone before small Latin ones: M黱chen
LONE = re.compile(rb"(?<![\x80-\xff])[\xc0-\xff][A-Za-z](?![\x80-\xff])")  # an accented letter and the next: S鉶 Paulo
COMMON = range(0xB0, 0xD8)  # first bytes of the 3,755 signs that most of any Chinese text is made of
SHOWN = 3  # words that a reader may check


@dataclass(frozen=True)
class Decoded:
    """A text, and what should be known of how it was read; empty for UTF-8."""

    text: str
    note: str = ""


def decoded(content: bytes) -> Decoded:
    """The text of a file, without its byte order mark.

    Raises
    ------
    UnicodeDecodeError
        It is no UTF-8, and not for certain GB18030: in a text of Western Europe an accented letter and the next would
        make one Chinese letter within a Latin word, and most letters of another script make seldom ones.
    """
    try:
        return Decoded(content.decode("utf-8-sig"))
    except UnicodeDecodeError as wrong:
        try:
            text = content.decode("gb18030")
        except UnicodeDecodeError:
            raise wrong from None
        foreign = LONE.search(content) or FOREIGN.search(text) or not _is_common(text)
        if foreign or not all(c.isprintable() or c.isspace() for c in text):
            raise wrong from None
        words = list(dict.fromkeys(re.findall(r"[^\x00-\x7f]+", text)))[:SHOWN]
        note = _("is not UTF-8 and was read as GB18030 ({words}): check the names, or save it as 'CSV UTF-8'").format(
            words=series(words)
        )
        return Decoded(text, note)


def _is_common(text: str) -> bool:
    """Whether at least half of the letters beyond ASCII are common Chinese ones; signs of punctuation do not count."""
    letters = [c for c in text if c > "\x7f" and c.isalpha()]
    common = sum((c.encode("gb2312", "ignore") or b"\0")[0] in COMMON for c in letters)
    return 2 * common >= len(letters)


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
        message = _(
            "'{cells}' has {signs}, and '{cells_2}' in row {first} {signs_2}: write all figures of a column with "
            "points before decimals, and nothing between thousands"
        ).format(
            cells=cells[other], signs=_name(signs[other]), cells_2=cells[first], first=first, signs_2=_name(signs[first])
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
    message = _(
        "'{cell}' may be {whole} or {plain}, since in tables with semicolons a point or a comma may stand "
        "between thousands: write {whole} or {plain}"
    ).format(cell=cell, whole=whole, plain=plain)
    return Problem(
        file, message, row=row, column=column, value=cell, allowed=_("{whole}, {plain}").format(whole=whole, plain=plain)
    )


def _name(sign: str) -> str:
    return _("a point") if sign == "." else _("a comma")
