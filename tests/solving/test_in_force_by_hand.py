"""What is in force from the start: optima worked out by hand, what plans say of it, and worlds with less cooperation."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.audit import audit
from planner.case import Case, OpenService
from planner.documents import text
from planner.planning.search import SolveOptions, solve
from planner.plans.plan import Plan
from planner.questions.asking import AskOptions
from planner.questions.borders import worlds
from planner.questions.borders.ask import borders
from tests.solving.folders import case

TABLES = {
    "cities": """\
        id jurisdiction tier lat lon population
        A North core 30 110 100000
        B South small 31 111 100000
        """,
    "links": "id from to mode minutes\nroad A B road 50",
    "capacity": "city service capacity\nA clinic 160\nB clinic 0\nA beds 130\nB beds 0",
    "measures": """\
        id kind city service capacity capital_cost signed_by
        sign policy - - - 1 North;South
        build facility B clinic 20 1 -
        """,
    "budgets": "line period amount\nfund 2030 1",
}
YAML = """\
    periods: [2026-2030]
    modes: {{road: {{boarding_minutes: 0, border_minutes: 30}}}}
    services:
      clinic: {{unit: posts, per_1000: 1, catchment_minutes: 60}}
      beds: {{unit: beds, per_1000: 1, catchment_minutes: 60}}
    in_force: [{effects}]
    effects: {{sign: [{{open_service: {{services: [{opens}], people_of: [South], at: [North]}}}}]}}
    lines: {{fund: {{holder: central}}}}
    goals: [{{minimise: gaps}}, {{minimise: spending}}]
    """
RIGHT = "{open_service: {services: [clinic], people_of: [South], at: [North], minutes: 90}}"
NEAR = "{open_service: {services: [clinic], people_of: [South], at: [North]}}"
BORDER = "{border_minutes: {between: [North, South], modes: [road], set: 10}}"


def two(folder: Path, *effects: str, opens: str = "clinic, beds") -> Case:
    """A can spare 60 posts and 30 beds for B, which has neither of 100: they are 50 minutes of road and a border apart."""
    return case(folder, YAML.format(effects=", ".join(effects), opens=opens), **TABLES)


def solved(asked: Case) -> Plan:
    """The plan, proven exactly and audited."""
    plan = solve(asked, options=SolveOptions(gap=1e-9))
    assert plan.status == "optimal", plan.reason
    assert audit(plan).violations == ()
    return plan


def chosen(plan: Plan) -> list[str]:
    """The measures that start."""
    return list(plan.table("decisions")["measure"])


@pytest.mark.parametrize(
    ("effects", "without", "with_plan", "starts"),
    [
        ((), (1.0, 1.0), (0.8, 1.0), ["build"]),
        ((RIGHT,), (0.4, 1.0), (0.2, 1.0), ["build"]),
        ((NEAR,), (1.0, 1.0), (0.8, 1.0), ["build"]),
        ((BORDER,), (1.0, 1.0), (0.4, 0.7), ["sign"]),
        ((BORDER, NEAR), (0.4, 1.0), (0.4, 0.7), ["sign"]),
    ],
)
def test_rights_and_borders_that_are_in_force_need_no_measure(
    tmp_path: Path, effects: tuple[str, ...], without: tuple[float, float], with_plan: tuple[float, float], starts: list[str]
):
    """B's gaps in clinics and beds; money for one of 20 posts in B and the signature that opens both within 60 minutes.

    80 minutes are too far for 60, so the signature does nothing, and neither does a right in force within 60: 20 posts are
    built (0.8). A right within 90 gives A's 60 posts from the start (0.4), and 20 more are built (0.2). With 10 minutes left
    at the border they are 60 apart: the signature brings 60 posts and 30 beds (0.4 and 0.7); where the posts are in force it
    brings the beds, which is still more (0.3) than 20 posts (0.2).
    """
    plan = solved(two(tmp_path / "a", *effects))
    table = plan.table("indicators").set_index(["indicator", "city"])
    found = {w: tuple(table.loc[(x, "B"), w] for x in ("clinic", "beds")) for w in ("gap_without", "gap_with")}
    assert found["gap_without"] == pytest.approx(without)
    assert found["gap_with"] == pytest.approx(with_plan)
    assert chosen(plan) == starts


@pytest.mark.slow
def test_plans_say_what_is_in_force(tmp_path: Path):
    plan = solved(two(tmp_path / "a", RIGHT, BORDER, "{boarding_minutes: {city: B, modes: [road], minus: 4}}"))
    report = " ".join(text.report(plan).split())
    assert "IN FORCE FROM THE START" in report
    assert "- People of South may use clinic in North, within 90 minutes." in report
    assert "- 10 minutes at the border between North and South, by road." in report
    assert "- Boarding in B takes 4 minutes less, by road." in report
    assert "IN FORCE" not in text.report(solved(two(tmp_path / "b")))


def test_behind_closed_borders_what_is_in_force_stays_and_no_policy_opens_more(tmp_path: Path):
    """The signature needs two hands and is gone; clinics stay open by the right in force, beds are shut."""
    asked = two(tmp_path / "a", RIGHT)
    behind = worlds.closed(asked, {}).case
    assert behind.in_force == asked.in_force
    assert {s: service.across_borders for s, service in behind.services.items()} == {"clinic": "by_policy", "beds": "never"}
    assert not any("clinic" in e.services for e in behind.effects if isinstance(e, OpenService))
    plan = solved(behind)
    table = plan.table("indicators").set_index(["indicator", "city"])
    assert table.loc[("clinic", "B"), "gap_with"] == pytest.approx(0.2)
    assert worlds.can_be_read(behind)


@pytest.mark.slow
def test_alone_a_jurisdiction_has_its_own_cities_and_no_right_in_others(tmp_path: Path):
    """Put together, each alone: B has nothing of A's, whatever is in force, and its half of the money builds nothing."""
    answer = borders(two(tmp_path / "a", RIGHT), options=AskOptions(gap=1e-9))
    assert answer.complete, answer.missing
    assert answer.without == pytest.approx((0.4 + 1.0) / 4)
    assert answer.closed == pytest.approx((0.2 + 1.0) / 4)
    assert answer.alone == pytest.approx(2 / 4)
