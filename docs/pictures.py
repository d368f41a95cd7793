"""Pictures of the page for the README and the tour: python -m docs.pictures [NAME ...]

Starts the page on loopback with a workspace in which a few things were done with the shipped plans, and takes what
docs/tour.py declares with a headless chromium, in both languages, into docs/pictures/. With names only these scenes are
taken; `--whole FOLDER` takes pages as high as they are, into a folder.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from docs.tour import ASKED, CAPITAL, PROGRAMME, SCENES, WHAT_IF, Scene
from planner.programme.example import fill
from planner.programme.reading import load_programme
from planner.programme.result import solve_programme
from planner.programme.search import ProgrammeOptions
from planner.programme.store import write_programme
from planner.questions import offering
from planner.words.said import LANGUAGES
from planner.workspace import cases, runs, whatif_scenario
from planner.workspace.places import Workspace, workspace
from planner.workspace.plans import find_plan
from planner.workspace.runs import Run
from tests.page.server import Watched, browser_path, browsing, serving

WIDE = 1280  # pixels
COLOURS = 256  # of a picture: what is drawn has few, so that this is a third of its bytes and looks the same
STILL, LOOK = 4, 500  # looks at a page in a row that show the same, and milliseconds between two
SECONDS = 60.0  # that what is asked of the plan may take
MORE = 1.5  # times the money of the first line


def main(words: Sequence[str]) -> int:
    """Take the pictures."""
    path = browser_path()
    whole = Path(words[words.index("--whole") + 1]) if "--whole" in words[:-1] else None
    named = [word for word in words if word in {scene.name for scene in SCENES}]
    if path is None or len(words) != len(named) + (0 if whole is None else 2):
        print(__doc__ if path else "no chromium is installed (Debian: apt install chromium)")
        return 1
    scenes = [scene for scene in SCENES if not named or scene.name in named]
    with TemporaryDirectory() as place:
        there = workspace(Path(place) / "workspace")
        done = {name: do(there) for name, do in PREPARED.items() if any(_names(scene, name) for scene in scenes)}
        with serving(there.root) as server, browsing(path) as browser:
            for language in LANGUAGES:
                for scene in scenes:
                    file = scene.file(language) if whole is None else whole / f"{scene.name}-{language}.png"
                    watched = Watched(browser, server, WIDE)
                    _take(watched, scene.link(language, done), scene.high, file, whole is not None)
                    watched.page.close()
                    print(file)
    return 0


def _take(watched: Watched, link: str, high: int, file: Path, whole: bool) -> None:
    """Open a page and keep its picture."""
    watched.page.set_viewport_size({"width": WIDE, "height": high})
    watched.open(link)
    _wait_for_all(watched)
    if whole:
        rest = watched.page.evaluate(BELOW)
        watched.page.set_viewport_size({"width": WIDE, "height": high + int(rest)})
        _wait_for_all(watched)
    file.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(io.BytesIO(watched.page.screenshot())) as taken:
        few = taken.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE)
        few.save(file, optimize=True)  # chosen to cover all of them: what is rare, as in a legend, stays what it is


def _wait_for_all(watched: Watched) -> None:
    """Wait for grids and charts, which are drawn after the page: until it looks the same for a while."""
    watched.page.wait_for_load_state("networkidle")
    before, same = b"", 0
    while same < STILL:
        watched.page.wait_for_timeout(LOOK)
        now = watched.page.screenshot()
        loading = watched.page.locator('[data-testid="stSkeleton"]').count()
        before, same = now, same + 1 if now == before and not loading else 0


BELOW = """(at => at.scrollHeight - at.clientHeight)(document.querySelector('[data-testid="stMain"]'))"""


def _names(scene: Scene, name: str) -> bool:
    return any(name == value for value in scene.shows.values())


# --- what was done before the page is opened


def _asked(there: Workspace) -> str:
    """A question about the plan, answered."""
    plan = _plan(there)
    opened = cases.open_case(cases.CaseEntry(CAPITAL, plan / "case", False))
    question = ("rank", offering.CASE, "--plan", str(plan))
    return _ended(there, runs.start_run(there, CAPITAL, opened.texts, None, SECONDS, question=question, shipped=True))


def _what_if(there: Workspace) -> str:
    """The plan again, with more money of its first line."""
    plan = _plan(there)
    opened = cases.open_case(cases.CaseEntry(CAPITAL, plan / "case", False))
    case = cases.check(CAPITAL, opened.texts).case
    assert case is not None  # it ships
    edits = whatif_scenario.WhatIf(money={next(iter(case.lines)): MORE}).edits(case, whatif_scenario.read(opened.texts))
    texts = whatif_scenario.with_scenario(opened.texts, WHAT_IF, WHAT_IF, None, edits)
    return _ended(there, runs.start_run(there, CAPITAL, texts, WHAT_IF, SECONDS, 1e-3, start=plan, shipped=True))


def _programme(there: Workspace) -> str:
    """The result of the small programme that `planner programme init` makes."""
    folder = there.root / "programme" / PROGRAMME
    folder.mkdir(parents=True)
    fill(folder)
    found = solve_programme(load_programme(folder), options=ProgrammeOptions(gap=1e-3))
    write_programme(found, there.root / "programmes" / PROGRAMME)
    return PROGRAMME


def _plan(there: Workspace) -> Path:
    found = find_plan(there, CAPITAL)
    assert found is not None  # it ships
    return found.folder


def _ended(there: Workspace, run: Run) -> str:
    """Wait until a run has ended; its id."""
    while (now := runs.read_run(there, run.id)) is not None and now.active:
        time.sleep(0.3)
    assert now is not None
    assert now.state == "done", runs.log_of(now)
    return run.id


PREPARED = {ASKED: _asked, WHAT_IF: _what_if, PROGRAMME: _programme}  # name of what scenes show -> what makes it

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
