"""The entry of the page: language, workspace, and the pages to go to."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui import frame
from ui.messages import say
from ui.pages import PAGES

ICON = Path(__file__).with_name("icon.png")  # a file: an emoji or a :material/ icon would be fetched from outside


def main() -> None:
    """Draw the page that was chosen."""
    st.set_page_config(page_title="Planner", page_icon=str(ICON), layout="wide")
    frame.choose_language()
    pages = [
        st.Page(frame.guarded(page), title=say(f"page.{name}"), url_path=name, default=k == 0)
        for k, (name, page) in enumerate(PAGES.items())
    ]
    chosen = st.navigation(pages)
    frame.sidebar()
    chosen.run()


main()
