"""The cells of a sheet of an Excel workbook: what stands in them, and those that must not be read as if they were blank.

A spreadsheet program stores a formula together with its value. A program that only writes files may leave the value out;
such cells are told, and those that show an error, hold what is no number, or lie so far out that nobody put them there.
Cells are read one after the other and blank ones are left out, so that one far cell does not make a sheet of millions.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from planner.case.tables import LARGEST_FILE, MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from planner.case.values import NUMBER
from planner.case.workbook_file import Book, NoWorkbook, Sheet, TextReader, plain_text
from planner.words.said import _, said_by

MOST_WRONG = 1_000  # cells of a sheet that are told; more of the same would help nobody
LONGEST_QUOTED = 40
NOT_CALCULATED = _(
    "holds a formula that no spreadsheet program has calculated: open the file, let it calculate, and save it"
)
FAR = _(
    "lies beyond row {most_rows:,} or column {most_columns:,}, where no table reaches: delete its row or its column"
).format(most_rows=MOST_ROWS, most_columns=MOST_COLUMNS)


@dataclass(frozen=True)
class Unread:
    """A cell that must not be read as blank: its place (such as B7), its row and column, and what is wrong with it."""

    cell: str
    row: int
    column: int
    message: str


@dataclass(frozen=True)
class Cells:
    """A sheet: each row as long as what stands in it, and what cannot be read."""

    rows: tuple[tuple[Any, ...], ...]
    unread: tuple[Unread, ...]


def cells_of(book: Book, sheet: Sheet, most: int = MOST_CELLS) -> Cells:
    """What stands in a sheet: texts, numbers, truths, dates and times.

    Parameters
    ----------
    most
        Cells that may be read.

    Raises
    ------
    NoWorkbook
        The sheet is damaged, or holds too much.
    """
    reader = _Cells(book, sheet.name, most)
    book.parse(sheet.part, reader)
    rows: list[list[Any]] = [[] for __ in range(max((row for row, __ in reader.found), default=0))]
    for (number, column), value in sorted(reader.found.items()):
        row = rows[number - 1]
        row += [""] * (column - 1 - len(row))
        row.append(value)
    return Cells(tuple(tuple(row) for row in rows), tuple(reader.unread))


class _Wrong(ValueError):
    """A cell that cannot be read; the message says why."""


class _Cells(TextReader):
    """Reads cell by cell: where it is, its formula, and its value."""

    def __init__(self, book: Book, sheet: str, most: int) -> None:
        super().__init__()
        self.found: dict[tuple[int, int], Any] = {}
        self.unread: list[Unread] = []
        self._book, self._sheet, self._most = book, sheet, most
        self._signs = 0  # in all texts so far: many cells may share a long one
        self._row = self._column = 0
        self._attributes: Mapping[str, str] | None = None  # of the cell that is open
        self._formula = False
        self._value: str | None = None
        self._inline: str | None = None
        self._number: list[str] | None = None  # pieces of the value that is open

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        """A row, a cell, or a part of one."""
        super().begin(name, attributes)
        if name == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
        elif name == "c":
            self._column += 1
            if "r" in attributes:
                self._row, self._column = place_of(attributes["r"])
            self._attributes, self._formula, self._value, self._inline = dict(attributes), False, None, None
        elif name == "f":
            self._formula = True
        elif name == "v":
            self._number = []

    def data(self, text: str) -> None:
        """A piece of a text or a value."""
        if self._number is not None:
            self._number.append(text)
        else:
            super().data(text)

    def finish(self, name: str) -> None:
        """A cell, or a part of one, ends."""
        super().finish(name)
        if name == "v" and self._number is not None:
            self._value, self._number = "".join(self._number), None
        elif name == "is":
            self._inline = self.taken()
        elif name == "c" and self._attributes is not None:
            self._end(self._attributes)
            self._attributes = None

    def _end(self, attributes: Mapping[str, str]) -> None:
        place = self._row, self._column
        try:
            value = self._meant(attributes.get("t", "n"), int(attributes.get("s", "0")))
            if isinstance(value, str) and not value.strip():
                return
            if self._row > MOST_ROWS or self._column > MOST_COLUMNS:
                raise _Wrong(FAR)
            if place in self.found:
                raise _Wrong(_("stands twice in the file"))
        except _Wrong as wrong:
            if len(self.unread) < MOST_WRONG:
                self.unread.append(Unread(f"{letters(self._column)}{self._row}", *place, said_by(wrong)))
            return
        self.found[place] = value
        self._signs += len(value) if isinstance(value, str) else 0
        if len(self.found) > self._most or self._signs > LARGEST_FILE:
            raise NoWorkbook(
                _(
                    "holds too much in the sheet '{sheet}': a case has at most {most_cells:,} cells, and a sheet at most "
                    "{largest_file} MB of text"
                ).format(sheet=self._sheet, most_cells=MOST_CELLS, largest_file=LARGEST_FILE // 1_000_000)
            )

    def _meant(self, kind: str, style: int) -> Any:
        """What stands in the cell; blank is the empty text."""
        if kind == "inlineStr" and self._inline is not None:
            return self._inline
        text = self._value or ""
        if kind == "e":
            raise _Wrong(_("shows the error {error}").format(error=text or "#ERROR"))
        if kind == "str" and self._value is not None:
            return plain_text(text)
        if not text.strip():
            if self._formula:
                raise _Wrong(NOT_CALCULATED)
            return ""
        if kind == "s":
            if not text.strip().isdecimal() or int(text) >= len(self._book.texts):
                raise _Wrong(_("names a text that the workbook does not hold"))
            return self._book.texts[int(text)]
        if kind == "b" and text.strip() in ("0", "1", "false", "true"):
            return text.strip() in ("1", "true")
        if kind == "d":
            return Moment(text.strip())
        number = float(text) if kind == "n" and NUMBER.fullmatch(text.strip()) else math.nan
        if not math.isfinite(number):
            raise _Wrong(_("holds '{text}', which is no number").format(text=text.strip()[:LONGEST_QUOTED]))
        return self._moment(number) if style in self._book.dates else number

    def _moment(self, days: float) -> Moment:
        """A number that is shown as a date or a time."""
        begin = datetime.datetime(1904, 1, 1) if self._book.from_1904 else datetime.datetime(1899, 12, 30)
        try:
            when = begin + datetime.timedelta(days=days)
        except OverflowError:
            return Moment(f"{days:g}")
        if days < 1:
            return Moment(f"{when:%H:%M:%S}")
        return Moment(f"{when:%Y-%m-%d}" if days == int(days) else f"{when:%Y-%m-%d %H:%M:%S}")


@dataclass(frozen=True)
class Moment:
    """A date or a time, as a text: nothing in a case is one."""

    text: str

    def __str__(self) -> str:
        return self.text


def place_of(cell: str) -> tuple[int, int]:
    """Row and column of a cell such as B7, both from 1."""
    match = re.fullmatch(r"([A-Z]{1,3})([1-9]\d{0,6})", cell)
    if match is None:
        raise NoWorkbook(_("is a damaged Excel workbook: '{cell}' is no place of a cell").format(cell=cell[:LONGEST_QUOTED]))
    column = 0
    for letter in match[1]:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(match[2]), column


def letters(column: int) -> str:
    """The letters of a column that is counted from 1."""
    found = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found
