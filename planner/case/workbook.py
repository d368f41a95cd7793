"""Reading a case from one Excel workbook: a sheet a table, the keys of case.yaml in the sheet `case`, a line a row in texts.

What stands in the sheets is turned into the texts of a case's folder and read as such, so that a case means the same in
either form; problems are told by sheet, row and column.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path as FilePath
from typing import Any

from planner.case.csv_cells import harmless, harmless_row
from planner.case.declared import FrozenDict
from planner.case.keys import KeyRows, Misplaced, value_of, yaml_text
from planner.case.problems import Problem, Problems, did_you_mean, listed
from planner.case.raw import Path, RawCase
from planner.case.rows import TABLES
from planner.case.tables import BOUNDARIES, MOST_CELLS, SOURCES, read_texts
from planner.case.workbook_file import LARGEST_FILE, Book, Moment, NoWorkbook, Sheet, cells_of, letters, opened
from planner.files.inputs import CASE_FILE, CASE_SHEET
from planner.files.pathnames import readable
from planner.words import unprintable
from planner.words.said import _, altered, said_by, told
from planner.words.system import why

TEXT_SHEETS: Mapping[str, str] = {"sources": SOURCES, "boundaries": BOUNDARIES}
LEFT_ALONE = frozenset({"about", "lists"})  # sheets that help to fill in the others
ALWAYS = frozenset({"cities", "measures", "capacity", "links", "budgets"})  # the others may as well not be there
SHEETS = (CASE_SHEET, *TABLES, *TEXT_SHEETS)
COLUMNS = ("key", "value")  # of the sheet case that are read; those beside it explain
ENDING = ".xlsx"

Grid = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class WorkbookCase:
    """A case as read from a workbook, and where its keys stand there."""

    raw: RawCase
    keys: KeyRows
    file: str

    def placed(self, problem: Problem) -> Problem:
        """A problem of the folder that the workbook stands for, told by its place in the workbook."""
        message = altered(problem.message, sheets_for_files)
        uses = tuple(self.placed(use) for use in problem.uses)
        if problem.file == CASE_FILE:
            row = self.keys.row_of(_path(problem)) if problem.row is None else problem.row
            column = problem.column or (None if row is None else "value")
            return replace(
                problem, file=self._sheet(CASE_SHEET), message=message, row=row, column=column, line=None, character=None,
                uses=uses,
            )  # fmt: skip
        for text_sheet, name in TEXT_SHEETS.items():
            if problem.file == name:
                return replace(problem, file=self._sheet(text_sheet), row=problem.line, line=None, character=None)
        sheet = problem.file.removesuffix(".csv")
        file = self._sheet(sheet) if sheet in TABLES else problem.file
        return replace(problem, file=file, message=message, uses=uses)

    def _sheet(self, name: str) -> str:
        return _("{file}, sheet {name}").format(file=self.file, name=name)


FILES = re.compile(rf"(?<![A-Za-z_])({'|'.join(TABLES)})\.csv|{re.escape(CASE_FILE)}")


def sheets_for_files(text: str) -> str:
    """A text in which the sheets of a workbook stand for the files of a folder."""
    return FILES.sub(lambda found: told(_("sheet {name}").format(name=found[1] or CASE_SHEET)), text)


def _path(problem: Problem) -> Path:
    """The path of the key that a problem is about."""
    parts = (problem.key or "").split(".") if problem.key else []
    return tuple(int(part) if part.isdecimal() and len(part) < 4 else part for part in parts)


def read_workbook(file: FilePath, problems: Problems) -> WorkbookCase:
    """Read what stands in a workbook; what cannot be read is noted and left out.

    Problems of the sheets themselves are noted with their place in the workbook; `WorkbookCase.placed` does the same for
    those that are found later.
    """
    name, keys = readable(file.stem), KeyRows()
    nothing = WorkbookCase(RawCase(name, None, FrozenDict(), FrozenDict(), FrozenDict()), keys, file.name)
    try:
        grids = _grids(opened(_content(file)), file.name, problems)
    except OSError as error:
        problems.add(Problem(file.name, _("cannot be read: {why}").format(why=why(error))))
        return nothing
    except NoWorkbook as wrong:
        problems.add(Problem(file.name, said_by(wrong)))
        return nothing
    if len(problems):  # a cell that is not calculated would be read as blank, and lead to problems that are none
        return nothing
    texts = _texts(grids, keys, file.name, problems)
    read = Problems()
    case = WorkbookCase(read_texts(name, texts, read), keys, file.name)
    problems.extend(case.placed(problem) for problem in read)
    return case


def _content(file: FilePath) -> bytes:
    if file.is_dir():
        raise NoWorkbook(_("is a folder: a case whose name ends with {ending} is a file").format(ending=ENDING))
    with file.open("rb") as stream:
        return stream.read(LARGEST_FILE + 1)  # one more than is taken


def plain_sheet(name: str) -> str:
    """The name of a sheet as it is known: blanks and capital letters make no other sheet."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _grids(book: Book, file: str, problems: Problems) -> dict[str, Grid]:
    """The cells of each sheet of the case."""
    grids: dict[str, Grid] = {}
    left = MOST_CELLS
    for plain, sheet in _known_sheets(book, file, problems).items():
        cells = cells_of(book, sheet, left)
        left -= sum(len(row) - row.count("") for row in cells.rows)
        grids[plain] = cells.rows
        for wrong in cells.unread:
            message = _("cell {cell} {message}").format(cell=wrong.cell, message=wrong.message)
            problems.add(
                Problem(
                    _("{file}, sheet {name}").format(file=file, name=plain),
                    message,
                    row=wrong.row,
                    column=letters(wrong.column),
                )
            )
    return grids


