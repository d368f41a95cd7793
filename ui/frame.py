"""What surrounds every page: the way to the others, its language, and what is shown when something goes wrong."""

from __future__ import annotations

import functools
import logging
import os
import re
from collections.abc import Callable, Iterable
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode

import streamlit as st

from planner.case import naming
from planner.case.naming import Thing
from planner.workspace.places import Workspace, workspace
from ui.messages import LANGUAGES, chinese, language, say

STYLE = Path(__file__).with_name("style.css")
LOG = "page.log"
LARGEST_LOG = 2_000_000  # bytes, and as much of the one before


def here() -> Workspace:
    """The workspace of this server."""
    return workspace()


def choose_language() -> None:
    """Take the language of the link, so that a link shows what its sender saw."""
    wanted = st.query_params.get("lang")
    if wanted in LANGUAGES and "lang" not in st.session_state:
        st.session_state["lang"] = wanted


def current(pages: Iterable[str]) -> str:
    """The page that the link names; the first one where it names none."""
    names = list(pages)
    wanted = st.query_params.get("page")
    return wanted if wanted in names else names[0]


def go(page: str, **parameters: str) -> None:
    """Turn to another page; to be called before a page is drawn, as a widget's `on_click`."""
    for key in ("run", "plan", "plans", "room", "city", "case"):
        if key not in parameters and key in st.query_params and key != "case":
            del st.query_params[key]
    st.query_params["page"] = page
    for key, value in parameters.items():
        st.query_params[key] = value


def link(page: str, **parameters: str) -> str:
    """The address of a page, for links that open beside this one."""
    return "?" + urlencode({"page": page, **parameters, "lang": language()})


def bar(pages: Iterable[str], chosen: str) -> None:
    """The pages and the switch of languages, in one line above the page; on a narrow screen in several."""
    st.html(STYLE)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for page in pages:
            kind: Literal["secondary", "tertiary"] = "secondary" if page == chosen else "tertiary"
            st.button(say(f"page.{page}"), key=f"go-{page}", type=kind, on_click=go, args=(page,))
        st.space("stretch")
        st.segmented_control(
            say("language"), list(LANGUAGES), format_func=LANGUAGES.__getitem__, default=language(), key="language-switch",
            on_change=_switch_language, label_visibility="collapsed", width="content",
        )  # fmt: skip


def foot() -> None:
    """Below every page: where things are kept."""
    st.caption(say("kept_in", folder=plain(here().root.name)))


def _switch_language() -> None:
    chosen = st.session_state.get("language-switch")
    if isinstance(chosen, str) and chosen in LANGUAGES:
        st.session_state["lang"] = chosen
        st.query_params["lang"] = chosen


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
