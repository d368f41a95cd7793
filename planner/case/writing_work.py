"""Industry, work, emissions, policy and debt as keys of case.yaml, with every default written out."""

from __future__ import annotations

from typing import Any

from planner.case.naming import Thing
from planner.case.nouns import Airshed, Case, Gate, Line, Pyramid, Work


def given(**values: Any) -> dict[str, Any]:
    """The values that are there."""
    return {name: value for name, value in values.items() if value is not None}


def named(thing: Thing) -> dict[str, str]:
    """The names of a thing, as far as it has some."""
    return given(name=thing.name or None, name_zh=thing.name_zh or None)


def work_keys(case: Case) -> dict[str, Any]:
    """The sections of industry, work, emissions and policy."""
    return {
        "industries": {k.id: named(k) | given(max_hosts=k.max_hosts) for k in case.industries.values()},
        "chains": {
            c.id: {**named(c), "industries": c.industries, "minutes": c.minutes, "bonus": c.bonus}
            for c in case.chains.values()
        },
        "airsheds": {h.id: _airshed_keys(h) for h in case.airsheds.values()},
        "work": {w.id: _work_keys(w) for w in case.work.values()},
        "pyramid": _pyramid_keys(case.pyramid),
        "gates": [_gate_keys(g) for g in case.gates],
    }


def borrow_keys(line: Line) -> dict[str, Any] | None:
    """What a line may borrow."""
    if line.borrowing is None:
        return None
    return {"limit": line.borrowing.limit, "interest": line.borrowing.interest}


def _airshed_keys(h: Airshed) -> dict[str, Any]:
    return named(h) | given(unit=h.unit, existing=h.existing, cap=h.cap)


def _work_keys(w: Work) -> dict[str, Any]:
    keys: dict[str, Any] = {**named(w), "kind": w.kind, "where": w.where}
    return keys if w.kind == "target" else {**keys, "of": w.of, "share": w.share, "core": w.core_where}


def _pyramid_keys(pyramid: Pyramid) -> dict[str, Any]:
    return given(
        at_most_share=pyramid.at_most_share,
        subsidy_periods=pyramid.subsidy_periods,
        barriers_first=pyramid.barriers_first,
    )


def _gate_keys(g: Gate) -> dict[str, Any]:
    return given(id=g.id, where=g.where, indicator=g.indicator, at_least=g.at_least, at_most=g.at_most)
