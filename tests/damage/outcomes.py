"""What must come of a damaged case, and what came of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from planner.case import CaseInvalid, Problem, load_case, warnings_of

Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Same:
    """The case asks what it asked before: the same content hash, and no new warning is needed."""


@dataclass(frozen=True)
class Named:
    """A problem or a warning names the place; the case is not taken in silence.

    Attributes
    ----------
    file
        The file, or the sheet of a workbook.
    row, column
        The row as a spreadsheet counts, and the column; None where the damage is no single place's.
    """

    file: str
    row: int | None = None
    column: str | None = None


@dataclass(frozen=True)
class Honest:
    """Either the same content or a problem: never other content without a word."""


Expected = Same | Named | Honest


@dataclass(frozen=True)
class Damaged:
    """A case after damage.

    Attributes
    ----------
    operator
        The kind of damage.
    what
        What was done, for a person.
    files
        The files of the case's folder; a workbook is one file that ends with .xlsx.
    expected
        What must come of it, by any one of these.
    """

    operator: str
    what: str
    files: Files = field(repr=False)
    expected: tuple[Expected, ...]


@dataclass(frozen=True)
class Origin:
    """A sound case that damage is done to: what it is called, its files, its content hash and its warnings."""

    name: str
    files: Files = field(repr=False)
    content_hash: str
    warnings: frozenset[str] = field(repr=False)


def origin(name: str, files: Files, folder: Path) -> Origin:
    """The sound case of some files, read once."""
    case = load_case(written(files, folder))
    return Origin(name, files, case.content_hash, frozenset(warnings_of(case)))


def written(files: Files, folder: Path) -> Path:
    """The files in a new folder; the path that `load_case` takes."""
    folder.mkdir(parents=True)
    for file, content in files.items():
        (folder / file).write_bytes(content)
    books = [file for file in files if file.endswith(".xlsx")]
    return folder / books[0] if books else folder


def fault_of(damaged: Damaged, whole: Origin, folder: Path) -> str | None:
    """What is wrong with what came of the damage; None if it is what was stated."""
    try:
        case = load_case(written(damaged.files, folder))
    except CaseInvalid as invalid:
        said = [text for problem in invalid.problems for text in _texts(problem)]
        came = "refused"
    except Exception as error:
        return f"traceback: {type(error).__name__}: {error}"
    else:
        said = [text for text in warnings_of(case) if text not in whole.warnings]
        came = "same" if case.content_hash == whole.content_hash else "other content"
    if any(_met(expected, came, said) for expected in damaged.expected):
        return None
    return f"{came}, but must be {' or '.join(map(str, damaged.expected))}; said: {said[:4]}"


def _met(expected: Expected, came: str, said: list[str]) -> bool:
    match expected:
        case Same():
            return came == "same" and not any(text for text in said if "GB18030" not in text)
        case Honest():
            return came in ("same", "refused")
        case Named(file, row, column):
            return any(_names(text, file, row, column) for text in said)


def _texts(problem: Problem) -> list[str]:
    """A problem as it is printed, and each place that it was put together of."""
    return [str(problem), *(text for use in problem.uses for text in _texts(use))]


def _names(text: str, file: str, row: int | None, column: str | None) -> bool:
    """Whether a text names a place: the file, the row (alone or within a range) and the column."""
    if file not in text:
        return False
    if row is not None and not any(low <= row <= high for low, high in _rows(text)):
        return False
    return column is None or re.search(rf"(?<![\w.-]){re.escape(column)}(?![\w-])", text) is not None


def _rows(text: str) -> list[tuple[int, int]]:
    """The rows that a text names: 'row 3', 'rows 3, 7, 50-53'."""
    found = []
    for listed in re.findall(r"\brows? ((?:\d+(?:-\d+)?)(?:(?:, | and )\d+(?:-\d+)?)*)", text):
        for part in re.split(r", | and ", listed):
            low, _, high = part.partition("-")
            found.append((int(low), int(high or low)))
    return found
