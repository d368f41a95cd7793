"""An Excel workbook as a file: refused where it is no workbook or unzips too large, and its formulas that nobody calculated.

A spreadsheet program stores a formula together with its value. A program that only writes files may leave the value out;
readers then take the cell for empty. Such cells are found here, and those that show an error, so that nothing is read as
blank that is not.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

LARGEST_FILE = 20_000_000  # bytes
LARGEST_UNZIPPED = 200_000_000  # bytes of all parts together
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"


class NoWorkbook(ValueError):
    """A file that is not an Excel workbook (.xlsx), or that is not safe to read; the message says why."""


@dataclass(frozen=True)
class Unread:
    """A cell that must not be read as blank: sheet, place (such as B7), and what is wrong with it."""

    sheet: str
    cell: str
    message: str


def checked(content: bytes) -> zipfile.ZipFile:
    """The parts of a workbook, none of them larger than it says and all together not too large.

    Raises
    ------
    NoWorkbook
        The content is no .xlsx file, or too large.
    """
    if len(content) > LARGEST_FILE:
        raise NoWorkbook(f"is larger than {LARGEST_FILE // 1_000_000} MB")
    try:
        parts = zipfile.ZipFile(io.BytesIO(content))
        _refuse_what_unzips_too_large(parts)
    except NoWorkbook:
        raise
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, RuntimeError, NotImplementedError) as problem:
        raise NoWorkbook("is not an Excel workbook (.xlsx)") from problem
    if "xl/workbook.xml" not in parts.namelist():
        raise NoWorkbook("is not an Excel workbook (.xlsx)")
    return parts


def _refuse_what_unzips_too_large(parts: zipfile.ZipFile) -> None:
    """Unzip everything once, counting: what the file says of itself is not to be trusted."""
    left = LARGEST_UNZIPPED
    if sum(part.file_size for part in parts.infolist()) > left:
        raise NoWorkbook(f"unzips to more than {LARGEST_UNZIPPED // 1_000_000} MB")
    for part in parts.infolist():
        with parts.open(part) as stream:
            while piece := stream.read(1 << 20):
                left -= len(piece)
                if left < 0:
                    raise NoWorkbook(f"unzips to more than {LARGEST_UNZIPPED // 1_000_000} MB")


def unread(parts: zipfile.ZipFile) -> Iterator[Unread]:
    """The cells that hold a formula and no value, or show an error such as #N/A."""
    for sheet, part in _sheets(parts):
        try:
            with parts.open(part) as stream:
                for _, element in ElementTree.iterparse(stream):
                    if element.tag == f"{MAIN}c":
                        if wrong := _wrong(element):
                            yield Unread(sheet, element.get("r", "?"), wrong)
                        element.clear()
        except ElementTree.ParseError as problem:
            raise NoWorkbook("is a damaged Excel workbook") from problem


def _wrong(cell: ElementTree.Element) -> str:
    """Why a cell cannot be read; empty if it can."""
    formula, value = cell.find(f"{MAIN}f"), cell.find(f"{MAIN}v")
    text = "" if value is None else value.text or ""
    if cell.get("t") == "e":
        return f"shows the error {text or '#ERROR'}"
    calculated = text or (value is not None and cell.get("t") == "str")  # a formula may give an empty text
    if formula is not None and not calculated and cell.find(f"{MAIN}is") is None:
        return "holds a formula that no spreadsheet program has calculated: open the file, let it calculate, and save it"
    return ""


def _sheets(parts: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Name of each sheet, and the part that holds it."""
    try:
        book = ElementTree.fromstring(parts.read("xl/workbook.xml"))
        links = ElementTree.fromstring(parts.read("xl/_rels/workbook.xml.rels"))
    except (KeyError, ElementTree.ParseError) as problem:
        raise NoWorkbook("is a damaged Excel workbook") from problem
    targets = {link.get("Id"): link.get("Target", "") for link in links.iter(f"{PACKAGE}Relationship")}
    for sheet in book.iter(f"{MAIN}sheet"):
        target = targets.get(sheet.get(RELATION), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in parts.namelist():
            yield sheet.get("name", ""), part


def place_of(cell: str) -> tuple[int, int]:
    """Row and column of a cell such as B7, both from 1."""
    match = re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", cell)
    if match is None:
        return 1, 1
    column = 0
    for letter in match[1]:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(match[2]), column
