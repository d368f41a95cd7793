"""Reading and writing case.yaml: safely, with the place of every key, and without YAML's traps; as rows of a sheet, too.

YAML 1.1 reads `no` as false, 60:40 as 3640, 010 as 8 and 2026-01-01 as a date, and keeps the last of two equal keys.
Each of these silently changes a case, so each is refused with a hint. Anchors and tags are refused too: a case has no
use for them. What is left reads the same in every YAML reader.

In a sheet a dotted key stands beside a value, a row for each figure, text or item:

    money.unit          bn CNY
    periods[1]          2026-2030
    goals[1]            {minimise: {gaps: 1}, tolerance: 0.001}

Tables of keys go down to their figures; an item of a list stands in one row, written as in case.yaml where it holds keys.
A text in quotes is that text, whatever it looks like.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from planner.case.declared import FrozenDict, unfrozen
from planner.case.problems import Problem, Problems
from planner.case.raw import Path, Place
from planner.case.values import NUMBER
from planner.files.inputs import CASE_FILE
from planner.words.said import Sentence, _, said_by

DEEPEST = 20
LONGEST_NUMBER = 40
SWITCHES = re.compile(r"on|off|yes|no|y|n", re.IGNORECASE)
CLOCK = re.compile(r"[-+]?\d[\d_]*(:[0-5]?\d)+(\.\d*)?")
DATE = re.compile(r"\d{4}-\d\d?-\d\d?([Tt ].*)?")
OTHER_BASE = re.compile(r"[-+]?0(\d[\d_]*|x[0-9a-fA-F_]+|o[0-7_]+|b[01_]+)")
NOT_FINITE = re.compile(r"[-+]?\.(inf|nan)", re.IGNORECASE)
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
TRUE = frozenset({"true", "True", "TRUE"})
FALSE = frozenset({"false", "False", "FALSE"})

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Trap(ValueError):
    """A plain value that YAML readers take for something else than it says."""


class _TooDeep(Exception):
    """Keys are nested so deep that reading stops."""


def plain_value(text: str) -> Any:
    """What an unquoted value means.

    Raises
    ------
    Trap
        The value would silently mean something else.
    """
    if text in NULLS:
        return None
    if text in TRUE or text in FALSE:
        return text in TRUE
    if SWITCHES.fullmatch(text):
        raise Trap(
            _("YAML reads {text} as true or false; write true or false, or '{text}' in quotes if it is a name").format(
                text=text
            )
        )
    if CLOCK.fullmatch(text):
        raise Trap(
            _("YAML reads {text} as a number to the base of 60; write it in quotes, or as a share such as 0.6").format(
                text=text
            )
        )
    if DATE.fullmatch(text):
        raise Trap(_("YAML reads {text} as a date; write it in quotes, or a period as 2026-2030").format(text=text))
    if NOT_FINITE.fullmatch(text):
        raise Trap(_("{text} is not a finite number").format(text=text))
    if NUMBER.fullmatch(text):
        return _number(text)
    if OTHER_BASE.fullmatch(text):
        raise Trap(
            _("YAML reads {text} as a number to another base; leave out the leading zero, or put it in quotes").format(
                text=text
            )
        )
    return text


def _number(text: str) -> int | float:
    if len(text) > LONGEST_NUMBER:
        raise Trap(_("a number of {text} digits is too large").format(text=len(text)))
    if re.fullmatch(r"[+-]?0\d+", text):
        raise Trap(
            _("YAML reads {text} as a number to the base of 8; leave out the leading zero, or put it in quotes").format(
                text=text
            )
        )
    if math.isinf(float(text)):
        raise Trap(_("{text} is too large").format(text=text))
    return int(text) if re.fullmatch(r"[+-]?\d+", text) else float(text)


EMPTY = _("is empty: it needs at least format, money and periods")


def read_keys(
    text: str, problems: Problems, empty: Sentence = EMPTY
) -> tuple[FrozenDict[str, Any] | None, FrozenDict[Path, Place]]:
    """The keys of case.yaml and the place of each.

    Parameters
    ----------
    text
        The file's text.
    problems
        Takes what is wrong.
    empty
        What is wrong with a file that says nothing.

    Returns
    -------
    The keys, or None if the text is no YAML or not a table of keys; and line and character of every path.
    """
    builder = _Builder(problems)
    try:
        document = builder.document(iter(yaml.parse(text, Loader=_Loader)))
    except yaml.YAMLError as error:
        problems.add(_syntax(error, text))
        return None, FrozenDict(builder.places)
    except _TooDeep:  # nothing a case has; the parser would take hours for a file of nothing but brackets
        return None, FrozenDict(builder.places)
    if document is not None and not isinstance(document, FrozenDict):
        problems.add(Problem(CASE_FILE, _("must be a table of keys such as 'format: 1'"), line=1, character=1))
        document = None
    elif document is None and not len(problems):
        problems.add(Problem(CASE_FILE, empty))
    return document, FrozenDict(builder.places)


def _syntax(error: yaml.YAMLError, text: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    if mark is None:  # a character that no YAML file may hold
        position = getattr(error, "position", 0) or 0
        line = text.count("\n", 0, position) + 1
        return Problem(CASE_FILE, _("holds a character that is not allowed in a text file"), line=line, character=1)
    what = getattr(error, "problem", None) or _("cannot be read")
    context = getattr(error, "context", None)
    said = _("{context}: {what}").format(context=context, what=what) if context else what
    hint = _("check indents, colons, quotes and brackets here and on the line above")
    message = _("is not YAML: {said}; {hint}").format(said=said, hint=hint)
    return Problem(CASE_FILE, message, line=mark.line + 1, character=mark.column + 1)


class _Builder:
    """Builds keys and values from YAML's events, and notes places and problems on the way."""

    def __init__(self, problems: Problems) -> None:
        self.places: dict[Path, Place] = {}
        self._problems = problems

    def document(self, events: Iterator[Any]) -> Any:
        value: Any = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._note(event, (), _("holds a second document ('---'): a case has one"))
            elif isinstance(event, yaml.NodeEvent):
                read = self._node(event, events, ())
                value = read if documents == 1 else value
        return value

    def _node(self, event: Any, events: Iterator[Any], path: Path) -> Any:
        self.places.setdefault(path, _place(event))
        if isinstance(event, yaml.AliasEvent):
            self._note(event, path, _("*{anchor} refers to another place: write the values out").format(anchor=event.anchor))
            return None
        if event.anchor is not None:
            self._note(
                event, path, _("&{anchor} is not needed: write values out where they are used").format(anchor=event.anchor)
            )
        if event.tag is not None and event.tag != "!":
            self._note(event, path, _("the tag {tag} is not allowed").format(tag=event.tag))
        if len(path) > DEEPEST:
            self._note(event, path[:3], _("is nested more than {deepest} levels deep").format(deepest=DEEPEST))
            raise _TooDeep
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path)
        return self._mapping(events, path)

    def _scalar(self, event: Any, path: Path) -> Any:
        if event.style:  # quoted, or a block of text
            return event.value
        try:
            return plain_value(event.value)
        except Trap as trap:
            self._note(event, path, said_by(trap), event.value)
            return None

    def _sequence(self, events: Iterator[Any], path: Path) -> tuple[Any, ...]:
        items: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._node(event, events, (*path, len(items))))
        return tuple(items)

    def _mapping(self, events: Iterator[Any], path: Path) -> FrozenDict[str, Any]:
        keys: dict[str, Any] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._key(event, events, path)
            if key is None:
                self._skip(next(events), events)
                continue
            if key in keys:
                first = self.places[(*path, key)][0]
                self._note(event, (*path, key), _("stands twice: first in line {first}").format(first=first), key)
                self._node(next(events), events, (*path, key, "again"))
                continue
            self.places[(*path, key)] = _place(event)
            keys[key] = self._node(next(events), events, (*path, key))
        return FrozenDict(keys)

    def _key(self, event: Any, events: Iterator[Any], path: Path) -> str | None:
        """The text of a key, as written: 2030 is the key '2030'; None for what cannot be a key."""
        if not isinstance(event, yaml.ScalarEvent):
            self._note(event, path, _("a key must be a name, not a list or a table"))
            self._skip(event, events)
            return None
        if not event.style:
            try:
                plain_value(event.value)
            except Trap as trap:
                self._note(event, path, _("key {value}: {trap}").format(value=event.value, trap=said_by(trap)), event.value)
        if event.value == "":
            self._note(event, path, _("a key must not be empty"))
            return None
        return str(event.value)

    def _skip(self, event: Any, events: Iterator[Any]) -> None:
        """Read over a node without looking into it."""
        depth = int(isinstance(event, yaml.CollectionStartEvent))
        while depth:
            if depth > DEEPEST:
                self._note(event, (), _("is nested more than {deepest} levels deep").format(deepest=DEEPEST))
                raise _TooDeep
            event = next(events)
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)

    def _note(self, event: Any, path: Path, message: str, value: str | None = None) -> None:
        line, character = _place(event)
        key = ".".join(str(part) for part in path) or None
        self._problems.add(Problem(CASE_FILE, message, key=key, line=line, character=character, value=value))


