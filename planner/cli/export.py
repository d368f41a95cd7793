"""planner export: a plan's tables as files for a spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.cli import common


def export(
    plan: common.PlanArgument,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the tables.", show_default=False)],
    replace: common.ReplaceOption = False,
) -> None:
    """Write a plan's tables as CSV files that spreadsheets open as they are (UTF-8, marked as such).

    \b
    Example:
      planner export plans/jing-jin-ji--base -o tables
    """
    from planner.reporting.export import write_tables

    files = write_tables(common.read_plan(plan), output, replace=replace)
    for file in files:
        typer.echo(str(output / file))
