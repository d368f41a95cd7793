"""A programme's result in pictures: where the members lie, who is given how much, what it closes, and how it was proven."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, isfinite, radians
from typing import TYPE_CHECKING, Any

import pandas as pd

from planner.documents.blocks import Picture
from planner.documents.drawings.intervals import STEP, WIDTH, names_axis
from planner.documents.drawings.stacked import Heads, stacked
from planner.documents.drawings.theme import AFTER, BEFORE, FAINT, GAPS, INK, SERIES, themed
from planner.programme.shown import given, missing, named
from planner.words import numbers
from planner.words.said import _, told

if TYPE_CHECKING:
    from planner.programme.result import ProgrammePlan

MAP_WIDTH = 640
COMES_TO, CANNOT_BEAT = _("the best programme so far"), _("what nothing can beat")
WITHOUT, WITH = _("without a plan"), _("with the plan")


def pictures(found: ProgrammePlan) -> dict[str, Picture]:
    """Each by its name, to be drawn where it is shown."""
    drawings: dict[str, tuple[Callable[[ProgrammePlan], Any], str]] = {
        "members": (members_map, _("A dot a city, as large as its people; the darker, the more money a head.")),
        "given": (who_when, _("Money given of the shared lines, by period.")),
        "closed": (closed, _("What is missing of the standards that count; the line is what a plan closes.")),
        "rounds": (rounds, _("The two lines meet where nothing is left to prove.")),
    }  # fmt: skip
    if sum(isfinite(one.best) and isfinite(one.bound) for one in found.rounds) < 2:
        del drawings["rounds"]
    return {name: Picture(name, lambda draw=draw: draw(found), said) for name, (draw, said) in drawings.items()}  # type: ignore[misc]


def _order(found: ProgrammePlan) -> list[str]:
    """Names of the members, from the largest sum."""
    return [told(named(one.name, one.name_zh)) for one in sorted(found.members, key=lambda one: -given(one))]


def members_map(found: ProgrammePlan) -> Any:
    """All cities of all members on one map without a ground, north up."""
    import altair as alt

    rows = []
    for one in found.members:
        case, a_head = found.plans[one.id].case, 1e6 * given(one) / one.people
        last = case.period_ids[-1]
        for city in case.cities.values():
            rows.append((told(named(one.name, one.name_zh)), told(named(city.name, city.name_zh)), city.lon, city.lat,
                         city.population[last] / 1e6, a_head))  # fmt: skip
    data = pd.DataFrame(rows, columns=["member", "city", "lon", "lat", "people", "a_head"])
    middle = data.groupby("member", sort=False)[["lon", "lat"]].mean().reset_index()
    west, east, south, north = data["lon"].min(), data["lon"].max(), data["lat"].min(), data["lat"].max()
    around = 0.04 * max(east - west, north - south, 0.5)
    square = cos(radians((south + north) / 2))  # a degree of longitude against one of latitude
    height = MAP_WIDTH * (north - south + 2 * around) / max(1e-9, (east - west + 2 * around) * square)
    x = alt.X("lon:Q", axis=None, scale=alt.Scale(domain=[west - around, east + around], nice=False))
    y = alt.Y("lat:Q", axis=None, scale=alt.Scale(domain=[south - around, north + around], nice=False))
    head = told(_("given for a million people, {unit}").format(unit=found.unit))
    dots = alt.Chart(data).mark_circle(opacity=0.9, stroke=INK, strokeWidth=0.4).encode(
        x=x, y=y,
        size=alt.Size("people:Q", title=told(_("people, million")), scale=alt.Scale(range=[12, 420]),
                      legend=alt.Legend(orient="bottom", values=[1, 5, 20])),
        color=alt.Color("a_head:Q", title=head, scale=alt.Scale(range=list(GAPS[1:]), domainMin=0, nice=True),
                        legend=alt.Legend(orient="bottom", gradientLength=180, tickCount=4, format="~g")),
        tooltip=[
            alt.Tooltip("city:N", title=told(_("city"))), alt.Tooltip("member:N", title=told(_("member"))),
            alt.Tooltip("people:Q", title=told(_("people, million")), format=",.1f"),
            alt.Tooltip("a_head:Q", title=head, format=",.2f"),
        ],
    )  # fmt: skip
    names = alt.Chart(middle).mark_text(fontWeight="bold", stroke="white", strokeWidth=3, strokeOpacity=0.8).encode(
        x=x, y=y, text="member:N"
    )  # fmt: skip
    over = alt.Chart(middle).mark_text(fontWeight="bold", color=INK).encode(x=x, y=y, text="member:N")
    drawn: Any = (dots + names + over).properties(
        width=MAP_WIDTH, height=max(160.0, min(900.0, height)), title=told(_("Who is given how much for its people"))
    )
    return themed(drawn)


def who_when(found: ProgrammePlan) -> Any:
    """A bar a member, its parts the periods (and lines, where there are several)."""
    several = len(found.lines) > 1

    def part(line: str, period: str) -> str:
        label = found.periods[period]
        return told(_("{line}, {period}").format(line=named(*found.lines[line]) or line, period=label)) if several else label

    parts = [part(l, t) for l in found.lines for t in found.periods]
    rows = [
        (told(named(one.name, one.name_zh)), part(l, t), one.given[l, t])
        for one in found.members
        for l in found.lines
        for t in found.periods
    ]
    data = pd.DataFrame(rows, columns=["row", "part", "amount"])
    heads = Heads(_("member"), _("period"), _("given, {unit}").format(unit=found.unit))
    colours = {part: SERIES[n % len(SERIES)] for n, part in enumerate(parts)}
    title, axis = _("Who is given how much, and when"), _("given, {unit}").format(unit=found.unit)
    return stacked(data, title, axis, colours, heads, order=_order(found), figures=",.1f")


def closed(found: ProgrammePlan) -> Any:
    """What is missing in each member without a plan and with it, joined by a line."""
    import altair as alt

    without_, with_ = told(WITHOUT), told(WITH)
    rows, lines = [], []
    for one in found.members:
        name, (without, with_plan) = told(named(one.name, one.name_zh)), missing(found, one)
        rows += [(name, without_, 100 * without), (name, with_, 100 * with_plan)]
        lines.append((name, 100 * without, 100 * with_plan))
    order = [name for name, *_rest in sorted(lines, key=lambda row: row[2] - row[1])]
    y = alt.Y("row:N", sort=order, title=None, axis=names_axis())
    colour = alt.Color(
        "world:N", title=None, scale=alt.Scale(domain=[without_, with_], range=[BEFORE, AFTER]),
        legend=alt.Legend(orient="top"),
    )  # fmt: skip
    title = told(_("missing, % of the standards"))
    rule = alt.Chart(pd.DataFrame(lines, columns=["row", "without", "with_plan"])).mark_rule(
        color=FAINT, strokeWidth=2
    ).encode(y=y, x=alt.X("without:Q", title=title), x2="with_plan:Q")  # fmt: skip
    dots = alt.Chart(pd.DataFrame(rows, columns=["row", "world", "missing"])).mark_circle(size=70, opacity=1).encode(
        y=y, x=alt.X("missing:Q", title=title), color=colour,
        tooltip=[alt.Tooltip("row:N", title=told(_("member"))), alt.Tooltip("missing:Q", title=title, format=".1f")],
    )  # fmt: skip
    drawn: Any = (rule + dots).properties(
        width=WIDTH, height=alt.Step(STEP), title=told(_("What is missing without the plans and with them"))
    )
    return themed(drawn)


def rounds(found: ProgrammePlan) -> Any:
    """Plan and bound over the time, as far apart from the last bound as they were."""
    import altair as alt

    goal, bound = told(COMES_TO), told(CANNOT_BEAT)
    rows = [
        (one.seconds, name, value)
        for one in found.rounds
        for name, value in ((goal, one.best), (bound, one.bound))
        if isfinite(value)
    ]
    known = [one for one in found.rounds if isfinite(one.best)]
    data = pd.DataFrame(rows, columns=["seconds", "what", "value"])
    data = data[data["seconds"] >= known[0].seconds]  # before the first programme the bound alone says little
    drawn: Any = (
        alt.Chart(data)
        .mark_line(point=True, interpolate="step-after")
        .encode(
            x=alt.X("seconds:Q", title=told(_("seconds"))),
            y=alt.Y("value:Q", title=told(_("goal of all members")), scale=alt.Scale(zero=False)),
            color=alt.Color("what:N", title=None, scale=alt.Scale(domain=[goal, bound], range=[AFTER, INK]),
                            legend=alt.Legend(orient="top", labelLimit=WIDTH)),
            tooltip=[alt.Tooltip("what:N", title=told(_("what"))),
                     alt.Tooltip("seconds:Q", title=told(_("seconds")), format=",.0f"),
                     alt.Tooltip("value:Q", title=told(_("goal of all members")), format=".5f")],
        )
        .properties(width=WIDTH, height=200, title=told(
            _("Plan and bound, {gap} apart in the end").format(gap=numbers.proof(found.gap))
        ))
    )  # fmt: skip
    return themed(drawn)
