"""What surrounds every page: the way to the others, its language, and where things are kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

import streamlit as st

from planner.words import said
from planner.words.said import LANGUAGES, Sentence, _
from ui import choosing
from ui.choosing import go
from ui.frame import guarded, here, language, plain, say

STYLE = Path(__file__).with_name("style.css")
SWITCH = "language-switch"


class Page(NamedTuple):
    """A page: what it is called, and what draws it."""

    name: Sentence
    draw: Callable[[], None]


def draw(pages: Mapping[str, Page]) -> None:
    """The page that the address names, and what surrounds it."""
    choosing.start(pages)
    said.speak(language())
    _bar(pages)
    choosing.say_unknown()
    guarded(pages[choosing.address().page].draw)()
    st.caption(say(_("Kept in the folder {folder}"), folder=plain(here().root.name)))
    choosing.finish()


def _bar(pages: Mapping[str, Page]) -> None:
    """The pages and the switch of languages, in one line above the page; on a narrow screen in several."""
    st.html(STYLE)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for page in pages:
            kind: Literal["secondary", "tertiary"] = "secondary" if page == choosing.address().page else "tertiary"
            st.button(say(pages[page].name), key=f"go-{page}", type=kind, on_click=go, args=(page,))
        st.space("stretch")
        st.session_state[SWITCH] = language()
        st.segmented_control(
            say(_("Language")), list(LANGUAGES), format_func=LANGUAGES.__getitem__, key=SWITCH, on_change=_switch,
            label_visibility="collapsed", width="content", required=True,
        )  # fmt: skip


def _switch() -> None:
    chosen = st.session_state.get(SWITCH)
    if isinstance(chosen, str) and chosen in LANGUAGES:
        choosing.speak(chosen)
