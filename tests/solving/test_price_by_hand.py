"""Use across borders that has a price: optima worked out by hand, who pays, and what plans say of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.audit import audit
from planner.case import Case
from planner.documents import text
from planner.planning.handmade import evaluate
from planner.planning.search import SolveOptions, solve
from planner.plans import totals
from planner.plans.plan import Plan
from planner.plans.store import read_plan, write_plan
from planner.plans.totals import Real
from tests.solving.folders import case

TABLES = {
    "cities": """\
        id jurisdiction tier lat lon population
        A North core 30 110 100000
        B South small 31 111 100000
        """,
    "links": "id from to mode minutes\nroad A B road 50",
    "capacity": "city service capacity\nA clinic 160\nB clinic 0",
    "measures": """\
        id kind level city service capacity capital_cost signed_by
        pact policy auxiliary - - - 0.1 North;South
        other policy barrier_removal - - - 0.5 North;South
        build facility - B clinic 20 1 -
        """,
}
YAML = """\
    periods: [2026-2030]
    modes: {{road: {{boarding_minutes: 0}}}}
    services: {{clinic: {{unit: posts, per_1000: 1, catchment_minutes: 60{service}}}}}
    in_force: [{in_force}]
    effects:
      pact: [{{open_service: {{services: [clinic], people_of: [South], at: [North]{pact}}}}}]
      other: [{{open_service: {{services: [clinic], people_of: [South], at: [North]{other}}}}}]
    lines:
      fund: {{holder: central}}
      north: {{holder: North}}
      south: {{holder: South, pays_for: [{{kind: park}}]{south}}}
      health: {{holder: South, cost: running{health}}}
    {more}
    goals: [{{minimise: gaps, tolerance: 0}}, {{minimise: spending}}]
    """
RIGHT = "{open_service: {services: [clinic], people_of: [South], at: [North], price: 0.01}}"


def two(folder: Path, money: tuple[float, float, float] = (1, 0, 2), more: str = "", **said: str) -> Case:
    """B needs 100 posts and has none, A can spare 60 of its 160. A pact (0.1) opens them for 0.01 a post and year: 0.05
    in the period, 3 for all 60. Another one costs 0.5 and opens them for nothing. 20 posts in B cost 1.

    Money: of the fund, which pays for measures, of `south`, which pays for none of these, and of `health`, for running cost.
    """
    keys = {"service": "", "in_force": "", "pact": ", price: 0.01", "other": ", price: 0", "south": "", "health": "", **said}
    rows = "\n".join(f"{x} 2030 {y}" for x, y in zip(("fund", "south", "health", "north"), (*money, 0), strict=True))
    return case(folder, YAML.format(more=more, **keys), **TABLES, budgets=f"line period amount\n{rows}")


def solved(asked: Case) -> Plan:
    """The plan, proven exactly and audited."""
    plan = solve(asked, options=SolveOptions(gap=1e-9))
    assert plan.status == "optimal", plan.reason
    assert audit(plan).violations == ()
    return plan


def gap(plan: Plan, column: str = "gap_with") -> float:
    """B's gap."""
    return float(plan.table("indicators").set_index("city").loc["B", column])


@pytest.mark.parametrize(
    ("money", "starts", "left"),
    [
        ((0.1, 0, 2), ["pact"], 0.6),
        ((0.5, 0, 2), ["other"], 0.4),
        ((1, 0, 2), ["other"], 0.4),
        ((1.1, 0, 5), ["pact", "build"], 0.2),
        ((1.1, 0, 1.5), ["other"], 0.4),
        ((0.1, 0, 0), [], 1.0),
    ],
)
def test_the_pact_is_worth_what_its_users_can_pay(tmp_path: Path, money: tuple[float, ...], starts: list[str], left: float):
    """2 bn of health pay 40 posts: 0.6 is missing. Where 0.5 is there the other opens all 60 for nothing: 0.4.

    A building of 20 alone is not worth the other's 60. With 1.1 the pact and the building are worth 60 and 20 where health
    has 3 or more: 0.2; with 1.5 they are worth 30 and 20, and the other it is again.
    """
    plan = solved(two(tmp_path / "a", money))
    assert list(plan.table("decisions")["measure"]) == starts
    assert gap(plan) == pytest.approx(left)


