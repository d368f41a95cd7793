"""Whether a process still lives: by its number and when it began, since numbers are given again."""

from __future__ import annotations

import psutil

NEAR = 2.0  # seconds between two readings of one beginning: clocks are set; no number is given again so soon


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
