"""What residents have of a service, and promises that it does not fall: worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.audit import audit
from planner.case import Case
from planner.documents import text
from planner.planning.handmade import evaluate
from planner.planning.search import SolveOptions, solve
from planner.plans.plan import Plan
from planner.plans.store import read_plan, write_plan
from planner.promises import broken_in_words
from planner.questions.diagnose.ask import diagnose
from tests.solving.folders import case

TABLES = {
    "cities": """\
        id jurisdiction tier lat lon population
        A North core 30 110 100000
        B South small 31 111 200000
        """,
    "links": "id from to mode minutes\nroad A B road 50",
    "capacity": "city service capacity\nA clinic 160\nB clinic 40",
    "measures": """\
        id kind city service capacity capital_cost signed_by
        sign policy - - - 1 North;South
        here facility A clinic 30 1 -
        there facility B clinic 20 1 -
        """,
}
YAML = """\
    periods: [2026-2030]
    modes: {{road: {{boarding_minutes: 0}}}}
    services: {{clinic: {{unit: posts, per_1000: 1, catchment_minutes: 60{service}}}}}
    in_force: [{in_force}]
    effects: {{sign: [{{open_service: {{services: [clinic], people_of: [South], at: [North]}}}}]}}
    lines: {{fund: {{holder: central}}}}
    {more}
    goals: [{{minimise: gaps, tolerance: 0}}, {{minimise: spending}}]
    """
KEPT = "no_level_falls: [clinic]"
RIGHT = "{open_service: {services: [clinic], people_of: [South], at: [North]}}"


def two(folder: Path, money: float = 1, more: str = "", service: str = "", in_force: str = "") -> Case:
    """A has 160 posts, needs 100 and can spare 60; B has 40 of 200. A signature, 30 posts in A, 20 in B: 1 each."""
    said = YAML.format(more=more, service=service, in_force=in_force)
    return case(folder, said, **TABLES, budgets=f"line period amount\nfund 2030 {money}")


def solved(asked: Case) -> Plan:
    """The plan, proven exactly and audited."""
    plan = solve(asked, options=SolveOptions(gap=1e-9))
    assert plan.status == "optimal", plan.reason
    assert audit(plan).violations == ()
    return plan


def levels(plan: Plan) -> dict[str, tuple[float, float]]:
    """City -> per 1,000 without the plan and with it."""
    table = plan.table("levels").set_index("city")
    return {i: (table.loc[i, "without_plan"], table.loc[i, "with_plan"]) for i in table.index}


def test_what_one_city_shares_its_residents_do_not_have(tmp_path: Path):
    """60 of A's 160 posts for B: A 1.6 -> 1.0 per 1,000, above its standard of 1 before; B 40 -> 100 for 200,000."""
    plan = solved(two(tmp_path / "a"))
    assert levels(plan) == {"A": pytest.approx((1.6, 1.0)), "B": pytest.approx((0.2, 0.5))}
    row = plan.table("levels").iloc[0]
    assert tuple(row[["capacity_without", "shared_without", "capacity_with", "shared_with"]]) == (
        160,
        0,
        160,
        pytest.approx(60),
    )
    assert plan.table("levels").iloc[1]["elsewhere_with"] == pytest.approx(60)


def test_what_is_used_elsewhere_counts_as_it_says(tmp_path: Path):
    """60 posts counting half are 30 for B's 200,000 people."""
    assert levels(solved(two(tmp_path / "a", service=", away_counts: 0.5")))["B"] == pytest.approx((0.2, 0.35))


@pytest.mark.parametrize(
    ("money", "starts", "a", "b"),
    [(1, ["there"], 1.6, 0.3), (2, ["sign", "here"], 1.6, 0.35), (3, ["sign", "here", "there"], 1.6, 0.45)],
)
def test_where_no_level_may_fall_only_what_is_built_is_shared(
    tmp_path: Path, money: int, starts: list[str], a: float, b: float
):
    """1 bn: 20 posts in B, since A may give none. 2: 30 built in A, all for B, are more than 20 there. 3: both."""
    plan = solved(two(tmp_path / "a", money, KEPT))
    assert sorted(plan.table("decisions")["measure"]) == sorted(starts)
    assert levels(plan) == {"A": pytest.approx((1.6, a)), "B": pytest.approx((0.2, b))}


