"""planner export: a plan's tables as files for a spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.cli import common
from planner.cli.common import CannotDo


def export(
    plan: common.PlanArgument,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the tables.", show_default=False)],
    replace: common.ReplaceOption = False,
) -> None:
    """Write a plan's tables as CSV files that spreadsheets open as they are (UTF-8, marked as such).

    Headings carry their units: capital (bn CNY). The files in the plan's own folder have the bare names.

    \b
    Example:
      planner export plans/jing-jin-ji--base -o tables
    """
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
