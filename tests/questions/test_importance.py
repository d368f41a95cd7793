"""What is lost without each measure: by hand, by enumeration, and where nothing has to be searched."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import planner
from planner.case import Case, FrozenDict
from planner.planning.search import SolveOptions
from planner.planning.variants import companions, with_dependents
from planner.plans.plan import Plan
from planner.questions import asking
from planner.questions.asking import AskOptions
from planner.questions.importance.ask import importance, without
from planner.questions.importance.shown import text
from tests.oracle.random_cases import case_of
from tests.oracle.within import Outcomes
from tests.questions.folders import MEASURES, hand_case
from tests.tiers import one_of

EXACT = AskOptions(gap=1e-7)


def solved(case: Case) -> Plan:
    return planner.solve(case, options=SolveOptions(gap=1e-7, threads=1))


@pytest.mark.slow
def test_the_losses_are_those_worked_out_by_hand(tmp_path: Path) -> None:
    """See `hand_case`: big 5.0, upper 4.0, base 4.0 with upper, the halves 2.2 together."""
    case = hand_case(tmp_path / "a")
    found = importance(case, plan=solved(case), options=EXACT)
    table = found.tables["importance"].set_index("measure")
    assert found.complete
    assert list(table.index) == ["big", "base", "upper", "half-a"]
    for a, right in (("big", 5.0), ("base", 4.0), ("upper", 4.0), ("half-a", 2.2)):
        assert table["loss_at_least"][a] == pytest.approx(right, abs=1e-5)
        assert table["loss_at_most"][a] == pytest.approx(right, abs=1e-5)
    assert list(table["goes_too"]) == ["", "upper", "", ""]
    said = text(found)
    assert "base (and with it upper)" in said
    assert "half-a + half-b" in said
    assert "nan" not in said


def test_a_measure_that_the_plan_does_not_choose_loses_nothing_and_is_not_searched_for(tmp_path: Path) -> None:
    case = hand_case(tmp_path / "a")
    best = solved(case)
    found = importance(case, plan=best, measures=["rival"], options=EXACT)
    (row,) = found.tables["importance"].itertuples(index=False)
    assert (row.loss_at_least, row.loss_at_most, row.status) == (0.0, 0.0, "not chosen")
    assert without(best, "rival") is None
    assert "0: not in the plan" in text(found)


def test_what_must_be_built_cannot_be_done_without(tmp_path: Path) -> None:
    """A rule asks for four hubs in city A; there are only big, rival, base and upper, for 14 in all of 20."""
    yaml = """\
        periods: [2026-2030]
        modes: {road: {boarding_minutes: 0}}
        lines: {fund: {holder: North}}
        rules: [{id: four, of: count, where: {kind: hub, city: A}, at_least: 4}]
        goals: [{minimise: benefit}]
        """
    measures = "\n".join(line for line in MEASURES.splitlines() if "half" not in line and "late" not in line)
    case = hand_case(tmp_path / "a", measures, yaml, "line period amount\nfund 2030 20")
    found = importance(case, plan=solved(case), measures=["base"], options=EXACT)
    (row,) = found.tables["importance"].itertuples(index=False)
    assert found.complete
    assert row.status == "infeasible"
    assert row.loss_at_most != row.loss_at_most
    assert "no plan without it" in text(found)


def test_what_something_decided_requires_cannot_be_done_without(tmp_path: Path) -> None:
    """upper is decided and requires base: without base there is no plan, and nothing is searched to know it."""
    measures = MEASURES.replace("upper hub A 2 4 - - base - - -", "upper hub A 2 4 - - base - - decided")
    case = hand_case(tmp_path / "a", measures)
    best = solved(case)
    assert without(best, "base") is None
    found = importance(case, plan=best, measures=["base"], options=EXACT)
    assert list(found.tables["importance"]["status"]) == ["infeasible"]


def test_nothing_is_searched_where_the_plan_less_the_measure_is_as_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """extra brings 0.001 of 15.201 and costs nothing: the plan less it is within 1e-3 of what is proven of all plans."""
    measures = MEASURES.rstrip() + "\n    extra hub A 0 0.001 - - - - - - -\n"
    case = hand_case(tmp_path / "a", measures)
    best = solved(case)
    searched: list[float] = []
    search = planner.solver.highs.Solver.minimise

    def counted(self, objective, limits, *others, **named):  # type: ignore[no-untyped-def]
        if len(self._integer):
            searched.append(limits.gap)
        return search(self, objective, limits, *others, **named)

    monkeypatch.setattr("planner.solver.highs.Solver.minimise", counted)
    found = importance(case, plan=best, measures=["extra"], options=AskOptions(gap=1e-3))
    (row,) = found.tables["importance"].itertuples(index=False)
    assert searched == []
    assert row.status == "optimal"
    assert row.loss_at_least == 0.0
    assert row.loss_at_most == pytest.approx(0.001, abs=1e-6)


def test_an_unknown_measure_is_refused_with_what_is_near(tmp_path: Path) -> None:
    case = hand_case(tmp_path / "a")
    with pytest.raises(ValueError, match=r"'rivl' is not a measure of this case .* Did you mean 'rival'\?"):
        importance(case, plan=solved(case), measures=["rivl"], options=EXACT)
    with pytest.raises(ValueError, match="banned is no candidate"):
        importance(case, plan=solved(case), measures=["banned"], options=EXACT)


def test_without_time_everything_is_missing_and_said_so(tmp_path: Path) -> None:
    case = hand_case(tmp_path / "a")
    found = importance(case, plan=solved(case), options=AskOptions(time_limit=0.0))
    assert not found.complete
    assert len(found.missing) == 4
    assert set(found.tables["importance"]["status"]) == {"no_plan"}


@pytest.mark.slow
def test_two_workers_say_the_same_as_one(tmp_path: Path) -> None:
    case = hand_case(tmp_path / "a")
    best = solved(case)
    one, two = (importance(case, plan=best, options=replace(EXACT, workers=n)) for n in (1, 2))
    assert one.tables["importance"].equals(two.tables["importance"])


@pytest.mark.slow
@pytest.mark.parametrize("number", one_of(6, range(16)))
def test_the_losses_are_those_of_full_enumeration(number: int) -> None:
    """Each within tolerances of the least first goal of all choices in which the measure, and what needs it, is out."""
    case = case_of(number)
    best = solved(case)
    if not best.has_decisions:
        return
    outcomes = Outcomes(case)
    known, kept = outcomes.least({}), best.goals[0].value
    for row in importance(case, plan=best, options=EXACT).tables["importance"].itertuples(index=False):
        right = outcomes.least(dict.fromkeys(companions(case, row.measure), False))
        if right == float("inf"):
            assert row.status == "infeasible"
            continue
        near = 2e-5 * max(1.0, abs(right))
        assert row.loss_at_least <= right - known + near
        assert row.loss_at_most >= right - known - near
        assert row.loss_at_least == pytest.approx(max(0.0, right - kept), abs=near)
        assert set(row.goes_too.split(";")) - {""} <= set(with_dependents(case, row.measure))


def test_a_bound_of_other_promises_is_not_used(tmp_path: Path) -> None:
    """Where nobody may be worse off, a measure less changes what each could do alone, and so what is promised."""
    case = hand_case(tmp_path / "a")
    best = solved(case)
    variant = without(best, "big")
    assert variant is not None
    assert variant.bound == best.goals[0].bound
    fair = replace(best, case=replace(case, nobody_worse_off=True))
    variant = without(fair, "big")
    assert variant is not None
    assert variant.bound == -float("inf")


def test_a_plan_without_decisions_says_why(tmp_path: Path) -> None:
    case = hand_case(tmp_path / "a")
    case = replace(case, lines=FrozenDict({"fund": replace(case.lines["fund"], minimum=FrozenDict({"2030": 99.0}))}))
    found = importance(case, options=EXACT)
    assert not found.complete
    assert "no plan keeps all targets" in found.missing[0]
    assert asking.no_plan(case, "x").status == "no_plan"
