"""The plan for the case of `industry`, as worked out there."""

from __future__ import annotations

from math import nan
from typing import Any

import pandas as pd

from planner.case import FrozenDict
from planner.plans.plan import GoalResult, Plan
from planner.plans.tables import AFTER
from tests.audit import build
from tests.audit.build import PERIODS
from tests.audit.industry import case

# by city and period: without, with
JOBS = {
    ("border", "2030"): (4000 / 64_000, 2960 / 64_000), ("border", "2035"): (6000 / 66_000, 4562.5 / 66_000),
    ("inland", "2030"): (2000 / 22_000, 1460 / 22_000),
}  # fmt: skip
CLIFF = {
    ("border", "2030"): (0.25, 18_960 / 80_000), ("border", "2035"): (0.25, 18_562.5 / 80_000),
    ("inland", "2030"): (0.5, 19_460 / 40_000), ("inland", "2035"): (0.5, 19_035 / 40_000),
}  # fmt: skip


def indicator_rows() -> list[tuple[Any, ...]]:
    """Schools, jobs, the cliff and output, as worked out in `industry`."""
    places, jobs, output = "places per 1,000", "jobs per 1,000 people", "output per head"
    rows: list[tuple[Any, ...]] = []
    for t in PERIODS:
        rows += [
            ("schools", "alpha", t, 1e6, places, 10.0, 10.0, 10.0, 10.0, 0.0, 0.0),
            ("schools", "border", t, 2e5, places, 10.0, 7.5, 7.5, 7.5, 0.25, 0.25),
            ("schools", "inland", t, 1e5, places, 10.0, 8.0, 8.0, 8.0, 0.2, 0.2),
        ]
    rows += [
        ("jobs", "border", "2030", 2e5, jobs, 320.0, 300.0, 300.0, 305.2, *JOBS["border", "2030"]),
        ("jobs", "border", "2035", 2e5, jobs, 330.0, 300.0, 300.0, 307.1875, *JOBS["border", "2035"]),
        ("jobs", "inland", "2030", 1e5, jobs, 220.0, 200.0, 200.0, 205.4, *JOBS["inland", "2030"]),
        ("cliff", "border", "2030", 2e5, jobs, 400.0, 300.0, 300.0, 305.2, *CLIFF["border", "2030"]),
        ("cliff", "border", "2035", 2e5, jobs, 400.0, 300.0, 300.0, 307.1875, *CLIFF["border", "2035"]),
        ("cliff", "inland", "2030", 1e5, jobs, 400.0, 200.0, 200.0, 205.4, *CLIFF["inland", "2030"]),
        ("cliff", "inland", "2035", 1e5, jobs, 400.0, 200.0, 200.0, 209.65, *CLIFF["inland", "2035"]),
        ("output", "border", "2030", 2e5, output, 5e-5, 4e-5, 4e-5, 10 / 2e5, 0.2, 0.0),
        ("output", "border", "2035", 2e5, output, 5e-5, 4e-5, 4e-5, 10.805 / 2e5, 0.2, 0.0),
        ("output", "inland", "2030", 1e5, output, 5e-5, 2e-5, 2e-5, 3 / 1e5, 0.6, 0.4),
        ("output", "inland", "2035", 1e5, output, 5e-5, 2e-5, 2e-5, 3.5 / 1e5, 0.6, 0.3),
    ]
    return rows


def route_rows() -> list[tuple[Any, ...]]:
    """Every ordered pair, alike in both periods and both ways."""
    ways: list[tuple[Any, ...]] = [
        ("alpha", "border", 60.0, 40.0, "alpha;road;border"),
        ("border", "inland", 50.0, 50.0, "border;road;inland"),
        ("alpha", "inland", 110.0, 90.0, "alpha;road;border;road;inland"),
    ]
    rows = [(i, j, t, *minutes, via) for i, j, *minutes, via in ways for t in PERIODS]
    return rows + [(j, i, *figures, ";".join(via.split(";")[::-1])) for i, j, *figures, via in rows]


