"""Solve: choose a case, watch the best plan and what nothing can beat come together, stop, and find a run again."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import streamlit as st

from planner.case import Case
from planner.workspace import cases, drafts, runs
from planner.workspace.cases import OpenCase
from ui import choosing
from ui.choosing import link
from ui.frame import here, name_of, plain
from ui.messages import say
from ui.pages import running
from ui.pages.cases import meant, named

BASE = "base"  # the case as it stands, beside its scenarios


def page() -> None:
    """Draw the page."""
    st.header(say("solve.title"))
    for run in choosing.address().naming("run"):
        running.show(run)
        st.divider()
        st.subheader(say("solve.another"))
    _ask()
    _list()


def _ask() -> None:
    """The form that starts a run."""
    entries = cases.list_cases(here())
    if not entries:
        st.info(say("solve.none"))
        return
    keys = [entry.key for entry in entries]
    chosen = choosing.one(st.selectbox, "case", say("solve.case"), keys, otherwise=False, means=meant, format_func=named)
    if chosen is None:
        return
    opened = cases.open_case(entries[keys.index(chosen)])
    if chosen in drafts.list_drafts(here(), choosing.browser()):
        st.warning(say("solve.draft"))
    checked = cases.check(opened.name, opened.texts)
    if checked.case is None:
        st.warning(say("solve.invalid", count=len(checked.problems)))
        return
    st.caption(plain(checked.case.title))
    _start(opened, checked.case)


def _start(opened: OpenCase, case: Case) -> None:
    """What is asked of the solve, and the button that starts it."""
    left, middle, right = st.columns(3)
    called = {BASE: say("solve.base"), **{name: name_of(scenario) for name, scenario in case.scenarios.items()}}
    with left:
        scenario = choosing.one(
            st.selectbox, "scenario", say("solve.scenario"), list(called), format_func=called.__getitem__
        )
    minutes = middle.number_input(
        say("solve.minutes"), 0.1, 600.0, 10.0, format="%.1f", help=say("solve.minutes_help"), key="solve-minutes",
        persist_state="session",
    )  # fmt: skip
    within = right.number_input(
        say("solve.within"), 0.001, 10.0, 0.01, step=0.01, format="%.3f", help=say("solve.within_help"), key="solve-within",
        persist_state="session",
    )  # fmt: skip
    if scenario is not None and scenario != BASE:
        st.caption(plain(case.scenarios[scenario].description))
    if st.button(say("solve.start"), type="primary"):
        running.begin(
            opened.name, opened.texts, None if scenario == BASE else scenario, 60.0 * minutes, within / 100.0,
            shipped=not opened.own,
        )  # fmt: skip


def _list() -> None:
    """Runs of the workspace, the newest first."""
    found = [run for run in runs.list_runs(here()) if not run.asked.get("question")]
    if not found:
        return
    st.subheader(say("solve.runs"))
    table = pd.DataFrame(
        {
            say("column.case"): [running.case_of(run) for run in found],
            say("column.scenario"): [str(run.asked["scenario"] or say("solve.base")) for run in found],
            say("column.started"): [datetime.fromtimestamp(float(run.asked["started"])) for run in found],
            say("column.state"): [say(f"state.{run.state}") for run in found],
            say("column.run"): [link("solve", run=run.id) for run in found],
        }
    )
    shown = {
        say("column.run"): st.column_config.LinkColumn(display_text=say("column.open")),
        say("column.started"): st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm"),
    }
    st.dataframe(table, hide_index=True, column_config=shown)
