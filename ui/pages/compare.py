"""Compare: plans side by side; which is better, and in what they differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from planner.comparing import Comparison, PlanChanged, compare
from planner.plans.plan import Plan
from planner.plans.store import PlanUnreadable
from planner.words.said import Sentence, _
from planner.workspace.plans import PlanPlace
from ui import choosing, comparisons, plans
from ui.frame import plain, say
from ui.pages import compare_rooms
from ui.pages.plan_city import show

KEPT = 6  # comparisons in memory
ROOMS: Mapping[str, tuple[Sentence, Callable[[Comparison, list[PlanPlace]], None]]] = {
    "figures": (_("Figures"), compare_rooms.figures),
    "inputs": (_("Inputs"), compare_rooms.inputs),
    "decisions": (_("Decisions"), compare_rooms.decisions),
    "places": (_("Gaps"), compare_rooms.places),
    "money": (_("Money"), compare_rooms.money),
    "maps": (_("Maps"), compare_rooms.side_by_side),
    "files": (_("Downloads"), compare_rooms.files),
}


def page() -> None:
    """Draw the page."""
    st.header(say(_("Compare plans")))
    chosen = choose()
    if len(chosen) < 2:
        return
    try:
        found = compared(chosen)
    except PlanChanged as changed:
        st.error(
            say(
                _("{plan} was changed by hand since its audit, and its figures make no sense any more. Leave it out."),
                plan=plain(changed.plan),
            )
        )
        return
    if found is None:
        return
    _better(found)
    room = choosing.one(
        st.segmented_control,
        "room",
        say(_("What to look at")),
        list(ROOMS),
        format_func=lambda name: say(ROOMS[name][0]),
        required=True,
        label_visibility="collapsed",
    )
    if room is not None:
        ROOMS[room][1](found, chosen)


def choose() -> list[PlanPlace]:
    """The plans that the link names, or that are chosen from the list; the link follows the choice."""
    by_name = {entry.name: entry for entry in plans.entries()}
    if len(by_name) < 2:
        choosing.say_missing("plans")
        st.info(
            say(
                _(
                    "Two plans are needed to compare, and there are not as many yet. Solve a case and one of its "
                    "scenarios on the page Solve."
                )
            )
        )
        return []
    names = choosing.several(
        st.multiselect,
        "plans",
        say(_("Plans to set side by side; differences are from the first to the others")),
        list(by_name),
        format_func=lambda name: plans.label(by_name[name]),
    )
    if len(names) < 2:
        st.info(say(_("Choose two plans or more.")))
    return [by_name[name] for name in names]


def compared(chosen: list[PlanPlace]) -> Comparison | None:
    """The plans side by side; None if one cannot be read, which is said."""
    read: list[Plan] = []
    for entry in chosen:
        try:
            read.append(plans.opened(entry))
        except PlanUnreadable as problem:
            why = plain(str(problem).replace(str(entry.folder), entry.name))
            st.error(say(_("{plan} cannot be read: {why}"), plan=plain(entry.name), why=why))
            return None
    return _compared(tuple((entry.name, plans.version(entry)) for entry in chosen), read)


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _compared(names: tuple[tuple[str, str], ...], _read: list[Plan]) -> Comparison:
    return compare(_read, [name for name, _ in names])


def _better(found: Comparison) -> None:
    """Which is better and why, what the plans are, and what to keep in mind."""
    st.subheader(say(_("Which is better")), anchor=False)
    for said in comparisons.better(found):
        st.markdown(plain(said))
    notes = [plain(say(note)) for note in found.notes]
    if notes:  # of cases that have little in common they are many: a list, rather than a page of boxes
        st.warning(notes[0] if len(notes) == 1 else "\n".join(f"- {note}" for note in notes))
    show(comparisons.overview(found))
