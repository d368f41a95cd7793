"""A plan in which people use a service across a border at a price, and no level may fall, with every figure by hand.

Two cities 50 minutes of road apart, one period of five years (2026-2030), heads the same in all years:

    Alpha (Capital, core) 100,000 people -- Border (Province, small) 50,000 people

Clinics, one post per 1,000: needs 100 and 50, stock 110 and 45. People of the Province may use Alpha's, 0.01 bn a post and
year: 0.05 in the period. Without the plan Border's people use 5 posts there: 0.25 bn of the 1 that the Province has for it.

The plan: `posts` (1 unit, 1 bn of the fund) adds 3 posts in Border: 2 are used in Alpha, for 0.1 bn. After the horizon 0.1
of the Province's 0.2 a year may go on: all of the 0.02 a year that it pays with the plan.

Levels: Alpha (110 - 5) / 100 = 1.05 without, (110 - 2) / 100 = 1.08 with; Border (45 + 5) / 50 = 1 and (48 + 2) / 50 = 1.
No need goes unmet with the plan or without it. Spending 1 + 0.1 = 1.1.

Jurisdictions. The Capital pays nothing. The Province pays its 0.1, and others the 1 of `posts` there.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from planner.case import TODAY, After, Capacity, Case, FrozenDict, Mode, Money, OpenService, Period, Service
from planner.plans.plan import GoalResult, Plan
from tests.audit.build import account, by_id, city, goal, line, link, measure, tables_of, where

ONE = "2030"


def always(value: float) -> FrozenDict[str, float]:
    """The same figure today and in the period."""
    return FrozenDict({TODAY: value, ONE: value})


def case() -> Case:
    """The case described at the top of this file."""
    stock = (("alpha", 110.0), ("border", 45.0))
    of_clinics: dict[str, Any] = {"cities": ("alpha", "border"), "weights": FrozenDict({"clinic": 1.0})}
    return Case(
        name="priced",
        title="Two cities by hand",
        scenario="base",
        money=Money(unit="bn CNY", prices=2023, discount_rate=0.0),
        periods=(Period(ONE, 2026, 2030),),
        people=(),
        modes=by_id(Mode(id="road", boarding_minutes=0.0, border_minutes=0.0)),
        services=by_id(
            Service(
                id="clinic", unit="posts", per_1000=FrozenDict({ONE: 1.0}), of="population", catchment_minutes=60.0,
                across_borders="by_policy", shares="spare",
            )
        ),
        in_force=(OpenService(services=("clinic",), people_of=("Province",), at=("Capital",), minutes=None, price=0.01),),
        cities=by_id(
            city("alpha", "Capital", "core", 0.0, population=always(100_000.0)),
            city("border", "Province", "small", 0.0, population=always(50_000.0)),
        ),
        capacity=FrozenDict({(c, "clinic"): Capacity(city=c, service="clinic", amount=always(n)) for c, n in stock}),
        links=by_id(link("l1", "alpha", "border", "road", 50.0)),
        measures=by_id(
            measure(
                "posts", "facility", cities=("border",), jurisdictions=("Province",), tiers=("small",), service="clinic",
                capacity=3.0, capital_cost=1.0, latest=ONE,
            )
        ),
        norms=FrozenDict(),
        effects=(),
        lines=by_id(
            line("fund", "central", (5.0, 0.0), pays_for=(where(kind="facility"),)),
            line("province", "Province", (1.0, 0.0), cost="running", after=After(at_most_share=0.1)),
        ),
        trips=FrozenDict(),
        no_city_loses=True,
        no_level_falls=("clinic",),
        goals=(goal("gaps", "gaps", **of_clinics), goal("spending", "spending", **of_clinics)),
        scenarios=FrozenDict(),
        assumptions=(),
    )  # fmt: skip


def tables() -> FrozenDict[str, pd.DataFrame]:
    """All tables of the plan described at the top of this file."""
    clinic = ("posts per 1,000", 1.0)
    rows: dict[str, list[tuple[Any, ...]]] = {
        "decisions": [
            ("posts", "Posts", "facility", "", "border", "Province", ONE, 2026, 1.0, 1.0, 0.0, 0.0, "by the plan"),
        ],
        "indicators": [
            ("clinic", "alpha", ONE, 1e5, *clinic, 1.0, 1.0, 1.0, 0.0, 0.0),
            ("clinic", "border", ONE, 5e4, *clinic, 0.9, 1.0, 1.0, 0.0, 0.0),
        ],
        "routes": [
            ("alpha", "border", ONE, 50.0, 50.0, "alpha;road;border"),
            ("border", "alpha", ONE, 50.0, 50.0, "border;road;alpha"),
        ],
        "flows": [
            ("clinic", "alpha", "alpha", ONE, 100.0),
            ("clinic", "border", "border", ONE, 48.0),
            ("clinic", "border", "alpha", ONE, 2.0),
        ],
        "uses": [("clinic", "border", "alpha", "", ONE, 0.01, 5.0, 2.0, 0.1)],
        "levels": [
            ("clinic", "alpha", ONE, 1e5, 1e5, 1.0, 110.0, 5.0, 0.0, 110.0, 2.0, 0.0, 1.1, 1.05, 1.08),
            ("clinic", "border", ONE, 5e4, 5e4, 1.0, 45.0, 0.0, 5.0, 48.0, 0.0, 2.0, 0.9, 1.0, 1.0),
        ],
        "money": [
            account("fund", ONE, amount=5.0, capital=1.0, unspent=4.0),
            account("province", ONE, amount=1.0, fees=0.1, unspent=0.9),
        ],
        "spending": [("posts", "fund", ONE, 1.0, 0.0)],
        "jurisdictions": [
            ("Capital", ONE, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
            ("Province", ONE, 0.1, 1.0, 0.0, 0.0, 0.0, 0.0),
        ],
    }  # fmt: skip
    return tables_of(rows)


def plan() -> Plan:
    """The plan described at the top of this file, proven to its bounds."""
    values = {"gaps": 0.0, "spending": 1.1}
    goals = tuple(GoalResult(name, value, value, 0.0, 0.0) for name, value in values.items())
    return Plan(case(), "optimal", (), FrozenDict({"gap": 1e-4}), goals, tables())
