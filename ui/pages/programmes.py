"""Programmes: cases that share a purse; who is given how much, on one map, and what each member builds with it.

A programme is solved as a case is: in a process of its own, watched here, stopped, and found again.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pandas as pd
import streamlit as st

from planner.case.problems import CaseInvalid
from planner.documents import text
from planner.documents.blocks import Heading
from planner.files.folders import FolderTaken
from planner.plans.store import PlanUnreadable
from planner.programme import command, offered, pictures, report, store
from planner.programme.keys import ProgrammeKeys
from planner.programme.offered import ProgrammeEntry
from planner.programme.reading import Programme, load_keys, load_programme
from planner.programme.result import ProgrammePlan
from planner.programme.search import FIRST_GAP
from planner.programme.shown import given, named, said
from planner.questions import offering
from planner.words import numbers
from planner.words.said import _, count, said_by
from planner.workspace import runs
from planner.workspace.places import BadName
from planner.workspace.runs import Run
from ui import blocks, choosing, fields, plans
from ui import progress as of_runs
from ui.choosing import link
from ui.frame import here, language, looked_at_again, plain, said_in, say, stopper, under_way
from ui.pages.cases import named as called
from ui.pages.solve import STATES, asked_of, begun, case_of

Place = tuple[str, int]  # a result's folder, and when it was written
FIRST = "programme"  # what the first one of a user is called
LISTED = 20  # mistakes that are shown
DRAWN = 4  # results whose drawings are in memory, a language each
KEPT = 2  # results in memory, each with the plans of all its members
NONE = _(
    "There is no result of a programme yet. Results in the folder `programmes`, of the workspace or where the page was "
    "started, are listed here."
)


def page() -> None:
    """Draw the page."""
    st.title(say(_("Programmes")), anchor=False)
    for run in choosing.address().naming("run"):
        _run(run)
    there = offered.list_results(here())
    with st.expander(
        say(_("Solve a programme")), expanded=not there, key=f"programme-ask-{bool(there)}", on_change="ignore"
    ):
        _ask()
    _list()
    if not there:
        choosing.say_missing("programme")
        st.info(say(NONE))
        return
    name = choosing.one(st.selectbox, "programme", say(_("Result")), list(there))
    if name is None:
        return
    try:
        with st.spinner(say(_("Reading the plans of all members"))):
            place = str(there[name]), (there[name] / store.FILE).stat().st_mtime_ns
            found = _opened(*place)
    except (PlanUnreadable, OSError) as problem:
        st.error(plain(say(said_by(problem)).replace(str(there[name]), name)))
        return
    if show := choosing.room(ROOMS if found.has_plans else {"division": ROOMS["division"]}):
        show(place, found)


# --- a programme to solve


def _ask() -> None:
    """The form that starts a run."""
    entries = {entry.key: entry for entry in offered.list_programmes(here())}
    if not entries:
        choosing.say_missing("source")
        st.markdown(say(_("There is no programme yet. One is a folder with programme.yaml among your cases.")))
    else:
        chosen = choosing.one(
            st.selectbox, "source", say(_("Programme to solve")), list(entries), format_func=called
        )  # fmt: skip
        if chosen is not None:
            _start(entries[chosen])
    if st.button(say(_("Make a first programme of two small cases"))):
        _make_first()


def _start(entry: ProgrammeEntry) -> None:
    """What a programme holds, what is asked of the solve, and the button that starts it."""
    found = _read(str(entry.folder), offered.version_of(entry), entry.key)
    if isinstance(found, CaseInvalid):
        st.warning(say(_("This programme has {mistakes}:"), mistakes=count(len(found.problems), "mistake")))
        st.code("\n".join(say(problem.said) for problem in found.problems[:LISTED]), language=None, wrap_lines=True)
        return
    st.caption("  \n".join(plain(say(line)) for line in command.held(found)))
    left, right = st.columns(2)
    minutes = left.number_input(
        say(_("Time limit, minutes")), 0.1, 6000.0, 30.0, format="%.1f", key="programme-minutes", **fields.KEPT,
        help=say(_("For all of it, preparation included: the best programme found by then is kept.")),
    )  # fmt: skip
    within = right.number_input(
        say(_("Good enough within, %")), 0.001, 50.0, 100 * FIRST_GAP, step=0.01, format="%.3f", key="programme-within",
        help=say(_("It is done once it is proven to be this close to the best possible.")), **fields.KEPT,
    )  # fmt: skip
    options = [
        word for field in offering.fields_of(command.solve) for word in fields.asked_for(field, "programme", None)
    ]  # fmt: skip
    if st.button(say(_("Find the best division")), type="primary"):
        begun(lambda: offered.start_programme(here(), entry, 60.0 * minutes, within / 100.0, options, language()))


@st.cache_resource(max_entries=4, show_spinner=False)
def _read(folder: str, version: str, key: str) -> Programme | CaseInvalid:
    """A programme, or what is wrong with it; read again only when a file of it changed."""
    try:
        return load_programme(folder)
    except CaseInvalid as invalid:
        return invalid


def _make_first() -> None:
    """The example, under the first name that nothing has yet."""
    for number in range(1, 1000):
        name = FIRST if number == 1 else f"{FIRST} {number}"
        try:
            offered.make_first(here(), name)
        except FolderTaken:
            continue
        except (OSError, BadName) as problem:
            st.error(plain(say(said_by(problem))))
            return
        choosing.turn(source=f"own/{name}")
        st.rerun()


def _list() -> None:
    """Programmes that are or were solved, the newest first."""
    found = [run for run in runs.list_runs(here()) if run.kind == "programme"]
    if not found:
        return
    with st.expander(say(_("Runs"))):
        table = pd.DataFrame(
            {
                say(_("programme")): [case_of(run) for run in found],
                say(_("started")): [datetime.fromtimestamp(float(run.asked["started"])) for run in found],
                say(_("state")): [say(STATES[run.state]) for run in found],
                say(_("run")): [link("programmes", run=run.id) for run in found],
            }
        )
        shown = {
            say(_("run")): st.column_config.LinkColumn(display_text=say(_("look at it"))),
            say(_("started")): st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm"),
        }
        st.dataframe(table, hide_index=True, column_config=shown)


# --- a run


def _run(name: str) -> None:
    """A run as it is; one that has a result is shown as that."""
    run = runs.read_run(here(), name)
    if run is None:
        st.warning(say(_("There is no run {run} in this workspace."), run=plain(name)))
        return
    if not run.active and run.programme is not None:
        choosing.turn(programme=run.id)
        return
    st.header(plain(case_of(run)), anchor=False)
    st.caption(plain(asked_of(run)))
    if run.active:
        _live(run.id)
    else:
        _ended(run)
    st.divider()


@looked_at_again
def _live(name: str) -> None:
    """A run at work: looked at again and again; once it ends, the whole page is drawn anew."""
    run = under_way(name)
    if run is None:
        return
    stopper(run, _("Stop and keep the best programme"), _("Stopping; the best programme so far is kept."))
    _progress(run)
    st.caption(say(_("The address of this page finds this run again.")))


def _ended(run: Run) -> None:
    """A run without a result."""
    if run.state == "gone":
        st.error(say(_("The solve was ended from outside. Start it again.")))
    elif run.stopping:
        st.info(say(_("Stopped before there was a plan.")))
    else:
        st.error(say(_("The solve ended without a plan. What it said:")))
    if log := said_in(runs.log_of(run)):
        st.code(log, language=None, wrap_lines=True)
    _progress(run)


def _progress(run: Run) -> None:
    """What all members' goals close so far and at most, and what each member is at."""
    events = runs.events_of(run)
    if run.active:
        of_runs.elapsed(run, events)
    told = [event for event in events if event.get("kind") == "progress" and event.get("without") is not None]
    if told:
        st.caption(say(_("Of what all members' first goals come to without any plan, each by its weight:")))
        of_runs.figures(told, "", of_runs.seconds_of(run, events) if run.active else None, "programme")
    state = {str(event["part"]): of_runs.message_of(event) for event in events if event.get("part")}
    keys = _keys(str(run.folder / str(run.asked["folder"])))
    if not state or keys is None:
        return
    members = [e for e in keys.members if e in state]
    names = [say(named(keys.members[e].name or e, keys.members[e].name_zh if keys.members[e].name else "")) for e in members]
    st.dataframe({say(_("member")): names, say(_("what it is at")): [say(state[e]) for e in members]}, hide_index=True)


