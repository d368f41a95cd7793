"""One sheet of paper as a PDF: blocks of a document set one below the other, and side by side, on a page of A4.

The page is a picture of texts and lines, made into a PDF by the library that draws: no browser, and nothing is fetched. What
needs more room than the page has is set smaller, never cut.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from planner.documents.blocks import Block, Bullet, Heading, Paragraph, Picture, Section, Table
from planner.documents.drawings import rendering, theme
from planner.words.said import told
from planner.words.text_layout import NOT_FIRST, PIECES, wide

WIDE, HIGH = 595.0, 842.0  # points of A4
MARGIN, BETWEEN = 26.0, 14.0  # of the page, and between what stands side by side
SIZE, NOTE, SMALL_HEAD, TITLE = 7.6, 5.8, 8.6, 13.0
LINE = 1.26  # of a size: from line to line
LETTER = 0.53  # of a size: how wide a sign of one column is at most, in the mean of a text
SMALLEST = 0.45  # a page that would have to be set smaller than this is made longer instead
STEP = 0.94  # from one size that is tried to the next
PAD = 6.0  # beside the texts of a table


@dataclass
class Sheet:
    """A page while it is set.

    Attributes
    ----------
    wide
        Of the page, in its own points: a wider one is printed smaller.
    y
        How far it is filled.
    marks
        What is on it, as SVG.
    drawn
        Pictures by name, which are drawn once for all sizes that are tried.
    """

    wide: float
    drawn: dict[str, str]
    y: float = MARGIN
    marks: list[str] = field(default_factory=list)

    @property
    def room(self) -> float:
        """Between the margins."""
        return self.wide - 2 * MARGIN

    def show(self, section: Section, x: float = MARGIN, room: float | None = None, y: float | None = None) -> float:
        """Set a section; returns where it ends, from which on the page goes on unless it stands beside something."""
        at = self.y if y is None else y
        for block in section:
            at = self._block(block, x, room or self.room, at)
        self.y = max(self.y, at)
        return at

    def beside(self, *columns: tuple[Section, float]) -> None:
        """Sections side by side, each with its share of the room."""
        x, top, room = MARGIN, self.y, self.room - BETWEEN * (len(columns) - 1)
        for section, share in columns:
            self.show(section, x, room * share, top)
            x += room * share + BETWEEN

    def _block(self, block: Block, x: float, room: float, y: float) -> float:
        if isinstance(block, Heading):
            if block.rank == "title":
                return self._text(told(block.text), x, room, y, TITLE, bold=True) + 2
            self.marks.append(_line(x, y + 3, x + room, theme.BLUE))
            return self._text(told(block.text), x, room, y + 4, SMALL_HEAD, bold=True)
        if isinstance(block, Paragraph):
            return self._paragraph(block, x, room, y)
        if isinstance(block, Bullet):
            self.marks.append(_words("•", x, y + SIZE, SIZE))
            return self._text(told(block.whole), x + 7, room - 7, y, SIZE)
        if isinstance(block, Table):
            return self._table(block, x, room, y)
        if isinstance(block, Picture):
            return self._picture(block, x, room, y)
        return y

    def _paragraph(self, block: Paragraph, x: float, room: float, y: float) -> float:
        size, colour = (NOTE, theme.FAINT) if block.look == "note" else (SIZE, theme.INK)
        if block.look == "warning":
            colour = theme.VERMILION
        if not block.label:
            return self._text(told(block.text), x, room, y, size, colour=colour) + 1
        aside = 46.0
        self.marks.append(_words(told(block.label), x, y + size, size, theme.FAINT))
        return self._text(told(block.text), x + aside, room - aside, y, size) + 1

    def _text(
        self, text: str, x: float, room: float, y: float, size: float, *, bold: bool = False, colour: str = theme.INK
    ) -> float:
        for line in broken(text, room / (LETTER * size * (1.06 if bold else 1.0))):
            y += size * LINE
            self.marks.append(_words(line, x, y, size, colour, bold))
        return y + 0.5

    def _table(self, table: Table, x: float, room: float, y: float) -> float:
        """A table whose columns of texts share what those of figures leave."""
        heads = [told(head) for head in table.heads]
        rows = [[told(cell) for cell in row] for row in (*table.texts(), *([table.total] if table.total else []))]
        em = LETTER * SIZE
        needs = [
            max([wide(part) for part in head.split("\n")] + [wide(row[n]) for row in rows]) * em + PAD
            for n, head in enumerate(heads)
        ]
        widths = _shared(needs, [kind == "l" for kind in table.align], room)
        for n, row in enumerate([heads, *rows]):
            cells = [
                [line for part in cell.split("\n") for line in broken(part, (widths[k] - PAD) / em)]
                for k, cell in enumerate(row)
            ]
            tall = max(map(len, cells))
            at = x
            for k, lines in enumerate(cells):
                right = table.align[k] == "r"
                down = tall - len(lines) if n == 0 else 0  # headings stand at the bottom
                for m, line in enumerate(lines):
                    place = at + widths[k] - PAD if right else at
                    self.marks.append(_words(line, place, y + (m + 1 + down) * SIZE * LINE, SIZE, bold=n == 0, right=right))
                at += widths[k]
            y += tall * SIZE * LINE + 2.2
            self.marks.append(_line(x, y, x + sum(widths), theme.FAINT if n == 0 else theme.PALE))
        return y + 2

    def _picture(self, block: Picture, x: float, room: float, y: float) -> float:
        drawn = self.drawn.setdefault(block.name, "") or rendering.svg(block.draw())
        self.drawn[block.name] = drawn
        size = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawn)
        assert size is not None  # every picture of the library says it
        high = room * float(size[2]) / float(size[1])
        inner = re.sub(r'<svg([^>]*?) width="[\d.]+" height="[\d.]+"', r"<svg\1", drawn, count=1)
        self.marks.append(
            inner.replace("<svg", f'<svg x="{x:.1f}" y="{y + 3:.1f}" width="{room:.1f}" height="{high:.1f}"', 1)
        )
        y += high + 4
        return self._text(told(block.caption), x, room, y, NOTE, colour=theme.FAINT) if block.caption else y


def page(fill: Callable[[Sheet], None], title: str) -> bytes:
    """A page of A4 as a PDF, printed as large as what is on it allows.

    Parameters
    ----------
    fill
        Sets what is on it.

    Raises
    ------
    planner.documents.drawings.rendering.NotDrawn
        It cannot be made.
    """
    drawn: dict[str, str] = {}
    for width in widths():
        found = Sheet(width, drawn)
        fill(found)
        if found.y + MARGIN <= width * HIGH / WIDE:
            break
    high = max(found.y + MARGIN, found.wide * HIGH / WIDE)
    marks = "\n".join(found.marks)
    return rendering.pdf(
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{WIDE}" height="{WIDE * high / found.wide:.1f}" viewBox="0 0 {found.wide:.1f} {high:.1f}">'
        f"<title>{html.escape(told(title))}</title>"
        f'<rect width="{found.wide:.1f}" height="{high:.1f}" fill="{theme.PAPER}"/>\n{marks}\n</svg>'
    )


def widths() -> list[float]:
    """The widths of pages that are tried, from the largest print to the smallest."""
    found, scale = [], 1.0
    while scale >= SMALLEST:
        found.append(WIDE / scale)
        scale *= STEP
    return found


def broken(text: str, most: float) -> list[str]:
    """A text in lines of so many columns at most, broken at blanks and between Chinese signs; longer words stay whole.

    >>> broken("one two three", 8)
    ['one two', 'three']
    """
    lines = [""]
    for piece in PIECES.findall(text):
        if lines[-1].strip() and wide((lines[-1] + piece).rstrip()) > most and piece not in NOT_FIRST:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines]


def _shared(needs: Sequence[float], of_texts: Sequence[bool], room: float) -> list[float]:
    """Widths of columns: what they need where there is room; otherwise those of texts give way, the widest first."""
    found = list(needs)
    over = sum(found) - room
    while over > 0.1:
        widest = max((n for n, is_text in enumerate(of_texts) if is_text), key=found.__getitem__, default=None)
        if widest is None or found[widest] < 30:
            return [width * room / sum(found) for width in found]
        cut = min(over, max(2.0, found[widest] * 0.05))
        found[widest] -= cut
        over -= cut
    return found


def _words(
    text: str, x: float, y: float, size: float, colour: str = theme.INK, bold: bool = False, right: bool = False
) -> str:
    weight = ' font-weight="bold"' if bold else ""
    anchor = ' text-anchor="end"' if right else ""
    font = html.escape(theme.FONT)
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="{font}" font-size="{size:.1f}" fill="{colour}"{weight}{anchor}>'
        f"{html.escape(text)}</text>"
    )


def _line(x: float, y: float, to: float, colour: str) -> str:
    return f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to:.1f}" y2="{y:.1f}" stroke="{colour}" stroke-width="0.5"/>'
