"""planner sites: where an industry may go, by what the case knows of each city."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.scorecard import plan_of
from planner.terminal import common
from planner.terminal.common import WrongUse
from planner.words.said import _, said_by, series

if TYPE_CHECKING:
    from planner.case import Case


def sites(
    place: Annotated[Path, typer.Argument(metavar="CASE|PLAN", help="Folder of a case or a plan.", show_default=False)],
    industry: Annotated[str, typer.Option("--industry", help="An industry of the case, by id or name.", show_default=False)],
    weight: Annotated[
        list[str] | None,
        typer.Option("--weight", metavar="COLUMN=NUMBER", help="What a column counts in a score.", show_default="no score"),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Web page (.html) to write.", show_default="text is printed")
    ] = None,
    replace: common.ReplaceOption = False,
    as_json: common.JsonOption = False,
) -> None:
    """Rank cities for an industry: people and skills near, minutes to origins and partners, land, instruments, air.

    Each figure is shown without the plan and with it. Nothing is weighed unless you say so: cities stand in the order of the
    people within an hour, or of a score with your own weights. The columns are people, skilled, origin, partner, land, tax,
    instruments and air.

    \b
    Example:
      planner sites cases/jing-jin-ji/plan --industry biopharma
      planner sites cases/jing-jin-ji/plan --industry robotics --weight skilled=2 --weight origin=1
    """
    from planner.documents.sites import as_json as content
    from planner.documents.sites import page, text
    from planner.files.onefile import write_text
    from planner.scorecard.sites import sites

    weights = weights_of(weight or [])
    plan, has_plan = plan_of(place)
    found = sites(plan, industry_of(plan.case, industry), weights, has_plan)
    if output is not None:
        if output.suffix.lower() not in (".html", ".htm"):
            raise WrongUse(_("{output} does not end in .html").format(output=output))
        write_text(output, page(found), replace=replace, what=_("a page"))
    if as_json:
        common.print_json("sites", {"output": output and str(output), **content(found)})
    elif output is None:
        common.echo(text(found, bold=common.colour(sys.stdout)))
    else:
        common.echo(_("Written to {folder}.").format(folder=output))


def industry_of(case: Case, asked: str) -> str:
    """The industry that a text means.

    Raises
    ------
    planner.terminal.common.WrongUse
        The case has none of that name.
    """
    from planner.case import naming

    try:
        return naming.industry_id(case, asked)
    except ValueError as problem:
        raise WrongUse(said_by(problem)) from None


def weights_of(said: list[str]) -> dict[str, float]:
    """Column -> weight.

    Raises
    ------
    planner.terminal.common.WrongUse
        No such column, or no number above 0.
    """
    from planner.case.problems import did_you_mean
    from planner.case.values import as_number
    from planner.scorecard.sites import COLUMNS

    found: dict[str, float] = {}
    for text in said:
        column, _sign, number = (part.strip() for part in text.partition("="))
        if column not in COLUMNS:
            message = _("'{column}' is not a column to weigh ({known}).{hint}")
            raise WrongUse(message.format(column=column, known=series(COLUMNS), hint=did_you_mean(column, COLUMNS)))
        try:
            weight = as_number(number)
        except ValueError:
            weight = 0.0
        if weight <= 0:
            raise WrongUse(
                _("'{text}' states no weight: write {column}=2, a number above 0").format(text=text, column=column)
            )
        found[column] = weight
    return found
