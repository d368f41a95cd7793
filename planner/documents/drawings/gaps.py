"""Gaps before and after: every city and indicator, and each city as a whole."""

from __future__ import annotations

from typing import Any

import pandas as pd

from planner.case import naming
from planner.compiling.goals import city_gaps, first_about_gaps, weights
from planner.documents.drawings import theme
from planner.plans.plan import Plan
from planner.plans.totals import columns
from planner.words.said import _, told

WORLDS = {"gap_without": _("without the plan"), "gap_with": _("with the plan")}
CELL, SLANT = 34, -50  # pixels of a column, degrees of its name: the names of two panels fit side by side
DARK = 0.55  # a gap from which on a figure is written in white


def gaps_of_cities(plan: Plan, period: str | None = None) -> pd.DataFrame:
    """Each city's gap: the mean over its indicators as the first goal about gaps weighs them.

    Parameters
    ----------
    period
        Id; None = the last period.

    Returns
    -------
    Columns city, name, name_zh, tier, gap_without, gap_with (shares, 0..1); only cities that the goal weighs.
    """
    case, period = plan.case, period or plan.case.periods[-1].id
    rows = columns(plan.tables["indicators"], "indicator", "city", "period", "gap_without", "gap_with")
    here = {(x, i, t): (before, after) for x, i, t, before, after in rows if t == period}
    weight = weights(case, first_about_gaps(case), here)
    before, after = (city_gaps(weight, {place: both[n] for place, both in here.items()}) for n in (0, 1))
    found = [
        (i, c.name, c.name_zh, c.tier, before[i], after[i]) for i, c in case.cities.items() if i in before
    ]  # fmt: skip
    return pd.DataFrame(found, columns=["city", "name", "name_zh", "tier", "gap_without", "gap_with"])


def _worlds() -> list[str]:
    return [told(world) for world in WORLDS.values()]


def gaps_by_indicator(plan: Plan, period: str | None = None) -> pd.DataFrame:
    """Every gap of a period, without and with the plan: columns indicator, city (its name), world, gap."""
    case, period = plan.case, period or plan.case.periods[-1].id
    rows = []
    for x, i, t, *both in columns(plan.tables["indicators"], "indicator", "city", "period", *WORLDS):
        if t == period:
            rows += [
                (told(naming.indicator(case, x)), told(naming.city(case, i)), w, gap)
                for w, gap in zip(_worlds(), both, strict=True)
            ]
    return pd.DataFrame(rows, columns=["indicator", "city", "world", "gap"])


def gap_table(plan: Plan, period: str | None = None) -> Any:
    """Cities by indicators, shaded by the gap, without the plan and with it side by side."""
    import altair as alt

    case = plan.case
    data = gaps_by_indicator(plan, period)
    cities = [told(naming.city(case, i)) for i in case.cities]
    indicators = [told(naming.indicator(case, x)) for x in case.indicators]
    panels = []
    for n, world in enumerate(_worlds()):
        base = alt.Chart(data[data["world"] == world], title=alt.TitleParams(world, fontSize=theme.SIZE + 1)).encode(
            x=alt.X("indicator:N", sort=indicators, title=None, axis=alt.Axis(orient="top", labelAngle=SLANT, ticks=False)),
            y=alt.Y("city:N", sort=cities, title=None, axis=None if n else alt.Axis(ticks=False, domain=False)),
        )
        shade = base.mark_rect(stroke=theme.PAPER).encode(color=theme.gap_colour())
        figures = base.mark_text(fontSize=theme.SMALL + 1).encode(
            text=alt.Text("gap:Q", format=".0%"),
            color=alt.condition(f"datum.gap > {DARK}", alt.value(theme.PAPER), alt.value(theme.INK)),
        )
        panels.append((shade + figures).properties(width=CELL * len(indicators), height=20 * len(cities)))
    return theme.themed(alt.hconcat(*panels, spacing=14))


def gap_steps(plan: Plan, period: str | None = None) -> Any:
    """Each city's gap, from where it is without the plan to where it is with it; the largest gap first."""
    import altair as alt

    data = gaps_of_cities(plan, period)
    data["label"] = [told(naming.city(plan.case, i)) for i in data["city"]]
    order = data.sort_values("gap_without", ascending=False, kind="stable")["label"].tolist()
    title = told(_("gap of the city (mean over its indicators, weighted as in the first goal)"))
    y = alt.Y("label:N", sort=order, title=None, axis=alt.Axis(ticks=False, domain=False))
    lines = alt.Chart(data).mark_rule(strokeWidth=3, color=theme.PALE).encode(
        y=y, x=alt.X("gap_with:Q", title=title), x2="gap_without:Q"
    )  # fmt: skip
    long = data.melt(["label"], list(WORLDS), "world", "gap")
    long["world"] = long["world"].map(dict(zip(WORLDS, _worlds(), strict=True)))
    dots = alt.Chart(long).mark_circle(size=90, opacity=1).encode(
        y=y,
        x=alt.X("gap:Q", title=title, axis=alt.Axis(format=".0%"), scale=alt.Scale(zero=True)),
        color=alt.Color(
            "world:N",
            title=None,
            scale=alt.Scale(domain=_worlds(), range=[theme.BEFORE, theme.AFTER]),
            legend=alt.Legend(orient="top"),
        ),
    )  # fmt: skip
    return theme.themed((lines + dots).properties(width=520, height=22 * max(1, len(data))))
