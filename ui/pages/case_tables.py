"""The grids of the page Cases: one of the tables, the other keys, the scenarios or the sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from planner.case import FrozenDict, headings, scenario_text
from planner.case.columns import Column
from planner.case.keys import read_keys, yaml_in_a_line
from planner.case.problems import Problems
from planner.case.rows import TABLES
from planner.case.scenario_text import NotAdded
from planner.case.tables import SOURCES
from planner.case.values import as_number
from planner.files.inputs import CASE_FILE
from planner.words.said import Sentence, _, count, said_by
from ui import choosing, editing
from ui.desk import Desk, View
from ui.editing import KEYS, Mistake
from ui.frame import plain, say, with_unit

HOW: Mapping[str, Sentence] = {"multiply": _("multiply by"), "add": _("add"), "set": _("set to")}
SCENARIOS = "scenarios"
NAMED: Mapping[str, Sentence] = {  # what is no table
    KEYS: _("everything else"),
    SCENARIOS: _("scenarios"),
    "sources": _("sources"),
}


def edit(desk: Desk, found: Sequence[Mistake]) -> None:
    """Draw the grid that is chosen; what is typed is kept before the page is drawn anew."""
    counts = {table: sum(1 for mistake in found if mistake.table == table) for table in {m.table for m in found}}

    def named(table: str) -> str:
        name = say(NAMED[table]) if table in NAMED else _called(table)
        return f"{name} ({counts[table]})" if table in counts else name

    chosen = choosing.one(
        st.segmented_control,
        "table",
        say(_("table")),
        [*TABLES, *NAMED],
        format_func=named,
        required=True,
        label_visibility="collapsed",
    )
    here = [mistake for mistake in found if mistake.table == chosen]
    if chosen == KEYS:
        _keys(desk, here)
    elif chosen == SCENARIOS:
        _scenarios(desk)
    elif chosen == "sources":
        _text(desk, SOURCES)
    elif chosen is not None:
        _table(desk, chosen, here)


def _headed(column: str) -> str:
    """A column by its heading."""
    return say(headings.heading(column))


def _called(table: str) -> str:
    """A table's name, with that of its file where they differ: problems name files."""
    name = say(TABLES[table].called)
    return name if name == table else f"{name} {table}"


def _table(desk: Desk, table: str, found: Sequence[Mistake]) -> None:
    file = f"{table}.csv"
    text = desk.draft.texts.get(file)
    columns = editing.columns_of_texts(table, desk.draft.texts)
    view = desk.view(table, editing.order_of(table, text, columns), editing.length_of(table, text))
    grid = editing.table_grid(table, text, view.order, view.length)
    if grid is None:
        st.caption(say(_("This table cannot be shown as a grid without losing something; here is its file as it is.")))
        _text(desk, file)
        return

    def take(changes: Mapping[int, Mapping[str, Any]]) -> bool:
        after, gone = editing.typed_into(grid, changes)
        desk.write(file, editing.changed_table(table, text, desk.opened.texts.get(file), after))
        return gone

    config = column_config(grid, columns, editing.names_in(desk.draft.texts))
    _grid(desk, table, view, grid, found, 2, config, take)
    st.caption(
        say(
            _(
                "Empty cells take the default. What a column means is said where the mouse rests on its heading; "
                "empty rows at the end are for new ones."
            )
        )
    )


def _keys(desk: Desk, found: Sequence[Mistake]) -> None:
    view = desk.view(KEYS, ("key", "value", "unit", "meaning"), len(desk.cells))
    grid = editing.key_grid(desk.cells, view.length)

    def take(changes: Mapping[int, Mapping[str, Any]]) -> bool:
        after, gone = editing.typed_into(grid, changes)
        desk.write_keys(editing.cells_of(after))
        return gone

    config = {
        "key": st.column_config.TextColumn(say(_("key")), width="medium"),
        "value": st.column_config.TextColumn(say(_("value")), width="large"),
        "unit": st.column_config.TextColumn(say(_("unit")), disabled=True, width="small"),
        "meaning": st.column_config.TextColumn(say(_("what it is")), disabled=True, width="large"),
    }
    _grid(desk, KEYS, view, grid, found, 1, config, take)
    written = "{minimise: gaps}"
    st.caption(
        say(_("One key a row: `money.unit`, `periods[1]`, `goals[1]`. Lists of keys are written as `{list}`."), list=written)
    )


