"""Services: who is served where. Needs are met or unmet, in the city itself or where people may go."""

from __future__ import annotations

from planner.case import OpenOutsidersShare, OpenService, RaiseCapacity

from .columns import Remainder
from .linear import Affine, add


def serve(r: Remainder, service: str, period: str) -> None:
    """Needs are met or unmet; nobody serves more than there is, nor shares what its own people need."""
    case, program = r.case, r.program
    s = case.services[service]
    columns: dict[tuple[str, str], int] = {}
    for i in case.cities:
        need = case.need(service, i, period)
        if need <= 0:
            continue
        unmet = program.column(0.0, need)
        for j in case.cities:
            if i == j or _may_use(r, service, i, j, period):
                columns[i, j] = program.column(0.0, need)
                r.flows[service, i, j, period] = columns[i, j]
        missed = 0.0 if s.away_counts is None else 1.0 - s.away_counts  # of what is met elsewhere
        elsewhere = {columns[i, j]: missed / need for j in case.cities if j != i and (i, j) in columns}
        r.gaps[service, i, period] = Affine(0.0, {unmet: 1.0 / need, **elsewhere})
        met = {columns[i, j]: 1.0 for j in case.cities if (i, j) in columns}
        program.equals({**met, unmet: 1.0}, need)
    for j in case.cities:
        c = case.capacity[j, service]
        own = (c.amount[period] if c.amount else 0.0) * (1 - c.outsiders)
        added = _added(r, service, j, period)
        minus = {k: -v for k, v in added.terms.items()}
        used = {columns[i, j]: 1.0 for i in case.cities if (i, j) in columns}
        program.at_most({**used, **minus} if used else {}, own + added.constant)
        away = {columns[i, j]: 1.0 for i in case.cities if (i, j) in columns and i != j}
        if s.shares == "spare" and away:
            spare = max(0.0, own - (s.keeps or 1.0) * case.need(service, j, period))
            program.at_most({**away, **minus}, spare + added.constant)


def _may_use(r: Remainder, service: str, i: str, j: str, period: str) -> bool:
    case = r.case
    s = case.services[service]
    from_, to = case.cities[i].jurisdiction, case.cities[j].jurisdiction
    if from_ == to or s.across_borders == "always":
        return s.catchment_minutes is not None and r.minutes_within(i, j, s.catchment_minutes, period)
    if s.across_borders == "never":
        return False
    serving = r.choice.serving(case, period)
    open_now = [*case.in_force, *(e for e in case.effects if e.measure in serving)]
    for e in open_now:
        if isinstance(e, OpenService) and service in e.services:
            reach = s.catchment_minutes if e.minutes is None else e.minutes
            if from_ in e.people_of and to in e.at and reach is not None and r.minutes_within(i, j, reach, period):
                return True
    return False


def _added(r: Remainder, service: str, city: str, period: str) -> Affine:
    serving = r.choice.serving(r.case, period)
    c = r.case.capacity[city, service]
    amount = c.amount[period] if c.amount else 0.0
    parts = [
        (m.capacity, r.built(m.id, period))
        for m in r.case.measures.values()
        if m.kind == "facility" and m.service == service and city in m.cities
    ]
    for e in r.case.effects:
        if isinstance(e, RaiseCapacity | OpenOutsidersShare) and e.measure in serving:
            more = e.by * amount * (1 - c.outsiders) if isinstance(e, RaiseCapacity) else e.share * amount
            here = service in e.services and city in e.cities
            parts.append((float(here), Affine(more, {})))
    return add(*parts)
