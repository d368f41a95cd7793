"""People, jobs and capacity that move from one city to another: optima worked out by hand, and what plans say of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from planner.audit import audit
from planner.case import Case
from planner.case.warnings import warnings_of
from planner.compiling.services import between
from planner.documents import text
from planner.planning.handmade import evaluate
from planner.planning.search import SolveOptions, solve
from planner.plans.plan import Plan
from planner.plans.store import read_plan, write_plan
from planner.promises import broken_in_words
from planner.questions.diagnose.ask import diagnose
from tests.solving.folders import case

# 100,000 people in each city, one post per 1,000: needs of 100. Each of two units of the campus moves 5,000 people.
TABLES = {
    "links": "id from to mode minutes\nroad A B road 50",
    "measures": """\
        id kind city from_city units capital_cost
        campus relocation B A 2 1
        """,
}
YAML = """\
    periods: [2026-2030]
    modes: {{road: {{boarding_minutes: 0}}}}
    services: {{clinic: {{unit: posts, per_1000: 1{service}}}}}
    effects: {{campus: [{effect}]}}
    lines: {{fund: {{holder: central}}}}
    {more}
    goals: [{{minimise: {goal}, tolerance: 0}}, {{minimise: spending}}]
    """
CITY = {"jurisdiction": "North", "tier": "core", "lat": 30, "lon": 110, "population": 100000}
FREE = "no_city_loses: false"


def two(folder: Path, stock: tuple[float, float] = (90, 130), money: float = 2, **said: Any) -> Case:
    """A has 90 posts and B 130; what else is given is what the YAML says, and `a` and `b` are further columns of cities."""
    columns = dict.fromkeys([name for name in (*said.get("a", {}), *said.get("b", {})) if name not in CITY], "-")
    cities = [
        {"id": "A", **CITY, **columns, **said.pop("a", {})},
        {"id": "B", **CITY, "tier": "small", "lon": 111, **columns, **said.pop("b", {})},
    ]
    tables = {**TABLES, **said.pop("tables", {})}
    keys = {"service": "", "effect": "{relocate: {people: 5000}}", "more": "", "goal": "gaps", **said}
    return case(
        folder, YAML.format(**keys), **tables, budgets=f"line period amount\nfund 2030 {money}",
        cities="\n".join(" ".join(map(str, row)) for row in [cities[0].keys(), *(c.values() for c in cities)]),
        capacity=f"city service capacity\nA clinic {stock[0]}\nB clinic {stock[1]}",
    )  # fmt: skip


def solved(asked: Case) -> Plan:
    """The plan, proven exactly and audited."""
    plan = solve(asked, options=SolveOptions(gap=1e-9))
    assert plan.status == "optimal", plan.reason
    assert audit(plan).violations == ()
    return plan


def units(plan: Plan) -> float:
    """Units of the campus that start."""
    return float(plan.table("decisions")["units"].sum())


def row(plan: Plan, city: str, indicator: str = "clinic") -> dict[str, Any]:
    """A city's row of the indicators."""
    table = plan.table("indicators").set_index(["indicator", "city"])
    return dict(table.loc[(indicator, city)])


def gaps(plan: Plan, city: str, indicator: str = "clinic") -> tuple[float, ...]:
    """Gap and true gap with the plan."""
    found = row(plan, city, indicator)
    return found["gap_with"], found["true_gap_with"]


@pytest.mark.slow
def test_people_who_move_leave_less_to_meet_behind(tmp_path: Path):
    """One unit: A needs 95 and has 90; 5 of its first 100 are unmet, and of the 95 5.26 %. Two: nothing. B has room."""
    plan = solved(two(tmp_path / "a", money=1))
    assert units(plan) == 1
    assert gaps(plan, "A") == pytest.approx((0.05, 5 / 95))
    assert gaps(plan, "B") == (0.0, 0.0)
    assert (row(plan, "A")["people_with"], row(plan, "B")["people_with"]) == pytest.approx((95000, 105000))
    assert row(plan, "A")["with_plan"] == pytest.approx(90 / 95)
    plan = solved(two(tmp_path / "b", money=2))
    assert units(plan) == 2
    assert gaps(plan, "A") == (0.0, 0.0)


