"""Plans of shipped clusters in a real browser: every room, in both languages, fits a phone and a wide screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.page.server import NO_BROWSER, Server, Watched
from ui.pages.plan import ROOMS

pytestmark = [NO_BROWSER, pytest.mark.proof]
MAIN = "document.querySelector('[data-testid=\"stMain\"]').scrollWidth"


@pytest.mark.parametrize("plan", ["jing-jin-ji", "yangtze-river-delta"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_room_of_a_real_plan_fits_every_screen(
    browser: Any, serve: Callable[[Path], Server], tmp_path: Path, plan: str, language: str
) -> None:
    """The plan that lies beside the shipped case, opened without a solve."""
    watched = Watched(browser, serve(tmp_path / "workspace"), 390)
    for room in ROOMS:
        watched.page.set_viewport_size({"width": 390, "height": 900})
        watched.open(f"?page=plan&plan={plan}&room={room}&lang={language}")
        for width in (390, 1280, 1920):
            watched.page.set_viewport_size({"width": width, "height": 900})
            watched.settle()
            assert watched.page.evaluate(MAIN) <= width, (room, width)
        assert watched.page.locator('[data-testid="stAlertContentError"]').count() == 0, room
    assert (watched.abroad, watched.errors) == ([], [])
