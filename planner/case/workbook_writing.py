"""Writing a case as one Excel workbook to edit: a sheet a table, with the schema's drop-downs, limits, units and meanings.

The header cells are the plain column names, so that a sheet can be saved as the CSV file of a folder; what a column means,
its unit, what it may hold and its default stand in the header's note. Drop-downs of names follow the sheets where the names
are given, and only warn: a name may be typed before it exists.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from planner.case import naming
from planner.case.case import Case
from planner.case.columns import Column, columns_of, meanings_of_keys
from planner.case.keys import read_keys, rows_of_keys
from planner.case.problems import Problems
from planner.case.raw import RawCase
from planner.case.rows import TABLES
from planner.case.tables import read_table
from planner.case.values import NUMBER
from planner.case.workbook import TEXT_SHEETS
from planner.case.writing import filled_texts
from planner.files.folders import FolderTaken
from planner.files.inputs import CASE_FILE, CASE_SHEET
from planner.files.onefile import content_of, write_content
from planner.words.said import _, told

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

REMARK = re.compile(r"(?:^|(?<=\s))#", re.MULTILINE)
LONGEST_CELL = 30_000  # characters; Excel takes 32,767
MOST_ROWS = 5_000  # that drop-downs and limits reach down to
ABOUT = (
    _("This workbook is one investment case."),
    _(
        "Each sheet but this one, case and sources is a table; row 1 holds its column names, each with a "
        "note on what it means."
    ),
    _(
        "The sheet case holds everything else, a key a row: money.unit, periods[1], goals[1]. Its notes are "
        "in columns C and D."
    ),
    _("An empty cell takes the default. Columns that you do not need may be deleted; unknown columns and keys are errors."),
    _("A row of the sheet case whose key begins with # is a remark."),
    _("Formulas are fine once your spreadsheet program has calculated them."),
)


def holds_remarks(case: Case) -> bool:
    """Whether the case's keys stand beside remarks, which no sheet has room for."""
    text = case.source.texts.get(CASE_FILE, "")
    quoted = [(t.start_mark.index, t.end_mark.index) for t in yaml.scan(text) if isinstance(t, yaml.ScalarToken)]
    signs = [found.start() for found in REMARK.finditer(text)]
    return any(not any(start <= sign < end for start, end in quoted) for sign in signs)


def write_workbook(case: Case, file: str | os.PathLike[str], filled: bool = False) -> None:
    """Write a case as an Excel workbook that reads back equal.

    Parameters
    ----------
    case
        The case.
    file
        Where to, ending with .xlsx; written whole or not at all, and never over another file.
    filled
        False: as read, with its scenarios. True: filled in, the scenario applied, without scenarios.

    Raises
    ------
    planner.files.folders.FolderTaken
        There is such a file.
    planner.files.folders.NotWritten
        The disk refuses; nothing is left there.
    ValueError
        A case that was not read from files cannot be written as read.
    """
    target = Path(file)
    if target.exists():
        raise FolderTaken(17, _("exists already, and a case is never replaced"), str(target))
    if not filled and not isinstance(case.source, RawCase):
        raise ValueError(_("this case was not read from files: write it with filled=True"))
    texts = filled_texts(case) if filled else dict(case.source.texts)
    write_content(target, content_of(lambda book: _fill(book, texts, case)), replace=False, what=_("a case"))


def _fill(book: Workbook, texts: Mapping[str, str], case: Case) -> None:
    styles = _Styles(book)
    about = book.add_worksheet("about")
    about.set_column(0, 0, 120)
    for row, line in enumerate((naming.title(case), *ABOUT)):
        about.write_string(row, 0, told(line))
    _write_keys(book.add_worksheet(CASE_SHEET), texts[CASE_FILE], styles)
    lists = _lists(case)
    for table in TABLES:
        text = texts.get(f"{table}.csv", "")
        _write_table(book.add_worksheet(table), table, text, case, lists, styles)
    for sheet, name in TEXT_SHEETS.items():
        if name in texts:
            page = book.add_worksheet(sheet)
            page.set_column(0, 0, 120)
            for row, line in enumerate(_lines(sheet, texts[name])):
                page.write_string(row, 0, line, styles.text)
    _write_lists(book.add_worksheet("lists"), lists)


class _Styles:
    """The few formats of the workbook."""

    def __init__(self, book: Workbook) -> None:
        self.head: Format = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF4"})
        self.needed: Format = book.add_format({"bold": True, "bottom": 1, "bg_color": "#CFE0F0"})
        self.text: Format = book.add_format({"num_format": "@"})
        self.wrapped: Format = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        self.quiet: Format = book.add_format({"font_color": "#666666", "text_wrap": True, "valign": "top"})
        self.key: Format = book.add_format({"valign": "top"})


def _lines(sheet: str, text: str) -> Sequence[str]:
    """A text as the cells of a sheet: a line a cell, or pieces of what has no lines to speak of."""
    if sheet == "sources":
        return text.replace("\r\n", "\n").split("\n")
    return [text[k : k + LONGEST_CELL] for k in range(0, len(text), LONGEST_CELL)]


# --- the keys


