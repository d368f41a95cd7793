"""Plans side by side as tables: an Excel workbook with names and units, or a folder of CSV files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from planner.case import Case, naming
from planner.documents.compared.sections import better, cases_of, figure_name, title
from planner.documents.sheets import Chart, Format, Sheet, Table, of_frame, write_workbook
from planner.files import folders
from planner.plans import store
from planner.plans.tables import heading
from planner.words import phrases

if TYPE_CHECKING:
    from planner.comparing import Comparison

SHEETS: Mapping[str, str] = {  # table -> name of its sheet, in their order
    "plans": "Plans",
    "relations": "Which is better",
    "inputs": "Inputs",
    "figures": "Figures",
    "goals": "Goals",
    "decisions": "Decisions",
    "starts": "Units started",
    "costs": "Costs",
    "city_gaps": "Gaps by city",
    "gaps": "Gaps",
    "levels": "Levels",
    "jurisdictions": "Jurisdictions",
    "money": "Money",
}
CALLED: Mapping[str, Callable[[Case, str, bool], str]] = {  # columns of ids that are no city's and no measure's
    "indicator": naming.indicator, "line": naming.line, "jurisdiction": naming.jurisdiction,
}  # fmt: skip
SHARES = frozenset({"gaps", "city_gaps"})
TEXTS = frozenset({"plans", "relations", "inputs", "decisions"})
DRAWN_MOST = 40  # cities of a chart
UNITS_OF = {"jurisdictions": "jurisdictions", "money": "money", "costs": "decisions"}  # the plans' tables that say them


def write_tables(found: Comparison, folder: Path | str, replace: bool = False) -> Path:
    """Write each table of a comparison as a CSV file (UTF-8 with the mark that spreadsheets look for).

    Raises
    ------
    planner.files.folders.FolderTaken
        The folder exists and may not be replaced; one that holds anything else never is.
    """

    def fill(fresh: Path) -> None:
        for name, table in found.tables.items():
            store.write_table(table, fresh / f"{name}.csv", encoding="utf-8-sig")

    return folders.write_folder(Path(folder), fill, _holds_only_tables if replace else None, "a comparison of plans")


def _holds_only_tables(folder: Path) -> bool:
    return all(file.suffix == ".csv" and file.stem in SHEETS for file in folder.iterdir())


def write_excel(found: Comparison, file: Path | str, replace: bool = False) -> Path:
    """Write a comparison as an Excel workbook, a sheet a table; cities and periods have their names there.

    Raises
    ------
    planner.files.folders.FolderTaken
        The place is taken.
    """
    return write_workbook(workbook(found), file, title=title(found), replace=replace)


def workbook(found: Comparison) -> list[Sheet]:
    """The sheets, first those that people read first."""
    sheets = []
    for name, label in SHEETS.items():
        table = _titled(found, name)
        if name == "plans":
            said = tuple(part for part in better(found) if isinstance(part, str))
            sheets.append(Sheet(label, (table,), notes=(*said, *found.notes)))
        elif len(table.rows):
            sheets.append(Sheet(label, (table,)))
    return sheets


def _titled(found: Comparison, name: str) -> Table:
    """A table as its sheet has it: names for ids, units in the headings, of two plans also the difference."""
    frame = _named(found, name)
    headings = {column: phrases.spaced(column) for column in frame.columns if column not in found.names}
    formats: dict[str, Format] = {}
    if name not in TEXTS:
        if len(found.names) == 2:
            frame["difference"] = frame[found.names[1]] - frame[found.names[0]]
        for column in (*found.names, "difference"):
            headings[column] = f"{column}, share 0-1" if name in SHARES else column
            formats[column] = "share" if name in SHARES else "figure"
    charts = _charts(found, frame, headings) if name == "city_gaps" else ()
    return of_frame(f"{SHEETS[name]}: {', '.join(found.names)}", frame, headings, formats, charts=charts)


def _named(found: Comparison, name: str) -> pd.DataFrame:
    """A table with the names of things and the labels of periods in place of ids."""
    frame = found.table(name)
    cases = [plan.case for plan in reversed(found.plans)]
    cities = {i: city.name for case in cases for i, city in case.cities.items()} | {"": "all cities"}
    periods = {p.id: p.label for case in cases for p in case.periods}
    measures = {a: measure.name for case in cases for a, measure in case.measures.items()}
    if name == "city_gaps":  # a period's cities below one another, as its chart draws them
        frame = frame.sort_values("period", kind="stable", ignore_index=True)
    if name == "decisions":
        for plan in found.names:
            frame[plan] = [_with_labels(cell, periods) for cell in frame[plan]]
    for column in frame.columns.intersection(["period", "start_period"]):
        frame[column] = [periods.get(cell, cell) for cell in frame[column]]
    if "city" in frame and name != "decisions":
        frame["city"] = [cities.get(cell, cell) for cell in frame["city"]]
    for column, called in CALLED.items():
        if column in frame:
            frame[column] = [naming.in_any(called, cases_of(found), cell) for cell in frame[column]]
    if name == "decisions":
        frame["city"] = ["; ".join(cities.get(i, i) for i in cell.split(";") if i) for cell in frame["city"]]
    if name in ("starts", "costs"):
        frame.insert(1, "name", [measures[cell] for cell in frame["measure"]])
    if name in UNITS_OF:
        frame["figure"] = [heading(found.plans[0].case, UNITS_OF[name], cell) for cell in frame["figure"]]
    if name == "figures":
        frame["figure"] = [figure_name(found, cell) for cell in frame["figure"]]
        share = frame["unit"].str.startswith("share")
        frame.loc[share, list(found.names)] *= 100
        frame.loc[share, "unit"] = "%"
    return frame


def _with_labels(cell: str, periods: Mapping[str, str]) -> str:
    """What starts when, with the labels of periods: 2026-2030: 2; 2031-2035: 1."""
    parts = [part.partition(":") for part in cell.split("; ")]
    return "; ".join(periods.get(period, period) + colon + units for period, colon, units in parts)


def _charts(found: Comparison, frame: pd.DataFrame, headings: Mapping[str, str]) -> tuple[Chart, ...]:
    """Bars of each city's mean gap in the last period that all plans have."""
    if found.period is None or frame.empty:
        return ()
    label = next(p.label for p in found.plans[0].case.periods if p.id == found.period)
    rows = [n for n, period in enumerate(frame["period"]) if period == label]
    if not rows:
        return ()
    last = min(rows[-1], rows[0] + DRAWN_MOST - 1)
    values = tuple(headings[name] for name in found.names)
    return (Chart(f"Mean gap in {label}", "city", values, "share, 0-1", first=rows[0], last=last),)
