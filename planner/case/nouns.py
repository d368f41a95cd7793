"""The filled case: what every other room reads.

A :class:`Case` is immutable data with defaults, norms and calendar already filled in. Files are read into it by
`planner.case.tables` and `planner.case.filling`; nothing here knows about files. What it is made of lies in two other
rooms: `things` for what the tables say, and `clauses` for what case.yaml says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from planner.case.clauses import (
    Access,
    AddLand,
    Airshed,
    AllowTransfer,
    BoardingMinutes,
    BorderMinutes,
    Borrowing,
    Chain,
    Edit,
    Effect,
    Gate,
    Goal,
    Industry,
    Level,
    Line,
    LowerEmissions,
    OpenOutsidersShare,
    OpenService,
    Pyramid,
    RaiseCapacity,
    RaisePrivateShare,
    Rule,
    Scenario,
    ShareTax,
    Target,
    Work,
)  # fmt: skip
from planner.case.frozen import FrozenDict, Selection, frozen
from planner.case.problems import Problem
from planner.case.things import (
    TODAY,
    Basis,
    Capacity,
    City,
    Form,
    Kind,
    Link,
    Measure,
    Mode,
    Money,
    Named,
    Norm,
    Park,
    Period,
    Service,
    StartOption,
    Status,
    Tier,
)  # fmt: skip

__all__ = [
    "TODAY",
    "Access",
    "AddLand",
    "Airshed",
    "AllowTransfer",
    "Basis",
    "BoardingMinutes",
    "BorderMinutes",
    "Borrowing",
    "Capacity",
    "Case",
    "Chain",
    "City",
    "Edit",
    "Effect",
    "Form",
    "FrozenDict",
    "Gate",
    "Goal",
    "Industry",
    "Kind",
    "Level",
    "Line",
    "Link",
    "LowerEmissions",
    "Measure",
    "Mode",
    "Money",
    "Named",
    "Norm",
    "OpenOutsidersShare",
    "OpenService",
    "Park",
    "Period",
    "Pyramid",
    "RaiseCapacity",
    "RaisePrivateShare",
    "Rule",
    "Scenario",
    "Selection",
    "Service",
    "ShareTax",
    "StartOption",
    "Status",
    "Target",
    "Tier",
    "Work",
    "frozen",
]


@dataclass(frozen=True)
class Case:
    """An investment case, filled in and checked. Equal cases have equal content; `source` does not count.

    Mappings keep the order of the files. `content_hash` covers all that the model sees and not the scenarios' texts.
    """

    name: str  # of its folder
    title: str
    scenario: str  # "base", or the name of the scenario applied
    money: Money
    periods: tuple[Period, ...]
    people: tuple[str, ...]
    modes: FrozenDict[str, Mode]
    services: FrozenDict[str, Service]
    access: FrozenDict[str, Access]
    cities: FrozenDict[str, City]
    capacity: FrozenDict[tuple[str, str], Capacity]  # (city, service)
    links: FrozenDict[str, Link]
    measures: FrozenDict[str, Measure]
    norms: FrozenDict[str, Norm]
    effects: tuple[Effect, ...]
    lines: FrozenDict[str, Line]
    trips: FrozenDict[tuple[str, str], float]
    targets: tuple[Target, ...]
    rules: tuple[Rule, ...]
    no_city_loses: bool
    goals: tuple[Goal, ...]
    scenarios: FrozenDict[str, Scenario]
    assumptions: tuple[str, ...]
    parks: FrozenDict[str, Park] = field(default_factory=FrozenDict)  # by measure: parks and closures
    industries: FrozenDict[str, Industry] = field(default_factory=FrozenDict)
    chains: FrozenDict[str, Chain] = field(default_factory=FrozenDict)
    airsheds: FrozenDict[str, Airshed] = field(default_factory=FrozenDict)
    work: FrozenDict[str, Work] = field(default_factory=FrozenDict)
    pyramid: Pyramid = field(default_factory=lambda: Pyramid(FrozenDict(), None, ()))
    gates: tuple[Gate, ...] = ()
    nobody_worse_off: bool = False  # each jurisdiction's own gaps are no worse than in its stand-alone plan
    sources: str = ""  # text of SOURCES.md
    boundaries: str | None = None  # text of boundaries.geojson
    names: FrozenDict[str, Named] = field(default_factory=FrozenDict)  # of jurisdictions, holders and head counts
    source: Any = field(default=None, compare=False, repr=False)  # the tables as read, for writing back
    doubts: tuple[Problem, ...] = field(default=(), compare=False, repr=False)  # what is allowed and most likely not meant
    content_hash: str = field(default="", compare=False)

    @property
    def period_ids(self) -> tuple[str, ...]:
        """Ids of the periods, in order."""
        return tuple(p.id for p in self.periods)

    @property
    def jurisdictions(self) -> tuple[str, ...]:
        """Jurisdictions of the cities, in order of first appearance."""
        return tuple(dict.fromkeys(c.jurisdiction for c in self.cities.values()))

    @property
    def indicators(self) -> tuple[str, ...]:
        """Ids of all indicators: the access standards, the services, then those of work."""
        return (*self.access, *self.services, *self.work)

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

    def effects_of(self, measure: str) -> Iterator[Effect]:
        """The effects that a measure has while it serves."""
        return (e for e in self.effects if e.measure == measure)
