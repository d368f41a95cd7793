"""What things are called where people read: by their names, in English or Chinese; without one, by their ids as words.

And which thing a text means: its id, or a name by which it is shown. The only place that knows how a thing without a name is
called. Files (CSV, JSON) keep ids.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Protocol

from planner.case.case import Case
from planner.case.goals import PARTS, Goal
from planner.case.kinds import KINDS
from planner.case.problems import did_you_mean, listed
from planner.words import unprintable
from planner.words.said import Named, Sentence, Text, _, series, told_in

LEVELS: Mapping[str, Sentence] = {
    "barrier_removal": _("barrier removal"),
    "auxiliary": _("auxiliary"),
    "supportive": _("supportive"),
    "incentive": _("incentive"),
    "subsidy": _("subsidy"),
}

MODES: Mapping[str, Sentence] = {  # as cases call them that give them no name
    "high speed rail": _("high speed rail"),
    "road": _("road"),
    "motorway": _("motorway"),
    "rail": _("rail"),
    "metro": _("metro"),
    "bus": _("bus"),
}
NORMS: Mapping[str, Sentence] = {  # unit costs, which have an id alone, as cases call them
    **MODES,
    "railway": _("railway"),
    "inter city rail": _("inter-city rail"),
    "hub core": _("hub of a core city"),
    "hub secondary": _("hub of a secondary city"),
    "hub small": _("hub of a small city"),
    "doctors": _("doctors", "unit cost"),
    "nurses": _("nurses", "unit cost"),
    "health workers": _("health workers", "unit cost"),
    "university places": _("university places", "unit cost"),
    "care": _("care", "unit cost"),
    "care beds": _("care beds", "unit cost"),
}


BASE = _("base", "scenario")  # the case as it stands, beside its scenarios


class Thing(Protocol):
    """Anything of a case that may have a name."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def name_zh(self) -> str: ...


def name_of(thing: Thing, chinese: bool = False) -> str:
    """The name of a thing; in Chinese where that is asked for and known."""
    english = thing.name or as_words(thing.id)
    return (thing.name_zh or english) if chinese else Named(english, {"zh": thing.name_zh} if thing.name_zh else {})


def title(case: Case) -> str:
    """What a case is headed with."""
    return Named(case.title, {"zh": case.title_zh} if case.title_zh else {})


def as_words(id_: str) -> str:
    """An id as words: high-speed_rail is high speed rail."""
    return " ".join(id_.replace("_", " ").replace("-", " ").split())


def norm(id_: str) -> str:
    """A unit cost in common words; what is the case's own, as its id says."""
    said = as_words(id_)
    thing, blank, number = said.rpartition(" ")
    if blank and number.isdecimal() and thing in NORMS:  # doctors-200
        return _("{thing} {number}").format(thing=NORMS[thing], number=number)
    return NORMS.get(said, said)


def level(name: str) -> str:
    """A level of the pyramid of policies."""
    return LEVELS.get(name) or as_words(name)


def indicator(case: Case, x: str, chinese: bool = False) -> str:
    """The name of an access standard, a service, or an indicator of work or crowding."""
    return _of({**case.access, **case.services, **case.work, **case.crowding}, x, chinese)


def service(case: Case, s: str, chinese: bool = False) -> str:
    """The name of a service."""
    return _of(case.services, s, chinese)


def mode(case: Case, m: str, chinese: bool = False) -> str:
    """The name of a means of travel."""
    return _of(case.modes, m, chinese)


def line(case: Case, l: str, chinese: bool = False) -> str:
    """The name of a budget line."""
    return _of(case.lines, l, chinese)


def industry(case: Case, k: str, chinese: bool = False) -> str:
    """The name of an industry."""
    return _of(case.industries, k, chinese)


def chain(case: Case, c: str, chinese: bool = False) -> str:
    """The name of a value chain."""
    return _of(case.chains, c, chinese)


def airshed(case: Case, h: str, chinese: bool = False) -> str:
    """The name of an airshed."""
    return _of(case.airsheds, h, chinese)


def scenario(case: Case, s: str, chinese: bool = False) -> str:
    """The name of a scenario, as far as the case has its scenarios (a plan's case has them no more)."""
    if s == "base":
        return BASE.in_language("zh") if chinese else BASE
    return _of(case.scenarios, s, chinese)


def city(case: Case, i: str, chinese: bool = False) -> str:
    """The name of a city."""
    return _of(case.cities, i, chinese)


def goal(name: str) -> Text:
    """A goal's name as words, part by part: mean gap + 0.5 worst city."""
    return series([_part(part) for part in name.split(" + ")], " + ")


def with_curve(said: str, goal: Goal) -> str:
    """What a goal is called, with its curve where it has one."""
    if not goal.is_curved:
        return said
    return _("{goal}, large gaps weighing more (curve {curve:g})").format(goal=said, curve=goal.curve)


def goal_as_written(name: str) -> Text:
    """The same as cases and plans write it, gaps + 0.5 worst_city; in other languages as words."""
    return Named(name, {"zh": goal(name).in_language("zh")})


