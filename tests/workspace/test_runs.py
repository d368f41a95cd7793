"""Runs: processes of their own that outlive who started them, wait for their turn, stop when asked, and are told dead."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from planner.case import load_case
from planner.files.folders import NotWritten
from planner.planning.search import solve
from planner.plans import store
from planner.starting import example
from planner.workspace import runs
from planner.workspace.places import BadName, Workspace, workspace
from planner.workspace.processes import born, is_alive
from planner.workspace.runs import Run, events_of, list_runs, log_of, read_run, start_run, stop_run
from tests import waiting
from tests.chinese import allowing
from tests.product.conftest import PROJECT

pytestmark = pytest.mark.slow


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    return workspace(tmp_path / "mine")


def wait_for(place: Workspace, run: str, reached: Callable[[Run], bool]) -> Run:
    seen: list[Run] = []

    def look() -> Run | None:
        found = read_run(place, run)
        assert found is not None
        seen[:] = [found]
        return found if reached(found) else None

    return waiting.wait_for(look, lambda: f"{run} is {seen[0].state}: {log_of(seen[0])}")


def large() -> dict[str, str]:
    """The files of a case whose solve takes a while."""
    folder = PROJECT / "cases" / "jing-jin-ji"
    return {
        p.name: p.read_text(encoding="utf-8")
        for p in folder.iterdir()
        if p.suffix in (".csv", ".yaml") and p.stem != "expected"
    }


def test_a_run_leaves_a_plan_its_progress_and_its_link(place: Workspace) -> None:
    started = start_run(place, "tiny", example(), scenario="tight-money")
    ended = wait_for(place, started.id, lambda run: not run.active)
    assert (ended.state, ended.stopping) == ("done", False)
    assert ended.plan is not None
    plan = store.read_plan(ended.plan)
    assert (plan.status, plan.case.scenario, plan.audit) == ("optimal", "tight-money", "passed")
    assert events_of(ended)[-1]["kind"] == "written"
    assert [run.id for run in list_runs(place)] == [started.id]


def test_a_stopped_run_keeps_its_best_plan(place: Workspace) -> None:
    started = start_run(place, "large", large())
    running = wait_for(place, started.id, lambda run: any(event.get("best") is not None for event in events_of(run)))
    stop_run(running)
    ended = wait_for(place, started.id, lambda run: not run.active)
    assert ended.plan is not None
    assert store.read_plan(ended.plan).status == "interrupted"


def test_a_run_goes_on_when_the_server_that_started_it_is_killed(place: Workspace) -> None:
    program = (
        "import sys, time\nfrom pathlib import Path\nfrom planner.starting import example\n"
        "from planner.workspace.places import workspace\nfrom planner.workspace.runs import start_run\n"
        "print(start_run(workspace(sys.argv[1]), 'tiny', example()).id, flush=True)\ntime.sleep(600)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    server = subprocess.Popen(
        [sys.executable, "-c", program, str(place.root)], stdout=subprocess.PIPE, text=True, env=environment,
        start_new_session=True,
    )  # fmt: skip
    assert server.stdout is not None
    run = server.stdout.readline().strip()
    os.killpg(server.pid, signal.SIGKILL)
    server.wait()
    server.stdout.close()
    assert wait_for(place, run, lambda found: not found.active).state == "done"


def test_a_run_whose_process_was_killed_is_told_gone(place: Workspace) -> None:
    started = start_run(place, "large", large())
    running = wait_for(place, started.id, lambda run: run.state == "running")
    os.kill(json.loads((running.folder / "process.json").read_text(encoding="utf-8"))["pid"], signal.SIGKILL)
    assert wait_for(place, started.id, lambda run: not run.active).state == "gone"


def stands_for(place: Workspace, pid: int, since: float) -> Run:
    """A run that has written its plan, with a process of this number that began then."""
    folder = place.runs / "tiny--base"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "run.json").write_text(json.dumps({"case": "tiny", "started": 1.0}), encoding="utf-8")
    (folder / "process.json").write_text(json.dumps({"pid": pid, "born": since}), encoding="utf-8")
    (folder / "begun").touch()
    if not store.is_plan(place.plans / "tiny--base"):
        place.plans.mkdir(parents=True, exist_ok=True)
        store.write_plan(solve(load_case(PROJECT / "cases" / "tiny")), place.plans / "tiny--base")
    found = read_run(place, "tiny--base")
    assert found is not None
    return found


def test_a_run_is_done_once_its_process_has_ended_and_not_when_its_plan_is_written(place: Workspace) -> None:
    since = born(os.getpid())
    assert since is not None
    assert stands_for(place, os.getpid(), since).state == "running"
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    assert stands_for(place, process.pid, since).state == "done"


def test_another_process_of_the_same_number_is_not_the_runs(place: Workspace) -> None:
    """The number of a process is given again: when it began tells it from others."""
    since = born(os.getpid())
    assert since is not None
    assert (is_alive(os.getpid(), since), is_alive(os.getpid(), since - 100.0)) == (True, False)
    assert stands_for(place, os.getpid(), since - 100.0).state == "done"


def test_a_process_that_has_ended_and_is_not_waited_for_has_ended() -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    since = born(process.pid) or 0.0
    waiting.wait_for(lambda: not is_alive(process.pid, since), "the end of a process of nothing")
    assert process.wait() == 0


def test_a_beginning_is_told_without_the_systems_own_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """As seconds since the system began, whatever its clock is set to since."""
    told = born(os.getpid())
    monkeypatch.setattr("psutil.Process.create_time", lambda self: 1_000.0)
    monkeypatch.setattr("psutil.boot_time", lambda: 900.0)
    assert told is not None
    assert told > 0
    assert born(os.getpid()) == 100.0


@pytest.mark.parametrize("begun", [False, True])
def test_a_question_is_stopped_by_the_same_file_whether_it_has_begun_or_waits(
    place: Workspace, monkeypatch: pytest.MonkeyPatch, begun: bool
) -> None:
    """No signal is sent: one that came before the command was ready ended it without a word."""
    monkeypatch.setenv("PLANNER_RUNS_AT_ONCE", "1")
    if not begun:
        first = start_run(place, "large", large())
        wait_for(place, first.id, lambda run: run.state == "running")
    started = start_run(place, "large", large(), question=("importance", "--workers", "1"))
    wait_for(place, started.id, lambda run: run.state == ("running" if begun else "waiting"))
    stop_run(started)
    assert wait_for(place, started.id, lambda run: not run.active).state in ("failed", "done")
    if not begun:
        stop_run(first)
        wait_for(place, first.id, lambda run: not run.active)


def test_a_run_that_is_stopped_in_its_preparation_ends_and_says_where(place: Workspace) -> None:
    started = start_run(place, "large", large())
    (started.folder / "stop").touch()
    ended = wait_for(place, started.id, lambda run: not run.active)
    assert (ended.state, ended.plan) == ("failed", None)


def test_a_run_of_a_case_with_mistakes_fails_with_them_in_its_log(place: Workspace) -> None:
    started = start_run(place, "bad", {**example(), "cities.csv": "id\nx\n"})
    ended = wait_for(place, started.id, lambda run: not run.active)
    assert ended.state == "failed"
    assert "cities.csv" in log_of(ended)


@pytest.mark.parametrize("question", [(), ("frontier", "--every")])
def test_a_run_tells_in_the_language_that_is_asked_for(place: Workspace, question: tuple[str, ...]) -> None:
    """Of a solve its mistakes, of a question why it cannot be asked."""
    texts = example() if question else {**example(), "cities.csv": "id\nx\n"}
    started = start_run(place, "tiny", texts, question=question, language="zh")
    ended = wait_for(place, started.id, lambda run: not run.active)
    assert ended.state == "failed"
    typed = ("cities.csv", "case.yaml", *example(), *example()["cities.csv"].replace("\n", ",").split(","), "planner")
    assert log_of(ended)
    assert allowing(names=typed)(log_of(ended)) == []


def test_only_so_many_runs_work_at_once_and_one_that_waits_can_be_stopped(
    place: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANNER_RUNS_AT_ONCE", "1")
    first = start_run(place, "large", large())
    wait_for(place, first.id, lambda run: run.state == "running")
    second, third = start_run(place, "tiny", example()), start_run(place, "tiny", example())
    time.sleep(2.0)
    for run in (second, third):
        assert wait_for(place, run.id, lambda found: True).state == "waiting"
    stop_run(third)
    assert wait_for(place, third.id, lambda run: not run.active).state == "failed"
    stop_run(first)
    assert wait_for(place, second.id, lambda run: not run.active).state == "done"


def test_an_unknown_run_is_none_and_names_lead_nowhere_else(place: Workspace) -> None:
    for name in ("nothing", "../../etc", "", ".."):
        assert read_run(place, name) is None


def test_a_question_leaves_its_answer(place: Workspace) -> None:
    started = start_run(place, "tiny", example(), question=("importance", "--workers", "1"))
    ended = wait_for(place, started.id, lambda run: not run.active)
    assert (ended.state, ended.plan) == ("done", None)
    assert ended.answer is not None
    assert (ended.answer / "result.json").is_file()
    assert (ended.answer / "importance.csv").is_file()
    assert "what the plan loses" in log_of(ended)


def test_a_question_that_is_stopped_keeps_what_it_has_answered(place: Workspace) -> None:
    shipped = str(PROJECT / "cases" / "jing-jin-ji" / "plan")
    question = ("importance", "--workers", "1", "--gap", "0.01", "--plan", shipped)
    started = start_run(place, "large", large(), question=question)
    running = wait_for(place, started.id, lambda run: any("without" in event["message"] for event in events_of(run)))
    stop_run(running)
    ended = wait_for(place, started.id, lambda run: not run.active)
    assert ended.answer is not None


@pytest.mark.parametrize("file", ["run.json", "process.json"])
def test_a_run_that_a_full_disk_refuses_is_not_left_half_made(
    place: Workspace, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    before, started = runs._write_json, []
    popen = subprocess.Popen

    def full(to: Path, content: Mapping[str, object]) -> None:
        if to.name == file:
            raise OSError(28, "No space left on device")
        before(to, content)

    def start(*words: object, **options: object) -> object:
        started.append(popen(*words, **options))  # type: ignore[call-overload]
        return started[-1]

    monkeypatch.setattr(runs, "_write_json", full)
    monkeypatch.setattr(subprocess, "Popen", start)
    with pytest.raises(NotWritten, match="No space left on device") as told:
        start_run(place, "tiny", example())
    assert told.value.filename == str(place.root)
    assert list_runs(place) == ()
    assert [p for p in place.runs.iterdir() if p.is_dir() and not p.name.startswith(".")] == []
    assert all(process.poll() is not None for process in started), "nobody works on what is gone"


def test_a_name_that_no_case_can_have_leaves_no_folder_of_a_run(place: Workspace) -> None:
    with pytest.raises(BadName):
        start_run(place, "a/b", example())
    assert not place.runs.exists() or list(place.runs.iterdir()) == []
