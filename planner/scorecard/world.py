"""A cluster as the scorecard looks at it: today, or at the end of the horizon without the plan and with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import isnan
from typing import Any, Literal

from planner.case import TODAY, Case
from planner.case.facts import CLUSTER, Fact
from planner.compiling.travel_times import Times, times
from planner.plans.plan import Plan
from planner.plans.tables import Decision, Indicator, Level, ParkYear
from planner.plans.totals import columns

State = Literal["today", "without", "with"]
STATES: tuple[State, ...] = ("today", "without", "with")
KNOWN = 0.8  # share of the people that must live in cities with a figure; the builder of cases holds to the same
Pair = tuple[str, str]


@dataclass(frozen=True)
class World:
    """One state of a plan's cluster.

    Attributes
    ----------
    plan
        A plan with decisions.
    state
        `today`; `without` and `with`: the last period without the plan, but with what was decided before, and with it.
    """

    plan: Plan
    state: State

    @property
    def case(self) -> Case:
        """The case of the plan."""
        return self.plan.case

    @property
    def last(self) -> str:
        """Id of the last period."""
        return self.case.periods[-1].id

    @property
    def is_today(self) -> bool:
        """Whether it is the state of today."""
        return self.state == "today"

    # --- who lives where, and how they get about

    @cached_property
    def people(self) -> dict[str, float]:
        """City -> people who live there, heads."""
        found = {i: city.population[TODAY if self.is_today else self.last] for i, city in self.case.cities.items()}
        if self.state == "with":
            moves = self.plan.tables["moves"]
            for origin, destination, period, what, amount in columns(moves, "from", "to", "period", "what", "amount"):
                if what == "people" and period == self.last:
                    found[origin] -= amount
                    found[destination] += amount
        return found

    @cached_property
    def people_today(self) -> dict[str, float]:
        """City -> people who live there today, in every state: output of today is divided by them alone."""
        return {i: city.population[TODAY] for i, city in self.case.cities.items()}

    @cached_property
    def cores(self) -> tuple[str, ...]:
        """The core cities, the largest first."""
        cores = [i for i, city in self.case.cities.items() if city.tier == "core"]
        return tuple(sorted(cores, key=lambda i: -self.case.cities[i].population[TODAY]))

    @cached_property
    def serving(self) -> frozenset[str]:
        """Measures that serve."""
        found = set()
        for row in self.decisions:
            starts = self.case.measures[row.measure].starts
            if any(s.period == row.start_period and self.last in s.serves for s in starts) and row.units > 0:
                found.add(row.measure)
        return frozenset(found)

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """What starts in this state: nothing today, without the plan what was decided before it."""
        if self.is_today:
            return ()
        rows = (Decision(*row) for row in _rows(self.plan, "decisions"))
        return tuple(row for row in rows if self.state == "with" or row.decided == "before")

    @cached_property
    def starts(self) -> frozenset[str]:
        """Measures of which something starts."""
        return frozenset(row.measure for row in self.decisions if row.units > 0)

    @cached_property
    def _times(self) -> Times:
        return times(self.case, self.serving)

    @cached_property
    def minutes(self) -> dict[Pair, float]:
        """(from, to) -> minutes from door to door; pairs without a way are not there."""
        return {
            (i, j): found / 100.0
            for i in self.case.cities
            for j in self.case.cities
            if (found := self._times.between(i, j)) >= 0
        }

    @cached_property
    def ways(self) -> dict[Pair, tuple[str, ...]]:
        """(from, to) -> cities and modes on the fastest way."""
        return {(i, j): way for i in self.case.cities for j, (_minutes, way) in self._times.ways_from(i).items()}

    # --- what people have

    @cached_property
    def _levels(self) -> list[Level]:
        return [row for row in (Level(*row) for row in _rows(self.plan, "levels")) if row.period == self.last]

    def level(self, service: str) -> dict[str, float]:
        """City -> what its residents have of a service, per 1,000 of those it is for; also above the standard."""
        state = {"today": "today", "without": "without_plan", "with": "with_plan"}[self.state]
        found = {row.city: float(getattr(row, state)) for row in self._levels if row.service == service}
        return {i: value for i, value in found.items() if not isnan(value)}

    def heads(self, service: str) -> dict[str, float]:
        """City -> people whom a service is for."""
        of = self.case.services[service].of
        if self.is_today:
            return {i: city.heads(of, TODAY) for i, city in self.case.cities.items()}
        state = "people_without" if self.state == "without" else "people_with"
        found = {i: city.heads(of, self.last) for i, city in self.case.cities.items()}
        return found | {row.city: float(getattr(row, state)) for row in self._levels if row.service == service}

    @cached_property
    def indicators(self) -> list[Indicator]:
        """The rows of the last period."""
        return [row for row in (Indicator(*row) for row in _rows(self.plan, "indicators")) if row.period == self.last]

    def figure(self, row: Indicator) -> float | None:
        """An indicator's figure of this state in its own unit; None where there is no way, or no such indicator."""
        value = {"today": row.today, "without": row.without_plan, "with": row.with_plan}[self.state]
        return None if isnan(value) else value

    # --- parks and money

    @cached_property
    def parks(self) -> list[ParkYear]:
        """Parks that serve in the last period of this state."""
        rows = (ParkYear(*row) for row in _rows(self.plan, "parks"))
        return [row for row in rows if row.period == self.last and row.measure in self.starts]

    @cached_property
    def output(self) -> dict[str, float] | None:
        """City -> today's gross domestic product with that of parks, in the case's unit; None where too little is known.

        How it grows until the last period no case states: it may be set against the people of today only.
        """
        known = {i: city.gdp for i, city in self.case.cities.items() if city.gdp}
        if not self.is_known(known):
            return None
        found = {i: gdp or 0.0 for i, gdp in known.items()}
        for park in self.parks:
            host = self.case.measures[park.measure].cities[0]
            if host in found:
                found[host] += park.output
        return found

    # --- facts

    def facts(self, name: str) -> dict[str, Fact]:
        """Whose -> a fact that the case states."""
        return {of: fact for (of, stated), fact in self.case.facts.items() if stated == name}

    def fact(self, name: str) -> Fact | None:
        """A fact of the whole cluster."""
        return self.case.facts.get((CLUSTER, name))

    def of_cities(self, name: str) -> dict[str, float] | None:
        """City -> a fact of the cities; None where it is known for too few of the people."""
        found = {of: fact.value for of, fact in self.facts(name).items() if of in self.case.cities}
        return found if self.is_known(found) else None

    def is_known(self, cities: Mapping[str, object]) -> bool:
        """Whether these cities hold enough of today's people to speak for the cluster."""
        people = self.people_today
        return sum(people[i] for i in cities if i in people) >= KNOWN * sum(people.values()) > 0

    @cached_property
    def by_jurisdiction(self) -> dict[str, list[str]]:
        """Jurisdiction -> its cities."""
        found: dict[str, list[str]] = defaultdict(list)
        for i, city in self.case.cities.items():
            found[city.jurisdiction].append(i)
        return dict(found)


def _rows(plan: Plan, table: str) -> list[tuple[Any, ...]]:
    """The rows of a table of a plan as plain values, in the order of its fields."""
    frame = plan.tables[table]
    return list(zip(*(frame[name].tolist() for name in frame.columns), strict=True)) if len(frame) else []
