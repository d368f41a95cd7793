"""A plan in which people, jobs and posts move from one city to another, with every figure by hand.

Two cities of 100,000 people, one period of five years (2026-2030), heads the same in all years, no service across them:

    Alpha (Capital, core), 60,000 jobs -- Beta (Province, small), 30,000 jobs

Clinics, one post per 1,000: needs of 100 each, stock 94 and 130. Alpha is meant for 80,000 people: a gap of crowding from 0
there to the whole at 100,000. Jobs in Beta: 0.8 of Alpha's 0.6 a head, 48,000; 30,000 are there. Housing in Beta for 12,000.

The plan, 2.1 bn of the fund: `campus` (2 units, 1 bn each) moves 5,000 people, 3,000 jobs and 2 posts a unit; `homes`
(0.1 bn) entitles 1,000 people of Alpha, who live in Beta, to its clinics.

- Clinics: Alpha needs 100 - 10 - 1 = 89 and has 94 - 4 = 90; Beta needs 111 and has 134. Nothing is unmet.
- Crowding: 90,000 people in Alpha, half of what it was.
- Jobs: 36,000 in Beta; 0.48 x 110,000 = 52,800 are asked for. 16,800 are missing: 0.35 of the first 48,000, and 0.318 of
  what is asked for then.

Goal: the mean of the four gaps, each with the same number of people: (0 + 0 + 0.5 + 0.35) / 4 = 0.2125. Spending 2.1.

Jurisdictions. The Capital: mean gaps (0.06 + 1) / 2 and 0.5 / 2; 89,000 x 0.06 and 90,000 x 0.5 people. The Province: 0.375
and 0.35, over two; 110,000 x (0.375 - 16,800 / 52,800) people. The fund pays 2 in the Province, and half of 0.1 in each.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from planner.case import (
    TODAY,
    Capacity,
    Case,
    Crowding,
    FrozenDict,
    Mode,
    Money,
    Period,
    Relocate,
    Service,
    Settle,
    Work,
)
from planner.plans.plan import GoalResult, Plan
from tests.audit.build import account, by_id, city, goal, line, link, measure, tables_of

ONE = "2030"
SHORT = 16800 / 52800  # of the jobs that are asked for


def always(value: float) -> FrozenDict[str, float]:
    """The same figure today and in the period."""
    return FrozenDict({TODAY: value, ONE: value})


def case() -> Case:
    """The case described at the top of this file."""
    stock = (("alpha", 94.0), ("beta", 130.0))
    weights = FrozenDict({"clinic": 1.0, "crowd": 1.0, "jobs": 1.0})
    of_gaps: dict[str, Any] = {"cities": ("alpha", "beta"), "weights": weights}
    return Case(
        name="moved",
        title="Two cities by hand",
        scenario="base",
        money=Money(unit="bn CNY", prices=2023, discount_rate=0.0),
        periods=(Period(ONE, 2026, 2030),),
        people=(),
        modes=by_id(Mode(id="road", boarding_minutes=0.0, border_minutes=0.0)),
        services=by_id(
            Service(
                id="clinic", unit="posts", per_1000=FrozenDict({ONE: 1.0}), of="population", catchment_minutes=None,
                across_borders="never", shares="spare",
            )
        ),
        work=by_id(Work(id="jobs", kind="core", of="jobs", share=0.8, cities=("beta",), core=("alpha",))),
        crowding=by_id(Crowding(id="crowd", worst=1.25, cities=("alpha",))),
        cities=by_id(
            city("alpha", "Capital", "core", 0.0, population=always(1e5), jobs=6e4, meant_for=8e4),
            city("beta", "Province", "small", 0.0, population=always(1e5), jobs=3e4, housing=12000.0),
        ),
        capacity=FrozenDict({(c, "clinic"): Capacity(city=c, service="clinic", amount=always(n)) for c, n in stock}),
        links=by_id(link("l1", "alpha", "beta", "road", 50.0)),
        measures=by_id(
            measure(
                "campus", "relocation", cities=("beta",), from_city="alpha", jurisdictions=("Province",), tiers=("small",),
                units=2.0, capital_cost=1.0, latest=ONE,
            ),
            measure(
                "homes", "policy", jurisdictions=("Capital", "Province"), signed_by=("Capital", "Province"),
                capital_cost=0.1, latest=ONE,
            ),
        ),
        norms=FrozenDict(),
        effects=(
            Relocate(measure="campus", people=5000.0, jobs=3000.0, capacity=FrozenDict({"clinic": 2.0})),
            Settle(measure="homes", from_city="alpha", to_city="beta", people=0.0, entitled=1000.0, gives=("clinic",)),
        ),
        lines=by_id(line("fund", "central", (3.0, 0.0))),
        trips=FrozenDict(),
        no_city_loses=True,
        goals=(goal("gaps", "gaps", **of_gaps), goal("spending", "spending", **of_gaps)),
        scenarios=FrozenDict(),
        assumptions=(),
    )  # fmt: skip


def tables() -> FrozenDict[str, pd.DataFrame]:
    """All tables of the plan described at the top of this file."""
    clinic, crowd = ("posts per 1,000", 1.0), ("% of what it is meant for", 100.0)
    per_head = ("jobs per 1,000 people", 480.0)
    rows: dict[str, list[tuple[Any, ...]]] = {
        "decisions": [
            ("campus", "Campus", "relocation", "", "beta", "Province", ONE, 2026, 2.0, 2.0, 0.0, 0.0, "by the plan"),
            ("homes", "Homes", "policy", "", "", "Capital;Province", ONE, 2026, 1.0, 0.1, 0.0, 0.0, "by the plan"),
        ],
        "indicators": [
            ("clinic", "alpha", ONE, 1e5, *clinic, 0.94, 0.94, 1.0, 0.06, 0.0, 89e3, 0.06, 0.0),
            ("clinic", "beta", ONE, 1e5, *clinic, 1.0, 1.0, 1.0, 0.0, 0.0, 111e3, 0.0, 0.0),
            ("crowd", "alpha", ONE, 1e5, *crowd, 125.0, 125.0, 112.5, 1.0, 0.5, 90e3, 1.0, 0.5),
            ("jobs", "beta", ONE, 1e5, *per_head, 300.0, 300.0, 36e3 / 110, 0.375, 0.35, 110e3, 0.375, SHORT),
        ],
        "routes": [
            ("alpha", "beta", ONE, 50.0, 50.0, "alpha;road;beta"),
            ("beta", "alpha", ONE, 50.0, 50.0, "beta;road;alpha"),
        ],
        "flows": [("clinic", "alpha", "alpha", ONE, 89.0), ("clinic", "beta", "beta", ONE, 111.0)],
        "levels": [
            ("clinic", "alpha", ONE, 1e5, 89e3, 1.0, 94.0, 0.0, 0.0, 90.0, 0.0, 0.0, 0.94, 0.94, 90 / 89),
            ("clinic", "beta", ONE, 1e5, 111e3, 1.0, 130.0, 0.0, 0.0, 134.0, 0.0, 0.0, 1.3, 1.3, 134 / 111),
        ],
        "moves": [
            ("campus", "alpha", "beta", ONE, "people", 10000.0),
            ("campus", "alpha", "beta", ONE, "jobs", 6000.0),
            ("campus", "alpha", "beta", ONE, "clinic", 4.0),
            ("homes", "alpha", "beta", ONE, "entitled", 1000.0),
        ],
        "money": [account("fund", ONE, amount=3.0, capital=2.1, unspent=0.9)],
        "spending": [("campus", "fund", ONE, 2.0, 0.0), ("homes", "fund", ONE, 0.1, 0.0)],
        "jurisdictions": [
            ("Capital", ONE, 0.0, 0.05, 0.53, 0.25, 89e3 * 0.06 + 90e3 * 0.5, 0.0),
            ("Province", ONE, 0.0, 2.05, 0.1875, 0.175, 110e3 * (0.375 - SHORT), 0.0),
        ],
    }  # fmt: skip
    return tables_of(rows)


def plan() -> Plan:
    """The plan described at the top of this file, proven to its bounds."""
    values = {"gaps": 0.2125, "spending": 2.1}
    goals = tuple(GoalResult(name, value, value, 0.0, 0.0) for name, value in values.items())
    return Plan(case(), "optimal", (), FrozenDict({"gap": 1e-4}), goals, tables())
