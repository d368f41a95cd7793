"""The features of the work cases: the same case without one; a feature *binds* where the optimum is then another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from planner.case import AddLand, AllowTransfer, Case, FrozenDict, Goal, LowerEmissions, Measure, RaisePrivateShare, ShareTax

from .calendar_years import refilled

Without = Callable[[Case], Case]


def _each(table: str, **values: Any) -> Without:
    """Every row of a table with other values."""

    def without(case: Case) -> Case:
        rows: Mapping[str, Any] = getattr(case, table)
        return replace(case, **{table: FrozenDict({k: replace(x, **values) for k, x in rows.items()})})

    return without


def _whole(**values: Any) -> Without:
    return lambda case: replace(case, **values)


def _pyramid(**values: Any) -> Without:
    return lambda case: replace(case, pyramid=replace(case.pyramid, **values))


def _effects(kind: type) -> Without:
    return lambda case: replace(case, effects=tuple(e for e in case.effects if not isinstance(e, kind)))


def _sharing_never_ends(case: Case) -> Case:
    effects = tuple(replace(e, periods=None) if isinstance(e, ShareTax) else e for e in case.effects)
    return replace(case, effects=effects)


def _measures(change: Callable[[Measure], Measure]) -> Without:
    return lambda case: refilled(replace(case, measures=FrozenDict({k: change(m) for k, m in case.measures.items()})))


def _nothing_closes(m: Measure) -> Measure:
    return replace(m, status="ruled_out", start_period=None) if m.kind == "closure" else m


def _one_phase(m: Measure) -> Measure:
    return replace(m, units=1.0, max_starts=1.0) if m.kind == "park" and m.units > 1 else m


def _all_public(m: Measure) -> Measure:
    return replace(m, private_share=0.0) if m.private_share else m


def _no_interest(case: Case) -> Case:
    lines = {k: replace(x, borrowing=x.borrowing and replace(x.borrowing, interest=0.0)) for k, x in case.lines.items()}
    return replace(case, lines=FrozenDict(lines))


def _no_cliff(case: Case) -> Case:
    """Without the gap to the core; not where a target or a gate speaks of it."""
    if "cliff" not in case.work or any(x.indicator == "cliff" for x in (*case.targets, *case.gates)):
        return case
    left = FrozenDict({k: x for k, x in case.work.items() if k != "cliff"})
    kept = [i for i in case.indicators if i != "cliff"]

    def reweighed(g: Goal) -> Goal:
        weights = {i: w for i, w in g.weights.items() if i in kept} or dict.fromkeys(kept, 1.0)
        return replace(g, weights=FrozenDict(weights))

    return replace(case, work=left, goals=tuple(reweighed(g) for g in case.goals))


def _no_emissions_goal(case: Case) -> Case:
    def keep(g: Goal) -> Goal:
        parts = {p: w for p, w in g.parts.items() if p != "emissions"} or {"starts": 1.0}
        return replace(g, parts=FrozenDict(parts)) if "emissions" in g.parts else g

    return replace(case, goals=tuple(keep(g) for g in case.goals))


def _everywhere(case: Case) -> Case:
    every = tuple(case.cities)
    return replace(case, goals=tuple(replace(g, where=FrozenDict(), cities=every) for g in case.goals))


def _rules(of: str) -> Without:
    return lambda case: replace(case, rules=tuple(r for r in case.rules if r.of != of))


def _targets_of_work(case: Case) -> Case:
    return replace(case, targets=tuple(t for t in case.targets if t.indicator not in case.work))


FEATURES: dict[str, Without] = {
    "phases": _measures(_one_phase),
    "origin minutes": _each("parks", origin_minutes=None),
    "limit from skills": _each("cities", skilled=None),
    "graduates": _each("services", graduates=0.0),
    "land quota": _each("cities", land_quota_km2=None),
    "added land": _effects(AddLand),
    "most hosts": _each("industries", max_hosts=None),
    "chains": _whole(chains=FrozenDict()),
    "closures": _measures(_nothing_closes),
    "cap": _each("airsheds", cap=None),
    "abatement": _effects(LowerEmissions),
    "emissions as a goal": _no_emissions_goal,
    "gap to the core": _no_cliff,
    "tax": _each("lines", gets_tax=False),
    "tax sharing": _effects(ShareTax),
    "sharing window": _sharing_never_ends,
    "moved share": _each("parks", moved_share=0.0),
    "own private money": _measures(_all_public),
    "attracted private money": _effects(RaisePrivateShare),
    "borrowing": _each("lines", borrowing=None),
    "interest": _no_interest,
    "transfers": _effects(AllowTransfer),
    "most of a level": _pyramid(at_most_share=FrozenDict()),
    "subsidised periods": _pyramid(subsidy_periods=None),
    "barriers first": _pyramid(barriers_first=()),
    "gates": _whole(gates=()),
    "rule on jobs": _rules("jobs"),
    "rule on land": _rules("land"),
    "target of work": _targets_of_work,
    "goal for some cities": _everywhere,
    "nobody worse off": _whole(nobody_worse_off=False),
}