def test_what_is_used_is_paid_by_the_line_of_the_users_and_by_no_other(tmp_path: Path):
    """40 posts x 0.01 x 5 years are 2 bn, paid by `health`; the pact's 0.1 by the fund or by health, A gets nothing."""
    plan = solved(two(tmp_path / "a", (0.1, 7, 2)))
    use = plan.table("uses").iloc[0]
    assert tuple(use) == ("clinic", "B", "A", "pact", "2030", 0.01, 0.0, pytest.approx(40), pytest.approx(2))
    money = plan.table("money").set_index("line")
    assert money["fees"].to_dict() == pytest.approx({"fund": 0, "north": 0, "south": 0, "health": 2})
    assert money["capital"].to_dict() == pytest.approx({"fund": 0.1, "north": 0, "south": 0, "health": 0})
    assert money["unspent"].sum() == pytest.approx(7)
    assert plan.table("jurisdictions").set_index("jurisdiction")["pays"].to_dict() == pytest.approx({"North": 0, "South": 2})
    assert plan.goals[1].value == pytest.approx(2.1)


@pytest.mark.slow
def test_one_line_that_says_so_pays_alone_and_several_share(tmp_path: Path):
    """`south` may pay for no measure, and pays use where it says so: alone, or with `health` where both say so."""
    alone = solved(two(tmp_path / "a", (0.1, 1, 2), south=", pays_use: true"))
    assert gap(alone) == pytest.approx(0.8)
    both = solved(two(tmp_path / "b", (0.1, 1, 2), south=", pays_use: true", health=", pays_use: true"))
    assert gap(both) == pytest.approx(0.4)
    assert both.table("money").set_index("line")["fees"].to_dict() == pytest.approx(
        {"fund": 0, "north": 0, "south": 1, "health": 2}
    )


@pytest.mark.slow
def test_a_price_of_the_service_holds_where_the_opening_says_none(tmp_path: Path):
    """The other opens for nothing all the same, as it says so; without its own word it costs as much and is not worth it.

    Always open at a price, 40 posts are used without any plan, too.
    """
    plan = solved(two(tmp_path / "a", (0.5, 0, 2), service=", price: 0.01", pact=""))
    assert gap(plan) == pytest.approx(0.4)
    plan = solved(two(tmp_path / "b", (0.5, 0, 2), service=", price: 0.01", pact="", other=""))
    assert (list(plan.table("decisions")["measure"]), gap(plan)) == (["pact"], pytest.approx(0.6))
    plan = solved(two(tmp_path / "c", (0.5, 0, 2), service=", price: 0.01, across_borders: always", pact="", other=""))
    assert len(plan.table("decisions")) == 0
    assert (gap(plan), gap(plan, "gap_without")) == pytest.approx((0.6, 0.6))


@pytest.mark.slow
def test_two_openings_at_different_prices_share_what_there_is(tmp_path: Path):
    """20 posts are in force at 0.05 each a period and all 60 by the other for twice that: 2 bn pay the cheap ones first.

    In force at 0.01: 40 posts without the plan. With the other at 0.02 nobody gains: its use is dearer.
    """
    plan = solved(two(tmp_path / "a", (0.5, 0, 2), in_force=RIGHT, other=", price: 0.02", pact=", price: 0.02"))
    assert (gap(plan), gap(plan, "gap_without"), len(plan.table("decisions"))) == pytest.approx((0.6, 0.6, 0))
    cheaper = solved(two(tmp_path / "b", (0.5, 0, 2), in_force=RIGHT, other=", price: 0.008", pact=", price: 0.02"))
    assert gap(cheaper) == pytest.approx(0.5)  # 50 posts for 0.04 each
    assert list(cheaper.table("uses")["amount_without"]) == pytest.approx([40, 0])


