"""Plans side by side as tables: an Excel workbook with names and units, or a folder of CSV files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from planner import folders, store
from planner.reporting.compared.sections import LABELS, better, title
from planner.reporting.sheets import Chart, Format, Sheet, Table, of_frame, write_workbook

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
SHARES = frozenset({"gaps", "city_gaps"})
TEXTS = frozenset({"plans", "relations", "inputs", "decisions"})
DRAWN_MOST = 40  # cities of a chart
MONEY_IN = "Amounts in {units}."


def write_tables(found: Comparison, folder: Path | str, replace: bool = False) -> Path:
    """Write each table of a comparison as a CSV file (UTF-8 with the mark that spreadsheets look for).

    Raises
    ------
    planner.folders.FolderTaken
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
    planner.folders.FolderTaken
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
    headings: dict[str, str] = {}
    formats: dict[str, Format] = {}
    if name not in TEXTS:
        if len(found.names) == 2:
            frame["difference"] = frame[found.names[1]] - frame[found.names[0]]
        for column in (*found.names, "difference"):
            headings[column] = f"{column}, share 0-1" if name in SHARES else column
            formats[column] = "share" if name in SHARES else "figure"
    notes = []
    if name in ("money", "costs"):
        units = dict.fromkeys(f"{p.case.money.unit}, prices of {p.case.money.prices}" for p in found.plans)
        notes.append(MONEY_IN.format(units=" / ".join(units)))
    charts = (_chart(found, frame, headings),) if name == "city_gaps" and len(frame) else ()
    return of_frame(f"{SHEETS[name]}: {', '.join(found.names)}", frame, headings, formats, notes, charts)


def _named(found: Comparison, name: str) -> pd.DataFrame:
    """A table with the names of cities and measures and the labels of periods in place of ids."""
    frame = found.table(name)
    cases = [plan.case for plan in reversed(found.plans)]
    cities = {i: city.name for case in cases for i, city in case.cities.items()} | {"": "all cities"}
    periods = {p.id: p.label for case in cases for p in case.periods}
    measures = {a: measure.name for case in cases for a, measure in case.measures.items()}
    for column in frame.columns.intersection(["period", "start_period"]):
        frame[column] = [periods.get(cell, cell) for cell in frame[column]]
    if "city" in frame and name != "decisions":
        frame["city"] = [cities.get(cell, cell) for cell in frame["city"]]
    if name == "decisions":
        frame["city"] = ["; ".join(cities.get(i, i) for i in cell.split(";") if i) for cell in frame["city"]]
    if name in ("starts", "costs"):
        frame.insert(1, "name", [measures[cell] for cell in frame["measure"]])
    if name == "figures":
        frame["figure"] = [LABELS.get(cell, cell) for cell in frame["figure"]]
    return frame


def _chart(found: Comparison, frame: pd.DataFrame, headings: Mapping[str, str]) -> Chart:
    """Bars of each city's mean gap in the last period that the table has last."""
    last = frame["period"].iloc[-1]
    frame.sort_values("period", kind="stable", inplace=True)
    rows = [n for n, period in enumerate(frame["period"]) if period == last]
    return Chart(
        f"Mean gap in {last}", "city", tuple(headings[name] for name in found.names), "share, 0-1",
        first=rows[0], last=min(rows[-1], rows[0] + DRAWN_MOST - 1),
    )  # fmt: skip
