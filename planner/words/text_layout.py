"""Paragraphs, lists and tables as text, as wide as the terminal, within limits."""

from __future__ import annotations

import re
import shutil
import textwrap
import unicodedata
from collections.abc import Sequence

from planner.words.said import Sentence, Series, _, series, told

WIDEST, NARROWEST = 120, 60  # of a page, in characters
PIECES = re.compile(r"\s+|[\u2e80-\uffef]|[^\s\u2e80-\uffef]+")  # what a line may be broken between
BROKEN = re.compile(  # line ends that stand for no blank
    r"(?<=\w-)\n|(?<=[，；：、（])\n|(?<=[\u2e80-\uffef])\n(?=[\u2e80-\uffef])"
)
NOT_FIRST = "，。；：、！？）》」”"  # signs that begin no line
LABEL = 10  # columns for the label of a paragraph
NARROW = 14  # a column of text is squeezed so far, or to its longest word

BOLD, NOT_BOLD = "\033[1m", "\033[0m"  # to a terminal


def width() -> int:
    """Characters a line: those of the terminal or of COLUMNS, within the limits of a page that reads well."""
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns))


def spaced(name: str) -> str:
    """A name of the case as words: people_65 is people 65."""
    return name.replace("_", " ")


def bold(text: str, wanted: bool) -> str:
    """A heading for a terminal, or plain."""
    text = told(text)
    return f"{BOLD}{text}{NOT_BOLD}" if wanted else text


def in_a_line(text: str) -> str:
    """A heading of several lines in one; between Chinese signs, and after a hyphen, there is no blank."""
    return BROKEN.sub("", told(text)).replace("\n", " ").strip()


def join(names: Sequence[str], most: int | None = None, between: str = ", ") -> Series | Sentence:
    """Names in one line; of many the first and how many more."""
    if most is None or len(names) <= most:
        return series(names, between)
    return _("{names} and {number} more").format(names=series(names[:most], between), number=len(names) - most)


def bullet(text: str) -> str:
    """A paragraph of a list."""
    return _filled(told(text), "- ", "  ")


def paragraph(text: str, label: str = "") -> str:
    """A paragraph; a label stands in a column of its own."""
    if not label:
        return _filled(told(text), "", "")
    label = told(label)
    start = label + " " * max(LABEL - wide(label), 0)
    return _filled(told(text), start, " " * wide(start))


def _filled(text: str, first: str, then: str) -> str:
    """A text in lines as wide as the page; where it is Chinese, broken after any character."""
    if all(wide(sign) < 2 for sign in text):
        return textwrap.fill(text, width(), initial_indent=first, subsequent_indent=then, break_on_hyphens=False)
    lines = [first]
    for piece in PIECES.findall(text):
        if lines[-1].strip() and wide(lines[-1] + piece.rstrip()) > width() and piece not in NOT_FIRST:
            lines[-1] = lines[-1].rstrip()
            lines.append(then)
        lines[-1] += piece if lines[-1] != then else piece.lstrip()
    return "\n".join(lines)


def table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], align: str, total: Sequence[str] | None = None, keys: int = 1
) -> str:
    """An aligned table; where it is too wide for the page, texts are broken at spaces, then columns go below each other.

    Parameters
    ----------
    heads
        A heading a column; they break at line ends.
    rows
        Text cells.
    align
        A letter a column: `l` text, `r` figures.
    total
        A last row, set apart by a line.
    keys
        Leading columns that name a row: they are repeated where columns go below each other.
    """
    cells = [[told(cell) for cell in row] for row in (heads, *rows, *([] if total is None else [total]))]
    least = [_least(cells, n, kind) for n, kind in enumerate(align)]
    parts = []
    for block in blocks(least, keys):
        some = [[row[n] for n in block] for row in cells]
        kinds = "".join(align[n] for n in block)
        parts.append(_aligned(kinds, some, [least[n] for n in block], total is not None))
    return "\n\n".join(parts)


