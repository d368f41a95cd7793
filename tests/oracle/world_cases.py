"""A third family of random tiny cases: those of the other two, each with some of what came later drawn onto it.

Every feature is drawn by itself, from the case's number and the feature's name: so a new feature changes no case in which it
is not, and the cases of the other two families stay as they are.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import combinations

from planner.case import (
    After,
    BoardingMinutes,
    BorderMinutes,
    BorderPair,
    Borders,
    Case,
    City,
    Crowding,
    Effect,
    FrozenDict,
    Goal,
    Line,
    Mode,
    OpenService,
    Relocate,
    Reserve,
    Rule,
    Service,
    Settle,
)

from .calendar_years import refilled
from .choices import without_plan
from .goals import OF_GAPS
from .random_cases import case_of
from .remainder import remainder
from .selections import fits
from .without import one_split_only
from .work_cases import work_case_of

THEMES = ("work", "uneven", "sharing", "uneven", "")  # of the cases, one after the other; the empty one is drawn


def world_case_of(number: int) -> Case:
    """The random case of a number."""
    theme = THEMES[number % len(THEMES)]
    case = work_case_of(number) if theme == "work" else case_of(number, theme)
    for name, draw in DRAWN.items():
        case = draw(case, random.Random(f"{name} {number}"))
    return replace(case, no_city_loses=case.no_city_loses and one_split_only(case))


def _curves(case: Case, chosen: random.Random) -> Case:
    """Most goals about gaps have a curve, of few or many pieces."""

    def bent(goal: Goal) -> Goal:
        if not set(OF_GAPS).intersection(goal.parts) or chosen.random() > 0.75:
            return goal
        return replace(goal, curve=chosen.choice((1.5, 2.0, 2.0, 3.0)), pieces=chosen.choice((2, 3, 4, 8)))

    return replace(case, goals=tuple(map(bent, case.goals)))


def _borders(case: Case, chosen: random.Random) -> Case:
    """Most of the cases with two sides have borders by pair, on any mode; not all pairs are named."""
    sides = case.jurisdictions
    if len(sides) < 2 or chosen.random() > 0.75:
        return case
    pairs = [pair for pair in combinations(sides, 2) if chosen.random() < 0.8]

    def apart(mode: Mode) -> Mode:
        found = tuple(BorderPair(between=pair, minutes=float(chosen.choice((0, 10, 25, 40)))) for pair in pairs)
        borders = Borders(default=float(chosen.choice((0, 0, 10))), pairs=found)
        return replace(mode, border_minutes=borders) if found and chosen.random() < 0.7 else mode

    return replace(case, modes=FrozenDict({name: apart(mode) for name, mode in case.modes.items()}))


def _reality(case: Case, chosen: random.Random) -> Case:
    """Most of the cases say of their measures how real they are; a rule, lines or both ask for it."""
    if chosen.random() > 0.65:
        return case
    real = {a: chosen.choice(("under_way", "published", "hypothetical", "hypothetical", None)) for a in case.measures}
    measures = FrozenDict({a: replace(m, reality=real[a]) for a, m in case.measures.items()})
    case = replace(case, measures=measures)
    if chosen.random() < 0.7:
        where = FrozenDict({"reality": ("hypothetical",)})
        rule = Rule(
            id="hypothetical", of="spending", where=where, at_most=chosen.choice((0.0, 0.2, 0.4)), share_of=FrozenDict(),
            measures=tuple(a for a, m in measures.items() if fits(case, m, where)), periods=case.period_ids,
            share_of_measures=tuple(measures),
        )  # fmt: skip
        case = replace(case, rules=(*case.rules, rule))
    if chosen.random() < 0.6 and not any(m.status == "decided" for m in measures.values()):
        chary = list(case.lines) if chosen.random() < 0.7 else [chosen.choice(list(case.lines))]
        where = (FrozenDict({"reality": ("under_way", "published")}),)
        lines = {x: replace(line, pays_for=where) if x in chary else line for x, line in case.lines.items()}
        case = replace(case, lines=FrozenDict(lines))
    return case


def _services(case: Case, chosen: random.Random) -> Case:
    """Half of the services count less where they are met elsewhere, or keep more than a city's own people need."""

    def changed(service: Service) -> Service:
        if chosen.random() < 0.5:
            service = replace(service, away_counts=chosen.choice((0.0, 0.4, 0.8)))
        if service.shares == "spare" and chosen.random() < 0.5:
            service = replace(service, keeps=chosen.choice((1.5, 2.0, 2.5)))
        return service

    return replace(case, services=FrozenDict({s: changed(x) for s, x in case.services.items()}))


