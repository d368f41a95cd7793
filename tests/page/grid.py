"""The grid of a table in a real browser, by the names that it shows: its cells are painted, and read by a screen reader."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import TimeoutError as TooLate

from tests.page.server import Watched
from tests.waiting import HANGS, HANGS_IN_THE_BROWSER

AGAIN = 10_000  # milliseconds until it is typed once more

GRID = '[data-testid="stDataFrame"]:has(td[aria-readonly="false"]):visible'


def grid_of(watched: Watched) -> Any:
    """The grid that can be typed into."""
    found = watched.page.locator(GRID).first
    found.wait_for()
    return found


def cell(watched: Watched, row: int, column: str) -> str:
    """What a cell shows; rows from 0, a column by its heading without the unit."""
    at = _column(watched, column)
    return str(grid_of(watched).locator(f'td[aria-colindex="{at}"][id$="-{row}"]').first.inner_text())


def wait_for_cell(watched: Watched, row: int, column: str, text: str) -> None:
    """Wait until a cell shows a text."""
    for _ in range(int(2 * HANGS)):
        if text in cell(watched, row, column):
            return
        watched.page.wait_for_timeout(500)
    assert cell(watched, row, column) == text


def type_into(watched: Watched, row: int, column: str, text: str, patience: float = HANGS_IN_THE_BROWSER) -> None:
    """Type into a cell by the keyboard."""
    page = watched.page
    grid = grid_of(watched)
    grid.scroll_into_view_if_needed()
    grid.click(position={"x": 190, "y": 52})  # somewhere in the first row
    page.wait_for_timeout(400)  # what a screen reader is told comes a little later
    chosen = grid.locator('td[aria-selected="true"]').first
    chosen.wait_for(state="attached", timeout=patience)
    begun = str(chosen.get_attribute("id")).rpartition("-")[2]
    there = _column(watched, column) - int(chosen.get_attribute("aria-colindex"))
    for _ in range(abs(row - int(begun))):
        page.keyboard.press("ArrowDown")
    for _ in range(abs(there)):
        page.keyboard.press("ArrowRight" if there > 0 else "ArrowLeft")
    page.keyboard.press("Enter")
    field = page.locator("#portal textarea, #portal input").first  # what opens over the cell
    field.wait_for(timeout=patience)
    field.fill(text)
    page.wait_for_timeout(200)
    page.keyboard.press("Enter")
    watched.settle()


def type_until(watched: Watched, row: int, column: str, text: str, seen: str) -> None:
    """Type into a cell until the page says so: a slow machine's grid may not listen yet."""
    for _ in range(HANGS_IN_THE_BROWSER // AGAIN):
        try:
            type_into(watched, row, column, text, AGAIN)
            watched.page.get_by_text(seen).first.wait_for(timeout=AGAIN)
            return
        except TooLate:
            continue
    watched.sees(seen)


def _column(watched: Watched, heading: str) -> int:
    grid = grid_of(watched)
    for head in grid.locator('th[role="columnheader"]').all():
        if str(head.inner_text()).split(" (")[0] == heading:
            return int(head.get_attribute("aria-colindex"))
    raise AssertionError(f"no column {heading}: {grid.locator('th').all_inner_texts()}")
