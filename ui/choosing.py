"""Boxes and switches whose choice stands in the address: how `ui.addresses` meets Streamlit.

The address is what counts: before a widget is drawn it is set to what the address names, and a choice is first of all a
new address. It goes to the browser once, so that each choice is one step of Back: at once where it is whole, otherwise when
all is drawn and it is known what else is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st

from planner.words.said import LANGUAGES, Sentence, _
from planner.workspace import places
from ui import addresses
from ui.addresses import Address, Memory, Pick
from ui.frame import here, language, plain, say

T = TypeVar("T")

ADDRESS = "address"  # of the session: what is shown
WANTED = "address-wanted"  # of the session: what was chosen and is not in the browser's address yet, and what is there
RECALLED = "address-recalled"  # whether what it does not name is what was looked at last: a link shows all the same
MEMORY = "looked-at"
CHOOSE = _("Choose from the list")  # in an empty box, where Streamlit says so in English
UNKNOWN: Mapping[str, Sentence] = {  # what is said of what an address names and is not there
    "page": _("There is no page {name}; this one is shown instead."),
    "lang": _("There is no language {name} here."),
    "case": _("There is no case {name}. It may have been deleted or renamed; choose another."),
    "scenario": _("There is no scenario {name} in this case; another is chosen."),
    "table": _("There is no table {name}; another is shown."),
    "room": _("There is no view {name} of it; another is shown."),
    "city": _("There is no city {name} in this plan; another is shown."),
    "period": _("There is no period {name} in this plan; another is shown."),
    "world": _("There is no map {name}; another is shown."),
    "flow": _("There is no flow {name} in this plan; none is shown."),
    "kinds": _("This plan has no measures of a kind {name}."),
    "starts": _("No works of this plan start in a period {name}."),
    "payers": _("No budget line {name} pays for anything in this plan."),
    "realities": _("No measure of this plan is as real as {name}."),
    "question": _("There is no question {name}; another is chosen."),
    "plan": _("There is no plan {name}. It may have been deleted, or lie elsewhere; choose another."),
    "plans": _("There is no plan {name}. It may have been deleted, or lie elsewhere."),
    "programme": _("There is no result {name}; another is shown."),
    "source": _("There is no programme {name}; another is chosen."),
    "member": _("There is no member {name} in this programme; another is shown."),
}


def browser() -> str:
    """The browser that looks at the page."""
    return places.browser_of(st.context.cookies.get(places.COOKIE))


def address() -> Address:
    """What is shown."""
    found: Address = st.session_state.get(ADDRESS, Address())
    return found


def start(pages: Iterable[str]) -> None:
    """Take the page and the language that the address names; to be called before anything is drawn."""
    names = list(pages)
    query = _query()
    wanted, there, whole = st.session_state.get(WANTED, (None, None, False))
    chosen = wanted is not None and there == query
    found = wanted if chosen else addresses.read(query)
    st.session_state[RECALLED] = chosen or not found.values
    if chosen and whole:
        st.query_params.from_dict(addresses.query_of(found))  # at once: whoever reloads a page half drawn has it
    elif not chosen:
        st.session_state.pop(WANTED, None)  # otherwise what interrupts this run goes on with it
    if found.language in LANGUAGES:
        st.session_state["lang"] = found.language
    page = found.page if found.page in names else names[0]
    st.session_state[ADDRESS] = Address(page, language(), found.values if page == (found.page or names[0]) else {})
    st.session_state["unknown"] = [
        say(UNKNOWN[what], name=plain(name))
        for what, name, known in (("page", found.page, names), ("lang", found.language, LANGUAGES))
        if name and name not in known
    ]


def say_unknown() -> None:
    """Say which page or language the address names that is not there."""
    for said in st.session_state.get("unknown", ()):
        st.warning(said)


def finish() -> None:
    """Give the browser the address of what is shown, and remember it; to be called when all is drawn."""
    query = addresses.query_of(address())
    if query != _query():
        st.query_params.from_dict(query)
    st.session_state.pop(WANTED, None)
    before = _memory()
    after = addresses.with_address(before, address())
    if after != before:
        st.session_state[MEMORY] = after
        addresses.keep_memory(_memory_file(), after)


def go(page: str, **values: str) -> None:
    """Turn to another page, as it was left; to be called before a page is drawn, as a widget's `on_click`."""
    memory = _memory() if page == address().page else addresses.with_address(_memory(), address())
    st.session_state[MEMORY] = memory
    run = () if values or "run" not in addresses.PARAMETERS[page] else addresses.remembered(memory, page, "run")
    _want(Address(page, address().language, {"run": run}).having(**values))


def compare(names: Sequence[str]) -> None:
    """Turn to the page that sets some plans side by side; as `go`."""
    _want(Address("compare", address().language, {"plans": tuple(names)}))


