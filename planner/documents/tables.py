"""A plan's tables as people read them: names in place of ids, labels of periods, units in the headings; and as CSV files.

Files keep the ids.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

import pandas as pd

from planner.case import Case, naming
from planner.documents import vocabulary
from planner.documents.blocks import Format, Table, of_figures
from planner.documents.priced import IN_FORCE
from planner.files import folders
from planner.plans import store
from planner.plans.plan import Plan
from planner.plans.tables import MONEY, SHARE, TABLES, Column, heading, leading_keys
from planner.words.said import Named, _, series, told_in

PERIODS = ("period", "start_period", "arrives")
MEASURES = ("measure", "partner", "policy")
WORDS = ("kind", "level", "decided", "part", *PERIODS)  # columns whose cells are words of the product
CALLED: Mapping[str, Callable[[Case, str], str]] = {
    "indicator": naming.indicator, "service": naming.service, "line": naming.line, "airshed": naming.airshed,
    "chain": naming.chain, "city": naming.city, "jurisdiction": naming.jurisdiction,
}  # fmt: skip
ROUNDING = 1e-12  # in any unit: smaller figures are what sums left
HEAD = 11  # characters of a heading before it breaks
FORMAT_OF_UNIT: Mapping[str, Format] = {
    MONEY: "figure", f"{MONEY}, whole horizon": "figure", f"{MONEY}, of the period": "figure", SHARE: "fine",
    "heads": "whole", "minutes": "figure", "person-equivalents": "whole",
}  # fmt: skip


def named_frame(plan: Plan, table: str) -> pd.DataFrame:
    """A copy of one of the plan's tables with names, labels and words in its cells.

    Measures are named where they are not named in a column of their own.
    """
    case, frame = plan.case, _swept(plan.table(table))
    periods = {p.id: p.label for p in case.periods}
    has_names = "name" in frame
    if has_names:
        frame["name"] = _texts(frame["measure"], lambda a: naming.name_of(case.measures[a]))
    for column in frame.columns:
        if column in PERIODS:
            frame[column] = _texts(frame[column], lambda cell: periods.get(cell) or vocabulary.cell(cell))
        elif column in WORDS:
            frame[column] = _texts(frame[column], vocabulary.cell)
        elif column in MEASURES and not has_names:
            frame[column] = _texts(frame[column], lambda a: naming.name_of(case.measures[a]) if a else IN_FORCE)
        elif column in ("from", "to"):
            frame[column] = _texts(frame[column], partial(naming.line if table == "transfers" else naming.city, case))
        elif column in CALLED:
            frame[column] = _texts(frame[column], partial(_several, case, CALLED[column]))
        elif column == "what":
            frame[column] = _texts(frame[column], partial(_moved, case))
        elif column == "unit" and "indicator" in frame:
            frame[column] = _texts(plan.tables[table]["indicator"], lambda x: _unit_of(case, plan, x))
        elif column == "via":
            frame[column] = _texts(frame[column], lambda cell: _way(case, cell))
    return frame


def _moved(case: Case, what: str) -> str:
    """People, jobs, or a service of which capacity moves."""
    return vocabulary.cell(what) if what in vocabulary.MOVED else naming.service(case, what)


def _texts(cells: pd.Series, called: Callable[[str], str]) -> pd.Series:
    """Cells that know their other languages; a column of plain texts would forget them."""
    known = {cell: called(cell) for cell in dict.fromkeys(cells.tolist())}
    return pd.Series([known[cell] for cell in cells.tolist()], index=cells.index, dtype=object)


def _several(case: Case, called: Callable[[Case, str], str], cell: str) -> str:
    """The names of what a cell holds, with ';' between."""
    return series([called(case, id_) for id_ in cell.split(";") if id_], "; ")


def _unit_of(case: Case, plan: Plan, indicator: str) -> str:
    """The unit of an indicator as its table has it in English, and as people say it in other languages."""
    from planner.documents.changes import unit_of

    table = plan.tables["indicators"]
    english = next(u for x, u in zip(table["indicator"], table["unit"], strict=True) if x == indicator)
    return Named(english, {"zh": told_in("zh", unit_of(case, indicator))})


def _way(case: Case, via: str) -> str:
    """A way as city (mode) city, with the names of both."""
    said = [
        _("({mode})").format(mode=naming.mode(case, part)) if n % 2 else naming.city(case, part)
        for n, part in enumerate(via.split(";"))
    ]
    return series(said, " ")


def titled(case: Case, table: str, column: str) -> str:
    """A column of a plan's table as words, with its unit."""
    said, unit = _column(table, column), _unit(case, table, column)
    return vocabulary.with_unit(said, unit) if unit else said


