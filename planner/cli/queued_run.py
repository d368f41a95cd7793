"""What a run's process does: wait for its turn, then solve. Started as `python -m planner.cli.queued_run RUN PLAN`."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from planner.work.collecting import collect_seldom
from planner.workspace.processes import try_lock
from planner.workspace.runs import RunKind

AT_ONCE = "PLANNER_RUNS_AT_ONCE"  # how many runs work at the same time; by default one for each processor
POLL = 0.3  # seconds between two looks for a free place


def main(folder: Path, output: Path) -> int:
    """Wait for a place, solve or ask, and note that the run has ended."""
    collect_seldom()
    asked = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    handle = _place(folder)
    if handle is None:  # somebody stopped it while it waited
        (folder / "ended").touch()
        return 130
    (folder / "begun").touch()
    words = WORDS[asked["kind"]](asked, folder, output)
    try:
        return _run(["--language", asked.get("language", "en"), *words], folder / "stop")
    finally:
        with contextlib.suppress(OSError):  # a full disk must not take the place of what is told already
            (folder / "ended").touch()
        os.close(handle)


def _solve(asked: dict[str, Any], folder: Path, output: Path) -> list[str]:
    """The words of a solve."""
    from planner.planning.search import LATER_GAP

    words = ["solve", str(folder / "case" / asked["case"]), "-o", str(output), "--gap", repr(asked["gap"])]
    words += ["--later-gap", repr(max(asked["gap"], LATER_GAP))]
    for option in ("reserve", "start"):
        words += [f"--{option}", asked[option]] if asked.get(option) else []
    return [*words, *_common(asked, folder)]


def _question(asked: dict[str, Any], folder: Path, output: Path) -> list[str]:
    """The words of a question."""
    from planner.questions.offering import CASE, GIVEN

    case, (name, *options) = str(folder / "case" / asked["case"]), asked["question"]
    where = [] if CASE in options else [case]  # a question of another kind says itself where the case comes
    options = [case if word == CASE else word.replace(GIVEN, str(folder / "given")) for word in options]
    return [name, *where, *options, "-o", str(output), *_common(asked, folder)]


def _programme(asked: dict[str, Any], folder: Path, output: Path) -> list[str]:
    """The words of a programme."""
    words = ["programme", "solve", str(folder / asked["folder"]), "-o", str(output), "--gap", repr(asked["gap"])]
    return [*words, *asked["options"], *_common(asked, folder)]


WORDS: Mapping[RunKind, Callable[[dict[str, Any], Path, Path], list[str]]] = {
    "solve": _solve,
    "question": _question,
    "programme": _programme,
}


def _common(asked: dict[str, Any], folder: Path) -> list[str]:
    words = ["--events", str(folder / "run.jsonl")]
    if asked.get("scenario"):
        words += ["--scenario", asked["scenario"]]
    if asked["time_limit"] is not None:
        words += ["--time-limit", repr(asked["time_limit"])]
    return words


def _run(words: list[str], stop: Path) -> int:
    """A command that stops, and keeps what it has, once a file exists."""
    from planner.cli import app
    from planner.terminal.progress import STOP_FILE

    os.environ[STOP_FILE] = str(stop)
    try:
        app(words, prog_name="planner")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    return 0


def _place(folder: Path) -> int | None:
    """One of the places to work in, as the handle of its lock; None if the run is stopped before it gets one."""
    count = max(1, int(os.environ.get(AT_ONCE) or os.cpu_count() or 1))
    places = [folder.parent / ".places" / str(n) for n in range(count)]
    while not (folder / "stop").exists():
        for place in places:
            handle = try_lock(place)
            if handle is not None:
                return handle
        time.sleep(POLL)
    return None


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
