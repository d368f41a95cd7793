"""A case with parks, policies and credit, with every figure of its plan (`industry_plan`) worked out by hand.

The cities, roads, periods and heads are those of `hand`; nothing is decided before. Jobs today are 500,000, 60,000 and
20,000 in Alpha, Border and Inland, output (GDP) is 100, 8 and 2.

Started in 2030: `dyes` (a phase in Border, from Alpha; a year to build), `tools` (Inland), `smelter` (a closure in
Inland), `filters` (2 units), `checkpoint`, `agreement`, `guarantee`, `grant` (which lasts five years). Started in 2035:
a second phase of `dyes`, `pills` (Inland, from Border), `reform`, `help`. All serve from the period in which they start.

Routes. The checkpoint opens the border in both periods: Border-Alpha 40 minutes instead of 60, and Alpha-Inland 90
instead of 110; Border-Inland 50 always. So dyes (45 minutes to the origin asked) and pills (55) reach their origins.

Schools, 10 places per 1,000, in the own city only: Alpha 10,000 of 10,000, Border 1,500 of 2,000 (gap 0.25), Inland 800
of 1,000 (gap 0.2), with the plan and without. A place brings 0.02 graduates a year, and half of them stay: in five years
1,500 x 0.05 = 75 in Border and 800 x 0.05 = 40 in Inland.

Jobs         phases                     bonus: drug-supply (0.1), brand (0.05)                        halves
2030 dyes    1,000                      with tools 80, all that tools may have (0.1 x 800)            40
     tools   800                        80                                                            40
2035 dyes    1,000 + 402.5 = 1,402.5    with tools 50 (drug-supply), with pills 20 (brand)            25 + 10 = 35
     tools   800                        50 + 30 = 80                                                  40
     pills   400                        with tools 30, with dyes 20, all it may have (0.05 x 400)     15 + 10 = 25

Skills. Border has 500 skilled people: dyes need 0.4 x 1,040 = 416; in 2035 0.4 x 1,437.5 = 575 = 500 + 75, which is why
the second phase has no more jobs. Inland has 300: 0.25 x 840 = 210; in 2035 210 + 0.2 x 425 = 295 of 340.

Land. Dyes 1.5 a phase, of a quota of 3: 1.5, then 3. Tools 1 and pills 2, of a quota of 2 and 2 more by the reform.
Closure. The smelter ends 300 jobs; tools alone replace them.

Air (plain)  existing + parks - filters (2 x 2) - smelter (4), cap 14 and 12
2030         10 + (3 x 1 + 1) - 4 - 4 = 6
2035         12 + (3 x 1.4025 + 1 + 2) - 4 - 4 = 12 + 7.2075 - 8 = 11.2075
Air (coast)  1 - filters (2 x 1), at least 0; no cap

Work. jobs: targets 64,000 and 66,000 in Border, 22,000 and none in Inland. cliff: 0.8 of Alpha's 0.5 a head: 80,000 and
40,000. output: half of Alpha's 100 / 1,000,000 a head: 10 and 5.
             jobs (per 1,000)                   gap of jobs     gap of cliff        output      gap of output
today        Border 60,000 (300)                                                   8
2030 without                                    4,000 / 64,000  0.25                8           0.2
2030 with    60,000 + 1,000 + 40 (305.2)        2,960 / 64,000  18,960 / 80,000     8 + 2       0
2035 without                                    6,000 / 66,000  0.25                8           0.2
2035 with    60,000 + 1,402.5 + 35 (307.1875)   4,562.5/66,000  18,562.5 / 80,000   8 + 2.805   0
today        Inland 20,000 (200)                                                   2
2030 without                                    2,000 / 22,000  0.5                 2           0.6
2030 with    20,000 + 800 + 40 - 300 (205.4)    1,460 / 22,000  19,460 / 40,000     2 + 1       0.4
2035 without                                                    0.5                 2           0.6
2035 with    20,000 + 800 + 400 + 40 + 25 - 300 = 20,965        19,035 / 40,000     2 + 1 + .5  0.3

Tax (five years)  dyes 1; tools 0.4; in 2035 dyes 1.4025, tools 0.4, pills 0.25
shared            0.5 x 1 of the first phase in its first period; 0.5 x 5 x 0.0002 x 402.5 = 0.20125 of the second
moved             dyes 0.25 x 1 and 0.25 x 1.4025 out of the Capital; pills 0.5 x 0.25 out of and into the Province
arrives in 2035   province 0.5 + 0.4 = 0.9; capital 0.5 - 0.25 = 0.25; the rest after the horizon

Money            2030                                                 2035
dyes             capital 6: own 1.8, attracted 0.6, fund 1.6, prov. 2 6: own 1.8, attracted 0.2, fund 1.9, province 2.1
                 running 4 x 0.1, province                            5 x 0.1 + 4 x 0.1, province
tools            capital 3: attracted 0.3, province 2.7
pills                                                                 2: own 0.4, province 1.6
smelter, filters 0.5; 2 x 0.5 and 2 x 5 x 0.05 = 0.5 running          0.5 running, province
grant            0.3 and 5 x 0.04 = 0.2 running, province
guarantee        5 x 0.02 = 0.1, fund                                 0.1, fund
province         6.1 + 2 borrowed = 6.5 + 1.1 + 0.5 carried           7 + 0.5 + 0.8 + 0.9 = 3.7 + 1.4 + 3.22102 + 0.87898
  its debt       2                                                    2 x 1.1^5 - 3.22102 = 0
fund             2 = 1.6 + 0.1 + 0.3 unspent                          2 = 1.9 + 0.1
capital          4 unspent                                            4 + 0.25 = 0.8 sent (of at most 0.25 x 4) + 3.45

Pyramid. All lines have 25.1; the grant costs 0.5 (at most 0.05 of it: 1.255), the guarantee 0.2 (0.02: 0.502). The grant
serves Inland in one period. The checkpoint is signed by the Province, too, and serves when the grant starts.

Goals. Over Border (2) and Inland (1), and Alpha (10) for schools, in units of 100,000 people x 5 years:
2030 schools 3 x 0.25 - 0.05 = 0.7; jobs 2 x 2960/64000 + 1460/22000; cliff 2 x 0.237 + 0.4865 = 0.9605; output 0.4
2035 schools 0.7; jobs 2 x 4562.5/66000; cliff 2 x 18562.5/80000 + 19035/40000; output 0.3
The weights are 12 and 11 (no jobs in Inland): 23 in all, and with Alpha's schools 2 x 10 more.
Spending 9.3 + 7.1 and interest 2 x (1.1^5 - 1) = 1.22102; at 100 % a year 9.3 / 4 + 8.32102 / 128. Emissions 5 x (6 +
11.2075) = 86.0375.

Jurisdictions. The fund pays 1.6 of dyes' public 3.6 + 0.4 and all of the guarantee: 1.7; in 2035 1.9 + 0.1 = 2.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from planner.case import (
    AddLand,
    Airshed,
    AllowTransfer,
    BorderMinutes,
    Borrowing,
    Capacity,
    Case,
    Chain,
    FrozenDict,
    Gate,
    Industry,
    LowerEmissions,
    Measure,
    Park,
    Pyramid,
    RaisePrivateShare,
    Rule,
    Service,
    ShareTax,
    Target,
    Work,
)
from tests.audit import build, hand
from tests.audit.build import PERIODS, always, by_id, city, line, measure, where

NONE: FrozenDict[str, Any] = FrozenDict()
PROVINCE = ("border", "inland")


def by_period(first: float, second: float) -> FrozenDict[str, float]:
    """A figure of each period."""
    return FrozenDict({"2030": first, "2035": second})


def park(measure: str, industry: str | None, **columns: Any) -> Park:
    """A row of parks.csv with the defaults of an empty one."""
    defaults: dict[str, Any] = {
        "origin": None, "form": None, "area_km2": 0.0, "skilled_share": 0.0, "output": 0.0, "tax": 0.0, "emissions": 0.0,
        "origin_minutes": None, "moved_share": 0.0,
    }  # fmt: skip
    return Park(measure=measure, industry=industry, **{**defaults, **columns})


def parks() -> FrozenDict[str, Park]:
    """Three parks and a closure."""
    rows = (
        park(
            "dyes", "pharma", origin="alpha", form="duplication", area_km2=1.5, jobs=1000.0, skilled_share=0.4, output=2.0,
            tax=0.2, emissions=3.0, origin_minutes=45.0, moved_share=0.25,
        ),
        park("tools", "machinery", area_km2=1.0, jobs=800.0, skilled_share=0.25, output=1.0, tax=0.08, emissions=1.0),
        park(
            "pills", "pharma", origin="border", area_km2=2.0, jobs=400.0, skilled_share=0.2, output=0.5, tax=0.05,
            emissions=2.0, origin_minutes=55.0, moved_share=0.5,
        ),
        park("smelter", None, jobs=300.0, emissions=4.0),
    )  # fmt: skip
    return FrozenDict({row.measure: row for row in rows})


def measures() -> FrozenDict[str, Measure]:
    """Parks, a closure, filters, and a policy of every level."""
    border = {"cities": ("border",), "jurisdictions": ("Province",), "tiers": ("secondary",)}
    inland = {"cities": ("inland",), "jurisdictions": ("Province",), "tiers": ("small",)}
    both = {"jurisdictions": ("Capital", "Province"), "signed_by": ("Capital", "Province")}
    capital = {"jurisdictions": ("Capital",), "signed_by": ("Capital",)}
    province = {"jurisdictions": ("Province",), "signed_by": ("Province",)}
    return by_id(
        measure(
            "dyes", "park", **border, capital_cost=6.0, running_cost=0.1, units=3.0, max_starts=1.0, build_years=1,
            private_share=0.3,
        ),
        measure("tools", "park", **inland, capital_cost=3.0),
        measure("pills", "park", **inland, capital_cost=2.0, private_share=0.2),
        measure("smelter", "closure", **inland, capital_cost=0.5),
        measure("filters", "abatement", **border, capital_cost=0.5, running_cost=0.05, units=4.0),
        measure("checkpoint", "policy", **both, level="barrier_removal"),
        measure("agreement", "policy", **both, level="supportive"),
        measure("help", "policy", **capital, level="auxiliary"),
        measure("reform", "policy", **province, level="auxiliary"),
        measure("guarantee", "policy", **province, level="incentive", running_cost=0.02),
        measure(
            "grant", "policy", **inland, signed_by=("Province",), level="subsidy", capital_cost=0.3, running_cost=0.04,
            life_years=5,
        ),
    )  # fmt: skip


def money() -> dict[str, Any]:
    """Lines, and the effects that bring them money or land."""
    in_parks = ("dyes", "tools", "pills")
    return {
        "effects": (
            BorderMinutes(measure="checkpoint", between=("Capital", "Province"), modes=("road",), set_to=0.0),
            ShareTax(measure="agreement", where=where(origin="alpha"), parks=("dyes",), share=0.5, periods=1),
            AllowTransfer(measure="help", from_line="capital", to_line="province", at_most_share=0.25),
            AddLand(measure="reform", cities=("inland",), km2=2.0),
            RaisePrivateShare(measure="guarantee", where=where(kind="park"), measures=in_parks, plus=0.1),
            LowerEmissions(measure="filters", airshed="plain", by=2.0),
            LowerEmissions(measure="filters", airshed="coast", by=1.0),
        ),
        "lines": by_id(
            line("capital", "Capital", (4.0, 4.0), pays_for=(where(jurisdiction="Capital"),), gets_tax=True),
            line(
                "province", "Province", (6.1, 7.0), pays_for=(where(jurisdiction="Province"),), carry_over=True,
                gets_tax=True, borrowing=Borrowing(limit=by_period(2.5, 0.0), interest=0.1),
            ),
            line(
                "fund", "central", (2.0, 2.0),
                pays_for=(where(industry="pharma", form="duplication", origin="alpha"), where(level="incentive")),
            ),
        ),
    }  # fmt: skip


def promised() -> dict[str, Any]:
    """Pyramid, gates, targets, rules and goals: the plan keeps them all."""
    border, inland, in_parks = where(city="border"), where(city="inland"), where(kind="park")
    every: dict[str, Any] = {"weights": FrozenDict(dict.fromkeys(("schools", "jobs", "cliff", "output"), 1.0))}
    own: dict[str, Any] = {"where": where(jurisdiction="Province"), "cities": PROVINCE}
    gaps = build.goal("gaps", "gaps", **every)
    return {
        "pyramid": Pyramid(
            at_most_share=FrozenDict({"subsidy": 0.05, "incentive": 0.02}), subsidy_periods=1, barriers_first=("checkpoint",)
        ),
        "gates": (
            Gate(id="schools-first", where=inland, measures=("pills", "reform"), indicator="schools", at_least=7.0),
            Gate(id="work-first", where=border, measures=("dyes",), indicator="jobs", at_least=300.0),
        ),
        "targets": (
            Target(
                id="border-jobs",
                indicator="jobs",
                where=border,
                cities=("border",),
                by="2035",
                periods=("2035",),
                at_least=307.0,
            ),
        ),
        "rules": (
            Rule(
                id="work", of="jobs", where=in_parks, measures=("dyes", "tools", "pills"), periods=PERIODS, at_least=2500.0
            ),
            Rule(id="fields", of="land", where=in_parks, measures=("dyes", "tools", "pills"), periods=PERIODS, at_most=6.5),
        ),
        "goals": (
            replace(gaps, parts=FrozenDict({"gaps": 1.0, "worst_city": 0.5})),
            build.goal("province", "gaps", **every, **own),
            build.goal("border", "worst_city", **every, where=border, cities=("border",)),
            build.goal("spending", "spending", **every),
            build.goal("present value", "spending", **every, discounted=True),
            build.goal("emissions", "emissions", **every),
        ),
    }


def case() -> Case:
    """The case described at the top of this file."""
    stock = (("alpha", 10000.0), ("border", 1500.0), ("inland", 800.0))
    everywhere, core = NONE, where(tier="core")
    return replace(
        hand.case(),
        name="industry",
        access=NONE,
        services=by_id(
            Service(
                id="schools",
                unit="places",
                per_1000=by_period(10.0, 10.0),
                of="population",
                catchment_minutes=None,
                across_borders="never",
                shares="spare",
                graduates=0.02,
                stay_share=0.5,
            )
        ),
        capacity=FrozenDict(
            {(c, "schools"): Capacity(city=c, service="schools", amount=always(n), outsiders=0.0) for c, n in stock}
        ),
        cities=by_id(
            city("alpha", "Capital", "core", 1e6, jobs=500_000.0, gdp=100.0),
            city(
                "border",
                "Province",
                "secondary",
                2e5,
                jobs=60_000.0,
                gdp=8.0,
                skilled=500.0,
                land_quota_km2=3.0,
                airshed="plain",
                jobs_target=by_period(64_000.0, 66_000.0),
            ),
            city(
                "inland",
                "Province",
                "small",
                1e5,
                jobs=20_000.0,
                gdp=2.0,
                skilled=300.0,
                land_quota_km2=2.0,
                airshed="plain",
                jobs_target=by_period(22_000.0, 0.0),
            ),
        ),
        links=FrozenDict({id: link for id, link in hand.case().links.items() if not link.needs}),
        measures=measures(),
        parks=parks(),
        industries=by_id(
            Industry(id="pharma", name="Biopharmaceuticals", max_hosts=2),
            Industry(id="machinery", name="Machines", max_hosts=1),
        ),
        chains=by_id(
            Chain(id="drug-supply", industries=("pharma", "machinery"), minutes=50.0, bonus=0.1),
            Chain(id="brand", industries=("pharma", "pharma"), minutes=50.0, bonus=0.05),
        ),
        airsheds=by_id(
            Airshed(id="plain", unit="kt", existing=by_period(10.0, 12.0), cap=by_period(14.0, 12.0)),
            Airshed(id="coast", unit="kt", existing=by_period(1.0, 1.0), cap=None),
        ),
        work=by_id(
            Work(
                id="jobs", kind="target", of="jobs", cities=PROVINCE, core=(), share=1.0, where=everywhere, core_where=NONE
            ),
            Work(
                id="cliff",
                kind="core",
                of="jobs",
                cities=PROVINCE,
                core=("alpha",),
                share=0.8,
                where=everywhere,
                core_where=core,
            ),
            Work(
                id="output",
                kind="core",
                of="output",
                cities=PROVINCE,
                core=("alpha",),
                share=0.5,
                where=everywhere,
                core_where=core,
            ),
        ),
        nobody_worse_off=True,
        **money(),
        **promised(),
    )
