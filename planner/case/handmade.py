"""Tables made by hand that are no part of a case: a list of cities, decisions. Read as strictly as a case's tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from planner.case.encoding import decoded
from planner.case.problems import CaseInvalid, Problem, Problems, did_you_mean, listed
from planner.case.raw import RawTable
from planner.case.tables import read_table

FREE = ("note",)  # columns that any such table may carry, for people only


def read_handmade(
    file: Path,
    needed: Sequence[str],
    allowed: Sequence[str] | None,
    are_numbers: Callable[[str], bool],
    tell: Callable[[str], object],
) -> RawTable:
    """Read a CSV file that must have some columns.

    Parameters
    ----------
    file
        The file, as spreadsheets save it.
    needed
        Columns that must be there.
    allowed
        Further columns that may be there, beside `note`; None = any.
    are_numbers
        Whether the cells of a column are numbers, so that their decimal sign matters.
    tell
        Takes what should be known of how the file was read.

    Raises
    ------
    planner.case.problems.CaseInvalid
        With everything that is wrong with the file as a table.
    """
    problems = Problems()
    try:
        found = decoded(file.read_bytes())
    except UnicodeDecodeError:
        message = "is not UTF-8, nor for certain GB18030: save it as 'CSV UTF-8'"
        raise CaseInvalid(file.name, (Problem(file.name, message),)) from None
    if found.note:
        tell(f"{file.name} {found.note}")
    table = read_table(file.stem, found.text, problems, are_numbers)
    if table is not None:
        for name in needed:
            if name not in table.columns:
                problems.add(Problem(file.name, f"has no column {name}; it needs {listed(needed)}", row=1))
        known = list(dict.fromkeys((*needed, *(allowed or ()), *FREE)))
        for name in table.columns if allowed is not None else ():
            if name not in known:
                message = f"'{name}' is not a column of this table ({listed(known)}).{did_you_mean(name, known)}"
                problems.add(Problem(file.name, message, row=1, column=name))
    named = Problems()
    named.extend(replace(problem, file=file.name) for problem in problems)
    named.raise_if_any(file.name)
    assert table is not None  # else there was a problem
    return table
