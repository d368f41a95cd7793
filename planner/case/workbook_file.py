"""An Excel workbook as a file: refused where it is none, is damaged, or unzips too large; its sheets and their cells.

Whatever goes wrong while a file is unzipped or parsed says that it is damaged: the libraries have many errors for that.

A spreadsheet program stores a formula together with its value. A program that only writes files may leave the value out;
such cells are told, and those that show an error, hold what is no number, or lie so far out that nobody put them there.
Cells are read one after the other and blank ones are left out, so that one far cell does not make a sheet of millions.
"""

from __future__ import annotations

import datetime
import io
import math
import posixpath
import re
import zipfile
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from planner.case.tables import LARGEST_FILE as LARGEST_TABLE
from planner.case.tables import MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from planner.case.values import NUMBER
from planner.words.said import _, said_by
from planner.words.unprintable import lines

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_FILE = 20_000_000  # bytes
LARGEST_UNZIPPED = 200_000_000  # bytes of all parts together
PIECE = 1 << 18  # bytes that are unzipped and parsed at once
BOOK, LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
TEXTS, STYLES = "xl/sharedstrings.xml", "xl/styles.xml"
DAMAGED = _("is a damaged Excel workbook: get the file again, or open it in a spreadsheet program and save it anew")
NO_WORKBOOK = _("is not an Excel workbook (.xlsx)")
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how .xls files begin, and workbooks with a password
DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})  # formats that need no description
NOT_OF_A_DATE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)  # texts, colours, languages
MOST_WRONG = 1_000  # cells of a sheet that are told; more of the same would help nobody
LONGEST_QUOTED = 40
NOT_CALCULATED = _(
    "holds a formula that no spreadsheet program has calculated: open the file, let it calculate, and save it"
)
FAR = _(
    "lies beyond row {most_rows:,} or column {most_columns:,}, where no table reaches: delete its row or its column"
).format(most_rows=MOST_ROWS, most_columns=MOST_COLUMNS)


class NoWorkbook(ValueError):
    """A file that is not an Excel workbook (.xlsx), or that is not safe to read; the message says why."""


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook: its name as written, and the part that holds its cells."""

    name: str
    part: str


@dataclass(frozen=True)
class Book:
    """A workbook whose parts can all be unzipped.

    Attributes
    ----------
    sheets
        In their order.
    texts
        Texts that cells share, which they name by their number.
    dates
        Styles of cells, by number, that show a number as a date or a time.
    from_1904
        Whether days are counted from 1904 on.
    """

    parts: zipfile.ZipFile
    sheets: tuple[Sheet, ...]
    texts: tuple[str, ...]
    dates: frozenset[int]
    from_1904: bool

    def parse(self, part: str, reader: Any) -> None:
        """Give the elements of a part to a reader, one after the other; see `parse`."""
        parse(self.parts, part, reader)


def opened(content: bytes) -> Book:
    """A workbook, none of its parts larger than it says and all together not too large.

    Raises
    ------
    NoWorkbook
        The content is no .xlsx file, is damaged, or too large.
    """
    parts = checked(content)
    known = {name.replace("\\", "/").lower(): name for name in parts.namelist()}
    with _damage():
        book = _Book()
        parse(parts, known[BOOK], book)
        links = _Links()
        parse(parts, known[LINKS], links)
        texts = SharedTexts()
        if TEXTS in known:
            parse(parts, known[TEXTS], texts)
        styles = _Styles()
        if STYLES in known:
            parse(parts, known[STYLES], styles)
    sheets = []
    for name, link in book.sheets:
        part = known.get(posixpath.normpath(posixpath.join("/xl", links.targets.get(link, "?"))).lstrip("/").lower())
        if part is None:
            raise NoWorkbook(_("{damaged} (it has no cells of the sheet '{name}')").format(damaged=DAMAGED, name=name))
        sheets.append(Sheet(name, part))
    return Book(parts, tuple(sheets), tuple(texts.found), styles.dates(), book.from_1904)


def checked(content: bytes) -> zipfile.ZipFile:
    """The parts of a workbook, which can all be unzipped; see `opened`."""
    if len(content) > LARGEST_FILE:
        raise NoWorkbook(_("is larger than {largest_file} MB").format(largest_file=LARGEST_FILE // 1_000_000))
    if content.startswith(OLD):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise NoWorkbook(_("has a password: save it without one"))
        raise NoWorkbook(_("is an Excel workbook of the old kind (.xls): save it as .xlsx"))
    if not content.startswith(b"PK"):
        raise NoWorkbook(NO_WORKBOOK)
    with _damage():
        parts = zipfile.ZipFile(io.BytesIO(content))
        _refuse_what_unzips_too_large(parts)
        names = {name.replace("\\", "/").lower() for name in parts.namelist()}
    if "xl/workbook.bin" in names:
        raise NoWorkbook(_("is a binary workbook (.xlsb): save it as .xlsx"))
    if "content.xml" in names:
        raise NoWorkbook(_("is an OpenDocument file (.ods): save it as .xlsx"))
    if BOOK not in names:
        raise NoWorkbook(NO_WORKBOOK)
    return parts


def _refuse_what_unzips_too_large(parts: zipfile.ZipFile) -> None:
    """Unzip everything once, counting: what the file says of itself is not to be trusted."""
    left = LARGEST_UNZIPPED
    if sum(part.file_size for part in parts.infolist()) > left:
        raise NoWorkbook(
            _("unzips to more than {largest_unzipped} MB").format(largest_unzipped=LARGEST_UNZIPPED // 1_000_000)
        )
    for part in parts.infolist():
        with parts.open(part) as stream:
            while piece := stream.read(PIECE):
                left -= len(piece)
                if left < 0:
                    raise NoWorkbook(
                        _("unzips to more than {largest_unzipped} MB").format(largest_unzipped=LARGEST_UNZIPPED // 1_000_000)
                    )


@contextmanager
def _damage() -> Iterator[None]:
    """What fails within is a damaged workbook, however the libraries say it; too little memory is not its fault."""
    try:
        yield
    except (NoWorkbook, MemoryError):
        raise
    except Exception as problem:
        raise NoWorkbook(DAMAGED) from problem


# --- parts


class Reader:
    """Takes the elements of a part as they come, by their names without namespaces; no tree of them is ever kept."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self.begin(_local(tag), attributes)

    def end(self, tag: str) -> None:
        """An element ends."""
        self.finish(_local(tag))

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def finish(self, name: str) -> None:
        """An element ends."""

    def data(self, text: str) -> None:
        """A piece of the text within an element."""

    def close(self) -> None:
        """The part ends."""


