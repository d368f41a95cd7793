"""A programme on a Dask scheduler: the same as in this process, also where a worker is killed on the way."""

from __future__ import annotations

import os
import signal

import pytest

from planner.programme.reading import load_programme
from planner.programme.result import solve_programme
from planner.programme.search import ProgrammeOptions
from planner.work.stopping import Event
from tests.programme.small import write
from tests.programme.test_result import TWO
from tests.questions.test_workers import cluster, scheduler  # noqa: F401 (fixtures)

pytestmark = pytest.mark.slow


def test_a_programme_is_the_same_on_a_scheduler_of_which_a_worker_is_killed(scheduler: str, tmp_path) -> None:  # noqa: F811
    from distributed import Client

    programme = load_programme(write(TWO, tmp_path / "p"))
    here = solve_programme(programme, options=ProgrammeOptions(gap=1e-6), others=False)
    killed: list[int] = []

    def kill_one(event: Event) -> None:
        if event.kind == "progress" and not killed:
            with Client(scheduler, set_as_default=False) as others:
                killed.append(next(iter(others.run(os.getpid).values())))
            os.kill(killed[0], signal.SIGKILL)

    there = solve_programme(
        programme, options=ProgrammeOptions(gap=1e-6, scheduler=scheduler), others=False, on_event=kill_one
    )
    assert killed
    assert (there.value, there.bound) == (here.value, here.bound)
    assert [one.given for one in there.members] == [one.given for one in here.members]
