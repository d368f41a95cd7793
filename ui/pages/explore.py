"""Explore: questions beyond one plan, asked in processes of their own, and their answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import streamlit as st

from planner import store
from planner.case.nouns import Case
from planner.workspace import cases, runs
from planner.workspace.answers import StoredAnswer, read_answer
from planner.workspace.runs import Run
from ui.frame import here, link, name_of, plain
from ui.messages import say

QUESTIONS = ("frontier", "alternatives", "importance", "explain", "value", "borders", "sensitivity", "robust", "rank")
CRITERIA = ("expected", "worst", "regret", "cvar")
REFRESH = 0.7  # seconds


def page() -> None:
    """Draw the page."""
    st.header(say("explore.title"))
    run = st.query_params.get("run")
    if run:
        _show(run)
        st.divider()
    _ask()
    _before()


def _ask() -> None:
    """The form that starts a question."""
    entries = store.list_plans(here().plans)
    entries = tuple(e for e in entries if e.about["status"] not in ("infeasible", "no_plan"))
    if not entries:
        st.info(say("explore.no_plans"))
        return
    wanted = st.query_params.get("plan")
    names = [entry.name for entry in entries]
    chosen = st.selectbox(say("explore.plan"), names, names.index(wanted) if wanted in names else 0)
    entry = entries[names.index(chosen)]
    case, texts, scenario = asked_about(entry.folder)
    if case is None:
        return
    left, right = st.columns([3, 1])
    question = left.selectbox(say("explore.question"), QUESTIONS, format_func=lambda q: say(f"question.{q}"))
    minutes = right.number_input(say("explore.minutes"), 0.2, 600.0, 5.0, help=say("explore.minutes_help"))
    options = _options(question, case)
    if options is not None and st.button(say("explore.ask"), type="primary"):
        words = (question, *options, "--plan", str(entry.folder)) if question != "robust" else (question, *options)
        run = runs.start_run(here(), case.name, texts, scenario, 60.0 * minutes, question=words)
        st.query_params["run"] = run.id
        st.rerun()


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
        return ["--points", str(st.slider(say("explore.points"), 3, 25, 9))]
    if question == "alternatives":
        left, right = st.columns(2)
        within = left.number_input(say("explore.within"), 0.1, 20.0, 1.0)
        differ = right.number_input(say("explore.differ"), 1, 50, 5)
        return ["--within", f"{within / 100:g}", "--differ", str(int(differ))]
    if question == "importance":
        return st.multiselect(say("explore.measures"), candidates, format_func=named)
    if question == "explain":
        return [st.selectbox(say("explore.measure"), candidates, format_func=named)]
    if question == "value":
        amount = st.number_input(say("explore.amount", unit=plain(case.money.unit)), 0.01, 1e6, 1.0)
        return ["--amount", f"{amount:g}"]
    if question == "robust":
        left, right = st.columns(2)
        scenarios = left.multiselect(say("explore.scenarios"), ["base", *case.scenarios], ["base"])
        criterion = right.selectbox(say("explore.criterion"), CRITERIA, format_func=lambda c: say(f"criterion.{c}"))
        return ["--scenarios", ",".join(scenarios), "--criterion", criterion] if len(scenarios) > 1 else None
    return []


def _show(name: str) -> None:
    run = runs.read_run(here(), name)
    if run is None:
        st.warning(say("solve.no_run", run=plain(name)))
        return
    asked = run.asked.get("question") or ["?"]
    if asked[0] in QUESTIONS:
        st.subheader(say(f"question.{asked[0]}"))
    st.caption(plain(run.id))
    if run.active:
        _live(run.id)
        return
    found = read_answer(run.answer) if run.answer is not None else None
    if found is not None:
        _answer(found)
    elif run.plan is None:
        st.error(say("solve.gone") if run.state == "gone" else say("explore.failed"))
    with st.expander(say("explore.in_words"), expanded=found is None):
        st.code(runs.log_of(run, lines=400), language=None)


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
        st.text(say("explore.running", done=told[-1]["message"], seconds=f"{told[-1]['seconds']:.0f}"))
    if run.stopping:
        st.info(say("explore.stopping"))
    elif st.button(say("explore.stop"), key=f"stop-{run.id}"):
        runs.stop_run(run)
        st.rerun(scope="fragment")
    st.caption(say("solve.link"))


def _answer(found: StoredAnswer) -> None:
    """Pictures and tables of an answer."""
    seconds = f"{float(found.about.get('seconds') or 0.0):.0f}"
    if found.about.get("complete"):
        st.success(say("explore.complete", seconds=seconds))
    else:
        st.warning(say("explore.incomplete", seconds=seconds))
        for said in list(found.about.get("missing", ()))[:20]:
            st.text(str(said))
    for picture in found.pictures.values():
        st.image(picture, width="stretch")
    for name, table in found.tables.items():
        if len(table):
            _table(name, table, found.meanings.get(name, {}))


def _table(name: str, table: pd.DataFrame, meanings: dict[str, str] | object) -> None:
    config = {
        column: st.column_config.Column(column.replace("_", " "), help=plain(str(meaning)))
        for column, meaning in (meanings.items() if isinstance(meanings, dict) else ())
        if column in table
    }
    st.markdown(f"**{plain(name.replace('_', ' '))}**")
    st.dataframe(table, hide_index=True, column_config=config)
    st.download_button(
        say("explore.download", name=name), table.to_csv(index=False).encode("utf-8-sig"), f"{name}.csv", "text/csv",
        key=f"csv-{name}", on_click="ignore",
    )  # fmt: skip


def _before() -> None:
    """Questions asked before, the newest first."""
    found: list[Run] = [run for run in runs.list_runs(here()) if run.asked.get("question")]
    if not found:
        return
    st.subheader(say("explore.answers"))
    table = pd.DataFrame(
        {
            say("column.run"): [link("explore", run=run.id) for run in found],
            say("explore.question"): [_said(run) for run in found],
            say("column.state"): [say(f"state.{run.state}") for run in found],
        }
    )
    shown = st.column_config.LinkColumn(display_text=r"run=([^&]*)")
    st.dataframe(table, hide_index=True, column_config={say("column.run"): shown})


def _said(run: Run) -> str:
    name = str(run.asked["question"][0])
    return say(f"question.{name}") if name in QUESTIONS else name
