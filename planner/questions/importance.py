"""Importance: what the first goal loses when a chosen measure is forbidden; and what forcing an unchosen one costs.

A loss is known as an interval, because plans are proven within a gap: at least what the best bound without the measure says,
at most what the best plan found without it loses. An unchosen measure loses nothing, without a solve.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan
from typing import Any, ClassVar

from planner.case.nouns import Case, FrozenDict
from planner.events import Cancelled, Listener
from planner.plan import Plan
from planner.questions.asking import (
    AskOptions,
    Columns,
    Result,
    asking,
    decisions_of,
    first_goal,
    frame,
    known_plan,
    unproven,
)
from planner.questions.gains import without_any
from planner.questions.losses import loss, without_measure
from planner.variants import companions
from planner.workers import Done

GAP = 1e-3  # of the first goal: finer losses are noise to a planner, and take many times as long


@dataclass(frozen=True)
class Importance(Result):
    """What each chosen measure is worth to the first goal.

    Attributes
    ----------
    value, without
        The first goal with the plan, and without any.
    """

    value: float = nan
    without: float = nan

    QUESTION: ClassVar[str] = "importance"
    TABLES: ClassVar[dict[str, Columns]] = {
        "importance": {
            "measure": "id; of measures that start together the first",
            "name": "of the measure",
            "kind": "of the measure",
            "city": "where",
            "loss_at_least": "by how much every plan without it is worse in the first goal, in the goal's own unit",
            "loss_at_most": "by how much the best plan found without it is worse; empty if no plan keeps all promises",
            "share_at_least": "loss_at_least as a share of what the plan gains in the first goal",
            "share_at_most": "loss_at_most as such a share",
            "status": "of the plan without it: optimal, feasible (not proven in time), infeasible, no_plan",
        }
    }


def importance(
    case: Case,
    *,
    plan: Plan | None = None,
    measures: Sequence[str] | None = None,
    options: AskOptions | None = None,
    on_event: Listener | None = None,
    cancelled: Cancelled | None = None,
) -> Importance:
    """What the first goal loses without each measure that the plan chooses.

    Parameters
    ----------
    case
        A filled case.
    plan
        Its optimal plan, if it is known; else it is solved first.
    measures
        Ids to ask about; None = every measure that the plan chooses. Those that it does not choose lose nothing.
    options, on_event, cancelled
        As in `planner.solve`; `options.gap` is that of the first goal without the measure (default 1e-3).

    Returns
    -------
    Importance
        A row for each measure asked about, dearest loss first; `complete` if every loss is known within the gap.

    Raises
    ------
    ValueError
        A measure that the case does not have, or that was decided before the plan.
    """
    with asking(options or AskOptions(gap=GAP), on_event, cancelled) as question:
        best = known_plan(question, case, plan)
        if not best.has_decisions:
            return Importance(case, False, (best.reason,), question.seconds, FrozenDict(), FrozenDict())
        asked = _asked(best, measures)
        start = decisions_of(best)
        variants = [without_measure(case, a, start) for a in asked]
        found = question.solve_all(variants)
        rows = sorted((_row(best, a, done) for a, done in zip(asked, found, strict=True)), key=_dearest_first)
        missing = tuple(said for done in found if (said := unproven(done.name, done)))
        return Importance(
            case,
            not missing,
            missing,
            question.seconds,
            FrozenDict({"importance": frame(Importance.TABLES["importance"], rows)}),
            FrozenDict({"best": best}),
            value=first_goal(best).value,
            without=without_any(best),
        )


def _asked(best: Plan, measures: Sequence[str] | None) -> list[str]:
    """The measures to forbid, one for each group that starts together."""
    case = best.case
    chosen = dict.fromkeys(a for a, _ in decisions_of(best) if case.measures[a].status == "candidate")
    for a in measures or ():
        if a not in case.measures:
            raise ValueError(f"{a!r} is not a measure of this case")
        if case.measures[a].status != "candidate":
            raise ValueError(f"{a} is no candidate ({case.measures[a].status}), so the plan had no choice")
    wanted = chosen if measures is None else [a for a in measures if a in chosen]
    return list(dict.fromkeys(companions(case, a)[0] for a in wanted))


def _row(best: Plan, a: str, done: Done) -> tuple[Any, ...]:
    measure, goal = best.case.measures[a], first_goal(best)
    gain = without_any(best) - goal.value
    other: Plan | None = done.value
    least, most = loss(best, other)
    shares = (least / gain, most / gain) if gain > 0 else (nan, nan)
    status = "no_plan" if other is None else other.status
    return (a, measure.name, measure.kind, ";".join(measure.cities), least, most, *shares, status)


def _dearest_first(row: tuple[Any, ...]) -> tuple[float, ...]:
    """Measures without which there is no plan first, then by what is proven to be lost."""
    return (float(row[-1] != "infeasible"), -row[4], -row[5] if row[5] == row[5] else 0.0)
