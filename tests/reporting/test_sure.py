"""How sure a plan is, in the report: answers that are given to it, on the minister's sheet, for planners, in the book."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from planner.cli import app
from planner.documents.blocks import Table
from planner.documents.briefing import sure
from planner.documents.briefing.book import sheets
from planner.documents.briefing.page import report
from planner.documents.briefing.sure import Sure
from planner.documents.briefing.worth import Answers
from planner.plans.store import write_plan
from planner.plans.totals import share_closed
from planner.words.said import speaking, told
from tests.chinese import latin
from tests.questions.answered import answered, best, keep

PLANNED = {"planned": 0.5, "done": 300, "at_least": 0.33, "chance": 0.91, "joint": 0.4}


def money(*held: float) -> pd.DataFrame:
    """Lines north and south in two periods, with what each has to hold back for four draws of five."""
    places = [("north", "2030"), ("north", "2035"), ("south", "2030"), ("south", "2035")]
    rows = [(l, t, 10.0, 8.0, 0.25, hold / 2, hold, 2 * hold) for (l, t), hold in zip(places, held, strict=True)]
    return pd.DataFrame(
        rows, columns=["line", "period", "has", "planned", "overdrawn", "hold_65", "hold_80", "hold_90"]
    )  # fmt: skip


def firm(*verdicts: tuple[str, str, float]) -> pd.DataFrame:
    rows = [(n + 1, a, verdict, share, 0.8 * share, 1.0, "2030") for n, (a, verdict, share) in enumerate(verdicts)]
    return pd.DataFrame(
        rows, columns=["rank", "measure", "verdict", "chosen", "chosen_least", "chosen_most", "usual_start"]
    )  # fmt: skip


ANSWER = Sure(PLANNED, {"money": money(1.5, 0.0, 0.5, 3.0)})
FIRM = firm(("clinic-inland", "firm", 1.0), ("insurance", "firm", 0.95), ("rail-north", "seldom", 0.2))


def test_a_chance_of_few_draws_is_told_with_how_roughly_it_is_known() -> None:
    said = [told(sentence) for sentence in sure.sentences(best(), replace(ANSWER, facts={**PLANNED, "done": 40}), None)]
    assert said[1] == "With only 40 draws each chance is known to 15 points (95 %), and P10, P80 and P90 as roughly."


def test_a_minister_reads_the_chance_what_to_hold_back_where_and_what_is_firm() -> None:
    """5 in all, most of it the south's of the last period and the north's of the first; a signature is no project."""
    chance, held, projects = (told(sentence) for sentence in sure.sentences(best(), ANSWER, FIRM))
    assert chance == "In 91 % of 300 draws it closes at least 33 % of the gap; in 40 % all lines have the money."
    assert held.startswith("To pay for four draws of five in each line and period by itself, hold back 5 bn (South 2031")
    assert held.endswith("(South 2031-2035: 3, North 2026-2030: 1.5).")
    assert (
        projects
        == "Firm, in nine of ten draws or more, each planned anew: 2 measures, among them 1 project, first Clinic in Inland."
    )


def test_where_nothing_is_to_be_held_back_and_nothing_is_firm_that_is_said() -> None:
    said = [told(s) for s in sure.sentences(best(), replace(ANSWER, tables={"money": money(0, 0, 0, 0)}), firm())]
    assert said[1:] == [
        "Nothing has to be held back for four draws of five in any line and period.",
        "No project is firm: none is in nine of ten draws, each planned anew.",
    ]
    assert sure.sentences(best(), None, None) == ()
    assert sure.sections(best(), None, None) == ()


def test_an_answer_is_about_a_plan_that_closes_as_much() -> None:
    assert ANSWER.is_about(best(), 0.5)
    assert not ANSWER.is_about(best(), 0.51)
    assert not ANSWER.is_about(best(), float("nan"))
    assert not Sure({}, ANSWER.tables).is_about(best(), 0.5)


@pytest.mark.slow
def test_page_and_book_have_it_where_it_is_given() -> None:
    answers = Answers(risk=ANSWER, priorities=FIRM, why_not="not asked")
    page, plain = report(best(), answers), report(best(), Answers(why_not="not asked"))
    for words in ("hold back 5 bn", "How sure the plan is", "Firm, in nine of ten draws"):
        assert words in page
        assert words not in plain
    assert [told(sheet.name) for sheet in sheets(best(), answers)].count("How sure") == 1
    tables = [block for section in sure.sections(best(), ANSWER, FIRM) for block in section if isinstance(block, Table)]
    assert [len(table.rows) for table in tables] == [4, 3]


def test_it_is_said_in_chinese() -> None:
    with speaking("zh"):
        said = " ".join(told(sentence) for sentence in sure.sentences(best(), ANSWER, FIRM))
    assert latin(said, best().case) == []


@pytest.mark.slow
def test_the_command_takes_answers_about_this_plan_alone(tmp_path: Path) -> None:
    run: Callable[..., Result] = lambda *words: CliRunner().invoke(  # noqa: E731
        app, ["report", *(str(word) for word in words)], prog_name="planner"
    )
    plan = write_plan(best().with_audit("passed"), tmp_path / "plan")
    risk, firmness = keep("risk", tmp_path / "risk"), keep("priorities", tmp_path / "priorities")
    made = run(plan, "-o", tmp_path / "a.html", "--quick", "-q", "--risk", risk, "--priorities", firmness)
    assert made.exit_code == 0, made.output
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "How sure the plan is" in page
    assert f"of {answered('risk').facts()['done']} draws" in page
    other = shutil.copytree(risk, tmp_path / "other")
    result = (other / "result.json").read_text(encoding="utf-8")
    planned = f'"planned": {share_closed(best())}'
    assert planned in result
    (other / "result.json").write_text(result.replace(planned, '"planned": 0.123'), encoding="utf-8")
    for folder, why in ((other, "another plan of this case"), (firmness, "no answer of planner risk")):
        refused = run(plan, "-o", tmp_path / "b.html", "--quick", "--risk", folder)
        assert refused.exit_code == 2
        assert why in " ".join(refused.output.split())
        assert not (tmp_path / "b.html").exists()