def decision_rows() -> list[tuple[Any, ...]]:
    """What starts, where and when."""
    border, inland = ("border", "Province"), ("inland", "Province")
    by = "by the plan"
    return [
        ("dyes", "Dyes", "park", "", *border, "2030", 2027, 1.0, 6.0, 2.4, 0.9, by),
        ("dyes", "Dyes", "park", "", *border, "2035", 2032, 1.0, 6.0, 2.0, 0.4, by),
        ("tools", "Tools", "park", "", *inland, "2030", 2026, 1.0, 3.0, 0.3, 0.0, by),
        ("pills", "Pills", "park", "", *inland, "2035", 2031, 1.0, 2.0, 0.4, 0.0, by),
        ("smelter", "Smelter", "closure", "", *inland, "2030", 2026, 1.0, 0.5, 0.0, 0.0, by),
        ("filters", "Filters", "abatement", "", *border, "2030", 2026, 2.0, 1.0, 0.0, 1.0, by),
        ("checkpoint", "Checkpoint", "policy", "barrier_removal", "", "Capital;Province", "2030", 2026, 1.0, 0, 0, 0, by),
        ("agreement", "Agreement", "policy", "supportive", "", "Capital;Province", "2030", 2026, 1.0, 0, 0, 0, by),
        ("help", "Help", "policy", "auxiliary", "", "Capital", "2035", 2031, 1.0, 0.0, 0.0, 0.0, by),
        ("reform", "Reform", "policy", "auxiliary", "", "Province", "2035", 2031, 1.0, 0.0, 0.0, 0.0, by),
        ("guarantee", "Guarantee", "policy", "incentive", "", "Province", "2030", 2026, 1.0, 0.0, 0.0, 0.2, by),
        ("grant", "Grant", "policy", "subsidy", *inland, "2030", 2026, 1.0, 0.3, 0.0, 0.2, by),
    ]


def money_rows() -> dict[str, list[tuple[Any, ...]]]:
    """Who pays, who sends, who owes, and where the tax goes."""
    return {
        "money": [
            build.account("capital", "2030", amount=4.0, unspent=4.0),
            build.account("capital", "2035", amount=4.0, tax=0.25, sent=0.8, unspent=3.45),
            build.account(
                "province", "2030", amount=6.1, borrowed=2.0, capital=6.5, running=1.1, carried_out=0.5, debt=2.0
            ),
            build.account(
                "province", "2035", amount=7.0, carried_in=0.5, received=0.8, tax=0.9, capital=3.7, running=1.4,
                repaid=3.22102, unspent=0.87898,
            ),
            build.account("fund", "2030", amount=2.0, capital=1.6, running=0.1, unspent=0.3),
            build.account("fund", "2035", amount=2.0, capital=1.9, running=0.1),
        ],
        "spending": [
            ("dyes", "fund", "2030", 1.6, 0.0),
            ("dyes", "province", "2030", 2.0, 0.4),
            ("dyes", "fund", "2035", 1.9, 0.0),
            ("dyes", "province", "2035", 2.1, 0.9),
            ("tools", "province", "2030", 2.7, 0.0),
            ("pills", "province", "2035", 1.6, 0.0),
            ("smelter", "province", "2030", 0.5, 0.0),
            ("filters", "province", "2030", 1.0, 0.5),
            ("filters", "province", "2035", 0.0, 0.5),
            ("guarantee", "fund", "2030", 0.0, 0.1),
            ("guarantee", "fund", "2035", 0.0, 0.1),
            ("grant", "province", "2030", 0.3, 0.2),
        ],
        "private": [
            ("dyes", "2030", 1.8, 0.6), ("dyes", "2035", 1.8, 0.2), ("tools", "2030", 0.0, 0.3), ("pills", "2035", 0.4, 0.0),
        ],
        "transfers": [("help", "capital", "province", "2035", 0.8)],
        "taxes": [
            ("dyes", "2030", "2035", "province", "host", 0.5),
            ("dyes", "2030", "2035", "capital", "origin", 0.5),
            ("dyes", "2030", "2035", "capital", "moved", -0.25),
            ("tools", "2030", "2035", "province", "host", 0.4),
            ("dyes", "2035", AFTER, "province", "host", 1.20125),
            ("dyes", "2035", AFTER, "capital", "origin", 0.20125),
            ("dyes", "2035", AFTER, "capital", "moved", -0.350625),
            ("tools", "2035", AFTER, "province", "host", 0.4),
            ("pills", "2035", AFTER, "province", "host", 0.25),
            ("pills", "2035", AFTER, "province", "moved", -0.125),
        ],
    }  # fmt: skip


