"""Locks between processes: files that the system unlocks by itself when their holder ends, however it ends."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

POLL = 0.1  # seconds between two tries


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
