"""Plans nearly as good as the best, worked out by hand; what cannot be proven in time; the same from any workers."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from pathlib import Path
from typing import Any

import pytest

import planner
from planner.audit import audit
from planner.case import Case
from planner.planning.search import SolveOptions
from planner.plans.plan import Plan
from planner.questions.alternatives.ask import alternatives, scope_of, usual_distance
from planner.questions.alternatives.marks import Learnt
from planner.questions.alternatives.near_best import differing, nearest
from planner.questions.alternatives.shown import text
from planner.questions.asking import AskOptions
from planner.solver.highs import Solver
from planner.work import stopping
from tests.oracle.random_cases import case_of
from tests.oracle.within import Outcomes, is_clear
from tests.questions.folders import hand_case
from tests.solving.folders import case as case_in

EXACT = AskOptions(gap=1e-7)


def solved(case: Case) -> Plan:
    return planner.solve(case, options=SolveOptions(gap=1e-7, threads=1))


def test_the_alternatives_are_those_worked_out_by_hand(tmp_path: Path) -> None:
    """Within 30 % of 15.2 (10.64) by one measure each: without the halves 13, then 11.2 with big and the halves, without
    upper and once with base, once not; no plan with rival (10.2) counts, and big (or 10.2 at best) is in every one."""
    case = hand_case(tmp_path / "a")
    found = alternatives(case, plan=solved(case), within=0.3, differ=1, count=9, options=EXACT)
    assert found.complete
    table = found.tables["alternatives"]
    assert list(table["value"]) == pytest.approx([-15.2, -13.0, -11.2, -11.2])
    assert list(table["audit"])[1:] == ["passed"] * 3
    assert list(table["bound"]) == pytest.approx(list(table["value"]), abs=1e-4)
    assert sorted(zip(table["differs_from_best"], table["measures"], strict=True)) == [(0, 4), (1, 3), (1, 3), (2, 2)]
    within = found.tables["measures"].set_index("measure")["within"]
    assert dict(within) == {
        "big": "every", "rival": "no", "base": "some", "upper": "some", "half-a": "some",
        "late": "cannot start", "banned": "cannot start", "on-late": "cannot start",
    }  # fmt: skip
    assert "There are no more: no plan within the share differs from those above in 1 measure." in " ".join(
        text(found).split()
    )


def test_alternatives_differ_in_a_tenth_of_what_can_be_chosen_from_one_to_five() -> None:
    assert [usual_distance(measures) for measures in (0, 4, 19, 25, 60, 150)] == [1, 1, 1, 2, 5, 5]


def test_each_alternative_differs_from_all_before_it(tmp_path: Path) -> None:
    """By two measures at least: 11.2 without base and upper is the best (13 differs by one); then within 40 % (9.12) 10.2
    with rival for big differs by two from the best and by four from the other."""
    case = hand_case(tmp_path / "a")
    found = alternatives(case, plan=solved(case), within=0.4, differ=2, count=2, options=EXACT)
    table = found.tables["alternatives"]
    assert list(table["value"]) == pytest.approx([-15.2, -11.2, -10.2])
    assert list(table["differs_least"]) == [0, 2, 2]
    changes = found.tables["changes"]
    second = changes[changes["plan"] == "alternative-2"]
    assert dict(zip(second["measure"], second["change"], strict=True)) == {"rival": "added", "big": "left out"}


def test_nothing_is_bought_that_the_first_goal_does_not_need(tmp_path: Path) -> None:
    """Without upper and with 3 left, base alone would cost 1 for nothing: the later goals take it out unless it makes a
    difference that was asked for."""
    case = hand_case(tmp_path / "a")
    found = alternatives(case, plan=solved(case), within=0.3, differ=2, count=1, options=EXACT)
    assert list(found.tables["alternatives"]["spending"]) == pytest.approx([10.0, 7.0])


@pytest.mark.slow
def test_every_alternative_is_a_plan_that_can_be_kept_and_audited_again(tmp_path: Path) -> None:
    case = hand_case(tmp_path / "a")
    found = alternatives(case, plan=solved(case), within=0.3, differ=1, count=2, options=EXACT)
    planner.write_result(found, tmp_path / "answer")
    for name in ("alternative-1", "alternative-2"):
        assert planner.audit_plan(planner.read_plan(tmp_path / "answer" / "plans" / name)).passed


UNITS = """\
    id kind city service capacity capital_cost benefit units divisible
    many facility A clinic 1 1 1 3 -
    dust facility B clinic 1 2 1.9 2 yes
    """


def test_units_and_parts_of_units(tmp_path: Path) -> None:
    """Money 4: three units of many bring 3 for 3, and of dust 1 buys 0.95. So the best is 3.95, with both.

    Without dust 3, which is 24.05 % less; without many 3.8 (two units of dust for 4), 3.8 % less. Within 1 % many and dust
    are in every plan; within 10 % (3.555) many in some and dust in every; within 30 % (2.765) both in some.
    """
    yaml = """\
        periods: [2026-2030]
        modes: {road: {boarding_minutes: 0}}
        services: {clinic: {unit: posts, per_1000: 1, across_borders: never}}
        lines: {fund: {holder: North}}
        goals: [{minimise: benefit}]
        """
    cities = "id jurisdiction tier lat lon population\nA North core 30 110 100000\nB South small 31 111 100000"
    tables = {"capacity": "city service capacity\nA clinic 100\nB clinic 100", "budgets": "line period amount\nfund 2030 4"}
    case = case_in(tmp_path / "a", yaml, cities=cities, measures=UNITS, **tables)
    best = solved(case)
    assert best.goals[0].value == pytest.approx(-3.95)
    for share, many, dust in ((0.01, "every", "every"), (0.1, "some", "every"), (0.3, "some", "some")):
        within = alternatives(case, plan=best, within=share, count=0, options=EXACT).tables["measures"]
        assert list(within["within"]) == [many, dust]


def test_what_is_decided_before_is_no_choice(tmp_path: Path) -> None:
    measures = "id kind city capital_cost benefit status\none hub A 1 1 decided\ntwo hub B 1 1 -"
    found = alternatives(hand_case(tmp_path / "a", measures), count=0, options=EXACT)
    assert list(found.tables["measures"]["within"]) == ["before", "every"]


@pytest.mark.slow
@pytest.mark.parametrize("number", [0, 1, 2, 4, 10])
def test_each_measure_by_itself_says_the_same(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where searches for many at once bring nothing, as when they end without a proof."""
    case = case_of(number)
    monkeypatch.setattr("planner.questions.alternatives.ask.cover", lambda *_, **__: Learnt())
    best, outcomes = solved(case), Outcomes(case)
    found = alternatives(case, plan=best, within=0.1, count=0, options=EXACT)
    assert found.complete
    for row in found.tables["measures"].itertuples(index=False):
        if row.within in ("every", "some", "no"):
            least = [outcomes.least({row.measure: side}) for side in (True, False)]
            if is_clear(least, found.limit):
                inside, outside = (value <= found.limit for value in least)
                assert row.within == ("some" if inside and outside else "every" if inside else "no")


