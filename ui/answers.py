"""An answer on the page: its headline, pictures, tables and sentences, and its full tables as files."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd
import streamlit as st

from planner.documents.blocks import Block, Bullet, Heading, Paragraph, Said, Section, Table
from planner.plans.store import csv_text
from planner.words import phrases
from planner.words.said import Sentence, _, count
from planner.workspace.answers import StoredAnswer
from ui import blocks, charts
from ui.frame import language, plain, say

TABLES: Mapping[str, Sentence] = {  # as their files are offered
    "importance": _("what each measure is worth"),
    "value": _("the value of money"),
    "comparison": _("the list and the optimal plan"),
    "list": _("the whole ranked list"),
    "kinds": _("spending by kind"),
    "alternatives": _("alternatives"),
    "changes": _("measures that change"),
    "measures": _("measures"),
    "frontier": _("the curve of money and goals"),
    "worlds": _("ways of planning together"),
    "jurisdictions": _("jurisdictions"),
    "signatures": _("signatures"),
    "gains": _("who gains"),
    "sensitivity": _("assumptions"),
    "switching": _("when measures leave the plan"),
    "exchange": _("exchange rates"),
    "reasons": _("reasons"),
    "scenarios": _("scenarios"),
    "first_decisions": _("first decisions"),
    "criteria": _("criteria"),
    "planned_for": _("planned for one scenario alone"),
}
MISSING_SHOWN = 200
LONGEST = 600  # characters of a point that is shown at once
LEAD = re.compile(r"(.{1,90}?[)）]|.{1,90}?)(?:: |：)")  # what a long list says it is of


def show(found: StoredAnswer) -> None:
    """All of an answer."""
    missing = found.missing
    if found.said is not None and isinstance(found.said.opening[0], Heading):
        st.markdown(plain(say(found.said.opening[0].text)))
    for text in found.said.headline if found.said is not None else ():
        st.markdown(f"**{plain(say(text))}**")
    seconds = f"{float(found.about.get('seconds') or 0.0):.0f}"
    if found.about.get("complete"):
        st.success(say(_("Answered in full, in {seconds} s."), seconds=seconds))
    else:
        st.warning(
            say(
                _("Not answered in full after {seconds} s: {open}, or not proven; see the list below."),
                seconds=seconds,
                open=count(len(missing), "point is open", "points are open"),
            )
        )
    _pictures(found)
    if found.said is not None:
        for section in found.said.sections:
            _section(section, found.said)
    else:
        for name, table in found.tables.items():
            _raw(name, table, found)
    _files(found)
    if missing:
        with st.expander(say(_("What is not answered or not proven ({count})"), count=len(missing))):
            st.markdown("\n".join(f"- {plain(say(text))}" for text in missing[:MISSING_SHOWN]))
            if len(missing) > MISSING_SHOWN:
                st.markdown(say(_("and {count} more"), count=len(missing) - MISSING_SHOWN))


def _pictures(found: StoredAnswer) -> None:
    """The drawings side by side; below each other where the page is narrow."""
    drawings = found.drawings[language()]
    shown = [*drawings, *(name for name in found.pictures if name not in drawings)]
    if not shown:
        return
    places = st.columns(2, gap="medium") if len(shown) > 1 else st.columns([3, 1])
    for n, name in enumerate(shown):
        with places[n % 2]:
            if name in drawings:
                spec = charts.fitted(drawings[name])
                st.vega_lite_chart(spec, theme=None, width="stretch", key=f"drawn-{name}")
            else:
                st.image(found.pictures[name], width="stretch")


def _section(section: Section, said: Said) -> None:
    """Blocks that stand together; points of a list are one list."""
    points: list[str] = []
    for block in section:
        if isinstance(block, Bullet):
            points.append(say(block.text))
            continue
        _points(points)
        _block(block, said)
    _points(points)


def _points(points: list[str]) -> None:
    """Points as a list; where one is a long list itself, each behind a heading of its own."""
    if any(len(text) > LONGEST for text in points):
        for text in points:
            head = LEAD.match(text)
            with st.expander(plain(head[1] if head else f"{text[:60]}…")):
                st.markdown(plain(text[head.end() :] if head else text))
    elif points:
        st.markdown("\n".join(f"- {plain(text)}" for text in points))
    points.clear()


def _block(block: Block, said: Said) -> None:
    if isinstance(block, Table):
        blocks.table(block)
    elif isinstance(block, Heading):
        st.markdown(f"**{plain(say(block.text))}**")
    elif isinstance(block, Paragraph) and block.text not in said.headline:
        st.markdown(plain(say(block.text)))


def _raw(name: str, table: pd.DataFrame, found: StoredAnswer) -> None:
    """A table of an answer that was written without words."""
    if not len(table):
        return
    config = {
        column: st.column_config.Column(phrases.spaced(column), help=plain(str(meaning)))
        for column, meaning in found.meanings.get(name, {}).items()
        if column in table
    }
    st.markdown(f"**{plain(phrases.spaced(name))}**")
    st.dataframe(table, hide_index=True, column_config=config)


def _files(found: StoredAnswer) -> None:
    """The full tables, as the command writes them."""
    full = {name: table for name, table in found.tables.items() if len(table)}
    if not full:
        return
    with st.expander(say(_("Full tables as files"))), st.container(horizontal=True):
        for name, table in full.items():
            said = plain(say(TABLES.get(name, phrases.spaced(name))))
            st.download_button(
                say(_("{name}, {rows} (CSV)"), name=said, rows=count(len(table), "row")),
                csv_text(table).encode("utf-8-sig"),
                f"{name}.csv",
                "text/csv",
                key=f"csv-{name}",
                on_click="ignore",
            )
