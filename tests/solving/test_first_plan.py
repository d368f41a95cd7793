"""The first plan before the search: found by a list, kept to every promise, the same every time, and never in the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import inf
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from planner.audit import audit
from planner.case import Case, load_case
from planner.planning import greedy as listing
from planner.planning import search
from planner.planning.decisions import Decisions, decided_late
from planner.planning.greedy import Bundles, Trials, first_plan
from planner.planning.search import SolveOptions, solve
from planner.planning.settling import Settler
from planner.solver.highs import Answer, Solver
from planner.solver.linear import Vector
from planner.work.stopping import Until
from tests.oracle.random_cases import case_of
from tests.oracle.work_cases import work_case_of
from tests.solving.folders import case
from tests.tiers import one_of

TINY = Path(__file__).parents[2] / "cases" / "tiny"
TWO = """\
    periods: [2026-2030]
    modes: {road: {boarding_minutes: 0}}
    services: {beds: {unit: beds, per_1000: 10}}
    lines: {fund: {holder: North}}
    goals: [{minimise: gaps}, {minimise: spending}]
    """
CITIES = "id jurisdiction tier lat lon population\nA North core 30 110 1000\nB North small 31 111 1000"
LACKING = "city service capacity\nA beds 0\nB beds 0"


def wards(folder: Path, fund: float = 10, more: str = "") -> Case:
    """Each of two towns needs ten beds and has none. Beds for A cost 1, for B 2; a statue costs 1 and serves nobody."""
    measures = """\
        id kind city service capacity capital_cost units
        ward-a facility A beds 1 1 6
        ward-b facility B beds 1 2 6
        statue hub A - - 1 1
        """
    budgets = f"line period amount\nfund 2030 {fund}"
    return case(folder, TWO + more, cities=CITIES, capacity=LACKING, measures=measures, budgets=budgets)


def started(settler: Settler, found: Vector | None) -> Decisions:
    assert found is not None
    return settler.starts_in(found)


def test_the_list_starts_what_closes_most_for_its_money_until_all_is_spent(tmp_path: Path) -> None:
    """A bed for A closes 1/20 of the mean gap for 1, one for B for 2: six for A cost 6, and the other 4 pay for two for B.

    1 - 8 / 20 = 0.6 is left of the gap. The statue closes nothing: it is left out although it is paid for last.
    """
    settler = Settler.of(wards(tmp_path))
    found = first_plan(settler)
    assert started(settler, found) == {("ward-a", "2030"): 6.0, ("ward-b", "2030"): 2.0}
    assert found is not None
    assert settler.built.search_program.objectives["goal", 0].value(found) == pytest.approx(0.6)


def test_what_closes_nothing_for_itself_is_left_out_again(tmp_path: Path) -> None:
    """20 pay for all beds that can be had (6 + 12) and for the statue, which nobody would miss."""
    settler = Settler.of(wards(tmp_path, 20))
    assert started(settler, first_plan(settler)) == {("ward-a", "2030"): 6.0, ("ward-b", "2030"): 6.0}


def test_a_plan_that_a_list_cannot_find_is_left_to_the_search(tmp_path: Path) -> None:
    """Four beds for each town are wanted, for 12 of 12 that there are: the list buys six for A first, and three for B."""
    target = "targets: [{id: both, indicator: beds, at_least: 4}]\n"
    asked = wards(tmp_path, 12, target)
    assert first_plan(Settler.of(asked)) is None
    plan = solve(asked, options=SolveOptions(threads=1))
    assert (plan.status, audit(plan).violations) == ("optimal", ())


@pytest.mark.parametrize("number", one_of(4, range(15)))
def test_whatever_the_list_finds_is_a_solution_of_the_search(number: int) -> None:
    """Every row and bound of the search program holds, and its whole numbers are whole."""
    for asked in (case_of(number), work_case_of(number)):
        settler = Settler.of(asked)
        if asked.nobody_worse_off:
            settler = settler.promising(search.stand_alone_plans(settler))
        found, program = first_plan(settler), settler.built.search_program
        if found is not None:
            rows = program.matrix @ found
            assert (rows >= program.row_lower - 1e-6).all()
            assert (rows <= program.row_upper + 1e-6).all()
            assert (found >= program.lower - 1e-6).all()
            assert (found <= program.upper + 1e-6).all()
            assert np.abs(found - np.round(found))[program.integer].max(initial=0.0) <= 1e-6


@pytest.mark.slow
def test_the_same_case_has_the_same_first_plan_and_the_same_plan() -> None:
    asked = load_case(TINY)
    first, second = (first_plan(Settler.of(asked)) for _ in range(2))
    assert first is not None
    assert second is not None
    assert (first == second).all()
    plans = [solve(asked, options=SolveOptions(threads=1, seed=3)) for _ in range(2)]
    assert plans[0].tables["decisions"].equals(plans[1].tables["decisions"])
    assert [g.value for g in plans[0].goals] == [g.value for g in plans[1].goals]


def test_it_tries_no_more_than_so_many_decisions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted, not timed: half of them for the scores, and at most the one that is under way beside them."""
    monkeypatch.setattr(listing, "TRIALS", 8)
    made: list[Trials] = []

    def trials(settler: Settler, stop: Callable[[], bool]) -> Trials:
        made.append(Trials(settler, stop=stop))
        return made[-1]

    monkeypatch.setattr(listing, "Trials", trials)
    first_plan(Settler.of(load_case(TINY)))
    (one,) = made
    assert 0 < one.made <= 8 + 12


