"""planner export: a plan's tables as files for a spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.cli import common
from planner.cli.common import CannotDo, WrongUse


def export(
    plan: common.PlanArgument,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder for the tables as CSV files.", show_default="not written")
    ] = None,
    workbook: Annotated[
        Path | None,
        typer.Option(
            "--xlsx", metavar="FILE", help="Excel workbook for all tables, with charts.", show_default="not written"
        ),
    ] = None,
    replace: common.ReplaceOption = False,
) -> None:
    """Write a plan's tables as CSV files that spreadsheets open as they are (UTF-8, marked as such), or as one workbook.

    Headings carry their units: capital (bn CNY). The files in the plan's own folder have the bare names.

    \b
    Example:
      planner export plans/jing-jin-ji--base -o tables
      planner export plans/jing-jin-ji--base --xlsx plan.xlsx
    """
    from planner.reporting.export import write_tables
    from planner.reporting.files import check_place
    from planner.reporting.goals import status_words

    if output is None and workbook is None:
        raise WrongUse("say where to: -o FOLDER for CSV files, --xlsx FILE for a workbook, or both")
    found = common.read_plan(plan)
    if not found.has_decisions:
        raise CannotDo(f"there is no plan to export: {status_words(found)}")
    if found.audit == "changed":
        common.tell(f"warning: {common.CHANGED}")
    if workbook is not None:
        check_place(workbook.resolve(), replace, "a workbook")
    if output is not None:
        for file in write_tables(found, output, replace=replace):
            typer.echo(str(output / file))
    if workbook is not None:
        from planner.reporting.briefing.answers import Answers
        from planner.reporting.briefing.book import write_report

        write_report(found, workbook, Answers(why_not="an export asks nothing: planner report does"), replace)
        typer.echo(str(workbook))
