"""Explore: questions beyond one plan, asked in processes of their own, and their answers."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from planner.case import Case, naming
from planner.documents.blocks import Heading, Paragraph
from planner.plans.store import PlanUnreadable, csv_text
from planner.questions import offering
from planner.questions.commanding import Shared
from planner.questions.offering import Field, Offered
from planner.words import text_layout
from planner.words.said import Sentence, _, count, series
from planner.workspace import cases, runs
from planner.workspace.answers import StoredAnswer, read_answer
from planner.workspace.plans import PlanPlace
from planner.workspace.runs import Run
from ui import blocks, choosing, fields, plans
from ui.choosing import link
from ui.frame import here, language, looked_at_again, plain, said_in, say, stopper, under_way
from ui.pages import standing
from ui.pages.solve import STATES, begin, case_of
from ui.progress import message_of


@functools.cache
def questions() -> Mapping[str, Callable[..., Any]]:
    """Name -> command of every question of the command line that is offered: those beyond one plan first, in its order."""
    from planner.cli import app

    found = [command.callback for command in app.registered_commands]
    asked = [command for command in found if command is not None and offering.offered(command)]
    asked.sort(key=lambda command: not command.__module__.startswith("planner.questions."))  # others after them
    return {command.__name__: command for command in asked}


def _words(name: str) -> Offered:
    found = offering.offered(questions()[name])
    assert found is not None  # only such are there
    return found


TABLES: Mapping[str, Sentence] = {  # as their files are offered
    "importance": _("what each measure is worth"),
    "value": _("the value of money"),
    "limits": _("limits that bind"),
    "closed": _("what the plan closes"),
    "indicators": _("gaps"),
    "money": _("money of each line"),
    "certainty": _("what certainty costs"),
    "priorities": _("how often each measure is chosen"),
    "nested": _("if less money comes"),
    "funded": _("what the order funds"),
    "drivers": _("what drives it"),
    "late": _("works that come late"),
    "draws": _("all draws"),
    "cities": _("cities"),
    "comparison": _("the list and the optimal plan"),
    "list": _("the whole ranked list"),
    "kinds": _("spending by kind"),
    "alternatives": _("alternatives"),
    "changes": _("measures that change"),
    "measures": _("measures"),
    "frontier": _("the curve of money and goals"),
    "worlds": _("ways of planning together"),
    "jurisdictions": _("jurisdictions"),
    "signatures": _("signatures"),
    "gains": _("who gains"),
    "sensitivity": _("assumptions"),
    "switching": _("when measures leave the plan"),
    "exchange": _("exchange rates"),
    "reasons": _("reasons"),
    "scenarios": _("scenarios"),
    "first_decisions": _("first decisions"),
    "criteria": _("criteria"),
    "planned_for": _("planned for one scenario alone"),
}
MISSING_SHOWN = 200


def page() -> None:
    """Draw the page."""
    st.title(say(_("Questions beyond one plan")), anchor=False)
    for run in choosing.address().naming("run"):
        _show(run)
        st.divider()
        _ask_the_same(run)
    _ask()
    _before()


def _ask_the_same(name: str) -> None:
    """Let the form below an answer show the plan and the question that it answers, where the address names no others."""
    run = runs.read_run(here(), name)
    if run is None:
        return
    asked = {"plan": run.asked.get("about"), "question": next(iter(run.asked.get("question", ())), None)}
    known = {"plan": {entry.name for entry in plans.entries()}, "question": questions().keys()}
    address = choosing.address()
    if same := {key: str(value) for key, value in asked.items() if value in known[key] and not address.naming(key)}:
        choosing.turn(**same)


def _ask() -> None:
    """The form that starts a question."""
    entries = plans.entries()
    if not entries:
        choosing.say_missing("plan")
        st.info(say(_("There is no plan in this workspace yet. Solve a case first.")))
        return
    names = [entry.name for entry in entries]
    chosen = choosing.one(
        st.selectbox, "plan", say(_("Plan to ask about")), names, otherwise=False,
        format_func=lambda name: plans.label(entries[names.index(name)]),
    )  # fmt: skip
    if chosen is None:
        return
    entry = entries[names.index(chosen)]
    case, texts, scenario = asked_about(entry)
    if case is None:
        return
    has_plan = entry.about["status"] not in ("infeasible", "no_plan")
    offered = [name for name, command in questions().items() if has_plan or not offering.about_a_plan(command)]
    left, right = st.columns([3, 1])
    with left:
        question = choosing.one(
            st.selectbox, "question", say(_("Question")), offered, format_func=lambda q: say(_words(q).asks)
        )
    assert question is not None  # there are always some
    minutes = right.number_input(
        say(_("Time limit, minutes")),
        0.2,
        600.0,
        5.0,
        help=say(_("What is not answered by then is said. The question goes on when you leave this page.")),
        key="explore-minutes",
        **fields.KEPT,
    )
    st.caption(say(_words(question).takes))
    command = questions()[question]
    if _words(question).at_once:
        AT_ONCE[question](entry)
        return
    if not offering.about_a_plan(command) and all(field.kind != "decisions" for field in _fields(question)):
        st.caption(say(_("This question does not look at the plan chosen, but at its case.")))
    given: dict[str, str] = {}
    options = _options(question, case, entry.name, given)
    if options is not None and st.button(say(_("Ask")), type="primary"):
        names_them = any(field.kind == "scenarios" and field.needed for field in _fields(question))
        origin = runs.read_run(here(), entry.name)
        begin(
            case.name, texts, None if names_them else scenario, 60.0 * minutes,
            question=(*offering.begin(command, entry.folder), *options),
            shipped=entry.shipped or (origin is not None and bool(origin.asked.get("shipped"))),
            gives_plan=_words(question).gives_plan, about=entry.name, given=given,
        )  # fmt: skip


def _stands(entry: PlanPlace) -> None:
    """Where the cluster of a plan stands, without the plan and with it."""
    try:
        found = plans.opened(entry)
    except PlanUnreadable as problem:
        st.error(plans.why_unread(entry, problem))
        return
    standing.show([plans.label(entry)], [found], [plans.version(entry)])


AT_ONCE: Mapping[str, Callable[[PlanPlace], None]] = {"scorecard": _stands}  # what is answered here, with no run


def asked_about(plan: PlanPlace) -> tuple[Case | None, dict[str, str], str | None]:
    """The case that a plan is of, as it was when it was solved: with its scenarios where the run kept them."""
    case, texts, scenario = _asked_about(plans.version(plan), str(plan.folder), plan)
    return case, dict(texts), scenario


@st.cache_resource(max_entries=8, show_spinner=False)
def _asked_about(version: str, folder: str, _plan: PlanPlace) -> tuple[Case | None, dict[str, str], str | None]:
    run = runs.read_run(here(), _plan.folder.name) if _plan.own else None
    kept = next((run.folder / "case").iterdir(), None) if run is not None else None
    scenario = run.asked.get("scenario") if run is not None else None
    said = str((_plan.about.get("case") or {}).get("name") or _plan.name.split("--")[0])
    name = kept.name if kept is not None else said
    opened = cases.open_case(cases.CaseEntry(name, kept if kept is not None else _plan.folder / "case", False))
    checked = cases.check(name, opened.texts, scenario)
    return checked.case, dict(opened.texts), scenario


def _fields(question: str) -> list[Field]:
    return offering.fields_of(questions()[question], Shared)


def _options(question: str, case: Case, plan: str, given: dict[str, str]) -> Sequence[str] | None:
    """The options of a question as words of its command, from a field for each; None while something is missing.

    What has to be told, and what names things of the case, stands first; the rest behind one line. Files that go with it
    are added to `given`.
    """
    first: list[Field] = []
    rest: list[Field] = []
    for field in _fields(question):
        (first if field.needed or field.kind in fields.NAMING else rest).append(field)
    said = {field.name: fields.asked_for(field, f"explore-{question}", case, plan, given) for field in first}
    if rest:
        with st.expander(say(_("More of the question"))):
            said |= {field.name: fields.asked_for(field, f"explore-{question}", case, plan) for field in rest}
    if any(field.needed and not said[field.name] for field in first):
        st.info(say(_("Something is still to be chosen.")))
        return None
    placed = [word for field in _fields(question) if not field.flag for word in said[field.name]]
    named = [word for field in _fields(question) if field.flag for word in said[field.name]]
    return [*placed, *named]


def _show(name: str) -> None:
    run = runs.read_run(here(), name)
    if run is None:
        st.warning(say(_("There is no run {run} in this workspace."), run=plain(name)))
        return
    st.header(plain(_said(run)))
    st.caption(_about(run))
    if run.active:
        _live(run.id)
        return
    if run.plan is not None:
        asked = list(run.asked["question"])
        before = str(run.asked.get("about") or (Path(asked[1]).name if len(asked) > 1 else ""))
        st.success(say(_("Done.")))
        with st.container(horizontal=True):
            st.button(
                say(_("Look at the plan")), on_click=choosing.go, args=("plan",), kwargs={"plan": run.id}, type="primary"
            )
            st.button(say(_("Compare with the plan before")), on_click=choosing.compare, args=((before, run.id),))
        return
    found = read_answer(run.answer) if run.answer is not None else None
    if found is not None:
        _answer(found)
        return
    if run.answer is not None:
        st.error(say(_("This answer cannot be read. It may be of an earlier version: ask again. What was said:")))
    else:
        st.error(
            say(_("The solve was ended from outside. Start it again."))
            if run.state == "gone"
            else say(_("The question ended without an answer. What it said:"))
        )
    st.code(said_in(runs.log_of(run, lines=400)), language=None, wrap_lines=True)


def _about(run: Run) -> str:
    """Which case, which scenario, which plan, and when."""
    scenario = run.asked.get("scenario")
    about = _("Case {case}, scenario {scenario}; asked {when}").format(
        case=plain(case_of(run)), when=plain(_when(run)), scenario=plain(scenario) if scenario else naming.BASE
    )
    asked = list(run.asked["question"]) if run.asked.get("question") else []
    if "--plan" not in asked[:-1]:
        return say(about)
    plan = Path(asked[asked.index("--plan") + 1])
    called = next((plans.label(entry) for entry in plans.entries() if entry.folder == plan), plan.name)
    return say(series([about, _("about the plan {plan}").format(plan=plain(called))], "; "))


def _when(run: Run) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(float(run.asked.get("started") or 0.0)))


@looked_at_again
def _live(name: str) -> None:
    """A question under way: looked at again and again; once it ends, the whole page is drawn anew."""
    run = under_way(name)
    if run is None:
        return
    told = [event for event in runs.events_of(run) if event.get("message")]
    if told:
        st.text(say(_("{done} ({seconds} s)"), done=message_of(told[-1]), seconds=f"{told[-1]['seconds']:.0f}"))
    stopper(run, _("Stop and keep what is answered"), _("Stopping; what is answered so far is kept."))
    st.caption(say(_("The address of this page finds this run again.")))


def _before() -> None:
    """Questions asked before, the newest first."""
    found: list[Run] = [run for run in runs.list_runs(here()) if run.kind == "question"]
    if not found:
        return
    st.header(say(_("Questions asked before")))
    table = pd.DataFrame(
        {
            say(_("question")): [_said(run) for run in found],
            say(_("case")): [_case(run) for run in found],
            say(_("asked")): [_when(run) for run in found],
            say(_("state")): [_state(run) for run in found],
            "": [link("explore", run=run.id) for run in found],
        }
    )
    shown = st.column_config.LinkColumn(display_text=say(_("open")))
    st.dataframe(table, hide_index=True, column_config={"": shown}, width="content")


def _said(run: Run) -> str:
    """The question in words."""
    name = str((run.asked.get("question") or ["?"])[0])
    return say(_words(name).asks) if name in questions() else name


def _case(run: Run) -> str:
    scenario = run.asked.get("scenario")
    return f"{case_of(run)}{f' ({scenario})' if scenario else ''}"


def _state(run: Run) -> str:
    return say(_("no answer")) if run.state == "failed" else say(STATES[run.state])


# --- an answer: its headline, pictures, tables and sentences, and its full tables as files


def _answer(found: StoredAnswer) -> None:
    """All of an answer."""
    missing = found.missing
    if found.said is not None and isinstance(found.said.opening[0], Heading):
        st.markdown(plain(say(found.said.opening[0].text)))
    for text in found.said.headline if found.said is not None else ():
        st.markdown(f"**{plain(say(text))}**")
    seconds = f"{float(found.about.get('seconds') or 0.0):.0f}"
    if found.about.get("complete"):
        st.success(say(_("Answered in full, in {seconds} s."), seconds=seconds))
    else:
        st.warning(
            say(
                _("Not answered in full after {seconds} s: {open}, or not proven; see the list below."),
                seconds=seconds,
                open=count(len(missing), "point is open", "points are open"),
            )
        )
    _pictures(found)
    if found.said is not None:
        headline = found.said.headline
        blocks.show(tuple(tuple(b for b in section if not (isinstance(b, Paragraph) and b.text in headline))
                          for section in found.said.sections))  # fmt: skip
    else:
        for name, table in found.tables.items():
            _raw(name, table, found)
    _files(found)
    if missing:
        with st.expander(say(_("What is not answered or not proven ({count})"), count=len(missing))):
            st.markdown("\n".join(f"- {plain(say(text))}" for text in missing[:MISSING_SHOWN]))
            if len(missing) > MISSING_SHOWN:
                st.markdown(say(_("and {count} more"), count=len(missing) - MISSING_SHOWN))


def _pictures(found: StoredAnswer) -> None:
    """The drawings side by side, below each other where the page is narrow; one of a fixed width has a line of its own."""
    drawings = {name: blocks.fitted(spec) for name, spec in found.drawings[language()].items()}
    wide = [name for name, spec in drawings.items() if not blocks.fits(spec)]
    for name in wide:
        blocks.drawing(drawings[name], "content", key=f"drawn-{name}")
    shown = [*(name for name in drawings if name not in wide), *(name for name in found.pictures if name not in drawings)]
    if not shown:
        return
    places = st.columns(2, gap="medium") if len(shown) > 1 else st.columns([3, 1])
    for n, name in enumerate(shown):
        with places[n % 2]:
            if name in drawings:
                blocks.drawing(drawings[name], key=f"drawn-{name}")
            else:
                st.image(found.pictures[name], width="stretch")


def _raw(name: str, table: pd.DataFrame, found: StoredAnswer) -> None:
    """A table of an answer that was written without words."""
    if not len(table):
        return
    config = {
        column: st.column_config.Column(text_layout.spaced(column), help=plain(str(meaning)))
        for column, meaning in found.meanings.get(name, {}).items()
        if column in table
    }
    st.markdown(f"**{plain(text_layout.spaced(name))}**")
    st.dataframe(table, hide_index=True, column_config=config)


def _files(found: StoredAnswer) -> None:
    """The full tables, as the command writes them."""
    full = {name: table for name, table in found.tables.items() if len(table)}
    if not full:
        return
    with st.expander(say(_("Full tables as files"))), st.container(horizontal=True):
        for name, table in full.items():
            said = plain(say(TABLES.get(name, text_layout.spaced(name))))
            st.download_button(
                say(_("{name}, {rows} (CSV)"), name=said, rows=count(len(table), "row")),
                csv_text(table).encode("utf-8-sig"),
                f"{name}.csv",
                "text/csv",
                key=f"csv-{name}",
                on_click="ignore",
            )
