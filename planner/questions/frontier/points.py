"""Points of a frontier: in which order they are solved, what one says of another, and the rows of the table.

Points stand in order from the tightest to the loosest: from the least money to the most, or from the smallest limit of the
second goal to the largest. What keeps a tighter limit keeps a looser one too. So a plan found for a tighter point is one for
every looser point, and what no plan can beat at a looser point no plan can beat at a tighter one. Searches begin with the
decisions of the nearest tighter point, and where solver gaps would make a looser point look worse the better plan stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import hypot, inf, isfinite, nan
from typing import Any

from planner.case import Case
from planner.plans.plan import GoalResult, Plan
from planner.plans.totals import totals
from planner.questions.asking import Asking, Columns, Variant, decisions_of, unproven
from planner.solver.highs import relative_gap
from planner.words.said import Sentence, _
from planner.work.workers import Done

FIRST_GOALS = 0.6  # of a round's time: what the first goals of its points may take while later goals wait
NOISE = 1e-6  # a goal's value that is worse by less is not worse
COLUMNS: Columns = {
    "point": "number: from the least money to the most, or from the best first goal to the best second one",
    "factor": "share of the money of the lines asked about; empty between two goals",
    "amount": "their money in all periods, in the case's unit; empty between two goals",
    "limit": "what the second goal was asked to be at most; empty for money, and where no limit was asked",
    "first": "value of the first goal, in its own unit",
    "first_bound": "what no plan can beat there",
    "first_gap": "(first - first_bound) / max(first, 0.001): within what share the value is proven",
    "second": "value of the second goal, in its own unit; empty for money in a case with one goal",
    "second_bound": "what no plan can beat there that keeps the first goal; empty if the plan is that of another point",
    "second_gap": "within what share the second goal is proven",
    "spending": "public payments in all periods, in the case's unit",
    "gap_closed": "share of the cluster's gap that the plan closes, 0..1",
    "knee": "whether the curve bends most here",
    "plan": "name of the plan; of a tighter point if that one's plan is better here than the one found here",
    "status": "of the point's own solve: optimal, feasible (not proven in time), interrupted, infeasible, no_plan",
}


@dataclass(frozen=True)
class Asked:
    """A point that is asked for, by its case."""

    name: str  # what people are told is being solved
    case: Case
    factor: float = nan
    amount: float = nan
    limit: float = nan


@dataclass(frozen=True)
class Found:
    """What became of a point.

    Attributes
    ----------
    done
        Its own solve.
    plan
        The plan that stands for it: its own, or a better one of a tighter point; None if there is none.
    bound
        What no plan can beat in the first goal.
    """

    asked: Asked
    done: Done
    plan: Plan | None
    bound: float

    @property
    def own(self) -> bool:
        """Whether the plan is the point's own."""
        return self.plan is not None and self.plan is self.done.value


