"""A workspace of its own for every test, and the pages run in this process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("streamlit", reason="the extra ui is not installed")

from streamlit.testing.v1 import AppTest

import ui
from planner.workspace.places import Workspace, workspace

APP = Path(ui.__file__).with_name("app.py")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("PLANNER_WORKSPACE", str(tmp_path / "workspace"))
    return workspace()


@pytest.fixture
def open_page(place: Workspace) -> Callable[..., AppTest]:
    """Opens a page with a link's parameters."""

    def open_(name: str, **link: str | list[str]) -> AppTest:
        from ui.pages import PAGES

        def app(page: str) -> None:
            from ui import frame
            from ui.pages import PAGES

            frame.choose_language()
            frame.bar(PAGES, page)
            frame.guarded(PAGES[page])()
            frame.foot()

        assert name in PAGES
        test = AppTest.from_function(app, args=(name,), default_timeout=60)
        for key, value in link.items():
            test.query_params[key] = value
        return test.run()

    return open_
