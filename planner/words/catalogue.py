"""The catalogues: gettext files (`<language>/<room>.po`), one for each room that says something, read when first needed."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib import resources


def find(language: str, message: str, context: str = "") -> str | None:
    """A message in a language; None if no catalogue has it."""
    return _messages(language).get((message, context))


@functools.cache
def _messages(language: str) -> Mapping[tuple[str, str], str]:
    from babel.messages.pofile import read_po  # only where another language than English is read

    found = {}
    folder = resources.files("planner.words").joinpath(language)
    for file in sorted(folder.iterdir(), key=lambda file: file.name) if folder.is_dir() else ():
        if file.name.endswith(".po"):
            with file.open("rb") as content:
                for entry in read_po(content, locale=language):
                    if entry.id and entry.string:
                        found[str(entry.id), entry.context or ""] = str(entry.string)
    return found
