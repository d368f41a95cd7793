"""Services: who is served where. Needs are met or unmet, in the city itself or where people may go."""

from __future__ import annotations

from planner.case import OpenOutsidersShare, OpenService, RaiseCapacity

from .columns import Remainder
from .linear import Affine, add
from .moving import needed, stocked


def serve(r: Remainder, service: str, period: str) -> None:
    """Needs are met or unmet; nobody serves more than there is, nor shares what its own people need."""
    case, program = r.case, r.program
    s = case.services[service]
    columns: dict[tuple[str, str], list[int]] = {}
    for i in case.cities:
        base, need = case.need(service, i, period), needed(r, service, i, period)
        if base <= 0:
            continue
        unmet = program.column(0.0, need)
        for j in case.cities:
            for policy, price in [("", 0.0)] if i == j else _ways(r, service, i, j, period):
                k = program.column(0.0, need)
                columns.setdefault((i, j), []).append(k)
                if price > 0:
                    r.paid[k] = (case.cities[i].jurisdiction, policy, period, price * r.years(period))
        missed = 0.0 if s.away_counts is None else 1.0 - s.away_counts  # of what is met elsewhere
        elsewhere = {k: missed / base for (home, j), some in columns.items() if home == i != j for k in some}
        r.gaps[service, i, period] = Affine(0.0, {unmet: 1.0 / base, **elsewhere})
        met = {k: 1.0 for (home, _), some in columns.items() if home == i for k in some}
        program.equals({**met, unmet: 1.0}, need)
    r.flows |= {(service, i, j, period): some for (i, j), some in columns.items()}
    for j in case.cities:
        own = stocked(r, service, j, period)
        more = added(r, service, j, period)
        minus = {k: -v for k, v in more.terms.items()}
        used = {k: 1.0 for (_, place), some in columns.items() if place == j for k in some}
        program.at_most({**used, **minus} if used else {}, own + more.constant)
        counts = 1.0 if s.away_counts is None else s.away_counts
        abroad = {k: -counts for (i, place), some in columns.items() if i == j != place for k in some}
        given = {k: 1.0 for (i, place), some in columns.items() if place == j != i for k in some}
        r.levels[service, j, period] = add((1.0, more), (1.0, Affine(own, {})), (-1.0, Affine(0.0, given | abroad)))
        if s.shares == "spare" and given:
            spare = max(0.0, own - (s.keeps or 1.0) * needed(r, service, j, period))
            program.at_most({**given, **minus}, spare + more.constant)


def _ways(r: Remainder, service: str, i: str, j: str, period: str) -> list[tuple[str, float]]:
    """Policy (or nothing) and price of each way in which people of one city may be served in another now."""
    case = r.case
    s = case.services[service]
    from_, to = case.cities[i].jurisdiction, case.cities[j].jurisdiction
    if from_ == to or s.across_borders == "always":
        near = s.catchment_minutes is not None and r.minutes_within(i, j, s.catchment_minutes, period)
        return [("", 0.0 if from_ == to else s.price or 0.0)] if near else []
    if s.across_borders == "never":
        return []
    serving = r.choice.serving(case, period)
    found = []
    for e in [*case.in_force, *(e for e in case.effects if e.measure in serving)]:
        if isinstance(e, OpenService) and service in e.services and from_ in e.people_of and to in e.at:
            reach = s.catchment_minutes if e.minutes is None else e.minutes
            if reach is not None and r.minutes_within(i, j, reach, period):
                found.append((e.measure, (s.price or 0.0) if e.price is None else e.price))
    return found


def added(r: Remainder, service: str, city: str, period: str) -> Affine:
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
