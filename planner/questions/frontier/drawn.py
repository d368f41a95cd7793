"""The frontier: what the first goal comes to against money, or against a second goal; the knee marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from planner.documents.drawings.theme import BLUE, FAINT, INK, SKY, VERMILION, themed
from planner.questions.frontier.said import KNEE, bend_is_known, titles
from planner.words.said import _, told

if TYPE_CHECKING:
    import altair as alt

    from planner.questions.frontier.ask import Frontier

WIDTH, HEIGHT = 520, 320


def pictures(result: Frontier) -> dict[str, Any]:
    """The curve."""
    table = result.table("frontier")
    table["knee"] &= bend_is_known(result)
    return {"frontier": frontier(table, *map(told, titles(result)))}


def frontier(table: pd.DataFrame, cost: str, cost_title: str, value_title: str) -> alt.LayerChart:
    """Points and the curve through them, bars from each value down to what no plan can beat.

    Parameters
    ----------
    table
        The table `frontier` of an answer.
    cost
        Its column along the bottom: `amount` or `second`.
    cost_title, value_title
        What stands at the axes, with units.
    """
    import altair as alt

    data = points(table, cost)
    x = alt.X("cost:Q", title=cost_title, scale=alt.Scale(zero=False, nice=True))
    y = alt.Y("value:Q", title=value_title, scale=alt.Scale(zero=False, nice=True))
    base = alt.Chart(data)
    line = base.mark_line(color=SKY, strokeWidth=1.5).encode(x=x, y=y, order="cost:Q")
    bounds = base.mark_rule(color=FAINT, strokeWidth=1).encode(x=x, y=y, y2="bound:Q")
    dots = base.mark_circle(size=55, opacity=1).encode(
        x=x,
        y=y,
        color=alt.condition("datum.knee", alt.value(VERMILION), alt.value(BLUE)),
        tooltip=[
            alt.Tooltip("point:Q", title=told(_("point"))), alt.Tooltip("cost:Q", title=cost_title, format=",.4~g"),
            alt.Tooltip("value:Q", title=value_title, format=",.4~g"),
            alt.Tooltip("bound:Q", title=told(_("no plan is better than")), format=",.4~g"),
        ],
    )  # fmt: skip
    label = (
        base.transform_filter("datum.knee").mark_text(text=told(KNEE), dx=8, dy=-8, align="left", color=INK).encode(x=x, y=y)
    )
    drawn: Any = (bounds + line + dots + label).properties(width=WIDTH, height=HEIGHT)
    return themed(drawn)  # type: ignore[no-any-return]


def points(table: pd.DataFrame, cost: str) -> pd.DataFrame:
    """The points that have a plan: point, cost, value, bound (the value where none is known), knee."""
    shown = table[table["first"].notna() & table[cost].notna()]
    return pd.DataFrame(
        {
            "point": shown["point"].tolist(),
            "cost": shown[cost].tolist(),
            "value": shown["first"].tolist(),
            "bound": shown["first_bound"].fillna(shown["first"]).tolist(),
            "knee": [bool(knee) for knee in shown["knee"]],
        }
    )
