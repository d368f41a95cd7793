"""planner export: a plan's tables as files for a spreadsheet, or a plan or a case as one Excel workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.terminal import common
from planner.terminal.common import CannotDo, WrongUse
from planner.words.said import _


def export(
    what: Annotated[Path, typer.Argument(metavar="PLAN", help="Folder of the plan, or of a case.", show_default=False)],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Folder for a plan's tables as CSV files.", show_default="not written"),
    ] = None,
    workbook: Annotated[
        Path | None,
        typer.Option(
            "--xlsx",
            metavar="FILE",
            help="One Excel workbook: of a plan all tables with charts, of a case to edit.",
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
    if output is None and workbook is None:
        raise WrongUse(_("say where to: -o FOLDER for CSV files, --xlsx FILE for a workbook, or both"))
    if workbook is not None and workbook.suffix.lower() != common.WORKBOOK:
        raise WrongUse(_("{workbook} must end with {ending}").format(workbook=workbook, ending=common.WORKBOOK))
    if (what / "case.yaml").is_file():
        _export_case(what, output, workbook)
    else:
        _export_plan(what, output, workbook, replace)


def _export_plan(plan: Path, output: Path | None, workbook: Path | None, replace: bool) -> None:
    from planner.documents.goals import status_words
    from planner.documents.tables import write_tables
    from planner.files.onefile import check_place

    found = common.read_plan(plan)
    if not found.has_decisions:
        raise CannotDo(_("there is no plan to export: {found}").format(found=status_words(found)))
    common.warn_if_edited(found)
    if workbook is not None:
        check_place(workbook.resolve(), replace, _("a workbook"))
    if output is not None:
        for file in write_tables(found, output, replace=replace):
            common.echo(str(output / file))
    if workbook is not None:
        from planner.documents.briefing.book import write_report
        from planner.documents.briefing.worth import Answers

        write_report(found, workbook, Answers(why_not=_("an export asks nothing: planner report does")), replace)
        common.echo(str(workbook))


def _export_case(case: Path, output: Path | None, workbook: Path | None) -> None:
    from planner.case.workbook_writing import holds_remarks, write_workbook

    if output is not None or workbook is None:
        raise WrongUse(
            _("{case} is a case, whose tables are CSV files already: --xlsx FILE makes a workbook of it").format(case=case)
        )
    try:
        found = common.read_case(case, None)
        write_workbook(found, workbook)
    except FileExistsError:
        raise WrongUse(
            _("{workbook} exists already, and a case is never replaced; choose another name").format(workbook=workbook)
        ) from None
    common.echo(str(workbook))
    if holds_remarks(found):
        common.tell(_("The remarks of case.yaml (behind #) are not in the workbook: keep the folder if you need them."))
