"""Laws of diagnoses on cases made by hand and at random, whoever works them out; and the commands that print them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from planner.case import Case, load_case, with_edits
from planner.cli import app
from planner.planning.search import solve
from planner.promises import edits_of, rounded_up
from planner.questions.asking import AskOptions
from planner.questions.diagnose.ask import diagnose
from planner.questions.diagnose.repairs import as_files
from planner.questions.keeping import tables
from tests.oracle.enumeration import best
from tests.oracle.random_cases import case_of
from tests.oracle.work_cases import work_case_of
from tests.questions import impossible as hand
from tests.tiers import one_of

MADE: dict[str, Callable[[Path], Case]] = {
    "target": lambda folder: hand.whole_units(folder, hand.TARGET),
    "rule": lambda folder: hand.whole_units(folder, hand.RULE),
    "shared": lambda folder: hand.shared(folder, town=10, centre=1, town_2035=10, centre_2035=3),
    "requirement": hand.requirement,
    "gate": hand.gate,
    "hosts": lambda folder: hand.plants(folder, ("max_hosts: 2", "max_hosts: 1"), hand.FULL),
    "air": lambda folder: hand.plants(folder, ("cap: 20", "cap: 14"), hand.FULL),
    "level": hand.level,
    "minimum": hand.minimum,
    "share": hand.share_of_spending,
    "taken": hand.taken,
    "borrowing": lambda folder: hand.borrowing(folder, interest=0.02, town=5, town_2035=10, town_2040=0),
}


FIGURES = ("money", "debt", "target", "gate", "airshed", "level", "minimum", "land")  # that change by any amount


@pytest.mark.slow
@pytest.mark.parametrize("name", MADE)
def test_a_repair_is_enough_and_a_little_less_of_a_figure_is_not(name: str, tmp_path: Path):
    """The law behind every figure, asked of the solver: the edited case has a plan, one changed 1 % less has none."""
    asked = MADE[name](tmp_path)
    for number, repair in enumerate(diagnose(asked).repairs, start=1):
        assert solve(with_edits(asked, f"repair-{number}", edits_of(repair.changes))).status == "optimal"
        if len(repair.changes) == 1 and repair.changes[0].promise in FIGURES:
            (edit,), change = repair.changes[0].edits, repair.changes[0]
            less = change.now + 0.99 * (change.needed - change.now)
            value = {"airshed": {"2030": less}, "debt": {"2030": less, "2035": 5, "2040": 0}}.get(change.promise, less)
            assert solve(with_edits(asked, "less", [{**edit, "set": value}])).status == "infeasible"


@pytest.mark.slow
def test_the_answer_does_not_depend_on_the_workers(tmp_path: Path):
    asked = hand.shared(tmp_path, town=10, centre=1, town_2035=10, centre_2035=3)
    one, two = (tables(diagnose(asked, options=AskOptions(workers=n))) for n in (1, 2))
    assert one == two


IMPOSSIBLE = [  # of the random cases some that have no plan, with all families among them
    *((case_of, number) for number in (7, 12, 17, 25, 30, 87, 94, 146, 170, 183, 271, 325)),
    *((work_case_of, number) for number in (22, 43, 50, 87, 92, 104, 159, 209, 256, 320)),
]


@pytest.mark.slow
@pytest.mark.parametrize(("make", "number"), one_of(4, IMPOSSIBLE))
def test_repairs_of_random_cases_are_enough_and_least_by_full_enumeration(make: Callable[[int], Case], number: int):
    """Says an oracle that shares nothing: each repair leaves a case that has a plan, one of a figure 1 % less does not."""
    asked = as_files(make(number))
    assert not best(asked).feasible
    result = diagnose(asked)
    assert (result.possible, result.complete) == (False, True)
    assert any(repair.verified for repair in result.repairs)
    for repair in result.repairs:
        edits = edits_of(repair.changes)
        assert best(with_edits(asked, "repair", edits)).feasible
        if len(repair.changes) == 1 and repair.changes[0].promise in FIGURES and "set" in edits[0]:
            change = repair.changes[0]
            less = change.now + 0.99 * (change.needed - change.now)
            if isinstance(edits[0]["set"], float):
                assert not best(with_edits(asked, "less", [{**edits[0], "set": less}])).feasible


def test_amounts_are_rounded_up_to_four_digits():
    """1/3 becomes 0.3334; what a solver adds to 2 is nothing; 12,345.6 becomes 12,350."""
    assert [rounded_up(x) for x in (1 / 3, 2.000000001, 12345.6, 0.0)] == [0.3334, 2.0, 12350.0, 0.0]


# --- the command line


def run(*words: object) -> tuple[int, str]:
    """A command's exit code and what it prints."""
    done = CliRunner().invoke(app, [str(word) for word in words])
    return done.exit_code, done.stdout


@pytest.mark.slow
def test_the_command_prints_alternatives_or_json_or_scenarios_that_solve(tmp_path: Path):
    folder = tmp_path / "wards"
    hand.whole_units(folder, hand.TARGET)
    code, printed = run("diagnose", folder, "-q")
    assert (code, "1. More money, of any line (no less is enough)" in printed) == (0, True)
    assert "contradict one another" in printed
    code, printed = run("diagnose", folder, "--json", "-o", tmp_path / "answer")
    content = json.loads(printed)
    assert (content["schema"], content["possible"], content["complete"]) == ("planner.diagnose/1", False, True)
    assert [row["needed"] for row in content["tables"]["repairs"]] == [6.0, 6.0]
    assert (tmp_path / "answer" / "repairs.csv").exists()
    code, scenarios = run("diagnose", folder, "--scenarios")
    file = folder / "case.yaml"
    indented = "".join(f"  {line}\n" for line in scenarios.splitlines())
    file.write_text(file.read_text(encoding="utf-8") + "scenarios:\n" + indented, encoding="utf-8")
    assert [solve(load_case(folder, f"repair-{n}")).status for n in (1, 2)] == ["optimal", "optimal"]


@pytest.mark.slow
def test_a_solve_of_a_case_that_cannot_be_met_says_what_would_help_and_ends_with_4(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    hand.whole_units(tmp_path / "wards", hand.RULE)
    code, printed = run("solve", "wards")
    assert (code, "line town, 2026-2030: 1 bn more (5 -> 6)" in printed) == (4, True)
    assert "have to be kept together" not in printed
    code, printed = run("solve", "wards", "--replace", "--json", "-q")
    content = json.loads(printed)
    assert (code, content["status"], content["diagnosis"]["possible"]) == (4, "infeasible", False)
    assert content["diagnosis"]["tables"]["repairs"][0]["needed"] == 6.0
