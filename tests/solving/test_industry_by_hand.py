"""Parks, taxes, credit, private money and stand-alone plans worked out by hand; the arithmetic is in each docstring."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.planning.figures.money import tax_at
from planner.planning.search import SolveOptions, solve
from planner.plans.plan import Plan
from planner.plans.tables import AFTER, Tax
from tests.solving.folders import case
from tests.solving.test_by_hand import solved, started, value

THREE = "periods: [2026-2030, 2031-2035, 2036-2040]\n"
HOST = "id jurisdiction tier lat lon population jobs jobs_target\nB South small 31 111 10000 7000 10000"
TWO_CITIES = """\
    id jurisdiction tier lat lon population jobs jobs_target
    A North core 30 110 10000 8000 -
    B South small 31 111 10000 7000 10000
    """
JOBS = "work: {jobs: {kind: target}}\ngoals: [{minimise: gaps}, {minimise: spending}]\n"
PARK = "measure jobs tax\npark 1000 1"
PHASES = "id kind city capital_cost units max_starts\npark park B 2 3 1"


def budgets(**amounts: list[float]) -> str:
    """budgets.csv of lines with an amount in each of three periods."""
    rows = [f"{line} {t} {x}" for line, of in amounts.items() for t, x in zip((2030, 2035, 2040), of, strict=True)]
    return "\n".join(["line period amount", *rows])


def money(plan: Plan, line: str) -> dict[str, dict[str, float]]:
    """The books of a line by period."""
    table = plan.table("money")
    return {row["period"]: row.to_dict() for _, row in table[table["line"] == line].iterrows()}


def adds_up(plan: Plan) -> None:
    """In every line and period what comes in goes out, and every tax that arrives was earned a period before."""
    table = plan.table("money")
    income = table[["amount", "carried_in", "received", "borrowed", "tax"]].sum(axis=1)
    outgo = table[["capital", "running", "sent", "repaid", "carried_out", "unspent"]].sum(axis=1)
    assert (income - outgo).abs().max() <= 1e-6
    taxes = plan.table("taxes")
    earned = plan.table("parks").groupby(["measure", "period"])["tax"].sum()
    traced = taxes[taxes["part"] != "moved"].groupby(["measure", "period"])["amount"].sum()
    assert (earned[earned > 0] - traced).abs().max() <= 1e-6 if len(traced) else not (earned > 0).any()
    arrived = taxes[taxes["arrives"] != AFTER].groupby(["line", "arrives"])["amount"].sum()
    booked = table.set_index(["line", "period"])["tax"]
    for place, amount in booked.items():
        assert amount == pytest.approx(arrived.get(place, 0.0), abs=1e-6)


def test_a_park_that_earns_more_than_it_costs_grows_out_of_its_own_tax_a_period_later(tmp_path: Path):
    """2 at the start and nothing after: one phase of 2. It earns 1 a year, 5 a period, which arrives a period later.

    2030: 2 for the first phase. 2035: 5 of tax, 2 for the second phase, 3 kept. 2040: 3 kept and 10 of tax, 2 for the third.
    Gaps: 0.2, 0.1 and 0, on average 0.1. The 15 that three phases earn in the last period come after the horizon.
    """
    yaml = THREE + JOBS + "lines: {south: {holder: South, carry_over: true, gets_tax: true}}\n"
    plan = solved(case(tmp_path, yaml, cities=HOST, measures=PHASES, parks=PARK, budgets=budgets(south=[2, 0, 0])))
    assert started(plan) == {("park", "2030"): 1, ("park", "2035"): 1, ("park", "2040"): 1}
    assert value(plan, "gaps") == pytest.approx(0.1, abs=1e-6)
    books = money(plan, "south")
    assert [books[t]["tax"] for t in books] == pytest.approx([0, 5, 10])
    assert [books[t]["capital"] for t in books] == pytest.approx([2, 2, 2])
    assert [books[t]["carried_out"] for t in books] == pytest.approx([0, 3, 0])
    assert books["2040"]["unspent"] == pytest.approx(11)
    late = plan.table("taxes").query("arrives == @AFTER", local_dict={"AFTER": AFTER})
    assert list(late["amount"]) == pytest.approx([15])
    adds_up(plan)


def test_tax_that_is_not_earned_yet_pays_for_nothing(tmp_path: Path):
    """The same park with 1.9 instead of 2: the first phase cannot be paid, so nothing is ever earned."""
    yaml = THREE + JOBS + "lines: {south: {holder: South, carry_over: true, gets_tax: true}}\n"
    plan = solved(case(tmp_path, yaml, cities=HOST, measures=PHASES, parks=PARK, budgets=budgets(south=[1.9, 0, 0])))
    assert started(plan) == {}
    assert plan.table("taxes").empty
    assert value(plan, "gaps") == pytest.approx(0.3, abs=1e-6)
    adds_up(plan)


BORROWING = THREE + JOBS + "lines: {south: {holder: South, gets_tax: true, borrow: {limit: 2, interest: 0.1}}}\n"


def test_what_is_borrowed_is_repaid_with_interest_from_the_tax_it_made(tmp_path: Path):
    """No money at all, but 2 may be borrowed at 10 % a year: in 2030, which are 2 x 1.1^5 = 3.22102 by the end of 2035.

    5 of tax arrive in 2035: 2 for the second phase and 3 left to repay; so 0.22102 are owed on, and grow to 0.355955 by
    2040, where 10 of tax pay them and the third phase. Interest: 1.22102 + 0.134935; public spending 6 + 1.355955.
    """
    asked = case(tmp_path, BORROWING, cities=HOST, measures=PHASES, parks=PARK, budgets=budgets(south=[0, 0, 0]))
    plan = solved(asked)
    books = money(plan, "south")
    assert started(plan) == {("park", "2030"): 1, ("park", "2035"): 1, ("park", "2040"): 1}
    assert books["2030"]["borrowed"] == pytest.approx(2)
    assert [books[t]["debt"] for t in books] == pytest.approx([2, 0.22102, 0], abs=1e-6)
    assert [books[t]["repaid"] for t in books] == pytest.approx([0, 3, 0.22102 * 1.61051], abs=1e-6)
    assert value(plan, "spending") == pytest.approx(6 + 1.22102 + 0.22102 * 0.61051, abs=1e-5)
    adds_up(plan)


def test_nothing_is_borrowed_that_could_not_be_repaid(tmp_path: Path):
    """A tax of 0.2 a year is 1 a period: 2 borrowed in 2030 are 3.22 in 2035 and, less 1, grow past the limit of 2.

    Started in 2035, the 2 are 3.22 in 2040, with 1 of tax to repay them. In 2040 nothing may be borrowed.
    """
    poor = "measure jobs tax\npark 1000 0.2"
    plan = solved(case(tmp_path, BORROWING, cities=HOST, measures=PHASES, parks=poor, budgets=budgets(south=[0, 0, 0])))
    assert started(plan) == {}
    assert plan.table("money")["borrowed"].sum() == 0
    adds_up(plan)


SHARING = (
    THREE
    + JOBS
    + """\
