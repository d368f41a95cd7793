"""Sets and parameters of a plan: what `build` needs and nothing more. No Pyomo here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Needs = tuple[str, ...]  # measures that must all serve
Place = tuple[str, str]  # (city, period)
Phase = tuple[str, str, str]  # (park, period of its start, period)
Way = tuple[float, str | None]  # (most that can use it, consumer of its routes; None = always open)
Coming = tuple[tuple[str, str, float], ...]  # (service, earlier period, skilled people per unit of need served)
Tails = Mapping[int, Mapping[str, float]]  # n -> city -> what its gap beyond the edge weighs; see the block fairness
Attracts = tuple[float, Mapping[str, float]]  # (share of the price, the most money by period)


@dataclass(frozen=True)
class Consumer:
    """A list of routes of which one may be used in one period; no route of the list dominates another.

    Attributes
    ----------
    period
        The period in which the routes are chosen among.
    routes
        (saved, needs) of each route: `saved` in (0, 1] is what the route takes off a gap (or 1 where the question is only
        whether some route is open), `needs` the measures that must serve.
    """

    period: str
    routes: tuple[tuple[float, Needs], ...]


@dataclass(frozen=True)
class AccessGap:
    """gap = base - sum over terms of weight x what the consumer's route saves (at least that, and 0, for `reach`)."""

    base: float
    terms: tuple[tuple[float, str], ...]  # (weight, consumer)
    at_least: bool  # True for reach: the gap cannot fall below 0, so the row is an inequality


@dataclass(frozen=True)
class WorkGap:
    """gap = base - sum of what productive jobs, bonus jobs and closures take off (or add to) it, at least 0.

    Attributes
    ----------
    base
        Gap with no park and no closure; below 0 where the target is passed already.
    per_job
        Park -> what one productive job takes off.
    per_bonus_job
        What one bonus job in the city takes off.
    per_closed_unit
        Closure -> what one serving unit adds.
    """

    base: float
    per_job: Mapping[str, float]
    per_bonus_job: float
    per_closed_unit: Mapping[str, float]


@dataclass(frozen=True)
class Alone:
    """A jurisdiction's first goal about gaps over its own cities, and what it comes to in the stand-alone plan (+ 1e-7)."""

    limit: float
    gaps: float  # weight of the sum of gaps
    worst_city: float  # weight of the worst own city
    weight: Mapping[tuple[str, str, str], float]  # of the gaps, adding to 1
    city_weight: Mapping[tuple[str, str, str], float]  # weight / sum of the city's weights
    worst_share: float = 0.0  # weight of the worst share of its people
    tails: Tails = field(default_factory=dict)


@dataclass(frozen=True)
class Purse:
    """A cost that the same lines share freely, with the same largest shares: only the totals matter to any row.

    Attributes
    ----------
    costs
        (measure, kind of cost) pairs in the purse.
    lines
        Line -> largest share of each cost it may pay.
    """

    costs: tuple[tuple[str, str], ...]
    lines: Mapping[str, float]


@dataclass(frozen=True)
class Rule:
    """A hard limit on a sum over measures and periods; with `share_of`, on its share of another such sum."""

    of: str  # spending | count | units | jobs | land
    measures: tuple[str, ...]
    periods: tuple[str, ...]
    sense: str  # at_least | at_most
    limit: float  # money in money_scale, measures, units, jobs in job_scale, km2; or a share 0..1
    share_of: tuple[str, ...] | None


@dataclass(frozen=True)
class Goal:
    """One step: a weighted sum of parts; `weight` is w[x, i, t] of the gaps, adding to 1."""

    name: str
    parts: Mapping[str, float]
    weight: Mapping[tuple[str, str, str], float]
    city_weight: Mapping[tuple[str, str, str], float]  # weight / sum of the city's weights
    benefit_weight: Mapping[str, float]  # by period
    discount: Mapping[str, float]  # by period, 1 unless the goal discounts
    tails: Tails = field(default_factory=dict)  # of worst_share: 0; of worst_off_first: 1, 2, 3 ... up to all its cities
    most: float | None = None  # what its value may be at most; None = no limit


