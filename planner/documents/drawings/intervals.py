"""Figures known from their least to their most, a bar each: what is proven full, what it may be at most pale."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from planner.documents.drawings.theme import FAINT, INK, SMALL, themed
from planner.words.said import _, told

if TYPE_CHECKING:
    import altair as alt

STEP, WIDTH = 26, 420
LINE = 32  # characters of a name before it goes on in a second line
PROVEN = _("full: proven; pale: at most")


def intervals(
    data: pd.DataFrame, title: str, axis: str, colours: Mapping[str, str], subtitle: str = PROVEN
) -> alt.LayerChart:
    """A bar a row, in the order of the rows; several bars may share a row, one on either side of nothing.

    Parameters
    ----------
    data
        Columns row (name), group (what the colour tells), least, most (NaN where it is not known), note (said at the end).
    axis
        What is measured, with its unit.
    colours
        Group -> colour.
    """
    import altair as alt

    order = list(dict.fromkeys(data["row"]))
    shown = data.assign(end=data["most"].fillna(data["least"]))
    shown["note_at"] = shown["end"].clip(lower=0.0)
    groups = [group for group in colours if group in set(data["group"])]
    named = len(groups) == len(data) or len(groups) == 1  # each colour is said by its row, or there is only one
    legend = None if named else alt.Legend(orient="top", columns=2, symbolOpacity=1)
    scale = alt.Scale(domain=groups, range=[colours[group] for group in groups])
    y = alt.Y("row:N", sort=order, title=None, axis=names_axis(LINE))
    x = alt.X("least:Q", title=axis, axis=alt.Axis(tickCount=6))
    base = alt.Chart(shown)
    details = [
        alt.Tooltip("row:N", title=told(_("what"))), alt.Tooltip("least:Q", title=told(_("at least")), format=",.3~f"),
        alt.Tooltip("most:Q", title=told(_("at most")), format=",.3~f"),
    ]  # fmt: skip
    colour = alt.Color("group:N", title=None, scale=scale, legend=legend)
    pale = base.mark_bar(height=STEP * 0.5, opacity=0.35).encode(y=y, x=x, x2="end:Q", color=colour, tooltip=details)
    full = base.mark_bar(height=STEP * 0.5).encode(y=y, x=x, x2=alt.datum(0.0), color=colour, tooltip=details)
    zero = alt.Chart(pd.DataFrame({"nothing": [0.0]})).mark_rule(color=FAINT).encode(x="nothing:Q")
    noted = shown[shown["note"] != ""]
    notes = alt.Chart(noted).mark_text(align="left", dx=4, fontSize=SMALL + 1, color=INK).encode(
        y=y, x="note_at:Q", text="note:N"
    )  # fmt: skip
    drawn: Any = (pale + full + zero + notes).properties(
        width=WIDTH, height=alt.Step(STEP), title=alt.Title(title, subtitle=told(subtitle))
    )
    return themed(drawn)  # type: ignore[no-any-return]


def names_axis(line: int = LINE) -> alt.Axis:
    """An axis of names, of which long ones go on in a second line.

    Parameters
    ----------
    line
        Characters of a line.
    """
    import altair as alt

    broken = f"split(trim(replace(datum.label, regexp('(.{{1,{line}}})(?:\\\\s+|$)', 'g'), '$1\\n')), '\\n')"
    above = {"condition": {"test": f"length(datum.label) > {line}", "value": "bottom"}, "value": "middle"}
    return alt.Axis(
        labelExpr=broken, labelBaseline=above, labelLimit=line * 7, labelLineHeight=11, ticks=False, domain=False
    )  # fmt: skip


def span(least: float, most: float, decimals: int = 1) -> str:
    """What a bar says at its end: 4.7 to 4.8, or at least 4.7 where the most is not known."""
    low = f"{least:.{decimals}f}"
    if most != most:
        return f"≥ {low}"
    high = f"{most:.{decimals}f}"
    return low if low == high else f"{low}-{high}"
