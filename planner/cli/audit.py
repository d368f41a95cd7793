"""planner audit: recompute every promise of a plan."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from planner.cli import common
from planner.cli.common import ExitCode, WrongUse
from planner.reporting.plurals import count

if TYPE_CHECKING:
    from planner.audit import AuditReport


def audit(plan: common.PlanArgument, as_json: common.JsonOption = False) -> None:
    """Recompute a plan's figures from its case and decisions alone, and list what does not agree.

    The audit shares no code with the model. It ends with 1 if anything is not as the plan says, also if a part of the
    plan is missing or makes no sense, and with 2 only if there is no plan.

    \b
    Example:
      planner audit plans/jing-jin-ji--base
    """
    from planner.audit import audit as recompute
    from planner.reporting.goals import status_words

    found = common.read_plan(plan)
    if not found.has_decisions:
        raise WrongUse(f"there is nothing to audit: {status_words(found)}")
    report = recompute(found)
    if as_json:
        violations = [{**asdict(v), "text": str(v)} for v in report.violations]
        broken = [str(v) for v in report.broken]
        content = {"passed": report.passed, "comparisons": dict(report.checks), "violations": violations}
        common.print_json("audit", {**content, "broken": broken})
    else:
        if found.audit == "changed":
            common.echo("The plan was changed since it was written.")
        common.echo("\n".join(_said(report)))
    raise typer.Exit(ExitCode.OK if report.passed else ExitCode.FAILED)


def _said(report: AuditReport) -> list[str]:
    """The result in one line, then everything that does not agree."""
    wrong = len(report.violations)
    made = max(sum(report.checks.values()), wrong)
    if report.passed:
        head = f"Audit passed: all {made:,} comparisons agree"
    else:
        head = f"Audit failed: {wrong:,} of {count(made, 'comparison')} {'does' if wrong == 1 else 'do'} not agree"
    return [head, *(f"  {v}" for v in report.violations), *(f"  broken as stated: {v}" for v in report.broken)]
