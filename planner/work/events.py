"""What work tells while it runs, and how it is asked to stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Listener = Callable[["Event"], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True)
class Event:
    """What a solve or a question tells; `best` and `bound` of the goal at hand, in its own unit."""

    kind: Literal["stage", "progress", "goal", "task", "done"]
    goal: str
    seconds: float
    best: float | None = None
    bound: float | None = None
    gap: float | None = None
    message: str = ""
