"""planner solve: what it prints where, what it writes, what it ends with, and what it refuses before it starts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from math import nan
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from planner.case import Case, FrozenDict
from planner.planning import search
from planner.planning.variants import changed
from planner.plans.ended import told_as
from planner.plans.plan import Plan
from planner.plans.store import read_plan, write_plan

Run = Callable[..., Result]


@pytest.fixture
def solved(monkeypatch: pytest.MonkeyPatch, plan: Plan) -> Callable[..., None]:
    """Makes `planner solve` find a given plan, without solving."""

    def find(**changes: Any) -> None:
        found = replace(plan, **{"audit": "not run", **changes})
        monkeypatch.setattr(search, "solve", lambda case, **limits: found)

    return find


def nothing(**changes: Any) -> dict[str, Any]:
    """What a plan without decisions has."""
    return {"goals": (), "tables": FrozenDict(), **changes}


@pytest.mark.slow
def test_solve_writes_to_plans_case_scenario_and_says_so_on_stdout(run: Run, case_folder: Path) -> None:
    result = run("solve", case_folder, "--scenario", "tight-money")
    assert result.exit_code == 0
    assert "Written to plans/tiny--tight-money" in result.stdout
    assert "of the best possible" in result.stdout
    assert "to choose from" in result.stderr
    found = read_plan("plans/tiny--tight-money")
    assert (found.case.scenario, found.case.name, found.status, found.audit) == (
        "tight-money", "tiny", "optimal", "passed",
    )  # fmt: skip


@pytest.mark.slow
def test_solve_gives_its_options_to_the_solver(run: Run, case_folder: Path) -> None:
    words = ["--time-limit", 60, "--gap", 0.001, "--threads", 1, "--seed", 7, "-o", "here/there", "-q"]
    asked = {"time_limit": 60.0, "gap": 0.001, "threads": 1, "seed": 7}
    assert run("solve", case_folder, *words).exit_code == 0
    assert dict(read_plan("here/there").options) == asked | {"later_gap": 0.001}
    assert run("solve", case_folder, *words, "--later-gap", 0.01, "--replace").exit_code == 0
    assert dict(read_plan("here/there").options) == asked | {"later_gap": 0.01}


def test_solve_refuses_a_taken_place_before_it_solves(
    run: Run, case_folder: Path, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_plan(plan, "plans/tiny--base")
    monkeypatch.setattr(search, "solve", lambda *args, **kwargs: pytest.fail("it solved"))
    result = run("solve", case_folder)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "exists already" in result.stderr
    assert "--replace" in result.stderr


@pytest.mark.slow
def test_a_plan_whose_place_is_taken_while_it_is_solved_is_written_beside_it(
    run: Run, case_folder: Path, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another solve of the same case, started a moment later, was done first."""

    def slow(*args: object, **kwargs: object) -> Plan:
        write_plan(replace(plan, ended=told_as("first")), "plans/tiny--base")
        return plan

    monkeypatch.setattr(search, "solve", slow)
    result = run("solve", case_folder)
    assert result.exit_code == 0
    assert "was taken meanwhile; the plan is written to" in result.stderr
    assert read_plan("plans/tiny--base").reason == "first"
    assert read_plan("plans/tiny--base-2").reason == plan.reason


def test_a_case_that_is_not_there_leaves_no_folder_behind(run: Run, tmp_path: Path) -> None:
    assert run("solve", "nowhere").exit_code == 2
    assert not Path("plans").exists()


@pytest.mark.slow
def test_solve_replaces_with_replace(run: Run, case_folder: Path, plan: Plan) -> None:
    write_plan(replace(plan, ended=told_as("old")), "plans/tiny--base")
    assert run("solve", case_folder, "--replace").exit_code == 0
    assert read_plan("plans/tiny--base").reason == ""


