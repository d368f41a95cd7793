"""Documents on the page: headings, sentences, lists, tables and pictures as Streamlit shows them, in the language of now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import streamlit as st
from pandas.io.formats.style_render import CSSDict

from planner.documents.blocks import Block, Bullet, Heading, Paragraph, Picture, Section, Sections, Table
from planner.words import phrases
from ui import charts
from ui.frame import plain, say

WIDEST = 24  # signs of a text that is not broken
WHOLE = 16  # rows of a table that is shown without a bar to scroll by
LOOKS: Mapping[str, Callable[[str], object]] = {"note": st.caption, "warning": st.warning}


def show(sections: Sections) -> None:
    """Sections of a document, one below the other."""
    for section in sections:
        _section(section)


def _section(section: Section) -> None:
    """Blocks that stand together; points that follow each other are one list."""
    points: list[str] = []
    for block in (*section, None):
        if isinstance(block, Bullet):
            points.append(f"- {plain(say(block.text))}")
            continue
        if points:
            st.markdown("\n".join(points))
            points = []
        if block is not None:
            _block(block)


def _block(block: Block) -> None:
    if isinstance(block, Table):
        table(block)
    elif isinstance(block, Picture):
        st.vega_lite_chart(charts.specification(block.draw()), theme=None, width="stretch")
        if block.caption:
            st.caption(plain(say(block.caption)))
    elif isinstance(block, Heading):
        st.markdown(f"{'####' if block.rank == 'section' else '#####'} {plain(say(block.text))}")
    elif isinstance(block, Paragraph):
        text = plain(say(block.text))
        LOOKS.get(block.look, st.markdown)(f"**{plain(say(block.label))}** {text}" if block.label else text)


def table(block: Table) -> None:
    """A table of texts in the language of the page, a heading in one line."""
    rows = [[say(cell) for cell in row] for row in (*block.rows, *([block.total] if block.total is not None else []))]
    grid(block, rows, [" ".join(say(head).split("\n")) for head in block.heads])


def grid(table: Table, rows: Sequence[Sequence[str]], heads: Sequence[str]) -> None:
    """A table of texts, which are shown letter by letter; figures stand to the right.

    A short one is shown whole, its headings in as many lines as they need; a long one in a window of its own.
    """
    if len(rows) <= WHOLE:
        _whole(table, rows, heads)
        return
    columns = {str(n): [row[n] for row in rows] for n in range(len(heads))}
    config = {
        str(n): st.column_config.TextColumn(
            head, alignment="right" if kind == "r" else "left", pinned=n < table.keys and n == 0
        )
        for n, (head, kind) in enumerate(zip(heads, table.align, strict=True))
    }
    st.dataframe(pd.DataFrame(columns), hide_index=True, column_config=config, width="content")


def _whole(table: Table, rows: Sequence[Sequence[str]], heads: Sequence[str]) -> None:
    shown = [plain(head) for head in heads]
    names = [head + "\N{WORD JOINER}" * shown[:n].count(head) for n, head in enumerate(shown)]  # no two may be the same
    frame = pd.DataFrame([[plain(text) for text in row] for row in rows], columns=names)
    st.table(frame.style.set_table_styles(_look(table, rows)), border="horizontal", width="content", hide_index=True)


def _look(table: Table, rows: Sequence[Sequence[str]]) -> list[CSSDict]:
    """Figures to the right; columns as wide as what they hold, but long texts, so that a narrow screen moves the table."""
    found: list[CSSDict] = [{"selector": "th", "props": [("min-width", "5.5em")]}]
    for n, kind in enumerate(table.align):
        if kind == "r":  # Streamlit sets what is no number to the left
            found.append({"selector": f".col{n}", "props": [("text-align", "right !important")]})
        widest = min(WIDEST, max((phrases.wide(row[n]) for row in rows), default=0))
        found.append({"selector": f"td.col{n}", "props": [("min-width", f"{0.55 * widest + 1.2:.1f}em")]})
    return found
