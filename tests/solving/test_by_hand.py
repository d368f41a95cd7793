"""Optima that can be worked out by hand; the arithmetic stands in each docstring."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.audit import audit
from planner.case import Case
from planner.planning.search import SolveOptions, solve
from planner.plans.plan import Plan
from tests.solving.folders import case

CITY = """\
    id jurisdiction tier lat lon population
    A North core 30 110 100000
    B South small 31 111 100000
    """


def solved(asked: Case) -> Plan:
    """The plan, proven exactly and audited."""
    plan = solve(asked, options=SolveOptions(gap=1e-9))
    assert plan.status == "optimal", plan.reason
    assert audit(plan).violations == ()
    return plan


def started(plan: Plan) -> dict[tuple[str, str], float]:
    """(measure, period) -> units."""
    table = plan.table("decisions")
    return {(a, u): units for a, u, units in zip(table["measure"], table["start_period"], table["units"], strict=True)}


def value(plan: Plan, name: str) -> float:
    """A goal's value."""
    return next(goal.value for goal in plan.goals if goal.name == name)


def test_money_carried_over_pays_for_what_one_period_cannot(tmp_path: Path):
    """10 a period. big (15, benefit 8), small (6, benefit 5), tiny (4, benefit 2); later starts count half.

    big alone needs 15: only from 2035, out of 10 kept + 10: worth 4, and then 5 are left for tiny in 2030 only by keeping
    6 of 10: tiny 2 in 2030 (4) leaves 6 + 10 = 16 >= 15: total 2 + 4 = 6. Without big: small and tiny in 2030 cost 10: total
    7. small in 2030 leaves 4 + 10 = 14 < 15. So small and tiny in 2030: 7.
    """
    yaml = """\
        periods: [2026-2030, 2031-2035]
        modes: {road: {boarding_minutes: 0}}
        lines: {fund: {holder: North, carry_over: true}}
        goals: [{minimise: benefit, period_weights: {2030: 1, 2035: 0.5}}, {minimise: spending}]
        """
    measures = """\
        id kind city capital_cost benefit
        big hub A 15 8
        small hub A 6 5
        tiny hub A 4 2
        """
    budgets = "line period amount\nfund 2030 10\nfund 2035 10"
    plan = solved(case(tmp_path / "a", yaml, cities=CITY, measures=measures, budgets=budgets))
    assert value(plan, "benefit") == pytest.approx(-7)
    assert started(plan) == {("small", "2030"): 1, ("tiny", "2030"): 1}


@pytest.mark.slow
def test_running_cost_is_paid_by_the_years_open_and_can_make_a_late_start_better(tmp_path: Path):
    """A clinic of 100 posts costs 2 and 1 a year; need is 100 posts in each five-year period; money 7 in the first and
    7 in the second, nothing kept.

    Started in 2026 with 1 year of works it runs 4 years in 2026-2030 (2 + 4 = 6 <= 7) and 5 years in 2031-2035 (5 <= 7):
    both gaps are closed, for 11. Were it 3 a year, a start in 2026 would cost 2 + 12 > 7, one in 2031 also 2 + 12 > 7:
    nothing.
    With 1.2 a year: 2 + 4.8 = 6.8 and 6: still both, for 12.8.
    """
    yaml = """\
        periods: [2026-2030, 2031-2035]
        modes: {road: {boarding_minutes: 0}}
        services: {clinic: {unit: posts, per_1000: 1, across_borders: never}}
        lines: {fund: {holder: North}}
        """
    capacity = "city service capacity\nA clinic 100\nB clinic 0"
    budgets = "line period amount\nfund 2030 7\nfund 2035 7"
    for number, (running, gap, money) in enumerate([(1, 0.0, 11.0), (3, 0.5, 0.0), (1.2, 0.0, 12.8)]):
        measures = (
            f"id kind city service capacity capital_cost running_cost build_years\nnew facility B clinic 100 2 {running} 1"
        )
        asked = case(tmp_path / str(number), yaml, cities=CITY, capacity=capacity, measures=measures, budgets=budgets)
        plan = solved(asked)
        assert value(plan, "gaps") == pytest.approx(gap, abs=1e-6)
        assert value(plan, "spending") == pytest.approx(money, abs=1e-5)


def test_works_of_three_years_serve_a_period_of_five_only_from_the_next_on(tmp_path: Path):
    """A link with 3 years of works started in 2026 opens in 2029: 2 of 5 years, less than half, so 2026-2030 keeps its gap
    of (100 - 40) / (100 - 40) = 1 and 2031-2035 has 50 - 40 of 60: gap 1/6. Both periods weigh alike: 7/12."""
    yaml = """\
        periods: [2026-2030, 2031-2035]
        modes: {road: {boarding_minutes: 0}}
        access: {core: {kind: nearest, from: {tier: small}, to: {tier: core}, standard_minutes: 40, worst_minutes: 100}}
        lines: {fund: {holder: North}}
        """
    links = "id from to mode minutes needs\nold A B road 100 -\nnew A B road 50 fast"
    measures = "id kind capital_cost build_years\nfast link 6 3"
    budgets = "line period amount\nfund 2030 6\nfund 2035 0"
    plan = solved(case(tmp_path / "a", yaml, cities=CITY, links=links, measures=measures, budgets=budgets))
    assert value(plan, "gaps") == pytest.approx(7 / 12)
    assert list(plan.table("decisions")["opens"]) == [2029]
    table = plan.table("indicators").set_index("period")
    assert list(table["with_plan"]) == [100, 50]
    assert list(plan.table("spending")["capital"]) == [pytest.approx(6)]


