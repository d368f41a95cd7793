"""What if: changes said as a scenario, which the case reads, checks and solves like any other."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.case.scenario_text import NotAdded
from planner.planning.search import solve
from planner.workspace import cases, whatif_scenario
from planner.workspace.cases import CaseEntry
from planner.workspace.whatif_scenario import WhatIf

TINY = Path(__file__).parents[2] / "cases" / "tiny"


@pytest.fixture
def texts() -> dict[str, str]:
    return dict(cases.open_case(CaseEntry("tiny", TINY, False)).texts)


def asked(texts: dict[str, str], changes: WhatIf, based_on: str | None = None) -> cases.Checked:
    case = cases.check("tiny", texts).case
    assert case is not None
    edits = changes.edits(case, whatif_scenario.read(texts))
    return cases.check("tiny", whatif_scenario.with_scenario(texts, "mine", "mine", based_on, edits), "mine")


def test_each_change_is_one_of_the_case(texts: dict[str, str]) -> None:
    """The south's money of 6 and 6 by half more; clinics of 2 per 1,000 to 1; the railway's northern half ruled out."""
    before = cases.check("tiny", texts).case
    changes = WhatIf(
        money={"south": 1.5, "north": 1.0}, standards={"clinic": 0.5}, out=("rail-north",), within=("insurance",)
    )
    case = asked(texts, changes).case
    assert before is not None
    assert case is not None
    assert dict(case.lines["south"].amount) == {t: 1.5 * money for t, money in before.lines["south"].amount.items()}
    assert case.lines["north"].amount == before.lines["north"].amount
    for t in case.period_ids:
        assert case.services["clinic"].per_1000[t] == 0.5 * before.services["clinic"].per_1000[t]
    assert case.measures["rail-north"].status == "ruled_out"
    assert (case.measures["insurance"].status, case.measures["insurance"].start_period) == ("decided", "2030")


def test_what_it_says_besides_and_its_comments_stay_and_it_builds_on_a_scenario(texts: dict[str, str]) -> None:
    edits = [{"table": "budgets", "where": {"line": "south"}, "column": "amount", "multiply": 2.0}]
    changed = whatif_scenario.with_scenario(texts, "mine", "mine", "no-signatures", edits)["case.yaml"]
    before = texts["case.yaml"].splitlines()
    assert [line for line in changed.splitlines() if line in before] == before
    case = cases.check("tiny", {**texts, "case.yaml": changed}, "mine").case
    assert case is not None
    assert case.measures["insurance"].status == "ruled_out"


@pytest.mark.parametrize(
    "scenarios", ["", "scenarios: {}\n", "scenarios: {less: {edits: []}}\n", "scenarios:\n    less: {edits: []}\n"]
)
def test_however_scenarios_are_written_one_more_is_read(texts: dict[str, str], scenarios: str) -> None:
    text = texts["case.yaml"]
    texts["case.yaml"] = text[: text.index("scenarios:")] + scenarios
    case = asked(texts, WhatIf(money={"south": 0.5})).case
    assert case is not None
    assert case.scenario == "mine"
    assert set(case.scenarios) == {"mine", *(["less"] if "less" in scenarios else [])}


COMMENTED = {
    "two": "# a\nscenarios:  # b\n  # c\n  less: {edits: []}  # d\n\n  # e\n# f\n",
    "four": "scenarios:\n    less:  # b\n        edits: []  # c\n    # d\n",
    "one": "scenarios:\n less:\n  edits: []\n# d\n",
    "none is there": "# nothing yet\n",
    "no last line end": "# a\nscenarios:\n  less: {edits: []}",
    "no last line end, none there": "# a",
    "empty": "scenarios:   # none yet\n# a\n",
    "empty, no line end": "scenarios:",
    "flow": "scenarios: {less: {edits: []}}  # a\n# b\n",
    "flow, over lines": "scenarios: { # a\n  less: {edits: []}, # b\n}\n",
    "flow, empty": "scenarios: {}  # a\n",
    "quoted": "'scenarios':\n  less: {edits: []}  # a\n",
    "not last": "scenarios:\n  # a\n  less: {edits: []}\n# b\n",
    "other line ends": "scenarios: # a\r\n   less: {edits: []} # b\r\n",
}


@pytest.mark.parametrize("how", COMMENTED)
def test_every_other_letter_of_a_case_stays(texts: dict[str, str], how: str) -> None:
    """What was there is the new text with one piece taken out, and the piece is a scenario."""
    text = texts["case.yaml"]
    above, below = text[: text.index("scenarios:")], ""
    if how == "not last":
        above, below = "", above
    if how == "other line ends":
        above = above.replace("\n", "\r\n")
    before = above + COMMENTED[how] + below
    edits = [{"table": "budgets", "where": {"line": "south"}, "column": "amount", "multiply": 0.5}]
    after = whatif_scenario.with_scenario({**texts, "case.yaml": before}, "mine", "我的", None, edits)["case.yaml"]
    longer = len(after) - len(before)
    assert longer > 0
    assert any(after[:at] + after[at + longer :] == before for at in range(len(before) + 1))
    assert ("\r\n" in before) == ("\r\n" in after)
    assert after.count("\n") - after.count("\r\n") == before.count("\n") - before.count("\r\n") or "\r\n" not in before
    case = cases.check("tiny", {**texts, "case.yaml": after}, "mine").case
    assert case is not None
    assert set(case.scenarios) == {"mine", *(["less"] if "less" in before else [])}


@pytest.mark.parametrize(
    "document",
    ["{format: 1}\n", "format: 1\nscenarios: ~\n", "format: 1\n...\n", "- 1\n", "format: [\n", "scenarios:\n  mine: {}\n",
     "title: |+\n  a\n\nscenarios: []\n"],
)  # fmt: skip
def test_where_nothing_can_be_added_it_is_refused(document: str) -> None:
    with pytest.raises(NotAdded, match="on a line of its own"):
        whatif_scenario.with_scenario({"case.yaml": document}, "mine", "mine", None, [])


def test_what_leaves_no_case_is_said(texts: dict[str, str]) -> None:
    """A measure that starts for certain has to be paid for: the south gets nothing."""
    found = asked(texts, WhatIf(money={"south": 0.0}, within=("rail-south",)))
    assert found.case is None or solve(found.case).status == "infeasible"


def test_names_are_free(texts: dict[str, str]) -> None:
    assert whatif_scenario.free_name(whatif_scenario.read(texts), "mine") == "mine"
    assert whatif_scenario.free_name({"scenarios": {"mine": {}, "mine-2": {}}}, "mine") == "mine-3"
    assert whatif_scenario.free_name({}, "base") == "base-2"
