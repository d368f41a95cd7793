"""A plan and its audit: as far as there is time for it, and nobody asks to stop. The plan is never lost for that."""

from __future__ import annotations

from planner.audit import audit
from planner.plans.plan import Plan
from planner.words.said import _
from planner.work.stopping import FOREVER, Stopped, Until


def audited(plan: Plan, until: Until = FOREVER) -> tuple[Plan, tuple[str, ...]]:
    """A plan marked with what its audit found, and its violations.

    One without decisions, or of which the audit was stopped (also by Ctrl-C), is as it was: not audited.
    """
    if not plan.has_decisions:
        return plan, ()
    try:
        report = audit(plan, until.at(_("auditing")).check)
    except (Stopped, KeyboardInterrupt):
        return plan, ()
    return plan.with_audit("passed" if report.passed else "failed"), tuple(str(v) for v in report.violations)
