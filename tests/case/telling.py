"""Whether the problems of a case are told in Chinese: no Latin word but names, words of the format and what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from planner.case import CaseInvalid
from planner.case.case import CaseKeys
from planner.case.declared import Thing, things_in
from planner.case.effects import EFFECTS
from planner.case.rows import TABLES
from planner.words.said import Text, speaking, told

LATIN = re.compile(r"[A-Za-z]{2,}")
NAMES_OF_SIGNS = re.compile(r"U\+[0-9A-F]{4,6}（[^）]*）|tag:yaml\.org,2002:")  # as Unicode and YAML have them
TAKEN_OVER = {"UTF", "GB", "CSV", "YAML", "JSON", "Excel", "NaN", "GeoJSON", "FeatureCollection", "Polygon", "MultiPolygon"}
OF_LIBRARIES = ("is not YAML: ", "cannot be read from here on", "it is not JSON", "cannot be read: ")  # these quote them


def _words(kind: Any) -> Iterator[str]:
    """The words that may stand in a value of a type."""
    if get_origin(kind) is Literal:
        yield from map(str, get_args(kind))
    for inner in get_args(kind) if get_origin(kind) is not Literal else ():
        yield from _words(inner)


def _of_the_format() -> set[str]:
    """Names of tables, columns and keys, and the words that may stand there."""
    found = {*TABLES, *EFFECTS, "offers", "today", "base", "yes", "no", "true", "false", "case", "csv", "yaml", "xlsx"}
    waiting: list[type[Thing]] = [CaseKeys, *(kind.row for kind in TABLES.values()), *EFFECTS.values()]
    seen: set[type[Thing]] = set()
    while waiting:
        thing = waiting.pop()
        if thing in seen:
            continue
        seen.add(thing)
        for key in thing.declares().values():
            found |= {key.name, *_words(key.kind)}
            waiting += list(things_in(key.kind))
    return {word for name in found for word in LATIN.findall(name)}


FORMAT = _of_the_format()


def _typed(folder: Path) -> set[str]:
    """Every word that stands in the files of a case, and their names."""
    files = [file for file in folder.parent.rglob("*") if file.is_file()]
    texts = [file.read_bytes().decode("utf-8", "replace") for file in files] + [str(file) for file in files] + [str(folder)]
    return {word for text in texts for word in LATIN.findall(text)}


def is_told_in_chinese(invalid: CaseInvalid, folder: Path) -> None:
    """Every problem of a damaged case."""
    typed = _typed(folder)
    with speaking("zh"):
        for problem in invalid.problems:
            assert isinstance(problem.message, Text), problem
            if any(said in problem.message for said in OF_LIBRARIES):
                continue
            said = told(problem.said)
            known = typed | FORMAT | TAKEN_OVER | set(LATIN.findall(f"{problem.value}"))
            words = LATIN.findall(NAMES_OF_SIGNS.sub("", said))
            left = [word for word in words if not any(other.startswith(word) for other in known)]  # long values are cut
            assert not left, (str(problem), said)
            assert re.search("[一-鿿]", said), said
