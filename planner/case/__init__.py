"""Investment cases: read from a folder, checked, filled in, and written back.

>>> from planner.case import load_case, warnings_of
>>> case = load_case("cases/jing-jin-ji", scenario="tight-money")
>>> for warning in warnings_of(case):
...     print(warning)
"""

from __future__ import annotations

from planner.case.describing import case_format_markdown
from planner.case.loading import load_case, with_edits
from planner.case.nouns import (
    TODAY,
    Access,
    AddLand,
    Airshed,
    AllowTransfer,
    BoardingMinutes,
    BorderMinutes,
    Borrowing,
    Capacity,
    Case,
    Chain,
    City,
    Edit,
    Effect,
    FrozenDict,
    Gate,
    Goal,
    Industry,
    Line,
    Link,
    LowerEmissions,
    Measure,
    Mode,
    Money,
    Norm,
    OpenOutsidersShare,
    OpenService,
    Park,
    Period,
    Pyramid,
    RaiseCapacity,
    RaisePrivateShare,
    Rule,
    Scenario,
    Selection,
    Service,
    ShareTax,
    StartOption,
    Target,
    Work,
)
from planner.case.problems import CaseInvalid, Problem
from planner.case.warnings import warnings_of
from planner.case.workbook_writing import write_workbook
from planner.case.writing import write_case

__all__ = [
    "TODAY", "Access", "AddLand", "Airshed", "AllowTransfer", "BoardingMinutes", "BorderMinutes", "Borrowing",
    "Capacity", "Case", "CaseInvalid", "Chain", "City", "Edit", "Effect", "FrozenDict", "Gate", "Goal", "Industry",
    "Line", "Link", "LowerEmissions", "Measure", "Mode", "Money", "Norm", "OpenOutsidersShare", "OpenService", "Park",
    "Period", "Problem", "Pyramid", "RaiseCapacity", "RaisePrivateShare", "Rule", "Scenario", "Selection", "Service",
    "ShareTax", "StartOption", "Target", "Work", "case_format_markdown", "load_case", "warnings_of",
    "with_edits", "write_case", "write_workbook",
]  # fmt: skip
