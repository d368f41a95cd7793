"""What every page needs: its language, the workspace, texts as they are shown, and a message when something goes wrong."""

from __future__ import annotations

import functools
import logging
import os
import re
from collections.abc import Callable
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any, ParamSpec

import streamlit as st

from planner.case import Case, naming
from planner.case.naming import Thing
from planner.documents import vocabulary
from planner.words.said import LANGUAGES, Sentence, Text, _, speak
from planner.workspace import runs
from planner.workspace.places import Workspace, workspace
from planner.workspace.runs import Run

LOG = "page.log"
LARGEST_LOG = 2_000_000  # bytes, and as much of the one before
REFRESH = 1.0  # seconds between two looks at work under way
P = ParamSpec("P")


def language() -> str:
    """The language of the page: en or zh."""
    found = st.session_state.get("lang", "en")
    return found if found in LANGUAGES else "en"


def say(text: str, /, **filled: Any) -> str:
    """A sentence, the page's own or the planner's, in the language of the page.

    Parameters
    ----------
    filled
        What stands in the blanks of a message that has some.
    """
    said = text.format(**filled) if filled and isinstance(text, Sentence) else text
    return said.in_language(language()) if isinstance(said, Text) else said


def looked_at_again(part: Callable[P, None]) -> Callable[P, None]:
    """A part of a page that is drawn again and again by itself: in a thread of its own, which has to know the language."""

    @st.fragment(run_every=REFRESH)
    @functools.wraps(part)
    def draw(*args: P.args, **named: P.kwargs) -> None:
        speak(language())
        part(*args, **named)

    found: Callable[P, None] = draw
    return found


def under_way(name: str) -> Run | None:
    """A run while it is at work, for a part that is looked at again; once it ends, the whole page is drawn anew."""
    run = runs.read_run(here(), name)
    if run is None or not run.active:
        st.rerun()
        return None
    if run.state == "waiting":
        st.info(say(_("Waiting for a free processor.")))
    return run


def stopper(run: Run, stop: Sentence, stopping: Sentence) -> None:
    """The button that stops a run; once it is pressed, what becomes of the run."""
    if run.stopping:
        st.info(say(stopping))
    elif st.button(say(stop), key=f"stop-{run.id}"):
        runs.stop_run(run)
        st.rerun(scope="fragment")


def here() -> Workspace:
    """The workspace of this server."""
    return workspace()


def name_of(thing: Thing) -> str:
    """A thing's name in the language of the page."""
    return naming.name_of(thing, language() == "zh")


def with_unit(text: str, unit: str) -> str:
    """A heading with its unit, where it has one."""
    called = unit if isinstance(unit, Text) else vocabulary.unit(unit)
    return say(vocabulary.with_unit(text, called) if unit else text)


def scenario_of(case: Case) -> str:
    """The name of the scenario that a case is in."""
    return say(naming.scenario(case, case.scenario))


def guarded(page: Callable[[], None]) -> Callable[[], None]:
    """The page, or a short message and where the log is, should something go wrong that nobody foresaw."""

    @functools.wraps(page)
    def draw() -> None:
        try:
            page()
        except Exception:  # what Streamlit raises to stop or rerun a page is no Exception of this kind
            when = f"{datetime.now():%Y-%m-%d %H:%M:%S}"
            log().exception("page %s at %s", page.__module__, when)
            st.error(
                say(
                    _("Something went wrong here. Nothing you saved is lost. The log {log} says more, at {when}."),
                    when=when,
                    log=str(Path(here().root.name) / LOG),
                )
            )

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