def park_rows() -> dict[str, list[tuple[Any, ...]]]:
    """Phases, bonuses, and what follows for skills and air."""
    return {
        "parks": [
            ("dyes", "2030", 1.0, 1000.0, 1000.0, 40.0, 416.0, 1.5, 2.0, 3.0, 1.0),
            ("dyes", "2035", 2.0, 2000.0, 1402.5, 35.0, 575.0, 3.0, 2.805, 4.2075, 1.4025),
            ("tools", "2030", 1.0, 800.0, 800.0, 40.0, 210.0, 1.0, 1.0, 1.0, 0.4),
            ("tools", "2035", 1.0, 800.0, 800.0, 40.0, 210.0, 1.0, 1.0, 1.0, 0.4),
            ("pills", "2035", 1.0, 400.0, 400.0, 25.0, 85.0, 2.0, 0.5, 2.0, 0.25),
        ],
        "phases": [
            ("dyes", "2030", "2030", 1000.0, 0.5),
            ("dyes", "2030", "2035", 1000.0, 0.0),
            ("dyes", "2035", "2035", 402.5, 0.20125),
            ("tools", "2030", "2030", 800.0, 0.0),
            ("tools", "2030", "2035", 800.0, 0.0),
            ("pills", "2035", "2035", 400.0, 0.0),
        ],
        "bonus": [
            ("drug-supply", "dyes", "tools", "2030", 80.0),
            ("drug-supply", "dyes", "tools", "2035", 50.0),
            ("drug-supply", "pills", "tools", "2035", 30.0),
            ("brand", "dyes", "pills", "2035", 20.0),
        ],
        "skills": [
            ("border", "2030", 500.0, 0.0, 416.0),
            ("border", "2035", 500.0, 75.0, 575.0),
            ("inland", "2030", 300.0, 0.0, 210.0),
            ("inland", "2035", 300.0, 40.0, 295.0),
        ],
        "airsheds": [
            ("plain", "2030", 10.0, 4.0, 4.0, 4.0, 6.0, 14.0),
            ("plain", "2035", 12.0, 7.2075, 4.0, 4.0, 11.2075, 12.0),
            ("coast", "2030", 1.0, 0.0, 2.0, 0.0, 0.0, nan),
            ("coast", "2035", 1.0, 0.0, 2.0, 0.0, 0.0, nan),
        ],
    }


GAPS_2030 = 0.7 + 2 * 2960 / 64_000 + 1460 / 22_000 + 2 * 18_960 / 80_000 + 19_460 / 40_000 + 0.4
GAPS_2035 = 0.7 + 2 * 4562.5 / 66_000 + 2 * 18_562.5 / 80_000 + 19_035 / 40_000 + 0.3
INLAND = (0.2 + 1460 / 22_000 + 19_460 / 40_000 + 0.4 + 0.2 + 19_035 / 40_000 + 0.3) / 7
BORDER = (0.25 + 2960 / 64_000 + 18_960 / 80_000 + 0.25 + 4562.5 / 66_000 + 18_562.5 / 80_000) / 8
OWN = (GAPS_2030 + GAPS_2035) / 23 + INLAND / 2  # of the Province alone

GOAL_VALUES = {
    "gaps": (GAPS_2030 + GAPS_2035) / 43 + INLAND / 2,
    "province": (GAPS_2030 + GAPS_2035) / 23,
    "border": BORDER,
    "spending": 17.62102,
    "present value": 9.3 / 4 + 8.32102 / 128,
    "emissions": 86.0375,
}


def jurisdiction_rows() -> dict[str, list[tuple[Any, ...]]]:
    """Gaps without: schools 0.7, jobs 0.125 + 1/11 and 2/11, cliff 1, output 1. People whose gaps shrink, in 100,000."""
    better = 2 * (1040 / 64_000) + 540 / 22_000 + 2 * (1040 / 80_000) + 540 / 40_000 + 2 * 0.2 + 0.2
    later = 2 * (1437.5 / 66_000) + 2 * (1437.5 / 80_000) + 965 / 40_000 + 2 * 0.2 + 0.3
    return {
        "jurisdictions": [
            ("Capital", "2030", 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
            ("Capital", "2035", 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
            ("Province", "2030", 7.6, 1.7, (0.7 + 0.125 + 1 / 11 + 2) / 12, GAPS_2030 / 12, 1e5 * better, 0.0),
            ("Province", "2035", 5.1, 2.0, (0.7 + 2 / 11 + 2) / 11, GAPS_2035 / 11, 1e5 * later, 0.0),
        ],
        "alone": [("Capital", 0.0, 0.0, 0.0), ("Province", OWN + 0.01, OWN + 0.01, OWN)],
    }


def tables() -> FrozenDict[str, pd.DataFrame]:
    """All tables of the plan described in `industry`."""
    rows = {"decisions": decision_rows(), "indicators": indicator_rows(), "routes": route_rows()}
    flows = [
        ("schools", c, c, t, met) for c, met in (("alpha", 1e4), ("border", 1500.0), ("inland", 800.0)) for t in PERIODS
    ]
    return build.tables_of({**rows, "flows": flows, **money_rows(), **park_rows(), **jurisdiction_rows()})


def plan() -> Plan:
    """The plan described in `industry`, proven to its bounds."""
    goals = tuple(GoalResult(name, value, value, 0.0, 0.0) for name, value in GOAL_VALUES.items())
    return Plan(case(), "optimal", (), FrozenDict({"gap": 1e-4}), goals, tables())
