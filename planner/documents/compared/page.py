"""Plans side by side as a text, and as a web page of one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from planner.documents import web
from planner.documents.compared.sections import said, title
from planner.files.onefile import write_text

if TYPE_CHECKING:
    from planner.comparing import Comparison


def text(found: Comparison, bold: bool = False, brief: bool = False) -> str:
    """The whole comparison in sections, for a terminal; or only what the plans are, and which is better."""
    return said(found, brief).text(bold)


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
    document = said(found)
    return web.page(title(found), web.document(document))
