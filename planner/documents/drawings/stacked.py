"""A bar a row, made of parts: what it is that comes to so much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from planner.case import KINDS
from planner.documents.drawings import theme
from planner.documents.drawings.intervals import STEP, WIDTH, names_axis
from planner.words.said import told


class Heads(NamedTuple):
    """What a row, a part of it and its amount are called where a part is pointed at."""

    row: str
    part: str
    amount: str


def stacked(
    data: pd.DataFrame,
    title: str,
    axis: str,
    colours: Mapping[str, str],
    heads: Heads,
    *,
    order: Sequence[str] | None = None,
    figures: str = ",.0f",
    ticks: Mapping[str, Any] | None = None,
) -> Any:
    """A bar a row, its parts one behind the other.

    Parameters
    ----------
    data
        Columns row (name), part (name), amount.
    axis
        What is measured, with its unit.
    colours
        Part -> colour, in the order in which parts stand in a bar; those without an amount are left out.
    order
        Of the rows; unless told, as they stand in the data.
    figures
        How an amount is written where it is pointed at.
    ticks
        Of the axis of amounts, beside what is usual.
    """
    import altair as alt

    present = set(data["part"])
    known = {part: colour for part, colour in colours.items() if part in present}
    places = {part: n for n, part in enumerate(known)}
    rows = list(dict.fromkeys(data["row"])) if order is None else [row for row in order if row in set(data["row"])]
    drawn = (
        alt.Chart(data.assign(place=[places[part] for part in data["part"]]))
        .mark_bar(height=STEP * 0.65)
        .encode(
            y=alt.Y("row:N", sort=rows, title=None, axis=names_axis()),
            x=alt.X("amount:Q", title=told(axis), axis=alt.Axis(**(ticks or {}))),
            color=alt.Color(
                "part:N", title=None, legend=alt.Legend(orient="top", columns=2),
                scale=alt.Scale(domain=list(known), range=list(known.values())),
            ),
            order="place:Q",
            tooltip=[
                alt.Tooltip("row:N", title=told(heads.row)), alt.Tooltip("part:N", title=told(heads.part)),
                alt.Tooltip("amount:Q", title=told(heads.amount), format=figures),
            ],
        )
        .properties(width=WIDTH, height=alt.Step(STEP), title=told(title))
    )  # fmt: skip
    return theme.themed(drawn)


def colours_of_kinds() -> dict[str, str]:
    """Kind of measure, as people are told of several -> its colour, in the order of the kinds."""
    return {told(KINDS[kind].several): theme.KINDS[kind] for kind in KINDS if kind in theme.KINDS}
