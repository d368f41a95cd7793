"""Answers as blocks: one rendering for a terminal, the same on disk, and pictures of what tables say."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pandas as pd
import pytest

from planner.case import FrozenDict
from planner.documents import blocks
from planner.documents.blocks import Bullet, Heading, Paragraph, Said, table
from planner.documents.drawings import rendering
from planner.documents.drawings.intervals import span
from planner.questions.alternatives import shown as drawn_alternatives
from planner.questions.alternatives.ask import Alternatives
from planner.questions.importance.ask import importance
from planner.questions.importance.shown import losses
from planner.questions.keeping import read_tables
from planner.questions.rank.shown import closed
from planner.workspace.answers import read_answer
from tests.questions.answered import QUESTIONS, answered, keep, pictures, said
from tests.questions.folders import hand_case
from tests.questions.test_importance import EXACT, solved


def test_blocks_of_a_section_stand_together_and_sections_apart() -> None:
    found = Said(
        (Heading("Case: asked", "title"), Paragraph("complete", "Answer")),
        (
            (Heading("Money", "section"), table(["line", "given,\nbn"], [["north", "1.0"]], "lr"), Paragraph("* a note")),
            (Heading("Why"), Bullet("one"), Bullet("two")),
            (),
        ),
        ("A headline that a terminal does not repeat.",),
    )
    lines = [
        "Case: asked", "Answer    complete", "", "MONEY", "       given,", "line       bn", "-----  ------", "north     1.0",
        "* a note", "", "Why", "- one", "- two",
    ]  # fmt: skip
    assert found.text() == "\n".join(lines)
    assert found.text(bold=True) == "\n".join(["\033[1mCase: asked\033[0m", *lines[1:3], "\033[1mMONEY\033[0m", *lines[4:]])


@pytest.mark.slow
@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_on_disk_holds_its_words_and_its_pictures(question: str, tmp_path: Path) -> None:
    found = read_answer(keep(question, tmp_path / "answer"))
    assert found is not None
    assert found.question == question
    assert found.said == said(question)
    assert found.said.text() == import_module(f"planner.questions.{question}.shown").text(answered(question))
    assert list(found.pictures) == list(found.drawings["en"]) == list(pictures(question))
    assert all(picture.startswith("<svg") for picture in found.pictures.values())
    assert found.said.headline


@pytest.mark.slow
def test_every_question_has_a_picture() -> None:
    """Of explain only where a measure is in the plan and changes several figures: else a sentence says as much."""
    assert [question for question in QUESTIONS if not pictures(question)] == []
    nothing = replace(answered("explain"), tables=FrozenDict({"gains": answered("explain").tables["gains"].head(0)}))
    assert import_module("planner.questions.explain.shown").pictures(nothing) == {}


@pytest.mark.parametrize("nonsense", [{}, {"opening": 1}, {"opening": [{"kind": "song", "text": ""}]}, []])
def test_what_is_no_answer_in_words_is_refused(nonsense: object) -> None:
    with pytest.raises(ValueError, match="not an answer in words"):
        blocks.read(nonsense)  # type: ignore[arg-type]


SOUND = Said(
    (Heading("Title", "title"), Paragraph("a sentence", "Answer")),
    ((Bullet("a point"), table(["what", "how much"], [["one", "1"], ["two", "2"]], "lr")),),
    ("a sentence",),
).plain()
NO_TEXTS = (None, True, -1, [], {}, ["one"])
TEXTS = [("opening", 0, "text"), ("opening", 1, "label"), ("headline", 0), ("sections", 0, 0, "text"),
         ("sections", 0, 1, "heads", 0), ("sections", 0, 1, "align"), ("sections", 0, 1, "rows", 0)]  # fmt: skip
SENSELESS = [(place, value) for place in TEXTS for value in NO_TEXTS] + [
    (("opening",), []),
    (("sections", 0, 1, "align"), "l"),
    (("sections", 0, 1, "rows", 0, 0), None),  # of a table of texts
    (("sections", 0, 1, "rows", 0), "x"),
    (("sections", 0, 1, "heads"), ["what"]),
    (("sections", 0, 1, "keys"), "x"),
]


@pytest.mark.parametrize(("place", "value"), SENSELESS, ids=repr)
def test_an_answer_of_which_a_part_makes_no_sense_is_refused(place: tuple[str | int, ...], value: object) -> None:
    content = json.loads(json.dumps(SOUND))
    assert blocks.read(content).plain() == SOUND
    at = content
    for key in place[:-1]:
        at = at[key]
    at[place[-1]] = value
    with pytest.raises(ValueError, match="not an answer in words"):
        blocks.read(content)


@pytest.mark.slow
def test_an_answer_without_words_is_read_without_them(tmp_path: Path) -> None:
    folder = keep("importance", tmp_path / "answer")
    about = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    del about["said"], about["pictures"]
    (folder / "result.json").write_text(json.dumps(about), encoding="utf-8")
    found = read_answer(folder)
    assert found is not None
    assert found.said is None
    assert list(found.pictures) == ["importance"]


@pytest.mark.slow
def test_bars_of_losses_are_those_worked_out_by_hand(tmp_path: Path) -> None:
    """See `hand_case`: big 5.0, base and upper 4.0, the halves 2.2, which together are called by what they share."""
    case = hand_case(tmp_path / "a")
    data = losses(importance(case, plan=solved(case), options=EXACT)).set_index("row")
    assert list(data.index) == ["big", "base", "upper", "half"]
    for row, right in (("big", 5.0), ("base", 4.0), ("upper", 4.0), ("half", 2.2)):
        assert data["least"][row] == pytest.approx(right, abs=1e-5)
        assert data["most"][row] == pytest.approx(right, abs=1e-5)
    assert set(data["group"]) == {"hubs"}


def test_a_measure_without_which_there_is_no_plan_is_as_long_as_the_longest() -> None:
    found = answered("importance")
    changed = found.table("importance")
    changed.loc[changed.index[-1], ["status", "loss_at_most", "share_at_most"]] = ["infeasible", None, None]
    data = losses(replace(found, tables=FrozenDict({"importance": changed})))  # type: ignore[arg-type]
    needed = data[data["note"] == "no plan without it"]
    assert len(needed) == 1
    assert needed["least"].iloc[0] == data["most"].max()


def test_a_square_stands_where_a_plan_has_a_measure() -> None:
    """The best plan has no checks and no insurance; alternative 1 has checks, alternative 2 the insurance; all a clinic."""
    measures = pd.DataFrame(
        [
            ("checkpoint", "No checks on the road", "hub", 1.0, "some"),
            ("insurance", "Insurance valid on both sides", "link", 0.0, "some"),
            ("clinic-inland", "Clinic in Inland", "hub", 1.0, "every"),
        ],
        columns=["measure", "name", "kind", "units_best", "within"],
    )
    changes = pd.DataFrame({"plan": ["alternative-1", "alternative-2"], "measure": ["checkpoint", "insurance"]})
    plans = pd.DataFrame({"plan": ["best", "alternative-1", "alternative-2"]})
    tables = FrozenDict({"measures": measures, "changes": changes, "alternatives": plans})
    found = Alternatives(answered("importance").case, True, (), 0.0, tables, FrozenDict())
    has = {(row.row, row.plan) for row in drawn_alternatives.cells(found).itertuples() if row.has}
    one = "No checks on the road"
    assert has == {(one, "best"), (one, "alternative 2"), ("Insurance valid on both sides", "alternative 2")}
    sums = drawn_alternatives.sums(found)
    assert set(sums.itertuples(index=False, name=None)) == {
        ("in some plans", "hubs", 1), ("in some plans", "links", 1), ("in every plan", "hubs", 1)
    }  # fmt: skip


def test_bars_of_the_ranked_list_are_its_shares_and_the_best_plans_reach_to_what_nothing_beats() -> None:
    found = answered("rank")
    data = closed(found).set_index("row")  # type: ignore[arg-type]
    shares = found.table("comparison").set_index("plan")["share_closed"]
    assert data["least"]["ranked list"] == pytest.approx(100 * shares["ranked"])
    assert data["least"]["optimal plan"] == pytest.approx(100 * shares["best"])
    assert data["most"]["optimal plan"] >= data["least"]["optimal plan"] - 1e-9


def test_the_end_of_a_bar_says_what_is_known() -> None:
    assert (span(1.04, 2.0), span(1.0, 1.04), span(1.0, float("nan"))) == ("1.0-2.0", "1.0", "≥ 1.0")


@pytest.mark.slow
def test_names_that_look_like_markup_do_no_harm_to_a_drawing() -> None:
    found = answered("importance")
    evil = found.table("importance")
    evil["name"] = [f"<b>{n}</b>\\u0022)'" for n in range(len(evil))]
    module = import_module("planner.questions.importance.shown")
    (chart,) = module.pictures(replace(found, tables=FrozenDict({"importance": evil}))).values()
    assert "<b>" not in rendering.svg(chart)


def test_an_answer_that_is_cut_short_is_told_without_what_a_parser_says(tmp_path: Path) -> None:
    folder = keep("importance", tmp_path / "answer")
    (folder / "result.json").write_text('{"schema": ', encoding="utf-8")
    with pytest.raises(ValueError, match=r"holds no answer of planner importance: it is cut short or damaged$"):
        read_tables(folder, "importance")
