"""What several plans start, and in what they differ there: in some only, at other times, in other sizes."""

from __future__ import annotations

from collections.abc import Sequence

from planner.plans.plan import Plan
from planner.plans.totals import LITTLE, starts_of

SAME, MOVED, RESIZED, BOTH = "same", "moved", "other size", "moved, other size"
WAYS = (MOVED, RESIZED, BOTH, SAME)  # in which plans that all start a measure differ in it, or do not
NOT_OFFERED = "not offered"


def difference(names: Sequence[str], starts: Sequence[dict[str, float]]) -> str:
    """How plans differ in one measure.

    `only in` those that start it; `moved`: as many units in all, at other times; `other size`: other units in all, in the
    same periods; or both; or `same`.
    """
    having = [name for name, some in zip(names, starts, strict=True) if some]
    if len(having) < len(names):
        return f"only in {', '.join(having)}"
    sizes = [sum(some.values()) for some in starts]
    if max(sizes) - min(sizes) > LITTLE:
        return RESIZED if len({frozenset(some) for some in starts}) == 1 else BOTH
    periods = {t for some in starts for t in some}
    units = [[some.get(t, 0.0) for some in starts] for t in periods]
    return MOVED if any(max(each) - min(each) > LITTLE for each in units) else SAME


def matrix(names: Sequence[str], plans: Sequence[Plan]) -> list[tuple[str, ...]]:
    """Every measure that a plan starts: its id, name, kind, cities, difference, and what each plan starts, as text.

    The order is that of the project lists. `2030` is one unit that starts in the period 2030, `2030: 2; 2035: 1` several;
    `not offered` says that the plan had no such choice: its case does not have the measure, or rules it out.
    """
    starts = [starts_of(plan) for plan in plans]
    started = {measure for some in starts for measure in some}
    ordered = dict.fromkeys(a for plan in plans for a in plan.case.measures if a in started)
    rows = []
    for a in ordered:
        measure = next(plan.case.measures[a] for plan in plans if a in plan.case.measures)
        each = [some.get(a, {}) for some in starts]
        cells = [said(units) if units or _offers(plan, a) else NOT_OFFERED for units, plan in zip(each, plans, strict=True)]
        rows.append((a, measure.name, measure.kind, ";".join(measure.cities), _difference(names, plans, each), *cells))
    return rows


def said(units: dict[str, float]) -> str:
    """What starts when, as text."""
    if len(units) == 1 and abs(sum(units.values()) - 1.0) <= LITTLE:
        return next(iter(units))
    return "; ".join(f"{period}: {amount:.6g}" for period, amount in units.items())


def _difference(names: Sequence[str], plans: Sequence[Plan], starts: Sequence[dict[str, float]]) -> str:
    """The difference among those plans that hold decisions, if they are two or more: the others say nothing about it."""
    some = [n for n, plan in enumerate(plans) if plan.has_decisions]
    some = some if len(some) > 1 else list(range(len(plans)))
    return difference([names[n] for n in some], [starts[n] for n in some])


def _offers(plan: Plan, measure: str) -> bool:
    return measure in plan.case.measures and bool(plan.case.measures[measure].starts)
