"""A workspace of its own for every test, and the pages run in this process."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("streamlit", reason="the extra ui is not installed")

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

import ui
from planner.programme import offered
from planner.workspace.places import Workspace, workspace
from tests.page.server import Server, browser_path, browsing_from, serving
from tests.product.conftest import PROJECT
from tests.waiting import HANGS
from ui import choosing

BROWSER = "0" * 32
SCAN = "scan_component_manifests"
APP = Path(ui.__file__).with_name("app.py")


@pytest.fixture(scope="package", autouse=True)
def installed() -> Iterator[None]:
    """What is installed is looked through for parts of pages once, and not anew for every page."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, SCAN, functools.cache(getattr(manifest_scanner, SCAN)))
        yield


@pytest.fixture(autouse=True)
def as_checked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the cases that are built on demand were not built: what the shipped programme is made of is not all there."""
    there = offered._has_members
    monkeypatch.setattr(offered, "_has_members", lambda folder: folder.parent != PROJECT / "cases" and there(folder))


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("PLANNER_WORKSPACE", str(tmp_path / "workspace"))
    monkeypatch.setattr(choosing, "browser", lambda: BROWSER)  # of a page without a browser the cookies are a stand-in
    return workspace()


@pytest.fixture
def open_page(place: Workspace) -> Callable[..., AppTest]:
    """Opens a page with a link's parameters."""

    def open_(name: str, **link: str | list[str]) -> AppTest:
        from ui.pages import PAGES

        def app() -> None:
            from ui.app import draw
            from ui.pages import PAGES

            draw(PAGES)

        assert name in PAGES
        test = AppTest.from_function(app, default_timeout=HANGS)
        test.query_params["page"] = name
        for key, value in link.items():
            test.query_params[key] = value
        return test.run()

    return open_


@pytest.fixture(scope="package")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A chromium for all tests of this room."""
    path = browser_path()
    assert path is not None, "no chromium is installed (Debian: apt install chromium)"
    with browsing_from(path, tmp_path_factory.mktemp("profile")) as found:
        yield found


@pytest.fixture
def browser(chromium: Any) -> Iterator[Any]:
    """The chromium, as one that never saw a page; what a test leaves open in it would go on drawing and asking."""
    chromium.clear_cookies()
    first, *_ = chromium.pages  # without any page it would end
    yield chromium
    for page in chromium.pages:
        if page != first:
            page.close()
    for context in chromium.browser.contexts:
        if context != chromium:
            context.close()


@pytest.fixture
def stranger(browser: Any) -> Any:
    """A browser that knows nothing of what the other one is told."""
    return browser.browser


@pytest.fixture(scope="package")
def any_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for all tests of this room, which turn it to workspaces of their own."""
    with serving(tmp_path_factory.mktemp("served") / "workspace") as found:
        yield found


@pytest.fixture
def serve(any_server: Server) -> Callable[[Path], Server]:
    """Turns the server to a workspace; it runs, also where a test before killed it."""

    def turn(workspace: Path) -> Server:
        any_server.turn_to(workspace)
        if not any_server.runs:
            any_server.start()
        return any_server

    return turn
