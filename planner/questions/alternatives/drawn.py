"""What plans nearly as good as the best have in common, and which measures are in which of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pandas as pd

from planner.documents.drawings import theme
from planner.documents.drawings.intervals import WIDTH, names_axis
from planner.documents.drawings.timeline import KINDS, shared
from planner.plans.totals import columns

if TYPE_CHECKING:
    from planner.questions.alternatives.ask import Alternatives

ANSWERS = {
    "every": "in every plan", "every or some": "in every plan or some", "some": "in some plans",
    "some or no": "in some plans or none", "not known": "not known", "no": "in no plan",
}  # fmt: skip
SHOWN = 40  # measures; the answer names all of them
ROW = 24


def pictures(result: Alternatives) -> dict[str, Any]:
    """How many measures of each kind are in every plan, and which plan has which of the others."""
    drawn = {"common": _common(result)}
    data = cells(result)
    if len(data):
        drawn["plans"] = _plans(data)
    return drawn


def sums(result: Alternatives) -> pd.DataFrame:
    """How many measures: columns answer, kind, count."""
    table = result.tables["measures"]
    known = table[table["within"].isin(list(ANSWERS))]
    sizes = Counter(columns(known, "within", "kind"))
    rows = [(ANSWERS[within], KINDS[kind], size) for (within, kind), size in sizes.items()]
    return pd.DataFrame(rows, columns=["answer", "kind", "count"])


def cells(result: Alternatives) -> pd.DataFrame:
    """Measures that the plans shown do not all agree on: columns row, kind, plan, has (whether the plan has it)."""
    plans = result.tables["alternatives"]["plan"].tolist()
    unlike: dict[str, set[str]] = {}
    for plan, measure in columns(result.tables["changes"], "plan", "measure"):
        unlike.setdefault(measure, set()).add(plan)
    rows = []
    for measure, name, kind, units in columns(result.tables["measures"], "measure", "name", "kind", "units_best"):
        if measure in unlike:
            has = [(units > 0) != (plan in unlike[measure]) for plan in plans]
            rows.append((KINDS[kind], -sum(has), shared(name.split(" + ")), has))
    order = list(KINDS.values())
    rows.sort(key=lambda row: (order.index(row[0]), row[1], row[2]))
    flat = [
        (name, kind, plan.replace("-", " "), had)
        for kind, _, name, has in rows
        for plan, had in zip(plans, has, strict=True)
    ]
    return pd.DataFrame(flat, columns=["row", "kind", "plan", "has"])


def _colour(kinds: set[str], legend: Any) -> Any:
    import altair as alt

    known = {KINDS[kind]: colour for kind, colour in theme.KINDS.items() if KINDS[kind] in kinds}
    return alt.Color("kind:N", title=None, legend=legend, scale=alt.Scale(domain=list(known), range=list(known.values())))


def _common(result: Alternatives) -> Any:
    import altair as alt

    data = sums(result)
    data["place"] = [list(KINDS.values()).index(kind) for kind in data["kind"]]
    order = [answer for answer in ANSWERS.values() if answer in set(data["answer"])]
    drawn = (
        alt.Chart(data)
        .mark_bar(height=16)
        .encode(
            y=alt.Y("answer:N", sort=order, title=None, axis=names_axis()),
            x=alt.X("count:Q", title="measures", axis=alt.Axis(tickMinStep=1)),
            color=_colour(set(data["kind"]), alt.Legend(orient="top", columns=2)),
            order="place:Q",
            tooltip=[alt.Tooltip("answer:N", title="what"), alt.Tooltip("kind:N"), alt.Tooltip("count:Q", title="measures")],
        )
        .properties(width=WIDTH, height=alt.Step(26), title="What all plans so good have in common")
    )
    return theme.themed(drawn)


def _plans(data: pd.DataFrame) -> Any:
    import altair as alt

    plans, order = list(dict.fromkeys(data["plan"])), list(dict.fromkeys(data["row"]))
    shown = data[data["row"].isin(order[:SHOWN])]
    colour = _colour(set(shown["kind"]), alt.Legend(orient="top", columns=1))
    title = alt.Title(
        "Where the plans differ", subtitle="square: in the plan" + (f"; {SHOWN} measures" if len(order) > SHOWN else "")
    )
    drawn = (
        alt.Chart(shown)
        .transform_filter("datum.has")
        .mark_square(size=110, opacity=1)
        .encode(
            y=alt.Y("row:N", sort=order[:SHOWN], scale=alt.Scale(domain=order[:SHOWN]), title=None, axis=names_axis()),
            x=alt.X("plan:N", scale=alt.Scale(domain=plans), title=None, axis=alt.Axis(orient="top", labelAngle=-40)),
            color=colour,
            tooltip=[alt.Tooltip("row:N", title="what"), alt.Tooltip("kind:N"), alt.Tooltip("plan:N")],
        )
        .properties(width=max(120, 44 * len(plans)), height=alt.Step(ROW), title=title)
    )
    return theme.themed(drawn)
