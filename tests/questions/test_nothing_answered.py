"""A question of which nothing but the frame of its tables is answered says so, and ends as one without an answer."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from importlib import import_module
from math import inf, nan
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result as Ended

import planner
from planner.plans.store import write_plan
from planner.questions.asking import OPEN, Asking, is_known
from planner.words.said import speaking
from planner.work.stopping import Stopped
from planner.work.workers import Done, Task
from tests.questions.answered import QUESTIONS, TINY, best, keep
from tests.questions.cut_short import ask_cut
from tests.questions.impossible import RULE, whole_units
from tests.questions.test_cut_short import NOT_SEARCHED

Run = Callable[..., Ended]
SEARCHED = [question for question in QUESTIONS if question not in NOT_SEARCHED]


@pytest.fixture
def in_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work that is handed out is never begun."""

    def run(self: Asking, tasks: Sequence[Task], until: float = 1.0) -> tuple[Done, ...]:
        return tuple(Done(task.name, None, "the time limit ended before its turn") for task in tasks)

    monkeypatch.setattr(Asking, "run", run)


def words_of(question: str, plan: Path) -> list[str]:
    """The command; with the plan that is known, where it takes one."""
    more = {"explain": ["insurance"], "robust": ["--scenarios", "base,poorer-south"], "frontier": ["--points", "3"]}
    known = [] if question in ("robust", "diagnose") else ["--plan", str(plan)]
    return [question, str(TINY), *more.get(question, []), *known, "--workers", "1"]


def unread(*_: object) -> None:
    raise Stopped("limit", 30.0, "reading prices")


@pytest.mark.slow
@pytest.mark.parametrize("question", [*SEARCHED, "value"])
def test_a_command_of_which_nothing_is_answered_ends_with_5_and_says_so(
    run: Run, question: str, in_no_time: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("planner.questions.value.ask.prices_of_money", unread)
    words = words_of(question, write_plan(best().with_audit("passed"), tmp_path / "plan"))
    done = run(*words, "-o", tmp_path / "answer")
    assert done.exit_code == 5, done.output
    assert "planner: nothing is answered within the time limit" in done.stderr
    assert "Answer    nothing after" in done.stdout
    said = json.loads(run(*words, "--json").stdout)
    assert (said["complete"], said["answered"]) == (False, False)
    assert json.loads((tmp_path / "answer" / "result.json").read_text(encoding="utf-8"))["answered"] is False


@pytest.mark.slow
def test_replace_keeps_an_answer_that_is_more_complete_than_the_new_one(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    plan = write_plan(best().with_audit("passed"), tmp_path / "plan")
    there = keep("frontier", tmp_path / "answer") / "result.json"
    before, words = there.read_bytes(), [*words_of("frontier", plan), "-o", str(tmp_path / "answer"), "--replace"]
    works, begun = Asking.run, iter(range(1))

    def some(self: Asking, tasks: Sequence[Task], until: float = 1.0) -> tuple[Done, ...]:
        first = tasks[: next(begun, -1) + 1]
        late = (Done(task.name, None, "the time limit ended before its turn") for task in tasks[len(first) :])
        return (*works(self, first, until), *late)

    monkeypatch.setattr(Asking, "run", some)
    assert "is complete, and the new one is not" in run(*words).stderr
    assert json.loads((tmp_path / "answer-2" / "result.json").read_text(encoding="utf-8"))["complete"] is False
    nothing = run(*words)
    assert (nothing.exit_code, "is kept as it was" in nothing.stderr, "Written" in nothing.stdout) == (5, True, False)
    assert there.read_bytes() == before


@pytest.mark.slow
def test_an_answer_to_a_question_with_other_options_is_replaced(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    plan = write_plan(best().with_audit("passed"), tmp_path / "plan")
    words = ["frontier", str(TINY), "--plan", str(plan), "--workers", "1", "-o", str(tmp_path / "answer"), "--replace"]
    assert run(*words, "--points", "2").exit_code == 0
    _cut_short(monkeypatch)
    kept = run(*words, "--points", "2")
    assert "is complete, and the new one is not" in kept.stderr, kept.output
    assert "is complete, and the new one is not" in run(*words, "--points", "2", "--to", "150%").stderr  # as it is unsaid
    replaced = run(*words, "--points", "4")
    assert (replaced.exit_code, "is complete" in replaced.stderr) == (0, False)
    said = json.loads((tmp_path / "answer" / "result.json").read_text(encoding="utf-8"))
    assert (said["complete"], said["asked"]["points"]) == (False, 4)


@pytest.mark.slow
def test_a_complete_answer_about_a_plan_is_kept_however_it_is_named_and_replaced_by_one_about_another(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    write_plan(best().with_audit("passed"), tmp_path / "plan")
    shutil.copytree("plan", "again")
    write_plan(planner.evaluate(best().case, {}).with_audit("passed"), tmp_path / "other")
    words = ("--draws", "20", "--workers", "1", "-o", "answer", "--replace")
    assert run("risk", "plan", *words).exit_code == 0
    _cut_short(monkeypatch)
    for place in ("plan", "./plan", str(tmp_path / "plan"), "again"):
        done = run("risk", place, *words)
        assert "is complete, and the new one is not" in done.stderr, (place, done.output)
    for beside in (["plan", "other"], ["other"]):
        done = run("risk", *beside, *words)
        assert (done.exit_code, "is complete" in done.stderr) == (0, False), (beside, done.output)


def _cut_short(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on, of what is handed out only the first is worked out."""
    works = Asking.run

    def some(self: Asking, tasks: Sequence[Task], until: float = 1.0) -> tuple[Done, ...]:
        late = (Done(task.name, None, "the time limit ended before its turn") for task in tasks[1:])
        return (*works(self, tasks[:1], until), *late)

    monkeypatch.setattr(Asking, "run", some)


@pytest.mark.slow
def test_what_is_read_without_a_search_is_an_answer(run: Run, in_no_time: None, tmp_path: Path) -> None:
    plan = write_plan(best().with_audit("passed"), tmp_path / "plan")
    for question in NOT_SEARCHED:
        done = run(*words_of(question, plan))
        assert done.exit_code == 0, done.output
        assert "nothing is answered" not in done.output


@pytest.mark.slow
def test_a_case_that_cannot_be_met_is_no_matter_of_time(run: Run, tmp_path: Path) -> None:
    """Three wards cost 6, and there are 5: that no plan keeps the rule is proven, and no larger limit changes it."""
    whole_units(tmp_path / "case", RULE)
    for question in ("importance", "value", "alternatives", "sensitivity", "explain"):
        words = [question, tmp_path / "case", *(["ward"] if question == "explain" else []), "--workers", "1"]
        done = run(*words)
        assert done.exit_code == 4, (question, done.output)
        assert "planner: nothing is answered: no plan keeps all promises" in done.stderr
        assert "Answer    nothing: no plan keeps all promises" in done.stdout
        assert "--time-limit" not in done.stdout


def test_cells_that_tell_nothing_are_known_as_such() -> None:
    assert [cell for cell in (*OPEN, nan, inf, None) if is_known(cell)] == []
    assert all(map(is_known, ("optimal", "infeasible", "not chosen", "every", 0.0, 3, True)))


def test_nothing_is_said_in_chinese_too() -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        found = ask_cut("importance", "unanswered", monkeypatch)
    with speaking("zh"):
        said: Any = import_module("planner.questions.importance.shown").said(found)
        assert "没有任何回答" in said.text()
