"""Solve: choose a case, watch the best plan and what nothing can beat come together, stop, and find a run again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pandas as pd
import streamlit as st

from planner.workspace import cases, runs
from planner.workspace.runs import Run
from ui import charts
from ui.frame import go, here, link, name_of
from ui.messages import say

REFRESH = 0.5  # seconds


def page() -> None:
    """Draw the page."""
    run = st.query_params.get("run")
    if run:
        _show(run)
        st.divider()
    _ask()
    _list()


def _ask() -> None:
    """The form that starts a run."""
    st.header(say("solve.title"))
    entries = cases.list_cases(here())
    if not entries:
        st.info(say("solve.none"))
        return
    wanted = st.query_params.get("case")
    names = [entry.name if entry.own else say("solve.shipped", name=entry.name) for entry in entries]
    first = next((k for k, entry in enumerate(entries) if entry.name == wanted), 0)
    chosen = st.selectbox(
        say("solve.case"), range(len(entries)), index=first, format_func=names.__getitem__, key="solve-case"
    )
    opened = cases.open_case(entries[chosen])
    checked = cases.check(opened.name, opened.texts)
    if checked.case is None:
        st.warning(say("solve.invalid", count=len(checked.problems)))
        return
    st.caption(checked.case.title)
    left, middle, right = st.columns(3)
    scenarios = checked.case.scenarios
    named = {"": say("solve.base"), **{name: name_of(scenario) for name, scenario in scenarios.items()}}
    scenario = left.selectbox(say("solve.scenario"), list(named), format_func=named.__getitem__)
    if scenario:
        left.caption(scenarios[scenario].description)
    minutes = middle.number_input(say("solve.minutes"), 0.1, 600.0, 10.0, help=say("solve.minutes_help"))
    within = right.number_input(
        say("solve.within"), 0.001, 10.0, 0.01, step=0.01, format="%.3f", help=say("solve.within_help")
    )
    if st.button(say("solve.start"), type="primary"):
        run = runs.start_run(here(), opened.name, opened.texts, scenario or None, 60.0 * minutes, within / 100.0)
        st.query_params["run"] = run.id
        st.rerun()


def _show(name: str) -> None:
    run = runs.read_run(here(), name)
    if run is None:
        st.warning(say("solve.no_run", run=name))
        return
    st.subheader(say("solve.run", run=run.id))
    if run.active:
        _live(run.id)
    else:
        _ended(run)
        _progress(runs.events_of(run))


@st.fragment(run_every=REFRESH)
def _live(name: str) -> None:
    """A run at work: looked at again and again; once it ends, the whole page is drawn anew."""
    run = runs.read_run(here(), name)
    if run is None or not run.active:
        st.rerun()
        return
    if run.state == "waiting":
        st.info(say("solve.waiting"))
    if run.stopping:
        st.info(say("solve.stopping"))
    elif st.button(say("solve.stop"), key=f"stop-{run.id}"):
        runs.stop_run(run)
        st.rerun(scope="fragment")
    _progress(runs.events_of(run))
    st.caption(say("solve.link"))


def _ended(run: Run) -> None:
    if run.plan is not None:
        st.success(say("solve.done"))
        st.button(say("solve.look"), type="primary", on_click=go, args=("plan",), kwargs={"plan": run.id})
    elif run.state == "gone":
        st.error(say("solve.gone"))
    elif run.stopping:
        st.info(say("solve.stopped_waiting"))
    else:
        st.error(say("solve.failed"))
        st.code(runs.log_of(run), language=None)


def _progress(events: list[dict[str, Any]]) -> None:
    """The figures so far, and how they came together."""
    last = next((event for event in reversed(events) if event.get("kind") in ("stage", "progress", "goal")), None)
    if last is None:
        return
    told = [event for event in events if event.get("kind") in ("progress", "goal")]
    if last["kind"] == "stage":
        st.caption(say("solve.stage", stage=last["message"], seconds=f"{last['seconds']:.0f}"))
    if not told:
        return
    now = told[-1]
    best, bound, proven = st.columns(3)
    best.metric(say("solve.best"), say("solve.no_plan_yet") if now["best"] is None else f"{now['best']:.4g}")
    bound.metric(say("solve.bound"), "" if now["bound"] is None else f"{now['bound']:.4g}")
    proven.metric(say("solve.proven"), "" if now["gap"] is None else f"{100 * now['gap']:.2g} %")
    history = charts.history(told, now["goal"])
    if len(history):
        st.altair_chart(charts.progress(history, say("solve.goal", goal=now["goal"])), width="stretch")


def _list() -> None:
    """Runs of the workspace, the newest first."""
    found = [run for run in runs.list_runs(here()) if not run.asked.get("question")]
    if not found:
        return
    st.subheader(say("solve.runs"))
    table = pd.DataFrame(
        {
            say("column.run"): [link("solve", run=run.id) for run in found],
            say("column.state"): [say(f"state.{run.state}") for run in found],
            say("column.started"): [datetime.fromtimestamp(float(run.asked["started"])) for run in found],
        }
    )
    shown = st.column_config.LinkColumn(display_text=r"run=([^&]*)")
    st.dataframe(table, hide_index=True, column_config={say("column.run"): shown})
