"""Which thing of a case a text means: its id, or a name by which it is shown, in English or Chinese."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from planner.case import naming
from planner.case.case import Case
from planner.case.problems import did_you_mean, listed
from planner.words import unprintable
from planner.words.said import _


class Ambiguous(ValueError):
    """Several things are called so; the message names their ids."""


def id_of(text: str, what: str, names: Mapping[str, Collection[str]]) -> str:
    """The id that a text means.

    Parameters
    ----------
    what
        What it should name, for messages: "a measure".
    names
        Id -> the names by which it is shown.

    Raises
    ------
    ValueError
        Nothing is called so, or several things are; the message says what is near, or which ids they have.
    """
    asked = text.strip()
    if asked in names:
        return asked
    found = [i for i, shown in names.items() if asked in shown]
    found = found or [i for i, shown in names.items() if _plain(asked) in {_plain(i), *map(_plain, shown)}]
    if len(found) == 1:
        return found[0]
    if found:
        raise Ambiguous(
            _("'{asked}' is the name of {number}: say the id instead ({ids})").format(
                asked=asked, number=len(found), ids=listed(found)
            )
        )
    every = [*(name for shown in names.values() for name in shown), *names]  # of two alike the id is offered: the last
    if not names:
        raise ValueError(_("'{value}' is not {what} of this case (it has none).").format(value=asked, what=what))
    raise ValueError(
        _("'{value}' is not {what} of this case ({names}).{hint}").format(
            value=asked, what=what, names=listed(names), hint=did_you_mean(asked, every)
        )
    )


def measure(case: Case, text: str) -> str:
    """The id of a measure; see `id_of`."""
    return id_of(text, _("a measure"), {a: _shown(thing) for a, thing in case.measures.items()})


def line(case: Case, text: str) -> str:
    """The id of a budget line; see `id_of`."""
    return id_of(text, _("a budget line"), {l: _shown(thing) for l, thing in case.lines.items()})


def scenario(case: Case, text: str) -> str:
    """The id of a scenario, or base; see `id_of`."""
    return id_of(text, _("a scenario"), {"base": (), **{s: _shown(thing) for s, thing in case.scenarios.items()}})


def _shown(thing: naming.Thing) -> tuple[str, ...]:
    """What a thing is called where people read."""
    return (str(naming.name_of(thing)), naming.name_of(thing, chinese=True))


def _plain(name: str) -> str:
    """A name as it is compared: capitals and the width of blanks make no other name."""
    return " ".join(unprintable.in_a_line(name).casefold().split())