def test_with_few_trials_what_promises_most_is_tried_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten statues stand before the beds in the case; four trials suffice for one score beside the world without a plan."""
    monkeypatch.setattr(listing, "TRIALS", 4)
    statues = "\n".join(f"        statue-{n} hub A - - 1 1" for n in range(10))
    measures = f"""\
        id kind city service capacity capital_cost units
{statues}
        ward-a facility A beds 1 1 6
        """
    budgets = "line period amount\nfund 2030 1"
    asked = case(tmp_path, TWO, cities=CITIES, capacity=LACKING, measures=measures, budgets=budgets)
    settler = Settler.of(asked)
    assert started(settler, first_plan(settler)) == {("ward-a", "2030"): 1.0}


def test_no_measure_closes_more_than_prices_say() -> None:
    """Every candidate of random cases, one unit in each period in which it may start, beside what was decided before."""
    compared = 0
    for asked in (make(number) for make in (case_of, work_case_of) for number in range(6)):
        bundles, trials, base = Bundles(asked), Trials(Settler.of(asked)), decided_late(asked)
        without = trials.first_goal(base)
        if without is None:
            continue
        at_most = trials.most_closed()
        possible = (bundles.of(a, u, bundles.unit(a), base) for a in bundles.heads for u in bundles.starts(a))
        for decisions in (found for found in possible if found is not None):
            value = trials.first_goal(decisions)
            if value is not None:
                assert without - value <= at_most(decisions) + 1e-7
                compared += 1
    assert compared > 30


def test_a_wish_to_stop_is_heard_between_trials() -> None:
    """It says yes the third time that it is asked, and ever after: nothing is found, and it is hardly asked again."""
    asked = 0

    def stop() -> bool:
        nonlocal asked
        asked += 1
        return asked >= 3

    assert first_plan(Settler.of(load_case(TINY)), Until(cancelled=stop)) is None
    assert asked <= 30


@pytest.fixture
def nothing_found(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes the solver end a search for whole numbers without a solution; relaxations are solved as ever."""
    real = Solver.minimise

    def make(outcome: str) -> None:
        def minimise(self: Solver, *args: object, **words: object) -> Answer:
            answer = real(self, *args, **words)  # type: ignore[arg-type]
            if len(self._integer):
                return replace(answer, outcome=outcome, values=None, value=float("nan"), bound=-inf)  # type: ignore[arg-type]
            return answer

        monkeypatch.setattr(Solver, "minimise", minimise)

    return make


