"""The page speaks as planners do, in both languages, and every message it asks for is there."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

import ui
from ui.messages import MESSAGES

WORDS = "incumbents?|duals?|leximin|mip|epsilon|branch and bound|objective|constraints?"
SOLVERS = re.compile(rf"\b({WORDS})\b", re.IGNORECASE)
HAN = re.compile(r"[\u4e00-\u9fff]")
SOURCES = sorted(Path(ui.__file__).parent.rglob("*.py"))


def test_no_word_is_a_solvers() -> None:
    found = [name for name, english in MESSAGES.items() if SOLVERS.search(english)]
    assert found == []


def test_every_message_has_both_languages_and_the_same_blanks() -> None:
    for name, english in MESSAGES.items():
        chinese = english.in_language("zh")
        assert english, name
        assert HAN.search(chinese) or not re.search(r"[A-Za-z]{3}", re.sub(r"\{.*?\}", "", english)), name
        blanks = [{field for _, field, _, _ in string.Formatter().parse(text) if field} for text in (english, chinese)]
        assert blanks[0] == blanks[1], name


@pytest.mark.parametrize("file", SOURCES, ids=[file.name for file in SOURCES])
def test_every_message_asked_for_is_there(file: Path) -> None:
    asked = re.findall(r'\bsay\(\s*"([\w.]+)"', file.read_text(encoding="utf-8"))
    assert [name for name in asked if name not in MESSAGES] == []


def test_no_text_is_rendered_as_html() -> None:
    assert [file.name for file in SOURCES if "unsafe_allow_html" in file.read_text(encoding="utf-8")] == []
