"""Every answer is said in Chinese as a whole, complete or cut short: only names of the case and units stay as they are."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from planner.documents.drawings import rendering
from planner.questions.asking import Result
from planner.questions.keeping import write_result
from planner.words.said import speaking, told, told_all
from planner.workspace.answers import read_answer
from tests.questions.answered import QUESTIONS, answered
from tests.questions.chinese import latin, left_english, said, texts
from tests.questions.cut_short import CUTS, ask_cut

RUNS = [(question, run) for question in (*QUESTIONS, "diagnose") for run in ("whole", *CUTS)]
SHOWN = {"title", "subtitle", "text"}  # keys of a drawing whose values are read


@functools.cache
def found(question: str, run: Any) -> Result:
    if run == "whole" and question != "diagnose":
        return answered(question)
    with pytest.MonkeyPatch.context() as monkeypatch:
        return ask_cut(question, "loose" if run == "whole" else run, monkeypatch)


def drawn(node: Any, key: str = "") -> Iterator[str]:
    """Every word of a drawing: its titles, what stands at its marks, and what its data says."""
    if isinstance(node, str) and key in SHOWN:
        yield node
    elif isinstance(node, list):
        for part in node:
            yield from drawn(part, key)
    elif isinstance(node, dict):
        for name, part in node.items():
            if name == "datasets":
                yield from (v for rows in part.values() for row in rows for v in row.values() if isinstance(v, str))
            elif name == "scale" and isinstance(part, dict):
                yield from (word for word in part.get("domain", []) if isinstance(word, str))
            elif name == "tooltip" and isinstance(part, list):
                assert all("title" in one for one in part), part
                yield from (one["title"] for one in part)
            else:
                yield from drawn(part, name)


@pytest.mark.parametrize(("question", "run"), RUNS)
def test_all_that_is_said(question: str, run: str) -> None:
    assert left_english(found(question, run)) == []


@pytest.mark.parametrize(("question", "run"), [(question, run) for question, run in RUNS if question != "diagnose"])
def test_all_that_is_drawn(question: str, run: str) -> None:
    result = found(question, run)
    if result.tables:
        with speaking("zh"):
            charts = import_module(f"planner.questions.{question}.drawn").pictures(result)
            words = [
                word for chart in charts.values() for word in drawn(json.loads(json.dumps(rendering.specification(chart))))
            ]
        assert [word for word in words if latin(result.case, word)] == []


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_kept_is_told_as_before_it_was_kept(question: str, tmp_path: Path) -> None:
    result = found(question, "unproven")
    kept = read_answer(write_result(result, tmp_path / "answer", said=said(result)))
    assert kept is not None
    assert kept.said is not None
    with speaking("zh"):
        assert list(texts(told_all(kept.said))) == list(texts(told_all(said(result))))
        assert [told(text) for text in kept.missing] == [told(text) for text in result.missing]
