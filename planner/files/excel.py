"""Excel workbooks: made in memory, so that a disk that refuses one is told like any other file."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter import Workbook

NO_GUESSING = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}  # a text is a text


def content_of(fill: Callable[[Workbook], None]) -> bytes:
    """The content of a workbook that a function fills."""
    import xlsxwriter

    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, **NO_GUESSING}) as book:
        fill(book)
    return content.getvalue()
