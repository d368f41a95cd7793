"""The frontier of money: the first goal against how much money there is."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from planner.case import Case
from planner.case.problems import not_one_of
from planner.planning.variants import named, with_scaled_money
from planner.plans.plan import Plan
from planner.questions.asking import Asking
from planner.questions.frontier.points import Asked, Found, compared, solve_points
from planner.words.said import _
from planner.work.workers import Done


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
    """Solve the case with each share of the money of some lines, least first."""
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
    known = {}
    if plan is not None and plan.status == "optimal" and max(map(plan.asked_gap, (0, 1))) <= question.options.gap:
        known = {k: Done(point.name, plan) for k, point in enumerate(asked) if abs(point.factor - 1.0) < 1e-9}
    solved = solve_points(question, asked, known)
    return compared(asked, solved, case.goals[0].name, more_never_hurts(case, lines))


def more_never_hurts(case: Case, lines: Collection[str]) -> bool:
    """Whether every plan for less money of some lines is also one for more.

    Not so where a line must spend a minimum, which grows with its money; where jurisdictions are promised to fare no worse
    than alone, since alone they have more money, too; and where no city may lose against a world without the plan in which
    parks that were decided before have more jobs if there is more money.
    """
    minimum = any(case.lines[l].minimum[t] > 0 for l in lines for t in case.period_ids)
    richer_without = case.no_city_loses and any(case.measures[a].status == "decided" for a in case.parks)
    return not (minimum or case.nobody_worse_off or richer_without)
