"""Explore: questions beyond one plan, asked in processes of their own, and their answers."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from planner.case import Case
from planner.plans import store
from planner.words import said
from planner.workspace import cases, runs
from planner.workspace.answers import read_answer
from planner.workspace.runs import Run
from ui import answers, choosing
from ui.choosing import link
from ui.frame import here, name_of, plain, said_in
from ui.messages import say
from ui.pages.running import begin, case_of

QUESTIONS = ("frontier", "alternatives", "importance", "explain", "value", "borders", "sensitivity", "robust", "rank")
CRITERIA = ("expected", "worst", "regret", "cvar")
REFRESH = 0.7  # seconds
KEPT: dict[str, Any] = {"persist_state": "session"}  # what was chosen outlives another question or page


def page() -> None:
    """Draw the page."""
    st.header(say("explore.title"))
    for run in choosing.address().naming("run"):
        _show(run)
        st.divider()
    _ask()
    _before()


def _ask() -> None:
    """The form that starts a question."""
    entries = store.list_plans(here().plans)
    entries = tuple(e for e in entries if e.about["status"] not in ("infeasible", "no_plan"))
    if not entries:
        choosing.say_missing("plan")
        st.info(say("explore.no_plans"))
        return
    names = [entry.name for entry in entries]
    chosen = choosing.one(st.selectbox, "plan", say("explore.plan"), names, otherwise=False)
    if chosen is None:
        return
    entry = entries[names.index(chosen)]
    case, texts, scenario = asked_about(entry.folder)
    if case is None:
        return
    left, right = st.columns([3, 1])
    with left:
        question = choosing.one(
            st.selectbox, "question", say("explore.question"), QUESTIONS, format_func=lambda q: say(f"question.{q}")
        )
    assert question is not None  # there are always some
    minutes = right.number_input(
        say("explore.minutes"), 0.2, 600.0, 5.0, help=say("explore.minutes_help"), key="explore-minutes", **KEPT
    )
    st.caption(say(f"about.{question}"))
    options = _options(question, case)
    if options is not None and st.button(say("explore.ask"), type="primary"):
        about = () if question == "robust" else ("--plan", str(entry.folder))
        scenario = None if question == "robust" else scenario  # it names its scenarios itself
        words = (question, *options, *about)
        origin = runs.read_run(here(), entry.name)
        shipped = origin is not None and bool(origin.asked.get("shipped"))
        begin(case.name, texts, scenario, 60.0 * minutes, question=words, shipped=shipped)


def asked_about(plan: Path) -> tuple[Case | None, dict[str, str], str | None]:
    """The case that a plan is of, as it was when it was solved: with its scenarios where the run kept them."""
    run = runs.read_run(here(), plan.name)
    folder = next((run.folder / "case").iterdir(), None) if run is not None else None
    scenario = run.asked.get("scenario") if run is not None else None
    name = folder.name if folder is not None else plan.name.split("--")[0]
    opened = cases.open_case(cases.CaseEntry(name, folder if folder is not None else plan / "case", False))
    checked = cases.check(name, opened.texts, scenario)
    return checked.case, dict(opened.texts), scenario


def _options(question: str, case: Case) -> Sequence[str] | None:
    """The options of a question as words of its command; None while something is missing."""
    candidates = [a for a, measure in case.measures.items() if measure.status == "candidate"]
    named = lambda a: name_of(case.measures[a])  # noqa: E731
    if question == "frontier":
        return ["--points", str(st.slider(say("explore.points"), 3, 25, 9, key="explore-points", **KEPT))]
    if question == "alternatives":
        left, right = st.columns(2)
        within = left.number_input(say("explore.within"), 0.1, 20.0, 1.0, key="explore-within", **KEPT)
        usual = say("explore.differ_usual")
        differ = right.number_input(say("explore.differ"), 1, 50, None, placeholder=usual, key="explore-differ", **KEPT)
        return ["--within", f"{within / 100:g}", *(["--differ", str(int(differ))] if differ else [])]
    if question == "importance":
        return st.multiselect(
            say("explore.measures"), candidates, format_func=named, placeholder=say("explore.all_chosen"),
            key="explore-measures", **KEPT,
        )  # fmt: skip
    if question == "explain":
        return [st.selectbox(say("explore.measure"), candidates, format_func=named, key="explore-measure", **KEPT)]
    if question == "value":
        unit = plain(case.money.unit)
        amount = st.number_input(say("explore.amount", unit=unit), 0.01, 1e6, 1.0, key="explore-amount", **KEPT)
        return ["--amount", f"{amount:g}"]
    if question == "robust":
        return _scenarios(case)
    return []


def _scenarios(case: Case) -> Sequence[str] | None:
    """The scenarios to plan for together; None while there are not two of them."""
    if not case.scenarios:
        st.info(say("explore.no_scenarios"))
        return None
    left, right = st.columns(2)
    scenarios = left.multiselect(
        say("explore.scenarios"), ["base", *case.scenarios], ["base"], placeholder=say("explore.choose_scenarios"),
        format_func=lambda s: say("solve.base") if s == "base" else s, key="explore-scenarios", **KEPT,
    )  # fmt: skip
    criterion = right.selectbox(
        say("explore.criterion"), CRITERIA, format_func=lambda c: say(f"criterion.{c}"), key="explore-criterion", **KEPT
    )
    st.caption(say("explore.robust_case"))
    if len(scenarios) < 2:
        st.info(say("explore.choose_scenarios"))
        return None
    return ["--scenarios", ",".join(scenarios), "--criterion", criterion]


def _show(name: str) -> None:
    run = runs.read_run(here(), name)
    if run is None:
        st.warning(say("solve.no_run", run=plain(name)))
        return
    st.subheader(plain(_said(run)))
    st.caption(_about(run))
    if run.active:
        _live(run.id)
        return
    found = read_answer(run.answer) if run.answer is not None else None
    if found is not None:
        answers.show(found)
        return
    if run.answer is not None:
        st.error(say("explore.unreadable"))
    else:
        st.error(say("solve.gone") if run.state == "gone" else say("explore.failed"))
    st.code(said_in(runs.log_of(run, lines=400)), language=None, wrap_lines=True)


def _about(run: Run) -> str:
    """Which case, which scenario, which plan, and when."""
    scenario = run.asked.get("scenario")
    about = say(
        "explore.about", case=plain(case_of(run)), when=plain(_when(run)),
        scenario=plain(scenario) if scenario else say("solve.base"),
    )  # fmt: skip
    asked = list(run.asked["question"]) if run.asked.get("question") else []
    if "--plan" not in asked[:-1]:
        return about
    plan = Path(asked[asked.index("--plan") + 1]).name
    return f"{about}{say('comma')}{say('explore.about_plan', plan=plain(plan))}"


def _when(run: Run) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(float(run.asked.get("started") or 0.0)))


@st.fragment(run_every=REFRESH)
def _live(name: str) -> None:
    """A question under way: looked at again and again; once it ends, the whole page is drawn anew."""
    run = runs.read_run(here(), name)
    if run is None or not run.active:
        st.rerun()
        return
    if run.state == "waiting":
        st.info(say("solve.waiting"))
    told = [event for event in runs.events_of(run) if event.get("message")]
    if told:
        done = said.told(said.in_languages(str(told[-1]["message"]), told[-1].get("languages", {})))
        st.text(say("explore.running", done=done, seconds=f"{told[-1]['seconds']:.0f}"))
    if run.stopping:
        st.info(say("explore.stopping"))
    elif st.button(say("explore.stop"), key=f"stop-{run.id}"):
        runs.stop_run(run)
        st.rerun(scope="fragment")
    st.caption(say("solve.link"))


def _before() -> None:
    """Questions asked before, the newest first."""
    found: list[Run] = [run for run in runs.list_runs(here()) if run.asked.get("question")]
    if not found:
        return
    st.subheader(say("explore.answers"))
    table = pd.DataFrame(
        {
            say("explore.asked_question"): [_said(run) for run in found],
            say("explore.case"): [_case(run) for run in found],
            say("explore.when"): [_when(run) for run in found],
            say("explore.state"): [_state(run) for run in found],
            "": [link("explore", run=run.id) for run in found],
        }
    )
    shown = st.column_config.LinkColumn(display_text=say("explore.open"))
    st.dataframe(table, hide_index=True, column_config={"": shown}, width="content")


def _said(run: Run) -> str:
    """The question in words."""
    name = str((run.asked.get("question") or ["?"])[0])
    return say(f"question.{name}") if name in QUESTIONS else name


def _case(run: Run) -> str:
    scenario = run.asked.get("scenario")
    return f"{case_of(run)}{f' ({scenario})' if scenario else ''}"


def _state(run: Run) -> str:
    return say("explore.no_answer") if run.state == "failed" else say(f"state.{run.state}")
