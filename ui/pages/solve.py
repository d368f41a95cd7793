"""Solve: choose a case, watch the best plan and what nothing can beat come together, stop, and find a run again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from planner.case import Case, naming
from planner.case.scenarios import BASE
from planner.documents.runs import with_reason as status_of
from planner.words.said import Sentence, _, capital, count
from planner.words.system import why
from planner.workspace import cases, drafts, plans, runs
from planner.workspace.cases import OpenCase
from planner.workspace.runs import Run
from ui import choosing
from ui.choosing import go, link
from ui.frame import here, language, looked_at_again, name_of, plain, said_in, say, stopper, under_way
from ui.pages.cases import meant, named
from ui.progress import progress

CERTAIN = (50, 65, 80, 90, 95)  # per cent of the draws that a plan may be asked to hold in
AS_STATED, HOLDS = _("as the case says"), _("every line holds in {percent} % of the draws")
STATES: Mapping[str, Sentence] = {
    "waiting": _("waiting"),
    "running": _("running"),
    "done": _("done"),
    "failed": _("no plan"),
    "gone": _("ended from outside"),
}


def page() -> None:
    """Draw the page."""
    st.title(say(_("Solve a case")), anchor=False)
    for run in choosing.address().naming("run"):
        show(run)
        st.divider()
        st.header(say(_("Solve another")))
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
    st.caption(plain(say(naming.title(checked.case))))
    _start(opened, checked.case)


def _start(opened: OpenCase, case: Case) -> None:
    """What is asked of the solve, and the button that starts it."""
    left, middle, right = st.columns(3)
    called = {BASE: say(naming.BASE), **{name: name_of(scenario) for name, scenario in case.scenarios.items()}}
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
        help=say(
            _(
                "A goal is done once the plan is proven to be this close to the best possible; of goals after the first, "
                "0.1 % is enough."
            )
        ),
        key="solve-within",
        persist_state="session",
    )
    certain = st.selectbox(
        say(_("How certain its money is to be")),
        [None, *CERTAIN],
        format_func=lambda percent: say(AS_STATED) if percent is None else say(HOLDS, percent=percent),
        help=say(
            _("So much money is kept free that every line holds in so many of the draws. Takes as many as eight solves.")
        ),
        key="solve-reserve",
        persist_state="session",
    )
    if scenario is not None and scenario != BASE:
        st.caption(plain(say(case.scenarios[scenario].description)))
    if st.button(say(_("Find the best plan")), type="primary"):
        begin(
            opened.name,
            opened.texts,
            None if scenario == BASE else scenario,
            60.0 * minutes,
            within / 100.0,
            shipped=not opened.own,
            reserve=None if certain is None else f"P{certain}",
        )


def _list() -> None:
    """Runs of the workspace, the newest first."""
    found = [run for run in runs.list_runs(here()) if run.kind == "solve"]
    if not found:
        return
    st.header(say(_("Runs")))
    table = pd.DataFrame(
        {
            say(_("case")): [case_of(run) for run in found],
            say(_("scenario")): [str(run.asked["scenario"] or say(naming.BASE)) for run in found],
            say(_("started")): [datetime.fromtimestamp(float(run.asked["started"])) for run in found],
            say(_("state")): [say(STATES[run.state]) for run in found],
            say(_("run")): [link("solve", run=run.id) for run in found],
        }
    )
    shown = {
        say(_("run")): st.column_config.LinkColumn(display_text=say(_("look at it"))),
        say(_("started")): st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm"),
    }
    st.dataframe(table, hide_index=True, column_config=shown)


# --- a run: what was asked, how far it is, and what came of it


def begin(*asked: Any, **question: Any) -> None:
    """Start a run, as `planner.workspace.runs.start_run` does, and show it; where it cannot be started, say why."""
    begun(lambda: runs.start_run(here(), *asked, **question, language=language()))


def begun(start: Callable[[], Run]) -> None:
    """Start a run of whatever kind, and show it; where it cannot be started, say why."""
    try:
        run = start()
    except OSError as problem:
        place = Path(problem.filename or here().root).name
        st.error(
            say(
                _("Nothing was done, since {place} cannot be written to: {why}"),
                place=plain(place),
                why=plain(say(why(problem))),
            )
        )
        return
    choosing.turn(run=run.id)
    st.rerun()


def show(name: str) -> None:
    """A run of the workspace, found by its name."""
    run = runs.read_run(here(), name)
    if run is None:
        st.warning(say(_("There is no run {run} in this workspace."), run=plain(name)))
        return
    scenario = run.asked.get("scenario") or say(naming.BASE)
    st.header(plain(say(_("{case}, {scenario}"), case=case_of(run), scenario=scenario)), anchor=False)
    st.caption(plain(asked_of(run)))
    if run.active:
        _live(run.id)
    else:
        _ended(run)


def case_of(run: Run) -> str:
    """The case of a run; one that ships with the program is told apart from one of the same name."""
    name = str(run.asked.get("case", ""))
    return say(_("{name} (example)"), name=name) if run.asked.get("shipped") else name


def asked_of(run: Run) -> str:
    """When it was started, and what was asked of it."""
    started = f"{datetime.fromtimestamp(float(run.asked['started'])):%Y-%m-%d %H:%M:%S}"
    limit = run.asked["time_limit"]
    minutes = say(_("no")) if limit is None else f"{limit / 60:.3g}"
    return say(
        _("Started {started}. Time limit {minutes} minutes; good enough within {within} %."),
        started=started,
        minutes=minutes,
        within=f"{100 * run.asked['gap']:.3g}",
    )


@looked_at_again
def _live(name: str) -> None:
    """A run at work: looked at again and again; once it ends, the whole page is drawn anew."""
    run = under_way(name)
    if run is None:
        return
    stopper(run, _("Stop and keep the best plan"), _("Stopping; the best plan so far is kept."))
    progress(run)
    st.caption(say(_("The address of this page finds this run again.")))


def _ended(run: Run) -> None:
    if run.plan is not None:
        _came_of(run.id)
        st.button(say(_("Look at the plan")), type="primary", on_click=go, args=("plan",), kwargs={"plan": run.id})
    elif run.state == "gone":
        st.error(say(_("The solve was ended from outside. Start it again.")))
        if log := said_in(runs.log_of(run)):
            st.code(log, language=None, wrap_lines=True)
    elif run.stopping:
        begun = (run.folder / "begun").exists()
        st.info(say(_("Stopped before there was a plan.") if begun else _("Stopped before it began.")))
    else:
        st.error(say(_("The solve ended without a plan. What it said:")))
        st.code(said_in(runs.log_of(run)), language=None, wrap_lines=True)
    progress(run)


def _came_of(run: str) -> None:
    """What the plan of a run is: proven the best, the best so far, or none."""
    entry = plans.find_plan(here(), run)
    about = {} if entry is None else entry.about
    shown = {"optimal": st.success, "feasible": st.warning, "interrupted": st.warning}.get(
        str(about.get("status")), st.error
    )
    said = say(capital(status_of(about))) if about else ""
    shown(f"{say(_('Done.'))} {plain(said)}")
