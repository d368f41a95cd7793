"""Programmes: cases that share a purse; who is given how much, on one map, and what each member builds with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from planner.documents import text
from planner.documents.blocks import Heading
from planner.plans.store import PlanUnreadable
from planner.programme import pictures, report, store
from planner.programme.result import ProgrammePlan
from planner.programme.shown import given, named, said
from planner.words import numbers
from planner.words.said import _, said_by
from ui import blocks, choosing, plans
from ui.frame import here, language, plain, say

Place = tuple[str, int]  # a result's folder, and when it was written
DRAWN = 4  # results whose drawings are in memory, a language each
KEPT = 2  # results in memory, each with the plans of all its members
NONE = _(
    "There is no result of a programme yet. In a shell: `planner programme init mine`, then `planner programme solve mine`. "
    "Results in the folder `programmes`, of the workspace or where the page was started, are listed here."
)


def page() -> None:
    """Draw the page."""
    st.header(say(_("Programmes")))
    there = results()
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


def results() -> dict[str, Path]:
    """Results of the workspace, then those of the folder of the commands, by name."""
    found: dict[str, Path] = {}
    for folder in (here().root / "programmes", Path("programmes").resolve()):
        for place in sorted(folder.iterdir()) if folder.is_dir() else ():
            if store.is_result(place):
                found.setdefault(place.name, place)
    return found


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
    blocks.drawing(specification)
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
