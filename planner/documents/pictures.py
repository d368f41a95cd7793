"""Drawings in web pages; one that cannot be drawn does not cost the page."""

from __future__ import annotations

from typing import Any

from planner.documents import web
from planner.documents.drawings.rendering import NotDrawn, svg


def picture(chart: Any, *, caption: web.Content = "", name: str = "") -> web.Markup:
    """A drawing with its caption; see `web.drawing`."""
    try:
        return web.drawing(svg(chart), caption=caption, name=name)
    except NotDrawn as problem:
        said = str(problem)
        return web.paragraph(f"{said[0].upper()}{said[1:]}.", kind="warning")
