"""Legal cases at the edge of what is legal: nothing to decide, nothing to weigh, very large, very small, nearly whole."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from planner.audit import audit
from planner.case import Case, CaseInvalid, load_case
from planner.planning.handmade import evaluate
from planner.planning.search import SolveOptions, solve
from planner.plans.plan import Plan
from tests.solving.folders import case

CITY = "id jurisdiction tier lat lon population\nA North core 30 110 100000\nB South small 31 111 100000"
TWO = "periods: [2026-2030, 2031-2040]\n"
CLINIC = "services: {clinic: {unit: posts, per_1000: 1, across_borders: never}}\n"
SCHOOL_TOO = (
    "services:\n  clinic: {unit: posts, per_1000: 1, across_borders: never}\n"
    "  school: {unit: places, per_1000: 1, across_borders: never}\n"
    "access: {near: {kind: nearest, to: {offers: school}, standard_minutes: 10, worst_minutes: 60}}\n"
    "modes: {road: {boarding_minutes: 0}}\n"
)
STOCKS = "city service capacity\nA clinic 0\nB clinic 0\nA school 10\nB school 0"
ROAD = "id from to mode minutes\nroad A B road 50"


def proven(asked: Case) -> Plan:
    """The plan, which must be proven and pass its audit."""
    plan = solve(asked, options=SolveOptions(gap=1e-9))
    assert plan.status == "optimal", plan.reason
    assert plan.broken == ()
    assert audit(plan).violations == ()
    return plan


@pytest.mark.parametrize(
    ("yaml", "tables"),
    [
        ("periods: [2026-2030]\n", {}),
        ("periods: [2026-2030]\n" + CLINIC, {"capacity": "city service capacity\nA clinic unknown\nB clinic unknown"}),
        (
            "periods: [2026-2030]\n" + CLINIC.replace(": 1,", ": 0,"),
            {"capacity": "city service capacity\nA clinic 1\nB clinic 0"},
        ),
        (
            "periods: [2026-2030]\nmodes: {road: {boarding_minutes: 0}}\n"
            "access: {all: {kind: all, standard_minutes: 10, worst_minutes: 60}}\n",
            {"cities": "id jurisdiction tier lat lon population\nA North core 30 110 100000"},
        ),
    ],
)
def test_a_case_with_nothing_to_decide_has_an_empty_proven_plan(tmp_path: Path, yaml, tables):
    asked = case(tmp_path / "a", yaml, **{"cities": CITY, "measures": "id kind", **tables})
    assert len(proven(asked).table("decisions")) == 0
    assert evaluate(asked, {}).broken == ()


def test_a_free_measure_with_a_benefit_is_started_even_if_there_is_no_row_to_keep(tmp_path: Path):
    yaml = "periods: [2026-2030]\ngoals: [{minimise: benefit}]\n"
    plan = proven(case(tmp_path / "a", yaml, cities=CITY, measures="id kind city benefit\nx hub A 7"))
    assert plan.goals[0].value == pytest.approx(-7)


def test_a_decided_measure_that_cannot_start_is_an_error_and_never_left_out(tmp_path: Path):
    asked = case(
        tmp_path / "a",
        TWO + CLINIC + "lines: {f: {holder: North, pays_for: [{city: B}]}}\n",
        cities=CITY,
        capacity="city service capacity\nA clinic 4\nB clinic 5",
        budgets="line period amount\nf 2030 30\nf 2040 6",
        measures="id kind city service capacity capital_cost status requires\n"
        "r facility A clinic 1 1 candidate -\nx facility B clinic 40 4 decided r",
    )
    with pytest.raises(CaseInvalid, match="x is decided, but cannot start"):
        solve(asked)


def test_what_starts_together_must_live_alike(tmp_path: Path):
    with pytest.raises(CaseInvalid, match="life_years"):
        case(
            tmp_path / "a",
            TWO + CLINIC + "lines: {f: {holder: North}}\n",
            cities=CITY,
            capacity="city service capacity\nA clinic 4\nB clinic 5",
            budgets="line period amount\nf 2030 30\nf 2040 6",
            measures="id kind city service capacity capital_cost life_years together\n"
            "y facility B clinic 10 1 3 g\nx facility B clinic 10 1 - g",
        )


@pytest.mark.parametrize(
    "measures",
    [
        "x facility B clinic 100 1 1 yes g candidate -\ny facility B school 100 0 1 yes g candidate -",
        "y facility B school 100 1 0.5 yes - decided 2030",
    ],
)
def test_half_a_school_offers_no_school(tmp_path: Path, measures):
    """Money for half a unit: the school in B does not count as near, whichever of a group comes first."""
    asked = case(
        tmp_path / "a",
        "periods: [2026-2030]\n" + SCHOOL_TOO + "lines: {f: {holder: North}}\n",
        cities=CITY,
        capacity=STOCKS,
        links=ROAD,
        budgets="line period amount\nf 2030 0.5",
        measures="id kind city service capacity capital_cost units divisible together status start_period\n" + measures,
    )
    table = proven(asked).table("indicators").set_index(["indicator", "city"])
    assert table.loc[("near", "B"), "with_plan"] == 50


def test_lines_whose_names_run_together_keep_their_own_purses(tmp_path: Path):
    """a+b and c pay for A, a and b+c for B; each pair has 1 for a hub of 1, so both hubs are paid."""
    yaml = (
        "periods: [2026-2030]\ngoals: [{minimise: benefit}]\nlines:\n"
        "  a+b: {holder: North, pays_for: [{city: A}]}\n  c: {holder: North, pays_for: [{city: A}]}\n"
        "  a: {holder: South, pays_for: [{city: B}]}\n  b+c: {holder: South, pays_for: [{city: B}]}\n"
    )
    budgets = "line period amount\na+b 2030 1\nc 2030 0\na 2030 1\nb+c 2030 0"
    plan = proven(case(tmp_path / "a", yaml, cities=CITY, budgets=budgets,
                       measures="id kind city capital_cost benefit\np hub A 1 1\nq hub B 1 1"))  # fmt: skip
    assert dict(zip(plan.table("spending")["line"], plan.table("spending")["capital"], strict=True)) == {"a+b": 1, "a": 1}


def test_a_line_without_end_does_not_make_other_costs_vanish(tmp_path: Path):
    """small has 10: p or q (8 each, worth 5 and 4), not both; r is worth 1 and paid by the huge line: 6."""
    yaml = (
        "periods: [2026-2030]\ngoals: [{minimise: benefit}]\nlines:\n"
        "  huge: {holder: South, pays_for: [{city: B}]}\n  small: {holder: North, pays_for: [{city: A}]}\n"
    )
    plan = proven(case(tmp_path / "a", yaml, cities=CITY, budgets="line period amount\nhuge 2030 1e12\nsmall 2030 10",
                       measures="id kind city capital_cost benefit\np hub A 8 5\nq hub A 8 4\nr hub B 1 1"))  # fmt: skip
    assert plan.goals[0].value == pytest.approx(-6)


def test_a_measure_that_nobody_could_ever_pay_does_not_make_other_costs_vanish(tmp_path: Path):
    """Money 10; p and q cost 8 each and are worth 5 and 4, dear costs 1e12: p alone, 5."""
    yaml = "periods: [2026-2030]\ngoals: [{minimise: benefit}]\nlines: {small: {holder: North}}\n"
    measures = "id kind city capital_cost benefit\np hub A 8 5\nq hub A 8 4\ndear hub B 1e12 9"
    plan = proven(case(tmp_path / "a", yaml, cities=CITY, budgets="line period amount\nsmall 2030 10", measures=measures))
    assert plan.goals[0].value == pytest.approx(-5)


def test_figures_too_far_apart_for_the_solver_are_refused_in_words(tmp_path: Path):
    yaml = TWO + CLINIC + "lines: {f: {holder: North}}\n"
    asked = case(tmp_path / "a", yaml, cities=CITY, capacity="city service capacity\nA clinic 4\nB clinic 5",
                 budgets="line period amount\nf 2030 30\nf 2040 6",
                 measures="id kind city service capacity capital_cost\nx facility B clinic 1e-11 4")  # fmt: skip
    with pytest.raises(CaseInvalid, match="nine powers of ten apart"):
        solve(asked)


@pytest.mark.parametrize("units", [{"2030": 0.99999995}, {"2030": 0.5, "2040": 0.49999995}, {"2030": 5e-8}])
def test_hand_made_units_that_are_nearly_whole_are_evaluated(tmp_path: Path, units):
    asked = case(
        tmp_path / "a",
        TWO + SCHOOL_TOO + "lines: {f: {holder: North}}\n",
        cities=CITY,
        capacity=STOCKS,
        links=ROAD,
        budgets="line period amount\nf 2030 9\nf 2040 9",
        measures="id kind city service capacity capital_cost units divisible\nx facility B school 100 1 2 yes",
    )
    assert evaluate(asked, {("x", u): n for u, n in units.items()}).broken == ()


def test_a_period_that_weighs_nothing_still_uses_idle_capacity(tmp_path: Path):
    yaml = TWO + CLINIC + "goals: [{minimise: gaps, period_weights: {2030: 0, 2040: 1}}]\n"
    asked = case(
        tmp_path / "a", yaml, cities=CITY, capacity="city service capacity\nA clinic 100\nB clinic 40", measures="id kind"
    )
    table = proven(asked).table("indicators").set_index(["city", "period"])
    assert table.loc[("A", "2030"), "gap_without"] == 0
    assert table.loc[("B", "2030"), "gap_with"] == pytest.approx(0.6)


def test_a_decided_measure_may_wait_for_its_money_though_no_city_may_lose(tmp_path: Path):
    """It costs 4; there are 3 in the first period and 3 + 6 in the second: it starts in the second, and nobody loses."""
    asked = case(
        tmp_path / "a",
        TWO + CLINIC + "lines: {f: {holder: North, carry_over: true}}\n",
        cities=CITY,
        capacity="city service capacity\nA clinic 100\nB clinic 40",
        budgets="line period amount\nf 2030 3\nf 2040 6",
        measures="id kind city service capacity capital_cost status\nx facility B clinic 40 4 decided",
    )
    assert list(proven(asked).table("decisions")["start_period"]) == ["2040"]


def test_money_with_fewer_uses_is_spent_first(tmp_path: Path):
    """Both lines may pay for the hub in A (2); only `wide` may pay for the hub in B (1). narrow has 2: it pays all of A."""
    yaml = (
        "periods: [2026-2030]\ngoals: [{minimise: benefit}]\nlines:\n"
        "  wide: {holder: North}\n  narrow: {holder: South, pays_for: [{city: A}]}\n"
    )
    budgets = "line period amount\nwide 2030 9\nnarrow 2030 2"
    plan = proven(case(tmp_path / "a", yaml, cities=CITY, budgets=budgets,
                       measures="id kind city capital_cost benefit\np hub A 2 1\nq hub B 1 1"))  # fmt: skip
    paid = plan.table("spending").set_index("measure")["line"]
    assert dict(paid) == {"p": "narrow", "q": "wide"}


@pytest.mark.slow
def test_two_solves_at_once_in_one_process_are_both_right():
    tiny = load_case(Path(__file__).resolve().parents[2] / "cases" / "tiny")
    with ThreadPoolExecutor(2) as pool:
        plans = list(pool.map(lambda _: solve(tiny), range(4)))
    assert [plan.status for plan in plans] == ["optimal"] * 4


def test_a_listener_is_told_the_end_also_when_there_is_no_plan():
    tiny = load_case(Path(__file__).resolve().parents[2] / "cases" / "tiny")
    seen = []
    solve(tiny, options=SolveOptions(time_limit=0.0), on_event=seen.append)
    assert seen[-1].kind == "done"
