"""Whom the plan brings nearer and to standard: people within 60 and 120 minutes, and people with no gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planner.case import Period, naming
from planner.case.travel import hundredths
from planner.documents import changes
from planner.documents.blocks import Table, of_figures
from planner.plans.plan import Plan
from planner.plans.totals import columns
from planner.words.said import _

NEAR, FAR = 60.0, 120.0  # minutes, door to door
MET = 5e-7  # a gap up to this is none: what rounding leaves
DEFINED = _(
    "Within 60 (or 120) minutes: people of the cities from which the nearest core city can be reached so fast, door to "
    "door; people of core cities count. Reachable: how many people of the cluster, on average, live within 120 minutes of a "
    "person's city, their own city included. At standard: people of the cities that have no gap in an indicator; a city "
    "that lacks a little counts none of its people."
)


@dataclass(frozen=True)
class Pair:
    """A figure without the plan and with it."""

    without: float
    with_plan: float


@dataclass(frozen=True)
class Within:
    """People by travel time in a period, heads; `near` and `far` are None where no city is a core."""

    period: Period
    people: float
    near: Pair | None
    far: Pair | None
    reachable: Pair


@dataclass(frozen=True)
class AtStandard:
    """People in cities without a gap in an indicator, of those it is for, heads, in the last period."""

    indicator: str
    standard: str
    people: float
    met: Pair


def within(plan: Plan) -> list[Within]:
    """People within 60 and 120 minutes of a core city, and how many people one can reach in 120 minutes, by period."""
    return [_within(plan, period) for period in plan.case.periods]


def _within(plan: Plan, period: Period) -> Within:
    case = plan.case
    heads = {i: c.population[period.id] for i, c in case.cities.items()}
    worlds = [_minutes(plan, period.id, column) for column in ("minutes_without", "minutes_with")]
    cores = [i for i, c in case.cities.items() if c.tier == "core"]

    def to_core(most: float) -> Pair | None:
        if not cores:
            return None
        return Pair(*(sum(n for i, n in heads.items() if _any_within(m, i, cores, most)) for m in worlds))

    return Within(period, sum(heads.values()), to_core(NEAR), to_core(FAR), Pair(*(_reachable(heads, m) for m in worlds)))


Minutes = dict[tuple[str, str], float]


def _minutes(plan: Plan, period: str, column: str) -> Minutes:
    """(from, to) -> minutes, only where there is a way."""
    rows = columns(plan.tables["routes"], "from", "to", "period", column)
    return {(a, b): minutes for a, b, t, minutes in rows if t == period and minutes == minutes}


def _any_within(minutes: Minutes, city: str, to: Sequence[str], most: float) -> bool:
    return city in to or any(hundredths(minutes[city, j]) <= hundredths(most) for j in to if (city, j) in minutes)


def _reachable(heads: dict[str, float], minutes: Minutes) -> float:
    """People within 120 minutes of a person's city, mean over all people."""
    total = sum(heads.values())
    reached = {i: sum(n for j, n in heads.items() if _any_within(minutes, i, [j], FAR)) for i in heads}
    return sum(heads[i] * reached[i] for i in heads) / total if total > 0 else 0.0


def at_standard(plan: Plan) -> list[AtStandard]:
    """People in cities without a gap, by indicator, in the last period."""
    last = plan.case.periods[-1].id
    found: dict[str, list[float]] = {}
    rows = columns(plan.tables["indicators"], "indicator", "period", "people_with", "gap_without", "gap_with")
    for indicator, period, people, without, with_plan in rows:
        if period == last:
            sums = found.setdefault(indicator, [0.0, 0.0, 0.0])
            sums[0] += people
            sums[1] += people * (without <= MET)
            sums[2] += people * (with_plan <= MET)
    every = changes.changes(plan)
    asked = {x: [c for c in every if c.indicator == x] for x in found}
    return [
        AtStandard(x, changes.standard(plan.case, asked[x][-1], asked[x]), all_, Pair(a, b))
        for x in plan.case.indicators
        if x in found
        for all_, a, b in [found[x]]
    ]


# --- both as tables


def travel_table(plan: Plan) -> Table:
    """People within 60 and 120 minutes of a core city, and how many can be reached, by period."""
    rows = [
        (what, w.period.label, w.people, pair.without, pair.with_plan)
        for w in within(plan)
        for what, pair in ((WITHIN_NEAR, w.near), (WITHIN_FAR, w.far), (REACHABLE, w.reachable))
        if pair is not None
    ]
    return of_figures(("", _("period"), *HEADS), rows, ("text", "text", "whole", "whole", "whole"), keys=2)


def standard_table(plan: Plan) -> Table:
    """People at standard by indicator, with what the standard is."""
    rows = [
        (naming.indicator(plan.case, a.indicator), a.standard, a.people, a.met.without, a.met.with_plan)
        for a in at_standard(plan)
    ]
    return of_figures((_("indicator"), _("standard"), *HEADS), rows, ("text", "text", "whole", "whole", "whole"))


WITHIN_NEAR, WITHIN_FAR = _("within 60 minutes of a core city"), _("within 120 minutes of a core city")
REACHABLE = _("reachable within 120 minutes, mean")
WORLDS = (_("without the plan\n(people)"), _("with the plan\n(people)"))
HEADS = (_("of\n(people)"), *WORLDS)