def parse(parts: zipfile.ZipFile, part: str, reader: Reader) -> None:
    """Give the elements of a part to a reader, one after the other.

    Raises
    ------
    NoWorkbook
        The part is damaged.
    """
    with _damage(), parts.open(part) as stream:
        parser = ElementTree.XMLParser(target=reader)
        while piece := stream.read(PIECE):
            parser.feed(piece)
        parser.close()


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


class TextReader(Reader):
    """Gathers the texts in <t>, without those that only say how signs are pronounced."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._open = False
        self._spoken = 0

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        """A text begins, or what says how one is pronounced."""
        if name == "rPh":
            self._spoken += 1
        elif name == "t":
            self._open = not self._spoken

    def finish(self, name: str) -> None:
        """A text ends."""
        if name == "rPh":
            self._spoken -= 1
        elif name == "t":
            self._open = False

    def data(self, text: str) -> None:
        """A piece of a text."""
        if self._open:
            self._pieces.append(text)

    def taken(self) -> str:
        """The text so far; the next one begins empty."""
        text = plain_text("".join(self._pieces))
        self._pieces.clear()
        return text


ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def plain_text(text: str) -> str:
    """A text of a cell: Excel writes signs that XML forbids as _x000B_, and _x005F_ for the first of what looks so."""
    return lines(ESCAPE.sub(lambda found: chr(int(found[1], 16)), text))


class SharedTexts(TextReader):
    """The texts that cells share."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def finish(self, name: str) -> None:
        """A text ends, which may be of several pieces."""
        super().finish(name)
        if name == "si":
            self.found.append(self.taken())


class _Book(Reader):
    """Names of sheets with the ids of their links."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.from_1904 = False

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            link = next((value for key, value in attributes.items() if _local(key) == "id" and key != "id"), "")
            self.sheets.append((attributes.get("name", ""), link))
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904", "0") in ("1", "true")


class _Links(Reader):
    """Where the links of a workbook lead."""

    def __init__(self) -> None:
        self.targets: dict[str, str] = {}

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship":
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")


class _Styles(Reader):
    """The format of numbers of each style of cells."""

    def __init__(self) -> None:
        self._codes: dict[int, str] = {}
        self._formats: list[int] = []
        self._of_cells = False

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt":
            self._codes[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._of_cells = True
        elif name == "xf" and self._of_cells:
            self._formats.append(int(attributes.get("numFmtId", "0")))

    def finish(self, name: str) -> None:
        if name == "cellXfs":
            self._of_cells = False

    def dates(self) -> frozenset[int]:
        """Numbers of the styles that show a date or a time."""
        return frozenset(number for number, format_ in enumerate(self._formats) if self._is_date(format_))

    def _is_date(self, format_: int) -> bool:
        if format_ not in self._codes:
            return format_ in DATES
        return bool(re.search("[dmyhs]", NOT_OF_A_DATE.sub("", self._codes[format_]).lower().replace("general", "")))


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
        if len(self.found) > self._most or self._signs > LARGEST_TABLE:
            raise NoWorkbook(
                _(
                    "holds too much in the sheet '{sheet}': a case has at most {most_cells:,} cells, and a sheet at most "
                    "{largest_file} MB of text"
                ).format(sheet=self._sheet, most_cells=MOST_CELLS, largest_file=LARGEST_TABLE // 1_000_000)
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
