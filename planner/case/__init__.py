"""Investment cases: read from a folder, checked, filled in, and written back.

>>> from planner.case import load_case, warnings_of
>>> case = load_case("cases/jing-jin-ji", scenario="tight-money")
>>> for warning in warnings_of(case):
...     print(warning)
"""

from __future__ import annotations

from planner.case.cautions import warnings_of
from planner.case.describing import case_format_markdown
from planner.case.loading import load_case
from planner.case.nouns import (
    TODAY,
    Access,
    BoardingMinutes,
    BorderMinutes,
    Capacity,
    Case,
    City,
    Edit,
    Effect,
    FrozenDict,
    Goal,
    Line,
    Link,
    Measure,
    Mode,
    Money,
    Norm,
    OpenOutsidersShare,
    OpenService,
    Period,
    RaiseCapacity,
    Rule,
    Scenario,
    Selection,
    Service,
    StartOption,
    Target,
)
from planner.case.problems import CaseInvalid, Problem
from planner.case.writing import write_case

__all__ = [
    "TODAY", "Access", "BoardingMinutes", "BorderMinutes", "Capacity", "Case", "CaseInvalid", "City", "Edit", "Effect",
    "FrozenDict", "Goal", "Line", "Link", "Measure", "Mode", "Money", "Norm", "OpenOutsidersShare", "OpenService",
    "Period", "Problem", "RaiseCapacity", "Rule", "Scenario", "Selection", "Service", "StartOption", "Target",
    "case_format_markdown", "load_case", "warnings_of", "write_case",
]  # fmt: skip
