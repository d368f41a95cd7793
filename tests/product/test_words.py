"""Numbers, changes and tables as text: never too wide, nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.words import numbers, text_layout
from planner.words.said import count


def test_a_change_shows_only_what_can_be_seen() -> None:
    assert numbers.change(165.2, 119.8, 0) == "165 -> 120"
    assert numbers.change(165.2, 165.4, 0) == "165"
    assert numbers.change(float("nan"), 90.0, 0) == "no route -> 90"
    assert numbers.change(float("nan"), float("nan"), 0) == "no route"


def test_money_never_shows_something_as_nothing() -> None:
    assert numbers.money(0.004, 2) == "<0.01"
    assert numbers.money(1e-12, 2) == "0.00"
    assert numbers.money(-1e-12, 2) == "0.00"
    assert numbers.money(1234.5, 1) == "1,234.5"


def test_chinese_characters_take_two_columns() -> None:
    lines = text_layout.table(["", "n"], [["北京市", "1"], ["Handan", "22"]], "lr").splitlines()
    assert lines == ["         n", "------  --", "北京市   1", "Handan  22"]


@pytest.mark.slow
@given(st.lists(st.lists(st.text("ab 京 ", max_size=150), min_size=3, max_size=3), min_size=1, max_size=4))
def test_a_table_of_texts_is_never_wider_than_the_page_and_loses_nothing(rows: list[list[str]]) -> None:
    shown = text_layout.table(["a", "b", "c"], rows, "lll")
    lines = shown.splitlines()
    assert max(text_layout.wide(line) for line in lines) <= text_layout.WIDEST
    rules = [n for n, line in enumerate(lines) if line and not line.strip("- ")]  # one a block, below its heading
    body = "".join(line for n, line in enumerate(lines) if n not in rules and n + 1 not in rules)
    cells = "".join(row[0] * len(rules) + row[1] + row[2] for row in rows)
    assert sorted(body.replace(" ", "")) == sorted(cells.replace(" ", ""))


@pytest.mark.slow
@given(st.lists(st.integers(1, 130), min_size=2, max_size=20))
def test_blocks_begin_with_the_key_and_keep_every_other_column_once_and_fit_if_they_can(widths: list[int]) -> None:
    found = text_layout.blocks(widths)
    assert all(block[0] == 0 for block in found)
    assert [n for block in found for n in block[1:]] == list(range(1, len(widths)))
    assert all(len(block) == 2 or sum(widths[n] + 2 for n in block) - 2 <= text_layout.WIDEST for block in found)


def test_one_is_not_several() -> None:
    assert (count(1, "city", "cities"), count(2, "city", "cities"), count(0, "hub")) == ("1 city", "2 cities", "0 hubs")