def _grid(
    desk: Desk,
    name: str,
    view: View,
    grid: pd.DataFrame,
    found: Sequence[Mistake],
    first: int,
    config: dict[str, Any],
    take: Callable[[Mapping[int, Mapping[str, Any]]], bool],
) -> None:
    """A grid that is typed into: rows numbered as in messages, with what is wrong beside the number.

    It has a fixed number of rows: a browser then keeps one grid, whatever else is drawn anew, and what is typed while the
    page still works on the cell before is not lost.
    """
    key = f"grid-{name}-{view.stamp}"
    if view.drawn and key not in st.session_state:  # it was not shown for a while: the browser's changes to it are gone
        view.stamp, view.drawn = View((), 0).stamp, False
        key = f"grid-{name}-{view.stamp}"
    view.drawn = True

    def typed() -> None:
        if take(st.session_state[key]["edited_rows"]):
            desk.renew(name)

    frame = {
        editing.DELETE: st.column_config.CheckboxColumn(
            say(_("remove")), help=say(_("Tick to take the row out.")), width=95, pinned=True
        ),
        editing.ROW: st.column_config.NumberColumn(say(_("row")), disabled=True, width=50, pinned=True),
        editing.WRONG: st.column_config.TextColumn(
            say(_("what is wrong")), disabled=True, width=260 if found else 110, pinned=True
        ),
    }
    st.data_editor(
        editing.framed(grid, found, first),
        key=key,
        num_rows="fixed",
        hide_index=True,
        width="stretch",
        placeholder="",
        column_config={**frame, **config},
        on_change=typed,
    )
    if view.full:
        st.warning(
            say(
                _(
                    "The last empty row was filled. If you pasted more rows than there was room for, the rest was "
                    "not taken over: there are new empty rows now, paste it there."
                )
            )
        )


def _text(desk: Desk, file: str) -> None:
    """A file as it is."""
    key = f"text-{desk.opened.key}-{file}"
    st.session_state[key] = desk.draft.texts.get(file, "")

    def typed() -> None:
        desk.write(file, st.session_state[key])

    st.text_area(file, height=400, key=key, label_visibility="collapsed", on_change=typed)


# --- scenarios


def _scenarios(desk: Desk) -> None:
    document, _aliases = read_keys(desk.draft.texts.get(CASE_FILE, ""), Problems())
    found: Mapping[str, Any] = (document or FrozenDict()).get("scenarios") or {}
    if not found:
        st.caption(say(_("This case has no scenarios yet.")))
    for name, scenario in found.items():
        edits = scenario.get("edits", ()) if hasattr(scenario, "get") else ()
        with st.expander(say(_("{name} ({changes})"), name=plain(name), changes=count(len(edits), "change"))):
            st.text(str(scenario.get("description", "")) if hasattr(scenario, "get") else "")
            for number, change in enumerate(edits):
                _change(desk, name, number, yaml_in_a_line(change))
    if desk.unread:
        st.info(say(_("Some rows of “everything else” cannot be read; mend them before you save or change scenarios.")))
        return
    with st.expander(say(_("Add a change to a scenario"))):
        _add(desk)