def _part(part: str) -> str:
    weight, blank, which = part.rpartition(" ")
    if which not in PARTS:
        return as_words(part)
    said = PARTS[which].words.format(people=_("share of people"))
    return _("{weight} {part}").format(weight=weight, part=said) if blank else said


def measure(case: Case, a: str, chinese: bool = False) -> str:
    """The name of a measure."""
    return _of(case.measures, a, chinese)


def jurisdiction(case: Case, j: str, chinese: bool = False) -> str:
    """The name of a jurisdiction or of another holder of lines; without one it is called as in the tables."""
    found = case.names.get(j)
    if found is None:
        return j
    name = Named(found.name or j, {"zh": found.name_zh} if found.name_zh else {})
    return name.in_language("zh") if chinese else name


def people(case: Case, group: str, chinese: bool = False) -> str:
    """The name of a head count: people, or one of the case's own."""
    if group == "population":
        return _("people").in_language("zh") if chinese else _("people")
    return _of(case.names, group, chinese)


def uncertain(case: Case, u: str, chinese: bool = False) -> str:
    """The name of what is uncertain."""
    return _of(case.uncertain, u, chinese)


def in_any(name: Callable[[Case, str, bool], str], cases: Iterable[Case], id_: str, chinese: bool = False) -> str:
    """The name of a thing in the first of several cases that has one for it.

    >>> in_any(line, [], "inland-budget")
    'inland budget'
    """
    unnamed = {id_, as_words(id_)}
    said = [name(case, id_, chinese) for case in cases] or [as_words(id_)]
    return next((found for found in said if {found, told_in("zh", found)} - unnamed), said[0])


def named_elsewhere(case: Case) -> frozenset[str]:
    """Ids that the section `names` may name: jurisdictions, holders of lines, and head counts."""
    return frozenset({*case.jurisdictions, *(x.holder for x in case.lines.values()), *case.people})


def _of(things: Mapping[str, Thing], id_: str, chinese: bool) -> str:
    return name_of(things[id_], chinese) if id_ in things else as_words(id_)


def as_id(id_: str, said: str) -> str:
    """An id, which in other languages is said as this is."""
    return said.shown_as(id_) if isinstance(said, Sentence) else Text(id_)


def names_for_ids(case: Case) -> Mapping[str, str]:
    """Id -> the id, which in Chinese reads as the thing is called there; no id under which things have unlike names.

    What is said of the files of a case names ids, which only those who write English take for words.
    """
    every: tuple[Mapping[str, Thing], ...] = (
        case.cities, case.names, case.access, case.services, case.modes, case.work, case.crowding, case.measures, case.lines,
        case.industries, case.chains, case.airsheds,
    )  # fmt: skip
    ways: dict[str, Text] = {}
    for link in case.links.values():
        ends = series((city(case, i) for i in (link.from_city, link.to_city)), " - ")
        ways[link.id] = _("{way} ({mode})").format(way=ends, mode=mode(case, link.mode))
    alike = Counter(map(str, ways.values()))
    for id_, way in ways.items():
        if alike[way] > 1:  # which of them is told by the id alone
            ways[id_] = _("{way} ({id})").format(way=way, id=Text(id_))
    called: dict[str, dict[str, str]] = {}  # id -> what it is called -> the id, which reads so in Chinese
    for id_, said in (*((kind, about.name) for kind, about in KINDS.items()), *LEVELS.items(), *ways.items()):
        called.setdefault(id_, {})[said] = as_id(id_, said)
    for thing in (thing for things in every for thing in things.values()):
        chinese = name_of(thing, chinese=True)
        called.setdefault(thing.id, {})[chinese] = Named(thing.id, {"zh": chinese})
    return {id_: next(iter(names.values())) for id_, names in called.items() if len(names) == 1 and _is_word(id_)}


def _is_word(id_: str) -> bool:
    """Whether an id cannot be taken for a figure or a period, which texts hold as well: 75, 2026-2030."""
    return any(map(str.isalpha, id_))


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


def measure_id(case: Case, text: str) -> str:
    """The id of a measure; see `id_of`."""
    return id_of(text, _("a measure"), {a: _names_of(thing) for a, thing in case.measures.items()})


def industry_id(case: Case, text: str) -> str:
    """The industry that a text means, see `id_of`."""
    return id_of(text, _("an industry"), {k: _names_of(industry) for k, industry in case.industries.items()})


def line_id(case: Case, text: str) -> str:
    """The id of a budget line; see `id_of`."""
    return id_of(text, _("a budget line"), {l: _names_of(thing) for l, thing in case.lines.items()})


def scenario_id(case: Case, text: str) -> str:
    """The id of a scenario, or base; see `id_of`."""
    return id_of(text, _("a scenario"), {"base": (), **{s: _names_of(thing) for s, thing in case.scenarios.items()}})


def _names_of(thing: Thing) -> tuple[str, ...]:
    """What a thing is called where people read."""
    return (str(name_of(thing)), name_of(thing, chinese=True))


def _plain(name: str) -> str:
    """A name as it is compared: capitals and the width of blanks make no other name."""
    return " ".join(unprintable.in_a_line(name).casefold().split())
