"""One plan for several scenarios: what it reaches in each, next to the best plan for that scenario alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from planner.documents.drawings import theme
from planner.documents.drawings.intervals import WIDTH, names_axis
from planner.plans.totals import columns
from planner.questions import saying
from planner.words.said import _, told

if TYPE_CHECKING:
    from planner.questions.robust.ask import Robust

WITHOUT, THIS, ALONE = _("without a plan"), _("with this plan"), _("best plan for it alone")
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
        row = told(saying.scenario(result.case, name))
        values = ((WITHOUT, without, without), (THIS, value, value), (ALONE, alone, bound))
        rows += [(row, told(which), *figures) for which, *figures in values]
    return pd.DataFrame(rows, columns=["row", "group", "value", "bound"]).dropna(subset=["value"])


def _scenarios(data: pd.DataFrame) -> Any:
    import altair as alt

    colours = {told(group): colour for group, colour in COLOURS.items() if told(group) in set(data["group"])}
    groups = list(colours)
    scale = alt.Scale(domain=groups, range=list(colours.values()))
    y = alt.Y("row:N", sort=list(dict.fromkeys(data["row"])), title=None, axis=names_axis())
    x = alt.X("value:Q", title=told(_("first goal (smaller is better)")), scale=alt.Scale(zero=False, nice=True))
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
            alt.Tooltip("row:N", title=told(_("scenario"))), alt.Tooltip("group:N", title=told(_("plan"))),
            alt.Tooltip("value:Q", title=told(_("first goal")), format=".4f"),
            alt.Tooltip("bound:Q", title=told(_("no plan is better than")), format=".4f"),
        ],
    )  # fmt: skip
    below = told(_("dots: plans found; bars: what no plan is better than"))
    title = alt.Title(told(_("What is reached in each scenario")), subtitle=below)
    return theme.themed((lines + bounds + dots).properties(width=WIDTH, height=alt.Step(32), title=title))