def link(page: str, **values: str) -> str:
    """The address of a page, for links that open beside this one."""
    return addresses.link(Address(page, language()).having(**values))


def speak(chosen: str) -> None:
    """Go on in another language; to be called as a widget's `on_change`."""
    _want(Address(address().page, chosen, address().values))


def show(**values: str | Sequence[str]) -> None:
    """Show something else on this page; to be called as a widget's `on_change` or `on_click`."""
    _want(address().having(**values))


def turn(**values: str | Sequence[str]) -> None:
    """The same while the page is drawn: what is shown is the new address from here on."""
    _want(address().having(**values))


def turn_to(page: str, **values: str) -> None:
    """The same on another page; the caller draws anew."""
    _want(Address(page, address().language).having(**values))


def one(
    draw: Callable[..., Any], name: str, label: str, options: Sequence[str], default: str | None = None,
    otherwise: bool = True, means: Callable[[str], str] = str, **about: Any,
) -> str | None:  # fmt: skip
    """A widget that chooses one of several things.

    Parameters
    ----------
    draw
        The widget.
    name
        Parameter of the address.
    otherwise
        As in `ui.addresses.one`.
    means
        Which of the things a name in an address means, where links may be shorter.
    """
    page = address().page
    last = _last(name)
    asked = tuple(means(value) for value in address().naming(name))
    pick = addresses.one(list(options), asked, last, default, otherwise)
    _say_what_is_not_there(name, pick)
    key = f"{page}-{name}"
    st.session_state[key] = pick.value
    if pick.value is None:
        about |= {"index": None, "placeholder": say(CHOOSE)}  # of a box: none is chosen
    draw(label, list(options), key=key, on_change=_taken, args=(name, key), **about)
    if pick.values:
        _shown(name, pick.values)
    return pick.value


def room(rooms: Mapping[str, tuple[Sentence, T]]) -> T | None:
    """What a page shows of what was chosen: one of its rooms, by name; None until one is chosen."""
    chosen = one(
        st.segmented_control,
        "room",
        say(_("What to look at")),
        list(rooms),
        format_func=lambda name: say(rooms[name][0]),
        required=True,
        label_visibility="collapsed",
    )
    if chosen is None:
        return None
    st.html(f'<h2 class="for-readers">{escape(say(rooms[chosen][0]))}</h2>')  # a heading for those who do not see the switch
    return rooms[chosen][1]


def several(draw: Callable[..., Any], name: str, label: str, options: Sequence[str], **about: Any) -> tuple[str, ...]:
    """A widget that chooses some of several things."""
    page = address().page
    pick = addresses.several(list(options), address().naming(name), _last(name))
    _say_what_is_not_there(name, pick)
    key = f"{page}-{name}"
    st.session_state[key] = list(pick.values)
    draw(label, list(options), key=key, on_change=_taken, args=(name, key), placeholder=say(CHOOSE), **about)
    if pick.values:
        _shown(name, pick.values)
    return pick.values


def say_missing(name: str) -> None:
    """Say what the address names where nothing at all is offered."""
    for unknown in address().naming(name):
        st.warning(say(UNKNOWN[name], name=plain(unknown)))


# --- within


def _say_what_is_not_there(name: str, pick: Pick) -> None:
    for unknown in pick.unknown:
        st.warning(say(UNKNOWN[name], name=plain(unknown)))


def _last(name: str) -> tuple[str, ...]:
    return addresses.remembered(_memory(), address().page, name) if st.session_state.get(RECALLED) else ()


def _shown(name: str, values: Sequence[str]) -> None:
    found = address()
    st.session_state[ADDRESS] = Address(found.page, found.language, {**found.values, name: tuple(values)})


def _taken(name: str, key: str) -> None:
    chosen = st.session_state.get(key)
    if isinstance(chosen, list):
        show(**{name: chosen}) if chosen else _forget(name)
    elif chosen is not None:
        show(**{name: str(chosen)})


def _forget(name: str) -> None:
    """Show and remember none of several things."""
    memory = dict(_memory())
    for key in [key for key in memory if key.rpartition(".")[2] == name]:
        del memory[key]
    st.session_state[MEMORY] = memory
    show(**{name: ()})


def _want(wanted: Address) -> None:
    before = address()
    whole = wanted.page == before.page and all(wanted.naming(name) for name in before.values if before.naming(name))
    st.session_state[ADDRESS] = wanted
    st.session_state[WANTED] = (wanted, _query(), whole)


def _query() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}


def _memory_file() -> Path:
    return places.folder_of(here(), browser()) / "looked-at.json"


def _memory() -> Memory:
    if MEMORY not in st.session_state:
        st.session_state[MEMORY] = addresses.read_memory(_memory_file())
    found: Memory = st.session_state[MEMORY]
    return found
