"""What is left in Latin letters where Chinese is spoken, but names of the case, units, and what is typed as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from planner.case import Case
from planner.documents import vocabulary

LATIN = re.compile(r"[A-Za-z]{2,}")
TYPED = re.compile(  # options, commands, files, and what a text itself marks as typed
    r"--[a-z][a-z-]*|`[^`]*`|planner [a-z]+( PLAN)?( --[a-z]+)?|\.?/?[\w.-]+\.(?:yaml|csv|json|xlsx|svg|png|html|zip)|\./\w+"
)
SHOWN = {"title", "subtitle", "text"}  # keys of a drawing whose values are read
TAKEN_OVER = {
    "GDP",
    "Excel",
    "CSV",
    "PNG",
    "SVG",
    "MB",
    "PDF",
    "A4",
    "fonts-noto-cjk",
}  # words that Chinese takes over as they are


def latin(text: str, *cases: Case, names: Iterable[str] = ()) -> list[str]:
    """Latin words of a text that have no business there; of many texts, `allowing` is asked once."""
    return allowing(*cases, names=names)(text)


def allowing(*cases: Case, names: Iterable[str] = ()) -> Callable[[str], list[str]]:
    """What finds in a text the Latin words that are neither names of these cases without Chinese, nor units, nor typed.

    Parameters
    ----------
    names
        Others that are the user's own: of plans, of files.
    """
    own = {name for case in cases for name in names_of(case)}
    own |= {name.partition(",")[0] for name in own}  # drawings name two halves by what they share
    kept = sorted({name for name in own.union(names) if LATIN.search(name)}, key=len, reverse=True)
    whole = frozenset(kept)
    any_of = re.compile(rf"(?<![A-Za-z])(?:{'|'.join(map(re.escape, kept)) or '(?!)'})(?![A-Za-z])")

    def left(text: str) -> list[str]:
        if text in whole:
            return []
        text = TYPED.sub("", any_of.sub("", TYPED.sub("", text)))
        return [word for word in LATIN.findall(text) if word not in TAKEN_OVER]

    return left


def names_of(case: Case) -> Iterator[str]:
    """Names, ids and units of a case; no name of a thing that has a Chinese one."""
    yield from (case.name, case.title, case.money.unit, case.content_hash, *case.assumptions)
    yield from {city.jurisdiction for city in case.cities.values()} - set(case.names)
    yield from (thing.id for things in (case.targets, case.rules, case.gates) for thing in things)
    yield from case.pyramid.at_most_share
    for measure in case.measures.values():
        yield from (measure.one_of or "", measure.level or "")
    for held in fields(case):
        things: Any = getattr(case, held.name)
        for thing in things.values() if hasattr(things, "values") else ():
            if is_dataclass(thing):
                if (unit := str(getattr(thing, "unit", ""))) not in vocabulary.UNITS:  # those have their Chinese
                    yield unit
                if not getattr(thing, "name_zh", ""):
                    yield from (str(getattr(thing, "name", "")), str(getattr(thing, "id", "")))
                    yield str(getattr(thing, "id", "")).replace("_", " ").replace("-", " ")


def drawn(node: Any, key: str = "") -> Iterator[str]:
    """Every word of a drawing: its titles, what stands at its marks, and what its data says."""
    if isinstance(node, str) and key in SHOWN:
        yield node
    elif isinstance(node, list):
        for part in node:
            yield from drawn(part, key)
    elif isinstance(node, dict):
        for name, part in node.items():
            if name == "datasets":
                yield from (v for rows in part.values() for row in rows for v in row.values() if isinstance(v, str))
            elif name == "scale" and isinstance(part, dict):
                yield from (word for word in part.get("domain", []) if isinstance(word, str))
            elif name == "tooltip" and isinstance(part, list):
                assert all("title" in one for one in part), part
                yield from (one["title"] for one in part)
            else:
                yield from drawn(part, name)
