"""In what the questions differ: inputs cell by cell where they are few, summed up where they are many."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner.documents.compared.sections import ABSENT, Grid
from planner.words import phrases
from planner.words.plurals import count

if TYPE_CHECKING:
    from planner.comparing import Comparison

WHOLE = 4  # places of one column that are shown each by itself
LINES = 24  # of the table
LONGEST = 60  # characters of a text
KINDS = 3  # different texts that a line sums up


def asked(found: Comparison) -> tuple[str | Grid, ...]:
    """The inputs in which the cases differ, as they were solved: scenario applied, defaults filled in."""
    groups: dict[tuple[str, str, str], list[Found]] = {}
    for row in found.tables["inputs"].itertuples(index=False):
        place: Found = (row[0], row[1], row[2], row[3], list(row[4:]))
        groups.setdefault(_group(place), []).append(place)
    if not groups:
        return ("None: all plans are of the same inputs.",)
    rows = [line for (file, what, difference), some in groups.items() for line in _rows(file, what, difference, some)]
    notes = [] if len(rows) <= LINES else [f"and {count(len(rows) - LINES, 'more line')}: the table inputs has every cell."]
    return (Grid(("file: column or key", "row", *found.names), tuple(rows[:LINES]), "ll" + "l" * len(found.names)), *notes)


Found = tuple[str, str, str, str, list[str]]  # file, row, column, difference, values


def _group(place: Found) -> tuple[str, str, str]:
    """What is summed up together: a column of a table; its rows; keys that begin alike."""
    file, row, column, difference, _ = place
    if file == "case.yaml":
        return file, ".".join(column.split(".")[: 2 if difference == "row" else 3]), difference
    return (file, "", difference) if difference == "row" and row else (file, column, difference)


def _rows(file: str, what: str, difference: str, some: list[Found]) -> list[tuple[str, ...]]:
    """The lines of a group."""
    if difference == "row" and file != "case.yaml":
        return [_whole_rows(file, some)]
    if difference == "row" and len(some) > 1:
        having = [sum(bool(place[4][n]) for place in some) for n in range(len(some[0][4]))]
        return [(f"{file}: {what}", count(len(some), "key"), *(count(h, "key") if h else "none" for h in having))]
    if len(some) > WHOLE:
        values = list(zip(*(place[4] for place in some), strict=True))
        label = f"{file}: {what}" if what else file
        return [(label, count(len(some), "place"), *(_summed(column, values[0]) for column in values))]
    return [
        (f"{file}: {column}" if column else file, row, *(_cell(v) for v in values)) for _, row, column, _, values in some
    ]


def _whole_rows(file: str, some: list[Found]) -> tuple[str, ...]:
    """Rows that not all cases have: how many each has of them."""
    rows = list(dict.fromkeys(place[1] for place in some))
    having = [{place[1] for place in some if place[4][n]} for n in range(len(some[0][4]))]
    return (f"{file}: rows", phrases.join(rows, WHOLE), *(count(len(h), "row") if h else "none" for h in having))


def _summed(values: Sequence[str], first: Sequence[str]) -> str:
    """Many cells in a few words: all alike, a factor on the first plan's, a range, or how many of each."""
    kinds = Counter(values)
    if len(kinds) == 1:
        return _cell(values[0])
    figures = [_figure(value) for value in values]
    if None in figures:
        if len(kinds) > KINDS:
            return "various"
        return ", ".join(f"{_cell(value)} ({number})" for value, number in kinds.most_common())
    numbers = [figure for figure in figures if figure is not None]
    before = [_figure(value) for value in first]
    ratios = [a / b for a, b in zip(numbers, before, strict=True) if b]
    if tuple(values) != tuple(first) and len(ratios) == len(numbers):
        least, most = (f"{ratio:.4g}" for ratio in (min(ratios), max(ratios)))
        return f"x {least}" if least == most else f"x {least} to {most}"
    return f"{min(numbers):.6g} to {max(numbers):.6g}"


def _figure(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _cell(text: str) -> str:
    """A value as people read it: figures without the noise of their last digits."""
    figure = _figure(text)
    if figure is None:
        return textwrap.shorten(text, LONGEST, placeholder=" ...") or ABSENT
    return f"{figure:.6g}" if "." in text else text