def test_what_is_shared_without_the_plan_may_stay_shared(tmp_path: Path):
    """The right is in force: A has 1.0 without the plan, too, and nobody falls with 20 posts more in B."""
    plan = solved(two(tmp_path / "a", 1, KEPT, in_force=RIGHT))
    assert levels(plan) == {"A": pytest.approx((1.0, 1.0)), "B": pytest.approx((0.5, 0.65))}
    assert list(plan.table("decisions")["measure"]) == ["here"]


CHAIN = {
    "cities": """\
        id jurisdiction tier lat lon population
        A South small 30 110 100000
        B North core 30 110.5 100000
        C North small 30 111 10000
        """,
    "links": "id from to mode minutes\nab A B road 50\nbc B C road 50",
    "capacity": "city service capacity\nA clinic 0\nB clinic 130\nC clinic 10",
    "measures": """\
        id kind city service capacity capital_cost signed_by
        sign policy - - - 1 North;South
        far facility C clinic 30 1 -
        """,
}


def test_a_city_may_give_as_much_as_its_people_get_elsewhere(tmp_path: Path):
    """B can spare 30 posts, and keeps its level if its people use the 30 that are built in C: then A's use 30 of B's.

    C is too far from A, and B needs nothing beyond its stock but for that.
    """
    yaml = YAML.format(more=KEPT, service="", in_force="")
    plan = solved(case(tmp_path / "a", yaml, **CHAIN, budgets="line period amount\nfund 2030 2"))
    assert levels(plan) == {
        i: pytest.approx(both, abs=1e-5) for i, both in {"A": (0, 0.3), "B": (1.3, 1.3), "C": (1, 1)}.items()
    }
    flows = plan.table("flows").set_index(["from", "to"])["amount"]
    assert flows[[("A", "B"), ("B", "C")]].tolist() == pytest.approx([30, 30])


@pytest.mark.slow
def test_a_plan_says_whose_residents_have_less_and_reads_back(tmp_path: Path):
    plan = solved(two(tmp_path / "a"))
    said = " ".join(text.report(plan).split())
    assert "A: residents have 1.60 -> 1.00 posts of clinic per 1,000 people (standard 1.00)" in said
    assert "WHAT RESIDENTS HAVE IN 2026-2030" in said
    assert audit(read_plan(write_plan(plan, tmp_path / "plan"))).passed
    alone = solved(two(tmp_path / "b", 0))
    assert "WHAT RESIDENTS HAVE" not in text.report(alone)


def test_a_plan_made_by_hand_that_takes_from_residents_says_so(tmp_path: Path):
    """The signature alone is no use while A may give nothing: no harm is done, and nothing is broken.

    A target of 0.5 posts per 1,000 in B breaks one of the two: its row or A's level, by 60 posts.
    """
    plan = evaluate(two(tmp_path / "a", 1, KEPT), {("sign", "2030"): 1})
    assert (levels(plan)["A"], plan.broken) == (pytest.approx((1.6, 1.6)), ())
    asked = KEPT + "\n    targets: [{id: b, indicator: clinic, where: {city: B}, at_least: 0.5}]"
    plan = evaluate(two(tmp_path / "b", 1, asked), {("sign", "2030"): 1})
    assert audit(plan).passed
    assert {b.kind for b in plan.broken} <= {"no level falls", "target"}
    assert sum(b.amount * (1 if b.kind == "no level falls" else 200) for b in plan.broken) == pytest.approx(60, rel=1e-3)
    assert broken_in_words(plan.case, plan.broken)


def test_where_levels_and_targets_contradict_what_would_help_is_named(tmp_path: Path):
    """With 3 bn B has 90 posts, 0.45 per 1,000, if A keeps all of its own. For 0.6 it needs 120: 30 more, of A's."""
    asked = KEPT + "\n    targets: [{id: b, indicator: clinic, where: {city: B}, at_least: 0.6}]"
    answer = diagnose(two(tmp_path / "a", 3, asked))
    repairs = answer.tables["repairs"].set_index("promise")
    assert repairs.loc["target", "needed"] == pytest.approx(0.45, rel=1e-3)
    assert repairs.loc["no level falls", ["item", "city"]].tolist() == ["clinic", "A"]
    assert repairs.loc["no level falls", "needed"] == pytest.approx(30, rel=1e-3)
    assert repairs["verified"].all()
    assert sorted(answer.tables["conflicts"]["promise"]) == ["no level falls", "target"]


@pytest.mark.slow
def test_a_law_fewer_promises_never_make_the_best_plan_worse(tmp_path: Path):
    values = [solved(two(tmp_path / name, 2, more)).goals[0].value for name, more in (("a", KEPT), ("b", ""))]
    assert values[1] <= values[0] + 1e-9
