"""Drawings as SVG and PNG: no browser, and nothing is fetched from anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import altair as alt

NOWHERE: list[str] = []  # addresses that data may come from
DRAWN = ".vl.json"  # files with a drawing as Vega-Lite
SCALE = 2.0  # pixels of a PNG to a unit of the drawing


def svg(chart: alt.TopLevelMixin) -> str:
    """A drawing as the text of an SVG picture."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(specification(chart), allowed_base_urls=NOWHERE))


def png(chart: alt.TopLevelMixin, scale: float = SCALE) -> bytes:
    """A drawing as a PNG picture.

    Parameters
    ----------
    scale
        Pixels to a unit of the drawing.
    """
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(specification(chart), scale=scale, allowed_base_urls=NOWHERE))


def specification(chart: alt.TopLevelMixin) -> dict[str, Any]:
    """A drawing as Vega-Lite, with all its data inside, however much that is."""
    import altair as alt

    with alt.data_transformers.enable("default", max_rows=None):
        found: dict[str, Any] = chart.to_dict()
    return found
