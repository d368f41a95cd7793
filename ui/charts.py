"""Charts of the page that no report has: pure functions of data; no Streamlit here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

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
