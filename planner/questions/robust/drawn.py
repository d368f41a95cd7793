"""One plan for several scenarios: what it reaches in each, next to the best plan for that scenario alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from planner.documents.drawings import theme
from planner.documents.drawings.intervals import WIDTH, names_axis
from planner.plans.totals import columns

if TYPE_CHECKING:
    from planner.questions.robust.ask import Robust

WITHOUT, THIS, ALONE = "without a plan", "with this plan", "best plan for it alone"
COLOURS = {WITHOUT: theme.GREY, THIS: theme.BLUE, ALONE: theme.ORANGE}


def pictures(result: Robust) -> dict[str, Any]:
    """A row a scenario."""
    return {"scenarios": _scenarios(reached(result))}


def reached(result: Robust) -> pd.DataFrame:
    """The first goal in each scenario: row, group, value, and bound, which nothing can beat."""
    rows = []
    for name, without, value, alone, bound in columns(
        result.tables["scenarios"], "scenario", "without", "value", "alone", "alone_bound"
    ):
        rows += [(name, WITHOUT, without, without), (name, THIS, value, value), (name, ALONE, alone, bound)]
    return pd.DataFrame(rows, columns=["row", "group", "value", "bound"]).dropna(subset=["value"])


def _scenarios(data: pd.DataFrame) -> Any:
    import altair as alt

    groups = [group for group in COLOURS if group in set(data["group"])]
    scale = alt.Scale(domain=groups, range=[COLOURS[group] for group in groups])
    y = alt.Y("row:N", sort=list(dict.fromkeys(data["row"])), title=None, axis=names_axis())
    x = alt.X("value:Q", title="first goal (smaller is better)", scale=alt.Scale(zero=False, nice=True))
    base = alt.Chart(data)
    colour = alt.Color("group:N", title=None, scale=scale, legend=alt.Legend(orient="top", columns=2, symbolOpacity=1))
    lines = base.mark_line(color=theme.PALE, strokeWidth=3).encode(y=y, x=x, detail="row:N")
    bounds = base.mark_rule(strokeWidth=5, opacity=0.4).encode(y=y, x=x, x2="bound:Q", color=colour)
    dots = base.mark_point(size=80, filled=True, opacity=1).encode(
        y=y,
        x=x,
        color=colour,
        shape=alt.Shape("group:N", scale=alt.Scale(domain=groups), legend=None),
        tooltip=[
            alt.Tooltip("row:N", title="scenario"), alt.Tooltip("group:N", title="plan"),
            alt.Tooltip("value:Q", title="first goal", format=".4f"),
            alt.Tooltip("bound:Q", title="no plan is better than", format=".4f"),
        ],
    )  # fmt: skip
    title = alt.Title("What is reached in each scenario", subtitle="dots: plans found; bars: what no plan is better than")
    return theme.themed((lines + bounds + dots).properties(width=WIDTH, height=alt.Step(32), title=title))
