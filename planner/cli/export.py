"""planner export: a plan's tables as files for a spreadsheet, or a case as one Excel workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.cli import common
from planner.cli.common import CannotDo, WrongUse


def export(
    what: Annotated[Path, typer.Argument(metavar="PLAN", help="Folder of the plan, or of a case.", show_default=False)],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder for the plan's tables.", show_default=False)
    ] = None,
    xlsx: Annotated[
        Path | None, typer.Option("--xlsx", metavar="FILE", help="Excel workbook to make of a case.", show_default=False)
    ] = None,
    replace: common.ReplaceOption = False,
) -> None:
    """Write a plan's tables as CSV files that spreadsheets open as they are (UTF-8, marked as such).

    Headings carry their units: capital (bn CNY). The files in the plan's own folder have the bare names. With --xlsx, a
    case becomes one Excel workbook to edit, with drop-downs, limits and units; every command takes it in place of a folder.

    \b
    Example:
      planner export plans/jing-jin-ji--base -o tables
      planner export cases/jing-jin-ji --xlsx mycase.xlsx
    """
    if (output is None) == (xlsx is None):
        raise WrongUse("say where to: -o FOLDER for a plan's tables, or --xlsx FILE for a workbook")
    if output is not None:
        _write_tables(what, output, replace)
    elif xlsx is not None:
        _write_workbook(what, xlsx)


def _write_tables(plan: Path, output: Path, replace: bool) -> None:
    from planner.reporting.export import write_tables
    from planner.reporting.goals import status_words

    found = common.read_plan(plan)
    if not found.has_decisions:
        raise CannotDo(f"there is no plan to export: {status_words(found)}")
    if found.audit == "changed":
        common.tell(f"warning: {common.CHANGED}")
    files = write_tables(found, output, replace=replace)
    for file in files:
        typer.echo(str(output / file))


def _write_workbook(case: Path, file: Path) -> None:
    from planner.case.workbook_writing import write_workbook

    if file.suffix.lower() != common.WORKBOOK:
        raise WrongUse(f"{file} must end with {common.WORKBOOK}")
    try:
        write_workbook(common.read_case(case, None), file)
    except FileExistsError:
        raise WrongUse(f"{file} exists already, and a case is never replaced; choose another name") from None
    typer.echo(str(file))
