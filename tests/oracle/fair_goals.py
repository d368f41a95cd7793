"""Goals about those who are worst off, in some of the random cases, drawn by themselves so that the rest stays as it was."""

from __future__ import annotations

import random
from dataclasses import replace

from planner.case import Case, FrozenDict, Goal

from .goals import OF_GAPS

CHANCE = 0.3
SHARES = (0.1, 0.25, 0.5, 0.5, 0.75, 1.0)


def with_fairness(case: Case, number: int) -> Case:
    """The case of a number, or the same with one of its goals about gaps made one about the worst off.

    Money comes after it, which tells plans apart whose worst city is the same.
    """
    chosen = random.Random(f"fair {number}")
    about = [k for k, goal in enumerate(case.goals) if set(OF_GAPS).intersection(goal.parts)]
    if not about or chosen.random() > CHANCE:
        return case
    at = chosen.choice(about)
    fair = _fair(case.goals[at], chosen)
    later = case.goals[at + 1 :]
    if not later:
        later = (_spending(case, f"goal-{at + 2}"),)
    return replace(case, goals=(*case.goals[:at], fair, *later))


def _fair(goal: Goal, chosen: random.Random) -> Goal:
    if set(goal.parts) <= set(OF_GAPS) and chosen.random() < 0.5:
        return replace(goal, parts=FrozenDict({"worst_off_first": 1.0}))
    kept = {part: weight for part, weight in goal.parts.items() if part != "worst_city"}
    if set(kept) == {"gaps"} and chosen.random() < 0.5:
        kept = {}
    parts = {**kept, "worst_share": chosen.choice((0.5, 1.0, 2.0)) if kept else 1.0}
    return replace(goal, parts=FrozenDict(parts), worst_share_of=chosen.choice(SHARES))


def _spending(case: Case, name: str) -> Goal:
    return Goal(
        name=name, parts=FrozenDict({"spending": 1.0}), weights=FrozenDict(dict.fromkeys(case.indicators, 1.0)),
        weigh_by="population", period_weights=None, tolerance=1e-4, discounted=False, where=FrozenDict(),
        cities=tuple(case.cities),
    )  # fmt: skip
