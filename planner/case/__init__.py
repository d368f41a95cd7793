"""Investment cases: read from a folder, checked, filled in, and written back.

>>> from planner.case import load_case, warnings_of
>>> case = load_case("cases/jing-jin-ji", scenario="tight-money")
>>> for warning in warnings_of(case):
...     print(warning)
"""

from __future__ import annotations

from planner.case.case import Case
from planner.case.declared import FrozenDict, Selection, frozen
from planner.case.effects import (
    AddLand,
    AllowTransfer,
    BoardingMinutes,
    BorderMinutes,
    Effect,
    LowerEmissions,
    OpenOutsidersShare,
    OpenService,
    RaiseCapacity,
    RaisePrivateShare,
    Relocate,
    Settle,
    ShareTax,
)
from planner.case.goals import Edit, Gate, Goal, Rule, Scenario, Target
from planner.case.industry import Airshed, Chain, Crowding, Industry, Pyramid, Work
from planner.case.kinds import KINDS, Kind
from planner.case.loading import in_scenario, load_case, with_edits
from planner.case.measures import Form, Level, Measure, Norm, Park, Status
from planner.case.money import After, Borrowing, Line, Money, Reserve
from planner.case.moves import Move
from planner.case.places import (
    TODAY,
    Access,
    Basis,
    BorderPair,
    Borders,
    Capacity,
    City,
    Link,
    Mode,
    Named,
    Period,
    Reality,
    Service,
    Tier,
)
from planner.case.problems import CaseInvalid, Problem
from planner.case.serving import StartOption
from planner.case.uncertain import Uncertain
from planner.case.warnings import warnings_of
from planner.case.workbook_writing import write_workbook
from planner.case.writing import write_case

__all__ = [
    "KINDS",
    "TODAY",
    "Access",
    "AddLand",
    "After",
    "Airshed",
    "AllowTransfer",
    "Basis",
    "BoardingMinutes",
    "BorderMinutes",
    "BorderPair",
    "Borders",
    "Borrowing",
    "Capacity",
    "Case",
    "CaseInvalid",
    "Chain",
    "City",
    "Crowding",
    "Edit",
    "Effect",
    "Form",
    "FrozenDict",
    "Gate",
    "Goal",
    "Industry",
    "Kind",
    "Level",
    "Line",
    "Link",
    "LowerEmissions",
    "Measure",
    "Mode",
    "Money",
    "Move",
    "Named",
    "Norm",
    "OpenOutsidersShare",
    "OpenService",
    "Park",
    "Period",
    "Problem",
    "Pyramid",
    "RaiseCapacity",
    "RaisePrivateShare",
    "Reality",
    "Relocate",
    "Reserve",
    "Rule",
    "Scenario",
    "Selection",
    "Service",
    "Settle",
    "ShareTax",
    "StartOption",
    "Status",
    "Target",
    "Tier",
    "Uncertain",
    "Work",
    "frozen",
    "in_scenario",
    "load_case",
    "warnings_of",
    "with_edits",
    "write_case",
    "write_workbook",
]  # fmt: skip