def _aligned(align: str, cells: Sequence[Sequence[str]], least: Sequence[int], has_total: bool) -> str:
    """One block of a table: its heading, its rows, and its total if it has one."""
    limits = _limits(align, cells, least)
    head = [cell.split("\n") for cell in cells[0]]
    body = [_broken(row, align, limits) for row in cells[1:]]
    widths = [max(wide(part) for row in [head, *body] for part in row[n]) for n in range(len(align))]
    rule = "  ".join("-" * width for width in widths)
    out = [*_set(head, widths, align, bottom=True), rule]
    for n, row in enumerate(body, start=1):
        if has_total and n == len(body):
            out.append(rule)
        out += _set(row, widths, align)
    return "\n".join(out)


def blocks(widths: Sequence[int], keys: int = 1) -> list[list[int]]:
    """Columns, by position, in blocks that fit the page; each begins with the key columns."""
    first = list(range(min(keys, len(widths))))
    room = width() - sum(widths[n] + 2 for n in first) + 2
    found, left = [first], room
    for n in range(len(first), len(widths)):
        if len(found[-1]) > len(first) and left < widths[n] + 2:
            found.append(list(first))
            left = room
        found[-1] = [*found[-1], n]
        left -= widths[n] + 2
    return found


def wide(text: str) -> int:
    """Columns that a text takes on a terminal: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in text)


def _least(rows: Sequence[Sequence[str]], n: int, kind: str) -> int:
    """How narrow a column may become: figures and headings stay whole, texts break between words."""
    parts = [part for row in rows for part in row[n].split("\n")]
    widest = max(wide(part) for part in parts)
    if kind == "r":
        return widest
    return min(widest, max(_whole_words(rows, n), NARROW))


def _whole_words(rows: Sequence[Sequence[str]], n: int) -> int:
    """How narrow a column of text may be without breaking a word, or a line of its heading."""
    longest = max((wide(word) for row in rows for part in row[n].split("\n") for word in _words(part)), default=0)
    return max(longest, *(wide(part) for part in rows[0][n].split("\n")))


def _limits(align: str, rows: Sequence[Sequence[str]], least: Sequence[int]) -> list[int]:
    """Widest text of each column, so that the table fits the page if it can: the widest texts give way first."""
    page = width()
    limits = [max(wide(part) for row in rows for part in row[n].split("\n")) for n in range(len(least))]
    whole = [
        min(narrow, _whole_words(rows, n)) if kind == "l" else narrow
        for n, (kind, narrow) in enumerate(zip(align, least, strict=True))
    ]
    for floor in (list(least), whole, [min(NARROW, limit) for limit in least]):  # words are broken if nothing else helps
        while sum(limits) + 2 * (len(limits) - 1) > page and any(a > b for a, b in zip(limits, floor, strict=True)):
            limits[max((n for n in range(len(limits)) if limits[n] > floor[n]), key=limits.__getitem__)] -= 1
    return limits


def _broken(cells: Sequence[str], align: str, limits: Sequence[int]) -> list[list[str]]:
    """Each cell as its lines."""
    return [_lines(cell, limit) if kind == "l" else [cell] for cell, kind, limit in zip(cells, align, limits, strict=True)]


def _words(text: str) -> list[str]:
    """What a line may not break: words at spaces; Chinese breaks after every character."""
    found: list[str] = []
    for word in text.split():
        run = ""
        for sign in word:
            if wide(sign) == 2:
                found += [run, sign] if run else [sign]
                run = ""
            else:
                run += sign
        found += [run] if run else []
    return found


def _lines(text: str, limit: int) -> list[str]:
    """A text in lines of at most `limit` columns, broken at spaces where there are any."""
    lines = [""]
    for word in text.split():
        if lines[-1] and wide(lines[-1]) + 1 + wide(word) > limit:
            lines.append("")
        if lines[-1]:
            lines[-1] += " "
        for sign in word:
            if lines[-1] and wide(lines[-1]) + wide(sign) > limit:
                lines.append("")
            lines[-1] += sign
    return lines


def _set(row: Sequence[Sequence[str]], widths: Sequence[int], align: str, bottom: bool = False) -> list[str]:
    """A row of broken cells as text lines; headings stand at the bottom."""
    height = max(len(cell) for cell in row)
    out = []
    for n in range(height):
        parts = []
        for cell, width, kind in zip(row, widths, align, strict=True):
            at = n - (height - len(cell)) if bottom else n
            text = cell[at] if 0 <= at < len(cell) else ""
            pad = " " * (width - wide(text))
            parts.append(text + pad if kind == "l" else pad + text)
        out.append("  ".join(parts).rstrip())
    return out
