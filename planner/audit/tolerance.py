"""How near two figures must be for the audit to take them for the same: within a millionth of a row's largest term."""

from __future__ import annotations

import math

TOLERANCE = 1e-6  # of max(1, the row's largest term); of figures that are all small, see `planner.audit.report.Ledger.small`
EXACT = 1e-3  # times the tolerance: of what follows from figures of the plan as they are written, right to nine digits
AS_WRITTEN = 1e-9  # of a figure that is worked out anew from figures of the same row
TOLD = 2e-6  # of the amount by which a promise is broken: search and audit come to the same within this


def is_same(says: float, should: float, largest: float = 0.0) -> bool:
    """Whether two figures agree within the tolerance; nothing (NaN) agrees with nothing only."""
    if math.isnan(says) or math.isnan(should):
        return math.isnan(says) and math.isnan(should)
    return abs(says - should) <= slack(says, should, largest)


def excess(value: float, least: float, most: float, largest: float = 0.0) -> float | None:
    """By how much a figure lies beyond its limits, or None if it keeps them within the tolerance."""
    if math.isnan(value):
        return math.inf
    over = max(least - value, value - most)
    bounds = [b for b in (least, most) if math.isfinite(b)]
    return over if over > slack(value, largest, *bounds) else None


def slack(*terms: float) -> float:
    """The difference that is put down to rounding, given the terms of a row."""
    return TOLERANCE * max(1.0, *map(abs, terms))