def _column(table: str, column: str) -> str:
    """A column as words; where measures have a column with their names, the other has their ids."""
    return _("measure id") if column == "measure" and "name" in TABLES[table] else vocabulary.column(column)


def _unit(case: Case, table: str, column: str) -> str:
    of = TABLES[table][column].unit
    return series([case.money.unit if part == MONEY else vocabulary.unit(part) for part in _parts(of)]) if of else ""


def _parts(unit: str) -> list[str]:
    return [unit] if unit in vocabulary.UNITS else unit.split(", ")


def whole(plan: Plan, name: str) -> Table:
    """One of a plan's tables with all rows: names in the cells, figures as they are, units in the headings."""
    frame, columns = named_frame(plan, name), TABLES[name]
    heads = [_head(_column(name, column), _unit(plan.case, name, column)) for column in frame.columns]
    formats = [_format(columns[column]) for column in frame.columns]
    return of_frame(frame, heads, formats, leading_keys(name))


def of_frame(frame: pd.DataFrame, heads: Sequence[str], formats: Sequence[Format] | None = None, keys: int = 1) -> Table:
    """A data frame as a table; by default text columns are texts, and figures are shown as they are."""
    usual: list[Format] = [
        "exact" if pd.api.types.is_numeric_dtype(frame[column]) else "text" for column in frame.columns
    ]  # fmt: skip
    rows = zip(*(frame[column].tolist() for column in frame.columns), strict=True)
    return of_figures(heads, rows, usual if formats is None else formats, keys)


def _format(column: Column) -> Format:
    if column.type is not float:
        return "text" if column.type is str else "year"
    return FORMAT_OF_UNIT.get(column.unit, "exact")


def _head(column: str, unit: str) -> str:
    """A heading whose unit, if it has one, stands in lines below it."""
    if not unit:
        return column
    return Named(_below(column, f"({unit})"), {"zh": _below(told_in("zh", column), f"（{told_in('zh', unit)}）")})


def _below(column: str, unit: str) -> str:
    return "\n".join([column, *textwrap.wrap(unit, max(len(column), HEAD), break_long_words=False)])


def write_tables(plan: Plan, folder: Path | str, replace: bool = False) -> tuple[str, ...]:
    """Write each table of a plan as a CSV file (UTF-8 with the mark that spreadsheets look for), units in the headings.

    Parameters
    ----------
    plan
        The plan; it must have decisions.
    folder
        A folder of its own, which is made, whole or not at all.
    replace
        Whether tables exported before may be replaced; a folder that holds anything else never is.

    Returns
    -------
    Names of the files.

    Raises
    ------
    planner.files.folders.FolderTaken
        The folder exists and may not be replaced.
    """

    found = (
        (name, table.rename(columns={column: heading(plan.case, name, column) for column in table.columns}))
        for name, table in plan.tables.items()
    )
    write_files(found, folder, replace, TABLES, _("an export of tables"))
    return tuple(f"{name}.csv" for name in plan.tables)


def _swept(table: pd.DataFrame) -> pd.DataFrame:
    """A table in which what sums leave of rounding is nothing: no figure that anybody reads is so small."""
    swept = table.copy()
    for name in table.select_dtypes("float"):
        swept[name] = table[name].mask(table[name].abs() < ROUNDING, 0.0)
    return swept


def write_files(
    tables: Iterable[tuple[str, pd.DataFrame]], folder: Path | str, replace: bool, known: Container[str], what: str
) -> Path:
    """Write tables as CSV files (UTF-8 with the mark that spreadsheets look for) into a folder of their own.

    Parameters
    ----------
    tables
        Name and content of each; asked for once the place is known to be free.
    replace
        Whether a folder may be replaced that holds tables of known names and nothing else.
    known
        Those names.
    what
        What the folder holds, for messages.

    Raises
    ------
    planner.files.folders.FolderTaken
        The folder exists and may not be replaced.
    """

    def fill(fresh: Path) -> None:
        for name, table in tables:
            store.write_table(_swept(table), fresh / f"{name}.csv", encoding="utf-8-sig")

    def holds_only_them(there: Path) -> bool:
        return all(file.suffix == ".csv" and file.stem in known for file in there.iterdir())

    return folders.write_folder(Path(folder), fill, holds_only_them if replace else None, what)
