"""A place that holds no case, or no plan, is called what it is, and what may be meant is named."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from planner.plans.plan import Plan
from planner.plans.store import write_plan
from planner.terminal import named
from planner.words.said import speaking, told

Run = Callable[..., Result]
OF_CASES = (
    "validate",
    "solve",
    "importance",
    "value",
    "borders",
    "alternatives",
    "frontier",
    "rank",
    "sensitivity",
    "diagnose",
)
OF_PLANS = ("show", "audit", "export", "report", "replan", "runs show", "runs rm")


@pytest.fixture
def home(run: Run, plan: Plan, case_folder: Path, tmp_path: Path) -> Path:
    """A folder with everything that a command may be given: tiny is a case, plans/best its plan."""
    write_plan(plan, tmp_path / "plans" / "best")
    (tmp_path / "plans" / "notes.txt").touch()
    shutil.copytree(case_folder, tmp_path / "cases" / "other")
    write_plan(plan, tmp_path / "answer" / "plans" / "without")
    (tmp_path / "answer" / "result.json").write_text(json.dumps({"schema": "planner.importance/1"}), encoding="utf-8")
    (tmp_path / "empty").mkdir()
    (tmp_path / "list.csv").touch()
    (tmp_path / "book.xlsx").touch()
    (tmp_path / "macros.xlsm").touch()
    (tmp_path / "short").mkdir()
    (tmp_path / "short" / "case.yml").touch()
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "run.json").touch()
    return tmp_path


NO_CASE = {
    "nowhere": "there is no folder nowhere",
    "tinny": "there is no folder tinny. Did you mean 'tiny'?",
    "othr": "there is no folder othr. Did you mean 'cases/other'?",
    "plans/best": "plans/best is not a case but a plan. The case that it was made for lies in plans/best/case.",
    "answer": "answer is not a case but an answer of planner importance",
    "cases": "cases is not a case but a folder. It holds no case.yaml. Did you mean 'cases/other'?",
    "empty": "empty is not a case but an empty folder. It holds no case.yaml.",
    "list.csv": "list.csv is not a case but a file",
    "macros.xlsm": "macros.xlsm is not a case but a file. Save it as .xlsx, in Excel by Save As.",
    "short": "short is not a case but a folder. It holds no case.yaml. It holds case.yml: call it case.yaml.",
    "run": "run is not a case but a run of the page. It holds no case.yaml.",
}
NO_PLAN = {
    "nowhere/x": "there is no plan at nowhere/x",
    "plans/bset": "there is no plan at plans/bset. Did you mean 'plans/best'?",
    "./tiny": "tiny is not a plan but a case. `planner solve tiny` makes a plan of it.",
    "answer/": "answer is not a plan but an answer of planner importance. Did you mean 'answer/plans/without'?",
    "./plans": "plans is not a plan but a folder. Did you mean 'plans/best'?",
    "./empty": "empty is not a plan but an empty folder",
    "./book.xlsx": "book.xlsx is not a plan but a workbook",
    "plans/notes.txt": "plans/notes.txt is not a plan but a file",
}


@pytest.mark.slow
@pytest.mark.parametrize("place", NO_CASE)
def test_a_place_that_holds_no_case_is_called_what_it_is(run: Run, home: Path, place: str) -> None:
    for command in OF_CASES if place == "tinny" else OF_CASES[:2]:
        done = run(command, place)
        assert (done.exit_code, done.stderr) == (2, f"planner: {NO_CASE[place]}\n"), command


@pytest.mark.slow
@pytest.mark.parametrize("place", NO_PLAN)
def test_a_place_that_holds_no_plan_is_called_what_it_is(run: Run, home: Path, place: str) -> None:
    for command in OF_PLANS:
        if command == "export" and place == "./tiny":
            continue  # a case is exported as a workbook
        if command.startswith("runs") and len(Path(place).parts) == 1 and not place.endswith("/"):
            continue  # a bare name is one of the folder of plans
        more = {"export": ["-o", "out"], "replan": ["--from", "2031-2035"]}.get(command, [])
        done = run(*command.split(), place, *more)
        said = NO_PLAN[place]
        if command.startswith("runs"):  # where something may be to be deleted
            first, dot, rest = said.partition(". ")
            said = f"{first}; nothing is done{dot}{rest}"
        assert (done.exit_code, done.stderr) == (2, f"planner: {said}\n"), command


@pytest.mark.slow
def test_a_bare_name_is_looked_for_among_the_plans_too(run: Run, home: Path) -> None:
    assert run("show", "best").stderr == "planner: there is no plan at best. Did you mean 'plans/best'?\n"
    assert run("compare", "plans/best", "best").stderr == "planner: there is no plan at best. Did you mean 'plans/best'?\n"
    assert run("importance", "tiny", "--plan", "tiny").exit_code == 2
    assert run("runs", "show", "bst").stderr == (
        "planner: there is no plan at plans/bst; nothing is done. Did you mean 'plans/best'?\n"
    )


def test_a_folder_of_plans_is_told_from_a_plan(run: Run, home: Path) -> None:
    assert run("runs", "list", "plans/best").stderr == (
        "planner: plans/best is a plan, not a folder of plans: `planner runs show plans/best`\n"
    )
    assert run("runs", "list", "nowhere").stdout == "There is no folder nowhere, and so no plan.\n"


def test_files_and_answers_are_called_what_they_are(run: Run, home: Path) -> None:
    assert run("evaluate", "tiny", "lst.csv").stderr == "planner: there is no file lst.csv. Did you mean 'list.csv'?\n"
    assert run("evaluate", "tiny", "plans/best").stderr == (
        "planner: plans/best is not a file but a plan. Its decisions are in plans/best/decisions.csv.\n"
    )
    assert run("init", "mine", "--from", "tiny").stderr == "planner: tiny is not a file but a case\n"
    assert run("report", "plans/best", "--sensitivity", "answer").stderr == (
        "planner: answer holds no answer of planner sensitivity: it is an answer of planner importance\n"
    )
    assert run("report", "plans/best", "--importance", "plans/best").stderr == (
        "planner: plans/best holds no answer of planner importance: it is a plan\n"
    )


def test_it_is_said_in_chinese_too(home: Path) -> None:
    with speaking("zh"):
        assert told(named.no_plan(Path("tiny"))) == "tiny 不是规划，而是案例。`planner solve tiny` 可由它生成规划。"


def test_a_plan_of_which_part_is_missing_is_still_a_plan(run: Run, home: Path) -> None:
    (home / "plans" / "best" / "money.csv").unlink()
    assert run("show", "plans/best").exit_code == 1
    (home / "plans" / "best" / "plan.json").write_text("{", encoding="utf-8")
    done = run("show", "plans/best")
    assert (done.exit_code, "plan.json is cut short or damaged" in done.stderr) == (1, True)