def _prices(case: Case, chosen: random.Random) -> Case:
    """Most of the cases with two sides have prices: of a service, of openings, of both; one line of a side may pay alone."""
    holders = {line.holder for line in case.lines.values() if line.cost != "capital" and not line.pays_for}
    sides, spend = set(case.jurisdictions), [line.amount[t] for line in case.lines.values() for t in case.period_ids]
    if len(sides) < 2 or chosen.random() > 0.85:
        return case
    need = max((case.need(s, i, t) for s in case.services for i in case.cities for t in case.period_ids), default=0.0)
    years = max(p.years for p in case.periods)
    dear = max(spend, default=1.0) / max(1.0, need * years)  # a unit of use, so that all need about uses all money up
    asked = (0.0, 0.05 * dear, 0.3 * dear, dear, 3.0 * dear)
    lines, missing = dict(case.lines), [side for side in case.jurisdictions if side not in holders]
    for n, side in enumerate(missing):
        money = FrozenDict({t: chosen.choice((0.0, 0.3, 1.0)) * max(spend, default=1.0) for t in case.period_ids})
        lines[f"use{n}"] = Line(
            id=f"use{n}", holder=side, amount=money, minimum=FrozenDict(dict.fromkeys(case.period_ids, 0.0)),
            pays_for=(FrozenDict({"id": ("nothing",)}),), pays_use=True, carry_over=chosen.random() < 0.3,
        )  # fmt: skip
    services = {
        s: replace(x, price=chosen.choice(asked) or None) if x.across_borders != "never" else x
        for s, x in case.services.items()
    }

    def priced(effect: Effect) -> Effect:
        own = isinstance(effect, OpenService) and chosen.random() < 0.5
        return replace(effect, price=chosen.choice(asked)) if own else effect  # type: ignore[call-arg]

    effects, in_force = (tuple(map(priced, some)) for some in (case.effects, case.in_force))
    return replace(
        case, lines=FrozenDict(lines), services=FrozenDict(services), effects=_one_price(effects),
        in_force=_one_price(in_force),
    )  # fmt: skip


