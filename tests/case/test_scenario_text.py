"""Scenarios and their edits put into the text of case.yaml and cut out of it: every other letter stays."""

from __future__ import annotations

import pytest
import yaml

from planner.case.scenario_text import NotAdded, with_edit, with_scenario, without_edit

EDIT = {"table": "budgets", "column": "amount", "add": 1.0}
SET_IN = """\
format: 1 # the first
scenarios: # what may be
  'less': # of all
    # why
    description: >
      two
      lines
    edits: # each
      - {table: budgets, column: amount, multiply: 0.5} # half
      - table: measures # dearer
        column: capital_cost
        multiply: 1.10
  # and more
  more: {description: more, edits: []}
"""
LAST = """\
scenarios:
    less:
        edits:
        - {key: horizon, set: 1}
        description: |
            two
            lines
"""


BRACES = "scenarios: {less: {edits: [{key: horizon, set: 1}, # one\n {key: horizon, set: 2}]}} # all\n"
WITHOUT = "scenarios:\n  less:\n    description: less # none yet\nlast: 1\n"


def of(text: str, name: str = "less") -> list[object]:
    return list(yaml.safe_load(text)["scenarios"][name]["edits"])


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("text", [SET_IN, LAST, LAST.rstrip(), BRACES, BRACES.rstrip()])
def test_an_edit_that_is_added_and_cut_out_again_leaves_each_letter(text: str, ends: str) -> None:
    text = text.replace("\n", ends)
    after = with_edit(text, "less", EDIT)
    assert of(after) == [*of(text), EDIT]
    assert without_edit(after, "less", len(of(text))) == text


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_what_is_added_is_one_line_more_after_those_before(ends: str) -> None:
    text = SET_IN.replace("\n", ends)
    before, after = text.split(ends), with_edit(text, "less", EDIT).split(ends)
    at = before.index("  # and more")
    assert after == [*before[:at], "      - {table: budgets, column: amount, add: 1.0}", *before[at:]]


@pytest.mark.parametrize(
    ("number", "first", "lines"), [(0, "      - {table: budgets", 1), (1, "      - table: measures", 3)]
)
def test_an_edit_is_cut_out_with_its_own_comment_and_nothing_else(number: int, first: str, lines: int) -> None:
    before = SET_IN.splitlines()
    at = next(n for n, line in enumerate(before) if line.startswith(first))
    assert without_edit(SET_IN, "less", number).splitlines() == [*before[:at], *before[at + lines :]]


def test_a_scenario_stays_without_any_edit_and_takes_another() -> None:
    none = without_edit(without_edit(SET_IN, "less", 1), "less", 0)
    assert of(none) == []
    assert yaml.safe_load(none)["scenarios"]["less"]["description"] == "two lines\n"
    assert "# half" not in none
    assert all(comment in none for comment in ("# the first", "# what may be", "# of all", "# why", "# each", "# and more"))
    assert of(with_edit(none, "less", EDIT)) == [EDIT]


@pytest.mark.parametrize(
    "text", [LAST, LAST.rstrip(), LAST.replace("- {", "  - {"), "scenarios: {less: {edits: [{key: a, set: 1}]}}"]
)
def test_the_only_edit_is_cut_out_however_it_is_set_in(text: str) -> None:
    assert of(without_edit(text, "less", 0)) == []


def test_a_scenario_without_edits_gets_its_first() -> None:
    after = with_edit(WITHOUT, "less", EDIT)
    assert after.splitlines()[:3] == WITHOUT.splitlines()[:3]
    assert of(after) == [EDIT]
    assert yaml.safe_load(after)["last"] == 1
    assert of(with_edit(SET_IN, "more", EDIT), "more") == [EDIT]


@pytest.mark.parametrize("end", ["", "\n", "\nlast: 1\n", " # all\nlast: 1\n", " {}\n", " {more: {edits: []}}\n"])
def test_a_scenario_is_put_among_whatever_there_is(end: str) -> None:
    keys = {"description": "less", "edits": [EDIT]}
    after = with_scenario(f"format: 1\nscenarios:{end}", "less", keys)
    before = yaml.safe_load(f"format: 1\nscenarios:{end}")
    assert yaml.safe_load(after) == {**before, "scenarios": {**(before["scenarios"] or {}), "less": keys}}


@pytest.mark.parametrize(
    "text",
    [
        "scenarios:\n  less:\n    edits: {table: budgets, column: amount}\n",  # the dash was forgotten
        "scenarios:\n  less:\n    edits: hi\n",
        "scenarios:\n  less:\n",
        "scenarios:\n  more: {edits: []}\n",
        "a: [1,\n",
        "- 1\n",
        "scenarios: &all\n  less: &one {edits: []}\nother: *one\n",
    ],
)
def test_what_nothing_can_be_put_into_is_refused(text: str) -> None:
    with pytest.raises(NotAdded, match="on a line of its own"):
        with_edit(text, "less", EDIT)


def test_a_scenario_is_not_put_in_place_of_another() -> None:
    with pytest.raises(NotAdded):
        with_scenario(SET_IN, "less", {"edits": []})
