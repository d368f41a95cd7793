"""Flows on a map: people served elsewhere, firms from their origin, who moves, and money from line to line, as arcs."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from planner.case import Case, naming
from planner.documents import vocabulary
from planner.documents.drawings import theme
from planner.documents.drawings.ground import Ground, Point
from planner.plans.plan import Plan
from planner.plans.totals import NOTHING, columns
from planner.words import numbers
from planner.words.said import _, told

BEND = 0.18  # of an arc's length: how far its middle is off the straight line
CORNERS = 16  # of an arc
SHOWN = 40  # the largest; more cannot be told apart
WIDTHS = (1.0, 7.0)  # pixels of the smallest and the largest
MONEY, FIRMS = "money", "firms"


@dataclass(frozen=True)
class Flow:
    """Something that goes from city to city in a period.

    Attributes
    ----------
    title
        What it is, with its unit.
    amounts
        (from, to) -> amount, only above nothing; the largest first.
    """

    title: str
    amounts: Mapping[tuple[str, str], float]


def flows(plan: Plan, period: str | None = None) -> dict[str, Flow]:
    """Every flow of a plan that there is any of in a period (an id; None = the last), by its key.

    Money from line to line goes between the largest cities of those who hold the lines; of holders without a city it is
    left out.
    """
    case, period = plan.case, period or plan.case.periods[-1].id
    found: dict[str, dict[tuple[str, str], float]] = defaultdict(lambda: defaultdict(float))
    for service, home, to, t, amount in columns(plan.tables["flows"], "service", "from", "to", "period", "amount"):
        if t == period and home != to:
            found[f"served {service}"][home, to] += amount
    for park, t, jobs in columns(plan.tables["parks"], "measure", "period", "jobs"):
        origin, host = case.parks[park].origin, case.measures[park].cities[0]
        if t == period and origin is not None and origin != host:
            found[FIRMS][origin, host] += jobs
    for home, to, t, what, amount in columns(plan.tables["moves"], "from", "to", "period", "what", "amount"):
        if t == period and home != to:
            found[f"moved {what}"][home, to] += amount
    seats = _seats(case)
    for sender, receiver, t, amount in columns(plan.tables["transfers"], "from", "to", "period", "amount"):
        ends = tuple(seats.get(case.lines[line].holder) for line in (sender, receiver))
        if t == period and ends[0] is not None and ends[1] is not None and ends[0] != ends[1]:
            found[MONEY][ends[0], ends[1]] += amount
    return {
        key: Flow(_title(case, key), dict(sorted(some.items(), key=lambda item: -item[1])))
        for key, amounts in found.items()
        if (some := {ends: amount for ends, amount in amounts.items() if amount > NOTHING})
    }


def _seats(case: Case) -> dict[str, str]:
    """Jurisdiction -> its largest city."""
    found: dict[str, str] = {}
    for city in sorted(case.cities.values(), key=lambda city: city.population.get("today", 0.0)):
        found[city.jurisdiction] = city.id
    return found


def _title(case: Case, key: str) -> str:
    if key == MONEY:
        return vocabulary.with_unit(_("money from line to line"), case.money.unit)
    if key == FIRMS:
        return _("jobs of firms that come from elsewhere")
    kind, _blank, what = key.partition(" ")
    if kind == "moved" and what in vocabulary.MOVED:
        return _("moved: {what}").format(what=vocabulary.MOVED[what])
    service, unit = naming.service(case, what), vocabulary.unit(case.services[what].unit)
    said = _("moved: {what}") if kind == "moved" else _("people served elsewhere: {what}")
    return said.format(what=service if what == case.services[what].unit else vocabulary.with_unit(service, unit))


def arcs(case: Case, under: Ground, flow: Flow) -> pd.DataFrame:
    """Corners of the arcs in order: columns arc, corner, x, y (km), amount, from and to (names), told; ends an angle."""
    rows = []
    for (a, b), amount in list(flow.amounts.items())[:SHOWN]:
        start, end = told(naming.city(case, a)), told(naming.city(case, b))
        bent = arc(under.seats[a], under.seats[b])
        (x0, y0), (x1, y1) = bent[-2:]
        angle = math.degrees(math.atan2(x1 - x0, y1 - y0))  # clockwise from north, as shapes turn
        for n, (x, y) in enumerate(bent):
            rows.append((f"{a} {b}", n, x, y, amount, start, end, numbers.units(amount), angle if n == CORNERS else None))
    return pd.DataFrame(rows, columns=["arc", "corner", "x", "y", "amount", "from", "to", "told", "angle"])


def arc(a: Point, b: Point) -> list[Point]:
    """A curve from a to b that bends to the left of its way, so that both directions of a pair are seen."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    middle = ((a[0] + b[0]) / 2 - 2 * BEND * dy, (a[1] + b[1]) / 2 + 2 * BEND * dx)  # of a parabola (P. Bézier)
    steps = [n / CORNERS for n in range(CORNERS + 1)]
    return [
        tuple((1 - t) ** 2 * p + 2 * t * (1 - t) * q + t * t * r for p, q, r in zip(a, middle, b, strict=True))  # type: ignore[misc]
        for t in steps
    ]


def layers(case: Case, under: Ground, flow: Flow, axes: Any) -> list[Any]:
    """The arcs of a flow, as wide as much goes there, with a tip at their ends."""
    import altair as alt

    data = arcs(case, under, flow)
    most = max(flow.amounts.values())
    width = alt.StrokeWidth(
        "amount:Q", title=told(flow.title), scale=alt.Scale(domain=[0, most], range=list(WIDTHS)),
        legend=alt.Legend(
            orient="bottom", values=theme.round_amounts(most), format=",.0f" if most >= 10 else ",.2~f",
            symbolStrokeColor=theme.PURPLE,
        ),
    )  # fmt: skip
    tips = [alt.Tooltip(f"{field}:N", title=told(theme.FIELDS[field])) for field in ("from", "to")]
    tips.append(alt.Tooltip("told:N", title=told(flow.title)))
    where: dict[str, Any] = {"x": axes.x, "y": axes.y, "tooltip": tips}
    lines = (
        alt.Chart(data)
        .mark_line(stroke=theme.PURPLE, opacity=0.75, strokeCap="round", clip=True)
        .encode(**where, detail="arc:N", order="corner:Q", strokeWidth=width)
    )
    tip = (
        alt.Chart(data[data["angle"].notna()])
        .mark_point(shape="triangle-up", filled=True, color=theme.PURPLE, size=70, opacity=1, clip=True)
        .encode(**where, angle=alt.Angle("angle:Q", scale=None))
    )
    return [lines, tip]
