"""Solve: choose a case, watch the best plan and what nothing can beat come together, stop, and find a run again."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from planner.case import Case, naming
from planner.case.scenarios import BASE
from planner.documents import goals
from planner.documents.drawings.theme import AFTER, VERMILION, themed
from planner.documents.runs import proof_gap
from planner.documents.runs import with_reason as status_of
from planner.words import numbers
from planner.words.said import Sentence, _, capital, count, in_languages
from planner.words.system import why
from planner.workspace import cases, drafts, plans, runs
from planner.workspace.cases import OpenCase
from planner.workspace.runs import Run
from ui import blocks, choosing
from ui.choosing import go, link
from ui.frame import here, language, looked_at_again, name_of, plain, said_in, say, stopper, under_way, with_unit
from ui.pages.cases import meant, named

BEST, BOUND, SMALLER = _("Best plan so far"), _("Nothing can beat"), _("smaller is better")
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
    st.header(say(_("Solve a case")))
    for run in choosing.address().naming("run"):
        show(run)
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
    found = [run for run in runs.list_runs(here()) if not run.asked.get("question")]
    if not found:
        return
    st.subheader(say(_("Runs")))
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
    try:
        run = runs.start_run(here(), *asked, **question, language=language())
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
    scenario = run.asked["scenario"] or say(naming.BASE)
    st.subheader(plain(say(_("{case}, {scenario}"), case=case_of(run), scenario=scenario)), anchor=False)
    st.caption(plain(_asked(run)))
    if run.active:
        _live(run.id)
    else:
        _ended(run)


def case_of(run: Run) -> str:
    """The case of a run; one that ships with the program is told apart from one of the same name."""
    name = str(run.asked.get("case", ""))
    return say(_("{name} (example)"), name=name) if run.asked.get("shipped") else name


def _asked(run: Run) -> str:
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


def progress(run: Run) -> None:
    """How far each goal is, the figures of one, and how they came together."""
    events = runs.events_of(run)
    told: dict[str, list[dict[str, Any]]] = {}
    for event in events:
        if event.get("kind") in ("progress", "goal"):
            told.setdefault(str(event["goal"]), []).append(event)
    if run.active:
        _stage(run, events)
    case = _case(run.id) if told else None
    if case is None:
        return
    goal = next(iter(told))
    if len(told) > 1:
        goal = st.segmented_control(
            say(_("Goal")),
            list(told),
            default=list(told)[-1] if run.active else goal,
            required=True,
            format_func=lambda name: say(goals.called(case, name)),
            help=say(_("Goals in their order: each is reached before the next counts.")),
            key=f"goal-{run.id}-{len(told)}-{run.active}",
        )
    if run.plan is not None and goal in (stands := _stands(run.id)):
        told[goal].append({**told[goal][-1], **stands[goal]})
    _goal(case, goal, told[goal], _seconds(run, events) if run.active and goal == list(told)[-1] else None)


def _stands(run: str) -> dict[str, dict[str, float | None]]:
    """Goal -> its figures in the plan as it stands, which every other page shows, too: not those of the search alone."""
    entry = plans.find_plan(here(), run)
    of_plan = () if entry is None else entry.about.get("goals", ())
    return {
        str(goal["name"]): {"best": goal["value"], "bound": goal["bound"], "gap": proof_gap(goal)}
        for goal in of_plan
        if goal.get("value") is not None
    }


def _stage(run: Run, events: list[dict[str, Any]]) -> None:
    """What the run does at this moment."""
    stage = next((event for event in reversed(events) if event.get("kind") == "stage"), None)
    if stage is not None:
        st.caption(say(_("{stage} ({seconds} s)"), stage=message_of(stage), seconds=f"{_seconds(run, events):.0f}"))


def message_of(event: Mapping[str, Any]) -> str:
    """What a run tells, in the languages that it told it in."""
    return in_languages(str(event["message"]), event.get("languages", {}))


def _seconds(run: Run, events: list[dict[str, Any]]) -> float:
    """How long a run has been at work: what it told last, and the time since then."""
    last = next((float(event["seconds"]) for event in reversed(events) if "seconds" in event), 0.0)
    try:
        return last + max(0.0, time.time() - (run.folder / "run.jsonl").stat().st_mtime)
    except OSError:
        return last


def _goal(case: Case, name: str, told: list[dict[str, Any]], seconds: float | None) -> None:
    """The figures of one goal so far, and both curves."""
    now, unit = told[-1], say(goals.unit_of(case, name))
    best, bound = (with_unit(what, unit) for what in (BEST, BOUND))
    left, middle, right = st.columns(3)
    left.metric(plain(best), _figure(now["best"], say(_("no plan yet"))))
    middle.metric(plain(bound), _figure(now["bound"], say(_("not known yet"))))
    right.metric(say(_("Proven within")), say(_("not known yet")) if now["gap"] is None else numbers.proof(now["gap"]))
    names = say(BEST), say(BOUND)
    spec = _curves(with_unit(SMALLER, unit), language())
    data = points(told, *names, seconds)
    if data:
        st.vega_lite_chart({**spec, "datasets": {TOLD: data}}, theme=None, width="stretch", key=f"curves-{name}")


def _figure(value: float | None, otherwise: str) -> str:
    if value is None:
        return otherwise
    return numbers.figure(value)


@st.cache_data(max_entries=32, show_spinner=False)
def _curves(title: str, of_language: str) -> Mapping[str, Any]:
    """The drawing of the curves without their data, made once: it is looked at again and again."""
    return blocks.specification(curves(say(BEST), say(BOUND), title, say(_("seconds"))))


@st.cache_resource(max_entries=16, show_spinner=False)
def _case(run: str) -> Case | None:
    """The case of a run as it was then."""
    found = runs.read_run(here(), run)
    if found is None:
        return None
    name = str(found.asked["case"])
    opened = cases.open_case(cases.CaseEntry(name, found.folder / "case" / name, False))
    return cases.check(name, opened.texts, found.asked["scenario"]).case


# --- the curves of the search

TOLD = "told"  # the data of the curves, filled in at each look


def curves(best: str, bound: str, title: str, seconds: str) -> Any:
    """The two curves that meet: the best plan so far from above, and what nothing can beat from below.

    Parameters
    ----------
    best, bound, title, seconds
        Words of the legend and of both axes.

    Returns
    -------
    A chart whose data `points` makes.
    """
    colours = alt.Scale(domain=[best, bound], range=[AFTER, VERMILION])
    dashes = alt.Scale(domain=[best, bound], range=[[1, 0], [5, 3]])
    legend = alt.Legend(orient="top", title=None, symbolSize=400, symbolStrokeWidth=2.5)
    chart = (
        alt.Chart(alt.NamedData(TOLD))
        .mark_line(interpolate="step-after", strokeWidth=2.5)
        .encode(
            x=alt.X("seconds:Q", title=seconds, axis=alt.Axis(tickMinStep=1, format="d")),
            y=alt.Y("value:Q", title=title, scale=alt.Scale(zero=False, nice=True), axis=alt.Axis(titleAnchor="end")),
            color=alt.Color("what:N", scale=colours, legend=legend),
            strokeDash=alt.StrokeDash("what:N", scale=dashes, legend=legend),
            tooltip=[
                alt.Tooltip("what:N", title=" "),
                alt.Tooltip("value:Q", title=title, format=".6g"),
                alt.Tooltip("seconds:Q", title=seconds, format=".0f"),
            ],
        )
        .properties(height=240, width="container")
    )
    return themed(chart)


def points(told: Sequence[Mapping[str, Any]], best: str, bound: str, now: float | None = None) -> list[dict[str, Any]]:
    """What a run told of one goal, as points of both curves.

    Parameters
    ----------
    told
        Events of the goal, with `seconds`, `best` and `bound`.
    now
        Seconds of this moment, up to which both stay as they are; None = the last event.
    """
    found = [
        {"seconds": event["seconds"], "value": event[key], "what": what}
        for key, what in (("best", best), ("bound", bound))
        for event in told
        if event[key] is not None
    ]
    for what in (best, bound):
        last = next((point for point in reversed(found) if point["what"] == what), None)
        if last is not None and now is not None and now > last["seconds"]:
            found.append({**last, "seconds": now})
    return found
