"""A second family of random tiny cases: parks, the pyramid of policies, and money that is earned, lent, sent or attracted.

A case is made from a number (`work_case_of(4711)`): the number says what it is mostly about, so that any row of numbers
is about everything.
"""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise
from typing import Any

from planner.case import (
    TODAY,
    Access,
    Airshed,
    AllowTransfer,
    Borrowing,
    Case,
    City,
    FrozenDict,
    Goal,
    Level,
    Line,
    Link,
    Measure,
    Mode,
    Money,
    Period,
    Pyramid,
    RaisePrivateShare,
    Rule,
    ShareTax,
    Target,
    Work,
)

from .calendar_years import refilled
from .choices import count_choices
from .fair_goals import with_fairness
from .selections import eligible, fits
from .without import one_split_only
from .work import should_have
from .work_draft import WorkDraft
from .work_measures import TOPICS, college, park

SPANS = (
    ((2026, 2030), (2031, 2035)),
    ((2026, 2028), (2029, 2035)),
    ((2026, 2030), (2031, 2033)),
    ((2026, 2028), (2029, 2031), (2032, 2035)),
)
MAIN = (*TOPICS, "tax", "transfer", "pyramid", "chain")  # those that seldom come about by themselves twice
MOST_CHOICES = 54
FEWEST_MEASURES = 3


