"""Emissions of each airshed: what parks add, what abatement and closures take away, and the cap."""

from __future__ import annotations

from planner.case import naming
from planner.plans.plan import Plan
from planner.plans.totals import columns
from planner.words import phrases

AMOUNTS = ("existing", "parks", "abated", "closed", "emissions", "cap")


def headline(plan: Plan) -> str:
    """Emissions in the last period against the caps; empty without airsheds."""
    last = plan.case.periods[-1]
    said = []
    for airshed, period, emissions, cap in columns(plan.tables["airsheds"], "airshed", "period", "emissions", "cap"):
        if period == last.id:
            shown = _decimals([emissions, cap])
            limit = f" of at most {phrases.number(cap, shown)}" if cap == cap else ""
            name = naming.airshed(plan.case, airshed)
            said.append(f"{name} {phrases.number(emissions, shown)}{limit} {plan.case.airsheds[airshed].unit} a year")
    return f"{phrases.join(said)} in {last.label}" if said else ""


def air(plan: Plan) -> str:
    """Every airshed, period by period; columns of nothing are left out."""
    table = plan.tables["airsheds"]
    if not len(table):
        return ""
    figures = [name for name in AMOUNTS if name in ("existing", "emissions") or table[name].fillna(0.0).any()]
    labels = {p.id: p.label for p in plan.case.periods}
    rows, before = [], ""
    for airshed, period, *amounts in columns(table, "airshed", "period", *figures):
        shown = _decimals(amounts)
        cells = ["none" if amount != amount else phrases.number(amount, shown) for amount in amounts]
        unit = plan.case.airsheds[airshed].unit
        name = naming.airshed(plan.case, airshed)
        rows.append([name if airshed != before else "", unit if airshed != before else "", labels[period], *cells])
        before = airshed
    heads = ["", "unit,\na year", "period", *(_HEADS[name] for name in figures)]
    return phrases.table(heads, rows, "lll" + "r" * len(figures), keys=3)


_HEADS = {
    "existing": "without\nparks",
    "parks": "parks\nadd",
    "abated": "abatement\ntakes away",
    "closed": "closures\ntake away",
    "emissions": "emissions",
    "cap": "cap",
}


def _decimals(amounts: list[float]) -> int:
    return phrases.money_decimals(amounts)