def test_the_worst_city_alone_moves_money_to_where_little_is_gained(tmp_path: Path):
    """Posts cost 1 each for 10; money for 10 posts. A (100,000 people) lacks 50 of 100, B (100,000) lacks 100 of 100.

    Ten posts take 0.1 off either gap, so the mean gap cannot tell them apart, and the worst city's can: all ten go to B.
    Mean gap (0.5 + 0.9) / 2 = 0.7; worst city 0.9.
    """
    yaml = """\
        periods: [2026-2030]
        modes: {road: {boarding_minutes: 0}}
        services: {clinic: {unit: posts, per_1000: 1, across_borders: never}}
        lines: {fund: {holder: North}}
        goals: [{minimise: gaps}, {minimise: worst_city}, {minimise: spending}]
        """
    capacity = "city service capacity\nA clinic 50\nB clinic 0"
    measures = """\
        id kind city service capacity capital_cost units divisible
        at-a facility A clinic 10 1 5 yes
        at-b facility B clinic 10 1 5 yes
        """
    budgets = "line period amount\nfund 2030 1"
    plan = solved(case(tmp_path / "a", yaml, cities=CITY, capacity=capacity, measures=measures, budgets=budgets))
    assert value(plan, "gaps") == pytest.approx(0.7, abs=1e-4)
    assert value(plan, "worst_city") == pytest.approx(0.9, abs=1e-3)


def test_who_pays_is_bound_by_selections_kinds_of_cost_and_largest_shares(tmp_path: Path):
    """The hub costs 10, and 1 a year over 5 years. The state pays capital only, at most 40 %; the town pays anything.

    Capital 10: state at most 4, town at least 6. Running 5: town alone. With 11 the town can just pay 6 + 5; with 10.9 it
    cannot, and the hub's 5 minutes are lost: gap (30 - 20) / (40 - 20) = 0.5 with the hub is 0.25.
    """
    yaml = """\
        periods: [2026-2030]
        modes: {rail: {boarding_minutes: 10}}
        access: {core: {kind: nearest, from: {tier: small}, to: {tier: core}, standard_minutes: 20, worst_minutes: 40}}
        effects: {hub: [{boarding_minutes: {city: B, modes: [rail], minus: 10}}]}
        lines:
          state: {holder: central, pays_for: [{kind: hub}], cost: capital, at_most_share: 0.4}
          town: {holder: South, pays_for: [{jurisdiction: South}]}
        """
    links = "id from to mode minutes\nrail A B rail 20"
    measures = "id kind city capital_cost running_cost build_years\nhub hub B 10 1 0"
    for town, gap in [(11, 0.25), (10.9, 0.5)]:
        budgets = f"line period amount\nstate 2030 100\ntown 2030 {town}"
        plan = solved(case(tmp_path / str(town), yaml, cities=CITY, links=links, measures=measures, budgets=budgets))
        assert value(plan, "gaps") == pytest.approx(gap)


@pytest.mark.slow
def test_a_facility_that_requires_a_link_starts_only_once_the_link_serves(tmp_path: Path):
    """The link (2 years of works) serves from 2026-2030, so the clinic may start in the same period; with 4 years it opens
    in 2030, one year of five, and the clinic has to wait: its gap of 1 in B counts in the first period."""
    yaml = """\
        periods: [2026-2030, 2031-2035]
        modes: {road: {boarding_minutes: 0}}
        services: {clinic: {unit: posts, per_1000: 1, across_borders: never}}
        lines: {fund: {holder: North}}
        """
    links = "id from to mode minutes needs\nnew A B road 50 road"
    budgets = "line period amount\nfund 2030 9\nfund 2035 9"
    capacity = "city service capacity\nA clinic 100\nB clinic 0"
    for years, period, gap in [(2, "2030", 0.0), (4, "2035", 0.25)]:
        measures = f"""\
            id kind city service capacity capital_cost build_years requires
            road link - - - 3 {years} -
            new facility B clinic 100 2 0 road
            """
        asked = case(
            tmp_path / str(years), yaml, cities=CITY, links=links, capacity=capacity, measures=measures, budgets=budgets
        )
        plan = solved(asked)
        assert ("new", period) in started(plan)
        assert value(plan, "gaps") == pytest.approx(gap)


