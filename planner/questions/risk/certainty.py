"""What certainty costs: plans of which every line holds in more and more of the draws, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from planner.case import Case
from planner.planning.search import SolveOptions, solve
from planner.plans.plan import Plan
from planner.plans.totals import share_closed
from planner.questions.asking import audited, because, decisions_of
from planner.questions.risk.reserve import A_ROUND, FRESH, Kept, confirmed, make_hold
from planner.words.said import _
from planner.work.stopping import Cancelled, Until
from planner.work.workers import Done, Task

CERTAINTIES = (50, 65, 80, 90)  # per cent of the draws


@dataclass(frozen=True)
class Certainty:
    """What was found: rows of the table, from as stated on; the plans behind them; and what was not found, and why.

    Attributes
    ----------
    for_good
        Those of `missing` that more time does not find.
    """

    rows: Sequence[tuple[Any, ...]]
    plans: Mapping[str, Plan]
    missing: tuple[str, ...]
    for_good: tuple[str, ...]


def tasks(plan: Plan, options: SolveOptions) -> list[Task]:
    """Looking for a plan that holds, for each share of draws by itself."""
    return [Task(_("a plan for P{percent}").format(percent=p), kept_at, (plan, p, options)) for p in CERTAINTIES]


def kept_at(plan: Plan, percent: int, options: SolveOptions, *, seconds: float | None, cancelled: Cancelled | None) -> Kept:
    """In a worker: a plan that holds in so many of the draws, as far as the time goes."""
    until = Until.within(seconds, cancelled)

    def solves(case: Case, last: Plan | None) -> Plan:
        limited = replace(options, time_limit=until.share(A_ROUND).limit)
        return solve(case, options=limited, cancelled=cancelled, start=None if last is None else decisions_of(last))

    return make_hold(plan.case, percent, solves, plan=plan, seed=options.seed, stopped=lambda: until.why is not None)


def found(best: Plan, surer: Sequence[Done], seed: int) -> Certainty:
    """Of each share of draws the best plan that holds in so many: a plan that holds in more holds in so many, too."""
    known = [done.value for done in surer if done.value is not None]
    rows, plans, missing = [_row(confirmed(best, best.case, 0, seed + 1, FRESH, 0, True), 0)], dict[str, Plan](), list[str]()
    for_good: list[str] = []
    for percent, done in zip(CERTAINTIES, surer, strict=True):
        holding = [kept for kept in known if kept.holds and kept.percent >= percent]
        if not holding and done.value is None:
            missing.append(because(done.name, done.problem))
            continue
        kept = max(holding, key=lambda kept: share_closed(kept.plan)) if holding else done.value
        if not kept.holds:
            missing.append(because(done.name, _("none was found that holds; the one that comes closest is told")))
            if not kept.cut_short:
                for_good.append(missing[-1])
        rows.append(_row(kept, percent))
        plans[f"P{percent}"] = audited(kept.plan)
    return Certainty(rows, plans, tuple(missing), tuple(for_good))


def _row(kept: Kept, percent: int) -> tuple[Any, ...]:
    spent = sum(place.pays for place in kept.places)
    holds = "" if not percent else "yes" if kept.holds else "no"  # nothing was asked of the plan as stated
    least = min((place.holds for place in kept.places), default=1.0)
    return (
        percent,
        share_closed(kept.plan),
        spent,
        kept.free,
        kept.joint,
        least,
        holds,
        kept.rounds,
    )
