"""Damage to a case as one Excel workbook: cells as Excel leaves them, sheets, and the file itself."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.damage.outcomes import Damaged, Expected, Files, Honest, Named, Same
from tests.damage.tables import NUMBERS, TEXTS, Operator

LAST_ROW, LAST_COLUMN = 1_048_576, "XFD"


@dataclass
class Book:
    """The parts of a workbook, to be changed."""

    file: str
    parts: dict[str, bytes]

    def sheets(self) -> dict[str, str]:
        """Sheet name -> its part."""
        names = re.findall(r'<sheet name="([^"]+)"', self.parts["xl/workbook.xml"].decode())
        return {name: f"xl/worksheets/sheet{n}.xml" for n, name in enumerate(names, start=1)}

    def strings(self) -> list[str]:
        """The shared strings."""
        return re.findall(r"<si><t[^>]*>(.*?)</t></si>", self.parts["xl/sharedStrings.xml"].decode(), re.S)

    def sheet(self, name: str) -> str:
        return self.parts[self.sheets()[name]].decode()

    def cells(self, name: str) -> dict[str, str]:
        """Address -> the element of every cell that holds something."""
        found = re.finditer(r'<c r="([A-Z]+\d+)"[^>]*>.*?</c>', self.sheet(name), re.S)
        return {match[1]: match[0] for match in found}

    def headings(self, name: str) -> dict[str, str]:
        """Letters of a column -> its heading."""
        strings = self.strings()
        cells = self.cells(name).items()
        return {a[:-1]: strings[int(re.search(r"<v>(\d+)</v>", c)[1])] for a, c in cells  # type: ignore[index]
                if re.fullmatch(r"[A-Z]+1", a) and 't="s"' in c}  # fmt: skip

    def put(self, name: str, address: str, element: str) -> None:
        """A cell's element in place of what it is."""
        old = self.cells(name)[address]
        self.parts[self.sheets()[name]] = self.sheet(name).replace(old, element).encode()

    def content(self) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as whole:
            for part, content in self.parts.items():
                whole.writestr(part, content)
        return out.getvalue()


def book_of(files: Files) -> Book:
    """The workbook that a case is."""
    file = next(iter(files))
    with zipfile.ZipFile(io.BytesIO(files[file])) as whole:
        return Book(file, {name: whole.read(name) for name in whole.namelist()})


def _made(operator: str, what: str, book: Book, *expected: Expected) -> Damaged:
    return Damaged(operator, what, {book.file: book.content()}, expected)


def some_cell(
    chance: random.Random, book: Book, columns: Mapping[str, tuple[str, ...]], numbers: bool
) -> tuple[str, str, str] | None:
    """Sheet, address and heading of a filled cell of some columns; None where there is none."""
    places = []
    for sheet in columns:
        if sheet in book.sheets():
            headings = book.headings(sheet)
            for address, element in book.cells(sheet).items():
                heading = headings.get(address.rstrip("0123456789"), "")
                below = not re.fullmatch(r"[A-Z]+1", address)
                if below and heading in columns[sheet] and ('t="s"' in element) is not numbers and "<v>" in element:
                    places.append((sheet, address, heading))
    return chance.choice(places) if places else None


def _places(sheet: str, address: str, heading: str) -> tuple[Named, Named]:
    """A cell told by its heading, or by its address."""
    return Named(sheet, _row(address), heading), Named(sheet, _row(address), address)