def work_case_of(number: int) -> Case:
    """The random case of a number."""
    d = WorkDraft(random.Random(number))
    main = MAIN[number % len(MAIN)]
    others = [t for t in TOPICS if t not in (main, "alone")]
    most = {"alone": 1, "tax": 1, "chain": 1, "transfer": 1, "debt": 1}.get(main, 2)
    more = d.chosen.sample(others, d.pick(most // 2, most))
    d.topics = frozenset([main, *more])
    spans = SPANS[:3] if main == "alone" else (*SPANS, SPANS[3], SPANS[3]) if main == "tax" else SPANS
    d.periods = tuple(Period(str(b), a, b) for a, b in d.pick(*spans))
    _cities(d)
    _roads(d)
    if d.chance(15):
        college(d)
    _work(d)
    for topic in (main, *more):
        TOPICS[topic](d)
    while len(d.measures) < FEWEST_MEASURES:
        park(d, d.pick(*d.cities), units=1.0)
    access = _access(d)
    case = Case(
        name=f"work-{number}",
        title="Random",
        scenario="base",
        money=Money(unit="bn", prices=2025, discount_rate=d.pick(0.0, 0.05)),
        periods=d.periods,
        people=("old",),
        modes=FrozenDict(d.modes),
        services=FrozenDict(d.services),
        access=FrozenDict(access),
        cities=FrozenDict(d.cities),
        capacity=FrozenDict(d.capacity),
        links=FrozenDict(d.links),
        measures=FrozenDict(d.measures),
        norms=FrozenDict(),
        effects=tuple(d.effects),
        lines=FrozenDict(),
        trips=FrozenDict(),
        targets=(),
        rules=(),
        no_city_loses=False,
        goals=(),
        scenarios=FrozenDict(),
        assumptions=(),
        parks=FrozenDict(d.parks),
        industries=FrozenDict(d.industries),
        chains=FrozenDict(d.chains),
        airsheds=FrozenDict(d.airsheds),
        work=FrozenDict(d.work),
        pyramid=_pyramid(d),
        gates=tuple(d.gates),
        nobody_worse_off=main == "alone",
    )
    case = _resolved(_small_enough(d, case))
    case = replace(case, lines=FrozenDict(_lines(d, case)))
    case = _payable(case)
    case = replace(case, goals=_goals(d, case))
    if main != "alone":
        case = replace(case, targets=_targets(d, case), rules=_rules(d, case))
    promise = d.chance(20) and main != "alone" and one_split_only(case)
    return with_fairness(replace(case, no_city_loses=promise), number)


def _cities(d: WorkDraft) -> None:
    sky = d.about("airshed", "closure") or d.chance(10)
    if sky:
        first = float(d.pick(4, 6, 10))
        existing = FrozenDict({p: first + d.pick(0, 0, k) for k, p in enumerate(d.ids)})
        cap = (
            FrozenDict({p: existing[p] + d.pick(0, 0, 1, 2) for p in d.ids})
            if d.chance(60) and not d.about("alone")
            else None
        )
        d.airsheds["plain"] = Airshed(id="plain", unit="kt", existing=existing, cap=cap)
    for k, name in enumerate("abcd"[: d.pick(2, 3, 3, 4)]):
        today = 1000.0 * d.pick(10, 20, 40)
        heads = {TODAY: today, **{p: round(today * d.pick(1.0, 1.0, 1.1, 0.95)) for p in d.ids}}
        jobs = round(today * (d.pick(0.4, 0.5) if k == 0 else d.pick(0.2, 0.25, 0.3)))
        short = 1000.0 * (
            d.pick(0, 1, 2) if k == 0 and not d.about("alone", "tax", "chain", "transfer") else d.pick(1, 2, 4, 6)
        )
        short += 3000.0 * d.about("chain")
        wanted = FrozenDict({p: jobs + short + d.pick(0, 0, 500.0 * n) for n, p in enumerate(d.ids)})
        d.cities[name] = City(
            id=name, name=name.upper(), name_zh="", jurisdiction=("north", "south", d.pick("north", "south"))[min(k, 2)],
            tier="core" if k == 0 else d.pick("small", "secondary"), lat=40.0 + k, lon=115.0, area_km2=20.0,
            gdp=float(d.pick(4, 8) if k == 0 else d.pick(1, 2, 3)), jobs=float(jobs),
            skilled=float(d.pick(300, 1000)) if k and d.chance(10) else None,
            land_quota_km2=float(d.pick(1, 2, 3)) if k and d.chance(10) else None,
            airshed="plain" if sky and (k != 0 or d.chance(50)) else None,
            jobs_target=None if k == 0 and not short else wanted, population=FrozenDict(heads),
            people=FrozenDict({"old": FrozenDict({p: x / 5 for p, x in heads.items()})}),
        )  # fmt: skip


def _roads(d: WorkDraft) -> None:
    d.modes["road"] = Mode(id="road", boarding_minutes=float(d.pick(0, 0, 3)), border_minutes=float(d.pick(0, 10, 20)))
    d.modes["rail"] = Mode(id="rail", boarding_minutes=float(d.pick(6, 10)), border_minutes=0.0)
    for a, b in pairwise(d.cities):
        d.links[a + b] = Link(
            id=a + b,
            from_city=a,
            to_city=b,
            mode="road",
            minutes=float(d.pick(20, 25, 30, 45)),
            km=None,
            oneway=d.chance(5),
            needs=(),
        )


def _work(d: WorkDraft) -> None:
    every = tuple(c.id for c in d.cities.values() if c.jobs_target is not None)
    d.work["jobs"] = Work(
        id="jobs", kind="target", of="jobs", cities=every, core=(), share=1.0, where=FrozenDict(), core_where=FrozenDict()
    )
    if d.about("output") or d.chance(15):
        of = "output" if d.about("output") or d.chance(50) else "jobs"
        behind = tuple(c for c in d.cities if c != "a")
        core = FrozenDict({"tier": ("core",)})
        d.work["cliff"] = Work(
            id="cliff",
            kind="core",
            of=of,
            cities=behind,
            core=("a",),
            share=d.pick(0.6, 0.8, 1.0),
            where=FrozenDict(),
            core_where=core,
        )


def _access(d: WorkDraft) -> dict[str, Access]:
    if not d.chance(20) and not any(m.kind == "link" for m in d.measures.values()):
        return {}
    standard = Access(
        id="core",
        kind="nearest",
        origins=tuple(d.cities),
        destinations=("a",),
        offers=None,
        modes=("road", "rail"),
        standard_minutes=15.0,
        worst_minutes=float(d.pick(60, 90)),
        weight="population",
        target=None,
        from_where=FrozenDict(),
        to_where=FrozenDict({"tier": ("core",)}),
    )
    return {"core": standard}


def _pyramid(d: WorkDraft) -> Pyramid:
    if d.chance(10):
        d.at_most_share[d.pick("incentive", "supportive", "barrier_removal")] = d.pick(0.0, 0.02, 0.05)
    used = {m.level for m in d.measures.values()}
    shares: dict[Level, float] = {k: x for k, x in d.at_most_share.items() if k in used}  # type: ignore[misc]
    return Pyramid(at_most_share=FrozenDict(shares), subsidy_periods=d.subsidy_periods, barriers_first=d.barriers_first)


def _small_enough(d: WorkDraft, case: Case) -> Case:
    """Measures get a fixed period, or the last are taken out, until few enough choices are left."""
    case = refilled(case)
    while count_choices(case) > MOST_CHOICES:
        free = [m for m in case.measures.values() if len(m.starts) > 1 and not m.divisible]
        if len(case.measures) > FEWEST_MEASURES and d.chance(25):
            case = _without_last(case)
        elif free:
            m = d.pick(*free[-2:])
            at = d.pick(m.starts[0].period, *(o.period for o in m.starts))
            fixed = replace(m, earliest=at, latest=at)
            case = refilled(replace(case, measures=FrozenDict({**case.measures, m.id: fixed})))
        else:
            case = _without_last(case)
    return case


def _without_last(case: Case) -> Case:
    last = list(case.measures)[-1]
    return replace(
        case,
        measures=FrozenDict({k: m for k, m in case.measures.items() if k != last}),
        parks=FrozenDict({k: p for k, p in case.parks.items() if k != last}),
        links=FrozenDict({k: x for k, x in case.links.items() if last not in x.needs}),
        effects=tuple(e for e in case.effects if e.measure != last),
        pyramid=replace(case.pyramid, barriers_first=tuple(b for b in case.pyramid.barriers_first if b != last)),
    )


def _resolved(case: Case) -> Case:
    """The measures that effects and gates select; those that select none are left out."""

    def chosen(where: FrozenDict[str, tuple[str, ...]]) -> tuple[str, ...]:
        return tuple(m.id for m in case.measures.values() if fits(case, m, where))

    effects: list[Any] = []
    for e in case.effects:
        if isinstance(e, RaisePrivateShare):
            e = replace(e, measures=chosen(e.where))
        if isinstance(e, ShareTax):
            e = replace(e, parks=tuple(p for p in chosen(e.where) if _abroad(case, p)))
        if not isinstance(e, ShareTax) or e.parks:
            effects.append(e)
    gates = []
    for g in (g for g in case.gates if chosen(g.where)):  # drawn as a share of what the city should have
        city = case.measures[chosen(g.where)[0]].cities[0]
        standard = _standard(case, g.indicator, city, case.period_ids[0])
        gates.append(replace(g, measures=chosen(g.where), at_least=(g.at_least or 0.0) * standard))
    return replace(case, effects=tuple(effects), gates=tuple(gates))


def _standard(case: Case, indicator: str, city: str, period: str) -> float:
    """What leaves no gap, in the indicator's own unit."""
    if indicator in case.services:
        return case.services[indicator].per_1000[period]
    thousands = 1000.0 if case.work[indicator].of == "jobs" else 1.0
    return thousands * should_have(case, indicator, city, period) / case.cities[city].population[period]


def _abroad(case: Case, park: str) -> bool:
    origin, host = case.parks[park].origin, case.measures[park].cities[0]
    return origin is not None and case.cities[origin].jurisdiction != case.cities[host].jurisdiction


def _lines(d: WorkDraft, case: Case) -> dict[str, Line]:
    """A line for each side, sometimes one for both: too little money for everything, about enough for something."""
    shared = any(isinstance(e, ShareTax) for e in case.effects)
    sends = {e.from_line for e in case.effects if isinstance(e, AllowTransfer)}
    poor = {e.to_line for e in case.effects if isinstance(e, AllowTransfer)}
    lines = {}
    for name in ("north", "south", "fund")[: 3 if d.chance(70 if case.nobody_worse_off else 15) else 2]:
        where = FrozenDict({"jurisdiction": (name,)})
        whole = name in poor | sends or d.about("tax", "debt", "private", "pyramid")
        any_of_them = name == "fund" or name in poor | sends
        lump = _lump(d, [m for m in case.measures.values() if any_of_them or fits(case, m, where)], whole)
        lends = name != "fund" and not case.nobody_worse_off and (d.about("debt") or d.chance(8))
        first, later = d.pick(0.5, 0.8, 1.0, 1.2, 1.5), [d.pick(0.0, 0.3, 0.6, 1.0, 1.2) for _ in d.ids[1:]]
        if d.about("chain", "land"):
            first = d.pick(1.0, 1.2)
        elif name in poor:
            first, later = d.pick(0.0, 0.3, 0.6), [d.pick(0.0, 0.3) for _ in later]
        elif name in sends:
            first, later = d.pick(1.0, 1.2, 1.5), [d.pick(0.6, 1.0, 1.2) for _ in later]
        elif lends:
            first, later = d.pick(0.2, 0.5, 0.7), [d.pick(1.0, 1.5, 2.0) for _ in later]
        elif d.about("private", "pyramid") and not d.about("tax"):
            first, later = d.pick(0.6, 0.8, 0.9), [d.pick(0.0, 0.0, 0.6) for _ in later]
        elif d.about("tax"):
            first, later = d.pick(1.0, 1.2) if name == "south" else d.pick(0.0, 0.3), [d.pick(0.0, 0.3, 0.6) for _ in later]
        if name == "north" and d.about("tax") and len(later) == 2:
            first, later = 0.0, [0.0, d.pick(0.2, 0.4)]
        amount = {t: round(10 * lump * share) / 10 for t, share in zip(d.ids, (first, *later), strict=True)}
        limit = {t: round(10 * lump * d.pick(0.4, 0.8, 1.0)) / 10 for t in d.ids[:-1]} | {d.ids[-1]: 0.0}
        least = float(not case.nobody_worse_off and amount[d.ids[0]] >= 1 and d.chance(2))
        lines[name] = Line(
            id=name, holder=name, pays_for=_pays_for(case, name), cost="all", carry_over=d.chance(60),
            at_most_share=d.pick(0.4, 0.6) if name not in sends and d.chance(5) else 1.0, amount=FrozenDict(amount),
            minimum=FrozenDict({t: least * (t == d.ids[0]) for t in d.ids}),
            gets_tax=name != "fund" and (shared or d.about("tax") or d.chance(50)),
            borrowing=Borrowing(limit=FrozenDict(limit), interest=d.pick(0.0, 0.02, 0.05)) if lends else None,
        )  # fmt: skip
    return lines


def _pays_for(case: Case, name: str) -> tuple[FrozenDict[str, tuple[str, ...]], ...]:
    """A side pays for its own; one that has nothing of its own for the first measure."""
    where = FrozenDict({"jurisdiction": (name,)})
    if name == "fund":
        return ()
    own = any(fits(case, m, where) for m in case.measures.values())
    return (where if own else FrozenDict({"id": (next(iter(case.measures)),)}),)


def _lump(d: WorkDraft, measures: list[Measure], dearest: bool) -> float:
    """The public cost of one of the measures, the dearest if so asked, or of all of them."""
    costs = [((1 - m.private_share) * m.capital_cost + 5 * m.running_cost) * m.max_starts for m in measures]
    costs = [x for x in costs if x > 0] or [1.0]
    every = d.about("chain", "same") or d.chance(10 if dearest else 30)
    return float(sum(costs) if every else max(costs) if dearest else d.pick(*costs))


def _payable(case: Case) -> Case:
    """A decided measure that no lines together may pay for is an error in a case: it becomes a candidate."""
    out = dict(case.measures)
    for m in case.measures.values():
        asked = [k for k, owed in (("capital", m.capital_cost), ("running", m.running_cost)) if owed]
        shares = [sum(x.at_most_share for x in case.lines.values() if eligible(case, m, x, k)) for k in asked]
        if m.status == "decided" and any(x < 1 for x in shares):
            out[m.id] = replace(m, status="candidate", start_period=None)
    return refilled(replace(case, measures=FrozenDict(out)))


def _goals(d: WorkDraft, case: Case) -> tuple[Goal, ...]:
    first: dict[str, float] = d.pick({"gaps": 1.0}, {"gaps": 1.0}, {"gaps": 1.0, "worst_city": 0.5}, {"worst_city": 1.0})
    if d.about("chain", "transfer") and d.chance(70):
        first = {"gaps": 1.0}
    if case.airsheds and d.chance(80 if d.about("closure") else 50):
        first = d.pick({"emissions": 1.0}, {"gaps": 1.0, "emissions": 0.02}, {"gaps": 1.0, "emissions": 0.005})
        first = {"gaps": 1.0} if case.nobody_worse_off else first
    later: list[dict[str, float]] = [{"spending": 1.0}, {"spending": 1.0}, {"starts": 1.0}, {"gaps": 1.0}, {"benefit": 1.0}]
    if case.airsheds:
        later += [{"emissions": 1.0}, {"emissions": 1.0}]
    chosen = [first, *(d.pick(*later) for _ in range(d.pick(0, 1)))]
    if "spending" not in chosen[-1] and d.chance(70):
        chosen.append({"spending": 1.0})
    if not any({"gaps", "worst_city"}.intersection(g) for g in chosen):
        chosen.insert(1, {"gaps": 1.0})
    return tuple(_goal(d, case, parts, f"goal-{k + 1}") for k, parts in enumerate(chosen))


def _goal(d: WorkDraft, case: Case, parts: dict[str, float], name: str) -> Goal:
    of_gaps = bool({"gaps", "worst_city"}.intersection(parts))
    weights = {i: float(d.pick(1, 1, 1, 2, 0)) if of_gaps else 1.0 for i in case.indicators}
    weights = {i: w for i, w in weights.items() if w} or dict.fromkeys(case.indicators, 1.0)
    where: dict[str, tuple[str, ...]] = {}
    if of_gaps and d.chance(20):
        where = d.pick({"id": ("b",)}, {"jurisdiction": ("south",)}, {"tier": (case.cities["b"].tier,)})
    cities = tuple(c.id for c in case.cities.values() if all(getattr(c, k) in v for k, v in where.items()))
    shaped = of_gaps and d.chance(15)
    return Goal(
        name=name, parts=FrozenDict(parts), weights=FrozenDict(weights),
        weigh_by=d.pick("population", "population", "equally", "jobs") if of_gaps else "population",
        period_weights=FrozenDict(dict(zip(d.ids, (1.0, 0.5, 0.25), strict=False))) if shaped else None,
        tolerance=d.pick(1e-4, 1e-4, 0.01), discounted="spending" in parts and d.chance(50), where=FrozenDict(where),
        cities=cities,
    )  # fmt: skip


def _targets(d: WorkDraft, case: Case) -> tuple[Target, ...]:
    """Sometimes so many jobs per 1,000 people, or so much output a head, in one city."""
    if not d.chance(8):
        return ()
    indicator, by = d.pick(*case.work), d.pick(*d.ids)
    city = d.pick(*case.work[indicator].cities)
    place = case.cities[city]
    standard = _standard(case, indicator, city, by)
    if standard <= 0:
        return ()
    now = 1000 * (place.jobs or 0.0) if case.work[indicator].of == "jobs" else place.gdp or 0.0
    least = max(0.0, min(1.0, d.pick(0.1, 0.3) + now / place.population[by] / standard)) * standard
    return (
        Target(
            id="target",
            indicator=indicator,
            where=FrozenDict({"id": (city,)}),
            cities=(city,),
            by=by,
            periods=d.ids[d.ids.index(by) :],
            at_least=least,
        ),
    )


def _rules(d: WorkDraft, case: Case) -> tuple[Rule, ...]:
    if not d.chance(30):
        return ()
    of = d.pick("jobs", "jobs", "land", "spending", "units")
    city = case.measures[next(p for p in case.parks)].cities[0]
    where = FrozenDict(d.pick({"kind": ("park",)}, {"kind": ("park",), "city": (city,)}))
    chosen = tuple(m.id for m in case.measures.values() if fits(case, m, where))
    periods, sense = d.pick(d.ids, d.ids[:1], d.ids[-1:]), d.pick("at_most", "at_most", "at_most", "at_least")
    limit = {"jobs": 1000.0 * d.pick(1, 1.5, 2), "land": float(d.pick(1, 2)), "spending": float(d.pick(2, 4))}.get(of, 1.0)
    every = FrozenDict({"kind": ("park",)})
    if of in ("jobs", "land") and d.chance(30):
        all_parks = tuple(m.id for m in case.measures.values() if fits(case, m, every))
        return (
            Rule(
                id="rule",
                of=of,
                where=where,
                measures=chosen,
                periods=periods,
                **{sense: d.pick(0.4, 0.6)},
                share_of=every,
                share_of_measures=all_parks,
            ),
        )
    return (Rule(id="rule", of=of, where=where, measures=chosen, periods=periods, **{sense: limit}),)
