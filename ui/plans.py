"""Plans of the workspace as the page reads them, each once and again when its files change; drawings and downloads."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import streamlit as st

from planner.documents.drawings import gaps, maps, money, timeline
from planner.plans import store
from planner.plans.plan import Plan
from planner.plans.store import PlanUnreadable
from planner.words.said import Sentence, _, said_by, speaking
from planner.workspace import plans
from planner.workspace.plans import PlanPlace
from ui import blocks
from ui.frame import here, language, plain, say

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


def why_unread(entry: PlanPlace, problem: PlanUnreadable) -> str:
    """Why a plan cannot be read, without where this server keeps it."""
    return plain(say(said_by(problem)).replace(str(entry.folder), entry.name))


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _read(folder: str, version: str) -> Plan:
    return store.read_plan(folder)


def drawing(entry: PlanPlace, kind: str, **asked: Any) -> dict[str, Any]:
    """One of the planner's drawings of a plan, in the language of the page, as Vega-Lite."""
    return _drawn(str(entry.folder), version(entry), kind, language(), tuple(sorted(asked.items())))


@st.cache_resource(max_entries=DRAWN, show_spinner=False)
def _drawn(folder: str, version: str, kind: str, of_language: str, asked: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
    return blocks.specification(DRAWINGS[kind](_read(folder, version), **dict(asked)))


# --- files to take along, made when they are asked for

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def offer(message: Sentence, name: str, kind: str, make: Callable[[], bytes]) -> None:
    """A button of a file that is made when it is clicked on, in the language of the page."""
    wanted = language()

    def spoken() -> bytes:
        with speaking(wanted):
            return make()

    st.download_button(say(message), spoken, file_name=name, mime=kind, on_click="ignore", key=f"file-{name}")


def made(write: Callable[[Path], object]) -> bytes:
    """The content of an Excel workbook that a function writes."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "file.xlsx"
        write(file)
        return file.read_bytes()


def zipped(write: Callable[[Path], object]) -> bytes:
    """Files that a function writes to a folder, as one archive, with the folders in it."""
    content = BytesIO()
    with tempfile.TemporaryDirectory() as folder:
        tables = Path(folder) / "tables"
        write(tables)
        with ZipFile(content, "w", ZIP_DEFLATED) as archive:
            for file in sorted(tables.rglob("*")):
                if file.is_file():
                    archive.write(file, file.relative_to(tables).as_posix())
    return content.getvalue()