@st.cache_resource(max_entries=8, show_spinner=False)
def _keys(folder: str) -> ProgrammeKeys | None:
    try:
        return load_keys(folder)
    except CaseInvalid:
        return None


# --- a result


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _opened(folder: str, changed: int) -> ProgrammePlan:
    return store.read_programme(folder)


@st.cache_resource(max_entries=DRAWN, show_spinner=False)
def _drawn(folder: str, changed: int, of_language: str) -> dict[str, tuple[dict[str, Any], str]]:
    """The drawings of a result as Vega-Lite, each with its caption."""
    found = pictures.pictures(_opened(folder, changed))
    return {name: (blocks.specification(picture.draw()), say(picture.caption)) for name, picture in found.items()}


def _show(drawn: tuple[dict[str, Any], str]) -> None:
    specification, caption = drawn
    blocks.drawing(specification, alt=caption)
    st.caption(plain(caption))


def _division(place: Place, found: ProgrammePlan) -> None:
    """Who is given how much, on a map and in tables."""
    whole = said(found)
    blocks.show((tuple(block for block in whole.opening if not isinstance(block, Heading)),))
    drawn = _drawn(*place, language()) if found.has_plans else {}
    for name in ("members", "given", "closed"):
        if name in drawn:
            _show(drawn[name])
    blocks.show(whole.sections)
    if "rounds" in drawn:
        _show(drawn["rounds"])


def _members(place: Place, found: ProgrammePlan) -> None:
    """What a member builds with what it is given."""
    members = {one.id: one for one in sorted(found.members, key=lambda one: -given(one))}
    chosen = choosing.one(
        st.selectbox, "member", say(_("Member")), list(members),
        format_func=lambda e: say(named(members[e].name, members[e].name_zh)),
    )  # fmt: skip
    if chosen is None:
        return
    money = _("Given {money} {unit} of the shared lines.")
    st.markdown(plain(say(money, money=numbers.number(given(members[chosen]), 1), unit=found.unit)))
    whole = text.said(found.plans[chosen])
    blocks.show((tuple(block for block in whole.opening if not isinstance(block, Heading)),))
    blocks.show(whole.sections)


def _away(place: Place, found: ProgrammePlan) -> None:
    """The report as a file."""
    st.markdown(say(_("One web page with the map, all tables and what each member builds; it needs nothing else.")))
    plans.offer(_("Report"), f"{found.name}.html", "text/html", lambda: report.report(found).encode())


ROOMS = {
    "division": (_("Division"), _division),
    "members": (_("Members"), _members),
    "away": (_("Take away"), _away),
}
