"""Sets and parameters of a plan: what `build` needs and nothing more. No Pyomo here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Needs = tuple[str, ...]  # measures that must all serve


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

    of: str  # spending | count | units
    measures: tuple[str, ...]
    periods: tuple[str, ...]
    sense: str  # at_least | at_most
    limit: float  # money, measures, units; or a share 0..1
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

    @property
    def gaps(self) -> tuple[tuple[str, str, str], ...]:
        """(indicator, city, period) of every gap there is."""
        return (*self.access_gap, *self.need)
