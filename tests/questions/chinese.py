"""What of an answer is not Chinese where Chinese is spoken, but names of the case, units, and what is typed as it is."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from planner.documents.blocks import Said
from planner.questions.asking import Result
from planner.words.said import speaking, told, told_all
from tests.chinese import latin


def said(result: Result) -> Said:
    """An answer in words."""
    content = import_module(f"planner.questions.{result.QUESTION}.shown").said(result)
    assert isinstance(content, Said)
    return content


def texts(content: Any) -> Iterator[str]:
    """Every text of an answer that somebody reads."""
    for section in (content.opening, *content.sections):
        for block in section:
            for name, value in vars(block).items():
                if name not in ("align", "rank", "look"):
                    yield from _strings(value)
    yield from content.headline


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _strings(part)


def left_english(result: Result) -> list[str]:
    """Texts of an answer, told in Chinese, in which Latin words are left."""
    with speaking("zh"):
        content = [*texts(told_all(said(result))), *map(told, result.missing), " ".join(said(result).text().split())]
    return [text for text in content if latin(text, result.case)]
