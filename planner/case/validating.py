"""From what was read to typed keys and rows: every value of the right kind and within its limits.

Nothing here looks from one place to another; that is `references` and `checks`. A value that is wrong is noted, and
the part that holds it is left out, so that the rest can be checked too and everything wrong is reported at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from planner.case.case import CaseKeys
from planner.case.declared import FrozenDict, Thing, depth_of, things_in
from planner.case.effects import EFFECTS
from planner.case.facts import Benchmark, Fact
from planner.case.measures import Measure, Norm, Park
from planner.case.money import Budget
from planner.case.places import Capacity, City, Link, Row, Trip, as_period
from planner.case.problems import Problem, Problems, did_you_mean, listed
from planner.case.raw import RawCase, RawRow, RawTable
from planner.case.rows import TABLES, NamesOfCase, Place, missing_columns
from planner.files.inputs import CASE_FILE
from planner.words import unprintable
from planner.words.said import _, said_by, series

R = TypeVar("R", bound=Row)
T = TypeVar("T", bound=Thing)

NOTHING_KNOWN: NamesOfCase = {"periods": (), "people": ()}
LONGEST_SHOWN = 60  # characters of a wrong value that a message repeats
KINDS = {
    "string_type": _("text"),
    "dict_type": _("a table of keys"),
    "tuple_type": _("a list"),
    "list_type": _("a list"),
}
COMPARISONS = {
    "greater_than": ("gt", _("more than")),
    "greater_than_equal": ("ge", _("at least")),
    "less_than": ("lt", _("less than")),
    "less_than_equal": ("le", _("at most")),
}


@dataclass(frozen=True)
class Numbered(Generic[R]):
    """A row of a table with its number."""

    number: int
    row: R


@dataclass(frozen=True)
class Contents:
    """Keys and rows of a case, each of the right kind; what was wrong is left out.

    `broken` names the tables and the keys of case.yaml of which something was left out.
    """

    file: CaseKeys
    cities: tuple[Numbered[City], ...]
    capacity: tuple[Numbered[Capacity], ...]
    links: tuple[Numbered[Link], ...]
    measures: tuple[Numbered[Measure], ...]
    parks: tuple[Numbered[Park], ...]
    norms: tuple[Numbered[Norm], ...]
    budgets: tuple[Numbered[Budget], ...]
    trips: tuple[Numbered[Trip], ...]
    facts: tuple[Numbered[Fact], ...]
    benchmarks: tuple[Numbered[Benchmark], ...]
    broken: frozenset[str]


def validate(raw: RawCase, problems: Problems) -> Contents | None:
    """Typed keys and rows; None where case.yaml leaves too little to go on with."""
    broken = {t for t in TABLES if f"{t}.csv" in {p.file for p in problems}}
    file = _validate_file(raw, problems, broken)
    known = names_of_case(raw) if file is not None else None
    rows: dict[str, Any] = {}
    for name in TABLES:
        table = raw.tables.get(name)
        rows[name] = () if table is None else _validate_table(raw, table, known, problems, broken)
    return None if file is None else Contents(file=file, broken=frozenset(broken), **rows)


def typed_rows(table: RawTable, known: NamesOfCase, problems: Problems) -> tuple[Numbered[Any], ...]:
    """The rows of a table by itself, of a case with these periods and people; what is wrong is noted and left out."""
    alone = RawCase(table.name, None, FrozenDict(), FrozenDict({table.name: table}), FrozenDict())
    return _validate_table(alone, table, known, problems, set())


def period_ids(raw: RawCase) -> tuple[str, ...]:
    """Ids of the periods as far as they can be read."""
    periods = raw.document.get("periods") if raw.document is not None else None
    found = []
    for period in periods if isinstance(periods, tuple) else ():
        try:
            found.append(as_period(period).id)
        except ValueError:
            continue
    return tuple(found)


def names_of_case(raw: RawCase) -> dict[str, tuple[str, ...]]:
    """Periods and people of the case, after which columns are named, as far as they can be read."""
    people = raw.document.get("people") if raw.document is not None else None
    named = tuple(str(p) for p in people) if isinstance(people, tuple) else ()
    return {"periods": period_ids(raw), "people": named}


def problems_of_keys(raw: RawCase) -> frozenset[Problem]:
    """What is wrong with the keys of a case."""
    problems = Problems()
    _validate_file(raw, problems, set())
    return frozenset(problems)


def problems_of_changes(old: RawCase, new: RawCase, of_old_keys: Callable[[], frozenset[Problem]]) -> tuple[Problem, ...]:
    """What is wrong with the values of the keys and rows that differ, and was not wrong before.

    Parameters
    ----------
    of_old_keys
        What `problems_of_keys` says of the old case, worked out once for all that is made of it.
    """
    known, before, after = names_of_case(new), Problems(), Problems()
    if old.document is not new.document:
        _validate_file(new, after, set())
    already = of_old_keys() if len(after) else frozenset()
    for name, table in new.tables.items():
        if old.tables.get(name) is not table:
            were, are = _differing(old.tables[name], table)
            of_others = len(after)
            _validate_table(new, are, known, after, set())
            if len(after) > of_others:
                _validate_table(old, were, known, before, set())
    already |= frozenset(before)
    return tuple(p for p in after if p not in already)


def _differing(old: RawTable, new: RawTable) -> tuple[RawTable, RawTable]:
    """Two tables with the rows that differ; with all rows where one has a column more, which may be missing in any."""
    if old.columns != new.columns:
        return old, new
    pairs = [(was, is_) for was, is_ in zip(old.rows, new.rows, strict=True) if was is not is_]
    return replace(old, rows=tuple(was for was, _ in pairs)), replace(new, rows=tuple(is_ for _, is_ in pairs))


# --- case.yaml


def _validate_file(raw: RawCase, problems: Problems, broken: set[str]) -> CaseKeys | None:
    """The keys; an entry that is wrong is left out and the rest read again."""
    keys: Any = raw.document
    if keys is None:
        return None
    reported = False
    already = {p.key for p in problems if p.file == CASE_FILE}  # refused when read, so no value stands there
    for __ in range(3):  # leaving out an entry can at most uncover its parent
        try:
            return CaseKeys.read(keys)
        except ValidationError as error:
            for wrong in error.errors(include_url=False):
                if not reported and ".".join(str(part) for part in raw.known_part(wrong["loc"])) not in already:
                    _note_key(raw, wrong, problems)
                broken.add(str(wrong["loc"][0]) if wrong["loc"] else CASE_FILE)
            reported = True
            keys = _without(keys, [wrong["loc"] for wrong in error.errors(include_url=False)])
            if keys is None:
                return None
    return None


def read_as(kind: type[T], raw: RawCase, problems: Problems) -> T | None:
    """The keys of another file than case.yaml as the thing that they say; None, with problems, where they say none."""
    try:
        return kind.read(raw.document)
    except ValidationError as error:
        for wrong in error.errors(include_url=False):
            _note_key(raw, wrong, problems, kind)
        return None


def _note_key(raw: RawCase, wrong: Any, problems: Problems, kind: type[Thing] = CaseKeys) -> None:
    path = tuple(wrong["loc"])
    key = raw.known_part(path)
    given = "" if wrong["input"] is None else wrong["input"]
    value = None if isinstance(given, Mapping | tuple) else _shown(given)
    if wrong["type"] == "missing":
        problems.add(raw.at_key(key, _("{path} is missing").format(path=path[-1]), allowed=str(path[-1])))
    elif wrong["type"] in ("extra_forbidden", "union_tag_invalid"):
        unknown = wrong["ctx"]["tag"] if wrong["type"] == "union_tag_invalid" else path[-1]
        path = path if wrong["type"] == "extra_forbidden" else (*path, unknown)
        known = _keys_at(path[:-1], kind)
        message: str = _("'{unknown}' is not a key here ({known}).{hint}").format(
            unknown=unknown, known=listed(known, 30), hint=did_you_mean(str(unknown), known)
        )
        problems.add(raw.at_key(path, message, unknown, listed(known, 30)))
    else:
        message, allowed = _sentence(wrong, value)
        problems.add(raw.at_key(key, message, value, allowed))


def _keys_at(path: tuple[str | int, ...], whole: type[Thing] = CaseKeys) -> tuple[str, ...]:
    """The keys allowed at a path of case.yaml, or of another file that says a whole."""
    here = whole
    left = list(path)
    while left:
        name = left.pop(0)
        kind = next(key.kind for key in here.declares().values() if key.name == name)
        del left[: depth_of(kind)]  # names and places in a list
        kinds = things_in(kind)
        if len(kinds) > 1 and not left:
            return tuple(EFFECTS)
        here = EFFECTS[str(left.pop(0))] if len(kinds) > 1 else kinds[0]
    return tuple(key.name for key in here.declares().values())


def _without(keys: Any, paths: list[tuple[str | int, ...]]) -> dict[str, Any] | None:
    """The keys without the entries that are wrong; None if what is left cannot be a case."""
    left = dict(keys)
    for path in paths:
        if not path or path[0] in {"format", "money", "periods"}:
            return None
        section = left.get(str(path[0]))
        if len(path) == 1 or not isinstance(section, Mapping | tuple):
            left.pop(str(path[0]), None)
    for name in {str(p[0]) for p in paths if len(p) > 1 and str(p[0]) in left}:
        section, out = left[name], {p[1] for p in paths if len(p) > 1 and p[0] == name}
        if isinstance(section, Mapping):
            left[name] = {k: v for k, v in section.items() if k not in out}
        else:
            left[name] = tuple(v for i, v in enumerate(section) if i not in out)
    return left


# --- tables


def _validate_table(
    raw: RawCase, table: RawTable, known: NamesOfCase | None, problems: Problems, broken: set[str]
) -> tuple[Numbered[Any], ...]:
    """The rows that are right; without the `known` names of the case, only columns with fixed names are looked at."""
    kind = TABLES[table.name]
    before = len(problems)
    if known is None and any(k.by_period for k in kind.by_name.values()):
        passed = [c for c in table.columns if c in kind.columns]
    else:
        allowed = kind.columns if known is None else kind.columns_of(known)
        passed = [c for c in table.columns if _column_is_known(raw, table, c, allowed, problems)]
    missing = missing_columns(table)
    for column in missing:
        problems.add(raw.at_cell(table.name, 1, column, _("the column is missing"), allowed=column))
    places = kind.places(known or NOTHING_KNOWN)
    rows = []
    for row in table.rows:
        valid = _validate_row(raw, table.name, row, {c: places[c] for c in passed}, missing, problems)
        if valid is not None:
            rows.append(Numbered(row.number, valid))
    if len(problems) > before:
        broken.add(table.name)
    return tuple(rows)


def _column_is_known(raw: RawCase, table: RawTable, column: str, allowed: tuple[str, ...], problems: Problems) -> bool:
    if column in allowed:
        return True
    fixed = TABLES[table.name].columns
    shown = listed(allowed, 40) if len(allowed) <= 40 else listed(fixed, 40)
    message = _("'{column}' is not a column of this table ({shown}).{hint}").format(
        column=column, shown=shown, hint=did_you_mean(column, allowed)
    )
    problems.add(raw.at_cell(table.name, 1, column, message, column, shown))
    return False


def _validate_row(
    raw: RawCase,
    table: str,
    row: RawRow,
    places: Mapping[str, Place],
    missing: tuple[str, ...],
    problems: Problems,
) -> Row | None:
    """A row, its columns that are named after the case put where they are gathered."""
    cells: dict[str, Any] = {}
    for column, place in places.items():
        if column in row.cells:
            _put(cells, place, row.cells[column])
    try:
        return TABLES[table].row.read(cells)
    except ValidationError as error:
        columns: dict[tuple[int | str, ...], str] = {place: column for column, place in places.items()}
        for wrong in error.errors(include_url=False):
            path = wrong["loc"]
            column = next((columns[path[:n]] for n in range(len(path), 0, -1) if path[:n] in columns), str(path[0]))
            if wrong["type"] == "missing":
                if column not in missing:
                    problems.add(raw.at_cell(table, row.number, column, _("must not be empty")))
                continue
            value = row.cells.get(column, "")
            message, what_may = _sentence(wrong, _shown(value))
            problems.add(raw.at_cell(table, row.number, column, message, value, what_may))
        return None


def _put(cells: dict[str, Any], place: Place, value: str) -> None:
    *above, last = place
    for name in above:
        cells = cells.setdefault(name, {})
    cells[last] = value


# --- sentences


def _shown(value: object) -> str:
    text = unprintable.visible(str(value))
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 3] + "..."


def _sentence(wrong: Any, value: str | None) -> tuple[str, str | None]:
    """What is wrong with a value, in one sentence, and what is allowed."""
    kind, details = wrong["type"], wrong.get("ctx", {})
    seen = "" if value is None else _(", not '{value}'").format(value=value) if value else _(", not empty")
    if kind in COMPARISONS:
        word, phrase = COMPARISONS[kind]
        allowed = _("{phrase} {limit:.10g}").format(phrase=phrase, limit=details[word])
        return _("must be {allowed}{seen}").format(allowed=allowed, seen=seen), allowed
    if kind == "literal_error":
        options = re.findall(r"'([^']*)'", details["expected"]) or [str(details["expected"])]
        return _("must be one of {options}{seen}.{hint}").format(
            options=listed(options), seen=seen, hint=did_you_mean(value or "", options)
        ), listed(options)
    if kind == "union_tag_not_found":
        return _about(value, _("must name exactly one effect: {effects}").format(effects=series(EFFECTS))), None
    if kind == "value_error":
        said = said_by(details["error"])
        options_said = said.removeprefix("must be ") if said.startswith("must be ") else None
        beside = said.startswith("must ") and "not NaN" not in said
        return (_("{said}{seen}").format(said=said, seen=seen) if beside else _about(value, said)), options_said
    if kind in {"too_short", "string_too_short"}:
        least = details["min_length"]
        return _("must not be empty") if least == 1 else _("needs {number} values").format(number=least), None
    if kind == "too_long":
        return _("takes at most {number} values").format(number=details["max_length"]), None
    if kind in KINDS:
        return _("must be {kind}{seen}").format(kind=KINDS[kind], seen=seen), KINDS[kind]
    return f"{wrong['msg']}{seen}", None


def _about(value: str | None, said: str) -> str:
    if value is None:
        return said
    message = _("'{value}' {said}") if said.startswith("is ") else _("{said} ('{value}')")
    return message.format(value=value, said=said)
