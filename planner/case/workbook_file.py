"""An Excel workbook as a file: refused where it is none, is damaged, or unzips too large; its parts, sheets and styles.

Whatever goes wrong while a file is unzipped or parsed says that it is damaged: the libraries have many errors for that.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from planner.words.said import _
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
