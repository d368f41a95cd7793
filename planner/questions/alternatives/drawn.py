"""What plans nearly as good as the best have in common, and which measures are in which of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pandas as pd

from planner.case import KINDS
from planner.documents.drawings import theme
from planner.documents.drawings.intervals import WIDTH, names_axis
from planner.plans.totals import columns
from planner.questions import saying
from planner.questions.alternatives.ask import called
from planner.words.said import _, told

if TYPE_CHECKING:
    from planner.questions.alternatives.ask import Alternatives

ANSWERS = {
    "every": _("in every plan"), "every or some": _("in every plan or some"), "some": _("in some plans"),
    "some or no": _("in some plans or none"), "not known": _("not known"), "no": _("in no plan"),
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
    rows = [(told(ANSWERS[within]), told(KINDS[kind].several), size) for (within, kind), size in sizes.items()]
    return pd.DataFrame(rows, columns=["answer", "kind", "count"])


def cells(result: Alternatives) -> pd.DataFrame:
    """Measures that the plans shown do not all agree on: columns row, kind, plan, has (whether the plan has it)."""
    plans = result.tables["alternatives"]["plan"].tolist()
    unlike: dict[str, set[str]] = {}
    for plan, measure in columns(result.tables["changes"], "plan", "measure"):
        unlike.setdefault(measure, set()).add(plan)
    rows = []
    for measure, kind, units in columns(result.tables["measures"], "measure", "kind", "units_best"):
        if measure in unlike:
            has = [(units > 0) != (plan in unlike[measure]) for plan in plans]
            rows.append((kind, -sum(has), saying.short(result.case, measure), has))
    order = list(KINDS)
    rows.sort(key=lambda row: (order.index(row[0]), row[1], row[2]))
    flat = [
        (name, told(KINDS[kind].several), told(called(plan)), had)
        for kind, _has, name, has in rows
        for plan, had in zip(plans, has, strict=True)
    ]
    return pd.DataFrame(flat, columns=["row", "kind", "plan", "has"])


def _colour(kinds: set[str], legend: Any) -> Any:
    import altair as alt

    known = {told(KINDS[kind].several): colour for kind, colour in theme.KINDS.items() if told(KINDS[kind].several) in kinds}
    return alt.Color("kind:N", title=None, legend=legend, scale=alt.Scale(domain=list(known), range=list(known.values())))


def _common(result: Alternatives) -> Any:
    import altair as alt

    data = sums(result)
    places = [told(what.several) for what in KINDS.values()]
    data["place"] = [places.index(kind) for kind in data["kind"]]
    order = [told(answer) for answer in ANSWERS.values() if told(answer) in set(data["answer"])]
    drawn = (
        alt.Chart(data)
        .mark_bar(height=16)
        .encode(
            y=alt.Y("answer:N", sort=order, title=None, axis=names_axis()),
            x=alt.X("count:Q", title=told(_("measures")), axis=alt.Axis(tickMinStep=1)),
            color=_colour(set(data["kind"]), alt.Legend(orient="top", columns=2)),
            order="place:Q",
            tooltip=[
                alt.Tooltip("answer:N", title=told(_("what"))),
                alt.Tooltip("kind:N", title=told(_("kind"))),
                alt.Tooltip("count:Q", title=told(_("measures"))),
            ],
        )
        .properties(width=WIDTH, height=alt.Step(26), title=told(_("What all plans so good have in common")))
    )
    return theme.themed(drawn)


def _plans(data: pd.DataFrame) -> Any:
    import altair as alt

    plans, order = list(dict.fromkeys(data["plan"])), list(dict.fromkeys(data["row"]))
    shown = data[data["row"].isin(order[:SHOWN])]
    colour = _colour(set(shown["kind"]), alt.Legend(orient="top", columns=1))
    below = _("square: in the plan")
    if len(order) > SHOWN:
        below = _("square: in the plan; {number} measures").format(number=SHOWN)
    title = alt.Title(told(_("Where the plans differ")), subtitle=told(below))
    drawn = (
        alt.Chart(shown)
        .transform_filter("datum.has")
        .mark_square(size=110, opacity=1)
        .encode(
            y=alt.Y("row:N", sort=order[:SHOWN], scale=alt.Scale(domain=order[:SHOWN]), title=None, axis=names_axis()),
            x=alt.X("plan:N", scale=alt.Scale(domain=plans), title=None, axis=alt.Axis(orient="top", labelAngle=-40)),
            color=colour,
            tooltip=[
                alt.Tooltip("row:N", title=told(_("what"))),
                alt.Tooltip("kind:N", title=told(_("kind"))),
                alt.Tooltip("plan:N", title=told(_("plan"))),
            ],
        )
        .properties(width=max(120, 44 * len(plans)), height=alt.Step(ROW), title=title)
    )
    return theme.themed(drawn)
