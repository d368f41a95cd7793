"""Plans of the workspace as the page reads them: each once, and again when its files change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from planner.documents.drawings import gaps, maps, money, timeline
from planner.plans import store
from planner.plans.plan import Plan
from planner.words.said import _
from planner.workspace import plans
from planner.workspace.plans import PlanPlace
from ui import charts
from ui.frame import here, language, say

KEPT = 8  # plans in memory
DRAWN = 80  # charts in memory

DRAWINGS: dict[str, Callable[..., Any]] = {
    "map": maps.city_map,
    "maps": maps.plan_map,
    "timeline": timeline.timeline,
    "steps": gaps.gap_steps,
    "table": gaps.gap_table,
    "by_period": money.money_by_period,
    "by_line": money.money_by_line,
}


def entries() -> tuple[PlanPlace, ...]:
    """All plans there are."""
    return plans.list_plans(here())


def label(entry: PlanPlace) -> str:
    """A plan in a list: its name, and whether it is read only."""
    return entry.name if entry.own else say(_("{name} (in ./plans, read-only)"), name=entry.name)


def version(entry: PlanPlace) -> str:
    """A mark of a plan's files as they are now."""
    return plans.version_of(entry.folder)


def opened(entry: PlanPlace) -> Plan:
    """A plan, read again only when its files changed.

    Raises
    ------
    planner.plans.store.PlanUnreadable
        It cannot be read.
    """
    return _read(str(entry.folder), version(entry))


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _read(folder: str, version: str) -> Plan:
    return store.read_plan(folder)


def drawing(entry: PlanPlace, kind: str, **asked: Any) -> dict[str, Any]:
    """One of the planner's drawings of a plan, in the language of the page, as Vega-Lite."""
    return _drawn(str(entry.folder), version(entry), kind, language(), tuple(sorted(asked.items())))


@st.cache_resource(max_entries=DRAWN, show_spinner=False)
def _drawn(folder: str, version: str, kind: str, of_language: str, asked: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
    return charts.specification(DRAWINGS[kind](_read(folder, version), **dict(asked)))
