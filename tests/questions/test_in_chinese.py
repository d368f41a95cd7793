"""Every answer is said in Chinese as a whole, complete or cut short: only names of the case and units stay as they are."""

from __future__ import annotations

import ast
import functools
import json
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import planner
from planner.documents.drawings import rendering
from planner.questions.asking import Result
from planner.questions.keeping import write_result
from planner.words.said import speaking, told, told_all
from planner.workspace.answers import read_answer
from tests.chinese import drawn, latin
from tests.questions.answered import QUESTIONS, answered
from tests.questions.chinese import left_english, said, texts
from tests.questions.cut_short import CUTS, ask_cut

RUNS = [(question, run) for question in (*QUESTIONS, "diagnose") for run in ("whole", *CUTS)]


@functools.cache
def found(question: str, run: Any) -> Result:
    if run == "whole" and question != "diagnose":
        return answered(question)
    with pytest.MonkeyPatch.context() as monkeypatch:
        return ask_cut(question, "loose" if run == "whole" else run, monkeypatch)


@pytest.mark.slow
@pytest.mark.parametrize(("question", "run"), RUNS)
def test_all_that_is_said(question: str, run: str) -> None:
    assert left_english(found(question, run)) == []


@pytest.mark.parametrize(("question", "run"), [(question, run) for question, run in RUNS if question != "diagnose"])
def test_all_that_is_drawn(question: str, run: str) -> None:
    result = found(question, run)
    if result.tables:
        with speaking("zh"):
            charts = import_module(f"planner.questions.{question}.shown").pictures(result)
            words = [
                word for chart in charts.values() for word in drawn(json.loads(json.dumps(rendering.specification(chart))))
            ]
        assert [word for word in words if latin(word, result.case)] == []


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_kept_is_told_as_before_it_was_kept(question: str, tmp_path: Path) -> None:
    result = found(question, "unproven")
    kept = read_answer(write_result(result, tmp_path / "answer", said=said(result)))
    assert kept is not None
    assert kept.said is not None
    with speaking("zh"):
        assert list(texts(told_all(kept.said))) == list(texts(told_all(said(result))))
        assert [told(text) for text in kept.missing] == [told(text) for text in result.missing]


@pytest.mark.slow
def test_why_something_cannot_be_asked_is_a_message() -> None:
    """No text of English only is raised where a question, or a command, is refused."""
    root = Path(planner.__file__).parent
    raised = [
        (file.relative_to(root).as_posix(), call)
        for file in sorted(root.rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Raise) and isinstance(call := node.exc, ast.Call) and call.args
    ]
    of_questions = {"ValueError"}
    of_commands = {"WrongUse", "CannotDo"}
    asked = [
        (f"{file}:{call.lineno}", call.args[0])
        for file, call in raised
        if (name := ast.unparse(call.func).rpartition(".")[2]) in of_commands
        or (name in of_questions and file.startswith("questions/"))
    ]
    assert len(asked) > len(QUESTIONS)
    english = [place for place, said in asked if isinstance(said, ast.JoinedStr | ast.Constant | ast.BinOp)]
    assert english == []
