"""Every command: what it prints where, what it ends with, and what it says when something is wrong."""

from __future__ import annotations

import csv
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

from docs.commands import commands
from planner.audit import AuditReport, Violation
from planner.case import Case, FrozenDict
from planner.documents.tables import named_frame
from planner.planning.handmade import evaluate
from planner.plans.plan import Plan
from planner.plans.store import read_plan, write_plan, write_table
from planner.plans.tables import AFTER, TABLES, TEXT_COLUMNS
from tests.product.conftest import PROJECT

Run = Callable[..., Result]
COMMANDS = (
    "init",
    "validate",
    "solve",
    "show",
    "evaluate",
    "audit",
    "export",
    "compare",
    "scorecard",
    "sites",
    "report",
    "importance",
    "explain",
    "alternatives",
    "frontier",
    "value",
    "borders",
    "rank",
    "robust",
    "priorities",
    "risk",
    "replan",
    "sensitivity",
    "diagnose",
    "ui",
    "runs list",
    "runs show",
    "runs rm",
    "programme init",
    "programme validate",
    "programme solve",
    "programme show",
    "programme report",
    "programme compare",
    "programme audit",
)


def test_all_commands_are_there_and_documented() -> None:
    assert tuple(" ".join(words) for words in commands()) == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_every_help_has_an_example_that_names_the_command(run: Run, command: str) -> None:
    result = run(*command.split(), "--help")
    assert result.exit_code == 0
    assert re.search(rf"Example:\n +planner {command} ", result.stdout)


HELPS = ["--help", "--version", *(f"{command} --help" for command in COMMANDS)]
ASKED = """
import contextlib, io, json, sys
from planner.cli import main

heavy, *helps = json.load(sys.stdin)
known = set()
for asked in helps:
    told, code = io.StringIO(), "went on"
    sys.argv[1:] = asked.split()
    try:
        with contextlib.redirect_stdout(told):
            main()
    except SystemExit as end:
        code = end.code
    new = set(heavy) & set(sys.modules) - known
    known |= new
    print(json.dumps([code, bool(told.getvalue()), sorted(new)]))
"""


