"""A plan from its other sides: when what is built, gaps before and after, money, and its tables."""

from __future__ import annotations

from typing import Any, Literal

import streamlit as st

from planner.documents import text, vocabulary
from planner.documents.tables import told_table
from planner.plans import totals
from planner.plans.plan import Plan
from planner.plans.store import csv_text
from planner.plans.tables import TABLES
from planner.words.said import _
from planner.workspace.plans import PlanPlace
from ui import blocks, choosing, plan_figures, plans
from ui.frame import say
from ui.pages.plan_city import choose_period, show


def draw(spec: dict[str, Any], width: Literal["stretch", "content"] = "stretch") -> None:
    """A drawing as it is; a fixed one that is wider than the page can be moved to and fro."""
    st.vega_lite_chart(spec, theme=None, width=width)


def timeline(entry: PlanPlace, found: Plan) -> None:
    """What is built and signed when, then all of it as a table a kind."""
    draw(plans.drawing(entry, "timeline"), "content")
    st.caption(
        say(
            _(
                "Pale: works. Full: in service. Facilities of one service are one bar for each period in which "
                "works start; both halves of a link are one."
            )
        )
    )
    chosen = totals.chosen_measures(found)
    with st.expander(say(_("All measures"))):
        for kind, names in vocabulary.KINDS.items():
            some = [c for c in chosen if c.measure.kind == kind]
            if some:
                st.markdown(f"**{say(names)} ({len(some)})**")
                table = plan_figures.measure_table(found, some)
                show(table.drop(columns=table.columns[1]), right=list(table.columns[3:-1]))


def gaps(entry: PlanPlace, found: Plan) -> None:
    """Each city, then every indicator of every city."""
    period = choose_period(found)
    label = found.case.period(period).label
    st.markdown(f"**{say(_('Cities: without the plan and with it, {period}'), period=label)}**")
    draw(plans.drawing(entry, "steps", period=period))
    st.markdown(f"**{say(_('Every indicator, {period}'), period=label)}**")
    draw(plans.drawing(entry, "table", period=period), "content")


def money(entry: PlanPlace, found: Plan) -> None:
    """Who pays when, and where the money of each line goes."""
    st.markdown(f"**{say(_('Who pays in each period'))}**")
    draw(plans.drawing(entry, "by_period"))
    st.markdown(f"**{say(_('Where the money of each line goes'))}**")
    draw(plans.drawing(entry, "by_line"), "content")


def words(entry: PlanPlace, found: Plan) -> None:
    """The plan as it is said everywhere else: in the terminal, the report and the workbook."""
    said = text.said(found)
    blocks.show((said.opening[1:], *said.sections))


def tables(entry: PlanPlace, found: Plan) -> None:
    """Each of the plan's tables whole, and as a file."""
    name = choosing.one(
        st.selectbox,
        "table",
        say(_("Table", "tables.choose")),
        list(TABLES),
        format_func=lambda name: say(vocabulary.TABLES[name]),
    )
    assert name is not None  # a plan always has tables
    table = told_table(found, name)
    if not len(table):
        st.info(say(_("This plan has no rows here.")))
        return
    st.dataframe(table, hide_index=True, height=520 if len(table) > 13 else "content")
    csv = csv_text(table).encode("utf-8-sig")
    st.download_button(
        say(_("Download this table (CSV)")),
        csv,
        file_name=f"{entry.name}-{name}.csv",
        mime="text/csv",
        on_click="ignore",
        key="table-csv",
    )
