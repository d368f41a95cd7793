"""From typed keys and rows to the Case: defaults, norms, calendar, and selections worked out.

Everything named here exists: `references` has seen to that. What can still be wrong is a selection, which needs the
filled cities and measures; it is noted, and stands for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from planner.case import selecting
from planner.case.filling_effects import fill_effects, parks_from_elsewhere
from planner.case.filling_tables import fill_capacity, fill_city, fill_link, fill_measure, fill_norm, fill_park
from planner.case.filling_work import (
    each_period,
    fill_airsheds,
    fill_borrowing,
    fill_chains,
    fill_gate,
    fill_industries,
    fill_pyramid,
    fill_work,
)
from planner.case.nouns import (
    Access,
    Case,
    Edit,
    Goal,
    Line,
    Mode,
    Money,
    Named,
    Period,
    Rule,
    Scenario,
    Service,
    Target,
    frozen,
)
from planner.case.problems import Problems
from planner.case.raw import Path, RawCase, frozen_tree
from planner.case.resolving import Resolver, selection
from planner.case.schema import AccessKeys, CaseFile, GoalKeys, RuleKeys, ScenarioKeys, ServiceKeys, TargetKeys
from planner.case.tables import BOUNDARIES, SOURCES
from planner.case.validating import Contents

OFFERS = "offers"


def fill(contents: Contents, raw: RawCase, scenario: str, problems: Problems) -> Case:
    """The filled case; selections that name nothing are noted.

    Parameters
    ----------
    contents
        Typed keys and rows in which every name exists.
    raw
        The case as read, for places and texts.
    scenario
        Name of the scenario that `contents` has, or "base".
    problems
        Takes what is wrong.
    """
    file = contents.file
    periods = fill_periods(file)
    norms = {n.row.id: fill_norm(n.row) for n in contents.norms}
    cities = {c.row.id: fill_city(c.row, periods, file.people) for c in contents.cities}
    links = {x.row.id: fill_link(x.row) for x in contents.links}
    measures = {m.row.id: fill_measure(m.row, periods, norms, cities, links) for m in contents.measures}
    parks = {p.row.measure: fill_park(p.row) for p in contents.parks}
    resolve = Resolver(
        raw,
        problems,
        contents.broken,
        selecting.facts_of_cities(cities.values()),
        selecting.facts_of_measures(measures.values(), links.values(), parks),
    )
    access = {a: _access(a, keys, file, resolve) for a, keys in file.access.items()}
    indicators = (*access, *file.services, *file.work)
    case = Case(
        name=raw.name,
        title=file.title or raw.name,
        scenario=scenario,
        money=Money(file.money.unit, file.money.prices, file.money.discount_rate),
        periods=periods,
        people=file.people,
        modes=frozen({m: Mode(m, k.boarding_minutes, k.border_minutes, k.name, k.name_zh) for m, k in file.modes.items()}),
        services=frozen({s: _service(s, keys, periods) for s, keys in file.services.items()}),
        access=frozen(access),
        cities=frozen(cities),
        capacity=frozen({(c.row.city, c.row.service): fill_capacity(c.row, periods) for c in contents.capacity}),
        links=frozen(links),
        measures=frozen(measures),
        norms=frozen(norms),
        effects=fill_effects(file, resolve, parks_from_elsewhere(parks, measures, cities)),
        lines=frozen(_lines(contents, periods, resolve)),
        trips=frozen({(t.row.from_city, t.row.to_city): t.row.trips for t in contents.trips}),
        targets=tuple(_target(i, keys, periods, resolve) for i, keys in enumerate(file.targets)),
        rules=tuple(_rule(i, keys, periods, resolve) for i, keys in enumerate(file.rules)),
        no_city_loses=file.no_city_loses,
        goals=_goals(file.goals, indicators, resolve),
        scenarios=frozen({s: _scenario(s, keys) for s, keys in file.scenarios.items()}),
        assumptions=file.assumptions,
        parks=frozen(parks),
        industries=fill_industries(file),
        chains=fill_chains(file),
        airsheds=fill_airsheds(file, periods),
        work=fill_work(file, cities, resolve),
        pyramid=fill_pyramid(file.pyramid),
        gates=tuple(fill_gate(i, keys, resolve) for i, keys in enumerate(file.gates)),
        nobody_worse_off=file.nobody_worse_off,
        sources=_text(raw.texts.get(SOURCES, "")),
        boundaries=raw.texts.get(BOUNDARIES),
        names=frozen({n: Named(n, k.name, k.name_zh) for n, k in file.names.items()}),
        source=raw,
    )
    return replace(case, doubts=tuple(resolve.doubts))  # once all selections are worked out


def fill_periods(file: CaseFile) -> tuple[Period, ...]:
    """The periods with their calendar years."""
    ends = (period.split("-") for period in file.periods)
    return tuple(Period(id=last, first=int(first), last=int(last)) for first, last in ends)


def _service(name: str, keys: ServiceKeys, periods: tuple[Period, ...]) -> Service:
    return Service(
        id=name,
        unit=keys.unit,
        per_1000=each_period(keys.per_1000, periods),
        of=keys.of,
        catchment_minutes=keys.catchment_minutes,
        across_borders=keys.across_borders,
        shares=keys.shares,
        graduates=keys.graduates_per_place_year,
        stay_share=keys.stay_share,
        name=keys.name,
        name_zh=keys.name_zh,
    )


def _access(name: str, keys: AccessKeys, file: CaseFile, resolve: Resolver) -> Access:
    offers = keys.to_where[OFFERS][0] if OFFERS in keys.to_where else None
    path: Path = ("access", name)
    return Access(
        id=name,
        kind=keys.kind,
        origins=resolve.cities(keys.from_where, (*path, "from"), needed=True),
        destinations=() if offers else resolve.cities(keys.to_where, (*path, "to"), needed=True),
        offers=offers,
        modes=keys.modes or tuple(file.modes),
        standard_minutes=keys.standard_minutes,
        worst_minutes=keys.worst_minutes,
        weight=keys.weight,
        target=keys.target,
        from_where=selection(keys.from_where),
        to_where=selection(keys.to_where),
        name=keys.name,
        name_zh=keys.name_zh,
    )


def _lines(contents: Contents, periods: tuple[Period, ...], resolve: Resolver) -> dict[str, Line]:
    lines = {}
    money = {(b.row.line, b.row.period): b.row for b in contents.budgets}
    for name, keys in contents.file.lines.items():
        for i, where in enumerate(keys.pays_for):
            resolve.measures(where, ("lines", name, "pays_for", i))
        lines[name] = Line(
            id=name,
            holder=keys.holder,
            pays_for=tuple(selection(where) for where in keys.pays_for),
            cost=keys.cost,
            carry_over=keys.carry_over,
            at_most_share=keys.at_most_share,
            amount=frozen({p.id: money[name, p.id].amount for p in periods if (name, p.id) in money}),
            minimum=frozen({p.id: money[name, p.id].minimum for p in periods if (name, p.id) in money}),
            gets_tax=keys.gets_tax,
            borrowing=fill_borrowing(keys.borrow, periods),
            name=keys.name,
            name_zh=keys.name_zh,
        )
    return lines


def _target(place: int, keys: TargetKeys, periods: tuple[Period, ...], resolve: Resolver) -> Target:
    by = keys.by or periods[0].id
    ids = [p.id for p in periods]
    return Target(
        id=keys.id,
        indicator=keys.indicator,
        where=selection(keys.where),
        cities=resolve.cities(keys.where, ("targets", place, "where")),
        by=by,
        periods=tuple(ids[ids.index(by) :]),
        at_least=keys.at_least,
        at_most=keys.at_most,
    )


def _rule(place: int, keys: RuleKeys, periods: tuple[Period, ...], resolve: Resolver) -> Rule:
    limit = keys.at_least if keys.at_most is None else keys.at_most
    assert limit is not None  # the schema asks for one of the two
    needed = keys.at_most is None  # of nothing there is no minimum, and a share of all would forbid all
    return Rule(
        id=keys.id,
        of=keys.of,
        where=selection(keys.where),
        measures=resolve.measures(keys.where, ("rules", place, "where"), needed),
        periods=keys.periods or tuple(p.id for p in periods),
        sense="at_least" if keys.at_most is None else "at_most",
        limit=limit,
        share_of=None if keys.share_of is None else selection(keys.share_of),
        share_of_measures=(
            None if keys.share_of is None else resolve.measures(keys.share_of, ("rules", place, "share_of"), not needed)
        ),
    )


def _goals(goals: tuple[GoalKeys, ...], indicators: tuple[str, ...], resolve: Resolver) -> tuple[Goal, ...]:
    """The goals in order; a case without indicators has no gaps to close."""
    if not goals:
        parts = ("gaps", "spending", "starts") if indicators else ("spending", "starts")
        goals = tuple(GoalKeys.model_validate({"minimise": part}) for part in parts)
    filled: list[Goal] = []
    for place, keys in enumerate(goals):
        name = " + ".join(f"{weight:g} {part}" if weight != 1 else part for part, weight in keys.minimise.items())
        alike = sum(g.name == name or g.name.startswith(f"{name} (") for g in filled)
        weights = keys.weights if keys.weights is not None else dict.fromkeys(indicators, 1.0)
        filled.append(
            Goal(
                name=f"{name} ({alike + 1})" if alike else name,
                parts=frozen({str(part): weight for part, weight in keys.minimise.items()}),
                weights=frozen(dict(weights)),
                weigh_by=keys.weigh_by,
                period_weights=None if keys.period_weights is None else frozen(keys.period_weights),
                tolerance=keys.tolerance,
                discounted=keys.discounted,
                where=selection(keys.where),
                cities=resolve.cities(keys.where, ("goals", place, "where"), needed=True),
                worst_share_of=keys.worst_share_of,
                at_most=keys.at_most,
            )
        )
    return tuple(filled)


def _scenario(name: str, keys: ScenarioKeys) -> Scenario:
    edits = tuple(
        Edit(
            table=e.table,
            where=selection(e.where),
            column=e.column,
            key=e.key,
            set_to=frozen_tree(e.set_to),
            multiply=e.multiply,
            add=e.add,
        )
        for e in keys.edits
    )
    return Scenario(name, keys.description, keys.based_on, edits, keys.name, keys.name_zh)


def unfrozen(value: Any) -> Any:
    """The same keys and values as plain dicts and lists, for writing."""
    if isinstance(value, Mapping):
        return {str(key): unfrozen(v) for key, v in value.items()}
    if isinstance(value, list | tuple):
        return [unfrozen(v) for v in value]
    return value


def _text(text: str) -> str:
    """A text whose lines all end alike, whatever wrote it."""
    lines = text.replace("\r\n", "\n").strip("\n")
    return f"{lines}\n" if lines else ""
