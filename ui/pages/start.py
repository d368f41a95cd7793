"""Start: plans and cases to open at once, one's own with names and notes, and the ways to a new case."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import streamlit as st

from planner.case.units import in_words
from planner.documents import runs as of_runs
from planner.programme.offered import list_results
from planner.words import numbers
from planner.words.said import Sentence, _, count, said_by, series
from planner.words.system import why
from planner.workspace import cases, notes, plans, runs
from planner.workspace.cases import CaseEntry
from planner.workspace.notes import Note
from planner.workspace.plans import PlanPlace
from ui import plans as of_page
from ui.choosing import go
from ui.frame import here, plain, say
from ui.pages.cases import bring

SHOWN = 8  # of the user's own, before one asks for all


def page() -> None:
    """Draw the page."""
    st.title(say(_("Start")), anchor=False)
    if failed := st.session_state.pop(FAILED, None):
        st.error(plain(failed))
    entries = plans.list_plans(here())
    known = notes.read_notes(here())
    _plans(_("Plans to look at"), [entry for entry in entries if entry.shipped], known)
    _plans(_("Your plans"), [entry for entry in entries if not entry.shipped], known)
    for problem in plans.damaged_plans(here()):
        st.warning(plain(say(_("not listed: {problem}"), problem=problem)))
    _programmes()
    _answers(known)
    left, right = st.columns(2, gap="medium")
    with left:
        st.header(say(_("Your cases")), anchor=False)
        own = [entry for entry in cases.list_cases(here()) if entry.own]
        for entry in own:
            _case(entry)
        if not own:
            st.caption(say(_("You have no case yet: make one beside this, or look at an example on the page Cases.")))
    with right:
        st.header(say(_("A new case")), anchor=False)
        bring()


def _plans(title: Sentence, entries: Sequence[PlanPlace], known: Mapping[str, Note]) -> None:
    """Plans with what they come to, each to be opened; those of the user to be named, noted and deleted."""
    if not entries:
        return
    st.header(say(title), anchor=False)
    for entry in entries[:SHOWN]:
        _plan(entry, known.get(entry.name, Note()))
    if len(entries) > SHOWN:
        with st.expander(say(_("All {count}"), count=len(entries))):
            for entry in entries[SHOWN:]:
                _plan(entry, known.get(entry.name, Note()))


def _plan(entry: PlanPlace, note: Note) -> None:
    with st.container(border=True):
        left, right = st.columns([5, 1], vertical_alignment="center")
        with left:
            st.markdown(f"**{plain(note.name or of_page.title(entry))}**")
            st.caption(plain(say(series(_facts(entry), " · "))))
            if note.text:
                st.text(note.text)
        with right, st.container(horizontal=True, horizontal_alignment="right"):
            st.button(
                say(_("Open")), key=f"open-{entry.name}", type="primary", on_click=go, args=("plan",),
                kwargs={"plan": entry.name, "room": "overview"},
            )  # fmt: skip
            if entry.own:
                with st.popover("…", help=say(_("Name, note, delete"))):
                    _edit(entry.name, note)


def _facts(entry: PlanPlace) -> list[str]:
    """How much of the gap it closes, what it spends, what is proven, and when it was written."""
    about, headline = entry.about, entry.about.get("headline") or {}
    found: list[str] = []
    without, with_plan = headline.get("gap_without"), headline.get("gap_with")
    if without and with_plan is not None:
        found.append(_("closes {share} of the gap").format(share=numbers.percent((without - with_plan) / without)))
    if headline.get("spending") is not None:
        unit = in_words(str(headline.get("unit", "")))
        found.append(_("{amount} {unit}").format(amount=numbers.figure(headline["spending"]), unit=unit))
    found.append(of_runs.with_reason(about))
    if entry.own:
        found.append(of_page.written(entry))
    return [fact for fact in found if fact]


def _edit(key: str, note: Note) -> None:
    """Name, note, and the button that deletes."""
    name = st.text_input(say(_("Name")), note.name, key=f"name-{key}", max_chars=notes.LONGEST_NAME)
    text = st.text_area(say(_("Note")), note.text, key=f"note-{key}", max_chars=notes.LONGEST_NOTE)
    if st.button(say(_("Keep")), key=f"keep-{key}"):
        _done(lambda: notes.keep_note(here(), key, Note(name, text)))
    st.button(say(_("Delete for good")), key=f"delete-{key}", on_click=_delete, args=(key,))


def _delete(key: str) -> None:
    from planner.programme import store as programmes
    from planner.questions import keeping

    try:
        runs.delete_run(here(), key, keeping.parts, programmes.parts)
    except ValueError as problem:  # refused before anything is touched
        st.session_state[FAILED] = _reason(problem)
        return
    except OSError as problem:
        st.session_state[FAILED] = say(_("Not all of it was deleted: {why}."), why=_why(problem))
        return
    with suppress(OSError):  # a note of what is gone is shown nowhere
        notes.keep_note(here(), key, Note())


FAILED = "start-failed"


def _done(do: Any) -> None:
    try:
        do()
    except OSError as problem:
        st.error(plain(_reason(problem)))
        return
    st.rerun()


def _reason(problem: BaseException) -> str:
    return say(_("Nothing was changed: {why}."), why=_why(problem))


def _why(problem: BaseException) -> str:
    said = say(why(problem) if isinstance(problem, OSError) else said_by(problem))
    return said.replace(f"{here().root}{os.sep}", "").rstrip(".")


def _programmes() -> None:
    """Results of programmes, each to be opened on its page."""
    found = list_results(here())
    if found:
        st.header(say(_("Programmes")), anchor=False)
    for name in found:
        st.button(plain(name), key=f"programme-{name}", type="tertiary", on_click=go, args=("programmes",),
                  kwargs={"programme": name})  # fmt: skip


def _answers(known: Mapping[str, Note]) -> None:
    """Questions asked, to be opened, named and deleted, behind one line."""
    asked = [run for run in runs.list_runs(here()) if run.kind == "question"]
    if not asked:
        return
    with st.expander(say(_("{answers} to questions"), answers=say(count(len(asked), "answer")))):
        for run in asked:
            note = known.get(run.id, Note())
            with st.container(horizontal=True, vertical_alignment="center"):
                st.button(plain(note.name or run.id), key=f"answer-{run.id}", type="tertiary", on_click=go,
                          args=("explore",), kwargs={"run": run.id})  # fmt: skip
                if not run.active:
                    with st.popover("…", help=say(_("Name, note, delete"))):
                        _edit(run.id, note)


def _case(entry: CaseEntry) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(plain(entry.name), key=f"case-{entry.key}", type="tertiary", on_click=go, args=("cases",),
                  kwargs={"case": entry.key})  # fmt: skip
        st.space("stretch")
        st.button(say(_("Solve")), key=f"solve-{entry.key}", on_click=go, args=("solve",), kwargs={"case": entry.key})
