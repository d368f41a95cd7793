"""The entry of the page, and what surrounds every page: the way to the others, its language, and where things are kept.

Pages are told apart by a parameter of the link and not by a path: below a path Streamlit first looks for its server there,
which the browser notes as an error.
"""

from __future__ import annotations

import gc
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import streamlit as st

from planner.words import said
from planner.words.said import LANGUAGES, _
from ui import choosing
from ui.choosing import go
from ui.frame import guarded, here, language, plain, say
from ui.pages import PAGES, Page

ICON = Path(__file__).with_name("icon.png")  # a file: an emoji or a :material/ icon would be fetched from outside
STYLE = Path(__file__).with_name("style.css")
SWITCH = "language-switch"
TAGS = {"en": "en", "zh": "zh-Hans"}  # what a browser and those who read aloud are told
# What no element of Streamlit says: the language, and that a drawing wider than its room is moved by keys too.
TOLD_TO_THE_BROWSER = """<script>
document.documentElement.lang = '{tag}';
if (!window.reachesDrawings) {{
    window.reachesDrawings = new MutationObserver(() => {{
        for (const at of document.querySelectorAll('[data-testid="stVegaLiteChart"]'))
            if (at.scrollWidth > at.clientWidth) at.tabIndex = 0;
    }});
    window.reachesDrawings.observe(document.body, {{childList: true, subtree: true}});
}}
</script>"""
# What Streamlit says itself on a box for files, and in English alone.
ON_BOXES_FOR_FILES = """<style>
[data-testid="stFileUploaderDropzone"] [data-testid="stMarkdownContainer"] p,
[data-testid="stFileUploaderDropzoneInstructions"] span {{
    font-size: 0;
}}
[data-testid="stFileUploaderDropzone"] [data-testid="stMarkdownContainer"] p::after,
[data-testid="stFileUploaderDropzoneInstructions"] span::after {{
    font-size: 0.875rem;
    content: "{upload}";
}}
[data-testid="stFileUploaderDropzoneInstructions"] span::after {{
    content: "{most}";
}}
</style>"""


def main() -> None:
    """Draw the page that the address names."""
    st.set_page_config(page_title="Planner", page_icon=str(ICON), layout="wide")
    draw(PAGES)
    _settled()


@st.cache_resource(show_spinner=False)
def _settled() -> None:
    """Once a first page is drawn, what is loaded is there to stay, and need not be looked through for what is not used.

    Streamlit has that done after every run, which took most of the time of a look at work under way.
    """
    gc.collect()
    gc.freeze()


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
    st.html(TOLD_TO_THE_BROWSER.format(tag=TAGS[language()]), unsafe_allow_javascript=True)
    if language() != "en":
        most = say(_("at most {most} MB"), most=st.get_option("server.maxUploadSize"))
        st.html(ON_BOXES_FOR_FILES.format(upload=say(_("Upload")), most=most))
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


if __name__ == "__main__":
    main()
