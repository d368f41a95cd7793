"""What a plan may be called: never the best where its audit failed, and no plan where a search found only to do nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from planner.case import Case, FrozenDict
from planner.documents.goals import status_words
from planner.documents.text import headline
from planner.planning import search
from planner.planning.handmade import evaluate
from planner.plans.plan import GoalResult, Plan
from planner.plans.store import checksums, plan_entry, read_plan, write_plan
from planner.plans.versions import ended

Run = Callable[..., Result]


@pytest.fixture
def wrong(plan: Plan) -> Plan:
    """The best plan, said to be optimal, with one figure of the money table 0.5 too large."""
    money = plan.table("money")
    money.loc[0, "capital"] += 0.5
    return replace(plan, audit="not run", tables=FrozenDict({**plan.tables, "money": money}))


@pytest.fixture
def idle(case: Case) -> Plan:
    """A plan that starts nothing, found by a search that had no time."""
    found = evaluate(case, {})
    goals = tuple(GoalResult(goal.name, goal.value, float("-inf"), float("nan"), float("nan")) for goal in found.goals)
    said = "the time limit of 9 s was hit in goal gaps"
    options = FrozenDict({"time_limit": 9.0})
    return replace(found, status="feasible", ended=ended(said), goals=goals, audit="passed", options=options)


def keep_marked(plan: Plan, folder: Path, **marks: Any) -> Path:
    """Write a plan whose plan.json says something else, with checksums that fit."""
    place = write_plan(plan, folder)
    content = json.loads((place / "plan.json").read_text(encoding="utf-8")) | marks
    content["sha256"] = checksums(place, content)
    (place / "plan.json").write_text(json.dumps(content), encoding="utf-8")
    return place


def test_a_plan_is_never_optimal_once_its_audit_failed(wrong: Plan) -> None:
    assert (wrong.status, wrong.with_audit("passed").status) == ("optimal", "optimal")
    marked = wrong.with_audit("failed")
    assert (marked.status, marked.reason) == ("feasible", "the audit does not confirm it")
    assert replace(marked, status="optimal").status == "feasible"


def test_a_hand_made_or_unfinished_plan_keeps_its_status_when_its_audit_fails(wrong: Plan) -> None:
    for status in ("feasible", "interrupted", "evaluated"):
        assert replace(wrong, status=status, ended=ended("why")).with_audit("failed").status == status


@pytest.mark.slow
def test_solve_says_so_in_its_text_its_json_its_list_and_its_exit_code(
    run: Run, case_folder: Path, wrong: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "solve", lambda case, **limits: wrong)
    result = run("solve", case_folder)
    assert result.exit_code == 1
    assert "not confirmed by its audit; nothing is proven about it" in result.stdout
    assert "proven within" not in result.stdout
    result = run("solve", case_folder, "--json", "--replace")
    content = json.loads(result.stdout)
    assert (result.exit_code, content["status"], content["audit"]) == (1, "feasible", "failed")
    assert content["violations"]
    assert read_plan("plans/tiny--base").status == "feasible"
    shown = run("show", "plans/tiny--base").stdout
    assert "not confirmed by its audit" in shown
    assert "proven within" not in shown
    listed = run("runs", "list").stdout
    assert "nothing proven, audit failed" in listed
    assert "proven within" not in listed


def test_a_plan_that_was_written_as_optimal_in_spite_of_its_audit_is_read_as_unproven(
    run: Run, wrong: Plan, tmp_path: Path
) -> None:
    place = keep_marked(wrong, tmp_path / "plans" / "old", status="optimal", audit="failed")
    assert (read_plan(place).status, read_plan(place).audit) == ("feasible", "failed")
    entry = plan_entry(place)
    assert entry is not None
    assert entry.about["status"] == "feasible"
    (listed,) = json.loads(run("runs", "list", "--json").stdout)["plans"]
    assert listed["status"] == "feasible"


def test_an_unfinished_plan_whose_audit_failed_says_both(wrong: Plan) -> None:
    said = "the time limit of 9 s was hit in goal gaps, proven within 3.00%"
    plan = replace(wrong, status="feasible", ended=ended(said), options=FrozenDict({"time_limit": 9.0})).with_audit("failed")
    assert status_words(plan) == (
        "not confirmed by its audit (the time limit of 9 s was hit in goal gaps); nothing is proven about it"
    )


def test_to_start_nothing_is_no_plan_as_long_as_nothing_is_proven(idle: Plan) -> None:
    first = headline(idle).splitlines()[0]
    assert first.startswith("Nothing is found yet: this plan starts nothing, and it is not known")
    assert "Solve again with more time" in " ".join(headline(idle).split())
    assert not idle.is_found


def test_to_start_nothing_is_a_plan_where_it_is_proven_or_asked_for(idle: Plan, plan: Plan) -> None:
    proven = (replace(idle.goals[0], bound=idle.goals[0].value, optimality_gap=0.0, proof_gap=0.0), *idle.goals[1:])
    for one in (
        replace(idle, goals=proven),
        replace(idle, goals=proven, status="optimal", ended=()),
        replace(idle, status="evaluated"),
        plan,
        replace(plan, status="feasible", ended=ended("stopped")),
    ):
        assert one.is_found
        assert not headline(one).startswith("Nothing is found")


def test_the_list_of_plans_says_that_nothing_is_found_yet(run: Run, idle: Plan, plan: Plan, tmp_path: Path) -> None:
    write_plan(idle, tmp_path / "plans" / "idle")
    write_plan(plan, tmp_path / "plans" / "good")
    by_name = {line.split()[0]: line for line in run("runs", "list").stdout.splitlines() if line.strip()}
    assert "nothing found yet" in by_name["idle"]
    assert "nothing found yet" not in by_name["good"]
    assert {p["name"]: p["found"] for p in json.loads(run("runs", "list", "--json").stdout)["plans"]} == {
        "idle": False, "good": True,
    }  # fmt: skip


@pytest.mark.slow
def test_show_and_report_say_it_before_all_else(run: Run, idle: Plan, tmp_path: Path) -> None:
    write_plan(idle, tmp_path / "plans" / "idle")
    assert run("show", "plans/idle").stdout.startswith("Nothing is found yet")
    assert run("report", "plans/idle", "-o", "report.html").exit_code == 0
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert text.index("Nothing is found yet") < text.index("<h1")


def test_what_was_decided_before_is_not_found_by_a_search(idle: Plan) -> None:
    """The motorway is decided, whatever a search finds."""
    motorway = replace(idle.case.measures["motorway"], status="decided", start_period="2030")
    asked = replace(idle.case, measures=FrozenDict({**idle.case.measures, "motorway": motorway}))
    found = evaluate(asked, {("motorway", "2030"): 1.0})
    assert len(found.tables["decisions"]) == 1
    left = replace(found, status="interrupted", ended=ended("interrupted in goal gaps"), audit="passed")
    assert (left.starts_nothing, left.is_found) == (True, False)
    assert headline(left).startswith("Nothing is found yet: this plan starts nothing beyond what was decided before it")
