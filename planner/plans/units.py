"""Units of the columns of a plan's tables: in headings that people read; a plan's own files keep the bare names."""

from __future__ import annotations

from collections.abc import Mapping

from planner.case.nouns import Case
from planner.plans.plan import TABLES, TEXT_COLUMNS

MONEY = "{money}"  # stands for the case's unit
SHARE = "share, 0-1"

UNITS: Mapping[str, Mapping[str, str]] = {
    "decisions": dict.fromkeys(("capital_cost", "private_cost", "running_cost"), f"{MONEY}, whole horizon"),
    "indicators": {
        "people": "heads", "standard": "in its unit", "today": "in its unit", "without_plan": "in its unit",
        "with_plan": "in its unit", "gap_without": SHARE, "gap_with": SHARE,
    },
    "routes": {"minutes_without": "minutes", "minutes_with": "minutes"},
    "flows": {"amount": "unit of service"},
    "money": dict.fromkeys((column for column in TABLES["money"] if column not in TEXT_COLUMNS), MONEY),
    "spending": {"capital": MONEY, "running": MONEY},
    "private": {"own": MONEY, "attracted": MONEY},
    "transfers": {"amount": MONEY},
    "parks": {
        "skilled": "jobs", "area_km2": "of the phases started so far", "output": "unit of gdp, a year",
        "emissions": "unit of the airshed, a year", "tax": f"{MONEY}, of the period",
    },
    "phases": {"shared_tax": f"{MONEY}, of the period"},
    "bonus": {"jobs": "half in each city"},
    "taxes": {"amount": MONEY},
    "skills": {"free": "people", "graduates": "people, so far", "used": "jobs"},
    "airsheds": dict.fromkeys(
        (column for column in TABLES["airsheds"] if column not in TEXT_COLUMNS), "unit of the airshed, a year"
    ),
    "alone": dict.fromkeys(("value_alone", "bound_alone", "value_with"), "own part of the first goal about gaps"),
    "jurisdictions": {
        "pays": MONEY, "paid_by_others": MONEY, "gap_without": SHARE, "gap_with": SHARE,
        "people_brought_to_standard": "person-equivalents", "people_worse_off": "person-equivalents",
    },
}  # fmt: skip


def heading(case: Case, table: str, column: str) -> str:
    """A column's name with its unit: capital (bn CNY)."""
    unit = UNITS[table].get(column)
    return column if unit is None else f"{column} ({unit.replace(MONEY, case.money.unit)})"
