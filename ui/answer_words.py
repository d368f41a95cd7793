"""Answers of the planner in the language of the page: their sentences, headings, cells, and the words of their drawings."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from typing import Any

from planner.documents.blocks import Said
from planner.words import catalogue
from planner.words.said import told
from ui.messages import language
from ui.messages_answers import FORMS, PAGE, SENTENCES, WORDS

PRIVATE = 0xF0000  # the first of the signs that no text has: each stands for a name
CITY = "city"  # heading of a column that holds ids of cities


def sentence(text: str, names: Mapping[str, str]) -> str:
    """Sentences of an answer; what is not known in Chinese stays English, names of the case excepted.

    Parameters
    ----------
    names
        Names of the case -> the same in Chinese.
    """
    if (known := told(text)) != text:
        return known
    if language() != "zh":
        return _replaced(text, PAGE)
    known = word(text, names)
    if known != named(text, names):
        return known
    held: list[str] = []  # names are put aside while the words around them are replaced: a name may hold such words, too

    def aside(found: re.Match[str]) -> str:
        held.append(names[found[0]])
        return chr(PRIVATE + len(held) - 1)

    guarded = _pattern(tuple(names)).sub(aside, text) if names else text
    said = _replaced(guarded, SENTENCES).replace("。 ", "。")
    for n, name in enumerate(held):
        said = said.replace(chr(PRIVATE + n), name)
    return said


def word(text: str, names: Mapping[str, str]) -> str:
    """A heading, a cell, or a word of a drawing."""
    if (said := told(text)) != text or language() != "zh":
        return said
    if text in WORDS:
        return WORDS[text]
    if (known := catalogue.find("zh", text)) is not None:
        return known
    for pattern, said in FORMS:
        found = re.fullmatch(pattern, text)
        if found:
            return named(found.expand(said), names)
    return named(text, names)


def cell(text: str, head: str, said: Said) -> str:
    """A cell of a table: cities by their names."""
    if head == CITY:
        text = "; ".join(said.places.get(part, part) for part in text.split("; "))
    return word(text, said.names)


def heading(text: str, said: Said) -> str:
    """A heading of a column in one line."""
    return word(" ".join(text.split("\n")), said.names)


def drawing_words(drawing: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, str]:
    """What a drawing says, each text with what stands in its place on the page."""
    return {text: word(text, names) for text in _texts(drawing)} if language() == "zh" else {}


def named(text: str, names: Mapping[str, str]) -> str:
    """A text with the names in it in Chinese; longer names first, and no part of a word."""
    if language() != "zh" or not names:
        return text
    pattern = _pattern(tuple(names))
    return pattern.sub(lambda found: names[found[0]], text)


@functools.lru_cache(maxsize=16)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    either = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![A-Za-z0-9-])(?:{either})(?![A-Za-z0-9-])")


def _replaced(text: str, patterns: tuple[tuple[str, str], ...]) -> str:
    """A text with what fits patterns said otherwise; words of the planner among what is taken over are, too."""
    for pattern, said in patterns:
        text = re.sub(pattern, functools.partial(_filled, said), text)
    return text


def _filled(said: str, found: re.Match[str]) -> str:
    return re.sub(r"\\(\d)", lambda place: word(found[int(place[1])] or "", {}), said)


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    for part in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _texts(part)