effects: {treaty: [{share_tax: {where: {kind: park}, periods: 1}}]}
lines:
  north: {holder: North, pays_for: [{jurisdiction: North}], gets_tax: true}
  south: {holder: South, pays_for: [{jurisdiction: South}], gets_tax: true}
"""
)
SHARED = "measure origin jobs tax moved_share\npark A 1000 1 0.2"


def test_the_origin_gets_half_of_the_tax_for_one_period_and_loses_what_moved(tmp_path: Path):
    """The park needs the treaty and starts in 2030: 5 a period, of which 20 % were paid in the north before.

    Of 2030: 2.5 to the host, 2.5 to the origin, which loses 1: both a period later. Of 2035: all 5 to the host, the origin
    loses 1, which its own line must hold. Of 2040 the same, after the horizon.
    """
    measures = """\
        id kind city capital_cost units max_starts requires signed_by
        treaty policy - - 1 1 - North;South
        park park B 2 1 1 treaty -
        """
    amounts = budgets(north=[0, 0, 1], south=[2, 0, 0])
    plan = solved(case(tmp_path, SHARING, cities=TWO_CITIES, measures=measures, parks=SHARED, budgets=amounts))
    assert started(plan) == {("treaty", "2030"): 1, ("park", "2030"): 1}
    north, south = money(plan, "north"), money(plan, "south")
    assert [south[t]["tax"] for t in south] == pytest.approx([0, 2.5, 5])
    assert [north[t]["tax"] for t in north] == pytest.approx([0, 1.5, -1])
    adds_up(plan)


def test_an_origin_that_cannot_bear_its_loss_keeps_the_firms_at_home(tmp_path: Path):
    """As before, but the north has nothing in 2040: no more may move than the loss of 2035's tax that it can bear, none.

    In 2030 and 2040 the park works in full (the loss of 2040 comes after the horizon), in 2035 not at all: the gap is 0.2,
    0.3 and 0.2, on average 0.7 / 3.
    """
    measures = """\
        id kind city capital_cost units max_starts requires signed_by
        treaty policy - - 1 1 - North;South
        park park B 2 1 1 treaty -
        """
    amounts = budgets(north=[0, 0, 0], south=[2, 0, 0])
    plan = solved(case(tmp_path, SHARING, cities=TWO_CITIES, measures=measures, parks=SHARED, budgets=amounts))
    assert value(plan, "gaps") == pytest.approx(0.7 / 3, abs=1e-6)
    adds_up(plan)


def test_a_policy_brings_investors_to_pay_what_the_line_cannot(tmp_path: Path):
    """10 for the park, 40 % private: 6 for a line of 5. With 20 % more, for 1, the line pays 4 + 1."""
    yaml = (
        "periods: [2026-2030]\n" + JOBS + "effects: {credit: [{private_share: {where: {kind: park}, plus: 0.2}}]}\n"
        "lines: {south: {holder: South}}\n"
    )
    measures = """\
        id kind city capital_cost private_share
        park park B 10 0.4
        credit policy - 1 -
        """
    asked = case(tmp_path, yaml, cities=HOST, measures=measures, parks=PARK, budgets="line period amount\nsouth 2030 5")
    plan = solved(asked)
    assert started(plan) == {("park", "2030"): 1, ("credit", "2030"): 1}
    private = plan.table("private").iloc[0]
    assert (private["own"], private["attracted"]) == pytest.approx((4, 2))
    assert value(plan, "spending") == pytest.approx(5)
    adds_up(plan)


def test_one_line_sends_another_no_more_than_the_treaty_permits(tmp_path: Path):
    """The north holds 10 and may send 30 %: 3 in 2030, which pay the first phase of 2 and, in 2035 and 2040, the others.

    What is received is spent at once, so 2 are sent each time, not 3.
    """
    yaml = (
        THREE
        + JOBS
        + """\
