"""A limit and a wish to stop hold in every stage; a plan that was found is never lost for them."""

from __future__ import annotations

import logging
import pickle
from collections.abc import Callable
from dataclasses import replace
from math import inf
from typing import Any

import pytest

from models.instance import Instance
from models.program import build
from models.routes import CHECKED, routes_from, undominated
from planner.audit import audit
from planner.case import Case, load_case
from planner.compiling import compile_case
from planner.planning import proving_again
from planner.planning.decisions import decided_late
from planner.planning.handmade import evaluate
from planner.planning.search import SolveOptions, reserve, solve
from planner.planning.settling import Settler
from planner.plans.plan import Plan
from planner.solver.highs import Solver
from planner.solver.linear import linear_program
from planner.work import stopping
from planner.work.stopping import Event, Stopped, Until, anew
from tests.product.conftest import PROJECT

PREPARING = ("finding routes", "building the model", "looking at the cluster without the plan")


class Enough(Exception):
    """What a check raises."""


class Checks:
    """A check that lets so many pass, and then raises; counts what it was asked after that."""

    def __init__(self, passing: float = inf) -> None:
        self.asked = 0
        self.passing = passing

    def __call__(self) -> None:
        self.asked += 1
        if self.asked > self.passing:
            raise Enough


class Wish:
    """Somebody who wants to stop from a certain question on; counts the questions after the first that was answered so."""

    def __init__(self, at: Callable[[], bool]) -> None:
        self._at = at
        self.told = 0

    def __call__(self) -> bool:
        self.told += bool(self.told) or self._at()
        return bool(self.told)


@pytest.fixture(scope="module")
def tiny() -> Case:
    return load_case(PROJECT / "cases" / "tiny")


@pytest.fixture(scope="module")
def large() -> Case:
    return load_case(PROJECT / "cases" / "jing-jin-ji")


@pytest.fixture(scope="module")
def instance(tiny: Case) -> Instance:
    return compile_case(tiny)


def fan(width: int) -> list[list[tuple[int, int, int]]]:
    """Two nodes joined by arcs, each slower than the last and needing a measure of its own: none dominates another."""
    return [[(1, minutes, 1 << minutes) for minutes in range(width)], []]


def test_the_search_for_routes_asks_once_in_so_many_labels() -> None:
    """One label at the origin, and one for each of the arcs."""
    checks = Checks()
    width = 4 * CHECKED - 1
    assert len(routes_from(fan(width), 0, [10**6] * 2, checks)[1]) == width
    assert checks.asked == 4


@pytest.mark.parametrize("passing", [0, 2])
def test_the_search_for_routes_ends_at_the_check_that_raises(passing: int) -> None:
    checks = Checks(passing)
    with pytest.raises(Enough):
        routes_from(fan(4 * CHECKED), 0, [10**6] * 2, checks)
    assert checks.asked == passing + 1


def test_the_choice_among_routes_asks_too() -> None:
    checks = Checks(1)
    with pytest.raises(Enough):
        undominated(((minutes, 1 << minutes) for minutes in range(3 * CHECKED)), checks)
    assert checks.asked == 2


