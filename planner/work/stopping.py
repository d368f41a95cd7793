"""What work tells while it runs, and until when it may go on: a time limit, and somebody who may ask to stop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from math import inf
from time import perf_counter
from typing import Literal, NoReturn

from planner.words.said import Sentence, _

Why = Literal["limit", "interrupted"]
Listener = Callable[["Event"], None]
Cancelled = Callable[[], bool]


class Stopped(Exception):
    """Work ended before it had anything to show: its time was up, or somebody asked it to stop.

    Attributes
    ----------
    why
        Which of the two.
    stage
        What was being done, as people are told.
    said
        When, and while what was done, as people are told.
    """

    def __init__(self, why: Why, seconds: float | None, stage: str) -> None:
        self.said = in_words(why, seconds, stage)
        super().__init__(self.said)
        self.why: Why = why
        self.stage = stage
        self._made_of = (why, seconds, stage)

    def __reduce__(self) -> tuple[type[Stopped], tuple[Why, float | None, str]]:
        """So that it comes back whole from another process."""
        return type(self), self._made_of


_asked: ContextVar[float | None] = ContextVar("asked", default=None)


@contextmanager
def asked_limit(seconds: float | None) -> Iterator[None]:
    """Within it a part that is given a share of a time limit tells of the limit as people set it; the outermost counts."""
    token = _asked.set(seconds if _asked.get() is None else _asked.get())
    try:
        yield
    finally:
        _asked.reset(token)


def as_asked(seconds: float | None) -> float | None:
    """A time limit as it is told: what people set, where it is a share of that (see `asked_limit`)."""
    return seconds if seconds is None or _asked.get() is None else _asked.get()


def in_words(why: Why, seconds: float | None, stage: str) -> Sentence:
    """When work ended, and while what was done, as people are told; `seconds` is the time limit."""
    if why == "interrupted":
        return _("interrupted while {stage}").format(stage=stage) if stage else _("interrupted")
    limit = _("the time limit") if seconds is None else _("the time limit of {seconds:g} s").format(seconds=seconds)
    if stage:
        return _("{limit} ended while {stage}").format(limit=limit, stage=stage)
    return _("{limit} ended").format(limit=limit)


@dataclass(frozen=True)
class Until:
    """Until when work may go on.

    Attributes
    ----------
    deadline
        As the clock counts; inf = for ever.
    cancelled
        Once it says True, work stops.
    seconds
        What the time limit was, as people set it.
    stage
        What is being done, as people are told.
    """

    deadline: float = inf
    cancelled: Cancelled | None = None
    seconds: float | None = None
    stage: str = ""
    clock: Callable[[], float] = perf_counter

    @classmethod
    def within(cls, seconds: float | None, cancelled: Cancelled | None = None, stage: str = "") -> Until:
        """So many seconds from now (None = for ever), unless somebody asks to stop; told as `asked_limit` says."""
        deadline = inf if seconds is None else perf_counter() + seconds
        return cls(deadline, cancelled, as_asked(seconds), stage, perf_counter)

    @property
    def left(self) -> float:
        """Seconds left; 0 once the time is up."""
        return max(0.0, self.deadline - self.clock())

    @property
    def limit(self) -> float | None:
        """Seconds left, as a time limit: None = for ever."""
        return None if self.deadline == inf else self.left

    @property
    def why(self) -> Why | None:
        """Why work should stop now; None while it may go on."""
        if self.cancelled is not None and self.cancelled():
            return "interrupted"
        return "limit" if self.clock() >= self.deadline else None

    def check(self) -> None:
        """Go on, or end here.

        Raises
        ------
        Stopped
            The time is up, or somebody asked to stop.
        """
        if self.why is not None:
            self.end()

    def end(self) -> NoReturn:
        """End here: a solver did, which looks at the time and at wishes by itself."""
        raise Stopped(self.why or "limit", self.seconds, self.stage)

    def at(self, stage: str) -> Until:
        """The same, for what is done now."""
        return replace(self, stage=stage)

    def share(self, part: float) -> Until:
        """The same, with a part of the time that is left now: for what others come after."""
        return self if self.deadline == inf else self.less((1.0 - part) * self.left)

    def less(self, seconds: float) -> Until:
        """The same, so many seconds earlier."""
        return replace(self, deadline=self.deadline - seconds)


FOREVER = Until()


def anew(cancelled: Cancelled | None) -> Cancelled | None:
    """Whether somebody asks to stop from now on: None if it was asked before, as that was about what came before."""
    return None if cancelled is None or cancelled() else cancelled


def with_grace(seconds: float | None) -> float | None:
    """Until when a plan that was found in time may still be audited: a tenth more than the limit, or two seconds."""
    return None if seconds is None else seconds + max(2.0, 0.1 * seconds)


@dataclass(frozen=True)
class Event:
    """What a solve or a question tells; `best` and `bound` of the goal at hand, in its own unit.

    Attributes
    ----------
    kind
        `part`: `message` says what a part of the work is at, such as a member of a programme; `part` names it.
    without
        What the goal at hand comes to without the plan; None where that is not known, or no measure of it.
    """

    kind: Literal["stage", "progress", "goal", "task", "done", "part"]
    goal: str
    seconds: float
    best: float | None = None
    bound: float | None = None
    gap: float | None = None
    message: str = ""
    without: float | None = None
    part: str = ""
