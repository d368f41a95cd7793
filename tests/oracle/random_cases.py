"""Random tiny cases, built from the nouns: few cities, few measures, round numbers, every feature now and then.

A case is made from a number, so that a report can name it (`case_of(4711)`); hypothesis draws the numbers.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from planner.case import (
    TODAY,
    Access,
    Capacity,
    Case,
    City,
    FrozenDict,
    Goal,
    Line,
    Link,
    Measure,
    Mode,
    Money,
    Period,
    Rule,
    Service,
    Target,
)

from .calendar_years import refilled
from .choices import count_choices
from .fair_goals import with_fairness
from .random_measures import draw_measures
from .selections import eligible, fits
from .without import one_split_only

SPANS = (
    ((2026, 2030),),
    ((2026, 2030), (2031, 2035)),
    ((2026, 2028), (2029, 2035)),
    ((2026, 2031), (2032, 2033)),
)
THEMES = ("knapsack", "network", "network", "service", "service", "sharing", "mixed")  # what a case is mostly about
LACKING = (0.05, 0.2, 0.4, 0.55, 0.7, 0.85)  # of its need, what a city of an uneven case has of a service
MOST_CHOICES = 300


@dataclass
class Draft:
    """A case in the making, with the ways to draw."""

    chosen: random.Random
    theme: str = "mixed"
    periods: tuple[Period, ...] = ()
    cities: dict[str, City] = field(default_factory=dict)
    modes: dict[str, Mode] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)
    capacity: dict[tuple[str, str], Capacity] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    effects: list[Any] = field(default_factory=list)

    def pick(self, *options: Any) -> Any:
        """One of the options."""
        return self.chosen.choice(options)

    def chance(self, percent: int) -> bool:
        """True in about so many of a hundred cases."""
        return self.chosen.random() < percent / 100

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the periods."""
        return tuple(p.id for p in self.periods)


def cases() -> st.SearchStrategy[Case]:
    """Random tiny cases."""
    return st.integers(0, 10**9).map(case_of)


def case_of(number: int, theme: str = "") -> Case:
    """The random case of a number; its theme is drawn, too, where none is said.

    Of the theme `uneven`, which is never drawn, every city lacks another part of two services, and facilities are dear.
    """
    d = Draft(random.Random(number))
    d.theme = theme or d.pick(*THEMES)
    d.periods = tuple(Period(str(b), a, b) for a, b in d.pick(*SPANS, *SPANS[1:]))
    _cities(d)
    _roads(d)
    _services(d)
    draw_measures(d)
    access = _access(d)
    trips = {(a, b): float(d.pick(0, 1, 3, 5)) for a in d.cities for b in d.cities if a != b} if d.chance(40) else {}
    if sum(trips.values()) == 0 or any(sum(x for (a, _), x in trips.items() if a == c) == 0 for c in d.cities):
        trips = {}
    money = Money(unit="bn", prices=2025, discount_rate=d.pick(0.0, 0.05, 0.1))
    case = Case(
        name=f"random-{number}", title="Random", scenario="base", money=money, periods=d.periods,
        people=("old",), modes=FrozenDict(d.modes), services=FrozenDict(d.services), access=FrozenDict(access),
        cities=FrozenDict(d.cities), capacity=FrozenDict(d.capacity), links=FrozenDict(d.links),
        measures=FrozenDict(d.measures), norms=FrozenDict(), effects=tuple(d.effects), lines=FrozenDict(),
        trips=FrozenDict(trips), targets=(), rules=(), no_city_loses=False, goals=(), scenarios=FrozenDict(),
        assumptions=(),
    )  # fmt: skip
    case = refilled(_small_enough(case))
    case = replace(case, lines=FrozenDict(_lines(d, case)))
    case = replace(case, measures=FrozenDict(_payers(d, case)))
    case = _payable(case)
    promise = d.chance(85 if d.theme == "sharing" else 40)
    case = replace(case, goals=_goals(d, case, promise), targets=_targets(d, case), rules=_rules(d, case))
    return with_fairness(replace(case, no_city_loses=promise and one_split_only(case)), number)


