"""Ctrl-C, progress on a terminal, and pipes that close: real processes, real signals."""

from __future__ import annotations

import contextlib
import io
import os
import pty
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from planner.case import load_case
from planner.planning.search import solve
from planner.plans.plan import Plan
from planner.plans.store import PlanUnreadable, read_plan, write_plan
from planner.terminal import common, progress
from planner.terminal.progress import ALONE, Display, Interrupt, describe
from planner.work.stopping import Event
from tests.product.conftest import PROJECT
from tests.waiting import HANGS, wait_for


def start(how: str, case_folder: Path, tmp_path: Path, *words: str) -> subprocess.Popen[str]:
    """A solve that waits; returns once it has said how far it is."""
    program = subprocess.Popen(
        [sys.executable, PROJECT / "tests" / "product" / "patient.py", how, "solve", case_folder,
         "--events", tmp_path / "run.jsonl", "-o", tmp_path / "plan", *words],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(PROJECT)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    await_text(program, tmp_path / "run.jsonl", '"progress"')
    return program


def await_text(program: subprocess.Popen[str], file: Path, text: str) -> None:
    """Wait until a file holds a text, as long as the program runs."""

    def is_there() -> bool:
        assert program.poll() is None, program.communicate()
        return file.is_file() and text in file.read_text(encoding="utf-8")

    wait_for(is_there, text, pause=0.05)


@pytest.mark.slow
def test_ctrl_c_once_keeps_and_writes_the_best_plan_so_far(case_folder: Path, tmp_path: Path) -> None:
    program = start("found", case_folder, tmp_path)
    program.send_signal(signal.SIGINT)
    out, err = program.communicate(timeout=HANGS)
    assert program.returncode == 0, err
    assert "stopped by hand (interrupted in goal gaps)" in out
    assert "stopping; the best plan so far is kept" in err
    assert (read_plan(tmp_path / "plan").status, read_plan(tmp_path / "plan").audit) != ("interrupted", "not run")
    assert read_plan(tmp_path / "plan").status == "interrupted"


@pytest.mark.slow
def test_sigterm_keeps_and_writes_the_best_plan_so_far_however_often_it_comes(case_folder: Path, tmp_path: Path) -> None:
    program = start("found", case_folder, tmp_path)
    program.send_signal(signal.SIGTERM)
    program.send_signal(signal.SIGTERM)
    out, err = program.communicate(timeout=HANGS)
    assert (program.returncode, "stopped by hand" in out) == (0, True), err
    assert read_plan(tmp_path / "plan").status == "interrupted"


def test_stopping_says_whether_there_is_a_plan_to_keep(capsys: pytest.CaptureFixture[str]) -> None:
    for best, said in ((None, "there is no plan yet to keep"), (0.5, "the best plan so far is kept")):
        interrupt = Interrupt()
        interrupt.watch(Event("progress", "gaps", 1.0, best))
        with interrupt:
            signal.raise_signal(signal.SIGINT)
        assert said in capsys.readouterr().err
        assert interrupt()


@pytest.mark.slow
def test_ctrl_c_before_any_plan_ends_with_130_and_replaces_nothing(case_folder: Path, tmp_path: Path, plan: Plan) -> None:
    write_plan(plan, tmp_path / "plan")
    program = start("none", case_folder, tmp_path, "--replace")
    program.send_signal(signal.SIGINT)
    program.communicate(timeout=HANGS)
    assert program.returncode == 130
    assert read_plan(tmp_path / "plan").status == plan.status
    assert not [f.name for f in tmp_path.iterdir() if f.name.startswith(".")]


@pytest.mark.slow
def test_ctrl_c_twice_gives_up(case_folder: Path, tmp_path: Path) -> None:
    program = start("deaf", case_folder, tmp_path)
    program.send_signal(signal.SIGINT)
    time.sleep(0.3)
    program.send_signal(signal.SIGINT)
    _, err = program.communicate(timeout=HANGS)
    assert program.returncode == 130
    assert "interrupted" in err
    assert "Traceback" not in err
    with pytest.raises(PlanUnreadable):
        read_plan(tmp_path / "plan")


@pytest.mark.slow
def test_ctrl_c_stops_the_real_solver_and_keeps_its_plan(tmp_path: Path) -> None:
    events = tmp_path / "run.jsonl"
    program = subprocess.Popen(
        [sys.executable, "-m", "planner", "solve", PROJECT / "cases" / "jing-jin-ji", "--events", events,
         "--gap", "0", "-o", tmp_path / "plan"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(PROJECT)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    await_text(program, events, '"best": 0.')
    program.send_signal(signal.SIGINT)
    out, err = program.communicate(timeout=HANGS)
    assert program.returncode == 0, err
    found = read_plan(tmp_path / "plan")
    assert found.status == "interrupted"
    assert "stopped by hand" in out


@pytest.mark.slow
def test_a_reader_that_goes_away_is_no_fault(plan: Plan, tmp_path: Path) -> None:
    write_plan(plan, tmp_path / "mine")
    program = subprocess.Popen(
        [sys.executable, "-m", "planner", "show", tmp_path / "mine"],
        env={**os.environ, "PYTHONPATH": str(PROJECT)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert program.stdout is not None
    program.stdout.close()
    assert program.stderr is not None
    assert program.stderr.read() == ""
    assert program.wait(timeout=HANGS) == 0
    program.stderr.close()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.slow
def test_a_stand_alone_plan_is_no_plan_to_keep(industrial_folder: Path) -> None:
    """The stage is told as the solve itself tells it; its progress is of another plan than the one that is asked for."""
    events: list[Event] = []
    solve(load_case(industrial_folder), on_event=events.append)
    assert ALONE in [event.message for event in events if event.kind == "stage"]
    assert describe(next(event for event in events if event.message == ALONE)) == ALONE
    with Interrupt() as interrupt:
        interrupt.watch(Event("stage", "", 0.0, message=ALONE))
        interrupt.watch(Event("progress", "Province alone", 1.0, 0.5))
        assert not interrupt.has_plan
        interrupt.watch(Event("stage", "", 2.0, message="solving"))
        interrupt.watch(Event("progress", "gaps", 3.0, 0.5))
        assert interrupt.has_plan


PROGRESS = Event("progress", "gaps", 2.0, 0.1234, 0.1230, 0.00324)


def test_progress_is_said_in_words() -> None:
    """(0.1234 - 0.1230) / 0.1234 = 0.32 %."""
    assert describe(PROGRESS) == "mean gap: best so far 0.1234, nothing can beat 0.123, proven within 0.32 %"
    assert describe(Event("progress", "gaps", 2.0, None, 0.1230, None)) == "mean gap: no plan yet, nothing can beat 0.123"
    nothing_known = Event("progress", "gaps", 2.0, 0.5, float("-inf"), float("nan"))
    assert describe(nothing_known) == "mean gap: best so far 0.5"
    by_city = Event("progress", "worst_off_first, city 3 of 14", 2.0, 0.5, float("-inf"), float("nan"))
    assert describe(by_city) == "worst off first, city 3 of 14: best so far 0.5"


def test_the_line_renews_itself_on_a_terminal_only() -> None:
    terminal, pipe = Terminal(), io.StringIO()
    for stream in (terminal, pipe):
        display = Display(quiet=False, verbose=False, stream=stream)
        display(PROGRESS)
        display(Event("progress", "gaps", 3.0, 0.1, None, None))
        display.clear()
    assert pipe.getvalue() == ""
    shown = terminal.getvalue()
    assert shown.count("\r") == 4, "two lines, and one wiped"
    assert shown.endswith("\r")
    assert "best so far 0.1234" in shown


@pytest.mark.slow
def test_while_nothing_is_told_the_seconds_go_on_until_the_line_is_wiped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "TICK", 0.01)
    terminal = Terminal()
    display = Display(quiet=False, verbose=False, stream=terminal)
    display(PROGRESS)
    wait_for(lambda: "   2.1 s  mean gap: best so far 0.1234" in terminal.getvalue(), terminal.getvalue)
    display.clear()
    wait_for(lambda: "ticks" not in {thread.name for thread in threading.enumerate()}, "the end of the ticking")
    shown = terminal.getvalue()
    assert shown.endswith("\r")
    display(replace(PROGRESS, seconds=9.0))  # and begins again
    assert terminal.getvalue().startswith(f"{shown}\r   9.0 s")
    display.clear()


def test_of_two_lines_the_last_one_shows_and_what_is_said_between_stands_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "TICK", 0.01)
    terminal = Terminal()
    whole, part = (Display(quiet=False, verbose=False, stream=terminal) for _ in range(2))
    whole.begin("the whole")
    wait_for(lambda: "s  the whole" in terminal.getvalue(), terminal.getvalue)
    part(PROGRESS)
    shown = terminal.getvalue()
    wait_for(lambda: "   2.1 s  mean gap" in terminal.getvalue(), terminal.getvalue)
    assert "the whole" not in terminal.getvalue().removeprefix(shown)
    part.clear()
    shown = terminal.getvalue()
    wait_for(lambda: "s  the whole" in terminal.getvalue().removeprefix(shown), terminal.getvalue)  # it goes on
    whole.clear()
    assert terminal.getvalue().endswith("\r")
    assert common.lines == []


def test_no_line_comes_back_into_an_answer(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Somebody may read it page by page on the same terminal; a message on stderr is no answer yet."""
    monkeypatch.setattr(progress, "TICK", 0.01)
    terminal = Terminal()
    display = Display(quiet=False, verbose=False, stream=terminal)
    display.begin("the whole")
    common.tell("a warning")
    wait_for(lambda: "s  the whole" in terminal.getvalue(), terminal.getvalue)
    common.echo("the answer")
    shown = terminal.getvalue()
    assert shown.endswith("\r")
    wait_for(lambda: "ticks" not in {thread.name for thread in threading.enumerate()}, "the end of the ticking")
    assert terminal.getvalue() == shown
    assert capsys.readouterr() == ("the answer\n", "a warning\n")


def test_without_stderr_a_command_works(case_folder: Path) -> None:
    words = [sys.executable, "-m", "planner", "validate", str(case_folder)]
    script = 'exec "$@" 2>&-'
    done = subprocess.run(["sh", "-c", script, "sh", *words], stdout=subprocess.PIPE, text=True, cwd=PROJECT, check=True)
    assert "The case is valid" in done.stdout


@pytest.mark.slow
@pytest.mark.parametrize(("words", "shows"), [(["audit"], True), (["solve", "-q"], False)])
def test_a_command_of_which_nothing_is_told_says_that_it_is_at_work(
    words: list[str], shows: bool, case_folder: Path, tmp_path: Path
) -> None:
    """On a real terminal, and all of it is gone before anything else is said; asked to be quiet, it says nothing."""
    write_plan(solve(load_case(case_folder)), tmp_path / "plan")
    place = tmp_path / "plan" if words == ["audit"] else case_folder
    begin = "import time; from planner.terminal import progress; progress.TICK = 0.01; from planner.cli import main; main()"
    own, other = pty.openpty()
    program = subprocess.Popen(
        [sys.executable, "-c", begin, *words, place], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(PROJECT)},
        stdout=subprocess.PIPE, stderr=other, text=True,
    )  # fmt: skip
    os.close(other)
    told = b""
    with contextlib.suppress(OSError):  # what Linux says where the other end is closed
        while more := os.read(own, 1000):
            told += more
    out, _err = program.communicate(timeout=HANGS)
    os.close(own)
    assert program.returncode == 0, told
    assert (b"s  planner audit" in told) == shows
    assert told.endswith(b"\r") == shows
    assert "Audit" in out


def test_quiet_shows_nothing_on_a_terminal_either() -> None:
    terminal = Terminal()
    Display(quiet=True, verbose=True, stream=terminal)(PROGRESS)
    assert terminal.getvalue() == ""
