"""What a selection fits, and which line may pay for what."""

from __future__ import annotations

from planner.case import Case, Line, Measure, Selection


def fits(case: Case, m: Measure, where: Selection) -> bool:
    """Whether a selection fits a measure: every column has one of its values among those asked for."""
    for column, values in where.items():
        mine: tuple[str | None, ...] = {
            "city": m.cities, "jurisdiction": m.jurisdictions, "tier": m.tiers, "signed_by": m.signed_by,
            "mode": tuple({k.mode for k in case.links.values() if m.id in k.needs}),
            **_of_park(case, m),
        }.get(column) or (getattr(m, column, None),)  # fmt: skip
        if not set(mine).intersection(values):
            return False
    return True


def _of_park(case: Case, m: Measure) -> dict[str, tuple[str, ...]]:
    """What parks.csv says of a measure, of the columns that selections know."""
    if m.id not in case.parks:
        return dict.fromkeys(("industry", "form", "origin"), ("",))
    park = case.parks[m.id]
    return {column: (getattr(park, column) or "",) for column in ("industry", "form", "origin")}


def eligible(case: Case, m: Measure, line: Line, kind: str) -> bool:
    """Whether a line may pay for a kind of cost of a measure."""
    chosen = not line.pays_for or any(fits(case, m, w) for w in line.pays_for) or line.id in m.payers
    return chosen and line.cost in ("all", kind)
