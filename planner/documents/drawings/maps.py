"""Maps: of a plan, by gap without it and with it, links of today and those built, and money; and of a case to be planned.

Plain lines in projected kilometres: no tile, no address, nothing is fetched.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Literal

import pandas as pd

from planner.case import Case, Link, naming
from planner.documents import vocabulary
from planner.documents.drawings import theme
from planner.documents.drawings.gaps import WORLDS, gaps_of_cities
from planner.documents.drawings.ground import Ground, Point, ground, labels
from planner.plans.plan import Plan
from planner.plans.totals import columns, serving
from planner.words.said import Sentence, _, series, told

SPREAD = 2.6  # pixels between links of several modes on one stretch
LARGEST = 900.0  # area of the largest dot, square pixels
DOTS = {"core": 220, "secondary": 110, "small": 50}  # square pixels, on the map of a case
WIDTH = 380  # of a panel, pixels
TALLEST = 620
ALONE = (560, TALLEST)  # pixels that names are placed for, on a map that fits its room
NEAREST = _("Areas are what is nearest to each city's seat, no administrative boundaries. Links are drawn straight.")
OWN = _("Links are drawn straight.")
Shades = Literal[
    "", "bar", "steps"
]  # legend of the shades: none, a bar, or squares (browsers lose bars of a map drawn anew)


def note(plan: Plan, period: str | None = None) -> str:
    """What a reader has to know about the map of a period (an id); None = the last."""
    return series((OWN if ground(plan.case).own else NEAREST, shades_of(plan, period)), " ")


def shades_of(plan: Plan, period: str | None = None) -> Sentence:
    """What shades and dots tell."""
    label = next(p.label for p in reversed(plan.case.periods) if period in (None, p.id))
    return _(
        "Shade: gap of the city in {period}, the mean over its indicators as the first goal weighs them. Dots: public money "
        "spent in a city over the whole horizon; that of measures in several cities is split evenly, that of signatures "
        "without a city is left out."
    ).format(period=label)


def plan_map(
    plan: Plan,
    worlds: Sequence[str] = tuple(WORLDS),
    width: int = WIDTH,
    tallest: int = TALLEST,
    period: str | None = None,
) -> Any:
    """Maps side by side, one for each world.

    Parameters
    ----------
    worlds
        `gap_without`, `gap_with`, in the order shown; built links and money are in the world with the plan.
    width, tallest
        Of one panel, at most, pixels.
    period
        Whose gaps and links are shown (an id); None = the last.
    """
    import altair as alt

    period = period or plan.case.periods[-1].id
    under = ground(plan.case)
    size = (width, tallest)
    panels = [_panel(plan, under, world, period, size, legend="" if n else "bar") for n, world in enumerate(worlds)]
    apart: dict[str, Any] = dict.fromkeys(("color", "fill", "size", "strokeDash"), "independent")
    return theme.themed(alt.hconcat(*panels, spacing=12).resolve_scale(**apart))


def city_map(
    plan: Plan,
    world: str = "gap_with",
    period: str | None = None,
    chosen: str | None = None,
    tops: tuple[float, float] | None = None,
) -> Any:
    """One map that fits whatever room it gets, with cities to click on.

    Its selection is named `city`, of the field `id`; width and height are left to whoever shows it.

    Parameters
    ----------
    world, period
        As in `plan_map`.
    chosen
        City with a frame around its area (an id).
    tops
        Gap of the darkest shade and money of the largest dot, so that maps of several plans can be set side by side; None =
        those of this plan.
    """
    import altair as alt

    period = period or plan.case.periods[-1].id
    under = ground(plan.case)
    drawn = _panel(plan, under, world, period, ALONE, legend="steps", tops=tops)
    if chosen in under.areas:
        drawn += _outline(under.areas[chosen])
    fit(drawn, under)
    apart: dict[str, Any] = dict.fromkeys(("color", "fill", "size", "strokeDash"), "independent")
    click = alt.selection_point(name="city", fields=["id"], on="click", toggle=False, clear=False)
    return theme.themed(drawn.resolve_scale(**apart).add_params(click))


def _outline(area: Sequence[Sequence[Point]]) -> Any:
    """The frame around the area of a chosen city."""
    import altair as alt

    return (
        alt.Chart(rings(area))
        .mark_line(stroke=theme.INK, strokeWidth=2, interpolate="linear-closed", clip=True)
        .encode(x=alt.X("x:Q", axis=None), y=alt.Y("y:Q", axis=None), detail="piece:N", order="corner:Q")
    )


def largest(plan: Plan, period: str) -> tuple[float, float]:
    """The gap that the darkest shade stands for, that of the worst city rounded up, and the most money of a city."""
    gaps = gaps_of_cities(plan, period)
    worst = max([0.1, *map(float, gaps["gap_without"]), *map(float, gaps["gap_with"])])
    return math.ceil(10 * worst - 1e-9) / 10, max(money_of_cities(plan).values(), default=0.0)


def _panel(
    plan: Plan,
    under: Ground,
    world: str,
    period: str,
    size: tuple[int, int],
    legend: Shades,
    tops: tuple[float, float] | None = None,
) -> Any:
    """One map; the first has the legend of the shades."""
    import altair as alt

    west, south, east, north = under.frame
    km_a_pixel = scale_of(under, size)
    wide, tall = (east - west) / km_a_pixel, (north - south) / km_a_pixel
    axes = axes_of(under)
    tops = tops or largest(plan, period)
    shade = _shade(world, tops[0], legend)
    areas = _areas(plan, under, world, period, axes, shade)
    water = sea(under, axes)
    layers = [
        land(under, axes),
        *([*water, areas] if under.own else [areas, *water]),
    ]  # nearest-seat areas reach into the water
    layers.append(_existing(plan, under, axes))
    if world == "gap_with":
        layers += [
            _built(plan, under, period, km_a_pixel, axes),
            _money(plan, under, km_a_pixel, axes, tops[1]),
        ]
    layers += names(seats(plan, under, km_a_pixel), axes)
    title = alt.TitleParams(told(WORLDS[world]), fontSize=theme.SIZE + 1)
    return alt.layer(*layers, title=title).properties(width=wide, height=tall, view=alt.ViewBackground(stroke=None))


class Axes:
    """Both axes of a map, which every layer shares."""

    def __init__(self, x: Any, y: Any) -> None:
        self.x, self.y = x, y


def scale_of(under: Ground, size: tuple[int, int]) -> float:
    """How many kilometres a pixel stands for where the map fills a room of so many pixels."""
    west, south, east, north = under.frame
    return max((east - west) / size[0], (north - south) / size[1])


def axes_of(under: Ground) -> Axes:
    """The axes of a map that fills its frame."""
    import altair as alt

    west, south, east, north = under.frame
    return Axes(
        alt.X("x:Q", axis=None, scale=alt.Scale(domain=[west, east], nice=False, zero=False)),
        alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[south, north], nice=False, zero=False)),
    )


def fit(drawn: Any, under: Ground) -> None:
    """Let a map fit whatever room it gets, with a kilometre as long in both directions."""
    import altair as alt

    west, south, east, north = under.frame
    km_a_pixel = f"max({east - west} / width, {north - south} / height)"
    domains = [
        [alt.ExprRef(f"{(low + high) / 2} {sign} {km_a_pixel} * {side} / 2") for sign in "-+"]
        for low, high, side in ((west, east, "width"), (south, north, "height"))
    ]
    for layer in drawn.layer:
        layer.encoding.x.scale = alt.Scale(domain=domains[0], nice=False, zero=False)
        layer.encoding.y.scale = alt.Scale(domain=domains[1], nice=False, zero=False)
    drawn.width = drawn.height = alt.Undefined


def land(under: Ground, axes: Axes) -> Any:
    """The ground within the frame: in a room of another shape, what is not known stays paper."""
    import altair as alt

    west, south, east, north = under.frame
    corners = [(west, south), (east, south), (east, north), (west, north)]
    return (
        alt.Chart(rings([corners]))
        .mark_line(filled=True, fill=theme.LAND if under.sea else theme.PAPER, stroke=None, interpolate="linear-closed")
        .encode(x=axes.x, y=axes.y, detail="piece:N", order="corner:Q")
    )


def sea(under: Ground, axes: Axes) -> list[Any]:
    """The water, where the case knows of land."""
    import altair as alt

    if not under.sea:
        return []
    return [
        alt.Chart(rings([under.sea]))
        .mark_line(filled=True, fill=theme.WATER, stroke=None, interpolate="linear-closed", clip=True)
        .encode(x=axes.x, y=axes.y, detail="piece:N", order="corner:Q")
    ]


def _shade(world: str, top: float, legend: Shades) -> Any:
    """Shade of a city's gap: from none to the largest."""
    import altair as alt

    shade = theme.gap_colour(world, top).to_dict()
    if legend == "steps":
        steps = [n / 10 for n in range(round(10 * top) + 1)]
        squares = {"type": "symbol", "symbolType": "square", "symbolSize": 200, "symbolStrokeWidth": 0, "columns": 6}
        shade["legend"] = {"format": ".0%", "orient": "bottom", "values": steps, **squares}
    return alt.Fill(**{**shade, **({} if legend else {"legend": None})})