def rounds(count: int) -> Iterator[list[int]]:
    """Which of so many points are solved together: the ends, then always the middles between those solved before."""
    yield [0, count - 1] if count > 1 else [0]
    between = [(0, count - 1)]
    while between := [(a, b) for a, b in between if b - a > 1]:
        yield [(a + b) // 2 for a, b in between]
        between = [half for a, b in between for half in ((a, (a + b) // 2), ((a + b) // 2, b))]


def solve_first_goals_first(question: Asking, asked: Sequence[Asked], known: Mapping[int, Done]) -> list[Done]:
    """Solve points for their first goals, and then, beginning with those plans and bounds, for the goals after them.

    So where the time ends, it is later goals that are open, and the curve of the first goal is there from end to end.
    """
    if all(len(point.case.goals) == 1 for point in asked):
        return solve_points(question, asked, known)
    found = dict(enumerate(solve_points(question, asked, known, goals=1)))
    going_on = [k for k, done in found.items() if k not in known and has_plan(done)]
    variants = [_going_on(asked[k], found[k].value) for k in going_on]
    for k, done in zip(going_on, question.solve_all(variants), strict=True):
        if has_plan(done):
            found[k] = done
    return [found[k] for k in range(len(asked))]


def _going_on(asked: Asked, plan: Plan) -> Variant:
    """A point whose first goal is solved; of one with several steps no bound is known that holds for the first of them."""
    first = plan.goals[0]
    return Variant(asked.name, asked.case, decisions_of(plan), -inf if first.cities else first.bound)


def solve_points(
    question: Asking,
    asked: Sequence[Asked],
    known: Mapping[int, Done],
    answers: Callable[[Asked, Plan], bool] | None = None,
    goals: int | None = None,
) -> list[Done]:
    """Solve points, each search beginning with the decisions of the nearest tighter point that has a plan.

    Parameters
    ----------
    asked
        Tightest first.
    known
        Points that are solved already.
    answers
        Whether the plan of the nearest looser point answers a point, too, which then needs no search.
    goals
        How many goals are searched for; None = all. Where some wait, a round leaves a part of its time to them.
    """
    found = dict(known)
    for together in rounds(len(asked)):
        open_points: list[int] = []
        for k in together:
            looser = min((j for j in found if j > k), default=None)
            if k in found:
                continue
            if answers and looser is not None and has_plan(found[looser]) and answers(asked[k], found[looser].value):
                found[k] = found[looser]
            else:
                open_points.append(k)
        left = sum(k not in found for k in range(len(asked)))
        if open_points:
            variants = [Variant(asked[k].name, asked[k].case, _start(found, k), goals=goals) for k in open_points]
            share = (1.0 if goals is None else FIRST_GOALS) * len(variants) / left
            found |= dict(zip(open_points, question.solve_all(variants, share), strict=True))
    return [found[k] for k in range(len(asked))]


def _start(found: Mapping[int, Done], k: int) -> dict[tuple[str, str], float] | None:
    tighter = max((j for j in found if j < k and has_plan(found[j])), default=None)
    return None if tighter is None else decisions_of(found[tighter].value)


def has_plan(done: Done) -> bool:
    """Whether a point has a plan with decisions."""
    return done.value is not None and done.value.has_decisions


def result_of(plan: Plan, goal: str) -> GoalResult:
    """What a plan reaches in a goal; nothing if it has no such goal."""
    return next((g for g in plan.goals if g.name == goal), GoalResult(goal, nan, nan, nan, nan))


def compared(asked: Sequence[Asked], solved: Sequence[Done], first: str, nested: bool) -> list[Found]:
    """Points with the plan that stands for each, and the best bound known of it.

    Parameters
    ----------
    nested
        Whether every plan of a point keeps all that is asked of a looser one; otherwise each point stands for itself.
    """
    found: list[Found] = []
    best: Plan | None = None
    for point, done in zip(asked, solved, strict=True):
        own = done.value if has_plan(done) else None
        value, least = (nan if plan is None else result_of(plan, first).value for plan in (own, best))
        if own is None or value > least + NOISE:
            stands = best if nested else own
        else:
            stands = best = own
        found.append(Found(point, done, stands, nan if own is None else result_of(own, first).bound))
    if nested:
        highest = nan
        for k in reversed(range(len(found))):
            highest = max((b for b in (highest, found[k].bound) if isfinite(b)), default=nan)
            found[k] = replace(found[k], bound=highest)
    return found


def named_plans(found: Sequence[Found]) -> dict[str, Plan]:
    """The plans of points that have their own, named after the point's place in the table."""
    return {f"point-{k:02d}": point.plan for k, point in enumerate(found, start=1) if point.own and point.plan is not None}


def rows_of(found: Sequence[Found], first: str, second: str | None, cost: str) -> list[list[Any]]:
    """The rows of the table, the knee of the first goal against a column of costs marked."""
    names = {id(plan): name for name, plan in named_plans(found).items()}
    rows = [_row(k, point, names, first, second) for k, point in enumerate(found, start=1)]
    columns = list(COLUMNS)
    x, y, mark = columns.index(cost), columns.index("first"), columns.index("knee")
    whole = [row for row in rows if isfinite(row[x]) and isfinite(row[y])]
    at = knee([row[x] for row in whole], [row[y] for row in whole])
    if at is not None:
        whole[at][mark] = True
    return rows


def _row(k: int, point: Found, names: Mapping[int, str], first: str, second: str | None) -> list[Any]:
    asked, plan = point.asked, point.plan
    one, two = (_result(plan, goal) for goal in (first, second))
    bound = min(point.bound, one.value) if isfinite(point.bound) and isfinite(one.value) else point.bound
    bound_two = two.bound if point.own else nan
    figures = totals(plan) if plan is not None else {}
    closed = _closed(figures.get("gap_without"), figures.get("gap_with"))
    return [
        k, asked.factor, asked.amount, asked.limit,
        one.value, bound, relative_gap(one.value, bound),
        two.value, bound_two, relative_gap(two.value, bound_two),
        figures.get("spending", nan), closed, False,
        names.get(id(plan), ""), "no_plan" if point.done.value is None else point.done.value.status,
    ]  # fmt: skip


def _result(plan: Plan | None, goal: str | None) -> GoalResult:
    return GoalResult("", nan, nan, nan, nan) if plan is None or goal is None else result_of(plan, goal)


def _closed(without: float | None, with_plan: float | None) -> float:
    return (without - with_plan) / without if without and with_plan is not None else nan


def called(plan: str) -> Sentence:
    """What a plan of a point is called: plan of point 2."""
    return _("plan of point {point}").format(point=int(plan.rpartition("-")[2]))


def missing_of(found: Sequence[Found]) -> tuple[str, ...]:
    """What is not answered or not proven, a sentence a point."""
    said = (unproven(point.asked.name, point.done) for point in found)
    return tuple(dict.fromkeys(text for text in said if text))


# --- the knee: where going on begins to cost much more for much less

LITTLE = 1e-3  # of the whole: a curve that lies nearer to its chord has no knee


def knee(cost: Sequence[float], value: Sequence[float]) -> int | None:
    """The point of a frontier that lies farthest below the chord from its first point to its last.

    Both axes are scaled to 0..1 and both are minimised. Only points on the lower convex hull are asked, so that a dent of
    the curve is no knee; of points equally far, the one that costs least is taken. Where the curve ends in a level part the
    knee may be where that begins: more buys nothing there.

    Parameters
    ----------
    cost, value
        What each point costs (money, or the goal that is given up) and what it reaches; as many of each, in any order.

    Returns
    -------
    Its position, or None where there are fewer than three points, or none lies below the chord.
    """
    if len(cost) < 3:
        return None
    x, y = _scaled(cost), _scaled(value)
    hull = _lower_hull(x, y)
    first, last = hull[0], hull[-1]
    below = {k: _below(x, y, first, last, k) for k in hull}
    deepest = max(below.values())
    if deepest <= LITTLE:
        return None
    return next(k for k in hull if below[k] >= deepest - 1e-9)


def _scaled(amounts: Sequence[float]) -> list[float]:
    low, high = min(amounts), max(amounts)
    return [(amount - low) / (high - low) if high > low else 0.0 for amount in amounts]


def _lower_hull(x: Sequence[float], y: Sequence[float]) -> list[int]:
    """Positions of the points of the lower convex hull, from the least x to the largest (A. M. Andrew, 1979)."""
    found: list[int] = []
    for k in sorted(range(len(x)), key=lambda k: (x[k], y[k])):
        if found and x[found[-1]] == x[k]:
            continue
        while len(found) > 1 and _turn(x, y, found[-2], found[-1], k) <= 0:
            found.pop()
        found.append(k)
    return found


def _turn(x: Sequence[float], y: Sequence[float], a: int, b: int, c: int) -> float:
    """Above 0 where the way a, b, c turns left."""
    return (x[b] - x[a]) * (y[c] - y[a]) - (y[b] - y[a]) * (x[c] - x[a])


def _below(x: Sequence[float], y: Sequence[float], first: int, last: int, k: int) -> float:
    """How far a point lies below the chord."""
    length = hypot(x[last] - x[first], y[last] - y[first])
    return _turn(x, y, first, last, k) / -length if length > 0 else 0.0
