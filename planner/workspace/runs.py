"""Runs: solves and questions that go on whatever becomes of the page, in processes joined to it by files only.

A run's folder holds ``run.json`` (what was asked), ``case/`` or ``programme/`` (what it was asked of, as it was then),
``run.jsonl`` (progress), ``log.txt``, and ``stop`` once somebody wants the best plan so far. Its plan is written to
``plans/<run>``, the answer to a question to ``answers/<run>``, the result of a programme to ``programmes/<run>``. At most so
many runs work at once; the others wait for their turn in their own processes.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from planner.case.writing import write_texts
from planner.files import folders
from planner.plans import store
from planner.words.said import _
from planner.workspace.places import BadName, Workspace, checked_name, within
from planner.workspace.processes import born, is_alive

RunState = Literal["waiting", "running", "done", "failed", "gone"]  # gone: its process ended without a word
Parts = Callable[[Path], folders.IsPart]
RunKind = Literal["solve", "question", "programme"]
FORMAT = 1
TAIL = 40  # lines of a log that are shown


@dataclass(frozen=True)
class Run:
    """A run as its folder tells it.

    Attributes
    ----------
    id
        Name of its folder, and of its plan.
    asked
        What was asked: of which case or programme, scenario, time limit, gap, when.
    state
        How far it is; of a run that ended, whether there is an answer (`done`) or not.
    plan, answer, programme
        Folder of its plan, of its answer to a question, or of the result of its programme, once it is written; the plan may
        say that there is none.
    stopping
        Whether somebody asked it to stop.
    """

    id: str
    folder: Path
    asked: Mapping[str, Any]
    state: RunState
    plan: Path | None
    answer: Path | None
    programme: Path | None
    stopping: bool

    @property
    def kind(self) -> RunKind:
        """What was asked: a solve of a case, a question about one, or a programme."""
        said = self.asked.get("kind")
        if said == "programme":
            return "programme"
        return "question" if self.asked.get("question") else "solve"

    @property
    def active(self) -> bool:
        """Whether it is still at work, or waits for its turn."""
        return self.state in ("waiting", "running")


def start_run(
    place: Workspace,
    name: str,
    texts: Mapping[str, str],
    scenario: str | None = None,
    time_limit: float | None = None,
    gap: float = 1e-4,
    question: Sequence[str] = (),
    shipped: bool = False,
    *,
    gives_plan: bool = False,
    about: str | None = None,
    given: Mapping[str, str] | None = None,
    reserve: str | None = None,
    start: Path | None = None,
    language: str = "en",
) -> Run:
    """Start a solve of a case as it is now, or a question; it goes on if the page, or the server, goes away.

    Parameters
    ----------
    name
        Of the case; the run is named after it.
    texts
        The case's files.
    scenario, time_limit, gap, reserve, start
        As in `planner solve`.
    question
        Instead of a solve: name of the command, and its options.
    gives_plan
        Whether what comes of the question is a plan.
    about
        Name of the plan that was looked at when the question was asked.
    given
        Files that are given with a question, by name: its words name them after `planner.questions.offering.GIVEN`.
    shipped
        Whether the case ships with the program, which tells it apart from the user's own of the same name.
    language
        Of what its process tells.

    Raises
    ------
    planner.files.folders.NotWritten
        The disk refuses, or no process can be started; nothing is left of the run then.
    """
    name = checked_name(name)
    asked = {
        "kind": "question" if question else "solve", "case": name, "scenario": scenario, "time_limit": time_limit,
        "gap": gap, "question": list(question), "about": about, "shipped": shipped, "language": language, "reserve": reserve,
        "start": None if start is None else str(start),
    }  # fmt: skip

    def fill(folder: Path) -> None:
        write_texts(texts, folder / "case" / name)
        if given:
            write_texts(given, folder / "given")

    above = place.answers if question and not gives_plan else place.plans
    return begin(place, asked, fill, above, called=(name, question[0] if question else scenario or "base"))


def begin(
    place: Workspace,
    asked: Mapping[str, Any],
    fill: Callable[[Path], object],
    above: Path,
    called: tuple[str, str],
) -> Run:
    """Start a run of whatever kind.

    Parameters
    ----------
    asked
        What is asked, with its kind: `planner.cli.queued_run` makes the words of a command of it.
    fill
        Writes what it is asked of into the run's folder.
    above
        The folder of the workspace in which what comes of it is written.
    called
        Of what it is and what it asks: the run is named after both.

    Raises
    ------
    planner.files.folders.NotWritten
        The disk refuses, or no process can be started; nothing is left of the run then.
    """
    with folders.writing(place.root):
        for results in (place.plans, place.answers, above):
            results.mkdir(parents=True, exist_ok=True)
        folder = _new_folder(place, "--".join(map(_stem, called)))
        try:
            fill(folder)
            _write_json(folder / "run.json", {"format": FORMAT, "started": time.time(), **asked})
            _start(folder, above / folder.name)
        except BaseException:  # half a run is none
            shutil.rmtree(folder, ignore_errors=True)
            raise
    found = read_run(place, folder.name)
    assert found is not None
    return found


def _start(folder: Path, output: Path) -> None:
    """Start the process of a run, and note which one it is."""
    own = {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8:replace"}
    with (folder / "log.txt").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "planner.cli.queued_run", str(folder), str(output)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            cwd=folder,
            env={**os.environ, **own},
        )
    try:
        _write_json(folder / "process.json", {"pid": process.pid, "born": born(process.pid)})
    except BaseException:
        process.kill()
        process.wait()
        raise
    _children.append(process)


def _new_folder(place: Workspace, begin: str) -> Path:
    """A folder for a new run, whose name says what is run and since when."""
    while True:
        folder = within(place.runs, f"{begin}--{time.strftime('%Y%m%d-%H%M%S')}-{uuid.uuid4().hex[:4]}")
        with contextlib.suppress(FileExistsError):
            folder.mkdir(parents=True)
            return folder


_children: list[subprocess.Popen[bytes]] = []  # so that those that end are not left as zombies


def _stem(name: str) -> str:
    """The beginning of a name, of signs that any folder may have."""
    return "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in name)[:30].strip("-") or "case"


def list_runs(place: Workspace) -> tuple[Run, ...]:
    """All runs, the newest first."""
    if not place.runs.is_dir():
        return ()
    names = [p.name for p in place.runs.iterdir() if (p / "run.json").is_file()]
    found = [run for name in names if (run := read_run(place, name)) is not None]
    return tuple(sorted(found, key=lambda run: (-float(run.asked.get("started") or 0.0), run.id)))


def read_run(place: Workspace, run: str) -> Run | None:
    """A run by its id; None if there is none of this name."""
    try:
        folder = within(place.runs, run)
        asked = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    except (BadName, OSError, ValueError):
        return None
    plan, answer, programme = (
        folders.present(above / folder.name) for above in (place.plans, place.answers, place.programmes)
    )
    plan = plan if plan is not None and store.is_plan(plan) else None
    if _is_alive(folder):  # also while it still tells of the plan that is written already
        state: RunState = "running" if (folder / "begun").exists() else "waiting"
    elif any(found is not None for found in (plan, answer, programme)):
        state = "done"
    else:
        state = "failed" if (folder / "ended").exists() else "gone"
    return Run(folder.name, folder, asked, state, plan, answer, programme, (folder / "stop").exists())


def stop_run(run: Run) -> None:
    """Ask a run to stop and keep its best plan, or what it has answered."""
    (run.folder / "stop").touch()


def delete_run(place: Workspace, name: str, answer: Parts, programme: Parts) -> None:
    """Delete a run that has ended, with what came of it; or a plan, an answer or a result that no run is known of.

    Parameters
    ----------
    answer, programme
        Of the folder of an answer, or of a programme's result: what tells its own files.

    Raises
    ------
    ValueError
        It is still at work, or what lies there is more than what came of it; nothing is deleted then.
    planner.workspace.places.BadName
        Nothing can be called so.
    OSError
        The disk refuses.
    """
    run = read_run(place, name)
    if run is not None and run.active:
        raise ValueError(_("{run} is still at work: stop it first").format(run=name))
    homes = (place.plans, place.answers, place.programmes, place.runs)
    plan, answered, programmed, own = (within(above, name) for above in homes)
    others = ((answered, answer, _("an answer")), (programmed, programme, _("a programme")))
    for folder, parts, what in others:
        if folder.is_dir():
            folders.refuse_others(folder, parts(folder), what)
    if plan.exists():
        store.remove_plan(plan)
    for folder in (answered, programmed, own):
        if folder.is_dir():
            folders.remove_folder(folder)


def events_of(run: Run) -> list[dict[str, Any]]:
    """What a run has told so far; a line that is only half written is left for later."""
    try:
        lines = (run.folder / "run.jsonl").read_text(encoding="utf-8").split("\n")
    except OSError:
        return []
    found = []
    for line in lines[:-1]:
        try:
            found.append(json.loads(line))
        except ValueError:
            continue
    return found


def log_of(run: Run, lines: int = TAIL) -> str:
    """The last lines of a run's log."""
    try:
        return "\n".join((run.folder / "log.txt").read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
    except OSError:
        return ""


def _write_json(file: Path, content: Mapping[str, Any]) -> None:
    """Write a file whole or not at all."""
    fresh = file.with_name(f".{file.name}.writing")
    fresh.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    fresh.replace(file)


def _is_alive(folder: Path) -> bool:
    """Whether the process of a run still lives, and is not another one with the same number."""
    for child in list(_children):
        if child.poll() is not None:
            _children.remove(child)
    try:
        process = json.loads((folder / "process.json").read_text(encoding="utf-8"))
        pid, since = int(process["pid"]), float(process["born"])
    except (ValueError, KeyError, TypeError):
        return False
    except OSError:
        return time.time() - folder.stat().st_mtime < 10.0  # it is only just being started
    return is_alive(pid, since)