def _known_sheets(book: Book, file: str, problems: Problems) -> dict[str, Sheet]:
    """The sheets of the case by the names by which they are known; a name must mean one sheet."""
    known: dict[str, Sheet] = {}
    for sheet in book.sheets:
        plain = plain_sheet(sheet.name)
        if plain in known:
            message = _("sheets '{name}' and '{sheet}' are both the sheet {plain}: delete or rename one").format(
                name=known[plain].name, sheet=sheet.name, plain=plain
            )
            problems.add(Problem(file, message, value=sheet.name))
        elif plain in SHEETS:
            known[plain] = sheet
        elif plain not in LEFT_ALONE and _holds_something(book, sheet):  # spreadsheets add empty sheets by themselves
            message = _("sheet '{sheet}' is none of a case ({sheets}).{hint}").format(
                sheet=sheet.name, sheets=listed(SHEETS), hint=did_you_mean(plain, SHEETS)
            )
            problems.add(Problem(file, message, value=sheet.name, allowed=listed(SHEETS)))
    return known


def _holds_something(book: Book, sheet: Sheet) -> bool:
    """Whether a sheet has any cell with something in it, read or not."""
    cells = cells_of(book, sheet)
    return bool(cells.unread) or any(_is_something(cell) for row in cells.rows for cell in row)


def _texts(grids: Mapping[str, Grid], keys: KeyRows, file: str, problems: Problems) -> dict[str, str]:
    """The files of the folder that the sheets stand for, by name."""
    texts: dict[str, str] = {}
    if CASE_SHEET in grids:
        _gather(grids[CASE_SHEET], keys, _("{file}, sheet {name}").format(file=file, name=CASE_SHEET), problems)
        texts[CASE_FILE] = yaml_text(keys.document)
    else:
        problems.add(Problem(file, _("has no sheet '{case_sheet}' with the keys of the case").format(case_sheet=CASE_SHEET)))
    for table in TABLES:
        if table in grids and (table in ALWAYS or len(grids[table]) > 1):
            texts[f"{table}.csv"] = _table_text(
                grids[table], _("{file}, sheet {name}").format(file=file, name=table), problems
            )
    for sheet, name in TEXT_SHEETS.items():
        if sheet in grids:
            between = "\n" if sheet == "sources" else ""
            texts[name] = between.join(str(row[0]) if row else "" for row in grids[sheet]) + between
    if "cities" not in grids:
        problems.add(Problem(file, _("has no sheet 'cities': a case needs at least one city")))
    return texts


