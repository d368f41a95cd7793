"""Many tasks at once: each in a worker of its own, on this machine or on a running Dask cluster.

A task is a function of a module with picklable arguments, under a name that people see. Results come back in the
order of the tasks, whatever worker did them: they do not depend on how many workers there are. A worker that dies costs its
own task only, which is run again.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from math import inf
from multiprocessing import get_all_start_methods, get_context, parent_process, resource_tracker
from multiprocessing.connection import wait as wait_until_ready
from threading import Thread
from time import perf_counter
from types import ModuleType
from typing import Any

from planner.words.said import _, said_by, series
from planner.work.collecting import collect_seldom
from planner.work.stopping import FOREVER, Cancelled, Event, Listener, Stopped, Until, asked_limit

ATTEMPTS = 3  # a task whose worker dies is run again, but not for ever
TICK = 0.5  # seconds between two looks at what is done
ANSWERS = 10.0  # seconds in which a scheduler that is there answers
START = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"  # Windows has only the latter


class Unreachable(OSError):
    """A scheduler that does not answer."""


@dataclass(frozen=True)
class Task:
    """One piece of work.

    Attributes
    ----------
    name
        What people are told is being done.
    function
        Of a module; called with the arguments, and `seconds` and `cancelled` by name. It may raise `Stopped` where they end
        it before it has anything.
    asked
        The time limit as people set it, of which the task is given a share.
    weight
        How long it takes against the others: its share of the time.
    """

    name: str
    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    asked: float | None = None
    weight: float = 1.0


@dataclass(frozen=True)
class Done:
    """What became of a task: its value, or why there is none."""

    name: str
    value: Any = None
    problem: str = ""


class Workers:
    """Some places to work in; made by `workers`, which also ends them."""

    def __init__(self, places: Sequence[_Place]) -> None:
        self._places = places

    @property
    def count(self) -> int:
        """How many tasks run at once."""
        return len(self._places)

    def run(
        self,
        tasks: Sequence[Task],
        *,
        until: Until = FOREVER,
        on_event: Listener | None = None,
        watch: Callable[[str, bool], None] | None = None,
    ) -> tuple[Done, ...]:
        """Do all tasks.

        Parameters
        ----------
        until
            A task is given its fair share of what is left when it begins; one that has not begun by then is not done. Once
            somebody asks to stop, no task begins any more, and those that run are asked to end with what they have.
        on_event
            Told about twice a second how many are done.
        watch
            Told of each task by its name when it begins (False) and when it has ended (True).

        Returns
        -------
        One `Done` a task, in order.
        """
        told = tuple(replace(task, asked=until.seconds) for task in tasks)
        return _Run(told, self._places, until, on_event, watch or _nobody).all_done()


@contextmanager
def workers(count: int = 1, scheduler: str | None = None) -> Iterator[Workers]:
    """Places to work in, as long as the block lasts.

    Parameters
    ----------
    count
        Processes on this machine; 1 works in this process.
    scheduler
        Address of a running Dask scheduler, such as tcp://10.0.0.5:8786, whose workers are used instead.

    Raises
    ------
    Unreachable
        Nothing answers there, or the extra `cluster` is not installed.
    """
    if scheduler is not None:
        with _dask(scheduler) as places:
            yield Workers(places)
    elif count == 1:
        yield Workers([_Here()])
    else:
        processes = [_Process() for _ in range(count)]
        try:
            yield Workers(processes)
        finally:
            for process in processes:
                process.close()


class _Run:
    """One call of `Workers.run`: which task is where."""

    def __init__(
        self,
        tasks: Sequence[Task],
        places: Sequence[_Place],
        until: Until,
        on_event: Listener | None,
        watch: Callable[[str, bool], None],
    ) -> None:
        self._tasks, self._places, self._until, self._tell, self._watch = tasks, places, until, on_event, watch
        self._done: dict[int, Done] = {}
        self._waiting = list(range(len(tasks)))
        self._attempts = [0] * len(tasks)
        self._running: dict[Future[Any], tuple[int, _Place]] = {}
        self._began = perf_counter()

    def all_done(self) -> tuple[Done, ...]:
        """Work until every task is done or given up."""
        try:
            while self._waiting or self._running:
                self._stop_if_asked()
                self._begin()
                self._say()
                finished, _ = wait(self._running, timeout=TICK, return_when=FIRST_COMPLETED)
                for future in finished:
                    self._end(future)
        finally:  # an error, or somebody gave up: nobody waits for what still runs
            for future, (_, place) in self._running.items():
                future.cancel()
                place.stop()
        return tuple(self._done[k] for k in range(len(self._tasks)))

    def _stop_if_asked(self) -> None:
        why = self._until.why
        if why is None:
            return
        if why == "interrupted":
            for _future, place in self._running.values():
                place.stop()
        said = _("interrupted") if why == "interrupted" else _("the time limit ended before its turn")
        self._done |= {k: Done(self._tasks[k].name, problem=said) for k in self._waiting}
        self._waiting = []

    def _begin(self) -> None:
        """Give every free place a task."""
        busy = {id(place) for _, place in self._running.values()}
        for place in self._places:
            if self._waiting and id(place) not in busy:
                k = self._waiting.pop(0)
                left = self._tasks[k].weight + sum(self._tasks[other].weight for other in self._waiting)
                fair = min(1.0, len(self._places) * self._tasks[k].weight / left)
                seconds = self._until.share(fair).limit
                self._attempts[k] += 1
                self._say(self._tasks[k].name)
                self._watch(self._tasks[k].name, False)
                future = place.begin(self._tasks[k], seconds, self._until.cancelled)
                self._running[future] = k, place
                if future.done():
                    self._end(future)

    def _end(self, future: Future[Any]) -> None:
        k, place = self._running.pop(future)
        name = self._tasks[k].name
        try:
            self._done[k] = Done(name, future.result())
        except CancelledError:
            self._done[k] = Done(name, problem=_("interrupted"))
        except Stopped as stopped:  # before it had anything
            self._done[k] = Done(name, problem=stopped.said)
        except BaseException as problem:
            if not place.died(problem):
                raise
            if self._attempts[k] < ATTEMPTS:
                self._waiting.insert(0, k)
            else:
                self._done[k] = Done(name, problem=_("its worker died {times} times").format(times=ATTEMPTS))
        if k in self._done:
            self._watch(name, True)

    def _say(self, name: str | None = None) -> None:
        if self._tell is not None:
            names = [name] if name is not None else [self._tasks[k].name for k, _ in self._running.values()]
            said = _("{done} of {all} done; {names}").format(
                done=len(self._done), all=len(self._tasks), names=series(dict.fromkeys(names))
            )
            self._tell(Event("task", "", perf_counter() - self._began, message=said))


def _nobody(name: str, ended: bool) -> None:
    """Nobody watches."""


class _Place:
    """Where one task at a time is done."""

    def begin(self, task: Task, seconds: float | None, cancelled: Cancelled | None) -> Future[Any]:
        """Begin a task."""
        raise NotImplementedError

    def stop(self) -> None:
        """Ask the running task to end with what it has."""

    def died(self, problem: BaseException) -> bool:
        """Whether a task ended because its worker did; the place is then ready again."""
        return False


class _Here(_Place):
    """In this process, one task after the other."""

    def begin(self, task: Task, seconds: float | None, cancelled: Cancelled | None) -> Future[Any]:
        """Do the task at once."""
        future: Future[Any] = Future()
        try:
            future.set_result(_done(task, seconds, cancelled))
        except Stopped as stopped:
            future.set_exception(stopped)
        return future


class _Process(_Place):
    """A process of its own; a pool of one, so that its death breaks nothing else.

    Where the system can, it is a copy of one process that has imported what the first task needs, and so begins at once.
    """

    def __init__(self) -> None:
        self._context = get_context(START)
        self._stop: Any = self._context.RawValue("b", 0)  # has no lock that a worker could die with
        self._pool = self._new()

    def _new(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(1, self._context, initializer=_get_ready, initargs=(self._stop,))

    def begin(self, task: Task, seconds: float | None, cancelled: Cancelled | None) -> Future[Any]:
        """Hand the task over."""
        self._stop.value = 0
        if START == "forkserver":
            self._context.set_forkserver_preload([task.function.__module__])  # of no effect once there is one to copy
        with _without_main(), _undisturbed():
            try:
                return self._pool.submit(_work, task, seconds)
            except BrokenProcessPool as problem:  # it died between two tasks
                self.died(problem)
                return self._pool.submit(_work, task, seconds)

    def stop(self) -> None:
        """Ask the running task to end."""
        self._stop.value = 1

    def died(self, problem: BaseException) -> bool:
        """A dead process is replaced."""
        if not isinstance(problem, BrokenProcessPool):
            return False
        self._pool.shutdown(wait=False)
        self._pool = self._new()
        return True

    def close(self) -> None:
        """End the process; one that still works is asked to stop."""
        self._stop.value = 1
        self._pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _without_main() -> Iterator[None]:
    """While a process is started: it need not run the program's own main file, which may have no guard against that."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def _undisturbed() -> Iterator[None]:
    """While a process is started: wishes to stop wait until then, and it never hears of them, as that is its owner's matter.

    They reach all processes of a terminal or of a service at once, also one that is only half made.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    getattr(resource_tracker, "ensure_running")()  # noqa: B009 (untyped; where it begins later, it takes the mask away)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_asked_to_stop: Any = None  # in a worker process: what its owner sets


def _get_ready(stop: Any) -> None:
    """In a new worker: wishes to stop come from its owner alone, and it ends with it."""
    global _asked_to_stop
    _asked_to_stop = stop
    collect_seldom()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where none is blocked
    Thread(target=_end_with_owner, daemon=True).start()


def _end_with_owner() -> None:
    """A worker that waits for tasks of somebody who was killed would wait for ever."""
    owner = parent_process()
    if owner is not None:
        wait_until_ready([owner.sentinel])
        os._exit(1)


def _work(task: Task, seconds: float | None) -> Any:
    """In a worker: do a task."""
    return _done(task, seconds, lambda: _asked_to_stop is not None and bool(_asked_to_stop.value))


def _done(task: Task, seconds: float | None, cancelled: Cancelled | None) -> Any:
    """What a task comes to."""
    with asked_limit(task.asked):
        return task.function(*task.arguments, seconds=seconds, cancelled=cancelled)


class _Slot(_Place):
    """One of the workers of a Dask cluster; a dead worker's tasks are run again by the scheduler itself.

    Two flags at the scheduler say whether its task has begun (a cluster may be busy with others' work) and whether it is to
    stop.
    """

    def __init__(self, executor: Executor, begun: Any, stop: Any) -> None:
        self._executor = executor
        self._begun, self._stop = begun, stop
        self._running: Future[Any] | None = None

    def begin(self, task: Task, seconds: float | None, cancelled: Cancelled | None) -> Future[Any]:
        """Hand the task over."""
        self.close()
        self._running = self._executor.submit(_work_in_cluster, task, seconds, self._begun.name, self._stop.name)
        return self._running

    def stop(self) -> None:
        """Ask the running task to end with what it has; nobody waits for one that has not begun."""
        if self._running is not None and not self._stop.is_set():
            self._stop.set()
            if not self._begun.is_set():
                self._running.cancel()

    def close(self) -> None:
        """Take both flags back, and with them what the scheduler keeps."""
        self._begun.clear()
        self._stop.clear()


def _work_in_cluster(task: Task, seconds: float | None, begun: str, stop: str) -> Any:
    """In a worker of a cluster: do a task until its owner sets a flag, which is looked at now and then."""
    from distributed import Event as Flag

    has_begun: Any = Flag(begun)  # type: ignore[no-untyped-call]
    has_begun.set()
    wish: Any = Flag(stop)  # type: ignore[no-untyped-call]
    looked, asked = -inf, False

    def cancelled() -> bool:
        nonlocal looked, asked
        if not asked and perf_counter() - looked > TICK:
            asked, looked = bool(wish.is_set()), perf_counter()
        return asked

    return _done(task, seconds, cancelled)


@contextmanager
def _dask(scheduler: str) -> Iterator[Sequence[_Place]]:
    """The workers of a running Dask cluster."""
    try:
        from distributed import Client
        from distributed import Event as Flag
    except ImportError:
        raise Unreachable(_("a scheduler needs the extra cluster: pip install 'cluster-planner[cluster]'")) from None
    try:
        client = Client(scheduler, timeout=ANSWERS, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as problem:
        raise Unreachable(
            _("no Dask scheduler answers at {scheduler}: {problem}").format(scheduler=scheduler, problem=said_by(problem))
        ) from problem
    with client:
        machines = len(client.nthreads())  # type: ignore[no-untyped-call]
        if not machines:
            raise Unreachable(_("the Dask scheduler at {scheduler} has no workers").format(scheduler=scheduler))
        executor = client.get_executor(pure=False, retries=ATTEMPTS)  # type: ignore[no-untyped-call]
        flags: list[Any] = [Flag(client=client) for _ in range(2 * machines)]  # type: ignore[no-untyped-call]
        slots = [_Slot(executor, *pair) for pair in zip(flags[::2], flags[1::2], strict=True)]
        try:
            yield slots
        finally:
            executor.shutdown(wait=False)
            for slot in slots:
                slot.close()
