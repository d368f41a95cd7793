"""What prices prove: bounds that hold whatever the prices are, and columns that no better solution has otherwise."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp

from planner.case import Case, load_case
from planner.planning import search
from planner.planning.search import SolveOptions, solve
from planner.planning.settling import Settler
from planner.solver import branching, highs
from planner.solver.branching import lowest_branch
from planner.solver.duality import dual, is_impossible, of_relaxation, with_ends
from planner.solver.highs import Limits, Solver
from planner.solver.linear import LinearProgram, Objective
from planner.solver.two_threads import beside
from planner.work.stopping import Event
from tests.oracle.random_cases import case_of
from tests.oracle.work_cases import work_case_of
from tests.oracle.world_cases import world_case_of
from tests.product.conftest import PROJECT
from tests.solving.folders import case

ALONE = Limits(threads=1)


def hubs(folder: Path, money: int, goals: str) -> Case:
    """Two hubs: one costs 4 and is worth 9, one costs 6 and is worth 8."""
    return case(
        folder / "hubs",
        f"""\
        periods: [2026-2030]
        lines: {{fund: {{holder: North}}}}
        goals: {goals}
        """,
        cities="id jurisdiction tier lat lon population\nA North core 30 110 100000",
        measures="id kind city capital_cost benefit\na hub A 4 9\nb hub A 6 8",
        budgets=f"line period amount\nfund 2030 {money}",
    )


def program(seed: int, whole: int = 8) -> tuple[LinearProgram, Objective]:
    """Some binaries, some shares of them that cover needs at a penalty, and a budget."""
    random = np.random.default_rng(seed)
    needs = 5
    served = random.random((needs, whole)) < 0.5
    rows = np.zeros((needs + 1, whole + needs))
    rows[:needs, :whole] = served * random.integers(1, 4, (needs, whole))  # served by what starts
    rows[:needs, whole:] = np.eye(needs)  # or missed
    rows[needs, :whole] = random.integers(1, 9, whole)
    lower = np.append(random.integers(1, 5, needs).astype(float), -np.inf)
    upper = np.append(np.full(needs, np.inf), rows[needs, :whole].sum() * 0.4)
    cost = np.append(random.random(whole) * 0.1, random.integers(1, 9, needs))
    given = LinearProgram(
        sp.csr_array(rows), lower, upper, np.zeros(whole + needs), np.append(np.ones(whole), np.full(needs, 9.0)),
        np.append(np.ones(whole, dtype=bool), np.zeros(needs, dtype=bool)), {}, {}, {},
    )  # fmt: skip
    return given, Objective(cost, 0.25)


def by_hand(given: LinearProgram, objective: Objective) -> dict[tuple[int, ...], float]:
    """Every choice of binaries within the budget -> its value: what is missed follows from them."""
    rows, whole = given.matrix.toarray(), int(given.integer.sum())
    found = {}
    for chosen in product((0, 1), repeat=whole):
        served = rows[:, :whole] @ chosen
        if served[-1] <= given.row_upper[-1] + 1e-9:
            missed = np.maximum(0.0, given.row_lower[:-1] - served[:-1])
            found[chosen] = objective.value(np.append(chosen, missed))
    return found


@pytest.mark.parametrize("seed", range(40))
def test_no_solution_is_below_what_any_prices_prove(seed: int) -> None:
    given, objective = program(seed)
    best = min(by_hand(given, objective).values())
    random = np.random.default_rng(seed)
    for _ in range(20):
        assert dual(given, objective, random.normal(size=len(given.row_lower))).bound <= best + 1e-9


@pytest.mark.parametrize("seed", range(40))
def test_the_relaxations_prices_prove_its_value(seed: int) -> None:
    given, objective = program(seed)
    proven = of_relaxation(given, objective, ALONE)
    relaxed = Solver(given.relaxed()).minimise(objective, Limits(threads=1))
    assert proven is not None
    assert proven.bound == pytest.approx(relaxed.value, abs=1e-6)


@pytest.mark.parametrize("seed", range(40))
def test_every_better_solution_has_what_is_settled(seed: int) -> None:
    given, objective = program(seed)
    values = by_hand(given, objective)
    proven = of_relaxation(given, objective, ALONE)
    assert proven is not None
    for chosen, value in sorted(values.items(), key=lambda each: each[1])[:5]:
        settled = proven.settled(given, np.append(chosen, np.zeros(5)), value)
        assert all(chosen[k] == x for k, x in settled.items()), "the solution itself stays allowed"
        better = [other for other, its in values.items() if its < value - 1e-9]
        assert all(other[k] == x for other in better for k, x in settled.items())


def test_some_are_settled() -> None:
    """Or the test above would say nothing."""
    counts = []
    for seed in range(40):
        given, objective = program(seed)
        values, proven = by_hand(given, objective), of_relaxation(given, objective, ALONE)
        assert proven is not None
        best = min(values, key=lambda chosen: values[chosen])
        counts.append(len(proven.settled(given, np.append(best, np.zeros(5)), values[best])))
    assert np.mean(counts) > 1


def test_prices_of_what_bounds_nothing_prove_nothing_wrong() -> None:
    """x >= 2 as a row, x between 0 and infinity, at 3 each: 6. A price of 4 would pay -1 for each x, without end."""
    given = LinearProgram(
        sp.csr_array([[1.0]]), np.array([2.0]), np.array([np.inf]), np.zeros(1), np.array([np.inf]),
        np.zeros(1, dtype=bool), {}, {}, {},
    )  # fmt: skip
    objective = Objective(np.array([3.0]), 0.0)
    bounds = [dual(given, objective, [price]).bound for price in (3.0, 1.0, -5.0, 4.0)]
    assert bounds == [6.0, 2.0, 0.0, -np.inf]


def test_a_large_program_whose_relaxation_is_whole_is_not_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Money for all there is: no part of anything is better, so the first plan is as good as any could be."""
    monkeypatch.setattr(highs, "LARGE", 0)
    asked = hubs(tmp_path, money=10, goals="[{minimise: benefit}]")
    events: list[Event] = []
    plan = solve(asked, options=SolveOptions(threads=1), on_event=events.append)
    (goal,) = plan.goals
    assert (plan.status, goal.value, goal.bound) == ("optimal", pytest.approx(-17), pytest.approx(-17))
    assert next(event.message for event in events if event.kind == "goal") == "decided"
    assert plan.seconds["relaxation"] > 0


