"""What the checks find, and the first of them: every name that stands somewhere exists where it should.

What is found is noted with its place, and the rows and entries concerned are left out, so that later checks can go on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from planner.case.case import CaseKeys
from planner.case.declared import FrozenDict, Thing, frozen, things_in
from planner.case.effects import Effect
from planner.case.places import OFFERS
from planner.case.problems import Problem, Problems, Unknown, listed, nearest, not_one_of
from planner.case.raw import Path, RawCase
from planner.case.rows import TABLES, missing_columns
from planner.case.validating import Contents, Numbered, period_ids
from planner.case.values import EVERY_PERIOD
from planner.words.said import _

Entry = tuple[str | int, ...]  # (table, row number) or (section of case.yaml, name or place)


class Findings:
    """Notes problems with the place of each, and remembers which rows and entries they concern."""

    def __init__(self, raw: RawCase, problems: Problems) -> None:
        self.raw = raw
        self.entries: set[Entry] = set()
        self._problems = problems

    def cell(
        self, table: str, row: int, column: str | None, message: str, value: object = None, allowed: str | None = None
    ) -> None:
        """Something wrong with a cell, or with a whole row."""
        self._problems.add(self.raw.at_cell(table, row, column, message, value, allowed))
        self.entries.add((table, row))

    def key(self, path: Path, message: str, value: object = None, allowed: str | None = None) -> None:
        """Something wrong with a key of case.yaml."""
        self._problems.add(self.raw.at_key(path, message, value, allowed))
        self.entries.add(path[:2])

    def unknown(self, at: Problem, entry: Entry, what: str, have: tuple[str, ...]) -> None:
        """A name that does not exist, standing at a place whose `value` it is; `have` are the names that there are."""
        name = str(at.value)
        near = _id_of(self.raw, name, what) or nearest(name, have)
        message = not_one_of(name, what, have, near)
        self._problems.add(replace(at, message=message, allowed=listed(have), unknown=Unknown(name, what, near)))
        self.entries.add(entry)

    def table(self, table: str, message: str) -> None:
        """Something wrong with a table as a whole."""
        self._problems.add(Problem(f"{table}.csv", message))
        self.entries.add((table,))


NAMED_IN = {  # what a name names -> the table, or the section of case.yaml, in which such things have ids and names
    "a city": "cities", "a measure": "measures", "a service": "services", "a mode": "modes", "a budget line": "lines",
    "an industry": "industries", "an airshed": "airsheds", "a jurisdiction": "names",
}  # fmt: skip


def _id_of(raw: RawCase, name: str, what: str) -> str | None:
    """The id of the thing that is called so where people read."""
    place = NAMED_IN.get(what, "")
    section = raw.document.get(place) if raw.document is not None else None
    things: list[tuple[Any, Any]] = list(section.items()) if isinstance(section, Mapping) else []
    if place in raw.tables:
        things = [(row.cells.get("id"), row.cells) for row in raw.tables[place].rows]
    called = (i for i, said in things if isinstance(said, Mapping) and name in (said.get("name"), said.get("name_zh")))
    return next((str(i) for i in called if i is not None), None)


def without(contents: Contents, entries: set[Entry]) -> Contents:
    """The contents without these rows and entries; what they belong to counts as broken."""
    changed: dict[str, Any] = {
        table: _rows_without(getattr(contents, table), {e[1] for e in entries if e[0] == table and len(e) > 1})
        for table in TABLES
    }
    sections = {str(e[0]) for e in entries}
    left: dict[str, Any] = {
        name: _section_without(getattr(contents.file, name), {e[1] for e in entries if e[0] == name and e[1:]})
        for name in contents.file.declares()
        if name in sections
    }
    return replace(contents, file=replace(contents.file, **left), broken=contents.broken | sections, **changed)


def _rows_without(rows: tuple[Numbered[Any], ...], out: set[str | int]) -> tuple[Numbered[Any], ...]:
    return tuple(r for r in rows if r.number not in out) if out else rows


def _section_without(section: Any, out: set[str | int]) -> Any:
    if isinstance(section, dict):
        return frozen({name: thing for name, thing in section.items() if name not in out})
    if isinstance(section, tuple):
        return tuple(item for i, item in enumerate(section) if ((isinstance(item, Effect) and item.measure) or i) not in out)
    if isinstance(section, Thing):
        return replace(section, **{key.field: key.default for key in section.declares().values() if key.name in out})
    return section


NAMED_ELSEWHERE = _("a jurisdiction, a holder of a line or a head count")  # what `names` may name
CITY_WEIGHTS = ("population", "equally", "trips", "gdp", "jobs", "area_km2")


@dataclass(frozen=True)
class Known:
    """The names of a case, by what they name; what is not known, since its table cannot be read, is not there."""

    names: Mapping[str, tuple[str, ...]]

    def lacks(self, name: str, what: str) -> bool:
        """Whether it is certain that there is no such name."""
        return what in self.names and name not in self.names[what]

    @classmethod
    def as_read(cls, raw: RawCase, contents: Contents) -> Known:
        """All names that were read, also of rows and keys with something else wrong: they are not misspelt."""
        services, access = raw.keys("services"), raw.keys("access")
        needed = {"cities", "measures"}  # tables that are noted if they are missing
        absent = {t for t in TABLES if t not in raw.tables or (t == "cities" and not raw.tables[t].rows)}
        unread = {t for t in absent if t in needed or t in contents.broken}
        unread |= {t for t, table in raw.tables.items() if missing_columns(table)}
        tables = {"a city": "cities", "a jurisdiction": "cities", "a measure": "measures", "a norm": "norms"}
        tables[NAMED_ELSEWHERE] = "cities"
        names = {
            "a city": raw.ids("cities"),
            "a jurisdiction": raw.ids("cities", "jurisdiction"),
            "a measure": raw.ids("measures"),
            "a norm": raw.ids("norms"),
            "a service": services,
            "a mode": raw.keys("modes"),
            "a budget line": raw.keys("lines"),
            "an indicator": (*access, *services, *raw.keys("work"), *raw.keys("crowding")),
            "an industry": raw.keys("industries"),
            "an airshed": raw.keys("airsheds"),
            "a period": period_ids(raw),
            "a head count": ("population", *contents.file.people),
            NAMED_ELSEWHERE: (*raw.ids("cities", "jurisdiction"), *_holders(raw), *contents.file.people),
        }
        return cls({what: found for what, found in names.items() if tables.get(what) not in unread})

    @classmethod
    def as_valid(cls, contents: Contents) -> Known:
        """Names of what is left."""
        file = contents.file
        return cls(
            {
                "a city": tuple(c.row.id for c in contents.cities),
                "a jurisdiction": tuple(dict.fromkeys(c.row.jurisdiction for c in contents.cities)),
                "a measure": tuple(m.row.id for m in contents.measures),
                "a norm": tuple(n.row.id for n in contents.norms),
                "a service": tuple(file.services),
                "a mode": tuple(file.modes),
                "a budget line": tuple(file.lines),
                "an indicator": (*file.access, *file.services, *file.work, *file.crowding),
                "an industry": tuple(file.industries),
                "an airshed": tuple(file.airsheds),
                "a period": file.period_ids,
                "a head count": ("population", *file.people),
            }
        )


def check_references(contents: Contents, known: Known, found: Findings) -> None:
    """Note every name that does not exist."""
    for table, kind in TABLES.items():
        naming = [key for key in kind.by_name.values() if key.names]
        for numbered in getattr(contents, table):
            for key in naming:
                for name in _several(getattr(numbered.row, key.field)):
                    if known.lacks(name, key.names):
                        at = found.raw.at_cell(table, numbered.number, key.name, "", name)
                        found.unknown(at, (table, numbered.number), key.names, known.names[key.names])
    check = _Keys(known, found)
    file = contents.file
    for path, thing in things_with_paths(file):
        check.thing(path, thing)
    for measure in dict.fromkeys(effect.measure for effect in file.effects):
        check.names([measure], _("a measure"), ("effects", measure))
    for standard in file.access.values():
        check.names(standard.to_where.get(OFFERS, ()), _("a service"), ("access", standard.id, "to", OFFERS))
    for name in file.names:
        check.names([name], NAMED_ELSEWHERE, ("names", name))
    for key in file.declares().values():
        for i, name in enumerate(getattr(file, key.field) if key.names else ()):
            check.names([name], key.names, (key.name, i))
    weights = (*CITY_WEIGHTS, *file.people)
    for i, goal in enumerate(file.goals):
        if goal.weigh_by not in weights:
            message = not_one_of(goal.weigh_by, _("a weight of cities"), weights)
            found.key(("goals", i, "weigh_by"), message, goal.weigh_by, listed(weights))


def things_with_paths(file: CaseKeys) -> Iterator[tuple[Path, Thing]]:
    """Everything that case.yaml says, each thing with its path."""
    for key in file.declares().values():
        section: Any = getattr(file, key.field)
        if isinstance(section, Thing):
            yield (key.name,), section
        elif isinstance(section, Mapping):
            yield from (((key.name, name), thing) for name, thing in section.items())
        elif isinstance(section, tuple) and key.field not in ("effects", "in_force"):
            yield from (((key.name, i), thing) for i, thing in enumerate(section) if isinstance(thing, Thing))
    yield from file.placed_effects()
    yield from file.placed_in_force()


def _holders(raw: RawCase) -> tuple[str, ...]:
    """Who holds lines, also those with something else wrong."""
    lines = raw.document.get("lines") if raw.document is not None else None
    every = lines.values() if isinstance(lines, Mapping) else ()
    held = (keys["holder"] for keys in every if isinstance(keys, Mapping) and "holder" in keys)
    return tuple(dict.fromkeys(holder for holder in held if isinstance(holder, str)))


def _several(given: str | Iterable[str] | None) -> tuple[str, ...]:
    if given is None:
        return ()
    return (given,) if isinstance(given, str) else tuple(dict.fromkeys(given))


class _Keys:
    """Checks the names in the keys of case.yaml."""

    def __init__(self, known: Known, found: Findings) -> None:
        self._known = known
        self._found = found

    def names(self, given: Iterable[str], what: str, path: Path) -> None:
        for name in given:
            if self._known.lacks(name, what):
                self._found.unknown(self._found.raw.at_key(path, "", name), path[:2], what, self._known.names[what])

    def thing(self, path: Path, thing: Thing) -> None:
        """What the keys of a thing name, and of things within it."""
        for key in thing.declares().values():
            given, at = getattr(thing, key.field), (*path, key.name)
            if isinstance(given, Thing):
                self.thing(at, given)
            elif isinstance(given, tuple) and things_in(key.kind):
                for number, inner in enumerate(given):
                    self.thing((*at, number), inner)
            elif key.names and isinstance(given, FrozenDict):
                for name in given:
                    if name != EVERY_PERIOD:
                        self.names([name], key.names, (*at, name))
                if key.names == "a period":
                    self._every_period(given, at)
            elif key.names:
                self.names(_several(given), key.names, at)

    def _every_period(self, figures: Mapping[str, float], path: Path) -> None:
        """One figure for all periods, or one for each."""
        missing = [p for p in self._known.names["a period"] if p not in figures and EVERY_PERIOD not in figures]
        if missing:
            said = _("has no figure for {missing}").format(missing=listed(missing))
            self._found.key(path, said, allowed=listed(self._known.names["a period"]))
