"""What is declared of every kind of measure and of every part of a goal is declared of all of them, and tells them apart."""

from __future__ import annotations

from typing import get_args

import pytest

from models import goals
from planner.case import KINDS, Kind
from planner.case.goals import PARTS, Part
from planner.case.rows import TABLES
from planner.documents.drawings import theme
from planner.words.said import told_in


def test_every_kind_and_every_part_is_declared() -> None:
    assert set(KINDS) == set(get_args(Kind))
    assert tuple(PARTS) == get_args(Part)
    assert set(PARTS) == set(goals.PARTS)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_kinds_are_told_apart(language: str) -> None:
    for words in ("name", "several", "heading"):
        assert len({told_in(language, getattr(what, words)) for what in KINDS.values()}) == len(KINDS), words
    assert len({told_in(language, what.counted(3)) for what in KINDS.values()}) == len(KINDS)
    assert len(set(theme.KINDS.values())) == len(KINDS)


def test_a_count_of_one_and_of_several() -> None:
    assert [str(KINDS["facility"].counted(number)) for number in (1, 2)] == ["1 facility", "2 facilities"]
    assert [str(KINDS["closure"].counted(number)) for number in (1, 2)] == ["1 plant to close", "2 plants to close"]


def test_columns_of_kinds_are_columns() -> None:
    assert {column for what in KINDS.values() for column in what.columns} <= set(TABLES["measures"].by_name)