@pytest.mark.slow
@pytest.mark.parametrize("name", ["jing-jin-ji", "pearl-river-delta", "chengdu-chongqing"])
def test_of_real_cases_the_relaxation_is_proven_to_its_value(name: str) -> None:
    """Columns without an upper end, such as payments, have one by their rows, or rounding would prove nothing."""
    built = Settler.of(load_case(PROJECT / "cases" / name), promises_hold=True).built
    given, objective = built.search_program, built.steps[0].in_program(built.search_program)
    assert not np.isfinite(given.upper).all()
    proven = of_relaxation(given, objective, ALONE)
    relaxed = Solver(given.relaxed()).minimise(objective, Limits(threads=1))
    assert proven is not None
    assert relaxed.value * (1 - 1e-5) <= proven.bound <= relaxed.value * (1 + 1e-7)


def test_ends_that_rows_imply_by_hand() -> None:
    """x + 2y <= 10 with x between 1 and 3, y from 0 on: y <= 4.5. Then y - z >= 0.5, z from 0 on: z <= 4. w has none."""
    given = LinearProgram(
        sp.csr_array([[1.0, 2.0, 0.0, 0.0], [0.0, 1.0, -1.0, 0.0]]), np.array([-np.inf, 0.5]), np.array([10.0, np.inf]),
        np.array([1.0, 0.0, 0.0, 0.0]), np.array([3.0, np.inf, np.inf, np.inf]), np.zeros(4, dtype=bool), {}, {}, {},
    )  # fmt: skip
    assert with_ends(given).upper == pytest.approx([3.0, 4.5, 4.0, np.inf])