@pytest.mark.slow
def test_compiling_asks_at_least_once_for_every_trip_that_is_asked_about(large: Case) -> None:
    """14 cities, each of 13 others: whatever else is looked at."""
    checks = Checks()
    compile_case(large, checks)
    assert checks.asked >= 14 * 13
    halfway = Checks(checks.asked // 2)
    with pytest.raises(Enough):
        compile_case(large, halfway)
    assert halfway.asked == checks.asked // 2 + 1


def test_building_and_compiling_the_model_ask_before_every_row(instance: Instance) -> None:
    built, written = Checks(), Checks()
    program = linear_program(build(instance, built), written)
    assert built.asked >= len(program.rows)
    assert written.asked >= len(program.rows)


@pytest.mark.slow
def test_a_building_that_ends_halfway_reports_no_error_of_its_own(
    instance: Instance, caplog: pytest.LogCaptureFixture
) -> None:
    """Pyomo would report what a rule raises."""
    counted = Checks()
    build(instance, counted)
    with caplog.at_level(logging.WARNING):
        for passing in range(counted.asked):
            with pytest.raises(Enough):
                build(instance, Checks(passing))
    assert not caplog.records


def test_asking_changes_nothing(instance: Instance) -> None:
    asked, silent = linear_program(build(instance, Checks()), Checks()), linear_program(build(instance))
    assert (asked.rows, asked.columns) == (silent.rows, silent.columns)
    assert (asked.matrix != silent.matrix).nnz == 0


@pytest.mark.parametrize("stage", PREPARING)
def test_a_wish_to_stop_ends_each_stage_of_the_preparation_and_says_which(tiny: Case, stage: str) -> None:
    told: list[Event] = []
    wish = Wish(lambda: any(event.message == stage for event in told))
    plan = solve(tiny, on_event=told.append, cancelled=wish)
    assert (plan.status, plan.reason) == ("no_plan", f"interrupted while {stage}")
    assert wish.told <= 3, "nothing more is done"
    assert [event.message for event in told if event.kind == "stage"][-1] == stage


@pytest.mark.slow
@pytest.mark.parametrize("stage", PREPARING)
def test_a_wish_in_the_midst_of_a_stage_ends_it_at_once(large: Case, stage: str) -> None:
    told: list[Event] = []
    asked: list[int] = []

    def halfway() -> bool:
        if told and told[-1].message == stage:
            asked.append(1)
        return len(asked) > 20

    wish = Wish(halfway)
    plan = solve(large, on_event=told.append, cancelled=wish)
    assert (plan.status, plan.reason) == ("no_plan", f"interrupted while {stage}")
    assert wish.told <= 10, "a solver asks a few times more until it has ended"


@pytest.mark.parametrize("stage", PREPARING)
def test_a_limit_that_ends_in_a_stage_ends_the_stage_and_says_which(tiny: Case, stage: str) -> None:
    now = [0.0]

    def jump(told: str) -> None:
        now[0] = 11.0 if told == stage else now[0]

    with pytest.raises(Stopped) as stopped:
        Settler.of(tiny, jump, Until(10.0, None, 10.0, clock=lambda: now[0]))
    assert stopped.value.why == "limit"
    assert str(stopped.value) == f"the time limit of 10 s ended while {stage}"


def test_a_limit_of_nothing_is_over_before_anything(tiny: Case) -> None:
    plan = solve(tiny, options=SolveOptions(time_limit=0.0))
    assert (plan.status, plan.reason) == ("no_plan", "the time limit of 0 s ended while finding routes")


def test_a_stand_alone_plan_that_is_stopped_stops_the_whole(industrial: Case) -> None:
    stage = "planning for each jurisdiction alone"
    told: list[Event] = []
    plan = solve(industrial, on_event=told.append, cancelled=lambda: any(event.message == stage for event in told))
    assert (plan.status, plan.reason) == ("no_plan", f"interrupted while {stage}")


@pytest.fixture
def industrial(tmp_path: Any) -> Case:
    from tests.product.industrial import write_files

    write_files(tmp_path / "industrial")
    return load_case(tmp_path / "industrial")


def test_a_start_that_is_being_tried_can_be_stopped(tiny: Case) -> None:
    settler = Settler.of(tiny)
    with pytest.raises(Stopped):
        settler.solution_of(decided_late(tiny), until=Until(cancelled=lambda: True))


@pytest.mark.parametrize("until", [Until(cancelled=lambda: True), Until(-inf)], ids=["interrupted", "limit"])
def test_figures_that_are_cut_short_are_none(tiny: Case, until: Until) -> None:
    """Half a solution is not settled."""
    settler = Settler.of(tiny)
    for work in (
        lambda: settler.figures(decided_late(tiny), until=until),
        lambda: settler.first_goal(decided_late(tiny), until),
        lambda: settler.first_goal_of(decided_late(tiny), until),
        lambda: evaluate(tiny, {}, until),
    ):
        with pytest.raises(Stopped):
            work()


def test_a_plan_that_was_found_is_settled_whoever_wants_to_stop_while_it_is(tiny: Case) -> None:
    told: list[Event] = []
    plan = solve(tiny, on_event=told.append, cancelled=lambda: any(event.message == "evaluating" for event in told))
    assert plan.status == "optimal"
    assert audit(plan).passed


def test_a_plan_that_was_found_is_settled_though_the_limit_ends_while_it_is(
    tiny: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr(stopping, "perf_counter", lambda: now[0])

    def jump(event: Event) -> None:
        now[0] = 1e6 if event.message == "evaluating" else now[0]

    plan = solve(tiny, options=SolveOptions(time_limit=1000.0), on_event=jump)
    assert plan.status == "optimal"
    assert audit(plan).passed


def test_a_tenth_of_the_limit_is_kept_for_the_figures_and_more_where_they_take_long() -> None:
    """Without the plan 1 s: six times that is less than a tenth of 100 s. With 5 s it is more."""
    assert reserve(100.0, 1.0) == 10.0
    assert reserve(100.0, 5.0) == 30.0
    assert reserve(None, 5.0) == 0.0


def test_the_search_is_given_the_limit_less_what_is_kept(tiny: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[float] = []
    run = Solver.minimise
    monkeypatch.setattr(stopping, "perf_counter", lambda: 0.0)
    monkeypatch.setattr("planner.planning.search.reserve", lambda limit, without: 0.3 * limit)

    def spied(self: Solver, objective: Any, limits: Any, *others: Any, **named: Any) -> Any:
        if len(self._integer):
            given.append(limits.seconds)
        return run(self, objective, limits, *others, **named)

    monkeypatch.setattr(Solver, "minimise", spied)
    solve(tiny, options=SolveOptions(time_limit=1000.0))
    assert given
    assert set(given) == {0.75 * 700.0, 700.0}  # while other goals wait, and the last


@pytest.fixture(scope="module")
def plan(tiny: Case) -> Plan:
    return solve(tiny)


@pytest.mark.slow
def test_an_audit_can_be_stopped_at_every_comparison_and_leaves_the_plan_unaudited(plan: Plan) -> None:
    counted = Checks()
    audit(plan, counted)
    assert counted.asked >= 100
    for passing in range(0, counted.asked, 10):
        asked = Checks(passing)
        with pytest.raises(Enough):
            audit(plan, asked)
        assert asked.asked == passing + 1
    left, violations = proving_again.audited(plan, Until(cancelled=lambda: True))
    assert (left.audit, violations, left.goals) == ("not run", (), plan.goals)
    assert proving_again.audited(plan)[0].audit == "passed"


def test_a_wish_from_before_the_audit_does_not_end_it(plan: Plan) -> None:
    assert proving_again.audited(plan, Until(cancelled=anew(lambda: True)))[0].audit == "passed"
    later = [False]
    wish = anew(lambda: later[0])
    later[0] = True
    assert proving_again.audited(plan, Until(cancelled=wish))[0].audit == "not run"


def test_why_work_stopped_comes_back_from_another_process() -> None:
    stopped = pickle.loads(pickle.dumps(Stopped("limit", 30.0, "finding routes")))
    assert (stopped.why, str(stopped)) == ("limit", "the time limit of 30 s ended while finding routes")


def test_earlier_and_elsewhere_are_the_same_wish() -> None:
    until = Until(100.0, None, 100.0, clock=lambda: 95.0)
    assert until.why is None
    assert (until.left, until.less(10.0).left, until.less(10.0).why) == (5.0, 0.0, "limit")
    assert replace(until, cancelled=lambda: True).at("solving").why == "interrupted"
