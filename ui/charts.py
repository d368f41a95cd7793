"""Charts of the page that no report has: pure functions of data; no Streamlit here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from planner.reporting.drawings import rendering
from planner.reporting.drawings.theme import AFTER, FAINT, themed


def history(events: Sequence[dict[str, Any]], goal: str) -> pd.DataFrame:
    """Seconds, best plan so far and what nothing can beat, of one goal, as a run told them."""
    rows = [(e["seconds"], e["best"], e["bound"]) for e in events if e.get("goal") == goal and e.get("bound") is not None]
    return pd.DataFrame(rows, columns=["seconds", "best", "bound"])


def progress(data: pd.DataFrame, title: str) -> alt.LayerChart:
    """The two curves that meet: the best plan so far from above, and what nothing can beat from below."""
    x = alt.X("seconds:Q", title="s")
    scale = alt.Scale(zero=False)
    best = alt.Chart(data).mark_line(interpolate="step-after", color=AFTER, strokeWidth=2)
    bound = alt.Chart(data).mark_line(interpolate="step-after", color=FAINT, strokeDash=[4, 3])
    layers = best.encode(x=x, y=alt.Y("best:Q", title=title, scale=scale)) + bound.encode(
        x=x, y=alt.Y("bound:Q", scale=scale)
    )
    return themed(layers.properties(height=220))  # type: ignore[no-any-return]


# --- charts of the planner's own drawings, in the language of the page

NO_WORDS = frozenset(  # what stands under these keys is no word of a drawing: machinery, or names of the case
    {"field", "type", "mark", "name", "param", "expr", "fields", "views", "test", "op", "interpolate", "id", "city", "piece"}
)
BELOW = {
    "margin": 10,
    "bottom": {"anchor": "start", "direction": "vertical", "margin": 10},
}  # legends that fit a narrow screen
TITLED = ("title", "text")


def specification(chart: Any, words: Mapping[str, str] | None = None) -> dict[str, Any]:
    """A drawing as Vega-Lite with its data inside, its own words (not names of the case) said in others.

    Parameters
    ----------
    words
        Word of the drawings -> what stands in its place; a word that ends with a space is the beginning of titles.
    """
    return fitted(rendering.specification(chart), words)


def fitted(found: dict[str, Any], words: Mapping[str, str] | None = None) -> dict[str, Any]:
    """A drawing that is Vega-Lite already, made to fit the page; it is changed. See `specification`."""
    found["config"]["legend"] |= {"layout": BELOW}
    found["padding"] = {"left": 5, "right": 5, "top": 8, "bottom": 5}  # else the outermost labels are cut
    if any(name in found for name in ("hconcat", "vconcat", "facet")):
        found["autosize"] = {"type": "pad"}  # these cannot be made to fit
    elif isinstance(found.get("height"), dict):
        found["autosize"] = {"type": "fit-x", "contains": "padding"}  # as high as what it shows
    found["usermeta"] = {"embedOptions": {"renderer": "svg", "actions": False}}
    return _said(found, "", words) if words else found


def _said(node: Any, key: str, words: Mapping[str, str]) -> Any:
    if isinstance(node, dict):
        titled = {"title": node["field"]} if key == "tooltip" and "field" in node and "title" not in node else {}
        return {name: _said(value, name, words) for name, value in {**node, **titled}.items()}
    if isinstance(node, list):
        return [_said(value, key, words) for value in node]
    if not isinstance(node, str) or key in NO_WORDS:
        return node
    if key in TITLED and node not in words:
        start = next((start for start in words if start.endswith(" ") and node.startswith(start)), "")
        return words.get(start, "") + node.removeprefix(start)
    return words.get(node, node)
