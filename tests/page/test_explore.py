"""The page Explore: asks a question in a process of its own, and shows its answer in words, pictures and grids."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import pytest
import typer
from streamlit.testing.v1 import AppTest

from planner.case import load_case
from planner.documents.blocks import Said, Table
from planner.plans.store import read_plan
from planner.questions import commanding, offering
from planner.questions.importance.ask import importance
from planner.questions.importance.shown import pictures as importance_pictures
from planner.questions.importance.shown import said as importance_said
from planner.questions.keeping import write_result
from planner.questions.offering import CASE, Offered
from planner.starting import example
from planner.terminal import common
from planner.words.said import _
from planner.workspace import plans as workspace_plans
from planner.workspace.places import Workspace
from planner.workspace.runs import list_runs, start_run
from tests.page import plans
from tests.page.seen import tables
from tests.page.test_solve import button, one, texts, wait
from tests.questions.answered import QUESTIONS, answered, keep, said
from ui.frame import plain
from ui.pages import explore

pytestmark = pytest.mark.slow


def stored(place: Workspace, question: str, begin: float = 0.0, words: Sequence[str] = ()) -> Path:
    """The folder of a run that asked something and has ended; its answer is written beside it."""
    folder = place.runs / f"tiny--{question}--{begin:g}"
    folder.mkdir(parents=True)
    asked = {"case": "tiny", "scenario": None, "started": 1_700_000_000.0 + begin, "question": [question, *words]}
    (folder / "run.json").write_text(json.dumps(asked), encoding="utf-8")
    (folder / "process.json").write_text('{"pid": 1, "born": "long ago"}', encoding="utf-8")
    (folder / "ended").touch()
    return folder


def shown(page: AppTest) -> str:
    """All texts of a page, and what stands in its tables."""
    cells = [
        str(cell)
        for table in (*tables(page), *(grid.value for grid in page.dataframe))
        for cell in [*table.columns, *table.to_numpy().ravel()]
    ]
    return "\n".join([texts(page), *cells])


def test_without_plans_it_says_what_to_do_first(open_page: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workspace_plans, "SHIPPED", "none")
    page = open_page("explore")
    assert not page.exception
    assert "Solve a case first" in texts(page)


def test_a_question_about_a_plan_is_asked_and_answered(open_page: Callable[..., AppTest], place: Workspace) -> None:
    solved = wait(place, start_run(place, "mine", example()).id)
    page = open_page("explore", plan=solved.id)
    page.selectbox[1].select("rank").run()
    button(page, "Ask").click().run()
    assert not page.exception
    run = one(page.query_params["run"])
    assert wait(place, run).state == "done"
    again = open_page("explore", run=run)
    assert not again.exception
    assert [box.value for box in again.selectbox[:2]] == [solved.id, "rank"]  # below the answer: what it was asked of
    assert "Answered in full" in texts(again)
    assert "The ranked list closes" in texts(again)
    assert len(again.get("vega_lite_chart")) == 2


def test_the_questions_of_the_page_have_an_answer_in_words() -> None:
    assert set(QUESTIONS) <= set(explore.questions())


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_is_shown_in_words_pictures_and_grids(
    question: str, open_page: Callable[..., AppTest], place: Workspace
) -> None:
    run = stored(place, question, words=("--plan", str(place.plans / "tiny--base")))
    folder = keep(question, place.answers / run.name)
    page = open_page("explore", run=run.name)
    assert not page.exception
    assert explore._words(question).asks in page.header[0].value.replace("\\", "")
    for sentence in said(question).headline:
        assert f"**{plain(sentence)}**" in [element.value for element in page.markdown]
    assert len(page.get("vega_lite_chart")) == len(list(folder.glob("*.svg"))) > 0
    grids = [block for section in said(question).sections for block in section if isinstance(block, Table)]
    assert len(tables(page)) + len(page.dataframe) == len(grids) + 1  # and the list of questions asked before
    assert str(place.root) not in shown(page)
    assert not page.code


def test_texts_of_a_case_are_shown_letter_by_letter(
    open_page: Callable[..., AppTest], place: Workspace, tmp_path: Path
) -> None:
    case = plans.nasty(tmp_path / "case")
    found = importance(case, plan=replace(plans.base(case), status="optimal"))
    run = stored(place, "importance")
    write_result(found, place.answers / run.name, pictures=partial(importance_pictures, found), said=importance_said(found))
    page = open_page("explore", run=run.name)
    assert not page.exception
    everything = shown(page)
    assert plans.NASTY in everything
    assert not any(plans.NASTY in element.value for element in page.markdown)
    assert not any(plans.NASTY in node.proto.body for node in page.get("html"))  # but escaped


def test_a_city_is_called_by_its_name_and_figures_stand_to_the_right(
    open_page: Callable[..., AppTest], place: Workspace
) -> None:
    run = stored(place, "importance")
    keep("importance", place.answers / run.name)
    page = open_page("explore", run=run.name)
    (table,) = tables(page)
    assert "Inland" in set(table["city"])
    assert "inland" not in set(table["city"])
    assert any('class="figure"' in node.proto.body for node in page.get("html"))


def test_an_answer_without_words_shows_its_tables(open_page: Callable[..., AppTest], place: Workspace) -> None:
    run = stored(place, "importance")
    write_result(answered("importance"), place.answers / run.name)
    page = open_page("explore", run=run.name)
    assert not page.exception
    assert any("loss_at_least" in frame.value.columns for frame in page.dataframe)


def test_what_is_not_answered_is_listed(open_page: Callable[..., AppTest], place: Workspace) -> None:
    run = stored(place, "value")
    found = replace(answered("value"), complete=False, missing=("1 bn more for north in 2030: the time is up",))
    write_result(found, place.answers / run.name, said=said("value"))
    page = open_page("explore", run=run.name)
    assert "Not answered in full" in texts(page)
    assert plain("1 bn more for north in 2030: the time is up") in texts(page)


def test_a_question_that_failed_shows_its_log_without_folders(open_page: Callable[..., AppTest], place: Workspace) -> None:
    run = stored(place, "value")
    (run / "log.txt").write_text(f"planner: {place.plans}/tiny is the plan of another case", encoding="utf-8")
    page = open_page("explore", run=run.name)
    assert page.code[0].value == "planner: plans/tiny is the plan of another case"
    assert "without an answer" in texts(page)


def test_questions_asked_before_are_listed_the_newest_first(open_page: Callable[..., AppTest], place: Workspace) -> None:
    for begin, question in enumerate(("value", "rank")):
        run = stored(place, question, 100.0 * begin)
    keep("rank", place.answers / run.name)
    (table,) = [frame.value for frame in open_page("explore").dataframe]
    assert table["question"].tolist() == [explore._words(asked).asks for asked in ("rank", "value")]
    assert table["state"].tolist() == ["done", "no answer"]
    assert run.name in table.iloc[0, -1]


def test_robust_says_that_it_plans_the_case_anew_and_waits_for_two_scenarios(
    open_page: Callable[..., AppTest], place: Workspace
) -> None:
    folder = plans.keep(place, "tiny--base", plans.base())
    page = open_page("explore", plan=folder.name)
    page.selectbox[1].select("robust").run()
    assert "no scenarios" in texts(page)  # a plan alone keeps its case as solved
    assert "Ask" not in [found.label for found in page.button]
    assert "still to be chosen" in texts(page)


def test_an_unknown_run_is_said(open_page: Callable[..., AppTest]) -> None:
    assert "There is no run" in texts(open_page("explore", run="nothing"))


def _tables(words: Said) -> list[Any]:
    return [block for section in words.sections for block in section if isinstance(block, Table)]


def _without(text: str, names: Sequence[str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "")
    return text


def made_up() -> Callable[..., None]:
    """A question that nobody asks but this test, declared as any other is."""

    @commanding.question(
        _("How closely."),
        Offered(_("Which colour is it?"), _("Takes a second."), choices={"shade": {"dark": _("dark"), "light": _("light")}}),
    )
    def colour(
        case: common.CaseArgument,
        measure: Annotated[str, typer.Argument(metavar="MEASURE", help="Of what.")],
        coats: Annotated[int, typer.Option("--coats", min=1, max=9, help="How many coats.")] = 2,
        shade: Annotated[str, typer.Option("--shade", help="Which shade.")] = "dark",
        glossy: Annotated[bool, typer.Option("--glossy", help="Whether it shines.")] = False,
        plan: commanding.PlanOption = None,
        *,
        shared: commanding.Shared,
    ) -> None:
        """Nothing."""

    return colour


def test_a_new_question_appears_by_its_declaration_alone(
    open_page: Callable[..., AppTest], place: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(explore, "questions", lambda: {"colour": made_up()})
    asked: list[Any] = []
    monkeypatch.setattr(explore, "begin", lambda *words, **about: asked.append((words, about)))
    folder = plans.keep(place, "tiny--base", plans.base())
    page = open_page("explore", plan=folder.name)
    assert not page.exception
    assert page.selectbox[1].options == ["Which colour is it?"]
    assert "Takes a second." in texts(page)
    page.selectbox(key="explore-colour-measure").select("insurance")
    page.number_input(key="explore-colour-coats").set_value(3)
    page.selectbox(key="explore-colour-shade").select("light")
    page.checkbox(key="explore-colour-glossy").check().run()
    button(page, "Ask").click().run()
    words = (CASE, "--plan", str(folder), "insurance", "--coats", "3", "--shade", "light", "--glossy")
    assert asked[0][1]["question"] == ("colour", *words)


def test_every_question_of_the_command_line_but_those_that_are_asked_elsewhere_is_offered() -> None:
    """Whatever lies in planner/questions with a command of its own, first, and what a plan or a cluster alone is asked."""
    folder = Path(offering.__file__).parent
    *beyond, last, very_last = explore.questions()
    assert {file.parent.name for file in folder.glob("*/command.py")} == set(beyond)
    assert (last, very_last) == ("evaluate", "scorecard")


def test_decisions_of_ones_own_are_worked_out_and_set_beside_the_plan(
    open_page: Callable[..., AppTest], place: Workspace
) -> None:
    """The list begins with the plan; brought is a plan of the README of the case that signs nothing."""
    plans.keep(place, "mine", plans.base(load_case(plans.TINY)))
    page = open_page("explore", plan="mine", question="evaluate")
    button(page, "Ask").click().run()
    assert not page.exception
    same = wait(place, one(page.query_params["run"]))
    assert same.plan is not None
    assert (read_plan(same.plan).goals, read_plan(same.plan).status) == (read_plan(place.plans / "mine").goals, "evaluated")
    again = open_page("explore", run=same.id)
    button(again, "Compare with the plan before").click().run()
    assert again.query_params["plans"] == ["mine", same.id]
    page = open_page("explore", plan="mine", question="evaluate")
    page.radio(key="explore-evaluate-decisions-how").set_value("Bring a file").run()
    assert "Ask" not in [found.label for found in page.button]
    uploader = page.get("file_uploader")[0]
    uploader.set_value(("mine.csv", b"measure,start_period,units\nnothing,2030,1\n", "text/csv")).run()
    assert "mine.csv" not in " ".join(error.value for error in page.error)
    assert "'nothing' is not a measure" in page.error[0].value.replace("\\", "")
    lines = ["measure,start_period,units", *(f"{a},{t},{units:g}" for (a, t), units in plans.NO_SIGNATURES.items())]
    uploader = page.get("file_uploader")[0]
    uploader.set_value(("mine.csv", "\n".join(lines).encode(), "text/csv")).run()
    button(page, "Ask").click().run()
    brought = wait(place, one(page.query_params["run"]))
    assert brought.plan is not None
    started = read_plan(brought.plan).tables["decisions"]
    assert set(zip(started["measure"], started["start_period"], strict=True)) == set(plans.NO_SIGNATURES)


def test_where_a_cluster_stands_is_answered_at_once(open_page: Callable[..., AppTest], place: Workspace) -> None:
    plans.keep(place, "mine", plans.base(load_case(plans.TINY)))
    page = open_page("explore", plan="mine", question="scorecard")
    assert not page.exception
    assert "Ask" not in [found.label for found in page.button]
    assert "Infrastructure" in shown(page)
    assert list_runs(place) == ()
