"""What the commands say and leave where they are stopped before, and just after, there is a plan."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from planner.planning import proving_again
from planner.planning.search import SolveOptions
from planner.planning.settling import Settler
from planner.plans.plan import Plan
from planner.plans.store import read_plan, write_plan
from planner.terminal.progress import STOP_FILE, Display, EventLog, Interrupt
from tests.product.conftest import PROJECT

Run = Callable[..., Result]


@pytest.fixture
def signalled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C at the beginning of the preparation."""
    made = Settler.of

    def interrupted(*words: Any, **named: Any) -> Settler:
        signal.raise_signal(signal.SIGINT)
        return made(*words, **named)

    monkeypatch.setattr(Settler, "of", interrupted)


@pytest.mark.usefixtures("signalled")
def test_ctrl_c_in_the_preparation_ends_a_solve_with_130_says_where_and_leaves_nothing(run: Run, case_folder: Path) -> None:
    result = run("solve", case_folder, "-o", "plan", "--events", "run.jsonl")
    assert result.exit_code == 130
    assert "no plan was found (interrupted while finding routes)" in result.stdout
    assert "let it run longer: Ctrl-C after the first plan is found keeps the best so far" in " ".join(result.stdout.split())
    assert not Path("plan").exists()
    written = json.loads(Path("run.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert (written["kind"], written["status"], written["folder"]) == ("written", "no_plan", None)


@pytest.mark.usefixtures("signalled")
def test_ctrl_c_in_the_preparation_ends_an_evaluation_with_130_and_one_sentence(run: Run, case_folder: Path) -> None:
    Path("mine.csv").write_text("measure,start_period,units\n", encoding="utf-8")
    result = run("evaluate", case_folder, "mine.csv", "-o", "plan")
    assert (result.exit_code, result.stdout) == (130, "")
    assert "planner: interrupted while finding routes, before there was anything to answer or to keep" in result.stderr
    assert "Traceback" not in result.stderr
    assert not Path("plan").exists()


@pytest.mark.usefixtures("signalled")
@pytest.mark.parametrize("question", ["rank", "diagnose", "importance"])
def test_ctrl_c_in_the_preparation_ends_a_question_with_130(run: Run, case_folder: Path, question: str) -> None:
    result = run(question, case_folder, "--workers", "1")
    assert result.exit_code == 130
    assert "interrupted while finding routes" in " ".join(result.stdout.split())


def test_a_limit_that_ends_in_the_preparation_ends_with_5_says_where_and_is_written(run: Run, case_folder: Path) -> None:
    result = run("solve", case_folder, "-o", "plan", "--time-limit", 0)
    assert result.exit_code == 5
    assert "no plan was found (the time limit of 0 s ended while finding routes)" in result.stdout
    assert read_plan(Path("plan")).reason == "the time limit of 0 s ended while finding routes"


@pytest.mark.slow
@pytest.mark.parametrize("why", [KeyboardInterrupt(), None], ids=["again", "limit"])
def test_a_plan_whose_audit_is_stopped_is_written_as_not_audited(
    run: Run, case_folder: Path, monkeypatch: pytest.MonkeyPatch, why: BaseException | None
) -> None:
    def stopped(plan: Plan, check: Callable[[], None]) -> None:
        if why is not None:
            raise why
        signal.raise_signal(signal.SIGINT)  # the first one, and only now
        check()

    monkeypatch.setattr(proving_again, "audit", stopped)
    result = run("solve", case_folder, "-o", "plan")
    assert result.exit_code == 1
    assert "the audit was stopped, so nothing vouches for the plan yet: run planner audit" in result.stderr
    found = read_plan(Path("plan"))
    assert (found.status, found.audit, found.has_decisions) == ("optimal", "not run", True)


def test_every_command_can_be_told_to_stop_by_a_file_that_the_environment_names(
    run: Run, case_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(STOP_FILE, str(tmp_path / "stop"))
    assert not Interrupt()()
    (tmp_path / "stop").touch()
    assert Interrupt()()
    stopped = run("solve", case_folder, "-o", "plan")
    assert (stopped.exit_code, str(tmp_path / "stop") in stopped.stderr, STOP_FILE in stopped.stderr) == (130, True, True)
    assert run("importance", case_folder, "--workers", "1").exit_code == 130
    named = run("solve", case_folder, "-o", "other", "--stop-file", "stop")
    assert (named.exit_code, "No such option" in named.stderr) == (2, True), "one way, for every command"


def test_what_the_limit_covers_is_said_in_the_help(run: Run) -> None:
    for command in ("solve", "replan"):
        said = " ".join(run(command, "--help").stdout.replace("│", " ").split())
        assert "preparation, all goals, and the figures of the plan, for which a tenth or more is kept" in said
    assert "For the whole question, preparation included" in " ".join(
        run("importance", "--help").stdout.replace("│", " ").split()
    )


@pytest.mark.parametrize(("left", "given"), [(7.0, 7.0), (1e9, 60.0), (0.0, 0.0)])
def test_what_would_help_is_looked_for_within_what_is_left_of_the_limit(
    plan: Plan, monkeypatch: pytest.MonkeyPatch, left: float, given: float
) -> None:
    asked: list[float | None] = []
    monkeypatch.setattr(
        import_module("planner.questions.diagnose.ask"),
        "diagnose",
        lambda case, *, options, **named: asked.append(options.time_limit),
    )
    display, log = Display(quiet=True, verbose=False), EventLog(None)
    import_module("planner.cli.solve")._diagnose(plan, SolveOptions(), left, display, log, Interrupt())
    assert asked == [given]


@pytest.mark.slow
def test_a_large_case_is_told_before_it_starts(run: Run) -> None:
    """From the list: 60 cities, 3,660 trips between them and 3,600 to a service, 105 candidates, 2 periods."""
    run("init", "large", "--from", PROJECT / "tests" / "faults" / "stopping" / "d60.csv")
    result = run("solve", "large", "-o", "plan", "--time-limit", 0)
    assert "this case is large: about 91,000 routes, 18,000 rows and 0.7 GB of memory" in result.stderr
    assert "guessed from 7,260 trips that are asked about, 105 candidates that open links and 2 periods" in result.stderr


def test_a_plan_is_kept_where_the_next_solve_is_stopped_in_its_preparation(run: Run, case_folder: Path, plan: Plan) -> None:
    write_plan(plan, Path("plan"))
    assert run("solve", case_folder, "-o", "plan", "--replace", "--time-limit", 0).exit_code == 5
    assert read_plan(Path("plan")).status == plan.status