@pytest.mark.parametrize(
    ("outcome", "status"), [("limit", "feasible"), ("interrupted", "interrupted"), ("failed", "feasible")]
)
def test_a_search_that_ends_with_nothing_keeps_the_first_plan(
    tmp_path: Path, nothing_found: Callable[[str], None], outcome: str, status: str
) -> None:
    """0.6 of the gap is left, and nothing is proven of it."""
    nothing_found(outcome)
    plan = solve(wards(tmp_path), options=SolveOptions(time_limit=600, threads=1))
    assert (plan.status, plan.is_found, audit(plan).violations) == (status, True, ())
    assert plan.goals[0].value == pytest.approx(0.6)
    assert plan.goals[0].bound == -inf
    assert "nothing proven" in plan.reason


@pytest.mark.slow
def test_a_plan_is_as_good_as_without_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the search is done it does not matter what it began with."""
    for number in range(8):
        asked = work_case_of(number)
        found = solve(asked, options=SolveOptions(threads=1))
        with monkeypatch.context() as patched:
            patched.setattr(search, "first_plan", lambda settler, searching, settling: None)
            other = solve(asked, options=SolveOptions(threads=1))
        assert found.status == other.status
        if found.has_decisions:
            assert found.goals[0].value == pytest.approx(other.goals[0].value, rel=3e-4, abs=3e-6)


def test_what_is_fixed_stays_as_it_is_in_the_first_plan(tmp_path: Path) -> None:
    """No beds for A: 10 pay for five for B."""
    settler = Settler.of(wards(tmp_path))
    settler = settler.fixing({("ward-a", "2030"): 0.0})
    assert started(settler, first_plan(settler)) == {("ward-b", "2030"): 5.0}


def test_scores_leave_time_to_start_what_they_put_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A trial takes a second; of eight the list has four, of which two are for scores: without a plan, and with beds for A.

    In the other two beds for A are bought, and none for B. Scores of all three would have taken all four.
    """
    now = 0.0
    minimum = Trials._minimum

    def slow(self: Trials, *words: Any) -> float | None:
        nonlocal now
        now += 1.0
        return minimum(self, *words)

    monkeypatch.setattr(Trials, "_minimum", slow)
    settler = Settler.of(wards(tmp_path))
    found = first_plan(settler, Until(8.0, clock=lambda: now))
    assert started(settler, found) == {("ward-a", "2030"): 6.0}


@pytest.fixture
def allowed(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """What each step of a list came to, from now on: whether it keeps the limits. The first is that nothing is started."""
    said: list[bool] = []
    allow = Trials.allow

    def noted(self: Trials, decisions: Decisions) -> bool:
        said.append(allow(self, decisions))
        return said[-1]

    monkeypatch.setattr(Trials, "allow", noted)
    return said


def test_a_list_that_is_stopped_has_what_it_had_started(tmp_path: Path, allowed: list[bool]) -> None:
    """Stopped while beds for A are bought, before any is for B: six of the 20 that are lacking, so 0.7 is left."""
    settler = Settler.of(wards(tmp_path))
    found = first_plan(settler, Until(cancelled=lambda: sum(allowed) >= 2))
    assert started(settler, found) == {("ward-a", "2030"): 6.0}
    assert found is not None
    assert settler.built.search_program.objectives["goal", 0].value(found) == pytest.approx(0.7)


def test_whoever_stops_a_solve_while_its_list_is_gone_through_has_a_plan(allowed: list[bool]) -> None:
    plan = solve(load_case(TINY), options=SolveOptions(threads=1), cancelled=lambda: sum(allowed) >= 2)
    assert plan.status == "interrupted"
    assert len(plan.tables["decisions"]) > 0
    assert audit(plan).passed
