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
    numbers: dict[tuple[str, str], int] = {}
    for row in read_handmade(file, NEEDED, ALLOWED).rows:
        found = list(_of_row(file.name, row, case))
        problems.extend(found)
        if found:
            continue
        key = (row.cells["measure"], row.cells["start_period"])
        if key in decisions:
            message = f"'{key[0]}' starts in {key[1]} in row {numbers[key]} too"
            problems.add(Problem(file.name, message, row.number, "measure"))
        decisions[key] = decisions.get(key, 0.0) + as_number(row.cells["units"])
        numbers.setdefault(key, row.number)
    problems.extend(_of_all(file.name, case, decisions, numbers))
    problems.raise_if_any(file.name)
    return {key: units for key, units in decisions.items() if units > 0}


def _of_row(file: str, row: RawRow, case: Case) -> Iterator[Problem]:
    """What is wrong with the cells of one row."""
    names = {"measure": ("a measure", tuple(case.measures)), "start_period": ("a period", case.period_ids)}
    for column in NEEDED:
        text = row.cells.get(column)
        if text is None:
            yield Problem(file, "is empty", row.number, column)
        elif column in names and text not in names[column][1]:
            yield Problem(file, not_one_of(text, *names[column]), row.number, column)
        elif column == "units":
            try:
                as_number(text)
            except ValueError as wrong:
                yield Problem(file, f"'{text}' {wrong}", row.number, column)


def _of_all(
    file: str, case: Case, decisions: dict[tuple[str, str], float], numbers: dict[tuple[str, str], int]
) -> Iterator[Problem]:
    """What is wrong with the decisions; each problem that a row has by itself is put down to that row."""
    rows: dict[Problem, int] = {}
    for key, units in decisions.items():
        for problem in check_decisions(case, {key: units}):
            rows.setdefault(problem, numbers[key])
    for problem in check_decisions(case, decisions):
        yield replace(problem, file=file, row=rows.get(problem))
