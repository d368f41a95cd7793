"""Plans of the workspace as the page reads them, each once and again when its files change; drawings and downloads."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import streamlit as st

from planner.case.scenarios import BASE
from planner.documents import changes, parks, runs, text
from planner.documents.blocks import Heading, Section, bullets
from planner.documents.briefing import minister, overview, worth
from planner.documents.briefing.minister import Sheet
from planner.documents.briefing.worth import Answers
from planner.documents.drawings import maps, offered
from planner.documents.drawings.ground import Ground
from planner.documents.drawings.ground import ground as read_ground
from planner.plans import store
from planner.plans.plan import Plan
from planner.plans.store import PlanUnreadable
from planner.words.said import Named, Sentence, _, said_by, series, speaking
from planner.workspace import notes, plans
from planner.workspace.answers import answers_about
from planner.workspace.plans import PlanPlace
from ui import blocks
from ui.frame import here, language, plain, say

KEPT = 8  # plans in memory
DRAWN = 80  # charts in memory

DRAWINGS: Mapping[str, Callable[..., Any]] = {  # the one of the page alone, and those that are offered anywhere
    "clicks": maps.city_map,
    **{name: drawing.draw for name, drawing in offered.DRAWINGS.items()},
}


def entries() -> tuple[PlanPlace, ...]:
    """All plans there are."""
    return plans.list_plans(here())


def title(entry: PlanPlace) -> str:
    """What the case of a plan is called, with the scenario."""
    case = entry.about.get("case") or {}
    called = Named(str(case.get("title") or entry.name), {"zh": str(case.get("title_zh") or "")})
    if str(entry.about.get("scenario") or BASE) == BASE:
        return say(called)
    return say(_("{title}, {scenario}"), title=say(called), scenario=say(runs.scenario(entry.about)))


def written(entry: PlanPlace) -> str:
    """When a plan was written, to the minute."""
    return str(entry.about.get("written") or "")[:16].replace("T", " ")


def label(entry: PlanPlace) -> str:
    """A plan in a list: what its user calls it, or its folder; of a run its case and when; and whether it is read only."""
    if entry.shipped:
        return say(_("{name} (example)"), name=title(entry))
    called = notes.read_notes(here()).get(entry.name)
    if called is not None and called.name:
        return called.name
    if entry.own and (here().runs / entry.name).is_dir():  # the name of a run is one for machines
        return say(_("{title}, {scenario}"), title=title(entry), scenario=written(entry))
    called_so = _by_scenario(entry)
    return called_so if entry.own else say(_("{name} (in ./plans, read-only)"), name=called_so)


def _by_scenario(entry: PlanPlace) -> str:
    """The folder of a plan; one called <case>--<scenario>, as the planner does, with the scenario's name if it has one."""
    case, scenario = (entry.about.get("case") or {}).get("name"), entry.about.get("scenario")
    usual = f"{case}--{scenario}"
    if not entry.about.get("scenario_names") or not entry.name.startswith(usual):
        return entry.name
    named = say(_("{title}, {scenario}"), title=case, scenario=say(runs.scenario(entry.about)))
    return f"{named}{entry.name.removeprefix(usual)}"


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


def ground(entry: PlanPlace, found: Plan) -> Ground:
    """The ground of a plan's maps."""
    return _ground(version(entry), found)


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _ground(version: str, _found: Plan) -> Ground:
    return read_ground(_found.case)


def answers(entry: PlanPlace, found: Plan) -> Answers:
    """What questions of the workspace found out about a plan; read again only when there is another answer."""
    folder = here().answers
    mark = folder.stat().st_mtime_ns if folder.is_dir() else 0
    return _answers(str(folder), mark, version(entry), found)


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _answers(folder: str, mark: int, version: str, _found: Plan) -> Answers:
    return answers_about(here(), _found)


def opening(found: Plan) -> Section:
    """What a plan is, in a few lines: of one without decisions why there is none."""
    return tuple(block for block in text.opening(found) if not isinstance(block, Heading))


@dataclass(frozen=True)
class Brief:
    """What the page Plan opens with: figures, the five sentences, the parts of the first sheet; `signed`: has signatures."""

    figures: tuple[text.Figure, ...]
    emissions: Sentence | None
    sentences: Section
    sheet: Sheet
    gains: Section
    warnings: Section
    signed: bool


def brief(entry: PlanPlace, found: Plan) -> Brief:
    """A plan in short, made once for each state of its files and of the answers about it."""
    known = answers(entry, found)
    return _brief(version(entry), id(known), found, known)


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _brief(version: str, mark: int, _found: Plan, _known: Answers) -> Brief:
    gains = bullets(changes.largest_gains(_found)[: changes.GAINS_SHOWN])
    warned = bullets(text.warnings(_found))
    emitted = parks.emissions_of_each(_found)
    said = _("Emissions in {period}: {said}").format(period=_found.case.periods[-1].label, said=series(emitted, "; "))
    return Brief(
        tuple(text.figures(_found)), said if emitted else None, overview.sentences(_found, _known),
        minister.parts(_found, _known), gains, warned, bool(worth.signatures(_found, _known)),
    )  # fmt: skip


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
