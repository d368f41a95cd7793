"""The plans in a folder: a list, and what is known of one without reading its tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from planner.documents.goals import name as goal_name
from planner.documents.goals import relative
from planner.plans.plan import UNSURE, AuditState
from planner.plans.store import FORMAT, PlanEntry
from planner.words import phrases

UNKNOWN = "-"
AUDITS: Mapping[AuditState, str] = {
    "passed": "", "failed": "audit failed", "not run": "not audited", "changed": "changed since its audit",
    "no digest": "no digest: may have been changed",
}  # fmt: skip


def listed(entries: Sequence[PlanEntry]) -> str:
    """A line a plan: of what case, how good, what it reaches, what it costs, and when it was written."""
    heads = ["plan", "case", "scenario", "status", "gap without\n-> with it, %", "spent", "written"]
    return phrases.table(heads, [_row(entry) for entry in entries], "llllrrl")


def _row(entry: PlanEntry) -> list[str]:
    """A plan's line; of one that makes no sense the rest of the list does not suffer."""
    about = entry.about
    try:
        said = [about["case"]["name"], about["scenario"], status(about), gaps(about), _spent(about)]
        return [entry.name, *map(str, said), written(entry)]
    except (KeyError, TypeError, AttributeError, ValueError):
        return [entry.name, UNKNOWN, UNKNOWN, "plan.json makes no sense", UNKNOWN, UNKNOWN, UNKNOWN]


def shown(entry: PlanEntry) -> str:
    """What plan.json says of a plan, with a label a line."""
    about = entry.about
    case, options = about["case"], about.get("options", {})
    lines = [
        ("Plan", f"{entry.name}, in {entry.folder.parent}"),
        ("Case", f"{case['title']} ({case['name']}), scenario {about['scenario']}"),
        ("Status", status(about) + (f": {about['reason']}" if about.get("reason") else "")),
        ("Audit", about.get("audit", UNKNOWN)),
        ("Gaps", f"{gaps(about)} % of what the standards ask for, without the plan -> with it"),
        ("Money", f"{_spent(about)} spent"),
        *((f"Goal {n}", _goal(goal)) for n, goal in enumerate(about.get("goals", ()), start=1)),
        (
            "Asked for",
            phrases.join([f"{phrases.spaced(key)} {value}" for key, value in options.items() if value is not None]),
        ),
        (
            "Took",
            phrases.join([f"{phrases.spaced(part)} {spent:.1f} s" for part, spent in about.get("seconds", {}).items()]),
        ),
        ("Made by", phrases.join([f"{name} {version}" for name, version in about.get("versions", {}).items()])),
        ("Written", written(entry)),
    ]
    if not about.get("headline"):
        lines = [(label, said) for label, said in lines if label not in ("Gaps", "Money")]
    lines += [("Promise", f"broken: {promise}") for promise in about.get("broken", ())]
    return "\n".join(phrases.paragraph(said, label) for label, said in lines if said)


def status(about: Mapping[str, Any]) -> str:
    """A plan's status in a few words, with what is proven of its first goal."""
    if about["format"] != FORMAT:
        return f"of format {about['format']}: cannot be read"
    goals = about.get("goals") or [{}]
    proven = proof_gap(goals[0])
    within = "" if proven is None else f"proven within {phrases.proof(proven)}"
    said = {
        "optimal": within or "proven",
        "feasible": f"stopped at a limit, {within or 'nothing proven'}",
        "interrupted": f"stopped by hand, {within or 'nothing proven'}",
        "infeasible": "no plan is possible",
        "no_plan": "no plan was found",
        "evaluated": "made by hand",
    }.get(about["status"], str(about["status"]))
    audit = about.get("audit", "not run")
    if about["status"] in ("infeasible", "no_plan") and audit not in UNSURE:
        return said
    if audit == "failed" and about["status"] in ("feasible", "interrupted"):
        said = "nothing proven"
    if about.get("found") is False:
        said = f"nothing found yet, {said}"
    return phrases.join([said, *filter(None, [AUDITS.get(audit, "")])])


def proof_gap(goal: Mapping[str, Any]) -> float | None:
    """What is proven of a goal of plan.json, as `goals.proof_gap` has it of a plan; None if nothing is."""
    steps = [relative(c["mean"], c["bound"]) for c in goal.get("cities", ()) if isinstance(c["bound"], int | float)]
    own = goal.get("proof_gap")
    return max([own, *steps]) if isinstance(own, int | float) else None


def gaps(about: Mapping[str, Any]) -> str:
    """Mean gap without and with a plan, as per cent."""
    figures = about.get("headline", {})
    both = [figures.get(name) for name in ("gap_without", "gap_with")]
    return UNKNOWN if None in both else " -> ".join(phrases.number(100 * gap, 1) for gap in both if gap is not None)


def written(entry: PlanEntry) -> str:
    """When a plan was written, in the time of this place."""
    try:
        when = datetime.fromisoformat(entry.about["written"])
    except (KeyError, TypeError, ValueError):
        return UNKNOWN
    return when.astimezone().strftime("%Y-%m-%d %H:%M")


def _spent(about: Mapping[str, Any]) -> str:
    spending = about.get("headline", {}).get("spending")
    if spending is None:
        return UNKNOWN
    return f"{phrases.number(spending, phrases.money_decimals([spending]))} {about['headline'].get('unit', '')}".strip()


def _goal(goal: Mapping[str, Any]) -> str:
    bound = goal.get("bound")
    beaten = f", nothing can beat {phrases.figure(bound)}" if isinstance(bound, int | float) else ""
    value = goal.get("value")
    return goal_name(goal["name"]) + (f": {phrases.figure(value)}{beaten}" if isinstance(value, int | float) else "")