def test_an_output_below_a_file_is_told_before_solving(run: Run, case_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = run("solve", case_folder, "-o", "file/plan")
    assert (result.exit_code, "nothing can be written there" in result.stderr) == (2, True)
    assert "Traceback" not in result.output


def test_an_invalid_case_ends_with_3_and_lists_problems_on_stderr(run: Run, case_folder: Path, tmp_path: Path) -> None:
    (case_folder / "budgets.csv").write_text("line,period,amount\nnobody,2030,1\n", encoding="utf-8")
    result = run("solve", case_folder)
    assert (result.exit_code, result.stdout) == (3, "")
    assert "budgets.csv, row 2, column line: 'nobody'" in result.stderr
    assert not (tmp_path / "plans" / "tiny--base").exists()


@pytest.mark.slow
def test_an_infeasible_case_ends_with_4_and_the_plan_says_why(run: Run, case_folder: Path) -> None:
    """Inland needs 3 doctors per 1,000 in 2030, but has 1.6 and doctors take two years: with no money none comes."""
    text = (case_folder / "budgets.csv").read_text(encoding="utf-8")
    (case_folder / "budgets.csv").write_text(re.sub(r",[\d.]+,assumed", ",0,assumed", text), encoding="utf-8")
    result = run("solve", case_folder)
    assert result.exit_code == 4
    assert "no plan can keep all targets and rules" in result.stdout
    found = read_plan("plans/tiny--base")
    assert (found.status, found.has_decisions, bool(found.reason)) == ("infeasible", False, True)
    assert run("show", "plans/tiny--base").exit_code == 0
    assert run("audit", "plans/tiny--base").exit_code == 2


def test_no_plan_in_time_ends_with_5_and_is_written(run: Run, case_folder: Path, solved: Callable[..., None]) -> None:
    solved(**nothing(status="no_plan", ended=told_as("the time limit of 1 s was hit")))
    result = run("solve", case_folder)
    assert result.exit_code == 5
    assert "no plan was found (the time limit of 1 s was hit)" in result.stdout
    assert read_plan("plans/tiny--base").status == "no_plan"


@pytest.mark.slow
@pytest.mark.parametrize(("status", "code"), [("no_plan", 5), ("infeasible", 4)])
def test_replace_keeps_the_old_plan_if_there_is_no_new_one(
    run: Run, case_folder: Path, solved: Callable[..., None], plan: Plan, status: str, code: int
) -> None:
    write_plan(replace(plan, ended=told_as("old")), "plans/tiny--base")
    solved(**nothing(status=status, ended=told_as("none")))
    result = run("solve", case_folder, "--replace")
    assert (result.exit_code, "is kept as it was" in result.stderr) == (code, True)
    assert "Written" not in result.stdout
    assert read_plan("plans/tiny--base").reason == "old"
    assert json.loads(run("solve", case_folder, "--replace", "--json").stdout)["plan"] is None


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_replace_keeps_a_better_plan_of_the_same_case_and_writes_the_new_one_beside_it(
    run: Run, case_folder: Path, solved: Callable[..., None], plan: Plan, language: str
) -> None:
    write_plan(replace(plan, ended=told_as("old")), "plans/tiny--base")
    first, *rest = plan.goals
    worse = (replace(first, value=2 * first.value), *rest)
    solved(status="interrupted", ended=told_as("new"), goals=worse)
    result = run("--language", language, "solve", case_folder, "--replace")
    assert "tiny--base-2" in result.stderr
    assert f"{first.value:.4g}" in result.stderr
    assert f"{2 * first.value:.4g}" in result.stderr
    assert (read_plan("plans/tiny--base").reason, read_plan("plans/tiny--base-2").status) == ("old", "interrupted")


@pytest.mark.slow
def test_replace_replaces_what_is_worse_of_another_case_or_damaged(
    run: Run, case_folder: Path, solved: Callable[..., None], plan: Plan
) -> None:
    first, *rest = plan.goals
    better = (replace(first, value=0.5 * first.value), *rest)
    lines = {name: replace(line, carry_over=not line.carry_over) for name, line in plan.case.lines.items()}
    other = changed(plan.case, lines=FrozenDict(lines))
    for there in (replace(plan, audit="failed", goals=better), replace(plan, case=other, goals=better), plan):
        write_plan(replace(there, ended=told_as("old")), "plans/tiny--base", replace=True)
        solved(status="interrupted", ended=told_as("new"))
        run("solve", case_folder, "--replace")
        assert read_plan("plans/tiny--base").reason == "new"
        assert not Path("plans/tiny--base-2").exists()


@pytest.mark.slow
def test_infeasible_says_what_has_to_be_kept_and_how_to_go_on(
    run: Run, case_folder: Path, solved: Callable[..., None], plan: Plan
) -> None:
    solved(**nothing(status="infeasible", ended=told_as("none")))
    run("solve", case_folder)
    said = " ".join(run("show", "plans/tiny--base").stdout.split())
    assert "These have to be kept together" in said
    assert all(f"target {target.id}" in said for target in plan.case.targets)
    assert "`planner diagnose` says which of them clash" in said
    assert "tells the rest" not in said


@pytest.mark.slow
@pytest.mark.parametrize("status", ["no_plan", "infeasible"])
def test_a_plan_without_decisions_is_never_exported(
    run: Run, case_folder: Path, solved: Callable[..., None], status: str, tmp_path: Path
) -> None:
    solved(**nothing(status=status, ended=told_as("none")))
    run("solve", case_folder)
    result = run("export", "plans/tiny--base", "-o", "tables")
    assert (result.exit_code, "there is no plan to export" in result.stderr) == (1, True)
    assert not (tmp_path / "tables").exists()


def test_solve_with_json_prints_problems_as_json_too(run: Run, case_folder: Path) -> None:
    missing = run("solve", "nowhere", "--json")
    content = json.loads(missing.stdout)
    assert (missing.exit_code, content["schema"]) == (2, "planner.solve/1")
    assert content["problems"][0]["text"] == "there is no folder nowhere"
    (case_folder / "budgets.csv").write_text("line,period,amount\nnobody,2030,1\n", encoding="utf-8")
    invalid = run("solve", case_folder, "--json")
    assert invalid.exit_code == 3
    assert {problem["file"] for problem in json.loads(invalid.stdout)["problems"]} == {"budgets.csv"}


def test_a_plan_at_a_limit_ends_with_0_and_says_how_far(
    run: Run, case_folder: Path, solved: Callable[..., None], plan: Plan
) -> None:
    """The first goal's bound lies 3 % below its value, and the later goals were not begun."""
    first, *later = plan.goals
    cut = replace(first, bound=0.97 * first.value, optimality_gap=0.03, proof_gap=0.03)
    solved(
        status="feasible",
        ended=told_as("the time limit of 1 s was hit in goal gaps, proven within 3.00%"),
        options=FrozenDict({**plan.options, "time_limit": 1.0}),
        goals=(cut, *(replace(goal, bound=nan, optimality_gap=nan, proof_gap=nan) for goal in later)),
    )
    result = run("solve", case_folder)
    assert result.exit_code == 0
    assert "stopped at a limit" in result.stdout


@pytest.mark.slow
def test_a_plan_that_its_audit_does_not_confirm_ends_with_1_and_is_marked(
    run: Run, case_folder: Path, solved: Callable[..., None], plan: Plan
) -> None:
    """One figure of the money table is 0.5 too large."""
    money = plan.table("money")
    money.loc[0, "capital"] += 0.5
    solved(tables=FrozenDict({**plan.tables, "money": money}))
    result = run("solve", case_folder)
    assert result.exit_code == 1
    assert "FAILED: do not rely on this plan" in result.stdout
    assert "audit: " in result.stderr
    assert read_plan("plans/tiny--base").audit == "failed"
    assert run("audit", "plans/tiny--base").exit_code == 1


@pytest.mark.slow
def test_solve_prints_one_json_object(run: Run, case_folder: Path) -> None:
    result = run("solve", case_folder, "--json")
    content = json.loads(result.stdout, parse_constant=pytest.fail)
    assert content["schema"] == "planner.solve/1"
    assert content["plan"] == "plans/tiny--base"
    assert (content["status"], content["audit"], content["violations"]) == ("optimal", "passed", [])
    assert [goal["name"] for goal in content["goals"]] == ["gaps", "spending", "starts"]
    assert set(content["totals"]) == {
        "spending", "available", "unspent", "running_a_year_after", "measures_chosen", "measures_decided_before",
        "gap_without", "gap_with", "money_by_basis", "by_reality", "overdrawn", "private", "tax", "borrowed", "interest",
        "sent", "fees", "kept_free", "jobs", "possible_jobs", "bonus_jobs", "emissions", "alone_and_together",
    }  # fmt: skip
    assert content["totals"]["available"] == 14.5, "1.5 + 1.5 + 4 + 4.5 + 1.5 + 1.5"


@pytest.mark.slow
def test_a_case_with_parks_is_solved_and_told_with_all_its_sections(run: Run, industrial_folder: Path) -> None:
    result = run("solve", industrial_folder, "-o", "mine", "-v")
    assert result.exit_code == 0
    assert "planning for each jurisdiction alone" in result.stderr
    assert "passed: every figure was recomputed" in result.stdout
    report = run("show", "mine").stdout
    for section in (
        "PARKS AND THEIR JOBS", "EMISSIONS", "EACH JURISDICTION ALONE AND TOGETHER", "POLICIES BY LEVEL OF THE PYRAMID",
        "PRIVATE MONEY, TAX, DEBTS AND TRANSFERS",
    ):  # fmt: skip
        assert section in report


@pytest.mark.slow
def test_quiet_says_nothing_on_stderr_and_verbose_says_the_stages(run: Run, case_folder: Path) -> None:
    assert run("solve", case_folder, "-q").stderr == ""
    stages = run("solve", case_folder, "--replace", "-v").stderr
    assert "solving" in stages
    assert re.search(r"mean gap: 0\.\d+, nothing can beat 0\.\d+, proven within", stages)


@pytest.mark.slow
def test_events_are_appended_as_json_lines(run: Run, case_folder: Path, tmp_path: Path) -> None:
    for _ in range(2):
        assert run("solve", case_folder, "--replace", "--events", "run.jsonl").exit_code == 0
    lines = (tmp_path / "run.jsonl").read_text(encoding="utf-8").splitlines()
    events = [json.loads(line, parse_constant=pytest.fail) for line in lines]
    assert {event["schema"] for event in events} == {"planner.event/1"}
    kinds = [event["kind"] for event in events]
    assert kinds.count("written") == 2
    assert kinds[-1] == "written"
    assert set(kinds) >= {"stage", "progress", "goal", "done", "written"}
    goal = next(event for event in events if event["kind"] == "goal")
    assert set(goal) == {"schema", "kind", "goal", "seconds", "best", "bound", "gap", "message", "without"}
    stage = next(event for event in events if event.get("message") == "evaluating")
    assert stage["languages"] == {"zh": {stage["message"]: "计算全部数字"}}
    assert set(events[-1]) == {"schema", "kind", "status", "audit", "folder"}
    assert (events[-1]["status"], events[-1]["audit"]) == ("optimal", "passed")


def test_events_that_cannot_be_written_are_wrong_use(run: Run, case_folder: Path) -> None:
    result = run("solve", case_folder, "--events", "nowhere/run.jsonl")
    assert (result.exit_code, "events cannot be written" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    "words", [["--gap", "2"], ["--threads", "0"], ["--time-limit", "x"], ["--seed", "-1"], ["--colour"], []]
)
def test_wrong_words_end_with_2_and_say_which(run: Run, words: list[str]) -> None:
    result = run("solve", *words)
    assert result.exit_code == 2
    assert "Error: " in result.stderr


def test_an_unforeseen_fault_ends_with_1_and_asks_for_a_report(
    run: Run, case_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "solve", lambda case, **limits: {}["fault"])
    result = run("solve", case_folder)
    assert (result.exit_code, "a fault of the program" in result.stderr) == (1, True)


@pytest.mark.slow
def test_a_case_is_the_same_through_the_library_and_the_command(run: Run, case: Case, case_folder: Path) -> None:
    assert run("solve", case_folder, "-q").exit_code == 0
    assert read_plan("plans/tiny--base").case.content_hash == case.content_hash
