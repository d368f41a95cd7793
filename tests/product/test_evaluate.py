"""planner evaluate: what a file of decisions may hold, and what is said of a plan made by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import Result

from planner.case import FrozenDict
from planner.documents import text
from planner.plans.plan import Plan
from planner.plans.store import read_plan, write_plan
from planner.plans.totals import totals
from tests.case.small import FILES, write_files

Run = Callable[..., Result]


@pytest.mark.slow
@pytest.mark.parametrize("exported", [False, True])
def test_periods_may_be_labels_and_notes_and_exported_headings_may_stand_there(
    run: Run, case_folder: Path, plan: Plan, tmp_path: Path, exported: bool
) -> None:
    if exported:
        write_plan(plan, "mine")
        run("export", "mine", "-o", "tables")
        assert run("evaluate", case_folder, "tables/decisions.csv").exit_code == 0
    else:
        (tmp_path / "d.csv").write_text("measure,start_period,units,note\nmotorway,2026-2030,1,first\n", encoding="utf-8")
        assert run("evaluate", case_folder, "d.csv").exit_code == 0


@pytest.mark.slow
def test_money_overdrawn_is_said_in_place_of_money_left(run: Run, case_folder: Path, tmp_path: Path) -> None:
    """Railway 7.35 and motorway 3.15 bn in 2026-30, of which province and centre have 4 + 1.5: 5 bn are missing at least."""
    rows = "measure,start_period,units\nrailway,2030,1\nmotorway,2030,1\n"
    (tmp_path / "d.csv").write_text(rows, encoding="utf-8")
    told = json.loads(run("evaluate", case_folder, "d.csv", "--json").stdout)["totals"]
    assert told["overdrawn"] >= 10.5 - 5.5
    said = " ".join(run("evaluate", case_folder, "d.csv").stdout.split())
    assert re.search(r"spent, \d+\.\d overdrawn, \d+\.\d left in other lines or periods", said)


@pytest.mark.parametrize(("lacks", "said"), [(8e-7, "1.3 left unspent"), (0.8, "0.8 overdrawn, 1.3 left in other lines")])
def test_what_a_solver_rounds_is_not_said_to_be_overdrawn(plan: Plan, lacks: float, said: str) -> None:
    """Of a line that has 4 in a period, four millionths are rounding: less than the audit takes for a broken promise."""
    table = plan.tables["money"].copy()
    table[["unspent", "carried_in", "received", "borrowed", "tax"]] = 0.0
    place, other = table.index[:2]
    table.loc[[place, other], "amount"] = 4.0
    table.loc[place, "unspent"] = -lacks
    table.loc[other, "unspent"] = 1.3
    changed = replace(plan, tables=FrozenDict({**plan.tables, "money": table}))
    assert totals(changed)["overdrawn"] == (lacks if lacks > 4e-6 else 0.0)
    assert said in dict(text.facts(changed))["Money"]


def test_evaluate_says_which_limits_are_hard(run: Run) -> None:
    said = " ".join(run("evaluate", "--help").stdout.split())
    for words in ("Hard limits", "periods in which a measure can start", "its units in all", "halves that belong together"):
        assert words in said
    assert "each broken promise is listed, and the exit code is 0" in said


def test_an_invalid_evaluate_with_json_prints_its_problems(run: Run, case_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text("measure,start_period,units\nrailwy,2030,1\n", encoding="utf-8")
    result = run("evaluate", case_folder, "d.csv", "--json")
    content = json.loads(result.stdout)
    assert (result.exit_code, content["schema"]) == (3, "planner.evaluate/1")
    assert [(p["file"], p["row"], p["column"]) for p in content["problems"]] == [("d.csv", 2, "measure")]


@pytest.mark.slow
def test_the_decisions_of_a_plan_evaluate_to_its_own_figures(run: Run, case_folder: Path, plan: Plan) -> None:
    write_plan(plan, "mine")
    result = run("evaluate", case_folder, "mine/decisions.csv", "-o", "again", "--json")
    assert result.exit_code == 0
    content = json.loads(result.stdout)
    assert (content["schema"], content["status"], content["broken"]) == ("planner.evaluate/1", "evaluated", [])
    for goal, again in zip(plan.goals, read_plan("again").goals, strict=True):
        assert again.value == pytest.approx(goal.value, rel=1e-6)


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["mine", "tables"])
def test_the_decisions_of_a_plan_with_parks_evaluate_to_its_own_figures(
    run: Run, industrial_folder: Path, industrial: Plan, folder: str
) -> None:
    """As the plan has them, and as they are exported: with levels and private cost, which do not count."""
    write_plan(industrial, "mine")
    run("export", "mine", "-o", "tables")
    content = json.loads(run("evaluate", industrial_folder, f"{folder}/decisions.csv", "--json").stdout)
    assert (content["status"], content["audit"], content["broken"]) == ("evaluated", "passed", [])
    assert [goal["value"] for goal in content["goals"]] == pytest.approx([goal.value for goal in industrial.goals])
    assert content["totals"]["private"] == pytest.approx(1.6)


@pytest.mark.slow
def test_a_plan_that_breaks_what_parks_and_policies_promise_says_so(
    run: Run, industrial_folder: Path, tmp_path: Path
) -> None:
    """The grant starts without the removal. Nothing abates 9 of 9 kt, so the plant stays idle rather than break the cap."""
    rows = "measure,start_period,units\nplant,2030,2\nparts,2030,1\ngrant,2030,1\n"
    (tmp_path / "d.csv").write_text(rows, encoding="utf-8")
    result = run("evaluate", industrial_folder, "d.csv", "-o", "mine")
    said = " ".join(result.stdout.split())
    assert result.exit_code == 0
    assert "broken: Grant for s starts in 2026-2030 before No customs has removed the barrier" in said
    assert "400 productive of 2,400 possible in 2 parks" in said
    assert "cap of the airshed plain" in run("show", "mine").stdout


def test_decisions_that_cost_too_much_are_worked_out_and_the_broken_promise_named(
    run: Run, case_folder: Path, tmp_path: Path
) -> None:
    """Railway 105 x 0.07 = 7.35 and motorway 105 x 0.03 = 3.15 bn in 2026-30: province and centre have 4 + 1.5."""
    rows = "measure;start_period;units\nrailway;2030;1\nmotorway;2030;1\n"
    (tmp_path / "d.csv").write_text("\ufeff" + rows, encoding="utf-8")
    result = run("evaluate", case_folder, "d.csv")
    assert result.exit_code == 0
    assert "made by hand" in result.stdout
    assert re.search(r"broken: line Province, 2026-2030: [\d.]+ bn CNY over", result.stdout)
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
            "measure,start_period,units\ndoctors-inland,2030,4\nrailway,2030,1\ndoctors-inland,2035,4",
            "column units: doctors-inland starts 8 units in all; it has 7 (rows 2, 4)",
        ),
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


def test_what_was_decided_before_is_not_taken_back_by_a_row(run: Run, tmp_path: Path) -> None:
    """The checkpoint goes in 2026-2030 by decision: a row with none of it would have been passed over."""
    write_files(tmp_path / "small", FILES)
    for measure, code in (("checkpoint", 3), ("insurance", 0)):
        (tmp_path / "d.csv").write_text(f"measure,start_period,units\n{measure},2030,0\n", encoding="utf-8")
        done = run("evaluate", tmp_path / "small", "d.csv")
        assert done.exit_code == code
        assert (f"d.csv, row 2, column units: {measure} was decided before the plan: it starts in 2030" in done.stderr) == (
            code > 0
        )


@pytest.mark.slow
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
