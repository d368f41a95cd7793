"""The pages, one file each: a function that draws it."""

from __future__ import annotations

from collections.abc import Mapping

from planner.words.said import _
from ui.pages import cases, compare, explore, plan, solve
from ui.shell import Page

PAGES: Mapping[str, Page] = {
    "cases": Page(_("Cases"), cases.page),
    "solve": Page(_("Solve"), solve.page),
    "plan": Page(_("Plan"), plan.page),
    "compare": Page(_("Compare"), compare.page),
    "explore": Page(_("Explore"), explore.page),
}
