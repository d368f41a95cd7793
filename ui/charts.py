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
                alt.Tooltip("value:Q", format=".6g"),
                alt.Tooltip("seconds:Q", format=".0f"),
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


# --- charts of the planner's own drawings, in the language of the page

NAMES = frozenset({"payer", "line", "indicator", "mode", "row"})  # fields of names of the case; a name may be a word, too
WORDS_AMONG_NAMES = frozenset({"private investors", "high speed rail", "road", "motorway", "rail", "metro", "bus"})
NO_WORDS = frozenset(  # what stands under these keys is no word of a drawing: machinery, or names of the case
    {"field", "type", "mark", "name", "param", "expr", "fields", "views", "test", "op", "interpolate", "id", "city", "piece"}
)
BELOW = {
    "margin": 10,
    "bottom": {"anchor": "start", "direction": "vertical", "margin": 10},
}  # legends that fit a narrow screen
TITLED = ("title", "text")


def specification(chart: Any) -> dict[str, Any]:
    """A drawing as Vega-Lite with its data inside, made to fit the page."""
    return fitted(rendering.specification(chart))


def fitted(found: dict[str, Any], words: Mapping[str, str] | None = None, names: frozenset[str] = NAMES) -> dict[str, Any]:
    """A drawing that is Vega-Lite already, made to fit the page; it is changed.

    Parameters
    ----------
    words
        Word of the drawing -> what stands in its place; a word that ends with a space is the beginning of titles.
    names
        Fields that hold names of the case, which no word of the drawings stands for.
    """
    found["config"]["legend"] |= {"layout": BELOW}
    found["padding"] = {"left": 5, "right": 5, "top": 8, "bottom": 5}  # else the outermost labels are cut
    if any(name in found for name in ("hconcat", "vconcat", "facet")):
        found["autosize"] = {"type": "pad"}  # these cannot be made to fit
    elif isinstance(found.get("height"), dict):
        found["autosize"] = {"type": "fit-x", "contains": "padding"}  # as high as what it shows
    found["usermeta"] = {"embedOptions": {"renderer": "svg", "actions": False}}
    return _said(found, "", words, names) if words else found


def _said(node: Any, key: str, words: Mapping[str, str], names: frozenset[str]) -> Any:
    if key in names:
        words = _among_names(words)
    if isinstance(node, dict):
        listed = _among_names(words) if node.get("field") in names else words  # names in the order of a scale
        titled = {"title": node["field"]} if key == "tooltip" and "field" in node and "title" not in node else {}
        each = {**node, **titled}.items()
        return {name: _said(value, name, listed if name in ("scale", "sort") else words, names) for name, value in each}
    if isinstance(node, list):
        return [_said(value, key, words, names) for value in node]
    if not isinstance(node, str) or key in NO_WORDS:
        return node
    if key in TITLED and node not in words:
        start = next((start for start in words if start.endswith(" ") and node.startswith(start)), "")
        return words.get(start, "") + node.removeprefix(start)
    return words.get(node, node)


def _among_names(words: Mapping[str, str]) -> dict[str, str]:
    """The few words that stand where names of the case stand."""
    return {word: said for word, said in words.items() if word in WORDS_AMONG_NAMES}
