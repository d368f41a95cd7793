"""Figures of several clusters as dots between the worst and the best of them, a row a figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from planner.documents.drawings.intervals import names_axis
from planner.documents.drawings.theme import FAINT, INK, PALE, SERIES, themed
from planner.words.said import _, told

if TYPE_CHECKING:
    import altair as alt

STEP, WIDTH, LINE = 20, 420, 60
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right", "triangle-left")


def dots(points: Sequence[Mapping[str, Any]]) -> alt.LayerChart:
    """A dot for each figure and cluster; rows and clusters in the order in which they come.

    Parameters
    ----------
    points
        Mappings with figure, cluster, place (0 the worst to 1 the best) and value (as it is read).
    """
    import altair as alt
    import pandas as pd

    data = pd.DataFrame([{name: told(v) if isinstance(v, str) else v for name, v in point.items()} for point in points])
    figures, clusters = (list(dict.fromkeys(data[name])) for name in ("figure", "cluster"))
    base = alt.Chart(data, width=WIDTH, height=alt.Step(STEP))
    y = alt.Y("figure:N", sort=figures, title=None, axis=names_axis(LINE))
    ends = alt.Axis(
        values=[0, 1], labelExpr=f"datum.value == 0 ? '{told(_('worst'))}' : '{told(_('best'))}'", domain=False, orient="top"
    )
    x = alt.X("place:Q", title=None, axis=ends, scale=alt.Scale(domain=[-0.03, 1.03], nice=False))
    line = base.mark_rule(color=PALE, strokeWidth=2).encode(y=y, x="min(place):Q", x2="max(place):Q")
    tips = [
        alt.Tooltip("figure:N", title=told(_("figure"))), alt.Tooltip("cluster:N", title=told(_("cluster"))),
        alt.Tooltip("value:N", title=told(_("value"))),
    ]  # fmt: skip
    colours = [SERIES[n % len(SERIES)] for n in range(len(clusters))]
    shapes = [SHAPES[n % len(SHAPES)] for n in range(len(clusters))]
    legend = alt.Legend(orient="bottom", columns=3, symbolOpacity=1)
    dot = base.mark_point(filled=True, size=75, opacity=0.9, stroke=FAINT, strokeWidth=0.4).encode(
        y=y, x=x, tooltip=tips,
        color=alt.Color("cluster:N", title=None, scale=alt.Scale(domain=clusters, range=colours), legend=legend),
        shape=alt.Shape("cluster:N", title=None, scale=alt.Scale(domain=clusters, range=shapes), legend=legend),
    )  # fmt: skip
    heading = alt.Title(told(_("Where each cluster stands")), color=INK)
    drawn: Any = alt.layer(line, dot).properties(title=heading)
    return themed(drawn)  # type: ignore[no-any-return]
