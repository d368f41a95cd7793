"""A solve under way or ended: what was asked, how far it is, and what came of it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import streamlit as st

from planner.case import Case
from planner.documents import goals as goals_in_words
from planner.documents.runs import proof_gap
from planner.documents.runs import with_reason as status_of
from planner.words import phrases
from planner.words.said import Sentence, _, capital, in_languages
from planner.words.system import why
from planner.workspace import cases, plans, runs
from planner.workspace.runs import Run
from ui import charts, choosing
from ui.choosing import go
from ui.frame import here, language, looked_at_again, plain, said_in, say, with_unit

BEST, BOUND, SMALLER = _("Best plan so far"), _("Nothing can beat"), _("smaller is better")
STATES: Mapping[str, Sentence] = {
    "waiting": _("waiting"),
    "running": _("running"),
    "done": _("done"),
    "failed": _("no plan"),
    "gone": _("ended from outside"),
}


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
    scenario = run.asked["scenario"] or say(_("as it stands"))
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
    run = runs.read_run(here(), name)
    if run is None or not run.active:
        st.rerun()
        return
    if run.state == "waiting":
        st.info(say(_("Waiting for a free processor.")))
    if run.stopping:
        st.info(say(_("Stopping; the best plan so far is kept.")))
    elif st.button(say(_("Stop and keep the best plan")), key=f"stop-{run.id}"):
        runs.stop_run(run)
        st.rerun(scope="fragment")
    _progress(run)
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
    _progress(run)


def _came_of(run: str) -> None:
    """What the plan of a run is: proven the best, the best so far, or none."""
    entry = plans.find_plan(here(), run)
    about = {} if entry is None else entry.about
    shown = {"optimal": st.success, "feasible": st.warning, "interrupted": st.warning}.get(
        str(about.get("status")), st.error
    )
    said = say(capital(status_of(about))) if about else ""
    shown(f"{say(_('Done.'))} {plain(said)}")


def _progress(run: Run) -> None:
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
            format_func=lambda name: say(goals_in_words.called(case, name)),
            help=say(_("Goals in their order: each is reached before the next counts.")),
            key=f"goal-{run.id}-{len(told)}-{run.active}",
        )
    if run.plan is not None and goal in (stands := _stands(run.id)):
        told[goal].append({**told[goal][-1], **stands[goal]})
    _goal(case, goal, told[goal], _seconds(run, events) if run.active and goal == list(told)[-1] else None)


def _stands(run: str) -> dict[str, dict[str, float | None]]:
    """Goal -> its figures in the plan as it stands, which every other page shows, too: not those of the search alone."""
    entry = plans.find_plan(here(), run)
    goals = () if entry is None else entry.about.get("goals", ())
    return {
        str(goal["name"]): {"best": goal["value"], "bound": goal["bound"], "gap": proof_gap(goal)}
        for goal in goals
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
    now, unit = told[-1], say(goals_in_words.unit_of(case, name))
    best, bound = (with_unit(what, unit) for what in (BEST, BOUND))
    left, middle, right = st.columns(3)
    left.metric(plain(best), _figure(now["best"], say(_("no plan yet"))))
    middle.metric(plain(bound), _figure(now["bound"], say(_("not known yet"))))
    right.metric(say(_("Proven within")), say(_("not known yet")) if now["gap"] is None else phrases.proof(now["gap"]))
    names = say(BEST), say(BOUND)
    spec = _curves(with_unit(SMALLER, unit), language())
    data = charts.points(told, *names, seconds)
    if data:
        st.vega_lite_chart({**spec, "datasets": {charts.TOLD: data}}, theme=None, width="stretch", key=f"curves-{name}")


def _figure(value: float | None, otherwise: str) -> str:
    if value is None:
        return otherwise
    return phrases.figure(value)


@st.cache_data(max_entries=32, show_spinner=False)
def _curves(title: str, of_language: str) -> Mapping[str, Any]:
    """The drawing of the curves without their data, made once: it is looked at again and again."""
    return charts.specification(charts.curves(say(BEST), say(BOUND), title, say(_("seconds"))))


@st.cache_resource(max_entries=16, show_spinner=False)
def _case(run: str) -> Case | None:
    """The case of a run as it was then."""
    found = runs.read_run(here(), run)
    if found is None:
        return None
    name = str(found.asked["case"])
    opened = cases.open_case(cases.CaseEntry(name, found.folder / "case" / name, False))
    return cases.check(name, opened.texts, found.asked["scenario"]).case