def _areas(plan: Plan, under: Ground, world: str, period: str, axes: Axes, shade: Any) -> Any:
    import altair as alt

    data = areas(plan, under, period)
    tooltip = [*theme.tips("city"), alt.Tooltip(f"{world}:Q", format=".1%", title=told(_("gap")))]
    fill = alt.condition(f"isValid(datum.{world})", shade, alt.value(theme.LAND))
    return (
        alt.Chart(data)
        .mark_line(filled=True, stroke=theme.PALE, strokeWidth=1, interpolate="linear-closed", clip=True)
        .encode(x=axes.x, y=axes.y, detail="piece:N", order="corner:Q", fill=fill, tooltip=tooltip)
    )


def _existing(plan: Plan, under: Ground, axes: Axes) -> Any:
    import altair as alt

    return (
        alt.Chart(existing_links(plan.case, under))
        .mark_rule(color=theme.GREY, strokeWidth=1, opacity=0.8)
        .encode(x=axes.x, y=axes.y, x2="x2:Q", y2="y2:Q")
    )


def _built(plan: Plan, under: Ground, period: str, km_a_pixel: float, axes: Axes) -> Any:
    import altair as alt

    data = built_links(plan, under, km_a_pixel, period)
    colours = {told(vocabulary.mode(plan.case, mode)): colour for mode, colour in theme.mode_colours(plan.case).items()}
    dashes = {p.label: list(theme.period_dashes(plan.case)[p.id]) for p in plan.case.periods}
    modes = [mode for mode in colours if mode in set(data["mode"])]
    periods = [label for label in dashes if label in set(data["period"])]
    legend = alt.Legend(orient="bottom", symbolSize=500, symbolStrokeWidth=2.6, columns=3)
    mode_scale = alt.Scale(domain=modes, range=[colours[mode] for mode in modes])
    dash_scale = alt.Scale(domain=periods, range=[dashes[label] for label in periods])
    return (
        alt.Chart(data)
        .mark_rule(strokeWidth=2.6)
        .encode(
            x=axes.x, y=axes.y, x2="x2:Q", y2="y2:Q",
            color=alt.Color("mode:N", title=told(_("link built")), scale=mode_scale, legend=legend),
            strokeDash=alt.StrokeDash("period:N", title=told(_("in use from")), scale=dash_scale, legend=legend),
            tooltip=theme.tips("link", "mode", "period"),
        )
    )  # fmt: skip


