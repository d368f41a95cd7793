"""Why a question cannot be asked is said in both languages; what is answered is watched where answers are cut short."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import planner
from tests.questions.answered import QUESTIONS


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
