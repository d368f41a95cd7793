"""The pages, one file each: a function that draws it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ui.pages import cases, compare, explore, plan, solve

PAGES: Mapping[str, Callable[[], None]] = {
    "cases": cases.page,
    "solve": solve.page,
    "plan": plan.page,
    "compare": compare.page,
    "explore": explore.page,
}
