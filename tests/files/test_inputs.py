"""What people made as input is never written over: files of a case or a programme, and workbooks that hold a case."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from planner.cli import app
from planner.files.inputs import is_input

ROOT = Path(__file__).parents[2]
TINY = ROOT / "cases" / "tiny"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case, and beside it the workbook that holds it."""
    folder = shutil.copytree(TINY, tmp_path / "mine")
    assert CliRunner().invoke(app, ["export", str(folder), "--xlsx", str(tmp_path / "mine.xlsx")]).exit_code == 0
    return folder


def test_a_case_is_told_from_a_result(case: Path, tmp_path: Path) -> None:
    plan = case / "plan"
    written = CliRunner().invoke(app, ["export", str(plan), "--xlsx", str(tmp_path / "plan.xlsx")])
    assert written.exit_code == 0
    (case / "report.html").write_text("<p>", encoding="utf-8")
    (tmp_path / "empty.xlsx").touch()
    inputs = [
        case / "case.yaml",
        case / "cities.csv",
        case / "boundaries.geojson",
        tmp_path / "mine.xlsx",
        plan / "case" / "links.csv",
    ]
    results = [
        case / "report.html",
        plan / "plan.json",
        tmp_path / "plan.xlsx",
        tmp_path / "empty.xlsx",
        tmp_path / "nothing.csv",
    ]
    assert [is_input(file) for file in inputs] == [True] * len(inputs)
    assert [is_input(file) for file in results] == [False] * len(results)


@pytest.mark.parametrize("words", [
    ["export", "PLAN", "--xlsx", "mine.xlsx"], ["compare", "PLAN", "PLAN", "-o", "mine.xlsx"],
    ["scorecard", "PLAN", "-o", "mine.xlsx"], ["report", "PLAN", "-o", "mine.xlsx", "--quick"],
    ["compare", "PLAN", "PLAN", "-o", "mine/case.yaml", "--format", "json"],
])  # fmt: skip
def test_no_command_replaces_it(words: list[str], case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    before = (tmp_path / "mine.xlsx").read_bytes(), (case / "case.yaml").read_bytes()
    done = CliRunner().invoke(app, [str(case / "plan") if word == "PLAN" else word for word in words] + ["--replace"])
    assert done.exit_code == 2, done.output
    assert "is part of a case or a programme, which is never replaced" in done.output
    assert ((tmp_path / "mine.xlsx").read_bytes(), (case / "case.yaml").read_bytes()) == before


def test_events_are_added_to_nothing_but_events(case: Path, tmp_path: Path) -> None:
    words = ["solve", str(case), "-q", "-o", str(tmp_path / "plan"), "--replace", "--events"]
    refused = CliRunner().invoke(app, [*words, str(case / "budgets.csv")])
    assert refused.exit_code == 2
    assert "holds something else than events" in refused.output
    assert (case / "budgets.csv").read_bytes() == (TINY / "budgets.csv").read_bytes()
    log = tmp_path / "run.jsonl"
    for _ in range(2):
        assert CliRunner().invoke(app, [*words, str(log)]).exit_code == 0
    assert log.read_text(encoding="utf-8").count('"kind": "done"') == 2


@pytest.mark.parametrize("words", [["--time-limit", "inf"], ["--seed", "2147483648"], ["--threads", "100000"]])
def test_numbers_that_the_solver_does_not_take_are_refused_with_what_is_allowed(words: list[str], case: Path) -> None:
    done = CliRunner().invoke(app, ["solve", str(case), *words])
    assert done.exit_code == 2
    assert words[0] in done.output
    assert "less than or equal to" in done.output