def test_what_is_in_force_is_paid_without_the_plan_too(tmp_path: Path):
    """Without the plan 2 bn pay 40 posts; with it, spending them on nothing else, the same: nobody loses."""
    plan = solved(two(tmp_path / "a", (0, 0, 2), in_force=RIGHT, more="no_city_loses: true"))
    assert (gap(plan), gap(plan, "gap_without")) == pytest.approx((0.6, 0.6))
    use = plan.table("uses").iloc[0]
    assert use["policy"] == ""
    assert (use["amount_without"], use["amount"], use["fee"]) == pytest.approx((40, 40, 2))


def test_a_level_of_policies_pays_for_what_they_open(tmp_path: Path):
    """Auxiliary policies may cost a tenth of all 5 bn: the pact 0.1, and 0.4 of use, which is 8 posts."""
    plan = solved(two(tmp_path / "a", (0.4, 0, 4.6), more="pyramid: {at_most_share: {auxiliary: 0.1}}", other=", price: 1"))
    assert gap(plan) == pytest.approx(0.92)


@pytest.mark.slow
def test_a_plan_says_what_is_used_at_which_price_and_reads_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "120")  # no row of a table is told in two lines
    plan = solved(two(tmp_path / "a", (0.1, 0, 2)))
    said = " ".join(text.report(plan).split())
    assert "clinic South North pact 0.01 0 -> 40 2.00" in said
    assert "2.10 of 2.10 bn (prices of 2025) spent" in said
    free = two(tmp_path / "b", (0.1, 0, 2), pact=", price: 0")
    assert "at a price" not in text.report(solved(free))
    assert audit(read_plan(write_plan(plan, tmp_path / "plan"))).passed


def test_use_in_force_is_no_measure_of_unsaid_reality(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Health has 2, which pays for 40 posts for five years at 0.01; the pact is hypothetical and does not start."""
    monkeypatch.setenv("COLUMNS", "120")  # no row of a table is told in two lines
    measures = (
        TABLES["measures"].replace("signed_by", "signed_by reality").replace("North;South", "North;South hypothetical")
    )
    measures = measures.replace("20 1 -", "20 1 - -")
    yaml = YAML.format(service="", in_force=RIGHT, pact="", other="", south="", health="", more="")
    budgets = "line period amount\nfund 2030 0\nnorth 2030 0\nsouth 2030 0\nhealth 2030 2"
    plan = solved(case(tmp_path / "a", yaml, **(TABLES | {"measures": measures}), budgets=budgets))
    assert totals.by_reality(plan) == (Real("in_force", 0, 0, pytest.approx(2.0), 0.0),)
    assert dict(text.facts(plan))["Reality"] == "use at a price, in force: 2.00 bn"
    assert "use at a price, in force 2.00 100 %" in " ".join(text.report(plan).split())
    assert "not said" not in text.report(plan)


def test_a_price_too_small_to_read_is_told_of_more_units(tmp_path: Path):
    """0.0000333 a post: 0.0333 for 1,000."""
    small = RIGHT.replace("0.01", "0.0000333")
    plan = solved(two(tmp_path / "a", (0, 0, 2), in_force=small, pact=", price: 0.01", other=", price: 0.01"))
    said = " ".join(text.report(plan).split())
    assert "in force 0.0333 for 1,000" in said
    assert "Its price is 0.0333 bn a year for 1,000 units." in said
    assert "e-05" not in said


def test_decisions_made_by_hand_use_what_their_users_can_pay(tmp_path: Path):
    plan = evaluate(two(tmp_path / "a", (0.1, 0, 1)), {("pact", "2030"): 1})
    assert (gap(plan), plan.broken) == (pytest.approx(0.8), ())
    assert audit(plan).passed


@pytest.mark.slow
@pytest.mark.parametrize(("one", "other"), [(", price: 0.02", ", price: 0.012"), (", price: 0.01", ", price: 0")])
def test_a_law_a_lower_price_never_makes_the_best_plan_worse(tmp_path: Path, one: str, other: str):
    values = [solved(two(tmp_path / name, pact=said)).goals[0].value for name, said in (("a", one), ("b", other))]
    assert values[1] <= values[0] + 1e-9
