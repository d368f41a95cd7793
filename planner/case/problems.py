"""What is wrong with a case, said so that a planner can mend it: place, value, what is allowed.

All uses of one name that does not exist are put together to one problem, where such names are given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

from planner.case.headings import in_place
from planner.words import unprintable
from planner.words.said import Sentence, Text, _, altered, count, counted, series

SHOWN = 100  # problems printed by CaseInvalid; `problems` holds all of them
CLOSE = 0.72  # how much alike two names must be for one to be offered in place of the other
YEAR = re.compile(r"\d{4}")
HOMES: Mapping[
    str, tuple[str, str | None]
] = {  # what a name names -> the file, and the key of case.yaml, where such names are given
    _("a city"): ("cities.csv", None),
    _("a jurisdiction"): ("cities.csv", None),
    _("a measure"): ("measures.csv", None),
    _("a norm"): ("norms.csv", None),
    _("a service"): ("case.yaml", "services"),
    _("a mode"): ("case.yaml", "modes"),
    _("an industry"): ("case.yaml", "industries"),
    _("an airshed"): ("case.yaml", "airsheds"),
    _("a budget line"): ("case.yaml", "lines"),
    _("a period"): ("case.yaml", "periods"),
}
NOUNS: Mapping[str, Sentence] = {  # the same without the article
    "a city": _("city"),
    "a jurisdiction": _("jurisdiction"),
    "a measure": _("measure"),
    "a norm": _("norm"),
    "a service": _("service"),
    "a mode": _("mode"),
    "an industry": _("industry"),
    "an airshed": _("airshed"),
    "a budget line": _("budget line"),
    "a period": _("period"),
}


@dataclass(frozen=True)
class Unknown:
    """A name that does not exist: what it should name ("a city"), and the closest name that there is."""

    name: str
    what: str
    near: str | None


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a case.

    Attributes
    ----------
    file
        Name of the file in the case's folder.
    message
        What is wrong, naming the value and what is allowed instead.
    row, column
        Place in a table; the header is row 1, as a spreadsheet shows it.
    key
        Dotted path in case.yaml.
    line, character
        Place in a text file, both counted from 1.
    value
        The offending value, as written.
    allowed
        What may stand there.
    unknown
        The name that does not exist, if that is what is wrong.
    uses
        Where a name that does not exist stands, if it stands in several places: a problem for each.
    """

    file: str
    message: str
    row: int | None = None
    column: str | None = None
    key: str | None = None
    line: int | None = None
    character: int | None = None
    value: str | None = None
    allowed: str | None = None
    unknown: Unknown | None = None
    uses: tuple[Problem, ...] = ()

    def __post_init__(self) -> None:
        shown = altered(self.message, unprintable.shown)  # it quotes what is wrong, whatever signs that holds
        object.__setattr__(self, "message", shown)

    def __str__(self) -> str:
        return str(self.said)

    @property
    def place(self) -> str:
        """File, and line or row and column."""
        place: str = self.file
        if self.line is not None:
            place = _("{file}:{line}:{character}").format(file=place, line=self.line, character=self.character or 1)
        if self.row is not None:
            place = _("{place}, row {row}").format(place=place, row=self.row)
        if self.column is not None:
            column = Text(self.column) if self.key is not None else in_place(self.column)
            place = _("{place}, column {column}").format(place=place, column=column)
        return place

    @property
    def said(self) -> Sentence:
        """The place and what is wrong there."""
        place = _("{place}: {key}").format(place=self.place, key=Text(self.key)) if self.key else self.place
        return _("{place}: {problem}").format(place=altered(place, unprintable.shown), problem=self.message)


class CaseInvalid(Exception):
    """A case that cannot be used; `problems` lists everything that is wrong with it."""

    def __init__(self, case: str, problems: tuple[Problem, ...]) -> None:
        super().__init__(case, problems)  # both, so that the exception can be pickled
        self.case = case
        self.problems = problems

    def __str__(self) -> str:
        return str(self.said)

    @property
    def said(self) -> Text:
        """All that is wrong, a line each."""
        head = _("{case} has {problems}:").format(case=self.case, problems=count(len(self.problems), "problem"))
        lines = [head, *(_("  {problem}").format(problem=p.said) for p in self.problems[:SHOWN])]
        if len(self.problems) > SHOWN:
            lines.append(_("  ... and {number} more").format(number=len(self.problems) - SHOWN))
        return series(lines, "\n")


