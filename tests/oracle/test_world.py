"""The planner's optima against full enumeration, on tiny cases with what came later drawn onto them."""

from __future__ import annotations

from functools import cache

import pytest

from planner.case import Case
from tests.tiers import one_of

from .comparing import disagreements
from .enumeration import Answer, best
from .world_cases import world_case_of
from .world_features import FEATURES, decides

pytestmark = pytest.mark.slow

NUMBERS = range(320)
PARTS = 16  # of the cases, of which every run tries one
HAVING = 60  # cases, at least, have a feature
DECIDING = 5  # cases, at least, have other optima because of it,
LOOKED_AT = NUMBERS  # of these


@cache
def _case(number: int) -> Case:
    return world_case_of(number)


@cache
def _answered(number: int) -> tuple[Case, Answer]:
    case = _case(number)
    return case, best(case)


def sample(numbers: slice = slice(None)) -> tuple[tuple[Case, Answer], ...]:
    """Some of the cases, or all, each with its optimum by enumeration."""
    return tuple(map(_answered, NUMBERS[numbers]))


@pytest.mark.parametrize("part", one_of(PARTS, range(PARTS)))
def test_every_optimum_is_that_of_full_enumeration_and_every_plan_passes_the_audit(part: int) -> None:
    """Feasibility, the bound of every goal, and its value within what later goals may take of it."""
    found = {case.name: disagreements(case, answer) for case, answer in sample(slice(part, None, PARTS))}
    wrong = {name: said for name, said in found.items() if said}
    assert not wrong, "\n".join(f"{name}: {'; '.join(said)}" for name, said in wrong.items())


def test_what_the_solver_calls_best_without_any_bound_is_asked_again() -> None:
    """Of the second goal HiGHS called its start the best, with a bound of minus infinity; without the start it is proven."""
    case = world_case_of(20017)
    assert disagreements(case, best(case)) == []


@pytest.mark.proof
@pytest.mark.parametrize("feature", FEATURES)
def test_each_feature_occurs(feature: str) -> None:
    """At least HAVING of the cases are others without it."""
    assert sum(FEATURES[feature](case) != case for case in map(_case, NUMBERS)) >= HAVING


@pytest.mark.proof
@pytest.mark.parametrize("feature", FEATURES)
def test_each_feature_decides(feature: str) -> None:
    """In DECIDING of the cases no optimum found without the feature is one with it."""
    found = 0
    for number in LOOKED_AT:
        case = _case(number)
        if FEATURES[feature](case) != case:
            found += decides(case, feature, _answered(number)[1])
        if found >= DECIDING:
            return
    pytest.fail(f"{feature} decides in {found} cases only")
