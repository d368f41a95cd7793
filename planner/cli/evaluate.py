"""planner evaluate: every figure of a plan made by hand."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from planner.cli import common
from planner.cli.common import ExitCode, WrongUse, tell


def evaluate(
    case: common.CaseArgument,
    decisions: Annotated[
        Path,
        typer.Argument(
            metavar="DECISIONS", help="CSV file with the columns measure, start_period, units.", show_default=False
        ),
    ],
    scenario: common.ScenarioOption = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder for the plan.", show_default="not written")
    ] = None,
    replace: common.ReplaceOption = False,
    as_json: common.JsonOption = False,
) -> None:
    """Work out all figures of decisions made by hand, and which promises they break and by how much.

    The file has one row for each measure and start period (2030 or 2026-2030), and a column note if you like; the
    decisions.csv of a plan will do, changed or not, also as exported.

    Hard limits, so that the file is invalid (exit code 3): the periods in which a measure can start, its units in all
    and a period, whole units where it is not divisible, and halves that belong together. All else is a promise that may
    be broken (money, targets, rules, what a measure requires, no city loses): the figures are worked out all the same,
    with as little excess as possible, each broken promise is listed, and the exit code is 0.

    \b
    Example:
      planner evaluate cases/jing-jin-ji my-decisions.csv -o plans/mine
    """
    from planner import folders, store
    from planner.audit import audit
    from planner.cli.decisions import read_decisions
    from planner.evaluating import evaluate as work_out
    from planner.reporting import figures, text

    if not decisions.is_file():
        raise WrongUse(f"there is no file {decisions}")
    if output is not None:
        folders.try_place(output, store.is_plan if replace else None, "a plan")
    found = common.read_case(case, scenario)
    plan = work_out(found, read_decisions(decisions, found))
    report = audit(plan)
    plan = plan.with_audit("passed" if report.passed else "failed")
    if output is not None:
        store.write_plan(plan, output, replace=replace)
    violations = [str(v) for v in report.violations]
    if as_json:
        content = {"plan": None if output is None else str(output), **store.about(plan), "violations": violations}
        common.print_json("evaluate", {**content, "totals": figures.totals(plan)})
    else:
        common.echo(text.headline(plan, bold=common.colour(sys.stdout)))
        for violation in violations:
            tell(f"audit: {violation}")
        if output is not None:
            common.echo(f"\nWritten to {output}; `planner show {output}` tells the rest.")
    raise typer.Exit(ExitCode.OK if report.passed else ExitCode.FAILED)
