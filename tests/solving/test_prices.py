"""Prices: what the rows of a linear program, and the money of a plan, are worth at the margin; known by arithmetic."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import scipy.sparse as sp

from planner.case import Case
from planner.planning.prices import prices_of_money
from planner.planning.search import SolveOptions, solve
from planner.questions.asking import decisions_of
from planner.solver.highs import Limits, Solver
from planner.solver.linear import LinearProgram, Objective
from tests.solving.folders import case

CITIES = """\
    id jurisdiction tier lat lon population
    A North core 30 110 100000
    B South small 31 111 100000
    """
TWO = """\
    periods: [2026-2030, 2031-2035]
    modes: {road: {boarding_minutes: 0}}
    services: {clinic: {unit: posts, per_1000: 1, across_borders: never}}
    """
CAPACITY = "city service capacity\nA clinic 100\nB clinic 0"
CLINIC = "id kind city service capacity capital_cost units divisible max_starts\nnew facility B clinic 10 1 10 yes 10"


def program() -> LinearProgram:
    """x + y <= 4, x - y >= -10, 0 <= x <= 3, 0 <= y."""
    return LinearProgram(
        matrix=sp.csr_array(np.array([[1.0, 1.0], [1.0, -1.0]])),
        row_lower=np.array([-np.inf, -10.0]),
        row_upper=np.array([4.0, np.inf]),
        lower=np.zeros(2),
        upper=np.array([3.0, np.inf]),
        integer=np.zeros(2, dtype=bool),
        rows={("sum", None): 0, ("difference", None): 1},
        columns={("x", None): 0, ("y", None): 1},
        objectives={},
    )


@pytest.mark.parametrize("size", [1.0, 1e-3, 7e5])
def test_a_row_is_worth_what_one_unit_more_of_it_changes_whatever_the_size_of_the_goal(size: float) -> None:
    """Of -3 x - 2 y + 10 the least is at x = 3, y = 1. One more of the sum is one more y: -2. One more of x takes a y
    away: -3 + 2 = -1. The other row is far from its bound: 0."""
    objective = Objective(size * np.array([-3.0, -2.0]), 10.0)
    solver = Solver(program())
    assert solver.minimise(objective, Limits(threads=1)).value == pytest.approx(10 - 11 * size)
    rows, columns = solver.prices(objective)
    assert list(rows) == pytest.approx([-2 * size, 0.0])
    assert list(columns) == pytest.approx([-1 * size, 0.0])


def test_a_program_with_integers_has_no_prices() -> None:
    objective = Objective(np.array([-3.0, -2.0]), 0.0)
    solver = Solver(replace(program(), integer=np.array([True, False])))
    solver.minimise(objective, Limits(threads=1))
    with pytest.raises(ValueError, match="has no prices"):
        solver.prices(objective)


def prices(asked: Case) -> dict[tuple[str, str], float]:
    """At the best plan."""
    plan = solve(asked, options=SolveOptions(gap=1e-9, threads=1))
    assert plan.status == "optimal"
    found = prices_of_money(asked, decisions_of(plan))
    assert found is not None
    return found


def test_money_that_is_kept_is_worth_as_much_in_the_next_period_and_early_money_serves_longer(tmp_path: Path) -> None:
    """1 buys 10 of the 100 posts that B lacks: a tenth of a gap that weighs 1/4 (two cities, two periods), so 1/40 in each
    period that it serves. Money of 2030 serves in both, money of 2035 in one."""
    yaml = TWO + "lines: {fund: {holder: South, carry_over: true}}\n"
    budgets = "line period amount\nfund 2030 3\nfund 2035 2"
    found = prices(case(tmp_path / "a", yaml, cities=CITIES, capacity=CAPACITY, measures=CLINIC, budgets=budgets))
    assert found == {("fund", "2030"): pytest.approx(2 / 40), ("fund", "2035"): pytest.approx(1 / 40)}


@pytest.mark.slow
def test_a_line_that_can_borrow_values_later_money_at_what_it_repays(tmp_path: Path) -> None:
    """At 3 % a year 1 of 2035 repays 1 / 1.03^5 borrowed in 2030, which serves in both periods."""
    yaml = TWO + "lines: {fund: {holder: South, borrow: {limit: {2030: 50, 2035: 0}, interest: 0.03}}}\n"
    budgets = "line period amount\nfund 2030 3\nfund 2035 2"
    found = prices(case(tmp_path / "a", yaml, cities=CITIES, capacity=CAPACITY, measures=CLINIC, budgets=budgets))
    assert found == {("fund", "2030"): pytest.approx(2 / 40), ("fund", "2035"): pytest.approx(2 / 40 / 1.03**5)}


def test_a_line_that_may_send_a_share_of_its_money_is_worth_that_share_to_the_other(tmp_path: Path) -> None:
    """The north can use nothing, but sends up to 0.3 of what it has; the south buys posts with it. Nothing is kept."""
    yaml = TWO + (
        "lines: {north: {holder: North, pays_for: [{jurisdiction: North}]}, "
        "south: {holder: South, pays_for: [{jurisdiction: South}]}}\n"
        "    effects: {pact: [{allow_transfer: {from: north, to: south, at_most_share: 0.3}}]}\n"
    )
    measures = """\
        id kind city service capacity capital_cost units divisible max_starts signed_by
        new facility B clinic 10 1 10 yes 10 -
        pact policy - - - 0 1 no 1 North;South
        """
    budgets = "line period amount\nnorth 2030 5\nnorth 2035 5\nsouth 2030 1\nsouth 2035 1"
    found = prices(case(tmp_path / "a", yaml, cities=CITIES, capacity=CAPACITY, measures=measures, budgets=budgets))
    assert found == {
        ("north", "2030"): pytest.approx(0.3 * 2 / 40),
        ("north", "2035"): pytest.approx(0.3 * 1 / 40),
        ("south", "2030"): pytest.approx(2 / 40),
        ("south", "2035"): pytest.approx(1 / 40),
    }


def test_whole_units_have_no_price_of_their_own(tmp_path: Path) -> None:
    """Clinics of 10 posts, whole: 0.5 more would start none, and at this plan nothing else can follow."""
    yaml = TWO + "lines: {fund: {holder: South}}\n"
    budgets = "line period amount\nfund 2030 3.5\nfund 2035 0"
    measures = CLINIC.replace("yes", "no")
    found = prices(case(tmp_path / "a", yaml, cities=CITIES, capacity=CAPACITY, measures=measures, budgets=budgets))
    assert list(found.values()) == [0.0, 0.0]


def test_at_a_kink_the_price_is_that_of_more_money(tmp_path: Path) -> None:
    """Nothing is given in 2035: less could only be kept from 2030, at 2 / 40, but 1 more there serves in one period."""
    yaml = TWO + "lines: {fund: {holder: South, carry_over: true}}\n"
    budgets = "line period amount\nfund 2030 3\nfund 2035 0"
    found = prices(case(tmp_path / "a", yaml, cities=CITIES, capacity=CAPACITY, measures=CLINIC, budgets=budgets))
    assert found == {("fund", "2030"): pytest.approx(2 / 40), ("fund", "2035"): pytest.approx(1 / 40)}
