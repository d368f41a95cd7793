"""planner export: a plan's tables as files for a spreadsheet or as one workbook, or a case as one Excel workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.cli import common
from planner.cli.common import CannotDo, WrongUse


def export(
    what: Annotated[Path, typer.Argument(metavar="PLAN", help="Folder of the plan, or of a case.", show_default=False)],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Folder for the plan's tables as CSV files.", show_default="not written"),
    ] = None,
    xlsx: Annotated[
        Path | None,
        typer.Option(
            "--xlsx",
            metavar="FILE",
            help="Excel workbook: of a plan all tables, with charts; of a case all of it, to edit.",
            show_default="not written",
        ),
    ] = None,
    replace: common.ReplaceOption = False,
) -> None:
    """Write a plan's tables as CSV files that spreadsheets open as they are (UTF-8, marked as such), or as one workbook.

    Headings carry their units: capital (bn CNY). The files in the plan's own folder have the bare names. With --xlsx, a
    case becomes one Excel workbook to edit, with drop-downs, limits and units; every command takes it in place of a folder.

    \b
    Example:
      planner export plans/jing-jin-ji--base -o tables
      planner export plans/jing-jin-ji--base --xlsx plan.xlsx
      planner export cases/jing-jin-ji --xlsx mycase.xlsx
    """
    if output is None and xlsx is None:
        raise WrongUse("say where to: -o FOLDER for a plan's tables, --xlsx FILE for a workbook, or both")
    if xlsx is not None and xlsx.suffix.lower() != common.WORKBOOK:
        raise WrongUse(f"{xlsx} must end with {common.WORKBOOK}")
    if xlsx is not None and output is None and not _is_plan(what):
        _write_case(what, xlsx)
    else:
        _write_plan(what, output, xlsx, replace)


def _is_plan(what: Path) -> bool:
    from planner import folders, store

    found = folders.present(what.resolve())
    return found is not None and store.is_plan(found)


def _write_plan(plan: Path, output: Path | None, xlsx: Path | None, replace: bool) -> None:
    from planner.reporting.export import write_tables
    from planner.reporting.files import check_place
    from planner.reporting.goals import status_words

    found = common.read_plan(plan)
    if not found.has_decisions:
        raise CannotDo(f"there is no plan to export: {status_words(found)}")
    if found.audit == "changed":
        common.tell(f"warning: {common.CHANGED}")
    if xlsx is not None:
        check_place(xlsx.resolve(), replace, "a workbook")
    if output is not None:
        for file in write_tables(found, output, replace=replace):
            typer.echo(str(output / file))
    if xlsx is not None:
        from planner.reporting.briefing.answers import Answers
        from planner.reporting.briefing.book import write_report

        write_report(found, xlsx, Answers(why_not="an export asks nothing: planner report does"), replace)
        typer.echo(str(xlsx))


def _write_case(case: Path, file: Path) -> None:
    from planner.case.workbook_writing import write_workbook

    try:
        write_workbook(common.read_case(case, None), file)
    except FileExistsError:
        raise WrongUse(f"{file} exists already, and a case is never replaced; choose another name") from None
    typer.echo(str(file))
