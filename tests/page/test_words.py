"""The page speaks as planners do, in both languages, and never says what no catalogue could know."""

from __future__ import annotations

import ast
import re
from itertools import chain
from pathlib import Path

import pytest

import ui
from docs.words import messages
from ui.addresses import PARAMETERS
from ui.choosing import UNKNOWN

WORDS = "incumbents?|duals?|leximin|mip|epsilon|branch and bound|objective|constraints?"
SOLVERS = re.compile(rf"\b({WORDS})\b", re.IGNORECASE)
SOURCES = sorted(Path(ui.__file__).parent.rglob("*.py"))


@pytest.mark.slow
def test_no_word_is_a_solvers() -> None:
    assert [english for english, _context in messages()["ui"] if SOLVERS.search(english)] == []


@pytest.mark.parametrize("file", SOURCES, ids=[file.name for file in SOURCES])
def test_what_is_said_is_a_message(file: Path) -> None:
    """A plain text, or one put together, would stay as it is in every language."""
    calls = [node for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    said = [call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.func.id == "say"]
    assert [ast.unparse(one) for one in said if isinstance(one, ast.Constant | ast.JoinedStr | ast.BinOp)] == []


def test_whatever_an_address_names_there_is_a_message_where_it_is_not_there() -> None:
    """A run is looked for by the page itself."""
    assert {"page", "lang", *chain(*PARAMETERS.values())} - {"run"} == set(UNKNOWN)


def test_no_text_is_rendered_as_html() -> None:
    assert [file.name for file in SOURCES if "unsafe_allow_html" in file.read_text(encoding="utf-8")] == []
