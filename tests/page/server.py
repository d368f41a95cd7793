"""A server of the page on loopback and a real browser, for tests; each starts what it needs and ends it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.product.conftest import PROJECT
from tests.waiting import HANGS, HANGS_IN_THE_BROWSER, wait_for

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip


def browser_path() -> str | None:
    """Where a chromium is installed; None if none is."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


NEEDED = "PLANNER_NEEDS_BROWSER"  # where it is set, a missing browser is a failure and no reason to skip
NO_BROWSER = pytest.mark.skipif(
    browser_path() is None and not os.environ.get(NEEDED), reason="no chromium is installed (Debian: apt install chromium)"
)


class Server:
    """A server of the page, with a workspace that may be changed while it runs.

    What it is told is a link, which the page follows whenever it looks where its workspace is. `tree`: the files of the
    product.
    """

    def __init__(self, workspace: Path, tree: Path = PROJECT) -> None:
        self.home = workspace.parent
        self._tree = tree
        self._served = self.home / "served"
        self.turn_to(workspace)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """Number of its process."""
        assert self._process is not None
        return self._process.pid

    @property
    def runs(self) -> bool:
        """Whether it was started, and not killed since."""
        return self._process is not None

    def turn_to(self, workspace: Path) -> None:
        """Let it serve this workspace from now on."""
        workspace.mkdir(parents=True, exist_ok=True)
        new = self.home / "served next"
        new.symlink_to(workspace, target_is_directory=True)
        new.replace(self._served)
        self.workspace = workspace

    def start(self) -> None:
        """Start it, and wait until it answers."""
        environment = {**os.environ, "PYTHONPATH": str(self._tree), "PLANNER_WORKSPACE": str(self._served)}
        with (self.home / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "planner", "ui", "--port", str(self.port), "--no-browser"],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=environment, cwd=self.home,
                start_new_session=True,
            )  # fmt: skip
        wait_for(self._answers, lambda: (self.home / "server.log").read_text(encoding="utf-8"), pause=0.3)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=HANGS) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def kill(self) -> None:
        """Kill it, as if the machine had."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None


@contextmanager
def serving(workspace: Path, tree: Path = PROJECT) -> Iterator[Server]:
    """A server as long as the block lasts."""
    server = Server(workspace, tree)
    server.start()
    try:
        yield server
    finally:
        server.kill()


@contextmanager
def browsing(path: str) -> Iterator[Any]:
    """A headless browser as long as the block lasts."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=path, args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def browsing_from(path: str, folder: Path) -> Iterator[Any]:
    """The same with one profile, in a folder: what pages are made of is loaded and compiled once.

    Yields
    ------
    The profile, with pages that know of each other; its `browser` opens pages that know nothing of it.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tool:
        profile = tool.chromium.launch_persistent_context(folder, executable_path=path, args=list(QUIET))
        try:
            yield profile
        finally:
            profile.close()


QUIET_FOR = """([asked, milliseconds]) => {
    const app = document.querySelector('[data-testid="stApp"]');
    if (window.asked !== asked || app?.dataset.testScriptState !== 'notRunning') {
        [window.asked, window.quietSince] = [asked, performance.now()];
        return false;
    }
    return performance.now() - window.quietSince >= milliseconds;
}"""


class Watched:
    """A page of the browser that notes requests to other hosts and errors of the console."""

    def __init__(self, browser: Any, server: Server, width: int = 1280) -> None:
        self.page = browser.new_page()
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(reduced_motion="reduce")  # what turns and fades is drawn anew all the time
        self.page.set_default_timeout(HANGS_IN_THE_BROWSER)
        self._settled = 0
        self.abroad: list[str] = []
        self.errors: list[str] = []
        self.server = server
        home = (server.url, server.url.replace("http", "ws"), "data:", "blob:", "about:")
        self.page.on("request", lambda asked: None if asked.url.startswith(home) else self.abroad.append(asked.url))
        self.page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def open(self, path: str) -> None:
        """Go to a page and wait until it is drawn."""
        self.page.goto(f"{self.server.url}/{path}")
        self.page.wait_for_selector("h1")
        self.settle()

    def settle(self) -> None:
        """Wait until nothing runs any more, and nothing begins for a while: what is clicked runs a moment later."""
        self._settled += 1
        self.page.wait_for_function(QUIET_FOR, arg=[self._settled, 300], polling=50)

    def sees(self, text: str) -> None:
        """Wait until a text is on the page."""
        self.page.get_by_text(text).first.wait_for()

    def names(self, *shown: str) -> None:
        """Wait until the address names all of these."""
        there = "shown => shown.every(part => document.location.search.includes(part))"
        self.page.wait_for_function(there, arg=list(shown), polling=50)

    def press(self, label: str) -> None:
        """Click a button."""
        self.page.get_by_role("button", name=label, exact=True).first.click()
        self.settle()
