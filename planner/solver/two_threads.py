"""Work in a second thread while the first goes on: HiGHS leaves Python to others while it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import TypeVar

from planner.solver.highs import Ask, is_memory_limited

T = TypeVar("T")


@contextmanager
def beside(work: Callable[[Ask], T], threads: int, cancelled: Ask | None = None) -> Iterator[Callable[[], T]]:
    """Work that is begun now and asked for later; with one thread it is done when it is asked for.

    What it finds may not depend on when it is done, or the same seed would not give the same plan.

    Parameters
    ----------
    work
        Given what it asks all the time, and ends once that says True: somebody wishes to stop, or the block was left.
    """
    left = Event()

    def stop() -> bool:
        return left.is_set() or (cancelled is not None and cancelled())

    if threads < 2 or is_memory_limited():
        yield lambda: work(stop)
        return
    with ThreadPoolExecutor(1) as thread:
        begun = thread.submit(work, stop)
        try:
            yield begun.result
        finally:
            left.set()
