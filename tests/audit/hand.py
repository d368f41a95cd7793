"""A case of three cities and a plan for it, with every figure worked out by hand.

Three cities, two periods of five years (2026-2030 and 2031-2035), heads the same in all years:

    Alpha (Capital, core) 1,000,000 -- Border (Province, secondary) 200,000 -- Inland (Province, small) 100,000

Roads: Alpha-Border 40 minutes and 20 at the border, Border-Inland 50. Railways (15 minutes for boarding and leaving):
Alpha-Border 15 once `rail-ab` serves, Border-Inland 20 once `rail-bc` serves.

The plan: `rail-ab` (decided before) and `clinic` (2 units) and `checkpoint` start in 2026, `insurance` in 2031.
`rail-ab` takes three years: open 2029, so in two of the first five years, too few to serve; it serves in the second
period. `clinic` takes a year: open 2027, four years of five, and serves in both.

Minutes           Alpha-Border            Border-Inland  Alpha-Inland
today             40 + 20 = 60            50             110
2030 without      60                      50             110
2030 with         40 (no border)          50             90
2035 both         15/2 + 15 + 15/2 = 30   50             30 + 50 = 80

Access `core` (Border and Inland to Alpha, standard 60, worst 120): gaps 0 in Border throughout; in Inland
(110 - 60) / 60 = 5/6 without and (90 - 60) / 60 = 1/2 with the plan in 2030, (80 - 60) / 60 = 1/3 in 2035.

Doctors, 2 per 1,000: needs 2,000, 400, 200. Stock 2,600, 300, 100, of which a tenth of Alpha's serves outsiders, so
2,340, 300, 100 (today they meet 2, 1.5 and 1 per 1,000). Alpha can spare 340, the others nothing. Without the
plan: gaps 0, 100/400 = 0.25, 100/200 = 0.5.
With it, 2 clinics of 20 posts leave Inland 60/200 = 0.3 short. In 2035 `insurance` lets Border use Alpha (30 minutes
of the 60 allowed; Inland is 80 minutes off): 100 there, so Border's gap is 0.

Money            2030                                                  2035
rail-ab          capital 10, running 2 x 0.1 = 0.2                     running 5 x 0.1 = 0.5
  its payers     capital line 0.6: 6 and 0.12; province 0.4: 4, 0.08   0.3 and 0.2
clinic x 2       capital 1, running 2 x 4 x 0.05 = 0.4                 running 2 x 5 x 0.05 = 0.5
  its payers     centre 0.3 x 1 (capital only); province 0.7 and 0.4   province 0.5
capital line     8 = 6.12 + 1.88 carried                               2 + 1.88 = 0.3 + 3.58 unspent
province line    6 = 4.7 + 0.48 + 0.82 unspent                         3 = 0.7 + 2.3 unspent
centre           1 = 0.3 + 0.7 unspent                                 0

Goals. Weights are people x 5 years, over core (300,000) and doctors (1,300,000) in two periods: each is people /
3,200,000. Gaps: (100,000 x (1/2 + 1/3) + 200,000 x 0.25 + 100,000 x 2 x 0.3) / 3,200,000 = 29/480. Worst city, Inland:
(1/2 + 1/3 + 0.3 + 0.3) / 4 = 43/120. Spending 11.6 + 1 = 12.6; at 100 % a year from the middle of each period, 2 and 7
years after the first: 11.6 / 4 + 1 / 128 = 2.9078125. Starts 5. Benefit 3 a clinic, twice in 2030: 3 x 2 x 2 = 12.

Jurisdictions. Half of rail-ab is located in the Province: 10.2 / 2 - 4.08 = 1.02 paid by others, of the clinics 1.4 -
1.1 = 0.3, together 1.32; in 2035 0.5 / 2 - 0.2 = 0.05. The Capital pays more than its half. Gaps of the Province, over
600,000 heads (300,000 for each indicator): 2030 without (100 x 5/6 + 200 x 0.25 + 100 x 0.5) / 600 = 11/36, with
(50 + 50 + 30) / 600 = 13/60; 2035 without (100/3 + 50 + 50) / 600 = 2/9, with (100/3 + 30) / 600 = 19/180. People:
100,000 x (5/6 - 1/2) + 100,000 x (0.5 - 0.3) = 160,000/3; 2035: 200,000 x 0.25 + 100,000 x 0.2 = 70,000.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from planner.audit import AuditReport
from planner.case import (
    Access,
    BorderMinutes,
    Capacity,
    Case,
    FrozenDict,
    Line,
    Measure,
    Mode,
    Money,
    OpenService,
    Period,
    Rule,
    Selection,
    Service,
    Target,
)
from planner.plans.plan import GoalResult, Plan
from tests.audit.build import (
    PERIODS,
    account,
    always,
    by_id,
    city,
    goal,
    line,
    link,
    measure,
    table,
    tables_of,
    where,
)  # fmt: skip


def measures() -> FrozenDict[str, Measure]:
    """Two railways, a road that excludes one of them, a clinic, two signatures."""
    both = {"cities": ("alpha", "border"), "jurisdictions": ("Capital", "Province"), "tiers": ("core", "secondary")}
    inland = {"cities": ("border", "inland"), "jurisdictions": ("Province",), "tiers": ("secondary", "small")}
    signed = {"jurisdictions": ("Capital", "Province"), "signed_by": ("Capital", "Province")}
    return by_id(
        measure(
            "rail-ab", "link", **both, capital_cost=10.0, running_cost=0.1, build_years=3, status="decided",
            start_period="2030", payers=FrozenDict({"capital": 0.6, "province": 0.4}),
        ),
        measure("rail-bc", "link", **inland, capital_cost=4.0, build_years=1, requires=("rail-ab",), one_of="inland"),
        measure("road-bc", "link", **inland, capital_cost=1.0, build_years=1, one_of="inland"),
        measure(
            "clinic", "facility", cities=("inland",), jurisdictions=("Province",), tiers=("small",), service="doctors",
            capacity=20.0, capital_cost=0.5, running_cost=0.05, units=5.0, build_years=1, benefit=3.0,
        ),
        measure("checkpoint", "policy", **signed),
        measure("insurance", "policy", **signed),
    )  # fmt: skip


def lines() -> FrozenDict[str, Line]:
    """Two jurisdictions' lines, and a central one for capital in small cities."""
    return by_id(
        line("capital", "Capital", (8.0, 2.0), pays_for=(where(jurisdiction="Capital"),), carry_over=True),
        line(
            "province", "Province", (6.0, 3.0), pays_for=(where(jurisdiction="Province"),),
            minimum=FrozenDict({"2030": 2.0, "2035": 0.0}),
        ),
        line(
            "centre", "central", (1.0, 0.0), pays_for=(where(kind="facility", tier="small"),), cost="capital",
            at_most_share=0.3,
        ),
    )  # fmt: skip


