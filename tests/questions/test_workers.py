"""Workers: results in order whoever did them; a dead worker costs its own task only; time and wishes to stop are kept."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from planner.work.stopping import Event, Until
from planner.work.workers import Done, Task, Unreachable, workers
from tests.product.conftest import PROJECT
from tests.questions import work
from tests.waiting import HANGS, wait_for

pytestmark = pytest.mark.slow

SQUARES = tuple(Task(f"square of {n}", work.square, (n,)) for n in range(7))


@pytest.mark.parametrize("count", [1, 2, 3])
def test_results_come_in_the_order_of_the_tasks(count: int) -> None:
    with workers(count) as crew:
        assert [done.value for done in crew.run(SQUARES)] == [0, 1, 4, 9, 16, 25, 36]


def test_the_same_workers_work_twice() -> None:
    with workers(2) as crew:
        assert crew.run(SQUARES) == crew.run(SQUARES)


def test_a_worker_that_dies_costs_its_own_task_only_which_is_run_again(tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    runs.mkdir()
    tasks = (
        Task("dies", work.die_once, (str(tmp_path / "mark"),)),
        Task("beside it", work.count_runs, (str(runs), "beside", 1.0)),
        Task("after it", work.count_runs, (str(runs), "after", 0.0)),
    )
    with workers(2) as crew:
        found = crew.run(tasks)
    assert [done.value for done in found] == ["lived", "beside", "after"]
    assert sorted(file.name.split("-")[0] for file in runs.iterdir()) == ["after", "beside"]


def test_a_task_whose_worker_always_dies_is_given_up_and_the_others_are_done() -> None:
    with workers(2) as crew:
        found = crew.run((Task("dies", work.die, ()), *SQUARES))
    assert found[0] == Done("dies", problem="its worker died 3 times")
    assert [done.value for done in found[1:]] == [0, 1, 4, 9, 16, 25, 36]


def test_an_error_of_the_work_itself_is_raised() -> None:
    with workers(2) as crew, pytest.raises(ZeroDivisionError, match="a fault of the work"):
        crew.run((Task("fails", work.fail, ()), *SQUARES))


def test_a_task_gets_its_fair_share_of_the_time_left() -> None:
    tasks = [Task(str(n), work.seconds_given, ()) for n in range(4)]
    with workers(1) as crew:
        shares = [done.value for done in crew.run(tasks, until=Until.within(40.0))]
        assert [done.value for done in crew.run(tasks)] == [None] * 4
    for share, fair in zip(shares, (10.0, 40.0 / 3, 20.0, 40.0), strict=True):
        assert share == pytest.approx(fair, abs=1.0)


def test_a_task_that_takes_longer_than_others_gets_more_of_the_time() -> None:
    """Three parts of four, then all that is left."""
    tasks = [Task("large", work.seconds_given, (), weight=3.0), Task("small", work.seconds_given, ())]
    with workers(1) as crew:
        shares = [done.value for done in crew.run(tasks, until=Until.within(40.0))]
    for share, fair in zip(shares, (30.0, 40.0), strict=True):
        assert share == pytest.approx(fair, abs=1.0)


def test_what_has_not_begun_when_the_time_is_up_is_not_done() -> None:
    with workers(2) as crew:
        found = crew.run(SQUARES, until=Until.within(-1.0))
    assert {done.problem for done in found} == {"the time limit ended before its turn"}


def test_when_asked_to_stop_running_work_ends_with_what_it_has_and_no_more_begins(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    waiting = Task("waits", work.wait_until_asked, (str(begun),))
    tasks = (waiting, waiting, SQUARES[0])
    with workers(2) as crew:
        found = crew.run(tasks, until=Until(cancelled=begun.exists))
    assert [done.value for done in found] == [True, True, None]
    assert found[2].problem == "interrupted"


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="a process here is only ended, and not told of it")
def test_a_wish_to_stop_that_reaches_all_processes_is_heard_by_the_owner_of_workers_alone() -> None:
    with workers(2) as crew:
        found = crew.run((Task("one", work.never_heard_of, ()), Task("two", work.never_heard_of, ())))
    assert [done.value for done in found] == [["SIGINT", "SIGTERM"]] * 2
    assert not {signal.SIGINT, signal.SIGTERM} & set(signal.pthread_sigmask(signal.SIG_BLOCK, ()))


OWNER = """
import sys
from planner.work.workers import Task, workers
from tests.questions import work

with workers(2) as crew:
    crew.run([Task(name, work.pid_in, (name,)) for name in sys.argv[1:]])
