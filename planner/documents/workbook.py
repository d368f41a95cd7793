"""Documents as an Excel workbook: titles, units in headings, number formats, notes and charts that Excel draws itself.

What a table says is never taken for something else: a text that begins like a formula stays a text, an address does not
become a link, and a figure that does not exist is an empty cell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

from planner.case.csv_cells import harmless
from planner.documents.blocks import (
    Block,
    Bullet,
    Cell,
    Chart,
    Format,
    Heading,
    Paragraph,
    Picture,
    Section,
    Sections,
    Table,
)
from planner.documents.drawings.theme import SERIES
from planner.files.onefile import content_of, write_content
from planner.words.said import _, told, told_all
from planner.words.text_layout import in_a_line, wide

FORMATS: Mapping[Format, str] = {
    "text": "@",
    "whole": "#,##0",
    "money": "#,##0.00",
    "figure": "#,##0.00",
    "fine": "0.0000",
    "exact": "General",
    "share": "0.0%",
    "year": "0",
}
NARROWEST, WIDEST, BROAD = 8, 60, 110  # of a column, and of one of sentences, in characters
LONGEST_NAME, LONGEST_TEXT = 31, 32_767  # what Excel takes for a sheet and for a cell
CUT = _(" [cut here: longer than a cell may be]")
ROWS_LOOKED_AT = 500  # for the width of a column
CHART_ROWS = 20  # that a chart covers


@dataclass(frozen=True)
class Sheet:
    """A sheet: sections below one another; the headings of a single table stay in view."""

    name: str
    sections: Sections


def write_workbook(sheets: Sequence[Sheet], file: Path | str, *, title: str = "", replace: bool = False) -> Path:
    """Write sheets as an Excel workbook, whole or not at all.

    Parameters
    ----------
    sheets
        In their order; names that Excel would refuse are changed as little as possible.
    file
        Where it goes; folders above it are made.
    title
        Of the document.
    replace
        Whether a file that is there may be replaced.

    Returns
    -------
    The file's absolute path.

    Raises
    ------
    planner.files.folders.FolderTaken
        The place is taken.
    """

    return write_content(file, workbook_content(sheets, title), replace=replace, what=_("a workbook"))


def workbook_content(sheets: Sequence[Sheet], title: str = "") -> bytes:
    """The content of the file of `write_workbook`."""

    sheets = told_all(tuple(sheets))

    def fill(book: Any) -> None:
        book.set_properties({"title": told(title)})
        for name, sheet in zip(sheet_names([s.name for s in sheets]), sheets, strict=True):
            _Writer(book, name).sheet(sheet)

    return content_of(fill)


def sheet_names(wanted: Sequence[str]) -> list[str]:
    """Names that Excel takes: no forbidden signs, at most 31 characters, none twice (capitals do not tell apart)."""
    found: list[str] = []
    for name in wanted:
        plain = "".join("-" if c in "[]:*?/\\" or ord(c) < 32 else c for c in name).strip().strip("'")
        plain = "Sheet" if not plain or plain.lower() == "history" else plain
        taken = {other.lower() for other in found}
        chosen, n = plain[:LONGEST_NAME], 1
        while chosen.lower() in taken:
            n += 1
            chosen = f"{plain[: LONGEST_NAME - len(str(n)) - 1]} {n}"
        found.append(chosen)
    return found


class _Writer:
    """Writes one sheet, row by row."""

    def __init__(self, book: Any, name: str) -> None:
        self.book, self.page, self.name = book, book.add_worksheet(name), name
        self.row = 0
        self.title = book.add_format({"bold": True, "font_size": 13})
        self.head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#EEF2F5"})
        self.label = book.add_format({"bold": True, "valign": "top"})
        self.note = book.add_format({"italic": True, "font_color": "#555555"})
        self.formats = {
            name: book.add_format({"num_format": shown, "valign": "top", **({"text_wrap": True} if name == "text" else {})})
            for name, shown in FORMATS.items()
        }

    def sheet(self, sheet: Sheet) -> None:
        """The whole sheet, ready to be printed on A4 across."""
        self.page.set_landscape()
        self.page.set_paper(9)
        self.page.fit_to_pages(1, 0)
        self.page.hide_gridlines(2)
        self._widths([block for section in sheet.sections for block in section])
        tables = sum(isinstance(block, Table) for section in sheet.sections for block in section)
        for section in sheet.sections:
            self._section(section, freeze=tables == 1)

    def _widths(self, blocks: Sequence[Block]) -> None:
        """Each column as wide as what stands there, within limits."""
        tables = [block for block in blocks if isinstance(block, Table)]
        for n in range(max((len(t.heads) for t in tables), default=0)):
            self.page.set_column(n, n, max(_width(t, n) for t in tables if n < len(t.heads)))
        labelled = [block for block in blocks if isinstance(block, Paragraph) and block.label]
        if labelled and not tables:
            self.page.set_column(0, 0, max(wide(block.label) for block in labelled) + 2)
            self.page.set_column(1, 1, BROAD)

    def _section(self, section: Section, freeze: bool) -> None:
        """Blocks below one another; a chart is of the table above it."""
        table, top = Table((), (), ""), 0
        after_text = False
        for block in section:
            is_text = isinstance(block, Paragraph | Bullet)
            self.row += after_text and not is_text
            after_text = is_text
            if isinstance(block, Heading):
                self.page.write_string(self.row, 0, _fitting(block.text), self.title)
                self.row += 1
            elif isinstance(block, Table):
                table, top = block, self._table(block, freeze)
            elif isinstance(block, Chart):
                self._chart(block, table, top)
            elif not isinstance(block, Picture):
                self._text(block)
        self.row += after_text

    def _table(self, table: Table, freeze: bool) -> int:
        """A table; the row in which its cells begin."""
        for n, head in enumerate(table.heads):
            self.page.write_string(self.row, n, in_a_line(head), self.head)
        top = self.row + 1
        if freeze:
            self.page.freeze_panes(top, 1)
            self.page.repeat_rows(self.row)
        formats = table.formats or ["text"] * len(table.heads)
        for row in (*table.rows, *([table.total] if table.total is not None else [])):
            self.row += 1
            for n, (value, of) in enumerate(zip(row, formats, strict=True)):
                self._cell(n, value, of)
        self.row += 2
        return top

    def _text(self, block: Paragraph | Bullet) -> None:
        """A sentence in a line of its own; what has a label beside it."""
        if isinstance(block, Paragraph) and block.label:
            self.page.write_string(self.row, 0, block.label, self.label)
            self.page.write_string(self.row, 1, _fitting(block.text), self.formats["text"])
        else:
            text = block.whole if isinstance(block, Bullet) else block.text
            self.page.write_string(self.row, 0, _fitting(text), self.note)
        self.row += 1

    def _cell(self, n: int, value: Cell, shown: Format) -> None:
        """One cell, by what the value is and not by what it looks like."""
        style = self.formats[shown]
        if value is None or value != value:
            self.page.write_blank(self.row, n, None, style)
        elif isinstance(value, int | float) and isfinite(value):
            self.page.write_number(self.row, n, value, style)
        else:
            self.page.write_string(self.row, n, _fitting(str(value)), style)

    def _chart(self, chart: Chart, table: Table, top: int) -> None:
        """A chart below the table that it is drawn from."""
        last = top + (len(table.rows) - 1 if chart.last is None else chart.last)
        first = top + chart.first
        if last < first:
            return
        at = {in_a_line(head): n for n, head in enumerate(table.heads)}
        kind = {"type": chart.kind, **({"subtype": "stacked"} if chart.stacked else {})}
        drawn = self.book.add_chart(kind)
        for k, name in enumerate(chart.values):
            colour = SERIES[k % len(SERIES)]
            drawn.add_series(
                {
                    "name": [self.name, top - 1, at[in_a_line(name)]],
                    "categories": [self.name, first, at[in_a_line(chart.categories)], last, at[in_a_line(chart.categories)]],
                    "values": [self.name, first, at[in_a_line(name)], last, at[in_a_line(name)]],
                    "fill": {"color": colour},
                    "line": {"color": colour},
                }
            )
        value_axis, name_axis = (drawn.set_x_axis, drawn.set_y_axis) if chart.kind == "bar" else (
            drawn.set_y_axis, drawn.set_x_axis
        )  # fmt: skip
        # Excel takes a title that begins with = for the place of a cell
        value_axis({"name": harmless(chart.unit), "major_gridlines": {"visible": True, "line": {"color": "#DDDDDD"}}})
        name_axis({"reverse": True} if chart.kind == "bar" else {})
        drawn.set_title({"name": harmless(chart.title), "name_font": {"size": 12}})
        drawn.set_legend({"position": "bottom", **({"none": True} if len(chart.values) == 1 else {})})
        drawn.set_size({"width": 900, "height": 20 * CHART_ROWS})
        self.page.insert_chart(self.row, 0, drawn)
        self.row += CHART_ROWS + 2


def _width(table: Table, n: int) -> float:
    """How wide a column should be, in characters; headings may break at spaces."""
    head, of = in_a_line(table.heads[n]), table.formats[n] if table.formats else "text"
    longest = max((wide(word) for word in head.split()), default=0) + 1
    shown = [_shown(row[n], of) for row in table.rows[:ROWS_LOOKED_AT]]
    longest = max([longest, min(wide(head), 14), *(wide(text) for text in shown)])
    return float(min(WIDEST, max(NARROWEST, longest + 1)))


def _shown(value: Cell, of: Format) -> str:
    """About what Excel will show of a value."""
    if value is None or value != value:
        return ""
    if isinstance(value, int | float):
        decimals = {"whole": 0, "money": 2, "figure": 2, "fine": 4, "share": 2, "year": 0, "exact": 6, "text": 6}[of]
        return f"{value:,.{decimals}f}" if of != "year" else f"{value:.0f}"
    return str(value)


def _fitting(text: str) -> str:
    """A text that a cell can hold; one that is cut says so."""
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - len(told(CUT))] + told(CUT)
