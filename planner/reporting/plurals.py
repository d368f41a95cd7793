"""One link, two links: counts in words. Imports nothing, so that the command line can afford it."""

from __future__ import annotations

KINDS = {
    "link": ("link", "links"),
    "hub": ("hub", "hubs"),
    "facility": ("facility", "facilities"),
    "policy": ("policy", "policies"),
    "park": ("park", "parks"),
    "abatement": ("abatement measure", "abatement measures"),
    "closure": ("plant to close", "plants to close"),
}


def count(number: int, one: str, several: str = "") -> str:
    """A count with its noun in the number that fits: 1 link, 1,200 links."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"
