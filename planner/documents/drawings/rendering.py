"""Drawings as SVG and PNG: no browser, and nothing is fetched from anywhere.

The library that draws ends its whole process on what it cannot draw. So it has one of its own, and texts are cleaned before.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from planner.documents.drawings import drawer, theme
from planner.words.unprintable import cleaned
from planner.work.apart import Apart, Ended

if TYPE_CHECKING:
    import altair as alt

DRAWN = ".vl.json"  # files with a drawing as Vega-Lite
SCALE = 2.0  # pixels of a PNG to a unit of the drawing
LONGEST = 120.0  # seconds for a drawing
VALIDATED = False  # against Vega-Lite's schema, which takes a third to a half of a drawing's time: tests do it

_drawer = Apart()


class NotDrawn(ValueError):
    """A picture that the drawing library cannot make."""


def drawn_name(name: str, language: str) -> str:
    """The file that holds a drawing in a language."""
    return f"{name}{DRAWN}" if language == "en" else f"{name}.{language}{DRAWN}"


def svg(chart: alt.TopLevelMixin) -> str:
    """A drawing as the text of an SVG picture.

    Raises
    ------
    NotDrawn
        It cannot be drawn.
    """
    return str(_drawn(drawer.svg, specification(chart)))


def png(chart: alt.TopLevelMixin, scale: float = SCALE) -> bytes:
    """A drawing as a PNG picture.

    Parameters
    ----------
    scale
        Pixels to a unit of the drawing.

    Raises
    ------
    NotDrawn
        It cannot be drawn.
    """
    return bytes(_drawn(drawer.png, specification(chart), scale))


def pdf(picture: str) -> bytes:
    """A picture in SVG as a PDF of one page; its texts stay texts, with the fonts that they need.

    Raises
    ------
    NotDrawn
        It cannot be made.
    """
    return bytes(_drawn(drawer.pdf, cleaned(picture)))


@functools.cache
def has_chinese() -> bool:
    """Whether this machine has a font with Chinese signs: without one, all of them look alike."""
    one, other = (
        _drawn(
            drawer.svg_png,
            f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><text y="30" font-size="20" '
            f'font-family="{theme.FONT}">{sign}</text></svg>',
        )
        for sign in "中国"
    )
    return bool(one != other)


def _drawn(draw: Any, *arguments: Any) -> Any:
    try:
        return _drawer.call(draw, *arguments, seconds=LONGEST)
    except (Ended, OSError, ValueError) as problem:
        raise NotDrawn(f"the picture could not be drawn: {problem}") from problem


def specification(chart: alt.TopLevelMixin) -> dict[str, Any]:
    """A drawing as Vega-Lite, with all its data inside, however much that is, and no text that cannot be drawn."""
    import altair as alt

    with alt.data_transformers.enable("default", max_rows=None):
        found: dict[str, Any] = _clean(chart.to_dict(validate=VALIDATED))
    found["config"]["legend"] = found["config"].get("legend", {}) | {"layout": theme.BELOW}  # which no schema has a name for
    return found


def _clean(node: Any) -> Any:
    if isinstance(node, str):
        return cleaned(node)
    if isinstance(node, dict):
        return {_clean(key): _clean(value) for key, value in node.items()}
    return [_clean(value) for value in node] if isinstance(node, list) else node
