"""Investment cases: read from a folder, checked, filled in, and written back.

>>> from planner.case import load_case
>>> case = load_case("cases/jing-jin-ji", scenario="tight-money")
"""

from __future__ import annotations

from planner.case.loading import load_case
from planner.case.problems import CaseInvalid, Problem
from planner.case.writing import write_case

__all__ = ["CaseInvalid", "Problem", "load_case", "write_case"]
