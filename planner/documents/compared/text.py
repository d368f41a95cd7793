"""Plans side by side as a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.documents.compared.sections import Grid, sections, title
from planner.words import phrases
from planner.words.said import told

if TYPE_CHECKING:
    from planner.comparing import Comparison

BRIEF = 2  # sections that a brief text has: the opening, and which is better


def text(found: Comparison, bold: bool = False, brief: bool = False) -> str:
    """The whole comparison in sections.

    Parameters
    ----------
    bold
        Whether headings may be bold, as on a terminal.
    brief
        Only what the plans are, and which is better.
    """
    parts = [phrases.bold(phrases.paragraph(title(found)), bold)]
    for section in sections(found)[: BRIEF if brief else None]:
        body = "\n\n".join(_part(part) for part in section.parts)
        parts.append(f"{phrases.bold(told(section.title).upper(), bold)}\n{body}" if section.title else body)
    return "\n\n".join(parts)


def _part(part: str | Grid) -> str:
    if isinstance(part, str):
        return phrases.paragraph(part)
    table = phrases.table(part.heads, part.rows, part.align, part.total)
    return f"{phrases.paragraph(part.caption)}\n{table}" if part.caption else table
