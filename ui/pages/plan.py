"""Plan: choose a plan, see what it reaches, costs and proves, and look at it from all sides."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from planner.documents import goals
from planner.documents.parks import emissions_of_each
from planner.documents.text import MORE_TIME
from planner.plans.plan import Plan
from planner.plans.store import PlanUnreadable
from planner.words.said import Sentence, _, capital, series
from planner.workspace.plans import PlanPlace
from ui import choosing, plan_figures, plans
from ui.frame import plain, say, scenario_of
from ui.pages import plan_city, plan_files, plan_rooms

CARD = 220  # pixels of a headline figure
ROOMS: Mapping[str, tuple[Sentence, Callable[[PlanPlace, Plan], None]]] = {
    "map": (_("Map"), plan_city.map_room),
    "timeline": (_("Timeline"), plan_rooms.timeline),
    "gaps": (_("Gaps"), plan_rooms.gaps),
    "money": (_("Money"), plan_rooms.money),
    "tables": (_("Tables"), plan_rooms.tables),
    "words": (_("In words"), plan_rooms.words),
    "files": (_("Downloads"), plan_files.files),
}


def page() -> None:
    """Draw the page."""
    st.header(say(_("Plan")))
    entry = choose()
    if entry is None:
        return
    try:
        found = plans.opened(entry)
    except PlanUnreadable as problem:
        st.error(say(_("This plan cannot be read: {why}"), why=plain(str(problem).replace(str(entry.folder), entry.name))))
        return
    try:
        _show(entry, found)
    except (KeyError, IndexError, ValueError, ZeroDivisionError):
        if not found.may_be_edited:
            raise
        st.error(
            say(
                _(
                    "The files of this plan were changed by hand, and its figures make no sense any more. Solve the "
                    "case again."
                )
            )
        )


def choose() -> PlanPlace | None:
    """The plan that the link names, or that is chosen from the list; the link follows the choice."""
    by_name = {entry.name: entry for entry in plans.entries()}
    if not by_name:
        choosing.say_missing("plan")
        st.info(say(_("There is no plan yet. Solve a case on the page Solve; its plan then stands here.")))
        return None
    name = choosing.one(
        st.selectbox,
        "plan",
        say(_("Plan", "plan.choose")),
        list(by_name),
        otherwise=False,
        format_func=lambda name: plans.label(by_name[name]),
    )
    return None if name is None else by_name[name]


def _show(entry: PlanPlace, found: Plan) -> None:
    case = found.case
    scenario = scenario_of(case)
    about = say(_("Case {case}, scenario {scenario}"), case=plain(case.name), scenario=plain(scenario))
    st.caption(f"{plain(say(case.title))} · {about}")
    _status(found)
    if not found.has_decisions:
        return
    _headline(found)
    _proof(found)
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
        ROOMS[room][1](entry, found)


def _status(found: Plan) -> None:
    """In words: whether there is a plan, what is proven, and whether its figures can be relied on."""
    if unfound := goals.nothing_found(found):
        st.warning(plain(say(unfound)))
    show = {"optimal": st.success, "evaluated": st.info, "infeasible": st.error, "no_plan": st.error}.get(
        found.status, st.warning
    )
    show(plain(say(capital(goals.status_words(found)))))
    if found.status == "infeasible":
        for said in goals.infeasible_words(found):
            st.markdown(plain(say(said)))
    if found.status == "no_plan":
        st.markdown(plain(say(capital(MORE_TIME))))
    if found.audit == "failed" or found.may_be_edited:
        st.error(plain(say(audited(found))))
    for promise in found.broken:
        st.warning(plain(say(_("Promise broken: {promise}").format(promise=promise))))


def audited(found: Plan) -> Sentence:
    """What the audit vouches for."""
    return _("Audit {audit}.").format(audit=goals.audit_words(found))


def _headline(found: Plan) -> None:
    figures = plan_figures.headline(found)
    with st.container(horizontal=True, gap="small"):
        for figure in figures:
            st.metric(
                plain(figure.label),
                plain(figure.value),
                plain(figure.beside),
                delta_color="off",
                delta_arrow="off",
                help=plain(figure.help) or None,
                width=CARD,
                border=True,
            )
    emitted = emissions_of_each(found)
    if emitted:
        last = found.case.periods[-1].label
        st.caption(plain(say(_("Emissions in {period}: {said}"), period=last, said=series(emitted, "; "))))


def _proof(found: Plan) -> None:
    """The goals with what is proven of each, who is worse off, and what the audit says."""
    with st.expander(say(_("Goals in their order, and what is proven"))):
        table = plan_figures.goal_table(found)
        right = {head: st.column_config.TextColumn(alignment="right") for head in table.columns[3:5]}
        st.dataframe(table, hide_index=True, column_config=right)
        if found.audit in ("passed", "not run"):
            st.caption(plain(say(audited(found))))
        if found.worse_off:
            st.markdown(f"{say(_('Worse off with the plan'))}:")
            for who in found.worse_off:
                st.text(say(who))
