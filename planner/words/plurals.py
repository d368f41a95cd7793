"""One link, two links: counts in words. Imports little, so that the command line can afford it."""

from __future__ import annotations

from planner.words.said import Sentence, counted


def count(number: float, one: str, several: str = "") -> Sentence:
    """A count with its noun in the number that fits: 1 link, 1,200 links, 0.5 links."""
    said = f"{number:,}" if isinstance(number, int) else f"{number:,.4g}"
    return counted(number, "{number} " + one, "{number} " + (several or one + "s")).format(number=said)


def noun(number: float, one: str, several: str = "") -> str:
    """The noun, or the verb, in the number that fits a count that is said elsewhere: noun(2, "gains", "gain") is gain."""
    return one if number == 1 else several or one + "s"
