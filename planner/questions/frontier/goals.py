"""The frontier between two goals, by the epsilon-constraint method (Y. Haimes, L. Lasdon and D. Wismer, 1971), augmented.

Each point asks the second goal to be at most a limit, makes the first goal as small as it can be, and then the second one as
small as the first allows (in order, as in AUGMECON, G. Mavrotas, 2009): so no plan is as good in one goal and better in the
other. Limits lie evenly between what the second goal is where the first is best and the best it can be. For small discrete
cases a walk finds every point: each next limit lies a step below the second goal of the last point, until nothing is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import nan
from typing import get_args

from planner.case import Case, FrozenDict, Goal, naming
from planner.case.goals import Part
from planner.case.naming import id_of
from planner.compiling.goals import first_about_gaps
from planner.planning.variants import named, with_goals
from planner.questions.asking import Asking, Variant
from planner.questions.frontier.points import Asked, Found, compared, has_plan, result_of, solve_points
from planner.words.said import _
from planner.work.workers import Done

STEP = 1e-5  # of max(1, |value|): second goals that differ by less are one point of the walk


def goal_named(case: Case, asked: str) -> Goal:
    """A goal of the case, by its name or its number in their order, or one made for the question, by its part.

    Names are taken as cases write them and as they are shown. A goal about gaps that is made for the question weighs them as
    the case's first goal about gaps does.

    Raises
    ------
    ValueError
        There is no such goal or part.
    """
    of_case = {goal.name: goal for goal in case.goals}
    by_number = {str(n): goal for n, goal in enumerate(case.goals, start=1)}
    made = {part: _made(case, part) for part in get_args(Part)}
    if (goal := by_number.get(asked.strip())) is None:
        known = made | of_case
        shown = {name: (str(naming.goal(name)), naming.goal(name).in_language("zh")) for name in [*of_case, *made]}
        goal = known[id_of(asked, "a goal", shown)]
    return replace(goal, tolerance=0.0)


def _made(case: Case, part: str) -> Goal:
    """A goal of one part."""
    like = first_about_gaps(case)
    goal = replace(like, name=part, parts=FrozenDict({part: 1.0}), discounted=False, at_most=None)
    return goal if goal.gap_parts else replace(goal, period_weights=None, curve=None, pieces=None)


def two_goals(case: Case, goals: Sequence[str]) -> tuple[Goal, Goal]:
    """The two goals of a frontier.

    Raises
    ------
    ValueError
        They are not two, or not known, or the same.
    """
    if len(goals) != 2:
        raise ValueError(_("a frontier is between two goals, not {number}").format(number=len(goals)))
    first, second = (goal_named(case, name) for name in goals)
    if first.name == second.name:
        raise ValueError(_("a frontier is between two goals, not between {goal} and itself").format(goal=first.name))
    return first, second


def solve_ends(question: Asking, case: Case, first: Goal, second: Goal) -> tuple[Done, Done]:
    """The plan that is best in the second goal, and the one that is best in the first."""
    ends = [_end(case, first, second, n) for n in (0, 1)]
    best_second, best_first = question.solve_all([Variant(end.name, end.case) for end in ends], 0.5)
    return best_second, best_first


def solve_evenly(question: Asking, case: Case, first: Goal, second: Goal, points: int) -> list[Found]:
    """So many points with even limits, from the largest limit of the second goal to the smallest."""
    ends = solve_ends(question, case, first, second)
    asked = [_end(case, first, second, n) for n in (0, 1)]
    if all(has_plan(done) for done in ends):
        low, high = (result_of(done.value, second.name).value for done in ends)
        count = points - 1 if high > low + _step(low) else 1
        asked[1:1] = [_limited(case, first, second, low + (high - low) * k / count) for k in range(1, count)]
    known = {0: ends[0], len(asked) - 1: ends[1]}
    solved = solve_points(question, asked, known, lambda point, plan: result_of(plan, second.name).value <= point.limit)
    return compared(asked, solved, first.name, one_world(case, first, second))[::-1]


def one_world(case: Case, first: Goal, second: Goal) -> bool:
    """Whether all points are compared with the same world without a plan, so that a plan of one may stand for another.

    Which city stays short there is settled by the goals about gaps in their order, and where both are about gaps that
    changes from point to point.
    """
    return not (first.gap_parts and second.gap_parts and (case.no_city_loses or case.nobody_worse_off))


def different(found: Sequence[Found], first: Goal, second: Goal) -> list[Found]:
    """Points with plans of their own, the first of those alike in both goals, and points without any plan."""
    kept: list[Found] = []
    last = (nan, nan)
    for point in found:
        if point.plan is None:
            kept.append(point)
        elif point.own:
            values = result_of(point.plan, first.name).value, result_of(point.plan, second.name).value
            if not all(abs(a - b) <= _step(b) for a, b in zip(values, last, strict=True)):
                kept.append(point)
            last = values
    return kept


def walk(question: Asking, case: Case, first: Goal, second: Goal, most: int) -> tuple[list[Found], bool]:
    """Every efficient point, from the one that is best in the first goal to the one that is best in the second.

    Returns
    -------
    found
        At most `most` points.
    more
        Whether there are more than that.
    """
    asked = _end(case, first, second, 1)
    found: list[Found] = []
    while True:
        (done,) = question.solve_all([Variant(asked.name, asked.case)])
        if found and done.value is not None and done.value.status == "infeasible":
            return found, False
        if len(found) == most and has_plan(done):
            return found, True
        plan = done.value if has_plan(done) else None
        found.append(Found(asked, done, plan, nan if plan is None else result_of(plan, first.name).bound))
        if plan is None or plan.status != "optimal":
            return found, False
        value = result_of(plan, second.name).value
        asked = _limited(case, first, second, value - _step(value))


def _step(value: float) -> float:
    return STEP * max(1.0, abs(value))


def _end(case: Case, first: Goal, second: Goal, n: int) -> Asked:
    """The point at which one of the two goals is as good as it can be: 0 the second, 1 the first."""
    goals = (first, second) if n else (second, first)
    return Asked(_("best {goal}").format(goal=naming.goal(goals[0].name)), _point(case, goals, f"best {goals[0].name}"))


def _limited(case: Case, first: Goal, second: Goal, limit: float) -> Asked:
    """The point at which the second goal may be so much at most."""
    said = _("{goal} at most {limit:.6g}").format(goal=naming.goal(second.name), limit=limit)
    return Asked(said, _point(case, (first, replace(second, at_most=limit)), str(said)), limit=limit)


def _point(case: Case, goals: tuple[Goal, Goal], name: str) -> Case:
    """The case with two goals in order, then others that have a limit, then spending, so that none is for nothing."""
    names = {goal.name for goal in goals}
    limited = [goal for goal in case.goals if goal.at_most is not None and goal.name not in names]
    is_about_money = any("spending" in goal.parts for goal in (*goals, *limited))
    thrift = () if is_about_money else (goal_named(case, "spending"),)
    return named(with_goals(case, (*goals, *limited, *thrift)), f"{case.scenario}, {name}")
