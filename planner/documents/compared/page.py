"""Plans side by side as a web page of one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from planner.documents import web
from planner.documents.compared.drawing import city_gaps
from planner.documents.compared.sections import Grid, Section, sections, title
from planner.documents.pictures import picture
from planner.files.onefile import write_text

if TYPE_CHECKING:
    from planner.comparing import Comparison

PLACES = "Who is how well off"  # the section with the drawing


def write_page(found: Comparison, file: Path | str, replace: bool = False) -> Path:
    """Write a comparison as a web page that asks nothing of any other host.

    Raises
    ------
    planner.files.folders.FolderTaken
        The place is taken.
    """

    return write_text(file, page(found), replace=replace, what="a page")


def page(found: Comparison) -> str:
    """The page as the text of its one file."""
    parts: list[web.Content] = [web.heading(title(found), 1)]
    parts += [_section(found, section) for section in sections(found)]
    return web.page(title(found), parts)


def _section(found: Comparison, section: Section) -> web.Markup:
    """A section; where people read who is how well off, the drawing comes first."""
    parts = [_part(part) for part in section.parts]
    chart = city_gaps(found) if section.title == PLACES else None
    if chart is not None:
        parts = [picture(chart, name="cities"), *parts]
    return web.section(section.title, *parts) if section.title else web.block(*parts)


def _part(part: str | Grid) -> web.Markup:
    if isinstance(part, str):
        return web.paragraph(part)
    return web.table(part.heads, part.rows, part.align, total=part.total, caption=part.caption)
