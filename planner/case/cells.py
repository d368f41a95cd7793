"""Texts in tables that other programs open: none is taken for a formula, and each reads back as it was.

A spreadsheet program takes a cell that begins with one of = + - @, a tab or a line end for a formula, and a formula may send
what stands beside it to anybody. An apostrophe in front makes it a text. So that a text which begins with apostrophes of its
own reads back equal, those before such a sign are one more in a file than in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from planner.case.values import NUMBER

LIVE = re.compile(r"'*[=+\-@\t\r\n\uFF0B\uFF0D\uFF1D\uFF20]")  # the wide signs are formulas in East Asian spreadsheets


def harmless(value: Any) -> Any:
    """A cell as a file may hold it; what is no text is left alone."""
    is_live = isinstance(value, str) and LIVE.match(value) and not NUMBER.fullmatch(value)  # -5 is no formula
    return f"'{value}" if is_live else value


def meant(cell: str) -> str:
    """What a cell of a file says: `harmless` undone."""
    return cell[1:] if cell.startswith("'") and LIVE.match(cell) else cell


def harmless_row(row: Iterable[Any]) -> list[Any]:
    """The cells of a row as a file may hold them."""
    return [harmless(value) for value in row]
