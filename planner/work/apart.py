"""Work in a process of its own, for what may end the process that does it: a library that aborts, or a file that is a trap.

What is called is a function of a module with picklable arguments. Whatever becomes of the process is an error here.
"""

from __future__ import annotations

import atexit
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from threading import Event, Lock, Timer
from typing import Any, TypeVar

from planner.words.said import _

T = TypeVar("T")

STARTING = 60.0  # seconds that a new process may take beside its work: machines may be busy


class Ended(Exception):
    """The process ended before its work did, or was ended: it took too long."""


class Apart:
    """A process that does one thing after the other, and is started when there is something to do.

    Parameters
    ----------
    memory
        Bytes that it may use, where the system can limit that; None = any.
    """

    def __init__(self, memory: int | None = None) -> None:
        self._memory = memory
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def call(self, function: Callable[..., T], *arguments: Any, seconds: float) -> T:
        """What a function gives, or the error that it raises; others wait for their turn.

        Raises
        ------
        Ended
            The process ended; the next call has a new one.
        """
        with self._lock:
            process = self._running()
            assert process.stdin is not None
            assert process.stdout is not None
            late = Event()
            watch = Timer(seconds + STARTING, _stop, (process, late))
            watch.daemon = True
            watch.start()
            try:
                pickle.dump((function, arguments), process.stdin)
                process.stdin.flush()
                good, value = pickle.load(process.stdout)
            except BaseException as problem:  # also Ctrl-C: what the process answers now is no answer to the next call
                self._end()
                if isinstance(problem, EOFError | OSError | pickle.UnpicklingError):
                    raise Ended(_("it took too long") if late.is_set() else _("the process that did it ended")) from problem
                raise
            finally:
                watch.cancel()
        if good:
            return value  # type: ignore[no-any-return]
        raise value

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def __enter__(self) -> Apart:
        return self

    def __exit__(self, *problem: object) -> None:
        self.close()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "planner.work.apart", *([str(self._memory)] if self._memory else [])],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # where a library that aborts says so at length
                start_new_session=True,  # Ctrl-C is its owner's matter
                env={**os.environ, "PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path))},
            )
            atexit.register(self._end)
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            atexit.unregister(self._end)
            process.kill()
            process.communicate()


def _stop(process: subprocess.Popen[bytes], late: Event) -> None:
    late.set()
    process.kill()


def main() -> None:
    """In the new process: do what is asked until nobody asks any more."""
    if len(sys.argv) > 1:
        _limit_memory(int(sys.argv[1]))
    asked = sys.stdin.buffer
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    while True:
        try:
            function, arguments = pickle.load(asked)
        except EOFError:
            return
        try:
            answer = (True, function(*arguments))
        except Exception as problem:  # its owner's to handle
            answer = (False, problem)
        pickle.dump(answer, answers)
        answers.flush()


def _limit_memory(most: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


if __name__ == "__main__":
    main()
