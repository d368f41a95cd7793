"""The hand-made plans together: for tests of every table that has rows in any of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Literal

from planner.plans.plan import Plan
from planner.plans.tables import TABLES
from tests.audit import hand, industry_plan, moved_plan, priced_plan

Which = Literal["hand", "industry", "priced", "moved"]

PLANS: Mapping[Which, Callable[[], Plan]] = {
    "hand": cache(hand.plan), "industry": cache(industry_plan.plan), "priced": cache(priced_plan.plan),
    "moved": cache(moved_plan.plan),
}  # fmt: skip
TABLES_WITH_ROWS = [(which, name) for which, plan in PLANS.items() for name in TABLES if len(plan().tables[name])]
