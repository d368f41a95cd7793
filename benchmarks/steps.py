"""What steps of the page cost the server, today and at a baseline: python -m benchmarks.steps [--rounds 5].

Both sides solve benchmarks/cases/jing-jin-ji into a workspace of their own, which also holds the case; then a headless
chromium on loopback takes the same steps on each. Prints processor seconds of the server, the median of the rounds (the
first look at a plan is taken once), as a table in Markdown: reading the address of a plan again, another period and another
city of its map, one cell of the table of cities, and reading the address of the case again. What is drawn for the first
time and what was drawn before are both in it, as they are for somebody who looks around.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import psutil

from benchmarks.speed import BASELINE, CASES, ROOT, SIDES, taken_out
from tests.page.grid import type_into
from tests.page.server import Server, Watched, browser_path, browsing, serving

PATIENCE = 60_000  # milliseconds until a page that does not answer is taken for broken
NAME = "kept"  # of the case and of its plan
STEPS = ("plan, for the first time", "plan, again", "another period", "another city", "one cell", "cases, again")
PERIOD = '[data-testid="stMain"] [data-testid="stButtonGroup"] button'


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5, help="times that each step is taken (default: 5)")
    parser.add_argument("--baseline", default=BASELINE, help=f"revision to compare with (default: {BASELINE})")
    asked = parser.parse_args()
    path = browser_path()
    if path is None:
        print("no chromium is installed (Debian: apt install chromium)")
        return 1
    with TemporaryDirectory() as folder:
        trees = dict(zip(SIDES, (taken_out(asked.baseline, Path(folder) / "baseline"), ROOT), strict=True))
        for tree in trees.values():  # or the first look would compile what the others only read
            subprocess.run([sys.executable, "-m", "compileall", "-q", "planner", "models", "ui"], cwd=tree, check=True)
        found = {side: measured(tree, Path(folder) / f"of {side}", path, asked.rounds) for side, tree in trees.items()}
    print(f"| step | {asked.baseline}, s | today, s | ratio |\n|---|---:|---:|---:|")
    for step in STEPS:
        before, now = (median(found[side][step]) for side in SIDES)
        print(f"| {step} | {before:.2f} | {now:.2f} | {now / before:.2f} |")
    return 0


def measured(tree: Path, folder: Path, path: str, rounds: int) -> dict[str, list[float]]:
    """Step -> processor seconds of the server, each time that it was taken."""
    workspace = folder / "workspace"
    shutil.copytree(CASES / "jing-jin-ji", workspace / "cases" / NAME)
    solve = ["-m", "planner", "solve", str(workspace / "cases" / NAME), "-o", str(workspace / "plans" / NAME)]
    subprocess.run([sys.executable, *solve], cwd=tree, check=True, capture_output=True)
    found: dict[str, list[float]] = {step: [] for step in STEPS}
    with serving(workspace, tree) as server, browsing(path) as browser:
        watched = Watched(browser, server)
        watched.page.set_default_timeout(PATIENCE)
        plan, case = f"?page=plan&plan={NAME}", f"?page=cases&case={NAME}&table=cities"
        with _timed(server, found["plan, for the first time"]):
            _open(watched, plan)
        for _ in range(rounds):
            with _timed(server, found["plan, again"]):
                _open(watched, plan)
        _open(watched, f"{plan}&room=map")
        periods = _periods(watched)
        for number in range(rounds):
            with _timed(server, found["another period"]):
                periods(number)
        for _ in range(rounds):
            with _timed(server, found["another city"]):
                _next_city(watched)
        _open(watched, case)
        for _ in range(rounds):
            with _timed(server, found["cases, again"]):
                _open(watched, case)
        for number in range(rounds):
            with _timed(server, found["one cell"]):
                type_into(watched, 0, "population", str(1000 + number))
    return found


@contextmanager
def _timed(server: Server, times: list[float]) -> Iterator[None]:
    """Processor seconds of the server in the block, added to a list."""
    before = psutil.Process(server.pid).cpu_times()
    yield
    after = psutil.Process(server.pid).cpu_times()
    times.append(after.user + after.system - before.user - before.system)


def _open(watched: Watched, address: str) -> None:
    """Read an address until nothing is drawn any more; a title may be of the first or of the second order."""
    watched.page.goto(f"{watched.server.url}/{address}")
    watched.page.wait_for_selector("h1, h2")
    watched.settle()


def _periods(watched: Watched) -> Callable[[int], None]:
    """What presses one of the periods of the map, never the one that is chosen; at first the last is."""
    labels = [text for text in watched.page.locator(PERIOD).all_inner_texts() if text.strip()[:2] == "20"]
    order = [*range(len(labels) - 1), len(labels) - 1]

    def press(number: int) -> None:
        watched.page.locator(PERIOD, has_text=labels[order[number % len(order)]]).first.click()
        watched.settle()

    return press


def _next_city(watched: Watched) -> None:
    """Choose the city that follows in the list."""
    box: Any = watched.page.get_by_role("combobox", name="City").first
    box.click()
    watched.page.keyboard.press("ArrowDown")
    watched.page.keyboard.press("Enter")
    watched.settle()


if __name__ == "__main__":
    sys.exit(main())
