"""Explore: questions beyond one plan, asked in processes of their own, and their answers."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

from planner.case import Case, naming
from planner.case.scenarios import BASE
from planner.documents.blocks import Heading, Paragraph
from planner.plans.store import csv_text
from planner.words import phrases
from planner.words.said import Sentence, _, count, series
from planner.workspace import cases, runs
from planner.workspace.answers import StoredAnswer, read_answer
from planner.workspace.runs import Run
from ui import blocks, choosing, plans
from ui.choosing import link
from ui.frame import here, language, looked_at_again, name_of, plain, said_in, say, stopper, under_way
from ui.pages.solve import STATES, begin, case_of, message_of


class Question(NamedTuple):
    """A question as it is offered: how it is asked, what it tells, and how long it takes."""

    said: Sentence
    about: Sentence


QUESTIONS: Mapping[str, Question] = {
    "frontier": Question(
        _("How much more money closes how much more of the gap?"),
        _(
            "A curve of what the best plan closes with less and with more money, and where it bends. Takes "
            "a minute or two for every few points in a large case."
        ),
    ),
    "alternatives": Question(
        _("Which other plans are almost as good?"),
        _(
            "Other plans within so much of the best, and which measures all of them have. The plans take a "
            "minute or two; to prove it of every measure of a large case may take an hour."
        ),
    ),
    "importance": Question(
        _("What is lost without each measure?"),
        _(
            "What the plan would lose without each of its measures, planned anew each time. Takes some "
            "seconds for a measure, in a large case ten minutes for all."
        ),
    ),
    "explain": Question(
        _("Why is a measure in the plan, or not?"),
        _(
            "What hinders or requires one measure, what the other choice would cost, and who gains by it. "
            "Mostly takes a minute at most."
        ),
    ),
    "value": Question(
        _("What would more money on a line buy?"),
        _(
            "What a little more or less money of each line in each period would change. Takes some seconds "
            "for every line and period, in a large case about five minutes."
        ),
    ),
    "borders": Question(
        _("What does planning alone cost, and what is each signature worth?"),
        _(
            "What is lost where each jurisdiction plans alone or nobody signs anything, and what each "
            "signature adds. Takes a minute or two in a large case."
        ),
    ),
    "sensitivity": Question(
        _("Which assumptions matter?"),
        _(
            "How the plan fares when costs, needs or money turn out lower or higher, and which measures "
            "stay. Takes some minutes, in a large case a quarter of an hour."
        ),
    ),
    "risk": Question(
        _("How sure is the plan?"),
        _(
            "The chance of closing a share of the gap, how often lines are overdrawn, what to hold back and what drives it: "
            "the plan kept, the world drawn again and again. Takes a second or two for a draw of a large case."
        ),
    ),
    "priorities": Question(
        _("What stands whatever happens?"),
        _(
            "Which measures are chosen in nearly every draw of what is uncertain, on what the others depend, and in which "
            "order to fund them. Plans each draw anew: half a minute for each in a large case, so give it some time."
        ),
    ),
    "robust": Question(
        _("Which first steps are right in several scenarios?"),
        _(
            "What to start first when it is not known which scenario comes true. The longest of all "
            "questions: give a large case ten minutes or more."
        ),
    ),
    "rank": Question(
        _("How good is a ranked list of single measures?"),
        _(
            "What a scoring sheet would fund, one measure after the other, and how much more the best plan "
            "closes from the same money. Takes less than a minute."
        ),
    ),
}
CRITERIA: Mapping[str, Sentence] = {
    "expected": _("the mean over the scenarios"),
    "worst": _("the worst scenario"),
    "regret": _("the largest regret"),
    "cvar": _("the mean of the worst scenarios"),
}
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
TWO = _("Choose two or more")
KEPT: dict[str, Any] = {"persist_state": "session"}  # what was chosen outlives another question or page


def page() -> None:
    """Draw the page."""
    st.header(say(_("Questions beyond one plan")))
    for run in choosing.address().naming("run"):
        _show(run)
        st.divider()
    _ask()
    _before()


def _ask() -> None:
    """The form that starts a question."""
    entries = [e for e in plans.entries() if e.about["status"] not in ("infeasible", "no_plan")]
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
    case, texts, scenario = asked_about(entry.folder)
    if case is None:
        return
    left, right = st.columns([3, 1])
    with left:
        question = choosing.one(
            st.selectbox, "question", say(_("Question")), list(QUESTIONS), format_func=lambda q: say(QUESTIONS[q].said)
        )
    assert question is not None  # there are always some
    minutes = right.number_input(
        say(_("Time limit, minutes")),
        0.2,
        600.0,
        5.0,
        help=say(_("What is not answered by then is said. The question goes on when you leave this page.")),
        key="explore-minutes",
        **KEPT,
    )
    st.caption(say(QUESTIONS[question].about))
    options = _options(question, case)
    if options is not None and st.button(say(_("Ask")), type="primary"):
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
        return ["--points", str(st.slider(say(_("Points")), 3, 25, 9, key="explore-points", **KEPT))]
    if question == "alternatives":
        left, right = st.columns(2)
        within = left.number_input(say(_("Within, % of the best")), 0.1, 20.0, 1.0, key="explore-within", **KEPT)
        usual = say(_("a tenth of those that can be chosen, from 1 to 5"))
        differ = right.number_input(
            say(_("Different in at least so many measures")), 1, 50, None, placeholder=usual, key="explore-differ", **KEPT
        )
        return ["--within", f"{within / 100:g}", *(["--differ", str(int(differ))] if differ else [])]
    if question == "importance":
        return st.multiselect(
            say(_("Measures")),
            candidates,
            format_func=named,
            placeholder=say(_("All that the plan chooses")),
            key="explore-measures",
            **KEPT,
        )
    if question == "explain":
        return [st.selectbox(say(_("Measure")), candidates, format_func=named, key="explore-measure", **KEPT)]
    if question == "value":
        unit = plain(case.money.unit)
        amount = st.number_input(say(_("Amount, {unit}"), unit=unit), 0.01, 1e6, 1.0, key="explore-amount", **KEPT)
        limits = st.checkbox(say(_("Loosen each limit that binds, too, by a tenth")), key="explore-limits", **KEPT)
        return ["--amount", f"{amount:g}", *(["--limits"] if limits else [])]
    if question == "risk":
        draws = st.slider(say(_("Draws")), 50, 1000, 300, 50, key="explore-draws", **KEPT)
        surer = st.checkbox(say(_("Also what certainty costs, which takes several solves")), key="explore-surer", **KEPT)
        return ["--draws", str(draws), *(["--frontier"] if surer else [])]
    if question == "priorities":
        drawn = st.slider(say(_("Draws")), 10, 200, 40, 10, key="explore-worlds", **KEPT)
        return ["--draws", str(drawn)]
    if question == "robust":
        return _scenarios(case)
    return []


def _scenarios(case: Case) -> Sequence[str] | None:
    """The scenarios to plan for together; None while there are not two of them."""
    if not case.scenarios:
        st.info(say(_("The case of this plan has no scenarios: add some on the page Cases.")))
        return None
    left, right = st.columns(2)
    scenarios = left.multiselect(
        say(_("Scenarios")),
        [BASE, *case.scenarios],
        [BASE],
        placeholder=say(TWO),
        format_func=lambda s: say(naming.BASE) if s == BASE else name_of(case.scenarios[s]),
        key="explore-scenarios",
        **KEPT,
    )
    criterion = right.selectbox(
        say(_("What is to be small")),
        list(CRITERIA),
        format_func=lambda c: say(CRITERIA[c]),
        key="explore-criterion",
        **KEPT,
    )
    st.caption(
        say(
            _("This question does not look at the plan chosen, but plans its case anew for all of these scenarios together.")
        )
    )
    if len(scenarios) < 2:
        st.info(say(TWO))
        return None
    return ["--scenarios", ",".join(scenarios), "--criterion", criterion]


def _show(name: str) -> None:
    run = runs.read_run(here(), name)
    if run is None:
        st.warning(say(_("There is no run {run} in this workspace."), run=plain(name)))
        return
    st.subheader(plain(_said(run)))
    st.caption(_about(run))
    if run.active:
        _live(run.id)
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
    plan = Path(asked[asked.index("--plan") + 1]).name
    return say(series([about, _("about the plan {plan}").format(plan=plain(plan))], "; "))


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
    found: list[Run] = [run for run in runs.list_runs(here()) if run.asked.get("question")]
    if not found:
        return
    st.subheader(say(_("Questions asked before")))
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
    return say(QUESTIONS[name].said) if name in QUESTIONS else name


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
    """The drawings side by side; below each other where the page is narrow."""
    drawings = found.drawings[language()]
    shown = [*drawings, *(name for name in found.pictures if name not in drawings)]
    if not shown:
        return
    places = st.columns(2, gap="medium") if len(shown) > 1 else st.columns([3, 1])
    for n, name in enumerate(shown):
        with places[n % 2]:
            if name in drawings:
                spec = blocks.fitted(drawings[name])
                blocks.drawing(spec, key=f"drawn-{name}")
            else:
                st.image(found.pictures[name], width="stretch")


def _raw(name: str, table: pd.DataFrame, found: StoredAnswer) -> None:
    """A table of an answer that was written without words."""
    if not len(table):
        return
    config = {
        column: st.column_config.Column(phrases.spaced(column), help=plain(str(meaning)))
        for column, meaning in found.meanings.get(name, {}).items()
        if column in table
    }
    st.markdown(f"**{plain(phrases.spaced(name))}**")
    st.dataframe(table, hide_index=True, column_config=config)


def _files(found: StoredAnswer) -> None:
    """The full tables, as the command writes them."""
    full = {name: table for name, table in found.tables.items() if len(table)}
    if not full:
        return
    with st.expander(say(_("Full tables as files"))), st.container(horizontal=True):
        for name, table in full.items():
            said = plain(say(TABLES.get(name, phrases.spaced(name))))
            st.download_button(
                say(_("{name}, {rows} (CSV)"), name=said, rows=count(len(table), "row")),
                csv_text(table).encode("utf-8-sig"),
                f"{name}.csv",
                "text/csv",
                key=f"csv-{name}",
                on_click="ignore",
            )
