"""One look for all drawings: colours that colour-blind readers tell apart, fonts and sizes.

The same colour always stands for the same thing: a colour is given by the place of a thing in its case (its modes, services,
lines) and not by what happens to be on one drawing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from planner.case import kinds
from planner.words.said import Sentence, _, told

if TYPE_CHECKING:
    from planner.case import Case, Kind
    from planner.case.kinds import Colour

# Told apart without red or green: M. Okabe and K. Ito, "Color Universal Design" (2008); black is kept for text.
BLUE, ORANGE, GREEN, PURPLE = "#0072B2", "#E69F00", "#009E73", "#CC79A7"
SKY, VERMILION, YELLOW, GREY = "#56B4E9", "#D55E00", "#F0E442", "#999999"
BROWN = "#7A5C2E"
SERIES = (BLUE, ORANGE, GREEN, PURPLE, SKY, VERMILION, YELLOW, GREY, "#4B4B9B", BROWN, "#5F8A00", "#8C2D4F")

INK, FAINT, PALE, PAPER = "#1F2933", "#5F6B76", "#D5DADF", "#FFFFFF"
WATER, LAND = "#E6EFF5", "#F4F2EC"
BEFORE, AFTER = VERMILION, BLUE  # without the plan and with it, wherever both are shown
GAPS = ("#F7FBFF", "#C6DBEF", "#6BAED6", "#2171B5", "#08306B")  # from no gap to the largest: one hue, lightness tells
TIERS = {"core": INK, "secondary": FAINT, "small": GREY}
COLOURS: Mapping[Colour, str] = {
    "blue": BLUE, "orange": ORANGE, "green": GREEN, "purple": PURPLE, "sky": SKY, "red": VERMILION, "yellow": YELLOW,
    "grey": GREY, "brown": BROWN,
}  # fmt: skip
KINDS: Mapping[Kind, str] = {kind: COLOURS[what.colour] for kind, what in kinds.KINDS.items()}
DASHES = ((1, 0), (7, 3), (2, 3), (9, 3, 2, 3))  # a link's start period: the first is drawn through

# Arial first: texts are measured with a font of the same widths, so that they fit wherever the drawing is shown.
FONT = "Arial, 'Liberation Sans', Helvetica, 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
SIZE, SMALL, LARGE = 11, 9, 14

FIELDS: Mapping[str, Sentence] = {  # of the data of drawings, as pointing at a mark names them
    "city": _("city"), "mode": _("mode"), "link": _("link"), "period": _("period"), "money": _("public money"),
    "tier": _("place in the cluster"), "row": _("measure"), "what": _("stage"), "begins": _("begins"), "ends": _("ends"),
    "gap_without": _("gap without the plan"), "gap_with": _("gap with it"), "minutes_without": _("minutes without the plan"),
    "minutes_with": _("minutes with it"), "cost": _("public capital"), "opens": _("open from"), "from": _("from", "city"),
    "to": _("to", "city"), "measure": _("measure"), "kind": _("kind"),
    "payer": _("paid by"), "amount": _("amount"), "line": _("budget line"), "use": _("use"),
}  # fmt: skip

C = TypeVar("C")


def mode_colours(case: Case) -> dict[str, str]:
    """Mode -> colour."""
    return _in_order(tuple(case.modes), SERIES)


def indicator_colours(case: Case) -> dict[str, str]:
    """Indicator -> colour: standards of access, services, then work."""
    return _in_order(case.indicators, SERIES)


def line_colours(case: Case) -> dict[str, str]:
    """Budget line -> colour."""
    return _in_order(tuple(case.lines), SERIES)


def period_dashes(case: Case) -> dict[str, tuple[int, ...]]:
    """Period -> dash of links whose works start in it."""
    return _in_order(case.period_ids, DASHES)


def tips(*fields: str, **formats: str) -> list[Any]:
    """What pointing at a mark tells: texts by their fields, figures by fields with their formats."""
    import altair as alt

    texts = [alt.Tooltip(f"{field}:N", title=told(FIELDS[field])) for field in fields]
    return texts + [alt.Tooltip(f"{f}:Q", format=shown, title=told(FIELDS[f])) for f, shown in formats.items()]


def _in_order(names: Sequence[str], marks: Sequence[C]) -> dict[str, C]:
    return {name: marks[n % len(marks)] for n, name in enumerate(names)}


BELOW = {  # legends one below the other, so that they need no more room than what they belong to: a layout
    "margin": 8,
    "bottom": {"anchor": "start", "direction": "vertical", "margin": 4},
}


def themed(chart: Any) -> Any:
    """A copy of an Altair chart in the look of all drawings."""
    texts = {"labelFont": FONT, "titleFont": FONT, "labelFontSize": SIZE, "titleFontSize": SIZE, "titleFontWeight": "normal"}
    colours = {"labelColor": INK, "titleColor": FAINT}
    return chart.configure(
        background=PAPER,
        font=FONT,
        axis={**texts, **colours, "domainColor": PALE, "tickColor": PALE, "gridColor": "#ECEFF1", "labelLimit": 260},
        legend={**texts, **colours, "labelLimit": 260, "titleLimit": 360},
        header={**texts, **colours},
        title={
            "font": FONT,
            "fontSize": LARGE,
            "color": INK,
            "anchor": "start",
            "subtitleFont": FONT,
            "subtitleColor": FAINT,
        },
        view={"stroke": None},
        text={"font": FONT, "fontSize": SIZE, "color": INK},
        range={"category": list(SERIES)},
    )


def round_amounts(most: float) -> list[float]:
    """Two round amounts up to the largest, to read dots by."""
    steps = [m * 10.0**e for e in range(-9, 10) for m in (1, 2, 5)]
    fitting = [step for step in steps if step <= most]
    return [fitting[-3], fitting[-1]] if len(fitting) > 2 else [most]


def gap_colour(field: str = "gap", top: float = 1.0) -> Any:
    """Shade of a gap: from none to all, or to the largest that a drawing has to tell apart."""
    import altair as alt

    return alt.Color(
        f"{field}:Q",
        title=told(_("gap")),
        scale=alt.Scale(domain=[0, top], range=list(GAPS), interpolate="lab"),
        legend=alt.Legend(format=".0%", orient="bottom", gradientLength=160, tickCount=5),
    )
