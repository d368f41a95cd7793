"""Importance: what the first goal loses when a chosen measure, and all that depends on it, is forbidden.

A loss is known as an interval, because plans are proven within a gap: at least what the best bound without the measure says,
at most what the best plan found without it loses. No plan without a measure beats what is proven of all plans, so a search
ends as soon as it is within the gap of that; where the plan less the measure is so already, nothing is searched. A measure
that the plan does not choose loses nothing, without a solve.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, nan
from typing import Any, ClassVar

from planner.case import Case, FrozenDict
from planner.planning.variants import companions, with_dependents
from planner.plans.plan import Plan
from planner.questions.asking import (
    AskOptions,
    Columns,
    Result,
    Variant,
    asking,
    chosen,
    doubts,
    first_goal,
    frame,
    known_measure,
    known_plan,
    loss,
    unproven,
    why,
    without_any,
    without_measure,
)
from planner.words.said import _
from planner.work.stopping import Cancelled, Listener
from planner.work.workers import Done

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
    ANSWERS: ClassVar[dict[str, tuple[str, ...]]] = {"importance": ("status",)}
    TABLES: ClassVar[dict[str, Columns]] = {
        "importance": {
            "measure": "id; of measures that start together the first",
            "name": "of the measure",
            "kind": "of the measure",
            "city": "where",
            "goes_too": "ids of the plan's measures that cannot start without it, apart by semicolons",
            "loss_at_least": "by how much every plan without it is worse in the first goal, in the goal's own unit",
            "loss_at_most": "by how much the best plan found without it is worse; empty if no plan keeps all promises",
            "share_at_least": "loss_at_least as a share of what the plan gains in the first goal",
            "share_at_most": "loss_at_most as such a share",
            "status": "of the plan without it: optimal (proven within the gap), feasible (not proven in time), infeasible, "
            "no_plan (none found in time); not chosen: the plan does without it",
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
        Ids to ask about; None = every measure that the plan chooses. One that it does not choose loses nothing.
    options, on_event, cancelled
        As in `planner.solve`; `options.gap` is that of the first goal without the measure (default 1e-3).

    Returns
    -------
    Importance
        A row for each measure asked about, dearest loss first; `complete` if every loss is known within the gap.

    Raises
    ------
    ValueError
        A measure that the case does not have, that was decided before the plan, or that is ruled out.
    """
    with asking(options or AskOptions(gap=GAP), on_event, cancelled) as question:
        best = known_plan(question, case, plan)
        if not best.has_decisions:
            return Importance(
                case, False, (why(best),), question.seconds, FrozenDict(), FrozenDict(),
                impossible=best.status == "infeasible",
            )  # fmt: skip
        asked = _asked(best, measures)
        variants = {a: variant for a in asked if (variant := without(best, a)) is not None}
        found = dict(zip(variants, question.solve_all(list(variants.values())), strict=True))
        rows = sorted((_row(best, a, found.get(a)) for a in asked), key=_dearest_first)
        missing = (*doubts(best), *(said for done in found.values() if (said := unproven(done.name, done))))
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
    """The measures asked about, one for each group that starts together."""
    case = best.case
    for a in measures or ():
        known_measure(case, a)
        if (status := case.measures[a].status) != "candidate":
            said = (
                _("{measure} is no candidate (ruled out): the plan had no choice")
                if status == "ruled_out"
                else _("{measure} is no candidate (decided): the plan had no choice")
            )
            raise ValueError(said.format(measure=a))
    wanted = chosen(best) if measures is None else measures
    return list(dict.fromkeys(companions(case, a)[0] for a in wanted))


def without(best: Plan, measure: str) -> Variant | None:
    """The case without a measure; None if there is nothing to search for.

    That is so where the plan does without the measure, or where something decided before the plan cannot.
    """
    gone = with_dependents(best.case, measure)
    if measure not in chosen(best) or any(best.case.measures[a].status == "decided" for a in gone):
        return None
    return without_measure(best, measure)


def lost(best: Plan, measure: str, done: Done | None) -> tuple[float, float, str]:
    """What the first goal loses without a measure: at least, at most (NaN if no plan is known without it); and the status.

    Parameters
    ----------
    done
        What the search without it found; None if there was none.
    """
    if measure not in chosen(best):
        return 0.0, 0.0, "not chosen"
    if done is None:
        return 0.0, nan, "infeasible"
    other: Plan | None = done.value
    return *loss(best, other), "no_plan" if other is None else other.status


def _row(best: Plan, a: str, done: Done | None) -> tuple[Any, ...]:
    case, goal = best.case, first_goal(best)
    measure, group = case.measures[a], companions(case, a)
    least, most, status = lost(best, a, done)
    gain = without_any(best) - goal.value
    shares = (least / gain, most / gain) if gain > 0 else (nan, nan)
    too = [b for b in with_dependents(case, a) if b not in group and b in chosen(best)]
    name = " + ".join(case.measures[b].name for b in group)
    return (a, name, measure.kind, ";".join(measure.cities), ";".join(too), least, most, *shares, status)


def _dearest_first(row: tuple[Any, ...]) -> tuple[float, ...]:
    """Measures without which there is no plan first, then by what is proven to be lost."""
    least, most = row[5:7]
    return (float(row[-1] != "infeasible"), -least, -most if most == most else -inf)
