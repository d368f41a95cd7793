"""The audit: every promise of a plan, recomputed from its case and its tables alone.

It shares no code with the mathematics and does not need its solver. It does not trust the calendar of the case either,
but recomputes it from the measures' own columns.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from planner.audit import (
    access,
    after,
    best_use,
    claims,
    decisions,
    fairness,
    goals,
    levels,
    money,
    moves,
    parks,
    prices,
    promises,
    services,
    status,
)
from planner.audit.books import Books, read
from planner.audit.report import CHECKS, PROMISES, AuditReport, Ledger, Violation
from planner.audit.services import Supply
from planner.audit.world import world
from planner.case import Case, FrozenDict
from planner.plans.plan import Plan
from planner.words.said import _

__all__ = ["CHECKS", "PROMISES", "AuditReport", "Violation", "audit"]


def audit(plan: Plan, check: Callable[[], None] = lambda: None) -> AuditReport:
    """Recompute all figures and promises of a plan.

    A difference above 1e-6 x max(1, the row's largest term) is a violation. Tables that cannot be read are reported
    and nothing further is checked. A hand-made plan may break promises about money, targets, rules and losses if it
    lists them: they are reported as `broken`.

    Parameters
    ----------
    plan
        Any plan: solved, hand-made, or one that says why there is none.
    check
        Called again and again; what it raises ends the audit.

    Returns
    -------
    What is not as it should be, and how many comparisons were made of each kind.
    """
    ledger = Ledger(check)
    broken: tuple[Violation, ...] = ()
    readable = status.is_readable(plan, ledger)
    if readable and not plan.has_decisions:
        status.no_figures(plan, ledger)
    elif readable and (books := read(plan, ledger)) is not None:
        _recompute(plan, books, ledger)
        broken = status.sort_breaches(plan, ledger)
    return AuditReport(tuple(ledger.violations), broken, FrozenDict(ledger.checks))


def _recompute(plan: Plan, books: Books, ledger: Ledger) -> None:
    """All checks, in the order of a plan: decisions, what they bring, what they cost, what was promised."""
    case = plan.case
    ledger.asked()
    cluster = world(case, books.decisions)
    serving = cluster.with_plan.serving
    decisions.check(case, books.decisions, serving, ledger)
    access.check_routes(case, books, cluster, ledger)

    supplied = list(services.supplies(case, cluster.with_plan))
    supplied_without = list(services.supplies(case, cluster.without))
    flows = services.sent(case, books.flows.values())
    services.check_amounts(books.flows.values(), ledger)
    services.check(case, supplied, flows, ledger)

    made = parks.production(books)
    parks.check(case, books, made, cluster.with_plan, ledger)

    levels.check(case, books, supplied, supplied_without, flows, ledger)
    served = services.figures(case, books.indicators, supplied, supplied_without, flows)
    recomputed = access.figures(case, cluster) | served | parks.figures(case, books.indicators, made, cluster)
    recomputed |= moves.figures(case, cluster)
    moves.check(case, books, serving, ledger)
    access.check_indicators(case, books.indicators, recomputed, ledger)
    _best_use(case, books, list(recomputed), supplied, supplied_without, ledger)

    costs = money.costs(case, books.decisions.values())
    public = money.public(costs, books.private)
    cash = ledger.small(money.size(case))
    prices.check(case, books, supplied, supplied_without, flows, ledger, cash)
    money.check_private(case, books, costs, serving, cash)
    money.check_payments(case, books.spending, public, cash)
    money.check_taxes(case, books, made, serving, cash)
    money.check_transfers(case, books, serving, cash)
    money.check_credit(case, books, cash)
    money.check_lines(case, books, cash)
    after.check(case, books, {b.ids[0]: b.amount for b in plan.broken if b.kind == "after"}, cash)

    weights = goals.weights(case, goals.about_gaps(case), recomputed)
    decisions.check_pyramid(case, books, serving, ledger)
    decisions.check_gates(case, books, ledger)
    promises.check(case, books, ledger)
    fairness.check_alone(plan, books, weights, ledger)
    fairness.check_shares(case, books, public, weights, ledger)

    values = {goal.name: goal.value for goal in plan.goals}
    goals.check(case, values, books, recomputed, ledger)
    fairness.check_worst_off(plan, books, recomputed, ledger)
    status.check(plan, books, ledger)
    status.check_listed(plan, books, weights, ledger)


def _best_use(
    case: Case, books: Books, keys: list[goals.Key], supplied: list[Supply], without: list[Supply], ledger: Ledger
) -> None:
    """Ask of the first goal about gaps whether it could be reached better with the same measures."""
    goal = next((goal for goal in case.goals if goal.parts.get("gaps", 0) > 0), None)
    weights = {} if goal is None else goals.weights(case, goal, keys)
    left = prices.surely_left(case, books, goal)
    for situation, supplies, column, most in (
        (_("with the plan"), supplied, "gap_with", prices.most(case, supplied, books, "amount", {})),
        (_("without the plan"), without, "gap_without", prices.most(case, without, books, "amount_without", left)),
    ):
        gaps = {key: getattr(row, column) for key, row in books.indicators.items()}
        allowance = math.inf
        if goal is not None:
            value = goals.of_gaps(case, goal, gaps, weights)
            allowance = (goal.tolerance * value + claims.GOAL_SLACK) / goal.parts["gaps"]
        beyond = levels.beyond(case, books, supplies, with_plan=column == "gap_with")
        rooms = {key: best_use.Room(*most[key], beyond[key]) for key in most}
        best_use.check(case, situation, supplies, gaps, best_use.Counted(goal, weights), rooms, allowance, ledger)
