"""The tornado: how far each assumption, lower and higher, moves the first goal; widest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from planner.documents.drawings.theme import AFTER, BEFORE, FAINT, INK, themed
from planner.questions.sensitivity.said import assumption
from planner.words.said import _, told

if TYPE_CHECKING:
    import altair as alt

    from planner.questions.sensitivity.ask import Sensitivity

STEP, WIDTH = 22, 420
MADE_ANEW, KEPT = _("plan made anew"), _("plan kept as it is")
GOAL = _("first goal (smaller is better)")
LOWER, HIGHER = _("lower"), _("higher")
BELOW = _("bars: plan made anew; ticks: plan kept as it is; line: as assumed")
LESS = ("-", "low", "halved")


def pictures(result: Sensitivity) -> dict[str, Any]:
    """The tornado."""
    drawn = result.table("sensitivity")
    drawn["assumption"] = [told(assumption(result.case, row)) for _k, row in drawn.iterrows()]
    return {"tornado": tornado(drawn, result.value)} if len(rows(drawn, result.value)) else {}


def tornado(table: pd.DataFrame, value: float) -> alt.LayerChart:
    """Bars from the first goal as assumed to the one of the plan made anew; ticks where the plan is kept.

    Parameters
    ----------
    table
        The table `sensitivity` of an answer; weights are left out, since they make another goal, and what is not proven.
    value
        The first goal as assumed.
    """
    import altair as alt

    data = rows(table, value)
    order = list(dict.fromkeys(data["assumption"]))
    y = alt.Y("assumption:N", sort=order, title=None)
    directions = alt.Scale(domain=[told(LOWER), told(HIGHER)], range=[AFTER, BEFORE])
    bars = alt.Chart(data).mark_bar(height=STEP * 0.55).encode(
        y=y,
        x=alt.X("from:Q", title=told(GOAL), scale=alt.Scale(zero=False), axis=alt.Axis(tickCount=6)),
        x2="replanned:Q",
        color=alt.Color("direction:N", title=None, scale=directions, legend=alt.Legend(orient="top")),
        tooltip=[alt.Tooltip("assumption:N", title=told(_("assumption"))), alt.Tooltip("change:N", title=told(_("change"))),
                 alt.Tooltip("replanned:Q", title=told(MADE_ANEW), format=".4f"),
                 alt.Tooltip("kept:Q", title=told(KEPT), format=".4f")],
    )  # fmt: skip
    ticks = alt.Chart(data.dropna(subset=["kept"])).mark_tick(color=INK, thickness=1.5, height=STEP * 0.8)
    rule = alt.Chart(pd.DataFrame({"x": [value]})).mark_rule(color=FAINT, strokeDash=[3, 3]).encode(x="x:Q")
    drawn: Any = (bars + ticks.encode(y=y, x="kept:Q") + rule).properties(
        width=WIDTH,
        height=alt.Step(STEP),
        title=alt.Title(told(_("What the first goal comes to")), subtitle=told(BELOW)),
    )
    return themed(drawn)  # type: ignore[no-any-return]


def rows(table: pd.DataFrame, value: float) -> pd.DataFrame:
    """The bars: assumption, change, lower or higher, from, replanned, kept; the widest assumption first."""
    shown = table[(table["group"] != "weights") & (table["status"] == "optimal")].copy()
    shown["width"] = (shown["value_replanned"] - value).abs()
    shown["widest"] = shown.groupby("assumption", sort=False)["width"].transform("max")
    shown = shown.sort_values(["widest", "assumption"], ascending=[False, True], kind="stable")
    lower = [change.startswith(LESS) for change in shown["change"]]
    return pd.DataFrame(
        {
            "assumption": [told(name) for name in shown["assumption"]],
            "change": [told(change) for change in shown["change"]],
            "direction": [told(LOWER if less else HIGHER) for less in lower],
            "from": value,
            "replanned": shown["value_replanned"].tolist(),
            "kept": shown["value_kept"].tolist(),
        }
    )