def _one_price(effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
    """What a measure opens twice has one price, as a case must say it."""
    first: dict[str, float | None] = {}
    return tuple(
        replace(e, price=first.setdefault(e.measure, e.price)) if isinstance(e, OpenService) else e for e in effects
    )


def _levels(case: Case, chosen: random.Random) -> Case:
    """Of services that nobody uses elsewhere without the plan, so that levels are certain, most may not fall.

    In most of the cases with two sides a measure that costs little opens one of them across the border, for nothing.
    """
    r = remainder(case, without_plan(case))
    used = {s for s, i, j, _ in r.flows if i != j}
    kept = tuple(s for s in case.services if s not in used and chosen.random() < 0.8)
    shut = [s for s in kept if case.services[s].across_borders == "by_policy"]
    whole = [m.id for m in case.measures.values() if m.units == 1 and not m.divisible and m.status == "candidate"]
    sides = case.jurisdictions[:2]
    if shut and whole and len(sides) == 2 and chosen.random() < 0.9:
        a, s = chosen.choice(whole), chosen.choice(shut)
        right = OpenService(measure=a, services=(s,), people_of=sides, at=sides, minutes=300.0, price=0.0)
        others = (replace(e, price=0.0) if isinstance(e, OpenService) and e.measure == a else e for e in case.effects)
        cheap = replace(case.measures[a], capital_cost=0.2 * case.measures[a].capital_cost, running_cost=0.0)
        plain = replace(case.services[s], keeps=None, away_counts=chosen.choice((None, None, 0.8)))
        case = replace(
            case, effects=(*others, right), measures=FrozenDict({**case.measures, a: cheap}),
            services=FrozenDict({**case.services, s: plain}),
        )  # fmt: skip
        case = refilled(_with_more(case, chosen.choice(list(case.cities)), s, chosen.choice((1.5, 2.0, 3.0))))
    return replace(case, no_level_falls=kept)


def _with_more(case: Case, city: str, service: str, times: float) -> Case:
    """The case in which a city has so many times what it needs of a service, if it is known what it has."""
    stock = case.capacity[city, service]
    if stock.amount is None:
        return case
    amount = {t: max(there, times * case.need(service, city, t) if t in case.period_ids else there)
              for t, there in stock.amount.items()}  # fmt: skip
    capacity = {**case.capacity, (city, service): replace(stock, amount=FrozenDict(amount))}
    return replace(case, capacity=FrozenDict(capacity))


def _moves(case: Case, chosen: random.Random) -> Case:
    """Most of the cases with two cities move people, jobs or capacity, by a relocation or by settling; some are crowded."""
    cities = list(case.cities.values())
    if len(cities) < 2 or chosen.random() > 0.85:
        return case
    left, to = chosen.sample(cities, 2)
    case = _crowded(case, left.id, chosen) if chosen.random() < 0.6 else case
    free = [m for m in case.measures.values() if m.status == "candidate" and not m.divisible and not m.together]
    plain = [m for m in free if m.kind in ("facility", "policy") and not any(True for _ in case.effects_of(m.id))]
    if plain and chosen.random() < 0.7:
        m = chosen.choice(plain)
        people = _at_most(case, left, to) * chosen.choice((0.3, 0.6, 1.0)) / m.units
        jobs = min(0.3 * (left.jobs or 0.0), 5000.0) / m.units * chosen.choice((0.0, 1.0))
        capacity = {s: amount / m.units for s in case.services if (amount := _stock(case, left.id, to.id, s, chosen)) > 0}
        moving = replace(
            m, kind="relocation", service=None, capacity=0.0, cities=(to.id,), from_city=left.id, signed_by=(), level=None,
            jurisdictions=(to.jurisdiction,), tiers=(to.tier,),
        )  # fmt: skip
        effect = Relocate(measure=m.id, people=people, jobs=jobs, capacity=FrozenDict(capacity))
        case = replace(case, measures=FrozenDict({**case.measures, m.id: moving}), effects=(*case.effects, effect))
        case = _with_reserves_selected(case)  # of which some may be about the kind that the measure was
    else:
        whole = [m for m in free if m.units == 1]
        if not whole:
            return case
        most, gives = _at_most(case, left, to), tuple(s for s in case.services if chosen.random() < 0.6)
        part = chosen.choice((0.0, 0.4, 0.8)) if gives else 1.0
        settle = Settle(
            measure=chosen.choice(whole).id, from_city=left.id, to_city=to.id, people=part * most,
            entitled=(1 - part) * most, gives=gives if part < 1 else (),
        )  # fmt: skip
        case = replace(case, effects=(*case.effects, settle))
    if chosen.random() < 0.3:
        housing = 0.6 * _at_most(case, left, to)
        case = replace(case, cities=FrozenDict({**case.cities, to.id: replace(case.cities[to.id], housing=housing)}))
    return case


def _at_most(case: Case, left: City, to: City) -> float:
    """A fifth of the people of the smaller of two cities, in the period in which that is least."""
    return 0.2 * min(city.population[t] for city in (left, to) for t in case.period_ids)


def _stock(case: Case, left: str, to: str, service: str, chosen: random.Random) -> float:
    """Part of what a city has of a service, if both have a known capacity."""
    one, other = (case.capacity[i, service] for i in (left, to))
    if one.amount is None or other.amount is None:
        return 0.0
    there = min(one.amount[t] for t in case.period_ids) * (1 - one.outsiders)
    return there * chosen.choice((0.0, 0.3, 0.7, 1.0))


def _crowded(case: Case, city: str, chosen: random.Random) -> Case:
    """The case in which a city is meant to hold other people than it has, with an indicator that counts in every goal."""
    place = case.cities[city]
    most = 1.2 * max(place.population[t] for t in case.period_ids)
    meant = chosen.choice((0.7, 0.8, 0.95)) * most / 1.2
    cities = FrozenDict({**case.cities, city: replace(place, meant_for=meant)})
    crowd = Crowding(id="crowd", worst=most / meant + chosen.choice((0.0, 0.3)), cities=(city,))
    goals = tuple(
        replace(g, weights=FrozenDict({**g.weights, "crowd": 2.0})) if set(OF_GAPS).intersection(g.parts) else g
        for g in case.goals
    )
    return replace(case, cities=cities, crowding=FrozenDict({"crowd": crowd}), goals=goals)


def _in_force(case: Case, chosen: random.Random) -> Case:
    """Half of the cases have something in force: an easier border, a right, a quicker station."""
    if chosen.random() > 0.6:
        return case
    found: list[Effect] = []
    sides = case.jurisdictions[:2]
    if len(sides) == 2 and chosen.random() < 0.5:
        found.append(BorderMinutes(between=sides, modes=tuple(case.modes)[:1], set_to=float(chosen.choice((0, 5, 15)))))
    shut = tuple(s for s, service in case.services.items() if service.across_borders == "by_policy")
    if len(sides) == 2 and shut and chosen.random() < 0.7:
        minutes = chosen.choice((None, None, 60.0))
        found.append(OpenService(services=shut[:1], people_of=sides, at=sides[: chosen.choice((1, 2))], minutes=minutes))
    if chosen.random() < 0.3:
        city = chosen.choice(list(case.cities))
        found.append(BoardingMinutes(city=city, modes=("rail",), minus=float(chosen.choice((4, 20)))))
    return replace(case, in_force=tuple(found))


def _with_reserves_selected(case: Case) -> Case:
    """The case with what its lines' reserves select worked out anew."""

    def of(line: Line) -> Line:
        fitting = [tuple(a for a, m in case.measures.items() if fits(case, m, r.where)) for r in line.reserve]
        return replace(line, reserve=tuple(replace(r, measures=f) for r, f in zip(line.reserve, fitting, strict=True)))

    return replace(case, lines=FrozenDict({x: of(line) for x, line in case.lines.items()}))


def _reserves(case: Case, chosen: random.Random) -> Case:
    """In half of the cases lines keep money free: for all, for a kind of measure or of cost, more or less in time."""

    def careful(line: Line) -> Line:
        if chosen.random() < 0.3:
            return line
        found = []
        for _ in range(chosen.choice((1, 1, 2))):
            where = chosen.choice((FrozenDict(), FrozenDict(), FrozenDict({"kind": (chosen.choice(kinds),)})))
            shares = FrozenDict({t: chosen.choice((0.0, 0.1, 0.25, 0.5, 1.0)) for t in case.period_ids})
            fitting = tuple(a for a, m in case.measures.items() if fits(case, m, where))
            cost = chosen.choice(("capital", "all", "running"))
            found.append(Reserve(share=shares, where=where, cost=cost, measures=fitting))
        return replace(line, reserve=tuple(found))

    kinds = sorted({m.kind for m in case.measures.values()})
    if not kinds or chosen.random() > 0.5 or (case.nobody_worse_off and _has_decided(case)):
        return case
    return replace(case, lines=FrozenDict({x: careful(line) for x, line in case.lines.items()}))


def _has_decided(case: Case) -> bool:
    return any(m.status == "decided" for m in case.measures.values())


def _after(case: Case, chosen: random.Random) -> Case:
    """In half of the cases lines limit what they are left with to run."""
    if chosen.random() > 0.5 or (case.nobody_worse_off and _has_decided(case)):
        return case

    def limited(line: Line) -> Line:
        return replace(line, after=After(at_most_share=chosen.choice((0.0, 0.02, 0.05, 0.1, 0.3))))

    lines = {x: limited(line) if chosen.random() < 0.7 else line for x, line in case.lines.items()}
    return replace(case, lines=FrozenDict(lines))


DRAWN: Mapping[str, Callable[[Case, random.Random], Case]] = {
    "curve": _curves,
    "borders by pair": _borders,
    "reality": _reality,
    "in force": _in_force,
    "services": _services,
    "prices": _prices,
    "reserves": _reserves,
    "after": _after,
    "levels": _levels,
    "moves": _moves,
}
