"""Hand-made plans: decisions that somebody made, read from a file, and all that they come to. Never "infeasible"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from planner.case import Case, FrozenDict
from planner.case.problems import Problem, Problems, not_one_of, row_ranges
from planner.case.raw import RawRow
from planner.case.rows import period_id
from planner.case.tables import read_handmade
from planner.case.values import as_number
from planner.planning.decisions import check_decisions, refuse_unknown, with_decided
from planner.planning.figures import goal_results
from planner.planning.search import stand_alone_plans
from planner.planning.settling import Settler
from planner.plans.ended import Ended
from planner.plans.plan import Plan, versions
from planner.plans.tables import TABLES, heading
from planner.words.said import _, said_by
from planner.work.stopping import FOREVER, Until

NEEDED = ("measure", "start_period", "units")
ALLOWED = ("note", *(column for column in TABLES["decisions"] if column not in NEEDED))


HAND_MADE = "the hand-made plan"  # as people are told of the decisions in it


def evaluate(case: Case, decisions: Mapping[tuple[str, str], float], until: Until = FOREVER) -> Plan:
    """All figures of a hand-made plan; never "infeasible".

    Parameters
    ----------
    case
        A filled case.
    decisions
        (measure, start period) -> units started. Decided measures that have no choice of when to start need not be named.
    until
        Until when that may take.

    Returns
    -------
    Plan
        Status `evaluated`. Money, targets and rules may be exceeded, as little as possible; `broken` says which and by how
        much.

    Raises
    ------
    CaseInvalid
        If a decision is none that the case offers.
    planner.work.stopping.Stopped
        The time is up, or somebody asked to stop.
    """
    refuse_unknown(case, decisions, HAND_MADE)
    settler = Settler.of(case, until=until)
    if case.nobody_worse_off:
        settler = settler.promising(stand_alone_plans(settler, until=until))
    return evaluated(settler, decisions, until=until)


def evaluated(
    settler: Settler,
    decisions: Mapping[tuple[str, str], float],
    ended: tuple[Ended, ...] = (Ended("made by hand"),),
    limits: Sequence[float] = (),
    until: Until = FOREVER,
) -> Plan:
    """All figures of decisions that the case offers, as a plan about which nothing is proven.

    Parameters
    ----------
    settler
        Of the case; stand-alone plans are promised already, where the case asks for them.
    ended
        Where the decisions come from.
    limits
        Of decisions that were searched for: what each step may be at most.
    until
        Until when that may take.
    """
    case, began = settler.case, perf_counter()
    figures = settler.figures(with_decided(case, decisions), limits, until.at(_("evaluating")))
    return Plan(
        case=case,
        status="evaluated",
        ended=ended,
        options=FrozenDict(),
        goals=goal_results(case, figures, {}),
        tables=figures.tables,
        broken=figures.broken,
        seconds=FrozenDict({**settler.seconds, "evaluating": perf_counter() - began}),
        versions=versions(),
    )


def read_decisions(file: Path, case: Case, tell: Callable[[str], object]) -> dict[tuple[str, str], float]:
    """Read decisions from a CSV file: (measure, start period) -> units started.

    A period is named by its id or its label. A note and the other columns of a plan's decisions.csv, as the plan holds
    them or as they are exported, may be there and do not count.

    Parameters
    ----------
    tell
        Called with each remark about how the file was read.

    Raises
    ------
    planner.case.problems.CaseInvalid
        With everything that is wrong with the file.
    """
    problems = Problems()
    decisions: dict[tuple[str, str], float] = {}
    numbers: dict[tuple[str, str], int] = {}
    exported = [heading(case, "decisions", column) for column in ALLOWED if column != "note"]
    for row in read_handmade(file, NEEDED, [*ALLOWED, *exported], lambda column: column == "units", tell).rows:
        cells = {**row.cells}
        if "start_period" in cells:
            cells["start_period"] = period_id(cells["start_period"], case.periods)
        row = replace(row, cells=FrozenDict(cells))
        found = list(_of_row(file.name, row, case))
        problems.extend(found)
        if found:
            continue
        key = (row.cells["measure"], row.cells["start_period"])
        if key in decisions:
            message = _("'{measure}' starts in {period} in row {row} too").format(
                measure=key[0], period=key[1], row=numbers[key]
            )
            problems.add(Problem(file.name, message, row.number, "measure"))
        decisions[key] = decisions.get(key, 0.0) + as_number(row.cells["units"])
        numbers.setdefault(key, row.number)
    problems.extend(_of_all(file.name, case, decisions, numbers))
    problems.raise_if_any(file.name)
    return {key: units for key, units in decisions.items() if units > 0}


def _of_row(file: str, row: RawRow, case: Case) -> Iterator[Problem]:
    """What is wrong with the cells of one row."""
    names = {"measure": (_("a measure"), tuple(case.measures)), "start_period": (_("a period"), case.period_ids)}
    for column in NEEDED:
        text = row.cells.get(column)
        if text is None:
            yield Problem(file, _("is empty"), row.number, column)
        elif column in names and text not in names[column][1]:
            yield Problem(file, not_one_of(text, *names[column]), row.number, column)
        elif column == "units":
            try:
                as_number(text)
            except ValueError as wrong:
                yield Problem(file, _("'{value}' {said}").format(value=text, said=said_by(wrong)), row.number, column)


def _of_all(
    file: str, case: Case, decisions: dict[tuple[str, str], float], numbers: dict[tuple[str, str], int]
) -> Iterator[Problem]:
    """What is wrong with the decisions, put down to the row that has it, or to those of a measure that have it together."""
    rows: dict[Problem, tuple[int, ...]] = {}
    of_measures: dict[str, dict[tuple[str, str], float]] = {}
    for key, units in decisions.items():
        measure = case.measures[key[0]]
        if not units and measure.status == "decided" and [start.period for start in measure.starts] == [key[1]]:
            message = _("{measure} was decided before the plan: it starts in {period} whatever stands here").format(
                measure=measure.id, period=key[1]
            )
            yield Problem(file, message, numbers[key], "units", value="0", allowed=_("no row of it"))
        for problem in check_decisions(case, {key: units}):
            rows.setdefault(problem, (numbers[key],))
        of_measures.setdefault(measure.id, {})[key] = units
    for own in of_measures.values():
        for problem in check_decisions(case, own) if len(own) > 1 else ():
            rows.setdefault(problem, tuple(numbers[key] for key in own))
    for problem in check_decisions(case, decisions):
        there = rows.get(problem, ())
        if len(there) > 1:
            message = _("{problem} (rows {rows})").format(problem=problem.message, rows=row_ranges(there))
            yield replace(problem, file=file, message=message)
        else:
            yield replace(problem, file=file, row=there[0] if there else None)
