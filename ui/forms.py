"""How columns of a case are edited: the schema's meanings, units, limits and choices as Streamlit's column configuration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from planner.case.columns import Column
from ui.frame import say, with_unit


def column_config(grid: pd.DataFrame, columns: Mapping[str, Column], names: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The configuration of every column of a grid.

    Parameters
    ----------
    names
        Of a thing such as "a city" the names that the case has, for drop-downs.
    """
    return {name: _config(grid[name], columns[name], names) for name in grid.columns if name in columns}


def heading(column: Column) -> str:
    """A column's name with its unit, where that is short; the help says the rest."""
    fits = column.unit and not set(column.unit) & set(",'") and not column.name.endswith(f"_{column.unit}")
    return with_unit(column.name, column.unit) if fits else column.name


def _config(cells: pd.Series[Any], column: Column, names: Mapping[str, Sequence[str]]) -> Any:
    """A column of texts, also of numbers: what was typed stays as it is, and the schema says what is wrong with it."""
    about: dict[str, Any] = {"label": heading(column), "help": say(column.note), "required": False}
    if column.is_number:
        return st.column_config.TextColumn(alignment="right", **about)
    options = column.options or (names.get(column.names or "", ()) if not column.several else ())
    if options:
        known = dict.fromkeys([*options, *(str(cell) for cell in cells if cell)])  # a wrong name stays to be seen
        return st.column_config.SelectboxColumn(options=list(known), **about)
    return st.column_config.TextColumn(**about)