def _row(address: str) -> int:
    return int(address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def _number_cell(element: Callable[[str], str], operator: str) -> Operator:
    """The operator that puts another element in place of a number, and expects its place to be named."""

    def damage(chance: random.Random, files: Files) -> Damaged | None:
        book = book_of(files)
        found = some_cell(chance, book, NUMBERS, numbers=True)
        if found is None:
            return None
        sheet, address, heading = found
        book.put(sheet, address, element(address))
        return _made(operator, f"{sheet} {address}", book, *_places(f"sheet {sheet}", address, heading))

    return damage


not_available = _number_cell(lambda a: f'<c r="{a}" t="e"><v>#N/A</v></c>', "error value")
not_calculated = _number_cell(lambda a: f'<c r="{a}"><f>SUM(B2:B3)</f></c>', "formula without a value")
formula_failed = _number_cell(lambda a: f'<c r="{a}" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "formula that failed")
a_date = _number_cell(lambda a: f'<c r="{a}" t="d"><v>2026-05-01T00:00:00</v></c>', "a date")
true = _number_cell(lambda a: f'<c r="{a}" t="b"><v>1</v></c>', "true for a number")
words = _number_cell(lambda a: f'<c r="{a}" t="inlineStr"><is><t>about 5</t></is></c>', "words for a number")


def number_as_text(chance: random.Random, files: Files) -> Damaged | None:
    """A number stored as text, as pasted from elsewhere: the same number, or named."""
    book = book_of(files)
    found = some_cell(chance, book, NUMBERS, numbers=True)
    if found is None:
        return None
    sheet, address, heading = found
    value = re.search(r"<v>(.*?)</v>", book.cells(sheet)[address])
    assert value is not None
    book.put(sheet, address, f'<c r="{address}" t="inlineStr"><is><t> {value[1]}\u00a0</t></is></c>')
    places = _places(f"sheet {sheet}", address, heading)
    return _made("number as text", f"{sheet} {address} {value[1]}", book, Same(), *places)


def control_in_text(chance: random.Random, files: Files) -> Damaged | None:
    """A control character in a text, as Excel writes it."""
    book = book_of(files)
    found = some_cell(chance, book, TEXTS, numbers=False)
    if found is None:
        return None
    sheet, address, heading = found
    mark = chance.choice(("_x0007_", "_x000B_", "_x001B_", "_x0000_"))
    book.put(sheet, address, f'<c r="{address}" t="inlineStr"><is><t>A{mark}B</t></is></c>')
    return _made("control in text", f"{sheet} {address} {mark}", book, *_places(f"sheet {sheet}", address, heading))


def sheet_renamed(chance: random.Random, files: Files) -> Damaged:
    """A sheet's name with capitals or blanks: the same sheet; with an error value in it, that is still named."""
    book = book_of(files)
    sheet = chance.choice([s for s in book.sheets() if s in NUMBERS])
    new = chance.choice((sheet.upper(), sheet.capitalize(), f" {sheet}", f"{sheet} "))
    expected: tuple[Expected, ...] = (Same(),)
    found = some_cell(chance, book, {sheet: NUMBERS[sheet]}, numbers=True)
    if found is not None and chance.random() < 0.6:
        _, address, heading = found
        error = chance.choice(('t="e"><v>#N/A</v>', "><f>A1</f>"))
        book.put(sheet, address, f'<c r="{address}" {error}</c>')
        expected = _places("sheet", address, heading)
    book.parts["xl/workbook.xml"] = book.parts["xl/workbook.xml"].replace(f'"{sheet}"'.encode(), f'"{new}"'.encode())
    return _made("sheet renamed", f"{sheet} -> {new!r}", book, *expected)


def sheet_twice(chance: random.Random, files: Files) -> Damaged:
    """Two sheets of one name, but for capitals."""
    book = book_of(files)
    one, other = chance.sample([s for s in book.sheets() if s in NUMBERS], 2)
    new = chance.choice((one.upper(), one.capitalize(), f"{one} "))
    book.parts["xl/workbook.xml"] = book.parts["xl/workbook.xml"].replace(f'"{other}"'.encode(), f'"{new}"'.encode())
    return _made("sheet twice", f"{other} -> {new!r}", book, Named(new.strip()))


def far_cell(chance: random.Random, files: Files) -> Damaged:
    """A cell at the far end of a sheet: passed over where it holds nothing, refused by its address where it does."""
    book = book_of(files)
    sheet = chance.choice([s for s in book.sheets() if s in NUMBERS])
    column = chance.choice(("A", "C", "Z", "ZZ", LAST_COLUMN))
    address = f"{column}{LAST_ROW - chance.randrange(3)}"
    empty = chance.random() < 0.5
    inner = chance.choice(("><is><t> </t></is>", "/>")) if empty else "><is><t>x</t></is>"
    cell = f'<c r="{address}"/>' if inner == "/>" else f'<c r="{address}" t="inlineStr"{inner}</c>'
    row = f'<row r="{_row(address)}">{cell}</row></sheetData>'
    book.parts[book.sheets()[sheet]] = book.sheet(sheet).replace("</sheetData>", row).encode()
    expected: Expected = Same() if empty else Named(f"sheet {sheet}", None, address)
    return _made("far cell", f"{sheet} {address} {inner}", book, expected)


def file_damaged(chance: random.Random, files: Files) -> Damaged:
    """The file cut short, some bytes changed, a part gone, or no workbook at all."""
    book = book_of(files)
    content = book.content()
    match chance.choice(("cut", "bytes", "part", "other")):
        case "cut":
            at = chance.randrange(len(content))
            return Damaged("file cut", f"at {at}", {book.file: content[:at]}, (Named(book.file),))
        case "bytes":
            changed = bytearray(content)
            at = chance.randrange(len(content) - 40)
            changed[at : at + 20] = bytes(chance.randrange(256) for _ in range(20))
            return Damaged("file bytes", f"at {at}", {book.file: bytes(changed)}, (Honest(), Named(book.file)))
        case "part":
            gone = chance.choice([part for sheet, part in book.sheets().items() if sheet in ("case", "cities", "links")])
            del book.parts[gone]
            return _made("part gone", gone, book, Named(book.file))
        case _:
            text = chance.choice((b"", b"PK", b"id,name\nA,B\n", b"\xd0\xcf\x11\xe0" * 200, b"%PDF-1.4", b"\x00" * 900))
            return Damaged("no workbook", repr(text[:12]), {book.file: text}, (Named(book.file),))


OPERATORS: tuple[Operator, ...] = (
    not_available, not_calculated, formula_failed, a_date, true, words, number_as_text, control_in_text, sheet_renamed,
    sheet_renamed, sheet_twice, far_cell, file_damaged, file_damaged,
)  # fmt: skip
