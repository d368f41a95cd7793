"""What if: change a few things of a plan's case, solve again from the plan at hand, and see both beside each other."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import streamlit as st

from planner.case import Case, naming
from planner.case.scenario_text import Document, NotAdded
from planner.comparing import Comparison, compare
from planner.documents.compared import choices
from planner.documents.compared import document as compared
from planner.plans.plan import Plan
from planner.words.said import Sentence, _, capital, said_by
from planner.workspace import cases, plans, runs, whatif_scenario
from planner.workspace.cases import Taken
from planner.workspace.places import name_from
from planner.workspace.plans import PlanPlace
from planner.workspace.runs import Run
from planner.workspace.whatif_scenario import WhatIf
from ui import blocks, choosing
from ui import plans as of_page
from ui.choosing import go
from ui.frame import here, looked_at_again, name_of, plain, said_in, say, stopper, under_way
from ui.pages.cases import named
from ui.pages.explore import asked_about
from ui.pages.solve import begin
from ui.progress import progress

GAP = 1e-3  # of a first answer: how closely it is to be proven
SECONDS = 30  # of a first answer
LONGER = 10  # times as long, where one searches on
MOST = {"money": 300, "standards": 200, "weights": 400}  # per cent
STEP = {"money": 5, "standards": 5, "weights": 25}
NAME = "what-if"


def whatif_room(entry: PlanPlace, found: Plan) -> None:
    """The changes, and what comes of them."""
    case, texts, scenario = asked_about(entry)
    if case is None:
        st.info(say(_("The case of this plan cannot be read any more.")))
        return
    left, right = st.columns([2, 3], gap="medium")
    with left:
        asked = _form(entry, case, whatif_scenario.read(texts))
        seconds = st.number_input(
            say(_("Time for an answer, seconds")), 5, 3600, SECONDS, 5, key="whatif-seconds", persist_state="session",
            help=say(_("The search begins with the plan at hand, so there is an answer soon; more time makes it better.")),
        )  # fmt: skip
        edits = asked.edits(case, whatif_scenario.read(texts))
        if st.button(say(_("Solve again")), type="primary", disabled=not edits):
            _solve(entry, case.name, texts, scenario, edits, float(seconds))
        if not edits:
            st.caption(say(_("Change something first.")))
    with right:
        last = next(iter(choosing.address().naming("run")), None)
        run = runs.read_run(here(), last) if last is not None else None
        if run is None:
            st.caption(say(_("What comes of it stands here, beside the plan.")))
        elif run.active:
            _live(run.id)
        else:
            _ended(entry, found, run, float(seconds))


def _form(entry: PlanPlace, case: Case, document: Document) -> WhatIf:
    """What is changed, each with a slider or a list of its own."""
    stated, weighed = whatif_scenario.standards(document), whatif_scenario.weights(document)
    money = {line: name_of(case.lines[line]) for line in case.lines}
    names = {x: say(capital(naming.indicator(case, x))) for x in case.indicators}
    sliders = {
        "money": _sliders(entry, "money", _("Money of each line, %"), money, True),
        "standards": _sliders(entry, "standards", _("Standards, %"), {x: names[x] for x in names if x in stated}, False),
        "weights": _sliders(
            entry, "weights", _("Weights in the first goal, %"), {x: names[x] for x in names if x in weighed}, False
        ),
    }
    free = [a for a, measure in case.measures.items() if measure.status == "candidate" and measure.starts]
    lists = {}
    for key, title in (("out", _("Leave out")), ("within", _("Start for certain, as soon as it can"))):
        lists[key] = st.multiselect(
            say(title), free, format_func=lambda a: name_of(case.measures[a]), key=f"whatif-{key}-{entry.name}",
            placeholder=say(choosing.CHOOSE), persist_state="session",
        )  # fmt: skip
    return WhatIf(**sliders, out=tuple(lists["out"]), within=tuple(a for a in lists["within"] if a not in lists["out"]))


def _sliders(entry: PlanPlace, kind: str, title: Sentence, names: Mapping[str, str], shown: bool) -> dict[str, float]:
    """A slider for each of some things: in per cent of what it is now."""
    found = {}
    if not names:
        return {}
    with st.expander(say(title), expanded=shown):
        for key, name in names.items():
            percent = st.slider(
                plain(name), 0, MOST[kind], 100, STEP[kind], format="%d %%", key=f"whatif-{kind}-{entry.name}-{key}",
                persist_state="session",
            )  # fmt: skip
            found[key] = percent / 100
    return found


def _solve(
    entry: PlanPlace,
    name: str,
    texts: Mapping[str, str],
    scenario: str | None,
    edits: list[dict[str, object]],
    seconds: float,
) -> None:
    """Start the search, with the changes as a scenario of the case; where they make no case, say why."""
    document = whatif_scenario.read(texts)
    id_ = whatif_scenario.free_name(document, NAME)
    try:
        changed = whatif_scenario.with_scenario(texts, id_, NAME, scenario, edits)
    except NotAdded as problem:
        st.error(plain(say(said_by(problem))))
        return
    checked = cases.check(name, changed, id_)
    if checked.case is None:
        st.error(say(_("With these changes it is no case that can be planned:")))
        st.code("\n".join(say(problem.said) for problem in checked.problems[:10]), language=None, wrap_lines=True)
        return
    begin(name, changed, id_, seconds, GAP, start=entry.folder, shipped=entry.shipped)


@looked_at_again
def _live(name: str) -> None:
    """The search under way: looked at again and again."""
    run = under_way(name)
    if run is None:
        return
    stopper(run, _("Stop and keep the best plan"), _("Stopping; the best plan so far is kept."))
    progress(run)


def _ended(entry: PlanPlace, found: Plan, run: Run, seconds: float) -> None:
    """The plan that was found beside the one at hand, and what to do with it."""
    place = plans.find_plan(here(), run.id)
    if place is None:
        st.error(say(_("The solve ended without a plan. What it said:")))
        st.code(said_in(runs.log_of(run)), language=None, wrap_lines=True)
        return
    other = of_page.opened(place)
    if not other.has_decisions:
        blocks.show((of_page.opening(other),))
        return
    beside = _beside(of_page.version(entry), of_page.version(place), found, other,
                     (say(_("plan at hand")), say(_("What if"))))  # fmt: skip
    st.markdown(f"### {say(_('Beside the plan at hand'))}")
    blocks.show((compared.how_they_stand(beside),))
    st.markdown(f"**{say(_('What was changed'))}**")
    blocks.show(choices.asked(beside))
    blocks.grid(compared.overview(beside))
    blocks.show(compared.headline(beside))
    with st.container(horizontal=True):
        st.button(say(_("Look at the plan")), on_click=go, args=("plan",), kwargs={"plan": place.name, "room": "overview"})
        st.button(say(_("Compare in full")), on_click=choosing.compare, args=((entry.name, place.name),))
        if st.button(say(_("Search on, ten times as long"))):
            _again(run, place, LONGER * seconds)
        if st.button(say(_("Keep it as a scenario of a case of yours"))):
            _keep(run)


@st.cache_resource(max_entries=6, show_spinner=False)
def _beside(version: str, other: str, _found: Plan, _other: Plan, names: tuple[str, str]) -> Comparison:
    return compare([_found, _other], names)


def _again(run: Run, place: PlanPlace, seconds: float) -> None:
    """The same search once more, from where it came to."""
    name = str(run.asked["case"])
    opened = cases.open_case(cases.CaseEntry(name, run.folder / "case" / name, False))
    begin(name, dict(opened.texts), run.asked["scenario"], seconds, GAP / LONGER, start=place.folder,
          shipped=bool(run.asked.get("shipped")))  # fmt: skip


def _keep(run: Run) -> None:
    """Save the case with its scenario among the user's own."""
    name = str(run.asked["case"])
    opened = cases.open_case(cases.CaseEntry(name, run.folder / "case" / name, False))
    wanted = name_from(f"{name} {NAME}")
    for number in itertools.count(1):
        try:
            saved = cases.save_case(here(), wanted if number == 1 else f"{wanted} {number}", dict(opened.texts), None)
        except Taken:
            continue
        except (OSError, ValueError) as problem:
            st.error(plain(str(problem)))
            return
        st.success(
            say(
                _("Saved as {name}, scenario {scenario}."),
                name=plain(named(saved.key)),
                scenario=plain(str(run.asked["scenario"])),
            )
        )
        return
