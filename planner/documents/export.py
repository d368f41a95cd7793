"""A plan's tables as CSV files for a spreadsheet."""

from __future__ import annotations

from pathlib import Path

from planner.files import folders
from planner.plans import store
from planner.plans.plan import Plan
from planner.plans.tables import TABLES, heading


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

    def fill(fresh: Path) -> None:
        for name, table in plan.tables.items():
            titled = table.rename(columns={column: heading(plan.case, name, column) for column in table.columns})
            store.write_table(titled, fresh / f"{name}.csv", encoding="utf-8-sig")

    folders.write_folder(Path(folder), fill, _holds_only_tables if replace else None, "an export of tables")
    return tuple(f"{name}.csv" for name in plan.tables)


def _holds_only_tables(folder: Path) -> bool:
    return all(file.suffix == ".csv" and file.stem in TABLES for file in folder.iterdir())
