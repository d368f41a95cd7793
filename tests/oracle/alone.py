"""What each jurisdiction reaches alone: its own measures, its own money and its share of what all share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from planner.case import Case, FrozenDict, Goal, Line, Measure, Settle

from .calendar_years import refilled
from .choices import without_plan
from .goals import OF_GAPS, only
from .selections import eligible


def standing_alone(case: Case, optimum: Callable[[Case], float]) -> dict[str, tuple[Goal, float]]:
    """Jurisdiction -> its goal, and the value of it in its stand-alone plan; `optimum` is that of a case's first goal."""
    first = next(g for g in case.goals if set(OF_GAPS).intersection(g.parts))
    out = {}
    for side in case.jurisdictions:
        own = tuple(i for i in first.cities if case.cities[i].jurisdiction == side)
        if own:
            parts = {"worst_city" if p == "worst_off_first" else p: w for p, w in only(first, of_gaps=True).parts.items()}
            goal = replace(first, parts=FrozenDict(parts), cities=own)
            out[side] = (goal, optimum(_alone(case, side, goal)))
    return out


def _alone(case: Case, side: str, goal: Goal) -> Case:
    """The case of a jurisdiction without the others."""
    measures = FrozenDict({m.id: _left(case, side, m) for m in case.measures.values()})
    lines = FrozenDict({x.id: _money_left(case, side, x) for x in case.lines.values()})
    closed = FrozenDict({s: replace(x, across_borders="never") for s, x in case.services.items()})
    cities = {i: c if c.jurisdiction == side else replace(c, land_quota_km2=None) for i, c in case.cities.items()}
    gates = tuple(
        replace(g, measures=tuple(a for a in g.measures if case.measures[a].status != "decided")) for g in case.gates
    )
    mine = replace(case, measures=measures, lines=lines, services=closed, cities=FrozenDict(cities), gates=gates)
    return refilled(replace(mine, goals=(goal,), targets=(), rules=(), nobody_worse_off=False))


def _left(case: Case, side: str, m: Measure) -> Measure:
    if m.status == "decided":
        return replace(m, capital_cost=0.0, running_cost=0.0, requires=(), level=None)
    origin = case.parks[m.id].origin if m.id in case.parks else None
    ends = [m.from_city] if m.from_city else []
    ends += [i for e in case.effects if isinstance(e, Settle) and e.measure == m.id for i in (e.from_city, e.to_city)]
    places = {*m.jurisdictions, *(case.cities[i].jurisdiction for i in (*ends, *([origin] if origin else [])))}
    return m if places <= {side} else replace(m, status="ruled_out", start_period=None)


def _money_left(case: Case, side: str, line: Line) -> Line:
    """Own lines less what they pay for decided measures; of shared ones the part of the people; of others nothing."""
    amount = {}
    for t in case.period_ids:
        left = line.amount[t] - sum(_pays(case, line, m, t) for m in case.measures.values() if m.status == "decided")
        everybody = sum(c.population[t] for c in case.cities.values())
        people = sum(c.population[t] for c in case.cities.values() if c.jurisdiction == side)
        share = float(line.holder == side) if line.holder in case.jurisdictions else people / everybody
        amount[t] = share * left
    own = line.holder == side
    return replace(
        line,
        amount=FrozenDict(amount),
        minimum=FrozenDict(dict.fromkeys(case.period_ids, 0.0)),
        gets_tax=line.gets_tax and own,
        borrowing=line.borrowing if own else None,
    )


def _pays(case: Case, line: Line, m: Measure, period: str) -> float:
    """What a line pays for a decided measure without the plan: only where there is no choice of who pays."""
    total = 0.0
    for o in m.starts:
        units = without_plan(case).starts.get((m.id, o.period), 0)
        for kind, owed in (
            ("capital", (1 - m.private_share) * o.capital.get(period, 0.0)),
            ("running", o.running.get(period, 0.0)),
        ):
            payers = m.payers or {k: 1.0 for k, x in case.lines.items() if eligible(case, m, x, kind)}
            assert m.payers or len(payers) == 1 or not owed
            total += units * owed * payers.get(line.id, 0.0)
    return total