def _write_keys(sheet: Worksheet, text: str, styles: _Styles) -> None:
    document, __ = read_keys(text, Problems())
    meanings = meanings_of_keys()
    for k, (name, width) in enumerate((("key", 44), ("value", 60), (_("unit"), 18), (_("what it is"), 70))):
        sheet.write_string(0, k, told(name), styles.head)
        sheet.set_column(k, k, width)
    sheet.freeze_panes(1, 1)
    for row, (key, value) in enumerate(rows_of_keys(document or {}), start=1):
        sheet.write_string(row, 0, key, styles.key)
        if isinstance(value, bool):
            sheet.write_boolean(row, 1, value, styles.key)
        elif isinstance(value, int | float):
            _write_number(sheet, row, 1, value, repr(value), styles)
        else:
            sheet.write_string(row, 1, value, styles.wrapped)
        unit, meaning = meanings(key)
        sheet.write_string(row, 2, told(unit), styles.quiet)
        sheet.write_string(row, 3, told(meaning), styles.quiet)


def _write_number(sheet: Worksheet, row: int, column: int, number: float, text: str, styles: _Styles) -> None:
    """A number as a number, unless the file could not hold all of its digits."""
    if float(f"{number:.16G}") == number:
        sheet.write_number(row, column, number)
    else:
        sheet.write_string(row, column, text, styles.text)


# --- the tables


def _write_table(
    sheet: Worksheet, table: str, text: str, case: Case, lists: Mapping[str, Sequence[str]], styles: _Styles
) -> None:
    raw = read_table(table, text, Problems()) if text else None
    known = columns_of(table, case)
    present = raw.columns if raw is not None else tuple(c.name for c in known.values() if c.needed)
    present = tuple(sorted(present, key=lambda name: name != "id"))  # where drop-downs of other sheets look
    sheet.freeze_panes(1, 1)
    for k, name in enumerate(present):
        column = known.get(name)
        sheet.write_string(0, k, name, styles.needed if column is not None and column.needed else styles.head)
        sheet.set_column(k, k, max(9, min(40, len(name) + 2)))
        if column is not None:
            sheet.write_comment(0, k, told(column.note), {"x_scale": 2.4, "y_scale": 1.6})
            _limit(sheet, k, column, lists)
    for row in raw.rows if raw is not None else ():
        for k, name in enumerate(present):
            if (cell := row.cells.get(name)) is not None:
                _write_cell(sheet, row.number - 1, k, cell, known.get(name), styles)


def _write_cell(sheet: Worksheet, row: int, k: int, cell: str, column: Column | None, styles: _Styles) -> None:
    if column is not None and column.is_number and NUMBER.fullmatch(cell):
        _write_number(sheet, row, k, float(cell), cell, styles)
    else:
        sheet.write_string(row, k, cell, styles.text)


LONGEST_LIST = 255  # signs of a drop-down that Excel takes


def _limit(sheet: Worksheet, k: int, column: Column, lists: Mapping[str, Sequence[str]]) -> None:
    """Drop-down or limits of a column, with what it may hold as the message."""
    wrong = _("{column}: {allowed}").format(column=column.name, allowed=column.allowed)
    said = {"input_title": column.name[:32], "input_message": told(column.short), "error_title": column.name[:32],
            "error_message": told(wrong)[:255]}  # fmt: skip
    if column.options and len(",".join(column.options)) <= LONGEST_LIST:
        rule: dict[str, Any] = {"validate": "list", "source": list(column.options), "error_type": "stop"}
    elif column.names is not None and column.names in lists and not column.several:
        rule = {"validate": "list", "source": _source(column.names, list(lists)), "error_type": "warning"}
    elif column.is_number and not column.or_text:
        rule = {"validate": "decimal", **column.between, "error_type": "stop"}
    else:
        rule = {"validate": "any"}
    sheet.data_validation(1, k, MOST_ROWS, k, {**rule, **said})


def _source(what: str, lists: Sequence[str]) -> str:
    """Where a drop-down takes its names from: the sheet in which they are given as its first column, or the sheet lists."""
    sheet, column = (OWN_SHEETS[what], "A") if what in OWN_SHEETS else ("lists", chr(ord("A") + lists.index(what)))
    return f"=OFFSET({sheet}!${column}$2,0,0,MAX(1,COUNTA({sheet}!${column}$2:${column}${MOST_ROWS})),1)"


def _lists(case: Case) -> dict[str, list[str]]:
    """What may be named: of a thing such as "a city" the names that the case has."""
    of: dict[str, Sequence[str]] = {
        "a city": tuple(case.cities),
        "a jurisdiction": case.jurisdictions,
        "a measure": tuple(case.measures),
        "a norm": tuple(case.norms),
        "a service": tuple(case.services),
        "a mode": tuple(case.modes),
        "a budget line": tuple(case.lines),
        "a period": case.period_ids,
        "an industry": tuple(case.industries),
        "an airshed": tuple(case.airsheds),
    }
    return {what: list(names) for what, names in of.items() if names}


OWN_SHEETS = {"a city": "cities", "a measure": "measures", "a norm": "norms"}  # with the id in the first column


def _write_lists(sheet: Worksheet, lists: Mapping[str, Sequence[str]]) -> None:
    """The names that drop-downs offer; those that a sheet gives follow that sheet."""
    for k, (what, names) in enumerate(lists.items()):
        sheet.write_string(0, k, told(what))
        for row, name in enumerate(names, start=1):
            sheet.write_string(row, k, name)
    sheet.hide()
