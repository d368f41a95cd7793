"""Each jurisdiction's own gaps in its stand-alone plan and in the common one: nobody is to be worse off."""

from __future__ import annotations

import math

from planner.case import naming
from planner.documents.goals import parts_in_words
from planner.plans.plan import Plan
from planner.plans.totals import columns
from planner.words import phrases

SHOWN = 6  # jurisdictions in the headline
SAME = 1e-6  # values that differ by less are equal


def headline(plan: Plan) -> str:
    """Alone -> together of every jurisdiction; empty where the case does not promise it."""
    rows = _rows(plan)
    said = [f"{name} {_change(alone, together)}" for name, alone, _, together in rows]
    each = phrases.join(said, SHOWN)
    return f"each jurisdiction's own {_label(plan)}, alone -> together (lower is better): {each}" if rows else ""


def alone(plan: Plan) -> str:
    """What each jurisdiction could do for its own cities alone, and what the common plan does for them."""
    found = _rows(plan)
    if not found:
        return ""
    asked = plan.options.get("gap")
    unproven = [
        f"{name} (nothing can beat {_figure(bound)})" if math.isfinite(bound) else name
        for name, value, bound, _ in found
        if not value - bound <= (1e-4 if asked is None else float(asked)) * max(abs(value), 1e-3) + SAME
    ]
    rows = [[name, _change(value, together), _in_words(value, together)] for name, value, _, together in found]
    heads = ["", f"{_label(plan)}\nalone -> together", "of what is missing alone"]
    note = (
        "Lower is better. Alone: the best that a jurisdiction could do for the gaps of its own cities with what it alone "
        "signs and pays, and its people's share of money that no jurisdiction holds."
    )
    parts = [phrases.table(heads, rows, "lrl"), phrases.paragraph(note)]
    if unproven:
        parts.append(phrases.paragraph(f"Not proven to be the best plan alone: {phrases.join(unproven)}."))
    return "\n".join(parts)


def _rows(plan: Plan) -> list[tuple[str, float, float, float]]:
    rows = columns(plan.tables["alone"], "jurisdiction", "value_alone", "bound_alone", "value_with")
    return [(naming.jurisdiction(plan.case, who), *values) for who, *values in rows]


def _in_words(value: float, together: float) -> str:
    """What planning together does to a jurisdiction's own gap."""
    if abs(value - together) <= SAME:
        return "nothing is missing" if value <= SAME else "the same is missing together"
    if value <= SAME:
        return "worse off together"
    share = abs(value - together) / value
    said = phrases.percent(share, 0 if share >= 0.1 else 1)
    return f"{said} closes together" if together < value else f"{said} more is missing together: worse off"


def _label(plan: Plan) -> str:
    """The parts of the first goal about gaps, as they count here."""
    goal = next((g for g in plan.case.goals if g.gap_parts), plan.case.goals[0])
    parts = {"worst_city" if part == "worst_off_first" else part: weight for part, weight in goal.gap_parts.items()}
    return parts_in_words(plan.case, goal, parts or {"gaps": 1.0})


def _change(value: float, together: float) -> str:
    before, after = _figure(value), _figure(together)
    return after if before == after else f"{before} -> {after}"


def _figure(value: float) -> str:
    return phrases.number(value, 4) if abs(value) > SAME else "0"
