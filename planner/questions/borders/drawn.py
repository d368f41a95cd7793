"""What planning together is worth: each world's gain, the gaps of each jurisdiction in it, and each signature's worth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from planner.case import naming
from planner.documents.drawings import theme
from planner.documents.drawings.intervals import STEP, WIDTH, intervals, names_axis, span
from planner.plans.totals import columns
from planner.questions import saying
from planner.questions.borders.said import NAMES, NEEDED, name_of
from planner.words.said import _, told

if TYPE_CHECKING:
    from planner.questions.borders.ask import Borders

COLOURS = {"without": theme.GREY, "alone": theme.VERMILION, "closed": theme.ORANGE, "open": theme.BLUE}


def pictures(result: Borders) -> dict[str, Any]:
    """The worlds, the jurisdictions in them, and the signatures of the plan."""
    drawn = {"worlds": _worlds(result), "jurisdictions": _jurisdictions(result)}
    signed = worths(result)
    if len(signed):
        title, axis = told(_("What each signature is worth")), told(_("worth, % of the whole gain"))
        drawn["signatures"] = intervals(signed, title, axis, {"": theme.KINDS["policy"]})
    return drawn


def gains(result: Borders) -> pd.DataFrame:
    """What each world gains against no plan, % of what all gain together with instruments."""
    rows = []
    for world, share, least, most in columns(
        result.tables["worlds"], "world", "share_of_gain", "cost_at_least", "cost_at_most"
    ):
        if world == "without" or share != share:
            continue
        name = told(name_of(result, world))
        if world == "open":
            rows.append((name, name, 100 * share, 100 * share, span(100 * share, 100 * share)))
        elif most == most:
            low, high = 100 * (1 - most), 100 * (1 - least)
            rows.append((name, name, low, high, span(low, high)))
        else:
            rows.append((name, name, 0.0, 0.0, told(saying.NOT_ANSWERED)))
    return pd.DataFrame(rows, columns=["row", "group", "least", "most", "note"])


def worths(result: Borders) -> pd.DataFrame:
    """What each signature is worth, % of the same gain; where there is no plan without it, all of it."""
    rows = []
    for a, least, most, status in columns(
        result.tables["signatures"], "measure", "share_at_least", "share_at_most", "status"
    ):
        name = told(naming.measure(result.case, a))
        if status == "infeasible":
            rows.append((name, "", 100.0, 100.0, told(NEEDED)))
        elif most == most or least > 0:
            rows.append((name, "", 100 * least, 100 * most, span(100 * least, 100 * most)))
        else:
            rows.append((name, "", 0.0, 0.0, told(saying.NOT_ANSWERED)))
    return pd.DataFrame(rows, columns=["row", "group", "least", "most", "note"])


def _worlds(result: Borders) -> Any:
    colours = {told(name_of(result, world)): colour for world, colour in COLOURS.items()}
    title, axis = _("What is gained against no plan"), _("% of the gain of planning together with instruments")
    return intervals(gains(result), told(title), told(axis), colours)


def _jurisdictions(result: Borders) -> Any:
    """The mean gap of each jurisdiction's cities: a dot a world."""
    import altair as alt

    table, names = result.tables["jurisdictions"], {world: told(name) for world, name in NAMES.items()}
    data = pd.DataFrame(
        {
            "row": [told(naming.jurisdiction(result.case, who)) for who in table["jurisdiction"]],
            "group": [names[world] for world in table["world"]],
            "gap": (100 * table["gap"]).tolist(),
        }
    )
    worlds = [names[world] for world in COLOURS if names[world] in set(data["group"])]
    colours = {names[world]: colour for world, colour in COLOURS.items()}
    y = alt.Y("row:N", sort=list(dict.fromkeys(data["row"])), title=None, axis=names_axis())
    scale = alt.Scale(domain=worlds, range=[colours[world] for world in worlds])
    base = alt.Chart(data)
    lines = base.mark_line(color=theme.PALE, strokeWidth=3).encode(y=y, x="gap:Q", detail="row:N")
    dots = base.mark_point(size=80, filled=True, opacity=1).encode(
        y=y,
        x=alt.X("gap:Q", title=told(_("mean gap of its cities, %")), scale=alt.Scale(zero=True, nice=True)),
        color=alt.Color("group:N", title=None, scale=scale, legend=alt.Legend(orient="top", columns=2)),
        shape=alt.Shape("group:N", title=None, scale=alt.Scale(domain=worlds), legend=None),
        tooltip=[
            alt.Tooltip("row:N", title=told(_("what"))),
            alt.Tooltip("group:N", title=told(_("plan"))),
            alt.Tooltip("gap:Q", title=told(_("mean gap of its cities, %")), format=".1f"),
        ],
    )
    title = told(_("Gaps of each jurisdiction"))
    return theme.themed((lines + dots).properties(width=WIDTH, height=alt.Step(STEP + 6), title=title))
