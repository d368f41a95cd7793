"""planner scorecard: where a cluster stands, today, without a plan and with it, beside other clusters."""

from __future__ import annotations

import sys
from dataclasses import replace as changed
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.cli.written import Format, FormatOption, OutputOption, format_of, names_of
from planner.questions.offering import Offered
from planner.terminal import common, named
from planner.terminal.common import CannotDo
from planner.words.said import _

if TYPE_CHECKING:
    from planner.documents.scored import Scored
    from planner.plans.plan import Plan

PlacesArgument = Annotated[
    list[Path],
    typer.Argument(metavar="CASE|PLAN", help="Folders of cases or plans, one or more.", show_default=False),
]


@Offered(
    _("Where does the cluster stand, beside others?"),
    _("Infrastructure, industry, social, mechanisms and outcomes, today, without the plan and with it. Answered at once."),
    at_once=True,
).of
def scorecard(
    places: PlacesArgument,
    benchmarks: Annotated[
        bool, typer.Option("--benchmarks", help="Other clusters beside them: those of the case, or those that come with it.")
    ] = False,
    output: OutputOption = None,
    written_as: FormatOption = None,
    replace: common.ReplaceOption = False,
    as_json: common.JsonOption = False,
) -> None:
    """Say where clusters stand: infrastructure, industry, social, mechanisms and outcomes, and an index of five parts.

    Each figure is of today, and of the end of the horizon without the plan and with it; of a case there is no plan. What a
    case does not know is said, with the fact that it would have to state in facts.csv. With several clusters a figure has a
    column for each; a figure stands in one row only where it has the same name, standard and unit.

    \b
    Example:
      planner scorecard cases/jing-jin-ji/plan --benchmarks
      planner scorecard cases/*/plan -o clusters.html
    """
    from planner.documents.scored import text

    chosen = format_of(output, written_as, as_json)
    found = _scored(places, benchmarks)
    if output is not None:
        _write(found, output, chosen, replace)
    if as_json or (chosen is Format.JSON and output is None):
        common.print_json("scorecard", {"output": output and str(output), **_content(found)})
    elif output is None:
        common.echo(text(found, bold=common.colour(sys.stdout)))
    else:
        common.echo(_("Written to {folder}.").format(folder=output))


def plan_of(place: Path) -> tuple[Plan, bool]:
    """The plan at a place, or one of its case that starts nothing; and whether it is somebody's plan.

    Raises
    ------
    planner.terminal.common.CannotDo
        The plan holds no decisions.
    """
    if named.is_plan(place) or (place / "plan.json").is_file():
        plan = common.read_plan(place)
        if not plan.has_decisions:
            raise CannotDo(_("{plan} holds no decisions: there is nothing to score").format(plan=str(place)))
        common.warn_if_edited(plan)
        return plan, True
    from planner.planning.handmade import evaluate

    case = common.read_case(place, None)
    return evaluate(changed(case, nobody_worse_off=False), {}), False


def _scored(places: list[Path], benchmarks: bool) -> Scored:
    from planner.documents.scored import Scored
    from planner.scorecard import scorecard
    from planner.scorecard.benchmarks import beside

    cards = tuple(scorecard(*plan_of(place)) for place in places)
    shown = {id_ for card in cards for id_ in card.entries}
    others = tuple(beside([card.plan.case for card in cards], shown)) if benchmarks else ()
    return Scored(tuple(names_of(places)), cards, others)


def _content(found: Scored) -> dict[str, Any]:
    from planner.documents.scored import as_json

    return as_json(found)


def _write(found: Scored, output: Path, chosen: Format, replace: bool) -> None:
    """Write it, whole or not at all."""
    import json

    from planner.documents.scored import page, text
    from planner.documents.scored_tables import write_excel, write_tables
    from planner.files.onefile import write_text

    if chosen is Format.EXCEL:
        write_excel(found, output, replace)
    elif chosen is Format.CSV:
        write_tables(found, output, replace)
    elif chosen is Format.HTML:
        write_text(output, page(found), replace=replace, what=_("a page"))
    else:
        content = {"schema": "planner.scorecard/1", **_content(found)}
        said = text(found) if chosen is Format.TEXT else json.dumps(content, indent=2, allow_nan=False)
        write_text(output, f"{said}\n", replace=replace, what=_("a scorecard"))
