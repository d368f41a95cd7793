"""planner audit: recompute every promise of a plan."""

from __future__ import annotations

from dataclasses import asdict

import typer

from planner.cli import common
from planner.cli.common import ExitCode, WrongUse


def audit(plan: common.PlanArgument, as_json: common.JsonOption = False) -> None:
    """Recompute a plan's figures from its case and decisions alone, and list what does not agree.

    The audit shares no code with the model. It ends with 1 if anything is not as the plan says.

    \b
    Example:
      planner audit plans/jing-jin-ji--base
    """
    from planner.audit import audit as recompute

    found = common.read_plan(plan)
    if not found.has_decisions:
        raise WrongUse(f"there is nothing to audit: the plan is {found.status} ({found.reason})")
    report = recompute(found)
    if as_json:
        violations = [{**asdict(v), "text": str(v)} for v in report.violations]
        broken = [str(v) for v in report.broken]
        content = {"passed": report.passed, "comparisons": dict(report.checks), "violations": violations}
        common.print_json("audit", {**content, "broken": broken})
    else:
        typer.echo(str(report))
    raise typer.Exit(ExitCode.OK if report.passed else ExitCode.FAILED)
