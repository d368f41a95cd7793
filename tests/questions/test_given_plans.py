"""The plan that a question is given: edited, breaking promises, or the best with some starts only, it is known as such."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import Result

from planner.case import Case
from planner.planning.handmade import evaluate
from planner.plans.plan import Plan
from planner.plans.store import write_plan
from planner.questions.asking import Asking, AskOptions, asking, known_plan
from planner.questions.importance.ask import importance
from planner.questions.importance.shown import said
from planner.questions.replan.ask import replan
from planner.work.workers import Done
from tests.questions.answered import TINY, best

Run = Callable[..., Result]
WARNING = "the plan was changed since it was audited: run planner audit"
ASKED = (
    ("importance", "tiny"), ("explain", "tiny", "clinic-inland"), ("value", "tiny"), ("borders", "tiny"), ("rank", "tiny"),
    ("sensitivity", "tiny"), ("alternatives", "tiny"), ("frontier", "tiny", "--points", "2"),
    ("priorities", "tiny", "--draws", "1"),
)  # fmt: skip
RISK = ("risk", "--draws", "10")
# In 2026-2030 the works cost 4 bn in the north, which has 4, and 6 in the south, which has 6; all else is beyond that.
TOO_MUCH = {("rail-north", "2030"): 1.0, ("rail-south", "2030"): 1.0, ("clinic-inland", "2030"): 2.0}


def edit(folder: Path) -> Path:
    """Another number of units of a start, as by hand."""
    table = folder / "decisions.csv"
    written = table.read_text(encoding="utf-8")
    assert "2026,1.0,3.0,0.0,2.0" in written
    table.write_text(written.replace("2026,1.0,3.0,0.0,2.0", "2026,2.0,3.0,0.0,2.0"), encoding="utf-8", newline="")
    return folder


@pytest.fixture
def home(run: Run, tmp_path: Path) -> Path:
    """The tiny case, its best plan, a copy of which was edited, and one that was made by hand and costs too much."""
    shutil.copytree(TINY, tmp_path / "tiny", ignore=shutil.ignore_patterns("plan"))
    edit(write_plan(best().with_audit("passed"), tmp_path / "edited"))
    write_plan(too_dear(best().case).with_audit("passed"), tmp_path / "over")
    return tmp_path


def too_dear(case: Case) -> Plan:
    plan = evaluate(case, TOO_MUCH)
    assert plan.broken
    return plan


@pytest.mark.slow
@pytest.mark.parametrize("words", ASKED, ids=lambda words: str(words[0]))
def test_an_edited_plan_is_known_as_such_by_every_question(run: Run, home: Path, words: tuple[str, ...]) -> None:
    done = run(*words, "--plan", "edited", "--workers", "1", "--time-limit", "5", "--json")
    assert f"warning: {WARNING}" in done.stderr
    content = json.loads(done.stdout)
    assert not content["complete"]
    assert "the plan that this starts from: was changed since it was audited" in content["missing"]
    if words[0] != "frontier":  # its plans are those of its points
        assert content["audit"] == "changed"


@pytest.mark.slow
def test_an_edited_plan_is_known_as_such_by_what_asks_of_the_plan_itself(run: Run, home: Path) -> None:
    done = run(*RISK, "edited", "--workers", "1", "--json")
    assert WARNING in done.stderr
    assert json.loads(done.stdout)["audit"] == "changed"
    assert WARNING not in run(*RISK, "edited", "--workers", "1", "-q").stderr
    assert WARNING in run("solve", "tiny", "--start", "edited", "-o", "anew").stderr


@pytest.mark.slow
def test_an_edited_plan_is_not_replanned(run: Run, home: Path) -> None:
    done = run("replan", "edited", "--from", "2035", "-o", "anew")
    assert (done.exit_code, (home / "anew").exists()) == (2, False)
    assert "was changed since it was audited" in done.stderr
    assert "planner evaluate CASE decisions.csv" in done.stderr
    with pytest.raises(ValueError, match="has no digest"):
        replan(best().with_audit("no digest"), "2035")


@pytest.mark.slow
@pytest.mark.parametrize("words", ASKED, ids=lambda words: str(words[0]))
def test_a_plan_that_breaks_promises_is_no_best_plan(run: Run, home: Path, words: tuple[str, ...]) -> None:
    done = run(*words, "--plan", "over", "--workers", "1")
    assert done.exit_code == 2
    assert "over cannot stand for the best plan: it breaks a promise of the case (line " in done.stderr
    assert "Leave --plan out" in done.stderr


@pytest.mark.slow
def test_a_plan_that_breaks_promises_is_refused_by_whoever_asks() -> None:
    case = best().case
    with (
        asking(AskOptions(workers=1), None, None) as question,
        pytest.raises(ValueError, match=r"breaks a promise of the case \(line .* bn over\)"),
    ):
        known_plan(question, case, too_dear(case))


@pytest.mark.slow
def test_what_is_told_of_a_plan_that_breaks_promises_begins_with_them(run: Run, home: Path) -> None:
    shown = [line for line in run("show", "over").stdout.splitlines() if line.startswith("Promise")]
    assert shown
    for words in ((*RISK, "over", "--workers", "1"), ("scorecard", "over")):
        assert [line for line in run(*words).stdout.splitlines() if line.startswith("Promise")] == shown
    card = json.loads(run("scorecard", "over", "--json").stdout)["scorecards"][0]
    answer = json.loads(run(*RISK, "over", "--workers", "1", "--json").stdout)
    assert [f"Promise   broken: {promise}" for promise in card["broken"]] == shown
    assert answer["broken"] == card["broken"]


@pytest.mark.slow
def test_a_replanned_plan_in_the_usual_place_is_passed_over(run: Run, home: Path) -> None:
    write_plan(best().with_audit("passed"), "plans/tiny--base")
    assert run("replan", "plans/tiny--base", "--from", "2035", "-o", "plans/tiny--base", "--replace", "-q").exit_code == 0
    done = run("importance", "tiny", "--workers", "1")
    assert done.exit_code == 0, done.output
    assert "Starting from" not in done.stderr
    assert run("importance", "tiny", "--plan", "plans/tiny--base").exit_code == 2
    assert run("report", "plans/tiny--base", "-o", "page.html", "-q").exit_code == 0


# what helps


@pytest.mark.slow
def test_more_time_is_offered_only_where_time_was_what_it_lacked(run: Run, home: Path) -> None:
    """A plan by hand that keeps all promises stays unproven for ever; and without a limit there is none to widen."""
    write_plan(evaluate(best().case, {("checkpoint", "2030"): 1.0}).with_audit("passed"), "by-hand")
    for limit in ((), ("--time-limit", "600")):
        done = run("importance", "tiny", "--plan", "by-hand", "--workers", "1", *limit)
        assert "the best plan: hand-made" in done.stdout
        assert "time-limit" not in done.stdout


@pytest.mark.slow
def test_no_time_helps_where_no_plan_keeps_all_promises(run: Run, home: Path) -> None:
    file = home / "tiny" / "case.yaml"
    target = "no_city_loses: true\ntargets:\n  - {id: t, indicator: clinic, at_least: 2, by: 2030}"
    file.write_text(file.read_text(encoding="utf-8").replace("no_city_loses: true", target), encoding="utf-8")
    said = run("rank", "tiny", "--workers", "1", "--time-limit", "600").stdout
    assert "the best plan: no plan keeps" in said
    assert "time-limit" not in said


@pytest.mark.slow
def test_what_was_stopped_by_hand_is_to_be_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def unsolved(_self: Asking, variants: list[object], until: float = 1.0) -> tuple[Done, ...]:
        return tuple(Done(str(n), None, "interrupted") for n, _ in enumerate(variants))

    monkeypatch.setattr(Asking, "solve_all", unsolved)
    found = importance(best().case, plan=best(), options=AskOptions(workers=1))
    told = {why: " ".join(said(replace(found, cut_by=why)).text(False).split()) for why in ("limit", "somebody", "nothing")}
    assert "A larger --time-limit, or none, answers more." in told["limit"]
    assert "time-limit" not in told["somebody"]
    assert "It was stopped: asked again and left to end, it answers more." in told["somebody"]
    assert "answers more" not in told["nothing"]


@pytest.mark.slow
def test_frontier_and_robust_name_the_plan_that_they_were_given(run: Run, home: Path) -> None:
    """Of a frontier only where it is a point: two points at half the money and one and a half are of other plans."""
    write_plan(best().with_audit("passed"), "plans/tiny--base")
    for words in (("frontier", "tiny", "--points", "3"), ("robust", "tiny", "--scenarios", "base,poorer-south")):
        assert "Plan      the one in plans/tiny--base" in run(*words, "--workers", "1").stdout
    assert "Plan      " not in run("frontier", "tiny", "--points", "2", "--workers", "1").stdout


@pytest.mark.slow
def test_a_frontier_says_that_it_has_no_use_for_a_plan(run: Run, tmp_path: Path) -> None:
    shutil.copytree(TINY, tmp_path / "tiny", ignore=shutil.ignore_patterns("plan"))
    write_plan(best().with_audit("passed"), tmp_path / "best")
    asked = ("frontier", "tiny", "--plan", "best", "--workers", "1")
    no_point = "The plan that is known goes unused: none of these points is the one of 100 % of the money."
    too_far = "The plan that is known goes unused: it was to be proven within 1e-06, and these points within 1e-07."
    for words, why in ((("2",), no_point), (("3",), None), (("3", "--gap", "1e-7"), too_far)):  # 50 and 150 %; also 100 %
        done = run(*asked, "--points", *words, "-o", "answer", "--replace")
        assert (done.exit_code, "goes unused" in " ".join(done.stdout.split())) == (0, why is not None)
        assert json.loads((tmp_path / "answer" / "result.json").read_text(encoding="utf-8"))["plan_unused"] == why
    done = run(*asked, "--goals", "gaps,spending")
    assert (done.exit_code, "--plan is a point of a frontier of money" in done.stderr) == (2, True)