@pytest.fixture(scope="module")
def helps() -> dict[str, Any]:
    """Of each help how it ended, whether it said something, and what heavy it imported, asked one after the other."""
    heavy = ["pyomo", "highspy", "pandas", "numpy", "scipy", "yaml", "streamlit", "models"]  # pydantic is Typer's own
    done = subprocess.run(
        [sys.executable, "-c", ASKED], input=json.dumps([heavy, *HELPS]), capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return dict(zip(HELPS, map(json.loads, done.stdout.splitlines()), strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("words", HELPS)
def test_help_imports_nothing_heavy(helps: dict[str, Any], words: str) -> None:
    assert helps[words] == [0, True, []]


@pytest.mark.slow
@pytest.mark.parametrize("closed", ["2>&-", "<&-", ">&- 2>&- <&-"])
def test_a_plan_is_written_where_nobody_listens(tmp_path: Path, closed: str) -> None:
    """As a daemon starts it; a file opened in the place of stdout would have its lines."""
    place = tmp_path / "plan"
    words = [sys.executable, "-m", "planner", "solve", str(PROJECT / "cases" / "tiny"), "-o", str(place)]
    done = subprocess.run(
        ["sh", "-c", f'"$@" {closed}', "sh", *words],
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
    )
    assert done.returncode == 0
    assert read_plan(place).audit == "passed"


UNASKED = {
    "validate": ("pyomo", "highspy", "scipy", "numpy", "pandas", "models", "babel"),
    "solve": ("pyomo.environ", "pyomo.dae", "scipy.stats", "scipy.integrate", "numpy.f2py", "babel"),
    "show": ("pyomo", "highspy", "scipy.optimize", "scipy.stats", "babel", "altair", "planner.planning"),
}  # fmt: skip


@pytest.mark.slow
def test_a_command_loads_no_library_that_it_does_not_ask(tmp_path: Path) -> None:
    """One after the other, each in a process of its own: starting up is most of a small solve."""
    case, plan = str(PROJECT / "cases" / "tiny"), str(tmp_path / "plan")
    words = {"validate": [case], "solve": [case, "--quiet", "-o", plan], "show": [plan]}
    for command, unasked in UNASKED.items():
        program = (
            "import sys; from planner.cli import main\n"
            f"sys.argv = {['planner', command, *words[command]]!r}\n"
            "try:\n    main()\n"
            f"finally:\n    print(sorted(set({unasked!r}) & set(sys.modules)), file=sys.stderr)"
        )
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=False,
            env={**os.environ, "PYTHONPATH": str(PROJECT), "LANGUAGE": "en"},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert done.stderr.splitlines()[-1] == "[]", command


@pytest.mark.slow
def test_what_is_left_out_when_libraries_are_loaded_is_there_for_who_asks() -> None:
    program = (
        "import planner.planning.search, numpy, scipy.stats, scipy.spatial, numpy.f2py\n"
        "print(scipy.stats.norm.cdf(0.0), scipy.spatial.ConvexHull.__name__, callable(numpy.f2py.run_main))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
    )  # fmt: skip
    assert (done.stderr, done.stdout.split()) == ("", ["0.5", "ConvexHull", "True"])


def test_the_version_is_that_of_the_project(run: Run) -> None:
    version = re.search(r'^version = "(.+)"$', (PROJECT / "pyproject.toml").read_text(), re.MULTILINE)
    assert version is not None
    assert run("--version").stdout == f"planner {version[1]}\n"


# init


@pytest.mark.slow
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
    assert "--replace" not in result.stderr, "init has no such option"


@pytest.mark.slow
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
    for place, what in (("lat", "must be at most 90, not '400'"), ("lon", "must be a number, not 'x'"),
                        ("population", "must not be empty"), ("id", "'a' stands in row 2 already")):  # fmt: skip
        assert f"list.csv, row 3, column {place}: {what}" in result.stderr
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
    assert "2 links, 1 hub, 4 facilities, 2 policies" in result.stdout
    assert "warning: " in result.stdout
    assert "The case is valid" in result.stdout


def test_validate_prints_what_a_case_with_parks_holds(run: Run, industrial_folder: Path) -> None:
    said = run("validate", industrial_folder).stdout
    assert "5 policies, 3 parks, 1 abatement measure, 1 plant to close" in said
    for row in (
        "Work       jobs, cliff",
        "Industry   Cars, Car parts",
        "Airsheds   plain",
        "Limits     0 targets, 0 rules, 1 gate",
    ):
        assert row in said
    sizes = json.loads(run("validate", industrial_folder, "--json").stdout)["sizes"]
    assert [sizes[name] for name in ("parks", "industries", "chains", "work", "airsheds", "gates")] == [3, 2, 1, 2, 1, 1]


def test_validate_tries_every_scenario_and_warns_of_what_could_not_be_solved(run: Run, case_folder: Path) -> None:
    """Each edit is legal by itself; only the whole case shows that nobody holds a budget for the new period."""
    text = (case_folder / "case.yaml").read_text(encoding="utf-8")
    edit = "  shorter: {description: one period, edits: [{key: periods, set: [2026-2028, 2029-2035]}]}\n"
    (case_folder / "case.yaml").write_text(text.replace("scenarios:\n", "scenarios:\n" + edit), encoding="utf-8")
    result = run("validate", case_folder)
    assert result.exit_code == 0
    assert "warning: scenario shorter cannot be used: " in result.stdout


def test_validate_lists_every_problem_with_its_place(run: Run, case_folder: Path) -> None:
    measures = case_folder / "measures.csv"
    text = measures.read_text(encoding="utf-8").replace(",doctors,200,", ",docters,200,")
    measures.write_text(text.replace("motorway,105", "motorway,-5"), encoding="utf-8")
    result = run("validate", case_folder)
    assert result.exit_code == 3
    assert "measures.csv, row 2, column quantity" in result.stdout
    assert "no service 'docters', but it is used in measures.csv rows 7-8. It has 'doctors'" in result.stdout
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
    for folder, message in (("nowhere", "no folder nowhere"), ("empty", "no case.yaml"), ("file", "not a case but a file")):
        result = run(command, folder)
        assert result.exit_code == 2
        assert message in result.stderr
        assert "Traceback" not in result.output


# show, export, audit


def test_show_tells_the_plan_and_its_tables(run: Run, plan: Plan) -> None:
    write_plan(plan, "mine")
    report = run("show", "mine").stdout
    assert report.startswith("Two provinces, three cities\nStatus")
    table = run("show", "mine", "--table", "money").stdout.splitlines()
    assert table[0].split()[:4] == ["amount", "carried", "in", "received"]
    assert table[1].replace("(bn CNY)", "").split() == ["line", "period"]
    assert table[3].split()[1] == "2026-2030"
    blocks = "\n".join(table).split("\n\n")
    assert [len(block.splitlines()) for block in blocks] == [3 + len(plan.tables["money"])] * len(blocks)


def test_show_prints_json_with_all_tables_or_one(run: Run, plan: Plan) -> None:
    write_plan(plan, "mine")
    whole = json.loads(run("show", "mine", "--json").stdout, parse_constant=pytest.fail)
    assert (whole["schema"], list(whole["tables"])) == ("planner.plan/1", list(plan.tables))
    one = json.loads(run("show", "mine", "--json", "--table", "money").stdout)
    assert list(one["tables"]) == ["money"]
    assert one["tables"]["money"][0]["amount"] == plan.tables["money"]["amount"][0]


@pytest.mark.slow
@pytest.mark.parametrize("name", TABLES)
def test_show_prints_every_table_of_a_plan_with_parks(run: Run, industrial: Plan, name: str) -> None:
    write_plan(industrial, "mine")
    rows = json.loads(run("show", "mine", "--json", "--table", name).stdout, parse_constant=pytest.fail)["tables"][name]
    assert len(rows) == len(industrial.tables[name])
    assert all(list(row) == list(TABLES[name]) for row in rows)
    assert run("show", "mine", "--table", name).exit_code == 0


def test_show_help_names_every_table(run: Run) -> None:
    said = run("show", "--help").stdout
    assert [name for name in TABLES if not re.search(rf"\b{name}\b", said)] == []


def test_when_tax_arrives_is_shown_as_a_period_or_after_the_horizon(run: Run, industrial: Plan) -> None:
    write_plan(industrial, "mine")
    shown = run("show", "mine", "--table", "taxes").stdout
    assert "2031-2035" in shown
    assert AFTER in shown


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


@pytest.mark.slow
def test_export_writes_tables_that_spreadsheets_know_as_utf_8(run: Run, plan: Plan, tmp_path: Path) -> None:
    write_plan(plan, "mine")
    result = run("export", "mine", "-o", "tables")
    assert result.exit_code == 0
    assert sorted(file.name for file in (tmp_path / "tables").iterdir()) == sorted(f"{n}.csv" for n in plan.tables)
    assert (tmp_path / "tables" / "money.csv").read_bytes().startswith(b"\xef\xbb\xbfline,period")
    assert run("export", "mine", "-o", "tables").exit_code == 2
    assert run("export", "mine", "-o", "tables", "--replace").exit_code == 0


def test_what_sums_leave_of_rounding_is_in_no_exported_file(run: Run, plan: Plan, tmp_path: Path) -> None:
    """A tax of -2.8e-17 is none; a tenth of a yuan in billions is a figure."""
    money = plan.table("money").assign(tax=-2.7755575615628914e-17, sent=1e-10)
    write_plan(replace(plan, tables=FrozenDict({**plan.tables, "money": money})), "mine")
    assert run("export", "mine", "-o", "tables").exit_code == 0
    rows = list(csv.reader((tmp_path / "tables" / "money.csv").read_text("utf-8-sig").splitlines()))
    tax, sent = ([column.split(" (")[0] for column in rows[0]].index(name) for name in ("tax", "sent"))
    assert {(row[tax], row[sent]) for row in rows[1:]} == {("0.0", "1e-10")}
    assert (named_frame(read_plan("mine"), "money")["tax"] == 0).all()


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


@pytest.mark.slow
def test_audit_says_what_the_bounds_are_and_solves_again_for_them_if_asked(run: Run, plan: Plan) -> None:
    write_plan(plan, "mine")
    assert "The bounds are the solver's word" in run("audit", "mine").stdout
    result = run("audit", "mine", "--prove")
    assert result.exit_code == 0, result.output
    assert result.stdout.count("confirmed") == len(plan.goals)
    content = json.loads(run("audit", "mine", "--prove", "--json").stdout)
    assert [proof["about"] for proof in content["proofs"]] == [goal.name for goal in plan.goals]
    assert [proof["stated"] for proof in content["proofs"]] == [goal.bound for goal in plan.goals]


@pytest.mark.slow
def test_audit_prove_ends_with_1_where_a_bound_is_refuted(run: Run, case: Case, plan: Plan) -> None:
    """The best plan without its insurance, called the best with digests that fit: only a search can tell."""
    table = plan.tables["decisions"]
    starts = zip(table["measure"], table["start_period"], table["units"], strict=True)
    worse = evaluate(case, {(measure, period): units for measure, period, units in starts if measure != "insurance"})
    goals = tuple(replace(goal, bound=goal.value, optimality_gap=0.0, proof_gap=0.0) for goal in worse.goals)
    forged = replace(worse, status="optimal", ended=(), goals=goals, options=FrozenDict({"gap": 1e-4}))
    write_plan(forged.with_audit("passed"), "mine")
    assert run("audit", "mine").exit_code == 0
    result = run("audit", "mine", "--prove")
    assert result.exit_code == 1
    assert "REFUTED" in result.stdout
    assert result.stdout.count("not judged: it rests on what is refuted") == len(goals) - 1
    verdicts = [proof["verdict"] for proof in json.loads(run("audit", "mine", "--prove", "--json").stdout)["proofs"]]
    assert verdicts == ["refuted"] + ["not judged"] * (len(goals) - 1)


@pytest.mark.slow
def test_quiet_is_quiet(run: Run, case_folder: Path, plan: Plan) -> None:
    """A question says where it starts from, and an audit what it proves, unless they are asked to be quiet."""
    write_plan(plan, "plans/tiny--base")
    words = ("explain", case_folder, "insurance", "--workers", "1")
    assert run(*words).stderr.startswith(f"Starting from {Path('plans/tiny--base')}.\n")
    assert run(*words, "-q").stderr == ""
    done = run("audit", "plans/tiny--base", "--prove", "-q")
    assert (done.exit_code, done.stderr) == (0, "")


def test_audit_prove_ends_with_5_where_the_time_does_not_do(run: Run, plan: Plan) -> None:
    write_plan(plan, "mine")
    result = run("audit", "mine", "--prove", "--time-limit", "0")
    assert (result.exit_code, "not confirmed within" in result.stdout) == (5, True)


@pytest.mark.slow
def test_limits_without_prove_are_wrong_use_and_a_hand_made_plan_has_nothing_to_prove(run: Run, case: Case) -> None:
    write_plan(evaluate(case, {}), "mine")
    assert run("audit", "mine", "--gap", "0.1").exit_code == 2
    result = run("audit", "mine", "--prove")
    assert (result.exit_code, "states no bounds" in result.stdout) == (0, True)


def test_audit_counts_what_does_not_agree(run: Run, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    write_plan(plan, "mine")
    violation = Violation("money", "line province, 2030", "4.0", "3.5", 0.5)
    monkeypatch.setattr("planner.audit.audit", lambda found: AuditReport((violation,), (), FrozenDict({"money": 1644})))
    assert run("audit", "mine").stdout.startswith("Audit failed: 1 of 1,644 comparisons does not agree")


@pytest.mark.slow
def test_a_tampered_plan_is_shown_and_exported_as_changed_and_its_audit_fails(run: Run, plan: Plan, tmp_path: Path) -> None:
    write_plan(plan, "mine")
    table = plan.table("decisions")
    table.loc[0, "capital_cost"] += 1
    write_table(table, tmp_path / "mine" / "decisions.csv")
    assert "Audit     changed since it was audited: run planner audit" in run("show", "mine").stdout
    assert json.loads(run("show", "mine", "--json").stdout)["audit"] == "changed"
    for words in (["show", "mine", "--table", "money"], ["export", "mine", "-o", "tables"]):
        assert "changed since it was audited: run planner audit" in run(*words).stderr
    result = run("audit", "mine")
    assert (result.exit_code, "capital_cost" in result.stdout) == (1, True)


def test_a_damaged_plan_ends_with_1(run: Run, plan: Plan, tmp_path: Path) -> None:
    write_plan(plan, "mine")
    (tmp_path / "mine" / "money.csv").write_text("line,period\n", encoding="utf-8")
    for words in (["audit", "mine"], ["show", "mine"], ["export", "mine", "-o", "tables"]):
        result = run(*words)
        assert (result.exit_code, "the columns must be" in result.stderr) == (1, True)
        assert "Traceback" not in result.output
    assert "the columns must be" in json.loads(run("audit", "mine", "--json").stdout)["problems"][0]["text"]


def test_a_plan_that_names_an_unknown_measure_is_not_shown_but_audited(run: Run, plan: Plan, tmp_path: Path) -> None:
    write_plan(plan, "mine")
    table = plan.table("decisions")
    table.loc[0, "measure"] = "nothing-like-it"
    write_table(table, tmp_path / "mine" / "decisions.csv")
    result = run("show", "mine")
    assert (result.exit_code, "changed since it was audited" in result.stderr) == (1, True)
    assert "Traceback" not in result.output
    assert run("audit", "mine").exit_code == 1


def test_exported_headings_carry_units_and_the_plans_own_do_not(run: Run, plan: Plan, tmp_path: Path) -> None:
    write_plan(plan, "mine")
    run("export", "mine", "-o", "tables")

    def head(folder: str, table: str) -> str:
        return (tmp_path / folder / f"{table}.csv").read_text(encoding="utf-8-sig").splitlines()[0]

    assert "capital_cost (bn CNY, whole horizon)" in head("tables", "decisions")
    assert "amount (bn CNY)" in head("tables", "money")
    assert 'pays (bn CNY),paid_by_others (bn CNY),"gap_without (share, 0-1)"' in head("tables", "jurisdictions")
    assert head("tables", "flows").endswith("amount (unit of service)")
    assert all("(" not in head("mine", table) for table in plan.tables)


def test_every_exported_figure_has_a_unit(run: Run, industrial: Plan, tmp_path: Path) -> None:
    """But for counts: units and jobs are what they are called, a year is a year."""
    write_plan(industrial, "mine")
    run("export", "mine", "-o", "tables")
    for name, columns in TABLES.items():
        text = (tmp_path / "tables" / f"{name}.csv").read_text(encoding="utf-8-sig")
        heads = next(csv.reader(text.splitlines()))
        bare = [c for c, head in zip(columns, heads, strict=True) if c == head and c not in TEXT_COLUMNS]
        assert set(bare) <= {"units", "opens", "jobs", "possible_jobs", "bonus_jobs"}, name


@pytest.mark.slow
def test_a_workbook_stands_for_a_case_in_every_command(run: Run, case_folder: Path, tmp_path: Path) -> None:
    assert run("export", case_folder, "--xlsx", "mine.xlsx").stdout == "mine.xlsx\n"
    assert run("validate", "mine.xlsx").exit_code == 0
    assert run("solve", "mine.xlsx", "-q").exit_code == 0
    assert (tmp_path / "plans" / "mine--base" / "plan.json").is_file()
    assert run("init", "again", "--from", "mine.xlsx").exit_code == 0
    assert run("validate", "again").stdout == run("validate", "mine.xlsx").stdout.replace("(mine,", "(again,")


def test_init_makes_a_workbook_and_never_over_another(run: Run, tmp_path: Path) -> None:
    assert run("init", "fresh.xlsx").exit_code == 0
    before = (tmp_path / "fresh.xlsx").read_bytes()
    result = run("init", "fresh.xlsx")
    assert (result.exit_code, "never replaced" in result.stderr) == (2, True)
    assert (tmp_path / "fresh.xlsx").read_bytes() == before


@pytest.mark.parametrize("words", [[], ["-o", "x", "--xlsx", "y.xlsx"], ["--xlsx", "y.csv"]])
def test_export_says_what_it_needs(run: Run, case_folder: Path, words: list[str]) -> None:
    assert run("export", case_folder, *words).exit_code == 2


# questions about measures


@pytest.mark.slow
def test_alternatives_are_printed_kept_and_found_again(run: Run, case_folder: Path) -> None:
    asked = ("alternatives", case_folder, "--within", "20%", "--differ", "1", "--count", "1", "--workers", "1")
    result = run(*asked, "-o", "answer", "--json")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    assert (found["schema"], found["complete"], found["within"]) == ("planner.alternatives/1", True, 0.2)
    assert {row["within"] for row in found["tables"]["measures"]} <= {"every", "some", "no", "before", "cannot start"}
    assert (Path("answer") / "measures.csv").is_file()
    assert read_plan("answer/plans/alternative-1").status == "evaluated"
    assert run("audit", "answer/plans/alternative-1").exit_code == 0
    assert "What all plans within 20 % have in common" in run(*asked).stdout


@pytest.mark.parametrize(("share", "said"), [("3", "Did you mean 3%?"), ("a lot", "write a share such as 1% or 0.01")])
def test_a_share_that_is_none_is_wrong_use(run: Run, case_folder: Path, share: str, said: str) -> None:
    result = run("alternatives", case_folder, "--within", share)
    assert (result.exit_code, said in result.stderr) == (2, True)


@pytest.mark.slow
def test_explain_says_why_and_an_unknown_measure_is_wrong_use(run: Run, case_folder: Path) -> None:
    result = run("explain", case_folder, "doctors-inland", "--workers", "1")
    assert result.exit_code == 0, result.stderr
    assert "why is it in the plan?" in result.stdout
    assert (
        json.loads(run("explain", case_folder, "motorway", "--workers", "1", "--json").stdout)["schema"]
        == "planner.explain/1"
    )
    for command in ("explain", "importance"):
        wrong = run(command, case_folder, "doctors-inlan", "--workers", "1")
        assert (wrong.exit_code, "Did you mean 'doctors-inland'?" in wrong.stderr) == (2, True)
        assert "Traceback" not in wrong.output


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full here")
@pytest.mark.parametrize(
    "words", ["--help", "--version", "solve --help", "show {plan}", "show {plan} --json", "validate {case}"]
)
def test_what_stdout_does_not_take_is_told_in_a_line(words: str) -> None:
    asked = words.format(plan=PROJECT / "cases" / "tiny" / "plan", case=PROJECT / "cases" / "tiny").split()
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "planner", *asked], stdout=full, stderr=subprocess.PIPE, text=True, check=False,
            env={**os.environ, "PYTHONPATH": str(PROJECT), "LANG": "C"},
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == "planner: standard output: No space left on device\n"
