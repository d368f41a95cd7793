"""What the address of a page says, how one is written, and which of the things offered is shown; no Streamlit here.

An address holds what is shown, so that a link shows its sender's page and Back turns the page back. Each page declares
what its address may name. What it names comes first. It may name what is not offered: then that is said, and never something
else shown as if it had been asked for. After it comes, on the way from page to page, what was looked at last, then the
default.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlencode

PARAMETERS: Mapping[str, tuple[str, ...]] = {
    "start": (),
    "cases": ("case", "table"),
    "solve": ("case", "scenario", "run"),
    "plan": ("plan", "room", "city", "period", "world", "flow", "kinds", "starts", "payers", "realities", "table", "run"),
    "compare": ("plans", "room", "period"),
    "explore": ("plan", "question", "run"),
    "programmes": ("programme", "room", "member", "source", "run"),
}
SHARED = ("case", "plan", "city")  # the same thing on whatever page
WITHIN = {
    "case": ("scenario",),
    "plan": ("city", "period", "flow", "kinds", "starts", "payers", "realities", "run"),
    "plans": ("period",),
    "programme": ("member", "run"),
}  # what lies within what

FLEETING = ("run",)  # of one visit: nobody wants last month's run when the page is opened again

Query = Mapping[str, Sequence[str]]
Memory = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Address:
    """A page with what it shows.

    Attributes
    ----------
    page, language
        Empty where the address does not say.
    values
        Parameter -> what it names, most name one thing.
    """

    page: str = ""
    language: str = ""
    values: Query = field(default_factory=dict)

    def naming(self, name: str) -> tuple[str, ...]:
        """What a parameter names; nothing where it is not there or empty."""
        return tuple(value for value in self.values.get(name, ()) if value)

    def having(self, **values: Sequence[str] | str) -> Address:
        """The same page showing something else; what lay within the old is named no more."""
        gone = {inner for name in values for inner in WITHIN.get(name, ())}
        fresh = {name: (value,) if isinstance(value, str) else tuple(value) for name, value in values.items()}
        kept = {name: value for name, value in self.values.items() if name not in gone}
        return replace(self, values=MappingProxyType({**kept, **fresh}))


def read(query: Query) -> Address:
    """What an address says."""
    first = {name: next(iter(values), "") for name, values in query.items()}
    page = first.get("page", "") or ("cases" if first.get("case") else "")  # a link may name a case alone
    known = PARAMETERS.get(page or next(iter(PARAMETERS)), ())
    return Address(page, first.get("lang", ""), {name: tuple(query[name]) for name in known if query.get(name)})


def query_of(address: Address) -> dict[str, list[str]]:
    """An address as the parameters of a link, in one order."""
    named = {name: list(found) for name in PARAMETERS.get(address.page, ()) if (found := address.naming(name))}
    return {"page": [address.page], **named, **({"lang": [address.language]} if address.language else {})}


def link(address: Address) -> str:
    """An address as a link."""
    return "?" + urlencode(query_of(address), doseq=True)


# --- which of the things offered is shown


@dataclass(frozen=True)
class Pick:
    """What is shown of the things that are offered.

    Attributes
    ----------
    values
        What is shown; empty where nothing is.
    unknown
        What the address names and nobody offers.
    """

    values: tuple[str, ...]
    unknown: tuple[str, ...] = ()

    @property
    def value(self) -> str | None:
        """The one thing that is shown."""
        return self.values[0] if self.values else None


def one(
    options: Sequence[str], asked: Sequence[str], remembered: Sequence[str] = (), default: str | None = None,
    otherwise: bool = True,
) -> Pick:  # fmt: skip
    """One of the things that are offered.

    Parameters
    ----------
    options
        What is offered.
    asked, remembered
        What the address names, and what was looked at last.
    default
        Otherwise; the first by default.
    otherwise
        Whether something else is shown in place of what is not there, which is said; otherwise nothing is.
    """
    unknown = tuple(name for name in asked[:1] if name not in options)
    if unknown and not otherwise:
        return Pick((), unknown)
    first = default if default in options else next(iter(options), None)
    found = next((name for name in (*asked[:1], *remembered[:1]) if name in options), first)
    return Pick(() if found is None else (found,), unknown)


def several(options: Sequence[str], asked: Sequence[str], remembered: Sequence[str] = ()) -> Pick:
    """Some of the things that are offered, in the order in which they were named; none by default."""
    known = tuple(dict.fromkeys(name for name in asked or remembered if name in options))
    return Pick(known, tuple(name for name in asked if name not in options))


# --- what was looked at last


def remembered(memory: Memory, page: str, name: str) -> tuple[str, ...]:
    """What was looked at last on a page; of some things, on any."""
    return memory.get(_key(page, name), ())


def with_address(memory: Memory, address: Address) -> Memory:
    """What is remembered after an address was shown."""
    seen = {_key(address.page, name): address.naming(name) for name in PARAMETERS.get(address.page, ())}
    return {**memory, **{key: values for key, values in seen.items() if values}}


def read_memory(file: Path) -> Memory:
    """What a browser looked at last; nothing where that cannot be read."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        return {str(key): tuple(str(value) for value in values) for key, values in found.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def keep_memory(file: Path, memory: Memory) -> None:
    """Keep what a browser looked at last; a convenience, so a disk that is full is no reason to stop."""
    lasting = {key: list(values) for key, values in memory.items() if key.rpartition(".")[2] not in FLEETING}
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f".{file.name}.writing")
        fresh.write_text(json.dumps(lasting, ensure_ascii=False), encoding="utf-8")
        fresh.replace(file)


def _key(page: str, name: str) -> str:
    return name if name in SHARED else f"{page}.{name}"