def _money(plan: Plan, under: Ground, km_a_pixel: float, axes: Axes, most: float) -> Any:
    import altair as alt

    data = seats(plan, under, km_a_pixel)
    data = data[data["money"] > 0]
    most = most or 1.0
    size = alt.Size(
        "money:Q",
        title=told(_("public {unit}").format(unit=plan.case.money.unit)),
        scale=alt.Scale(domain=[0, most], range=[0, LARGEST]),
        legend=alt.Legend(
            orient="bottom", values=_round_amounts(most), symbolFillColor=theme.YELLOW, symbolStrokeColor=theme.INK
        ),
    )
    return (
        alt.Chart(data)
        .mark_circle(color=theme.YELLOW, stroke=theme.INK, strokeWidth=1, opacity=0.75)
        .encode(x=axes.x, y=axes.y, size=size, tooltip=theme.tips("city", money=",.1f"))
    )


def _round_amounts(most: float) -> list[float]:
    """Two round amounts up to the largest, to read dots by."""
    steps = [m * 10.0**e for e in range(-9, 10) for m in (1, 2, 5)]
    fitting = [step for step in steps if step <= most]
    return [fitting[-3], fitting[-1]] if len(fitting) > 2 else [most]


def names(data: pd.DataFrame, axes: Axes) -> list[Any]:
    """Seats and names, as `labels` places them; each has a light edge, so that it can be read on any shade."""
    import altair as alt

    layers: list[Any] = [alt.Chart(data).mark_circle(size=16, color=theme.INK, opacity=1).encode(x=axes.x, y=axes.y)]
    x, y = axes.x.copy(), axes.y.copy()
    x["shorthand"], y["shorthand"] = "label_x:Q", "label_y:Q"
    for align in ("left", "right", "center"):
        some = alt.Chart(data[data["align"] == align]).encode(x=x, y=y, text="city:N")
        style: dict[str, Any] = {"align": align, "baseline": "middle", "fontSize": theme.SIZE, "font": theme.FONT}
        layers.append(some.mark_text(**style, stroke=theme.PAPER, strokeWidth=3, opacity=0.85))
        layers.append(some.mark_text(**style, fontWeight="bold"))
    return layers


