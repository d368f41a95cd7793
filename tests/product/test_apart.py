"""Work in a process of its own: whatever ends that process is an error here, and the next call has a new one."""

from __future__ import annotations

import os
import sys
from threading import Event

import pytest

from planner.work import apart
from planner.work.apart import Apart, Ended


def twice(number: int) -> int:
    """What a process can be asked."""
    return 2 * number


def where() -> int:
    """Number of the process that answers."""
    return os.getpid()


def fails(message: str) -> None:
    """An error that belongs to who asked."""
    raise ValueError(message)


def prints() -> str:
    """What a library prints on its way, also past Python."""
    print("printed")  # noqa: T201
    os.write(1, b"printed")
    return "answered"


def aborts() -> None:
    """Ends the process as a library does that gives up."""
    os.abort()


def waits() -> None:
    """Never ends by itself."""
    Event().wait()


def fills(count: int) -> int:
    """Takes so many bytes."""
    return len(bytearray(count))


def test_it_is_another_process_and_the_same_one_for_the_next_call() -> None:
    with Apart() as process:
        first = process.call(where, seconds=60)
        assert first != os.getpid()
        assert process.call(where, seconds=60) == first
        assert process.call(twice, 21, seconds=60) == 42


def test_an_error_is_raised_here_and_the_process_goes_on() -> None:
    with Apart() as process:
        first = process.call(where, seconds=60)
        with pytest.raises(ValueError, match="too late"):
            process.call(fails, "too late", seconds=60)
        assert process.call(where, seconds=60) == first


def test_what_is_printed_is_no_answer() -> None:
    with Apart() as process:
        assert process.call(prints, seconds=60) == "answered"
        assert process.call(twice, 2, seconds=60) == 4


@pytest.mark.slow
def test_a_process_that_aborts_is_an_error_and_the_next_call_has_a_new_one() -> None:
    with Apart() as process:
        first = process.call(where, seconds=60)
        with pytest.raises(Ended, match="the process that did it ended"):
            process.call(aborts, seconds=60)
        assert process.call(where, seconds=60) not in (first, os.getpid())


@pytest.mark.slow
def test_work_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    with Apart() as process:
        process.call(where, seconds=60)
        monkeypatch.setattr(apart, "STARTING", 0.2)
        with pytest.raises(Ended, match="it took too long"):
            process.call(waits, seconds=0)
        monkeypatch.undo()
        assert process.call(twice, 1, seconds=60) == 2


@pytest.mark.skipif(sys.platform != "linux", reason="only there can the memory of a process be limited")
def test_work_that_takes_more_memory_than_it_may_is_an_error() -> None:
    with Apart(500_000_000) as process:
        assert process.call(fills, 1_000_000, seconds=60) == 1_000_000
        with pytest.raises(MemoryError):
            process.call(fills, 1_000_000_000, seconds=60)
        assert process.call(twice, 3, seconds=60) == 6
