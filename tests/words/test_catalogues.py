"""The catalogues agree with the code: every message is said, with the same blanks, in letters of its language."""

from __future__ import annotations

import re
import string
from collections import defaultdict
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from docs import words
from planner import words as room

FILES = sorted(Path(room.__file__).parent.glob("*/*.po"))
LATIN = re.compile(r"[A-Za-z]{2,}")
TAKEN_OVER = {  # words that Chinese takes over as they are
    "Excel", "CSV", "JSON", "HTML", "PNG", "SVG", "YAML", "GDP", "UTF", "GB", "Ctrl", "CNY", "ID", "xlsx", "PM", "min",
    "planner", "Dask", "km", "BOM", "Unicode",
}  # fmt: skip
QUOTED = re.compile(  # what is typed or named as it is: options, files, commands, what stands in quotes
    r"\n  planner [^\n]*|--?[a-z][a-z-]*|`[^`]*`|'[^']*'|“[^”]*”|[\w./-]+\.(?:csv|yaml|json|xlsx|po|md)|\b[A-Z_]{2,}\b"
    r"|planner [a-z]+|\./\w+|\w+\.\w+|\w+\[\d+\]|\{\{.*?\}\}"
)


def blanks(text: str) -> set[str]:
    return {field.partition(".")[0] for _, field, _, _ in string.Formatter().parse(text) if field}


@pytest.mark.slow
def test_they_are_as_the_code_says() -> None:
    assert [file.name for file in words.outdated()] == [], "run python -m docs.words"


@pytest.mark.slow
def test_every_message_is_said() -> None:
    assert words.missing() == []


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_a_message_has_the_same_blanks_in_every_language(file: Path) -> None:
    with file.open("rb") as content:
        entries = [(str(entry.id), str(entry.string)) for entry in read_po(content) if entry.id]
    assert [english for english, said in entries if file.stem != "help" and blanks(english) != blanks(said)] == []


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_chinese_has_no_latin_words_but_those_it_takes_over(file: Path) -> None:
    found = {}
    with file.open("rb") as content:
        for entry in read_po(content):
            text = re.sub(r"\{.*?\}", "", QUOTED.sub("", str(entry.string)))
            left = [word for word in LATIN.findall(text) if word not in TAKEN_OVER]
            if entry.id and left:
                found[str(entry.id)] = left
    assert found == {}


def test_a_message_of_several_rooms_is_said_alike() -> None:
    said = defaultdict(set)
    for file in FILES:
        with file.open("rb") as content:
            for entry in read_po(content):
                if entry.id:
                    said[file.parent.name, str(entry.id), entry.context].add(str(entry.string))
    assert {key: texts for key, texts in said.items() if len(texts) > 1} == {}
