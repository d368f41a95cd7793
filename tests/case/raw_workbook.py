"""Workbooks written part by part, so that a test says what each byte of them is."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

CITIES = [
    ["id", "name", "jurisdiction", "tier", "lat", "lon", "population"],
    ["alpha", "Alpha", "north", "core", 40.0, 116.0, 1000],
    ["beta", "Beta", "north", "small", 40.5, 116.5, 500],
]
MEASURES = [["id", "kind"]]
KEYS = [
    ["key", "value"],
    ["format", 1],
    ["title", "Two cities"],
    ["money.unit", "bn CNY"],
    ["money.prices", 2023],
    ["periods[1]", "2026-2030"],
]


def letters(column: int) -> str:
    """The letters of a column counted from 0, of which there are at most 26 here."""
    return chr(ord("A") + column)


def cell(place: str, value: object) -> str:
    """A cell as it stands in a sheet: a text or a number."""
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def sheet(rows: list[list[object]], instead: Mapping[str, str] | None = None, more: str = "", main: str = MAIN) -> str:
    """The part of a sheet.

    Parameters
    ----------
    instead
        Place of a cell -> what stands there, as XML.
    more
        Rows at the end, as XML.
    """
    changed = dict(instead or {})
    written = []
    for number, row in enumerate(rows, start=1):
        places = [f"{letters(column)}{number}" for column in range(len(row))]
        cells = [changed.pop(place, None) or cell(place, value) for place, value in zip(places, row, strict=True)]
        written.append(f'<row r="{number}">{"".join(cells)}</row>')
    assert not changed, "these cells lie outside the rows"
    return f'<worksheet xmlns="{main}"><sheetData>{"".join(written)}{more}</sheetData></worksheet>'


def parts(
    sheets: Mapping[str, str], more: Mapping[str, str | bytes] | None = None, main: str = MAIN, linked: str = LINKED
) -> dict[str, str | bytes]:
    """The parts of a workbook of these sheets, in their order; `more` are other parts, or some of these in other words."""
    numbered = list(enumerate(sheets.items(), start=1))
    listed = "".join(f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>' for n, (name, _) in numbered)
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{LINKED}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n, _ in numbered
    )
    return {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{linked}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>',
        **{f"xl/worksheets/sheet{n}.xml": content for n, (_, content) in numbered},
        **(more or {}),
    }


def written(file: Path, found: Mapping[str, str | bytes]) -> Path:
    """The parts as one file."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    return file


def workbook(
    file: Path,
    instead: Mapping[str, str] | None = None,
    *,
    more: str = "",
    name: str = "cities",
    parts_more: Mapping[str, str | bytes] | None = None,
) -> Path:
    """A workbook of two cities; see `sheet` and `parts`, which this hands on for the sheet of cities."""
    sheets = {"case": sheet(KEYS), name: sheet(CITIES, instead, more), "measures": sheet(MEASURES)}
    return written(file, parts(sheets, parts_more))
