"""Every command: what it prints where, what it ends with, and what it says when something is wrong."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from planner import solving
from planner.audit import AuditReport, Violation
from planner.case.nouns import Case, FrozenDict
from planner.cli import app
from planner.plan import Plan
from planner.store import read_plan, write_plan
from tests.product.conftest import PROJECT

Run = Callable[..., Result]
COMMANDS = ("init", "validate", "solve", "show", "evaluate", "audit", "export")


@pytest.fixture
def solved(monkeypatch: pytest.MonkeyPatch, plan: Plan) -> Callable[..., None]:
    """Makes `planner solve` find a given plan, without solving."""

    def find(**changes: Any) -> None:
        found = replace(plan, **{"audit": "not run", **changes})
        monkeypatch.setattr(solving, "solve", lambda case, **limits: found)

    return find


def nothing(**changes: Any) -> dict[str, Any]:
    """What a plan without decisions has."""
    return {"goals": (), "tables": FrozenDict(), **changes}


def test_all_commands_are_there_and_documented() -> None:
    names = [c.name or getattr(c.callback, "__name__", "") for c in app.registered_commands]
    assert tuple(names) == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_every_help_has_an_example_that_names_the_command(run: Run, command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert re.search(rf"Example:\n +planner {command} ", result.stdout)


@pytest.mark.parametrize("words", [["--help"], ["--version"], *([c, "--help"] for c in COMMANDS)])
def test_help_imports_nothing_heavy(words: list[str]) -> None:
    heavy = {"pyomo", "highspy", "pandas", "numpy", "scipy", "yaml", "streamlit", "models"}  # pydantic is Typer's own
    program = (
        "import sys\n"
        "from planner.cli import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert end.code == 0, end.code\n"
        f"sys.exit(' '.join(sorted({heavy!r} & set(sys.modules))) or None)"
    )
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    done = subprocess.run(
        [sys.executable, "-c", program, *words], capture_output=True, text=True, env=environment, check=False
    )
    assert (done.returncode, done.stderr.strip()) == (0, ""), f"imported: {done.stderr}"
    assert done.stdout


def test_the_version_is_that_of_the_project(run: Run) -> None:
    version = re.search(r'^version = "(.+)"$', (PROJECT / "pyproject.toml").read_text(), re.MULTILINE)
    assert version is not None
    assert run("--version").stdout == f"planner {version[1]}\n"


# init


def test_init_makes_a_case_that_is_valid_and_solves(run: Run) -> None:
    assert run("init", "first").exit_code == 0
    assert run("validate", "first").exit_code == 0
    assert run("solve", "first").exit_code == 0
    assert read_plan("plans/first--base").audit == "passed"


def test_init_never_writes_into_a_folder_that_is_there(run: Run, tmp_path: Path) -> None:
    (tmp_path / "first").mkdir()
    result = run("init", "first")
    assert result.exit_code == 2
    assert "exists already" in result.stderr


def test_init_makes_a_case_of_a_list_of_cities(run: Run, tmp_path: Path) -> None:
    """Four cities in a row, 0.5 degrees of latitude apart: each has only the next ones as neighbours, so 3 roads."""
    rows = [f"c{n},{40 + n / 2},116,{population}" for n, population in enumerate([900, 5000, 800, 700])]
    (tmp_path / "list.csv").write_text("id,lat,lon,population\n" + "\n".join(rows) + "\n", encoding="utf-8")
    assert run("init", "mine", "--from", "list.csv").exit_code == 0
    sizes = json.loads(run("validate", "mine", "--json").stdout)["sizes"]
    assert (sizes["cities"], sizes["links_today"], sizes["measures"]) == (4, 3, 3)
    cities = (tmp_path / "mine" / "cities.csv").read_text(encoding="utf-8").splitlines()
    assert [row.split(",")[5] for row in cities[1:]] == ["small", "core", "small", "small"]
    for table in ("capacity", "links", "measures", "norms", "budgets"):
        body = (tmp_path / "mine" / f"{table}.csv").read_text(encoding="utf-8").splitlines()[1:]
        assert all(row.endswith(",assumed") for row in body), f"guesses in {table} are not marked"
    assert run("solve", "mine").exit_code == 0


def test_init_names_row_and_column_of_what_is_wrong_with_the_list(run: Run, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("id,lat,lon,population\na,40,116,5\na,400,x,\n", encoding="utf-8")
    result = run("init", "mine", "--from", "list.csv")
    assert result.exit_code == 3
    for place in ("row 3, column lat: '400'", "row 3, column lon: 'x'", "row 3, column population", "column id: 'a'"):
        assert place in result.stderr
    assert not (tmp_path / "mine").exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [("", "is empty"), ("id,lat\na,1\n", "has no column lon"), ("id,lat,lon,population\na,1,1,1\n", "2 to 300 cities")],
)
def test_init_refuses_a_list_that_is_none(run: Run, tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "list.csv").write_text(text, encoding="utf-8")
    result = run("init", "mine", "--from", "list.csv")
    assert (result.exit_code, message in result.stderr) == (3, True)


# validate


def test_validate_prints_what_the_case_holds(run: Run, case_folder: Path) -> None:
    result = run("validate", case_folder)
    assert result.exit_code == 0
    assert "3 in 2 jurisdictions (Capital, Province)" in result.stdout
    assert "2 links, 1 hub, 4 facilities, 2 agreements" in result.stdout
    assert "warning: " in result.stdout
    assert "The case is valid" in result.stdout


def test_validate_lists_every_problem_with_its_place(run: Run, case_folder: Path) -> None:
    measures = case_folder / "measures.csv"
    text = measures.read_text(encoding="utf-8").replace(",doctors,200,", ",docters,200,")
    measures.write_text(text.replace("motorway,105", "motorway,-5"), encoding="utf-8")
    result = run("validate", case_folder)
    assert result.exit_code == 3
    assert "measures.csv, row 2, column quantity" in result.stdout
    assert "measures.csv, row 7, column service: 'docters'" in result.stdout
    assert "measures.csv, row 8, column service: 'docters'" in result.stdout
    assert result.stderr == ""


def test_validate_prints_one_json_object_for_valid_and_invalid_cases(run: Run, case_folder: Path) -> None:
    valid = json.loads(run("validate", case_folder, "--json").stdout)
    assert (valid["schema"], valid["valid"], valid["problems"]) == ("planner.validate/1", True, [])
    assert valid["sizes"]["cities"] == 3
    (case_folder / "norms.csv").write_text("id,unit\n", encoding="utf-8")
    result = run("validate", case_folder, "--json")
    invalid = json.loads(result.stdout)
    assert (result.exit_code, invalid["schema"], invalid["valid"]) == (3, "planner.validate/1", False)
    assert {"file", "row", "column", "message", "text"} == set(invalid["problems"][0])


@pytest.mark.parametrize("command", ["validate", "solve"])
def test_a_folder_that_is_no_case_is_wrong_use(run: Run, tmp_path: Path, command: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("")
    for folder, message in (("nowhere", "no folder nowhere"), ("empty", "no case.yaml"), ("file", "not a folder")):
        result = run(command, folder)
        assert result.exit_code == 2
        assert message in result.stderr
        assert "Traceback" not in result.output


# solve


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


def test_solve_gives_its_options_to_the_solver(run: Run, case_folder: Path) -> None:
    words = ["--time-limit", 60, "--gap", 0.001, "--threads", 1, "--seed", 7, "-o", "here/there", "-q"]
    assert run("solve", case_folder, *words).exit_code == 0
    assert dict(read_plan("here/there").options) == {"time_limit": 60.0, "gap": 0.001, "threads": 1, "seed": 7}


def test_solve_refuses_a_taken_place_before_it_solves(
    run: Run, case_folder: Path, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_plan(plan, "plans/tiny--base")
    monkeypatch.setattr(solving, "solve", lambda *args, **kwargs: pytest.fail("it solved"))
    result = run("solve", case_folder)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "exists already" in result.stderr
    assert "--replace" in result.stderr


def test_solve_replaces_with_replace(run: Run, case_folder: Path, plan: Plan) -> None:
    write_plan(replace(plan, reason="old"), "plans/tiny--base")
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
    solved(**nothing(status="no_plan", reason="the time limit of 1 s was hit"))
    result = run("solve", case_folder)
    assert result.exit_code == 5
    assert "no plan was found (the time limit of 1 s was hit)" in result.stdout
    assert read_plan("plans/tiny--base").status == "no_plan"


def test_a_plan_at_a_limit_ends_with_0_and_says_how_far(run: Run, case_folder: Path, solved: Callable[..., None]) -> None:
    solved(status="feasible", reason="the time limit of 1 s was hit in goal gaps, proven within 3.00%")
    result = run("solve", case_folder)
    assert result.exit_code == 0
    assert "stopped at a limit" in result.stdout


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


def test_solve_prints_one_json_object(run: Run, case_folder: Path) -> None:
    result = run("solve", case_folder, "--json")
    content = json.loads(result.stdout, parse_constant=pytest.fail)
    assert content["schema"] == "planner.solve/1"
    assert content["plan"] == "plans/tiny--base"
    assert (content["status"], content["audit"], content["violations"]) == ("optimal", "passed", [])
    assert [goal["name"] for goal in content["goals"]] == ["gaps", "spending", "starts"]
    assert set(content["totals"]) == {
        "spending", "available", "unspent", "running_a_year_after", "measures_chosen", "measures_decided_before",
        "gap_without", "gap_with", "money_by_basis",
    }  # fmt: skip
    assert content["totals"]["available"] == 14.5, "1.5 + 1.5 + 4 + 4.5 + 1.5 + 1.5"


def test_quiet_says_nothing_on_stderr_and_verbose_says_the_stages(run: Run, case_folder: Path) -> None:
    assert run("solve", case_folder, "-q").stderr == ""
    stages = run("solve", case_folder, "--replace", "-v").stderr
    assert "solving" in stages
    assert re.search(r"gaps: 0\.\d+, nothing can beat 0\.\d+, proven within", stages)


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
    assert set(goal) == {"schema", "kind", "goal", "seconds", "best", "bound", "gap", "message"}
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
    monkeypatch.setattr(solving, "solve", lambda case, **limits: {}["fault"])
    result = run("solve", case_folder)
    assert (result.exit_code, "a fault of the program" in result.stderr) == (1, True)


# show, export, audit


def test_show_tells_the_plan_and_its_tables(run: Run, plan: Plan) -> None:
    write_plan(plan, "mine")
    report = run("show", "mine").stdout
    assert report.startswith("Two provinces, three cities\nStatus")
    table = run("show", "mine", "--table", "money").stdout.splitlines()
    assert table[0].split() == list(plan.tables["money"].columns)
    assert len(table) == 2 + len(plan.tables["money"])


def test_show_prints_json_with_all_tables_or_one(run: Run, plan: Plan) -> None:
    write_plan(plan, "mine")
    whole = json.loads(run("show", "mine", "--json").stdout, parse_constant=pytest.fail)
    assert (whole["schema"], list(whole["tables"])) == ("planner.plan/1", list(plan.tables))
    one = json.loads(run("show", "mine", "--json", "--table", "money").stdout)
    assert list(one["tables"]) == ["money"]
    assert one["tables"]["money"][0]["amount"] == plan.tables["money"]["amount"][0]


def test_show_names_the_tables_there_are(run: Run, plan: Plan) -> None:
    write_plan(plan, "mine")
    result = run("show", "mine", "--table", "monney")
    assert (result.exit_code, "decisions, indicators, routes" in result.stderr) == (2, True)


@pytest.mark.parametrize("command", [["show"], ["audit"], ["export", "-o", "tables"]])
def test_what_is_no_plan_is_wrong_use(run: Run, tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "notes").mkdir()
    for folder, message in (("nowhere", "there is no plan"), ("notes", "is not a plan")):
        result = run(*command, folder)
        assert (result.exit_code, message in result.stderr) == (2, True)
        assert "Traceback" not in result.output


def test_no_colour_but_on_a_terminal(run: Run, plan: Plan) -> None:
    write_plan(plan, "mine")
    assert "\033[" not in run("show", "mine").stdout


def test_export_writes_tables_that_spreadsheets_know_as_utf_8(run: Run, plan: Plan, tmp_path: Path) -> None:
    write_plan(plan, "mine")
    result = run("export", "mine", "-o", "tables")
    assert result.exit_code == 0
    assert sorted(file.name for file in (tmp_path / "tables").iterdir()) == sorted(f"{n}.csv" for n in plan.tables)
    assert (tmp_path / "tables" / "money.csv").read_bytes().startswith(b"\xef\xbb\xbfline,period")
    assert run("export", "mine", "-o", "tables").exit_code == 2
    assert run("export", "mine", "-o", "tables", "--replace").exit_code == 0


def test_export_never_replaces_a_folder_with_anything_else_in_it(run: Run, plan: Plan, tmp_path: Path) -> None:
    write_plan(plan, "mine")
    result = run("export", "mine", "-o", "mine", "--replace")
    assert (result.exit_code, "does not look like an export" in result.stderr) == (2, True)
    assert read_plan("mine").status == plan.status


def test_audit_says_passed_or_lists_what_does_not_agree(run: Run, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    write_plan(plan, "mine")
    assert run("audit", "mine").stdout.startswith("Audit passed")
    violation = Violation("money", "line province, 2030", "4.0", "3.5", 0.5)
    monkeypatch.setattr("planner.audit.audit", lambda found: AuditReport((violation,)))
    result = run("audit", "mine")
    assert result.exit_code == 1
    assert "line province, 2030: 4.0, should be 3.5" in result.stdout
    content = json.loads(run("audit", "mine", "--json").stdout)
    assert (content["schema"], content["passed"]) == ("planner.audit/1", False)
    assert content["violations"][0]["difference"] == 0.5


# evaluate


def test_the_decisions_of_a_plan_evaluate_to_its_own_figures(run: Run, case_folder: Path, plan: Plan) -> None:
    write_plan(plan, "mine")
    result = run("evaluate", case_folder, "mine/decisions.csv", "-o", "again", "--json")
    assert result.exit_code == 0
    content = json.loads(result.stdout)
    assert (content["schema"], content["status"], content["broken"]) == ("planner.evaluate/1", "evaluated", [])
    for goal, again in zip(plan.goals, read_plan("again").goals, strict=True):
        assert again.value == pytest.approx(goal.value, rel=1e-6)


def test_decisions_that_cost_too_much_are_worked_out_and_the_broken_promise_named(
    run: Run, case_folder: Path, tmp_path: Path
) -> None:
    """Railway 105 x 0.07 = 7.35 and motorway 105 x 0.03 = 3.15 bn in 2026-30: province and centre have 4 + 1.5."""
    rows = "measure;start_period;units\nrailway;2030;1\nmotorway;2030;1\n"
    (tmp_path / "d.csv").write_text("\ufeff" + rows, encoding="utf-8")
    result = run("evaluate", case_folder, "d.csv")
    assert result.exit_code == 0
    assert "made by hand" in result.stdout
    assert re.search(r"broken: line province, 2026-2030: [\d.]+ bn CNY over", result.stdout)
    assert not (tmp_path / "plans").exists()


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("measure,start_period\nrailway,2030", "row 1: has no column units"),
        ("measure,start_period,units,colour\n", "row 1, column colour"),
        ("measure,start_period,units\nrailwy,2030,1", "row 2, column measure: 'railwy'"),
        ("measure,start_period,units\n\nrailway,2031,1", "row 3, column start_period: '2031'"),
        ("measure,start_period,units\nrailway,2035,1", "row 2, column start_period"),
        ("measure,start_period,units\nrailway,2030,half", "row 2, column units: 'half'"),
        ("measure,start_period,units\nrailway,2030,0.5", "row 2, column units"),
        ("measure,start_period,units\nrailway,2030,-1", "row 2, column units"),
        ("measure,start_period,units\nrailway,2030,nan", "row 2, column units"),
        ("measure,start_period,units\nrailway,,1", "row 2, column start_period: is empty"),
        (
            "measure,start_period,units\nrailway,2030,1\nrailway,2030,1",
            "row 3, column measure: 'railway' starts in 2030 in row 2 too",
        ),
        ("measure,start_period,units\ndoctors-inland,2030,4\ndoctors-inland,2035,4", "column units"),
        ("", "is empty"),
    ],
)
def test_wrong_decisions_are_named_by_row_and_column(
    run: Run, case_folder: Path, tmp_path: Path, rows: str, message: str
) -> None:
    (tmp_path / "d.csv").write_text(rows + "\n", encoding="utf-8")
    result = run("evaluate", case_folder, "d.csv")
    assert result.exit_code == 3
    assert f"d.csv, {message}" in result.stderr or message in result.stderr
    assert "Traceback" not in result.output


def test_halves_that_belong_together_may_stand_in_two_rows(run: Run, case_folder: Path, tmp_path: Path) -> None:
    measures = case_folder / "measures.csv"
    lines = measures.read_text(encoding="utf-8").splitlines()
    halves = [lines[0] + ",together", *(f"{line},{'both' if line.startswith('care-') else ''}" for line in lines[1:])]
    measures.write_text("\n".join(halves) + "\n", encoding="utf-8")
    rows = "measure,start_period,units\ncare-border,2030,1\n"
    (tmp_path / "d.csv").write_text(rows, encoding="utf-8")
    result = run("evaluate", case_folder, "d.csv")
    assert (result.exit_code, "d.csv, row 2, column measure: care-border and care-inland" in result.stderr) == (3, True)
    (tmp_path / "d.csv").write_text(rows + "care-inland,2030,1\n", encoding="utf-8")
    assert run("evaluate", case_folder, "d.csv").exit_code == 0


def test_decisions_in_another_encoding_are_told(run: Run, case_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_bytes("measure,start_period,units\nécole,2030,1\n".encode("latin-1"))
    result = run("evaluate", case_folder, "d.csv")
    assert (result.exit_code, "is not UTF-8" in result.stderr) == (3, True)


def test_a_missing_decisions_file_is_wrong_use(run: Run, case_folder: Path) -> None:
    assert run("evaluate", case_folder, "nowhere.csv").exit_code == 2


def test_a_case_is_the_same_through_the_library_and_the_command(run: Run, case: Case, case_folder: Path) -> None:
    assert run("solve", case_folder, "-q").exit_code == 0
    assert read_plan("plans/tiny--base").case.content_hash == case.content_hash
