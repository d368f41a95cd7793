"""Whoever reads the page with a reader, or with weak eyes: axe-core finds nothing serious in any page or room of a plan."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.page.server import NO_BROWSER, Server, Watched
from tests.tiers import one_of
from tests.waiting import HANGS_IN_THE_BROWSER
from ui.pages import PAGES
from ui.pages.plan import ROOMS

pytestmark = [NO_BROWSER, pytest.mark.slow]
PLAN, OTHER = "jing-jin-ji", "yangtze-river-delta"
SHOWN = {  # what the pages show beyond themselves
    "cases": f"&case=shipped/{PLAN}", "solve": f"&case=shipped/{PLAN}", "compare": f"&plans={PLAN}&plans={OTHER}",
    "explore": f"&plan={PLAN}",
}  # fmt: skip
LINKS = {
    **{page: f"?page={page}{SHOWN.get(page, '')}" for page in PAGES if page != "plan"},
    **{room: f"?page=plan&plan={PLAN}&room={room}" for room in ROOMS},
}
GRAVE = ("serious", "critical")
ALSO = ("heading-order",)  # not that grave to axe, and the only way about a long page for those who listen to it
WHOLE = """() => (at => at.scrollHeight - at.clientHeight)(document.querySelector('[data-testid="stMain"]'))"""
SPOKEN = {"en": "en", "zh": "zh-Hans"}


def faults(watched: Watched) -> list[tuple[str, str, str]]:
    """What axe-core finds in a page that is drawn: rule, what breaks it, and why."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(watched.page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        (rule["id"], node["html"], node["failureSummary"])
        for rule in found
        if rule["impact"] in GRAVE or rule["id"] in ALSO
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("language", one_of(len(SPOKEN), SPOKEN))  # Chinese in `make proof`
@pytest.mark.parametrize("shown", LINKS)
def test_nothing_stands_in_the_way_of_who_reads_otherwise(
    browser: Any, serve: Callable[[Path], Server], tmp_path: Path, shown: str, language: str
) -> None:
    watched = Watched(browser, serve(tmp_path / "workspace"))
    watched.open(f"{LINKS[shown]}&lang={language}")
    high = 900 + int(watched.page.evaluate(WHOLE))  # contrast is only measured of what is in sight
    watched.page.set_viewport_size({"width": 1280, "height": high})
    watched.settle()
    assert faults(watched) == []
    assert watched.page.evaluate("document.documentElement.lang") == SPOKEN[language]


def test_what_is_wider_than_the_screen_is_moved_by_keys(
    browser: Any, serve: Callable[[Path], Server], tmp_path: Path
) -> None:
    """Axe asks for what can be focused only where something is hidden, which depends on the fonts of the machine."""
    watched = Watched(browser, serve(tmp_path / "workspace"))
    watched.page.set_viewport_size({"width": 420, "height": 900})
    watched.open(f"{LINKS['money']}&lang=en")
    tables = watched.page.locator(".scroll")
    assert tables.count() > 1
    widest = max(range(tables.count()), key=lambda n: int(tables.nth(n).evaluate("at => at.scrollWidth - at.clientWidth")))
    tables.nth(widest).focus()
    watched.page.keyboard.press("ArrowRight")
    watched.page.wait_for_function("document.activeElement.scrollLeft > 0", timeout=HANGS_IN_THE_BROWSER)
    assert faults(watched) == []


def test_what_is_hard_to_read_is_found(browser: Any, serve: Callable[[Path], Server], tmp_path: Path) -> None:
    watched = Watched(browser, serve(tmp_path / "workspace"))
    watched.open("?page=start")
    watched.page.add_style_tag(content="p { color: #bbb !important; }")
    assert "color-contrast" in {rule for rule, _html, _why in faults(watched)}