effects: {treaty: [{allow_transfer: {from: north, to: south, at_most_share: 0.3}}]}
lines:
  north: {holder: North, pays_for: [{jurisdiction: North}]}
  south: {holder: South, pays_for: [{jurisdiction: South}]}
"""
    )
    measures = PHASES.replace("max_starts", "max_starts signed_by") + " -\ntreaty policy - - 1 1 North;South"
    amounts = budgets(north=[10, 10, 10], south=[0, 0, 0])
    plan = solved(
        case(tmp_path, yaml, cities=TWO_CITIES, measures=measures, parks="measure jobs\npark 1000", budgets=amounts)
    )
    assert plan.table("transfers")["amount"].tolist() == pytest.approx([2, 2, 2])
    books = money(plan, "south")
    assert [books[t]["received"] for t in books] == pytest.approx([2, 2, 2])
    adds_up(plan)


def test_a_park_works_only_with_the_railway_to_its_origin(tmp_path: Path):
    """70 minutes by road and 40 by the railway of 3; the park of 2 stands at most 60. 5 buys both, 4.9 buys neither."""
    yaml = "periods: [2026-2030]\nmodes: {road: {boarding_minutes: 0}}\n" + JOBS + "lines: {south: {holder: South}}\n"
    measures = "id kind city capital_cost\npark park B 2\nrail link B 3"
    tables = {
        "cities": TWO_CITIES, "measures": measures, "parks": "measure origin origin_minutes jobs\npark A 60 1000",
        "links": "id from to mode minutes needs\nold A B road 70 -\nnew A B road 40 rail",
    }  # fmt: skip
    both = solved(case(tmp_path / "5", yaml, **tables, budgets="line period amount\nsouth 2030 5"))
    assert set(started(both)) == {("park", "2030"), ("rail", "2030")}
    neither = solved(case(tmp_path / "4", yaml, **tables, budgets="line period amount\nsouth 2030 4.9"))
    assert started(neither) == {}


def test_graduates_of_one_period_are_the_skilled_people_of_the_next(tmp_path: Path):
    """1,000 jobs, half of them skilled; 100 skilled people are free: 200 jobs. 40 residents served for 5 years bring 200
    graduates, of whom half stay: 100 more skilled people and 200 more jobs in the next period, and again in the one after.
    """
    yaml = (
        THREE + "services: {uni: {unit: places, per_1000: 4, graduates_per_place_year: 1, stay_share: 0.5}}\n"
        "work: {jobs: {kind: target}}\ngoals: [{minimise: gaps, weights: {jobs: 1}}]\nlines: {south: {holder: South}}\n"
    )
    city = HOST.replace("jobs_target", "jobs_target skilled") + " 100"
    plan = solved(
        case(
            tmp_path, yaml, cities=city, measures="id kind city capital_cost\npark park B 2",
            parks="measure jobs skilled_share\npark 1000 0.5", capacity="city service capacity\nB uni 40",
            budgets=budgets(south=[2, 0, 0]),
        )
    )  # fmt: skip
    assert plan.table("parks")["jobs"].tolist() == pytest.approx([200, 400, 600])


@pytest.mark.slow
def test_nobody_is_worse_off_than_in_a_plan_of_its_own(tmp_path: Path):
    """300,000 people in A lack 300 posts, 60,000 in B 60. A common fund of 3; 100 posts in A cost 1, 60 in B cost 0.5.

    Together and without the promise: three in A, a gap of 60/360. Alone, B's share of the fund is 0.5, just enough for its
    own: its gap is 0. A's share is 2.5, enough for two: its gap is 1/3. With the promise: two in A, one in B, 100/360.
    """
    yaml = """\
        periods: [2026-2030]
        services: {clinic: {unit: posts, per_1000: 1, across_borders: never}}
        lines: {fund: {holder: central}}
        goals: [{minimise: gaps}]
        """
    tables = {
        "cities": "id jurisdiction tier lat lon population\nA North core 30 110 300000\nB South small 31 111 60000",
        "capacity": "city service capacity\nA clinic 0\nB clinic 0",
        "measures": "id kind city service capacity capital_cost units\n"
        "in-a facility A clinic 100 1 3\nin-b facility B clinic 60 0.5 1",
        "budgets": "line period amount\nfund 2030 3",
    }  # fmt: skip
    free = solved(case(tmp_path / "free", yaml, **tables))
    assert started(free) == {("in-a", "2030"): 3}
    kept = solved(case(tmp_path / "kept", yaml + "nobody_worse_off: true\n", **tables))
    assert started(kept) == {("in-a", "2030"): 2, ("in-b", "2030"): 1}
    alone = kept.table("alone").set_index("jurisdiction")
    assert alone["value_alone"].to_dict() == pytest.approx({"North": 1 / 3, "South": 0}, abs=1e-6)
    assert alone["value_with"].to_dict() == pytest.approx({"North": 1 / 3, "South": 0}, abs=1e-6)
    assert free.table("alone").empty


def test_a_stand_alone_plan_that_is_not_proven_leaves_the_plan_unproven(tmp_path: Path):
    """With no time at all no stand-alone plan is found, so nothing is claimed of the whole."""
    yaml = "periods: [2026-2030]\n" + JOBS + "lines: {south: {holder: South}}\nnobody_worse_off: true\n"
    asked = case(tmp_path, yaml, cities=HOST, measures=PHASES, parks=PARK, budgets="line period amount\nsouth 2030 5")
    plan = solve(asked, options=SolveOptions(time_limit=0.0))
    assert plan.status != "optimal"


def test_what_is_gained_and_lost_alike_is_no_tax_at_all():
    """A tenth and two tenths gained, three tenths lost: what the sum leaves of rounding is no figure."""
    parts = (("one", "host", 0.1), ("two", "host", 0.2), ("two", "moved", -0.3))
    taxes = [Tax(park, "2030", "2035", "south", part, amount) for park, part, amount in parts]
    assert sum(tax.amount for tax in taxes) != 0
    assert tax_at(taxes, "south", "2035") == 0
    assert tax_at(taxes[:2], "south", "2035") == pytest.approx(0.3)