def test_capacity_moves_out_of_what_is_there(tmp_path: Path):
    """With 5 posts each, A has 85 of 95, then 80 of 90: unmet 10 of the first 100, as without: nothing is won. A, which
    lacked 10 %, would lack 10.5 %: that is more, though the gap in the goal is the same."""
    effect = "{relocate: {people: 5000, capacity: {clinic: 5}}}"
    assert units(solved(two(tmp_path / "a", effect=effect))) == 0
    plan = evaluate(two(tmp_path / "b", effect=effect), {("campus", "2030"): 2})
    assert gaps(plan, "A") == pytest.approx((0.1, 10 / 90))
    assert [said for said in broken_in_words(plan.case, plan.broken) if "A" in said]
    assert plan.broken[0].amount == pytest.approx(10 / 90 - 0.1, abs=1e-5)
    table = plan.table("moves").set_index("what")["amount"]
    assert dict(table) == {"people": 10000, "clinic": 10}


@pytest.mark.slow
def test_what_is_needed_by_more_people_is_a_loss_for_those_who_live_there(tmp_path: Path):
    """B has 104 posts: with one unit 105 are needed, and 1 of 105 is missing where nothing was. Without the promise it
    starts: 5 fewer are missing in A, and 1 in B; with another unit 5 fewer, and 5."""
    assert units(solved(two(tmp_path / "a", stock=(90, 104)))) == 0
    plan = solved(two(tmp_path / "b", stock=(90, 104), more=FREE))
    assert units(plan) == 1
    assert gaps(plan, "B") == pytest.approx((0.01, 1 / 105))
    assert len(plan.worse_off) == 1
    share = plan.table("jurisdictions").iloc[0]
    assert share["people_brought_to_standard"] == pytest.approx(95000 * (0.1 - 5 / 95))
    assert share["people_worse_off"] == pytest.approx(105000 * 1 / 105)


@pytest.mark.parametrize(("least", "started"), [(0.94, 1), (0.95, 2)])
def test_a_target_is_about_those_who_live_there_then(tmp_path: Path, least: float, started: int):
    """With one unit A has 90 / 95 = 0.947, though only 0.05 of its first 100 are missing; with two it has all."""
    more = f"targets: [{{id: all, indicator: clinic, where: {{city: A}}, at_least: {least}}}]"
    assert units(solved(two(tmp_path / "a", more=more, goal="spending"))) == started


@pytest.mark.parametrize(("least", "starts"), [(0.945, True), (0.95, False)])
def test_a_gate_is_about_those_who_live_there_then(tmp_path: Path, least: float, starts: bool):
    """A ward in B, worth 1, starts where B has so much. Both units are decided: 6 of its first 100 are missing, and 5.45 %
    of its 110."""
    tables = {
        "measures": """\
            id kind city from_city units capital_cost status start_period benefit
            campus relocation B A 2 1 decided 2030 -
            ward facility B - 1 1 - - 1
            """
    }
    more = f"gates: [{{id: first, where: {{kind: facility}}, indicator: clinic, at_least: {least}}}]"
    plan = solved(two(tmp_path / "a", stock=(90, 104), money=3, more=more, tables=tables, goal="benefit"))
    assert ("ward" in set(plan.table("decisions")["measure"])) == starts


def test_no_level_falls_where_more_people_share_it(tmp_path: Path):
    """B has 130 posts for 100,000 people, 1.3 per 1,000, and 1.238 once 5,000 more live there: nobody may come. With 7
    posts more for each unit it has 137 for 105,000: 1.305."""
    kept = "no_level_falls: [clinic]"
    assert units(solved(two(tmp_path / "a", more=kept))) == 0
    effect = "{relocate: {people: 5000, capacity: {clinic: 7}}}"
    more = f"{kept}\n    {FREE}"
    plan = evaluate(two(tmp_path / "b", more=more, effect=effect), {("campus", "2030"): 1})
    levels = plan.table("levels").set_index("city")
    assert tuple(levels["with_plan"]) == pytest.approx((83 / 95, 137 / 105))
    assert [said for said in broken_in_words(plan.case, plan.broken) if "A" in said]
    assert not [said for said in broken_in_words(plan.case, plan.broken) if "B" in said]


@pytest.mark.slow
def test_what_people_who_left_do_not_keep_others_may_use(tmp_path: Path):
    """A needs 100 and has 95, so it has nothing to spare; once 10,000 left it keeps 90, and 5 serve some of the 60 that B
    lacks of its 110. Once 5,000 left it has just what it needs."""
    service = ", catchment_minutes: 60"
    for started, given in ((1, 0.0), (2, 5.0)):
        asked = two(tmp_path / str(started), stock=(95, 50), service=service, more=FREE)
        plan = evaluate(asked, {("campus", "2030"): started})
        assert audit(plan).violations == ()
        flows = plan.table("flows").set_index(["from", "to"])["amount"]
        assert float(flows.get(("B", "A"), 0.0)) == pytest.approx(given)


