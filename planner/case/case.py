"""The case: what case.yaml and the tables say, filled in; what every other room reads.

A :class:`Case` is immutable data with defaults, norms and calendar already filled in. What it is made of is declared in
`places`, `measures`, `effects`, `money`, `industry` and `goals`; nothing here knows about files.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from planner.case.declared import FrozenDict, Thing, says, worked_out
from planner.case.effects import ByMeasure, Effect, InForce, OpenService
from planner.case.facts import Benchmark, Fact
from planner.case.goals import Gate, Goal, Rule, Scenario, Target
from planner.case.industry import Airshed, Chain, Crowding, Industry, Pyramid, Work
from planner.case.measures import Measure, Norm, Park
from planner.case.money import Line, Money
from planner.case.moves import Move, moves_of
from planner.case.places import TODAY, Access, Capacity, City, Link, Mode, Named, Period, Section, Service, as_period
from planner.case.problems import Problem
from planner.case.uncertain import Uncertain
from planner.case.values import Label, Names, Text, YesNo, as_whole
from planner.words.said import _


def as_format(value: object) -> int:
    """The version of the format."""
    if as_whole(value) != 1:
        raise ValueError(_("must be 1, the format that this version reads"))
    return 1


class CaseKeys(Thing):
    """case.yaml: everything of a case that is not a table."""

    format: Annotated[int, BeforeValidator(as_format)] = says("version of this format: 1", default=1, needed=True)
    title: Label = says("what plans of the case are headed with", default="", empty="the folder's name")
    title_zh: Label = says("Chinese title", default="", empty="`title`")
    money: Money = says("the money of the case")
    periods: Annotated[tuple[Annotated[Period, BeforeValidator(as_period)], ...], Field(min_length=1, max_length=50)] = says(
        "planning periods, one after the other without a hole; elsewhere a period is named by its last year, or as here"
    )
    people: Names = says("names of head-count columns of cities.csv", default=())
    names: Section[Named] = says(
        "names of what has no section here: jurisdictions, holders of lines, and head counts of `people`",
        default=FrozenDict(),
    )
    modes: Section[Mode] = says("means of travel", default=FrozenDict())
    services: Section[Service] = says("public services", default=FrozenDict())
    access: Section[Access] = says("access standards", default=FrozenDict())
    effects: ByMeasure = says("measure -> what it does while it serves", default=())
    in_force: InForce = says(
        "effects that hold from the start, without any measure: `border_minutes`, `boarding_minutes`, `open_service`",
        default=(), empty="nothing", later=True,
    )  # fmt: skip
    lines: Section[Line] = says("budget lines", default=FrozenDict())
    industries: Section[Industry] = says("industries that parks are of", default=FrozenDict())
    chains: Section[Chain] = says("value chains between industries", default=FrozenDict())
    airsheds: Section[Airshed] = says("parts of the sky that cities share, with their emissions", default=FrozenDict())
    work: Section[Work] = says("indicators of work: what cities lack of jobs or output", default=FrozenDict())
    crowding: Section[Crowding] = says(
        "indicators of crowding: people above what a city is meant to hold", default=FrozenDict(), later=True
    )
    pyramid: Pyramid = says("what is asked of policies by their level", default=Pyramid())
    gates: tuple[Gate, ...] = says("levels that cities must have reached before measures start", default=())
    targets: tuple[Target, ...] = says("hard limits on indicators", default=())
    rules: tuple[Rule, ...] = says("hard limits on spending, starts, jobs and land", default=())
    no_city_loses: YesNo = says("whether no city's gap may be larger than without the plan", default=True)
    no_level_falls: Names = says(
        "services of which no city's people may have less per head than without the plan, also above the standard",
        default=(), empty="none", names="a service", later=True,
    )  # fmt: skip
    nobody_worse_off: YesNo = says(
        "whether no jurisdiction's own gaps may be larger than in a plan that it makes alone", default=False
    )
    goals: tuple[Goal, ...] = says("what is minimised, in order", default=(), empty="gaps, then spending, then starts")
    uncertain: Section[Uncertain] = says(
        "what may turn out other than it is stated, and by how much", default=FrozenDict(), empty="nothing is said of it",
        later=True,
    )  # fmt: skip
    scenarios: Section[Scenario] = says("named edits of the case", default=FrozenDict())
    assumptions: tuple[Text, ...] = says("sentences printed with every plan", default=())

    @property
    def period_ids(self) -> tuple[str, ...]:
        """Ids of the periods, in order."""
        return tuple(p.id for p in self.periods)

    @property
    def indicators(self) -> tuple[str, ...]:
        """Ids of all indicators: the access standards, the services, then those of work and of crowding."""
        return (*self.access, *self.services, *self.work, *self.crowding)

    def period(self, id_: str) -> Period:
        """The period of an id."""
        return next(p for p in self.periods if p.id == id_)

    def effects_of(self, measure: str) -> Iterator[Effect]:
        """The effects that a measure has while it serves."""
        return (e for e in self.effects if e.measure == measure)

    def placed_effects(self) -> Iterator[tuple[tuple[str | int, ...], Effect]]:
        """The effects with the path of each in case.yaml."""
        counted: dict[str, int] = {}
        for effect in self.effects:
            place = counted.get(effect.measure, 0)
            counted[effect.measure] = place + 1
            yield ("effects", effect.measure, place, effect.key), effect

    def placed_in_force(self) -> Iterator[tuple[tuple[str | int, ...], Effect]]:
        """What is in force from the start, with the path of each in case.yaml."""
        for place, effect in enumerate(self.in_force):
            yield ("in_force", place, effect.key), effect


class Case(CaseKeys, counts_as="Case"):
    """An investment case, filled in and checked. Equal cases have equal content; `source` does not count.

    Mappings keep the order of the files. `content_hash` covers all that the model sees and not the scenarios' texts.
    """

    name: str = worked_out()  # of its folder
    scenario: str = worked_out()  # "base", or the name of the scenario applied
    cities: FrozenDict[str, City] = worked_out()
    capacity: FrozenDict[tuple[str, str], Capacity] = worked_out()  # (city, service)
    links: FrozenDict[str, Link] = worked_out()
    measures: FrozenDict[str, Measure] = worked_out()
    norms: FrozenDict[str, Norm] = worked_out()
    trips: FrozenDict[tuple[str, str], float] = worked_out()
    parks: FrozenDict[str, Park] = worked_out(default=FrozenDict())  # by measure: those that have a row of parks.csv
    facts: FrozenDict[tuple[str, str], Fact] = worked_out(default=FrozenDict())  # (of, fact)
    benchmarks: tuple[Benchmark, ...] = worked_out(default=())  # its own; none: those that come with the program
    sources: str = worked_out(default="")  # text of SOURCES.md
    boundaries: str | None = worked_out(default=None)  # text of boundaries.geojson
    source: Any = worked_out(default=None, counts=False)  # the tables as read, for writing back
    doubts: tuple[Problem, ...] = worked_out(default=(), counts=False)  # what is allowed and most likely not meant
    content_hash: str = worked_out(default="", counts=False)

    @property
    def jurisdictions(self) -> tuple[str, ...]:
        """Jurisdictions of the cities, in order of first appearance."""
        return tuple(dict.fromkeys(c.jurisdiction for c in self.cities.values()))

    def need(self, service: str, city: str, period: str) -> float:
        """Need of a city for a service in a period, in the service's unit; 0 where the capacity is unknown."""
        s = self.services[service]
        if self.capacity[city, service].amount is None:
            return 0.0
        return self.cities[city].heads(s.of, period) * s.per_1000[period] / 1000.0

    @property
    def tax_lines(self) -> dict[str, str]:
        """Jurisdiction -> its line that gets the tax of parks."""
        return {line.holder: line.id for line in self.lines.values() if line.gets_tax}

    @property
    def has_prices(self) -> bool:
        """Whether any use of a service in another jurisdiction has a price."""
        said = (e.price for e in (*self.in_force, *self.effects) if isinstance(e, OpenService))
        return any(service.price for service in self.services.values()) or any(said)

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """What measures move from one city to another."""
        return tuple(moves_of(self))

    def level_today(self, indicator: str) -> float:
        """Jobs (or output) per head in the core cities today, for an indicator of work of kind core."""
        work = self.work[indicator]
        total = sum((self.cities[i].jobs if work.of == "jobs" else self.cities[i].gdp) or 0.0 for i in work.core)
        people = sum(self.cities[i].population[TODAY] for i in work.core)
        return total / people if people > 0 else 0.0

    def work_target(self, indicator: str, city: str, period: str) -> float:
        """Jobs (or output) that leave no gap in a city, as an amount; 0 where the city does not have the indicator."""
        work, place = self.work[indicator], self.cities[city]
        if city not in work.cities:
            return 0.0
        if work.kind == "target":
            return place.jobs_target[period] if place.jobs_target is not None else 0.0
        return work.share * self.level_today(indicator) * place.population[period]