def promised() -> dict[str, Any]:
    """Targets, rules and goals: the plan keeps them all."""
    everything = tuple(measures())
    anywhere: Selection = FrozenDict()
    inland = where(city="inland")
    small = where(tier="small")
    return {
        "targets": (
            Target(
                id="inland-doctors",
                indicator="doctors",
                where=inland,
                cities=("inland",),
                by="2035",
                periods=("2035",),
                at_least=1.3,
            ),
            Target(
                id="inland-core",
                indicator="core",
                where=inland,
                cities=("inland",),
                by="2030",
                periods=PERIODS,
                at_most=100.0,
            ),
        ),
        "rules": (
            Rule(
                id="small-first",
                of="spending",
                where=small,
                measures=("clinic",),
                periods=PERIODS,
                at_least=0.1,
                share_of=anywhere,
                share_of_measures=everything,
            ),
            Rule(id="few-clinics", of="units", where=small, measures=("clinic",), periods=("2030",), at_most=3.0),
            Rule(id="few-works", of="count", where=anywhere, measures=everything, periods=("2030",), at_most=3.0),
        ),
        "goals": (
            goal("gaps", "gaps"),
            goal("worst_city", "worst_city"),
            goal("spending", "spending", at_most=12.6),
            goal("present value", "spending", discounted=True),
            goal("starts", "starts"),
            goal("benefit", "benefit", period_weights=FrozenDict({"2030": 2.0, "2035": 1.0})),
        ),
    }


