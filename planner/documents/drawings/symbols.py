"""Symbols of what is built in cities: parks, hubs, facilities and plants that close, around the dot of each city."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pandas as pd

from planner.case import Case, Kind
from planner.case.kinds import KINDS
from planner.documents import vocabulary
from planner.documents.drawings import shown, theme
from planner.documents.drawings.ground import Ground
from planner.documents.drawings.labels import SEAT, Box
from planner.plans.totals import Chosen
from planner.words.said import _, told

AREA = 60  # square pixels of a symbol
AROUND = 5.0  # pixels from the edge of a dot to the middle of its symbols
HALF = 6.0  # pixels from the middle of a symbol to its edge, with some air
SHAPES: Mapping[Kind, tuple[str, float]] = {kind: about.symbol for kind, about in KINDS.items() if about.symbol is not None}


def at_cities(case: Case, some: Mapping[str, Chosen]) -> dict[tuple[str, Kind], list[Chosen]]:
    """(City, kind) -> measures of a kind that has a symbol."""
    found: dict[tuple[str, Kind], list[Chosen]] = defaultdict(list)
    for chosen in some.values():
        if chosen.measure.kind in SHAPES:
            for city in chosen.measure.cities:
                found[city, chosen.measure.kind].append(chosen)
    return found


def table(
    case: Case, under: Ground, some: Mapping[str, Chosen], radius: Mapping[str, float], pixels_a_km: float
) -> pd.DataFrame:
    """A row for each city and kind: columns id, kind (name), x, y (km), dx, dy (pixels east and south), and what is told.

    Parameters
    ----------
    pixels_a_km
        Scale at which the map is seen first: there symbols keep to the side on which they are on no other city's dot.
    """
    size = {i: max(SEAT, radius.get(i, 0.0)) for i in under.seats}
    there = at_cities(case, some)

    def place(city: str, kind: Kind, side: int) -> tuple[float, float]:
        turn, away = math.radians(SHAPES[kind][1]), size[city] + AROUND
        return side * away * math.cos(turn), -away * math.sin(turn)

    def on_others(city: str, side: int) -> int:
        """How many of a city's symbols lie on dots of others."""
        x, y = under.seats[city]
        return sum(
            any(
                math.hypot((at[0] - x) * pixels_a_km - dx, (at[1] - y) * pixels_a_km + dy) < size[j] + AROUND
                for j, at in under.seats.items()
                if j != city
            )
            for dx, dy in (place(city, kind, side) for other, kind in there if other == city)
        )

    side = {city: min((1, -1), key=lambda s: on_others(city, s)) for city in dict.fromkeys(city for city, _kind in there)}
    rows = [
        (city, told(vocabulary.KINDS[kind]), *under.seats[city], *place(city, kind, side[city]),
         *shown.about(case, built).values())
        for (city, kind), built in there.items()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["id", "kind", "x", "y", "dx", "dy", "measure", "cost", "payer", "opens"])


def boxes(data: pd.DataFrame) -> list[Box]:
    """What the symbols of a table cover."""
    places = zip(*(map(float, data[column]) for column in ("x", "y", "dx", "dy")), strict=True)
    return [Box((x, y), dx - HALF, -dy - HALF, dx + HALF, -dy + HALF) for x, y, dx, dy in places]


def layer(data: pd.DataFrame, axes: Any) -> list[Any]:
    """The symbols of a table; nothing where nothing has any."""
    import altair as alt

    if not len(data):
        return []
    kinds = {told(vocabulary.KINDS[kind]): kind for kind in SHAPES}
    there = [name for name in kinds if name in set(data["kind"])]
    colours = " : ".join(f"datum.value === {json.dumps(name)} ? '{theme.KINDS[kinds[name]]}'" for name in there)
    legend = alt.Legend(  # one of shapes, each in its colour: a legend of colours would stand beside it
        orient="bottom", symbolStrokeWidth=0, symbolFillColor=alt.ExprRef(f"{colours} : '{theme.INK}'"), columns=3
    )  # fmt: skip
    title = told(_("in a city"))
    fill = alt.Scale(domain=there, range=[theme.KINDS[kinds[name]] for name in there])
    shape = alt.Scale(domain=there, range=[SHAPES[kinds[name]][0] for name in there])
    return [
        alt.Chart(data)
        .mark_point(
            filled=True, size=AREA, stroke=theme.PAPER, strokeWidth=0.8, opacity=1, clip=True,
            xOffset=alt.ExprRef("datum.dx"), yOffset=alt.ExprRef("datum.dy"),
        )
        .encode(
            x=axes.x, y=axes.y, fill=alt.Fill("kind:N", title=title, scale=fill, legend=None),
            shape=alt.Shape("kind:N", title=title, scale=shape, legend=legend),
            tooltip=theme.tips("kind", "measure", "cost", "payer", "opens"),
        )
    ]  # fmt: skip
