"""Decisions: which units of which measure start in which period; those of the case itself, and those somebody made.

What is wrong with those made by hand is found here: what is not offered, wrong units, one half of a pair without the other.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from math import isfinite, ulp

from models.measures import WHOLE
from planner.case import Case, Measure
from planner.case.problems import CaseInvalid, Problem
from planner.compiling.can_start import offered
from planner.words.said import _, series

Decisions = dict[tuple[str, str], float]  # (measure, start period) -> units


def decided_late(case: Case) -> Decisions:
    """The decided measures alone: in their period if they have one, else as late as they are offered.

    That much is certain without a plan; that a plan may bring a decided measure forward is to its credit.
    """
    found: Decisions = {}
    for measure in case.measures.values():
        if measure.status == "decided":
            left = measure.units
            for start in reversed(measure.starts):
                units = min(left, measure.max_starts)
                if units > 0:
                    found[measure.id, start.period] = units
                    left -= units
    return found


def with_decided(case: Case, decisions: Mapping[tuple[str, str], float]) -> Decisions:
    """Hand-made decisions, and the decided measures that have no choice of when to start, whether named or not.

    Units within rounding of a whole number are that number; units that are only rounding are none.
    """
    found = {(a, u): units for (a, u), units in decided_late(case).items() if len(case.measures[a].starts) == 1}
    for start, units in decisions.items():
        rounded = float(round(units)) if abs(units - round(units)) < WHOLE else float(units)
        if rounded > 0:
            found[start] = rounded
    return found


def more(units: float, than: float) -> bool:
    """Whether some units are more than others, by more than rounding: however many there are, one unit is one."""
    return units - than > WHOLE + 8 * ulp(than)


def refuse_unknown(
    case: Case, decisions: Mapping[tuple[str, str], float], called: str, able: Container[str] | None = None
) -> None:
    """See that a case offers what was decided.

    Parameters
    ----------
    able
        The measures that can start, where they are known already.

    Raises
    ------
    CaseInvalid
        It does not; told of the decisions as they are called.
    """
    problems = check_decisions(case, decisions, able)
    if problems:
        raise CaseInvalid(called, problems)


def check_decisions(
    case: Case, decisions: Mapping[tuple[str, str], float], able: Container[str] | None = None
) -> tuple[Problem, ...]:
    """What is wrong with hand-made decisions: what the case does not offer, and what cannot be told apart in it."""
    able = offered(case).measures if able is None else able
    found: list[Problem] = []
    for (a, u), units in decisions.items():
        measure = case.measures.get(a)
        if measure is None:
            found.append(_problem("measure", a, _("{measure!r} is not a measure of this case").format(measure=a)))
        elif units and (a not in able or not any(start.period == u for start in measure.starts)):
            found.append(_problem("start_period", str(u), _not_offered(measure, u, a in able)))
        else:
            found += _wrong_units(measure, u, units)
    if not found:
        starts: dict[str, dict[str, float]] = {}
        for (a, u), units in with_decided(case, decisions).items():
            starts.setdefault(a, {})[u] = units
        for a in starts:
            found += _wrong_sum(case, case.measures[a], starts)
    return tuple(found)


def _wrong_sum(case: Case, measure: Measure, decisions: Mapping[str, Mapping[str, float]]) -> list[Problem]:
    """What is wrong with the starts of one measure (by period, among those of all measures) taken together."""
    starts = decisions[measure.id]
    total = sum(starts.values())
    if more(total, measure.units):
        text = _("{measure} starts {total:g} units in all; it has {units:g}").format(
            measure=measure.id, total=total, units=measure.units
        )
        return [_problem("units", f"{total:g}", text)]
    if measure.status == "decided" and len(measure.starts) == 1 and more(measure.units, total):
        text = _("{measure} was decided before the plan: all {units:g} units start in {period}").format(
            measure=measure.id, units=measure.units, period=measure.starts[0].period
        )
        return [_problem("units", f"{total:g}", text)]
    for b in case.measures.values() if measure.together else ():
        if b.together == measure.together and decisions.get(b.id, {}) != starts:
            message = _("{measure} and {other} belong together: they start alike or not at all").format(
                measure=measure.id, other=b.id
            )
            return [_problem("measure", measure.id, message)]
    return []


def _not_offered(measure: Measure, u: str, able: bool) -> str:
    if not measure.starts:
        return _("{measure} cannot start in any period of this case (status {status})").format(
            measure=measure.id, status=measure.status
        )
    if not able:
        return _("{measure} cannot start: nobody may pay for it in full, or what it requires cannot start").format(
            measure=measure.id
        )
    return _("{measure} cannot start in {period!r} (it can in {periods})").format(
        measure=measure.id, period=u, periods=series(start.period for start in measure.starts)
    )


def _wrong_units(measure: Measure, u: str, units: float) -> list[Problem]:
    if not isfinite(units) or units < 0:
        message = _("{measure} in {period}: units must be a number from 0, not {units}").format(
            measure=measure.id, period=u, units=units
        )
        return [_problem("units", str(units), message)]
    if not measure.divisible and abs(units - round(units)) > WHOLE:
        message = _("{measure} in {period}: only whole units can start, not {units:g}").format(
            measure=measure.id, period=u, units=units
        )
        return [_problem("units", str(units), message)]
    if more(units, measure.max_starts) and measure.status != "decided":
        text = _("{measure} in {period}: {units:g} units are more than may start in a period ({max_starts:g})").format(
            measure=measure.id, period=u, units=units, max_starts=measure.max_starts
        )
        return [_problem("units", str(units), text)]
    return []


def _problem(column: str, value: str, message: str) -> Problem:
    return Problem("decisions.csv", message, column=column, value=value)