def case() -> Case:
    """The case described at the top of this file."""
    stock = (("alpha", 2600.0, 0.1), ("border", 300.0, 0.0), ("inland", 100.0, 0.0))
    return Case(
        name="hand",
        title="Three cities by hand",
        scenario="base",
        money=Money(unit="bn CNY", prices=2023, discount_rate=1.0),
        periods=(Period("2030", 2026, 2030), Period("2035", 2031, 2035)),
        people=(),
        modes=by_id(
            Mode(id="road", boarding_minutes=0.0, border_minutes=20.0),
            Mode(id="rail", boarding_minutes=15.0, border_minutes=0.0),
        ),
        services=by_id(
            Service(
                id="doctors",
                unit="posts",
                per_1000=FrozenDict({"2030": 2.0, "2035": 2.0}),
                of="population",
                catchment_minutes=60.0,
                across_borders="by_policy",
                shares="spare",
            )
        ),
        access=by_id(
            Access(
                id="core",
                kind="nearest",
                origins=("border", "inland"),
                destinations=("alpha",),
                offers=None,
                modes=("road", "rail"),
                standard_minutes=60.0,
                worst_minutes=120.0,
                weight="population",
                target=None,
                from_where=FrozenDict(),
                to_where=where(tier="core"),
            )
        ),
        cities=by_id(
            city("alpha", "Capital", "core", 1_000_000.0),
            city("border", "Province", "secondary", 200_000.0),
            city("inland", "Province", "small", 100_000.0),
        ),
        capacity=FrozenDict(
            {(c, "doctors"): Capacity(city=c, service="doctors", amount=always(n), outsiders=out) for c, n, out in stock}
        ),
        links=by_id(
            link("l1", "alpha", "border", "road", 40.0),
            link("l2", "border", "inland", "road", 50.0),
            link("l3", "alpha", "border", "rail", 15.0, "rail-ab"),
            link("l4", "border", "inland", "rail", 20.0, "rail-bc"),
            link("l5", "border", "inland", "road", 30.0, "road-bc"),
        ),
        measures=measures(),
        norms=FrozenDict(),
        effects=(
            BorderMinutes(measure="checkpoint", between=("Capital", "Province"), modes=("road",), set_to=0.0),
            OpenService(measure="insurance", services=("doctors",), people_of=("Province",), at=("Capital",), minutes=None),
        ),
        lines=lines(),
        trips=FrozenDict(),
        no_city_loses=True,
        scenarios=FrozenDict(),
        assumptions=(),
        **promised(),
    )


def indicator_rows() -> list[tuple[Any, ...]]:
    """Core and doctors, as worked out at the top of this file."""
    posts = "posts per 1,000"
    people = {"alpha": 1e6, "border": 2e5, "inland": 1e5}
    core = [
        ("border", "2030", 60.0, 60.0, 40.0, 0.0, 0.0),
        ("inland", "2030", 110.0, 110.0, 90.0, 5 / 6, 1 / 2),
        ("border", "2035", 60.0, 30.0, 30.0, 0.0, 0.0),
        ("inland", "2035", 110.0, 80.0, 80.0, 1 / 3, 1 / 3),
    ]
    doctors = [
        ("alpha", "2030", 2.0, 2.0, 2.0, 0.0, 0.0),
        ("border", "2030", 1.5, 1.5, 1.5, 0.25, 0.25),
        ("inland", "2030", 1.0, 1.0, 1.4, 0.5, 0.3),
        ("alpha", "2035", 2.0, 2.0, 2.0, 0.0, 0.0),
        ("border", "2035", 1.5, 1.5, 2.0, 0.25, 0.0),
        ("inland", "2035", 1.0, 1.0, 1.4, 0.5, 0.3),
    ]
    return [("core", c, t, people[c], "minutes", 60.0, *figures) for c, t, *figures in core] + [
        ("doctors", c, t, people[c], posts, 2.0, *figures) for c, t, *figures in doctors
    ]


def route_rows() -> list[tuple[Any, ...]]:
    """Every ordered pair: the network is the same both ways."""
    rows = [
        ("alpha", "border", "2030", 60.0, 40.0, "alpha;road;border"),
        ("border", "inland", "2030", 50.0, 50.0, "border;road;inland"),
        ("alpha", "inland", "2030", 110.0, 90.0, "alpha;road;border;road;inland"),
        ("alpha", "border", "2035", 30.0, 30.0, "alpha;rail;border"),
        ("border", "inland", "2035", 50.0, 50.0, "border;road;inland"),
        ("alpha", "inland", "2035", 80.0, 80.0, "alpha;rail;border;road;inland"),
    ]
    return rows + [(j, i, *minutes, ";".join(via.split(";")[::-1])) for i, j, *minutes, via in rows]


