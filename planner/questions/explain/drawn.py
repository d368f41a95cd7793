"""Who gains by a measure that is in the plan; of one that is not, the sentences say all there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from planner.case import naming
from planner.documents.drawings import theme
from planner.documents.drawings.intervals import WIDTH, names_axis
from planner.plans.totals import columns
from planner.words.said import _, told

if TYPE_CHECKING:
    from planner.questions.explain.ask import Explanation

FEWEST = 2  # bars that say more than a sentence
SMALLEST = 0.5  # people


def pictures(result: Explanation) -> dict[str, Any]:
    """People who gain or lose in each city; nothing where a sentence says as much."""
    data = people(result)
    return {"gains": _gains(result, data)} if len(data) >= FEWEST else {}


def people(result: Explanation) -> pd.DataFrame:
    """As if so many people were brought to the standard, in the last period: columns row (city), indicator, people."""
    last = result.case.periods[-1].id
    rows = [
        (told(naming.city(result.case, city)), told(naming.indicator(result.case, indicator)), gaining)
        for indicator, city, period, gaining in columns(
            result.tables["gains"], "indicator", "city", "period", "people_gaining"
        )
        if period == last and abs(gaining) >= SMALLEST
    ]
    return pd.DataFrame(rows, columns=["row", "indicator", "people"])


def _gains(result: Explanation, data: pd.DataFrame) -> Any:
    import altair as alt

    order = data.groupby("row", sort=False)["people"].sum().sort_values(ascending=False, kind="stable").index.tolist()
    known = theme.indicator_colours(result.case)
    colours = {told(naming.indicator(result.case, name)): colour for name, colour in known.items()}
    names = [name for name in colours if name in set(data["indicator"])]
    scale = alt.Scale(domain=names, range=[colours[name] for name in names])
    label = result.case.periods[-1].label
    drawn = (
        alt.Chart(data)
        .mark_bar(height=14)
        .encode(
            y=alt.Y("row:N", sort=order, title=None, axis=names_axis()),
            x=alt.X(
                "people:Q",
                title=told(_("people who gain as if brought to the standard, {period}").format(period=label)),
                axis=alt.Axis(format="~s", tickCount=6),
            ),
            color=alt.Color("indicator:N", title=None, scale=scale, legend=alt.Legend(orient="top", columns=2)),
            tooltip=[
                alt.Tooltip("row:N", title=told(_("city"))),
                alt.Tooltip("indicator:N", title=told(_("indicator"))),
                alt.Tooltip("people:Q", title=told(_("people who gain")), format=",.0f"),
            ],
        )
        .properties(width=WIDTH, height=alt.Step(22), title=told(_("Who gains by it")))
    )
    return theme.themed(drawn)