@dataclass(frozen=True)
class Instance:
    """All sets and parameters. Money in `money_scale`, services in `service_scale` units; gaps and weights are shares."""

    # sets
    periods: tuple[str, ...]  # planning periods t, in order
    measures: tuple[str, ...]  # those with an offered start
    lines: tuple[str, ...]  # budget lines l

    # measures
    starts: tuple[tuple[str, str], ...]  # (a, u): offered starts
    starts_of: Mapping[str, tuple[str, ...]]  # a -> its offered starts u
    serving_starts: Mapping[tuple[str, str], tuple[str, ...]]  # (a, t) -> starts u that serve in t
    units: Mapping[str, float]  # most units started in all
    max_starts: Mapping[str, float]  # most units started in a period
    divisible: frozenset[str]  # measures that may start in parts of a unit (staff, beds)
    decided: frozenset[str]  # measures decided before the plan: all units start
    requires: tuple[tuple[str, str], ...]  # (a, what it requires)
    one_of: Mapping[str, tuple[str, ...]]  # group -> measures
    together: tuple[tuple[str, str], ...]  # (a, its group's first)
    asked_started: frozenset[str]  # measures whose "any unit starts in t" some row asks
    asked_present: frozenset[str]  # divisible measures of which some row asks for a whole unit serving

    # routes and access
    consumers: Mapping[str, Consumer]  # c -> its routes: (saved, needs) each
    access_gap: Mapping[tuple[str, str, str], AccessGap]  # (x, i, t) -> gap with nothing built, and what routes save of it

    # services, in service_scale units
    service_scale: Mapping[str, float]  # s -> amounts here x service_scale = the service's own unit
    need: Mapping[tuple[str, str, str], float]  # N: (s, i, t) -> people x standard, above 0 only
    supply: Mapping[tuple[str, str, str], float]  # K: (s, j, t) -> existing capacity, less what outsiders use
    spare: Mapping[tuple[str, str, str], float]  # (s, j, t) -> max(0, K - N); absent where all may be shared
    added: Mapping[tuple[str, str, str], tuple[tuple[str, float], ...]]  # (s, j, t) -> (a, capacity of a serving unit)
    pairs: Mapping[tuple[str, str, str, str], tuple[float, str | None]]  # (s, i, j, t) -> (bound, c; None = open)

    # money
    cost: Mapping[tuple[str, str, str, str], float]  # (a, kind, u, t): of one unit started in u, paid in t
    fixed_share: Mapping[tuple[str, str, str], float]  # (a, kind, l): share the line pays of that cost
    purses: Mapping[str, Purse]  # q -> costs that the same lines share freely
    amount: Mapping[tuple[str, str], float]  # (l, t) -> money of the line in the period
    minimum: Mapping[tuple[str, str], float]  # (l, t) -> least payments, above 0 only
    carry_over: frozenset[str]  # lines that keep what is left for the next period

    # promises and goals
    gap_limit: Mapping[tuple[str, str, str], float]  # no_city_loses: (x, i, t) -> gap without the plan
    target_gap: Mapping[tuple[str, str, str, str], float]  # (target id, x, i, t) -> largest gap
    rules: Mapping[str, Rule]  # rule -> what it limits
    goals: tuple[Goal, ...]  # g, in order
    benefit: Mapping[str, float]  # of one unit started
    evenness_weight: Mapping[tuple[str, str, str], float]  # (x, i, t), adding to 1
    money_scale: float  # costs, amounts and minima here x money_scale = the case's unit

    # industry: jobs in job_scale, land in km2
    job_scale: float = 1.0  # jobs here x job_scale = jobs
    phases: tuple[tuple[str, str, str], ...] = ()  # (p, u, t): phases of park p started in u that can work in t
    host: Mapping[str, str] = field(default_factory=dict)  # p -> its host city
    phase_jobs: Mapping[str, float] = field(default_factory=dict)  # p -> productive jobs of one unit
    origin_route: Mapping[tuple[str, str], tuple[float, str]] = field(default_factory=dict)  # (p, t) -> (most jobs, c)
    chain_bonus: Mapping[str, float] = field(default_factory=dict)  # value chain v -> bonus as a share of a park's jobs
    partners: Mapping[tuple[str, str, str, str], Way] = field(default_factory=dict)  # (v, p, p', t) -> (most bonus jobs, c)
    skilled_share: Mapping[str, float] = field(default_factory=dict)  # p -> share of its jobs that skilled people fill
    skilled: Mapping[Place, float] = field(default_factory=dict)  # (i, t) -> skilled people free; no entry = no limit
    graduates: Mapping[Place, Coming] = field(default_factory=dict)  # (i, t) -> (s, earlier t', people per served need)
    area: Mapping[str, float] = field(default_factory=dict)  # p -> land of one unit
    land: Mapping[tuple[str, str], float] = field(default_factory=dict)  # (i, t) -> quota for parks; no entry = no limit
    added_land: Mapping[tuple[str, str], tuple[tuple[str, float], ...]] = field(default_factory=dict)  # (i, t) -> (a, land)
    most_hosts: Mapping[str, int] = field(default_factory=dict)  # industry k -> most cities with parks of it
    parks_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # k -> its parks, where hosts are limited
    closed_jobs: Mapping[str, float] = field(default_factory=dict)  # closure -> jobs that end with one unit
    closures_in: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # i -> closures there
    work_gap: Mapping[tuple[str, str, str], WorkGap] = field(default_factory=dict)  # (x, i, t) -> gap of work

    # air: emissions a year in emission_scale
    emission_scale: float = 1.0  # emissions here x emission_scale = emissions in the airsheds' own units
    existing_emissions: Mapping[tuple[str, str], float] = field(default_factory=dict)  # (airshed h, t) -> without parks
    emission_cap: Mapping[tuple[str, str], float] = field(default_factory=dict)  # (h, t) -> most emissions
    emissions_per_job: Mapping[tuple[str, str], float] = field(default_factory=dict)  # e: (h, p) -> of one productive job
    lowered: Mapping[tuple[str, str], float] = field(default_factory=dict)  # (h, a) -> less for one serving unit
    years: Mapping[str, int] = field(default_factory=dict)  # t -> calendar years

    # policies
    level_limit: Mapping[str, float] = field(default_factory=dict)  # level -> most public money for its measures
    measures_of_level: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # level -> measures
    subsidies_in: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # i -> subsidies of the city
    subsidy_periods: int | None = None  # most periods in which a city is subsidised; None = any number
    barriers_first: tuple[tuple[str, str], ...] = ()  # (subsidy a, removal b that must serve when it starts)
    gate: Mapping[tuple[str, str, str, str, str], float] = field(default_factory=dict)  # (gate, a, x, i, u) -> largest gap
    attracts: Mapping[tuple[str, str], Attracts] = field(default_factory=dict)  # (a, policy q) -> (share, most by period)

    # taxes, in money_scale
    tax: Mapping[tuple[str, str], float] = field(default_factory=dict)  # (p, t) -> tax of one productive job in t
    host_line: Mapping[str, str] = field(default_factory=dict)  # p -> line of the host that gets tax
    origin_line: Mapping[str, str] = field(default_factory=dict)  # p -> line of the origin that gets tax
    sharing: Mapping[Phase, tuple[str, float, float]] = field(default_factory=dict)  # (p, u, t) -> (policy q, share, most)
    moved_share: Mapping[str, float] = field(default_factory=dict)  # p -> share of its tax that its origin loses

    # credit, in money_scale
    debt_limit: Mapping[tuple[str, str], float] = field(default_factory=dict)  # (l, t) -> most debt at the end of t
    debt_growth: Mapping[tuple[str, str], float] = field(default_factory=dict)  # g: (l, t) -> (1 + interest) ^ years of t
    transfer_limit: Mapping[tuple[str, str, str, str], float] = field(default_factory=dict)  # (policy q, from l, to l', t)

    # promises to jurisdictions
    alone: Mapping[str, Alone] = field(default_factory=dict)  # jurisdiction -> its stand-alone plan

    @property
    def gaps(self) -> tuple[tuple[str, str, str], ...]:
        """(indicator, city, period) of every gap there is."""
        return (*self.access_gap, *self.need, *self.work_gap)
