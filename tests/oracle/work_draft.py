"""A case about parks and money in the making, with the ways to draw."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from planner.case import (
    Airshed,
    Capacity,
    Chain,
    City,
    FrozenDict,
    Gate,
    Industry,
    Kind,
    Link,
    Measure,
    Mode,
    Park,
    Period,
    Service,
    Work,
)

from .calendar_years import with_starts


@dataclass
class WorkDraft:
    """What is drawn so far; `topics` is what the case is about."""

    chosen: random.Random
    topics: frozenset[str] = frozenset()
    periods: tuple[Period, ...] = ()
    cities: dict[str, City] = field(default_factory=dict)
    modes: dict[str, Mode] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)
    capacity: dict[tuple[str, str], Capacity] = field(default_factory=dict)
    work: dict[str, Work] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    parks: dict[str, Park] = field(default_factory=dict)
    industries: dict[str, Industry] = field(default_factory=dict)
    chains: dict[str, Chain] = field(default_factory=dict)
    airsheds: dict[str, Airshed] = field(default_factory=dict)
    effects: list[Any] = field(default_factory=list)
    gates: list[Gate] = field(default_factory=list)
    at_most_share: dict[str, float] = field(default_factory=dict)  # of the pyramid
    subsidy_periods: int | None = None
    barriers_first: tuple[str, ...] = ()

    def pick(self, *options: Any) -> Any:
        """One of the options."""
        return self.chosen.choice(options)

    def chance(self, percent: int) -> bool:
        """True in about so many of a hundred cases."""
        return self.chosen.random() < percent / 100

    def about(self, *topics: str) -> bool:
        """Whether the case is about one of the topics."""
        return bool(self.topics.intersection(topics))

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the periods."""
        return tuple(p.id for p in self.periods)

    def side(self, city: str) -> str:
        """Jurisdiction of a city."""
        return self.cities[city].jurisdiction

    def measure(self, kind: Kind, cities: tuple[str, ...], **fields: Any) -> str:
        """A new measure, a candidate that starts at once and lasts unless said or drawn otherwise; returns its id."""
        name = f"{kind}-{len(self.measures) + 1}"
        signed = fields.pop("signed_by", ())
        late = len(self.ids) > 1 and self.chance(6)
        values: dict[str, Any] = {
            "id": name, "name": name, "name_zh": "", "kind": kind, "cities": cities, "service": None, "capacity": 0.0,
            "norm": None, "quantity": None, "capital_cost": float(self.pick(1, 2, 4)),
            "running_cost": float(self.pick(0, 0, 0.1)), "units": 1.0, "divisible": False, "max_starts": 1.0,
            "build_years": self.pick(0, 0, 0, 1, 2), "life_years": 5 if self.chance(6) else None,
            "earliest": self.ids[1 if late else 0], "latest": self.ids[-1], "status": "candidate", "start_period": None,
            "requires": (), "one_of": None, "together": None, "payers": FrozenDict(), "signed_by": signed,
            "benefit": 0.0, "starts": (),
        }  # fmt: skip
        places = [self.cities[c] for c in cities]
        values["jurisdictions"] = tuple(dict.fromkeys([*(c.jurisdiction for c in places), *signed]))
        values["tiers"] = tuple(dict.fromkeys(c.tier for c in places))
        self.measures[name] = with_starts(Measure(**{**values, **fields}), self.periods)
        return name

    def policy(self, *signed: str, **fields: Any) -> str:
        """A new policy of no great cost."""
        costs = {"capital_cost": float(self.pick(0, 0, 1)), "running_cost": 0.0, "build_years": 0}
        return self.measure("policy", fields.pop("cities", ()), signed_by=signed, **{**costs, **fields})
