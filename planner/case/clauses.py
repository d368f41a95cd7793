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
    name: str = ""  # empty = its id as words, see `planner.case.naming`
    name_zh: str = ""


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


@dataclass(frozen=True)
class RaisePrivateShare:
    """While the measure serves, private investors may pay up to `plus` more of these measures' capital cost."""

    measure: str
    where: Selection
    measures: tuple[str, ...]  # resolved
    plus: float  # share of the whole capital cost


@dataclass(frozen=True)
class AddLand:
    """While the measure serves, each of these cities may use `km2` more land for parks."""

    measure: str
    cities: tuple[str, ...]
    km2: float


@dataclass(frozen=True)
class ShareTax:
    """While the measure serves, the origin of these parks gets a share of their tax; the host gets the rest.

    With `periods`, the tax of a phase is shared in the first so many periods in which the phase serves, and no longer.
    """

    measure: str
    where: Selection
    parks: tuple[str, ...]  # resolved: parks with an origin
    share: float
    periods: int | None


@dataclass(frozen=True)
class AllowTransfer:
    """While the measure serves, one line may send another up to a share of its own amount, in each period."""

    measure: str
    from_line: str
    to_line: str
    at_most_share: float


@dataclass(frozen=True)
class LowerEmissions:
    """Each serving unit of the measure lowers an airshed's emissions by so much a year."""

    measure: str
    airshed: str
    by: float


Effect = (
    BorderMinutes
    | BoardingMinutes
    | OpenService
    | RaiseCapacity
    | OpenOutsidersShare
    | RaisePrivateShare
    | AddLand
    | ShareTax
    | AllowTransfer
    | LowerEmissions
)

Level = Literal["barrier_removal", "auxiliary", "supportive", "incentive", "subsidy"]  # of the pyramid, from its base up


@dataclass(frozen=True)
class Industry:
    """An industry that parks are of; `max_hosts` is the most cities that may have parks of it (None = any number)."""

    id: str
    name: str  # empty = its id as words, see `planner.case.naming`
    max_hosts: int | None
    name_zh: str = ""


@dataclass(frozen=True)
class Chain:
    """A value chain: parks of the two industries within `minutes` of one another bring bonus jobs.

    A park's bonus over all its partners in the chain is at most `bonus` x its own productive jobs; half of the bonus of a
    pair of parks is in each host.
    """

    id: str
    industries: tuple[str, str]  # may be the same industry twice
    minutes: float
    bonus: float  # share of the jobs of each park
    name: str = ""  # empty = its id as words, see `planner.case.naming`
    name_zh: str = ""


@dataclass(frozen=True)
class Airshed:
    """A part of the sky that cities share: emissions a year without any park or measure, and the most there may be."""

    id: str
    unit: str
    existing: FrozenDict[str, float]  # by period id
    cap: FrozenDict[str, float] | None  # by period id; None = no cap
    name: str = ""  # empty = its id as words, see `planner.case.naming`
    name_zh: str = ""


@dataclass(frozen=True)
class Work:
    """An indicator of work: what a city lacks of its jobs target, or behind the core cities.

    Attributes
    ----------
    kind
        `target`: jobs against the city's `jobs_target`. `core`: `of` per head against that of the core cities today.
    of
        `jobs`, or `output` (gdp and the output of parks); always jobs for `target`.
    cities
        The cities that have it, resolved (of kind target: only those with a jobs_target).
    core
        The cities whose level today is the measure of kind core, resolved.
    share
        Share of the core's level that leaves no gap (kind core; 1 otherwise).
    """

    id: str
    kind: Literal["target", "core"]
    of: Literal["jobs", "output"]
    cities: tuple[str, ...]
    core: tuple[str, ...]
    share: float
    where: Selection
    core_where: Selection
    name: str = ""  # empty = its id as words, see `planner.case.naming`
    name_zh: str = ""


@dataclass(frozen=True)
class Pyramid:
    """What the case asks of its policies by level.

    Attributes
    ----------
    at_most_share
        Level -> largest share of all lines' money that its measures may cost (public payments, over all periods).
    subsidy_periods
        In how many periods a city may be subsidised (a measure of level subsidy with the city serves); None = in any number.
    barriers_first
        Removals: a measure of level subsidy starts only where each of these that its jurisdictions sign serves.
    """

    at_most_share: FrozenDict[Level, float]
    subsidy_periods: int | None
    barriers_first: tuple[str, ...]


@dataclass(frozen=True)
class Gate:
    """Units of these measures start only in a period in which the host city's level is good enough.

    The limit is in the indicator's own unit, like a target's. It asks every city of the measure that has the indicator.
    """

    id: str
    where: Selection
    measures: tuple[str, ...]  # resolved
    indicator: str
    at_least: float | None
    at_most: float | None


@dataclass(frozen=True)
class Borrowing:
    """What a line may borrow: the most debt at the end of each period (the last: none), at an interest a year."""

    limit: FrozenDict[str, float]  # by period id; 0 for the last
    interest: float


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
    gets_tax: bool = False  # whether the tax of parks in (or from) the holder's jurisdiction reaches this line
    borrowing: Borrowing | None = None  # None = it may not borrow
    name: str = ""  # empty = its id as words, see `planner.case.naming`
    name_zh: str = ""


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
        `units` (units started in the periods), `jobs` (productive jobs in the last of the periods),
        `land` (km2 of the phases of parks started in the periods).
    measures, share_of_measures
        Resolved selections; `share_of_measures` is None for a plain amount. With it, `limit` is a share.
    """

    id: str
    of: Literal["spending", "count", "units", "jobs", "land"]
    where: Selection
    measures: tuple[str, ...]
    periods: tuple[str, ...]
    sense: Literal["at_least", "at_most"]
    limit: float
    share_of: Selection | None
    share_of_measures: tuple[str, ...] | None


ABOUT_GAPS = frozenset({"gaps", "worst_city", "worst_share", "worst_off_first"})  # parts that weigh indicators and cities


@dataclass(frozen=True)
class Goal:
    """One step of the ordered goals: a weighted sum of parts, all minimised.

    Attributes
    ----------
    parts
        `gaps`, `worst_city`, `worst_share`, `spending`, `starts`, `benefit`, `emissions` -> weight (benefit counts with a
        minus); or `worst_off_first` -> 1, which stands alone.
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
    where, cities
        Whose gaps the parts about gaps speak of, resolved; all cities by default.
    worst_share_of
        Share of people who are the worst off, above 0; None for a goal without `worst_share`.
    at_most
        What the goal's value may be at most, whatever comes before it in the order; None = no limit.
    """

    name: str
    parts: FrozenDict[str, float]
    weights: FrozenDict[str, float]
    weigh_by: str
    period_weights: FrozenDict[str, float] | None
    tolerance: float
    discounted: bool
    where: Selection
    cities: tuple[str, ...]
    worst_share_of: float | None = None
    at_most: float | None = None

    @property
    def gap_parts(self) -> dict[str, float]:
        """Its parts that weigh gaps by indicator, city and period; empty for a goal that is not about gaps."""
        return {part: weight for part, weight in self.parts.items() if part in ABOUT_GAPS}


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
    name: str = ""  # empty = its id as words, see `planner.case.naming`
    name_zh: str = ""
