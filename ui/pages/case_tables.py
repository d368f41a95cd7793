"""The grids of the page Cases: a tab for every table, the other keys, the scenarios and the sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from planner.case.keys import read_keys
from planner.case.nouns import FrozenDict
from planner.case.problems import Problems
from planner.case.raw import CASE_FILE
from planner.case.rows import TABLES
from planner.case.tables import SOURCES
from planner.case.writing import yaml_in_a_line
from ui import editing, forms
from ui.draft import Draft
from ui.frame import plain
from ui.messages import say

HOW = ("multiply", "add", "set")


def edit(draft: Draft) -> None:
    """Draw all grids, and take over what was typed."""
    names = editing.names_in(draft.texts)
    tabs = st.tabs([*TABLES, say("cases.keys"), say("cases.scenarios"), say("cases.sources")])
    for tab, table in zip(tabs, TABLES, strict=False):
        with tab:
            _table(draft, table, names)
    with tabs[-3]:
        _keys(draft)
    with tabs[-2]:
        _scenarios(draft)
    with tabs[-1]:
        _sources(draft)


def _table(draft: Draft, table: str, names: dict[str, tuple[str, ...]]) -> None:
    file = f"{table}.csv"
    columns = editing.columns_of_texts(table, draft.texts)
    grid = _kept(draft, table, lambda: editing.table_grid(table, draft.base.get(file), columns))
    edited = st.data_editor(
        grid, key=f"grid-{table}-{draft.stamp}", num_rows="dynamic", hide_index=True, width="stretch",
        column_config=forms.column_config(grid, columns, names),
    )  # fmt: skip
    st.caption(say("cases.rows"))
    if not _same(grid, edited):
        text = editing.table_text(edited)
        if text.strip():
            draft.texts[file] = text
    elif file in draft.base:
        draft.texts[file] = draft.base[file]


def _keys(draft: Draft) -> None:
    grid = _kept(draft, editing.KEYS, lambda: editing.key_grid(draft.base.get(CASE_FILE, "")))
    titles = {name: say(f"cases.{name}") for name in grid.columns}
    config = {
        "key": st.column_config.TextColumn(titles["key"], width="medium"),
        "value": st.column_config.TextColumn(titles["value"], width="large"),
        "unit": st.column_config.TextColumn(titles["unit"], disabled=True, width="small"),
        "meaning": st.column_config.TextColumn(titles["meaning"], disabled=True, width="large"),
    }
    edited = st.data_editor(
        grid, key=f"grid-keys-{draft.stamp}", num_rows="dynamic", hide_index=True, width="stretch", column_config=config
    )
    st.caption(say("cases.keys_help"))
    if _same(grid, edited):
        draft.problems = ()
        draft.texts[CASE_FILE] = draft.base.get(CASE_FILE, "")
    else:
        draft.texts[CASE_FILE], draft.problems = editing.key_text(edited)


def _sources(draft: Draft) -> None:
    text = st.text_area(
        say("cases.sources"), draft.base.get(SOURCES, ""), height=400, key=f"sources-{draft.stamp}",
        label_visibility="collapsed",
    )  # fmt: skip
    if text != draft.base.get(SOURCES, ""):
        draft.texts[SOURCES] = text
    elif SOURCES in draft.base:
        draft.texts[SOURCES] = draft.base[SOURCES]


# --- scenarios


def _scenarios(draft: Draft) -> None:
    document, _ = read_keys(draft.texts.get(CASE_FILE, ""), Problems())
    found: Mapping[str, Any] = (document or FrozenDict()).get("scenarios") or {}
    if not found:
        st.caption(say("cases.no_scenarios"))
    for name, scenario in found.items():
        edits = scenario.get("edits", ()) if hasattr(scenario, "get") else ()
        with st.expander(f"{plain(name)} ({say('cases.edits', count=len(edits))})"):
            st.text(str(scenario.get("description", "")) if hasattr(scenario, "get") else "")
            for number, change in enumerate(edits):
                _change(draft, name, number, yaml_in_a_line(change))
    with st.expander(say("cases.add_edit")):
        _add(draft)


def _change(draft: Draft, scenario: str, number: int, text: str) -> None:
    """One change of a scenario, and a button that takes it out."""
    left, right = st.columns([6, 1], vertical_alignment="center")
    left.code(text, language=None, wrap_lines=True)
    if right.button(say("cases.remove"), key=f"remove-{draft.stamp}-{scenario}-{number}"):
        draft.texts[CASE_FILE] = editing.without_scenario_edit(draft.texts[CASE_FILE], scenario, number)
        draft.rebase()
        st.rerun()


def _add(draft: Draft) -> None:
    """A form for one more change of a scenario."""
    left, right = st.columns(2)
    name = left.text_input(say("cases.scenario_name"), key=f"scenario-name-{draft.stamp}")
    description = right.text_input(say("cases.scenario_text"), key=f"scenario-text-{draft.stamp}")
    one, two, three, four = st.columns(4)
    table = one.selectbox(say("cases.edit_table"), list(TABLES), key="scenario-table")
    columns = list(editing.columns_of_texts(table, draft.texts))
    column = two.selectbox(say("cases.edit_column"), columns, key=f"scenario-column-{table}")
    where = three.selectbox(say("cases.edit_where"), ["", *columns], format_func=lambda c: c or say("cases.all_rows"))
    value = four.text_input(say("cases.edit_is"), disabled=not where, key="scenario-where")
    how_at, amount_at, button_at = st.columns(3, vertical_alignment="bottom")
    how = how_at.selectbox(say("cases.edit_how"), HOW, format_func=lambda h: say(f"cases.{h}"))
    amount = amount_at.text_input(say("cases.edit_value"), key="scenario-amount")
    if not button_at.button(say("cases.add_it"), disabled=not (name.strip() and amount.strip()), width="stretch"):
        return
    change: dict[str, Any] = {"table": table, "column": column}
    if where and value.strip():
        change["where"] = {where: value.strip()}
    try:
        change[how] = float(amount) if how != "set" else editing.typed(amount)
    except ValueError:
        st.error(say("cases.number", value=amount))
        return
    draft.texts[CASE_FILE] = editing.with_scenario_edit(draft.texts[CASE_FILE], name.strip(), description.strip(), change)
    draft.rebase()
    st.rerun()


# --- grids that keep


def _kept(draft: Draft, name: str, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """The grid as it was when the case was opened: what is typed is kept by the widget, as changes to it."""
    if name not in draft.grids:
        draft.grids[name] = make()
    return draft.grids[name]


def _same(grid: pd.DataFrame, edited: pd.DataFrame) -> bool:
    return grid.shape == edited.shape and bool(((grid == edited) | (grid.isna() & edited.isna())).all().all())
