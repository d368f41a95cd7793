"""Charts of the page that no report has: pure functions of data; no Streamlit here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from planner.documents.drawings import rendering
from planner.documents.drawings.theme import AFTER, VERMILION, themed

TOLD = "told"  # the data of the curves, filled in at each look


def curves(best: str, bound: str, title: str, seconds: str) -> Any:
    """The two curves that meet: the best plan so far from above, and what nothing can beat from below.

    Parameters
    ----------
    best, bound, title, seconds
        Words of the legend and of both axes.

    Returns
    -------
    A chart whose data `points` makes.
    """
    colours = alt.Scale(domain=[best, bound], range=[AFTER, VERMILION])
    dashes = alt.Scale(domain=[best, bound], range=[[1, 0], [5, 3]])
    legend = alt.Legend(orient="top", title=None, symbolSize=400, symbolStrokeWidth=2.5)
    chart = (
        alt.Chart(alt.NamedData(TOLD))
        .mark_line(interpolate="step-after", strokeWidth=2.5)
        .encode(
            x=alt.X("seconds:Q", title=seconds, axis=alt.Axis(tickMinStep=1, format="d")),
            y=alt.Y("value:Q", title=title, scale=alt.Scale(zero=False, nice=True), axis=alt.Axis(titleAnchor="end")),
            color=alt.Color("what:N", scale=colours, legend=legend),
            strokeDash=alt.StrokeDash("what:N", scale=dashes, legend=legend),
            tooltip=[
                alt.Tooltip("what:N", title=" "),
                alt.Tooltip("value:Q", title=title, format=".6g"),
                alt.Tooltip("seconds:Q", title=seconds, format=".0f"),
            ],
        )
        .properties(height=240, width="container")
    )
    return themed(chart)


def points(told: Sequence[Mapping[str, Any]], best: str, bound: str, now: float | None = None) -> list[dict[str, Any]]:
    """What a run told of one goal, as points of both curves.

    Parameters
    ----------
    told
        Events of the goal, with `seconds`, `best` and `bound`.
    now
        Seconds of this moment, up to which both stay as they are; None = the last event.
    """
    found = [
        {"seconds": event["seconds"], "value": event[key], "what": what}
        for key, what in (("best", best), ("bound", bound))
        for event in told
        if event[key] is not None
    ]
    for what in (best, bound):
        last = next((point for point in reversed(found) if point["what"] == what), None)
        if last is not None and now is not None and now > last["seconds"]:
            found.append({**last, "seconds": now})
    return found


# --- charts of the planner's own drawings

BELOW = {
    "margin": 10,
    "bottom": {"anchor": "start", "direction": "vertical", "margin": 10},
}  # legends that fit a narrow screen


def specification(chart: Any) -> dict[str, Any]:
    """A drawing as Vega-Lite with its data inside, made to fit the page."""
    return fitted(rendering.specification(chart))


def fitted(found: dict[str, Any]) -> dict[str, Any]:
    """A drawing that is Vega-Lite already, made to fit the page; it is changed."""
    found["config"]["legend"] |= {"layout": BELOW}
    found["padding"] = {"left": 5, "right": 5, "top": 8, "bottom": 5}  # else the outermost labels are cut
    if any(name in found for name in ("hconcat", "vconcat", "facet")):
        found["autosize"] = {"type": "pad"}  # these cannot be made to fit
    elif isinstance(found.get("height"), dict):
        found["autosize"] = {"type": "fit-x", "contains": "padding"}  # as high as what it shows
    found["usermeta"] = {"embedOptions": {"renderer": "svg", "actions": False}}
    return found