class Problems:
    """Collects problems, each once, so that everything wrong is reported together."""

    def __init__(self) -> None:
        self._found: dict[Problem, None] = {}

    def add(self, problem: Problem) -> None:
        """Note a problem; the same one twice counts once."""
        self._found.setdefault(problem)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note several problems."""
        for problem in problems:
            self.add(problem)

    def __iter__(self) -> Iterator[Problem]:
        return iter(tuple(self._found))

    def __len__(self) -> int:
        return len(self._found)

    def raise_if_any(self, case: str) -> None:
        """Raise CaseInvalid with everything found: whole files first, then by file, line and row."""
        if self._found:
            ordered = sorted(grouped(sorted(self._found, key=_place)), key=_place)
            raise CaseInvalid(case, tuple(ordered))


def _place(problem: Problem) -> tuple[bool, bool, str, int, int, int]:
    """Sorting key: what is wrong with a whole file or row, then case.yaml, then the tables, each from top to bottom."""
    single = problem.key if problem.file == "case.yaml" else problem.column
    return (
        single is not None and problem.row != 1,
        problem.file != "case.yaml",
        problem.file,
        problem.line or 0,
        problem.character or 0,
        problem.row or 0,
    )


def grouped(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems, with one in place of all those about the same name that does not exist."""
    together: dict[object, list[Problem]] = {}
    for place, problem in enumerate(problems):
        name = problem.unknown
        together.setdefault(place if name is None or name.what not in HOMES else name, []).append(problem)
    return tuple(same[0] if len(same) == 1 else _one_for(same) for same in together.values())


def _one_for(uses: list[Problem]) -> Problem:
    """One problem, where such names are given, for several uses of a name that does not exist."""
    first = uses[0]
    assert first.unknown is not None  # that is why they were put together
    file, key = HOMES[first.unknown.what]
    rows: dict[str, list[int]] = {}
    for use in uses:
        rows.setdefault(use.file, []).append(use.row or use.line or 1)
    places = series((_lines_of(named, numbers) for named, numbers in rows.items()), ", ")
    what, name, near = NOUNS[first.unknown.what], first.unknown.name, first.unknown.near
    message: str = _("has no {what} '{name}', but it is used in {places}.").format(what=what, name=name, places=places)
    if near is not None:
        hint = _("It has '{near}': one of the two is misspelt.").format(near=near)
        message = series((message, hint), " ")
    return replace(first, file=file, message=message, row=None, column=None, key=key, line=None, character=None,
                   uses=tuple(uses))  # fmt: skip


def _lines_of(file: str, numbers: list[int]) -> str:
    """A file and its rows or lines: links.csv rows 3, 7, 50-53."""
    there, ranges = len(set(numbers)), row_ranges(numbers)
    if file.endswith(".csv"):
        return counted(there, "{file} row {rows}", "{file} rows {rows}").format(file=file, rows=ranges)
    return counted(there, "{file} line {lines}", "{file} lines {lines}").format(file=file, lines=ranges)


def row_ranges(numbers: Iterable[int]) -> str:
    """Numbers as people write them: 3, 7, 50-53."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return series((str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs), ", ")


def listed(options: Iterable[object], most: int = 12, between: str = ", ") -> str:
    """The options as people read them: a, b, c; a long list is cut with a count of the rest."""
    names = [o if isinstance(o, str) else str(o) for o in options]
    if not names:
        return _("none")
    shown, rest = series(names[:most], between), len(names) - most
    return _("{names} and {number} more").format(names=shown, number=rest) if rest > 0 else shown


def nearest(value: str, options: Iterable[object]) -> str | None:
    """The option most like a value, if it is close or begins with it; never one of another year."""
    wanted = value.lower()
    by_lower = {str(o).lower(): str(o) for o in options if YEAR.findall(str(o)) == YEAR.findall(value)}
    close = get_close_matches(wanted, by_lower, n=1, cutoff=CLOSE)
    longer = [o for o in by_lower if len(wanted) > 3 and o.startswith(wanted)]
    return by_lower[(close or longer)[0]] if close or longer else None


def did_you_mean(value: str, options: Iterable[object], near: str | None = None) -> str:
    """A sentence naming the closest option, or `near`, with a leading space; empty if none is close."""
    near = nearest(value, options) if near is None else near
    return "" if near is None else _(" Did you mean '{name}'?").format(name=near)


def not_one_of(value: str, what: str, options: Iterable[object], near: str | None = None) -> str:
    """The sentence for a name that does not exist: 'x' is not a service of this case (a, b). Did you mean ...?

    Parameters
    ----------
    near
        The one that is meant most likely; None = the closest of them.
    """
    names = [str(o) for o in options]
    if not names:
        return _("'{value}' is not {what} of this case (it has none).").format(value=value, what=what)
    return _("'{value}' is not {what} of this case ({names}).{hint}").format(
        value=value, what=what, names=listed(names), hint=did_you_mean(value, names, near)
    )
