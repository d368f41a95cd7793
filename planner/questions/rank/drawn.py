"""A ranked list beside the optimal plan: what each closes, and on what it spends."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any

import pandas as pd

from planner.case import KINDS
from planner.documents.drawings import theme
from planner.documents.drawings.intervals import WIDTH, intervals, names_axis, span
from planner.plans.totals import columns
from planner.questions.rank.said import names
from planner.words.said import _, told

if TYPE_CHECKING:
    from planner.questions.rank.ask import Ranking

COLOURS = {"ranked": theme.ORANGE, "best": theme.BLUE}


def pictures(result: Ranking) -> dict[str, Any]:
    """What each closes, and what for."""
    drawn, data = {}, closed(result)
    if len(data):
        drawn["closed"] = intervals(
            data, told(_("How much of the gap is closed")), told(_("closed, % of the first goal")), _colours(result)
        )
    drawn["kinds"] = _kinds(result)
    return drawn


def _colours(result: Ranking) -> dict[str, str]:
    return {told(names(result)[which]): colour for which, colour in COLOURS.items()}


def closed(result: Ranking) -> pd.DataFrame:
    """Per cent of the first goal that each closes; of the best plan at most what no plan can beat."""
    ranked, best, bound = (100 * result.share_closed(value) for value in (result.ranked, result.best, result.bound))
    called = {which: told(name) for which, name in names(result).items()}
    rows = [(called["ranked"], ranked, ranked), (called["best"], best, bound)]
    some = [(name, name, low, high, span(low, high)) for name, low, high in rows if not isnan(low)]
    return pd.DataFrame(some, columns=["row", "group", "least", "most", "note"])


def spent(result: Ranking) -> pd.DataFrame:
    """Public money by kind of measure: columns row (list or plan), kind (its id), amount."""
    rows = []
    for kind, ranked, best in columns(result.tables["kinds"], "kind", "ranked", "best"):
        rows += [(told(names(result)[which]), kind, amount) for which, amount in (("ranked", ranked), ("best", best))]
    return pd.DataFrame(rows, columns=["row", "kind", "amount"]).dropna()


def _kinds(result: Ranking) -> Any:
    import altair as alt

    data = spent(result)
    data["place"] = [list(KINDS).index(kind) for kind in data["kind"]]
    known = {told(KINDS[kind].several): colour for kind, colour in theme.KINDS.items() if kind in set(data["kind"])}
    data["kind"] = [told(KINDS[kind].several) for kind in data["kind"]]
    scale = alt.Scale(domain=list(known), range=list(known.values()))
    drawn = (
        alt.Chart(data)
        .mark_bar(height=18)
        .encode(
            y=alt.Y("row:N", sort=[told(name) for name in names(result).values()], title=None, axis=names_axis()),
            x=alt.X("amount:Q", title=told(_("public {unit}").format(unit=result.case.money.unit)).rstrip()),
            color=alt.Color("kind:N", title=None, scale=scale, legend=alt.Legend(orient="top", columns=2)),
            order="place:Q",
            tooltip=[
                alt.Tooltip("row:N", title=told(_("plan"))),
                alt.Tooltip("kind:N", title=told(_("kind"))),
                alt.Tooltip("amount:Q", title=told(_("amount")), format=",.1f"),
            ],
        )
        .properties(width=WIDTH, height=alt.Step(30), title=told(_("What the money is spent on")))
    )
    return theme.themed(drawn)
