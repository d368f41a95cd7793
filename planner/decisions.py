"""Decisions: which units of which measure start in which period; those of the case itself, and those somebody made."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite

from planner.case.nouns import Case, Measure
from planner.case.problems import Problem

Decisions = dict[tuple[str, str], float]  # (measure, start period) -> units

WHOLE = 1e-7  # units this close to a whole number are whole; fewer than this are none


def decided_early(case: Case) -> Decisions:
    """The decided measures alone: in their period if they have one, else as early as they are offered."""
    found: Decisions = {}
    for measure in case.measures.values():
        if measure.status == "decided":
            left = measure.units
            for start in measure.starts:
                units = min(left, measure.units if measure.start_period else measure.max_starts)
                if units > 0:
                    found[measure.id, start.period] = units
                    left -= units
    return found


def check_decisions(case: Case, decisions: Mapping[tuple[str, str], float]) -> tuple[Problem, ...]:
    """What is wrong with hand-made decisions: unknown measures, starts that are not offered, impossible units."""
    found: list[Problem] = []
    for (a, u), units in decisions.items():
        measure = case.measures.get(a)
        if measure is None:
            found.append(_problem("measure", a, f"{a!r} is not a measure of this case"))
        elif units and not any(start.period == u for start in measure.starts):
            found.append(_problem("start_period", u, _not_offered(measure, u)))
        else:
            found += _wrong_units(measure, u, units)
    for a in dict.fromkeys(a for a, _ in decisions):
        total = sum(units for (b, _), units in decisions.items() if b == a and isfinite(units))
        if a in case.measures and total > case.measures[a].units * (1 + 1e-9):
            text = f"{a} starts {total:g} units in all; it has {case.measures[a].units:g}"
            found.append(_problem("units", f"{total:g}", text))
    return tuple(found)


def _not_offered(measure: Measure, u: str) -> str:
    if not measure.starts:
        return f"{measure.id} cannot start in any period of this case (status {measure.status})"
    return f"{measure.id} cannot start in {u!r} (it can in {', '.join(start.period for start in measure.starts)})"


def _wrong_units(measure: Measure, u: str, units: float) -> list[Problem]:
    if not isfinite(units) or units < 0:
        return [_problem("units", str(units), f"{measure.id} in {u}: units must be a number from 0, not {units}")]
    if not measure.divisible and abs(units - round(units)) > WHOLE:
        return [_problem("units", str(units), f"{measure.id} in {u}: only whole units can start, not {units:g}")]
    return []


def _problem(column: str, value: str, message: str) -> Problem:
    return Problem("decisions.csv", message, column=column, value=value)
