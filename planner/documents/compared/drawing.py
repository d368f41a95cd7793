"""Plans side by side as a drawing: each city's mean gap with each plan, a dot a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.case import naming
from planner.documents.drawings.theme import INK, PALE, SERIES, themed

if TYPE_CHECKING:
    import altair as alt

    from planner.comparing import Comparison

WIDTH, ROW = 560, 22


def points(found: Comparison, chinese: bool = False) -> list[dict[str, Any]]:
    """What is drawn: city, plan and mean gap in per cent, in the last period that all plans have."""
    cities = {i: naming.city(plan.case, i, chinese) for plan in reversed(found.plans) for i in plan.case.cities}
    table = found.tables["city_gaps"]
    rows = table[(table["period"] == found.period) & (table["city"] != "")]
    return [
        {"city": cities[row["city"]], "plan": name, "gap": 100 * float(row[name])}
        for _, row in rows.iterrows()
        for name in found.names
        if row[name] == row[name]
    ]


def city_gaps(found: Comparison, chinese: bool = False) -> alt.LayerChart | None:
    """Mean gap of each city with each plan, the worst city on top; None if there is nothing to draw.

    Parameters
    ----------
    chinese
        Whether cities are named in Chinese, where the cases know the names.
    """
    import altair as alt
    import pandas as pd

    drawn = points(found, chinese)
    if not drawn:
        return None
    label = next(p.label for p in found.plans[0].case.periods if p.id == found.period)
    base = alt.Chart(pd.DataFrame(drawn), width=WIDTH, height=alt.Step(ROW))
    plans = list(found.names)
    city = alt.Y("city:N", title=None, sort=alt.EncodingSortField("gap", op="max", order="descending"))
    ranges = base.mark_rule(color=PALE, strokeWidth=3).encode(y=city, x="min(gap):Q", x2="max(gap):Q")
    dots = base.mark_point(filled=True, size=90, opacity=1).encode(
        y=city,
        x=alt.X("gap:Q", title=f"mean gap in {label}, %", scale=alt.Scale(domainMin=0)),
        color=alt.Color("plan:N", title=None, scale=alt.Scale(domain=plans, range=list(SERIES[: len(plans)]))),
        shape=alt.Shape("plan:N", title=None, scale=alt.Scale(domain=plans)),
    )
    chart: alt.LayerChart = themed(
        alt.layer(ranges, dots).properties(title=alt.Title("How well off each city is", color=INK))
    )
    return chart
