"""Services that count less elsewhere, and cities that keep more than they need: optima worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.audit import audit
from planner.case import Case
from planner.documents import text
from planner.planning.search import SolveOptions, solve
from planner.plans.plan import Plan
from tests.solving.folders import case

TABLES = {
    "cities": """\
        id jurisdiction tier lat lon population skilled
        A North core 30 110 100000 -
        B South small 31 111 100000 0
        """,
    "links": "id from to mode minutes\nroad A B road 50",
    "capacity": "city service capacity\nA clinic 160\nB clinic 0",
    "measures": """\
        id kind city service capacity capital_cost signed_by
        sign policy - - - 1 North;South
        build facility B clinic 20 1 -
        """,
}
YAML = """\
    periods: [2026-2030]
    modes: {{road: {{boarding_minutes: 0}}}}
    services: {{clinic: {{unit: posts, per_1000: 1, catchment_minutes: 60, {service}}}}}
    effects: {{sign: [{{open_service: {{services: [clinic], people_of: [South], at: [North]}}}}]}}
    lines: {{fund: {{holder: central}}}}
    goals: [{{minimise: gaps, tolerance: 0}}, {{minimise: spending}}]
    """


def two(folder: Path, service: str = "shares: spare", money: int = 1) -> Case:
    """B needs 100 posts and has none; A has 160 and needs 100. A signature lets B use A's, or 20 are built in B: 1 each."""
    return case(folder, YAML.format(service=service), **TABLES, budgets=f"line period amount\nfund 2030 {money}")


def solved(asked: Case) -> Plan:
    """The plan, proven exactly and audited."""
    plan = solve(asked, options=SolveOptions(gap=1e-9))
    assert plan.status == "optimal", plan.reason
    assert audit(plan).violations == ()
    return plan


def gap(plan: Plan, city: str) -> float:
    """A city's gap with the plan."""
    return float(plan.table("indicators").set_index("city").loc[city, "gap_with"])


@pytest.mark.parametrize(
    ("service", "money", "starts", "left"),
    [
        ("shares: spare", 1, ["sign"], 0.4),
        ("away_counts: 0.5", 1, ["sign"], 0.7),
        ("away_counts: 0.3", 1, ["build"], 0.8),
        ("away_counts: 0.5", 2, ["sign", "build"], 0.5),
        ("away_counts: 0", 2, ["build"], 0.8),
        ("keeps: 1.2", 1, ["sign"], 0.6),
        ("keeps: 1.5", 1, ["build"], 0.8),
        ("keeps: 1.2, away_counts: 0.4", 1, ["build"], 0.8),
        ("keeps: 2", 2, ["build"], 0.8),
    ],
)
def test_the_signature_is_worth_what_counts_of_what_is_spare(
    tmp_path: Path, service: str, money: int, starts: list[str], left: float
):
    """60 posts are spare: 0.4 is missing. Counting half they are worth 30: 0.7; counting 0.3 18, less than the 20 built.

    With money for both 20 at home and 60 of the 80 left counting half: 1 - 0.2 - 0.3. Counting nothing they are not worth a
    signature. If A keeps 120 posts, 40 are spare: 0.6; if 150, 10: fewer than 20; 40 counting 0.4 are 16, too. If it keeps
    200, more than it has, nothing is spare. Nobody in A misses anything in any of these.
    """
    plan = solved(two(tmp_path / "a", service, money))
    assert list(plan.table("decisions")["measure"]) == starts
    assert (gap(plan, "A"), gap(plan, "B")) == pytest.approx((0.0, left))


def test_what_is_built_may_all_be_shared(tmp_path: Path):
    """A keeps 200 posts and has 160, so they are its own; 30 that are built there serve B by the signature: gap 0.7."""
    measures = TABLES["measures"].replace("build facility B clinic 20 1 -", "build facility A clinic 30 1 -")
    tables = {**TABLES, "measures": measures, "budgets": "line period amount\nfund 2030 2"}
    plan = solved(case(tmp_path / "a", YAML.format(service="keeps: 2"), **tables))
    assert gap(plan, "B") == pytest.approx(0.7)


@pytest.mark.slow
def test_a_plan_says_what_is_met_elsewhere_and_what_it_counts(tmp_path: Path):
    """60 posts of A counting half are 0.3 per 1,000 of B's people."""
    said = " ".join(text.report(solved(two(tmp_path / "a", "away_counts: 0.5"))).split())
    assert "clinic 0.00 -> 0.30 posts per 1,000, 60 of them served in A, each counting 0.5" in said
    assert "What is met elsewhere counts less: clinic 0.5." in said
    whole = " ".join(text.report(solved(two(tmp_path / "b"))).split())
    assert "60 of them served in A" in whole
    assert "each counting" not in whole
    assert "counts less" not in whole


@pytest.mark.slow
@pytest.mark.parametrize(("one", "other"), [("away_counts: 0.4", "away_counts: 0.9"), ("keeps: 1.4", "keeps: 1.1")])
def test_a_law_what_counts_more_or_is_kept_less_never_makes_the_best_plan_worse(tmp_path: Path, one: str, other: str):
    values = [solved(two(tmp_path / name, said)).goals[0].value for name, said in (("a", one), ("b", other))]
    assert values[1] <= values[0] + 1e-9