def test_what_is_not_proven_in_time_is_said(tmp_path: Path) -> None:
    """No time at all: what the best plan shows is known, the other half is not."""
    case = hand_case(tmp_path / "a")
    found = alternatives(case, plan=solved(case), within=0.3, differ=1, count=3, options=AskOptions(time_limit=0.0))
    assert not found.complete
    within = found.tables["measures"].set_index("measure")["within"]
    assert (within["big"], within["rival"], within["late"]) == ("every or some", "some or no", "cannot start")
    assert found.missing[0].startswith("0 of 3 alternatives: the time limit")
    assert "not proven" in text(found)


@pytest.mark.slow
def test_two_workers_say_the_same_as_one(tmp_path: Path) -> None:
    case = hand_case(tmp_path / "a")
    best = solved(case)
    one, two = (
        alternatives(case, plan=best, within=0.3, differ=1, count=3, options=replace(EXACT, workers=n)) for n in (1, 2)
    )
    for name in one.tables:
        assert one.tables[name].equals(two.tables[name])


@pytest.mark.parametrize(("asked", "said"), [({"within": 1.5}, "0 to 100 %"), ({"differ": 0}, "at least 1 measure")])
def test_what_makes_no_sense_is_refused(tmp_path: Path, asked: dict[str, float], said: str) -> None:
    case = hand_case(tmp_path / "a")
    with pytest.raises(ValueError, match=said):
        alternatives(case, plan=solved(case), options=EXACT, **asked)  # type: ignore[arg-type]


@pytest.fixture
def found_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that only limited searches for whole numbers move: each ends with its time, and a plan. Holds their limits."""
    now, given = [0.0], list[float]()
    monkeypatch.setattr(stopping, "perf_counter", lambda: now[0])
    run = Solver.minimise

    def minimise(self: Solver, objective: Any, limits: Any, *more: Any, **named: Any) -> Any:
        answer = run(self, objective, replace(limits, seconds=inf), *more, **named)
        if len(self._integer) and limits.seconds < inf:
            given.append(limits.seconds)
            now[0] += limits.seconds
        return answer

    monkeypatch.setattr(Solver, "minimise", minimise)
    return given


def test_an_alternative_that_is_found_as_the_time_ends_is_told(tmp_path: Path, found_at_the_limit: list[float]) -> None:
    """13 without the halves is the best that differs; the search for it ends before the limit does, for its figures."""
    scope = scope_of(solved(hand_case(tmp_path / "a")), 0.3, EXACT)
    found = differing(scope, 1, 1, 1000.0, None)
    assert [one.plan.goals[0].value for one in found.found] == pytest.approx([-13.0])
    assert audit(found.found[0].plan).passed
    assert found_at_the_limit[0] == 900.0
    assert found.reason == ""


def test_so_is_the_nearest_plan(tmp_path: Path, found_at_the_limit: list[float]) -> None:
    """Without a half of a pair there is neither: nothing else has to go, so 13 is left."""
    scope = scope_of(solved(hand_case(tmp_path / "a")), 0.3, EXACT)
    known = {start: units for start, units in scope.best.items() if not start[0].startswith("half")}
    plan = nearest(scope, "out", "half-a", known, 1000.0, None)
    assert plan is not None
    assert plan.goals[0].value == pytest.approx(-13.0)
    assert audit(plan).passed
    assert found_at_the_limit[0] == 900.0
