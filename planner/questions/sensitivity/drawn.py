"""The tornado: how far each assumption, lower and higher, moves the first goal; widest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from planner.documents.drawings.theme import AFTER, BEFORE, FAINT, INK, themed

if TYPE_CHECKING:
    import altair as alt

    from planner.questions.sensitivity.ask import Sensitivity

STEP, WIDTH = 22, 420
MADE_ANEW, KEPT = "plan made anew", "plan kept as it is"
LESS = ("-", "low", "halved")


def pictures(result: Sensitivity) -> dict[str, Any]:
    """The tornado."""
    drawn = result.tables["sensitivity"]
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
    bars = alt.Chart(data).mark_bar(height=STEP * 0.55).encode(
        y=y,
        x=alt.X("from:Q", title="first goal (smaller is better)", scale=alt.Scale(zero=False), axis=alt.Axis(tickCount=6)),
        x2="replanned:Q",
        color=alt.Color("direction:N", title=None, scale=alt.Scale(domain=["lower", "higher"], range=[AFTER, BEFORE]),
                        legend=alt.Legend(orient="top")),
        tooltip=["assumption:N", "change:N", alt.Tooltip("replanned:Q", title=MADE_ANEW, format=".4f"),
                 alt.Tooltip("kept:Q", title=KEPT, format=".4f")],
    )  # fmt: skip
    ticks = alt.Chart(data.dropna(subset=["kept"])).mark_tick(color=INK, thickness=1.5, height=STEP * 0.8)
    rule = alt.Chart(pd.DataFrame({"x": [value]})).mark_rule(color=FAINT, strokeDash=[3, 3]).encode(x="x:Q")
    drawn: Any = (bars + ticks.encode(y=y, x="kept:Q") + rule).properties(
        width=WIDTH,
        height=alt.Step(STEP),
        title=alt.Title("What the first goal comes to", subtitle=f"bars: {MADE_ANEW}; ticks: {KEPT}; line: as assumed"),
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
            "assumption": [name.replace("_", " ") for name in shown["assumption"]],
            "change": shown["change"].tolist(),
            "direction": ["lower" if less else "higher" for less in lower],
            "from": value,
            "replanned": shown["value_replanned"].tolist(),
            "kept": shown["value_kept"].tolist(),
        }
    )