def _place(event: Any) -> Place:
    return event.start_mark.line + 1, event.start_mark.column + 1


# --- writing


class _Dumper(yaml.SafeDumper):
    """Writes texts in quotes wherever any YAML reader could take them for something else."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    try:
        plain = plain_value(text) == text
    except Trap:
        plain = False
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if plain else "'")


_Dumper.add_representer(str, _represent_text)
_Dumper.add_multi_representer(str, _represent_text)  # also of texts that know other languages


def yaml_text(keys: Mapping[str, Any]) -> str:
    """Keys as the text of a YAML file, in their order."""
    return yaml.dump(dict(keys), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)


def yaml_in_a_line(value: Any) -> str:
    """Keys or a list in one line, as they may stand behind a key: {kind: link, tier: [small]}."""
    text = yaml.dump(
        unfrozen(value), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=2**30, default_flow_style=True
    )
    return text.strip()


KEY = re.compile(r"([^\[\]]+)(?:\[(\d{1,4})\])?")
OPENERS = ("{", "[", '"', "'")


class Misplaced(ValueError):
    """A row that does not fit with those above it; the message says how."""


@dataclass
class KeyRows:
    """Keys gathered row by row."""

    document: dict[str, Any] = field(default_factory=dict)
    rows: dict[Path, int] = field(default_factory=dict)  # path -> number of its row in the sheet

    def add(self, key: str, value: Any, number: int) -> None:
        """Put the value of a row in its place."""
        path = path_of(key)
        here: Any = self.document
        for step, after in zip(path, (*path[1:], None), strict=True):
            here = self._next(here, step, after, value, key)
        self.rows[path] = number

    def _next(self, here: Any, step: str | int, after: str | int | None, value: Any, key: str) -> Any:
        fresh = value if after is None else [] if isinstance(after, int) else {}
        if isinstance(step, int):
            if not isinstance(here, list) or step > len(here):
                expected = len(here) + 1 if isinstance(here, list) else 1
                raise Misplaced(
                    _("{key} does not follow the item before it: number {expected} comes next").format(
                        key=key, expected=expected
                    )
                )
            if step == len(here):
                here.append(fresh)
                return fresh
        elif not isinstance(here, dict):
            raise Misplaced(_("{key} stands under a key that has a value of its own").format(key=key))
        elif step not in here:
            here[step] = fresh
            return fresh
        if after is None:
            raise Misplaced(_("{key} stands twice").format(key=key))
        found = here[step]
        if type(found) is not type(fresh):
            raise Misplaced(_("{key} stands under a key that has a value of its own").format(key=key))
        return found

    def row_of(self, path: Path) -> int | None:
        """The row in which a key stands, or the nearest one above it."""
        while path:
            for known, number in self.rows.items():
                if known[: len(path)] == path:
                    return number
            path = path[:-1]
        return None


def path_of(key: str) -> Path:
    """The path that a dotted key names; items of lists are counted from 1 in the sheet and from 0 in the path."""
    path: list[str | int] = []
    for part in key.split("."):
        match = KEY.fullmatch(part.strip())
        if match is None or match[2] == "0":
            raise Misplaced(_("'{key}' is not a key such as money.unit or goals[1]").format(key=key))
        path.append(match[1].strip())
        if match[2] is not None:
            path.append(int(match[2]) - 1)
    return tuple(path)


def rows_of_keys(keys: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Each key with its value as a cell holds it."""
    for name, value in keys.items():
        key = f"{above}.{name}" if above else str(name)
        if isinstance(value, Mapping) and value:
            yield from rows_of_keys(value, key)
        elif isinstance(value, list | tuple) and value:
            for number, item in enumerate(value, start=1):
                yield f"{key}[{number}]", cell_of(item)
        else:
            yield key, cell_of(value)


def cell_of(value: Any) -> str | float | bool:
    """A value as a cell holds it; `value_of` reads it back."""
    if value is None:
        return "null"
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        try:
            plain = plain_value(value) == value and not value.startswith(OPENERS) and value == value.strip()
        except Trap:
            plain = False
        return value if plain else json.dumps(value, ensure_ascii=False)
    return yaml_in_a_line(value)


def value_of(cell: Any, number: int, problems: Problems, file: str) -> Any:
    """What the value of a row means; what cannot be read is noted."""
    if not isinstance(cell, str):
        return cell
    if not cell.startswith(OPENERS):
        try:
            return plain_value(cell)
        except Trap as trap:
            problems.add(Problem(file, said_by(trap), row=number, column="value", value=cell))
            return None
    noted = Problems()
    document, __ = read_keys(f"v: {cell}", noted)
    for problem in noted:
        problems.add(Problem(file, problem.message, row=number, column="value", value=cell))
    return unfrozen(document["v"]) if document is not None and not len(noted) else None
