"""Solve: choose a case, watch the best plan and what nothing can beat come together, stop, and find a run again."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import streamlit as st

from planner.case import Case
from planner.words.said import _, count
from planner.workspace import cases, drafts, runs
from planner.workspace.cases import OpenCase
from ui import choosing
from ui.choosing import link
from ui.frame import here, name_of, plain, say
from ui.pages import running
from ui.pages.cases import meant, named

BASE = "base"  # the case as it stands, beside its scenarios


def page() -> None:
    """Draw the page."""
    st.header(say(_("Solve a case")))
    for run in choosing.address().naming("run"):
        running.show(run)
        st.divider()
        st.subheader(say(_("Solve another")))
    _ask()
    _list()


def _ask() -> None:
    """The form that starts a run."""
    entries = cases.list_cases(here())
    if not entries:
        st.info(say(_("There is no case yet.")))
        return
    keys = [entry.key for entry in entries]
    chosen = choosing.one(st.selectbox, "case", say(_("Case")), keys, otherwise=False, means=meant, format_func=named)
    if chosen is None:
        return
    opened = cases.open_case(entries[keys.index(chosen)])
    if chosen in drafts.list_drafts(here(), choosing.browser()):
        st.warning(
            say(
                _(
                    "This case has changes that are not saved. What is solved is the case as it was saved; save it "
                    "on the page Cases first to solve it with them."
                )
            )
        )
    checked = cases.check(opened.name, opened.texts)
    if checked.case is None:
        st.warning(
            say(
                _("This case has {mistakes}, to be mended on the page Cases first."),
                mistakes=count(len(checked.problems), "mistake"),
            )
        )
        return
    st.caption(plain(say(checked.case.title)))
    _start(opened, checked.case)


def _start(opened: OpenCase, case: Case) -> None:
    """What is asked of the solve, and the button that starts it."""
    left, middle, right = st.columns(3)
    called = {BASE: say(_("as it stands")), **{name: name_of(scenario) for name, scenario in case.scenarios.items()}}
    with left:
        scenario = choosing.one(st.selectbox, "scenario", say(_("Scenario")), list(called), format_func=called.__getitem__)
    minutes = middle.number_input(
        say(_("Time limit, minutes")),
        0.1,
        600.0,
        10.0,
        format="%.1f",
        help=say(_("For all of it, preparation included: the best plan found by then is kept.")),
        key="solve-minutes",
        persist_state="session",
    )
    within = right.number_input(
        say(_("Good enough within, %")),
        0.001,
        10.0,
        0.01,
        step=0.01,
        format="%.3f",
        help=say(_("The search ends once the plan is proven to be this close to the best possible.")),
        key="solve-within",
        persist_state="session",
    )
    if scenario is not None and scenario != BASE:
        st.caption(plain(say(case.scenarios[scenario].description)))
    if st.button(say(_("Find the best plan")), type="primary"):
        running.begin(
            opened.name,
            opened.texts,
            None if scenario == BASE else scenario,
            60.0 * minutes,
            within / 100.0,
            shipped=not opened.own,
        )


def _list() -> None:
    """Runs of the workspace, the newest first."""
    found = [run for run in runs.list_runs(here()) if not run.asked.get("question")]
    if not found:
        return
    st.subheader(say(_("Runs")))
    table = pd.DataFrame(
        {
            say(_("case")): [running.case_of(run) for run in found],
            say(_("scenario")): [str(run.asked["scenario"] or say(_("as it stands"))) for run in found],
            say(_("started")): [datetime.fromtimestamp(float(run.asked["started"])) for run in found],
            say(_("state")): [say(running.STATES[run.state]) for run in found],
            say(_("run")): [link("solve", run=run.id) for run in found],
        }
    )
    shown = {
        say(_("run")): st.column_config.LinkColumn(display_text=say(_("look at it"))),
        say(_("started")): st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm"),
    }
    st.dataframe(table, hide_index=True, column_config=shown)
