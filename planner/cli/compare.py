"""planner compare: plans side by side."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.cli.written import Format, FormatOption, OutputOption, format_of, names_of
from planner.terminal import common
from planner.terminal.common import CannotDo, WrongUse
from planner.words.said import _, said_by, series

if TYPE_CHECKING:
    from planner.comparing import Comparison


def compare(
    plans: Annotated[list[Path], typer.Argument(metavar="PLAN", help="Folders of two plans or more.", show_default=False)],
    output: OutputOption = None,
    written_as: FormatOption = None,
    replace: common.ReplaceOption = False,
    as_json: common.JsonOption = False,
) -> None:
    """Set plans side by side: inputs, headline figures, decisions, gaps and money, and which plan is better.

    The plans may be of one case, of its scenarios, of different cases, or made by hand (planner evaluate). Goals are set
    side by side only where they measure the same: the same goals, people, standards and prices. What a plan does not have
    is left empty, and said. Of a plan and itself, or its copy, only that is said: nothing differs.

    \b
    Example:
      planner compare plans/jing-jin-ji--base plans/jing-jin-ji--tight-money
      planner compare plans/mine plans/jing-jin-ji--base -o diff.xlsx
    """
    from planner.comparing import PlanChanged, compare

    chosen = format_of(output, written_as, as_json)
    names = names_of(plans)
    if len(plans) < 2:
        raise WrongUse(_("two plans or more are needed to compare"))
    try:
        found = compare([common.read_plan(folder) for folder in plans], names=names)
    except PlanChanged as changed:
        raise CannotDo(said_by(changed)) from None
    if output is not None:
        _write(found, plans, output, chosen, replace)
    _print(found, plans, output, as_json or (output is None and chosen is Format.JSON))


def _write(found: Comparison, plans: list[Path], output: Path, chosen: Format, replace: bool) -> None:
    """Write a comparison, whole or not at all."""
    import json

    from planner.documents.compared.document import page, text
    from planner.documents.compared.tables import write_excel, write_tables
    from planner.files.onefile import write_text

    if chosen is Format.EXCEL:
        write_excel(found, output, replace)
    elif chosen is Format.HTML:
        write_text(output, page(found), replace=replace, what=_("a page"))
    elif chosen is Format.CSV:
        write_tables(found, output, replace)
    else:
        content = {"schema": "planner.compare/1", **_content(found, plans)}
        said = text(found) if chosen is Format.TEXT else json.dumps(content, indent=2, allow_nan=False)
        write_text(output, f"{said}\n", replace=replace, what=_("a comparison of plans"))


def _print(found: Comparison, plans: list[Path], output: Path | None, as_json: bool) -> None:
    """All of it; or, where it is written, which plan is better and where the rest is."""
    from planner.comparing import are_one
    from planner.documents.compared.document import text

    if as_json:
        common.print_json("compare", {"output": output and str(output), **_content(found, plans)})
        return
    if are_one(found.plans):
        names = series(tuple(dict.fromkeys(map(str, plans))), ", ", " and ")
        one = len(set(plans)) == 1
        said = _("{plan} is compared with itself: nothing differs.") if one else _("{plan} are one plan: nothing differs.")
        common.echo(said.format(plan=names))
    else:
        common.echo(text(found, bold=common.colour(sys.stdout), brief=output is not None))
    if output is not None:
        common.echo(_("\nWritten to {folder}.").format(folder=output))


def _content(found: Comparison, folders: list[Path]) -> dict[str, Any]:
    """A comparison as JSON has it."""
    from planner.documents import runs

    plans = [
        {"name": name, "folder": str(folder), **runs.as_json(plan)}
        for name, folder, plan in zip(found.names, folders, found.plans, strict=True)
    ]
    return {
        "plans": plans,
        "relations": [asdict(related) for related in found.relations],
        "notes": list(found.notes),
        "tables": {name: common.rows_of(table) for name, table in found.tables.items()},
    }
