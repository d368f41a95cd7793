"""From typed keys and rows to the Case: defaults, norms, calendar, and selections worked out.

Everything named here exists: `references` has seen to that. What can still be wrong is a selection, which needs the
filled cities and measures; it is noted, and stands for nothing. How a thing is filled, it says itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from planner.case import selecting
from planner.case.declared import frozen
from planner.case.goals import Goal, usual_goals
from planner.case.measures import Measure, Park
from planner.case.nouns import Case
from planner.case.places import City
from planner.case.problems import Problems
from planner.case.raw import RawCase
from planner.case.resolving import Resolver
from planner.case.tables import BOUNDARIES, SOURCES
from planner.case.validating import Contents


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
    periods = file.periods
    norms = {n.row.id: n.row for n in contents.norms}
    cities = {c.row.id: c.row.filled(periods, file.people) for c in contents.cities}
    links = {x.row.id: x.row for x in contents.links}
    measures = {m.row.id: m.row.filled(periods, norms, cities, links) for m in contents.measures}
    parks = {p.row.measure: p.row for p in contents.parks}
    budgets = {(b.row.line, b.row.period): b.row for b in contents.budgets}
    resolve = Resolver(
        raw,
        problems,
        contents.broken,
        selecting.facts_of_cities(cities.values()),
        selecting.facts_of_measures(measures.values(), links.values(), parks),
    )
    shared = parks_from_elsewhere(parks, measures, cities)
    goals: list[Goal] = []
    for place, goal in enumerate(file.goals or usual_goals(file.indicators)):
        goals.append(goal.filled(place, goals, file.indicators, resolve))
    said = {key: getattr(file, key) for key in file.declares()}
    filled = {
        "title": file.title or raw.name,
        "services": frozen({s: service.filled(periods) for s, service in file.services.items()}),
        "access": frozen({a: standard.filled(tuple(file.modes), resolve) for a, standard in file.access.items()}),
        "effects": tuple(effect.resolve(resolve, path, shared) for path, effect in file.placed_effects()),
        "lines": frozen({x: line.filled(periods, budgets, resolve) for x, line in file.lines.items()}),
        "airsheds": frozen({h: airshed.filled(periods) for h, airshed in file.airsheds.items()}),
        "work": frozen({w: work.filled(cities, resolve) for w, work in file.work.items()}),
        "gates": tuple(gate.filled(i, resolve) for i, gate in enumerate(file.gates)),
        "targets": tuple(target.filled(i, periods, resolve) for i, target in enumerate(file.targets)),
        "rules": tuple(rule.filled(i, periods, resolve) for i, rule in enumerate(file.rules)),
        "goals": tuple(goals),
    }
    case = Case(
        **(said | filled),
        name=raw.name,
        scenario=scenario,
        cities=frozen(cities),
        capacity=frozen({(c.row.city, c.row.service): c.row.filled(periods) for c in contents.capacity}),
        links=frozen(links),
        measures=frozen(measures),
        norms=frozen(norms),
        trips=frozen({(t.row.from_city, t.row.to_city): t.row.trips for t in contents.trips}),
        parks=frozen(parks),
        sources=_text(raw.texts.get(SOURCES, "")),
        boundaries=raw.texts.get(BOUNDARIES),
        source=raw,
    )
    return replace(case, doubts=tuple(resolve.doubts))  # once all selections are worked out


def parks_from_elsewhere(
    parks: Mapping[str, Park], measures: Mapping[str, Measure], cities: Mapping[str, City]
) -> tuple[str, ...]:
    """The parks whose origin is in another jurisdiction than their host."""
    return tuple(
        name
        for name, park in parks.items()
        if park.origin is not None and name in measures and cities[park.origin].jurisdiction != _host(name, measures, cities)
    )


def _host(park: str, measures: Mapping[str, Measure], cities: Mapping[str, City]) -> str | None:
    """The jurisdiction of a park's city."""
    where = measures[park].cities
    return cities[where[0]].jurisdiction if where else None


def _text(text: str) -> str:
    """A text whose lines all end alike, whatever wrote it."""
    lines = text.replace("\r\n", "\n").strip("\n")
    return f"{lines}\n" if lines else ""
