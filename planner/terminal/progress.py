"""What a solve says while it runs: a line on a terminal, and events as JSON lines in a file."""

from __future__ import annotations

import contextlib
import json
import math
import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextvars import copy_context
from dataclasses import replace
from pathlib import Path
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any, TextIO

from planner.terminal.common import WrongUse, lines, tell
from planner.words import numbers, unprintable
from planner.words.said import _, others_of, series, told
from planner.words.system import why

if TYPE_CHECKING:
    from planner.work.stopping import Event, Listener


STOP_FILE = "PLANNER_STOP_FILE"  # of every command that is asked to stop by a file: what the page's runs are given
TICK = 1.0  # seconds after which a silent line's seconds go on
EVENTS = "planner.event/"  # how the schema of each line of a log begins
LONGEST = 100_000  # bytes of a line that is looked at
LOOK = 0.2  # seconds between two looks for the file that asks to stop
ALONE = "planning for each jurisdiction alone"  # the stage as the solve tells it: planner.planning.search is slow to import


def describe(event: Event) -> str:
    """An event in a planner's words."""
    if event.kind not in ("progress", "goal"):
        return event.message
    best, bound, gap = (_known(figure) for figure in (event.best, event.bound, event.gap))
    parts: list[str] = []
    if best is None:
        parts.append(_("no plan yet"))
    else:
        found = numbers.figure(best)
        parts.append(found if event.kind == "goal" else _("best so far {figure}").format(figure=found))
    if bound is not None:
        parts.append(_("nothing can beat {figure}").format(figure=numbers.figure(bound)))
    if best is not None and gap is not None:
        parts.append(_("proven within {gap}").format(gap=numbers.proof(gap)))
    if not event.goal:
        return series(parts)
    from planner.case import naming  # what tells of a goal has read a case

    return _("{goal}: {figures}").format(goal=naming.goal(event.goal), figures=series(parts))


def to_each(*listeners: Listener) -> Listener:
    """A listener that passes every event on to several."""

    def tell_all(event: Event) -> None:
        for listener in listeners:
            listener(event)

    return tell_all


def _known(figure: float | None) -> float | None:
    """A figure of the solver, or None before there is one."""
    return figure if figure is not None and math.isfinite(figure) else None


class Display:
    """Shows events on stderr: one line that renews itself on a terminal; elsewhere only what -v asks for.

    The line's seconds go on while nothing is told: the solver is silent until it has solved the root of its search, and in
    a large case that takes a minute. Of several lines the last one that was begun is shown, as long as it lasts.
    """

    def __init__(self, quiet: bool, verbose: bool, stream: TextIO | None = None) -> None:
        self.stream = sys.stderr if stream is None else stream
        self.quiet = quiet
        self.verbose = verbose
        self.live = not quiet and self.stream.isatty()
        self.shown = 0  # characters on the line that renews itself
        self._lock = threading.RLock()  # of the stream and of what is on the line
        self._last: tuple[Event, float] | None = None  # on the line, and when it was told
        self._ticking: threading.Thread | None = None

    def __call__(self, event: Event) -> None:
        """Show an event."""
        lasting = event.kind in ("stage", "goal") and self.verbose
        if self.quiet or event.kind in ("part", "done") or not (self.live or lasting):
            return
        self._come_on_top()
        with self._lock:
            if lasting:
                self._wipe()
                self._last = None
                self.stream.write(self._line(event) + "\n")
                self.stream.flush()
            else:
                self._renew(event)
                self._last = event, time.monotonic()
        self._go_on()

    def begin(self, message: str) -> None:
        """From now on, work at something of which nothing else is told: it is said once it takes longer than a moment."""
        from planner.work.stopping import Event

        self._come_on_top()
        with self._lock:
            self._last = Event("stage", "", 0.0, message=message), time.monotonic()
        self._go_on()

    def _come_on_top(self) -> None:
        if self.live and self not in lines:
            with lines[-1].held() if lines else contextlib.nullcontext():
                lines.append(self)

    def _go_on(self) -> None:
        if self.live and self._last is not None and self._ticking is None:
            self._ticking = threading.Thread(target=copy_context().run, args=(self._tick,), daemon=True, name="ticks")
            self._ticking.start()

    def _tick(self) -> None:
        """While there is a line, let its seconds go on."""
        while True:
            time.sleep(TICK)
            with self._lock:
                if self._last is None:
                    self._ticking = None
                    return
                event, then = self._last
                silent = time.monotonic() - then
                if silent >= TICK and lines[-1:] == [self]:
                    self._renew(replace(event, seconds=event.seconds + silent))

    def _line(self, event: Event) -> str:
        return unprintable.shown(told(_("{seconds:6.1f} s  {event}").format(seconds=event.seconds, event=describe(event))))

    def _renew(self, event: Event) -> None:
        width = shutil.get_terminal_size().columns - 1
        text = self._line(event)[:width]
        self.stream.write("\r" + text.ljust(min(self.shown, width)))
        self.shown = len(text)
        self.stream.flush()

    def _wipe(self) -> None:
        if self.shown:
            self.stream.write("\r" + " " * self.shown + "\r")
            self.stream.flush()
            self.shown = 0

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """The line is away, and stays away as long as the block lasts: something else is said."""
        with self._lock:
            self._wipe()
            yield

    def clear(self) -> None:
        """Take the line away for good, or until the next event."""
        with self._lock:
            self._wipe()
            self._last = None
            if self in lines:
                lines.remove(self)


