"""The linear program that is left once the whole units are chosen: who is served where, who pays, how much of what
is divisible. Written from the case alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from planner.case.nouns import Case, Line, Measure, OpenOutsidersShare, OpenService, RaiseCapacity, Selection, Target

from .choices import Choice
from .linear import Affine, Program
from .travel import access_gaps, hundredths, minutes_between

Spot = tuple[str, str, str]  # indicator, city, period


@dataclass
class Remainder:
    """A program with what the goals speak of."""

    case: Case
    choice: Choice
    program: Program = field(default_factory=Program)
    amounts: dict[tuple[str, str], int] = field(default_factory=dict)  # columns of divisible starts
    gaps: dict[Spot, Affine] = field(default_factory=dict)
    flows: dict[tuple[str, str, str, str], int] = field(default_factory=dict)  # service, from, to, period
    away: dict[str, np.ndarray] = field(default_factory=dict)  # hundredths of minutes by period

    def units(self, measure: str, period: str) -> Affine:
        """Units of a measure started in a period."""
        if (measure, period) in self.amounts:
            return Affine(0.0, {self.amounts[measure, period]: 1.0})
        return Affine(float(self.choice.starts.get((measure, period), 0)), {})


def add(*parts: tuple[float, Affine]) -> Affine:
    """Weighted sum of sums."""
    terms: dict[int, float] = {}
    constant = 0.0
    for w, part in parts:
        constant += w * part.constant
        for k, c in part.terms.items():
            terms[k] = terms.get(k, 0.0) + w * c
    return Affine(constant, terms)


def remainder(
    case: Case,
    choice: Choice,
    losses: Mapping[Spot, float] | None = None,
    *,
    gaps: bool = True,
    targets: bool = False,
    rules: bool = False,
    money: bool = False,
) -> Remainder:
    """Build the program of a choice; each flag adds a part. `losses` are gaps that may not be exceeded."""
    r = Remainder(case, choice)
    _divisible(r)
    for p in case.period_ids if gaps else ():
        serving = choice.serving(case, p)
        for a in case.access.values():
            for city, gap in access_gaps(case, a, p, serving).items():
                r.gaps[a.id, city, p] = Affine(gap, {})
        if case.services:
            r.away[p] = minutes_between(case, serving)
            for s in case.services:
                _serve(r, s, p)
    if losses is not None:
        for spot, gap in r.gaps.items():
            r.program.at_most(gap.terms, losses[spot] + 1e-6 - gap.constant)
    if targets:
        _targets(r)
    if rules:
        _rules(r)
    if money:
        _payments(r)
    return r


def _divisible(r: Remainder) -> None:
    for m in r.case.measures.values():
        if not m.divisible or m.status == "ruled_out" or any(a == m.id for a, _ in r.choice.starts):
            continue  # the last: the measures of a plan without choices come as whole starts
        for o in m.starts:
            high = m.max_starts if (m.id, o.period) in r.choice.open else 0.0
            r.amounts[m.id, o.period] = r.program.column(0.0, min(high, m.units))
        total = {r.amounts[m.id, o.period]: 1.0 for o in m.starts}
        if m.status == "decided":
            r.program.equals(total, m.units)
        else:
            r.program.at_most(total, m.units)
        for p in (p for (a, p) in r.choice.whole if a == m.id):
            r.program.at_least({r.amounts[m.id, o.period]: 1.0 for o in m.starts if p in o.serves}, 1.0)


def _built(r: Remainder, measure: Measure, period: str) -> Affine:
    """Units of a measure that serve in a period."""
    return add(*((1.0, r.units(measure.id, o.period)) for o in measure.starts if period in o.serves))


def _added(r: Remainder, service: str, city: str, period: str) -> Affine:
    serving = r.choice.serving(r.case, period)
    c = r.case.capacity[city, service]
    amount = c.amount[period] if c.amount else 0.0
    parts = [
        (m.capacity, _built(r, m, period))
        for m in r.case.measures.values()
        if m.kind == "facility" and m.service == service and city in m.cities
    ]
    for e in r.case.effects:
        if isinstance(e, RaiseCapacity | OpenOutsidersShare) and e.measure in serving:
            more = e.by * amount * (1 - c.outsiders) if isinstance(e, RaiseCapacity) else e.share * amount
            here = service in e.services and city in e.cities
            parts.append((float(here), Affine(more, {})))
    return add(*parts)


def _serve(r: Remainder, service: str, period: str) -> None:
    """Needs are met or unmet; nobody serves more than there is, nor shares what its own people need."""
    case, program = r.case, r.program
    s = case.services[service]
    columns: dict[tuple[str, str], int] = {}
    for i in case.cities:
        need = case.need(service, i, period)
        if need <= 0:
            continue
        unmet = program.column(0.0, need)
        r.gaps[service, i, period] = Affine(0.0, {unmet: 1.0 / need})
        for j in case.cities:
            if i == j or _may_use(r, service, i, j, period):
                columns[i, j] = program.column(0.0, need)
                r.flows[service, i, j, period] = columns[i, j]
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
            spare = max(0.0, own - case.need(service, j, period))
            program.at_most({**away, **minus}, spare + added.constant)


def _may_use(r: Remainder, service: str, i: str, j: str, period: str) -> bool:
    case = r.case
    s = case.services[service]
    place = list(case.cities)
    minutes = r.away[period][place.index(i), place.index(j)]
    from_, to = case.cities[i].jurisdiction, case.cities[j].jurisdiction
    if from_ == to or s.across_borders == "always":
        return s.catchment_minutes is not None and minutes <= hundredths(s.catchment_minutes)
    if s.across_borders == "never":
        return False
    serving = r.choice.serving(case, period)
    for e in case.effects:
        if isinstance(e, OpenService) and e.measure in serving and service in e.services:
            reach = s.catchment_minutes if e.minutes is None else e.minutes
            if from_ in e.people_of and to in e.at and reach is not None and minutes <= hundredths(reach):
                return True
    return False


def _targets(r: Remainder) -> None:
    for target in r.case.targets:
        for p in target.periods:
            for city in target.cities:
                gap = r.gaps.get((target.indicator, city, p))
                if gap is not None:
                    r.program.at_most(gap.terms, _largest_gap(r.case, target, p) - gap.constant)


def _largest_gap(case: Case, target: Target, period: str) -> float:
    if target.indicator in case.services:
        return 1 - target.at_least / case.services[target.indicator].per_1000[period]
    a = case.access[target.indicator]
    if a.kind == "reach":
        return 1 - target.at_least / 100 / a.target
    return (target.at_most - a.standard_minutes) / (a.worst_minutes - a.standard_minutes)


def cost(r: Remainder, measure: str, kind: str, period: str) -> Affine:
    """Capital or running cost of a measure in a period, all its starts together."""
    m = r.case.measures[measure]
    return add(*((getattr(o, kind).get(period, 0.0), r.units(measure, o.period)) for o in m.starts))


def _rules(r: Remainder) -> None:
    for rule in r.case.rules:
        left = _quantity(r, rule.of, rule.measures, rule.periods)
        if rule.share_of_measures is None:
            total = add((1.0, left), (-1.0, Affine(rule.limit, {})))
        else:
            whole = _quantity(r, rule.of, rule.share_of_measures, rule.periods)
            total = add((1.0, left), (-rule.limit, whole))
        sign = 1.0 if rule.sense == "at_most" else -1.0
        r.program.at_most({k: sign * c for k, c in total.terms.items()}, -sign * total.constant)


def _quantity(r: Remainder, of: str, measures: tuple[str, ...], periods: tuple[str, ...]) -> Affine:
    if of == "spending":
        return add(*((1.0, cost(r, m, k, p)) for m in measures for k in ("capital", "running") for p in periods))
    if of == "units":
        return add(*((1.0, r.units(m, p)) for m in measures for p in periods))
    begun = {m for (m, t) in [*r.choice.starts, *r.choice.open] if t in periods}
    return Affine(float(len(begun.intersection(measures))), {})


def fits(case: Case, m: Measure, where: Selection) -> bool:
    """Whether a selection fits a measure: every column has one of its values among those asked for."""
    for column, values in where.items():
        mine: tuple[str | None, ...] = {
            "city": m.cities, "jurisdiction": m.jurisdictions, "tier": m.tiers, "signed_by": m.signed_by,
            "mode": tuple({k.mode for k in case.links.values() if m.id in k.needs}),
        }.get(column) or (getattr(m, column, None),)  # fmt: skip
        if not set(mine).intersection(values):
            return False
    return True


def eligible(case: Case, m: Measure, line: Line, kind: str) -> bool:
    """Whether a line may pay for a kind of cost of a measure."""
    chosen = not line.pays_for or any(fits(case, m, w) for w in line.pays_for) or line.id in m.payers
    return chosen and line.cost in ("all", kind)


def _payments(r: Remainder) -> None:
    case = r.case
    paid: dict[tuple[str, str], list[Affine]] = {(k, p): [] for k in case.lines for p in case.period_ids}
    for m in case.measures.values():
        for kind in ("capital", "running"):
            for p in case.period_ids:
                _pay(r, m, kind, p, paid)
    for line in case.lines.values():
        held, spent = 0.0, Affine(0.0, {})
        for p in case.period_ids:
            now = add(*((1.0, x) for x in paid[line.id, p]))
            held = held + line.amount[p] if line.carry_over else line.amount[p]
            spent = add((1.0, spent), (1.0, now)) if line.carry_over else now
            r.program.at_most(spent.terms, held - spent.constant)
            r.program.at_least(now.terms, line.minimum.get(p, 0.0) - now.constant)


def _pay(r: Remainder, m: Measure, kind: str, p: str, paid: dict[tuple[str, str], list[Affine]]) -> None:
    """The cost of a measure, a kind and a period is shared out among those who may pay it."""
    owed = cost(r, m.id, kind, p)
    if not owed.constant and not owed.terms:
        return
    if m.payers:
        for line, share in m.payers.items():
            paid[line, p].append(add((share, owed)))
        return
    shares: dict[int, float] = {}
    for line in r.case.lines.values():
        if eligible(r.case, m, line, kind):
            k = r.program.column()
            shares[k] = 1.0
            paid[line.id, p].append(Affine(0.0, {k: 1.0}))
            part = add((1.0, Affine(0.0, {k: 1.0})), (-line.at_most_share, owed))
            r.program.at_most(part.terms, -part.constant)
    balance = add((1.0, Affine(0.0, shares)), (-1.0, owed))
    r.program.equals(balance.terms, -balance.constant)
