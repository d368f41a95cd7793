"""Every, some and no, and the best that differs, against full enumeration of random small cases."""

from __future__ import annotations

from math import isfinite

import pytest

import planner
from planner.case import Case
from planner.planning.search import SolveOptions
from planner.planning.variants import companions
from planner.questions.alternatives.ask import Alternatives, alternatives
from planner.questions.asking import AskOptions, decisions_of
from tests.oracle.random_cases import case_of
from tests.oracle.within import Outcomes, is_clear
from tests.oracle.work_cases import work_case_of
from tests.tiers import one_of

EXACT = AskOptions(gap=1e-7)
SHARES = (0.0, 0.01, 0.1, 0.5)
NUMBERS = range(40)
WORK_NUMBERS = range(24)


def answer(case: Case, **asked: object) -> Alternatives | None:
    """What the planner says; None if the case has no plan."""
    plan = planner.solve(case, options=SolveOptions(gap=1e-7, threads=1))
    return alternatives(case, plan=plan, options=EXACT, **asked) if plan.has_decisions else None  # type: ignore[arg-type]


def disagreements(case: Case) -> list[str]:
    """What enumeration says otherwise of a case, at the shares at which no plan lies on the edge."""
    wrong: list[str] = []
    asked = [a for a, m in case.measures.items() if m.status == "candidate" and m.starts and companions(case, a)[0] == a]
    outcomes = Outcomes(case)
    least = {(a, side): outcomes.least({a: side}) for a in asked for side in (True, False)}
    for share in SHARES:
        found = answer(case, within=share, count=0)
        if found is None:
            return [] if not isfinite(outcomes.least({})) else [f"{case.name}: the planner has no plan"]
        if not is_clear(least.values(), found.limit):
            continue
        if not found.complete:
            wrong.append(f"{case.name} {share}: {found.missing}")
        said = found.tables["measures"].set_index("measure")["within"]
        for a in asked:
            inside, outside = least[a, True] <= found.limit, least[a, False] <= found.limit
            right = "some" if inside and outside else "every" if inside else "no"
            if said[a] != right and not (right == "no" and said[a] == "cannot start"):
                wrong.append(f"{case.name} {share}: {a} {said[a]}, enumeration {right} {least[a, True]} {least[a, False]}")
    return wrong


@pytest.mark.slow
@pytest.mark.parametrize("number", one_of(10, NUMBERS))
def test_every_some_and_no_are_those_of_full_enumeration(number: int) -> None:
    assert disagreements(case_of(number)) == []


@pytest.mark.slow
@pytest.mark.parametrize("number", one_of(6, WORK_NUMBERS))
def test_so_they_are_with_parks_policies_and_money(number: int) -> None:
    assert disagreements(work_case_of(number)) == []


@pytest.mark.slow
@pytest.mark.parametrize("number", one_of(5, range(0, 40, 3)))
def test_each_alternative_is_the_best_that_differs_enough(number: int) -> None:
    """Two alternatives that differ in one measure or two, within half of the best: first goals, audits, differences."""
    case = case_of(number)
    outcomes = Outcomes(case)
    for differ in (1, 2):
        found = answer(case, within=0.5, differ=differ, count=2)
        if found is None:
            return
        best = {a: units > 0 for a, units in _units(case, found, "best").items()}
        before = [best]
        table = found.tables["alternatives"].set_index("plan")
        for n in range(1, 4):
            right = outcomes.least_differing(before, differ)
            if not is_clear([right], found.limit):
                break
            if right > found.limit or n == 3:
                assert len(table) - 1 == n - 1
                assert found.complete, found.missing
                break
            name = f"alternative-{n}"
            near = 2e-5 * max(1.0, abs(right))
            assert table["bound"][name] == pytest.approx(right, abs=near)
            assert right - near <= table["value"][name] <= right + case.goals[0].tolerance * abs(right) + near
            assert table["audit"][name] == "passed"
            assert table["differs_least"][name] >= differ
            before.append({a: units > 0 for a, units in _units(case, found, name).items()})


def _units(case: Case, found: Alternatives, name: str) -> dict[str, float]:
    """Units of each measure that is a choice, those that start together as their first."""
    decisions = decisions_of(found.plans[name])
    asked = [a for a in found.tables["measures"]["measure"] if case.measures[a].status == "candidate"]
    return {a: sum(n for (b, _), n in decisions.items() if b == a) for a in asked}
