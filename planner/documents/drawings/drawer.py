"""What draws, in a process of its own (see `rendering`): it imports nothing else, so that the process is there soon."""

from __future__ import annotations

from typing import Any

NOWHERE: list[str] = []  # addresses that data may come from


def svg(specified: dict[str, Any]) -> str:
    """A drawing in Vega-Lite as the text of an SVG picture."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(specified, allowed_base_urls=NOWHERE))


def svg_png(drawn: str) -> bytes:
    """A picture in SVG as PNG."""
    import vl_convert

    return bytes(vl_convert.svg_to_png(drawn))


def pdf(drawn: str) -> bytes:
    """A picture in SVG as a PDF of one page."""
    import vl_convert

    return bytes(vl_convert.svg_to_pdf(drawn))


def png(specified: dict[str, Any], scale: float) -> bytes:
    """A drawing in Vega-Lite as a PNG picture."""
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(specified, scale=scale, allowed_base_urls=NOWHERE))
