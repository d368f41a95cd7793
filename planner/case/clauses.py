"""What case.yaml says: access standards, effects of measures, budget lines, targets, rules, goals and scenarios.

Part of the nouns of a case (see `planner.case.nouns`, which gives them on); all selections are resolved to ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from planner.case.frozen import FrozenDict, Selection


@dataclass(frozen=True)
class Access:
    """An access standard; origins and destinations are resolved to city ids.

    `destinations` is empty where `offers` names a service: then the destinations are the cities where it is offered
    (existing capacity above zero in the period, or at least one whole unit of a facility of it serving).
    """

    id: str
    kind: Literal["nearest", "all", "reach"]
    origins: tuple[str, ...]
    destinations: tuple[str, ...]
    offers: str | None
    modes: tuple[str, ...]
    standard_minutes: float
    worst_minutes: float | None  # None for reach
    weight: Literal["population", "gdp", "jobs", "equally", "trips"]  # of destinations, for all and reach
    target: float | None  # for reach: share of the cluster to be reached, 0..1
    from_where: Selection
    to_where: Selection


@dataclass(frozen=True)
class BorderMinutes:
    """While the measure serves, links of these modes between the two jurisdictions carry `set_to` border minutes."""

    measure: str
    between: tuple[str, str]
    modes: tuple[str, ...]
    set_to: float


@dataclass(frozen=True)
class BoardingMinutes:
    """While the measure serves, boarding and leaving these modes in this city takes `minus` minutes less (together,
    half on boarding and half on leaving, never below zero)."""

    measure: str
    city: str
    modes: tuple[str, ...]
    minus: float


@dataclass(frozen=True)
class OpenService:
    """While the measure serves, people of these jurisdictions may use these services in those jurisdictions.

    `minutes` replaces the services' catchment for this opening (doctors travel, not patients).
    """

    measure: str
    services: tuple[str, ...]
    people_of: tuple[str, ...]
    at: tuple[str, ...]
    minutes: float | None


@dataclass(frozen=True)
class RaiseCapacity:
    """While the measure serves, existing capacity of these services in these cities is higher by the share `by`."""

    measure: str
    services: tuple[str, ...]
    cities: tuple[str, ...]
    by: float


@dataclass(frozen=True)
class OpenOutsidersShare:
    """While the measure serves, this share of the stock moves from outsiders to the cluster."""

    measure: str
    services: tuple[str, ...]
    cities: tuple[str, ...]
    share: float


Effect = BorderMinutes | BoardingMinutes | OpenService | RaiseCapacity | OpenOutsidersShare


@dataclass(frozen=True)
class Line:
    """A budget line: who holds it, what it may pay for, and its money by period id."""

    id: str
    holder: str
    pays_for: tuple[Selection, ...]  # one of them must fit a measure; empty = any measure
    cost: Literal["all", "capital", "running"]
    carry_over: bool
    at_most_share: float  # largest share of a measure's cost, each period and each kind of cost
    amount: FrozenDict[str, float]
    minimum: FrozenDict[str, float]


@dataclass(frozen=True)
class Target:
    """A hard limit on an indicator, in its own unit, in each of these cities and periods."""

    id: str
    indicator: str
    where: Selection
    cities: tuple[str, ...]
    by: str
    periods: tuple[str, ...]  # `by` and all later ones
    at_least: float | None
    at_most: float | None


@dataclass(frozen=True)
class Rule:
    """A hard limit over a selection of measures and periods.

    Attributes
    ----------
    of
        `spending` (money paid in the periods), `count` (measures of which a unit starts in the periods),
        `units` (units started in the periods).
    measures, share_of_measures
        Resolved selections; `share_of_measures` is None for a plain amount. With it, `limit` is a share.
    """

    id: str
    of: Literal["spending", "count", "units"]
    where: Selection
    measures: tuple[str, ...]
    periods: tuple[str, ...]
    sense: Literal["at_least", "at_most"]
    limit: float
    share_of: Selection | None
    share_of_measures: tuple[str, ...] | None


@dataclass(frozen=True)
class Goal:
    """One step of the ordered goals: a weighted sum of parts, all minimised.

    Attributes
    ----------
    parts
        `gaps`, `worst_city`, `spending`, `starts`, `benefit` -> weight (benefit counts with a minus).
    weights
        Indicator -> weight, resolved: an indicator left out does not count.
    weigh_by
        `population` (the people an indicator is for, scaled to all), `equally`, `trips`, or a
        column: a name of the case's people, gdp, jobs or area_km2.
    period_weights
        By period id, resolved: for gaps the years of the period unless given; for benefit 1 unless given.
    tolerance
        Relative slack that later goals may use (plus 1e-6).
    discounted
        Whether `spending` is discounted to the first year.
    """

    name: str
    parts: FrozenDict[str, float]
    weights: FrozenDict[str, float]
    weigh_by: str
    period_weights: FrozenDict[str, float] | None
    tolerance: float
    discounted: bool


@dataclass(frozen=True)
class Edit:
    """One edit of a scenario: of a table's column, or of a key of case.yaml."""

    table: str | None
    where: FrozenDict[str, Any]
    column: str | None
    key: str | None
    set_to: Any = None
    multiply: float | None = None
    add: float | None = None


@dataclass(frozen=True)
class Scenario:
    """A named list of edits, on top of another scenario where `based_on` says so."""

    id: str
    description: str
    based_on: str | None
    edits: tuple[Edit, ...]