def test_no_city_loses_what_it_has_without_the_plan(tmp_path: Path):
    """A shares all its 100 posts; C (in B's place) needs 100, A needs 100. Without the plan C is too far and A has gap 0.

    A new road lets C use A's posts. Weighed by a column that counts C ten times A, the goal would take A's posts for
    C; the rule that no city loses forbids it. (shares: all, so the stock itself may move.)
    """
    yaml = """\
        periods: [2026-2030]
        people: [votes]
        modes: {{road: {{boarding_minutes: 0}}}}
        services: {{clinic: {{unit: posts, per_1000: 1, catchment_minutes: 60, across_borders: always, shares: all}}}}
        lines: {{fund: {{holder: North}}}}
        no_city_loses: {rule}
        goals: [{{minimise: gaps, weigh_by: votes}}, {{minimise: spending}}]
        """
    cities = "id jurisdiction tier lat lon population votes\nA North core 30 110 100000 1\nB South small 31 111 100000 10"
    links = "id from to mode minutes needs\nold A B road 100 -\nnew A B road 50 road"
    measures = "id kind capital_cost\nroad link 1"
    capacity = "city service capacity\nA clinic 100\nB clinic 0"
    budgets = "line period amount\nfund 2030 1"
    tables = {"cities": cities, "links": links, "measures": measures, "capacity": capacity, "budgets": budgets}
    kept = solved(case(tmp_path / "kept", yaml.format(rule="true"), **tables))
    assert value(kept, "gaps") == pytest.approx(10 / 11)
    assert value(kept, "spending") == pytest.approx(0, abs=1e-6)
    free = solved(case(tmp_path / "free", yaml.format(rule="false"), **tables))
    assert value(free, "gaps") == pytest.approx(1 / 11)
    assert free.worse_off == ("A, 2026-2030: clinic gap 0.0% -> 100.0%",)


def test_what_cannot_be_told_apart_is_split_evenly(tmp_path: Path):
    """B and C (100,000 each, need 100) share what A can spare, 60 posts, within reach of both: 30 each, gap 0.7 each."""
    yaml = """\
        periods: [2026-2030]
        modes: {road: {boarding_minutes: 0}}
        services: {clinic: {unit: posts, per_1000: 1, catchment_minutes: 60, across_borders: always}}
        lines: {fund: {holder: North}}
        """
    cities = CITY + "    C South small 29 111 100000\n"
    links = "id from to mode minutes\nab A B road 50\nac A C road 20"
    capacity = "city service capacity\nA clinic 160\nB clinic 0\nC clinic 0"
    measures = "id kind city capital_cost\nnothing hub A 1"
    budgets = "line period amount\nfund 2030 0"
    plan = solved(
        case(tmp_path / "a", yaml, cities=cities, links=links, capacity=capacity, measures=measures, budgets=budgets)
    )
    table = plan.table("indicators").set_index("city")
    assert list(table.loc[["A", "B", "C"], "gap_with"]) == pytest.approx([0, 0.7, 0.7])


@pytest.mark.parametrize(
    ("borders", "signed", "gaps"),
    [
        ("45", "ease-south", (35 / 60, 0.0)),
        ("{default: 10, pairs: [{between: [East, North], minutes: 45}]}", "ease-east", (5 / 60, 0.0)),
    ],
)
def test_a_signature_pays_where_the_border_costs_most(tmp_path: Path, borders: str, signed: str, gaps: tuple[float, float]):
    """B (East) and C (South) are 30 minutes of road from A (North), and a border; 40 minutes are standard, 100 the worst.

    With 45 minutes at both borders each is 75 away, gap 35/60. Money for one signature: with the East 15 stay (45: gap
    5/60), with the South none (30: no gap), so the South signs. With 10 at the South's border C is at 40 and has no gap, so
    the East signs.
    """
    yaml = f"""\
        periods: [2026-2030]
        modes: {{road: {{boarding_minutes: 0, border_minutes: {borders}}}}}
        access:
          core: {{kind: nearest, from: {{tier: small}}, to: {{tier: core}}, standard_minutes: 40, worst_minutes: 100}}
        effects:
          ease-east: [{{border_minutes: {{between: [North, East], modes: [road], set: 15}}}}]
          ease-south: [{{border_minutes: {{between: [North, South], modes: [road], set: 0}}}}]
        lines: {{fund: {{holder: North}}}}
        """
    cities = """\
        id jurisdiction tier lat lon population
        A North core 30 110 100000
        B East small 31 111 100000
        C South small 29 111 100000
        """
    links = "id from to mode minutes\nab A B road 30\nac A C road 30"
    measures = "id kind signed_by capital_cost\nease-east policy North;East 1\nease-south policy North;South 1"
    budgets = "line period amount\nfund 2030 1"
    plan = solved(case(tmp_path / "a", yaml, cities=cities, links=links, measures=measures, budgets=budgets))
    assert list(plan.table("decisions")["measure"]) == [signed]
    table = plan.table("indicators").set_index("city")
    assert tuple(table.loc[["B", "C"], "gap_with"]) == pytest.approx(gaps)