KINDS = {"gaps": case_of, "work": work_case_of, "world": world_case_of}


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, 20, 5))
def test_however_large_a_program_is_its_optimum_is_the_same(first: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Random cases in all their variety, as if they were large: the same status and first goal, and bounds that hold."""
    options, relaxed, settled = SolveOptions(threads=1), 0, 0
    with_relaxation = search._with_relaxation

    def counting(*given):
        nonlocal relaxed, settled
        known = with_relaxation(*given)
        relaxed, settled = relaxed + (known.bound > -np.inf), settled + bool(known.settled)
        return known

    monkeypatch.setattr(search, "_with_relaxation", counting)
    for number, kind in product(range(first, first + 5), KINDS):
        asked = KINDS[kind](number)
        monkeypatch.setattr(highs, "LARGE", 300_000)
        usual = solve(asked, options=options)
        monkeypatch.setattr(highs, "LARGE", 0)
        other = solve(asked, options=replace(options, threads=2))
        assert other.status == usual.status, (kind, number)
        if usual.has_decisions:
            one, two = usual.goals[0], other.goals[0]
            size = max(1e-3, abs(one.value))
            assert two.value == pytest.approx(one.value, abs=1.01e-4 * size + 2e-6), (kind, number)
            assert max(one.bound, two.bound) <= min(one.value, two.value) + 1e-6 * max(1.0, size), (kind, number)
    assert relaxed > 0
    assert settled > 0


@pytest.mark.parametrize("seed", range(40))
def test_branches_prove_the_optimum_itself(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every one of the forks that a program of eight binaries may need, until nothing is in parts."""
    monkeypatch.setattr(branching, "FEW", 8)
    monkeypatch.setattr(branching, "FORKS", 2**8)
    given, objective = program(seed)
    best, root = min(by_hand(given, objective).values()), of_relaxation(given, objective, ALONE)
    assert root is not None
    found = [lowest_branch(given, objective, root, lambda _: False, replace(ALONE, threads=n)).proven.bound for n in (1, 2)]
    assert found == pytest.approx([best, best], abs=1e-6)


@pytest.mark.parametrize("threads", [1, 2])
def test_branches_prove_nothing_wrong_whatever_the_solver_says(threads: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """No answer, as where time is up, or any prices and any parts: nothing is above the optimum."""
    monkeypatch.setattr(branching, "FEW", 8)
    raised = 0
    for seed in range(60):
        random = np.random.default_rng(seed)

        def answer(given: LinearProgram, objective: Objective, *limits: Any, random: Any = random) -> Any:
            kind = random.random()
            if kind < 0.3:
                return None
            if kind < 0.6:
                return of_relaxation(given, objective, *limits)
            prices = random.normal(scale=0.2, size=len(given.row_lower))
            return replace(dual(given, objective, prices), relaxed=random.random(len(given.lower)))

        monkeypatch.setattr(branching, "of_relaxation", answer)
        given, objective = program(seed % 40)
        root = of_relaxation(given, objective, ALONE)
        assert root is not None
        bound = lowest_branch(given, objective, root, lambda _: False, replace(ALONE, threads=threads)).proven.bound
        assert root.bound - 1e-9 <= bound <= min(by_hand(given, objective).values()) + 1e-9
        raised += bound > root.bound
    assert raised > 5


@pytest.mark.parametrize("threads", [1, 2])
def test_both_branches_have_the_time_that_is_left(threads: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """With one thread the second is looked at when the first has been: what that took is not there any more."""
    asked: list[float] = []

    def slow(_given: Any, _objective: Any, limits: Limits, _stop: Any) -> None:
        asked.append(limits.seconds)
        threading.Event().wait(min(0.2, limits.seconds))

    monkeypatch.setattr(branching, "of_relaxation", slow)
    given, objective = program(0)
    parts = np.full(len(given.lower), 0.5)
    root = replace(dual(given, objective, np.zeros(len(given.row_lower))), relaxed=np.where(parts.cumsum() <= 1, parts, 0.0))
    lowest_branch(given, objective, root, lambda _: False, replace(ALONE, seconds=0.3, threads=threads))
    assert len(asked) == 2
    assert (min(asked) < 0.15) == (threads == 1)


@pytest.mark.parametrize("forks", [0, 1, 3])
def test_fewer_forks_prove_less_and_nothing_wrong(forks: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(branching, "FORKS", forks)
    gained = 0.0
    for seed in range(40):
        given, objective = program(seed)
        best, root = min(by_hand(given, objective).values()), of_relaxation(given, objective, ALONE)
        assert root is not None
        bound = lowest_branch(given, objective, root, lambda _: False, ALONE).proven.bound
        assert root.bound - 1e-9 <= bound <= best + 1e-9
        gained += bound - root.bound
    assert (gained > 1) == (forks > 0)


def test_a_branch_is_left_where_it_proves_enough() -> None:
    given, objective = program(0)
    root = of_relaxation(given, objective, ALONE)
    assert root is not None
    asked: list[float] = []

    def is_enough(bound: float) -> bool:
        asked.append(bound)
        return len(asked) > 1

    lowest_branch(given, objective, root, is_enough, ALONE)
    assert asked[0] == root.bound
    assert len(asked) == 2
    assert asked[1] > asked[0]


def test_what_no_ends_allow_is_impossible_by_hand() -> None:
    """x + y = 5 with x up to 2 and y up to 2 cannot be; up to 3 it can; without an end nothing is said."""
    given = LinearProgram(
        sp.csr_array([[1.0, 1.0]]), np.array([5.0]), np.array([5.0]), np.zeros(2), np.array([2.0, 2.0]),
        np.zeros(2, dtype=bool), {}, {}, {},
    )  # fmt: skip
    ends = [np.array([2.0, 2.0]), np.array([2.0, 3.0]), np.array([2.0, np.inf])]
    assert [is_impossible(replace(given, upper=upper)) for upper in ends] == [True, False, False]
    assert is_impossible(replace(given, upper=np.array([9.0, 9.0]), lower=np.array([3.0, 3.0])))


def test_two_threads_do_what_one_does() -> None:
    for threads in (1, 2):
        with beside(lambda stop: stop(), threads) as answer:
            assert answer() is False
        with beside(lambda stop: stop(), threads, lambda: True) as answer:
            assert answer() is True


def test_who_leaves_does_not_wait_for_the_second_thread() -> None:
    """A search that ends early, or fails, lets the other work end, too."""
    ended = threading.Event()

    def work(stop: Callable[[], bool]) -> None:
        while not stop():
            ended.wait(0.01)
        ended.set()

    with pytest.raises(ValueError, match="left"), beside(work, 2):
        raise ValueError("left")
    assert ended.is_set()


@pytest.mark.parametrize(("forks", "bound"), [(0, -13), (1, -10.25), (2, -9)])
def test_of_a_large_program_branches_prove_what_the_relaxation_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forks: int, bound: float
) -> None:
    """7 pay a, and half of b: 9 + 8 / 2 = 13 in parts. Without b 9; with it a quarter of a, 10.25; both would need 10."""
    monkeypatch.setattr(highs, "LARGE", 0)
    monkeypatch.setattr(branching, "FORKS", forks)
    known: list[Any] = []
    with_relaxation = search._with_relaxation

    def keeping(*given: Any) -> Any:
        known.append(with_relaxation(*given))
        return known[-1]

    monkeypatch.setattr(search, "_with_relaxation", keeping)
    (goal,) = solve(hubs(tmp_path, money=7, goals="[{minimise: benefit}]"), options=SolveOptions(threads=2)).goals
    assert goal.value == pytest.approx(-9)
    assert known[0].bound == pytest.approx(bound)


def test_what_the_relaxation_proves_is_not_lost_where_time_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Money pays one of two hubs, and half of the other: 9 + 8 / 2 = 13 cannot be beaten, and 9 is the first plan."""
    monkeypatch.setattr(highs, "LARGE", 0)
    monkeypatch.setattr(branching, "FORKS", 0)
    ended = highs.Answer("limit", None, np.nan, -np.inf, 0.0, 0)
    run = highs.Solver.minimise
    monkeypatch.setattr(
        highs.Solver, "minimise",
        lambda self, *given, **also: ended if len(self._integer) else run(self, *given, **also),
    )  # fmt: skip
    plan = solve(hubs(tmp_path, money=7, goals="[{minimise: benefit}]"), options=SolveOptions(threads=1))
    (goal,) = plan.goals
    assert (plan.status, goal.value, goal.bound) == ("feasible", pytest.approx(-9), pytest.approx(-13))
