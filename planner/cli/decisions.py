"""Reading decisions made by hand: measure, start period, units; every problem with its row and column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from planner.case.nouns import Case
from planner.case.problems import Problem, Problems, not_one_of
from planner.case.raw import RawRow
from planner.case.values import as_number
from planner.decisions import check_decisions
from planner.handmade import read_handmade

NEEDED = ("measure", "start_period", "units")
ALLOWED = ("name", "kind", "city", "jurisdiction", "opens", "capital_cost", "running_cost", "decided")


def read_decisions(file: Path, case: Case) -> dict[tuple[str, str], float]:
    """Read decisions from a CSV file: (measure, start period) -> units started.

    The other columns of a plan's decisions.csv may be there and do not count.

    Raises
    ------
    planner.case.problems.CaseInvalid
        With everything that is wrong with the file.
    """
    problems = Problems()
    decisions: dict[tuple[str, str], float] = {}
    for row in read_handmade(file, NEEDED, ALLOWED).rows:
        found = list(_of_row(file.name, row, case))
        problems.extend(found)
        if found:
            continue
        key = (row.cells["measure"], row.cells["start_period"])
        if key in decisions:
            message = f"'{key[0]}' starts in {key[1]} in an earlier row too"
            problems.add(Problem(file.name, message, row.number, "measure"))
        decisions[key] = decisions.get(key, 0.0) + as_number(row.cells["units"])
    problems.extend(replace(problem, file=file.name) for problem in check_decisions(case, decisions))
    problems.raise_if_any(file.name)
    return {key: units for key, units in decisions.items() if units > 0}


def _of_row(file: str, row: RawRow, case: Case) -> Iterator[Problem]:
    """What is wrong with one row by itself."""
    empty = [name for name in NEEDED if name not in row.cells]
    for name in empty:
        yield Problem(file, "is empty", row.number, name)
    if empty:
        return
    measure, period, text = (row.cells[name] for name in NEEDED)
    if measure not in case.measures:
        yield Problem(file, not_one_of(measure, "a measure", case.measures), row.number, "measure")
    if period not in case.period_ids:
        yield Problem(file, not_one_of(period, "a period", case.period_ids), row.number, "start_period")
    try:
        units = as_number(text)
    except ValueError as wrong:
        yield Problem(file, f"'{text}' {wrong}", row.number, "units")
        return
    if measure in case.measures and period in case.period_ids:
        for problem in check_decisions(case, {(measure, period): units}):
            yield replace(problem, file=file, row=row.number)
