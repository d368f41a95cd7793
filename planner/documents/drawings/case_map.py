"""The map of a case before anything is planned: cities by tier, links of today, and links that a plan may add."""

from __future__ import annotations

from typing import Any

import pandas as pd

from planner.case import Case, naming
from planner.documents import vocabulary
from planner.documents.drawings import map_data, maps, theme
from planner.documents.drawings.areas import Ground, ground
from planner.words.said import _, told

DOTS = {"core": 220, "secondary": 110, "small": 50}  # square pixels


def case_map(case: Case) -> Any:
    """One map that fits whatever room it gets."""
    import altair as alt

    under = ground(case)
    axes = maps.axes_of(under)
    layers = [maps.land(under, axes), *maps.sea(under, axes), _today(case, under, axes)]
    possible = possible_links(case, under)
    if len(possible):
        layers.append(_possible(case, possible, axes))
    layers += _cities(case, under, axes)
    drawn = alt.layer(*layers).properties(view=alt.ViewBackground(stroke=None))
    maps.fit(drawn, under)
    return theme.themed(drawn.resolve_scale(color="independent", fill="independent", size="independent"))


def possible_links(case: Case, under: Ground) -> pd.DataFrame:
    """Links that need a measure: columns mode, x, y, x2, y2 (km); one row a mode and pair of cities."""
    found = {
        (*sorted((link.from_city, link.to_city)), link.mode)
        for link in case.links.values()
        if link.needs and link.from_city != link.to_city
    }
    rows = [(told(vocabulary.mode(case, mode)), *under.seats[a], *under.seats[b]) for a, b, mode in sorted(found)]
    return pd.DataFrame(rows, columns=["mode", "x", "y", "x2", "y2"])


def _today(case: Case, under: Ground, axes: maps.Axes) -> Any:
    import altair as alt

    return (
        alt.Chart(map_data.existing_links(case, under))
        .mark_rule(color=theme.GREY, strokeWidth=1.2)
        .encode(x=axes.x, y=axes.y, x2="x2:Q", y2="y2:Q")
    )


def _possible(case: Case, links: pd.DataFrame, axes: maps.Axes) -> Any:
    import altair as alt

    colours = {told(vocabulary.mode(case, mode)): colour for mode, colour in theme.mode_colours(case).items()}
    modes = [mode for mode in colours if mode in set(links["mode"])]
    scale = alt.Scale(domain=modes, range=[colours[mode] for mode in modes])
    legend = alt.Legend(orient="bottom", symbolSize=500, symbolStrokeWidth=2.4, columns=3)
    return (
        alt.Chart(links)
        .mark_rule(strokeWidth=2.4, strokeDash=[5, 3])
        .encode(
            x=axes.x, y=axes.y, x2="x2:Q", y2="y2:Q", tooltip=theme.tips("mode"),
            color=alt.Color("mode:N", title=told(_("link that may be built")), scale=scale, legend=legend),
        )
    )  # fmt: skip


def _cities(case: Case, under: Ground, axes: maps.Axes) -> list[Any]:
    """Dots by tier, and names beside them."""
    import altair as alt

    names = {i: told(naming.city(case, i)) for i in under.seats}
    rows = [(names[i], told(vocabulary.cell(case.cities[i].tier)), *under.seats[i]) for i in under.seats]
    data = pd.DataFrame(rows, columns=["city", "tier", "x", "y"])
    known = {told(vocabulary.cell(tier)): tier for tier in DOTS}
    tiers = [tier for tier in known if tier in set(data["tier"])]
    size = alt.Size(
        "tier:N", title=told(_("city")), scale=alt.Scale(domain=tiers, range=[DOTS[known[tier]] for tier in tiers]),
        legend=alt.Legend(orient="bottom", symbolFillColor=theme.INK, symbolStrokeWidth=0),
    )  # fmt: skip
    shades = alt.Scale(domain=tiers, range=[theme.TIERS[known[tier]] for tier in tiers])
    colour = alt.Fill("tier:N", scale=shades, legend=None)
    dots = alt.Chart(data).mark_point(filled=True, opacity=1, strokeWidth=0, shape="circle")
    layers: list[Any] = [dots.encode(x=axes.x, y=axes.y, size=size, fill=colour, tooltip=theme.tips("city", "tier"))]
    return [*layers, *maps.names(map_data.labels(case, under, maps.scale_of(under, maps.ALONE)), axes)]
