"""Maps: of a plan, by gap without it and with it, links of today and those built, and money; and of a case to be planned.

Plain lines in projected kilometres: no tile, no address, nothing is fetched.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

import pandas as pd

from planner.case import Case, Link, naming
from planner.documents import vocabulary
from planner.documents.drawings import flows, shown, symbols, theme
from planner.documents.drawings.gaps import WORLDS, gaps_of_cities
from planner.documents.drawings.ground import Ground, Point, ground
from planner.documents.drawings.labels import labels
from planner.documents.drawings.shown import ALL, Only
from planner.plans.plan import Plan
from planner.plans.totals import Chosen, columns, serving
from planner.words.said import Sentence, _, series, told

SPREAD = 2.6  # pixels between links of several modes on one stretch
LARGEST = 900.0  # area of the largest dot, square pixels
DOTS = {"core": 220, "secondary": 110, "small": 50}  # square pixels, on the map of a case
WIDTH = 380  # of a panel, pixels
TALLEST = 620
ALONE = (560, TALLEST)  # pixels that names are placed for, on a map that fits its room
CLOSED = "gap_closed"  # a world beside those of gaps: what the plan closes
TITLES: Mapping[str, Sentence] = {**WORLDS, CLOSED: _("what the plan closes")}
CLOSE = 0.35  # of the whole map's extent: what is in view around a city
FAR = 1e9  # pixels a km: a scale that no map has
NEAREST = _("Areas are what is nearest to each city's seat, no administrative boundaries. Links are drawn straight.")
OWN = _("Links are drawn straight.")
APART = ("color", "fill", "size", "shape", "strokeDash", "strokeWidth", "angle")  # what each layer has a scale of its own of
Shades = Literal[
    "", "bar", "steps"
]  # legend of the shades: none, a bar, or squares (browsers lose bars of a map drawn anew)


def note(plan: Plan, period: str | None = None, under: Ground | None = None) -> str:
    """What a reader has to know about the map of a period (an id); None = the last; `under`: its ground, if it is known."""
    return series((OWN if (under or ground(plan.case)).own else NEAREST, shades_of(plan, period)), " ")


def shades_of(plan: Plan, period: str | None = None) -> Sentence:
    """What shades and dots tell."""
    label = next(p.label for p in reversed(plan.case.periods) if period in (None, p.id))
    return _(
        "Shade: gap of the city in {period}, the mean over its indicators as the first goal weighs them. Dots: public money "
        "spent in a city over the whole horizon; that of measures in several cities is split evenly, that of signatures "
        "without a city is left out, and so are fees for use in other jurisdictions."
    ).format(period=label)


def plan_map(
    plan: Plan,
    worlds: Sequence[str] = tuple(WORLDS),
    width: int = WIDTH,
    tallest: int = TALLEST,
    period: str | None = None,
    only: Only = ALL,
    flow: str = "",
) -> Any:
    """Maps side by side, one for each world.

    Parameters
    ----------
    worlds
        `gap_without`, `gap_with`, `gap_closed`, in the order shown; what is built, money and flows are in no world without
        the plan.
    width, tallest
        Of one panel, at most, pixels.
    period
        Whose gaps and links are shown (an id); None = the last.
    only
        Which measures are shown.
    flow
        Key of the flow that is shown (see `planner.documents.drawings.flows`); empty = none.
    """
    import altair as alt

    period = period or plan.case.periods[-1].id
    under = ground(plan.case)
    size = (width, tallest)
    panels = [
        _panel(plan, under, world, period, size, "bar" if not n or world == CLOSED else "", only=only, flow=flow)
        for n, world in enumerate(worlds)
    ]
    apart: dict[str, Any] = dict.fromkeys(APART, "independent")
    return theme.themed(alt.hconcat(*panels, spacing=12).resolve_scale(**apart))


def flow_maps(plan: Plan) -> Any:
    """A map for each flow that the plan has in the last period; the map with the plan where it has none."""
    import altair as alt

    period, under = plan.case.periods[-1].id, ground(plan.case)
    panels = [
        _panel(plan, under, "gap_with", period, (WIDTH, TALLEST), "bar", flow=key, title=theirs.title)
        for key, theirs in flows.flows(plan, period).items()
    ] or [_panel(plan, under, "gap_with", period, (WIDTH, TALLEST), "bar")]
    apart: dict[str, Any] = dict.fromkeys(APART, "independent")
    return theme.themed(alt.concat(*panels, columns=2, spacing=12).resolve_scale(**apart))


def city_map(
    plan: Plan,
    world: str = "gap_with",
    period: str | None = None,
    tops: tuple[float, float] | None = None,
    only: Only = ALL,
    flow: str = "",
    around: str | None = None,
) -> Any:
    """One map that fits whatever room it gets, with cities to click on; turning the wheel brings it nearer.

    Its selection is named `city`, of the field `id`; width and height are left to whoever shows it. Names show as soon as
    there is room for them.

    Parameters
    ----------
    world, period
        As in `plan_map`.
    tops
        Gap of the darkest shade and money of the largest dot, so that maps of several plans can be set side by side; None =
        those of this plan.
    only, flow
        As in `plan_map`.
    around
        City whose surroundings fill the map at first (an id); None = all of it.
    """
    import altair as alt

    period = period or plan.case.periods[-1].id
    under = ground(plan.case)
    if around in under.seats:
        under = nearer(under, around)
    drawn = _panel(plan, under, world, period, ALONE, "steps", tops=tops, only=only, flow=flow, live=True)
    fit(drawn, under)
    apart: dict[str, Any] = dict.fromkeys(APART, "independent")
    click = alt.selection_point(name="city", fields=["id"], on="click", toggle=False, clear=False)
    return theme.themed(drawn.resolve_scale(**apart).add_params(click))


def nearer(under: Ground, city: str) -> Ground:
    """The same ground with what is around a city in view."""
    west, south, east, north = under.frame
    x, y = under.seats[city]
    reach = CLOSE * max(east - west, north - south) / 2
    return replace(under, frame=(x - reach, y - reach, x + reach, y + reach))


def framed(spec: Mapping[str, Any], under: Ground, city: str) -> dict[str, Any]:
    """The specification of a `city_map` with a frame around the area of a city; the rest is not drawn anew.

    Parameters
    ----------
    spec
        As Vega-Lite; left as it is.
    under
        The ground of the map.
    city
        Whose area is framed (an id); one without an area gets no frame.
    """
    area = under.areas.get(city)
    if area is None:
        return dict(spec)
    axes = {axis: {**spec["layer"][0]["encoding"][axis], "field": axis} for axis in "xy"}
    frame = {
        "data": {"values": rings(area).to_dict("records")},
        "mark": {"type": "line", "stroke": theme.INK, "strokeWidth": 2, "interpolate": "linear-closed", "clip": True},
        "encoding": {
            **axes,
            "detail": {"field": "piece", "type": "nominal"},
            "order": {"field": "corner", "type": "quantitative"},
        },
    }
    return {**spec, "layer": [*spec["layer"], frame]}


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
    *,
    tops: tuple[float, float] | None = None,
    only: Only = ALL,
    flow: str = "",
    live: bool = False,
    title: str = "",
) -> Any:
    """One map; the first has the legend of the shades."""
    import altair as alt

    west, south, east, north = under.frame
    km_a_pixel = scale_of(under, size)
    wide, tall = (east - west) / km_a_pixel, (north - south) / km_a_pixel
    axes = axes_of(under, live)
    tops = tops or largest(plan, period)
    some = shown.measures(plan, only)
    money = money_of_cities(plan, some)
    radius = _radius(money, tops[1])
    closed = areas(plan, under, period)
    shade = _shade(world, tops[0] if world != CLOSED else _most_closed(closed), legend)
    fields = _areas(closed, world, axes, shade)
    water = sea(under, axes)
    layers = [
        land(under, axes),
        *([*water, fields] if under.own else [fields, *water]),
    ]  # nearest-seat areas reach into the water
    layers.append(_existing(plan, under, axes))
    if world != "gap_without":
        layers.append(_built(plan, under, period, km_a_pixel, axes, some))
        layers.append(_money(plan, under, axes, tops[1], money))
        built = symbols.table(plan.case, under, some, radius, 1 / km_a_pixel)
        layers += symbols.layer(built, axes)
        covered = symbols.boxes(built)
        there = flows.flows(plan, period)
        if flow in there:
            layers += flows.layers(plan.case, under, there[flow], axes)
    else:
        radius, covered = {}, []
    layers += names(labels(plan.case, under, 1 / km_a_pixel, radius, covered), axes, 1 / km_a_pixel)
    above = alt.TitleParams(told(title or TITLES[world]), fontSize=theme.SIZE + 1)
    return alt.layer(*layers, title=above).properties(width=wide, height=tall, view=alt.ViewBackground(stroke=None))


def _radius(money: Mapping[str, float], most: float) -> dict[str, float]:
    """City -> radius of its dot of money, pixels."""
    return {i: math.sqrt(LARGEST * amount / most / math.pi) if most > 0 else 0.0 for i, amount in money.items()}


def _most_closed(closed: pd.DataFrame) -> float:
    """The closed gap of the darkest shade: the largest, rounded up."""
    most = max([0.05, *(float(gap) for gap in closed[CLOSED] if gap == gap)])
    return math.ceil(20 * most - 1e-9) / 20


class Axes:
    """Both axes of a map, which every layer shares.

    Attributes
    ----------
    live
        Whether whoever looks at it may bring it nearer.
    """

    def __init__(self, x: Any, y: Any, live: bool = False) -> None:
        self.x, self.y, self.live = x, y, live


def scale_of(under: Ground, size: tuple[int, int]) -> float:
    """How many kilometres a pixel stands for where the map fills a room of so many pixels."""
    west, south, east, north = under.frame
    return max((east - west) / size[0], (north - south) / size[1])


def axes_of(under: Ground, live: bool = False) -> Axes:
    """The axes of a map that fills its frame."""
    import altair as alt

    west, south, east, north = under.frame
    return Axes(
        alt.X("x:Q", axis=None, scale=alt.Scale(domain=[west, east], nice=False, zero=False)),
        alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[south, north], nice=False, zero=False)),
        live,
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
    drawn.layer[0] = drawn.layer[0].add_params(alt.selection_interval(name="nearer", bind="scales"))


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
        each = 0.05 if top < 0.25 else 0.1
        steps = [n * each for n in range(round(top / each) + 1)]
        squares = {"type": "symbol", "symbolType": "square", "symbolSize": 200, "symbolStrokeWidth": 0, "columns": 6}
        shade["legend"] = {"format": ".0%", "orient": "bottom", "values": steps, **squares}
    return alt.Fill(**{**shade, **({} if legend else {"legend": None})})


def _areas(data: pd.DataFrame, world: str, axes: Axes, shade: Any) -> Any:
    import altair as alt

    tooltip = [*theme.tips("city"), *theme.tips(gap_without=".1%", gap_with=".1%")]
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
        .mark_rule(color=theme.GREY, strokeWidth=1, opacity=0.8, clip=axes.live)
        .encode(x=axes.x, y=axes.y, x2="x2:Q", y2="y2:Q")
    )


def _built(plan: Plan, under: Ground, period: str, km_a_pixel: float, axes: Axes, some: Mapping[str, Chosen]) -> Any:
    import altair as alt

    data = built_links(plan, under, km_a_pixel, period, some)
    colours = {told(vocabulary.mode(plan.case, mode)): colour for mode, colour in theme.mode_colours(plan.case).items()}
    dashes = {p.label: list(theme.period_dashes(plan.case)[p.id]) for p in plan.case.periods}
    modes = [mode for mode in colours if mode in set(data["mode"])]
    periods = [label for label in dashes if label in set(data["period"])]
    legend = alt.Legend(orient="bottom", symbolSize=500, symbolStrokeWidth=2.6, columns=3)
    mode_scale = alt.Scale(domain=modes, range=[colours[mode] for mode in modes])
    dash_scale = alt.Scale(domain=periods, range=[dashes[label] for label in periods])
    return (
        alt.Chart(data)
        .mark_rule(strokeWidth=2.6, clip=axes.live)
        .encode(
            x=axes.x, y=axes.y, x2="x2:Q", y2="y2:Q",
            color=alt.Color("mode:N", title=told(_("link built")), scale=mode_scale, legend=legend),
            strokeDash=alt.StrokeDash("period:N", title=told(_("in use from")), scale=dash_scale, legend=legend),
            tooltip=[
                *theme.tips("measure", "mode"), *theme.tips(minutes_without=",.0f", minutes_with=",.0f"),
                *theme.tips("cost", "payer", "opens"),
            ],
        )
    )  # fmt: skip


def _money(plan: Plan, under: Ground, axes: Axes, most: float, money: Mapping[str, float]) -> Any:
    import altair as alt

    rows = [(told(naming.city(plan.case, i)), i, *under.seats[i], amount) for i, amount in money.items() if amount > 0]
    data = pd.DataFrame(rows, columns=["city", "id", "x", "y", "money"])
    most = most or 1.0
    size = alt.Size(
        "money:Q",
        title=told(_("public {unit}").format(unit=plan.case.money.unit)),
        scale=alt.Scale(domain=[0, most], range=[0, LARGEST]),
        legend=alt.Legend(
            orient="bottom", values=theme.round_amounts(most), symbolFillColor=theme.YELLOW, symbolStrokeColor=theme.INK
        ),
    )
    return (
        alt.Chart(data)
        .mark_circle(color=theme.YELLOW, stroke=theme.INK, strokeWidth=1, opacity=0.75, clip=axes.live)
        .encode(x=axes.x, y=axes.y, size=size, tooltip=theme.tips("city", money=",.1f"))
    )


def names(data: pd.DataFrame, axes: Axes, pixels_a_km: float) -> list[Any]:
    """Seats and names, as `labels` places them; each has a light edge, so that it can be read on any shade.

    A map that can be brought nearer shows each name from its scale on; on another one those that fit stand for good.

    Parameters
    ----------
    pixels_a_km
        Scale of a map that stays as it is.
    """
    import altair as alt

    layers: list[Any] = [
        alt.Chart(data[["x", "y"]])
        .mark_circle(size=16, color=theme.INK, opacity=1, clip=axes.live)
        .encode(x=axes.x, y=axes.y)
    ]
    data = data.assign(since=data["since"].clip(upper=FAR)) if axes.live else data[data["since"] <= pixels_a_km]

    def seen(opacity: float) -> Any:
        return alt.ExprRef(f"datum.since <= width / span(domain('x')) ? {opacity} : 0") if axes.live else opacity

    for align in ("left", "right", "center"):
        some = alt.Chart(data[data["align"] == align]).encode(x=axes.x, y=axes.y, text="city:N")
        style: dict[str, Any] = {"align": align, "baseline": "middle", "fontSize": theme.SIZE, "font": theme.FONT}
        style |= {"dx": alt.ExprRef("datum.dx"), "dy": alt.ExprRef("datum.dy"), "clip": axes.live}
        layers.append(some.mark_text(**style, stroke=theme.PAPER, strokeWidth=3, opacity=seen(0.85)))
        layers.append(some.mark_text(**style, fontWeight="bold", opacity=seen(1.0)))
    return layers


# --- the map of a case before anything is planned: cities by tier, links of today, and links that a plan may add


def case_map(case: Case) -> Any:
    """One map that fits whatever room it gets."""
    import altair as alt

    under = ground(case)
    axes = axes_of(under, live=True)
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
    pixels_a_km = 1 / scale_of(under, ALONE)
    radius = {i: math.sqrt(DOTS[case.cities[i].tier] / math.pi) for i in under.seats}
    return [*layers, *names(labels(case, under, pixels_a_km, radius), axes, pixels_a_km)]


# --- what is shown, as tables


def areas(plan: Plan, under: Ground, period: str) -> pd.DataFrame:
    """Corners of the cities' areas in order: columns piece, corner, x, y (km), city (name), id, and the gaps.

    These are gap_without, gap_with and gap_closed, what is without the plan and not with it.
    """
    gaps = {i: both for i, *both in columns(gaps_of_cities(plan, period), "city", "gap_without", "gap_with")}
    rows = []
    for city, rings in under.areas.items():
        without, with_plan = gaps.get(city, [math.nan, math.nan])
        both = (without, with_plan, without - with_plan)
        for n, ring in enumerate(rings):
            name = told(naming.city(plan.case, city))
            rows += [(f"{city} {n}", k, x, y, name, city, *both) for k, (x, y) in enumerate(ring)]
    return pd.DataFrame(rows, columns=["piece", "corner", "x", "y", "city", "id", "gap_without", "gap_with", CLOSED])


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


def built_links(
    plan: Plan,
    under: Ground,
    km_a_pixel: float = 0.0,
    upto: str | None = None,
    some: Mapping[str, Chosen] | None = None,
) -> pd.DataFrame:
    """Links that the plan brings, in the period from which all that they need serves.

    Parameters
    ----------
    km_a_pixel
        Scale of the map: links of several modes on one stretch are drawn beside one another.
    upto
        Only links in service by this period (an id); None = by the last.
    some
        Only links that need one of these measures; None = of all.

    Returns
    -------
    Columns link (id), mode (name), period (label), x, y, x2, y2 (km), minutes_without, minutes_with (door to door between
    its ends, by whatever way), and what is told of its measures; one row for links of one mode and period on one stretch.
    """
    case = plan.case
    some = shown.measures(plan) if some is None else some
    serves = serving(plan)
    over = case.period_ids[: case.period_ids.index(upto or case.period_ids[-1]) + 1]
    routes = columns(plan.tables["routes"], "from", "to", "period", "minutes_without", "minutes_with")
    minutes = {(a, b, t): both for a, b, t, *both in routes}
    labels = {p.id: p.label for p in case.periods}
    found: dict[tuple[str, str, str, str], Link] = {}
    for link in case.links.values():
        first = next((t for t in over if all(serves.get((a, t), 0.0) > 0 for a in link.needs)), None)
        if any(a in some for a in link.needs) and first is not None and link.from_city != link.to_city:
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
        told_of = shown.about(case, [some[m] for m in link.needs if m in some])
        times = minutes.get((a, b, over[-1]), (math.nan, math.nan))
        rows.append((link.id, told(vocabulary.mode(case, mode)), labels[first], *ends, *times, *told_of.values()))
    columns_ = ["link", "mode", "period", "x", "y", "x2", "y2", "minutes_without", "minutes_with"]
    return pd.DataFrame(rows, columns=[*columns_, "measure", "cost", "payer", "opens"])


def _shifted(a: Point, b: Point, by: float) -> tuple[float, float, float, float]:
    """A line moved sideways, km."""
    length = math.dist(a, b) or 1.0
    dx, dy = -(b[1] - a[1]) / length * by, (b[0] - a[0]) / length * by
    return a[0] + dx, a[1] + dy, b[0] + dx, b[1] + dy


def money_of_cities(plan: Plan, some: Mapping[str, Chosen] | None = None) -> dict[str, float]:
    """City -> public money that the plan spends there over the horizon.

    That of a measure in several cities is split evenly; that of measures in no city (policies) is left out.

    Parameters
    ----------
    some
        Only for these measures; None = for all.
    """
    spent = dict.fromkeys(plan.case.cities, 0.0)
    for measure, capital, running in columns(plan.tables["spending"], "measure", "capital", "running"):
        cities = plan.case.measures[measure].cities if some is None or measure in some else ()
        for city in cities:
            spent[city] += (capital + running) / len(cities)
    return spent