# --- the map of a case before anything is planned: cities by tier, links of today, and links that a plan may add


def case_map(case: Case) -> Any:
    """One map that fits whatever room it gets."""
    import altair as alt

    under = ground(case)
    axes = axes_of(under)
    layers = [land(under, axes), *sea(under, axes), _today(case, under, axes)]
    possible = possible_links(case, under)
    if len(possible):
        layers.append(_possible(case, possible, axes))
    layers += _cities(case, under, axes)
    drawn = alt.layer(*layers).properties(view=alt.ViewBackground(stroke=None))
    fit(drawn, under)
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


def _today(case: Case, under: Ground, axes: Axes) -> Any:
    import altair as alt

    return (
        alt.Chart(existing_links(case, under))
        .mark_rule(color=theme.GREY, strokeWidth=1.2)
        .encode(x=axes.x, y=axes.y, x2="x2:Q", y2="y2:Q")
    )


def _possible(case: Case, links: pd.DataFrame, axes: Axes) -> Any:
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


def _cities(case: Case, under: Ground, axes: Axes) -> list[Any]:
    """Dots by tier, and names beside them."""
    import altair as alt

    called = {i: told(naming.city(case, i)) for i in under.seats}
    rows = [(called[i], told(vocabulary.cell(case.cities[i].tier)), *under.seats[i]) for i in under.seats]
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
    return [*layers, *names(labels(case, under, scale_of(under, ALONE)), axes)]


# --- what is shown, as tables


def areas(plan: Plan, under: Ground, period: str) -> pd.DataFrame:
    """Corners of the cities' areas in order: columns piece, corner, x, y (km), city (name), id, gap_without, gap_with."""
    gaps = {i: both for i, *both in columns(gaps_of_cities(plan, period), "city", "gap_without", "gap_with")}
    rows = []
    for city, rings in under.areas.items():
        both = gaps.get(city, [math.nan, math.nan])
        for n, ring in enumerate(rings):
            name = told(naming.city(plan.case, city))
            rows += [(f"{city} {n}", k, x, y, name, city, *both) for k, (x, y) in enumerate(ring)]
    return pd.DataFrame(rows, columns=["piece", "corner", "x", "y", "city", "id", "gap_without", "gap_with"])


