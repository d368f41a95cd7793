"""The planner's optima against full enumeration, on random tiny cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

import planner
from models.network import Network
from planner.case import Case, FrozenDict
from planner.compiling import compile_case
from planner.planning.settling import Settler
from planner.solver.highs import Limits, Solver
from tests.tiers import one_of

from .choices import count_choices
from .comparing import EXACT, disagreements
from .enumeration import best
from .features import FEATURES, binds, has
from .random_cases import case_of
from .sample import EXAMPLES, SELDOM, drawn_cases, sample
from .work_cases import work_case_of

pytestmark = pytest.mark.slow

SHARE = 0.04  # of the cases, at least, have a feature
PARTS = 12  # of the cases, of which every run tries one
BINDING = 2  # cases, at least, have another optimum without it


@pytest.mark.parametrize("part", one_of(PARTS, range(PARTS)))
def test_every_optimum_is_that_of_full_enumeration_and_every_plan_passes_the_audit(part: int) -> None:
    """Feasibility, the bound of every goal, and its value within what later goals may take of it (see `comparing`)."""
    found = {case.name: disagreements(case, answer) for case, answer in sample(slice(part, None, PARTS))}
    wrong = {name: said for name, said in found.items() if said}
    assert not wrong, "\n".join(f"{name}: {'; '.join(said)}" for name, said in wrong.items())


def test_at_least_two_hundred_cases_are_compared() -> None:
    """No two of the drawn cases are the same."""
    assert len(drawn_cases()) == EXAMPLES + len(SELDOM) >= 200


@pytest.mark.parametrize("number", [10648, 20183, 20351, 900393])
def test_what_later_goals_take_of_a_goal_is_taken_once(number: int) -> None:
    """Cases with a divisible measure in which fixing its amount and then allowing the tolerance anew took it twice."""
    case = case_of(number)
    assert disagreements(case, best(case)) == []


def test_what_costs_is_never_less_than_nothing_and_no_bound_is() -> None:
    """A divisible start at -2.5e-7 units, within the solver's tolerance, made a bound of -2.5e-6 for spending of nothing.

    The best plan starts nothing (enumeration: 0 in the last goal), and no sum of payments is below 0.
    """
    case = case_of(2000093)
    plan = planner.solve(case, options=EXACT)
    goal = plan.goals[-1]
    assert (goal.value, goal.bound, goal.optimality_gap) == (0.0, 0.0, 0.0)
    assert planner.audit_plan(plan).passed


# --- the random cases are worth comparing on: each feature of the model occurs in them and changes optima


def test_the_cases_have_different_numbers_of_periods_cities_and_lines_and_periods_of_different_length() -> None:
    """One and two periods (also of unequal length), two to four cities, one to three lines."""
    cases = drawn_cases()
    assert {len(c.periods) for c in cases} == {1, 2}
    assert {len(c.cities) for c in cases} == {2, 3, 4}
    assert {len(c.lines) for c in cases} == {1, 2, 3}
    assert sum(len({p.years for p in c.periods}) == 2 for c in cases) >= len(cases) / 4
    assert sum(len(c.services) == 2 for c in cases) >= SHARE * len(cases)


@pytest.mark.proof
def test_most_of_the_cases_have_a_plan_and_some_have_none() -> None:
    """Two thirds can be solved; at least one in twenty-five keeps no promise whatever is done."""
    feasible = sum(answer.feasible for _, answer in sample())
    assert 0.66 * len(sample()) <= feasible <= (1 - SHARE) * len(sample())


@pytest.mark.proof
@pytest.mark.parametrize("feature", FEATURES)
def test_each_feature_occurs_and_binds(feature: str) -> None:
    """At least SHARE of the cases have the feature, and in BINDING of them the optimum is another without it."""
    having = [(case, answer) for case, answer in sample() if has(case, feature)]
    assert len(having) >= SHARE * len(sample()), f"{feature}: only {len(having)} of {len(sample())} cases have it"
    found = 0
    for case, answer in sorted(having, key=lambda pair: (not pair[1].feasible, count_choices(pair[0]))):
        found += binds(case, feature, answer)
        if found >= BINDING:
            return
    pytest.fail(f"{feature}: without it the optimum is another in {found} of {len(having)} cases only")


def test_where_the_solver_fails_it_is_asked_again() -> None:
    """Of three steps of a goal the last one failed from the start that it was given; without the start it is solved."""
    case = work_case_of(5000136)
    assert disagreements(case, best(case)) == []


def test_what_is_proven_of_two_cities_stands_where_later_goals_leave_them_better_off() -> None:
    """Two cities' mean was proven with the first one where it is best; once later goals take its tolerance it is lower."""
    case = work_case_of(2000005)
    assert disagreements(case, best(case)) == []
    cities = planner.solve(case, options=EXACT).goals[0].cities
    assert cities[1].bound > cities[1].mean + 0.005


def test_an_earlier_goal_is_kept_finely_enough_for_the_proof_of_a_later_one() -> None:
    """A millionth of the first goal is worth 3e-6 of the second: kept within that, its bound would be above the plan."""
    case = work_case_of(5000058)
    assert disagreements(case, best(case)) == []
    plan = planner.solve(case, options=EXACT)
    assert (plan.status, plan.goals[1].optimality_gap < 1e-7) == ("optimal", True)


@pytest.mark.proof
@pytest.mark.parametrize("share", [1.0, 0.5, 0.2])
def test_no_optimum_needs_a_route_that_is_left_out(share: float) -> None:
    """With all, half and a fifth of the money: wherever routes are left out, the first goal's optimum stays the same."""
    fewer = 0
    for number in range(400):
        case = case_of(number)
        lines = {l: replace(line, amount=scaled(line.amount, share)) for l, line in case.lines.items()}
        case = replace(case, lines=FrozenDict(lines))
        if routes(case, True) == routes(case, False):
            continue
        fewer += 1
        found = [best_of_first_goal(case, promises_hold) for promises_hold in (True, False)]
        assert found[0] == pytest.approx(found[1], abs=1e-6, nan_ok=True), number
    assert fewer >= 5


def scaled(amounts: Mapping[str, float], share: float) -> FrozenDict[str, float]:
    return FrozenDict({period: share * amount for period, amount in amounts.items()})


def routes(case: Case, promises_hold: bool) -> int:
    consumers = compile_case(case, promises_hold=promises_hold)[Network].consumers
    return sum(len(consumer.routes) for consumer in consumers.values())


def best_of_first_goal(case: Case, promises_hold: bool) -> float:
    """NaN where nothing keeps all promises."""
    program = Settler.of(case, promises_hold=promises_hold).built.search_program
    return Solver(program).minimise(program.objectives["goal", 0], Limits(gap=1e-9, threads=1)).value
