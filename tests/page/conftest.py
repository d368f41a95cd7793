"""A workspace of its own for every test, and the pages run in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("streamlit", reason="the extra ui is not installed")

from streamlit.testing.v1 import AppTest

import ui
from planner.workspace.places import Workspace, workspace
from tests.page.server import browser_path, browsing
from tests.waiting import HANGS
from ui import choosing

BROWSER = "0" * 32
APP = Path(ui.__file__).with_name("app.py")


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


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A chromium, one for the tests of a file."""
    path = browser_path()
    assert path is not None, "no chromium is installed (Debian: apt install chromium)"
    with browsing(path) as found:
        yield found


@pytest.fixture
def browser(chromium: Any) -> Iterator[Any]:
    """The chromium of the file; whatever a test leaves open in it would go on drawing, and asking for its server."""
    yield chromium
    for context in chromium.contexts:
        context.close()