def _change(desk: Desk, scenario: str, number: int, text: str) -> None:
    """One change of a scenario, and a button that takes it out."""
    left, right = st.columns([6, 1], vertical_alignment="center")
    left.code(text, language=None, wrap_lines=True)

    def remove() -> None:
        try:
            desk.write_case_file(scenario_text.without_edit(desk.draft.texts[CASE_FILE], scenario, number))
        except NotAdded as problem:
            desk.told = problem.args[0]

    right.button(
        say(_("Remove")), key=f"remove-{desk.opened.key}-{scenario}-{number}", on_click=remove, disabled=bool(desk.unread)
    )


def _add(desk: Desk) -> None:
    """A form for one more change of a scenario."""
    keep: dict[str, Any] = {"persist_state": "session"}  # half a change outlives another table or page
    left, right = st.columns(2)
    name = left.text_input(say(_("Scenario (a new name makes one)")), key="scenario-name", **keep)
    description = right.text_input(say(_("What the scenario asks")), key="scenario-text", **keep)
    one, two, three, four = st.columns(4)
    table = one.selectbox(say(_("Table")), list(TABLES), key="scenario-table", format_func=_called, **keep)
    columns = list(editing.columns_of_texts(table, desk.draft.texts))
    column = two.selectbox(say(_("Column")), columns, format_func=_headed, key=f"scenario-column-{table}", **keep)
    where = three.selectbox(
        say(_("Only rows where this column")),
        ["", *columns],
        format_func=lambda c: _headed(c) if c else say(_("all rows")),
        key=f"scenario-where-{table}",
        **keep,
    )
    value = four.text_input(say(_("is")), disabled=not where, key="scenario-is", **keep)
    how_at, amount_at, button_at = st.columns(3, vertical_alignment="bottom")
    how = how_at.selectbox(say(_("How")), list(HOW), format_func=lambda h: say(HOW[h]), key="scenario-how", **keep)
    amount = amount_at.text_input(say(_("Value")), key="scenario-amount", **keep)
    if not button_at.button(say(_("Add")), disabled=not (name.strip() and amount.strip()), width="stretch"):
        return
    change: dict[str, Any] = {"table": table, "column": column}
    if where and value.strip():
        change["where"] = {where: value.strip()}
    try:
        change[how] = as_number(amount.strip()) if how != "set" else editing.typed(amount)
    except ValueError as wrong:
        st.error(say(_("{value} {why}."), value=plain(amount.strip()), why=plain(say(said_by(wrong)))))
        return
    try:
        text = editing.with_scenario_edit(desk.draft.texts[CASE_FILE], name.strip(), description.strip(), change)
    except NotAdded as problem:
        st.error(plain(say(said_by(problem))))
        return
    desk.write_case_file(text)
    st.rerun()


# --- how columns are edited: the schema's meanings, units, limits and choices


def column_config(grid: pd.DataFrame, columns: Mapping[str, Column], names: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The configuration of every column of a grid.

    Parameters
    ----------
    names
        Of a thing such as "a city" the names that the case has, for drop-downs.
    """
    return {name: _config(grid[name], columns[name], names) for name in grid.columns if name in columns}


def heading(column: Column) -> str:
    """A column's heading with its unit, where that is short; the help says the rest."""
    name = say(headings.heading(column.name))
    fits = column.unit and not set(column.unit) & set(",'") and not column.name.endswith(f"_{column.unit}")
    return with_unit(name, column.unit) if fits else name


def _config(cells: pd.Series[Any], column: Column, names: Mapping[str, Sequence[str]]) -> Any:
    """A column of texts, also of numbers: what was typed stays as it is, and the schema says what is wrong with it."""
    about: dict[str, Any] = {"label": heading(column), "help": f"`{column.name}`\n\n{say(column.note)}", "required": False}
    if column.is_number:
        return st.column_config.TextColumn(alignment="right", **about)
    options = column.options or (names.get(column.names or "", ()) if not column.several else ())
    if options:
        known = dict.fromkeys([*options, *(str(cell) for cell in cells if cell)])  # a wrong name stays to be seen
        return st.column_config.SelectboxColumn(options=list(known), **about)
    return st.column_config.TextColumn(**about)