def _small_enough(case: Case) -> Case:
    """The last measures are taken out until few enough choices are left."""
    case = refilled(case)
    while count_choices(case) > MOST_CHOICES:
        last = list(case.measures)[-1]
        case = replace(
            case,
            measures=FrozenDict(
                {
                    k: replace(m, requires=tuple(b for b in m.requires if b != last))
                    for k, m in case.measures.items()
                    if k != last
                }
            ),
            links=FrozenDict({k: x for k, x in case.links.items() if last not in x.needs}),
            effects=tuple(e for e in case.effects if e.measure != last),
        )
    return case


def _cities(d: Draft) -> None:
    for k, name in enumerate("abcd"[: 3 if d.theme == "sharing" else d.pick(2, 3, 3, 4)]):
        heads = {TODAY: 1000.0 * d.pick(10, 20, 40, 60, 90)}
        for p in d.ids:
            heads[p] = round(heads[TODAY] * d.pick(1.0, 1.0, 1.25, 0.9))
        side = ("north", "south", "north" if d.theme == "sharing" else d.pick("north", "south"))[min(k, 2)]
        d.cities[name] = City(
            id=name, name=name.upper(), name_zh="", jurisdiction=side,
            tier="core" if k == 0 else d.pick("small", "small", "secondary") if k > 1 else "small",
            lat=40.0 + k, lon=115.0, area_km2=float(d.pick(10, 20, 50)), gdp=float(d.pick(1, 2, 8)),
            jobs=1000.0 * d.pick(5, 10, 20), skilled=None, land_quota_km2=None, airshed=None, jobs_target=None,
            population=FrozenDict(heads),
            people=FrozenDict({"old": FrozenDict({p: x / 5 for p, x in heads.items()})}),
        )  # fmt: skip


def _roads(d: Draft) -> None:
    d.modes["road"] = Mode(id="road", boarding_minutes=float(d.pick(0, 0, 3)), border_minutes=float(d.pick(0, 10, 20)))
    d.modes["rail"] = Mode(id="rail", boarding_minutes=float(d.pick(6, 10, 15)), border_minutes=0.0)
    names = list(d.cities)
    for a, b in pairwise(names):
        if d.chance(93) or b == names[-1]:
            mode = "rail" if d.chance(10) else "road"
            minutes = float(d.pick(10, 20, 30, 45))
            d.links[f"{a}{b}"] = Link(
                id=f"{a}{b}", from_city=a, to_city=b, mode=mode, minutes=minutes, km=None, oneway=d.chance(12), needs=()
            )
    if len(names) > 2 and d.chance(100 if d.theme == "sharing" else 40):
        d.links["ac"] = Link(
            id="ac",
            from_city=names[0],
            to_city=names[2],
            mode="road",
            minutes=float(d.pick(15, 35, 70)),
            km=None,
            oneway=False,
            needs=(),
        )


def _services(d: Draft) -> None:
    most = {
        "network": d.pick(0, 0, 1),
        "knapsack": 1,
        "service": d.pick(1, 1, 2),
        "sharing": 1,
        "mixed": d.pick(0, 1, 1),
        "uneven": 2,
    }
    for name in ("clinic", "school")[: most[d.theme]]:
        first = float(d.pick(1, 2, 4))
        across = d.pick("always", "never", "by_policy", "by_policy", "by_policy")
        per_1000 = zip(d.ids, (first, first * d.pick(1, 1, 1.5)), strict=False)
        d.services[name] = Service(
            id=name, unit="posts", per_1000=FrozenDict(dict(per_1000)), of=d.pick("population", "population", "old"),
            catchment_minutes=None if d.chance(15) and d.theme != "sharing" else float(d.pick(30, 45, 60, 90)),
            across_borders="by_policy" if d.theme == "sharing" else across,
            shares=d.pick("spare", "spare", "all"),
        )  # fmt: skip
        _stock(d, d.services[name])


def _stock(d: Draft, s: Service) -> None:
    """Half of the cities are short; in the theme `sharing` the first has what the third lacks."""
    for k, city in enumerate(d.cities.values()):
        need = city.heads(s.of, d.ids[0]) * s.per_1000[d.ids[0]] / 1000
        uneven = d.theme == "uneven"
        share = (
            (3.0, 0.25, 0.5)[k]
            if d.theme == "sharing"
            else d.pick(*(LACKING if uneven else (0.0, 0.25, 0.5, 1.0, 1.5, 2.0)))
        )
        base = round(need * share, 1)
        grown = {TODAY: base, **{p: round(base * d.pick(1.0, 1.0, 1.0, 0.8), 1) for p in d.ids}}
        unknown = d.chance(4)
        outsiders = d.pick(0.2, 0.5) if d.chance(20) else 0.0
        d.capacity[city.id, s.id] = Capacity(
            city=city.id, service=s.id, amount=None if unknown else FrozenDict(grown), outsiders=outsiders
        )


