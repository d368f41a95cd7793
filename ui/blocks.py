"""Documents on the page: headings, sentences, lists, tables and pictures as Streamlit shows them, in the language of now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any, Literal

import pandas as pd
import streamlit as st

from planner.documents import web
from planner.documents.blocks import Block, Bullet, Chart, Heading, Paragraph, Picture, Section, Sections, Table
from planner.documents.drawings import rendering
from planner.words import text_layout
from ui.frame import plain, say

WIDEST = 24  # signs of a text that is not broken
EM, BESIDE, NARROWEST = 0.55, 1.2, 5.5  # widths of a letter m: of a sign, beside a text, and of a column at least
WHOLE = 16  # rows of a table that is shown without a bar to scroll by
SIGN, ROOM, BROADEST = 7.2, 22, 420  # pixels of a sign of a grid, beside its texts, and of a column at most
TALLEST = 25  # rows of a grid that is shown so
LONGEST = 600  # characters of a point that is shown at once
LOOKS: Mapping[str, Callable[[str], object]] = {"note": st.caption, "warning": st.warning}


def show(sections: Sections) -> None:
    """Sections of a document, one below the other."""
    for section in sections:
        _section(section)


def _section(section: Section) -> None:
    """Blocks that stand together; points that follow each other are one list."""
    for is_list, some in groupby(section, lambda block: isinstance(block, Bullet)):
        if is_list:
            _points([block for block in some if isinstance(block, Bullet)])
        else:
            for block in some:
                _block(block)


def _points(points: Sequence[Bullet]) -> None:
    """Points as a list; where one is a long list itself, each behind what it is about."""
    if any(point.lead and len(point.text) > LONGEST for point in points):
        for point in points:
            with st.expander(plain(say(point.lead or point.text))):
                st.markdown(plain(say(point.text)))
    else:
        st.markdown("\n".join(f"- {plain(say(point.whole))}" for point in points))


def _block(block: Block) -> None:
    if isinstance(block, Table):
        table(block)
    elif isinstance(block, Picture):
        drawing(specification(block.draw()))
        if block.caption:
            st.caption(plain(say(block.caption)))
    elif isinstance(block, Heading):
        st.markdown(f"{'##' if block.rank == 'section' else '###'} {plain(say(block.text))}")
    elif isinstance(block, Paragraph):
        text = plain(say(block.text))
        LOOKS.get(block.look, st.markdown)(f"**{plain(say(block.label))}** {text}" if block.label else text)
    else:
        assert isinstance(block, Chart | Bullet)  # what a workbook draws has a picture here; points are shown as one list


# --- tables


def table(block: Table) -> None:
    """A table of texts, which are shown letter by letter; figures stand to the right.

    A short one is shown whole, its headings in as many lines as they need; a long one in a window of its own.
    """
    if len(block.rows) + (block.total is not None) > WHOLE:
        grid(block)
        return
    st.html(web.table(block.heads, block.texts(), block.align, total=block.total, widths=_widths(block)).text)


def grid(block: Table, height: int | None = None) -> None:
    """A table that can be sorted and searched; figures that are such stay figures.

    Parameters
    ----------
    height
        Pixels; otherwise as high as what it holds, within limits.
    """
    shown = frame(block)
    config = {
        head: st.column_config.TextColumn(alignment="right" if kind == "r" else "left", width=_pixels([head, *shown[head]]))
        for (head, kind) in zip(shown.columns, block.align, strict=True)
        if not pd.api.types.is_float_dtype(shown[head])
    }
    st.dataframe(
        shown,
        hide_index=True,
        column_config=config,
        width="content",
        height=height or ("content" if len(shown) <= TALLEST else "auto"),
    )


def _pixels(texts: Sequence[str]) -> int:
    """How wide a column of these texts is."""
    return min(BROADEST, round(SIGN * max(map(text_layout.wide, texts)) + ROOM))


def frame(block: Table) -> pd.DataFrame:
    """A table in the language of the page; figures that are such stay figures."""
    rows, heads = _rows(block), _heads(block)
    formats = block.formats or ["text"] * len(heads)
    columns = {
        head: [row[n] for row in rows]
        if formats[n] in ("text", "year")
        else pd.Series([row[n] for row in block.rows], dtype=float)
        for n, head in enumerate(heads)
    }
    return pd.DataFrame(columns)


def _rows(block: Table) -> list[list[str]]:
    """The texts of a table in the language of the page."""
    return [[say(cell) for cell in row] for row in (*block.texts(), *([block.total] if block.total is not None else []))]


def _heads(block: Table) -> list[str]:
    """Headings in one line, no two the same."""
    heads = [text_layout.in_a_line(say(head)) for head in block.heads]
    return [head + "\N{WORD JOINER}" * heads[:n].count(head) for n, head in enumerate(heads)]


def _widths(block: Table) -> list[float]:
    """Columns as wide as what they hold, but long texts, so that a narrow screen moves the table."""
    rows = _rows(block)
    longest = [max((text_layout.wide(row[n]) for row in rows), default=0) for n in range(len(block.heads))]
    return [max(NARROWEST, EM * min(WIDEST, signs) + BESIDE) for signs in longest]


# --- drawings


def drawing(
    spec: Mapping[str, Any], width: Literal["stretch", "content"] = "stretch", key: str | None = None, alt: str | None = None
) -> None:
    """A drawing as it is; a fixed one that is wider than the page can be moved to and fro.

    Parameters
    ----------
    alt
        What those are told who do not see it; its title by default.
    """
    st.vega_lite_chart(dict(spec), theme=None, width=width, key=key, alt=alt or _title(spec))


def _title(spec: Mapping[str, Any]) -> str | None:
    """What a drawing is called in its own title."""
    title = spec.get("title")
    text = title.get("text") if isinstance(title, dict) else title
    return " ".join(text) if isinstance(text, list) else text


def specification(chart: Any) -> dict[str, Any]:
    """A drawing as Vega-Lite with its data inside, made to fit the page."""
    return fitted(rendering.specification(chart))


def fits(spec: Mapping[str, Any]) -> bool:
    """Whether a drawing takes the width that it is given; one of several panels is as wide as they are."""
    return not any(name in spec for name in ("hconcat", "vconcat", "concat", "facet"))


def fitted(found: dict[str, Any]) -> dict[str, Any]:
    """A drawing that is Vega-Lite already, made to fit the page; it is changed."""
    found["padding"] = {"left": 5, "right": 5, "top": 8, "bottom": 5}  # else the outermost labels are cut
    if not fits(found):
        found["autosize"] = {"type": "pad"}  # these cannot be made to fit
    elif isinstance(found.get("height"), dict):
        found["autosize"] = {"type": "fit-x", "contains": "padding"}  # as high as what it shows
    found["usermeta"] = {"embedOptions": {"renderer": "svg", "actions": False}}
    return found
