"""Tables as an Excel workbook: titles, units in headings, number formats, notes and charts that Excel draws itself.

What a table says is never taken for something else: a text that begins like a formula stays a text, an address does not
become a link, and a figure that does not exist is an empty cell.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from planner.case.cells import harmless
from planner.documents.drawings.theme import SERIES
from planner.files.onefile import content_of, write_content
from planner.words.phrases import wide
from planner.words.said import _, told, told_all

Format = Literal["text", "whole", "figure", "fine", "exact", "share", "year"]
FORMATS: Mapping[Format, str] = {
    "text": "@",
    "whole": "#,##0",
    "figure": "#,##0.00",
    "fine": "0.0000",
    "exact": "General",
    "share": "0.0%",
    "year": "0",
}
NARROWEST, WIDEST = 8, 60  # of a column, in characters
LONGEST_NAME, LONGEST_TEXT = 31, 32_767  # what Excel takes for a sheet and for a cell
CUT = _(" [cut here: longer than a cell may be]")
ROWS_LOOKED_AT = 500  # for the width of a column
CHART_ROWS = 20  # that a chart covers
EMPTY = ""


@dataclass(frozen=True)
class Column:
    """A column: its heading, with the unit, and how its figures are shown; the cells keep every digit."""

    heading: str
    format: Format = "exact"
    width: float | None = None  # characters; None = as wide as what it holds, within limits


@dataclass(frozen=True)
class Chart:
    """A chart drawn by Excel from columns of the table above or beside it.

    Attributes
    ----------
    categories
        Heading of the column that names the bars.
    values
        Headings of the columns drawn, one series each.
    unit
        Of the values, beside the axis.
    first, last
        Rows drawn, counted from 0; by default all.
    """

    title: str
    categories: str
    values: tuple[str, ...]
    unit: str
    kind: Literal["column", "bar", "line"] = "column"
    stacked: bool = False
    first: int = 0
    last: int | None = None


@dataclass(frozen=True)
class Table:
    """A titled table with notes below it and charts below those."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    notes: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A sheet: tables below one another; the headings of a single table stay in view."""

    name: str
    tables: tuple[Table, ...]
    notes: tuple[str, ...] = ()


def of_frame(
    title: str,
    frame: pd.DataFrame,
    headings: Mapping[str, str] | None = None,
    formats: Mapping[str, Format] | None = None,
    notes: Sequence[str] = (),
    charts: Sequence[Chart] = (),
) -> Table:
    """A data frame as a table.

    Parameters
    ----------
    headings
        Column -> heading with its unit; by default the column's own name.
    formats
        Column -> format; by default text columns are text and figures are shown as they are.
    """
    columns = []
    for name in frame.columns:
        text = not pd.api.types.is_numeric_dtype(frame[name])
        shown: Format = (formats or {}).get(name, "text" if text else "exact")
        columns.append(Column((headings or {}).get(name, str(name)), shown))
    rows = tuple(zip(*(frame[name].tolist() for name in frame.columns), strict=True))
    return Table(title, tuple(columns), rows, tuple(notes), tuple(charts))


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

    return write_content(file, workbook_content(sheets, title), replace=replace, what="a workbook")


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
        self._widths(sheet.tables)
        for table in sheet.tables:
            self._table(table, freeze=len(sheet.tables) == 1)
        self._notes(sheet.notes)

    def _widths(self, tables: Sequence[Table]) -> None:
        """Each column as wide as what the tables hold there, within limits."""
        for n in range(max((len(t.columns) for t in tables), default=0)):
            widths = [_width(t, n) for t in tables if n < len(t.columns)]
            self.page.set_column(n, n, max(widths))

    def _table(self, table: Table, freeze: bool) -> None:
        self.page.write_string(self.row, 0, table.title, self.title)
        self.row += 1
        for n, column in enumerate(table.columns):
            self.page.write_string(self.row, n, column.heading, self.head)
        top = self.row + 1
        if freeze:
            self.page.freeze_panes(top, 1)
            self.page.repeat_rows(self.row)
        for row in table.rows:
            self.row += 1
            for n, (value, column) in enumerate(zip(row, table.columns, strict=True)):
                self._cell(n, value, column.format)
        self.row += 2
        self._notes(table.notes)
        for chart in table.charts:
            self._chart(chart, table, top)

    def _cell(self, n: int, value: Any, shown: Format) -> None:
        """One cell, by what the value is and not by what it looks like."""
        style = self.formats[shown]
        if value is None or (isinstance(value, float) and math.isnan(value)):
            self.page.write_blank(self.row, n, None, style)
        elif isinstance(value, bool):
            self.page.write_boolean(self.row, n, value, style)
        elif isinstance(value, int | float) and math.isfinite(value):
            self.page.write_number(self.row, n, value, style)
        else:
            self.page.write_string(self.row, n, _fitting(str(value)), style)

    def _notes(self, notes: Sequence[str]) -> None:
        for text in notes:
            self.page.write_string(self.row, 0, _fitting(text), self.note)
            self.row += 1
        self.row += bool(notes)

    def _chart(self, chart: Chart, table: Table, top: int) -> None:
        """A chart below the table that it is drawn from."""
        last = top + (len(table.rows) - 1 if chart.last is None else chart.last)
        first = top + chart.first
        if last < first:
            return
        at = {column.heading: n for n, column in enumerate(table.columns)}
        kind = {"type": chart.kind, **({"subtype": "stacked"} if chart.stacked else {})}
        drawn = self.book.add_chart(kind)
        for k, name in enumerate(chart.values):
            colour = SERIES[k % len(SERIES)]
            drawn.add_series(
                {
                    "name": [self.name, top - 1, at[name]],
                    "categories": [self.name, first, at[chart.categories], last, at[chart.categories]],
                    "values": [self.name, first, at[name], last, at[name]],
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
    column = table.columns[n]
    if column.width is not None:
        return column.width
    longest = max((wide(word) for word in column.heading.split()), default=0) + 1
    shown = [_shown(row[n], column.format) for row in table.rows[:ROWS_LOOKED_AT]]
    longest = max([longest, min(wide(column.heading), 14), *(wide(text) for text in shown)])
    return float(min(WIDEST, max(NARROWEST, longest + 1)))


def _shown(value: Any, shown: Format) -> str:
    """About what Excel will show of a value."""
    if value is None or value != value:
        return EMPTY
    if isinstance(value, int | float) and not isinstance(value, bool):
        decimals = {"whole": 0, "figure": 2, "fine": 4, "share": 2, "year": 0, "exact": 6, "text": 6}[shown]
        return f"{value:,.{decimals}f}" if shown != "year" else f"{value:.0f}"
    return str(value)


def _fitting(text: str) -> str:
    """A text that a cell can hold; one that is cut says so."""
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - len(told(CUT))] + told(CUT)
