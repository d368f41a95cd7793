"""The case that is worked out by hand, and its best plan, for all questions."""

from __future__ import annotations

import pytest

from planner.case import Case, load_case
from planner.planning.search import SolveOptions, solve
from planner.plans.plan import Plan
from tests.product.conftest import PROJECT, page, run

__all__ = ["page", "run", "tiny", "tiny_plan"]


@pytest.fixture(scope="session")
def tiny() -> Case:
    """cases/tiny; its README works the best plan out."""
    return load_case(PROJECT / "cases" / "tiny")


@pytest.fixture(scope="session")
def tiny_plan(tiny: Case) -> Plan:
    return solve(tiny, options=SolveOptions(threads=1))
