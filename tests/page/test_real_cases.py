"""Plans of shipped clusters in a real browser: every room and every journey, in both languages, fits every screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from planner.words.said import Sentence, _
from tests.page.server import NO_BROWSER, Server, Watched
from ui.pages import PAGES
from ui.pages.plan import ROOMS

PLANS = {"jing-jin-ji": {"en": "Beijing-Tianjin-Hebei", "zh": "京津冀"},
         "yangtze-river-delta": {"en": "Yangtze River Delta", "zh": "长江三角洲"}}  # fmt: skip
WIDTHS = (390, 1280, 1920)
MAIN = "document.querySelector('[data-testid=\"stMain\"]').scrollWidth"

pytestmark = [
    NO_BROWSER,
    pytest.mark.proof,
    pytest.mark.parametrize("plan", PLANS),
    pytest.mark.parametrize("language", ["en", "zh"]),
]


@pytest.fixture
def watched(browser: Any, serve: Callable[[Path], Server], tmp_path: Path) -> Watched:
    """A phone."""
    return Watched(browser, serve(tmp_path / "workspace"), min(WIDTHS))


def fits(watched: Watched, what: str) -> None:
    """No screen is too narrow for what is shown, and nothing of it is an error; the screen is a phone again then."""
    for width in (*WIDTHS, min(WIDTHS)):
        watched.page.set_viewport_size({"width": width, "height": 900})
        watched.settle()
        assert watched.page.evaluate(MAIN) <= width, (what, width)
    assert watched.page.locator('[data-testid="stAlertContentError"]').count() == 0, what


def press(watched: Watched, message: Sentence, language: str) -> None:
    """Click on what is called so in the language of the page."""
    watched.press(message.in_language(language))


def sees(watched: Watched, message: Sentence, language: str) -> None:
    """Wait for what begins so in the language of the page."""
    watched.sees(message.in_language(language).partition("{")[0].rstrip())


def test_every_room_of_a_real_plan_fits_every_screen(watched: Watched, plan: str, language: str) -> None:
    """The plan that lies beside the shipped case, opened without a solve."""
    for room in ROOMS:
        watched.open(f"?page=plan&plan={plan}&room={room}&lang={language}")
        fits(watched, room)
    assert (watched.abroad, watched.errors) == ([], [])


def test_every_page_fits_every_screen(watched: Watched, plan: str, language: str) -> None:
    shown = {"cases": f"case=shipped/{plan}", "solve": f"case=shipped/{plan}",
             "compare": "&".join(f"plans={name}" for name in PLANS), "explore": f"plan={plan}"}  # fmt: skip
    for page in PAGES:
        watched.open(f"?page={page}&{shown.get(page, '')}&lang={language}")
        fits(watched, page)
    assert (watched.abroad, watched.errors) == ([], [])


def test_a_plan_is_opened_from_start_and_read_room_by_room(watched: Watched, plan: str, language: str) -> None:
    watched.open(f"?page=start&lang={language}")
    watched.page.locator(f".st-key-open-{plan} button").click()
    watched.names(f"plan={plan}", "room=overview")
    watched.settle()
    watched.sees(PLANS[plan][language])
    for title, _draw in ROOMS.values():
        watched.page.get_by_role("radio", name=title.in_language(language), exact=True).first.click()
        watched.settle()
        fits(watched, title)
    assert (watched.abroad, watched.errors) == ([], [])


def test_more_money_is_tried_beside_a_plan(watched: Watched, plan: str, language: str) -> None:
    """A step of the first slider; what comes of it says what was changed, and can be opened."""
    watched.open(f"?page=plan&plan={plan}&room=whatif&lang={language}")
    watched.page.get_by_role("slider").first.press("ArrowRight")
    watched.settle()
    press(watched, _("Solve again"), language)
    sees(watched, _("What was changed"), language)
    watched.settle()
    fits(watched, "what if")
    press(watched, _("Look at the plan"), language)
    watched.names("room=overview")
    watched.settle()
    fits(watched, "overview")
    assert (watched.abroad, watched.errors) == ([], [])


def test_a_question_is_asked_about_a_plan(watched: Watched, plan: str, language: str) -> None:
    watched.open(f"?page=explore&plan={plan}&question=rank&lang={language}")
    press(watched, _("Ask"), language)
    sees(watched, _("Answered in full, in {seconds} s."), language)
    watched.settle()
    fits(watched, "rank")
    assert (watched.abroad, watched.errors) == ([], [])
