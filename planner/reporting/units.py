"""Units of the columns of a plan's tables: in headings that people read; a plan's own files keep the bare names."""

from __future__ import annotations

from collections.abc import Mapping

from planner.case.nouns import Case

MONEY = "{money}"  # stands for the case's unit
SHARE = "share, 0-1"

UNITS: Mapping[str, Mapping[str, str]] = {
    "decisions": {"capital_cost": f"{MONEY}, whole horizon", "running_cost": f"{MONEY}, whole horizon"},
    "indicators": {
        "people": "heads", "standard": "in its unit", "today": "in its unit", "without_plan": "in its unit",
        "with_plan": "in its unit", "gap_without": SHARE, "gap_with": SHARE,
    },
    "routes": {"minutes_without": "minutes", "minutes_with": "minutes"},
    "flows": {"amount": "unit of service"},
    "money": dict.fromkeys(("amount", "carried_in", "capital", "running", "carried_out", "unspent"), MONEY),
    "spending": {"capital": MONEY, "running": MONEY},
    "jurisdictions": {
        "pays": MONEY, "paid_by_others": MONEY, "gap_without": SHARE, "gap_with": SHARE,
        "people_brought_to_standard": "person-equivalents", "people_worse_off": "person-equivalents",
    },
}  # fmt: skip


def heading(case: Case, table: str, column: str) -> str:
    """A column's name with its unit: capital (bn CNY)."""
    unit = UNITS[table].get(column)
    return column if unit is None else f"{column} ({unit.replace(MONEY, case.money.unit)})"
