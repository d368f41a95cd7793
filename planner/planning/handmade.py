"""Hand-made plans: decisions that somebody made, and all that they come to. Never "infeasible"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

from planner.case import Case, FrozenDict
from planner.case.problems import CaseInvalid
from planner.planning.decisions import check_decisions, with_decided
from planner.planning.figures import goal_results
from planner.planning.search import stand_alone_plans
from planner.planning.settling import Settler
from planner.plans.plan import Plan, versions
from planner.promises import Broken
from planner.words.said import _
from planner.work.stopping import FOREVER, Until

HAND_MADE = _("hand-made: decisions given, figures computed")


@dataclass(frozen=True)
class HandMade:
    """A plan made by hand, and the promises that it breaks."""

    plan: Plan
    broken: tuple[Broken, ...]


def evaluate(case: Case, decisions: Mapping[tuple[str, str], float], until: Until = FOREVER) -> Plan:
    """All figures of a hand-made plan; never "infeasible".

    Parameters
    ----------
    case
        A filled case.
    decisions
        (measure, start period) -> units started. Decided measures that have no choice of when to start need not be named.
    until
        Until when that may take.

    Returns
    -------
    Plan
        Status `evaluated`. Money, targets and rules may be exceeded, as little as possible; `broken` says which and by how
        much.

    Raises
    ------
    CaseInvalid
        If a decision is none that the case offers.
    planner.work.stopping.Stopped
        The time is up, or somebody asked to stop.
    """
    return worked_out(case, decisions, until).plan


def worked_out(case: Case, decisions: Mapping[tuple[str, str], float], until: Until = FOREVER) -> HandMade:
    """The same, with what each promise that is broken is, and by how much, as data."""
    problems = check_decisions(case, decisions)
    if problems:
        raise CaseInvalid("the hand-made plan", problems)
    settler = Settler.of(case, until=until)
    if case.nobody_worse_off:
        settler = settler.promising(stand_alone_plans(settler, until=until))
    return _made(settler, decisions, HAND_MADE, (), until)


def evaluated(
    settler: Settler,
    decisions: Mapping[tuple[str, str], float],
    reason: str = HAND_MADE,
    limits: Sequence[float] = (),
    until: Until = FOREVER,
) -> Plan:
    """All figures of decisions that the case offers, as a plan about which nothing is proven.

    Parameters
    ----------
    settler
        Of the case; stand-alone plans are promised already, where the case asks for them.
    reason
        Where the decisions come from.
    limits
        Of decisions that were searched for: what each step may be at most.
    until
        Until when that may take.
    """
    return _made(settler, decisions, reason, limits, until).plan


def _made(
    settler: Settler, decisions: Mapping[tuple[str, str], float], reason: str, limits: Sequence[float], until: Until
) -> HandMade:
    case, began = settler.case, perf_counter()
    figures = settler.figures(with_decided(case, decisions), limits, until.at(_("evaluating")))
    plan = Plan(
        case=case,
        status="evaluated",
        reason=reason,
        options=FrozenDict(),
        goals=goal_results(case, figures, {}),
        tables=figures.tables,
        worse_off=figures.worse_off,
        broken=tuple(broken.text for broken in figures.broken),
        seconds=FrozenDict({**settler.seconds, "evaluating": perf_counter() - began}),
        versions=versions(),
    )
    return HandMade(plan, figures.broken)
