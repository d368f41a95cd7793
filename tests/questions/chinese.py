"""What of an answer is not Chinese where Chinese is spoken, but names of the case, units, and what is typed as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib import import_module
from typing import Any

from planner.case import Case
from planner.documents.blocks import Said
from planner.questions.asking import Result
from planner.words.said import speaking, told, told_all

LATIN = re.compile(r"[A-Za-z]{2,}")
TYPED = re.compile(r"--[a-z][a-z-]*|`[^`]*`|planner [a-z]+|\b\w+\.(?:yaml|csv)")  # options, commands and files


def said(result: Result) -> Said:
    """An answer in words."""
    content = import_module(f"planner.questions.{result.QUESTION}.said").said(result)
    assert isinstance(content, Said)
    return content


def texts(content: Any) -> Iterator[str]:
    """Every text of an answer that somebody reads."""
    for section in (content.opening, *content.sections):
        for block in section:
            for name, value in vars(block).items():
                if name not in ("align", "rank"):
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
    return [text for text in content if latin(result.case, text)]


def latin(case: Case, text: str) -> list[str]:
    """Latin words that are neither names of the case without a Chinese one, nor units, nor typed."""
    own = {case.title, case.money.unit, *_own(case)}
    own |= {name.partition(",")[0] for name in own}  # drawings name two halves by what they share
    for name in sorted(filter(None, own), key=len, reverse=True):
        text = re.sub(rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])", "", text)
    return LATIN.findall(TYPED.sub("", text))


def _own(case: Case) -> Iterator[str]:
    """Names, ids and units of a case; no name of a thing that has a Chinese one."""
    yield from {city.jurisdiction for city in case.cities.values()} - set(case.names)
    yield from (thing.id for things in (case.targets, case.rules, case.gates) for thing in things)
    yield from case.pyramid.at_most_share
    for measure in case.measures.values():
        yield from (measure.one_of or "", measure.level or "")
    for held in fields(case):
        things: Any = getattr(case, held.name)
        for thing in things.values() if hasattr(things, "values") else ():
            if is_dataclass(thing):
                yield str(getattr(thing, "unit", ""))
                if not getattr(thing, "name_zh", ""):
                    yield from (str(getattr(thing, "name", "")), str(getattr(thing, "id", "")))
                    yield str(getattr(thing, "id", "")).replace("_", " ").replace("-", " ")