def rings(pieces: Sequence[Sequence[Point]]) -> pd.DataFrame:
    """Corners of plain rings in order: columns piece, corner, x, y (km)."""
    rows = [(f"{n}", k, x, y) for n, ring in enumerate(pieces) for k, (x, y) in enumerate(ring)]
    return pd.DataFrame(rows, columns=["piece", "corner", "x", "y"])


def existing_links(case: Case, under: Ground) -> pd.DataFrame:
    """A straight line for each pair of cities that a link of today joins: columns x, y, x2, y2 (km)."""
    pairs = {frozenset((k.from_city, k.to_city)) for k in case.links.values() if not k.needs}
    ends = [sorted(pair) for pair in pairs if len(pair) == 2]
    rows = [(*under.seats[a], *under.seats[b]) for a, b in sorted(ends)]
    return pd.DataFrame(rows, columns=["x", "y", "x2", "y2"])


def built_links(plan: Plan, under: Ground, km_a_pixel: float = 0.0, upto: str | None = None) -> pd.DataFrame:
    """Links that the plan brings, in the period from which all that they need serves.

    Parameters
    ----------
    km_a_pixel
        Scale of the map: links of several modes on one stretch are drawn beside one another.
    upto
        Only links in service by this period (an id); None = by the last.

    Returns
    -------
    Columns link (id), mode (name), period (label), x, y, x2, y2 (km); one row for links of one mode and period on one
    stretch.
    """
    case = plan.case
    serves = serving(plan)
    shown = case.period_ids[: case.period_ids.index(upto or case.period_ids[-1]) + 1]
    labels = {p.id: p.label for p in case.periods}
    found: dict[tuple[str, str, str, str], Link] = {}
    for link in case.links.values():
        first = next((t for t in shown if all(serves.get((a, t), 0.0) > 0 for a in link.needs)), None)
        if link.needs and first is not None and link.from_city != link.to_city:
            a, b = sorted((link.from_city, link.to_city))
            found.setdefault((a, b, link.mode, first), link)
    beside: dict[tuple[str, str], int] = defaultdict(int)
    together: dict[tuple[str, str], int] = defaultdict(int)
    for a, b, *_rest in found:
        together[a, b] += 1
    rows = []
    for (a, b, mode, first), link in found.items():
        place = beside[a, b] - (together[a, b] - 1) / 2
        beside[a, b] += 1
        ends = _shifted(under.seats[a], under.seats[b], place * SPREAD * km_a_pixel)
        rows.append((link.id, told(vocabulary.mode(case, mode)), labels[first], *ends))
    return pd.DataFrame(rows, columns=["link", "mode", "period", "x", "y", "x2", "y2"])


def _shifted(a: Point, b: Point, by: float) -> tuple[float, float, float, float]:
    """A line moved sideways, km."""
    length = math.dist(a, b) or 1.0
    dx, dy = -(b[1] - a[1]) / length * by, (b[0] - a[0]) / length * by
    return a[0] + dx, a[1] + dy, b[0] + dx, b[1] + dy


def money_of_cities(plan: Plan) -> dict[str, float]:
    """City -> public money that the plan spends there over the horizon.

    That of a measure in several cities is split evenly; that of measures in no city (policies) is left out.
    """
    spent = dict.fromkeys(plan.case.cities, 0.0)
    for measure, capital, running in columns(plan.tables["spending"], "measure", "capital", "running"):
        cities = plan.case.measures[measure].cities
        for city in cities:
            spent[city] += (capital + running) / len(cities)
    return spent


def seats(plan: Plan, under: Ground, km_a_pixel: float) -> pd.DataFrame:
    """Seats, their names beside the dots of money, and the money: columns of `labels`, and money."""
    money = money_of_cities(plan)
    most = max(money.values(), default=0.0)
    radius = {i: math.sqrt(LARGEST * money[i] / most / math.pi) if most > 0 else 0.0 for i in under.seats}
    return labels(plan.case, under, km_a_pixel, radius).assign(money=[money[i] for i in under.seats])
