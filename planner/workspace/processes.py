"""Between processes: whether one still lives, and locks that end with their holder, however it ends."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

POLL = 0.1  # seconds between two tries
NEAR = 2.0  # seconds between two readings of one beginning: clocks are set; no number is given again so soon


def try_lock(file: Path) -> int | None:
    """Lock a file; its handle, or None if somebody else holds it. The lock lasts until the handle is closed."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold a lock; waits for whoever has it."""
    while (handle := try_lock(file)) is None:
        time.sleep(POLL)
    try:
        yield
    finally:
        os.close(handle)


def born(pid: int) -> float | None:
    """When a process began, in seconds since the system did; None if there is none, or if it has ended."""
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return None
        return float(process.create_time() - psutil.boot_time())
    except (psutil.Error, OverflowError):
        return None


def is_alive(pid: int, since: float) -> bool:
    """Whether the process of this number is the one that began then, and lives."""
    found = born(pid)
    return found is not None and abs(found - since) < NEAR
