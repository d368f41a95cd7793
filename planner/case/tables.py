"""Reading the folder of a case, its tables, case.yaml and texts, as they stand there; and tables made by hand.

Tables are CSV files as spreadsheets save them: UTF-8 with or without a byte order mark, or GB18030, comma or semicolon
between cells, the header in row 1. Whatever could shift or lose a cell silently is refused. Tables that are no part of a
case (a list of cities, decisions) are read as strictly.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from planner.case.csv_cells import decoded, meant, with_points
from planner.case.declared import FrozenDict
from planner.case.headings import with_names
from planner.case.keys import read_keys
from planner.case.problems import CaseInvalid, Problem, Problems, did_you_mean, listed, nearest
from planner.case.raw import RawCase, RawRow, RawTable
from planner.case.rows import TABLES
from planner.files.inputs import CASE_FILE
from planner.files.pathnames import readable
from planner.words import unprintable
from planner.words.said import _, counted
from planner.words.system import why

SOURCES = "SOURCES.md"
BOUNDARIES = "boundaries.geojson"
LARGEST_FILE = 50_000_000  # bytes
LARGEST_KEYS = 2_000_000  # bytes of case.yaml, which is read slowly
MOST_ROWS = 300_000  # of a table, empty ones included
MOST_COLUMNS = 1_000
MOST_CELLS = 3_000_000  # of a table
FULL_WIDTH_COMMAS = ("，", "；", "、")  # as Chinese keyboards write them


def read_folder(folder: Path, problems: Problems, stored: bool = False) -> RawCase:
    """Read what stands in the folder of a case; what cannot be read is noted and left out.

    Parameters
    ----------
    stored
        Whether it is a plan's own: letters that were lost before it was stored are a note, and not mended any more.
    """
    folder = folder.absolute()
    name = readable(folder.name)
    try:
        present = {entry.name: entry for entry in folder.iterdir()}
    except (OSError, ValueError) as error:  # ValueError: a name that no folder can have
        problems.add(Problem(readable(str(folder)), _why_no_folder(folder, error)))
        return RawCase(name, None, FrozenDict(), FrozenDict(), FrozenDict())
    texts: dict[str, str] = {}
    notes: list[Problem] = []
    for file in (CASE_FILE, *(f"{t}.csv" for t in TABLES), SOURCES, BOUNDARIES):
        text = _read_text(present[file], problems, notes) if file in present else None
        if text is not None:
            texts[file] = text
    _check_names(present, problems)
    lost = Problems() if stored else problems
    return replace(read_texts(name, texts, problems, lost), notes=(*notes, *(lost if stored else ())))


def read_texts(name: str, texts: Mapping[str, str], problems: Problems, lost: Problems | None = None) -> RawCase:
    """Read what the files of a case say, wherever they lie; what cannot be read is noted and left out.

    Parameters
    ----------
    lost
        Where letters that could not be read are noted; with the other problems unless told otherwise.
    """
    for file in (SOURCES, BOUNDARIES):
        _check_signs(file, texts.get(file, ""), problems)
    document, places = read_keys(texts[CASE_FILE], problems) if CASE_FILE in texts else (None, FrozenDict())
    tables = {}
    for table in TABLES:
        if f"{table}.csv" in texts:
            read = read_table(table, texts[f"{table}.csv"], problems)
            if read is not None:
                tables[table] = read
    for file, text in texts.items():
        if unprintable.INSTEAD in text:
            _check_lost_letters(file, text, tables.get(file.removesuffix(".csv")), problems if lost is None else lost)
    return RawCase(name, document, places, FrozenDict(tables), FrozenDict(texts))


def _check_signs(file: str, text: str, problems: Problems) -> None:
    """A text that is shown as it stands must not hold signs that cannot be shown."""
    found = unprintable.FORBIDDEN.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        character = found.start() - text.rfind("\n", 0, found.start())
        message = _("must be text without the sign {found}").format(found=unprintable.named(found[0]))
        problems.add(Problem(file, message, line=line, character=character, value=found[0]))


def _check_lost_letters(file: str, text: str, table: RawTable | None, problems: Problems) -> None:
    """Where the bytes of a file were no letters, a mark stands in their place; nobody knows what it was any more."""
    message = _(
        "holds {instead} where a letter could not be read: write it anew, or save the file as UTF-8 at its origin"
    ).format(instead=unprintable.INSTEAD)
    rows = table.rows if table is not None else ()
    cells = [(row.number, name, said) for row in rows for name, said in row.cells.items() if unprintable.INSTEAD in said]
    for number, column, said in cells:
        problems.add(Problem(file, message, row=number, column=column, value=said))
    if not cells:
        at = text.index(unprintable.INSTEAD)
        line, character = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        problems.add(Problem(file, message, line=line, character=character, value=unprintable.INSTEAD))


def _why_no_folder(folder: Path, error: Exception) -> str:
    if isinstance(error, FileNotFoundError | ValueError):
        return _("there is no such folder")
    if isinstance(error, NotADirectoryError):
        return _("is a file: a case is a folder")
    return _("cannot be read: {error}").format(error=error)


def _check_names(present: dict[str, Path], problems: Problems) -> None:
    """case.yaml must be there, and every table must be one of the format: a misspelt one would be passed over."""
    if CASE_FILE not in present:
        near = next((n for n in present if n.lower() in {"case.yml", "case.yaml"}), None)
        missing = _("is missing; {near} must be named {file}") if near else _("is missing: a case needs one")
        problems.add(Problem(CASE_FILE, missing.format(near=near, file=CASE_FILE)))
    if "cities.csv" not in present:
        problems.add(Problem("cities.csv", _("is missing: a case needs at least one city")))
    known = [f"{t}.csv" for t in TABLES]
    for file in sorted(present):
        if file.lower().endswith(".csv") and file not in known:
            near = nearest(file[:-4], TABLES)  # without .csv, in which all are alike
            hint = _(" Did you mean '{name}'?").format(name=f"{near}.csv") if near else ""
            message = _("is not a table of a case ({known}).{hint}").format(known=listed(known), hint=hint)
            problems.add(Problem(file, message, value=file, allowed=listed(known)))


def _read_text(path: Path, problems: Problems, notes: list[Problem]) -> str | None:
    """The text of a file, without its byte order mark; None and a problem if it is no text."""
    if path.is_dir():
        problems.add(Problem(path.name, _("is a folder: it must be a file")))
        return None
    try:
        largest = LARGEST_KEYS if path.name == CASE_FILE else LARGEST_FILE
        if path.stat().st_size > largest:
            problems.add(Problem(path.name, _("is larger than {largest} MB").format(largest=largest // 1_000_000)))
            return None
        content = path.read_bytes()
    except OSError as error:
        problems.add(Problem(path.name, _("cannot be read: {why}").format(why=why(error))))
        return None
    try:
        found = decoded(content)
        if found.note:
            notes.append(Problem(path.name, found.note))
        return found.text
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        byte = f"0x{content[error.start]:02X}"
        message = _(
            "is not UTF-8 (byte {byte}), nor for certain GB18030: save it as 'CSV UTF-8', or as text in UTF-8"
        ).format(byte=byte)
        problems.add(Problem(path.name, message, line=line, value=byte, allowed=_("UTF-8, GB18030")))
        return None


def read_table(
    name: str, text: str, problems: Problems, are_numbers: Callable[[str], bool] | None = None
) -> RawTable | None:
    """The cells of a table; None and a problem if there is nothing to go on with.

    Parameters
    ----------
    are_numbers
        Whether the cells of a column are numbers, so that their decimal sign matters; None = as in a case's table.
    """
    file = f"{name}.csv"
    delimiter = delimiter_of(text)
    records = _records(file, text, delimiter, problems)
    if not records:
        if not any(p.file == file for p in problems):
            problems.add(Problem(file, _("is empty: it needs a header row"), row=1))
        return None
    columns = _header(name, records[0], text, problems)
    if columns is None:
        return None
    rows: list[RawRow] = []
    astray: list[RawRow] = []
    nameless = False
    for number, record in enumerate(records[1:], start=2):
        cells = [meant(unprintable.lines(unprintable.stripped(cell))) for cell in record]
        if not any(cells):
            continue  # spreadsheets leave rows of nothing but commas
        if len(cells) != len(columns):
            if not (_may_be_title(columns) and astray):  # a title is one slip, whatever the number of rows
                problems.add(Problem(file, _why_uneven(len(cells), columns), row=number))
            known = {c: cell for c, cell in zip(columns, cells, strict=False) if c and cell}
            astray.append(RawRow(number, FrozenDict(known)))
            continue
        filled = {c: cell for c, cell in zip(columns, cells, strict=True) if cell}
        stray = filled.pop("", None)
        if stray is not None and not nameless:
            nameless = True  # once is enough: the whole column lacks its name
            said = (
                _("'{stray}' stands in a column without a name: is the first row a title?")
                if _may_be_title(columns)
                else _("'{stray}' stands in a column without a name")
            )
            problems.add(Problem(file, said.format(stray=stray), row=number, value=stray))
        rows.append(RawRow(number, FrozenDict(filled)))
    named = tuple(c for c in columns if c)
    if delimiter == ";":
        numbers = are_numbers or (TABLES[name].holds_numbers if name in TABLES else lambda _: False)
        rows = with_points(file, named, rows, numbers, problems)
    return RawTable(name, named, tuple(rows), tuple(astray))


def _may_be_title(columns: Sequence[str]) -> bool:
    """Whether a header names a single column: it may be a title over the table."""
    return sum(map(bool, columns)) == 1


def _why_uneven(cells: int, columns: Sequence[str]) -> str:
    """What is wrong with a row that has more or fewer cells than the header."""
    if _may_be_title(columns):
        message = counted(
            cells,
            "has {number} cell where the header has {columns}: is the first row a title?",
            "has {number} cells where the header has {columns}: is the first row a title?",
        )
    elif cells > len(columns):
        message = counted(
            cells,
            "has {number} cell where the header has {columns}: put a text with a comma in quotes",
            "has {number} cells where the header has {columns}: put a text with a comma in quotes",
        )
    else:
        message = counted(
            cells,
            "has {number} cell where the header has {columns}: is a cell missing?",
            "has {number} cells where the header has {columns}: is a cell missing?",
        )
    return message.format(number=cells, columns=len(columns))


def delimiter_of(text: str) -> str:
    """What stands between the cells of a table: the more frequent of comma and semicolon in its header."""
    header = text.split("\n", 1)[0]
    return ";" if header.count(";") > header.count(",") else ","


def _records(file: str, text: str, delimiter: str, problems: Problems) -> list[list[str]]:
    """The cells of each row, the header first."""
    records: list[list[str]] = []
    cells = 0
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            records.append(record)
            cells += len(record)
            if too_many := _too_many(len(records), len(record), cells):
                problems.add(Problem(file, too_many, row=len(records)))
                return []
    except csv.Error as error:
        row = len(records) + 1
        problems.add(
            Problem(file, _("cannot be read from here on ({error}): check the quotes").format(error=error), row=row)
        )
        return []
    while records and not any(unprintable.stripped(cell) for cell in records[-1]):
        records.pop()
    return records


def _too_many(rows: int, columns: int, cells: int) -> str:
    """Why a table is not read further; empty if it is."""
    for count, most, what in (
        (columns, MOST_COLUMNS, _("columns")),
        (rows, MOST_ROWS, _("rows")),
        (cells, MOST_CELLS, _("cells")),
    ):
        if count > most:
            return _("has more than {most:,} {what}: delete what lies beyond the table, also empty rows and columns").format(
                most=most, what=what
            )
    return ""


def _header(table: str, record: list[str], text: str, problems: Problems) -> tuple[str, ...] | None:
    file = f"{table}.csv"
    columns = tuple(meant(unprintable.stripped(cell)) for cell in record)
    if table in TABLES:
        columns = with_names(columns, TABLES[table].columns)
    if not any(columns):
        problems.add(Problem(file, _("needs a header in row 1"), row=1))
        return None
    if len(columns) == 1 and "\t" in text.split("\n", 1)[0]:
        problems.add(Problem(file, _("has tabs between its cells: save it with commas or semicolons"), row=1))
        return None
    if len(columns) == 1 and (wide := next((sign for sign in FULL_WIDTH_COMMAS if sign in columns[0]), None)):
        message = _("has full-width signs ({sign}) between its cells: save it with commas or semicolons (, ;)")
        problems.add(Problem(file, message.format(sign=wide), row=1, value=columns[0]))
        return None
    named = [c for c in columns if c]
    twice = sorted({c for c in named if named.count(c) > 1})
    for column in twice:
        problems.add(Problem(file, _("stands twice in the header"), row=1, column=column, value=column))
    return None if twice else columns


FREE = ("note",)  # columns that any such table may carry, for people only


def read_handmade(
    file: Path,
    needed: Sequence[str],
    allowed: Sequence[str] | None,
    are_numbers: Callable[[str], bool],
    tell: Callable[[str], object],
) -> RawTable:
    """Read a CSV file that must have some columns.

    Parameters
    ----------
    file
        The file, as spreadsheets save it.
    needed
        Columns that must be there.
    allowed
        Further columns that may be there, beside `note`; None = any.
    are_numbers
        Whether the cells of a column are numbers, so that their decimal sign matters.
    tell
        Takes what should be known of how the file was read.

    Raises
    ------
    planner.case.problems.CaseInvalid
        With everything that is wrong with the file as a table.
    """
    problems = Problems()
    try:
        found = decoded(file.read_bytes())
    except UnicodeDecodeError:
        message = _("is not UTF-8, nor for certain GB18030: save it as 'CSV UTF-8'")
        raise CaseInvalid(file.name, (Problem(file.name, message),)) from None
    if found.note:
        tell(_("{file} {note}").format(file=file.name, note=found.note))
    table = read_table(file.stem, found.text, problems, are_numbers)
    if table is not None:
        for name in needed:
            if name not in table.columns:
                problems.add(
                    Problem(
                        file.name,
                        _("has no column {name}; it needs {needed}").format(name=name, needed=listed(needed)),
                        row=1,
                    )
                )
        known = list(dict.fromkeys((*needed, *(allowed or ()), *FREE)))
        for name in table.columns if allowed is not None else ():
            if name not in known:
                message = _("'{name}' is not a column of this table ({known}).{hint}").format(
                    name=name, known=listed(known), hint=did_you_mean(name, known)
                )
                problems.add(Problem(file.name, message, row=1, column=name))
    named = Problems()
    named.extend(replace(problem, file=file.name) for problem in problems)
    named.raise_if_any(file.name)
    assert table is not None  # else there was a problem
    return table