"""


def test_workers_end_with_an_owner_who_is_killed(tmp_path: Path) -> None:
    places = [tmp_path / "one", tmp_path / "two"]
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER, *map(str, places)], env={**os.environ, "PYTHONPATH": str(PROJECT)}
    )
    wait_for(lambda: all(place.exists() and place.read_text() for place in places), "two tasks at work")
    owner.kill()
    owner.wait()
    wait_for(lambda: not any(psutil.pid_exists(int(place.read_text())) for place in places), "the end of the workers")


def test_people_are_told_how_many_are_done() -> None:
    told: list[Event] = []
    with workers(1) as crew:
        crew.run(SQUARES, on_event=told.append)
    assert {event.kind for event in told} == {"task"}
    assert told[0].message == "0 of 7 done; square of 0"


def test_a_program_without_a_guard_around_its_main_part_has_workers_too(tmp_path: Path) -> None:
    """Processes that are spawned run the main file again, unless they are told not to; this one would spawn for ever."""
    program = tmp_path / "program.py"
    program.write_text(
        "from planner.work.workers import Task, workers\nfrom tests.questions import work\n"
        "with workers(2) as crew:\n"
        "    print([done.value for done in crew.run([Task('a', work.square, (3,)), Task('b', work.square, (4,))])])\n",
        encoding="utf-8",
    )
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    done = subprocess.run(
        [sys.executable, program], capture_output=True, text=True, env=environment, timeout=HANGS, check=False
    )
    assert (done.stdout.strip(), done.returncode) == ("[9, 16]", 0), done.stderr


def test_no_scheduler_there_is_said_with_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is tried for half a second; ten are for schedulers far away."""
    monkeypatch.setattr("planner.work.workers.ANSWERS", 0.5)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(Unreachable, match=address), workers(scheduler=address):
        pass


@pytest.fixture
def scheduler(cluster: str) -> str:
    """The Dask scheduler, once both of its workers are there: one that was killed is started anew."""
    _wait_for_workers(cluster, 2)
    return cluster


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Dask scheduler on loopback with two workers, of processes that the tests of a module start."""
    place = tmp_path_factory.mktemp("cluster")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    program = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", address, "--no-dashboard", "--no-show"]
    helper = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--host", "127.0.0.1",
              "--no-dashboard", "--local-directory", str(place)]  # fmt: skip
    with (place / "dask.log").open("w", encoding="utf-8") as log:
        begun = [
            subprocess.Popen(command, stdout=log, stderr=log, env=environment, cwd=place, start_new_session=True)
            for command in (program, helper, helper)
        ]
        try:
            yield address
        finally:
            for process in begun:  # with the processes that it started itself
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _wait_for_workers(address: str, count: int) -> None:
    def started() -> bool:
        try:
            with workers(scheduler=address) as crew:
                return crew.count >= count
        except Unreachable:
            return False

    wait_for(started, "the Dask cluster of the test", pause=0.5)


def test_a_dask_schedulers_running_work_ends_with_what_it_has_when_asked_to_stop(scheduler: str, tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    waiting = Task("waits", work.wait_until_asked, (str(begun),))
    with workers(scheduler=scheduler) as crew:
        found = crew.run((waiting, SQUARES[0], SQUARES[1], waiting, SQUARES[2]), until=Until(cancelled=begun.exists))
        assert found[0].value is True
        assert found[4].problem == "interrupted"
        begun.unlink()
        assert [done.value for done in crew.run(SQUARES)] == [0, 1, 4, 9, 16, 25, 36], "nobody asks the next to stop"


def test_work_that_a_busy_dask_cluster_has_not_begun_is_not_waited_for_when_asked_to_stop(
    scheduler: str, tmp_path: Path
) -> None:
    from distributed import Client

    free, asked = tmp_path / "free", tmp_path / "asked"
    with Client(scheduler, set_as_default=False) as others, workers(scheduler=scheduler) as crew:
        foreign = [others.submit(work.wait_for_file, str(free), str(tmp_path / f"busy-{n}"), pure=False) for n in range(2)]
        wait_for(lambda: all((tmp_path / f"busy-{n}").exists() for n in range(2)), "a busy cluster")
        found = crew.run(SQUARES, on_event=lambda event: asked.touch(), until=Until(cancelled=asked.exists))
        assert {done.problem for done in found} == {"interrupted"}
        assert not any(future.done() for future in foreign)
        free.touch()
        assert [future.result() for future in foreign] == [True, True]


def test_a_running_dask_scheduler_does_the_same_and_runs_a_killed_workers_task_again(scheduler: str, tmp_path: Path) -> None:
    with workers(scheduler=scheduler) as crew:
        found = crew.run((*SQUARES, Task("dies", work.die_once, (str(tmp_path / "mark"),))))
    assert [done.value for done in found] == [0, 1, 4, 9, 16, 25, 36, "lived"]