def tables() -> FrozenDict[str, pd.DataFrame]:
    """All tables of the plan described at the top of this file."""
    both = ("alpha;border", "Capital;Province")
    signed = ("policy", "", "", "Capital;Province")
    rows: dict[str, list[tuple[Any, ...]]] = {
        "decisions": [
            ("rail-ab", "Rail-Ab", "link", "", *both, "2030", 2029, 1.0, 10.0, 0.0, 0.7, "before"),
            ("clinic", "Clinic", "facility", "", "inland", "Province", "2030", 2027, 2.0, 1.0, 0.0, 0.9, "by the plan"),
            ("checkpoint", "Checkpoint", *signed, "2030", 2026, 1.0, 0.0, 0.0, 0.0, "by the plan"),
            ("insurance", "Insurance", *signed, "2035", 2031, 1.0, 0.0, 0.0, 0.0, "by the plan"),
        ],
        "indicators": indicator_rows(),
        "routes": route_rows(),
        "flows": [
            ("doctors", "alpha", "alpha", "2030", 2000.0),
            ("doctors", "border", "border", "2030", 300.0),
            ("doctors", "inland", "inland", "2030", 140.0),
            ("doctors", "alpha", "alpha", "2035", 2000.0),
            ("doctors", "border", "border", "2035", 300.0),
            ("doctors", "border", "alpha", "2035", 100.0),
            ("doctors", "inland", "inland", "2035", 140.0),
        ],
        "money": [
            account("capital", "2030", amount=8.0, capital=6.0, running=0.12, carried_out=1.88),
            account("capital", "2035", amount=2.0, carried_in=1.88, running=0.3, unspent=3.58),
            account("province", "2030", amount=6.0, capital=4.7, running=0.48, unspent=0.82),
            account("province", "2035", amount=3.0, running=0.7, unspent=2.3),
            account("centre", "2030", amount=1.0, capital=0.3, unspent=0.7),
            account("centre", "2035"),
        ],
        "spending": [
            ("rail-ab", "capital", "2030", 6.0, 0.12),
            ("rail-ab", "province", "2030", 4.0, 0.08),
            ("rail-ab", "capital", "2035", 0.0, 0.3),
            ("rail-ab", "province", "2035", 0.0, 0.2),
            ("clinic", "centre", "2030", 0.3, 0.0),
            ("clinic", "province", "2030", 0.7, 0.4),
            ("clinic", "province", "2035", 0.0, 0.5),
        ],
        "jurisdictions": [
            ("Capital", "2030", 6.12, 0.0, 0.0, 0.0, 0.0, 0.0),
            ("Capital", "2035", 0.3, 0.0, 0.0, 0.0, 0.0, 0.0),
            ("Province", "2030", 5.18, 1.32, 11 / 36, 13 / 60, 160_000 / 3, 0.0),
            ("Province", "2035", 0.7, 0.05, 2 / 9, 19 / 180, 70_000.0, 0.0),
        ],
    }
    return tables_of(rows)


GOAL_VALUES = {
    "gaps": 29 / 480,
    "worst_city": 43 / 120,
    "spending": 12.6,
    "present value": 2.9078125,
    "starts": 5.0,
    "benefit": -12.0,
}


def plan() -> Plan:
    """The plan described at the top of this file, proven to its bounds."""
    goals = tuple(GoalResult(name, value, value, 0.0, 0.0) for name, value in GOAL_VALUES.items())
    return Plan(case(), "optimal", (), FrozenDict({"gap": 1e-4}), goals, tables())


def with_cells(plan: Plan, name: str, row: int, /, **cells: Any) -> Plan:
    """The plan with some cells of a row of a table changed."""
    changed = plan.table(name)
    for column, value in cells.items():
        values = changed[column].tolist()
        values[row] = value
        changed[column] = pd.Series(values, dtype=None if isinstance(value, float | int) else object)
    return with_table(plan, name, changed)


def with_table(plan: Plan, name: str, changed: pd.DataFrame) -> Plan:
    """The plan with another table."""
    return replace(plan, tables=FrozenDict({**plan.tables, name: changed}))


def with_case(plan: Plan, **parts: Any) -> Plan:
    """The plan as a plan for another case."""
    return replace(plan, case=replace(plan.case, **parts))


def with_measure(plan: Plan, id: str, **columns: Any) -> Plan:
    """The plan as a plan for a case with another measure of that id."""
    changed = replace(plan.case.measures[id], **columns)
    return with_case(plan, measures=FrozenDict({**plan.case.measures, id: changed}))


def without_row(plan: Plan, name: str, row: int) -> Plan:
    """The plan with a row of a table left out."""
    table = plan.tables[name]
    return with_table(plan, name, table.drop(table.index[row]).reset_index(drop=True))


def with_row(plan: Plan, name: str, *cells: Any) -> Plan:
    """The plan with a further row in a table."""
    further = table(name, [cells])
    return with_table(plan, name, pd.concat([plan.tables[name], further], ignore_index=True))


def finds(report: AuditReport, check: str, *words: str) -> bool:
    """Whether a violation of that check names all these words."""
    return any(v.check == check and all(word in str(v) for word in words) for v in report.violations)


changed = replace  # reads better where a thing of the case is changed
