"""What the address of a page says, and how one is written; pure functions, no Streamlit here.

An address holds what is shown, so that a link shows its sender's page and Back turns the page back. Each page declares
what its address may name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from urllib.parse import urlencode

PARAMETERS: Mapping[str, tuple[str, ...]] = {
    "cases": ("case", "table"),
    "solve": ("case", "scenario", "run"),
    "plan": ("plan", "room", "city", "period", "world", "table"),
    "compare": ("plans", "room", "period"),
    "explore": ("plan", "question", "run"),
}
SHARED = ("case", "plan", "city")  # the same thing on whatever page
WITHIN = {"case": ("scenario",), "plan": ("city", "period"), "plans": ("period",)}  # what lies within what

Query = Mapping[str, Sequence[str]]


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
    page = first.get("page", "")
    known = PARAMETERS.get(page or next(iter(PARAMETERS)), ())
    return Address(page, first.get("lang", ""), {name: tuple(query[name]) for name in known if query.get(name)})


def query_of(address: Address) -> dict[str, list[str]]:
    """An address as the parameters of a link, in one order."""
    named = {name: list(found) for name in PARAMETERS.get(address.page, ()) if (found := address.naming(name))}
    return {"page": [address.page], **named, **({"lang": [address.language]} if address.language else {})}


def link(address: Address) -> str:
    """An address as a link."""
    return "?" + urlencode(query_of(address), doseq=True)
