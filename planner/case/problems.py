"""What is wrong with a case, said so that a planner can mend it: place, value, what is allowed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

SHOWN = 100  # problems printed by CaseInvalid; `problems` holds all of them


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

    def __str__(self) -> str:
        place = self.file
        if self.line is not None:
            place += f":{self.line}:{self.character or 1}"
        if self.row is not None:
            place += f", row {self.row}"
        if self.column is not None:
            place += f", column {self.column}"
        if self.key:
            place += f": {self.key}"
        return f"{place}: {self.message}"


class CaseInvalid(Exception):
    """A case that cannot be used; `problems` lists everything that is wrong with it."""

    def __init__(self, case: str, problems: tuple[Problem, ...]) -> None:
        super().__init__(case, problems)  # both, so that the exception can be pickled
        self.case = case
        self.problems = problems

    def __str__(self) -> str:
        count = "1 problem" if len(self.problems) == 1 else f"{len(self.problems)} problems"
        lines = [f"{self.case} has {count}:", *(f"  {p}" for p in self.problems[:SHOWN])]
        if len(self.problems) > SHOWN:
            lines.append(f"  ... and {len(self.problems) - SHOWN} more")
        return "\n".join(lines)


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
        """Raise CaseInvalid with everything found, in the order of files, lines and rows."""
        if self._found:
            ordered = sorted(self._found, key=_place)
            raise CaseInvalid(case, tuple(ordered))


def _place(problem: Problem) -> tuple[bool, str, int, int, int]:
    """Sorting key: case.yaml first, then the tables by name, each from top to bottom."""
    return (
        problem.file != "case.yaml",
        problem.file,
        problem.line or 0,
        problem.character or 0,
        problem.row or 0,
    )


def listed(options: Iterable[object], most: int = 12) -> str:
    """The options as people read them: a, b, c; a long list is cut with a count of the rest."""
    names = [str(o) for o in options]
    if not names:
        return "none"
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest} more" if rest > 0 else "")


def did_you_mean(value: str, options: Iterable[object]) -> str:
    """A sentence naming the closest option, with a leading space; empty if none is close."""
    by_lower = {str(o).lower(): str(o) for o in options}
    close = get_close_matches(value.lower(), by_lower, n=1, cutoff=0.6)
    return f" Did you mean '{by_lower[close[0]]}'?" if close else ""


def not_one_of(value: str, what: str, options: Iterable[object]) -> str:
    """The sentence for a name that does not exist: 'x' is not a service of this case (a, b). Did you mean ...?"""
    names = [str(o) for o in options]
    have = f"({listed(names)})" if names else "(it has none)"
    return f"'{value}' is not {what} of this case {have}.{did_you_mean(value, names)}"
