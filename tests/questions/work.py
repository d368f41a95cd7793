"""Pieces of work for workers to do; of a module, so that processes find them."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

from planner.work.stopping import Until
from tests.waiting import wait_for


def square(number: int, *, seconds: float | None, cancelled: Any) -> int:
    """The square of a number."""
    return number * number


def seconds_given(*, seconds: float | None, cancelled: Any) -> float | None:
    """How long the work may take."""
    return seconds


def end(*, seconds: float | None, cancelled: Any) -> None:
    """Work whose share of the time is not enough for anything."""
    Until.within(seconds, cancelled, "finding routes").end()


def die_once(mark: str, *, seconds: float | None, cancelled: Any) -> str:
    """Kill the worker, but not a second time."""
    if not Path(mark).exists():
        Path(mark).write_text(str(os.getpid()), encoding="utf-8")
        os.kill(os.getpid(), signal.SIGKILL)
    return "lived"


def die(*, seconds: float | None, cancelled: Any) -> None:
    """Kill the worker."""
    os.kill(os.getpid(), signal.SIGKILL)


def fail(*, seconds: float | None, cancelled: Any) -> None:
    """Raise an error of the work itself."""
    raise ZeroDivisionError("a fault of the work")


def count_runs(folder: str, name: str, pause: float, *, seconds: float | None, cancelled: Any) -> str:
    """Note that the work began, then take a while."""
    (Path(folder) / f"{name}-{os.getpid()}-{time.monotonic_ns()}").touch()
    time.sleep(pause)
    return name


def wait_until_asked(begun: str, *, seconds: float | None, cancelled: Any) -> bool:
    """Work until somebody asks to stop; whether anybody did."""
    Path(begun).touch()
    return wait_for(cancelled, "the wish to stop", pause=0.05)


def wait_for_file(file: str, begun: str) -> bool:
    """Somebody else's work, which lasts until there is a file."""
    Path(begun).touch()
    return wait_for(Path(file).exists, file, pause=0.05)


def never_heard_of(*, seconds: float | None, cancelled: Any) -> list[str]:
    """Wishes to stop that do not reach this process, from its start on."""
    return sorted(signal.Signals(number).name for number in signal.pthread_sigmask(signal.SIG_BLOCK, ()))


def pid_in(file: str, *, seconds: float | None, cancelled: Any) -> None:
    """Tell which process works, and go on until it is asked to stop."""
    Path(file).write_text(str(os.getpid()), encoding="utf-8")
    wait_for(cancelled, "the wish to stop", pause=0.05)
