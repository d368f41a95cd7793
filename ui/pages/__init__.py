"""The pages, one file each: a function that draws it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from planner.words.said import Sentence, _
from ui.pages import cases, compare, explore, plan, programmes, solve, start


class Page(NamedTuple):
    """A page: what it is called, and what draws it."""

    name: Sentence
    draw: Callable[[], None]


PAGES: Mapping[str, Page] = {
    "start": Page(_("Start"), start.page),
    "cases": Page(_("Cases"), cases.page),
    "solve": Page(_("Solve"), solve.page),
    "plan": Page(_("Plan"), plan.page),
    "compare": Page(_("Compare"), compare.page),
    "explore": Page(_("Explore"), explore.page),
    "programmes": Page(_("Programmes"), programmes.page),
}
