"""Where money is left, and why: of each line, what it may pay for and how much of that is at its most."""

from __future__ import annotations

from collections.abc import Iterable

from planner.case import Measure, naming
from planner.case.selecting import payers_of
from planner.plans.plan import Plan
from planner.plans.totals import columns
from planner.words import phrases
from planner.words.plurals import count, noun

NOTICED = 0.01  # of what a line has: given, received and from tax
NAMES = 3
WHOLE = 1e-6


def left(plan: Plan) -> str:
    """Each line with money left: measures that it may pay for, how many are at their most, and what is not started."""
    said = [phrases.bullet(sentence) for sentence in sentences(plan)]
    return "\n".join([*said, phrases.paragraph(NOTE)]) if said else ""


NOTE = "At the most: all units started, or in some period as many as may start in one."


def sentences(plan: Plan) -> list[str]:
    """One on each line with money left."""
    given = dict.fromkeys(plan.case.lines, 0.0)
    unspent = dict(given)
    rows = columns(plan.tables["money"], "line", "amount", "received", "tax", "unspent")
    for line, amount, received, tax, rest in rows:
        given[line] += amount + received + tax
        unspent[line] += rest
    payable = _payable(plan)
    started = _started(plan)
    unit = plan.case.money.unit
    shown = phrases.money_decimals(list(given.values()))
    said = []
    for line, rest in unspent.items():
        if rest > NOTICED * given[line]:
            amounts = f"{phrases.money(rest, shown)} of {phrases.number(given[line], shown)} {unit}"
            said.append(f"{naming.line(plan.case, line)}, {amounts} left: {_why(payable[line], started)}")
    return said


def _why(measures: list[Measure], started: dict[str, dict[str, float]]) -> str:
    """What a line may still pay for."""
    if not measures:
        return "it may pay for nothing that can start."
    full = [m for m in measures if _is_at_its_most(m, started.get(m.id, {}))]
    idle = [m for m in measures if m.status == "candidate" and m.id not in started]
    once = {m.together or m.id: m.name for m in reversed(idle)}  # halves that belong together count once
    names = list(reversed(once.values()))
    are = noun(len(full), "is", "are")
    said = f"of the {count(len(measures), 'measure')} that it may pay for {len(full)} {are} at the most"
    if names:
        more = f"; and {len(names) - NAMES} more" if len(names) > NAMES else ""
        return f"{said}; not started: {'; '.join(names[:NAMES])}{more}."
    return f"{said}, and no candidate is left unstarted."


def _is_at_its_most(measure: Measure, units: dict[str, float]) -> bool:
    """Whether all units are started, or in some period as many as may start in one."""
    all_started = sum(units.values()) >= measure.units * (1 - WHOLE)
    return all_started or any(some >= measure.max_starts * (1 - WHOLE) for some in units.values())


def _payable(plan: Plan) -> dict[str, list[Measure]]:
    """Line -> the measures that can start and that it may pay for."""
    found: dict[str, dict[str, Measure]] = {line: {} for line in plan.case.lines}
    for (measure, _kind), lines in payers_of(plan.case).items():
        if plan.case.measures[measure].starts:
            for line in lines:
                found[line][measure] = plan.case.measures[measure]
    return {line: list(measures.values()) for line, measures in found.items()}


def _started(plan: Plan) -> dict[str, dict[str, float]]:
    """Measure -> units started by period."""
    found: dict[str, dict[str, float]] = {}
    rows: Iterable[tuple[str, str, float]] = columns(plan.tables["decisions"], "measure", "start_period", "units")
    for measure, period, units in rows:
        by_period = found.setdefault(measure, {})
        by_period[period] = by_period.get(period, 0.0) + units
    return found