def test_a_policy_settles_people_who_live_there_already(tmp_path: Path):
    """8,000 of A's people live in B; entitled there they need 8 posts of B's 130. Nobody moves, so nothing else changes."""
    tables = {"measures": "id kind signed_by capital_cost\ncampus policy North 1"}
    effect = "{settle: {from: A, to: B, entitled: 8000, gives: [clinic]}}"
    plan = solved(two(tmp_path / "a", tables=tables, effect=effect))
    assert gaps(plan, "A") == pytest.approx((0.02, 2 / 92))
    assert row(plan, "A")["people_with"] == pytest.approx(92000)
    assert dict(plan.table("moves").set_index("what")["amount"]) == {"entitled": 8000}


CROWD = "crowding: {crowd: {worst: 1.25}}"


@pytest.mark.slow
def test_a_crowded_city_is_relieved(tmp_path: Path):
    """A is meant for 80,000: at 100,000 the gap is whole, at 95,000 0.1875 / 0.25. B is meant for 104,000: one unit leaves
    it 1,000 too many, which nobody there shall see."""
    plan = solved(two(tmp_path / "a", money=1, more=CROWD, a={"meant_for": 80000}, stock=(100, 130)))
    assert gaps(plan, "A", "crowd") == pytest.approx((0.75, 0.75))
    found = row(plan, "A", "crowd")
    assert (found["without_plan"], found["with_plan"], found["standard"]) == pytest.approx((125.0, 118.75, 100.0))
    full = {"a": {"meant_for": 80000}, "b": {"meant_for": 104000}, "stock": (100, 130)}
    assert units(solved(two(tmp_path / "b", more=CROWD, **full))) == 0
    free = solved(two(tmp_path / "c", more=f"{CROWD}\n    {FREE}", **full))
    assert gaps(free, "A", "crowd") == pytest.approx((0.5, 0.5))
    assert gaps(free, "B", "crowd") == pytest.approx((6000 / 26000, 6000 / 26000))


@pytest.mark.slow
@pytest.mark.parametrize(("housing", "started"), [(4999, 0), (5000, 1), (10000, 2)])
def test_people_move_where_there_is_housing(tmp_path: Path, housing: int, started: int):
    assert units(solved(two(tmp_path / "a", b={"housing": housing}))) == started


@pytest.mark.slow
def test_what_housing_would_help_is_told(tmp_path: Path):
    """A shall have all: 10,000 have to leave, and B has housing for 7,000. Once 5,000 left it has 90 / 95 = 0.947."""
    target = "targets: [{id: all, indicator: clinic, where: {city: A}, at_least: 1}]"
    asked = two(tmp_path / "a", more=target, b={"housing": 7000})
    assert solve(asked).status == "infeasible"
    repairs = diagnose(asked).tables["repairs"].set_index("promise")
    assert repairs.loc["housing", ["item", "now", "needed"]].tolist() == ["B", 7000, pytest.approx(10000, rel=1e-3)]
    assert 0.94 < repairs.loc["target", "needed"] <= 90 / 95
    assert repairs["verified"].all()
    plan = evaluate(asked, {("campus", "2030"): 2})
    assert ["3,000 people more move in" in said for said in broken_in_words(plan.case, plan.broken)] == [True]


WORK = "work: {jobs: {kind: core, share: 0.8}}"


def test_jobs_move_with_people_and_so_does_what_is_asked_for(tmp_path: Path):
    """A has 0.6 jobs a head today; 0.48 of them leave no gap in B, which has 30,000 of 48,000: 0.375 is missing. A unit
    brings 5,000 people, who ask for 2,400 jobs more, and 3,000 jobs: 17,400 of 48,000 are missing, or of 50,400."""
    effect = "{relocate: {people: 5000, jobs: 3000}}"
    has = {"a": {"jobs": 60000}, "b": {"jobs": 30000}, "stock": (100, 130), "effect": effect, "more": WORK}
    plan = solved(two(tmp_path / "a", money=1, **has))
    assert units(plan) == 1
    assert row(plan, "B", "jobs")["gap_without"] == pytest.approx(0.375)
    assert gaps(plan, "B", "jobs") == pytest.approx((17400 / 48000, 17400 / 50400))
    assert row(plan, "B", "jobs")["with_plan"] == pytest.approx(1000 * 33000 / 105000)
    # as many jobs as are asked for: the same are missing, of more
    same = has | {"effect": "{relocate: {people: 5000, jobs: 2400}}"}
    assert units(solved(two(tmp_path / "b", **same))) == 0