def _access(d: Draft) -> dict[str, Access]:
    out: dict[str, Access] = {}
    for k in range(d.pick(1, 2) if not d.services else d.pick(1, 1, 2) if d.theme == "network" else d.pick(0, 0, 1)):
        kind = d.pick("nearest", "nearest", "all", "reach")
        offers = d.pick(*d.services) if kind == "nearest" and d.services and d.chance(60) else None
        small = tuple(c.id for c in d.cities.values() if c.tier == "small")
        every = tuple(d.cities)
        origins, from_where = (small, {"tier": ("small",)}) if d.chance(40) else (every, {})
        to, to_where = (("a",), {"tier": ("core",)}) if kind == "nearest" or d.chance(20) else (every, {})
        if offers:
            to, to_where = (), {}
        standard = float(d.pick(5, 10, 20, 30))
        name = f"{kind}-{k}"
        out[name] = Access(
            id=name, kind=kind, origins=origins, destinations=to, offers=offers,
            modes=d.pick(("road", "rail"), ("road", "rail"), ("road",), ("rail",)), standard_minutes=standard,
            worst_minutes=None if kind == "reach" else standard + d.pick(40, 80, 120),
            weight=d.pick("population", "gdp", "jobs", "equally"),
            target=d.pick(0.5, 0.8, 1.0) if kind == "reach" else None,
            from_where=FrozenDict(from_where), to_where=FrozenDict(to_where),
        )  # fmt: skip
    return out


def _lines(d: Draft, case: Case) -> dict[str, Line]:
    """One to three lines that together hold about half of what everything costs."""
    total = sum((m.capital_cost + 3 * m.running_cost) * m.units for m in case.measures.values()) + 1
    shapes = [
        ("north", ({"jurisdiction": ("north",)},)),
        ("south", ({"jurisdiction": ("south",)},)),
        ("centre", d.pick((), (), ({"kind": ("link",)}, {"kind": ("facility",), "tier": ("small",)}))),
    ]
    lines = {}
    for name, where in shapes[d.pick(0, 0, 1, 2) :]:
        first = float(round(total * d.pick(0.1, 0.25, 0.4, 0.6, 0.8)))
        later = d.pick(0.0, first, first, float(round(total / 3)))
        one_kind = name == "centre" and len(lines) > 0 and d.chance(30)
        lines[name] = Line(
            id=name, holder=name, pays_for=tuple(FrozenDict(w) for w in where),
            cost=d.pick("capital", "running") if one_kind else "all", carry_over=d.chance(50),
            at_most_share=d.pick(0.3, 0.5, 0.75) if d.chance(25) else 1.0,
            amount=FrozenDict(dict(zip(d.ids, (first, later), strict=False))),
            minimum=FrozenDict({p: float(k == 0 and first >= 1 and d.chance(8)) for k, p in enumerate(d.ids)}),
        )  # fmt: skip
    return lines


def _payers(d: Draft, case: Case) -> dict[str, Measure]:
    out = dict(case.measures)
    whole = [k for k, x in case.lines.items() if x.cost == "all"]
    for m in case.measures.values():
        if whole and d.chance(12):
            shares = {whole[0]: 1.0} if len(whole) == 1 else {whole[0]: 0.5, whole[-1]: 0.5}
            out[m.id] = replace(m, payers=FrozenDict(shares))
    return out


def _payable(case: Case) -> Case:
    """A decided measure that no lines together may pay for is an error in a case: it becomes a candidate."""
    short = set()
    for m in case.measures.values():
        asked = [k for k, owed in (("capital", m.capital_cost), ("running", m.running_cost)) if owed]
        shares = [sum(x.at_most_share for x in case.lines.values() if eligible(case, m, x, k)) for k in asked]
        if m.status == "decided" and not m.payers and any(x < 1 for x in shares):
            short |= {x.id for x in case.measures.values() if x.id == m.id or (m.together and x.together == m.together)}
    out = {k: replace(m, status="candidate", start_period=None) if k in short else m for k, m in case.measures.items()}
    return refilled(replace(case, measures=FrozenDict(out)))


