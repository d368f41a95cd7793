"""What the workspace keeps for a browser: its drafts and what it looked at last, under a number that says nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from planner.workspace.places import Workspace

COOKIE = "planner-browser"  # a random number, given to a browser with its first page
ANYBODY = "anybody"  # a browser without one: such share what is kept
NUMBER = re.compile(r"[0-9a-f]{32}")


def browser_of(said: str | None) -> str:
    """The browser that a cookie names; whatever is no such number is anybody's."""
    return said if said is not None and NUMBER.fullmatch(said) else ANYBODY


def folder_of(place: Workspace, browser: str) -> Path:
    """Where a browser's things lie."""
    return place.root / "browsers" / browser_of(browser)
