"""The entry of the page: language, workspace, and the page that the link names.

Pages are told apart by a parameter of the link and not by a path: below a path Streamlit first looks for its server there,
which the browser notes as an error.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui import shell
from ui.pages import PAGES

ICON = Path(__file__).with_name("icon.png")  # a file: an emoji or a :material/ icon would be fetched from outside


def main() -> None:
    """Draw the page that the address names."""
    st.set_page_config(page_title="Planner", page_icon=str(ICON), layout="wide")
    shell.draw(PAGES)


main()
