"""Frontier: what the first goal comes to with less or more money, or how two goals trade against each other.

Every point is a plan that is proven and kept. The knee is the point farthest below the chord from the first point to the
last, both axes scaled to 0..1, on the convex hull of the points.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from planner.case import Case, FrozenDict
from planner.case.problems import not_one_of
from planner.planning.variants import named, with_scaled_money
from planner.plans.plan import Plan
from planner.questions.asking import (
    Asking,
    AskOptions,
    Columns,
    Result,
    asking,
    audited,
    edited,
    frame,
    is_known,
    known_plan,
)
from planner.questions.frontier.goals import different, solve_evenly, two_goals, walk
from planner.questions.frontier.points import (
    COLUMNS,
    Asked,
    Found,
    called,
    compared,
    missing_of,
    named_plans,
    rows_of,
    solve_first_goals_first,
)
from planner.words.said import _
from planner.work.stopping import Cancelled, Listener
from planner.work.workers import Done

GAP = 1e-3  # of each goal: a curve needs no more, and finer proofs take many times as long
EXACT = 1e-9  # where every efficient point is asked for
POINTS = 15
MOST = 100  # points of a walk


@dataclass(frozen=True)
class Frontier(Result):
    """Points from one extreme to the other.

    Attributes
    ----------
    first, second
        Names of the goals; `second` is empty for money in a case with one goal.
    lines
        The lines whose money is scaled, for money.
    asked
        How many points were asked for; limits that give the same plan are one row.
    more
        Whether a walk ended at its most points although there are more.
    solved
        Of how many points the search came to anything; the plan given is the point of one that needs none.
    given
        That plan, where there is such a point.
    unused
        Why it is none although one was given, a sentence; else empty.
    """

    first: str = ""
    second: str = ""
    lines: tuple[str, ...] = ()
    asked: int = 0
    more: bool = False
    solved: int = 0
    given: Plan | None = field(default=None, compare=False, repr=False)
    unused: str = ""

    QUESTION: ClassVar[str] = "frontier"
    TABLES: ClassVar[dict[str, Columns]] = {"frontier": COLUMNS}

    @property
    def is_answered(self) -> bool:
        """Whether the search of any point came to something; the plan that was known is a point, and no answer."""
        return self.complete or self.solved > 0

    @property
    def rests_on(self) -> tuple[Plan, ...]:
        """The plan that was given, where it is a point."""
        return () if self.given is None else (self.given,)

    def facts(self) -> dict[str, Any]:
        """What the points are about."""
        return {
            "first_goal": self.first,
            "second_goal": self.second,
            "lines": list(self.lines),
            "points_asked": self.asked,
            "more_points_exist": self.more,
            "plan_unused": self.unused or None,
        }


def frontier(
    case: Case,
    *,
    points: int | None = None,
    low: float = 0.5,
    high: float = 1.5,
    lines: Sequence[str] | None = None,
    goals: Sequence[str] | None = None,
    every: bool = False,
    plan: Plan | None = None,
    options: AskOptions | None = None,
    on_event: Listener | None = None,
    cancelled: Cancelled | None = None,
) -> Frontier:
    """Money against the first goal, or one goal against another.

    Parameters
    ----------
    case
        A filled case.
    points
        How many points (default 15); with `every` how many at most (default 100).
    low, high
        Of the frontier of money: the least and the most money, as shares of what there is.
    lines
        The lines whose money (and minimum) is scaled; None = all together.
    goals
        The two goals of a frontier between goals: names or numbers of the case's goals, or parts of goals; None = money.
    every
        Every efficient point of two goals, each proven exactly; second goals closer than 1e-5 (relative above 1) are one.
    plan
        The optimal plan of the case, if it is known; it is the point of all the money.
    options, on_event, cancelled
        As in `planner.solve`; `options.gap` is that of each goal of each point (default 1e-3).

    Returns
    -------
    Frontier
        `complete` if every point asked for is solved and proven; otherwise `missing` names the point.

    Raises
    ------
    ValueError
        An unknown line or goal, fewer than two points, or an empty range.
    """
    count = points if points is not None else MOST if every else POINTS
    if count < 2:
        raise ValueError(_("a frontier needs at least two points, not {number}").format(number=count))
    if goals is None:
        if every:
            raise ValueError(_("every efficient point can be found between two goals only: name them"))
        if not 0 <= low < high:
            raise ValueError(
                _("the money must range from a smaller share to a larger one, not from {low:.4g} to {high:.4g}").format(
                    low=low, high=high
                )
            )
        chosen = lines_asked(case, lines)
    else:
        if lines is not None:
            raise ValueError(_("a frontier is of money or between two goals: lines belong to the first kind"))
        first, second = two_goals(case, goals)
    options = options or AskOptions(gap=GAP)
    with asking(replace(options, gap=EXACT) if every else options, on_event, cancelled) as question:
        if goals is None:
            plan = None if plan is None else known_plan(question, case, plan)
            factors = [low + (high - low) * k / (count - 1) for k in range(count)]
            names = [goal.name for goal in case.goals[:2]] + [""]
            unused = "" if plan is None else why_unused(plan, factors, question.options.gap)
            found = solve_money(question, case, chosen, factors, None if unused else plan)
            about = Frontier(
                case, False, (), 0.0, FrozenDict(), FrozenDict(), names[0], names[1], chosen, count, unused=unused
            )
            return _answered(question, about, found, found, "amount", plan)
        if every:
            found, more = walk(question, case, first, second, count)
        else:
            found, more = solve_evenly(question, case, first, second, count), False
        about = Frontier(
            case, False, (), 0.0, FrozenDict(), FrozenDict(), first.name, second.name, (), len(found), more
        )  # fmt: skip
        return _answered(question, about, found, different(found, first, second), "second", None)


def _answered(
    question: Asking, about: Frontier, asked: Sequence[Found], shown: Sequence[Found], cost: str, known: Plan | None
) -> Frontier:
    """The result with its table and plans."""
    ended = _("more points exist: the walk ended after the {points} that were asked for at most").format(points=len(asked))
    for_good: tuple[str, ...] = (ended,) if about.more else ()
    rows = rows_of(shown, about.first, about.second or None, cost)
    tables = {"frontier": frame(COLUMNS, rows)} if any(point.plan is not None for point in shown) else {}
    plans = {name: audited(plan) for name, plan in named_plans(shown).items()}
    failed = [name for name, plan in plans.items() if plan.audit == "failed"]
    for_good += tuple(_("{plan} fails its audit").format(plan=called(name)) for name in failed)
    for_good += edited(known) if known is not None else ()
    missing = (*missing_of(asked), *for_good)
    came_to = [one.done.value.status for one in asked if one.done.value is not None and one.done.value is not known]
    return replace(
        about,
        complete=not missing,
        solved=sum(map(is_known, came_to)),
        given=known if any(one.done.value is known for one in asked) else None,
        impossible=bool(asked) and len(came_to) == len(asked) and set(came_to) == {"infeasible"},
        missing=missing,
        for_good=for_good,
        seconds=question.seconds,
        tables=FrozenDict(tables),
        plans=FrozenDict(plans),
    )


def lines_asked(case: Case, lines: Sequence[str] | None) -> tuple[str, ...]:
    """The lines that are scaled, in the case's order.

    Raises
    ------
    ValueError
        One is not in the case, or they hold no money.
    """
    for line in lines or ():
        if line not in case.lines:
            raise ValueError(not_one_of(line, _("a budget line"), case.lines))
    chosen = tuple(l for l in case.lines if lines is None or l in lines)
    if not money_of(case, chosen) > 0:
        raise ValueError(
            _("these budget lines hold no money that could be scaled") if chosen else _("the case has no budget line")
        )
    return chosen


def money_of(case: Case, lines: Collection[str]) -> float:
    """What some lines hold in all periods."""
    return sum(sum(case.lines[l].amount.values()) for l in lines)


def solve_money(
    question: Asking, case: Case, lines: tuple[str, ...], factors: Sequence[float], plan: Plan | None
) -> list[Found]:
    """Solve the case with each share of the money of some lines, least first; a plan given is the point of all of it."""
    whole = money_of(case, lines)
    asked = [
        Asked(
            _("{share:.4g} % of the money").format(share=100 * factor),
            named(with_scaled_money(case, factor, lines), f"{case.scenario}, {100 * factor:.4g} % of the money"),
            factor,
            factor * whole,
        )
        for factor in factors
    ]
    known = {} if plan is None else {k: Done(asked[k].name, plan) for k in of_all_money(factors)}
    solved = solve_first_goals_first(question, asked, known)
    return compared(asked, solved, case.goals[0].name, more_never_hurts(case, lines))


def of_all_money(factors: Sequence[float]) -> list[int]:
    """Which points are those of 100 % of the money."""
    return [k for k, factor in enumerate(factors) if abs(factor - 1.0) < 1e-9]


def why_unused(plan: Plan, factors: Sequence[float], gap: float) -> str:
    """Why a plan that is known is not the point of 100 % of the money; empty where it is."""
    if not of_all_money(factors):
        return _("The plan that is known goes unused: none of these points is the one of 100 % of the money.")
    asked = max(map(plan.asked_gap, (0, 1)))
    if plan.status == "optimal" and asked <= gap:
        return ""
    said = _("The plan that is known goes unused: it was to be proven within {asked:g}, and these points within {gap:g}.")
    return said.format(asked=asked, gap=gap)


def more_never_hurts(case: Case, lines: Collection[str]) -> bool:
    """Whether every plan for less money of some lines is also one for more.

    Not so where a line must spend a minimum, which grows with its money; where jurisdictions are promised to fare no worse
    than alone, since alone they have more money, too; and where no city, or no level, may lose against a world without the
    plan in which parks that were decided before have more jobs, or people use more at a price, if there is more money.
    """
    minimum = any(case.lines[l].minimum[t] > 0 for l in lines for t in case.period_ids)
    grows = case.has_prices or any(case.measures[a].status == "decided" for a in case.parks)
    richer_without = (case.no_city_loses or bool(case.no_level_falls)) and grows
    return not (minimum or case.nobody_worse_off or richer_without)