def _gather(grid: Grid, keys: KeyRows, place: str, problems: Problems) -> None:
    """The keys of the sheet case, row by row."""
    head = [str(cell).strip().lower() for cell in (grid[0] if grid else ())]
    if tuple(head[:2]) != COLUMNS:
        problems.add(Problem(place, _("needs the headings 'key' and 'value' in its first two columns"), row=1))
        return
    for number, row in enumerate(grid[1:], start=2):
        key, value = (str(row[0]).strip(), row[1]) if len(row) > 1 else ("", "")
        if key.startswith("#") or not (key or _is_something(value)):
            continue  # a remark, or an empty row
        if not key:
            problems.add(
                Problem(
                    place,
                    _("'{value}' stands beside no key").format(value=value),
                    row=number,
                    column="value",
                    value=str(value),
                )
            )
            continue
        if not _is_something(value):
            continue  # as if the key were not there: its default
        column, text = ("key", key) if unprintable.forbidden(key) else ("value", str(value))
        if (unfit := unprintable.forbidden(text)) is not None:
            message = _("must be text without the sign {unfit}, not '{text}'").format(
                unfit=unprintable.named(unfit), text=text
            )
            problems.add(Problem(place, message, row=number, column=column, value=text))
            continue
        plain = _plain(value, place, number, "value", problems)
        meant = value_of(plain.strip() if isinstance(plain, str) else plain, number, problems, place)
        try:
            keys.add(key, meant, number)
        except Misplaced as wrong:
            problems.add(Problem(place, said_by(wrong), row=number, column="key", value=key))


def _table_text(grid: Grid, place: str, problems: Problems) -> str:
    """A table as the text of a CSV file, with the sheet's own numbers of rows."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    head = [str(cell) for cell in (grid[0] if grid else ())]
    while head and not head[-1].strip():
        head.pop()
    writer.writerow(harmless_row(unprintable.stripped(name) for name in head))
    for number, row in enumerate(grid[1:], start=2):
        if not row:  # a row of nothing but commas would count, too, but for a far row there would be many
            writer.writerow([])
            continue
        cells = [_cell(cell, place, number, head, k, problems) for k, cell in enumerate(row)]
        while len(cells) > len(head) and not cells[-1].strip():
            cells.pop()
        if len(head) > 1:  # else the first row may be a title, which is told of the table as such
            for k, said in [(k, said) for k, said in enumerate(cells) if k >= len(head) and said.strip()]:
                message = _("'{said}' stands in a column without a heading: give it one, or move what is a remark to note")
                problems.add(Problem(place, message.format(said=said), row=number, column=letters(k + 1), value=said))
            del cells[len(head) :]
        writer.writerow([*cells, *[""] * (len(head) - len(cells))])
    return out.getvalue()


def _cell(value: Any, place: str, number: int, head: Sequence[str], k: int, problems: Problems) -> str:
    """A cell as a CSV file would have it."""
    plain = _plain(value, place, number, head[k] if k < len(head) else letters(k + 1), problems)
    if isinstance(plain, bool):
        return "yes" if plain else "no"
    return str(harmless(unprintable.stripped(plain))) if isinstance(plain, str) else repr(plain)


def _plain(value: Any, place: str, number: int, column: str, problems: Problems) -> str | int | float | bool:
    """Text, number or truth of a cell; dates and times are refused, since nothing in a case is one."""
    if isinstance(value, Moment):
        text = _("is a date or a time, which a spreadsheet program may have made of what was typed: format the cell as text")
        problems.add(
            Problem(place, _("{value} {text}").format(value=value, text=text), row=number, column=column, value=str(value))
        )
        return ""
    if isinstance(value, float) and value == int(value) and abs(value) < 1e15:
        return int(value)
    return value if isinstance(value, str | int | float | bool) else str(value)


def _is_something(value: Any) -> bool:
    return not isinstance(value, str) or bool(value.strip())
