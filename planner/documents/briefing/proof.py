"""How a plan was proved: goals and what nothing can beat, the audit, and all that is needed to get it again."""

from __future__ import annotations

from planner.documents.goals import goals_line, status_words
from planner.documents.text import audit_words
from planner.plans.plan import Plan
from planner.words import phrases


def proof(plan: Plan) -> list[tuple[str, str]]:
    """What is proven and by what, each with its label."""
    case = plan.case
    found = [("Status", status_words(plan)), ("Goals", goals_line(plan)), ("Audit", audit_words(plan))]
    if plan.broken:
        found.append(("Promises broken", "; ".join(plan.broken)))
    if plan.options:
        said = [f"{phrases.spaced(name)} {'none' if value is None else value}" for name, value in plan.options.items()]
        found.append(("Options", ", ".join(said)))
    if plan.seconds:
        found.append(("Seconds", ", ".join(f"{name} {seconds:.1f}" for name, seconds in plan.seconds.items())))
    if plan.versions:
        found.append(("Made with", ", ".join(f"{name} {version}" for name, version in plan.versions.items())))
    found.append(("Case", f"{case.name}, scenario {case.scenario}; what the model sees has the hash {case.content_hash}"))
    found.append(
        (
            "Again",
            "planner audit PLAN recomputes every figure from the case and the decisions alone; the bounds are the solver's "
            "word, and planner audit PLAN --prove solves again for them; planner solve with the same case and seed gives "
            "the same plan.",
        )
    )
    return found