def test_a_decided_move_is_there_without_the_plan(tmp_path: Path):
    """One unit decided: 5 of the first 100 are missing without the plan, 5.26 % of those who are left."""
    tables = {"measures": "id kind city from_city status start_period capital_cost\ncampus relocation B A decided 2030 1"}
    plan = solved(two(tmp_path / "a", tables=tables))
    found = row(plan, "A")
    assert (found["gap_without"], found["true_gap_without"]) == pytest.approx((0.05, 5 / 95))
    assert (found["without_plan"], found["with_plan"]) == pytest.approx((90 / 95, 90 / 95))


@pytest.mark.slow
def test_a_jurisdiction_alone_moves_nobody_over_its_border(tmp_path: Path):
    """In a plan of its own North starts the campus in its own city, and not in one of South: A alone lacks 0.1."""
    more = "nobody_worse_off: true"
    own = solved(two(tmp_path / "a", more=more))
    across = solved(two(tmp_path / "b", more=more, b={"jurisdiction": "South"}))
    alone = [dict(plan.table("alone").set_index("jurisdiction")["value_alone"])["North"] for plan in (own, across)]
    assert alone == pytest.approx([0.0, 0.1], abs=1e-6)
    assert units(own) == units(across) == 2


def test_a_plan_says_who_moves_and_reads_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "120")
    effect = "{relocate: {people: 5000, capacity: {clinic: 2}}}"
    plan = solved(two(tmp_path / "a", effect=effect, stock=(94, 130), more=CROWD, a={"meant_for": 80000}))
    said = " ".join(text.report(plan).split())
    assert "campus x 2 A B 10,000 4" in said or "campus A B 10,000 4" in said
    assert "125 -> 113 % of the people it is meant for" in said
    assert "of what those who live there after all moves need" in said
    assert audit(read_plan(write_plan(plan, tmp_path / "plan"))).passed


def test_a_goal_that_weighs_the_need_of_cities_otherwise_is_named(tmp_path: Path):
    """Cities that weigh alike, of 100,000 and of 50,000 people: what is lacking weighs half in the larger one."""
    larger = two(tmp_path / "a", b={"population": 50000})
    assert not [said for said in warnings_of(larger) if "though nobody has more" in said]
    alike = two(tmp_path / "b", b={"population": 50000}, goal="gaps, weigh_by: equally")
    assert [said for said in warnings_of(alike) if "weighs 0.5 times as much in A as in B" in said]


def goal(plan: Plan) -> float:
    return plan.goals[0].value


@pytest.mark.slow
def test_more_housing_more_units_and_more_stock_that_comes_along_never_hurt(tmp_path: Path):
    """Laws: nobody has to move, nor to use what moves; and B, which has room, loses nothing."""
    effect = "{{relocate: {{people: 5000, capacity: {{clinic: {}}}}}}}"
    tables = "id kind city from_city units capital_cost\ncampus relocation B A {} 1"
    for n, kept in enumerate(("", FREE)):
        housed = [two(tmp_path / f"h{n}{k}", b={"housing": k}, more=kept) for k in (0, 6000, 12000)]
        many = [two(tmp_path / f"u{n}{k}", tables={"measures": tables.format(k)}, more=kept) for k in (1, 2, 3)]
        less = [two(tmp_path / f"c{n}{k}", effect=effect.format(k), more=kept) for k in (6, 4, 2)]
        for cases in (housed, many, less):
            values = [goal(solved(asked)) for asked in cases]
            assert values == sorted(values, reverse=True)
            assert values[0] > values[-1]


def test_who_moves_is_the_same_whatever_their_number_is_counted_in(tmp_path: Path):
    """A law: two units of 5,000 people for 1 each are one of 10,000 for 2, where both are wanted."""
    one = {"measures": "id kind city from_city units capital_cost\ncampus relocation B A 1 2"}
    both = two(tmp_path / "a"), two(tmp_path / "b", tables=one, effect="{relocate: {people: 10000}}")
    found = [solved(asked) for asked in both]
    assert [units(plan) for plan in found] == [2, 1]
    assert gaps(found[0], "A") == gaps(found[1], "A")
    assert gaps(found[0], "B") == gaps(found[1], "B")


def test_what_rounding_leaves_of_nothing_is_nothing() -> None:
    """Three units that take 0.1 of 0.3 leave nothing, and not -5.6e-17, which no solver could read."""
    assert 0.3 - 3 * 0.1 != 0
    assert between(0.3, {"a": -0.1}, {"a": 3}) == (0.0, 0.3)
    assert between(-0.3, {"a": 0.1}, {"a": 3}) == (-0.3, 0.0)