def _goals(d: Draft, case: Case, promise: bool) -> tuple[Goal, ...]:
    firsts: list[dict[str, float]] = [
        {"gaps": 1.0}, {"gaps": 1.0}, {"gaps": 1.0, "worst_city": 0.5}, {"worst_city": 1.0},
        {"gaps": 1.0, "spending": 0.001},
    ]  # fmt: skip
    first = {"benefit": 1.0} if d.theme == "knapsack" and d.chance(75) else d.pick(*firsts)
    later = [
        {"spending": 1.0},
        {"spending": 1.0},
        {"starts": 1.0},
        {"worst_city": 1.0},
        {"gaps": 1.0},
        {"benefit": 1.0},
    ]
    chosen = [first, *(d.pick(*later) for _ in range(d.pick(0, 1, 2)))]
    return tuple(replace(_goal(d, case, parts, promise), name=f"goal-{k + 1}") for k, parts in enumerate(chosen))


def _goal(d: Draft, case: Case, parts: dict[str, float], promise: bool) -> Goal:
    of_gaps = bool({"gaps", "worst_city"}.intersection(parts))
    weights = {i: 1.0 if promise or not of_gaps else float(d.pick(1, 1, 2, 0)) for i in case.indicators}
    weights = {i: w for i, w in weights.items() if w} or dict.fromkeys(case.indicators, 1.0)
    columns = ["population", "population", "equally", "gdp", "old", *(["trips"] if case.trips else [])]
    columns = ["equally", "gdp"] if d.theme == "sharing" and d.chance(80) else columns
    shaped = len(d.ids) > 1 and (of_gaps or "benefit" in parts) and d.chance(25)
    return Goal(
        name="+".join(parts), parts=FrozenDict(parts), weights=FrozenDict(weights),
        weigh_by=d.pick(*columns) if of_gaps else "population",
        period_weights=FrozenDict(dict(zip(d.ids, (1.0, 0.5), strict=False))) if shaped else None,
        tolerance=d.pick(1e-4, 1e-4, 0.01, 0.2), discounted="spending" in parts and d.chance(50),
        where=FrozenDict(), cities=tuple(case.cities),
    )  # fmt: skip


def _targets(d: Draft, case: Case) -> tuple[Target, ...]:
    if not d.chance(20):
        return ()
    indicator, city, by = d.pick(*case.indicators), d.pick(*case.cities), d.pick(*case.period_ids)
    gap = d.pick(0.25, 0.5, 0.75, 0.75)
    least = most = None
    if indicator in case.services:
        least = case.services[indicator].per_1000[by] * (1 - gap)
    else:
        a = case.access[indicator]
        if a.kind == "reach":
            least = 100 * (a.target or 0) * (1 - gap)
        else:
            most = a.standard_minutes + gap * ((a.worst_minutes or 0) - a.standard_minutes)
    periods = case.period_ids[case.period_ids.index(by) :]
    where = FrozenDict({"id": (city,)})
    return (
        Target(
            id="target",
            indicator=indicator,
            where=where,
            cities=(city,),
            by=by,
            periods=periods,
            at_least=least,
            at_most=most,
        ),
    )


def _rules(d: Draft, case: Case) -> tuple[Rule, ...]:
    if not d.chance(40):
        return ()
    m = d.pick(*case.measures.values())
    where = d.pick({"kind": (m.kind,)}, {"status": (m.status,)}, {"id": (m.id,)})
    chosen = tuple(x.id for x in case.measures.values() if fits(case, x, FrozenDict(where)))
    of = d.pick("spending", "spending", "count", "units")
    sense = d.pick("at_least", "at_most", "at_most")
    if of == "count" and any(x.divisible for x in case.measures.values()):
        of = "units"
    periods = d.pick(case.period_ids, case.period_ids[:1])
    shared = d.chance(40)
    limit = d.pick(0.25, 0.5) if shared else float(d.pick(1, 1, 2) if of != "spending" else d.pick(2, 4, 6))
    every = tuple(case.measures)
    return (
        Rule(
            id="rule",
            of=of,
            where=FrozenDict(where),
            measures=chosen,
            periods=periods,
            **{sense: limit},
            share_of=FrozenDict() if shared else None,
            share_of_measures=every if shared else None,
        ),
    )