@contextlib.contextmanager
def at_work(message: str) -> Iterator[None]:
    """Say on a terminal what is worked at, and for how long, where nothing else is told for longer than a moment."""
    display = Display(quiet=False, verbose=False)
    display.begin(message)
    try:
        yield
    finally:
        display.clear()


class EventLog:
    """Appends events to a file, one JSON object a line, each written through at once."""

    def __init__(self, file: Path | None) -> None:
        self.stream: TextIO | None = None
        if file is not None:
            if _is_something_else(file):
                raise WrongUse(
                    _("{file} holds something else than events, and stays as it is: name another file").format(file=file)
                )
            try:
                self.stream = file.open("a", encoding="utf-8")
            except OSError as problem:
                raise WrongUse(
                    _("the events cannot be written to {file}: {why}").format(file=file, why=why(problem))
                ) from None

    def __call__(self, event: Event) -> None:
        """Append an event of the solver."""
        if self.stream is None:  # reading what it says in other languages would take longer than a small solve
            return
        figures = {name: _known(getattr(event, name)) for name in ("seconds", "best", "bound", "gap", "without")}
        part = {"part": event.part} if event.part else {}
        languages = others_of([event.message])
        other = {"languages": languages} if languages else {}  # as result.json has them beside the texts of an answer
        self.write(kind=event.kind, goal=event.goal, **figures, message=event.message, **part, **other)

    def write(self, **content: Any) -> None:
        """Append one object; a disk that fails ends the log, not the solve."""
        if self.stream is None:
            return
        try:
            self.stream.write(json.dumps({"schema": f"{EVENTS}1", **content}, allow_nan=False) + "\n")
            self.stream.flush()
        except OSError as problem:
            place = self.stream.name
            self.close()
            tell(_("warning: no more events are written to {place}: {why}").format(place=place, why=why(problem)))

    def close(self) -> None:
        """Close the file."""
        stream, self.stream = self.stream, None
        if stream is not None:
            with contextlib.suppress(OSError):  # what a full disk did not take is tried again
                stream.close()


def _is_something_else(file: Path) -> bool:
    """Whether a file holds anything that no log of events begins with; a device or a pipe holds nothing."""
    if not file.is_file():
        return False
    try:
        with file.open("rb") as there:
            first = there.readline(LONGEST)
        return bool(first) and not str(json.loads(first)["schema"]).startswith(EVENTS)
    except OSError:  # opening it to write tells why not
        return False
    except (ValueError, KeyError, TypeError):
        return True


class Interrupt:
    """Ctrl-C once, or SIGTERM, asks the solver to stop and keep its best plan; Ctrl-C twice gives up.

    Attributes
    ----------
    requested
        Whether somebody asked to stop.
    has_plan
        Whether the solver has found any plan so far.

    A file that may be named in the environment (STOP_FILE) asks to stop, too, once it exists.
    """

    def __init__(self, what: str = _("the best plan so far is kept")) -> None:
        self._what = what
        named = os.environ.get(STOP_FILE)
        self._stop_file = Path(named) if named else None
        self._looked = 0.0
        self.requested = False
        self.has_plan = False
        self._alone = False

    def watch(self, event: Event) -> None:
        """Note from an event whether there is a plan to keep; a stand-alone plan is none."""
        if event.kind == "task":
            self.has_plan = True
        if event.kind == "stage":
            self._alone = event.message == ALONE
        self.has_plan = self.has_plan or (_known(event.best) is not None and not self._alone)

    def __call__(self) -> bool:
        """Whether to stop: what the solver asks again and again."""
        if self._stop_file is not None and not self.requested and time.monotonic() - self._looked > LOOK:
            self._looked = time.monotonic()
            if self._stop_file.exists() and not self.requested:  # Ctrl-C may have come while the file was looked for
                self.requested = True
                said = _("\nstopping, since {file} is there, which {name} names; {kept}\n")
                sys.stderr.write(told(said.format(file=self._stop_file, name=STOP_FILE, kept=self._kept)))
        return self.requested

    @property
    def _kept(self) -> str:
        """What becomes of what is found."""
        return self._what if self.has_plan else _("there is no plan yet to keep")

    def __enter__(self) -> Interrupt:
        self.before = {number: signal.signal(number, self._note) for number in (signal.SIGINT, signal.SIGTERM)}
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, where: TracebackType | None) -> None:
        for number, before in self.before.items():
            signal.signal(number, before)

    def _note(self, number: int, frame: FrameType | None) -> None:
        if self.requested:
            if number == signal.SIGINT:
                raise KeyboardInterrupt
            return
        self.requested = True
        sys.stderr.write(told(_("\nstopping; {kept} (Ctrl-C again gives up)\n").format(kept=self._kept)))
