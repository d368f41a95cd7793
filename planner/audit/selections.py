"""Which measures a selection fits; the empty text fits a column without a value."""

from __future__ import annotations

from planner.case.nouns import Case, Measure, Selection


def fits(case: Case, selection: Selection, measure: Measure) -> bool:
    """Whether a measure has, in every column of the selection, one of the values allowed there."""
    return all((_values(case, measure, column) or {""}) & set(allowed) for column, allowed in selection.items())


def _values(case: Case, measure: Measure, column: str) -> set[str]:
    """All values that a measure has in a column; none where the cell is empty."""
    if column == "mode":
        return {link.mode for link in case.links.values() if measure.id in link.needs}
    several = {
        "city": measure.cities,
        "jurisdiction": measure.jurisdictions,
        "tier": measure.tiers,
        "signed_by": measure.signed_by,
    }
    if column in several:
        return set(several[column])
    if column in ("industry", "form", "origin"):
        park = case.parks.get(measure.id)
        known: str | None = None if park is None else getattr(park, column)
        return set() if known is None else {known}
    value: str | None = getattr(measure, column)
    return set() if value is None else {value}
