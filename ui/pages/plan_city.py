"""The map of a plan, and the city that is chosen on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from planner.case import naming
from planner.documents import built, changes, money, vocabulary
from planner.documents.drawings import flows, maps, shown
from planner.documents.drawings.shown import Only
from planner.plans.plan import Plan
from planner.words import numbers
from planner.words.said import Sentence, _, capital
from planner.workspace.plans import PlanPlace
from ui import blocks, choosing, plans
from ui.frame import name_of, plain, say

WORLDS: Mapping[str, Sentence] = {
    "gap_with": _("with the plan"), "gap_without": _("without the plan"), maps.CLOSED: _("what it closes"),
}  # fmt: skip
NO_FLOW = "none"
FIELDS: Mapping[str, Sentence] = {  # of what is shown of the measures, each a parameter of the address
    "kinds": _("Kinds of measures"), "starts": _("Works start in"), "payers": _("Paid by"), "realities": _("How real"),
}  # fmt: skip
NEARER = _("Around the city")
TALL = 800  # pixels of the map


def map_room(entry: PlanPlace, found: Plan) -> None:
    """Map and city side by side, on a narrow screen one below the other; then what is built there, and who pays."""
    case = found.case
    left, right = st.columns([4, 3], gap="medium")
    with right:
        city = choosing.one(
            st.selectbox,
            "city",
            say(_("City")),
            list(case.cities),
            format_func=lambda i: name_of(case.cities[i]),
            help=say(_("Click on a city, or choose it from the list.")),
        )
    if city is None:
        return
    with left:
        world, period = _switches(found)
        only, flow, near = _filters(found, period)
        asked = {"only": only, "flow": flow, "around": city if near else None}
        under = plans.ground(entry, found)
        spec = maps.framed(plans.drawing(entry, "clicks", world=world, period=period, **asked), under, city)
        clicks = f"map-{entry.name}"

        def clicked() -> None:
            picked = picked_city(st.session_state.get(clicks))
            if picked is not None and picked in case.cities:
                choosing.show(city=picked)

        st.vega_lite_chart(
            spec,
            theme=None,
            width="stretch",
            height=TALL,
            key=clicks,
            on_select=clicked,
            selection_mode="city",
            alt=say(_("Map of the cities, shaded by gap")),
        )
        st.caption(f"{say(HOW)} {plain(say(maps.note(found, period, under)))}")
    with right:
        city_indicators(found, city, period)
    city_measures(found, city)


HOW = _("Turn the wheel to come nearer, draw to move, click twice for all of it; names show as there is room for them.")


def _filters(found: Plan, period: str) -> tuple[Only, str, bool]:
    """Which measures and which flow are shown, and whether the map shows what is around the city."""
    there = flows.flows(found, period)
    offered = shown.choices(found)
    picked: dict[str, tuple[str, ...]] = {}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        flow = choosing.one(
            st.selectbox, "flow", say(_("Flows")), [NO_FLOW, *there],
            format_func=lambda key: say(capital(there[key].title)) if key in there else say(_("none")), width=300,
        )  # fmt: skip
        named = sum(len(choosing.address().naming(field)) for field in FIELDS)
        label = say(_("Only some measures")) if not named else say(_("Only some measures ({number})"), number=named)
        with st.popover(label):
            for field, title in FIELDS.items():
                if offered[field]:
                    picked[field] = choosing.several(
                        st.multiselect, field, say(title), offered[field],
                        format_func=lambda id_, field=field: say(capital(shown.called(found.case, field, id_))),
                    )  # fmt: skip
        near = st.toggle(say(NEARER), key="map-nearer", persist_state="session")
    return Only(**picked), flow if flow in there else "", near


def overview_map(entry: PlanPlace, found: Plan) -> None:
    """The map with the plan in the last period; a click on a city opens the room of the map with it."""
    clicks = f"overview-map-{entry.name}"

    def clicked() -> None:
        picked = picked_city(st.session_state.get(clicks))
        if picked is not None and picked in found.case.cities:
            choosing.show(room="map", city=picked)

    st.vega_lite_chart(
        plans.drawing(entry, "clicks"),
        theme=None,
        width="stretch",
        height=TALL,
        key=clicks,
        on_select=clicked,
        selection_mode="city",
        alt=say(_("Map of the cities, shaded by gap")),
    )
    st.caption(plain(say(maps.note(found, under=plans.ground(entry, found)))))


def picked_city(state: Any) -> str | None:
    """The city of a click on the map; None where the click met none."""
    try:
        picked = state["selection"]["city"]
        return str(picked[0]["id"]) if picked else None
    except (KeyError, IndexError, TypeError):
        return None


def _switches(found: Plan) -> tuple[str, str]:
    """Which world and which period is shown."""
    with st.container(horizontal=True):
        world = choosing.one(
            st.segmented_control,
            "world",
            say(_("World")),
            list(WORLDS),
            format_func=lambda name: say(WORLDS[name]),
            required=True,
            label_visibility="collapsed",
        )
        period = choose_period(found)
    return world or next(iter(WORLDS)), period


def choose_period(found: Plan) -> str:
    """One of the plan's periods; at first the last."""
    periods = {p.id: p.label for p in found.case.periods}
    last = list(periods)[-1]
    chosen = choosing.one(
        st.segmented_control,
        "period",
        say(_("Period")),
        list(periods),
        last,
        format_func=periods.__getitem__,
        required=True,
        label_visibility="collapsed",
    )
    return chosen or last


def city_indicators(found: Plan, city: str, period: str) -> None:
    """One city: who lives there, and its indicators."""
    place = found.case.cities[city]
    label = found.case.period(period).label
    who = plain(say(naming.jurisdiction(found.case, place.jurisdiction)))
    st.caption(
        say(
            _("{tier} city of {jurisdiction}, {people} people in {period}"),
            tier=say(capital(vocabulary.TIERS[place.tier])),
            jurisdiction=who,
            people=numbers.number(place.population[period], 0),
            period=label,
        )
    )
    st.markdown(f"**{say(_('Indicators in {period}, without and with the plan'), period=label)}**")
    blocks.grid(changes.of_city(found, city, period))
    paid = money.paid_in_city(found, city)
    if paid.rows:
        st.markdown(f"**{say(_('Who pays for what is here, whole horizon'))}**")
        blocks.grid(paid)


def city_measures(found: Plan, city: str) -> None:
    """What is built or signed in a city, and who pays for each."""
    here = built.city_table(found, city)
    if not here.rows:
        st.caption(say(_("Nothing is built or signed here.")))
        return
    st.markdown(f"**{say(_('Built or signed here: {count}'), count=len(here.rows))}**")
    blocks.grid(here)
