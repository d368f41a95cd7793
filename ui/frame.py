"""What every page needs: the workspace, names and texts as they are shown, and a message when something goes wrong."""

from __future__ import annotations

import functools
import logging
import os
import re
from collections.abc import Callable
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

import streamlit as st

from planner.case import naming
from planner.case.naming import Thing
from planner.workspace.places import Workspace, workspace
from ui.messages import chinese, say

LOG = "page.log"
LARGEST_LOG = 2_000_000  # bytes, and as much of the one before


def here() -> Workspace:
    """The workspace of this server."""
    return workspace()


def name_of(thing: Thing) -> str:
    """A thing's name in the language of the page."""
    return naming.name_of(thing, chinese())


def guarded(page: Callable[[], None]) -> Callable[[], None]:
    """The page, or a short message and where the log is, should something go wrong that nobody foresaw."""

    @functools.wraps(page)
    def draw() -> None:
        try:
            page()
        except Exception:  # what Streamlit raises to stop or rerun a page is no Exception of this kind
            when = f"{datetime.now():%Y-%m-%d %H:%M:%S}"
            log().exception("page %s at %s", page.__module__, when)
            st.error(say("went_wrong", when=when, log=str(Path(here().root.name) / LOG)))

    return draw


def log() -> logging.Logger:
    """The log of the page, in the workspace."""
    found = logging.getLogger("planner.page")
    place = here().root / LOG
    if not any(getattr(handler, "baseFilename", "") == str(place) for handler in found.handlers):
        place.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(place, maxBytes=LARGEST_LOG, backupCount=1, encoding="utf-8", delay=True)
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        found.addHandler(handler)
        found.propagate = False
    return found


def said_in(log: str) -> str:
    """What a run's log says to a user: no stack trace, and nothing of where this server keeps its files."""
    log = re.sub(r"Traceback \(most recent call last\):.*?(?=\n\s*planner: |\Z)", "", log, flags=re.DOTALL)
    root = here().root
    return log.replace(f"{root}{os.sep}", "").replace(str(root), root.name).strip()


def plain(text: str) -> str:
    """A text of a case as Streamlit's Markdown shows it letter by letter: nothing in it is markup."""
    escaped = text
    for sign in "\\`*_{}[]()<>#+-.!|~$:&":
        escaped = escaped.replace(sign, f"\\{sign}") if sign not in "<>&" else escaped
    for sign in ("://", "www\\.", "@"):  # what would become a link by itself: a joiner of no width keeps it a text
        escaped = escaped.replace(sign, f"{sign[0]}\N{WORD JOINER}{sign[1:]}")
    return escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
